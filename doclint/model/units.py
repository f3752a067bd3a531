"""Units: the sessions, lanes, phases, tasks and pull requests of a document, and all that it says of each.

A unit is named by a heading, a table row, a list item or a key. What bears one name is one unit with several statements, unless the
document uses the name for several things ("Task 1" under every phase): then each stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.model import names, statuses
from doclint.model.document import Column, State, Statement, Status, Tense
from doclint.model.fields import RawField, line_breaks
from doclint.model.fields import spans as field_spans
from doclint.model.items import RawItem
from doclint.model.lexicon import Lexicon, fold, without_end
from doclint.model.names import Name
from doclint.model.outline import Leaf, Outline, RawTable
from doclint.model.sections import Head
from doclint.text import Span

Where = tuple[int, int, int]
"""A range of a leaf's text that belongs to a unit: leaf, start, end."""


class RawUnit(NamedTuple):
    """A unit before its references have their numbers; the ``…_in`` parts name the text ranges that hold them."""

    name: Name
    kind: str
    id: str
    label: str
    title: str
    span: Span
    statements: tuple[Statement, ...]
    section: int | None
    parent: int | None
    owner: str | None
    branches_in: tuple[Where, ...] = ()
    files_in: tuple[Where, ...] = ()
    outputs_in: tuple[Where, ...] = ()
    pulls_in: tuple[Where, ...] = ()
    commits_in: tuple[Where, ...] = ()
    depends_in: tuple[Where, ...] = ()


@dataclass
class _Mention:
    """One place that names a unit, with what it says there."""

    key: tuple[str, str]
    label: str
    title: str
    span: Span
    statement: Statement
    more: list[Statement] = field(default_factory=list)
    section: int | None = None
    owner: str | None = None
    ranges: dict[str, list[Where]] = field(default_factory=dict)
    name: Name | None = None


_ROLES = ("branch", "files", "output", "pull-request", "commit", "depends")
TenseAt = Callable[[int, int], Tense]


def units(
    outline: Outline,
    heads: Sequence[Head],
    fields: Sequence[RawField],
    columns: Sequence[Sequence[Column]],
    table_roles: Sequence[str | None],
    items: Sequence[RawItem],
    tense_at: TenseAt,
    lexicon: Lexicon,
) -> list[RawUnit]:
    """The units, in the order in which the document first names them."""
    headings = list(_headings(outline, heads, fields, tense_at, lexicon))
    others = [
        *_rows(outline, heads, columns, table_roles, tense_at, lexicon),
        *_items(outline, items, tense_at, lexicon),
        *_keys(outline, heads, fields, tense_at, lexicon),
        *_lines(outline, tense_at, lexicon),
    ]
    return _merge(outline, headings, others)


# --- headings ---------------------------------------------------------------------------------------------------------


def _headings(
    outline: Outline, heads: Sequence[Head], fields: Sequence[RawField], tense_at: TenseAt, lexicon: Lexicon
) -> Iterator[_Mention]:
    by_section: dict[int, list[RawField]] = {}
    for raw in fields:
        by_section.setdefault(outline.leaves[raw.leaf].section, []).append(raw)
    for number, head in enumerate(heads):
        section = outline.sections[number]
        if section.leaf is None:
            continue
        own = [raw for raw in by_section.get(number, ()) if not _is_heading(outline, raw)]
        roles = {raw.role for raw in own}
        if head.name is None and not ("status" in roles and roles & {"branch", "files", "output", "owner", "depends"}):
            continue
        # Several statuses below a heading without a name are those of several things.
        if head.name is None and sum(raw.role == "status" for raw in own) > 1:
            continue
        inline = outline.leaves[section.leaf].inline
        tense = tense_at(number, section.start)
        name = head.name
        span = inline.span(name.start, name.end) if name else outline.leaves[section.leaf].span
        label = inline.text[name.start : name.end].strip(" *_`") if name else head.text
        mention = _Mention(
            key=name.key if name else ("section", head.slug),
            label=label,
            title=_title(head.text, name, lexicon),
            span=span,
            statement=Statement(head.status.word if head.status else span, "heading", head.status, number, tense),
            section=number,
            name=name,
        )
        _take_fields(mention, outline, own, number, tense, lexicon)
        if not any(statement.place == "field" for statement in mention.more):
            _take_fields(mention, outline, _nested_status(outline, heads, by_section, number), number, tense, lexicon)
        yield mention


