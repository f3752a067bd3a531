"""Tables of one's own types hold together: keys are there once, references lead to rows, and inverse references lead back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from doclint.check import Facts, Options, once
from doclint.checks import shapes
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.doctype import DocType
from doclint.errors import ConfigError
from doclint.model.document import Cell, Document, Row
from doclint.model.lexicon import fold
from doclint.nearest import hint
from doclint.shape import ReferenceShape, TableShape, Value, parts
from doclint.text import Span

Key = tuple[str, ...]


class Place(NamedTuple):
    """A row of a placed table."""

    document: Document
    placed: shapes.Placed
    row: Row


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield keys that stand twice, and references between tables that lead nowhere or not back."""
    own = next((type for type in facts.types if type.name == document.type), None)
    if own is None or own.shape is None:
        return
    try:
        for table in own.shape.tables:
            placed = shapes.find(document, table)
            if placed is not None and all(fold(name) in placed.columns for name in table.key):
                yield from _keys(document, own, table, placed, facts)
                for reference in table.references:
                    yield from _references(document, own, table, placed, reference, facts)
    except ConfigError:
        # A pattern that cannot be used is told by the rule on schemas.
        return


def _keys(document: Document, own: DocType, table: TableShape, placed: shapes.Placed, facts: Facts) -> Iterator[Finding]:
    if not table.key:
        return
    first: dict[Key, Place] = {}
    if table.unique == "tree":
        for other in _of_type(facts, own.name):
            if other.source.path < document.source.path:
                for key, places in _rows(other, table, table.key).items():
                    first.setdefault(key, places[0])
    for row in placed.rows:
        own_key = _key(placed, row, table.key)
        if own_key is None:
            continue
        if own_key in first:
            names = " and ".join(f"`{name}`" for name in table.key)
            written = ", ".join(cell.value for cell in _cells(placed, row, table.key))
            yield Finding(
                _span(placed, row, table.key),
                f"{names} `{written}` stands twice in the table of {table.name}; it is to tell its rows apart",
                (_place(first[own_key], table.key, "the first one"),),
            )
        else:
            first[own_key] = Place(document, placed, row)


def _references(
    document: Document, own: DocType, table: TableShape, placed: shapes.Placed, reference: ReferenceShape, facts: Facts
) -> Iterator[Finding | Undecided]:
    if any(fold(name) not in placed.columns for name in reference.columns):
        return
    type = own if reference.type is None else next((one for one in facts.types if one.name == reference.type), None)
    target = type.shape.table(reference.table) if type is not None and type.shape is not None else None
    there = [document] if reference.type is None else _of_type(facts, reference.type)
    if type is None or target is None or not there:
        what = f"`{reference.type}`" if type is None or target is not None else f"`{reference.type}` with a table of {reference.table}"
        yield Undecided(_span(placed, placed.table.rows[0], reference.columns), f"no document of the type {what} was read")
        return
    rows: dict[Key, list[Place]] = {}
    for other in there:
        for key, places in _rows(other, target, reference.to).items():
            rows.setdefault(key, []).extend(places)
    value = next((column.value for column in table.columns if column.name == reference.columns[0]), Value())
    for row in placed.rows:
        for key, written in _named(placed, row, reference.columns, value):
            if key not in rows:
                known = (
                    ", ".join(cell.value for cell in _cells(one.placed, one.row, reference.to)) for there in rows.values() for one in there
                )
                yield Finding(
                    _span(placed, row, reference.columns),
                    f"`{written}` is in no row of the table of {reference.table} ({', '.join(reference.to)}){hint(written, known)}",
                    tuple(
                        Evidence("place", f"the table of {reference.table}", path=other.source.path, span=found.table.span)
                        for other in there[:1]
                        if (found := shapes.find(other, target)) is not None
                    ),
                )
            elif reference.inverse:
                yield from _inverse(table, placed, row, reference, target, rows[key])


def _inverse(
    table: TableShape, placed: shapes.Placed, row: Row, reference: ReferenceShape, target: TableShape, places: Sequence[Place]
) -> Iterator[Finding]:
    """Whether one of the rows that are named names this row in turn."""
    own = _key(placed, row, table.key)
    if own is None:
        return
    value = next((column.value for column in target.columns if column.name == reference.inverse[0]), Value())
    for place in places:
        if any(key == own for key, _ in _named(place.placed, place.row, reference.inverse, value)):
            return
    written = ", ".join(cell.value for cell in _cells(placed, row, table.key))
    columns = " and ".join(f"`{name}`" for name in reference.inverse)
    yield Finding(
        _span(placed, row, reference.columns),
        f"the row that this one names does not name `{written}` in its {columns}",
        (_place(places[0], reference.inverse, f"{columns} there"),),
    )


def _of_type(facts: Facts, name: str) -> Sequence[Document]:
    return once(facts.documents, _by_type).get(name, ())


def _by_type(documents: Sequence[Document]) -> Mapping[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document in documents:
        if document.type is not None:
            found.setdefault(document.type, []).append(document)
    return found


def _rows(document: Document, table: TableShape, names: Sequence[str]) -> Mapping[Key, list[Place]]:
    placed = shapes.find(document, table)
    found: dict[Key, list[Place]] = {}
    if placed is not None:
        for row in placed.rows:
            key = _key(placed, row, names)
            if key is not None:
                found.setdefault(key, []).append(Place(document, placed, row))
    return found


def _cells(placed: shapes.Placed, row: Row, names: Sequence[str]) -> list[Cell]:
    return [cell for name in names if (cell := placed.cell(row, name)) is not None]


def _key(placed: shapes.Placed, row: Row, names: Sequence[str]) -> Key | None:
    """The folded values of those columns; None where one is missing or empty."""
    key = tuple(fold(cell.value) for cell in _cells(placed, row, names))
    return key if len(key) == len(names) and all(key) else None


def _named(placed: shapes.Placed, row: Row, names: Sequence[str], value: Value) -> Iterator[tuple[Key, str]]:
    """The keys that a row names; where one column refers, its cell may hold several."""
    if len(names) == 1:
        for cell in _cells(placed, row, names):
            yield from (((fold(part),), part) for part in parts(value, cell.value) if fold(part))
    elif (key := _key(placed, row, names)) is not None:
        yield key, ", ".join(cell.value for cell in _cells(placed, row, names))


def _span(placed: shapes.Placed, row: Row, names: Sequence[str]) -> Span:
    cells = _cells(placed, row, names)
    return Span(cells[0].span.start, max(cell.span.end for cell in cells)) if cells else row.span


def _place(place: Place, names: Sequence[str], text: str) -> Evidence:
    return Evidence("place", text, path=place.document.source.path, span=_span(place.placed, place.row, names))
