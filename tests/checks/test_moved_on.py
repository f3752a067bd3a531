"""ST012: work in progress whose files went on without a word about it."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import moved_on
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told

BOARD = "# B\n\n| Session | Status | Files |\n|---|---|---|\n| Session A | In progress | `src/a.py` |\n"


def world(text: str, *days: str, path: str = "STATUS.md", **rest: Any) -> dict[str, Any]:
    first = {"add": {path: text, "src/a.py": "0\n"}, "date": "2026-01-05"}
    edits = [{"modify": {"src/a.py": f"{day}\n"}, "date": day, "subject": f"Edit {day}"} for day in days]
    return {"commits": [first, *edits], **rest}


def run(text: str, repository: dict[str, Any], **rest: Any) -> list[str]:
    return told(moved_on, text, repository, **{"days": 14, "commits": 2, **rest})


LATER = ("2026-01-06", "2026-01-19", "2026-02-03")


def test_later_commits() -> None:
    found = ["5:15 `Session A` is said to be `In progress` since 2026-01-05, and 2 later commits changed what it names"]
    assert run(BOARD, world(BOARD, *LATER)) == found
    ((first, second),) = proofs(moved_on, BOARD, world(BOARD, *LATER), days=14, commits=2)
    assert first.endswith(" on 2026-02-03 (Edit 2026-02-03)")
    assert second == "`src/a.py`"


@pytest.mark.parametrize(
    "text",
    [
        BOARD.replace("In progress", "Done"),
        BOARD.replace("In progress", "Not started"),
        BOARD.replace("`src/a.py`", "the collector"),
        BOARD.replace("src/a.py", "src/unknown.py"),
    ],
)
def test_silence(text: str) -> None:
    assert run(text, world(text, *LATER)) == []


def test_what_does_not_count() -> None:
    assert run(BOARD, world(BOARD, *LATER), commits=3) == []
    assert run(BOARD, world(BOARD.replace("In progress", "Open"), *LATER)) == []
    assert run(BOARD, world(BOARD, *LATER), lifecycle=Lifecycle.HISTORICAL) == []
    assert run(BOARD, world(BOARD, *LATER, path="B_2026-01-05.md"), path="B_2026-01-05.md") == []
    assert run(BOARD, world(BOARD, *LATER, shallow=True)) == ["5:15 ? history is shallow"]
