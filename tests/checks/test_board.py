"""CL012: checklist items that wait for units which the board calls done."""

from __future__ import annotations

import pytest

from doclint.checks import board
from tests.checks.running import told


def hub(first: str, second: str, *items: str, heading: str = "Integration Checklist") -> str:
    return (
        f"# Hub\n\n## Status Board\n\n### Lane A: Loader\n\n- **Status:** {first}\n\n### Lane B: Store\n\n- **Status:** {second}\n\n"
        f"## {heading}\n\n" + "".join(f"{item}\n" for item in items)
    )


def test_an_item_names_its_units() -> None:
    assert told(board, hub("DONE", "IN PROGRESS", "- [ ] Lane A writes rows", "- [ ] Lane B reads rows")) == [
        "15:3 the item is open, but `Lane A` that it waits for is done"
    ]
    assert told(board, hub("DONE", "DONE", "- [ ] Lane A and Lane B agree")) == [
        "15:3 the item is open, but `Lane A` and `Lane B` that it waits for are done"
    ]


def test_an_item_begins_with_what_a_unit_is_about() -> None:
    assert told(board, hub("DONE", "IN PROGRESS", "- [ ] Loader writes rows")) == [
        "15:3 the item is open, but `Lane A` that it waits for is done"
    ]


def test_an_item_that_names_no_unit_waits_for_all() -> None:
    assert told(board, hub("DONE", "DONE", "- [ ] README complete")) == [
        "15:3 [info] the item is open, but all 2 units on the board are done"
    ]
    assert told(board, hub("DONE", "IN PROGRESS", "- [ ] README complete")) == []


@pytest.mark.parametrize(
    "text",
    [
        hub("DONE", "IN PROGRESS", "- [x] Lane A writes rows"),
        hub("DONE", "IN PROGRESS", "- [ ] Lane A and Lane B agree"),
        hub("DONE", "IN PROGRESS", "- [ ] Lane A writes rows (optional)"),
        hub("Complete (checks pending)", "IN PROGRESS", "- [ ] Lane A writes rows"),
        hub("mostly done", "IN PROGRESS", "- [ ] Lane A writes rows"),
        hub("IN PROGRESS", "NOT STARTED", "- [ ] Lane A writes rows"),
        hub("DONE", "IN PROGRESS", "- [ ] Lane A writes rows", heading="Ideas"),
        "# Hub\n\n### Lane A\n\n- **Status:** DONE\n\n## Integration Checklist\n\n- [ ] Lane A writes rows\n",
    ],
)
def test_an_item_that_may_stay_open(text: str) -> None:
    assert told(board, text) == []
