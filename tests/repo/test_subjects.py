"""What subjects say of branches and pull requests."""

from __future__ import annotations

import pytest

from doclint.repo.subjects import merge_request, merged_branches, pull_requests


@pytest.mark.parametrize(
    ("subject", "names"),
    [
        ("Merge branch 'x'", ["x"]),
        ("Merge branch 'feature/x' into main", ["feature/x"]),
        ("Merge branch 'feature/x' into 'main'", ["feature/x"]),
        ("Merge branches 'a', 'b' and 'c' into dev", ["a", "b", "c"]),
        ("Merge remote-tracking branch 'origin/feature/x'", ["feature/x"]),
        ("Merge remote-tracking branch 'origin/x' into y", ["x"]),
        ("Merge pull request #7 from owner/feature/x", ["feature/x"]),
        ("Merge pull request 'A title' (#7) from feature/x into main", ["feature/x"]),
        ("Merged in feature/x (pull request #7)", ["feature/x"]),
        ("Merge feature/x into main", ["feature/x"]),
        ("Merge feature/x: the pipeline", ["feature/x"]),
        ("Merge branch feature/x", ["feature/x"]),
        ("Merge origin/feature/x into main", ["origin/feature/x", "feature/x"]),
        ("Merge the two tables", []),
        ("Merge and/or split tables", []),
        ("Merge commit 'abc1234'", []),
        ("Merge branch '", []),
        ("Revert \"Merge branch 'x'\"", []),
    ],
)
def test_merged_branches(subject: str, names: list[str]) -> None:
    assert [each.name for each in merged_branches(subject)] == names


def test_a_branch_fetched_from_a_url_is_marked() -> None:
    assert [each.pulled for each in merged_branches("Merge branch 'x' of https://host/y into x")] == [True]
    assert [each.pulled for each in merged_branches("Merge branch 'x' into y")] == [False]


@pytest.mark.parametrize(
    ("subject", "numbers"),
    [
        ("Merge pull request #7 from owner/x", (7,)),
        ("Add x (#68)", (68,)),
        ("Add x (#68) ", (68,)),
        ('Revert "Add x (#68)" (#70)', (70,)),
        ('Revert "Add x (#68)"', ()),
        ("Add x (#68), finally", ()),
        ("Fix #12", ()),
        ("Merged in x (pull request #9)", (9,)),
        ("Merged PR 123: Title", (123,)),
        ("Merge pull request 'T' (#5) from x into main", (5,)),
        ("Add x (#99999999999999999999)", ()),
    ],
)
def test_pull_requests(subject: str, numbers: tuple[int, ...]) -> None:
    assert pull_requests(subject) == numbers


def test_merge_requests() -> None:
    assert merge_request("Merge branch 'x' into 'main'\n\nTitle\n\nSee merge request group/sub/project!31\n") == 31
    assert merge_request("See the merge request !31") is None
