"""Text that is UTF-8 read as something else: repaired only if all of it turns back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from doclint.check import Facts, Options, option
from doclint.diagnostic import Evidence, Finding, Fix, Undecided
from doclint.model.document import Document
from doclint.text import Edit, Span

_RUN = re.compile(r"[^\x00-\x7f]+")
_NAMES = {"mac_roman": "Mac Roman", "cp1252": "Windows-1252", "latin-1": "Latin-1", "cp1254": "Windows-1254"}


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield one finding for a garbled document, with the edits that restore it to the byte."""
    text = document.source.text
    runs = [match.span() for match in _RUN.finditer(text)]
    if not runs:
        return
    for encoding in _NAMES:
        edits = _edits(text, runs, encoding)
        if edits is None or len(edits) < option(options, "at-least", int):
            continue
        first = edits[0]
        garbled, meant = text[first.span.start : first.span.end], first.replacement
        yield Finding(
            first.span,
            f"the text is UTF-8 that was read as {_NAMES[encoding]}: `{garbled}` stands for `{meant}`",
            (Evidence("count", f"{len(edits)} place{'s' if len(edits) > 1 else ''}, and all of the text turns back"),),
            fix=Fix("restore the text", tuple(edits), safe=True),
        )
        return


def _edits(text: str, runs: list[tuple[int, int]], encoding: str) -> list[Edit] | None:
    """The edits that turn every run back; None where one does not turn back or nothing is gained."""
    decode = _decoder(encoding)
    edits = []
    for start, end in runs:
        restored = decode(text[start:end])
        if restored is None:
            return None
        edits.append(Edit(Span(start, end), restored))
    gained = sum(len(edit.span) - len(edit.replacement) for edit in edits)
    return edits if gained >= len(edits) else None


@cache
def _decoder(encoding: str) -> Callable[[str], str | None]:
    """A function that undoes reading UTF-8 as ``encoding``; bytes that the encoding lacks may stand as C1 controls."""
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        try:
            table[bytes((byte,)).decode(encoding)] = byte
        except UnicodeDecodeError:
            table[chr(byte)] = byte

    def undo(garbled: str) -> str | None:
        try:
            return bytes(table[character] for character in garbled).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return None

    return undo
