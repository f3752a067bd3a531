"""What brought findings in, in real repositories."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from doclint.causes import Causes, Side
from doclint.cli import main
from doclint.diagnostic import Diagnostic, Severity
from doclint.repo.git import open_repo
from doclint.report import Presentation
from doclint.reporters import text
from doclint.resources import schema
from doclint.text import Source, Span
from tests.outside import commit, git, write
from tests.reporters import sample

BOARD = """\
# Coordination

## Session A: Ingest
- **Branch:** `feature/ingest`
- **Status:** IN PROGRESS
"""
NOTES = "# Notes\n\nSee [the loader](src/load.py).\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    write(root, "COORDINATION.md", BOARD)
    write(root, "NOTES.md", NOTES)
    write(root, "src/load.py", "def load():\n    return 1\n")
    write(root, "other.txt", "1\n")
    commit(root, "Start")
    return root


def _causes(root: Path, capsys: pytest.CaptureFixture[str], since: str, *arguments: str) -> dict[str, list[str]]:
    """What brought each finding in, by place and code."""
    main(["-C", str(root), "check", "--format", "json", "--since", since, *arguments])
    out, err = capsys.readouterr()
    assert err == ""
    report = json.loads(out)
    Draft202012Validator(schema("report")).validate(report)
    return {f"{one['path']}:{one['line']} {one['code']}": [cause["text"] for cause in one["causes"]] for one in report["findings"]}


def test_a_deleted_file(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "src" / "load.py").unlink()
    place = "NOTES.md:3 RF001"
    assert _causes(repository, capsys, "HEAD") == {place: ["`src/load.py` was deleted, which is not committed yet"]}
    id = commit(repository, "Drop `it`")
    write(repository, "other.txt", "2\n")
    commit(repository, "Another")
    assert _causes(repository, capsys, "HEAD~2") == {place: [f"`src/load.py` was deleted in {id[:7]} (Drop `it`)"]}
    main(["-C", str(repository), "check", "--since", "HEAD~2"])
    assert f"  = cause: `src/load.py` was deleted in {id[:7]} (Drop `it`)\n  = help: " in capsys.readouterr().out
    main(["-C", str(repository), "check", "--since", "HEAD~2", "--format", "json"])
    (cause,) = json.loads(capsys.readouterr().out)["findings"][0]["causes"]
    date = git(repository, "show", "-s", "--format=%cs", id)
    assert cause == {
        "kind": "path",
        "text": f"`src/load.py` was deleted in {id[:7]} (Drop `it`)",
        "commit": id,
        "date": date,
        "subject": "Drop `it`",
        "path": "src/load.py",
    }


def test_a_renamed_file(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "mv", "src/load.py", "src/loader.py")
    id = commit(repository, "Rename")
    assert _causes(repository, capsys, "HEAD~1") == {
        "NOTES.md:3 RF001": [f"`src/load.py` was renamed to `src/loader.py` in {id[:7]} (Rename)"]
    }


def test_a_deleted_directory(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "src/b/one.py", "1\n")
    write(repository, "src/b/two.py", "2\n")
    write(repository, "NOTES.md", "# Notes\n\nSee [them](src/b/).\n")
    commit(repository, "More")
    git(repository, "rm", "-q", "-r", "src/b")
    id = commit(repository, "Less")
    assert _causes(repository, capsys, "HEAD~1") == {
        "NOTES.md:3 RF001": [f"`src/b/one.py` and 1 more file were deleted in {id[:7]} (Less)"]
    }


def test_the_document_itself(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "NOTES.md", f"{NOTES}\nAnd [the map](docs/map.md).\n")
    first = commit(repository, "Add the map")
    write(repository, "NOTES.md", f"{NOTES}\nAnd [the map](docs/map.md).\n\nThat is all.\n")
    commit(repository, "Close it")
    write(repository, "docs/NEW.md", "See [it](no.md).\n")
    place = "NOTES.md:5 RF001"
    assert _causes(repository, capsys, "HEAD~2") == {
        place: [f"`NOTES.md` was changed in {first[:7]} (Add the map)"],
        "docs/NEW.md:1 RF001": ["`docs/NEW.md` was added, which is not committed yet"],
    }


def test_a_moved_document_takes_its_links_along(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "docs/one/NOTES.md", "# Notes\n\n[see](../two.md)\n")
    write(repository, "docs/two.md", "# Two\n")
    commit(repository, "Write")
    git(repository, "mv", "docs/one/NOTES.md", "docs/NOTES.md")
    id = commit(repository, "Move")
    assert _causes(repository, capsys, "HEAD~1") == {
        "docs/NOTES.md:3 RF001": [f"`docs/NOTES.md` was renamed from `docs/one/NOTES.md` in {id[:7]} (Move)"]
    }


def test_a_new_line_about_a_file_that_goes_with_it(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "NOTES.md", NOTES.replace("the loader", "this loader"))
    (repository / "src" / "load.py").unlink()
    id = commit(repository, "Both")
    assert _causes(repository, capsys, "HEAD~1") == {
        "NOTES.md:3 RF001": [f"`NOTES.md` was changed in {id[:7]} (Both)", f"`src/load.py` was deleted in {id[:7]} (Both)"]
    }


def test_a_merge(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "checkout", "-q", "-b", "feature/ingest")
    write(repository, "src/ingest.py", "1\n")
    commit(repository, "Ingest")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "--no-edit", "feature/ingest")
    merge = git(repository, "rev-parse", "HEAD")
    assert _causes(repository, capsys, "HEAD~1", "--select", "ST001") == {
        "COORDINATION.md:5 ST001": [f"the merge {merge[:7]} (Merge branch 'feature/ingest') came in"]
    }


def test_a_heading_that_another_document_lost(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "docs/GUIDE.md", "# Guide\n\n## Setup\n\nDo it.\n")
    write(repository, "NOTES.md", "# Notes\n\nSee [it](docs/GUIDE.md#setup).\n")
    commit(repository, "Guide")
    write(repository, "docs/GUIDE.md", "# Guide\n\n## Installation\n\nDo it.\n")
    write(repository, "other.txt", "2\n")
    id = commit(repository, "Better words")
    assert _causes(repository, capsys, "HEAD~1") == {"NOTES.md:3 RF002": [f"`docs/GUIDE.md` was changed in {id[:7]} (Better words)"]}


def test_hostile_subjects_and_names(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "src/a\x1b[31m`b.py"
    write(repository, name, "1\n")
    write(repository, "NOTES.md", "# Notes\n\nSee [it](src/load.py).\n")
    commit(repository, "Start")
    (repository / "src" / "load.py").unlink()
    (repository / name).unlink()
    commit(repository, "Drop\x1b[2J \u202e::error::##[group]")
    main(["-C", str(repository), "check", "--since", "HEAD~1"])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "was deleted in" in out


def test_a_shallow_clone_names_the_file_without_its_commit(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "src" / "load.py").unlink()
    commit(repository, "Drop")
    git(tmp_path, "clone", "-q", "--depth", "2", repository.as_uri(), "clone")
    assert _causes(tmp_path / "clone", capsys, "HEAD~1") == {
        "NOTES.md:3 RF001": [f"`src/load.py` was deleted in {git(repository, 'rev-parse', 'HEAD')[:7]} (Drop)"]
    }


def test_the_only_file_that_changed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing names it, and there is nothing else that changed, it is that."""

    def causes() -> list[str]:
        with open_repo(str(repository), tree="worktree") as repo:
            range, before = repo.since("HEAD~1")
            source = Source("NOTES.md", NOTES)
            found = Diagnostic("XX001", "x", Severity.ERROR, "NOTES.md", Span(0, 1), "wrong", (), None, None, "")
            return [one.text for one in Causes(range, repo, before).of(found, source, Side("NOTES.md", source), None)]

    write(repository, ".gitignore", "data/\n")
    id = commit(repository, "Ignore the data")
    git(repository, "checkout", "-q", "-b", "work")
    # What has landed by then may make a difference too.
    assert causes() == []
    git(repository, "branch", "-f", "main", "HEAD~1")
    assert causes() == [f"`.gitignore` was added in {id[:7]} (Ignore the data)"]
    write(repository, "other.txt", "2\n")
    assert causes() == []


def test_a_finding_without_a_known_cause_says_so(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = sample.FULL
    unknown = replace(report, diagnostics=[report.diagnostics[0]._replace(causes=())])
    assert "\n  = cause: not known\n" in text.render(unknown, Presentation())


def test_files_that_change_together(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "doclint.toml", '[[co-change]]\nwhen = ["src/**"]\nthen = ["NOTES.md"]\n')
    commit(repository, "Configure")
    write(repository, "src/load.py", "def load():\n    return 2\n")
    id = commit(repository, "Another result")
    (causes,) = _causes(repository, capsys, "HEAD~1").values()
    assert causes == [f"`src/load.py` was changed in {id[:7]} (Another result)"]
