"""A new document from the shape of its type: every part that is asked for, ready to be filled in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from doclint import patterns
from doclint.doctype import KEY, DocType, shipped
from doclint.errors import UsageError
from doclint.nearest import hint
from doclint.shape import FieldShape, SectionShape, Shape, TableShape, Value, read

TEXT = "not yet known"
PARAGRAPH = "Not yet written."
BOX = "- [ ] The first step"


def named(word: str, own: Sequence[DocType]) -> DocType:
    """The type of that name, shipped or one's ``own``. Raises UsageError, with the nearest one, where there is none."""
    known = {type.name: type for type in (*shipped(), *own)}
    if word in known:
        return known[word]
    raise UsageError(f"`{word}` is no document type{hint(word, known)}; there are {', '.join(sorted(known))}")


def draft(type: DocType, today: datetime.date, title: str | None = None) -> str:
    """A document of ``type``, of today, called ``title``. Raises UsageError where the type's patterns leave open what to write."""
    shape = type.shape if type.shape is not None else read(type.schema[KEY].get("shape", {}))
    lines = [*_front_matter(type, shape), f"# {_title(type, shape, title)}", ""]
    lines += (f"- **{field.name}:** {_field(field, today)}" for field in shape.fields if not field.optional)
    lines += [""] if lines[-1] else []
    tables = {table.section: table for table in shape.tables if not table.optional}
    for section in shape.sections:
        if section.optional:
            continue
        heading = _heading(section)
        table = next((tables.pop(name) for name in list(tables) if name is not None and section.matches(name)), None)
        lines += [f"## {heading}", "", *(_table(table) if table is not None else [BOX if section.checklist else PARAGRAPH]), ""]
        if table is not None and section.checklist:
            lines += [BOX, ""]
    for name, table in tables.items():
        lines += [*([f"## {name}", ""] if name is not None else []), *_table(table), ""]
    while not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in lines)


def _front_matter(type: DocType, shape: Shape) -> Iterator[str]:
    if shape.front_matter is not None:
        required = shape.front_matter.get("required", ())
        yield from ("---", *(f"{key}: {_example(shape.front_matter.get('properties', {}).get(key, {}))}" for key in required), "---")
    elif type.paths is None:
        yield f"<!-- doclint: type={type.name} -->"


def _example(schema: object) -> str:
    if isinstance(schema, dict):
        for key in ("default", "const"):
            if key in schema:
                return str(schema[key])
        if schema.get("enum"):
            return str(schema["enum"][0])
        if schema.get("type") in ("integer", "number"):
            return str(schema.get("minimum", 0))
        if schema.get("type") == "array":
            return "[]"
        if schema.get("type") == "boolean":
            return "false"
    return TEXT


def _title(type: DocType, shape: Shape, title: str | None) -> str:
    plain = re.sub(r"^(?:an?|the) ", "", type.noun)
    chosen = title if title is not None else plain[:1].upper() + plain[1:]
    if shape.title is not None and not patterns.whole(shape.title, chosen):
        raise UsageError(f"the title of {type.noun} matches `{shape.title}`, and `{chosen}` does not; give one with --title")
    return chosen


def _field(field: FieldShape, today: datetime.date) -> str:
    return _value(field.name, field.value, today)


def _value(name: str, value: Value, today: datetime.date) -> str:
    if value.values:
        return value.values[0]
    plain = {"date": today.isoformat(), "number": "0", "integer": "0", "path": ".doclint/"}.get(value.kind, TEXT)
    if value.pattern is None or patterns.whole(value.pattern, plain):
        return plain
    guess = _simplest(value.pattern)
    if guess is None:
        raise UsageError(f"the field `{name}` matches `{value.pattern}`, and no example of that can be guessed; list its `values`")
    return guess


def _heading(section: SectionShape) -> str:
    if section.name is not None:
        return section.name
    guess = _simplest(section.pattern or "")
    if guess is None:
        raise UsageError(f"a section matches `{section.pattern}`, and no example of that can be guessed; give it a `name` as well")
    return guess


def _table(table: TableShape) -> list[str]:
    names = [column.name for column in table.columns if not column.optional]
    return [f"| {' | '.join(names)} |", f"| {' | '.join('---' for _ in names)} |"]


def _simplest(pattern: str) -> str | None:
    """A text that ``pattern`` matches, if leaving out what is optional and taking the first of what is either is enough to get one."""
    text = re.sub(r"^\^|\$$", "", pattern)
    for _ in range(20):
        before = text
        text = re.sub(r"\((?:\?:)?([^()|]*)(?:\|[^()]*)*\)(?![?*])", r"\1", text)
        text = re.sub(r"\([^()]*\)[?*]|(?:\\.|\[[^\]]*\]|[^\\()\[\]])[?*]", "", text)
        if text == before:
            break
    text = re.sub(r"\\d\{(\d{1,2})[^}]*\}", lambda match: "1".rjust(int(match[1]), "0"), text)
    text = text.replace("\\d+", "1").replace("\\d", "1")
    text = re.sub(r"\[(\w)[^\]]*\]", r"\1", text).replace(".+", TEXT)
    text = re.sub(r"\\(\W)", r"\1", text.partition("|")[0])
    return text if text and patterns.whole(pattern, text) else None
