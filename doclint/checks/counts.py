"""Counts that the document's own boxes, units and rows refute: ``12/20``, ``60 %``, bars, ``(6 tasks)``."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from doclint.check import Facts, Options, option
from doclint.checks import measures, proof
from doclint.diagnostic import Evidence, Finding, Fix, Undecided
from doclint.model import queries
from doclint.model.document import Claim, Document, Item, State, Tense
from doclint.text import Edit, Span


class _Tally(NamedTuple):
    """One way of counting what stands in a section: how many are done of how many, of what, and where they begin."""

    done: int
    total: int
    what: str
    span: Span


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each count that no way of counting bears out."""
    tolerance = option(options, "tolerance", int)
    yield from measures.disagreements(document)
    summed_up: Mapping[int, int] | None = None
    tallied: dict[int, list[_Tally]] = {}
    # Whether a key says that a number is a progress.
    keyed = [field.value.span for field in document.fields if field.role in ("progress", "status")]
    for claim in document.claims:
        if claim.tense is not Tense.CURRENT:
            continue
        if claim.kind == "fraction" and claim.percent is not None:
            yield from _arithmetic(document, claim)
        if claim.kind == "fraction" and claim.place == "cell":
            summed_up = _summed_up(document) if summed_up is None else summed_up
            own = summed_up.get(claim.span.start)
            if own is not None:
                yield from _progress(document, claim, _tallies(document, own), tolerance)
            continue
        if claim.place != "heading" and not _is_in(claim.span, keyed):
            continue
        if claim.section not in tallied:
            tallied[claim.section] = _tallies(document, claim.section)
        tallies = tallied[claim.section]
        if claim.kind == "count":
            yield from _count(document, claim)
        elif tallies:
            yield from _progress(document, claim, tallies, tolerance)


def _summed_up(document: Document) -> Mapping[int, int]:
    """Where a table of units says how much of each is done, a cell by its beginning, and the unit's own section elsewhere."""
    elsewhere: dict[int, int] = {}
    for unit in document.units:
        for statement in unit.statements:
            if statement.place == "row" and unit.section is not None and statement.section != unit.section:
                elsewhere[document.source.position(statement.span.start).line] = unit.section
    found: dict[int, int] = {}
    for table in document.tables:
        done = [index for index, column in enumerate(table.columns) if column.measure == "done" or column.role == "progress"]
        for row in table.rows if done else ():
            own = elsewhere.get(document.source.position(row.span.start).line)
            if own is not None:
                found.update((row.cells[index].span.start, own) for index in done if index < len(row.cells))
    return found


def _arithmetic(document: Document, claim: Claim) -> Iterator[Finding]:
    assert claim.done is not None
    assert claim.total
    assert claim.percent is not None
    share = 100 * claim.done / claim.total
    if abs(share - claim.percent) < 1.5:
        return
    yield Finding(
        claim.span,
        f"`{_written(document, claim)}` does not add up: {claim.done} of {claim.total} is {share:.0f} %",
        (Evidence("count", f"{claim.done} / {claim.total} = {share:.1f} %"),),
    )


def _tallies(document: Document, section: int) -> list[_Tally]:
    """The ways in which the content of ``section`` can be counted."""
    found: list[_Tally] = []
    own = queries.boxes(document, section)
    if own:
        found.append(_tally(own, "boxes"))
        leaves = queries.leaves(document, own)
        if len(leaves) != len(own):
            found.append(_tally(leaves, "innermost boxes"))
        tops = [item for item in own if item.depth == 0]
        if len(tops) != len(own):
            found.append(_tally(tops, "outer boxes"))
        live = [item for item in own if not item.deferred]
        if live and len(live) != len(own):
            found.append(_tally(live, "boxes that are not put off"))
    units = [
        unit
        for unit in queries.units(document, section)
        if unit.section != section and unit.statement is not None and unit.statement.status is not None
    ]
    if units:
        done = sum(unit.state is State.DONE for unit in units)
        found.append(_Tally(done, len(units), f"{units[0].kind}s", units[0].span))
    for table in queries.tables(document, section):
        if table.column("status") is not None:
            rows = list({id(unit): unit for unit, _ in queries.said_in_rows(document, table)}.values())
            if rows:
                found.append(_Tally(sum(unit.state is State.DONE for unit in rows), len(rows), "rows", table.span))
    signs = [item for item in queries.items(document, section) if item.marker == "sign" and item.tense is Tense.CURRENT]
    if signs:
        found.append(_tally(signs, "items"))
        if own:
            found.append(_tally([*own, *signs], "boxes and items"))
    return found


