"""RF006: commits that are not here."""

from __future__ import annotations

import pytest

from doclint.checks import commits
from tests.checks.running import told


@pytest.mark.parametrize(
    "text",
    [
        "Merged in `dead0c5`.",
        "It was done in commit `dead0c5`.",
        "SHA: `dead0c5a1b2c`",
        "commit `dead0c5a1b2cdead0c5a1b2cdead0c5a1b2c1234`",
        "| Commit | What |\n| - | - |\n| `dead0c5` | rows |",
        "# Log\n\n## 2026-02-05\n\nMerged in `dead0c5`.",
    ],
)
def test_a_commit_that_is_not_here(text: str) -> None:
    (line,) = told(commits, f"{text}\n")
    assert "there is no commit `dead0c5" in line


@pytest.mark.parametrize(
    "text",
    [
        "The page is `dead0c5`.",
        "commit `dead0c5a1b2c3d4e`",
        "## Next steps\n\nMerge in `dead0c5`.",
        "## Template\n\ncommit `dead0c5`",
        "| Id | What |\n| - | - |\n| `dead0c5` | rows |",
    ],
)
def test_an_id_that_may_be_anything(text: str) -> None:
    assert told(commits, f"{text}\n") == []


def test_a_shallow_clone_does_not_know() -> None:
    assert told(commits, "commit `dead0c5`\n", {"shallow": True}) == ["1:9 ? history is shallow"]
