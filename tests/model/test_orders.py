"""Orders of landing, in the shapes in which documents state them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.model.reading import read
from tests.steps import growth

BOARD = """
| Lane | Branch | PR | Status |
| --- | --- | --- | --- |
| Lane A | `lane/a` | #8 | Active |
| Lane B | `lane/b` | #9 | Active |
| Lane C | `lane/c` | #10 | Active |
"""


def stages(text: str) -> list[list[list[tuple[str, int | None]]]]:
    return [[[(party.name, party.unit) for party in stage] for stage in order.stages] for order in read(text).orders]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**Merge order:** Lane A → Lane B → Lane C", [[("Lane A", 0)], [("Lane B", 1)], [("Lane C", 2)]]),
        ("Merge order: Lane A -> B -> C (rebase each)", [[("Lane A", 0)], [("B", 1)], [("C", 2)]]),
        ("- **Landing order**: A, B → C", [[("A", 0), ("B", 1)], [("C", 2)]]),
        ("**Merge order**: #8 → #9, #10", [[("#8", 0)], [("#9", 1), ("#10", 2)]]),
        ("**Merge order:** `lane/c` then `lane/a`", [[("lane/c", 2)], [("lane/a", 0)]]),
        ("**Merge order:** S1 → S2", [[("S1", None)], [("S2", None)]]),
    ],
)
def test_a_key(line: str, expected: object) -> None:
    assert stages(f"# Hub\n{BOARD}\n{line}\n") == [expected]


@pytest.mark.parametrize(
    "line", ["**Merge order:** any", "**Merge order:** A, B, C", "**Order:** 7", "Lane A → Lane B", "**Merge order:**"]
)
def test_no_order(line: str) -> None:
    assert stages(f"# Hub\n{BOARD}\n{line}\n") == []


def test_rows_that_are_numbered_upwards_follow_each_other() -> None:
    table = "| Round | Merge order |\n| --- | --- |\n| 1 | S1 → S2 |\n| 2 (late) | S3 |\n"
    assert stages(f"# Hub\n\n{table}") == [[[("S1", None)], [("S2", None)], [("S3", None)]]]
    assert stages(f"# Hub\n\n{table.replace('2 (late)', 'late')}") == [[[("S1", None)], [("S2", None)]]]


def test_below_a_heading() -> None:
    listed = "## Merge order\n\n1. **Lane B** - first\n2. `lane/a`: after it\n   1. Lane C\n\n- Lane C\n\n1. Lane A\n"
    assert stages(f"# Hub\n{BOARD}\n{listed}") == [[[("Lane B", 1)], [("lane/a", 0)]]]
    assert stages(f"# Hub\n{BOARD}\n## Merge order\n\nLane C → A\n\nRebase before.\n") == [[[("Lane C", 2)], [("A", 0)]]]
    assert stages(f"# Hub\n{BOARD}\n## Order of business\n\n1. Lane A\n2. Lane B\n") == []


def test_an_id_that_two_kinds_share_names_nobody() -> None:
    text = f"# Hub\n{BOARD}\n### Phase A\n\n- **Status:** Active\n\n**Merge order:** A → B\n"
    assert stages(text) == [[[("A", None)], [("B", 1)]]]


def test_a_past_order_is_historical() -> None:
    text = "# Hub\n\n## Session log\n\n### 2026-02-01\n\n**Merge order:** A → B\n\n### 2026-02-03\n\nx\n"
    assert [order.tense.value for order in read(text).orders] == ["historical"]


def test_a_long_order_takes_no_more_than_its_share() -> None:
    def work(number: int) -> Callable[[], object]:
        text = "**Merge order:** " + ", ".join(f"`lane/{one}`" for one in range(number)) + "\n"
        return lambda: read(text)

    assert growth(work, 100) < 5.5