def _tally(items: Sequence[Item], what: str) -> _Tally:
    return _Tally(sum(item.state is State.DONE for item in items), len(items), what, items[0].line)


def _progress(document: Document, claim: Claim, tallies: list[_Tally], tolerance: int) -> Iterator[Finding]:
    """A fraction speaks when its total is one that can be counted here; a percentage when boxes alone stand here."""
    if claim.done is not None and claim.total is not None:
        same = [tally for tally in tallies if tally.total == claim.total and tally.total > 1]
        if not same or any(tally.done == claim.done for tally in same) or claim.noun in ("test", "file", "commit", "day"):
            return
        # Boxes that nobody ever ticked say nothing of how far the work is.
        if claim.noun is None and all(tally.done == 0 for tally in tallies):
            return
        tally = same[0]
        yield Finding(
            claim.span,
            f"`{_written(document, claim)}` is stated, but {tally.done} of the {tally.total} {tally.what} are done",
            (proof.place(document, "the first of them", tally.span),),
            fix=_fix(document, claim, tally),
        )
        return
    if claim.percent is None or len(tallies) > 1 or tallies[0].what != "boxes" or tallies[0].total < 3:
        return
    tally = tallies[0]
    share = 100 * tally.done / tally.total
    if abs(share - claim.percent) <= tolerance:
        return
    yield Finding(
        claim.span,
        f"`{_written(document, claim)}` is stated, but {tally.done} of the {tally.total} {tally.what} are done ({share:.0f} %)",
        (proof.place(document, "the first of them", tally.span),),
    )


def _is_in(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of ``spans``, which are in order and apart, holds ``span``."""
    position = bisect.bisect_right(spans, span.start, key=lambda one: one.start) - 1
    return position >= 0 and span in spans[position]


def _count(document: Document, claim: Claim) -> Iterator[Finding]:
    """``(6 tasks)`` in a heading above one list or one table and nothing else to count."""
    if claim.noun not in ("task", "item", "story", "step") or claim.total is None:
        return
    if len(list(queries.subsections(document, claim.section))) > 1:
        return
    tables, inside = queries.tables(document, claim.section), queries.items(document, claim.section)
    items = [item for item in inside if item.depth == 0]
    if bool(tables) == bool(items) or len(tables) > 1:
        return
    if tables:
        number, what, span = sum(not row.empty for row in tables[0].rows), "rows", tables[0].span
    else:
        number, what, span = len(items), "items", items[0].line
        if len({item.marker for item in items}) > 1 or number < 2:
            return
    if number == claim.total or number + len(inside) - len(items) == claim.total:
        return
    yield Finding(
        claim.span,
        f"`{_written(document, claim)}` is stated, but {number} {what} follow",
        (proof.place(document, "the first of them", span),),
    )


def _fix(document: Document, claim: Claim, tally: _Tally) -> Fix | None:
    """The count as it is; a percentage beside it is derived anew."""
    text = document.source.slice(claim.span)
    match = re.match(r"(\d+)(\s*(?:/|of)\s*\d+)", text)
    if not match:
        return None
    edits = [Edit(Span(claim.span.start, claim.span.start + len(match[1])), str(tally.done))]
    percent = re.search(r"(\d+(?:\.\d+)?)(?=\s*%)", text[match.end() :])
    if percent:
        start = claim.span.start + match.end() + percent.start()
        edits.append(Edit(Span(start, start + len(percent[1])), f"{100 * tally.done / tally.total:.0f}"))
    return Fix(f"write `{tally.done}{match[2]}`", tuple(edits), safe=True)


def _written(document: Document, claim: Claim) -> str:
    text = " ".join(document.source.slice(claim.span).split())
    # A percentage in brackets is the claim's end, and the bracket behind it no part of it.
    return text + ")" * (text.count("(") - text.count(")"))