def _nested_status(
    outline: Outline, heads: Sequence[Head], by_section: Mapping[int, Sequence[RawField]], section: int
) -> Sequence[RawField]:
    """The one status line that stands in the sections inside a unit's own, if none of these is a unit itself."""
    found: list[RawField] = []
    for number in range(section + 1, len(outline.sections)):
        if outline.sections[number].start >= outline.sections[section].end:
            break
        if heads[number].name is not None:
            return ()
        found.extend(
            raw for raw in by_section.get(number, ()) if raw.role == "status" and raw.strong and outline.leaves[raw.leaf].item is None
        )
    return found if len(found) == 1 else ()


def _is_heading(outline: Outline, raw: RawField) -> bool:
    section = outline.leaves[raw.leaf].section
    return outline.sections[section].leaf == raw.leaf


def _take_fields(mention: _Mention, outline: Outline, own: Sequence[RawField], section: int, tense: Tense, lexicon: Lexicon) -> None:
    for raw in own:
        leaf = outline.leaves[raw.leaf]
        if raw.role == "status":
            status = statuses.status(leaf.inline, *raw.value, lexicon, trust_signs=True) if raw.value[0] < raw.value[1] else None
            if status is not None and not any(statement.place == "field" for statement in mention.more):
                mention.more.append(Statement(status.word, "field", status, section, tense))
        elif raw.role in _ROLES and raw.value[0] < raw.value[1]:
            mention.ranges.setdefault(raw.role, []).append((raw.leaf, *raw.value))
            _take_nested(mention, outline, raw)
        elif raw.role == "owner" and mention.owner is None:
            mention.owner = leaf.inline.text[raw.value[0] : raw.value[1]].strip(" *_`") or None
        if raw.role in ("files", "output") and raw.value[0] >= raw.value[1]:
            _take_nested(mention, outline, raw)


def _take_nested(mention: _Mention, outline: Outline, raw: RawField) -> None:
    """``Files:`` over a list: what the items name belongs to the key."""
    leaf = outline.leaves[raw.leaf]
    if raw.value[0] < raw.value[1] and leaf.item is None:
        return
    for index in range(raw.leaf + 1, len(outline.leaves)):
        below = outline.leaves[index]
        if below.item is None or below.section != leaf.section:
            break
        if leaf.item is not None and not _inside(outline, below.item, leaf.item):
            break
        mention.ranges.setdefault(str(raw.role), []).append((index, 0, len(below.inline.text)))


def _inside(outline: Outline, item: int, above: int) -> bool:
    current = outline.list_items[item].parent
    while current is not None:
        if current == above:
            return True
        current = outline.list_items[current].parent
    return False


_STATUS_TAIL = late(r"[\s*_`:\-\u2013\u2014|(\[\u23e9-\u23fa\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f300-\U0001faff]+")


def _title(text: str, name: Name | None, lexicon: Lexicon) -> str:
    """What a heading says behind the unit's name, without its status."""
    rest = text[name.end :] if name else text
    reading = statuses.read_heading(text, lexicon, unit_end=name.end if name else None)
    if reading and (not name or reading.start >= name.end):
        rest = without_end(text[name.end if name else 0 : reading.start], _STATUS_TAIL)
    return rest.strip(" *_`:.-\u2013\u2014|()")


# --- rows -------------------------------------------------------------------------------------------------------------


