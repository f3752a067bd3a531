"""The projection of a parsed document onto its roles: the modules beside this one, put together in order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.model import branches, cochanges, dates, entries, fields, names, orders, pointers, references, sections, statuses, tables
from doclint.model import claims as claim_grammar
from doclint.model import contracts as contract_rows
from doclint.model import items as checklist
from doclint.model import leases as claimed_work
from doclint.model import records as log_records
from doclint.model import strays as stray_values
from doclint.model import units as unit_names
from doclint.model.document import (
    Cell,
    Claim,
    Cochange,
    Column,
    Contract,
    Document,
    Field,
    Item,
    Lease,
    Mode,
    Order,
    Pointer,
    Reference,
    Row,
    Section,
    Status,
    Table,
    Tense,
    Text,
    Unit,
)
from doclint.model.entries import Log
from doclint.model.fields import RawField
from doclint.model.items import RawItem
from doclint.model.lexicon import Lexicon, fold
from doclint.model.outline import Leaf, Outline, outline
from doclint.model.ranges import Ranges
from doclint.model.references import Token
from doclint.model.sections import Head
from doclint.model.tense import Claims, Past
from doclint.model.units import RawUnit, Where
from doclint.text import Source, Span

_SOURCE_OF_TRUTH = late(r"source of truth|defined in|definitions? (?:is|are|live|lives) in|canonical", re.IGNORECASE)
_TOP_LINES = 15


def project(source: Source, root: nodes.Root, lexicon: Lexicon) -> Document:
    """What ``source`` says. ``type`` and ``lifecycle`` are left for the engine to fill in."""
    draft = _draft(source, root, lexicon)
    numbered = _number(draft)
    return Document(
        source=source,
        root=root,
        inlines=tuple((leaf.span, leaf.inline) for leaf in draft.outline.leaves),
        title=_title(draft),
        date=_date(draft),
        status=_status(draft),
        fields=tuple(_fields(draft)),
        sections=tuple(_sections(draft)),
        tables=tuple(_tables(draft)),
        contracts=tuple(_contracts(draft, numbered)),
        units=tuple(_units(draft, numbered)),
        items=tuple(_items(draft, numbered)),
        entries=draft.log.entries,
        pointers=tuple(_pointers(draft, numbered)),
        strays=tuple(stray_values.strays(draft.outline, draft.fields, draft.columns, draft.past.tense, draft.lexicon)),
        records=tuple(log_records.records(draft.outline, draft.fields, draft.columns, draft.roles, draft.past.tense, draft.lexicon)),
        leases=tuple(_leases(draft)),
        orders=tuple(_orders(draft, numbered)),
        cochanges=tuple(_cochanges(draft, numbered)),
        claims=tuple(_claims(draft)),
        references=numbered.references,
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    """What the recognisers found, before references have their numbers. ``index`` and ``homes`` find units by name and by section."""

    source: Source
    lexicon: Lexicon
    outline: Outline
    heads: Sequence[Head]
    columns: Sequence[Sequence[Column]]
    roles: Sequence[str | None]
    log: Log
    past: Past
    fields: Sequence[RawField]
    tokens: Sequence[Sequence[Token]]
    items: Sequence[RawItem]
    units: Sequence[RawUnit]
    index: Mapping[tuple[str, str], int]
    homes: Mapping[int, int]

    def unit_at(self, section: int) -> int | None:
        """The unit whose own section is ``section`` or the nearest one around it."""
        return next((self.homes[one] for one in sections.ancestors(self.outline, section) if one in self.homes), None)


def _draft(source: Source, root: nodes.Root, lexicon: Lexicon) -> _Draft:
    lines = outline(source, root)
    heads = sections.heads(lines, lexicon)
    columns = [tables.columns(lines, table, lexicon) for table in lines.tables]
    roles = [tables.role(cols, heads[table.section].role) for cols, table in zip(columns, lines.tables, strict=True)]
    log = entries.log(lines, heads, roles, columns, lexicon)
    past = Past(log.entries, heads)
    found = list(fields.fields(lines, lexicon))
    tokens = contract_rows.with_symbols(lines, [references.tokens(leaf.inline) for leaf in lines.leaves], columns, roles)
    items = checklist.items(lines, tokens, lexicon)
    units = unit_names.units(lines, heads, found, columns, roles, items, past.tense, lexicon)
    index: dict[tuple[str, str], int] = {}
    for number, unit in enumerate(units):
        index.setdefault((unit.kind, unit.id), number)
    return _Draft(
        source,
        lexicon,
        lines,
        heads,
        columns,
        roles,
        log,
        past,
        found,
        branches.with_branches(lines, tokens, columns, found, units),
        items,
        units,
        index,
        {unit.section: number for number, unit in enumerate(units) if unit.section is not None},
    )


# --- the whole ----------------------------------------------------------------------------------------------------------


def _title(draft: _Draft) -> Text | None:
    if len(draft.outline.sections) < 2:
        return None
    section = next((one for one in draft.outline.sections[1:] if one.level == 1), draft.outline.sections[1])
    assert section.leaf is not None
    leaf = draft.outline.leaves[section.leaf]
    return Text(leaf.span, leaf.inline.text.strip())


def _date(draft: _Draft) -> datetime.date | None:
    """The day that the document gives itself: near its top, in its title, or in its file's name."""
    for raw in draft.fields:
        leaf = draft.outline.leaves[raw.leaf]
        if raw.role in ("date", "updated") and draft.source.position(leaf.span.start).line <= _TOP_LINES:
            day = dates.first(leaf.inline.text[raw.value[0] : raw.value[1]])
            if day:
                return day
    title = _title(draft)
    return (dates.first(title.value) if title else None) or dates.in_name(draft.source.path)


