"""RF007: commands for branches that are not there."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import commands
from doclint.model.document import Lifecycle
from tests.checks.running import fixed, proofs, told

MASTER: dict[str, Any] = {"base": "master", "files": ["a.py"]}
SAID = "`git checkout main` asks for a branch that does not exist; the base branch is `master`"


def test_a_branch_that_is_not_there() -> None:
    text = "# Work\n\n```\ngit checkout main\n```\n"
    assert told(commands, text, MASTER) == [f"4:14 {SAID}"]
    assert proofs(commands, text, MASTER) == [["no ref and no merge is named `main`"]]
    assert fixed(commands, text, MASTER) == text
    assert fixed(commands, text, MASTER, unsafe=True) == "# Work\n\n```\ngit checkout master\n```\n"
    assert fixed(commands, "`git rebase origin/main`\n", MASTER, unsafe=True) == "`git rebase origin/master`\n"


@pytest.mark.parametrize(
    "text",
    [
        "`git checkout master`\n",
        "`git checkout feature/rows`\n",
        "`git checkout main`\n\n`git branch -M main`\n",
        "# Log\n\n## 2026-02-05\n\n`git checkout main`\n\n## 2026-02-03\n\n`git checkout main`\n",
        "## Template\n\n`git checkout main`\n",
    ],
)
def test_what_is_there_made_past_or_of_another_name(text: str) -> None:
    assert told(commands, text, MASTER) == []


def test_a_merged_branch_is_known() -> None:
    merged = {**MASTER, "commits": [{"on": "main", "add": ["b.py"]}, {"merge": "main", "drop": True}]}
    assert told(commands, "`git checkout main`\n", merged) == []


def test_a_clone_may_hold_only_some_branches() -> None:
    assert told(commands, "`git checkout develop`\n", MASTER) == ["1:15 ? this clone may hold only some branches"]
    assert told(commands, "`git checkout main`\n", {**MASTER, "shallow": True}) == ["1:15 ? history is shallow"]
    many = {**MASTER, "commits": [{"branch": "feature/a"}, {"branch": "feature/b"}]}
    (line,) = told(commands, "`git checkout develop`\n", many)
    assert line.startswith("1:15 `git checkout develop` asks")


def test_only_living_documents_are_judged() -> None:
    assert told(commands, "`git checkout main`\n", MASTER, lifecycle=Lifecycle.HISTORICAL) == []
