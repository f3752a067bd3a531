"""Text that is UTF-8 read as something else: repaired only if all of it turns back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from doclint.check import Facts, Options, option
from doclint.diagnostic import Evidence, Finding, Fix, Undecided
from doclint.late import late
from doclint.model.document import Document
from doclint.text import Edit, Span

_RUN = late(r"[^\x00-\x7f]+")
# "ß—" turns into a letter of N'Ko, "—é" read as Mac Roman into a lone Cyrillic one: a few characters turn back by chance, but seldom
# into these. Greek and Cyrillic letters stand in words.
_USUAL = (
    "[\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u1e00-\u1eff\u200d\u2010-\u205e\u20a0-\u20bf\u2100-\u27bf\u2900-\u2bff"
    "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe0f\uff00-\uffef\U0001f000-\U0001faff]|[\u0386-\u03ce\u0400-\u045f]{2,}"
)
_MOSTLY = 0.9
_BEYOND_CHANCE = 12
_NAMES = {"mac_roman": "Mac Roman", "cp1252": "Windows-1252", "latin-1": "Latin-1", "cp1254": "Windows-1254"}


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield one finding for a garbled document, with the edits that restore it to the byte."""
    text = document.source.text
    runs = [match.span() for match in _RUN.finditer(text)]
    if not runs:
        return
    readings = [(encoding, edits) for encoding in _NAMES if (edits := _edits(text, runs, encoding)) is not None]
    if not readings:
        return
    encoding, edits = max(readings, key=lambda reading: _usual(reading[1]))
    if len(edits) < option(options, "at-least", int) or (_usual(edits) < _MOSTLY and len(edits) < _BEYOND_CHANCE):
        return
    first = edits[0]
    garbled, meant = text[first.span.start : first.span.end], first.replacement
    yield Finding(
        first.span,
        f"the text is UTF-8 that was read as {_NAMES[encoding]}: `{garbled}` stands for `{meant}`",
        (Evidence("count", f"{len(edits)} place{'s' if len(edits) > 1 else ''}, and all of the text turns back"),),
        fix=Fix("restore the text", tuple(edits), safe=True),
    )


def _usual(edits: list[Edit]) -> float:
    """The share of the restored characters that working documents are wont to hold."""
    usual = sum(len(match) for edit in edits for match in re.findall(_USUAL, edit.replacement))
    return usual / sum(len(edit.replacement) for edit in edits)


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