def _status(draft: _Draft) -> Status | None:
    """The status that the document gives itself as a whole: in its front matter, or in a key above its first section."""
    for field in _front_fields(draft):
        reading = statuses.read_value(field.value.value, draft.lexicon) if field.role == "status" else None
        if reading is not None:
            return Status(field.value.span, field.value.value, field.value.span, reading.state, reading.note, partial=reading.partial)
    for raw in draft.fields:
        leaf = draft.outline.leaves[raw.leaf]
        if raw.role == "status" and leaf.section <= 1 and draft.source.position(leaf.span.start).line <= _TOP_LINES:
            status = statuses.status(leaf.inline, *raw.value, draft.lexicon)
            if status is not None:
                return status
    return None


# --- sections, fields, tables -------------------------------------------------------------------------------------------


def _sections(draft: _Draft) -> Iterator[Section]:
    boxes = {item.leaf for item in draft.items if item.marker == "box"}
    deferring = {
        leaf.section
        for number, leaf in enumerate(draft.outline.leaves)
        if number not in boxes and draft.lexicon.deferral.search(leaf.inline.text)
    }
    filled = sections.filled(draft.outline, draft.lexicon)
    for number, (raw, head) in enumerate(zip(draft.outline.sections, draft.heads, strict=True)):
        leaf = draft.outline.leaves[raw.leaf] if raw.leaf is not None else None
        yield Section(
            span=Span(raw.start, raw.end),
            body=Span(raw.body_start, raw.body_end),
            heading=Text(leaf.span if leaf else Span(0, 0), head.text),
            level=raw.level,
            slug=head.slug,
            role=head.role,
            mode=head.mode,
            tense=draft.past.tense(number, raw.start),
            parent=raw.parent,
            date=head.date,
            status=head.status,
            filled=number in filled,
            deferred=head.deferred,
            defers=number in deferring,
        )


def _front_fields(draft: _Draft) -> Iterator[Field]:
    """The front matter's keys that have a plain value."""
    front = draft.outline.front_matter
    if front is None:
        return
    from doclint.markdown.frontmatter import FrontMatterError, load

    try:
        data = load(draft.source, front)
    except FrontMatterError:
        return
    for key, value in data.value.items():
        pointer = "/" + key.replace("~", "~0").replace("/", "~1")
        if isinstance(value, str | int | float) and pointer in data.keys and pointer in data.values:
            name = fold(key)
            yield Field(
                span=Span(data.keys[pointer].start, data.values[pointer].end),
                key=Text(data.keys[pointer], key),
                name=name,
                role=fields.role_of(name, draft.lexicon),
                measure=tables.measure(name, draft.lexicon),
                value=Text(data.values[pointer], str(value)),
                section=0,
                unit=None,
                tense=Tense.CURRENT,
                item=False,
            )


