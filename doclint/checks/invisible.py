"""Characters that nobody sees and that change what is read: bidirectional controls, and blanks without width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.diagnostic import Evidence, Finding, Fix, Severity, Undecided
from doclint.late import late
from doclint.model.document import Document
from doclint.text import Edit, Span

_OVERRIDES = "\u202d\u202e"
_BIDI = "\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
# Where all text runs from left to right, these leave it as it is.
_IDLE = frozenset("\u200e\u2066\u2068\u2069")
# Who writes about them shows them.
_SPOKEN = late(
    r"U\+(?:200[B-F]|20[26][0-9A-F]|FEFF)|\\u(?:200[b-f]|20[26][0-9a-f]|feff)|\bZW(?:SP|J|NJ)\b|zero[- ]width"
    r"|invisible char|byte order mark",
    re.IGNORECASE,
)
_WIDTHLESS = "\u200b\u2060\ufeff"
# Between letters of some scripts, and inside emoji, these two are spelling.
_JOINERS = "\u200c\u200d"
_ANY = late(f"[{_OVERRIDES}{_BIDI}{_WIDTHLESS}{_JOINERS}]+")
_TURNS = late("[\u202a-\u202e\u2067\u200f\u061c]")
_NAMES = {"\ufeff": "byte order mark"}


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each run of them, with the fix that takes them out."""
    source = document.source
    spoken: bool | None = None
    judged, turns = Span(0, 0), False
    for match in _ANY.finditer(source.text):
        line = source.line(source.position(match.start()).line)
        text = source.slice(line)
        bad = [
            char
            for char in match.group()
            if _misleads(char, text, source.text[match.start() - 1 : match.start()], source.text[match.end() : match.end() + 1])
        ]
        if not bad:
            continue
        if spoken is None:
            spoken = bool(_SPOKEN.search(source.text))
        if line != judged:
            judged, turns = line, bool(_TURNS.search(text))
        shown_on_purpose = spoken and not _TURNS.search(match.group())
        kept = "".join(char for char in match.group() if char not in bad)
        named = ", ".join(dict.fromkeys(f"U+{ord(char):04X} {_NAMES.get(char) or unicodedata.name(char, '').lower()}" for char in bad))
        around = text[max(0, match.start() - line.start - 12) : match.end() - line.start + 12]
        shown = _ANY.sub("\N{OPEN BOX}", around).strip()
        yield Finding(
            Span(match.start(), match.end()),
            f"an invisible character stands here: {named}",
            (Evidence("count", f"in `{shown}`, where \N{OPEN BOX} stands for it"),),
            fix=Fix("take it out", (Edit(Span(match.start(), match.end()), kept),), safe=False),
            demoted=Severity.INFO if shown_on_purpose or (_IDLE.issuperset(bad) and not turns) else None,
        )


def _misleads(char: str, line: str, before: str, after: str) -> bool:
    if char in _OVERRIDES:
        return True
    if char in _BIDI:
        # Where text runs both ways, marks and isolates are what keeps it readable.
        return not any(unicodedata.bidirectional(other) in ("R", "AL") for other in line)
    if char in _JOINERS:
        return before.isascii() and after.isascii() and (before.isalnum() or after.isalnum())
    # Scripts without blanks use the one without width to say where a line may break.
    return all(not other or other.isascii() or not other.isalpha() for other in (before, after))
