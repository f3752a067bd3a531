"""Claims on work that end by themselves: who has taken what, and until when. Where a certificate or a cache expires is another matter."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.model import dates, sections, statuses
from doclint.model.document import Column, State
from doclint.model.fields import RawField
from doclint.model.lexicon import Lexicon
from doclint.model.outline import Leaf, Outline
from doclint.model.sections import Head
from doclint.text import Span

# How far behind its word the day may stand ("expires on the evening of 2026-02-03").
_REACH = 24
_SEPARATOR = late(r"\s[-\u2013\u2014]+\s|[:(]")


class RawLease(NamedTuple):
    """A claim: the place of the day on which it ends, that day, what is claimed, and the section."""

    span: Span
    date: datetime.date
    name: str
    section: int


def leases(
    outline: Outline, heads: Sequence[Head], fields: Sequence[RawField], columns: Sequence[Sequence[Column]], lexicon: Lexicon
) -> Iterator[RawLease]:
    """The claims that nothing beside them calls released or done."""
    claimed = [bool(lexicon.claims.search(head.text)) for head in heads]
    inside = [any(claimed[one] for one in sections.ancestors(outline, number)[:2]) for number in range(len(heads))]
    keyed = {outline.leaves[field.leaf].section for field in fields if lexicon.claims.search(field.name)}
    yield from _rows(outline, columns, inside, lexicon)
    for leaf in outline.leaves:
        if leaf.table is None and not isinstance(leaf.block, nodes.Heading) and (inside[leaf.section] or leaf.section in keyed):
            yield from _in_leaf(leaf, heads[leaf.section].text, lexicon)


def _rows(outline: Outline, columns: Sequence[Sequence[Column]], inside: Sequence[bool], lexicon: Lexicon) -> Iterator[RawLease]:
    for number, table in enumerate(outline.tables):
        place = next((index for index, column in enumerate(columns[number]) if column.role == "expires"), None)
        if place is None or not (inside[table.section] or any(lexicon.claims.search(column.header) for column in columns[number])):
            continue
        for row in table.rows:
            cells = [outline.leaves[leaf] for leaf in row]
            if place < len(cells) and not any(_is_over(cell.inline.text, lexicon) for cell in cells):
                mention = next(dates.find(cells[place].inline.text), None)
                if mention is not None and mention.date is not None:
                    span = cells[place].inline.span(mention.start, mention.end)
                    yield RawLease(span, mention.date, cells[0].inline.text.strip(), table.section)


def _in_leaf(leaf: Leaf, heading: str, lexicon: Lexicon) -> Iterator[RawLease]:
    text = leaf.inline.text
    # The day of the first words that have one: a leaf is one claim.
    mention = next(dates.find(text), None)
    if mention is None or mention.date is None:
        return
    for hit in lexicon.expiry.finditer(text, max(0, mention.start - 2 * _REACH)):
        if hit.begin > mention.start:
            return
        if hit.stop <= mention.start <= hit.stop + _REACH and not _is_over(text, lexicon):
            before = _SEPARATOR.split(text[: hit.begin].strip(), maxsplit=1)[0].strip()
            yield RawLease(leaf.inline.span(mention.start, mention.end), mention.date, before or heading, leaf.section)
            return


def _is_over(text: str, lexicon: Lexicon) -> bool:
    reading = statuses.read_value(text.strip(), lexicon)
    return reading is not None and reading.state in (State.DONE, State.DROPPED)
