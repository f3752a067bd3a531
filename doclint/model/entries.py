"""Log entries: which sections, rows and items are records of their day, and which of them is the newest of its list."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from doclint.markdown import nodes
from doclint.model import dates
from doclint.model.document import Column, Entry, Mode, Text
from doclint.model.lexicon import Lexicon
from doclint.model.outline import Outline
from doclint.model.sections import Head
from doclint.text import Span

_STEADY = 0.8


class Candidate(NamedTuple):
    """Something that looks like an entry, before its list is judged."""

    span: Span
    title: Text
    date: datetime.date | None
    number: int | None
    place: Literal["heading", "row", "item"]
    where: int


class Log(NamedTuple):
    """The entries of a document, and the section, row or list item that each one is (``Entry`` order)."""

    entries: tuple[Entry, ...]
    where: tuple[int, ...]


def log(
    outline: Outline,
    heads: Sequence[Head],
    table_roles: Sequence[str | None],
    table_columns: Sequence[Sequence[Column]],
    lexicon: Lexicon,
) -> Log:
    """The entries, in document order."""
    groups = [*_headings(outline, heads), *_rows(outline, table_roles, table_columns), *_items(outline, heads)]
    groups.sort(key=lambda group: group[0].span.start)
    keeping = _keeping(outline, heads, lexicon)
    entries: list[tuple[Entry, int]] = []
    for number, group in enumerate(itertools.chain.from_iterable(map(_lists, groups))):
        newest = _newest(group)
        for order, candidate in enumerate(group):
            kept = keeping[_section_around(outline, candidate)]
            entry = Entry(
                candidate.span, candidate.title, candidate.date, candidate.number, number, order, order == newest, candidate.place, kept
            )
            entries.append((entry, candidate.where))
    entries.sort(key=lambda pair: (pair[0].span.start, -pair[0].span.end))
    return Log(tuple(entry for entry, _ in entries), tuple(where for _, where in entries))


def _section_around(outline: Outline, candidate: Candidate) -> int:
    """The section in which the log of ``candidate`` stands."""
    if candidate.place == "heading":
        return outline.sections[candidate.where].parent or 0
    if candidate.place == "row":
        return outline.tables[candidate.where >> 20].section
    return outline.list_items[candidate.where].section


def _keeping(outline: Outline, heads: Sequence[Head], lexicon: Lexicon) -> Sequence[Literal["declared", "named", "free"]]:
    """For each section, whether it or one around it says that its entries stay as they are, or is named like a log of which that holds."""
    says = {leaf.section for leaf in outline.leaves if leaf.table is None and lexicon.keeps.search(leaf.inline.text)}
    declared: list[bool] = []
    named: list[bool] = []
    for number, section in enumerate(outline.sections):
        parent, head = section.parent, heads[number]
        # What stands above all sections may be said of a list of its own; below it, only logs are meant.
        is_log = head.mode is Mode.LOG or head.role == "log"
        declared.append(number in says or (is_log and parent is not None and declared[parent]))
        named.append(bool(lexicon.records.search(head.text)) or (parent is not None and named[parent]))
    return ["declared" if one else "named" if other else "free" for one, other in zip(declared, named, strict=True)]


def _headings(outline: Outline, heads: Sequence[Head]) -> Iterator[list[Candidate]]:
    children: dict[int, list[int]] = {}
    for number, section in enumerate(outline.sections[1:], 1):
        assert section.parent is not None
        children.setdefault(section.parent, []).append(number)
    for parent, numbers in children.items():
        logged = heads[parent].mode is Mode.LOG or heads[parent].role == "log"
        records = [number for number in numbers if _is_record(heads[number], logged)]
        dated = sum(heads[number].date is not None for number in records)
        if len(records) < 2 and not (logged and records):
            continue
        if not logged and dated < 2:
            continue
        group = []
        for number in records:
            section, head = outline.sections[number], heads[number]
            assert section.leaf is not None
            identifier = head.name.id if head.name else ""
            group.append(
                Candidate(
                    Span(section.start, section.end),
                    Text(outline.leaves[section.leaf].span, head.text),
                    head.date,
                    int(identifier) if identifier.isdecimal() and len(identifier) < 10 else None,
                    "heading",
                    number,
                )
            )
        yield group


def _is_record(head: Head, logged: bool) -> bool:
    if head.date_first:
        return True
    if head.name is not None and head.name.kind != "session":
        return False
    if head.date is not None:
        return logged or head.name is not None
    return logged and head.name is not None and head.name.id.isdigit()


def _rows(outline: Outline, roles: Sequence[str | None], columns: Sequence[Sequence[Column]]) -> Iterator[list[Candidate]]:
    for number, table in enumerate(outline.tables):
        if roles[number] != "log":
            continue
        column = next((index for index, column in enumerate(columns[number]) if column.role == "date"), None)
        group = []
        for index, row in enumerate(table.rows):
            cells = [outline.leaves[leaf] for leaf in row]
            if not any(cell.inline.text.strip() for cell in cells):
                continue
            text = cells[column].inline.text if column is not None and column < len(cells) else ""
            group.append(
                Candidate(
                    table.node.rows[index].span,
                    Text(cells[0].span, cells[0].inline.text.strip()),
                    dates.first(text),
                    None,
                    "row",
                    number << 20 | index,
                )
            )
        group += _torn(outline, number, column or 0)
        if group and (any(candidate.date for candidate in group)):
            yield group


def _torn(outline: Outline, number: int, column: int) -> Iterator[Candidate]:
    """The rows that an empty line has torn off a table: text to Markdown, and rows to whoever wrote them."""
    table = outline.tables[number]
    rows = [*(row for row in table.rows if row), table.header]
    last = max(leaf for row in rows for leaf in row) if any(rows) else -1
    count = len(table.rows)
    for leaf in itertools.islice(outline.leaves, last + 1, None) if last >= 0 else ():
        if not isinstance(leaf.block, nodes.Paragraph) or leaf.section != table.section or leaf.table is not None:
            return
        lines = [outline.source.slice(line) for line in leaf.block.lines]
        if not all(line.startswith("|") and line.count("|") > 2 for line in lines):
            return
        for span, line in zip(leaf.block.lines, lines, strict=True):
            cells = line.strip().strip("|").split("|")
            day = dates.first(cells[column]) if column < len(cells) else None
            yield Candidate(span, Text(span, cells[0].strip()), day, None, "row", number << 20 | count)
            count += 1


def _items(outline: Outline, heads: Sequence[Head]) -> Iterator[list[Candidate]]:
    lists: dict[int, list[Candidate]] = {}
    logged: dict[int, bool] = {}
    for number, item in enumerate(outline.list_items):
        if item.leaf is None:
            continue
        inline = outline.leaves[item.leaf].inline
        mention = next(dates.find(inline.text), None)
        if mention and mention.date and not any(c.isalnum() for c in inline.text[: mention.start]):
            title = Text(outline.leaves[item.leaf].span, inline.text.strip())
            lists.setdefault(item.list, []).append(Candidate(item.node.span, title, mention.date, None, "item", number))
            logged[item.list] = heads[item.section].mode is Mode.LOG or heads[item.section].role == "log"
    for key, group in lists.items():
        if len(group) > 1 or logged[key]:
            yield group


def _lists(group: list[Candidate]) -> Iterator[list[Candidate]]:
    """``group`` as it is, or cut in two where a newest-first block stands above an ascending one."""
    days = [candidate.date for candidate in group]
    known = [day for day in days if day]
    if len(known) == len(days) and len(days) >= 4:
        ups = sum(a < b for a, b in itertools.pairwise(known))
        downs = sum(a > b for a, b in itertools.pairwise(known))
        if ups + downs and max(ups, downs) < _STEADY * (ups + downs):
            valley = known.index(min(known))
            falls = all(a >= b for a, b in itertools.pairwise(known[: valley + 1]))
            rises = all(a <= b for a, b in itertools.pairwise(known[valley:]))
            # One entry is no block: it stands at the wrong end.
            if falls and rises and 1 < valley < len(known) - 1:
                yield group[:valley]
                yield group[valley:]
                return
    yield group


def _newest(group: Sequence[Candidate]) -> int:
    """The index of the newest: by date, among equals by number, then by the list's own direction (first if it shows none)."""
    best = max(((candidate.date or datetime.date.min, candidate.number or -1) for candidate in group), default=(datetime.date.min, -1))
    equal = [i for i, candidate in enumerate(group) if (candidate.date or datetime.date.min, candidate.number or -1) == best]
    if len(equal) == 1:
        return equal[0]
    known = [candidate.date for candidate in group if candidate.date]
    ascending = sum(a < b for a, b in itertools.pairwise(known)) > sum(a > b for a, b in itertools.pairwise(known))
    return equal[-1] if ascending else equal[0]
