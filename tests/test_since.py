"""What a range of changes brought in, in real repositories."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from doclint import engine
from doclint.cli import main
from doclint.config import Plan
from doclint.model.document import Document
from doclint.model.lexicon import Lexicon
from doclint.resources import schema
from doclint.text import Source
from tests.outside import commit, git, write

BOARD = """\
# Coordination

## Session A: Ingest
- **Branch:** `feature/ingest`
- **Status:** IN PROGRESS
"""
NOTES = "# Notes\n\nSee [the loader](src/load.py) and [the map](docs/map.md).\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    write(root, "COORDINATION.md", BOARD)
    write(root, "NOTES.md", NOTES)
    write(root, "src/load.py", "def load():\n    return 1\n")
    commit(root, "Start")
    return root


def _found(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str, note: str = "") -> list[str]:
    code = main(["-C", str(root), "check", "--format", "concise", "--fail-on", "info", *arguments])
    out, err = capsys.readouterr()
    assert err == note
    assert code == int(bool(out))
    return [line.split(" ", 2)[0].rstrip(":") + " " + line.split(" ", 2)[1] for line in out.splitlines()]


def test_a_deletion_breaks_a_document_that_the_change_does_not_touch(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _found(repository, capsys) == ["NOTES.md:3:45 RF001"]
    (repository / "src" / "load.py").unlink()
    new = ["NOTES.md:3:18 RF001"]
    assert _found(repository, capsys, "--since", "HEAD") == new
    assert _found(repository, capsys, "--since", "HEAD", "--staged") == []
    git(repository, "add", "-A")
    assert _found(repository, capsys, "--since", "HEAD", "--staged") == new
    commit(repository, "Drop the loader")
    assert _found(repository, capsys, "--since", "HEAD") == []
    assert _found(repository, capsys, "--since", "HEAD~1") == new
    assert _found(repository, capsys, "--since", "HEAD~1", "--rev", "main", "NOTES.md") == new
    assert _found(repository, capsys, "--since", "HEAD~1", "COORDINATION.md") == []


def test_a_document_is_followed_where_it_went(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "docs").mkdir()
    git(repository, "mv", "NOTES.md", "docs/REMARKS.md")
    write(repository, "docs/REMARKS.md", "# Remarks\n\nSee [the loader](../src/load.py) and\n[the map](docs/map.md).\n")
    write(repository, "README.md", "[it](docs/map.md)\n")
    assert _found(repository, capsys, "--since", "HEAD") == ["README.md:1:6 RF001", "docs/REMARKS.md:4:11 RF001"]
    write(repository, "docs/REMARKS.md", "# Notes\n\n\nSee [the loader](src/load.py)   and [the map](docs/map.md).\n")
    # The loader was reached from where the document stood before.
    assert _found(repository, capsys, "--since", "HEAD") == ["README.md:1:6 RF001", "docs/REMARKS.md:4:18 RF001"]


def test_a_merge_makes_a_status_stale(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "checkout", "-q", "-b", "feature/ingest")
    write(repository, "src/ingest.py", "1\n")
    commit(repository, "Ingest")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "--no-edit", "feature/ingest")
    stale = ["COORDINATION.md:5:15 ST001"]
    assert _found(repository, capsys, "--since", "HEAD~1", "--select", "ST") == stale
    # A branch that begins there has nothing to do with it, and neither has one that began before.
    git(repository, "checkout", "-q", "-b", "late")
    _commit_something(repository)
    assert _found(repository, capsys, "--since", "main", "--select", "ST") == []
    assert _found(repository, capsys, "--since", "main~1", "--select", "ST") == stale
    git(repository, "checkout", "-q", "-b", "early", "main~1")
    _commit_something(repository)
    assert _found(repository, capsys, "--select", "ST") == stale
    assert _found(repository, capsys, "--since", "main", "--select", "ST") == []


def test_what_was_not_known_before_was_not_brought_in(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which branches there were at a commit of the past is not known: a change elsewhere has not broken the row that names one."""
    git(repository, "checkout", "-q", "-b", "feature/ingest")
    write(repository, "src/ingest.py", "1\n")
    commit(repository, "Ingest")
    git(repository, "checkout", "-q", "main")
    write(repository, "COORDINATION.md", BOARD.replace("IN PROGRESS", "MERGED"))
    commit(repository, "Say so")
    wrong = ["COORDINATION.md:5:15 ST003"]
    assert _found(repository, capsys, "--since", "HEAD~1", "--select", "ST") == wrong
    _commit_something(repository)
    assert _found(repository, capsys, "--select", "ST") == wrong
    assert _found(repository, capsys, "--since", "HEAD~1", "--select", "ST") == []
    main(["-C", str(repository), "check", "--since", "HEAD~1", "--select", "ST"])
    assert capsys.readouterr().out == (
        "it is not said where it was merged into: ST003 could not decide (COORDINATION.md:5)\n"
        f"no findings in 2 documents, new since `HEAD~1` ({_short(repository, 'HEAD~1')})\n"
    )


