"""CL011: counts that the boxes, the units or the rows refute."""

from __future__ import annotations

import pytest

from doclint.checks import counts
from tests.checks.running import fixed, told


def run(text: str) -> list[str]:
    return told(counts, text, tolerance=5)


BOXES = "- [x] a\n- [x] b\n- [ ] c\n- [ ] d\n"


@pytest.mark.parametrize(
    ("claim", "column", "written", "rest"),
    [
        ("**Progress:** 3/4", 15, "3/4", "2 of the 4 boxes are done"),
        ("**Progress:** 3/4 tasks", 15, "3/4 tasks", "2 of the 4 boxes are done"),
        ("**Progress:** 3/4 (75%)", 15, "3/4 (75%)", "2 of the 4 boxes are done"),
        ("**Progress:** 75%", 15, "75%", "2 of the 4 boxes are done (50 %)"),
        ("**Progress:** [██████░░] 75%", 15, "[██████░░] 75%", "2 of the 4 boxes are done (50 %)"),
    ],
)
def test_a_progress_that_the_boxes_refute(claim: str, column: int, written: str, rest: str) -> None:
    assert run(f"# Plan\n\n## Work\n\n{claim}\n\n{BOXES}") == [f"5:{column} `{written}` is stated, but {rest}"]


def test_a_count_in_a_heading() -> None:
    assert run(f"# Plan\n\n## Work (3/4)\n\n{BOXES}") == ["3:10 `3/4` is stated, but 2 of the 4 boxes are done"]
    assert run(f"# Plan\n\n## Work (6 tasks)\n\n{BOXES}") == ["3:9 `(6 tasks)` is stated, but 4 items follow"]
    table = "| Task | Status |\n| --- | --- |\n| a | Done |\n| b | Open |\n"
    assert run(f"# Plan\n\n## Work (6 tasks)\n\n{table}") == ["3:9 `(6 tasks)` is stated, but 2 rows follow"]


def test_a_row_that_sums_up_a_unit_counted_elsewhere() -> None:
    head = "# Plan\n\n| Phase | Status | {} |\n| --- | --- | --- |\n| Phase 1 | {} | {} |\n\n## Phase 1: Load\n\n"
    assert run(head.format("Done", "In progress", "3/4") + BOXES) == ["5:27 `3/4` is stated, but 2 of the 4 boxes are done"]
    assert run(head.format("Progress", "In progress", "3/4") + BOXES) == ["5:27 `3/4` is stated, but 2 of the 4 boxes are done"]
    assert run(head.format("Done", "In progress", "2/4") + BOXES) == []
    # Another total, another thing that is counted, boxes that nobody ticks, and a row that no section tells of.
    assert run(head.format("Done", "In progress", "3/5") + BOXES) == []
    assert run(head.format("Tests", "In progress", "3/4") + BOXES) == []
    assert run(head.format("Done", "In progress", "3/4") + BOXES.replace("[x]", "[ ]")) == []
    assert run(head.format("Done", "In progress", "3/4").replace("| Phase 1 |", "| Phase 2 |") + BOXES) == []


def test_arithmetic_that_does_not_add_up() -> None:
    assert run("# Plan\n\n45/66 tasks (50%)\n") == ["3:1 `45/66 tasks (50%)` does not add up: 45 of 66 is 68 %"]


def test_the_fix_counts_again_and_is_stable() -> None:
    text = f"# Plan\n\n## Work\n\n**Progress:** 3/4 (75%)\n\n{BOXES}"
    once = fixed(counts, text, tolerance=5)
    assert once == text.replace("3/4 (75%)", "2/4 (50%)")
    assert run(once) == []
    assert fixed(counts, once, tolerance=5) == once


@pytest.mark.parametrize(
    "text",
    [
        f"## Work\n\n**Progress:** 2/4\n\n{BOXES}",
        f"## Work\n\n**Progress:** 2/4 (50%)\n\n{BOXES}",
        f"## Work\n\n**Progress:** 52%\n\n{BOXES}",
        f"## Work (4 tasks)\n\n{BOXES}",
        # Another unit of counting, or nothing to count.
        f"## Work\n\n**Progress:** 3/12\n\n{BOXES}",
        f"## Work\n\n**Progress:** 3/4 tests\n\n{BOXES}",
        "## Work\n\n**Progress:** 3/4\n\nText.\n",
        # Outer and inner boxes may both be what was counted.
        "## Work\n\n**Progress:** 1/2\n\n- [x] a\n- [ ] b\n  - [x] c\n  - [ ] d\n",
        "## Work\n\n**Progress:** 1/3\n\n- [x] a\n- [ ] b\n  - [ ] c\n  - [ ] d\n",
        f"## Work\n\n**Progress:** 2/3\n\n{BOXES.replace('[ ] d', '[ ] d (optional)')}",
        # A percentage beside more than boxes may weigh otherwise.
        f"## Work\n\n**Progress:** 75%\n\n{BOXES}- ✅ e\n",
        # Scores, rates, prose and past entries.
        f"## Work\n\nScore: 4/10 → 8/10 (+100%)\n\n{BOXES}",
        f"## Work\n\nWe did 3/4 of it.\n\n{BOXES}",
        f"## Work\n\nCoverage is 75%.\n\n{BOXES}",
        "## Work\n\n66/66 tests passing (87%)\n",
        f"## Session Log\n\n### 2026-02-05\n\nText.\n\n### 2026-02-03\n\n**Progress:** 3/4\n\n{BOXES}",
    ],
)
def test_a_number_that_nothing_refutes(text: str) -> None:
    assert run(f"# Plan\n\n{text}") == []
