"""Which commit wrote each line of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from doclint.late import late
from doclint.repo.facts import NOT_COMMITTED, Commit, Unknown
from doclint.repo.process import Git

Read = Callable[[str], bytes | Unknown | None]

# Where more lines than this differ, finding the best match between them costs more than it tells.
_MOST_LINES = 4000
_HEADER = late(rb"([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?\Z")
_LINE_END = late(rb"\r\n|\n|\r")


def blame(git: Git, revision: str, path: str) -> list[str]:
    """The id of the commit that wrote each line (in Git's sense, ended by a newline) of ``path`` in ``revision``. Raises GitError."""
    # An empty name clears what the repository's configuration names, which may be any file. With --root, a root commit is one like
    # any other, and what a shallow clone cut off is told by its id.
    output = git.run("blame", "--porcelain", "--root", "--no-textconv", "--ignore-revs-file=", revision, "--", path)
    found = []
    for line in output.split(b"\n"):
        # A line of the file begins with a tab, so that it is never taken for a header.
        if header := _HEADER.match(line):
            found.append(header.group(1).decode("ascii"))
    return found


def lines_of(data: bytes) -> list[bytes]:
    """The lines of a file, without their ends, as CommonMark counts them."""
    lines = _LINE_END.split(data)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def newline_of_each(data: bytes) -> list[int]:
    """For each line as CommonMark counts them, the index of the line in Git's sense that it is in: a lone ``\\r`` ends only the former."""
    found, index = [0], 0
    for end in _LINE_END.finditer(data):
        index += end.group() != b"\r"
        found.append(index)
    return found


def match_lines(old: Sequence[bytes], new: Sequence[bytes]) -> list[int | None]:
    """For each of the ``new`` lines, the index of the ``old`` one that it is, or None where it was written since."""
    import difflib

    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    found: list[int | None] = [*range(start), *[None] * (len(new) - start - end), *range(len(old) - end, len(old))]
    middle = (old[start : len(old) - end], new[start : len(new) - end])
    if max(map(len, middle)) <= _MOST_LINES:
        for first, second, size in difflib.SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
            for step in range(size):
                found[start + second + step] = start + first + step
    return found


class Blames:
    """Who wrote the lines of one tree's files.

    Each file is blamed once, in the last commit behind the tree, and the tree's lines are found there again.
    The work tree itself is never blamed, since Git would run its filters. ``read`` gives a file of the tree, ``read_committed`` of
    ``head``; both are one for a revision. ``commit`` looks up the commit of an id, and is Unknown for one at which a shallow clone was
    cut off.
    """

    def __init__(self, git: Git, head: Commit | None, read: Read, read_committed: Read, commit: Callable[[str], Commit | Unknown]) -> None:
        self._git = git
        self._head = head
        self._read = read
        self._read_committed = read_committed
        self._commit = commit
        self._known: dict[str, Sequence[Commit | Unknown] | Unknown] = {}

    def __call__(self, path: str) -> Sequence[Commit | Unknown] | Unknown:
        """The commit of each line, as CommonMark counts lines. Raises GitError."""
        if path not in self._known:
            self._known[path] = self._blame(path)
        return self._known[path]

    def _blame(self, path: str) -> Sequence[Commit | Unknown] | Unknown:
        data = self._read(path)
        if data is None or isinstance(data, Unknown):
            return data or Unknown("the tree has no such file")
        committed = self._read_committed(path)
        if isinstance(committed, Unknown):
            return committed
        if committed is None or self._head is None:
            return [NOT_COMMITTED] * len(lines_of(data))
        ids = blame(self._git, self._head.id, path)
        commits = {id: self._commit(id) for id in dict.fromkeys(ids)}
        places = match_lines(_git_lines(committed), _git_lines(data))
        writers = [NOT_COMMITTED if place is None or place >= len(ids) else commits[ids[place]] for place in places]
        return [writers[index] if index < len(writers) else NOT_COMMITTED for index in newline_of_each(data)]


def _git_lines(data: bytes) -> list[bytes]:
    # A checkout may have written other line ends than the commit holds.
    return [line.rstrip(b"\r") for line in data.removesuffix(b"\n").split(b"\n")]
