"""What became of paths: when they were added, when deleted, and where they went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from doclint.errors import GitError
from doclint.repo.batch import Objects
from doclint.repo.commits import LOG, parse_header
from doclint.repo.facts import Commit, PathHistory, Rename, Unknown
from doclint.repo.paths import PathIndex, parents
from doclint.repo.process import Git, GitFailedError
from doclint.repo.raw import RAW, Change, limits, parse_raw

# A path moves a few times in its life; more hops than this are two branches that disagree.
MOST_MOVES = 16

OTHER_REFS = ("--exclude=refs/notes/*", "--exclude=refs/stash", "--exclude=refs/replace/*", "--all", "--not")


@dataclass(slots=True)
class Events:
    """The oldest addition and the newest deletion of each path in one stretch of history."""

    added: dict[str, Commit] = field(default_factory=dict)
    deleted: dict[str, Commit] = field(default_factory=dict)


class Step(NamedTuple):
    """A commit that left a file in another state than any of its parents: ``place`` counts from the newest commit of the walk.

    ``added`` if no parent had the file.
    """

    place: int
    commit: Commit
    blob: str
    added: bool


class Move(NamedTuple):
    """Where one commit moved a path to."""

    path: str
    exact: bool


class Trail(NamedTuple):
    """Where the history of paths is looked up.

    ``events`` gives the events of the tree's own history, ``elsewhere`` the additions on other refs, ``moves`` the moves that a commit
    made of a path (Unknown where objects are missing). ``uncommitted`` are the paths that ``head`` holds and the tree has lost, ``moved``
    says where such a path's content stands in the tree.
    """

    paths: PathIndex
    events: Callable[[Iterable[str]], Events]
    elsewhere: Callable[[Iterable[str]], Mapping[str, Commit]]
    moves: Callable[[Mapping[str, Commit]], Mapping[str, Move | Unknown | None]]
    in_head: Callable[[str], bool]
    moved: Callable[[str], Move | Unknown | None]


def tell(asked: Sequence[str], trail: Trail) -> dict[str, PathHistory]:
    """The history of each path. Raises GitError where Git fails."""
    events = trail.events(asked)
    unheard = [path for path in asked if path not in events.added and path not in events.deleted]
    elsewhere = trail.elsewhere(unheard) if unheard else {}
    told: dict[str, PathHistory] = {}
    lost: dict[str, _Search] = {}
    for path in asked:
        added = events.added.get(path) or elsewhere.get(path)
        if path in trail.paths or trail.paths.is_directory(path) or (path not in events.added and path not in events.deleted):
            told[path] = PathHistory(path, added, None, None)
        else:
            lost[path] = _Search(path, added)
    _follow(lost, events, trail)
    for path, search in lost.items():
        told[path] = PathHistory(path, search.added, search.deleted, search.renamed, search.uncommitted)
    return told


@dataclass(slots=True)
class _Search:
    """The way of one lost path through its moves: ``at`` is where it was last seen."""

    at: str
    added: Commit | None
    deleted: Commit | None = None
    renamed: Rename | Unknown | None = None
    uncommitted: bool = False
    exact: bool = True
    first: Commit | None = None
    been: set[str] = field(default_factory=set)


def _follow(lost: Mapping[str, _Search], events: Events, trail: Trail) -> None:
    pending = list(lost.values())
    for _ in range(MOST_MOVES):
        gone: dict[str, Commit] = {}
        for search in pending:
            search.been.add(search.at)
            if trail.in_head(search.at):
                _leave_uncommitted(search, trail)
            elif search.at in events.deleted:
                gone[search.at] = search.deleted = events.deleted[search.at]
                search.first = search.first or search.deleted
        pending = [search for search in pending if search.at in gone]
        if not pending:
            return
        moves = trail.moves(gone)
        onward = []
        for search in pending:
            move = moves[search.at]
            if move is None or isinstance(move, Unknown) or move.path in search.been:
                search.renamed = move if isinstance(move, Unknown) else None
                continue
            search.exact = search.exact and move.exact
            search.at = move.path
            if move.path in trail.paths or trail.paths.is_directory(move.path):
                search.renamed = Rename(move.path, search.deleted, search.exact)
                search.deleted = search.first
            else:
                onward.append(search)
        pending = onward
        if pending:
            events = trail.events([search.at for search in pending])


def _leave_uncommitted(search: _Search, trail: Trail) -> None:
    move = trail.moved(search.at)
    search.uncommitted = search.first is None
    search.deleted = search.first
    if isinstance(move, Move):
        search.renamed = Rename(move.path, None, search.exact and move.exact)
    else:
        search.renamed = move


def walk(git: Git, revisions: Sequence[str], paths: Iterable[str]) -> Events:
    """The additions and deletions of ``paths``, and below them, that the commits of ``revisions`` made. Raises GitError."""
    asked = {path for path in paths if path and "\n" not in path and "\0" not in path}
    found = Events()
    if not asked:
        return found
    output = git.run(*LOG, *RAW, "--full-history", "-c", "--no-renames", "--diff-filter=AD", *revisions, "--stdin", stdin=limits(asked))
    for header, changes in parse_raw(output):
        commit: Commit | None = None
        for change in changes:
            for path in (change.path, *parents(change.path)):
                if path in asked:
                    commit = commit or parse_header(header)
                    if change.added:
                        found.added[path] = commit
                    elif change.deleted:
                        found.deleted.setdefault(path, commit)
    return found


def steps(git: Git, revision: str, paths: Iterable[str]) -> dict[str, list[Step]]:
    """The steps of each of ``paths`` that the commits of ``revision`` made, newest first. Raises GitError."""
    found: dict[str, list[Step]] = {path: [] for path in paths}
    output = git.run(*LOG, *RAW, "--full-history", "-c", "--no-renames", revision)
    for place, (header, changes) in enumerate(parse_raw(output)):
        for change in changes:
            if change.path in found and not change.deleted:
                found[change.path].append(Step(place, parse_header(header), change.after, change.added))
    return found


def names(git: Git, revisions: Sequence[str]) -> dict[str, set[str]]:
    """Every path that the commits of ``revisions`` ever added, by its last part. Raises GitError."""
    found: dict[str, set[str]] = {}
    for _, changes in parse_raw(git.run(*LOG, *RAW, "--full-history", "-c", "--no-renames", "--diff-filter=A", *revisions)):
        for change in changes:
            found.setdefault(change.path.rpartition("/")[2], set()).add(change.path)
    return found


class Moves:
    """The moves that commits made, looked up once per commit. ``unanswered`` makes the answer where objects are not there."""

    def __init__(self, git: Git, objects: Objects, unanswered: Callable[[GitError | None], Unknown]) -> None:
        self._git = git
        self._objects = objects
        self._unanswered = unanswered
        self._changes: dict[str, Sequence[Change]] = {}
        self._missing: dict[str, _Missing] = {}

    def __call__(self, gone: Mapping[str, Commit]) -> Mapping[str, Move | Unknown | None]:
        """Where each path went in the commit that deleted it."""
        self._load([commit for commit in gone.values() if commit.id not in self._changes])
        found: dict[str, Move | Unknown | None] = {}
        for path, commit in gone.items():
            move = moved_to(path, self._changes[commit.id])
            missing = self._missing.get(commit.id)
            found[path] = self._unanswered(None) if missing and missing.hides(path, move) else move
        return found

    def origins(self, added: Iterable[tuple[str, Commit]]) -> dict[tuple[str, str], Move | Unknown | None]:
        """Where the content of each path, which the commit added, came from; by path and commit id."""
        asked = list(added)
        self._load([commit for _, commit in asked if commit.id not in self._changes])
        found: dict[tuple[str, str], Move | Unknown | None] = {}
        for path, commit in asked:
            move = came_from(path, self._changes[commit.id])
            missing = self._missing.get(commit.id)
            found[path, commit.id] = self._unanswered(None) if missing and missing.hides_origin(path, move) else move
        return found

    def _load(self, commits: Sequence[Commit]) -> None:
        pending = list({commit.id: commit for commit in commits if commit.parents}.values())
        self._changes.update({commit.id: () for commit in commits})
        while pending:
            done, failed = self._diff(pending, "-M", "-l2000")
            self._changes.update(done)
            pending = [commit for commit in pending if commit.id not in done]
            if not failed:
                return
            # Git looks into blobs to find what was moved and changed, and ends at the first that is missing.
            self._load_without_missing(pending[:1])
            pending = pending[1:]

    def _load_without_missing(self, commits: Sequence[Commit]) -> None:
        plain, failed = self._diff(commits, "--no-renames")
        if failed:
            raise GitError("`git diff-tree` failed")
        for id, changes in plain.items():
            moved = [change for change in changes if change.added or change.deleted]
            absent = self._objects.missing(change.before if change.deleted else change.after for change in moved)
            lost = {change for change in moved if (change.before if change.deleted else change.after) in absent}
            self._missing[id] = _Missing(
                frozenset(change.path for change in lost if change.deleted),
                frozenset(change.path for change in lost if change.added),
            )
            present = [change.path for change in moved if change not in lost]
            alike, failed = self._diff(commits, "-M", "-l2000", "--", *present) if present else ({}, False)
            exact = _exact_moves(changes)
            origins = {change.origin for change in exact}
            self._changes[id] = [*exact, *(change for change in alike.get(id, ()) if not failed and change.origin not in origins)]

    def _diff(self, commits: Sequence[Commit], *options: str) -> tuple[dict[str, Sequence[Change]], bool]:
        if not commits:
            return {}, False
        # With one parent given, a merge is compared with the line that it is on.
        requests = "".join(f"{commit.id} {commit.parents[0]}\n" for commit in commits).encode("ascii")
        try:
            output, failed = self._git.run("diff-tree", "--stdin", *RAW, *options, stdin=requests), False
        except GitFailedError as error:
            output, failed = error.output, True
        done: dict[str, Sequence[Change]] = {header.decode("ascii"): changes for header, changes in parse_raw(output)}
        if failed:
            # The last one may have been cut short.
            for id in list(done)[-1:]:
                del done[id]
        return done, failed


class _Missing(NamedTuple):
    """What a commit's moves cannot be told of: the lost and the new files whose content is missing."""

    origins: frozenset[str]
    targets: frozenset[str]

    def hides(self, path: str, move: Move | None) -> bool:
        """Whether the content that is missing could show another move of ``path``."""
        if move is not None and move.exact:
            return False
        below = path + "/"
        if any(each == path or each.startswith(below) for each in self.origins):
            return True
        return any(_extension(each) == _extension(path) for each in self.targets)

    def hides_origin(self, path: str, move: Move | None) -> bool:
        """Whether the content that is missing could show that ``path`` came from elsewhere."""
        if move is not None and move.exact:
            return False
        return path in self.targets or bool(self.origins)


