"""Where commits moved files to, found as Git finds it: first by equal contents, then by similar ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from doclint.repo.batch import Objects
from doclint.repo.contents import Contents
from doclint.repo.facts import Commit, Unknown
from doclint.repo.history import Move, moved_to
from doclint.repo.raw import Change
from doclint.repo.similarity import ALIKE, overlap

# Beyond so many files on the other side only those of the same name are looked at.
_MOST_CANDIDATES = 200
# Of a directory's files that moved and changed, as many tell where it went.
_MOST_FILES = 20
# A file of the same name that is so much alike is preferred to a likelier one of another name.
_SAME_NAME = 0.75
_MOST_RIVALS = 5


class Moves:
    """The moves that commits made, looked up once per commit. ``missing`` makes the answer where a content is not there."""

    def __init__(self, objects: Objects, contents: Contents, missing: Callable[[], Unknown]) -> None:
        self._contents = contents
        self._objects = objects
        self._missing = missing
        self._steps: dict[str, _Step] = {}

    def __call__(self, gone: Mapping[str, Commit]) -> Mapping[str, Move | Unknown | None]:
        """Where each path went in the commit that deleted it. Raises GitError."""
        return {path: self._answer(self._step(commit).went(path)) for path, commit in gone.items()}

    def origins(self, added: Iterable[tuple[str, Commit]]) -> dict[tuple[str, str], Move | Unknown | None]:
        """Where the content of each path, which the commit added, came from; by path and commit id. Raises GitError."""
        return {(path, commit.id): self._answer(self._step(commit).came(path)) for path, commit in added}

    def _answer(self, found: Move | _Hidden | None) -> Move | Unknown | None:
        return self._missing() if isinstance(found, _Hidden) else found

    def _step(self, commit: Commit) -> _Step:
        if commit.id not in self._steps:
            # A merge is compared with the line that it is on.
            changes = self._contents.changes(commit.parents[0], commit.id) if commit.parents else ()
            self._steps[commit.id] = _Step(changes, self._objects)
        return self._steps[commit.id]


class _Hidden:
    """That a content which is missing may show a move, or another one."""


_HIDDEN = _Hidden()


class _Step:
    """What one commit took away and brought, as far as it is not told yet what became of it, and the moves that are known."""

    def __init__(self, changes: Sequence[Change], objects: Objects) -> None:
        self._objects = objects
        self._gone = {change.path: change.before for change in changes if change.deleted}
        self._new = {change.path: change.after for change in changes if change.added}
        self._moves: dict[str, Change] = {}
        self._origins: dict[str, str] = {}
        self._data: dict[str, bytes | None] = {}
        self._match_equal_contents()

    def went(self, path: str) -> Move | _Hidden | None:
        """Where a file or directory that was taken away went."""
        if path in self._gone:
            target = self._like(path, self._gone, self._new)
            if target is None or isinstance(target, _Hidden):
                return target
            self._settle(path, target)
        if path in self._moves:
            move = self._moves[path]
            return Move(move.path, move.similarity == 100)
        if hidden := self._match_below(path + "/"):
            return hidden
        return moved_to(path, [*self._moves.values(), *(Change("D", each, "", "", "") for each in self._gone)])

    def came(self, path: str) -> Move | _Hidden | None:
        """Where a file that was brought came from."""
        if path in self._new:
            origin = self._like(path, self._new, self._gone)
            if origin is None or isinstance(origin, _Hidden):
                return origin
            self._settle(origin, path)
        origin = self._origins.get(path)
        return None if origin is None else Move(origin, self._moves[origin].similarity == 100)

    def _match_equal_contents(self) -> None:
        alike: dict[str | tuple[str, str], list[str]] = {}
        for path in sorted(self._new, reverse=True):
            blob = self._new[path]
            alike.setdefault(blob, []).append(path)
            alike.setdefault((blob, _name(path)), []).append(path)
        # Those that kept their name come first.
        for same_name in (True, False):
            for path, blob in sorted(self._gone.items()):
                targets = alike.get((blob, _name(path)) if same_name else blob, [])
                while targets and targets[-1] not in self._new:
                    targets.pop()
                if targets:
                    self._settle(path, targets.pop(), 100)

    def _settle(self, origin: str, target: str, similarity: int = 99) -> None:
        before, after = self._gone.pop(origin), self._new.pop(target)
        self._origins[target] = origin
        self._moves[origin] = Change("R", target, before, after, "", origin, similarity)

    def _like(self, path: str, side: Mapping[str, str], others: Mapping[str, str]) -> str | _Hidden | None:
        """The file among ``others`` that ``path`` of ``side`` is like, unless another of its side is more like that one."""
        if not others:
            return None
        excluded: set[str] = set()
        for _ in range(_MOST_RIVALS):
            best = self._best(path, side[path], {each: blob for each, blob in others.items() if each not in excluded})
            if best is None or isinstance(best, _Hidden):
                return best
            rival = self._best(best, others[best], side)
            if rival == path or rival is None or isinstance(rival, _Hidden):
                return best
            excluded.add(best)
        return None

    def _best(self, path: str, blob: str, others: Mapping[str, str]) -> str | _Hidden | None:
        candidates = list(others)
        if len(candidates) > _MOST_CANDIDATES:
            candidates = [each for each in candidates if _name(each) == _name(path)][:_MOST_CANDIDATES]
        if not candidates:
            return None
        self._load([blob, *(others[each] for each in candidates)])
        data = self._data[blob]
        contents = [self._data[others[each]] for each in candidates]
        if data is None or any(each is None for each in contents):
            return _HIDDEN
        best: tuple[bool, float, bool] | None = None
        found = None
        for each, content in sorted(zip(candidates, contents, strict=True)):
            alike = overlap(data, content or b"")
            same = _name(each) == _name(path)
            rank = (same and alike >= _SAME_NAME, alike, same)
            if alike >= ALIKE and (best is None or rank > best):
                best, found = rank, each
        return found

    def _load(self, blobs: Sequence[str]) -> None:
        unread = list(dict.fromkeys(blob for blob in blobs if blob not in self._data))
        for blob, found in zip(unread, self._objects.get_all(unread), strict=True):
            # What is too large to be read is like nothing.
            self._data[blob] = None if found is None else found.data or b""

    def _match_below(self, below: str) -> _Hidden | None:
        """Find what the changed files of a directory became, as far as that tells where it went."""
        changed = [path for path in self._gone if path.startswith(below)]
        hidden = None
        for path in changed[:_MOST_FILES]:
            target = self._like(path, self._gone, self._new)
            if isinstance(target, _Hidden):
                hidden = target
            elif target is not None:
                self._settle(path, target)
        return hidden


def _name(path: str) -> str:
    return path.rpartition("/")[2]
