"""The first-parent line, and what files were on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doclint.errors import GitError
from doclint.repo.git import GitRepo
from doclint.repo.line import Line
from tests.repo.conftest import Build, Git, Open

# The subject of the commit where a stretch begins, the path, and the file's text in it.
Rows = list[tuple[str, str, str]]
Make = Callable[..., GitRepo]


@pytest.fixture
def make(built: Build, opened: Open) -> Make:
    """The newest commit of a real repository that was made so."""
    return lambda *commits: opened(built({"commits": list(commits)}), "HEAD")


def rows(repo: GitRepo, path: str, line: Line | None = None) -> Rows:
    line = line or repo.line()
    found: Rows = []
    for stretch in line.trace([path])[path].stretches:
        data = repo.content(stretch.blob)
        assert isinstance(data, bytes)
        found.append((line.commits[stretch.place].subject, stretch.path, data.decode()))
    return found


def test_what_a_merge_brings_began_in_the_merge(make: Make) -> None:
    repo = make(
        {"subject": "Begin", "add": {"a.md": "one"}},
        {"subject": "Aside", "on": "side", "modify": {"a.md": "two"}},
        {"subject": "Aside again", "on": "side", "modify": {"a.md": "three"}},
        {"subject": "Go on", "add": ["b.txt"]},
        {"merge": "side"},
    )
    line = repo.line()
    assert [commit.subject for commit in line.commits] == ["Merge branch 'side'", "Go on", "Begin"]
    assert rows(repo, "a.md") == [("Merge branch 'side'", "a.md", "three"), ("Begin", "a.md", "one")]
    assert [line.brings(id) for id in (line.commits[0].parents[1], line.commits[1].id, "0" * 40)] == [0, 1, None]


@pytest.mark.parametrize("others", [0, 20])
def test_a_file_that_moved_and_whose_name_another_took(make: Make, others: int) -> None:
    text = "a line that is long enough to be known again\n" * 9
    repo = make(
        {"subject": "Begin", "add": {"a.md": text}},
        {"subject": "Move", "rename": {"a.md": "docs/a.md"}},
        {"subject": "Another", "add": {"a.md": "other"}},
        {"subject": "Move and change", "rename": {"docs/a.md": "docs/b.md"}, "modify": {"docs/b.md": text + "more\n"}},
        {"subject": "Change", "modify": {"a.md": "another"}},
    )
    line = repo.line()
    # Many paths are looked for in another way than few.
    traces = line.trace(["docs/b.md", "a.md", *(f"none{number}" for number in range(others))])
    told = {path: [(line.commits[each.place].subject, each.path) for each in trace.stretches] for path, trace in traces.items()}
    assert told["docs/b.md"] == [("Move and change", "docs/b.md"), ("Move", "docs/a.md"), ("Begin", "a.md")]
    assert told["a.md"] == [("Change", "a.md"), ("Another", "a.md")]
    assert all(told[f"none{number}"] == [] for number in range(others))


def test_a_file_that_was_away_began_when_it_came_back(make: Make) -> None:
    repo = make(
        {"subject": "Begin", "add": {"a.md": "one"}},
        {"subject": "Away", "delete": ["a.md"]},
        {"subject": "Back", "add": {"a.md": "one"}},
    )
    assert rows(repo, "a.md") == [("Back", "a.md", "one")]


def test_no_further_back(make: Make) -> None:
    repo = make(
        {"subject": "Begin", "add": {"a.md": "one", "b.md": "b"}},
        {"subject": "Change", "modify": {"a.md": "two"}},
        {"subject": "Elsewhere", "add": ["b.txt"]},
        {"subject": "Change again", "modify": {"a.md": "three"}},
    )
    line = repo.line("HEAD~2")
    assert line.cut == "since"
    assert rows(repo, "a.md", line) == [("Change again", "a.md", "three"), ("Change", "a.md", "two")]
    assert rows(repo, "b.md", line) == [("Change", "b.md", "b")]
    trace = line.trace(["a.md"])["a.md"]
    assert [trace.at(place).place for place in range(3)] == [0, 2, 2]
    assert trace.find(3) is None
    assert repo.line().cut is None
    with pytest.raises(GitError, match="there is no branch or revision `nowhere`"):
        repo.line("nowhere")


def test_a_revision_that_shares_nothing_cuts_nothing(make: Make, git: Git) -> None:
    repo = make({"subject": "Begin", "add": {"a.md": "one"}})
    alone = git(Path(repo.root), "commit-tree", "-m", "Alone", "HEAD^{tree}")
    line = repo.line(alone)
    assert (line.cut, [commit.subject for commit in line.commits]) == (None, ["Begin"])


def test_a_link_is_no_file(opened: Open, git: Git, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a.md").symlink_to("b.md")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "Link")
    (tmp_path / "a.md").unlink()
    (tmp_path / "a.md").write_text("one", "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "File")
    assert rows(opened(tmp_path, "HEAD"), "a.md") == [("File", "a.md", "one")]
