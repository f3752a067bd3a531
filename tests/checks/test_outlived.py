"""ST011: documents that outlived their branch or pull requests."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import outlived
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told

MERGED: dict[str, Any] = {
    "commits": [
        {"add": ["README.md", "STATUS.md"]},
        {"on": "feature/alarms", "add": ["a.py"]},
        {"merge": "feature/alarms", "pull-request": 3, "date": "2026-02-12"},
        {"on": "feature/tide", "add": ["b.py"], "pull-request": 4},
        {"on": "develop", "add": ["c.py"]},
        {"merge": "develop"},
    ]
}
FOUND = ["3:14 the branch `feature/alarms` of this document was merged into `main`"]


def run(text: str, **rest: Any) -> list[str]:
    return told(outlived, f"# Handoff\n\n{text}\n", MERGED, **rest)


@pytest.mark.parametrize(
    "text",
    [
        "**Branch:** `feature/alarms`",
        "**Branch:** `feature/alarms` (off `feature/tide`)",
        "**Branch:** `feature/alarms`\n**PR:** PR #3",
    ],
)
def test_a_branch_that_was_merged(text: str) -> None:
    assert run(text) == FOUND


def test_below_the_first_heading() -> None:
    assert run("## Context\n\n**Branch:** `feature/alarms`") == ["5:14 the branch `feature/alarms` of this document was merged into `main`"]


def test_the_proof_is_the_merge() -> None:
    ((proof,),) = proofs(outlived, "**Branch:** `feature/alarms`\n", MERGED)
    assert proof.endswith(" on 2026-02-12 (Merge pull request #3 from team/feature/alarms)")


def test_pull_requests() -> None:
    assert run("**PR:** PR #3") == ["3:12 the pull request `#3` of this document was merged into `main`"]
    assert run("**PRs:** PR #3, PR #4") == []


@pytest.mark.parametrize(
    "text",
    [
        "**Branch:** `feature/tide`",
        "**Branch:** `feature/unknown`",
        "**Branch:** `main`",
        "**Branch:** `develop`",
        "**Branch:** `feature/alarms` (merged)",
        "**Branch:** `feature/alarms`\n**Status:** Done",
        # The document is a unit then, of which ST001 tells.
        "**Branch:** `feature/alarms`\n**Status:** In progress",
        "**Branch:** `feature/alarms`\n**Branch:** `feature/tide`",
        "**Branch:** `feature/alarms`\n**PR:** PR #4",
        "## One\n\nText.\n\n## Two\n\n**Branch:** `feature/alarms`",
        "The branch `feature/alarms` was good.",
    ],
)
def test_silence(text: str) -> None:
    assert run(text) == []


def test_records_and_what_is_not_known() -> None:
    text = "# Handoff\n\n**Branch:** `feature/alarms`\n"
    assert told(outlived, text, MERGED, lifecycle=Lifecycle.HISTORICAL) == []
    dated = {"commits": [{"add": ["2026-02-03-handoff.md"]}, *MERGED["commits"][1:]]}
    assert told(outlived, text, dated, path="2026-02-03-handoff.md") == []
    assert told(outlived, text, {**MERGED, "shallow": True}) == ["3:14 ? history is shallow"]
