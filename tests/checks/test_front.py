"""The progress that front matter keeps."""

from __future__ import annotations

import pytest

from doclint.checks import sums
from tests.checks.running import told

COUNTS = "progress:\n  total_phases: 4\n  completed_phases: 1\n"


@pytest.mark.parametrize(
    ("front", "text", "expected"),
    [
        (COUNTS + "  percent: 80\n", "", ["5:12 `percent` is 80, but beside it 1 of 4 completed phases are counted"]),
        (
            "tasks_done: 3\ntasks_total: 4\npercent_complete: 10\n",
            "",
            ["4:19 `percent_complete` is 10, but beside it 3 of 4 tasks done are counted"],
        ),
        (COUNTS + "  percent: 25\n", "Progress: 90%\n", ["8:11 the progress is 90 % here, and `percent: 25` in the front matter"]),
        ("progress:\n  percent: 25\n", "Progress: 90%\n", ["6:11 the progress is 90 % here, and `percent: 25` in the front matter"]),
        (COUNTS + "  percent: 25\n", "Progress: 30%\n", []),
        (COUNTS + "  total_plans: 10\n  completed_plans: 8\n  percent: 80\n", "", []),
        (COUNTS + "  percent: 26\n", "", []),
        (COUNTS + "  percent: true\n", "", []),
        (COUNTS + "  percent: many\n", "", []),
        ("progress:\n  total_phases: 0\n  completed_phases: 0\n  percent: 0\n", "", []),
        ("progress:\n  total_phases: 4\n  completed_phases: 5\n  percent: 0\n", "", []),
        ("percent: [\n", "", []),
        (COUNTS + "  percent: 25\n", "Progress: 90%\n\nProgress: 10%\n", []),
    ],
)
def test_front_matter(front: str, text: str, expected: list[str]) -> None:
    assert told(sums, f"---\n{front}---\n\n{text}") == expected
