"""Stretches that are taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from doclint.model.ranges import Ranges

STRETCHES = st.tuples(st.integers(0, 30), st.integers(1, 5)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(STRETCHES, max_size=8), STRETCHES)
def test_what_is_found_by_halving_is_what_is_found_by_looking_at_all(stretches: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    taken, plain = Ranges(), list[tuple[int, int]]()
    for start, end in stretches:
        if not any(a < end and start < b for a, b in plain):
            taken.add(start, end)
            plain.append((start, end))
    start, end = asked
    assert taken.touches(start, end) is any(a < end and start < b for a, b in plain)
    assert taken.covers(start, end) is any(a <= start and end <= b for a, b in plain)
