"""Everything that happened: the commits that refs reach, and what they did to the paths that are asked about, from one ``git log``."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from doclint.errors import GitError
from doclint.repo.commits import LOG, parse_header
from doclint.repo.cover import Cover, choose, holds
from doclint.repo.facts import Commit
from doclint.repo.history import Events, Step
from doclint.repo.paths import PathIndex, normalise, parents
from doclint.repo.process import Git, GitFailedError
from doclint.repo.raw import RAW, Change, parse_raw

_EVERY_REF = ("--exclude=refs/notes/*", "--exclude=refs/stash", "--exclude=refs/replace/*", "--all")
# Each commit is shown, whether or not it did something to the paths; a merge where it differs from all of its parents.
_MOST_WALKS = 2
_THERE = ("exact", "relative", "directory", "suffix", "ambiguous")
_DIFF = (*RAW, "--full-history", "-c", "--no-renames")


class Touch(NamedTuple):
    """What a commit did to a path: ``status`` holds a letter of Git's for each parent, ``blob`` the new content's id."""

    place: int
    commit: Commit
    status: str
    blob: str

    @property
    def added(self) -> bool:
        """Whether the path is new, seen from every parent."""
        return not self.status.strip("A")

    @property
    def deleted(self) -> bool:
        """Whether the path is gone, seen from every parent."""
        return not self.status.strip("D")


class Past:
    """The commits that refs reach and ``starts`` (ids), and what they did; Git is asked when something is asked, as seldom as it can be.

    ``tree`` gives the files by which the costs of looking at a path are judged. Without ``diffs`` the commits alone are of interest.
    """

    def __init__(self, git: Git, starts: Callable[[], Iterable[str]], tree: Callable[[], PathIndex], *, diffs: bool) -> None:
        self._git = git
        self._starts = starts
        self._tree = tree
        self._diffs = diffs
        self._included: list[str] = []
        self._wanted: dict[str, None] = {}
        self._documents: dict[str, None] = {}
        self._seen: list[Cover] = []
        self._touches: dict[str, dict[int, Touch]] = {}
        self._refs: Sequence[str] = _EVERY_REF

    def expect(self, paths: Iterable[str], documents: Iterable[str]) -> None:
        """Announce paths whose coming and going will be asked about, and files whose contents may be."""
        self._wanted.update(dict.fromkeys(path for path in paths if _is_sound(path)))
        self._documents.update(dict.fromkeys(path for path in documents if _is_sound(path)))

    def include(self, ids: Sequence[str]) -> bool:
        """Whether the commits ``ids`` and what they reach are among these; as long as Git was not asked yet, they can be added."""
        if "commits" in self.__dict__:
            return all(id in self.places for id in ids)
        self._included += ids
        return True

    @cached_property
    def commits(self) -> Sequence[Commit]:
        """Every commit, children before parents. Raises GitError."""
        cover = self._first_cover()
        try:
            output = self._log(cover, "--sparse")
        except GitFailedError:
            # A single ref that leads nowhere must not hide what the others reach.
            self._refs = ()
            output = self._log(cover, "--sparse")
        found: list[Commit] = []
        for header, changes in parse_raw(output):
            commit = parse_header(header)
            self._record(len(found), commit, changes)
            found.append(commit)
        self._seen.append(cover)
        return found

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each commit stands among ``commits``."""
        return {commit.id: place for place, commit in enumerate(self.commits)}

    def reach(self, ids: Iterable[str]) -> set[str]:
        """The commits that ``ids`` reach, themselves included."""
        commits, places = self.commits, self.places
        found: set[str] = set()
        pending = [id for id in ids if id in places]
        while pending:
            id = pending.pop()
            if id not in found:
                found.add(id)
                pending.extend(parent for parent in commits[places[id]].parents if parent in places)
        return found

    def reached_by(self, id: str) -> Sequence[Commit]:
        """The commits that the commit ``id`` reaches, itself first. Raises GitError where it is not among these."""
        if id not in self.places:
            raise GitError(f"the history of {id[:7]} cannot be read")
        reached = self.reach([id])
        return [commit for commit in self.commits if commit.id in reached]

    def saw(self, path: str) -> bool:
        """Whether what happened at ``path`` is known without asking Git again. Raises GitError."""
        return bool(self.commits) and any(holds(cover, path) for cover in self._seen)

    def steps(self, paths: Iterable[str], within: Callable[[str], bool]) -> dict[str, list[Step]]:
        """The states in which the commits that are ``within`` left each of the files ``paths``, the newest first. Raises GitError."""
        asked = {path for path in paths if _is_sound(path)}
        self._look(asked, self._documents)
        found: dict[str, list[Step]] = {}
        for path in asked:
            touches = sorted(self._touches.get(path, {}).values(), key=_place)
            found[path] = [
                Step(touch.place, touch.commit, touch.blob, touch.added)
                for touch in touches
                if not touch.deleted and within(touch.commit.id)
            ]
        return found

    def events(self, paths: Iterable[str], within: Callable[[str], bool]) -> Events:
        """When each of ``paths``, or what is below it, was first added and last deleted, by the commits that are ``within``.

        Raises GitError.
        """
        asked = {path for path in paths if _is_sound(path)}
        self._look(asked, self._wanted)
        added: dict[str, Touch] = {}
        deleted: dict[str, Touch] = {}
        for path, touches in self._touches.items():
            keys = [each for each in (path, *parents(path)) if each in asked]
            for touch in touches.values() if keys else ():
                if not (touch.added or touch.deleted) or not within(touch.commit.id):
                    continue
                for key in keys:
                    if touch.added:
                        added[key] = max(touch, added.get(key, touch), key=_place)
                    else:
                        deleted[key] = min(touch, deleted.get(key, touch), key=_place)
        return Events(*({path: touch.commit for path, touch in each.items()} for each in (added, deleted)))

    def named(self, name: str) -> Sequence[str]:
        """Every path that ever was, whose last part is ``name``. Raises GitError."""
        return self._by_name.get(name, ())

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self._touches if self.commits and None in self._seen else self._names()):
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    def _names(self) -> set[str]:
        """Every path that a commit did something to: nothing more is needed of the commits, which makes a third of the text."""
        options = ("-z", "-c", "--name-only", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--format=tformat:")
        return {os.fsdecode(path) for path in set(self._git.run("log", *options, *self._all()).split(b"\0")) if path}

    def _all(self) -> Sequence[str]:
        return (*self._refs, *dict.fromkeys((*self._starts(), *self._included)))

    def _first_cover(self) -> Cover:
        """What was announced, as far as looking at it costs less than looking at everything.

        Of what the tree holds it is seldom asked when it came; what is the end of a path that the tree holds is that path.
        """
        if not self._diffs or not (self._wanted or self._documents):
            return frozenset()
        tree = self._tree()
        missing = [path for path in self._wanted if tree.resolve(path, "").how not in _THERE]
        there = [path for path in self._wanted if path in tree]
        for paths in ((*missing, *self._documents, *there), (*missing, *self._documents)):
            cover = choose(paths, tree)
            if cover is not None:
                return cover
        return None

    def _look(self, paths: Collection[str], announced: Iterable[str]) -> None:
        """Make sure that a walk has seen what happened at ``paths``, and see what was announced on the way."""
        commits, places = self.commits, self.places
        unseen = [path for path in paths if not self.saw(path)]
        if not unseen:
            return
        more = [path for path in announced if not self.saw(path)]
        # Who asks for one thing after the other that was left out of the first walk shall not start one for each.
        everything = len(self._seen) > _MOST_WALKS
        cover = None if everything else choose((*unseen, *more), self._tree()) or choose(unseen, self._tree())
        for header, changes in parse_raw(self._log(cover)):
            place = places.get(parse_header(header).id)
            if place is not None:
                self._record(place, commits[place], changes)
        self._seen.append(cover)

    def _record(self, place: int, commit: Commit, changes: Iterable[Change]) -> None:
        for change in changes:
            self._touches.setdefault(change.path, {})[place] = Touch(place, commit, change.status, change.after)

    def _log(self, cover: Cover, *options: str) -> bytes:
        if cover is not None and not cover:
            return self._git.run(*LOG, *self._all())
        stdin = b"--\n" + b"".join(os.fsencode(path) + b"\n" for path in sorted(cover or ()))
        return self._git.run(*LOG, *_DIFF, *options, *self._all(), "--stdin", stdin=stdin)


def _place(touch: Touch) -> int:
    return touch.place


def _is_sound(path: str) -> bool:
    return bool(path) and "\n" not in path and "\0" not in path and normalise(path) == path
