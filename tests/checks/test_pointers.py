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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("## Current Phase: Phase 0", "3:19"),
        ("## 🧠 Current Focus\n\n**Loader Phase 0 - rows**", "5:10"),
        ("## Next steps\n\n1. **Phase 0**\n2. Views", "5:4"),
        ("**Immediate next actions:**\n\n1. Start Phase 0", "5:4"),
        ("## Next Session Priorities\n\n### Phase 0: again", "5:1"),
    ],
)
def test_other_places_that_point(text: str, place: str) -> None:
    (result,) = told(pointers, f"# Plan\n\n{text}\n\n{PHASES}")
    assert result.startswith(f"{place} [warning] `")
    assert result.endswith("but it is marked `COMPLETE`")


@pytest.mark.parametrize(
    "text",
    [
        "## Current Focus\n\nAll is well. Phase 0 was first.",
        "## Backlog\n\n1. Phase 0",
        "## Next steps\n\n- [ ] Phase 0",
        "## Next steps\n\n- Write the report of Phase 0",
        "Phase 0, next:\n\n- Phase 0",
    ],
)
def test_places_that_do_not_point(text: str) -> None:
    assert told(pointers, f"# Plan\n\n{text}\n\n{PHASES}") == []


LOG = "| Date | Task | Status |\n| --- | --- | --- |\n| 2026-02-01 | Priority 7 - settings | {} |\n| 2026-02-02 | Priority 5 | Done |\n"


def test_a_log_that_knows_better() -> None:
    text = "# Session Log\n\n{}\n\n## Log\n\n" + LOG
    refuted = "3:11 [warning] `Priority 7` is named as next, but the log says that it is finished"
    assert told(pointers, text.format("**Next:** ready for Priority 7 - settings", "Complete")) == [refuted]
    assert told(pointers, text.format("**Next:** Priority 7 - board", "Complete")) == []
    assert told(pointers, text.format("**Next:** Priority 7 - settings", "Paused")) == []


def test_a_footer_speaks_of_today() -> None:
    text = (
        "# Session Log\n\n## Log\n\n" + LOG.format("Done") + "\n---\n\n*Last updated: 2026-02-03*\n*Next session: Priority 7 - settings*\n"
    )
    assert [line.split(" but ")[1] for line in told(pointers, text)] == ["the log says that it is finished"]


AHEAD = "# Plan\n\n**Current phase:** Phase 0\n\n## Phase 0: Setup\n\n**Status:** In progress\n\n## Phase 1\n\n**Status:** TODO\n"


def test_a_commit_that_knows_better() -> None:
    repository = {"commits": [{"add": ["STATUS.md"]}, {"subject": "Complete Phase 0", "add": ["a.py"], "date": "2026-02-01"}]}
    assert told(pointers, AHEAD, repository) == [
        "3:20 [warning] `Phase 0` is named as the current work, but a commit says that it is finished"
    ]
    assert told(pointers, AHEAD, {**repository, "shallow": True}) == ["3:20 ? history is shallow"]
    older = {"commits": [{"subject": "Complete Phase 0", "add": ["a.py"]}, {"add": ["STATUS.md"], "date": "2026-02-01"}]}
    assert told(pointers, AHEAD, older) == []
    assert told(pointers, AHEAD.split("## Phase 1")[0], repository) == []
