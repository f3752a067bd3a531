"""Tables whose shape loses or doubles what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Finding
from doclint.model.document import Cell, Document, Lifecycle, Table
from doclint.model.lexicon import fold
from doclint.text import Span

# So many cells have to say something, one of them in so many words, that a row stands twice by mistake.
_CELLS = 3
_WORDS = 3


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding]:
    """Yield headers that stand twice, rows that repeat the header, and cells that no column shows."""
    if document.lifecycle is Lifecycle.EXAMPLE:
        return
    for table in document.tables:
        yield from _headers(document, table)
        yield from _rows(document, table)
        yield from _twice(document, table)


def _headers(document: Document, table: Table) -> Iterator[Finding]:
    names = [_text(column.header) for column in table.columns]
    if _beside(names):
        return
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        first = seen.setdefault(name, index)
        if name and first != index and table.columns[index].role is not None:
            yield Finding(
                table.columns[index].span,
                f"a second column `{table.columns[index].header.strip(' *_`')}`",
                (proof.place(document, "the first one", table.columns[first].span),),
            )


def _beside(names: Sequence[str]) -> bool:
    """Whether a table holds lists side by side: every header as often as every other, in one order."""
    counts = set(Counter(names).values())
    if len(counts) != 1 or counts == {1}:
        return False
    width = len(names) // counts.pop()
    return all(name == names[index % width] for index, name in enumerate(names))


def _rows(document: Document, table: Table) -> Iterator[Finding]:
    names = [_text(column.header) for column in table.columns]
    lost: list[tuple[Cell, ...]] = []
    for row in table.rows:
        if len(names) > 1 and any(names) and [_text(cell.value) for cell in row.cells] == names:
            yield Finding(row.span, "the header stands here a second time, as a row", (proof.place(document, "the header", _span(table)),))
        beyond = tuple(cell for cell in row.cells[len(names) :] if cell.value)
        if beyond:
            lost.append(beyond)
    if lost:
        first = lost[0]
        others = len(lost) - 1
        more = f", and so have {others} more rows" if others > 1 else ", and so has another row" if others else ""
        yield Finding(
            Span(first[0].span.start, first[-1].span.end),
            f"the row has more cells than the header{more}: what is in them is not shown",
            (proof.place(document, f"the header has {len(names)} {'columns' if len(names) > 1 else 'column'}", _span(table)),),
        )


def _twice(document: Document, table: Table) -> Iterator[Finding]:
    """Rows of a list of work that stand twice, word for word, as a merge leaves them."""
    # Contracts and logs have rules of their own, and numbers are equal by chance.
    if table.role in ("contract", "log"):
        return
    seen: dict[tuple[str, ...], Span] = {}
    again: list[tuple[Span, Span]] = []
    for row in table.rows:
        cells = tuple(_text(cell.value) for cell in row.cells)
        if sum(map(bool, cells)) < _CELLS or not cells[0] or max(len(cell.split()) for cell in cells) < _WORDS:
            continue
        first = seen.setdefault(cells, row.span)
        if first is not row.span:
            again.append((row.span, first))
    if again:
        others = len(again) - 1
        more = f", and so do {others} others" if others > 1 else ", and so does another" if others else ""
        yield Finding(again[0][0], f"the row stands in the table twice{more}", (proof.place(document, "the first time", again[0][1]),))


def _span(table: Table) -> Span:
    return Span(table.columns[0].span.start, table.columns[-1].span.end)


def _text(value: str) -> str:
    return fold(value) or value.strip()