def _short(repository: Path, revision: str) -> str:
    return git(repository, "rev-parse", revision)[:7]


def _commit_something(repository: Path) -> None:
    write(repository, "other.txt", "1\n")
    commit(repository, "Something else")


def test_a_count_that_changed_is_the_finding_that_was_there(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "PROGRESS.md", "# Progress\n\n## Phase 1: Load ✅ COMPLETE\n\n- [x] One\n- [ ] Two\n")
    commit(repository, "Track")
    write(repository, "PROGRESS.md", "# Progress\n\n## Phase 1: Load ✅ COMPLETE\n\n- [x] One\n- [ ] Two\n- [ ] Three\n")
    assert _found(repository, capsys, "PROGRESS.md") == ["PROGRESS.md:3:20 CL002"]
    assert _found(repository, capsys, "PROGRESS.md", "--since", "HEAD") == []


def test_what_did_not_change_is_read_once(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    recognised = engine.recognised

    def counting(source: Source, plan: Plan, lexicon: Lexicon) -> Document:
        read.append(source.path)
        return recognised(source, plan, lexicon)

    monkeypatch.setattr(engine, "recognised", counting)
    write(repository, "NOTES.md", NOTES.replace("the loader", "this loader"))
    assert _found(repository, capsys, "--since", "HEAD") == ["NOTES.md:3:46 RF001"]
    assert sorted(read) == ["COORDINATION.md", "NOTES.md", "NOTES.md"]


def test_the_second_of_two_in_one_line_is_new(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "docs/map.md", "# Map\n")
    (repository / "src" / "load.py").unlink()
    commit(repository, "Another breaks")
    (repository / "docs" / "map.md").unlink()
    assert _found(repository, capsys, "NOTES.md") == ["NOTES.md:3:18 RF001", "NOTES.md:3:45 RF001"]
    assert _found(repository, capsys, "NOTES.md", "--since", "HEAD") == ["NOTES.md:3:45 RF001"]


def test_the_reports_say_what_was_judged(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "src" / "load.py").unlink()
    short = git(repository, "rev-parse", "HEAD")[:7]
    assert main(["-C", str(repository), "check", "--since", "main"]) == 1
    out = capsys.readouterr().out
    assert out.endswith(f"\n1 error in 2 documents, new since `main` ({short}); 1 older finding not told\n")
    git(repository, "branch", "other")
    commit(repository, "Drop it")
    git(repository, "checkout", "-q", "other")
    _commit_something(repository)
    git(repository, "checkout", "-q", "main")
    assert main(["-C", str(repository), "check", "--since", "other", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    Draft202012Validator(schema("report")).validate(report)
    other = git(repository, "rev-parse", "other")
    fork = git(repository, "rev-parse", "main~1")
    assert report["tree"]["since"] == {"name": "other", "commit": other, "fork": fork, "known": 1, "unread": []}
    assert main(["-C", str(repository), "check", "--since", "other"]) == 1
    assert f", new since `other` was left at {short}; 1 older" in capsys.readouterr().out


def test_what_cannot_be_compared(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def says(directory: Path, since: str) -> str:
        assert main(["-C", str(directory), "check", "--since", since]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        return err.removeprefix("doclint: ").rstrip("\n")

    assert says(repository, "nope") == f"there is no branch or revision `nope` to compare with in {repository}"
    git(repository, "checkout", "-q", "--orphan", "alone")
    assert says(repository, "main") == "there is no commit yet that could be compared with `main`"
    commit(repository, "Anew")
    here = git(repository, "rev-parse", "HEAD")[:7]
    assert says(repository, "main") == f"`main` and {here} have no commit in common"
    git(repository, "checkout", "-q", "main")
    _commit_something(repository)
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    assert says(tmp_path / "shallow", "HEAD~1") == (
        f"there is no branch or revision `HEAD~1` to compare with in {tmp_path}/shallow: "
        "history is shallow; fetch the whole history (fetch-depth: 0)"
    )
    (tmp_path / "nowhere").mkdir()
    assert says(tmp_path / "nowhere", "main") == f"`--since main` compares with a commit, and {tmp_path}/nowhere is in no Git repository"


def test_documents_of_before_that_are_missing(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "NOTES.md", NOTES + "\nMore.\n")
    commit(repository, "More")
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", repository.as_uri(), "partial")
    assert main(["-C", str(tmp_path / "partial"), "check", "--since", "HEAD~1"]) == 1
    out = capsys.readouterr().out
    assert "NOTES.md:3:45: RF001" in out
    assert "\nan object is missing from this partial clone: 1 document could not be compared with what was (NOTES.md)\n" in out


RULE = "# Rules\n\nWhen you change `src/load.py`, update `NOTES.md` as well.\n"


def test_what_changes_together(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "RULES.md", RULE)
    commit(repository, "Rules")
    only = ("--select", "CT011")
    alone = ["RULES.md:3:1 CT011"]
    write(repository, "src/load.py", "def load():\n    return 2\n")
    assert _found(repository, capsys, "--since", "HEAD", *only) == alone
    assert _found(repository, capsys, "--since", "HEAD", "--staged", *only) == []
    git(repository, "add", "-A")
    assert _found(repository, capsys, "--since", "HEAD", "--staged", *only) == alone
    commit(repository, "Load two\n\ndoclint: allow co-change the notes do not count")
    assert _found(repository, capsys, "--since", "HEAD~1", *only) == []
    git(repository, "commit", "-q", "--amend", "-m", "Load two")
    assert _found(repository, capsys, "--since", "HEAD~1", "--rev", "HEAD", *only) == alone
    assert _found(repository, capsys, *only) == []
    write(repository, "NOTES.md", NOTES + "\nTwo.\n")
    assert _found(repository, capsys, "--since", "HEAD~1", *only) == []
    # A file that was written anew and is the same did not change.
    git(repository, "checkout", "-q", "NOTES.md")
    write(repository, "src/load.py", "def load():\n    return 2\n")
    assert _found(repository, capsys, "--since", "HEAD", *only) == []


def test_what_changes_together_by_the_configuration(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "doclint.toml", '[[co-change]]\nwhen = ["src/**"]\nthen = ["COORDINATION.md", "docs/*.md"]\n')
    write(repository, "src/new.py", "1\n")
    nothing = "doclint: no file matches `docs/*.md` (doclint.toml:1)\n"
    assert _found(repository, capsys, "--since", "HEAD", "--select", "CT011", note=nothing) == ["COORDINATION.md:1:1 CT011"]
    assert _found(repository, capsys, "--since", "HEAD", "--select", "CT011", "NOTES.md") == ["NOTES.md:1:1 CT011"]
    write(repository, "docs/map.md", "# Map\n")
    write(repository, "COORDINATION.md", BOARD + "\nNew.\n")
    assert _found(repository, capsys, "--since", "HEAD", "--select", "CT011") == []


def test_a_document_that_is_only_rewritten_brings_nothing_in(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "# Remarks\n\nWhoever is new here reads [the map](docs/map.md) first, and the rest of it\nmuch later.\n"
    write(repository, "NOTES.md", text)
    commit(repository, "Remark")
    write(repository, "NOTES.md", "# Remarks\n\nWhoever is new here\nreads [the\nmap](docs/map.md) first, and the rest of it much later.\n")
    assert [each.partition(" ")[2] for each in _found(repository, capsys, "NOTES.md")] == ["RF001"]
    assert _found(repository, capsys, "--since", "HEAD") == []
