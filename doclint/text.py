"""Text, and places in it.

An offset is a count of code points from the start of ``Source.text`` and the only currency of place: spans are born in
``doclint.markdown``, travel untouched, and become line and column in the reporters.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from doclint.late import late

Origin = Literal["worktree", "index", "revision", "stdin", "memory"]

BOM = "\ufeff"
# CommonMark 0.31 section 2.1: a line ends at \r\n, \n or \r, and at nothing else that str.splitlines knows.
_LINE_END = late(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of offsets, ``0 <= start <= end <= len(text)``."""

    start: int
    end: int

    def __contains__(self, other: Span | int) -> bool:
        if isinstance(other, int):
            return self.start <= other < self.end
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


class Position(NamedTuple):
    """A place for people: line and column count from 1, the column in code points."""

    line: int
    column: int


class Edit(NamedTuple):
    """Replace the text of ``span`` by ``replacement``."""

    span: Span
    replacement: str


class DecodingError(ValueError):
    """Bytes that are no UTF-8 text: ``offset`` is the first wrong byte, ``reason`` a clause for people."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(f"byte {offset}: {reason}")
        self.offset = offset
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Source:
    """One document's text as it stands in its tree, line ends included.

    ``path`` is relative to the tree's root with ``/`` between its parts (undecodable bytes as surrogate escapes). The byte-order mark
    is no part of ``text`` and is remembered in ``bom``, so that ``encode`` gives back the bytes that ``decode`` was given.
    """

    path: str
    text: str
    bom: bool = False
    origin: Origin = "memory"
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)

    @classmethod
    def decode(cls, path: str, data: bytes, origin: Origin = "memory") -> Source:
        """The source of ``data``.

        Raises DecodingError where ``data`` is UTF-16, holds a NUL, or is not strict UTF-8.
        """
        for mark, name in ((b"\xff\xfe", "UTF-16 (little endian)"), (b"\xfe\xff", "UTF-16 (big endian)")):
            if data.startswith(mark):
                raise DecodingError(0, f"the text is {name}, not UTF-8")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise DecodingError(error.start, f"0x{data[error.start]:02x} is not valid UTF-8 here") from None
        nul = data.find(b"\0")
        if nul >= 0:
            raise DecodingError(nul, "a NUL byte stands in the text")
        if text.startswith(BOM):
            return cls(path, text[1:], True, origin)
        return cls(path, text, False, origin)

    def encode(self) -> bytes:
        """The bytes of the document."""
        return ((BOM if self.bom else "") + self.text).encode("utf-8")

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins; the first is 0."""
        if not self._starts:
            self._starts.append(0)
            self._starts.extend(match.end() for match in _LINE_END.finditer(self.text))
        return self._starts

    @property
    def line_count(self) -> int:
        """How many lines there are; a final line end begins no further line."""
        starts = self.line_starts
        return len(starts) - (len(starts) > 1 and starts[-1] == len(self.text))

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``."""
        line = bisect.bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def encoded(self, offset: int, encoding: Literal["utf-8", "utf-16"]) -> Position:
        """The line and column of ``offset``, the column in code units of ``encoding``: bytes, or pairs of them."""
        position = self.position(offset)
        before = self.text[offset - position.column + 1 : offset]
        if before.isascii():
            return position
        if encoding == "utf-8":
            return Position(position.line, len(before.encode("utf-8", "surrogatepass")) + 1)
        return Position(position.line, len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1)

    def line(self, number: int) -> Span:
        """The span of line ``number`` (from 1) without its line end."""
        starts = self.line_starts
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def slice(self, span: Span) -> str:
        """The text of ``span``."""
        return self.text[span.start : span.end]
