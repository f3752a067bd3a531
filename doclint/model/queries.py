"""Questions about a document that several checks ask."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint.markdown.nodes import Inline
from doclint.model import dates
from doclint.model.document import Document, Entry, Item, Reference, Section, State, Statement, Table, Tense, Unit
from doclint.model.once import Same
from doclint.text import Span

_TOP_LINES = 15
# What began on a day may go on today.
_BEGUN = frozenset(("created", "started", "when"))


class Said(NamedTuple):
    """A statement, and the unit of which it says something."""

    unit: Unit
    statement: Statement


class _Held(NamedTuple):
    """What stands right in each section, by its number, and the statements in the rows of each table, by its start; in document order."""

    items: dict[int, list[Item]]
    units: dict[int, list[Unit]]
    said: dict[int, list[Said]]
    tables: dict[int, list[Table]]
    rows: dict[int, list[Said]]


def _held(document: Document) -> _Held:
    return _gathered(Same(document))


@functools.lru_cache(maxsize=1)
def _gathered(same: Same[Document]) -> _Held:
    document = same.it
    held = _Held({}, {}, {}, {}, {})
    for item in document.items:
        held.items.setdefault(item.section, []).append(item)
    for table in document.tables:
        held.tables.setdefault(table.section, []).append(table)
    for unit in document.units:
        if unit.section is not None:
            held.units.setdefault(unit.section, []).append(unit)
        for statement in unit.statements:
            held.said.setdefault(statement.section, []).append(Said(unit, statement))
            around = table_at(document, statement.span) if statement.place == "row" else None
            if around is not None:
                held.rows.setdefault(around.span.start, []).append(Said(unit, statement))
    return held


def items(document: Document, section: int) -> list[Item]:
    """The items in ``section`` and the sections inside it."""
    held = _held(document).items
    return [item for number in subsections(document, section) for item in held.get(number, ())]


def units(document: Document, section: int) -> list[Unit]:
    """The units whose own section is ``section`` or one inside it."""
    held = _held(document).units
    return [unit for number in subsections(document, section) for unit in held.get(number, ())]


def said(document: Document, section: int) -> list[Said]:
    """The statements in ``section`` and the sections inside it."""
    held = _held(document).said
    return [one for number in subsections(document, section) for one in held.get(number, ())]


def tables(document: Document, section: int) -> list[Table]:
    """The tables in ``section`` and the sections inside it."""
    held = _held(document).tables
    return [table for number in subsections(document, section) for table in held.get(number, ())]


def said_in_rows(document: Document, table: Table) -> Sequence[Said]:
    """The statements that the rows of ``table`` make, unit by unit."""
    return _held(document).rows.get(table.span.start, ())


def table_at(document: Document, span: Span) -> Table | None:
    """The table in which ``span`` lies."""
    position = bisect.bisect_right(document.tables, span.start, key=lambda table: table.span.start) - 1
    return document.tables[position] if position >= 0 and span in document.tables[position].span else None


def subsections(document: Document, section: int) -> Iterator[int]:
    """``section`` and all sections inside it, in order."""
    span = document.sections[section].span
    yield section
    for number in range(section + 1, len(document.sections)):
        if document.sections[number].span.start >= span.end:
            return
        yield number


def around(document: Document, section: int) -> Iterator[Section]:
    """The section and those around it, innermost first."""
    return (document.sections[number] for number in upward(document, section))


def section_at(document: Document, offset: int) -> int:
    """The number of the innermost section in which ``offset`` lies."""
    return bisect.bisect_right(document.sections, offset, key=lambda section: section.span.start) - 1


def upward(document: Document, section: int | None) -> Iterator[int]:
    """The numbers of the section and those around it, innermost first."""
    while section is not None:
        yield section
        section = document.sections[section].parent


def boxes(document: Document, section: int) -> list[Item]:
    """The check boxes in ``section`` and the sections inside it that speak of today."""
    return [item for item in items(document, section) if item.marker == "box" and item.tense is Tense.CURRENT]


def leaves(document: Document, items: Sequence[Item]) -> list[Item]:
    """Those of ``items`` that have no other of ``items`` nested in them."""
    parents = {id(document.items[item.parent]) for item in items if item.parent is not None}
    return [item for item in items if id(item) not in parents]


def item_at(document: Document, offset: int) -> Item | None:
    """The item on whose line ``offset`` lies."""
    position = bisect.bisect_right(document.items, offset, key=_line) - 1
    return document.items[position] if position >= 0 and offset < document.items[position].line.end else None


def list_below(document: Document, offset: int) -> Iterator[Item]:
    """The items that follow the paragraph around ``offset`` before any text that is in no list; none of another section."""
    first = bisect.bisect_right(document.inlines, offset, key=lambda pair: pair[0].start)
    section = document.sections[section_at(document, offset)]
    starts = (document.inlines[position][0].start for position in range(first, len(document.inlines)))
    # What is in a list has its marker, or a blank, before it.
    end = next((start for start in starts if start >= section.body.end or start == _line_start(document, start)), section.body.end)
    begin = document.inlines[first][0].start if first < len(document.inlines) else end
    for position in range(bisect.bisect_left(document.items, _line_start(document, begin), key=_line), len(document.items)):
        if document.items[position].line.start >= min(end, section.body.end):
            return
        yield document.items[position]


def _line(item: Item) -> int:
    return item.line.start


def _line_start(document: Document, offset: int) -> int:
    return document.source.line(document.source.position(offset).line).start


def in_span(references: Sequence[Reference], span: Span) -> list[Reference]:
    """The references that lie in ``span``; ``references`` are in document order."""
    low = bisect.bisect_left(references, span.start, key=lambda reference: reference.span.start)
    high = bisect.bisect_left(references, span.end, key=lambda reference: reference.span.start)
    return [reference for reference in references[low:high] if reference.span in span]


def inline_at(document: Document, offset: int) -> tuple[Span, Inline] | None:
    """The leaf around ``offset``: its span and its inline content."""
    position = bisect.bisect_right(document.inlines, offset, key=lambda pair: pair[0].start) - 1
    if position < 0 or offset > document.inlines[position][0].end:
        return None
    return document.inlines[position]


def logs(document: Document) -> list[list[Entry]]:
    """The entries, log by log, from the top."""
    found: dict[int, list[Entry]] = {}
    for entry in document.entries:
        found.setdefault(entry.log, []).append(entry)
    return list(found.values())


def day_of(document: Document, entry: Entry) -> Span | None:
    """The place of the date that gives ``entry`` its day; None where it has none."""
    if entry.date is None:
        return None
    # The leaf that the entry begins in may have begun before it.
    low = bisect.bisect_right(document.inlines, entry.span.start, key=lambda pair: pair[0].start) - 1
    for span, inline in document.inlines[max(0, low) :]:
        if span.start >= entry.span.end:
            break
        for mention in dates.find(inline.text):
            place = inline.span(mention.start, mention.end)
            if mention.date == entry.date and place in entry.span:
                return place
        if entry.place != "row" and span.start >= entry.span.start:
            break
    return None


def finished(document: Document, unit: Unit) -> Statement | Item | Unit | None:
    """What proves that ``unit`` is finished by the document's own word: its status, else its boxes or table rows, all of them done."""
    known = unit.statement
    if known is not None and known.status is not None:
        return known if known.status.state is State.DONE and not known.status.partial else None
    if unit.section is None:
        return None
    own = boxes(document, unit.section)
    if own:
        return own[-1] if all(item.state is State.DONE for item in own) else None
    rows = rows_of(document, unit.section)
    return rows[-1] if len(rows) > 1 and all(row.state is State.DONE and not _is_limited(row) for row in rows) else None


def rows_of(document: Document, section: int) -> list[Unit]:
    """The units that are rows of the tables of ``section`` and of the sections in it."""
    within = document.sections[section].span
    return [unit for unit in document.units if unit.kind == "row" and unit.span in within]


def _is_limited(unit: Unit) -> bool:
    return any(one.status is not None and (one.status.partial or one.status.deferred) for one in unit.statements)


def of_one_day(document: Document) -> bool:
    """Whether the document gives itself a date at its top as a report does, and none of an update."""
    top = [field for field in document.fields if field.section <= 1 and line_of(document, field.span) <= _TOP_LINES]
    return not any(field.role == "updated" for field in top) and any(
        field.role == "date" and field.name not in _BEGUN and next(dates.find(field.value.value), None) is not None for field in top
    )


def line_of(document: Document, span: Span) -> int:
    """The number of the line on which ``span`` starts."""
    return document.source.position(span.start).line


def line_span(document: Document, span: Span) -> Span:
    """The whole line on which ``span`` starts."""
    return document.source.line(line_of(document, span))
