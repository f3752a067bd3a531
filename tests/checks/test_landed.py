"""ST001 and ST002: work that is said to be open and has landed."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import landed
from tests.checks.running import proofs, told

MERGED: dict[str, Any] = {
    "commits": [
        {"add": ["README.md"], "date": "2026-02-01"},
        {"subject": "Load rows", "on": "feature/load", "add": ["src/load.py"], "date": "2026-02-02"},
        {"merge": "feature/load", "date": "2026-02-03"},
    ]
}


def lane(status: str, branch: str = "feature/load") -> str:
    return f"# Hub\n\n## Lane A: Loader\n\n- **Branch:** `{branch}`\n- **Status:** {status}\n"


def branches(text: str, repository: dict[str, Any], **rest: Any) -> list[str]:
    return told(landed, text, repository, by="branch", **rest)


def pulls(text: str, repository: dict[str, Any], **rest: Any) -> list[str]:
    return told(landed, text, repository, by="pull-request", **rest)


@pytest.mark.parametrize(
    "status",
    ["NOT STARTED", "In Progress", "READY FOR REVIEW", "BLOCKED"],
)
def test_an_open_lane_whose_branch_was_merged(status: str) -> None:
    assert branches(lane(status), MERGED) == [
        f"6:15 `Lane A` is listed as `{status}`, but its branch `feature/load` was merged into `main`"
    ]


def test_the_proof_is_the_merge() -> None:
    ((proof,),) = proofs(landed, lane("NOT STARTED"), MERGED, by="branch")
    assert proof.startswith("merged in ")
    assert proof.endswith(" on 2026-02-03 (Merge branch 'feature/load')")


def test_a_branch_that_is_gone_is_known_by_its_merge() -> None:
    steps = [*MERGED["commits"][:2], {"merge": "feature/load", "drop": True}]
    assert branches(lane("NOT STARTED"), {"commits": steps}) == [
        "6:15 `Lane A` is listed as `NOT STARTED`, but its branch `feature/load` was merged into `main`"
    ]


def test_a_squashed_branch_was_merged() -> None:
    steps = [*MERGED["commits"][:2], {"squash": "feature/load"}]
    assert branches(lane("NOT STARTED"), {"commits": steps}) == [
        "6:15 `Lane A` is listed as `NOT STARTED`, but its branch `feature/load` was merged into `main`"
    ]


def test_a_row_in_a_board() -> None:
    text = "# Hub\n\n| Lane | Branch | Status |\n| --- | --- | --- |\n| A | `feature/load` | Open |\n| B | `feature/store` | Open |\n"
    assert branches(text, MERGED) == ["5:24 `lane A` is listed as `Open`, but its branch `feature/load` was merged into `main`"]


def test_a_row_in_a_list_of_open_work() -> None:
    text = "# Hub\n\n## In Flight\n\n| Lane | Branch |\n| --- | --- |\n| A | `feature/load` |\n"
    assert branches(text, MERGED) == ["7:3 `lane A` is listed as in flight, but its branch `feature/load` was merged into `main`"]


def test_a_row_that_admits_the_merge() -> None:
    text = "# Hub\n\n## In Flight\n\n| Who | Branch |\n| --- | --- |\n| Ines | `feature/load` (merged, PR #7) |\n"
    assert branches(text, MERGED) == []


def test_a_long_row_is_told_in_short() -> None:
    task = "Load all rows " + "and check each of them " * 9
    text = f"# Hub\n\n## In Flight\n\n| Task | Branch |\n| --- | --- |\n| {task} | `feature/load` |\n"
    ((told,)) = branches(text, MERGED)
    assert told.startswith("7:3 `Load all rows and check each of them and check each of…` is listed as in flight")


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ("Branch `feature/load` at `8d27f5c`; PR not yet opened.", "3:37", "PR not yet opened"),
        ("- Feature branch `feature/load` ahead of main by 6 commits", "3:33", "ahead of main by 6 commits"),
        ("- The branch `feature/load` is 6 commits ahead of `main`.", "3:32", "6 commits ahead of main"),
        ("- branch `feature/load`: not yet merged", "3:26", "not yet merged"),
    ],
)
def test_text_that_calls_a_branch_unmerged(line: str, place: str, words: str) -> None:
    assert branches(f"# Hub\n\n{line}\n", MERGED) == [
        f"{place} the branch `feature/load` is said to be `{words}`, but was merged into `main`"
    ]
    assert branches(f"# Hub\n\n{line}\n", {"commits": MERGED["commits"][:2]}) == []
    assert [told.split("? ")[-1] for told in branches(f"# Hub\n\n{line}\n", {**MERGED, "shallow": True})] == ["history is shallow"]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("1. Merge `feature/load`", "5:11"),
        ("- [ ] Merge the branch `feature/load` into `main`, then tell the others", "5:25"),
    ],
)
def test_a_step_that_merges_a_branch(line: str, place: str) -> None:
    assert branches(f"# Hub\n\n## Next steps\n\n{line}\n", MERGED) == [
        f"{place} the branch `feature/load` is still to be merged here, but was merged into `main`"
    ]
    assert branches(f"# Hub\n\n## Next steps\n\n{line}\n", {"commits": MERGED["commits"][:2]}) == []


@pytest.mark.parametrize(
    "text",
    [
        "## Next steps\n\n- [x] Merge `feature/load`",
        "## Next steps\n\n- Merge `feature/load` into `release/1`",
        "## Next steps\n\n- Merge what is left of `feature/load`",
        "## Next steps\n\n- Merge `feature/load` and `feature/store`",
        "## How to\n\n- Merge `feature/load`",
        "Branch `feature/load` was merged after `feature/rows`; PR not yet opened.",
        "Branches `feature/load` and branch `feature/store`: PR not yet opened.",
        "## Rules\n\nA branch `feature/load` that is not yet merged is rebased.",
        "## Session Log\n\n### 2026-02-05\n\nText.\n\n### 2026-02-01\n\nBranch `feature/load`: PR not yet opened.",
        "The branch `feature/load` holds the loader.",
    ],
)
def test_text_that_claims_nothing_of_today(text: str) -> None:
    assert branches(f"# Hub\n\n{text}\n", MERGED) == []


@pytest.mark.parametrize("status", ["DONE", "Merged", "✅ Complete", "Deferred", "Cancelled", "the usual", ""])
def test_a_lane_that_is_not_said_to_be_open(status: str) -> None:
    assert branches(lane(status), MERGED) == []


@pytest.mark.parametrize("branch", ["feature/other", "main", "docs/"])
def test_a_branch_that_nobody_merged(branch: str) -> None:
    assert branches(lane("NOT STARTED", branch), MERGED) == []


def test_a_branch_with_work_of_its_own_is_open() -> None:
    assert branches(lane("In Progress"), {"commits": MERGED["commits"][:2]}) == []


def test_two_names_on_one_commit_prove_nothing() -> None:
    repository = {"commits": [{"add": ["README.md"]}, {"branch": "feature/load"}]}
    assert branches(lane("NOT STARTED"), repository) == ["6:15 ? branch `feature/load` has no commit of its own"]


def test_a_past_entry_was_true() -> None:
    text = (
        "# Hub\n\n## Session Log\n\n### 2026-02-05\n\nText.\n\n### 2026-02-01\n\n#### Lane A: Loader\n\n"
        "- **Branch:** `feature/load`\n- **Status:** NOT STARTED\n"
    )
    assert branches(text, MERGED) == []


def test_without_a_base_or_a_history_nothing_is_decided() -> None:
    assert branches(lane("NOT STARTED"), {"base": "trunk", "files": [], "commits": []}) == []
    repository = {**MERGED, "shallow": True}
    assert all(" ? " in line for line in branches(lane("NOT STARTED", "feature/gone"), repository))
    assert branches(lane("NOT STARTED", "feature/gone"), repository) == ["6:15 ? history is shallow"]


PULLED: dict[str, Any] = {
    "commits": [
        {"add": ["README.md"], "date": "2026-02-01"},
        {"on": "feature/load", "add": ["src/load.py"]},
        {"merge": "feature/load", "pull-request": 8, "drop": True, "date": "2026-02-03"},
        {"on": "feature/store", "add": ["src/store.py"], "pull-request": 9},
    ]
}


def test_a_row_that_is_to_merge_a_pull_request() -> None:
    text = "# Hub\n\n| Action | Status |\n| --- | --- |\n| Merge PR #8 | **Pending** |\n| Merge PR #9 | **Pending** |\n"
    assert pulls(text, PULLED) == ["5:19 pull request `#8` is said to be `Pending`, but it was merged into `main`"]


def test_a_sentence_over_a_table_of_open_pull_requests() -> None:
    text = "# Hub\n\nOne PR is open and green:\n\n| PR | Feature |\n| --- | --- |\n| #8 | Loader |\n"
    assert pulls(text, PULLED) == [
        "3:5 pull request `#8` is said to be open, but it was merged into `main`",
        "7:3 pull request `#8` is said to be open, but it was merged into `main`",
    ]


def test_a_section_of_open_pull_requests() -> None:
    text = "# Hub\n\n## Open PRs\n\n| PR | Feature |\n| --- | --- |\n| #8 | Loader |\n| #9 | Store |\n"
    assert pulls(text, PULLED) == ["7:3 pull request `#8` is said to be open, but it was merged into `main`"]


@pytest.mark.parametrize(
    ("sentence", "column", "words"),
    [
        ("PR #8 pending.", 4, "`pending`"),
        ("PR #8 is still open.", 4, "`open`"),
        ("PR #8 (not yet merged)", 4, "`not yet merged`"),
        ("PR #8 (draft)", 4, "`draft`"),
        ("PR #8 waits for review.", 4, "`waits for review`"),
        ("PR #8 is waiting on approval.", 4, "`waiting on approval`"),
        ("Open PRs: #8", 11, "open"),
    ],
)
def test_a_sentence_that_calls_a_pull_request_open(sentence: str, column: int, words: str) -> None:
    assert pulls(f"# Hub\n\n{sentence}\n\nPR #9.\n", PULLED) == [
        f"3:{column} pull request `#8` is said to be {words}, but it was merged into `main`"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "PR #8 merged.",
        "This is the correction for PR #8: pending recognition must not block it.",
        "See PR #8: open questions are listed there.",
        "See PR #8: draft of the plan.",
        "PR #8 loads the rows.",
        "PR #9 is still open.",
        "After PR #8 the board is open to all.",
        "## Legend\n\nPR #8 is pending.",
        "| PR | Status |\n| --- | --- |\n| #8 | Merged |",
        "| PR | CI Status |\n| --- | --- |\n| #8 | Passing |",
        "| Module | Status | PRs |\n| --- | --- | --- |\n| Loader | In Progress | #8 (merged) |",
        "| Module | Status | PRs |\n| --- | --- | --- |\n| Loader | In Progress | #8 |",
        "## Session Log\n\n### 2026-02-05\n\nText.\n\n### 2026-02-01\n\nPR #8 is open.",
    ],
)
def test_outside_a_status_a_number_claims_nothing(text: str) -> None:
    assert pulls(f"# Hub\n\n{text}\n", PULLED) == []


def test_a_shallow_history_does_not_know() -> None:
    assert pulls("# Hub\n\nPR #7 is still open.\n", {**PULLED, "shallow": True}) == ["3:4 ? history is shallow"]


def test_a_merge_that_was_reverted_proves_nothing() -> None:
    text = "# Hub\n\n| Lane | Branch | Status |\n|--|--|--|\n| Lane A | `feat/a` | Not started |\n"
    commits = [
        {"on": "feat/a", "add": ["a.py"]},
        {"merge": "feat/a", "subject": "Merge branch 'feat/a'"},
        {"subject": "Revert \"Merge branch 'feat/a'\"", "delete": ["a.py"]},
    ]
    assert told(landed, text, {"commits": commits}, by="branch") == ["5:23 ? the merge was reverted"]