def _fields(draft: _Draft) -> Iterator[Field]:
    yield from _front_fields(draft)
    for raw in draft.fields:
        leaf = draft.outline.leaves[raw.leaf]
        span, key, value = fields.spans(raw, leaf.inline)
        text = leaf.inline.text
        latest = raw.role == "date" and draft.lexicon.latest.search(draft.heads[leaf.section].text)
        yield Field(
            span=span,
            key=Text(key, text[raw.key[0] : raw.key[1]]),
            name=raw.name,
            role="latest" if latest else raw.role,
            measure=tables.measure(raw.name, draft.lexicon),
            value=Text(value, text[raw.value[0] : raw.value[1]].strip()),
            section=leaf.section,
            unit=draft.unit_at(leaf.section),
            tense=draft.past.tense(leaf.section, leaf.span.start),
            item=leaf.item is not None,
        )
    for number, table in enumerate(draft.outline.tables):
        if draft.roles[number] == "fields":
            for row in table.rows:
                if len(row) > 1:
                    yield from _row_field(draft, draft.outline.leaves[row[0]], draft.outline.leaves[row[1]])


def _row_field(draft: _Draft, key: Leaf, value: Leaf) -> Iterator[Field]:
    name = fold(key.inline.text)
    if name:
        yield Field(
            span=Span(key.span.start, value.span.end),
            key=Text(key.span, key.inline.text.strip()),
            name=name,
            role=fields.role_of(name, draft.lexicon),
            measure=tables.measure(name, draft.lexicon),
            value=Text(value.span, value.inline.text.strip()),
            section=key.section,
            unit=draft.unit_at(key.section),
            tense=draft.past.tense(key.section, key.span.start),
            item=False,
        )


def _tables(draft: _Draft) -> Iterator[Table]:
    leaves = draft.outline.leaves
    for number, table in enumerate(draft.outline.tables):
        lead = leaves[table.lead] if table.lead is not None else None
        yield Table(
            span=table.node.span,
            lead=Text(lead.span, lead.inline.text.strip()) if lead else None,
            totals=tables.totals(draft.outline, table, draft.lexicon),
            section=table.section,
            tense=draft.past.tense(table.section, table.node.span.start),
            role=draft.roles[number],
            columns=tuple(draft.columns[number]),
            rows=tuple(
                Row(node.span, tuple(Cell(leaves[leaf].span, leaves[leaf].inline.text.strip()) for leaf in row))
                for node, row in zip(table.node.rows, table.rows, strict=True)
            ),
        )


# --- references ---------------------------------------------------------------------------------------------------------


class _Numbered(NamedTuple):
    """The references in document order, and where the token at (leaf, index) went."""

    references: tuple[Reference, ...]
    numbers: Mapping[tuple[int, int], int]
    tokens: Sequence[Sequence[Token]]

    def within(self, ranges: Sequence[Where], *kinds: str) -> tuple[int, ...]:
        """The references of those kinds that lie in one of the ranges, each once."""
        found = []
        for leaf, start, end in ranges:
            for index, token in enumerate(self.tokens[leaf]):
                # Of "PR: #8" the word stands in the key, and the number in the value.
                if token.kind in kinds and start < token.end <= end and (leaf, index) in self.numbers:
                    found.append(self.numbers[leaf, index])
        return tuple(dict.fromkeys(found))


def _number(draft: _Draft) -> _Numbered:
    claims = Claims(draft.outline, draft.heads, draft.past, draft.items, draft.units, draft.tokens, draft.lexicon)
    pulls = {token.token for leaf in draft.tokens for token in leaf if token.kind == "pull-request" and not token.token.startswith("?")}
    objects = {(item.leaf, index) for item in draft.items for index in item.objects}
    found: list[tuple[Reference, tuple[int, int]]] = []
    for number, leaf in enumerate(draft.outline.leaves):
        made = bool(draft.tokens[number]) and claims.made(number)
        for index, token in enumerate(draft.tokens[number]):
            # In plain text two underscores are emphasis to Markdown and part of the name to its writer: ``lib/__tests__/x.ts``.
            written = draft.source.slice(token.span)
            if token.kind == "path" and "__" in written and written.replace("__", "") == token.token:
                token = token._replace(token=written)
            # A bare "#8" is a pull request where the document calls it one somewhere, or in a column of pull requests.
            if token.token.startswith("?") and token.token[1:] not in pulls and not _in_pull_column(draft, number, leaf):
                continue
            reference = Reference(
                span=token.span,
                kind=token.kind,
                token=token.token.lstrip("?"),
                place="cell" if leaf.table is not None and token.place == "text" else token.place,
                tense=claims.tense(number, token),
                section=leaf.section,
                role="object" if (number, index) in objects else "context",
                symbol=token.symbol,
                first=token.first,
                last=token.last,
                arrow=token.arrow,
                made=made,
            )
            found.append((reference, (number, index)))
    found.sort(key=lambda pair: (pair[0].span.start, pair[0].span.end))
    return _Numbered(tuple(reference for reference, _ in found), {key: position for position, (_, key) in enumerate(found)}, draft.tokens)


