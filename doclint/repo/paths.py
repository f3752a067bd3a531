"""The files of one tree, and what a path that a document mentions means among them."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

How = Literal["exact", "relative", "directory", "suffix", "ambiguous", "prefix", "case", "basename", "none"]

# More alternatives than this are no glob that a person wrote.
_MOST_ALTERNATIVES = 64


class Resolution(NamedTuple):
    """What a mentioned path means: ``how`` it was found, and the ``paths`` of the tree that it may stand for, sorted.

    - ``exact``: a file of that path; ``relative``: of that path seen from the document's directory or one above it;
    - ``directory``: the path is a directory's (seen from anywhere that a file is), or lies in one whose files the tree does not list;
    - ``suffix``: one file's path ends in it; ``ambiguous``: several do;
    - ``prefix``: a file or directory once leading parts (the repository's name, say) are dropped;
    - ``case``: only the letter case differs; ``basename``: one file elsewhere has the same name; ``none``.

    ``prefix``, ``case`` and ``basename`` are guesses: what history says of the path goes before them.
    """

    how: How
    paths: tuple[str, ...] = ()

    @property
    def resolved(self) -> bool:
        """Whether the tree holds what was meant, a misspelt letter case aside."""
        return self.how not in ("case", "basename", "none")


_NONE = Resolution("none")


def normalise(path: str, directory: str = "") -> str | None:
    """``path``, seen from ``directory``, relative to the root without ``.``, ``..`` and doubled slashes; None where it leaves the root."""
    parts = directory.split("/") if directory else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def directory_of(path: str) -> str:
    """The directory that holds ``path``; the root is ``""``."""
    return path.rpartition("/")[0]


def parents(path: str) -> Iterator[str]:
    """The directories above ``path``, the nearest first, without the root."""
    while "/" in path:
        path = directory_of(path)
        yield path


class PathIndex:
    """The files of one tree, by path.

    Paths are relative to the root, with ``/`` between the parts; two spellings that Unicode holds equal (NFC) are one path. ``opaque``
    names directories whose files the tree does not list, such as submodules.
    """

    __slots__ = ("__dict__", "_opaque", "_paths")

    def __init__(self, paths: Iterable[str], opaque: Iterable[str] = ()) -> None:
        self._paths = frozenset(paths)
        self._opaque = frozenset(opaque)

    def __contains__(self, path: str) -> bool:
        return self._spelt(path) is not None

    def __len__(self) -> int:
        return len(self._paths)

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file, sorted."""
        return tuple(sorted(self._paths))

    def is_directory(self, path: str) -> bool:
        """Whether a file lies below ``path``; the root is ``""``."""
        return not path or self._directory_spelt(path) is not None

    def opaque(self, path: str) -> str | None:
        """The directory with unlisted files that ``path`` is or lies in, if any."""
        if not self._opaque:
            return None
        return next((each for each in (path, *parents(path)) if each in self._opaque), None)

    def children(self, directory: str) -> tuple[str, ...]:
        """The paths of the files and directories directly in ``directory``, sorted."""
        return self._children.get(directory, ())

    def match(self, glob: str) -> tuple[str, ...]:
        """The files whose whole path matches ``glob``.

        ``**`` is any number of directories, ``*`` and ``?`` stay within a part, ``{a,b}`` is either. Every other character stands for
        itself, brackets included. A glob that ends in ``/`` means all below.
        """
        matches = compile_glob(glob)
        start = re.match(r"(?:[^*?{}/]+/)*", glob)
        literal = start.group() if start else ""
        low = bisect.bisect_left(self.files, literal)
        found = []
        for path in self.files[low:]:
            if not path.startswith(literal):
                break
            if matches(path):
                found.append(path)
        return tuple(found)

    def resolve(self, token: str, near: str) -> Resolution:
        """What ``token`` means in the document whose path is ``near``. See ``Resolution``."""
        home = directory_of(near)
        token = unicodedata.normalize("NFC", token)
        wants_directory = token.endswith("/")
        seen_from_home = normalise(token, home)
        plain = normalise(token)
        if seen_from_home is None or "\0" in token:
            return _NONE
        # ``../x`` has one meaning; anything else may be meant from the root or from a directory above the document.
        readings = [seen_from_home] if plain is None else self._readings(token, plain, home)
        if not any(readings):
            return Resolution("directory", ("",))
        if not wants_directory:
            for reading in readings:
                spelt = self._spelt(reading)
                if spelt is not None:
                    return Resolution("exact" if reading == plain else "relative", (spelt,))
        for reading in readings:
            directory = self._directory_spelt(reading) or self.opaque(reading)
            if directory is not None:
                return Resolution("directory", (directory,))
        if plain is None:
            return self._nearest(readings, wants_directory)
        ending = self._ending_in(plain, wants_directory)
        if ending is not None:
            return ending
        return self._without_prefix(plain, wants_directory) or self._nearest(readings, wants_directory)

    def _readings(self, token: str, plain: str, home: str) -> list[str]:
        readings = [plain]
        if not token.startswith("/"):
            for directory in (home, *parents(home)):
                reading = normalise(token, directory)
                if reading is not None and reading not in readings:
                    readings.append(reading)
        return readings

    def _ending_in(self, path: str, wants_directory: bool) -> Resolution | None:
        ending = "/" + path
        name = path.rpartition("/")[2]
        if not wants_directory:
            files = tuple(file for file in self._by_name.get(name, ()) if file.endswith(ending))
            if files:
                return Resolution("suffix" if len(files) == 1 else "ambiguous", files)
        directories = tuple(sorted(each for each in self._directories_by_name.get(name, ()) if each.endswith(ending)))
        return Resolution("directory" if len(directories) == 1 else "ambiguous", directories) if directories else None

    def _without_prefix(self, path: str, wants_directory: bool) -> Resolution | None:
        first, _, rest = path.partition("/")
        # Where the first part is a directory of the tree, nothing in front has to go: the path is simply not there.
        if self.is_directory(first):
            return None
        # A single part says too little: ``old/README.md`` is not the root's README.md.
        while "/" in rest:
            spelt = None if wants_directory else self._spelt(rest)
            spelt = spelt or self._directory_spelt(rest)
            if spelt is not None:
                return Resolution("prefix", (spelt,))
            rest = rest.partition("/")[2]
        return None

    def _nearest(self, readings: list[str], wants_directory: bool) -> Resolution:
        if wants_directory:
            return _NONE
        for reading in readings:
            others = self._by_lower_case.get(reading.casefold(), ())
            if others:
                return Resolution("case", others)
        path = readings[0]
        if "/" in path:
            files = self._by_name.get(path.rpartition("/")[2], ())
            if len(files) == 1:
                return Resolution("basename", files)
        return _NONE

    def _spelt(self, path: str) -> str | None:
        if path in self._paths:
            return path
        return self._composed.get(unicodedata.normalize("NFC", path)) if self._composed else None

    def _directory_spelt(self, path: str) -> str | None:
        if path in self._directories:
            return path
        if not self._composed or path.isascii():
            return None
        return self._composed_directories.get(unicodedata.normalize("NFC", path))

    @cached_property
    def _composed(self) -> dict[str, str]:
        return {unicodedata.normalize("NFC", path): path for path in self._paths if not path.isascii()}

    @cached_property
    def _composed_directories(self) -> dict[str, str]:
        return {unicodedata.normalize("NFC", path): path for path in self._directories if not path.isascii()}

    @cached_property
    def _directories(self) -> set[str]:
        found: set[str] = set(self._opaque)
        for path in (*self._paths, *self._opaque):
            for parent in parents(path):
                if parent in found and parent not in self._opaque:
                    break
                found.add(parent)
        return found

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for path in sorted((*self._paths, *self._directories)):
            found.setdefault(directory_of(path), []).append(path)
        return {directory: tuple(paths) for directory, paths in found.items()}

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for path in self.files:
            found.setdefault(unicodedata.normalize("NFC", path.rpartition("/")[2]), []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}

    @cached_property
    def _directories_by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._directories:
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    @cached_property
    def _by_lower_case(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for path in self.files:
            found.setdefault(unicodedata.normalize("NFC", path).casefold(), []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}


@lru_cache(maxsize=256)
def compile_glob(glob: str) -> Callable[[str], bool]:
    """A predicate on whole paths, in time linear in their length whatever the glob. For the grammar see ``PathIndex.match``."""
    if glob.endswith("/"):
        glob += "**"
    patterns = [[_part(part) for part in alternative.split("/")] for alternative in _alternatives(glob)]

    def matches(path: str) -> bool:
        parts = path.split("/")
        return any(_matches(pattern, parts) for pattern in patterns)

    return matches


def _alternatives(glob: str) -> list[str]:
    done: list[str] = []
    pending = [glob]
    while pending:
        each = pending.pop()
        braces = re.search(r"\{([^{}]*,[^{}]*)\}", each)
        if braces is None or len(pending) + len(done) >= _MOST_ALTERNATIVES:
            done.append(each)
        else:
            pending.extend(each[: braces.start()] + choice + each[braces.end() :] for choice in braces.group(1).split(","))
    return done


def _part(part: str) -> re.Pattern[str] | None:
    if part == "**":
        return None
    first, *others = (re.escape(piece).replace(r"\?", "[^/]") for piece in re.split(r"\*+", part))
    if not others:
        return re.compile(first + r"\Z", re.DOTALL)
    # Each star takes the least that lets the piece behind it match, for good: no backtracking into it can find more.
    middle = "".join(f"(?>[^/]*?{piece})" for piece in others[:-1])
    return re.compile(f"{first}{middle}[^/]*{others[-1]}\\Z", re.DOTALL)


def _matches(pattern: list[re.Pattern[str] | None], parts: list[str]) -> bool:
    states = {0}
    for part in parts:
        states = _skip_stars(pattern, states)
        states = {
            state + (step is not None)
            for state in states
            if state < len(pattern)
            for step in (pattern[state],)
            if step is None or step.match(part)
        }
    # A closing ``**`` wants at least one part, as in Git: ``docs/**`` is not ``docs``.
    return len(pattern) in states or (pattern[-1] is None and len(pattern) - 1 in states and bool(parts))


def _skip_stars(pattern: list[re.Pattern[str] | None], states: set[int]) -> set[int]:
    found = set(states)
    for state in states:
        while state < len(pattern) - 1 and pattern[state] is None:
            state += 1
            found.add(state)
    return found
