"""ST010: pointers to the work at hand or to come that point at finished work."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import pointers
from tests.checks.running import proofs, told

PHASES = "## Phase 0 ✅ COMPLETE\n\n## Phase 1\n\n- [x] Rows\n- [x] Tables\n\n## Phase 2\n\n- [ ] Views\n"


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("**Current phase:** 0", 20, "`Phase 0` is named as the current work, but it is marked `COMPLETE`"),
        ("**Next:** Phase 0", 11, "`Phase 0` is named as next, but it is marked `COMPLETE`"),
        ("**Next:** Phase 1 — tables", 11, "`Phase 1` is named as next, but all its boxes are ticked"),
        ("- 📋 **Next:** Phase 1", 15, "`Phase 1` is named as next, but all its boxes are ticked"),
        ("**Order:** Phase 0 → Phase 1", 12, "`Phase 0` is named as still to land, but it is marked `COMPLETE`"),
    ],
)
def test_a_pointer_at_finished_work(line: str, column: int, message: str) -> None:
    (result,) = told(pointers, f"# Plan\n\n{line}\n\n{PHASES}")
    assert result == f"3:{column} {message}"


def test_the_proof_is_the_place() -> None:
    assert proofs(pointers, f"**Next:** Phase 0\n\n{PHASES}") == [["its status"]]
    assert proofs(pointers, f"**Next:** Phase 1\n\n{PHASES}") == [["the last of its boxes"]]


@pytest.mark.parametrize(
    "text",
    [
        f"**Next:** Phase 2\n\n{PHASES}",
        f"**Current phase:** 2\n\n{PHASES}",
        f"**Next:** Phase 9\n\n{PHASES}",
        f"**Next:** finish the views\n\n{PHASES}",
        f"**Current phase:** Phase 0 (complete)\n\n{PHASES}",
        f"**Order:** Phase 1 → Phase 2\n\n{PHASES}",
        # Where all is done, the last phase may well be called the current one.
        "**Current phase:** 1\n\n## Phase 1 ✅ COMPLETE\n\n## Phase 0 ✅ COMPLETE\n",
        "**Next:** Phase 1\n\n## Phase 1 — mostly done\n",
        "**Next:** Phase 1\n\n## Phase 1\n\n**Status:** Complete (checks pending)\n",
        f"## Session Log\n\n### 2026-02-05\n\nText.\n\n### 2026-02-01\n\n- **Next:** Phase 0\n\n{PHASES}",
        f"## Entry Template\n\n**Next:** Phase 0\n\n{PHASES}",
    ],
)
def test_a_pointer_that_nothing_refutes(text: str) -> None:
    assert told(pointers, f"# Plan\n\n{text}") == []


def test_a_pointer_in_the_newest_entry() -> None:
    text = f"# Plan\n\n## Session Log\n\n### 2026-02-05\n\n- **Next:** Phase 1\n\n### 2026-02-01\n\nText.\n\n{PHASES}"
    assert told(pointers, text) == ["7:13 `Phase 1` is named as next, but all its boxes are ticked"]


ORDER = "# Hub\n\n**Merge order**: PRs #8 → #9.\n"
MERGES: dict[str, Any] = {
    "commits": [
        {"add": ["README.md"], "date": "2026-02-01"},
        {"on": "feature/load", "add": ["src/load.py"]},
        {"on": "feature/store", "add": ["src/store.py"]},
        {"merge": "feature/load", "pull-request": 8},
    ]
}


def test_a_merge_order_of_what_is_merged() -> None:
    assert told(pointers, ORDER, MERGES) == []
    both = {"commits": [*MERGES["commits"], {"merge": "feature/store", "pull-request": 9}]}
    assert told(pointers, ORDER, both) == ["3:18 the merge order names only pull requests that are merged into `main`"]
    assert len(proofs(pointers, ORDER, both)[0]) == 2


def test_a_shallow_history_does_not_know() -> None:
    assert told(pointers, ORDER, {**MERGES, "shallow": True}) == ["3:18 ? history is shallow"]
