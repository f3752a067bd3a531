"""SC005: the document's own arithmetic."""

from __future__ import annotations

import pytest

from doclint.checks import sums
from doclint.model.document import Lifecycle
from tests.checks.running import fixed, told


def run(text: str, lifecycle: Lifecycle = Lifecycle.LIVING) -> list[str]:
    return told(sums, f"# Plan\n\n{text}\n", lifecycle=lifecycle)


def table(column: str, *cells: str, total: str = "Total") -> str:
    *parts, last = cells
    rows = [f"| {chr(97 + number)} | {cell} |" for number, cell in enumerate(parts)]
    return "\n".join([f"| Lane | {column} |", "| --- | --- |", *rows, f"| {total} | {last} |"])


@pytest.mark.parametrize(
    ("cells", "written", "right"),
    [
        (("27", "33", "112"), "112", "60"),
        (("1,000", "500", "1,600"), "1,600", "1,500"),
        (("0.5", "1.25", "2.75"), "2.75", "1.75"),
        (("80h", "100h", "190h"), "190", "180"),
        (("$5", "$6", "**$12**"), "12", "11"),
    ],
)
def test_a_totals_row(cells: tuple[str, ...], written: str, right: str) -> None:
    (line,) = run(table("Work", *cells))
    assert line.endswith(f"the total of `Work` is given as `{written}`, but the 2 rows add up to {right}")


def test_the_unsafe_fix_writes_the_sum() -> None:
    text = f"# Plan\n\n{table('Work', '27', '33', '112')}\n"
    assert fixed(sums, text) == text
    assert fixed(sums, text, unsafe=True) == text.replace("112", "60")


@pytest.mark.parametrize(
    "text",
    [
        table("Work", "27", "33", "60"),
        table("Work", "27", "~33", "112"),
        table("Work", "27", "33", "~60"),
        table("Work", "27", "33+", "112"),
        table("Work", "27", "-", "112"),
        table("Work", "27h", "3d", "112h"),
        table("Share %", "27", "33", "112"),
        table("Pass rate", "27", "33", "112"),
        table("Work", "27", "33", "30"),
        table("Work", "27", "33", "33"),
        table("Work", "5", "12", "12"),
        table("Work", "27", "33", "112", total="Best"),
        table("Work", "27", "27"),
        "| Lane | Work |\n| --- | --- |\n| **A** | 5 |\n| a | 2 |\n| b | 3 |\n| Total | 5 |",
        "| Lane | Work |\n| --- | --- |\n| a | 2 |\n| Subtotal | 2 |\n| b | 3 |\n| Total | 5 |",
        f"## Template\n\n{table('Work', '27', '33', '112')}",
    ],
)
def test_a_total_that_nothing_refutes(text: str) -> None:
    assert run(text) == []


BOARD = "| Lane | Agent |\n| --- | --- |\n| a | Claude |\n| b | **Claude** |\n| c | Gemini |\n| d | Claude |\n"


def test_a_tally_below_a_table() -> None:
    assert run(f"{BOARD}\nClaude: 4 lanes, Gemini: 1 lane") == ["10:9 `Claude` is counted as 4, but 3 rows of the table have it"]
    assert run(f"{BOARD}\n**Claude:** 4, **Gemini:** 1") == ["10:13 `Claude` is counted as 4, but 3 rows of the table have it"]


@pytest.mark.parametrize(
    "text",
    [
        f"{BOARD}\nClaude: 3 lanes, Gemini: 1 lane",
        f"{BOARD}\nClaude: 7 hours, Gemini: 9 hours",
        f"{BOARD}\nClaude: 7 hours",
        f"{BOARD}\nClaude: 16-20h, Gemini: 1",
        f"{BOARD}\nClaude: 16h, Gemini: 1",
        f"{BOARD}\nClaude: 16 points, Gemini: 1 point",
        f"{BOARD}\nCodex: 7, Gemini: 1",
        f"{BOARD}\n## Hours\n\nClaude: 7, Gemini: 1",
        f"{BOARD}\nText.\n\n| Agent | Hours |\n| --- | --- |\n| Claude | 7 |\n| Gemini | 1 |\n\nClaude: 7, Gemini: 1",
    ],
)
def test_a_tally_of_something_else(text: str) -> None:
    assert run(text) == []