def _extension(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def _exact_moves(changes: Sequence[Change]) -> Sequence[Change]:
    added: dict[str, list[Change]] = {}
    for change in changes:
        if change.added:
            added.setdefault(change.after, []).append(change)
    moves = []
    for change in changes:
        if not change.deleted:
            continue
        if not added.get(change.before):
            moves.append(change)
        else:
            name = change.path.rpartition("/")[2]
            target = min(added[change.before], key=lambda each: (each.path.rpartition("/")[2] != name, each.path))
            added[change.before].remove(target)
            moves.append(Change("R", target.path, change.before, target.after, target.mode, change.path, 100))
    return moves


def came_from(path: str, changes: Sequence[Change]) -> Move | None:
    """Where the renames among ``changes`` brought the file ``path`` from."""
    found = [change for change in changes if change.status == "R" and change.path == path and change.origin is not None]
    # The likest of several, which Git itself never gives.
    best = max(found, key=lambda change: (change.similarity, change.origin), default=None)
    return None if best is None or best.origin is None else Move(best.origin, best.similarity == 100)


def moved_to(path: str, changes: Sequence[Change]) -> Move | None:
    """Where the renames among ``changes`` took ``path``; a directory goes where most of its files went under their own names."""
    below = path + "/"
    directories: Counter[str] = Counter()
    exact: dict[str, bool] = {}
    files = 0
    for change in changes:
        if change.deleted and change.path.startswith(below):
            files += 1
        if change.origin is None or change.status != "R":
            continue
        if change.origin == path:
            return Move(change.path, change.similarity == 100)
        if change.origin.startswith(below):
            files += 1
            rest = change.origin[len(path) :]
            if change.path.endswith(rest):
                target = change.path[: -len(rest)]
                directories[target] += 1
                exact[target] = exact.get(target, True) and change.similarity == 100
    if not directories:
        return None
    target, count = min(directories.items(), key=lambda item: (-item[1], item[0]))
    return Move(target, exact[target]) if target and 2 * count > files else None
