"""Unit names: ``Session A``, ``WS-2``, ``Phase 7.5``, ``TASK_10``, ``Day 21–27``, ``PR #8``, ``TVLJ-007``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from doclint.late import late
from doclint.model.lexicon import Lexicon, fold
from doclint.model.ranges import Ranges

# An id: letters with digits (S14, M3a, 7.5, T-21), a number, one capital letter, or a capital Roman number of two letters or more.
_ID = (
    r"(?P<{0}>\#?\d+(?:\.\d+)*[a-zA-Z]?(?![\w%]|\.\d|/\d)|[A-Z]{{1,4}}-?\d+(?:\.\d+)*[a-z]?(?!\w|-\d)|[A-Z](?![\w'’/])|[IVX]{{2,5}}(?!\w))"
)
_RANGE = late(r"(?:[-\u2013\u2014~]|\s+(?:to|through)\s+)(\#?\d+(?:\.\d+)*)(?![\w%]|\.\d)")
_TICKET = late(r"(?<![\w\-/.#])(?P<kind>[A-Z]{2,10})[-_](?P<id>\d+(?:\.\d+)*[a-z]?)(?![\w\-/]|\.\w)")
_ROMAN = {"II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10"}


class Name(NamedTuple):
    """A unit's name in a text: offsets into it, the folded noun (or a ticket's prefix), the id, and the last id of a range."""

    start: int
    end: int
    kind: str
    id: str
    last: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes two names the same."""
        return self.kind, self.id


def fold_id(text: str) -> str:
    """An id for comparison: no ``#``, upper case, no leading zeros, Roman numbers as Arabic ones."""
    bare = text.lstrip("#").upper()
    bare = _ROMAN.get(bare, bare)
    return re.sub(r"(?<![\d.])0+(?=\d)", "", bare)


_BEHIND_NOUN = late(r"(?P<gap>[ \t]*[-_:#]?[ \t]*\**)" + _ID.format("a"))
_NTH = late(r"第\s*(\d+)\s*(天|周|阶段|階段|步)")
_NTH_KINDS = {"天": "day", "周": "week", "阶段": "phase", "階段": "phase", "步": "step"}


def find(text: str, lexicon: Lexicon) -> Iterator[Name]:
    """The unit names in ``text``, in order, without overlaps."""
    found: list[Name] = []
    for noun in lexicon.unit_noun.finditer(text):
        match = _BEHIND_NOUN.match(text, noun.end())
        # "SessionA" is a word of its own; "阶段1" is not.
        if match is None or (not match["gap"] and match["a"][0].isalpha()):
            continue
        identifier, end, last = match["a"], match.end(), None
        through = _RANGE.match(text, end)
        if through and identifier.lstrip("#")[0].isdigit():
            last, end = fold_id(through[1]), through.end()
        found.append(Name(noun.start(), end, lexicon.unit_nouns[fold(noun.phrase)], fold_id(identifier), last))
    if "第" in text:
        found.extend(Name(nth.start(), nth.end(), _NTH_KINDS[nth[2]], fold_id(nth[1])) for nth in _NTH.finditer(text))
    taken = Ranges((name.start, name.end) for name in found)
    for match in _TICKET.finditer(text):
        if not taken.touches(*match.span()):
            prefix = match["kind"].casefold()
            found.append(Name(match.start(), match.end(), lexicon.unit_nouns.get(prefix, prefix), fold_id(match["id"])))
    found.sort(key=lambda name: name.start)
    yield from found


_LEADING = late(
    r"[\s*_`\[(~]*(?:[\u2600-\u27bf\U0001f300-\U0001faff\u2b00-\u2bff\ufe0f\u23e9-\u23fa]\s*)*(?:\d+(?:\.\d+)*[.)]\s+)?[\s*_`\[(~]*"
)


# "Phase 3 Module 1D:" names a part of the phase, whatever the project calls its parts.
_PART = late(
    r"[ \t]+(?P<noun>[A-Z][a-z]{2,15})[ \t]+(?P<a>\d{1,2}[A-Za-z]?|[A-Z])"
    r"(?=[ \t]*(?:$|[:(\[\u2013\u2014-][^\d]|[^\w\s:(\[/%.,-])|[ \t]+[A-Z][a-z]{2,15}[ \t]+\d{1,2}(?!\w|[/%.]))"
)


def at_start(text: str, lexicon: Lexicon) -> Name | None:
    """The unit name with which ``text`` begins, behind decoration and a list number."""
    opening = _LEADING.match(text)
    start = opening.end() if opening else 0
    found: Name | None = None
    for name in find(text, lexicon):
        if found is not None and not re.fullmatch(r"[\s,:/\u2013\u2014-]*", text[found.end : name.start]):
            break
        if found is None and name.start != start:
            break
        # "Phase 2 Task 1" names the task, which is one of its phase.
        found = name if found is None else Name(found.start, name.end, f"{found.kind} {found.id} {name.kind}", name.id, name.last)
    part = _PART.match(text, found.end) if found is not None and found.last is None else None
    if found is not None and part is not None:
        return Name(found.start, part.end(), f"{found.kind} {found.id} {fold(part['noun'])}", fold_id(part["a"]))
    return found


_BARE = late(r"[\s*_`\[(]*" + _ID.format("a") + r"[\s*_`\])]*")


def bare(text: str, kind: str) -> Name | None:
    """The id with which a cell in a column headed ``kind`` begins: ``**A** (Infra)`` under "Session"."""
    match = _BARE.match(text)
    if not match or not (match["a"][0].isdigit() or match["a"][0] == "#" or match["a"][0].isupper()):
        return None
    return Name(match.start("a"), match.end("a"), kind, fold_id(match["a"]))
