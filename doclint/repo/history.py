"""What became of paths: when they were added, when deleted, and where they went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from doclint.repo.facts import Commit, PathHistory, Rename, Unknown
from doclint.repo.paths import PathIndex
from doclint.repo.raw import Change

# A path moves a few times in its life; more hops than this are two branches that disagree.
MOST_MOVES = 16


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
