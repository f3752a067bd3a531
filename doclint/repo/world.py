"""A small repository as a rule page tells it, played through.

The page's ``repo`` fence is YAML. Every key is optional::

    base: main                       # what work lands in
    files:                           # what the first commit holds: texts by path, or just paths
      src/load.py: |
        SCHEMA = ["id"]
    commits:                         # in the order in which they were made
      - subject: Start the pipeline
        date: 2026-02-01             # else the day of the commit before, at first 2026-01-01
        on: feature/pipeline         # the branch; a new one begins where the base stands. Else the base
        add: [src/pipeline.py]       # paths, whose text does not matter, or texts by path; so is `modify`
        delete: [src/old.py]
        rename: {docs/a.md: docs/b.md}
      - merge: feature/pipeline      # a merge commit, into `on`; the subject is Git's unless one is given
        pull-request: 7              # through this pull request, with GitHub's subject
        drop: true                   # and the branch is deleted
        trailers: [allow co-change for a reason]  # what the message's trailers say behind `doclint:`
      - squash: feature/board        # one commit with all that the branch changed
      - fast-forward: feature/docs   # `on` moves to where that branch stands
      - branch: feature/idle         # a name for where `on` stands, and no commit; with `pull-request`, one that is open
    head: main                       # the branch that is checked out; else the base
    uncommitted:                     # what the work tree changed since: add, modify, delete, rename
      delete: [src/pipeline.py]
    ignored: [dist/, "*.log"]        # ignore rules
    shallow: true                    # a clone without history
    since: Start the pipeline        # the subject of the commit with which a range of changes began; `Start` is the first commit's

Documents that are given beside the fence stand in the work tree. Where a commit lists the path of one without a text, it writes
that document; one that no commit names is in the first commit.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from doclint.errors import ConfigError
from doclint.repo.facts import Commit

_FIRST_DAY = datetime.date(2026, 1, 1)
_KEYS = {"base", "files", "commits", "head", "uncommitted", "ignored", "shallow", "since"}
_CHANGES = {"add", "modify", "delete", "rename"}
_STEP_KEYS = _CHANGES | {"subject", "date", "on", "merge", "squash", "fast-forward", "branch", "pull-request", "drop", "trailers"}
_JOINING = ("merge", "squash", "fast-forward", "branch")

Tree = Mapping[str, str]
"""The texts of a tree's files, by path."""


@dataclass(frozen=True, slots=True)
class Node:
    """A commit, the tree that it holds, the moves that it is told to make, and what its message's trailers say."""

    commit: Commit
    tree: Tree
    renames: Mapping[str, str] = field(default_factory=dict)
    trailers: tuple[str, ...] = ()


class World(NamedTuple):
    """A repository's commits in the order in which they were made, its branches and pull requests by their tips, and its work tree."""

    nodes: tuple[Node, ...]
    heads: Mapping[str, str]
    pulls: Mapping[int, str]
    base: str
    head: str
    work: Tree
    ignored: tuple[str, ...] = ()
    shallow: bool = False
    since: str | None = None


def play(spec: Mapping[str, Any], documents: Tree | None = None) -> World:
    """The repository that ``spec`` tells. Raises ConfigError, which names the place, where it cannot be understood."""
    return _Play(spec, documents or {}).world()


