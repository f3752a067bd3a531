"""Stretches of a text that are taken already."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator


class Ranges:
    """Half-open ranges that do not overlap, and what lies in their way, each found by halving."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, taken: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in taken:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Take ``start`` to ``end``; a range inside one that is taken changes nothing."""
        if not self.covers(start, end):
            place = bisect.bisect_left(self._starts, start)
            self._starts.insert(place, start)
            self._ends.insert(place, end)

    def touches(self, start: int, end: int) -> bool:
        """Whether any part of ``start`` to ``end`` is taken."""
        place = bisect.bisect_left(self._starts, end) - 1
        return place >= 0 and self._ends[place] > start

    def covers(self, start: int, end: int) -> bool:
        """Whether one range holds all of ``start`` to ``end``."""
        place = bisect.bisect_right(self._starts, start) - 1
        return place >= 0 and self._ends[place] >= end

    def beginning(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The ranges that begin between ``start`` and ``end``."""
        for place in range(bisect.bisect_left(self._starts, start), bisect.bisect_left(self._starts, end)):
            yield self._starts[place], self._ends[place]
