"""CL011: counters that a table, or the counters beside them, refute."""

from __future__ import annotations

import pytest

from doclint.checks import counts
from tests.checks.running import fixed, told


def run(text: str) -> list[str]:
    return told(counts, f"# Plan\n\n{text}\n", tolerance=5)


BOARD = "| Phase | Stories | Done | In Progress | Todo |\n| - | - | - | - | - |\n| a | 7 | 2 | 1 | 4 |\n| b | 42 | 0 | 0 | 42 |\n"


def test_a_fraction_against_a_table() -> None:
    assert run(f"15/49 stories\n\n{BOARD}") == ["3:1 `15/49 stories` is stated, but the table's column adds up to 2"]
    assert run(f"```\n███░░░ 30% Complete (15/49 stories)\n```\n\n{BOARD}") == [
        "4:22 `15/49 stories` is stated, but the table's column adds up to 2"
    ]


def test_counters_against_a_table() -> None:
    line = "**Completed**: 15 stories | **In Progress**: 1 story | **Remaining**: 33 stories"
    assert run(f"{line}\n\n{BOARD}") == [
        "3:16 `15` is stated, but the table's column adds up to 2",
        "3:71 `33` is stated, but the table's column adds up to 46",
    ]


def test_counters_against_each_other() -> None:
    text = "**Total:** 20\n**Completed:** 12\n**Remaining:** 9"
    assert run(text) == ["5:16 `9` is stated to be left, but the numbers beside it leave 8"]
    assert fixed(counts, text, tolerance=5) == text
    assert fixed(counts, text, tolerance=5, unsafe=True) == text.replace("9", "8")


TIME = "| Phase | Status | Days |\n| - | - | - |\n| a | Done | 2 |\n| b | {} | 1.5 |\n\n**Total:** 3.5 days\n**Completed:** {}\n"


def test_a_part_against_the_rows_that_are_done() -> None:
    assert run(TIME.format("Not started", "2.5 days (70 %)")) == ["9:16 `2.5` is stated as done, but the rows that are add up to 2"]


@pytest.mark.parametrize(
    "text",
    [
        f"2/49 stories\n\n{BOARD}",
        f"3/49 stories\n\n{BOARD}",
        f"15/50 stories\n\n{BOARD}",
        f"15/49 stories\n\n{BOARD}\nAnd:\n\n{BOARD}",
        f"**Completed:** 2 | **In Progress:** 1 | **Remaining:** 46\n\n{BOARD}",
        f"**Completed:** 5 | **Remaining:** 9\n\n{BOARD}",
        "**Total:** 20\n**Completed:** 12\n**Remaining:** 8",
        "**Total:** 20\n**Completed:** 12\n**In Progress:** 2\n**Remaining:** 6",
        "**Total:** 20\n**Completed:** 12\n**In Progress:** 2\n**Remaining:** 8",
        "**Total:** 20\n**Completed:** 12\n**Remaining:** ~9",
        "**Total:** 20 rules\n**Completed:** 12 days\n**Remaining:** 9 days",
        "**Total:** 20\n\nText.\n\nText.\n\nText.\n\n**Completed:** 12\n**Remaining:** 9",
        "**Total:** 20\n\n## Other\n\n**Completed:** 12\n**Remaining:** 9",
        TIME.format("Not started", "2 days"),
        TIME.format("In progress", "2.5 days"),
        TIME.format("Not started", "~2.5 days"),
        TIME.format("Not started", "2.5 hours"),
    ],
)
def test_counters_that_may_be_right(text: str) -> None:
    assert run(text) == []


def test_boxes_that_nobody_ticks_say_nothing() -> None:
    boxes = "- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d\n"
    assert run(f"## Work\n\n**Status:** 2/4\n\n{boxes}") == []
    assert run(f"## Work\n\n**Status:** 2/4 tasks\n\n{boxes}") == ["5:13 `2/4 tasks` is stated, but 0 of the 4 boxes are done"]
