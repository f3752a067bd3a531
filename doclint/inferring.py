"""A document type from documents: what they all share, and nothing that only some have."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from typing import Any

from doclint.doctype import KEY
from doclint.errors import UsageError
from doclint.late import late
from doclint.model import dates, queries
from doclint.model.document import Document, Table
from doclint.model.lexicon import fold
from doclint.shape import SectionShape

# With fewer documents, equal values say little.
_ENOUGH = 4
_MOST_VALUES = 6
_LONGEST_VALUE = 30
_NUMBERING = late(r"^[\W\d_]+")


def infer(documents: Sequence[Document], name: str, noun: str | None = None) -> dict[str, Any]:
    """A schema file for the type ``name`` that every one of ``documents`` (at least one) keeps; see ``doclint.shape``.

    Raises UsageError where the name is none that a type can have.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise UsageError(f"`{name}` is no name for a type; expected small letters and digits, with hyphens between words")
    noun = noun or f"{'an' if name[0] in 'aeio' else 'a'} {name.replace('-', ' ')}"
    said: dict[str, Any] = {"type": name, "noun": noun}
    folders = {posixpath.dirname(document.source.path) for document in documents}
    if len(folders) == 1:
        folder = folders.pop()
        said["paths"] = [f"{folder}/*.md"] if folder else [f"/{document.source.path}" for document in documents]
    shape: dict[str, Any] = {}
    sections = list(_sections(documents))
    for key, value in (("fields", list(_fields(documents))), ("sections", sections), ("tables", list(_tables(documents)))):
        if value:
            shape[key] = value
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": noun.partition(" ")[2].capitalize() or noun,
        KEY: {**said, "shape": shape},
    }


def _shared(each: Iterable[Iterable[str]]) -> list[str]:
    """What stands in every one of the lists, in the order of the first and as it is written there."""
    lists = [list(one) for one in each]
    folded = [{fold(text) for text in one} for one in lists[1:]]
    seen: dict[str, str] = {}
    for text in lists[0]:
        if fold(text) and all(fold(text) in others for others in folded):
            seen.setdefault(fold(text), text)
    return list(seen.values())


def _fields(documents: Sequence[Document]) -> Iterable[dict[str, Any]]:
    # What a section's own fields say is the section's matter.
    tops = [[field for field in document.fields if _is_top(document, field.section)] for document in documents]
    for name in _shared([field.key.value for field in top] for top in tops):
        values = [next(field.value.value.strip() for field in top if field.name == fold(name)) for top in tops]
        if all(values):
            yield {"name": name, **_value(values)}


def _is_top(document: Document, section: int) -> bool:
    return document.sections[section].level <= 1


def _value(values: Sequence[str]) -> dict[str, Any]:
    if all((mention := next(dates.find(value), None)) is not None and mention.end - mention.start == len(value) for value in values):
        return {"is": "date"}
    if all(re.fullmatch(r"[-+]?\d+", value) for value in values):
        return {"is": "integer"}
    distinct = list(dict.fromkeys(values))
    short = all(len(value) <= _LONGEST_VALUE for value in distinct)
    if len(values) >= _ENOUGH and short and len(distinct) <= min(_MOST_VALUES, len(values) // 2):
        return {"values": distinct}
    return {}


def _sections(documents: Sequence[Document]) -> Iterable[str | dict[str, Any]]:
    headings = [[_bare(section.heading.value) for section in document.sections[1:] if section.level in (2, 3)] for document in documents]
    for name in _shared(headings):
        wanted = SectionShape(name, None, False, False)
        if all(_has_boxes(document, wanted) for document in documents):
            yield {"name": name, "checklist": True}
        else:
            yield name


def _bare(heading: str) -> str:
    return _NUMBERING.sub("", heading) or heading


def _has_boxes(document: Document, wanted: SectionShape) -> bool:
    numbers = (number for number, section in enumerate(document.sections) if number and wanted.matches(section.heading.value))
    return any(queries.boxes(document, number) for number in numbers)


def _tables(documents: Sequence[Document]) -> Iterable[dict[str, Any]]:
    placed = [
        {_bare(document.sections[table.section].heading.value): table for table in document.tables if table.section}
        for document in documents
    ]
    for name in _shared(placed):
        tables = [next(table for heading, table in there.items() if fold(heading) == fold(name)) for there in placed]
        columns = _shared([column.header for column in table.columns] for table in tables)
        if not columns:
            continue
        key = [columns[0]] if all(_tells_apart(table, columns[0]) for table in tables) else []
        said = {
            "name": fold(name),
            "section": name,
            # What tells rows apart is not one of a few words.
            "columns": [column if column in key else _column(column, _values(tables, column)) for column in columns],
        }
        yield {**said, "key": key} if key else said


def _values(tables: Sequence[Table], header: str) -> list[str]:
    found = []
    for table in tables:
        index = next(index for index, column in enumerate(table.columns) if fold(column.header) == fold(header))
        found += [row.cells[index].value.strip() if index < len(row.cells) else "" for row in table.rows if not row.empty]
    return found


def _column(name: str, values: Sequence[str]) -> str | dict[str, Any]:
    said = {"empty": True} if not all(values) or not values else _value(values)
    return {"name": name, **said} if said else name


def _tells_apart(table: Table, header: str) -> bool:
    values = [fold(value) for value in _values([table], header)]
    return len(values) > 1 and all(values) and len(set(values)) == len(values)
