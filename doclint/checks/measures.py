"""Counters that a table or each other refute: ``Completed: 15, Remaining: 133`` over a table whose columns add up to something else."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from doclint.checks import cells, proof
from doclint.checks.cells import Number
from doclint.diagnostic import Evidence, Finding, Fix
from doclint.model.document import Document, Field, Measure, State, Table, Tense
from doclint.text import Edit

# A total that two places share says that they count the same things; a small one is shared by chance.
_SURE = 5
_PARTS: tuple[Measure, ...] = ("done", "active", "left")


class _Sums(NamedTuple):
    """What a table's columns of counts add up to."""

    table: Table
    by_measure: Mapping[Measure, float]

    @property
    def whole(self) -> bool:
        """Whether its parts make up its total."""
        return (
            all(part in self.by_measure for part in ("total", "done", "left"))
            and sum(self.by_measure.get(part, 0) for part in _PARTS) == self.by_measure["total"]
        )


def disagreements(document: Document) -> Iterator[Finding]:
    """Each fraction and each counter that a table, or the counters beside it, refute."""
    tables = [sums for table in document.tables if table.tense is Tense.CURRENT and (sums := _sums(document, table)).by_measure]
    yield from _fractions(document, tables)
    for fields in _groups(document):
        counters = _counters(document, fields)
        told = list(_against_table(document, counters, tables))
        yield from told or [*_among_themselves(document, counters), *_share_of_rows(document, counters)]


def _sums(document: Document, table: Table) -> _Sums:
    found: dict[Measure, float] = {}
    for index, column in enumerate(table.columns):
        numbers = cells.column(document, table, index) if column.measure is not None and column.measure not in found else None
        if numbers is not None and column.measure is not None:
            found[column.measure] = sum(number.value for number in numbers)
    return _Sums(table, found)


def _fractions(document: Document, tables: Sequence[_Sums]) -> Iterator[Finding]:
    """``15/149 stories`` where a table has the same total, and another number of them done."""
    for claim in document.claims:
        if claim.kind != "fraction" or claim.tense is not Tense.CURRENT or claim.done is None or (claim.total or 0) < _SURE:
            continue
        same = [sums for sums in tables if sums.by_measure.get("total") == claim.total and "done" in sums.by_measure]
        if len(same) != 1:
            continue
        done = same[0].by_measure["done"]
        if claim.done in (done, done + same[0].by_measure.get("active", 0)):
            continue
        yield Finding(
            claim.span,
            f"`{' '.join(document.source.slice(claim.span).split())}` is stated, but the table's column adds up to {cells.written(done)}",
            (proof.place(document, f"{cells.written(done)} of {claim.total}", same[0].table.span),),
        )


def _groups(document: Document) -> Iterator[Sequence[Field]]:
    """The counters of a section that stand together, in lines that follow each other, each thing counted once."""
    group: list[Field] = []
    for field in document.fields:
        if field.measure is None or field.tense is not Tense.CURRENT:
            continue
        apart = group and (field.section != group[-1].section or not _follows(document, group[-1], field))
        if apart or any(field.measure == one.measure for one in group):
            yield group
            group = []
        group.append(field)
    if group:
        yield group


def _follows(document: Document, one: Field, other: Field) -> bool:
    line = document.source.position(other.span.start).line
    return line - document.source.position(one.span.end).line <= 2


def _counters(document: Document, fields: Sequence[Field]) -> Mapping[Measure, Number]:
    """The plain numbers by what they count."""
    numbers = {field.measure: cells.number(document, field.value.span, remark=True) for field in fields}
    return {measure: number for measure, number in numbers.items() if measure is not None and number is not None}


def _against_table(document: Document, counters: Mapping[Measure, Number], tables: Sequence[_Sums]) -> Iterator[Finding]:
    """Counters that make up a table's total, one by one against its columns."""
    if "done" not in counters or "left" not in counters:
        return
    total = sum(counters[part].value for part in _PARTS if part in counters)
    same = [sums for sums in tables if sums.whole and sums.by_measure["total"] == total >= _SURE]
    if len(same) != 1:
        return
    sums = same[0]
    for part in _PARTS:
        if part in counters and not counters[part].is_(sums.by_measure.get(part, 0)):
            right = cells.written(sums.by_measure.get(part, 0))
            yield Finding(
                counters[part].span,
                f"`{document.source.slice(counters[part].span)}` is stated, but the table's column adds up to {right}",
                (proof.place(document, "the table", sums.table.span),),
            )


def _among_themselves(document: Document, counters: Mapping[Measure, Number]) -> Iterator[Finding]:
    """``Total: 20, Completed: 12, Remaining: 9``: what is left is the total without what is done."""
    if not all(part in counters for part in ("total", "done", "left")) or len({one.unit for one in counters.values()}) > 1:
        return
    total, left = counters["total"], counters["left"]
    rest = total.value - counters["done"].value
    # Work under way is counted among what is left as often as beside it.
    right = rest - counters["active"].value if "active" in counters else rest
    if left.is_(rest) or left.is_(right) or right < 0:
        return
    yield Finding(
        left.span,
        f"`{document.source.slice(left.span)}` is stated to be left, but the numbers beside it leave {cells.written(right)}",
        (Evidence("count", f"the total is {cells.written(total.value)}, of which {cells.written(counters['done'].value)} are done"),),
        fix=Fix(f"write `{cells.written(right)}`", (Edit(left.span, cells.written(right)),), safe=False),
    )


def _share_of_rows(document: Document, counters: Mapping[Measure, Number]) -> Iterator[Finding]:
    """``Total: 7.75 days, Completed: 7.25 days`` below a table with a column that adds up to the total, and the state of each row."""
    if "total" not in counters or "done" not in counters or counters["total"].unit != counters["done"].unit:
        return
    total, done = counters["total"], counters["done"]
    table = next((one for one in reversed(document.tables) if one.span.end <= total.span.start), None)
    if table is None or table.section != _section_at(document, total.span.start) or table.column("status") is None:
        return
    states = _row_states(document, table)
    for index in range(1, len(table.columns)):
        numbers = cells.column(document, table, index)
        if numbers is None or len(numbers) != len(states) or not total.is_(sum(number.value for number in numbers)):
            continue
        finished = sum(number.value for number, state in zip(numbers, states, strict=True) if state is State.DONE)
        if all(state in (State.DONE, State.NOT_STARTED) for state in states) and not done.is_(finished):
            yield Finding(
                done.span,
                f"`{document.source.slice(done.span)}` is stated as done, but the rows that are add up to {cells.written(finished)}",
                (proof.place(document, "the table", table.span),),
            )
        return


def _section_at(document: Document, offset: int) -> int:
    return next(number for number in range(len(document.sections) - 1, -1, -1) if document.sections[number].span.start <= offset)


def _row_states(document: Document, table: Table) -> Sequence[State]:
    """The state of each row that the board's units have; unknown where a row has none, or not quite."""
    starts = [row.span.start for row in table.rows[: table.totals]]
    found = [State.UNKNOWN] * len(starts)
    for unit in document.units:
        for one in unit.statements:
            if one.place == "row" and one.span in table.span and one.status is not None and not one.status.partial:
                row = bisect.bisect_right(starts, one.span.start) - 1
                if row >= 0 and one.span in table.rows[row].span:
                    found[row] = one.status.state
    return found
