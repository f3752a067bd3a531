"""Git commands that ask for a branch."""

from __future__ import annotations

import pytest

from doclint.model.commands import shell
from tests.model.reading import read, written


def asked(line: str) -> list[str]:
    return [command.branch for command in shell(read(f"```bash\n{line}\n```\n")).commands]


@pytest.mark.parametrize(
    ("line", "branch"),
    [
        ("git checkout main", "main"),
        ("$ git switch main", "main"),
        ("git merge --no-ff -m 'Merge it' main", "main"),
        ("git rebase origin/main", "origin/main"),
        ("git pull --rebase origin main", "main"),
        ("git push -u origin main", "main"),
        ("git fetch origin main  # first", "main"),
        ("git add . && git checkout main", "main"),
    ],
)
def test_the_branch_that_must_be_there(line: str, branch: str) -> None:
    assert asked(line) == [branch]
    document = read(f"`{line}`\n")
    assert [written(document, command.span) for command in shell(document).commands] == [branch]


@pytest.mark.parametrize(
    "line",
    [
        "git checkout -b main",
        "git checkout main -- a.py",
        "git checkout main a.py",
        "git checkout <branch>",
        "git rebase -i HEAD~2",
        "git rebase --continue",
        "git rebase --onto main topic",
        "git push upstream main",
        "git push origin HEAD:main",
        "git push origin --delete main",
        "git pull",
        "git log main",
        "# git checkout main",
        "cd other && git checkout main",
        "git clone https://example.com/a.git\ngit checkout main",
        "git -C other checkout main",
        "digit checkout main",
        "git",
    ],
)
def test_commands_that_ask_for_none_of_ours(line: str) -> None:
    assert asked(line) == []


def test_a_fence_of_another_language_is_no_shell() -> None:
    assert shell(read("```python\ngit checkout main\n```\n")).commands == ()


def test_branches_that_the_document_makes() -> None:
    assert {"develop", "main"} <= shell(read("```\ngit checkout -b develop\ngit branch -M main\n```\n")).made
