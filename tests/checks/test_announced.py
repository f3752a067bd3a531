"""ST008: units that have not begun by their document's word, and are finished by a commit's."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import announced
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told

ROW = "# Plan\n\n| Phase | Title | Status |\n| --- | --- | --- |\n| Phase 1 | Store | Planned |\n"


def later(*subjects: str, **rest: Any) -> dict[str, Any]:
    """A repository in which the document came first, and then commits with these subjects."""
    steps = [{"subject": subject, "add": [f"{number}.py"], "date": "2026-02-03"} for number, subject in enumerate(subjects)]
    return {"commits": [{"add": ["STATUS.md"], "date": "2026-02-01"}, *steps], **rest}


def test_a_row() -> None:
    assert told(announced, ROW, later("Complete Phase 1")) == [
        "5:21 `Phase 1` is listed as `Planned`, but a commit says that it is finished"
    ]
    ((proof,),) = proofs(announced, ROW, later("Complete Phase 1", "Phase 1 complete, again"))
    assert proof.endswith(" on 2026-02-03 (Complete Phase 1)")


def test_each_statement_that_is_behind() -> None:
    text = ROW + "\n## Phase 1: Store\n\n**Status:** NOT STARTED\n"
    assert [line.split(" ")[0] for line in told(announced, text, later("Complete Phase 1"))] == ["9:13", "5:21"]


def test_an_open_item() -> None:
    text = "# Plan\n\n- [ ] Agent 1 (Store)\n- [ ] STK-7: rows\n"
    repository = later("Merge Agent 1: the store", "Close STK-7")
    assert told(announced, text, repository) == [
        "3:3 `Agent 1` is an open item, but a commit says that it is finished",
        "4:3 `STK-7` is an open item, but a commit says that it is finished",
    ]


DEBTS = (
    "# Plan\n\n## Debts (Open)\n\n| # | Item | Source |\n| --- | --- | --- |\n| 8 | ~~Column widths of the report~~ | **CLOSED** by #3 |\n"
    "| 9 | Seed stability of the margins | Review |\n| 10 | Seed stability of the totals | Optional |\n"
)


def test_a_list_of_open_work() -> None:
    subjects = ("test(debt#9): seed stability of margins (#61)", "fix(debt#8): column widths of the report (#62)", "Close debt #9")
    assert told(announced, DEBTS, later(*subjects)) == ["8:3 `debt 9` is listed as open, but a commit says that it is finished"]
    assert told(announced, DEBTS, later("test(debt#9): totals (#61)")) == []
    assert told(announced, DEBTS.replace(" (Open)", ""), later(*subjects)) == []
    assert told(announced, DEBTS, later("test(debt#10): seed stability of the totals (#61)")) == []


def test_the_commit_that_wrote_the_line_counts() -> None:
    repository = {"commits": [{"subject": "Complete Phase 1", "add": ["STATUS.md", "a.py"]}]}
    assert len(told(announced, ROW, repository)) == 1


@pytest.mark.parametrize(
    "text",
    [
        ROW.replace("Planned", "In progress"),
        ROW.replace("Planned", "Done"),
        ROW.replace("Planned", "Planned (optional)"),
        ROW + "\n## Phase 1: Store\n\n**Status:** In progress\n",
        "# Plan\n\n- [ ] Phase 1: write the announcement\n",
        "# Plan\n\n## Loader\n\n### Phase 1: TODO\n\n## Store\n\n### Phase 1: TODO\n",
        "# Plan\n\n- [ ] Task 1\n- [ ] Step 1\n- [ ] Day 1\n",
        "# Plan\n\n## Session Log\n\n### 2026-02-05\n\nText.\n\n### 2026-02-01\n\n- Phase 1: planned\n",
    ],
)
def test_what_a_commit_does_not_refute(text: str) -> None:
    assert told(announced, text, later("Complete Phase 1", "Complete Task 1", "Complete Step 1", "Day 1 complete")) == []


@pytest.mark.parametrize(
    "subjects",
    [
        ("Complete Phase 1: importer",),
        ("Complete Phase 1 importer",),
        ("feat(billing): complete Phase 1",),
        ("Complete Phase 1", 'Revert "Complete Phase 1"'),
        ("Complete Phase 1", "Complete Phase 1: importer"),
        ("Complete Phase 1", "Complete Phase 1 of billing"),
        ("Phase 1",),
    ],
)
def test_subjects_that_are_about_something_else(subjects: tuple[str, ...]) -> None:
    assert told(announced, ROW, later(*subjects)) == []


def test_a_line_that_is_younger() -> None:
    repository = {"commits": [{"subject": "Complete Phase 1", "add": ["a.py"]}, {"add": ["STATUS.md"], "date": "2026-02-01"}]}
    assert told(announced, ROW, repository) == []


def test_what_is_not_known() -> None:
    assert told(announced, ROW, later("Complete Phase 1", shallow=True)) == ["5:21 ? history is shallow"]
    uncommitted = {"files": {"STATUS.md": "# Plan\n"}, "commits": [{"subject": "Complete Phase 1", "add": ["a.py"]}]}
    assert told(announced, ROW, uncommitted) == ["5:21 ? not committed yet"]


def test_a_document_of_the_past() -> None:
    assert told(announced, ROW, later("Complete Phase 1"), lifecycle=Lifecycle.HISTORICAL) == []
