"""The way on which a tree came to be what it is: its first-parent line, and the versions of files on it."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from doclint.errors import GitError
from doclint.repo.ancestry import Ancestry
from doclint.repo.batch import Objects
from doclint.repo.commits import LOG, parse_header, parse_log
from doclint.repo.facts import MISSING_OBJECT, Commit, Unknown
from doclint.repo.process import Git, GitFailedError
from doclint.repo.raw import RAW, Change, limits, parse_raw
from doclint.repo.trees import Entry, read_blob

_LINK = "120000"

# A document moves a few times in its life.
_MOST_MOVES = 16


class Version(NamedTuple):
    """What a file was from the commit at ``place`` on, until its next version: where it lay, and its blob's id."""

    place: int
    path: str
    blob: str


@dataclass(slots=True)
class Trace:
    """The versions of one file, newest first, through its renames; ``lost`` says why what was before them is not known, if it is not."""

    versions: list[Version] = field(default_factory=list)
    lost: Unknown | None = None

    def find(self, place: int) -> Version | None:
        """The version that the commit at ``place`` has, None where there was none yet."""
        number = bisect.bisect_left(self.versions, place, key=lambda version: version.place)
        return self.versions[number] if number < len(self.versions) else None

    def at(self, place: int) -> Version:
        """The version that the commit at ``place`` is known to have."""
        found = self.find(place)
        assert found is not None, f"there is no version at {place}"
        return found


class _Trail(NamedTuple):
    """A file whose way leads on: where it lay, and as which blob, in the commit at ``place``."""

    trace: Trace
    path: str
    place: int
    blob: str


class Line:
    """The commits of a first-parent line, newest first; a commit's index among them is its *place*.

    ``cut`` says why the last of them is not the first that there was: history was cut off (``shallow``), or nobody asked for more
    (``since``). ``entries`` are the files of the newest.
    """

    def __init__(
        self, git: Git, objects: Objects, commits: Sequence[Commit], cut: Literal["shallow", "since"] | None, entries: Mapping[str, Entry]
    ) -> None:
        self.commits = commits
        self.cut = cut
        self._git = git
        self._objects = objects
        self._entries = entries
        self._places = {commit.id: place for place, commit in enumerate(commits)}

    def read(self, blob: str) -> bytes | Unknown:
        """The bytes of a version."""
        return read_blob(self._objects, blob)

    def brings(self, id: str) -> int | None:
        """The place of the first commit that reaches the commit ``id``; None where there is none. Raises GitError."""
        if id in self._places:
            return self._places[id]
        return self._places.get(self._ancestry.brought_by(id).id) if id in self._ancestry else None

    def trace(self, paths: Iterable[str]) -> dict[str, Trace]:
        """The versions of each of ``paths``, which are names that the newest commit may know. Raises GitError."""
        found = {path: Trace() for path in paths}
        trails = [_Trail(trace, path, 0, self._entries[path].id) for path, trace in found.items() if path in self._entries]
        for _ in range(_MOST_MOVES):
            if not trails:
                break
            trails = self._origins(self._additions(trails))
        return found

    def _additions(self, trails: Sequence[_Trail]) -> list[_Trail]:
        """Tell each trail's file the versions that it had under this name; return the trails that begin here, where they begin."""
        changes = self._changes({trail.path for trail in trails}, min(trail.place for trail in trails))
        added: list[_Trail] = []
        for trace, path, start, blob in trails:
            for place, change in changes.get(path, ()):
                if place < start:
                    continue
                if change.deleted or change.mode == _LINK:
                    break
                trace.versions.append(Version(place, path, change.after))
                if change.added:
                    added.append(_Trail(trace, path, place, change.after))
                    break
                blob = change.before
            else:
                # No commit that is looked at added it: it lay there already.
                trace.versions.append(Version(len(self.commits) - 1, path, blob))
        return added

    def _changes(self, paths: Iterable[str], start: int) -> dict[str, list[tuple[int, Change]]]:
        wanted = set(paths)
        found: dict[str, list[tuple[int, Change]]] = {}
        until = ("--not", self.commits[-1].id) if self.cut == "since" else ()
        output = self._git.run(
            *LOG, *RAW, "--first-parent", "-m", "--no-renames", self.commits[start].id, *until, "--stdin", stdin=limits(wanted)
        )
        for header, changes in parse_raw(output):
            place = self._places.get(parse_header(header).id)
            if place is not None:
                for change in changes:
                    if change.path in wanted:
                        found.setdefault(change.path, []).append((place, change))
        return found

    def _origins(self, added: Sequence[_Trail]) -> list[_Trail]:
        """Where each file that a commit added had lain before, for those that the commit moved."""
        onward: list[_Trail] = []
        wanted: dict[int, list[_Trail]] = {}
        for trail in added:
            if self.commits[trail.place].parents:
                wanted.setdefault(trail.place, []).append(trail)
        for place, trails in wanted.items():
            try:
                moves = self._moves(self.commits[place])
            except GitFailedError:
                # Git looks into blobs to find what was moved and changed, and ends at the first that is missing.
                for trail in trails:
                    trail.trace.lost = MISSING_OBJECT
                continue
            for trail in trails:
                move = moves.get(trail.path)
                if move is not None and move.origin is not None:
                    onward.append(_Trail(trail.trace, move.origin, place + 1, move.before))
        return onward

    @cached_property
    def _ancestry(self) -> Ancestry:
        return Ancestry(list(parse_log(self._git.run(*LOG, self.commits[0].id))))

    def _moves(self, commit: Commit) -> dict[str, Change]:
        # With one parent given, a merge is compared with the line that it is on.
        request = f"{commit.id} {commit.parents[0]}\n".encode("ascii")
        output = self._git.run("diff-tree", "--stdin", *RAW, "-M", "-l2000", "--diff-filter=R", stdin=request)
        return {change.path: change for _, changes in parse_raw(output) for change in changes}


def first_parents(
    git: Git, objects: Objects, head: Commit, since: str | None, boundary: frozenset[str]
) -> tuple[list[Commit], Literal["shallow", "since"] | None]:
    """The first-parent line of ``head``, down to the first commit that ``since`` reaches, and why it ends there. Raises GitError."""
    until = None if since is None else objects.commit(since)
    if since is not None and not isinstance(until, Commit):
        raise GitError(f"there is no revision `{since}` in {git.directory}")
    stop = ("--not", until.id) if isinstance(until, Commit) else ()
    commits = list(parse_log(git.run(*LOG, "--first-parent", head.id, *stop)))
    if commits and commits[-1].id in boundary:
        return commits, "shallow"
    if since is None:
        return commits, None
    if not commits:
        return [head], "since"
    # Where the two share no history, there is none.
    before = objects.commit(commits[-1].parents[0]) if commits[-1].parents else None
    return ([*commits, before], "since") if isinstance(before, Commit) else (commits, None)
