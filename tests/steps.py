"""How much work something is, without a clock: the lines, loops and calls of Python code that it takes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """The number of steps that ``work`` takes; what is written in C counts as one."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """By how much the steps grow where the input doubles twice; ``work`` prepares the work on an input of a size."""
    little, much = work(size), work(4 * size)
    # What is read once costs nothing later.
    little()
    much()
    return steps(much) / steps(little)
