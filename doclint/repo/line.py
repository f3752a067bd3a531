"""The way on which a tree came to be what it is: its first-parent line, and the versions of files on it."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from doclint.repo.ancestry import Ancestry
from doclint.repo.batch import Object, Objects
from doclint.repo.commits import LOG, parse_header, parse_log
from doclint.repo.facts import Commit, Unknown
from doclint.repo.history import MOST_MOVES, Move
from doclint.repo.process import Git
from doclint.repo.raw import RAW, Change, limits, parse_raw

Cut = Literal["shallow", "since"]

_LINK = "120000"


class Stretch(NamedTuple):
    """What a file was from the commit at ``place`` on, until its next stretch: where it lay, and its blob's id."""

    place: int
    path: str
    blob: str


@dataclass(slots=True)
class Trace:
    """What one file was, newest first, through its renames; ``lost`` says why what it was before is not known, if it is not."""

    stretches: list[Stretch] = field(default_factory=list)
    lost: Unknown | None = None

    def find(self, place: int) -> Stretch | None:
        """What the file was in the commit at ``place``; None where it was not there yet."""
        number = bisect.bisect_left(self.stretches, place, key=lambda stretch: stretch.place)
        return self.stretches[number] if number < len(self.stretches) else None

    def at(self, place: int) -> Stretch:
        """What the file was in a commit that is known to have it."""
        found = self.find(place)
        assert found is not None, f"the file was not there at {place}"
        return found


class _Trail(NamedTuple):
    """A file whose way leads on: where it lay in the commit at ``place``."""

    trace: Trace
    path: str
    place: int


Origins = Callable[[Iterable[tuple[str, Commit]]], Mapping[tuple[str, str], Move | Unknown | None]]


class Line:
    """The commits of a first-parent line, newest first; a commit's index among them is its *place*.

    ``cut`` says why the last of them is not the first that there was: history was cut off (``shallow``), or nobody asked for more
    (``since``). ``origins`` tells where the content of paths came from that commits added, ``ancestry`` what the newest commit reaches.
    """

    def __init__(
        self,
        git: Git,
        objects: Objects,
        commits: Sequence[Commit],
        cut: Cut | None,
        origins: Origins,
        ancestry: Callable[[], Ancestry],
    ) -> None:
        self.commits = commits
        self.cut = cut
        self._git = git
        self._objects = objects
        self._places = {commit.id: place for place, commit in enumerate(commits)}
        self._origins = origins
        self._ancestry = ancestry

    def brings(self, id: str) -> int | None:
        """The place of the first commit that reaches the commit ``id``; None where there is none. Raises GitError."""
        if id in self._places:
            return self._places[id]
        ancestry = self._ancestry()
        return self._places.get(ancestry.brought_by(id).id) if id in ancestry else None

    def trace(self, paths: Iterable[str]) -> dict[str, Trace]:
        """What each of ``paths``, which are names that the newest commit may know, was on the line.

        Unlike ``Repo.versions`` this tells what stood in each commit of the line, whoever had written it. Raises GitError.
        """
        found = {path: Trace() for path in paths}
        trails = [_Trail(trace, path, 0) for path, trace in found.items()] if self.commits else []
        for _ in range(MOST_MOVES):
            if not trails:
                break
            added = self._follow(trails)
            origins = self._origins((trail.path, self.commits[trail.place]) for trail in added)
            trails = []
            for trail in added:
                origin = origins[trail.path, self.commits[trail.place].id]
                if isinstance(origin, Unknown):
                    trail.trace.lost = origin
                elif origin is not None:
                    trails.append(_Trail(trail.trace, origin.path, trail.place + 1))
        return found

    def _follow(self, trails: Sequence[_Trail]) -> list[_Trail]:
        """Tell each trail's file what it was under this name; return the trails that begin here, and where they do."""
        changes = self._changes({trail.path for trail in trails}, min(trail.place for trail in trails))
        added: list[_Trail] = []
        for trace, path, start in trails:
            blob: str | None = None
            for place, change in changes.get(path, ()):
                if place < start:
                    continue
                if change.deleted or change.mode == _LINK:
                    break
                trace.stretches.append(Stretch(place, path, change.after))
                if change.added:
                    added.append(_Trail(trace, path, place))
                    break
                blob = change.before
            else:
                # No commit that is looked at added it: if it is there, it was there already.
                blob = blob or self._blob(start, path)
                if blob is not None:
                    trace.stretches.append(Stretch(len(self.commits) - 1, path, blob))
        return added

    def _blob(self, place: int, path: str) -> str | None:
        found = self._objects.get(f"{self.commits[place].id}:{path}")
        return found.id if isinstance(found, Object) and found.kind == "blob" else None

    def _changes(self, paths: Iterable[str], start: int) -> dict[str, list[tuple[int, Change]]]:
        wanted = set(paths)
        found: dict[str, list[tuple[int, Change]]] = {}
        until = ("--not", self.commits[-1].id) if self.cut == "since" else ()
        commits = (self.commits[start].id, *until)
        output = self._git.run(*LOG, *RAW, "--first-parent", "-m", "--no-renames", *commits, "--stdin", stdin=limits(wanted))
        for header, changes in parse_raw(output):
            place = self._places.get(parse_header(header).id)
            if place is not None:
                for change in changes:
                    if change.path in wanted:
                        found.setdefault(change.path, []).append((place, change))
        return found


def first_parents(
    git: Git, objects: Objects, head: Commit | None, until: Commit | None, boundary: frozenset[str]
) -> tuple[list[Commit], Cut | None]:
    """The first-parent line of ``head``, down to the first commit that ``until`` reaches, and why it ends there. Raises GitError."""
    if head is None:
        return [], None
    stop = () if until is None else ("--not", until.id)
    commits = list(parse_log(git.run(*LOG, "--first-parent", head.id, *stop)))
    if commits and commits[-1].id in boundary:
        return commits, "shallow"
    if until is None:
        return commits, None
    if not commits:
        return [head], "since"
    # Where the two share no history, there is none.
    before = objects.commit(commits[-1].parents[0]) if commits[-1].parents else None
    return ([*commits, before], "since") if isinstance(before, Commit) else (commits, None)
