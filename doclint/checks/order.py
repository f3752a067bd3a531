"""Logs that run in one direction, and the entries that do not."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Finding, Undecided
from doclint.model import dates
from doclint.model.document import Document, Entry, Lifecycle
from doclint.model.queries import day_of, logs
from doclint.text import Span

# With fewer days than this there is no direction to speak of.
_FEWEST_DAYS = 3


class Placed(NamedTuple):
    """An entry with its first and last day, and where the day is written."""

    entry: Entry
    first: datetime.date
    last: datetime.date
    span: Span


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each entry on the wrong side of another, in a log that otherwise runs from old to new or from new to old."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    for log in logs(document):
        yield from _misplaced(document, [each for entry in log for each in _placed(document, entry)], option(options, "share", int))


def _placed(document: Document, entry: Entry) -> Iterator[Placed]:
    span = day_of(document, entry)
    if span is not None and entry.date is not None:
        # Of "2026-02-03 to 2026-02-07" either day may be the one that the log is ordered by.
        last = max((entry.date, *(each.date for each in dates.find(entry.title.value) if each.date)))
        yield Placed(entry, entry.date, last, span)


def _misplaced(document: Document, log: Sequence[Placed], share: int) -> Iterator[Finding]:
    if len({placed.first for placed in log}) < _FEWEST_DAYS:
        return
    rising, falling = _longest(log), _longest(log[::-1])
    falls = len(falling) > len(rising)
    ordered = log[::-1] if falls else log
    kept = falling if falls else rising
    if len(rising) == len(falling) or len(kept) * 100 < share * len(log):
        return
    order = "new to old" if falls else "old to new"
    for number, placed in enumerate(ordered):
        position = bisect.bisect_left(kept, number)
        if position < len(kept) and kept[position] == number:
            continue
        # What is kept is in order, so its next neighbours tell whether this one is on their wrong side.
        before = ordered[kept[position - 1]] if position else None
        after = ordered[kept[position]] if position < len(kept) else None
        if after is not None and placed.first > after.last:
            yield _finding(document, placed, after, order)
        elif before is not None and placed.last < before.first:
            yield _finding(document, placed, before, order)


def _finding(document: Document, placed: Placed, other: Placed, order: str) -> Finding:
    side = "above" if placed.span.start < other.span.start else "below"
    day, beside = document.source.slice(placed.span), document.source.slice(other.span)
    return Finding(
        placed.span,
        f"`{day}` stands {side} `{beside}`, in a log that runs from {order}",
        (proof.place(document, f"`{beside}` is here", other.span),),
        label=f"{side} `{beside}`",
    )


def _longest(log: Sequence[Placed]) -> list[int]:
    """The numbers of the entries that make the longest run of days of which none is before the last."""
    days: list[datetime.date] = []
    ends: list[int] = []
    before: list[int | None] = []
    for number, placed in enumerate(log):
        position = bisect.bisect_right(days, placed.first)
        before.append(ends[position - 1] if position else None)
        days[position : position + 1] = [placed.first]
        ends[position : position + 1] = [number]
    found: list[int] = []
    current: int | None = ends[-1] if ends else None
    while current is not None:
        found.append(current)
        current = before[current]
    return found[::-1]
