"""Fractions that refute each other: the whole against its parts, and one part given twice."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from doclint.checks import proof
from doclint.diagnostic import Evidence, Finding
from doclint.late import late
from doclint.model.document import Claim, Document, Field, Table, Tense
from doclint.model.lexicon import fold

# Of fewer parts, a whole that is larger has others as well.
_PARTS = 3
# "18 files (6+2+4+4+3)".
_ADDENDS = late(r"(?<![\w.,/+\-~])(\d{1,5})\s+[^\W\d_]{2,20}\s*\(\s*(\d{1,5}(?:\s*\+\s*\d{1,5}){1,20})\s*\)")


class _Share(NamedTuple):
    """A fraction under a name: ``Phase 2: 3/4 files``; ``whole`` says that the name is that of all work."""

    name: str
    label: str
    claim: Claim
    section: int
    whole: bool


def disagreements(document: Document) -> Iterator[Finding]:
    """Each fraction that does not go with the others, and each sum whose addends stand behind it."""
    yield from _sums(document)
    fractions = [claim for claim in document.claims if claim.kind == "fraction" and claim.tense is Tense.CURRENT]
    fractions.sort(key=_start)
    for table in document.tables:
        if table.totals is not None and table.tense is Tense.CURRENT:
            low, high = (bisect.bisect_left(fractions, place, key=_start) for place in (table.span.start, table.span.end))
            yield from _column(document, table, fractions[low:high])
    shares = list(_shares(document, fractions))
    yield from _given_twice(document, shares)
    yield from _wholes(document, shares)


def _start(claim: Claim) -> int:
    return claim.span.start


def _sums(document: Document) -> Iterator[Finding]:
    for _, inline in document.inlines:
        for match in _ADDENDS.finditer(inline.text) if "+" in inline.text else ():
            addends = [int(number) for number in match[2].split("+")]
            if sum(addends) != int(match[1]):
                yield Finding(
                    inline.span(*match.span(1)),
                    f"`{' '.join(match.group().split())}` does not add up",
                    (Evidence("count", f"{' + '.join(map(str, addends))} = {sum(addends)}"),),
                )


def _column(document: Document, table: Table, claims: Sequence[Claim]) -> Iterator[Finding]:
    """A totals row over a column of fractions."""
    assert table.totals is not None
    last = table.rows[table.totals]
    for index in range(1, len(last.cells)):
        cells = [row.cells[index].span for row in table.rows[: table.totals] if index < len(row.cells)]
        inside = [[claim for claim in claims if claim.span in span] for span in (*cells, last.cells[index].span)]
        if len(cells) < 2 or any(len(each) != 1 for each in inside):
            continue
        *parts, whole = (each[0] for each in inside)
        done, total = sum(part.done or 0 for part in parts), sum(part.total or 0 for part in parts)
        if (done, total) != (whole.done, whole.total):
            yield _finding(document, whole, done, total, len(parts), "rows", parts[0])


def _shares(document: Document, fractions: Sequence[Claim]) -> Iterator[_Share]:
    """The fields whose value has one fraction."""
    fields = sorted((field for field in document.fields if field.tense is Tense.CURRENT), key=lambda field: field.value.span.start)
    starts = [field.value.span.start for field in fields]
    held: dict[int, list[Claim]] = {}
    for claim in fractions:
        number = bisect.bisect_right(starts, claim.span.start) - 1
        if number >= 0 and claim.span in fields[number].value.span:
            held.setdefault(number, []).append(claim)
    for number, claims in held.items():
        if len(claims) == 1:
            field = fields[number]
            yield _Share(field.name, field.key.value.strip("*_` "), claims[0], field.section, _is_whole(field))


def _is_whole(field: Field) -> bool:
    return field.measure in ("done", "total") or field.role == "progress"


def _given_twice(document: Document, shares: Sequence[_Share]) -> Iterator[Finding]:
    """``Phase 2: 2/2`` and ``Phase 2: 0/2``, in one section or in two of one name beside each other."""
    known: dict[tuple[object, ...], _Share] = {}
    for share in shares:
        # A name with a number in it is that of one thing; "Tests" are those of whatever stands above.
        if share.whole or not re.search(r"\d", share.name):
            continue
        section = document.sections[share.section]
        first = known.setdefault((section.parent, fold(section.heading.value), share.name, share.claim.total), share)
        if first.claim.done != share.claim.done:
            yield Finding(
                share.claim.span,
                f"`{share.label}` is given as {_written(share.claim)} here, and as {_written(first.claim)} elsewhere",
                (proof.place(document, "the other one", first.claim.span),),
            )


def _wholes(document: Document, shares: Sequence[_Share]) -> Iterator[Finding]:
    """``Completed: 15/18 files`` beside a list of parts that are counted in files as well."""
    parts: dict[int, list[_Share]] = {}
    for share in shares:
        if not share.whole and re.search(r"\d", share.name):
            parts.setdefault(share.section, []).append(share)
    for share in shares:
        own = _beside(document, share.section, parts) if share.whole else ()
        if len({part.name for part in own}) != len(own) or len(own) < _PARTS or {part.claim.noun for part in own} != {share.claim.noun}:
            continue
        done, total = sum(part.claim.done or 0 for part in own), sum(part.claim.total or 0 for part in own)
        # Where nothing says what is counted, an equal total does.
        if (done, total) != (share.claim.done, share.claim.total) and (share.claim.noun is not None or total == share.claim.total):
            yield _finding(document, share.claim, done, total, len(own), "parts", own[0].claim)


def _beside(document: Document, section: int, parts: Mapping[int, Sequence[_Share]]) -> Sequence[_Share]:
    """The parts that stand in the section of their whole, or in the next one of its level."""
    if section in parts:
        return parts[section]
    own = document.sections[section]
    following = section + 1
    if following < len(document.sections) and document.sections[following].parent == own.parent:
        return parts.get(following, ())
    return ()


def _finding(document: Document, claim: Claim, done: int, total: int, number: int, what: str, first: Claim) -> Finding:
    return Finding(
        claim.span,
        f"`{_written(claim)}` is stated, but the {number} {what} add up to {done}/{total}",
        (proof.place(document, "the first of them", first.span),),
    )


def _written(claim: Claim) -> str:
    return f"{claim.done}/{claim.total}"
