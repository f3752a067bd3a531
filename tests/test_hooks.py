"""The hooks that we publish, run by pre-commit itself."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from doclint import demo
from tests.outside import ROOT, git, publish, run

HUB = """\
# Coordination

## Contracts

| Artifact | Source of truth | Producer | Consumers |
| --- | --- | --- | --- |
| `readings` | `src/contracts.py` | Session A | Session B |

### Session A: Ingest

- **Status:** IN PROGRESS
- **Files:** `src/clean.py`

### Session B: Forecast

- **Status:** NOT STARTED
"""
FILES = {"COORDINATION.md": HUB, "src/contracts.py": "READINGS = ['gauge', 'level']\n", "src/clean.py": "def clean() -> None: ...\n"}
DELETED = "COORDINATION.md:7:17: CT007 the source of truth `src/contracts.py` does not exist"


def _pre_commit(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(directory, sys.executable, "-m", "pre_commit", *arguments)


@pytest.mark.parametrize(
    ("verb", "name"), [("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", ".pre-commit-config.yaml")]
)
def test_valid(tmp_path: Path, verb: str, name: str) -> None:
    done = _pre_commit(tmp_path, verb, str(ROOT / name))
    assert (done.returncode, done.stdout) == (0, "")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What we publish, as ``hooks``, beside the home of a pre-commit that builds its environment once."""
    place = tmp_path_factory.mktemp("pre-commit")
    (place / "hooks").mkdir()
    publish(place / "hooks")
    return place