def _rows(
    outline: Outline,
    heads: Sequence[Head],
    columns: Sequence[Sequence[Column]],
    roles: Sequence[str | None],
    tense_at: TenseAt,
    lexicon: Lexicon,
) -> Iterator[_Mention]:
    for number, table in enumerate(outline.tables):
        if roles[number] != "board":
            kind = _listed_as_open(heads[table.section].text, columns[number], lexicon)
            if kind is not None:
                yield from _open_rows(outline, table, columns[number], kind, tense_at, lexicon)
            continue
        cols = columns[number]
        unit_column, kind = _unit_column(cols, lexicon)
        if unit_column and cols[0].role == "title" and _repeats(outline, table.rows, unit_column):
            # "Component | Status | Phase": the phase is what the components are sorted by.
            unit_column, kind = 0, None
        status_column = next((i for i, column in enumerate(cols) if column.role == "status"), None)
        trusted = status_column is not None and _trusts_signs(outline, table.rows, status_column, lexicon)
        for index, row in enumerate(table.rows):
            if not any(outline.leaves[leaf].inline.text.strip() for leaf in row):
                continue
            yield from _row(outline, number, index, row, cols, unit_column, kind, status_column, trusted, tense_at, lexicon)


def _repeats(outline: Outline, rows: Sequence[Sequence[int]], column: int) -> bool:
    """Whether several rows have the same value in a column."""
    values = [fold(outline.leaves[row[column]].inline.text) for row in rows if column < len(row)]
    return len(set(values)) < len(values)


_OPEN_LIST = late(r"^\W*(?:open|outstanding|pending|remaining)\b|\((?:still\s+)?(?:open|outstanding|pending)\)", re.IGNORECASE)
_PLURAL = late(r"([^\W\d_]{3,})s\b")


def _listed_as_open(heading: str, columns: Sequence[Column], lexicon: Lexicon) -> str | None:
    """The noun of what a heading such as "Debts (Open)" lists, where the table below it numbers its rows and has no status of its own."""
    if not _OPEN_LIST.search(heading) or not columns or columns[0].role != "id" or any(column.role == "status" for column in columns):
        return None
    return next((lexicon.unit_nouns[noun] for word in _PLURAL.findall(heading) if (noun := fold(word)) in lexicon.unit_nouns), None)


def _open_rows(
    outline: Outline, table: RawTable, columns: Sequence[Column], kind: str, tense_at: TenseAt, lexicon: Lexicon
) -> Iterator[_Mention]:
    """The rows of a list of open work, but those that are struck out or say themselves that they are closed."""
    titled = next((position for position, column in enumerate(columns) if column.role == "title"), 1)
    for row in table.rows:
        cells = [outline.leaves[leaf] for leaf in row]
        name = names.bare(cells[0].inline.text, kind)
        if name is None or titled >= len(cells) or any(_closes(outline, cell, lexicon) for cell in cells):
            continue
        title = cells[titled].inline.text.strip(" *_`")
        span = cells[0].inline.span(name.start, name.end)
        status = Status(
            span, "open", span, State.NOT_STARTED, "", deferred=any(lexicon.deferral.search(cell.inline.text) for cell in cells)
        )
        section = cells[0].section
        statement = Statement(span, "item", status, section, tense_at(section, span.start))
        yield _Mention(key=name.key, label=f"{kind} {name.id}", title=title, span=span, statement=statement, name=name)


def _closes(outline: Outline, cell: Leaf, lexicon: Lexicon) -> bool:
    if outline.source.slice(cell.span).lstrip().startswith("~~"):
        return True
    reading = statuses.read_value(cell.inline.text, lexicon)
    return reading is not None and reading.from_start and reading.state in (State.DONE, State.DROPPED)


def _trusts_signs(outline: Outline, rows: Sequence[Sequence[int]], column: int, lexicon: Lexicon) -> bool:
    """Whether a status column's signs mean statuses: unless the signs stand alone and are all of the doubtful kind."""
    cells = [outline.leaves[row[column]].inline.text for row in rows if column < len(row)]
    return any(lexicon.state_word.search(cell) for cell in cells)


def _unit_column(columns: Sequence[Column], lexicon: Lexicon) -> tuple[int, str | None]:
    """The column that names the row's unit, and the noun that its header gives."""
    nouns = [lexicon.unit_nouns.get(fold(column.header)) for column in columns]
    if any(noun and noun != "agent" for noun in nouns[:3]):
        index = next(i for i, noun in enumerate(nouns) if noun and noun != "agent")
        return index, nouns[index]
    for role in ("id", "title"):
        for index, column in enumerate(columns):
            if column.role == role:
                return index, nouns[index]
    if any(nouns):
        index = next(i for i, noun in enumerate(nouns) if noun)
        return index, nouns[index]
    return 0, None


