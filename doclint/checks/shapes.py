"""What a document lacks of its type's shape (``doclint.shape``), part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint import patterns
from doclint.check import Facts
from doclint.diagnostic import Evidence, Finding
from doclint.late import late
from doclint.markdown.nodes import FrontMatter
from doclint.model import dates, queries
from doclint.model.document import Cell, Document, Row, Table
from doclint.model.lexicon import fold
from doclint.nearest import hint
from doclint.repo.facts import Unknown
from doclint.schema import explain
from doclint.shape import ColumnShape, FieldShape, SectionShape, Shape, TableShape, Value, parts
from doclint.text import Span

_NUMBER = late(r"[-+]?(?:\d[\d ,_]*)(?:\.\d+)?\s*%?")
_INTEGER = late(r"[-+]?\d+")


class Placed(NamedTuple):
    """A table of a shape, found in a document: ``columns`` maps the folded names of those that are there to their index."""

    table: Table
    columns: dict[str, int]

    def cell(self, row: Row, name: str) -> Cell | None:
        """The cell of ``row`` in the column of that name; None where column or cell is missing."""
        index = self.columns.get(fold(name))
        return row.cells[index] if index is not None and index < len(row.cells) else None

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that say something."""
        return [row for row in self.table.rows if not row.empty]


def check(document: Document, shape: Shape, facts: Facts, noun: str) -> Iterator[Finding]:
    """Yield what ``document``, which is ``noun`` ("an incident report"), lacks of ``shape``.

    Raises ConfigError for a pattern that takes too long.
    """
    yield from _title(document, shape, noun)
    yield from _front_matter(document, shape, noun)
    for field in shape.fields:
        yield from _field(document, field, facts, noun)
    for section in shape.sections:
        yield from _section(document, section, noun)
    for table in shape.tables:
        yield from _table(document, table, facts, noun)


def find(document: Document, shape: TableShape) -> Placed | None:
    """The table that ``shape`` means: under its heading, the one that has most of its columns, and at least one."""
    wanted = {fold(column.name) for column in shape.columns}
    best: Placed | None = None
    for table in document.tables:
        if shape.section is not None and not _stands_under(document, table, shape.section):
            continue
        columns: dict[str, int] = {}
        for index, column in enumerate(table.columns):
            if fold(column.header) in wanted:
                columns.setdefault(fold(column.header), index)
        enough = bool(columns) if shape.section is not None else 2 * len(columns) > len(wanted)
        if enough and (best is None or len(columns) > len(best.columns)):
            best = Placed(table, columns)
    return best


def top(document: Document) -> Span:
    """Where something stands that the document as a whole lacks: at its title, else its first line."""
    return document.title.span if document.title is not None else document.source.line(1)


def _stands_under(document: Document, table: Table, heading: str) -> bool:
    wanted = SectionShape(heading, None, False, False)
    return any(wanted.matches(section.heading.value) for section in queries.around(document, table.section))


def _title(document: Document, shape: Shape, noun: str) -> Iterator[Finding]:
    if shape.title is None:
        return
    if document.title is None:
        yield Finding(top(document), f"{noun} has a title; this one has none")
    elif not patterns.whole(shape.title, document.title.value):
        yield Finding(document.title.span, f"the title is `{document.title.value}`; expected something that matches `{shape.title}`")


def _front_matter(document: Document, shape: Shape, noun: str) -> Iterator[Finding]:
    if shape.front_matter is None:
        return
    first = document.root.children[0] if document.root.children else None
    if not isinstance(first, FrontMatter):
        yield Finding(top(document), f"{noun} opens with front matter; this one has none")
        return
    from doclint.markdown.frontmatter import FrontMatterError, load

    try:
        data = load(document.source, first)
    except FrontMatterError as error:
        yield Finding(error.span, f"the front matter cannot be read: {error.sentence}")
        return
    for fault in explain(data.value, shape.front_matter, trusted=False):
        pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in fault.path)
        span = data.values.get(pointer) or data.keys.get(pointer) or document.source.line(1)
        yield Finding(
            span, f"the front matter's `{fault.dotted}` {fault.sentence}" if fault.dotted else f"the front matter {fault.sentence}"
        )


