"""How Git is found, run, and given up on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from doclint.errors import GitError
from doclint.repo import batch, process, stream
from doclint.repo.process import Git, GitFailedError, NoRepositoryError


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory that is the whole PATH."""
    directory = tmp_path / "bin"
    directory.mkdir()
    monkeypatch.setenv("PATH", str(directory))
    process.executable.cache_clear()
    process._version.cache_clear()
    yield directory
    process.executable.cache_clear()
    process._version.cache_clear()


def script(directory: Path, text: str) -> None:
    path = directory / "git"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_git_is_not_installed(fake: Path, tmp_path: Path) -> None:
    with pytest.raises(GitError, match="`git` is not on the PATH"):
        Git(str(tmp_path)).run("version")


def test_a_git_in_the_current_directory_is_not_taken(fake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path, "exit 0")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", str(fake)]))
    with pytest.raises(GitError, match="`git` is not on the PATH"):
        Git(str(tmp_path)).run("version")


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ('[ "$1" = --version ] && echo git version 2.25.1 || exit 129', GitError, "git 2.25.1 is too old: doclint needs 2.30 or newer"),
        ("echo 'fatal: not a git repository (or any parent)' >&2; exit 128", NoRepositoryError, "is not in a Git repository"),
        ("echo 'fatal: detected dubious ownership in repository' >&2; exit 128", GitError, "Git does not trust the repository at "),
        ("echo 'warning: w' >&2; echo 'fatal: bad object' >&2; exit 128", GitFailedError, "`git log` failed: bad object"),
        ("exit 1", GitFailedError, "`git log` failed: no reason given"),
    ],
)  # fmt: skip
def test_failures_are_one_sentence(fake: Path, tmp_path: Path, text: str, kind: type[GitError], message: str) -> None:
    script(fake, text)
    with pytest.raises(kind) as caught:
        Git(str(tmp_path)).run("log")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_git_that_does_not_come_back_is_ended(fake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(fake, "exec /bin/sleep 60")
    monkeypatch.setattr(process, "_SECONDS", 0.1)
    with pytest.raises(GitError, match=r"`git log` took longer than 0 seconds"):
        Git(str(tmp_path)).run("log")


def test_an_object_reader_that_does_not_come_back_is_ended(fake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(fake, "exec /bin/sleep 60")
    monkeypatch.setattr(stream, "_SECONDS", 0.1)
    with pytest.raises(GitError, match=r"`git cat-file` took longer than 0 seconds"):
        batch.Objects(Git(str(tmp_path))).get("HEAD")


def test_exit_codes_that_are_answers(fake: Path, tmp_path: Path) -> None:
    script(fake, "echo said; exit 1")
    assert Git(str(tmp_path)).run("check-ignore", ok=(0, 1)) == b"said\n"


def test_the_environment_is_clean(fake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_EXTERNAL_DIFF", "GIT_CONFIG_COUNT", "GIT_SSH_COMMAND", "GIT_TRACE", "GIT_EXEC_PATH", "LANGUAGE"):
        monkeypatch.setenv(name, "trap")
    script(fake, "/usr/bin/env")
    seen = Git(str(tmp_path), variables={"GIT_INDEX_FILE": "/index"}).run("env").decode().splitlines()
    assert sorted(line for line in seen if line.startswith(("GIT_", "LC_ALL", "LANGUAGE"))) == [
        "GIT_ALLOW_PROTOCOL=none",
        "GIT_ATTR_NOSYSTEM=1",
        "GIT_FLUSH=0",
        "GIT_INDEX_FILE=/index",
        "GIT_NO_LAZY_FETCH=1",
        "GIT_NO_REPLACE_OBJECTS=1",
        "GIT_OPTIONAL_LOCKS=0",
        "GIT_PAGER=cat",
        "GIT_TERMINAL_PROMPT=0",
        "LC_ALL=C",
    ]


def test_a_bare_repository_that_was_named_may_be_one() -> None:
    assert "safe.bareRepository=explicit" in Git("/").command("log")
    assert "safe.bareRepository=explicit" not in Git("/", bare=True).command("log")