def _in_pull_column(draft: _Draft, number: int, leaf: Leaf) -> bool:
    if leaf.table is None or leaf.row is None or leaf.row < 0:
        return False
    position = draft.outline.tables[leaf.table].rows[leaf.row].index(number)
    columns = draft.columns[leaf.table]
    return position < len(columns) and columns[position].role == "pull-request"


# --- units, items, contracts --------------------------------------------------------------------------------------------


def _units(draft: _Draft, numbered: _Numbered) -> Iterator[Unit]:
    children: dict[int, list[int]] = {}
    for number, raw in enumerate(draft.units):
        if raw.parent is not None:
            children.setdefault(raw.parent, []).append(number)
    for number, raw in enumerate(draft.units):
        depends = [
            draft.index[name.key]
            for leaf, start, end in raw.depends_in
            for name in names.find(draft.outline.leaves[leaf].inline.text[start:end], draft.lexicon)
            if name.key in draft.index
        ]
        yield Unit(
            span=raw.span,
            kind=raw.kind,
            id=raw.id,
            title=raw.title,
            name=raw.label,
            statements=raw.statements,
            section=raw.section,
            owner=raw.owner,
            branches=numbered.within(raw.branches_in, "branch"),
            files=numbered.within(raw.files_in, "path", "directory", "glob"),
            outputs=numbered.within(raw.outputs_in, "path", "directory", "glob"),
            pull_requests=numbered.within(raw.pulls_in, "pull-request"),
            commits=numbered.within(raw.commits_in, "commit"),
            depends_on=tuple(dict.fromkeys(one for one in depends if one != number)),
            children=tuple(children.get(number, ())),
        )


def _items(draft: _Draft, numbered: _Numbered) -> Iterator[Item]:
    for raw in draft.items:
        section = draft.outline.list_items[raw.item].section
        own = [index for index in range(len(draft.tokens[raw.leaf])) if (raw.leaf, index) in numbered.numbers]
        yield Item(
            span=raw.span,
            marker=raw.marker,
            mark=raw.mark,
            text=raw.text,
            id=raw.id,
            state=raw.state,
            depth=raw.depth,
            parent=raw.parent,
            section=section,
            unit=draft.unit_at(section),
            tense=draft.past.tense(section, draft.outline.leaves[raw.leaf].span.start),
            verb=raw.verb,
            objects=tuple(numbered.numbers[raw.leaf, index] for index in own if index in raw.objects),
            mentions=tuple(numbered.numbers[raw.leaf, index] for index in own if index not in raw.objects),
            deferred=raw.deferred or draft.heads[section].deferred,
            status=raw.status,
            closing=raw.closing,
            line=raw.line,
        )


def _contracts(draft: _Draft, numbered: _Numbered) -> Iterator[Contract]:
    titles = {fold(text): number for number, unit in enumerate(draft.units) for text in (unit.title, unit.label, unit.owner or "") if text}
    sources: dict[int, Reference | None] = {}
    for raw in contract_rows.contracts(draft.outline, draft.columns, draft.roles, draft.index, titles, draft.lexicon):
        table = draft.outline.tables[raw.table]

        if table.section not in sources:
            sources[table.section] = _source_of_truth(draft, numbered, table.section)

        def first(column: int | None, *kinds: str, row: Sequence[int] = table.rows[raw.row]) -> Reference | None:
            if column is None or column >= len(row):
                return None
            found = numbered.within([(row[column], 0, len(draft.outline.leaves[row[column]].inline.text))], *kinds)
            return numbered.references[found[0]] if found else None

        yield Contract(
            span=table.node.rows[raw.row].span,
            table=raw.table,
            row=raw.row,
            name=raw.name,
            artifact=first(raw.artifact, "path", "directory", "glob"),
            symbol=first(raw.symbol, "symbol", "path"),
            source=first(raw.source, "path") or sources[table.section],
            producers=raw.producers,
            consumers=raw.consumers,
        )


def _source_of_truth(draft: _Draft, numbered: _Numbered, section: int) -> Reference | None:
    """The one path of the section's own sentence "all schemas are defined in …"."""
    for number, leaf in enumerate(draft.outline.leaves):
        if leaf.section == section and leaf.table is None and _SOURCE_OF_TRUTH.search(leaf.inline.text):
            found = numbered.within([(number, 0, len(leaf.inline.text))], "path")
            if len(found) == 1:
                return numbered.references[found[0]]
    return None


