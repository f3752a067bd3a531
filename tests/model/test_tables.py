"""Tables: what their columns are, and what they are for."""

from __future__ import annotations

import pytest

from doclint.model.document import Table
from tests.model.reading import read, written


def table(header: str, *rows: str, heading: str = "Work") -> Table:
    columns = header.count("|") + 1
    lines = [f"| {header} |", "|" + " --- |" * columns, *(f"| {row} |" for row in rows)]
    (one,) = read(f"# Board\n\n## {heading}\n\n" + "\n".join(lines) + "\n").tables
    return one


@pytest.mark.parametrize(
    ("header", "row", "heading", "role"),
    [
        ("Session | Branch | Status", "A | `feature/a` | Done", "Work", "board"),
        ("ID | Task | Status | Agent | Files | Dependencies", "1 | Load | Open | Ada | `a.py` | —", "Work", "board"),
        ("レーン | ブランチ | 状態", "A | `lane/a` | 完了", "Work", "board"),
        ("Milestone | Target Day | Status", "Loader | 5 | ✅ Complete", "Work", "board"),
        ("Lane | Branch", "A | `feature/a`", "Work", "board"),
        ("Branch | Purpose", "`feature/a` | Loader", "Work", None),
        ("PR | Branch | Feature", "#8 | `feature/a` | Loader", "Work", "board"),
        ("Layer | File | Schema | Producer | Consumer", "Raw | `a.csv` | `A` | Session A | Session B", "Work", "contract"),
        ("File path | Owner | Consumers", "`a.csv` | A | B", "Work", "contract"),
        ("Date | Session | Issue | Resolution", "2026-02-03 | A | x | y", "Work", "log"),
        ("Date | Time | Agent | Status | Description", "2026-02-03 | 10:00 | A | Done | x", "Session Log", "log"),
        ("Commit | Fix", "`d9645c2` | Imports", "Work", "commits"),
        ("Package | Needed By | Location", "`click` | CLI | `requirements.txt`", "Work", "dependencies"),
        ("File | Purpose", "`a.py` | Loads", "Work", "files"),
        ("Field | Value", "Status | Done", "Work", "fields"),
        ("Metric | Value", "Rows | 12", "Work", "fields"),
        ("Risk | Mitigation", "x | y", "Work", None),
    ],
)
def test_a_table_is_for_what_its_columns_say(header: str, row: str, heading: str, role: str | None) -> None:
    assert table(header, row, heading=heading).role == role


def test_columns_have_roles() -> None:
    one = table("Layer | File | Schema | Producer | Consumer", "Raw | `a.csv` | `A` | Session A | Session B")
    assert [(column.header, column.role) for column in one.columns] == [
        ("Layer", None),
        ("File", "artifact"),
        ("Schema", "schema"),
        ("Producer", "producer"),
        ("Consumer", "consumer"),
    ]


def test_an_owner_beside_consumers_produces() -> None:
    one = table("File | Owner | Consumers", "`a.csv` | A | B")
    assert [column.role for column in one.columns] == ["artifact", "producer", "consumer"]


def test_values_reveal_a_status_column_without_a_header() -> None:
    one = table("Task | ", "Load | ✅ Done", "Store | Not started")
    assert [column.role for column in one.columns] == ["title", "status"]


def test_cells_are_found_by_role_and_may_be_missing() -> None:
    one = table("Task | Status", "Load | Done", "Store")
    full, short = one.rows
    cell = one.cell(full, "status")
    assert cell
    assert cell.value == "Done"
    assert one.cell(short, "status") is None
    assert one.cell(full, "branch") is None
    assert one.column("branch", "status") == 1


def test_cells_beyond_the_header_and_empty_rows_are_kept() -> None:
    one = table("Task | Status", "Load | Done | extra", "  |  ")
    assert [cell.value for cell in one.rows[0].cells] == ["Load", "Done", "extra"]
    assert [row.empty for row in one.rows] == [False, True]


def test_a_table_knows_its_lead_and_its_section() -> None:
    document = read("# Board\n\n## Work\n\nTwo lanes are open:\n\n| Lane | Status |\n| --- | --- |\n| A | Open |\n")
    (one,) = document.tables
    assert one.lead
    assert (one.lead.value, one.section) == ("Two lanes are open:", 2)
    assert written(document, one.rows[0].cells[1].span) == "Open"


def test_what_columns_count_and_which_row_sums_up() -> None:
    counts = table("Lane | Stories | Done | In Progress | To-do | Days Est. | Done by", "a | 1 | 1 | 0 | 0 | 2 | x", "**Total:** | 1 | 1")
    assert [column.measure for column in counts.columns] == [None, "total", "done", "active", "left", "total", None]
    assert counts.totals == 1
    assert table("Total | Work", "Total | 1", "a | 2").totals is None