class _Play:
    def __init__(self, spec: Mapping[str, Any], documents: Tree) -> None:
        _only(spec, _KEYS, "the repository")
        self._spec = spec
        self._documents = documents
        self._base = _text(spec.get("base", "main"), "base")
        self._nodes: dict[str, Node] = {}
        self._heads: dict[str, str] = {}
        self._open: dict[str, int] = {}
        self._pulls: dict[int, str] = {}
        self._day = _FIRST_DAY

    def world(self) -> World:
        steps = [self._mapping(step, f"commit {number}") for number, step in enumerate(self._list("commits"), 1)]
        self._first(steps)
        for number, step in enumerate(steps, 1):
            self._step(step, f"commit {number}")
        for branch, number in self._open.items():
            if branch in self._heads:
                self._pulls[number] = self._heads[branch]
        head = _text(self._spec.get("head", self._base), "head")
        if head not in self._heads and self._nodes:
            raise ConfigError(f"head: there is no branch `{head}`")
        committed = self._nodes[self._heads[head]].tree if head in self._heads else {}
        uncommitted = self._mapping(self._spec.get("uncommitted", {}), "uncommitted")
        _only(uncommitted, _CHANGES, "uncommitted")
        work, _ = self._changed(committed, uncommitted, "uncommitted", 0)
        ignored = tuple(_text(each, "ignored") for each in self._list("ignored"))
        return World(
            tuple(self._nodes.values()), self._heads, self._pulls, self._base, head, {**work, **self._documents}, ignored,
            bool(self._spec.get("shallow")), self._since(),
        )  # fmt: skip

    def _since(self) -> str | None:
        if "since" not in self._spec:
            return None
        subject = _text(self._spec["since"], "since")
        for id, node in self._nodes.items():
            if node.commit.subject == subject:
                return id
        raise ConfigError(f"since: there is no commit `{subject}`")

    def _first(self, steps: Sequence[Mapping[str, Any]]) -> None:
        """Commit what stands there from the start; where nothing does and the first step makes a commit, that one has no parent."""
        named = {path for step in steps for key in ("add", "modify") for path in step.get(key, ())}
        files = self._texts(self._spec.get("files", {}), "files", 0)
        files |= {path: text for path, text in self._documents.items() if path not in named and path not in files}
        if files:
            self._commit(self._base, "Start", [], files, {})

    def _step(self, step: Mapping[str, Any], place: str) -> None:
        _only(step, _STEP_KEYS, place)
        if "date" in step:
            self._day = _date(step["date"], place)
        on = _text(step.get("on", self._base), f"{place}, on")
        if on not in self._heads and self._base in self._heads:
            self._heads[on] = self._heads[self._base]
        joining = [key for key in _JOINING if key in step]
        if len(joining) > 1:
            raise ConfigError(f"{place}: `{joining[0]}` and `{joining[1]}` exclude each other")
        if joining:
            self._join(joining[0], on, step, place)
            return
        before = self._nodes[self._heads[on]].tree if on in self._heads else {}
        tree, renames = self._changed(before, step, place, len(self._nodes))
        parents = [self._heads[on]] if on in self._heads else []
        self._commit(on, _text(step.get("subject", f"Work on {on}"), f"{place}, subject"), parents, tree, renames, _trailers(step, place))
        if "pull-request" in step:
            self._open[on] = _number(step["pull-request"], place)

    def _join(self, how: str, on: str, step: Mapping[str, Any], place: str) -> None:
        branch = _text(step[how], f"{place}, {how}")
        number = _number(step["pull-request"], place) if "pull-request" in step else None
        if on not in self._heads:
            raise ConfigError(f"{place}: there is no commit on `{on}` yet")
        if how == "branch":
            self._heads[branch] = self._heads[on]
            if number is not None:
                self._open[branch] = number
            return
        if branch not in self._heads:
            raise ConfigError(f"{place}: there is no branch `{branch}`")
        tip = self._heads[branch]
        if how == "fast-forward":
            self._heads[on] = tip
        else:
            parents = [self._heads[on], tip] if how == "merge" else [self._heads[on]]
            subject = _text(step.get("subject", self._subject(how, branch, on, number)), f"{place}, subject")
            tree = merge(self._fork(self._heads[on], tip), self._nodes[self._heads[on]].tree, self._nodes[tip].tree)
            self._commit(on, subject, parents, tree, {}, _trailers(step, place))
        number = self._open.pop(branch, None) if number is None else number
        if number is not None:
            self._open.pop(branch, None)
            self._pulls[number] = tip
        if step.get("drop"):
            del self._heads[branch]

    def _subject(self, how: str, branch: str, on: str, number: int | None) -> str:
        if how == "squash":
            return f"Land {branch}" + (f" (#{number})" if number is not None else "")
        if number is not None:
            return f"Merge pull request #{number} from team/{branch}"
        return f"Merge branch '{branch}'" + (f" into {on}" if on != self._base else "")

    def _commit(
        self, on: str, subject: str, parents: Sequence[str], tree: Tree, renames: Mapping[str, str], trailers: tuple[str, ...] = ()
    ) -> None:
        position = len(self._nodes)
        id = hashlib.sha1(f"{position} {subject}".encode(), usedforsecurity=False).hexdigest()
        noon = (self._day - datetime.date(1970, 1, 1)).days * 86400 + 43200
        self._nodes[id] = Node(Commit(id, self._day, noon + position, subject, tuple(parents)), tree, renames, trailers)
        self._heads[on] = id

    def _fork(self, first: str, second: str) -> Tree:
        common = reach(self._nodes, [first]) & reach(self._nodes, [second])
        latest = [node for id, node in self._nodes.items() if id in common]
        return latest[-1].tree if latest else {}

    def _changed(self, before: Tree, change: Mapping[str, Any], place: str, position: int) -> tuple[dict[str, str], dict[str, str]]:
        tree = dict(before)
        renames = {_text(old, place): _text(new, place) for old, new in self._mapping(change.get("rename", {}), f"{place}, rename").items()}
        for old, new in renames.items():
            if old not in tree:
                raise ConfigError(f"{place}, rename: there is no file `{old}`")
            tree[new] = tree.pop(old)
        for path in change.get("delete", ()):
            if tree.pop(path, None) is None:
                raise ConfigError(f"{place}, delete: there is no file `{path}`")
        tree |= self._texts(change.get("add", {}), f"{place}, add", 0)
        for path, text in self._texts(change.get("modify", {}), f"{place}, modify", position + 1).items():
            if path not in tree:
                raise ConfigError(f"{place}, modify: there is no file `{path}`")
            # A path without a text keeps most of what it had, so that it stays recognisable through a rename.
            keeps = not isinstance(change["modify"], Mapping) and path not in self._documents
            tree[path] = tree[path] + text.splitlines(keepends=True)[-1] if keeps else text
        return tree, renames

    def _texts(self, value: Any, place: str, version: int) -> dict[str, str]:
        if isinstance(value, Mapping):
            return {_text(path, place): _text(text, f"{place}, {path}", empty=True) for path, text in value.items()}
        if not isinstance(value, list):
            raise ConfigError(f"{place} is neither a list of paths nor texts by path")
        return {path: self._documents.get(path) or _any_text(path, version) for path in (_text(each, place) for each in value)}

    def _list(self, key: str) -> list[Any]:
        value = self._spec.get(key, [])
        if not isinstance(value, list):
            raise ConfigError(f"{key} is no list")
        return value

    def _mapping(self, value: Any, place: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise ConfigError(f"{place} is no mapping")
        return value


def reach(nodes: Mapping[str, Node], ids: Iterable[str]) -> set[str]:
    """The ids of the commits that ``ids`` reach, themselves included."""
    found: set[str] = set()
    pending = list(ids)
    while pending:
        id = pending.pop()
        if id not in found:
            found.add(id)
            pending.extend(nodes[id].commit.parents)
    return found


def merge(fork: Tree, ours: Tree, theirs: Tree) -> dict[str, str]:
    """The tree of a merge, path by path: what ``theirs`` changed since ``fork``, else ``ours``."""
    changed = {path for path in (*fork, *theirs) if fork.get(path) != theirs.get(path)}
    merged = {path: text for path, text in ours.items() if path not in changed}
    return merged | {path: text for path, text in theirs.items() if path in changed}


def _any_text(path: str, version: int) -> str:
    # Unlike any other path's, so that no two of these look like one file that was moved.
    return "".join(hashlib.sha256(f"{path} {line} {version}".encode()).hexdigest() + "\n" for line in range(4))


def _only(value: Mapping[str, Any], known: set[str], place: str) -> None:
    for key in value:
        if key not in known:
            raise ConfigError(f"{place}: `{key}` is not known here; there are {', '.join(f'`{each}`' for each in sorted(known))}")


def _text(value: Any, place: str, *, empty: bool = False) -> str:
    if not isinstance(value, str) or not (value or empty):
        raise ConfigError(f"{place}: {value!r} is no text")
    return value


def _number(value: Any, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ConfigError(f"{place}, pull-request: {value!r} is no number")
    return value


def _trailers(step: Mapping[str, Any], place: str) -> tuple[str, ...]:
    value = step.get("trailers", [])
    if not isinstance(value, list):
        raise ConfigError(f"{place}, trailers: {value!r} is no list")
    return tuple(_text(each, f"{place}, trailers") for each in value)


def _date(value: Any, place: str) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise ConfigError(f"{place}, date: {value!r} is no date") from None