def _field(document: Document, shape: FieldShape, facts: Facts, noun: str) -> Iterator[Finding]:
    found = [field for field in document.fields if field.name == fold(shape.name)]
    if not found:
        if not shape.optional:
            near = hint(shape.name, {field.key.value for field in document.fields})
            yield Finding(top(document), f"{noun} has a field `{shape.name}`; this one has none{near}")
        return
    field = found[0]
    if not field.value.value.strip():
        if not shape.optional:
            yield Finding(field.key.span, f"the field `{shape.name}` is empty")
    elif clause := _wrong(document, shape.value, field.value.value, facts):
        yield Finding(field.value.span, f"the field `{shape.name}` {clause}")


def _section(document: Document, shape: SectionShape, noun: str) -> Iterator[Finding]:
    found = [index for index, section in enumerate(document.sections) if index and shape.matches(section.heading.value)]
    if not found:
        if not shape.optional:
            headings = [section.heading.value for section in document.sections[1:]]
            near = hint(shape.name, headings) if shape.name else ""
            yield Finding(top(document), f"{noun} has a section `{shape.label}`; this one has none{near}")
    elif shape.checklist and not any(queries.boxes(document, index) for index in found):
        yield Finding(
            document.sections[found[0]].heading.span, f"the section `{shape.label}` is to hold a checklist; there is no box in it"
        )


def _table(document: Document, shape: TableShape, facts: Facts, noun: str) -> Iterator[Finding]:
    placed = find(document, shape)
    names = ", ".join(column.name for column in shape.columns if not column.optional)
    if placed is None:
        if not shape.optional:
            heading = SectionShape(shape.section, None, False, False)
            under = (one.heading.span for one in document.sections[1:] if shape.section and heading.matches(one.heading.value))
            where = f" under `{shape.section}`" if shape.section else ""
            yield Finding(next(under, top(document)), f"{noun} has a table of {shape.name}{where} ({names}); this one has none")
        return
    header = Span(placed.table.columns[0].span.start, placed.table.columns[-1].span.end)
    headers = [column.header for column in placed.table.columns]
    for column in shape.columns:
        if fold(column.name) not in placed.columns:
            if not column.optional:
                yield Finding(header, f"the table of {shape.name} lacks the column `{column.name}`{hint(column.name, headers)}")
            continue
        for row in placed.rows:
            yield from _cell(document, shape, column, placed, row, facts)


def _cell(document: Document, table: TableShape, column: ColumnShape, placed: Placed, row: Row, facts: Facts) -> Iterator[Finding]:
    cell = placed.cell(row, column.name)
    if cell is None or not cell.value.strip():
        if not column.empty and not column.optional:
            yield Finding(cell.span if cell is not None and len(cell.span) else row.span, f"the row has no `{column.name}`")
    elif clause := _wrong(document, column.value, cell.value, facts):
        yield Finding(
            cell.span, f"`{column.name}` {clause}", (Evidence("place", f"a column of the table of {table.name}", document.source.path),)
        )


def _wrong(document: Document, value: Value, text: str, facts: Facts) -> str | None:
    """What keeps ``text`` from being such a value, as a clause; None where nothing does, or it cannot be known."""
    for part in parts(value, text):
        if value.values and fold(part) not in {fold(word) for word in value.values}:
            return f"is `{part}`; expected {_alternatives(value.values)}{hint(part, value.values)}"
        if value.pattern is not None and not patterns.whole(value.pattern, part):
            return f"is `{part}`; expected something that matches `{value.pattern}`"
        if clause := _not_of_kind(document, value, part, facts):
            return f"is `{part}`; expected {clause}"
    return None


def _not_of_kind(document: Document, value: Value, part: str, facts: Facts) -> str | None:
    match value.kind:
        case "date":
            mention = next(dates.find(part), None)
            if mention is None or mention.date is None or part[: mention.start].strip() or part[mention.end :].strip():
                return "a date, such as 2026-01-31"
        case "number":
            return None if _NUMBER.fullmatch(part) else "a number"
        case "integer":
            return None if _INTEGER.fullmatch(part) else "a whole number"
        case "path":
            paths = facts.repo.paths()
            if not isinstance(paths, Unknown) and not paths.resolve(part, document.source.path).resolved:
                return "a file or directory of the tree"
    return None


def _alternatives(words: Sequence[str]) -> str:
    quoted = [f"`{word}`" for word in words]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 else quoted[0]
