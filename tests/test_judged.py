"""What was judged is said, in real repositories with remotes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from doclint.cli import main
from doclint.resources import schema
from tests.outside import commit, git


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone whose ``main`` is two commits behind that of its remote; ``ahead`` is what the remote has."""
    remote, clone = tmp_path / "remote", tmp_path / "clone"
    remote.mkdir()
    git(remote, "init", "-q", "-b", "main")
    (remote / "NOTES.md").write_text("# Notes\n\n[it](gone.md)\n")
    commit(remote, "Start")
    git(tmp_path, "clone", "-q", str(remote), "clone")
    for subject in ("One", "Two"):
        (remote / f"{subject}.txt").write_text(subject)
        commit(remote, subject)
    git(clone, "fetch", "-q")
    return clone


def _short(root: Path, revision: str) -> str:
    return git(root, "rev-parse", revision)[:7]


def _judged(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str | None:
    """The line in front of the summary, if it says what was judged."""
    main(["-C", str(root), "check", *arguments])
    out, err = capsys.readouterr()
    assert err == ""
    line = (["", *out.splitlines()])[-2]
    assert out.count("judged: ") == int(line.startswith("judged: "))
    return line.removeprefix("judged: ") if line.startswith("judged: ") else None


def _tree(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    main(["-C", str(root), "check", "--format", "json", *arguments])
    report = json.loads(capsys.readouterr().out)
    Draft202012Validator(schema("report")).validate(report)
    tree = report["tree"]
    assert isinstance(tree, dict)
    return tree


def test_what_lies_there_is_not_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "NOTES.md").write_text("# Notes\n\n[it](gone.md)\n")
    assert _judged(tmp_path, capsys) is None
    git(tmp_path, "add", "-A")
    assert _judged(tmp_path, capsys, "--staged") == "the index before the first commit"
    id = commit(tmp_path, "Start")[:7]
    assert _judged(tmp_path, capsys) is None
    assert _judged(tmp_path, capsys, "--staged") == f"the index at {id}, the base `main`"
    assert _judged(tmp_path, capsys, "--rev", "HEAD") == f"{id}, the base `main`"
    git(tmp_path, "checkout", "-q", "-b", "work")
    work = commit(tmp_path, "Work")[:7]
    assert _judged(tmp_path, capsys, "--staged") == f"the index at {work}; the base is `main` at {id}"
    # Seen as of then, a revision is its own base.
    assert _judged(tmp_path, capsys, "--rev", "HEAD") == f"{work}, the base `work`"
    assert _judged(tmp_path, capsys, "--rev", "HEAD", "--base", "main") == f"{work}; the base is `main` at {id}"
    (tmp_path / "NOTES.md").write_text("# Notes\n")
    assert _judged(tmp_path, capsys) is None
    assert _judged(tmp_path, capsys, "--since", "HEAD") is None
    (tmp_path / "NOTES.md").write_text("# Notes\n\n[another](other.md)\n")
    assert _judged(tmp_path, capsys, "--since", "HEAD") == f"the work tree at {work} with uncommitted changes; the base is `main` at {id}"
    git(tmp_path, "add", "-A")
    (tmp_path / "NOTES.md").write_text("# Notes\n")
    git(tmp_path, "add", "-A")
    assert _judged(tmp_path, capsys, "--staged") is None


def test_the_local_branch_is_behind(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here, there = _short(clone, "main"), _short(clone, "origin/main")
    assert (
        _judged(clone, capsys)
        == f"the work tree at {here}; the base is `main` at {there} as `origin/main` has it, 2 commits further than here"
    )
    tree = _tree(clone, capsys)
    id = git(clone, "rev-parse", "origin/main")
    assert tree["base"] == {"name": "main", "commit": id}
    assert tree["upstream"] == {"name": "origin/main", "commit": id, "ahead": 0, "behind": 2}
    assert tree["uncommitted"] is False
    (clone / "NOTES.md").write_text("# Notes\n")
    assert _tree(clone, capsys)["uncommitted"] is True
    # The remote's commits were taken into account, and there is nothing wrong.
    assert _judged(clone, capsys) is None


def test_both_went_on(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (clone / "NOTES.md").write_text("# Notes\n")
    here = commit(clone, "Mend")
    lacking = "which lacks 2 commits of `origin/main`"
    # Nothing is wrong as far as can be seen from here; what the others landed cannot be seen.
    assert _judged(clone, capsys) == f"the work tree at {here[:7]}, the base `main`, {lacking}"
    git(clone, "checkout", "-q", "-b", "work")
    work = commit(clone, "Work")
    assert _judged(clone, capsys, "--staged") == f"the index at {work[:7]}; the base is `main` at {here[:7]}, {lacking}"
    assert _tree(clone, capsys)["upstream"] == {
        "name": "origin/main",
        "commit": git(clone, "rev-parse", "origin/main"),
        "ahead": 1,
        "behind": 2,
    }
    git(clone, "branch", "-f", "main", "origin/main")
    assert _judged(clone, capsys) is None
    assert _tree(clone, capsys)["upstream"] == {
        "name": "origin/main",
        "commit": git(clone, "rev-parse", "main"),
        "ahead": 0,
        "behind": 0,
    }


def test_where_it_is_not_known(clone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(clone, "remote", "remove", "origin")
    assert _judged(clone, capsys) is None
    assert _tree(clone, capsys)["upstream"] is None
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path / 'remote'}", "shallow")
    git(tmp_path / "shallow", "commit", "-q", "--allow-empty", "-m", "More")
    assert _tree(tmp_path / "shallow", capsys)["upstream"] is None
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "A.md").write_text("# A\n")
    tree = _tree(tmp_path / "plain", capsys)
    assert (tree["upstream"], tree["uncommitted"]) == (None, None)
