"""The projection of a parsed document onto its roles: the modules beside this one, put together in order."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doclint.markdown import nodes
from doclint.markdown.nodes import Inline
from doclint.model import claims as claim_grammar
from doclint.model import contracts as contract_rows
from doclint.model import dates, entries, fields, names, references, sections, tables
from doclint.model import items as checklist
from doclint.model import units as unit_names
from doclint.model.document import (
    Cell,
    Claim,
    Column,
    Contract,
    Document,
    Entry,
    Field,
    Item,
    Mode,
    Pointer,
    Reference,
    Row,
    Section,
    State,
    Table,
    Tense,
    Text,
    Unit,
)
from doclint.model.fields import RawField
from doclint.model.items import RawItem
from doclint.model.lexicon import Lexicon, fold
from doclint.model.outline import Leaf, Outline, outline
from doclint.model.references import Token
from doclint.model.sections import Head
from doclint.model.units import RawUnit, Where
from doclint.text import Source, Span

_BRANCH_NAME = re.compile(r"(?![-/.])(?!.*(?:\.\.|//|@\{|\\))[\w.\-/+#@]+(?<![/.])$")
_NO_BRANCH = frozenset(("tbd", "none", "n/a", "-", "todo", "pending", "merged", "various", "local", "same", "yes", "no", "your-branch"))
_SOURCE_OF_TRUTH = re.compile(r"source of truth|defined in|definitions? (?:is|are|live|lives) in|canonical", re.IGNORECASE)
_BRANCH_WORD_BEFORE = re.compile(r"(?:\bbranch(?:es)?|\bon|\bmerge[ds]?|\bblanch|ブランチ|分支)[\s:`*(]*$", re.IGNORECASE)
_BRANCH_WORD_AFTER = re.compile(r"[\s`*)]*branch\b", re.IGNORECASE)


def project(source: Source, root: nodes.Root, lexicon: Lexicon) -> Document:
    """What ``source`` says. ``type`` and ``lifecycle`` are left for the engine to fill in."""
    return _Projection(source, root, lexicon).document()


@dataclass(frozen=True, slots=True)
class _Tables:
    columns: tuple[tuple[Column, ...], ...]
    roles: tuple[str | None, ...]


class _Projection:
    """The steps share their results; each is computed once, in this order."""

    def __init__(self, source: Source, root: nodes.Root, lexicon: Lexicon) -> None:
        self.source, self.root, self.lexicon = source, root, lexicon
        self.outline: Outline = outline(source, root)
        self.heads: tuple[Head, ...] = sections.heads(self.outline, lexicon)
        columns = tuple(tables.columns(self.outline, table, lexicon) for table in self.outline.tables)
        roles = tuple(
            tables.role(cols, self.heads[table.section].role) for cols, table in zip(columns, self.outline.tables, strict=True)
        )
        self.tables = _Tables(columns, roles)
        self.log = entries.log(self.outline, self.heads, roles, columns)
        self.past = _Past(self.log.entries, self.heads, self.outline)
        self.fields: list[RawField] = list(fields.fields(self.outline, lexicon))
        self.tokens: list[list[Token]] = [references.tokens(leaf.inline) for leaf in self.outline.leaves]
        self.items: list[RawItem] = checklist.items(self.outline, self.tokens, lexicon)
        self.units: list[RawUnit] = unit_names.units(
            self.outline, self.heads, self.fields, columns, roles, self.items, self.past.tense, lexicon
        )

    def document(self) -> Document:
        units = self._unit_index()
        found, numbers = self._references()
        self.numbers = numbers
        items = self._items(found)
        built = self._units()
        return Document(
            source=self.source,
            root=self.root,
            inlines=tuple((leaf.span, leaf.inline) for leaf in self.outline.leaves),
            title=self._title(),
            date=self._date(),
            fields=tuple(self._fields()),
            sections=tuple(self._sections()),
            tables=tuple(self._tables()),
            contracts=tuple(self._contracts(units, found)),
            units=tuple(built),
            items=tuple(items),
            entries=self.log.entries,
            pointers=tuple(self._pointers(units)),
            claims=tuple(self._claims()),
            references=tuple(found),
        )

    # --- the whole ----------------------------------------------------------------------------------------------------

    def _title(self) -> Text | None:
        for section in self.outline.sections[1:]:
            assert section.leaf is not None
            leaf = self.outline.leaves[section.leaf]
            if section.level == 1 or section is self.outline.sections[1]:
                return Text(leaf.span, leaf.inline.text.strip())
        return None

    def _date(self) -> object:
        """The day that the document gives itself near its top."""
        for raw in self.fields:
            leaf = self.outline.leaves[raw.leaf]
            if raw.role in ("date", "updated") and self.source.position(leaf.span.start).line <= 15:
                day = dates.first(leaf.inline.text[raw.value[0] : raw.value[1]])
                if day:
                    return day
        title = self._title()
        return (dates.first(title.value) if title else None) or dates.in_name(self.source.path)

    # --- sections, fields, tables --------------------------------------------------------------------------------------

    def _sections(self) -> Iterator[Section]:
        for number, (raw, head) in enumerate(zip(self.outline.sections, self.heads, strict=True)):
            leaf = self.outline.leaves[raw.leaf] if raw.leaf is not None else None
            yield Section(
                span=Span(raw.start, raw.end),
                body=Span(raw.body_start, raw.body_end),
                heading=Text(leaf.span if leaf else Span(0, 0), head.text),
                level=raw.level,
                slug=head.slug,
                role=head.role,
                mode=head.mode,
                tense=self.past.tense(number, raw.start),
                parent=raw.parent,
                date=head.date,
                status=head.status,
                deferred=head.deferred,
                defers=number in self.deferring,
            )

    @property
    def deferring(self) -> frozenset[int]:
        """The sections whose text, boxes apart, puts something off."""
        if not hasattr(self, "_deferring"):
            boxes = {item.leaf for item in self.items if item.marker == "box"}
            self._deferring = frozenset(
                leaf.section
                for number, leaf in enumerate(self.outline.leaves)
                if number not in boxes and self.lexicon.deferral.search(leaf.inline.text)
            )
        return self._deferring

    def _unit_at(self, section: int) -> int | None:
        """The unit whose own section is ``section`` or the nearest one around it."""
        for around in sections.ancestors(self.outline, section):
            if around in self.unit_sections:
                return self.unit_sections[around]
        return None

    @property
    def unit_sections(self) -> dict[int, int]:
        """Which unit a section belongs to."""
        if not hasattr(self, "_unit_sections"):
            self._unit_sections = {unit.section: number for number, unit in enumerate(self.units) if unit.section is not None}
        return self._unit_sections

    def _fields(self) -> Iterator[Field]:
        for raw in self.fields:
            leaf = self.outline.leaves[raw.leaf]
            span, key, value = fields.spans(raw, leaf.inline)
            text = leaf.inline.text
            yield Field(
                span=span,
                key=Text(key, text[raw.key[0] : raw.key[1]]),
                name=raw.name,
                role=raw.role,
                value=Text(value, text[raw.value[0] : raw.value[1]].strip()),
                section=leaf.section,
                unit=self._unit_at(leaf.section),
                tense=self.past.tense(leaf.section, leaf.span.start),
                item=leaf.item is not None,
            )
        yield from self._table_fields()

    def _table_fields(self) -> Iterator[Field]:
        for number, table in enumerate(self.outline.tables):
            if self.tables.roles[number] != "fields":
                continue
            for row in table.rows:
                if len(row) < 2:
                    continue
                key, value = self.outline.leaves[row[0]], self.outline.leaves[row[1]]
                name = fold(key.inline.text)
                if name:
                    yield Field(
                        span=Span(key.span.start, value.span.end),
                        key=Text(key.span, key.inline.text.strip()),
                        name=name,
                        role=fields.role_of(name, self.lexicon),
                        value=Text(value.span, value.inline.text.strip()),
                        section=table.section,
                        unit=self._unit_at(table.section),
                        tense=self.past.tense(table.section, key.span.start),
                        item=False,
                    )

    def _tables(self) -> Iterator[Table]:
        for number, table in enumerate(self.outline.tables):
            rows = []
            for index, row in enumerate(table.rows):
                cells = tuple(Cell(self.outline.leaves[leaf].span, self.outline.leaves[leaf].inline.text.strip()) for leaf in row)
                rows.append(Row(table.node.rows[index].span, cells))
            lead = self.outline.leaves[table.lead] if table.lead is not None else None
            yield Table(
                span=table.node.span,
                lead=Text(lead.span, lead.inline.text.strip()) if lead else None,
                section=table.section,
                tense=self.past.tense(table.section, table.node.span.start),
                role=self.tables.roles[number],
                columns=self.tables.columns[number],
                rows=tuple(rows),
            )

    # --- references ---------------------------------------------------------------------------------------------------

    def _references(self) -> tuple[list[Reference], dict[tuple[int, int], int]]:
        """All references in order, and where the token (leaf, index) went."""
        self._read_branches()
        pulls = self._pull_numbers()
        objects = {(item.leaf, index) for item in self.items for index in item.objects}
        states = {item.leaf: item for item in self.items}
        found: list[tuple[Reference, tuple[int, int]]] = []
        for number, leaf in enumerate(self.outline.leaves):
            for index, token in enumerate(self.tokens[number]):
                name = token.token
                if token.kind == "pull-request":
                    if name.startswith("?") and name[1:] not in pulls and not self._in_pull_column(leaf):
                        continue
                    name = name.lstrip("?")
                place = token.place
                if leaf.table is not None and place == "text":
                    place = "cell"
                reference = Reference(
                    span=token.span,
                    kind=token.kind,
                    token=name,
                    place=place,
                    tense=self._tense_of(leaf, token, states.get(number), (number, index) in objects),
                    section=leaf.section,
                    role="object" if (number, index) in objects else "context",
                    symbol=token.symbol,
                    first=token.first,
                    last=token.last,
                    arrow=token.arrow,
                )
                found.append((reference, (number, index)))
        found.sort(key=lambda pair: (pair[0].span.start, pair[0].span.end))
        return [reference for reference, _ in found], {key: position for position, (_, key) in enumerate(found)}

    def _pull_numbers(self) -> frozenset[str]:
        return frozenset(
            token.token for leaf in self.tokens for token in leaf if token.kind == "pull-request" and not token.token.startswith("?")
        )

    def _in_pull_column(self, leaf: Leaf) -> bool:
        if leaf.table is None or leaf.row is None or leaf.row < 0:
            return False
        row = self.outline.tables[leaf.table].rows[leaf.row]
        position = next((i for i, number in enumerate(row) if self.outline.leaves[number] is leaf), None)
        columns = self.tables.columns[leaf.table]
        return position is not None and position < len(columns) and columns[position].role == "pull-request"

    def _tense_of(self, leaf: Leaf, token: Token, item: RawItem | None, is_object: bool) -> Tense:
        tense = self.past.tense(leaf.section, token.span.start)
        if tense is Tense.HISTORICAL:
            return tense
        if self.heads[leaf.section].mode in (Mode.PLAN, Mode.EXAMPLE) or self._is_planned(leaf.section):
            return Tense.NONE
        if item is not None and item.state is not State.DONE and item.verb in (None, "create"):
            return Tense.NONE
        if item is not None and (item.state is State.DROPPED or item.verb == "remove"):
            return Tense.NONE
        if leaf.table is not None and leaf.row is not None and leaf.row >= 0:
            state = self._row_states.get((leaf.table, leaf.row))
            if state in (State.NOT_STARTED, State.DROPPED):
                return Tense.NONE
        if self._is_denied(leaf, token):
            return Tense.NONE
        return tense

    @property
    def _row_states(self) -> dict[tuple[int, int], State]:
        if not hasattr(self, "_rows_cache"):
            self._rows_cache: dict[tuple[int, int], State] = {}
            at = {table.node.rows[i].span.start: (t, i) for t, table in enumerate(self.outline.tables) for i in range(len(table.rows))}
            starts = sorted(at)
            for unit in self.units:
                for statement in unit.statements:
                    if statement.place == "row" and statement.status is not None:
                        position = bisect.bisect_right(starts, statement.span.start) - 1
                        if position >= 0:
                            self._rows_cache[at[starts[position]]] = statement.status.state
        return self._rows_cache

    def _is_planned(self, section: int) -> bool:
        """Whether the section belongs to a unit that has not begun, by whatever field says so."""
        number = self._unit_at(section)
        if number is None:
            return False
        unit = self.units[number]
        for statement in unit.statements:
            if statement.status is not None and statement.tense is not Tense.HISTORICAL:
                return statement.status.state in (State.NOT_STARTED, State.DROPPED)
        return False

    def _is_denied(self, leaf: Leaf, token: Token) -> bool:
        """Whether the sentence, or the words that lead in to a list, take back that the thing is there."""
        text = leaf.inline.text
        start = max((match.end() for match in re.finditer(r"[.;!?]\s|\n", text[: token.start])), default=0)
        stop = re.search(r"[.;!?]\s", text[token.end :])
        end = token.end + stop.start() + 1 if stop else len(text)
        around = text[start : token.start] + " " + text[token.end : end]
        if self.lexicon.denial.search(around) or "?" in text[end - 1 : end + 1]:
            return True
        for section in sections.ancestors(self.outline, leaf.section)[:2]:
            if self.lexicon.denial.search(self.heads[section].text) and section != 1:
                return True
        return leaf.item is not None and self._lead_denies(leaf.item)

    def _lead_denies(self, item: int) -> bool:
        current: int | None = item
        while current is not None:
            above = self.outline.list_items[current].parent
            if above is not None:
                opener = self.outline.list_items[above].leaf
                if opener is not None and self.lexicon.denial.search(self.outline.leaves[opener].inline.text):
                    return True
            current = above
        lead = self.leads.get(self.outline.list_items[item].list)
        return lead is not None and bool(self.lexicon.denial.search(lead))

    @property
    def leads(self) -> dict[int, str]:
        """The paragraph that leads in to a list ("Files to delete:"), by list."""
        if not hasattr(self, "_leads"):
            self._leads: dict[int, str] = {}
            previous = ""
            for leaf in self.outline.leaves:
                if leaf.item is None:
                    previous = leaf.inline.text if isinstance(leaf.block, nodes.Paragraph) and leaf.inline.text.rstrip().endswith(":") else ""
                else:
                    self._leads.setdefault(self.outline.list_items[leaf.item].list, previous)
        return self._leads

    # --- branches -----------------------------------------------------------------------------------------------------

    def _read_branches(self) -> None:
        """Names in branch fields, branch columns and beside the word "branch" are branches, whatever else they look like."""
        ranges: list[Where] = [where for unit in self.units for where in unit.branches_in]
        for raw in self.fields:
            if raw.role == "branch":
                ranges.append((raw.leaf, *raw.value))
        for table, columns in zip(self.outline.tables, self.tables.columns, strict=True):
            for position, column in enumerate(columns):
                if column.role == "branch":
                    ranges.extend((row[position], 0, 1 << 30) for row in table.rows if position < len(row))
        wanted: dict[int, list[tuple[int, int]]] = {}
        for leaf, start, end in ranges:
            wanted.setdefault(leaf, []).append((start, min(end, len(self.outline.leaves[leaf].inline.text))))
        for number, leaf_ in enumerate(self.outline.leaves):
            if number in wanted or any(isinstance(node, nodes.Code) for node in leaf_.inline.nodes):
                self.tokens[number] = self._with_branches(leaf_.inline, self.tokens[number], wanted.get(number, ()))

    def _with_branches(self, inline: Inline, tokens: list[Token], ranges: Sequence[tuple[int, int]]) -> list[Token]:
        text = inline.text
        found: list[Token] = []
        for node in inline.nodes:
            if not isinstance(node, nodes.Code):
                continue
            start = bisect.bisect_left(inline.offsets, node.content.start, 0, len(text))
            end = bisect.bisect_left(inline.offsets, node.content.end, 0, len(text))
            inside = any(a <= start and end <= b for a, b in ranges)
            beside = bool(_BRANCH_WORD_AFTER.match(text, end)) or bool(re.search(r"\bbranch(?:es)?[\s:`*(]*$", text[:start], re.IGNORECASE))
            name = text[start:end].strip()
            if (inside or beside) and _is_branch(name):
                found.append(Token(start, end, inline.span(start, end), "branch", name, "code"))
        for start, end in ranges:
            if any(start <= token.start < end for token in found) or "`" in text[start:end]:
                continue
            match = re.match(r"[\s*_]*([\w.\-/+#@]+)", text[start:end])
            if match and _is_branch(match[1]) and re.search(r"[/\-_]", match[1]):
                low = start + match.start(1)
                found.append(Token(low, low + len(match[1]), inline.span(low, low + len(match[1])), "branch", match[1], "text"))
        if not found:
            return tokens
        kept = [token for token in tokens if not any(token.start < branch.end and branch.start < token.end for branch in found)]
        return sorted([*kept, *found], key=lambda token: (token.start, token.end))

    # --- units, items, contracts ---------------------------------------------------------------------------------------

    def _unit_index(self) -> dict[tuple[str, str], int]:
        index: dict[tuple[str, str], int] = {}
        for number, unit in enumerate(self.units):
            index.setdefault((unit.kind, unit.id), number)
        return index

    def _within(self, ranges: Sequence[Where], *kinds: str) -> tuple[int, ...]:
        found = []
        for leaf, start, end in ranges:
            for index, token in enumerate(self.tokens[leaf]):
                if token.kind in kinds and start <= token.start and token.end <= end and (leaf, index) in self.numbers:
                    found.append(self.numbers[leaf, index])
        return tuple(dict.fromkeys(found))

    def _units(self) -> Iterator[Unit]:
        index = self._unit_index()
        children: dict[int, list[int]] = {}
        for number, raw in enumerate(self.units):
            if raw.parent is not None:
                children.setdefault(raw.parent, []).append(number)
        for number, raw in enumerate(self.units):
            depends = []
            for leaf, start, end in raw.depends_in:
                text = self.outline.leaves[leaf].inline.text[start:end]
                depends.extend(index[name.key] for name in names.find(text, self.lexicon) if name.key in index)
            yield Unit(
                span=raw.span,
                kind=raw.kind,
                id=raw.id,
                title=raw.title,
                name=raw.label,
                statements=raw.statements,
                section=raw.section,
                owner=raw.owner,
                branches=self._within(raw.branches_in, "branch"),
                files=self._within(raw.files_in, "path", "directory", "glob"),
                outputs=self._within(raw.outputs_in, "path", "directory", "glob"),
                pull_requests=self._within(raw.pulls_in, "pull-request"),
                commits=self._within(raw.commits_in, "commit"),
                depends_on=tuple(dict.fromkeys(number_ for number_ in depends if number_ != number)),
                children=tuple(children.get(number, ())),
            )

    def _items(self, found: Sequence[Reference]) -> Iterator[Item]:
        for raw in self.items:
            leaf = self.outline.leaves[raw.leaf]
            own = [index for index in range(len(self.tokens[raw.leaf])) if (raw.leaf, index) in self.numbers]
            section = self.outline.list_items[raw.item].section
            yield Item(
                span=raw.span,
                marker="box" if raw.marker == "box" else "sign",
                mark=raw.mark,
                text=raw.text,
                state=raw.state,
                depth=raw.depth,
                parent=raw.parent,
                section=section,
                unit=self._unit_at(section),
                tense=self.past.tense(section, leaf.span.start),
                verb=raw.verb,
                objects=tuple(self.numbers[raw.leaf, i] for i in raw.objects if (raw.leaf, i) in self.numbers),
                mentions=tuple(self.numbers[raw.leaf, i] for i in own if i not in raw.objects),
                deferred=raw.deferred or self.heads[section].deferred,
                status=raw.status,
                line=raw.line,
            )

    def _contracts(self, units: dict[tuple[str, str], int], found: Sequence[Reference]) -> Iterator[Contract]:
        titles = {fold(text): number for number, unit in enumerate(self.units) for text in (unit.title, unit.label, unit.owner or "") if text}
        for raw in contract_rows.contracts(self.outline, self.tables.columns, self.tables.roles, units, titles, self.lexicon):
            table = self.outline.tables[raw.table]
            row = table.rows[raw.row]

            def first(position: int | None, *kinds: str, row: Sequence[int] = row) -> Reference | None:
                if position is None or position >= len(row):
                    return None
                leaf = row[position]
                numbers = self._within([(leaf, 0, len(self.outline.leaves[leaf].inline.text))], *kinds)
                return found[numbers[0]] if numbers else None

            yield Contract(
                span=table.node.rows[raw.row].span,
                table=raw.table,
                row=raw.row,
                name=raw.name,
                artifact=first(raw.artifact, "path", "directory", "glob"),
                symbol=first(raw.symbol, "symbol"),
                source=first(raw.source, "path") or self._source_of_truth(table.section, found),
                producers=raw.producers,
                consumers=raw.consumers,
            )

    def _source_of_truth(self, section: int, found: Sequence[Reference]) -> Reference | None:
        """The one path of the section's own sentence "all schemas are defined in …"."""
        for number, leaf in enumerate(self.outline.leaves):
            if leaf.section == section and leaf.table is None and _SOURCE_OF_TRUTH.search(leaf.inline.text):
                numbers = self._within([(number, 0, len(leaf.inline.text))], "path")
                if len(numbers) == 1:
                    return found[numbers[0]]
        return None

    # --- pointers and claims ------------------------------------------------------------------------------------------

    def _pointers(self, units: dict[tuple[str, str], int]) -> Iterator[Pointer]:
        for raw in self.fields:
            leaf = self.outline.leaves[raw.leaf]
            if raw.role not in ("current", "next", "order") or raw.value[0] >= raw.value[1]:
                continue
            text = leaf.inline.text[raw.value[0] : raw.value[1]]
            _, _, span = fields.spans(raw, leaf.inline)
            found = []
            if raw.role == "order":
                found = [units[name.key] for name in names.find(text, self.lexicon) if name.key in units]
            else:
                name = names.at_start(text, self.lexicon)
                noun = self.lexicon.unit_nouns.get(raw.name.split()[-1]) if raw.name else None
                if name is None and noun is not None:
                    name = names.bare(text, noun)
                if name is not None and name.key in units:
                    found = [units[name.key]]
            if raw.role == "current" and raw.name in ("phase", "now") and self._unit_at(leaf.section) is not None:
                continue
            yield Pointer(
                span=span,
                sense="order" if raw.role == "order" else "current" if raw.role == "current" else "next",
                text=Text(span, text.strip()),
                units=tuple(found),
                pull_requests=self._within([(raw.leaf, *raw.value)], "pull-request"),
                section=leaf.section,
                tense=self.past.tense(leaf.section, leaf.span.start),
            )

        for unit in self.units:
            for statement in unit.statements:
                note = statement.status.note if statement.status is not None else ""
                if not re.search(r"\b(?:pending|remaining|outstanding|open|todo|to do|not started)\b", note, re.IGNORECASE):
                    continue
                assert statement.status is not None
                named = [units[name.key] for name in names.find(note, self.lexicon) if name.key in units]
                if named:
                    yield Pointer(
                        span=statement.status.span,
                        sense="pending",
                        text=Text(statement.status.span, note),
                        units=tuple(named),
                        pull_requests=(),
                        section=statement.section,
                        tense=statement.tense,
                    )

    def _claims(self) -> Iterator[Claim]:
        in_field = {(raw.leaf, raw.value) for raw in self.fields}
        for number, leaf in enumerate(self.outline.leaves):
            if isinstance(leaf.block, nodes.Heading):
                place = "heading"
            elif leaf.table is not None:
                place = "cell"
            else:
                place = "text"
            for raw in claim_grammar.find(leaf.inline.text, self.lexicon):
                where = place
                if place == "text" and any(k == number and a <= raw.start < b for k, (a, b) in in_field):
                    where = "field"
                yield self._claim(raw, leaf.inline.span(raw.start, raw.end), leaf.section, where)
        for fence in self.outline.fences:
            for line in fence.node.lines:
                for raw in claim_grammar.find(self.source.slice(line), self.lexicon):
                    if raw.kind == "bar":
                        yield self._claim(raw, Span(line.start + raw.start, line.start + raw.end), fence.section, "fence")

    def _claim(self, raw: claim_grammar.RawClaim, span: Span, section: int, place: str) -> Claim:
        return Claim(
            span=span,
            kind=raw.kind,
            done=raw.done,
            total=raw.total,
            percent=raw.percent,
            noun=raw.noun,
            section=section,
            unit=self._unit_at(section),
            tense=self.past.tense(section, span.start),
            place=place,  # type: ignore[arg-type]
        )


class _Past:
    """What lies in a past entry."""

    def __init__(self, found: Sequence[Entry], heads: Sequence[Head], outline: Outline) -> None:
        self.entries = [entry for entry in found]
        self.starts = [entry.span.start for entry in self.entries]
        self.heads = heads

    def tense(self, section: int, offset: int) -> Tense:
        """The tense of what stands at ``offset`` in ``section``."""
        inside = False
        for position in range(bisect.bisect_right(self.starts, offset) - 1, -1, -1):
            entry = self.entries[position]
            if offset < entry.span.end:
                inside = True
                if not entry.newest:
                    return Tense.HISTORICAL
        if not inside and self.heads[section].mode is Mode.LOG:
            return Tense.HISTORICAL
        return Tense.CURRENT


def _is_branch(name: str) -> bool:
    return bool(_BRANCH_NAME.match(name)) and name.casefold() not in _NO_BRANCH and not name.endswith(".lock") and not name.isdigit()