def _row(
    outline: Outline,
    table: int,
    index: int,
    row: Sequence[int],
    columns: Sequence[Column],
    unit_column: int,
    kind: str | None,
    status_column: int | None,
    trusted: bool,
    tense_at: TenseAt,
    lexicon: Lexicon,
) -> Iterator[_Mention]:
    if unit_column >= len(row):
        return
    leaf = outline.leaves[row[unit_column]]
    name = names.at_start(leaf.inline.text, lexicon)
    if name is None and kind is not None:
        name = names.bare(leaf.inline.text, kind)
    tense = tense_at(leaf.section, leaf.span.start)
    status: Status | None = None
    span = leaf.inline.span(name.start, name.end) if name else leaf.span
    if status_column is not None and status_column < len(row):
        cell = outline.leaves[row[status_column]]
        if cell.inline.text.strip():
            status = statuses.status(cell.inline, 0, len(cell.inline.text), lexicon, trust_signs=trusted)
    text = leaf.inline.text
    title = text[name.end :].strip(" *_`:.-\u2013\u2014|()") if name else text.strip(" *_`")
    # A running number is no title.
    if not re.search(r"[^\W\d_]", title):
        other = next((i for i, column in enumerate(columns) if column.role == "title" and i != unit_column and i < len(row)), None)
        title = outline.leaves[row[other]].inline.text.strip(" *_`") if other is not None else title
    mention = _Mention(
        key=name.key if name else ("row", f"{table}.{index}"),
        label=text[name.start : name.end].strip(" *_`") if name else title,
        title=title,
        span=span,
        statement=Statement(status.word if status else span, "row", status, leaf.section, tense),
        name=name,
    )
    if name is not None and kind is not None and mention.label.lstrip("#").upper() == name.id:
        mention.label = f"{kind} {mention.label}" if kind != "pull-request" else f"PR #{name.id}"
    for column, number in zip(columns, row, strict=False):
        cell = outline.leaves[number]
        if not cell.inline.text.strip():
            continue
        if column.role in _ROLES:
            mention.ranges.setdefault(column.role, []).append((number, 0, len(cell.inline.text)))
        elif column.role == "owner" and mention.owner is None and number != row[unit_column]:
            mention.owner = cell.inline.text.strip(" *_`")
    if name is not None and name.kind == "pull-request":
        mention.ranges.setdefault("pull-request", []).append((row[unit_column], 0, len(text)))
    yield mention


# --- items and keys ---------------------------------------------------------------------------------------------------


def _items(outline: Outline, items: Sequence[RawItem], tense_at: TenseAt, lexicon: Lexicon) -> Iterator[_Mention]:
    for item in items:
        inline = outline.leaves[item.leaf].inline
        name = names.at_start(inline.text[item.start :], lexicon)
        if name is None or name.last is not None:
            continue
        start, end = item.start + name.start, item.start + name.end
        span = inline.span(start, end)
        section = outline.list_items[item.item].section
        status = item.status or Status(item.mark.span, item.mark.value, item.mark.span, item.state, "", deferred=item.deferred)
        yield _Mention(
            key=name.key,
            label=inline.text[start:end].strip(" *_`"),
            title=inline.text[end:].strip(" *_`:.-\u2013\u2014|()")[:120],
            span=span,
            statement=Statement(status.word, "item", status, section, tense_at(section, span.start)),
            name=name,
        )


# What may stand between a unit's name in a key and the key's end: nothing, "status", or a title that is set off.
_KEY_TAIL = late(r"\W*(?:status\W*|(?:\s*[:(\[]|\s+[-\u2013\u2014])\s*(?P<title>[^\n]{2,80}?)[\s)\]*_:]*)?", re.IGNORECASE)


