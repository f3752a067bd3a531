"""Orders of landing: ``Merge order: A → B``, a column of such cells, a numbered list below a heading of that name."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.model import names
from doclint.model.document import Column, Party
from doclint.model.fields import RawField
from doclint.model.lexicon import Lexicon, fold
from doclint.model.outline import Leaf, Outline
from doclint.model.references import Token
from doclint.text import Span

# What follows lands later; within a stage nothing is said.
_NEXT = late(r"\s*(?:\u2192|->|=>|\u27f6|\u279c|\u2794|-->|\bthen\b)\s*", re.IGNORECASE)
_BESIDE = late(r"\s*(?:[,;、\u2225])\s*|\s+(?:[&+/|]|and)\s+")
_NUMBER = late(r"\D{0,12}(\d{1,4})(?![\d.])")
# Behind this many stages nobody reads on.
_MOST = 400


class RawOrder(NamedTuple):
    """The stages of an order, each with those that land in it; ``section`` is where it stands."""

    span: Span
    stages: tuple[tuple[Party, ...], ...]
    section: int


class Known(NamedTuple):
    """How a name leads to a unit that is known: by its key, by its id alone where one kind has it, by its branch or its pull request."""

    keys: Mapping[tuple[str, str], int]
    bare: Mapping[str, int]
    branches: Mapping[str, int]
    pulls: Mapping[str, int]


def orders(
    outline: Outline,
    columns: Sequence[Sequence[Column]],
    fields: Sequence[RawField],
    tokens: Sequence[Sequence[Token]],
    known: Known,
    lexicon: Lexicon,
) -> Iterator[RawOrder]:
    """The orders of at least two stages, those of one shape after those of another."""
    reader = _Reader(tokens, known, lexicon)
    found = [
        *_fields(outline, fields, reader),
        *_tables(outline, columns, reader, lexicon),
        *_sections(outline, reader, lexicon),
    ]
    yield from (order for order in found if len(order.stages) > 1)


class _Reader(NamedTuple):
    tokens: Sequence[Sequence[Token]]
    known: Known
    lexicon: Lexicon

    def stages(self, number: int, leaf: Leaf, start: int, end: int) -> list[tuple[Party, ...]]:
        """The stages between two offsets of a leaf's text; one alone where no arrow parts them."""
        text = re.sub(r"\([^()]*\)", lambda match: " " * len(match.group()), leaf.inline.text)
        found: list[tuple[Party, ...]] = []
        kind: str | None = None
        for low, high in _pieces(_NEXT, text, start, end):
            stage: list[Party] = []
            for first, last in _pieces(_BESIDE, text, low, high):
                party, kind = self._party(number, leaf, text, first, last, kind)
                if party is not None:
                    stage.append(party)
            if stage:
                found.append(tuple(stage))
            if len(found) == _MOST:
                break
        return found

    def _party(self, number: int, leaf: Leaf, text: str, start: int, end: int, kind: str | None) -> tuple[Party | None, str | None]:
        raw = text[start:end]
        body = raw.strip(" *_`\t.:")
        if not body or len(body) > 120:
            return None, kind
        start += raw.index(body)
        span = leaf.inline.span(start, start + len(body))
        if body in self.known.branches:
            return Party(span, body, self.known.branches[body]), kind
        tokens = self.tokens[number]
        for place in range(bisect.bisect_left(tokens, start, key=_start), bisect.bisect_left(tokens, start + len(body), key=_start)):
            if tokens[place].kind == "pull-request":
                return Party(span, body, self.known.pulls.get(tokens[place].token.lstrip("?"))), kind
        name = names.at_start(body, self.lexicon)
        if name is not None:
            shown = body[name.start : name.end].strip(" *_`")
            return Party(leaf.inline.span(start + name.start, start + name.end), shown, self.known.keys.get(name.key)), name.kind
        if kind is not None:
            name = names.bare(body, kind)
            if name is not None and name.key in self.known.keys:
                return Party(span, body, self.known.keys[name.key]), kind
        return Party(span, body, self.known.bare.get(names.fold_id(body))), kind


