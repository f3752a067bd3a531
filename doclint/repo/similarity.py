"""Where the content of a lost file stands now, told by the contents alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from doclint.repo.facts import Unknown
from doclint.repo.history import Move
from doclint.repo.paths import PathIndex

Read = Callable[[str], bytes | Unknown | None]

# Beyond so many new files only those of the same name are looked at.
_MOST_CANDIDATES = 200
# The share of a file that must have stayed, as in Git's own search for renames.
ALIKE = 0.5


def most_similar(path: str, before: PathIndex, read_before: Read, after: PathIndex, read_after: Read) -> Move | Unknown | None:
    """Where ``after`` holds what ``before`` held at ``path``, among the files that only ``after`` has.

    A directory goes where its first file went.
    """
    if path not in before:
        return _directory(path, before, read_before, after, read_after)
    content = read_before(path)
    if content is None or isinstance(content, Unknown):
        return content
    name = path.rpartition("/")[2]
    candidates = [each for each in after.files if each not in before]
    if len(candidates) > _MOST_CANDIDATES:
        candidates = [each for each in candidates if each.rpartition("/")[2] == name]
    best: tuple[float, bool, str] | None = None
    for candidate in candidates[:_MOST_CANDIDATES]:
        data = read_after(candidate)
        if isinstance(data, bytes):
            rank = (similarity(content, data), candidate.rpartition("/")[2] == name, candidate)
            if rank[0] >= ALIKE and (best is None or rank[:2] > best[:2]):
                best = rank
    return Move(best[2], best[0] == 1.0) if best else None


def _directory(path: str, before: PathIndex, read_before: Read, after: PathIndex, read_after: Read) -> Move | Unknown | None:
    file = next((each for each in before.files if each.startswith(path + "/")), None)
    if file is None:
        return None
    move = most_similar(file, before, read_before, after, read_after)
    rest = file[len(path) :]
    if isinstance(move, Move):
        return Move(move.path[: -len(rest)], move.exact) if move.path.endswith(rest) and move.path != rest else None
    return move


def similarity(old: bytes, new: bytes) -> float:
    """The share of lines that the two have in common, from 0 to 1; 1 only where they are equal. An empty file is like no other."""
    if not old or not new:
        return 0.0
    if old == new:
        return 1.0
    first, second = Counter(old.splitlines()), Counter(new.splitlines())
    return min(0.99, (first & second).total() / max(first.total(), second.total()))


def overlap(old: bytes, new: bytes) -> float:
    """The same counted in bytes, as Git does; 0 where it is less than ``ALIKE`` for the sizes alone."""
    if old == new and old:
        return 1.0
    shorter, longer = sorted((len(old), len(new)))
    if not shorter or shorter < ALIKE * longer:
        return 0.0
    common = Counter(old.splitlines(keepends=True)) & Counter(new.splitlines(keepends=True))
    return min(0.99, sum(len(line) * count for line, count in common.items()) / longer)
