"""The hooks that we publish, run by pre-commit itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from doclint import demo
from tests.outside import ROOT, git, publish, run


def _pre_commit(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(directory, sys.executable, "-m", "pre_commit", *arguments)


@pytest.mark.parametrize(
    ("verb", "name"), [("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", ".pre-commit-config.yaml")]
)
def test_valid(tmp_path: Path, verb: str, name: str) -> None:
    done = _pre_commit(tmp_path, verb, str(ROOT / name))
    assert (done.returncode, done.stdout) == (0, "")


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRE_COMMIT_COLOR", "never")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    (tmp_path / "hooks").mkdir()
    return publish(tmp_path / "hooks")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    demo.build(str(tmp_path / "sample"))
    return tmp_path / "sample"


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
    hook = f"repos: [{{repo: '{published}', rev: '{git(published, 'rev-parse', 'HEAD')}', hooks: [{{id: doclint-files}}]}}]\n"
    (sample / ".pre-commit-config.yaml").write_text(hook, encoding="utf-8")
    assert _pre_commit(sample, "install").returncode == 0
    notes = sample / "NOTES.md"
    notes.write_text("See [the code](src/contract.py).\n", encoding="utf-8")
    git(sample, "add", "NOTES.md", ".pre-commit-config.yaml")
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
    hook = f"repos: [{{repo: '{published}', rev: '{git(published, 'rev-parse', 'HEAD')}', hooks: [{{id: doclint-fix}}]}}]\n"
    (sample / ".pre-commit-config.yaml").write_text(hook, encoding="utf-8")
    assert _pre_commit(sample, "install").returncode == 0
    notes = sample / "NOTES.md"
    notes.write_bytes(b"-[ ] one\r\n")
    git(sample, "add", "NOTES.md", ".pre-commit-config.yaml")
    stopped = run(sample, "git", "commit", "--message", "Take notes")
    assert stopped.returncode == 1, stopped.stdout
    assert "files were modified by this hook" in stopped.stdout
    assert "NOTES.md: 1 finding fixed" in stopped.stdout
    assert notes.read_bytes() == b"- [ ] one\r\n"
    git(sample, "add", "NOTES.md")
    passed = run(sample, "git", "commit", "--message", "Take notes")
    assert passed.returncode == 0, passed.stdout
    assert git(sample, "status", "--porcelain") == ""