# --- pointers, orders and claims ------------------------------------------------------------------------------------------------


def _leases(draft: _Draft) -> Iterator[Lease]:
    for raw in claimed_work.leases(draft.outline, draft.heads, draft.fields, draft.columns, draft.lexicon):
        yield Lease(raw.span, raw.date, raw.name, raw.section, draft.past.tense(raw.section, raw.span.start))


def _pointers(draft: _Draft, numbered: _Numbered) -> Iterator[Pointer]:
    for raw in pointers.pointers(draft.outline, draft.heads, draft.fields, draft.items, draft.units, draft.index, draft.lexicon):
        yield Pointer(
            span=raw.span,
            sense=raw.sense,
            text=Text(raw.span, raw.text),
            units=raw.units,
            pull_requests=numbered.within([raw.where], "pull-request") if raw.where else (),
            section=raw.section,
            tense=raw.tense or draft.past.tense(raw.section, raw.span.start),
            targets=raw.targets,
            place=raw.place,
        )


def _orders(draft: _Draft, numbered: _Numbered) -> Iterator[Order]:
    branches: dict[str, int] = {}
    pulls: dict[str, int] = {}
    bare: dict[str, set[int]] = {}
    for number, raw in enumerate(draft.units):
        for index in numbered.within(raw.branches_in, "branch"):
            branches.setdefault(numbered.references[index].token, number)
        for index in numbered.within(raw.pulls_in, "pull-request"):
            pulls.setdefault(numbered.references[index].token, number)
        if raw.kind not in ("section", "row"):
            bare.setdefault(raw.id, set()).add(number)
    known = orders.Known(draft.index, {id: min(found) for id, found in bare.items() if len(found) == 1}, branches, pulls)
    found = orders.orders(draft.outline, draft.columns, draft.fields, draft.tokens, known, draft.lexicon)
    for order in sorted(found, key=lambda order: order.span):
        yield Order(order.span, order.stages, order.section, draft.past.tense(order.section, order.span.start))


def _cochanges(draft: _Draft, numbered: _Numbered) -> Iterator[Cochange]:
    boxes = {item.leaf for item in draft.items}
    for raw in cochanges.cochanges(draft.outline, draft.tokens, draft.lexicon):
        # What is still to do, or done, is no rule; nor is what a log, a plan or an example says.
        if raw.leaf in boxes or draft.heads[raw.section].mode in (Mode.EXAMPLE, Mode.LOG, Mode.PLAN):
            continue
        yield Cochange(
            span=raw.span,
            when=tuple(numbered.numbers[raw.leaf, index] for index in raw.when if (raw.leaf, index) in numbered.numbers),
            then=tuple(numbered.numbers[raw.leaf, index] for index in raw.then if (raw.leaf, index) in numbered.numbers),
            here=raw.here,
            entry=raw.entry,
            firm=raw.firm,
            section=raw.section,
            tense=draft.past.tense(raw.section, raw.span.start),
        )


def _claims(draft: _Draft) -> Iterator[Claim]:
    values: dict[int, Ranges] = {}
    for field in draft.fields:
        values.setdefault(field.leaf, Ranges()).add(*field.value)
    for number, leaf in enumerate(draft.outline.leaves):
        for raw in claim_grammar.find(leaf.inline.text, draft.lexicon):
            place: claim_grammar.Place = "text"
            if isinstance(leaf.block, nodes.Heading):
                place = "heading"
            elif leaf.table is not None:
                place = "cell"
            elif number in values and values[number].touches(raw.start, raw.start + 1):
                place = "field"
            yield _claim(draft, raw, leaf.inline.span(raw.start, raw.end), leaf.section, place)
    for fence in draft.outline.fences:
        for line in fence.node.lines:
            found = list(claim_grammar.find(draft.source.slice(line), draft.lexicon))
            # In a drawing a bar is a claim, and so is the fraction beside it; other numbers are somebody's output.
            for raw in found if any(raw.kind == "bar" for raw in found) else ():
                if raw.kind in ("bar", "fraction"):
                    yield _claim(draft, raw, Span(line.start + raw.start, line.start + raw.end), fence.section, "fence")


def _claim(draft: _Draft, raw: claim_grammar.RawClaim, span: Span, section: int, place: claim_grammar.Place) -> Claim:
    return Claim(
        span=span,
        kind=raw.kind,
        done=raw.done,
        total=raw.total,
        percent=raw.percent,
        noun=raw.noun,
        section=section,
        unit=draft.unit_at(section),
        tense=draft.past.tense(section, span.start),
        place=place,
    )
