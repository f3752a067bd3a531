"""ST005 and CL005: work that is still to do, and lies in the tree."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import delivered
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told


def units(text: str, repository: dict[str, Any], **rest: Any) -> list[str]:
    return told(delivered, text, repository, of="units", **rest)


def items(text: str, repository: dict[str, Any], **rest: Any) -> list[str]:
    return told(delivered, text, repository, of="items", **rest)


def later(*paths: str, **rest: Any) -> dict[str, Any]:
    """A repository in which the document came first and ``paths`` came later."""
    return {
        "commits": [{"add": ["STATUS.md"], "date": "2026-02-01"}, {"subject": "Load", "add": list(paths), "date": "2026-02-03"}],
        **rest,
    }


LANE = "# Hub\n\n## Lane A\n\n- **Status:** NOT STARTED\n- **Files:** `src/load.py`, `src/store.py`\n"


def test_a_unit_whose_files_have_all_come() -> None:
    repository = later("src/load.py", "src/store.py")
    assert units(LANE, repository) == ["5:15 `Lane A` is listed as `NOT STARTED`, but its 2 files exist"]
    ((first, second),) = proofs(delivered, LANE, repository, of="units")
    assert first.startswith("`src/load.py` was added in ")
    assert first.endswith(" on 2026-02-03 (Load)")
    assert second.startswith("`src/store.py` was added in ")


def test_a_row_whose_file_has_come() -> None:
    text = "# Hub\n\n| Lane | Files | Status |\n| --- | --- | --- |\n| A | `src/load.py` | pending |\n| B | `src/store.py` | pending |\n"
    assert units(text, later("src/load.py")) == ["5:23 `lane A` is listed as `pending`, but its file exists"]


def test_the_same_commit_counts() -> None:
    repository = {"commits": [{"add": ["STATUS.md", "src/load.py", "src/store.py"]}]}
    assert units(LANE, repository) == ["5:15 `Lane A` is listed as `NOT STARTED`, but its 2 files exist"]


@pytest.mark.parametrize(
    "text",
    [
        LANE.replace("NOT STARTED", "In Progress"),
        LANE.replace("NOT STARTED", "BLOCKED"),
        LANE.replace("NOT STARTED", "DONE"),
        LANE.replace("NOT STARTED", "Pending (optional)"),
        LANE.replace("`src/store.py`", "`lib/*.py`"),
        LANE.replace("`src/store.py`", "`src/board.py`"),
        LANE.replace("`src/store.py`", "`store.py`"),
        LANE.replace("- **Files:** `src/load.py`, `src/store.py`\n", "- **Notes:** see `src/load.py`\n"),
    ],
)
def test_a_unit_that_is_not_refuted(text: str) -> None:
    assert units(text, later("src/load.py", "src/store.py")) == []


def test_a_unit_that_changes_what_was_there_before() -> None:
    repository = {"commits": [{"add": ["src/load.py"]}, {"add": ["STATUS.md"]}, {"add": ["src/store.py"]}]}
    assert units(LANE, repository) == []


def test_ignored_files_do_not_count() -> None:
    assert units(LANE, later("src/load.py", ignored=["src/store.py"])) == ["5:15 `Lane A` is listed as `NOT STARTED`, but its file exists"]
    assert units(LANE, later("src/load.py", "src/store.py", ignored=["src/"])) == []


def test_a_shallow_history_does_not_know() -> None:
    assert units(LANE, later("src/load.py", "src/store.py", shallow=True)) == ["5:15 ? history is shallow"]
    assert items("# Hub\n\n- [ ] Create `src/load.py`\n", later("src/load.py", shallow=True)) == ["3:15 ? history is shallow"]


def test_an_uncommitted_document_does_not_know() -> None:
    repository = {"commits": [{"add": ["STATUS.md"]}, {"add": ["src/load.py"]}], "uncommitted": {"modify": {"STATUS.md": "x"}}}
    assert items(
        "# Hub\n\n- [ ] Create `src/load.py`\n", {**repository, "commits": [{"add": {"STATUS.md": "# Old\n"}}, {"add": ["src/load.py"]}]}
    ) == ["3:15 ? not committed yet"]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Create `src/load.py`", 15),
        ("Write src/load.py (reads the rows)", 13),
        ("`src/load.py` — reads the rows", 8),
        ("src/load.py", 7),
        ("`src/load.py` exists", 8),
        ("Create `src/load.py` from `docs/plan.md`", 15),
    ],
)
def test_an_open_item_whose_object_has_come(line: str, column: int) -> None:
    assert items(f"# Hub\n\n- [ ] {line}\n", later("src/load.py", "docs/plan.md")) == [
        f"3:{column} `src/load.py` is an open item, but it exists"
    ]


def test_an_open_item_that_its_own_commit_fulfilled() -> None:
    assert items("# Hub\n\n- [ ] Create `src/load.py`\n", {"commits": [{"add": ["STATUS.md", "src/load.py"]}]}) == [
        "3:15 `src/load.py` is an open item, but the same commit adds it"
    ]


@pytest.mark.parametrize(
    "line",
    [
        # Files that an item mentions, changes, runs or reads.
        "- [ ] Create the rows in `src/load.py`",
        "- [ ] Create a table (see `src/load.py`)",
        "- [ ] Add tests for `src/load.py`",
        "- [ ] Update `src/load.py`",
        "- [ ] Verify `src/load.py`",
        "- [ ] Run `src/load.py`",
        "- [ ] Read `src/load.py`",
        "- [ ] Delete `src/load.py`",
        "- [ ] `src/load.py` has the new section",
        "- [ ] `src/load.py` updated",
        # Items that are settled, put off, or say so themselves.
        "- [x] Create `src/load.py`",
        "- [ ] Create `src/load.py` (optional)",
        "- [ ] Create `src/load.py` (done)",
        "- [ ] Rename `docs/old.md` → `src/load.py`",
        "- Create `src/load.py`",
        "## Entry Template\n\n- [ ] Create `src/load.py`",
        # What is no exact path of a file.
        "- [ ] Create `load.py`",
        "- [ ] Create `src/`",
        "- [ ] Create `src/*.py`",
        "- [ ] Create `src/board.py`",
    ],
)
def test_an_item_that_is_not_refuted(line: str) -> None:
    assert items(f"# Hub\n\n{line}\n", later("src/load.py")) == []


def test_an_item_about_what_was_there_before() -> None:
    repository = {"commits": [{"add": ["src/load.py"]}, {"add": ["STATUS.md"]}]}
    assert items("# Hub\n\n- [ ] Create `src/load.py`\n", repository) == []


def test_a_dated_plan_that_was_fulfilled_later_is_an_info() -> None:
    text = "# Handoff\n\n## Next Session\n\n- [ ] Create `src/load.py`\n"
    assert items(text, later("src/load.py"), type="handoff") == ["5:15 [info] `src/load.py` is an open item, but it exists"]
    assert items(text, later("src/load.py"), lifecycle=Lifecycle.HISTORICAL) == ["5:15 [info] `src/load.py` is an open item, but it exists"]


def test_a_promise_that_was_false_when_it_was_written() -> None:
    text = "# Handoff\n\n**Migration file to create:** `db/2.sql`\n\n**Files to create:** `db/3.sql`\n"
    repository = {"commits": [{"add": ["STATUS.md", "db/2.sql"]}, {"add": ["db/3.sql"]}]}
    assert items(text, repository) == ["3:32 `db/2.sql` is said to be still to create, but the same commit adds it"]
