"""CT014: tables whose shape loses or doubles what they say."""

from __future__ import annotations

import pytest

from doclint.checks import tables
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told


def table(header: str, *rows: str) -> str:
    return f"# P\n\n| {header} |\n|{' --- |' * (header.count('|') + 1)}\n" + "".join(f"| {row} |\n" for row in rows)


def test_cells_beyond_the_header() -> None:
    text = table("Task | Status", "a | Done | late | later", "b | Done", "c | Done | x")
    assert told(tables, text) == ["5:14 the row has more cells than the header, and so has another row: what is in them is not shown"]
    assert proofs(tables, text) == [["the header has 2 columns"]]


@pytest.mark.parametrize("row", ["a", "a | Done", "a | Done | ", "a | Done | | ", r"a \| b | Done"])
def test_rows_that_lose_nothing(row: str) -> None:
    assert told(tables, table("Task | Status", row)) == []


def test_a_column_that_stands_twice() -> None:
    assert told(tables, table("Task | **Status** | status", "a | Done | Open")) == ["3:23 a second column `status`"]


@pytest.mark.parametrize("header", ["Task | Status | Task | Status", "Day | Sum | Sum", "Task | | ", "Task | Status | CI Status"])
def test_columns_that_may_stand_beside_each_other(header: str) -> None:
    assert told(tables, table(header, "a | b")) == []


def test_a_header_that_stands_again() -> None:
    text = table("Task | Status", "a | Done", "**Task** | Status", "b | Open")
    assert told(tables, text) == ["6:1 the header stands here a second time, as a row"]
    assert told(tables, text, lifecycle=Lifecycle.EXAMPLE) == []
    assert told(tables, text, lifecycle=Lifecycle.HISTORICAL) != []


def test_a_row_that_stands_twice() -> None:
    rows = ["5 | Mail when a gauge is silent | Todo", "6 | Page for each station | Todo"]
    assert told(tables, table("# | Task | Status", *rows, *rows)) == ["7:1 the row stands in the table twice, and so does another"]
    assert told(tables, table("# | Task | Status", "7 | Export | Done", "7 | Export | Done")) == []
    assert told(tables, table("# | Task", "5 | Mail when silent", "5 | Mail when silent")) == []