def _keys(outline: Outline, heads: Sequence[Head], fields: Sequence[RawField], tense_at: TenseAt, lexicon: Lexicon) -> Iterator[_Mention]:
    """``Phase 2: complete``, ``Phase 2 status: complete``, ``Phase 2 (the importer): complete``: a key that names a unit and no more."""
    for raw in fields:
        leaf = outline.leaves[raw.leaf]
        key = leaf.inline.text[raw.key[0] : raw.key[1]]
        if raw.role is not None or raw.value[0] >= raw.value[1] or _is_heading(outline, raw):
            continue
        name = names.at_start(key, lexicon)
        tail = _KEY_TAIL.fullmatch(key, name.end) if name is not None else None
        if name is None or tail is None:
            continue
        status = _said_at(leaf, raw.value, lexicon)
        _, key_span, _ = field_spans(raw, leaf.inline)
        if status is not None:
            yield _Mention(
                key=name.key,
                label=key[name.start : name.end].strip(" *_`"),
                # "Phase 3: complete (the importer)" says which Phase 3 it means.
                title=tail["title"] or (status.note[:120] if re.search(r"[^\W\d_]{3}", status.note) else ""),
                span=key_span,
                statement=Statement(status.word, "field", status, leaf.section, tense_at(leaf.section, key_span.start)),
                name=name,
            )


# A longer text in bold is a sentence; where a title may end is tried at each of its characters.
_LONGEST_LINE = 160
_BEFORE_STATUS = late(r"\s*(?:\([^()]{1,40}\))?[\s\u2013\u2014:-]*")


def _lines(outline: Outline, tense_at: TenseAt, lexicon: Lexicon) -> Iterator[_Mention]:
    """``**Phase 2: the importer** ✅ COMPLETE``: a line that begins in bold, as a heading might, and says a status."""
    for leaf in outline.leaves:
        if not isinstance(leaf.block, nodes.Paragraph) or leaf.item is not None or leaf.quoted:
            continue
        for start, bold_end, end in _bold_lines(leaf):
            bold = leaf.inline.text[start:bold_end]
            name = names.at_start(bold, lexicon)
            rest = leaf.inline.text[bold_end:end]
            # What ends in a colon is a key.
            if name is None or name.last is not None or bold.rstrip().endswith(":") or rest.startswith(":"):
                continue
            part = None
            if rest.strip():
                # "**Phase 1** (Day 1) - ✅ COMPLETE"
                opening = _BEFORE_STATUS.match(rest)
                begin = bold_end + (opening.end() if opening else 0)
                part = (begin, end) if _KEY_TAIL.fullmatch(bold, name.end) else None
            elif (reading := statuses.read_heading(bold, lexicon, unit_end=name.end)) is not None and reading.start >= name.end:
                part = (start + reading.start, bold_end)
            status = _said_at(leaf, part, lexicon) if part is not None else None
            if status is None:
                continue
            span = leaf.inline.span(start + name.start, start + name.end)
            yield _Mention(
                key=name.key,
                label=bold[name.start : name.end].strip(" `"),
                title=_title(bold, name, lexicon),
                span=span,
                statement=Statement(status.word, "line", status, leaf.section, tense_at(leaf.section, span.start)),
                name=name,
            )


def _bold_lines(leaf: Leaf) -> Iterator[tuple[int, int, int]]:
    """The lines of a leaf that begin in bold: where each begins, where the bold ends, and where the line does."""
    at = leaf.inline.at
    ends = {
        at(node.content.start): at(node.content.end)
        for node in leaf.inline.nodes
        if isinstance(node, nodes.Emphasis) and node.strength == 2
    }
    if ends:
        yield from (
            (start, ends[start], end)
            for start, end in line_breaks(leaf)
            if start in ends and ends[start] <= min(end, start + _LONGEST_LINE)
        )


def _said_at(leaf: Leaf, part: tuple[int, int], lexicon: Lexicon) -> Status | None:
    """The status that a part of a leaf's text begins with, if it is a known one and more than a word such as "ready"."""
    text = leaf.inline.text[part[0] : part[1]]
    reading = statuses.read_value(text, lexicon)
    if reading is None or not reading.from_start or fold(text[reading.start : reading.end]) in lexicon.weak:
        return None
    status = statuses.status(leaf.inline, *part, lexicon)
    return status if status is not None and status.state is not State.UNKNOWN else None