@pytest.fixture
def published(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRE_COMMIT_COLOR", "never")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(shared / "home"))
    for name in ("PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF", "PRE_COMMIT", "SKIP"):
        monkeypatch.delenv(name, raising=False)
    return shared / "hooks"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    demo.build(str(tmp_path / "sample"))
    return tmp_path / "sample"


def _install(repository: Path, published: Path, *hooks: str) -> None:
    ids = ", ".join(f"{{id: {hook}}}" for hook in hooks)
    config = f"repos: [{{repo: '{published}', rev: '{git(published, 'rev-parse', 'HEAD')}', hooks: [{ids}]}}]\n"
    (repository / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    done = _pre_commit(repository, "install", "--hook-type", "pre-commit", "--hook-type", "pre-merge-commit")
    assert done.returncode == 0, done.stdout
    git(repository, "add", ".pre-commit-config.yaml")


def _write(repository: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text, encoding="utf-8")


@pytest.fixture
def team(tmp_path: Path, published: Path) -> Path:
    """A repository of one commit, in which the hook ``doclint`` judges the next."""
    repository = tmp_path / "team"
    repository.mkdir()
    git(repository, "init", "--quiet", "--initial-branch", "main")
    _write(repository, FILES)
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "Agree on contracts")
    _install(repository, published, "doclint")
    git(repository, "commit", "--quiet", "--no-verify", "--message", "Judge each commit")
    return repository


def _commit(repository: Path, *arguments: str) -> tuple[list[str], str]:
    """The findings that stop ``git commit``, none where it passes, and all that was written."""
    return _judged(run(repository, "git", "commit", "--message", "Change it", *arguments))


def _judged(done: subprocess.CompletedProcess[str]) -> tuple[list[str], str]:
    findings = re.findall(r"^\S+:\d+:\d+: [A-Z]{2}\d{3} .*$", done.stdout, re.MULTILINE)
    assert (done.returncode == 0) == (not findings), done.stdout
    assert re.search(rf"^doclint.*\.\.{'Failed' if findings else 'Passed'}$", done.stdout, re.MULTILINE), done.stdout
    return findings, done.stdout


@pytest.mark.slow
def test_try_repo(published: Path, sample: Path) -> None:
    done = _pre_commit(sample, "try-repo", str(published), "--all-files")
    assert done.returncode == 1, done.stdout
    results = dict(re.findall(r"^(doclint[^.]*?)\.{3,}(\w+)$", done.stdout, re.MULTILINE))
    names = ("doclint", "doclint (changed files)", "doclint (strict)", "doclint (fix)")
    assert results == dict.fromkeys(names, "Failed")
    assert done.stdout.count("COORDINATION.md:27:15: ST001 `Session B` is listed as `IN PROGRESS`") == 4
    assert done.stdout.count("exit code: 1") == 4
    assert done.stdout.count("files were modified by this hook") == 1
    assert "docs/ETL_CONTEXT.md: 2 findings fixed" in done.stdout


@pytest.mark.slow
def test_commit(published: Path, sample: Path) -> None:
    _install(sample, published, "doclint-files")
    notes = sample / "NOTES.md"
    notes.write_text("See [the code](src/contract.py).\n", encoding="utf-8")
    git(sample, "add", "NOTES.md")
    # What is on disk is not what would be committed.
    notes.write_text("See [the code](src/contracts.py).\n", encoding="utf-8")
    stopped = run(sample, "git", "commit", "--message", "Take notes")
    assert stopped.returncode == 1, stopped.stdout
    assert "NOTES.md:1:16: RF001 the link leads to `src/contract.py`, which does not exist" in stopped.stdout
    # The documents that the commit does not touch are as wrong as before, and not this hook's concern.
    assert "COORDINATION.md" not in stopped.stdout
    git(sample, "add", "NOTES.md")
    passed = run(sample, "git", "commit", "--message", "Take notes")
    assert passed.returncode == 0, passed.stdout
    assert re.search(r"^doclint \(changed files\)\.+Passed$", passed.stdout, re.MULTILINE)


@pytest.mark.slow
def test_fix(published: Path, sample: Path) -> None:
    _install(sample, published, "doclint-fix")
    notes = sample / "NOTES.md"
    notes.write_bytes(b"-[ ] one\r\n")
    git(sample, "add", "NOTES.md")
    stopped = run(sample, "git", "commit", "--message", "Take notes")
    assert stopped.returncode == 1, stopped.stdout
    assert "files were modified by this hook" in stopped.stdout
    assert "NOTES.md: 1 finding fixed" in stopped.stdout
    assert notes.read_bytes() == b"- [ ] one\r\n"
    git(sample, "add", "NOTES.md")
    passed = run(sample, "git", "commit", "--message", "Take notes")
    assert passed.returncode == 0, passed.stdout
    assert git(sample, "status", "--porcelain") == ""


@pytest.mark.slow
def test_fix_leaves_what_is_not_staged_as_it_is(team: Path, published: Path) -> None:
    _install(team, published, "doclint-fix")
    staged = "# Notes\n\n-[ ] one\n" + "\n" * 12 + "The end.\n"
    _write(team, {"NOTES.md": staged})
    git(team, "add", ".")
    # Far enough from the fix for pre-commit to bring both together.
    _write(team, {"NOTES.md": staged + "Not yet.\n"})
    stopped = run(team, "git", "commit", "--message", "Take notes")
    assert stopped.returncode == 1, stopped.stdout
    assert "NOTES.md: 1 finding fixed" in stopped.stdout
    assert (team / "NOTES.md").read_text(encoding="utf-8") == staged.replace("-[ ]", "- [ ]") + "Not yet.\n"
    assert git(team, "show", ":NOTES.md") == staged.strip()


@pytest.mark.slow
def test_partly_staged(team: Path) -> None:
    right, wrong = "See [it](src/clean.py).\n", "See [it](src/cleen.py).\n"
    _write(team, {"NOTES.md": wrong})
    git(team, "add", ".")
    _write(team, {"NOTES.md": right})
    assert _commit(team)[0] == ["NOTES.md:1:10: RF001 the link leads to `src/cleen.py`, which does not exist"]
    git(team, "add", ".")
    _write(team, {"NOTES.md": wrong})
    # Whatever pre-commit does with the work tree: here it leaves it as it is.
    assert _judged(_pre_commit(team, "run", "--all-files"))[0] == []
    assert _commit(team)[0] == []
    assert (team / "NOTES.md").read_text(encoding="utf-8") == wrong


@pytest.mark.slow
def test_deleted_code(team: Path) -> None:
    git(team, "rm", "--quiet", "src/contracts.py")
    assert _commit(team)[0] == [DELETED]
    _write(team, {"COORDINATION.md": HUB.replace("src/contracts.py", "src/clean.py")})
    git(team, "add", ".")
    assert _commit(team)[0] == []


@pytest.mark.slow
def test_renamed_code(team: Path) -> None:
    git(team, "mv", "src/clean.py", "src/despike.py")
    assert _commit(team)[0] == ["COORDINATION.md:12:15: RF003 `src/clean.py` was renamed to `src/despike.py`"]
    _write(team, {"COORDINATION.md": HUB.replace("src/clean.py", "src/despike.py")})
    assert len(_commit(team)[0]) == 1
    git(team, "add", ".")
    assert _commit(team)[0] == []


@pytest.mark.slow
def test_commit_all(team: Path) -> None:
    (team / "src" / "contracts.py").unlink()
    assert _commit(team, "--all")[0] == [DELETED]
    # Nothing of it is staged; what an untracked file says is no part of the commit.
    _write(team, {"DRAFT.md": "See [it](nowhere.md).\n", "src/clean.py": ""})
    git(team, "checkout", "--quiet", "--", "src/contracts.py")
    assert _commit(team, "--all")[0] == []


@pytest.mark.slow
def test_commit_of_a_path(team: Path) -> None:
    _write(team, {"NOTES.md": "See [it](src/new.py).\n", "src/new.py": "\n", "DRAFT.md": "See [it](nowhere.md).\n"})
    git(team, "add", ".")
    # What else is staged waits for another commit, whether it is wrong or wanted.
    assert _commit(team, "--", "NOTES.md")[0] == ["NOTES.md:1:10: RF001 the link leads to `src/new.py`, which does not exist"]
    assert _commit(team, "--", "NOTES.md", "src/new.py")[0] == []
    assert git(team, "diff", "--cached", "--name-only") == "DRAFT.md"


@pytest.mark.slow
def test_untracked(team: Path) -> None:
    _write(team, {"NOTES.md": "See [it](src/new.py).\n", "src/new.py": "\n"})
    git(team, "add", "NOTES.md")
    assert _commit(team)[0] == ["NOTES.md:1:10: RF001 the link leads to `src/new.py`, which does not exist"]
    git(team, "add", "src/new.py")
    assert _commit(team)[0] == []


@pytest.mark.slow
def test_merge_without_conflict(team: Path) -> None:
    git(team, "switch", "--quiet", "--create", "notes")
    _write(team, {"NOTES.md": "See [it](src/clean.py).\n"})
    git(team, "add", ".")
    assert _commit(team)[0] == []
    git(team, "switch", "--quiet", "main")
    git(team, "rm", "--quiet", "src/clean.py")
    _write(team, {"COORDINATION.md": HUB.replace("- **Files:** `src/clean.py`\n", "")})
    git(team, "add", ".")
    assert _commit(team)[0] == []
    # Neither branch is wrong alone. Git calls another hook here than in a commit.
    merged = _judged(run(team, "git", "merge", "--quiet", "--no-edit", "notes"))
    assert merged[0] == ["NOTES.md:1:10: RF001 the link leads to `src/clean.py`, which does not exist"]
    _write(team, {"NOTES.md": "It is gone.\n"})
    git(team, "add", ".")
    assert _commit(team)[0] == []
    assert len(git(team, "rev-list", "--parents", "--max-count=1", "HEAD").split()) == 3


@pytest.mark.slow
def test_merge_with_a_conflict(team: Path) -> None:
    git(team, "switch", "--quiet", "--create", "forecast")
    for branch, word in (("forecast", "IN PROGRESS"), ("main", "WAITING")):
        git(team, "switch", "--quiet", branch)
        _write(team, {"COORDINATION.md": HUB.replace("NOT STARTED", word)})
        assert _commit(team, "--all")[0] == []
    assert run(team, "git", "merge", "--quiet", "forecast").returncode == 1
    assert "<<<<<<< HEAD" in (team / "COORDINATION.md").read_text(encoding="utf-8")
    # Who adds a file says that its conflict is solved.
    git(team, "add", ".")
    assert any(" TX002 " in finding for finding in _commit(team)[0])
    _write(team, {"COORDINATION.md": HUB})
    git(team, "add", ".")
    assert _commit(team)[0] == []


@pytest.mark.slow
def test_linked_worktree(team: Path, tmp_path: Path) -> None:
    git(team, "worktree", "add", "--quiet", "-b", "forecast", str(tmp_path / "forecast"))
    git(tmp_path / "forecast", "rm", "--quiet", "src/contracts.py")
    # What lies in the index and in the work tree of the other is none of its business.
    _write(team, {"NOTES.md": "See [it](nowhere.md).\n"})
    git(team, "add", ".")
    assert _commit(tmp_path / "forecast")[0] == [DELETED]
    _write(tmp_path / "forecast", {"COORDINATION.md": HUB.replace("src/contracts.py", "src/clean.py")})
    git(tmp_path / "forecast", "add", ".")
    assert _commit(tmp_path / "forecast")[0] == []


@pytest.mark.slow
def test_first_commit(tmp_path: Path, published: Path) -> None:
    git(tmp_path, "init", "--quiet")
    _install(tmp_path, published, "doclint")
    _write(tmp_path, {**FILES, "NOTES.md": "See [it](src/cleen.py).\n"})
    git(tmp_path, "add", ".")
    assert _commit(tmp_path)[0] == ["NOTES.md:1:10: RF001 the link leads to `src/cleen.py`, which does not exist"]
    git(tmp_path, "rm", "--quiet", "--force", "NOTES.md")
    assert _commit(tmp_path)[0] == []


@pytest.mark.slow
def test_two_thousand_files(team: Path, published: Path) -> None:
    # Too many names for one command line: pre-commit calls the hook more than once, and no call sees all of them.
    _install(team, published, "doclint-files")
    folder = "/".join("a-folder-whose-name-is-long" for _ in range(3))
    notes = {f"{folder}/note-{number:04}.md": f"See [the next](note-{number + 1:04}.md).\n" for number in range(2000)}
    _write(team, notes)
    git(team, "add", ".")
    findings, output = _commit(team)
    last = f"{folder}/note-1999.md:1:16: RF001 the link leads to `{folder}/note-2000.md`, which does not exist"
    assert findings == [last]
    assert len(re.findall(r"^(?:no findings|1 error) in \d+ documents", output, re.MULTILINE)) > 1


@pytest.mark.slow
def test_a_warning_is_seen_where_the_hook_is_to_show_or_to_stop_it(published: Path, team: Path) -> None:
    progress = "# Progress\n\n## Phase 1\n\n**Status:** In progress\n\n- Levels are drawn by `src/draw.py`\n"
    _write(team, {"PROGRESS.md": progress, "src/draw.py": "DRAWN = True\n"})
    git(team, "add", ".")
    git(team, "commit", "--quiet", "--no-verify", "--message", "Draw")
    seen = []
    for hook in ("doclint", "doclint, verbose: true", "doclint, args: [--fail-on, warning]"):
        _install(team, published, hook)
        git(team, "rm", "--quiet", "src/draw.py")
        done = run(team, "git", "commit", "--message", "Draw no more")
        seen.append((done.returncode, "PROGRESS.md:7:24: RF004 [warning] `src/draw.py` was deleted" in done.stdout))
        git(team, "reset", "--quiet", "--hard", "HEAD" if done.returncode else "HEAD~1")
    assert seen == [(0, False), (0, True), (1, True)]
