"""Specs of repositories, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.errors import ConfigError
from doclint.repo.facts import SHALLOW, Branch, Commit, Unknown
from doclint.repo.memory import MemoryRepo
from doclint.repo.world import play


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ({"bases": "main"}, "the repository: `bases` is not known here; there are `base`, `commits`, "),
        ({"commits": {"subject": "x"}}, "commits is no list"),
        ({"commits": ["x"]}, "commit 1 is no mapping"),
        ({"commits": [{"subjct": "x"}]}, "commit 1: `subjct` is not known here"),
        ({"commits": [{"add": ["a"]}, {"delete": ["b"]}]}, "commit 2, delete: there is no file `b`"),
        ({"commits": [{"rename": {"a": "b"}}]}, "commit 1, rename: there is no file `a`"),
        ({"commits": [{"modify": ["a"]}]}, "commit 1, modify: there is no file `a`"),
        ({"commits": [{"add": "a"}]}, "commit 1, add is neither a list of paths nor texts by path"),
        ({"commits": [{"add": {"a": 1}}]}, "commit 1, add, a: 1 is no text"),
        ({"commits": [{"date": "2026-02-30"}]}, "commit 1, date: '2026-02-30' is no date"),
        ({"commits": [{"merge": "x"}]}, "commit 1: there is no commit on `main` yet"),
        ({"files": ["a"], "commits": [{"merge": "x"}]}, "commit 1: there is no branch `x`"),
        ({"files": ["a"], "commits": [{"merge": "x", "squash": "x"}]}, "commit 1: `merge` and `squash` exclude each other"),
        ({"files": ["a"], "commits": [{"branch": "x", "pull-request": "7"}]}, "commit 1, pull-request: '7' is no number"),
        ({"files": ["a"], "head": "x"}, "head: there is no branch `x`"),
        ({"uncommitted": []}, "uncommitted is no mapping"),
        ({"files": ["a"], "uncommitted": {"drop": ["a"]}}, "uncommitted: `drop` is not known here"),
        ({"ignored": "*.log"}, "ignored is no list"),
    ],
)
def test_faults_in_a_spec(spec: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        play(spec)
    assert str(caught.value).startswith(message)


def test_documents_stand_where_a_commit_names_them() -> None:
    documents = {"D.md": "# D\n", "E.md": "# E\n"}
    world = play(
        {
            "files": ["a"],
            "commits": [{"add": {"D.md": "# Old\n"}}, {"subject": "Now", "modify": ["D.md"]}, {"subject": "End", "modify": ["a"]}],
        },
        documents,
    )
    assert [sorted(node.tree) for node in world.nodes] == [
        ["E.md", "a"],
        ["D.md", "E.md", "a"],
        ["D.md", "E.md", "a"],
        ["D.md", "E.md", "a"],
    ]
    assert [node.tree.get("D.md") for node in world.nodes] == [None, "# Old\n", "# D\n", "# D\n"]
    assert (world.work["D.md"], world.work["E.md"]) == ("# D\n", "# E\n")


def test_a_document_that_was_not_committed_in_its_present_form() -> None:
    repo = MemoryRepo.build({"files": {"D.md": "one\n"}}, {"D.md": "one\ntwo\n"})
    lines = repo.blame("D.md", 1, 2)
    assert not isinstance(lines, Unknown)
    assert [isinstance(each, Commit) for each in lines] == [True, False]


def test_pull_requests_stay_open_until_they_land() -> None:
    world = play({"files": ["a"], "commits": [{"on": "x", "add": ["b"], "pull-request": 4}, {"on": "x", "subject": "More", "add": ["c"]}]})
    assert world.pulls == {4: world.heads["x"]}


def test_shallow() -> None:
    repo = MemoryRepo.build({"files": ["a"], "commits": [{"on": "x", "add": ["b"]}, {"merge": "x"}], "shallow": True})
    assert repo.limits() == [SHALLOW] or repo.limits() == (SHALLOW,)
    assert repo.log() == repo.history("a") == repo.pull_request(1) == repo.commit("0123456789") == repo.branch("y") == SHALLOW
    found = repo.branch("x")
    assert isinstance(found, Branch)
    assert found.landed == SHALLOW
    assert repo.blame("a", 1, 1) == [SHALLOW]
    assert repo.commit(repo.head.id if repo.head else "") == repo.head
