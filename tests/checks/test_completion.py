"""CL002 and CL003: statuses that the boxes below refute."""

from __future__ import annotations

import pytest

from doclint.checks import completion
from tests.checks.running import proofs, told


def done(text: str) -> list[str]:
    return told(completion, text, claim="done")


def still_open(text: str, at_least: int = 3) -> list[str]:
    return told(completion, text, claim="open", at_least=at_least)


OPEN = "\n\n- [x] Rows\n- [ ] Tables\n- [ ] Views\n"
TICKED = "\n\n- [x] Rows\n- [x] Tables\n- [x] Views\n"


@pytest.mark.parametrize(
    ("heading", "place", "name", "word"),
    [
        ("## Phase 1: Loader — COMPLETE", "3:22", "Phase 1", "COMPLETE"),
        ("## Phase 1: Loader ✅ COMPLETE", "3:22", "Phase 1", "COMPLETE"),
        ("## Phase 1: Loader (100%)", "3:21", "Phase 1", "100%"),
        ("## Phase 1 Complete", "3:12", "Phase 1", "Complete"),
        ("## Release notes — DONE", "3:20", "Release notes — DONE", "DONE"),
        ("## Phase 1\n\n**Status:** ✅ Complete", "5:15", "Phase 1", "Complete"),
    ],
)
def test_done_over_open_boxes(heading: str, place: str, name: str, word: str) -> None:
    assert done(f"# Plan\n\n{heading}{OPEN}") == [f"{place} `{name}` is marked `{word}`, but 2 of its 3 boxes are open"]


def test_the_proof_is_the_first_open_box() -> None:
    assert proofs(completion, f"# Plan\n\n## Phase 1 — DONE{OPEN}", claim="done") == [["the first open box"]]


def test_one_box_and_boxes_in_sections_inside() -> None:
    assert done("# Plan\n\n## Phase 1 — DONE\n\n- [ ] Rows\n") == ["3:14 `Phase 1` is marked `DONE`, but its box is open"]
    assert done("# Plan\n\n## Phase 1 — DONE\n\n### Rows\n\n- [ ] a\n- [x] b\n") == [
        "3:14 `Phase 1` is marked `DONE`, but 1 of its 2 boxes is open"
    ]


@pytest.mark.parametrize(
    "section",
    [
        "## Phase 1 — DONE\n\n- [x] Rows\n",
        "## Phase 1 — DONE\n\nNo boxes.\n",
        "## Phase 1 — IN PROGRESS\n\n- [ ] Rows\n",
        # The status limits itself, or puts the rest off.
        "## Phase 1 — mostly done\n\n- [ ] Rows\n",
        "## Phase 1 (90% complete)\n\n- [ ] Rows\n",
        "## Phase 1\n\n**Status:** Complete (checks pending)\n\n- [ ] Rows\n",
        "## Phase 1\n\n**Status:** Complete, 3/12 files\n\n- [ ] Rows\n",
        "## Phase 1\n\n**Status:** Complete (board deferred)\n\n- [ ] Rows\n",
        # So do the items, or the sections inside.
        "## Phase 1 — DONE\n\n- [ ] Rows (optional)\n- [ ] Deferred to Phase 3\n  - [ ] Tables\n",
        "## Phase 1 — DONE\n\n### Next steps\n\n- [ ] Rows\n",
        "## Phase 1 — DONE\n\n### Optional\n\n- [ ] Rows\n",
        # Words in titles are no status.
        "## Completion criteria\n\n- [ ] Rows\n",
        "## Definition of Done\n\n- [ ] Rows\n",
        "## Day 3 — Complete OOP\n\n- [ ] Rows\n",
        "## Must Complete First\n\n- [ ] Rows\n",
        "## Day 5 — Rows Complete + First Tables\n\n- [ ] Rows\n",
        # Decoration, priorities, legends, past entries.
        "## ✅ Checks\n\n- [ ] Rows\n",
        "## 🟢 Phase 1\n\n- [ ] Rows\n",
        "## Legend\n\n### Phase 1 — DONE\n\n- [ ] Rows\n",
        "## Session Log\n\n### 2026-02-05\n\nText.\n\n### 2026-02-03\n\n#### Phase 1 — DONE\n\n- [ ] Rows\n",
    ],
)
def test_done_that_nothing_refutes(section: str) -> None:
    assert done(f"# Plan\n\n{section}") == []


def test_the_title_speaks_of_more_than_boxes() -> None:
    assert done("# Phase 1 — DONE\n\n- [ ] Rows\n") == []


def test_a_deferral_in_the_units_own_text_makes_it_an_info() -> None:
    text = "# Plan\n\n## Phase 1 — DONE\n\nThe tables were deferred to Phase 2.\n\n- [ ] Tables\n"
    assert done(text) == ["3:14 [info] `Phase 1` is marked `DONE`, but its box is open"]


@pytest.mark.parametrize(
    ("heading", "place", "word"),
    [
        ("## Phase 1 — NOT STARTED", "3:14", "NOT STARTED"),
        ("## Phase 1 (IN PROGRESS)", "3:13", "IN PROGRESS"),
        ("## Phase 1\n\n**Status:** 📋 Planned", "5:15", "Planned"),
    ],
)
def test_open_over_ticked_boxes(heading: str, place: str, word: str) -> None:
    assert still_open(f"# Plan\n\n{heading}{TICKED}") == [f"{place} `Phase 1` is marked `{word}`, but all 3 of its boxes are ticked"]


@pytest.mark.parametrize(
    "section",
    [
        "## Phase 1 — NOT STARTED\n\n- [x] Rows\n- [x] Tables\n",
        f"## Phase 1 — NOT STARTED{OPEN}",
        f"## Phase 1 — BLOCKED{TICKED}",
        f"## Phase 1 — DONE{TICKED}",
        f"## Phase 1{TICKED}",
        f"## Phase 1 — IN PROGRESS{TICKED}\n- ⏳ Views\n",
        f"## Phase 1 — IN PROGRESS{TICKED}\n### Task 2 — TODO\n",
    ],
)
def test_open_that_nothing_refutes(section: str) -> None:
    assert still_open(f"# Plan\n\n{section}") == []


def test_how_many_boxes_it_takes_is_an_option() -> None:
    text = "# Plan\n\n## Phase 1 — NOT STARTED\n\n- [x] Rows\n"
    assert still_open(text, 1) == ["3:14 `Phase 1` is marked `NOT STARTED`, but all 1 of its boxes are ticked"]


LINES = """# Progress

## Work

**Phase 1: Rows** (Day 1) - ✅ COMPLETE

- [x] Rows
  that are read

  and kept
- [ ] Tables

**Phase 2: Keys** 🟡 IN PROGRESS
- [x] Rows
- [x] Tables
- [x] Views

**Phase 3** ✅ COMPLETE

**Next steps:**

- [ ] Charts

**Phase 4** ✅ COMPLETE

- [x] Charts

What is left:

- [ ] Maps

**Phase 5** ✅ COMPLETE

## Later

- [ ] Legends
"""


def test_a_line_in_bold_claims_the_list_below_it() -> None:
    assert done(LINES) == ["5:31 [warning] `Phase 1` is marked `COMPLETE`, but 1 of its 2 boxes is open"]
    assert still_open(LINES) == ["13:21 [warning] `Phase 2` is marked `IN PROGRESS`, but all 3 of its boxes are ticked"]
