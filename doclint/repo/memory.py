"""A repository in memory, for the examples on rule pages and for tests. What a page may say of it stands in ``doclint.repo.world``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from doclint.repo.ancestry import Ancestry
from doclint.repo.blame import lines_of, match_lines
from doclint.repo.facts import (
    MISSING_OBJECT,
    NO_BASE,
    NOT_COMMITTED,
    SHALLOW,
    Base,
    Branch,
    Changed,
    Changes,
    Commit,
    Landing,
    PathHistory,
    Unknown,
    Version,
)
from doclint.repo.history import Events, Move, Step, Trail, came_from, moved_to, tell
from doclint.repo.ids import is_id
from doclint.repo.landing import Divergence, Surroundings, content_arrived, judge
from doclint.repo.paths import PathIndex, compile_glob, parents
from doclint.repo.raw import Change
from doclint.repo.similarity import most_similar, similarity
from doclint.repo.symbols import symbols
from doclint.repo.versions import Lives, follow
from doclint.repo.world import Node, Tree, World, play, reach
from doclint.text import Origin


class MemoryRepo:
    """A ``Repo`` over a ``World``: its work tree, and the history behind it."""

    origin: Origin = "memory"
    upstream: None = None
    uncommitted: None = None

    def __init__(self, world: World) -> None:
        self.root = ""
        self.prefix = ""
        self._world = world
        self._nodes = {node.commit.id: node for node in world.nodes}
        self._truncated = SHALLOW if world.shallow else None
        self._work = {path: text.encode("utf-8", "surrogateescape") for path, text in world.work.items()}

    @classmethod
    def build(cls, spec: Mapping[str, Any], documents: Tree | None = None) -> MemoryRepo:
        """The repository that ``spec`` tells (the YAML of a ``repo`` fence, loaded), with ``documents`` in its work tree.

        Raises ConfigError where the spec cannot be understood.
        """
        return cls(play(spec, documents))

    @property
    def head(self) -> Commit | None:
        """The commit that is checked out."""
        node = self._head
        return node.commit if node else None

    @property
    def base(self) -> Base | Unknown:
        """The base branch that the spec names."""
        id = self._world.heads.get(self._world.base)
        return Base(self._world.base, self._nodes[id].commit) if id else NO_BASE

    def paths(self) -> PathIndex:
        """The files of the work tree."""
        return self._paths

    def read(self, path: str) -> bytes | None:
        """A file's bytes."""
        return self._work.get(path)

    def is_link(self, path: str) -> bool:
        """Never: a ``World`` holds texts."""
        return False

    def ignored(self, path: str) -> bool:
        """Whether the spec's rules, of which the last that matches counts, keep ``path`` or a directory above it out of Git."""
        return any(self._matches_rule(each, is_directory) for each, is_directory in _with_parents(path))

    def expect(self, paths: Sequence[str], documents: Sequence[str] = ()) -> None:
        """Nothing to prepare."""

    def history(self, path: str) -> PathHistory | Unknown:
        """What history says of ``path``."""
        path = path.rstrip("/")
        return self._truncated or tell([path], self._trail)[path]

    def named(self, name: str) -> Sequence[str] | Unknown:
        """Every path of any commit whose last part is ``name``."""
        paths = {path for id in self._visible for path in self._nodes[id].tree}
        return self._truncated or sorted(path for path in paths if path.rpartition("/")[2] == name)

    def versions(self, path: str) -> Sequence[Version] | Unknown:
        """The commits that changed the content of ``path``."""
        return self._truncated or follow([path], Lives(self._steps, self._origins, lambda commit: reach(self._nodes, [commit.id])))[path]

    def content(self, blob: str) -> bytes | Unknown:
        """The bytes of a ``Version``'s blob."""
        return self._blobs.get(blob, MISSING_OBJECT)

    def changes(self, since: Commit) -> Changes | Unknown:
        """What came into the work tree since ``since``."""
        if self._truncated or self._head is None:
            return self._truncated or Changes((), frozenset(self._work))
        known = reach(self._nodes, [since.id])
        own = reach(self._nodes, [self._head.commit.id]) - known
        nodes = [node for node in reversed(self._world.nodes) if node.commit.id in own]
        return Changes(
            tuple(Changed(node.commit, self._changed(node), node.trailers) for node in nodes),
            frozenset(_change(self._head.tree, self._world.work)),
        )

    def since(self) -> MemoryRepo | None:
        """The repository where the range of changes began that the spec tells of; None where it tells of none."""
        if self._world.since is None:
            return None
        heads = {**self._world.heads, self._world.head: self._world.since}
        return MemoryRepo(self._world._replace(heads=heads, work=self._nodes[self._world.since].tree, since=None))

    def branch(self, name: str) -> Branch | Unknown | None:
        """The branch of that name."""
        ancestry = self._ancestry
        if isinstance(ancestry, Unknown):
            return ancestry
        tip = self._world.heads.get(name)
        around = Surroundings(
            ancestry,
            self._world.pulls,
            self._truncated,
            None,
            lambda tip: self._diverge(ancestry, tip),
            lambda tip, divergence: self._content(ancestry, tip, divergence),
        )
        return judge(name, [self._nodes[tip].commit] if tip else [], around)

    def pull_request(self, number: int) -> Landing | Unknown | None:
        """How pull request ``number`` landed in the base."""
        ancestry = self._ancestry
        return ancestry if isinstance(ancestry, Unknown) else ancestry.pull_request(number) or self._truncated

    def commit(self, id: str) -> Commit | Unknown | None:
        """The commit whose id is, or begins with, ``id``."""
        found = [node.commit for each, node in self._nodes.items() if each.startswith(id)] if is_id(id) else []
        if self._truncated and is_id(id):
            found = [commit for commit in found if commit == self.head]
        return found[0] if found else self._truncated if is_id(id) else None

    def log(self) -> Sequence[Commit] | Unknown:
        """Every commit that the base reaches, newest first."""
        ancestry = self._ancestry
        return self._truncated or (ancestry if isinstance(ancestry, Unknown) else ancestry.commits)

    def blame(self, path: str, first: int, last: int) -> Sequence[Commit | Unknown] | Unknown:
        """For each line from ``first`` to ``last`` of ``path``, the commit that wrote it."""
        data = self._work.get(path)
        if data is None:
            return Unknown("the tree has no such file")
        lines = lines_of(data)
        writers: list[Commit | Unknown] = [NOT_COMMITTED] * len(lines)
        if self._head is not None and path in self._head.tree:
            places = match_lines(_lines(self._head.tree[path]), lines)
            committed = self._blame(self._head, path)
            writers = [NOT_COMMITTED if place is None else self._truncated or committed[place] for place in places]
        return writers[first - 1 : last]

    def symbols(self, path: str) -> Mapping[str, int] | Unknown | None:
        """The names that a source file defines."""
        return symbols(path, self.read(path))

    def refs(self) -> Mapping[str, str]:
        """The branches."""
        return self._world.heads

    def limits(self) -> Sequence[Unknown]:
        """That the history is shallow, if the spec says so."""
        return (self._truncated,) if self._truncated else ()

    def close(self) -> None:
        """Nothing is open."""

    @cached_property
    def _paths(self) -> PathIndex:
        return PathIndex(self._work)

    @property
    def _head(self) -> Node | None:
        id = self._world.heads.get(self._world.head)
        return self._nodes[id] if id else None

    @cached_property
    def _head_paths(self) -> PathIndex:
        return PathIndex(self._head.tree if self._head else ())

    def _read_head(self, path: str) -> bytes | None:
        return self._head.tree[path].encode("utf-8", "surrogateescape") if self._head and path in self._head.tree else None

    @cached_property
    def _ancestry(self) -> Ancestry | Unknown:
        if isinstance(self.base, Unknown):
            return self.base
        reached = [self.base.commit.id] if self._truncated else reach(self._nodes, [self.base.commit.id])
        return Ancestry([node.commit for node in reversed(self._world.nodes) if node.commit.id in reached])

    def _diverge(self, base: Ancestry, tip: str) -> Divergence:
        reached = reach(self._nodes, [tip])
        ahead = [node.commit for node in reversed(self._world.nodes) if node.commit.id in reached and node.commit.id not in base]
        common = [commit.id for commit in base.commits if commit.id in reached]
        return Divergence(
            {commit.id: commit.time for commit in ahead},
            len(base.commits) - len(common),
            common[0] if common else None,
            all(len(commit.parents) < 2 for commit in ahead),
        )

    def _content(self, base: Ancestry, tip: str, divergence: Divergence) -> Commit | None:
        if divergence.fork is None:
            return None
        forked = base.reach([divergence.fork])
        line = [self._nodes[id] for id in reversed(base.mainline) if id not in forked]
        steps = [(node.commit, _change(self._first_parent(node), node.tree)) for node in line]
        change = _change(self._nodes[divergence.fork].tree, self._nodes[tip].tree)
        return content_arrived(change, steps) if change else None

    def _changed(self, node: Node) -> frozenset[str]:
        """The paths in which the commit differs from all its parents."""
        parents = [self._nodes[parent].tree for parent in node.commit.parents] or [{}]
        return frozenset(set.intersection(*(set(_change(tree, node.tree)) for tree in parents)))

    def _first_parent(self, node: Node) -> Tree:
        return self._nodes[node.commit.parents[0]].tree if node.commit.parents else {}

    def _matches_rule(self, path: str, is_directory: bool) -> bool:
        matched = False
        for rule in self._world.ignored:
            pattern = rule.removeprefix("!")
            if pattern.endswith("/") and not is_directory:
                continue
            anchored = "/" in pattern.rstrip("/")
            glob = pattern.strip("/") if anchored else "**/" + pattern.rstrip("/")
            if compile_glob(glob)(path):
                matched = not rule.startswith("!")
        return matched

    @cached_property
    def _visible(self) -> set[str]:
        return reach(self._nodes, (*self._world.heads.values(), *self._world.pulls.values()))

    @cached_property
    def _trail(self) -> Trail:
        own = reach(self._nodes, [self._head.commit.id]) if self._head else set()
        return Trail(
            self._paths,
            events=lambda asked: self._events(own, asked),
            elsewhere=lambda asked: self._events(self._visible - own, asked).added,
            moves=lambda gone: {path: moved_to(path, self._moves(self._nodes[commit.id])) for path, commit in gone.items()},
            in_head=lambda path: path in self._head_paths or self._head_paths.is_directory(path),
            moved=self._moved,
        )

    def _moved(self, path: str) -> Move | Unknown | None:
        return most_similar(path, self._head_paths, self._read_head, self._paths, self.read)

    def _events(self, ids: set[str], asked: Iterable[str]) -> Events:
        found, wanted = Events(), set(asked)
        for node in reversed(self._world.nodes):
            if node.commit.id not in ids:
                continue
            before = [self._nodes[parent].tree for parent in node.commit.parents]
            everywhere = set.intersection(*(set(tree) for tree in before)) if before else set()
            anywhere = set[str]().union(*before)
            for changed, events in ((set(node.tree) - anywhere, found.added), (everywhere - set(node.tree), found.deleted)):
                for path in {each for file in changed for each in (file, *parents(file)) if each in wanted}:
                    if events is found.added or path not in events:
                        events[path] = node.commit
        return found

    def _steps(self, paths: Iterable[str]) -> dict[str, list[Step]]:
        found: dict[str, list[Step]] = {path: [] for path in paths}
        own = reach(self._nodes, [self._head.commit.id]) if self._head else set()
        for place, node in enumerate(reversed(self._world.nodes)):
            before = [self._nodes[parent].tree for parent in node.commit.parents]
            for path in found.keys() & node.tree.keys() if node.commit.id in own else ():
                if all(tree.get(path) != node.tree[path] for tree in before):
                    found[path].append(Step(place, node.commit, _blob(node.tree[path]), all(path not in tree for tree in before)))
        return found

    def _origins(self, added: Iterable[tuple[str, Commit]]) -> dict[tuple[str, str], Move | Unknown | None]:
        return {(path, commit.id): came_from(path, self._moves(self._nodes[commit.id])) for path, commit in added}

    @cached_property
    def _blobs(self) -> Mapping[str, bytes]:
        texts = {text for node in self._world.nodes for text in node.tree.values()}
        return {_blob(text): text.encode("utf-8", "surrogateescape") for text in texts}

    def _moves(self, node: Node) -> list[Change]:
        before, after = self._first_parent(node), node.tree
        gone = {path: before[path] for path in before if path not in after}
        new = {path: after[path] for path in after if path not in before}
        pairs = {old: (target, similarity(gone[old].encode(), new[target].encode())) for old, target in node.renames.items() if old in gone}
        for old, text in gone.items():
            ranked = [(similarity(text.encode(), other.encode()), path) for path, other in new.items()]
            best = max(ranked, default=(0.0, ""))
            if old not in pairs and best[0] >= 0.5:
                pairs[old] = (best[1], best[0])
        moves = [Change("R", new, "", "", "", old, int(alike * 100)) for old, (new, alike) in pairs.items()]
        return [*moves, *(Change("D", path, "", "", "") for path in gone if path not in pairs)]

    def _blame(self, node: Node, path: str) -> list[Commit]:
        lines = _lines(node.tree[path])
        found: list[Commit | None] = [None] * len(lines)
        origins = {new: old for old, new in node.renames.items()}
        for parent in node.commit.parents:
            before = self._nodes[parent]
            former = path if path in before.tree else origins.get(path, path)
            if former in before.tree:
                places = match_lines(_lines(before.tree[former]), lines)
                inherited = self._blame(before, former) if any(place is not None for place in places) else []
                found = [each or (None if place is None else inherited[place]) for each, place in zip(found, places, strict=True)]
        return [each or node.commit for each in found]


def _blob(text: str) -> str:
    """The id that Git gives the content."""
    data = text.encode("utf-8", "surrogateescape")
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _lines(text: str) -> list[bytes]:
    return lines_of(text.encode("utf-8", "surrogateescape"))


def _change(before: Tree, after: Tree) -> dict[str, str]:
    # The letter in front keeps an empty file apart from none.
    return {path: "=" + after[path] if path in after else "" for path in {*before, *after} if before.get(path) != after.get(path)}


def _with_parents(path: str) -> list[tuple[str, bool]]:
    plain = path.rstrip("/")
    return [(plain, path.endswith("/")), *((parent, True) for parent in parents(plain))]
