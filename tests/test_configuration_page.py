"""The page on the configuration: its keys are all there are, with their defaults, and its examples can be used."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from doclint.cli import main
from doclint.config import File, plan
from doclint.resources import schema
from tests.outside import git

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "configuration.md").read_text("utf-8")


def _fences(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_every_key_is_told_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|", PAGE, re.MULTILINE))
    properties = schema("config")["properties"]
    assert list(rows) == list(properties)
    told = {key: json.loads(value.strip("`")) for key, value in rows.items() if value.startswith('`"')}
    assert told == {key: value["default"] for key, value in properties.items() if "default" in value}


@pytest.mark.parametrize("fence", _fences("toml"))
def test_its_files_can_be_used(fence: str) -> None:
    plan(File("doclint.toml", "", fence.encode()))


def test_its_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "init", "-q", "-b", "develop")
    (tmp_path / "PROGRESS.md").write_text("# Progress\n\nSee [it](gone.md).\n")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "Start")
    monkeypatch.chdir(tmp_path)
    for line in "".join(_fences("sh")).splitlines():
        program, *arguments = shlex.split(line, comments=True)
        assert program == "doclint"
        assert main(arguments) == int(arguments[0] == "check"), capsys.readouterr().err


def test_its_variables_are_those_that_are_read() -> None:
    told = set(re.findall(r"`(DOCLINT_[A-Z_]+)`", PAGE))
    read = {name for path in (ROOT / "doclint").rglob("*.py") for name in re.findall(r'"(DOCLINT_[A-Z_]+)"', path.read_text("utf-8"))}
    assert told == read
