"""Of which time a part speaks, and whether it claims that a thing is there at all.

What stands in a past entry is historical. Plans and examples claim nothing, nor does what an open item is to create, what belongs to a unit
that has not begun, or what the sentence itself takes back ("deleted", "instead of", "not yet").
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence

from doclint.late import late
from doclint.model import sections
from doclint.model.document import Entry, Mode, State, Tense
from doclint.model.items import RawItem
from doclint.model.lexicon import Lexicon, fold
from doclint.model.outline import Leaf, Outline, leads
from doclint.model.references import Token
from doclint.model.sections import Head
from doclint.model.units import RawUnit


class Past:
    """What lies in a past entry."""

    __slots__ = ("_entries", "_heads", "_starts")

    def __init__(self, entries: Sequence[Entry], heads: Sequence[Head]) -> None:
        self._entries = entries
        self._starts = [entry.span.start for entry in entries]
        self._heads = heads

    def tense(self, section: int, offset: int) -> Tense:
        """The tense of what stands at ``offset`` in ``section``."""
        if self._heads[section].past:
            return Tense.HISTORICAL
        inside = False
        for position in range(bisect.bisect_right(self._starts, offset) - 1, -1, -1):
            entry = self._entries[position]
            if offset < entry.span.end:
                inside = True
                if not entry.newest:
                    return Tense.HISTORICAL
        if not inside and self._heads[section].mode is Mode.LOG:
            return Tense.HISTORICAL
        return Tense.NONE if self._heads[section].mode is Mode.EXAMPLE else Tense.CURRENT


class Claims:
    """Which references claim that what they name exists."""

    def __init__(
        self,
        outline: Outline,
        heads: Sequence[Head],
        past: Past,
        items: Sequence[RawItem],
        units: Sequence[RawUnit],
        tokens: Sequence[Sequence[Token]],
        lexicon: Lexicon,
    ) -> None:
        self._outline, self._heads, self._past, self._lexicon, self._tokens = outline, heads, past, lexicon, tokens
        self._items = {item.leaf: item for item in items}
        self._planned = _planned_sections(outline, units)
        self._rows = _row_states(outline, units)
        self._leads = leads(outline)
        self._denying = [bool(lexicon.denial.search(head.text)) for head in heads]
        self._making = [self._tells_of_making(head.text) for head in heads]

    def tense(self, number: int, token: Token) -> Tense:
        """The tense of ``token`` in leaf ``number``; ``none`` where it claims nothing."""
        leaf = self._outline.leaves[number]
        tense = self._past.tense(leaf.section, token.span.start)
        if tense is Tense.HISTORICAL:
            return tense
        claims_nothing = (
            self._heads[leaf.section].mode in (Mode.PLAN, Mode.EXAMPLE)
            or any(section in self._planned for section in sections.ancestors(self._outline, leaf.section))
            or self._is_to_do(leaf, number, token)
            or (leaf.table is not None and self._rows.get((leaf.table, leaf.row)) in (State.NOT_STARTED, State.DROPPED))
            or self._is_denied(leaf, token)
        )
        return Tense.NONE if claims_nothing else tense

    def made(self, number: int) -> bool:
        """Whether leaf ``number`` stands in a list, a table column or a section of what was created ("Files created:")."""
        leaf = self._outline.leaves[number]
        if leaf.table is not None and leaf.row is not None and leaf.row >= 0:
            table = self._outline.tables[leaf.table]
            position = table.rows[leaf.row].index(number)
            if position < len(table.header) and self._tells_of_making(self._outline.leaves[table.header[position]].inline.text):
                return True
        above = leaf.item
        while above is not None:
            item = self._outline.list_items[above]
            lead = self._leads.get(item.list, "")
            opener = self._outline.list_items[item.parent].leaf if item.parent is not None else None
            if self._tells_of_making(lead) or (opener is not None and self._tells_of_making(self._outline.leaves[opener].inline.text)):
                return True
            above = item.parent
        return any(self._making[section] for section in sections.ancestors(self._outline, leaf.section)[:2])

    def _tells_of_making(self, text: str) -> bool:
        # Only a short title: what ends in a name or goes on in a sentence is about something else.
        return len(text) < _TITLE and fold(_COUNT.sub("", text)) in self._lexicon.made

    def _is_to_do(self, leaf: Leaf, number: int, token: Token) -> bool:
        """Whether the item around ``token`` is still to create what it names, or to be rid of it."""
        item, own = self._items.get(number), True
        above = leaf.item
        while item is None and above is not None:
            opener = self._outline.list_items[above].leaf
            item, own = self._items.get(opener) if opener is not None else None, False
            above = self._outline.list_items[above].parent
        if item is None:
            return False
        if item.state is State.DROPPED or (own and item.verb == "remove"):
            return True
        if item.state is State.ACTIVE and item.verb is None:
            # What is under way has begun: of its names only the one that it is about may be still to come.
            return own and any(token == self._tokens[number][index] for index in item.objects)
        return item.state is not State.DONE and (item.verb in (None, "create"))

    def _is_denied(self, leaf: Leaf, token: Token) -> bool:
        """Whether the sentence, a heading, or the words that lead in to a list take back that the thing is there."""
        text = leaf.inline.text
        first, last = max(0, token.start - _SENTENCE), min(len(text), token.end + _SENTENCE)
        start = max((match.end() for match in _SENTENCE_END.finditer(text, first, token.start)), default=first)
        stop = _SENTENCE_END.search(text, token.end, last)
        end = stop.start() + 1 if stop else last
        if self._lexicon.denial.search(f"{text[start : token.start]} {text[token.end : end]}") or text[end - 1 : end] == "?":
            return True
        if any(self._denying[section] for section in sections.ancestors(self._outline, leaf.section)[:2] if section != 1):
            return True
        return leaf.item is not None and self._lead_denies(leaf.item)

    def _lead_denies(self, item: int) -> bool:
        above = self._outline.list_items[item].parent
        while above is not None:
            opener = self._outline.list_items[above].leaf
            if opener is not None and self._lexicon.denial.search(self._outline.leaves[opener].inline.text):
                return True
            above = self._outline.list_items[above].parent
        return bool(self._lexicon.denial.search(self._leads.get(self._outline.list_items[item].list, "")))


# What stands farther off than this, on a line without any full stop, is not about the name.
_SENTENCE = 300
_TITLE = 80
_COUNT = late(r"\([^()]{0,60}\)|[:：]\s*$|\d+")
_SENTENCE_END = late(r"[.;!?]\s")


def _planned_sections(outline: Outline, units: Sequence[RawUnit]) -> frozenset[int]:
    """The sections of units that have not begun, by whatever line says so."""
    found = set()
    for unit in units:
        first = next((one for one in unit.statements if one.status is not None and one.tense is not Tense.HISTORICAL), None)
        if unit.section is None or first is None or first.status is None:
            continue
        if first.status.state in (State.NOT_STARTED, State.DROPPED):
            found.add(unit.section)
    return frozenset(found)


def _row_states(outline: Outline, units: Sequence[RawUnit]) -> Mapping[tuple[int, int | None], State]:
    """The state that each table row gives its unit."""
    places = sorted(
        (row.span.start, row.span.end, table_number, row_number)
        for table_number, table in enumerate(outline.tables)
        for row_number, row in enumerate(table.node.rows)
    )
    found: dict[tuple[int, int | None], State] = {}
    for unit in units:
        for statement in unit.statements:
            if statement.place == "row" and statement.status is not None:
                position = bisect.bisect_right(places, (statement.span.start, len(outline.source.text) + 1, 0, 0)) - 1
                _, _, table_number, row_number = places[position]
                found[table_number, row_number] = statement.status.state
    return found
