"""ST007: one unit, two statements that cannot both hold."""

from __future__ import annotations

import pytest

from doclint.checks import statements
from tests.checks.running import proofs, told

ROWS = "| Phase | Status |\n| --- | --- |\n| Phase 1: Loader | {} |\n| Phase 2: Store | Open |\n\n"


def test_a_row_and_a_section() -> None:
    text = "# Plan\n\n" + ROWS.format("Complete 6/6") + "## Phase 1: Loader\n\n**Status:** NOT STARTED\n"
    assert told(statements, text) == ["10:13 `Phase 1` is `NOT STARTED` here, but its row on line 5 says `Complete`"]
    assert proofs(statements, text) == [["the other statement"]]


def test_a_heading_and_its_status_line() -> None:
    text = "# Plan\n\n## Phase 1: Loader ✅ COMPLETE\n\n**Status:** In Progress\n"
    assert told(statements, text) == ["5:13 `Phase 1` is `In Progress` here, but its heading on line 3 says `COMPLETE`"]


def test_a_status_says_pending_what_is_finished() -> None:
    text = "# Plan\n\n## Phase 7\n\n**Status:** COMPLETED (Phase 7.5 pending)\n\n## Phase 7.5 ✅ COMPLETE\n"
    assert told(statements, text) == ["5:13 `Phase 7.5` is said to be pending here, but it is marked `COMPLETE`"]


@pytest.mark.parametrize(
    "text",
    [
        ROWS.format("Complete") + "## Phase 1: Loader\n\n**Status:** ✅ Done\n",
        ROWS.format("Open") + "## Phase 1: Loader\n\n**Status:** In Progress\n",
        # A status that limits itself, or puts the rest off, contradicts nothing.
        ROWS.format("Complete (checks pending)") + "## Phase 1: Loader\n\n**Status:** In Progress\n",
        ROWS.format("Complete") + "## Phase 1: Loader\n\n**Status:** Open (optional rest)\n",
        # The same number in another series.
        "## Loader\n\n### Task 1: Rows ✅ DONE\n\n## Store\n\n### Task 1: Tables\n\n**Status:** Open\n",
        "## Phase 1\n\n### Step 1 — DONE\n\n## Phase 2\n\n### Step 1 — TODO\n",
        # A past statement.
        "## Session Log\n\n### 2026-02-05\n\n- Phase 1: complete\n\n### 2026-02-03\n\n- Phase 1: in progress\n",
        # A legend.
        "## Phase 1 ✅ COMPLETE\n\n## Legend\n\nPhase 1: in progress\n",
        # An item that begins with the name is a task of the phase.
        "## Phase 1 ✅ COMPLETE\n\n## Later\n\n- [ ] Phase 1: write it up\n",
        "## Phase 7\n\n**Status:** COMPLETED (Phase 7.5 pending)\n\n## Phase 7.5 — IN PROGRESS\n",
    ],
)
def test_statements_that_can_both_hold(text: str) -> None:
    assert told(statements, f"# Plan\n\n{text}") == []