# --- merging ----------------------------------------------------------------------------------------------------------


def _merge(outline: Outline, headings: Sequence[_Mention], others: Sequence[_Mention]) -> list[RawUnit]:
    by_key: dict[tuple[str, str], list[_Mention]] = {}
    for mention in headings:
        by_key.setdefault(mention.key, []).append(mention)
    groups: list[list[_Mention]] = []
    home: dict[tuple[str, str], list[_Mention]] = {}
    for key, mentions in by_key.items():
        current = [mention for mention in mentions if mention.statement.tense is not Tense.HISTORICAL]
        if len(current) <= 1:
            groups.append(sorted(mentions, key=lambda m: m.statement.tense is Tense.HISTORICAL))
            home[key] = groups[-1]
        else:
            groups.extend([mention] for mention in mentions)
    loose: dict[tuple[str, str], list[_Mention]] = {}
    for mention in others:
        if mention.key in home and _akin(home[mention.key][0], mention):
            home[mention.key].append(mention)
        elif mention.key in by_key:
            groups.append([mention])
        else:
            loose.setdefault(mention.key, []).append(mention)
    for mentions in loose.values():
        while mentions:
            first, *rest = mentions
            kin = [_akin(first, mention) for mention in rest]
            groups.append([first, *(mention for mention, akin in zip(rest, kin, strict=True) if akin)])
            mentions = [mention for mention, akin in zip(rest, kin, strict=True) if not akin]
    groups.sort(key=lambda group: min(mention.span.start for mention in group))
    sections = {group[0].section: number for number, group in enumerate(groups) if group[0].section is not None}
    return [_unit(outline, group, sections) for group in groups]


_SMALL = frozenset("a an and as at by for from in of on or the to with phase session task day week step milestone part".split())


def _akin(one: _Mention, other: _Mention) -> bool:
    """Whether two mentions of one name can mean one thing: a title is missing, or the titles share a word."""
    a = {word for word in re.findall(r"\w+", one.title.casefold()) if word not in _SMALL}
    b = {word for word in re.findall(r"\w+", other.title.casefold()) if word not in _SMALL}
    return not a or not b or bool(a & b)


def _weight(statement: Statement) -> tuple[bool, bool, int]:
    """What is past comes last, and what stands on a line of its own first."""
    return statement.tense is Tense.HISTORICAL, statement.place not in ("field", "line"), statement.span.start


def _unit(outline: Outline, group: Sequence[_Mention], sections: Mapping[int, int]) -> RawUnit:
    first = group[0]
    statements: list[Statement] = []
    ranges: dict[str, list[Where]] = {}
    for mention in group:
        if mention.statement.status is not None or not mention.more:
            statements.append(mention.statement)
        statements.extend(mention.more)
        if mention.statement.tense is not Tense.HISTORICAL:
            for role, where in mention.ranges.items():
                ranges.setdefault(role, []).extend(where)
    parent = None
    if first.section is not None:
        above = outline.sections[first.section].parent
        while above is not None and above not in sections:
            above = outline.sections[above].parent
        parent = sections[above] if above is not None else None
    statements.sort(key=_weight)
    return RawUnit(
        name=first.name or Name(0, 0, *first.key),
        kind=first.key[0],
        id=first.key[1],
        label=first.label,
        # What a list item says behind a unit's name ("Session K merged") is about it, and no title.
        title=first.title or next((one.title for one in group if one.title and one.statement.place != "item"), ""),
        span=first.span,
        statements=tuple(statements),
        section=first.section,
        parent=parent,
        owner=next((mention.owner for mention in group if mention.owner), None),
        branches_in=tuple(ranges.get("branch", ())),
        files_in=tuple(ranges.get("files", ())),
        outputs_in=tuple(ranges.get("output", ())),
        pulls_in=tuple(ranges.get("pull-request", ())),
        commits_in=tuple(ranges.get("commit", ())),
        depends_in=tuple(ranges.get("depends", ())),
    )