def _start(token: Token) -> int:
    return token.start


def _pieces(separator: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in separator.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _is_order(text: str, lexicon: Lexicon) -> bool:
    """Whether a header or heading means an order of landing; ``Order`` alone is a number as often."""
    name = re.sub(r"\s*\(.*\)$", "", fold(text))
    return name != "order" and "order" in lexicon.roles.get(name, ())


def _fields(outline: Outline, fields: Sequence[RawField], reader: _Reader) -> Iterator[RawOrder]:
    for raw in fields:
        if raw.role == "order" and raw.value[0] < raw.value[1]:
            leaf = outline.leaves[raw.leaf]
            yield RawOrder(leaf.inline.span(*raw.value), tuple(reader.stages(raw.leaf, leaf, *raw.value)), leaf.section)


def _tables(outline: Outline, columns: Sequence[Sequence[Column]], reader: _Reader, lexicon: Lexicon) -> Iterator[RawOrder]:
    for table, cols in zip(outline.tables, columns, strict=True):
        position = next((i for i, column in enumerate(cols) if column.role == "order" and _is_order(column.header, lexicon)), None)
        if position is None:
            continue
        rows: list[tuple[int | None, RawOrder]] = []
        for row in table.rows:
            if position < len(row):
                leaf = outline.leaves[row[position]]
                number = _NUMBER.match(outline.leaves[row[0]].inline.text) if position else None
                stages = reader.stages(row[position], leaf, 0, len(leaf.inline.text))
                rows.append((int(number[1]) if number else None, RawOrder(leaf.span, tuple(stages), table.section)))
        numbers = [number for number, _ in rows]
        # Rows that are numbered upwards follow each other: round 1 lands before round 2.
        if all(a is not None and b is not None and a < b for a, b in pairwise(numbers)) and len(rows) > 1:
            yield RawOrder(table.node.span, tuple(stage for _, order in rows for stage in order.stages), table.section)
        else:
            yield from (order for _, order in rows)


def _sections(outline: Outline, reader: _Reader, lexicon: Lexicon) -> Iterator[RawOrder]:
    """What stands below a heading "Merge order": its first numbered list, or a paragraph that is no more than names and arrows."""
    wanted = {
        number
        for number, section in enumerate(outline.sections)
        if section.leaf is not None and _is_order(outline.leaves[section.leaf].inline.text, lexicon)
    }
    if not wanted:
        return
    lists: dict[int, list[tuple[Party, ...]]] = {}
    first: dict[int, int] = {}
    spans: dict[int, Span] = {}
    for number, leaf in enumerate(outline.leaves):
        if leaf.section not in wanted or leaf.table is not None or isinstance(leaf.block, nodes.Heading):
            continue
        if leaf.item is None:
            if _NEXT.search(leaf.inline.text):
                yield RawOrder(leaf.span, tuple(reader.stages(number, leaf, 0, len(leaf.inline.text))), leaf.section)
            continue
        item = outline.list_items[leaf.item]
        if not item.ordered or item.depth or not leaf.opens or first.setdefault(leaf.section, item.list) != item.list:
            continue
        stage = reader.stages(number, leaf, 0, _end_of_name(leaf.inline.text))
        if stage:
            lists.setdefault(leaf.section, []).append(stage[0])
            spans[leaf.section] = Span(spans[leaf.section].start if leaf.section in spans else leaf.span.start, leaf.span.end)
    for section, stages in lists.items():
        yield RawOrder(spans[section], tuple(stages), section)


def _end_of_name(text: str) -> int:
    """Where an item's name ends and what is said of it begins."""
    match = re.search(r"\s+[\u2013\u2014-]\s+|:\s|\s\(", text)
    return match.start() if match else len(text)
