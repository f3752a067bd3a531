"""Records: where a log says in passing that a unit is finished.

They make no unit's status, and what they say was true on their day; but what was finished then is nobody's next step now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from doclint.late import late
from doclint.model import names, statuses
from doclint.model.document import Column, Record, State, Tense
from doclint.model.fields import RawField
from doclint.model.lexicon import Lexicon
from doclint.model.names import Name
from doclint.model.outline import Outline
from doclint.model.units import TenseAt

_EDGES = " *_`~:.,-\u2013\u2014|()"
_SIGNS = late(r"[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]")


def records(
    outline: Outline,
    fields: Sequence[RawField],
    columns: Sequence[Sequence[Column]],
    roles: Sequence[str | None],
    tense_at: TenseAt,
    lexicon: Lexicon,
) -> Iterator[Record]:
    """The records in rows of logs, and in the status lines of entries (``**Status:** Step 4 complete ✅ (…)``)."""
    for raw in fields:
        leaf = outline.leaves[raw.leaf]
        if raw.role != "status":
            continue
        text = leaf.inline.text[raw.value[0] : raw.value[1]]
        name = names.at_start(text, lexicon)
        if name is None or name.last is not None:
            continue
        reading = statuses.read_value(text[name.end :], lexicon)
        if reading is None or reading.state is not State.DONE or not reading.from_start or reading.partial or reading.deferred:
            continue
        span = leaf.inline.span(raw.value[0] + name.start, raw.value[0] + name.end + reading.end)
        if tense_at(leaf.section, span.start) is not Tense.NONE:
            yield Record(span, name.kind, name.id, _SIGNS.sub("", text[name.end + reading.end :]).strip(_EDGES))
    for number, table in enumerate(outline.tables):
        status = next((index for index, column in enumerate(columns[number]) if column.role == "status"), None)
        if roles[number] == "log" and status is not None:
            for row in table.rows:
                yield from _row(outline, row, status, tense_at, lexicon)


def _row(outline: Outline, row: Sequence[int], status: int, tense_at: TenseAt, lexicon: Lexicon) -> Iterator[Record]:
    if status >= len(row):
        return
    reading = statuses.read_value(outline.leaves[row[status]].inline.text, lexicon)
    if reading is None or reading.state is not State.DONE or reading.partial or reading.deferred:
        return
    for position, number in enumerate(row):
        leaf = outline.leaves[number]
        name: Name | None = names.at_start(leaf.inline.text, lexicon) if position != status else None
        if name is not None and name.last is None and tense_at(leaf.section, leaf.span.start) is not Tense.NONE:
            title = leaf.inline.text[name.end :].strip(_EDGES)
            yield Record(leaf.inline.span(name.start, name.end), name.kind, name.id, title)
