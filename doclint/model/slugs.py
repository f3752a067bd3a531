"""Anchors as GitHub makes them of headings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

# Letters, marks, decimal and letter numbers, connector punctuation; and the circled letters, which are So but alphabetic.
_KEPT = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"))
_CIRCLED = (range(0x24B6, 0x24EA), range(0x1F130, 0x1F14A), range(0x1F150, 0x1F16A), range(0x1F170, 0x1F18A))


def _keeps(character: str) -> bool:
    return character in "- " or unicodedata.category(character) in _KEPT or any(ord(character) in block for block in _CIRCLED)


def slug(heading: str) -> str:
    """The anchor of ``heading``'s visible text, without the number that tells equal ones apart."""
    lowered = heading.strip().lower()
    if lowered.isascii():
        return "".join(c for c in lowered if c.isalnum() or c in "-_ ").replace(" ", "-")
    return "".join(filter(_keeps, lowered)).replace(" ", "-")


def unique(slugs: Iterable[str]) -> Iterator[str]:
    """``slugs`` with ``-1``, ``-2`` … behind repeated ones, as they appear in one document."""
    seen: dict[str, int] = {}
    for base in slugs:
        candidate = base
        while candidate in seen:
            seen[base] += 1
            candidate = f"{base}-{seen[base]}"
        seen[candidate] = 0
        yield candidate
