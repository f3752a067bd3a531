"""ST007: one unit, two statements that cannot both hold."""

from __future__ import annotations

import dataclasses

import pytest

from doclint.check import Facts
from doclint.checks import statements
from doclint.diagnostic import Finding
from doclint.model.document import Lifecycle
from doclint.repo.memory import MemoryRepo
from tests.checks.running import TODAY, proofs, told
from tests.model.reading import read

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
        # Who writes so rounds up.
        ROWS.format("Complete") + "## Phase 1: Loader (95%)\n\n**Status:** MOSTLY COMPLETE\n",
        # The same number in another series.
        "## Loader\n\n### Task 1: Rows ✅ DONE\n\n## Store\n\n### Task 1: Tables\n\n**Status:** Open\n",
        "## Phase 1\n\n### Step 1 — DONE\n\n## Phase 2\n\n### Step 1 — TODO\n",
        # A past statement.
        "## Session Log\n\n### 2026-02-05\n\n- Phase 1: complete\n\n### 2026-02-03\n\n- Phase 1: in progress\n",
        # A key's remark says which phase of that number it means; what was paused was done later.
        "## Phase 3: Import — PLANNED\n\n## Overall\n\n- **Phase 3**: ✅ COMPLETE (the command line is finished)\n",
        "## Session 1: Fix (Paused)\n\n**Status:** COMPLETED\n",
        # What is nearly complete may be called so.
        ROWS.format("✅ Complete") + "### ✅ Phase 1: Loader (95%)\n\n**Status:** MOSTLY COMPLETE\n",
        # A legend.
        "## Phase 1 ✅ COMPLETE\n\n## Legend\n\nPhase 1: in progress\n",
        # An item that begins with the name is a task of the phase.
        "## Phase 1 ✅ COMPLETE\n\n## Later\n\n- [ ] Phase 1: write it up\n",
        "## Phase 7\n\n**Status:** COMPLETED (Phase 7.5 pending)\n\n## Phase 7.5 — IN PROGRESS\n",
    ],
)
def test_statements_that_can_both_hold(text: str) -> None:
    assert told(statements, f"# Plan\n\n{text}") == []


OPEN = "# Status\n\n## Milestone 3: Scanner\n\n**Status:** In progress\n"
DONE = "# Milestones\n\n- **Milestone 3**: ✅ Complete (the scanner)\n"


def across(
    one: str, other: str, path: str = "STATUS.md", other_path: str = "MILESTONES.md", lifecycle: Lifecycle = Lifecycle.LIVING
) -> list[str]:
    documents = (read(one, path), dataclasses.replace(read(other, other_path), lifecycle=lifecycle))
    facts = Facts(MemoryRepo.build({}, {}), TODAY, documents)
    found = [result for result in statements.check(documents[0], facts, {}) if isinstance(result, Finding)]
    assert all(result.demoted == "warning" for result in found)
    return [result.message for result in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (OPEN, DONE),
        (
            OPEN,
            DONE.replace("- **Milestone 3**: ✅ Complete (the scanner)", "## Milestone 3: Scanner for barcodes\n\n**Status:** ✅ Complete"),
        ),
        (OPEN.replace(": Scanner", ""), DONE),
    ],
)
def test_two_documents(one: str, other: str) -> None:
    assert across(one, other) == ["`Milestone 3` is `In progress` here, but `MILESTONES.md` says `Complete`"]
    assert across(one, other, "docs/STATUS.md") != []
    assert across(other, one) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (OPEN, DONE.replace("Complete", "Mostly complete")),
        (OPEN, "# Milestones\n\n## Milestone 3: Ledger\n\n**Status:** Complete\n"),
        (OPEN, DONE + "\n## Milestone 3\n\n**Status:** In progress\n"),
        (OPEN.replace("Milestone", "Task").replace(": Scanner", ""), DONE.replace("Milestone", "Task")),
        (OPEN, DONE.replace("Milestone", "Phase")),
    ],
)
def test_two_documents_that_can_both_be_right(one: str, other: str) -> None:
    assert across(one, other) == []


def test_documents_of_other_times_and_places() -> None:
    assert across(OPEN, DONE, lifecycle=Lifecycle.HISTORICAL) == []
    assert across(OPEN, DONE, other_path="HANDOFF_2026-01-02.md") == []
    assert across(OPEN, DONE, "STATUS_2026-01-02.md") == []
    assert across(OPEN, DONE, "app/STATUS.md", "server/MILESTONES.md") == []
    assert across(OPEN, DONE, "app/docs/STATUS.md", "app/MILESTONES.md") != []
