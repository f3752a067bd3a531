"""What a document type of one's own asks of its documents, in the words of documents: title, fields, sections, tables, cells.

A type stands in ``.doclint/schemas/<type>.schema.json``. Beside JSON Schema over the projection, which says everything and is long, such a
file has ``x-doclint``, which ``schemas/type.schema.json`` describes: what the type is called, the ``paths`` of its documents, and their
``shape``, read here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from doclint import patterns
from doclint.late import late
from doclint.model.lexicon import fold

Kind = Literal["text", "date", "number", "integer", "path"]
_NUMBERING = late(r"[\W\d_]+")


class Value(NamedTuple):
    """What a field or cell may hold: text of a ``kind``, one of ``values``, what ``pattern`` matches wholly.

    With ``many`` it may hold several, with commas between.
    """

    kind: Kind = "text"
    values: tuple[str, ...] = ()
    pattern: str | None = None
    many: bool = False


class FieldShape(NamedTuple):
    """A field: its key, and its value; ``optional`` if it may be missing."""

    name: str
    value: Value
    optional: bool


class SectionShape(NamedTuple):
    """A section, by the text of its heading or by a pattern over it; ``checklist`` asks for boxes in it."""

    name: str | None
    pattern: str | None
    optional: bool
    checklist: bool

    @property
    def label(self) -> str:
        """What to call it."""
        return self.name or self.pattern or ""

    def matches(self, heading: str) -> bool:
        """Whether ``heading`` is this section's: numbers and signs before it do not count, nor does letter case."""
        if self.pattern is not None:
            return patterns.whole(self.pattern, heading) or patterns.whole(self.pattern, _bare(heading))
        return self.name is not None and fold(self.name) in (fold(heading), fold(_bare(heading)))


class ColumnShape(NamedTuple):
    """A column: its header, and what its cells hold; ``optional`` if it may be missing, ``empty`` if its cells may be."""

    name: str
    value: Value
    optional: bool
    empty: bool


class ReferenceShape(NamedTuple):
    """The cells of ``columns`` name rows of another table by its ``to``; ``inverse`` are the columns there that name this row's key.

    ``type`` is the document type that holds the table; None means the same document.
    """

    columns: tuple[str, ...]
    table: str
    type: str | None
    to: tuple[str, ...]
    inverse: tuple[str, ...]


class TableShape(NamedTuple):
    """A table: a name to refer to it by, the section it stands in, its columns, its key, and what its rows refer to."""

    name: str
    section: str | None
    columns: tuple[ColumnShape, ...]
    key: tuple[str, ...]
    unique: Literal["document", "tree"]
    references: tuple[ReferenceShape, ...]
    optional: bool


class Part(NamedTuple):
    """What a phase requires: a filled section of one of the ``roles`` or ``names``, a ``field`` with a value, or what it ``has``.

    That is entries, contracts, boxes, units, a plan or an opening. With ``units`` each session, agent or lane at work has one of those.
    ``say`` is what to call it.
    """

    say: str
    roles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    field: str | None = None
    has: str | None = None
    units: tuple[str, ...] = ()


class Shape(NamedTuple):
    """All that a type asks for."""

    title: str | None = None
    fields: tuple[FieldShape, ...] = ()
    front_matter: Mapping[str, Any] | None = None
    sections: tuple[SectionShape, ...] = ()
    tables: tuple[TableShape, ...] = ()

    def table(self, name: str) -> TableShape | None:
        """The table of that name."""
        return next((table for table in self.tables if table.name == name), None)


def read(said: Mapping[str, Any]) -> Shape:
    """The shape that ``said``, which is valid against ``schemas/type.schema.json``, describes. Raises ConfigError for a bad pattern."""
    shape = Shape(
        title=_pattern(said.get("title")),
        fields=tuple(FieldShape(one["name"], _value(one), one.get("optional", False)) for one in said.get("fields", ())),
        front_matter=said.get("front-matter"),
        sections=tuple(map(_section, said.get("sections", ()))),
        tables=tuple(map(_table, said.get("tables", ()))),
    )
    return shape


def parts_of(phases: Mapping[str, Any], phase: str) -> tuple[Part, ...]:
    """What ``phases``, as a type has it under that name, requires in ``phase``."""
    return tuple(map(_part, phases.get(phase, ())))


def _part(said: Mapping[str, Any]) -> Part:
    names = tuple(said.get("sections", ()))
    units, field, has = tuple(said.get("units", ())), said.get("field"), said.get("has")
    words = f"a section `{names[0]}`" if names else f"a field `{field}`" if field else has or f"for each unit {' or '.join(units)}"
    return Part(said.get("say", words), tuple(said.get("roles", ())), names, field, has, units)


def _section(said: str | Mapping[str, Any]) -> SectionShape:
    if isinstance(said, str):
        return SectionShape(said, None, False, False)
    pattern = _pattern(said.get("pattern"))
    return SectionShape(said.get("name"), pattern, said.get("optional", False), said.get("checklist", False))


def _table(said: Mapping[str, Any]) -> TableShape:
    return TableShape(
        name=said["name"],
        section=said.get("section"),
        columns=tuple(map(_column, said["columns"])),
        key=tuple(said.get("key", ())),
        unique=said.get("unique", "document"),
        references=tuple(map(_reference, said.get("references", ()))),
        optional=said.get("optional", False),
    )


def _column(said: str | Mapping[str, Any]) -> ColumnShape:
    if isinstance(said, str):
        return ColumnShape(said, Value(), False, False)
    return ColumnShape(said["name"], _value(said), said.get("optional", False), said.get("empty", False))


def _reference(said: Mapping[str, Any]) -> ReferenceShape:
    return ReferenceShape(tuple(said["columns"]), said["table"], said.get("type"), tuple(said["to"]), tuple(said.get("inverse", ())))


def _value(said: Mapping[str, Any]) -> Value:
    return Value(said.get("is", "text"), tuple(said.get("values", ())), _pattern(said.get("pattern")), said.get("many", False))


def _pattern(text: str | None) -> str | None:
    if text is not None:
        patterns.check(text)
    return text


def _bare(heading: str) -> str:
    match = _NUMBERING.match(heading)
    return heading[match.end() :] if match else heading


def parts(value: Value, text: str) -> Sequence[str]:
    """The single values of a cell or field."""
    if not value.many:
        return [text.strip()]
    return [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
