"""Programs that tests run as a user would: with the user's own configuration of pip, and what is published instead of what lies about."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

ROOT = Path(__file__).resolve().parent.parent
# pip finds its configuration through these, which every test sees replaced.
_HOME = {name: os.environ[name] for name in ("HOME", "XDG_CONFIG_HOME") if name in os.environ}
_GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
_GIT |= {f"GIT_{role}_NAME": "Test" for role in ("AUTHOR", "COMMITTER")}
_GIT |= {f"GIT_{role}_EMAIL": "test@example.invalid" for role in ("AUTHOR", "COMMITTER")}


def run(directory: Path, *command: str, variables: Mapping[str, str] = MappingProxyType({})) -> subprocess.CompletedProcess[str]:
    """``command``, run in ``directory``; its standard error is part of its output. Git is as if nobody had configured it.

    ``variables`` come into its environment.
    """
    # Fixtures of a whole module come before those of a test, which is why the environment is made anew here.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") and name != "XDG_CONFIG_HOME"}
    return subprocess.run(
        command,
        cwd=directory,
        env={**inherited, **_HOME, **_GIT, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )


def git(directory: Path, *arguments: str) -> str:
    """What ``git <arguments>`` says, which must succeed."""
    done = run(directory, "git", *arguments)
    assert done.returncode == 0, done.stdout
    return done.stdout.strip()


def write(root: Path, name: str, text: str) -> None:
    """Make ``text`` the file ``name`` below ``root``."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")


def commit(root: Path, subject: str) -> str:
    """Commit all that is there, be it nothing new, and say the commit's id."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", subject)
    return git(root, "rev-parse", "HEAD")


def publish(place: Path) -> Path:
    """Make ``place`` a repository with what a commit of all that is here would publish; skips the test where that is not known."""
    if not (ROOT / ".git").exists():
        pytest.skip("what would be published is told by Git, and this is no checkout")
    for name in set(git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")) - {""}:
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes((ROOT / name).read_bytes())
    git(place, "init", "--quiet")
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "--message", "Publish")
    return place
