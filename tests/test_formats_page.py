"""What ``docs/formats.md`` shows is what doclint writes of the demo's repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from doclint import demo
from doclint.cli import main
from doclint.reporters import formats
from tests.outside import ROOT

PAGE = (ROOT / "docs" / "formats.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))


def test_every_format_has_its_section_and_its_row() -> None:
    assert sorted(SECTIONS) == formats()
    assert sorted(re.findall(r"^\| \[`(\w+)`\]\(#\1\) \|", PAGE, re.MULTILINE)) == formats()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("demo")
    demo.build(str(directory / "tidewatch"))
    return directory / "tidewatch"


@pytest.mark.parametrize("format", sorted(SECTIONS))
def test_the_examples(repository: Path, format: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("GITHUB_ACTIONS", "GITLAB_CI"):
        monkeypatch.delenv(name, raising=False)
    assert main(["-C", str(repository), "check", "--select", "ST001", "--format", format]) == 1
    written = capsys.readouterr().out
    for language, example in re.findall(r"^```(\w+)\n(.*?)^```", SECTIONS[format], re.DOTALL | re.MULTILINE):
        assert language == "sh" or example.rstrip("\n") in written
