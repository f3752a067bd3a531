"""Values that a form left to be filled in, in a document that is filled in otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint.check import Facts, Options
from doclint.diagnostic import Finding, Undecided
from doclint.late import late
from doclint.model.document import Document, Lifecycle, Mode, State, Tense
from doclint.text import Span

# What stands for a value as a whole: brackets around a name, or the letters of a date.
_PLACEHOLDER = late(
    r"(?:\[(?:(?:insert|your|current|today'?s)\b[^\[\]]{0,30}|date|time|timestamp|name|todo|tbd|placeholder|version|branch(?: name)?|number"
    r"|owner|status|author|title|日期|日付|data|дата|yyyy[-/]mm[-/]dd)\]"
    r"|<(?:date|time|timestamp|name|owner|branch(?: name)?|version|author|your[ -]\w+)>|\{\{[^{}]{1,40}\}\}"
    # The day of a month, or more, that was left open: `2026-01-XX`.
    r"|\d{4}[-/.](?:\d{2}|XX|\?\?)[-/.](?:XX|DD|\?\?)"
    r"|(?:YYYY[-/.]MM[-/.]DD|DD[-/.]MM[-/.]YYYY|MM[-/.]DD[-/.]YYYY)(?:[ T]HH:MM(?::SS)?)?(?:\s+UTC)?)",
    re.IGNORECASE,
)
# The mark of a form, and elsewhere that of a ticked box.
_BLANK = late(r"\[(?:x+|n|#|\d?\.\.\.|_+|…)\]|_{3,}", re.IGNORECASE)
# The letters of a date tell its form as well, unless the key asks for a date.
_FORM = late(r"[DMYHS]{2}", re.IGNORECASE)
_LATER = late(r"T\.?B\.?[DA]\.?", re.IGNORECASE)
# Of a form more than this many values are still to be filled in, or less than so many are.
_MOST = 2
_FILLED = 5


class _Value(NamedTuple):
    """A value with the name that stands beside it."""

    name: str
    value: str
    span: Span
    section: int


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each value that is a placeholder, where nearly all others are none."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    values = [*_fields(document), *_cells(document)]
    updates = {field.value.span for field in document.fields if field.role == "updated"}
    days = updates | {field.value.span for field in document.fields if field.role == "date"}
    empty = [
        value
        for value in values
        if (_is_placeholder(value.value) and (value.span in days or not _FORM.match(value.value.strip("*_` "))))
        or (value.span in updates and _LATER.fullmatch(_bare(value.value)))
    ]
    blank = [value for value in values if _BLANK.fullmatch(value.value.strip("*` "))]
    # A list of work with its states is filled in as well, whether or not it has keys; the day of its last change is that of the whole.
    filled = len(values) - len(empty) - len(blank)
    if len(empty) > _MOST or filled < _FILLED:
        kept = len(empty) == 1 and empty[0].span in updates and _is_kept(document)
        empty = empty if kept else []
    sections = Counter(value.section for value in (*empty, *blank))
    for value in empty:
        # Two in one place are a form for the next one.
        if sections[value.section] == 1:
            yield Finding(value.span, f"`{value.name}` still holds the placeholder `{_bare(value.value)}`", label="nobody filled it in")


def _is_kept(document: Document) -> bool:
    """Whether some items or units are done: nobody ticks a form."""
    done = sum(item.state is State.DONE for item in document.items) + sum(unit.state is State.DONE for unit in document.units)
    return done >= _FILLED


def _fields(document: Document) -> Iterator[_Value]:
    for field in document.fields:
        if field.tense is Tense.CURRENT and field.value.value and document.sections[field.section].mode in (Mode.CURRENT, Mode.LOG):
            yield _Value(field.key.value.strip("*_` "), field.value.value, field.value.span, field.section)


def _cells(document: Document) -> Sequence[_Value]:
    return [
        _Value(column.header or "the cell", cell.value, cell.span, table.section)
        for table in document.tables
        if table.tense is Tense.CURRENT and table.role != "fields" and document.sections[table.section].mode in (Mode.CURRENT, Mode.LOG)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=False)
        if cell.value and column.role in ("status", "owner", "date", "updated", "branch")
    ]


def _is_placeholder(value: str) -> bool:
    bare = _bare(value)
    return len(bare) <= 48 and bool(_PLACEHOLDER.fullmatch(bare))


def _bare(value: str) -> str:
    return value.strip("*_` .")