def labels(*parts: tuple[str, int]) -> str:
    return "\n\n".join(f"**{label}:**\n\n" + "\n".join(f"- `{label[0]}{number}.py`" for number in range(items)) for label, items in parts)


def test_a_label_among_labels_that_count() -> None:
    assert run(labels(("A (2)", 2), ("B (3)", 3), ("C (4)", 3))) == ["14:6 `C (4)` announces 4, but 3 items follow"]
    assert run(labels(("A (2 files)", 2), ("B (3 files)", 3), ("C (2 files)", 1))) == ["14:6 `C (2 files)` announces 2, but 1 item follows"]


def test_a_heading_over_several_lists() -> None:
    text = f"## Created (5 files)\n\n{labels(('A (2)', 2), ('B (3)', 3))}\n\n## Changed (3 files)\n\n{labels(('C (2)', 2))}\n"
    assert run(text) == ["16:13 `Changed (3 files)` announces 3, but 2 items follow"]


@pytest.mark.parametrize(
    "text",
    [
        labels(("A (2)", 2), ("B (3)", 3), ("C (4)", 4)),
        labels(("A (2)", 1), ("B (3)", 3), ("C (4)", 2)),
        labels(("A (2)", 2), ("B (3)", 3), ("C (95)", 4)),
        labels(("A (2)", 2), ("B (3)", 3), ("C (15 tests)", 14)),
        labels(("A (2)", 2), ("B (3)", 3), ("C (4)", 3)) + "\n- and 1 more",
        labels(("A (2)", 2), ("B (3)", 3), ("C (4)", 2)) + "\n- `x.py`, `y.py`",
        labels(("A (2)", 2), ("B (3)", 3), ("C (4)", 2)) + "\n  - `x.py`\n  - `y.py`",
        labels(("A (2)", 2), ("B (3)", 3)) + "\n\n**C (4 files):**\n\n- Domain: `x.py`\n- Levels: `y.py` and what it needs",
        labels(("A (2)", 2), ("B (3)", 3)) + "\n\n**C (4):** as told below\n\nText.\n\n- x\n- y",
    ],
)
def test_a_label_that_may_be_right(text: str) -> None:
    assert run(text) == []


def test_tests_that_fail() -> None:
    assert run("45/66 tests passing, 20 failing") == ["3:22 `20 failing` is stated, but of 45/66 passing 21 are left"]
    assert run("45/66 passing\n\n21 failing\n\nMend 20 test failures") == [
        "7:6 `20 test failures` is stated, but of 45/66 passing 21 are left"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "45/66 passing, 21 failing",
        "45/66 passing, 18 failing, 3 skipped",
        "45/66 passing\n\nMend 20 test failures",
        "45/66 passing, 21 failing\n\nCharts: 3 failures",
        "8/9 passing, 1 failing\n\nCharts: 2 failures",
        "45/66 passing, 21 failing\n\n12/20 passing\n\n20 failing",
        "66/66 passing\n\n2 failures were mended",
    ],
)
def test_failures_that_may_be_right(text: str) -> None:
    assert run(text) == []


def test_what_the_opening_announces() -> None:
    assert run(f"Five lanes, two people.\n\n{BOARD}") == ["3:1 `Five lanes` are announced, but the table has 4 rows"]
    assert run(f"5 lanes: how they meet.\n\n{BOARD}") == ["3:1 `5 lanes` are announced, but the table has 4 rows"]


@pytest.mark.parametrize(
    "text",
    [
        f"Four lanes, two people.\n\n{BOARD}",
        f"Two lanes wait for the others.\n\n{BOARD}",
        f"Text.\n\nFive lanes, two people.\n\n{BOARD}",
        f"Nine lanes, two people.\n\n{BOARD}",
        f"Five lanes, two people.\n\n{BOARD}\n{BOARD}",
    ],
)
def test_an_opening_that_may_be_right(text: str) -> None:
    assert run(text) == []


def test_an_example_claims_nothing() -> None:
    assert run("45/66 tests passing, 20 failing", Lifecycle.EXAMPLE) == []
