"""What is told to coding agents, and the page about it: what they show is what doclint does."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import click

from doclint import cli, demo
from doclint.starting import agents
from tests.outside import ROOT

PATH = ROOT / "docs" / "agents.md"
PAGE = PATH.read_text("utf-8")
_SECTION = re.compile(r"(?<=~~~markdown\n).*?(?=~~~\n)", re.DOTALL)
_MET = re.compile(r"(?<=```json\n).*?(?=```\n)", re.DOTALL)


def derived(page: str, tidewatch: str) -> str:
    """``page`` with what `doclint init --agents` writes, and what an agent meets in the demo's repository."""
    met = io.StringIO()
    with contextlib.redirect_stdout(met):
        assert cli.main(["-C", tidewatch, "check", "--format", "agent", "--select", "ST001"]) == 1
    page = _SECTION.sub(lambda _: agents().text, page)
    return _MET.sub(lambda _: met.getvalue(), page)


def write(tidewatch: str) -> None:
    """Write into the page what is derived; ``tidewatch`` is the demo's repository."""
    PATH.write_text(derived(PAGE, tidewatch), encoding="utf-8", newline="\n")


def test_the_page_shows_what_is_written_and_what_an_agent_meets(tmp_path: Path) -> None:
    demo.build(str(tmp_path / "tidewatch"))
    assert len(_SECTION.findall(PAGE)) == len(_MET.findall(PAGE)) == 1
    assert derived(PAGE, str(tmp_path / "tidewatch")) == PAGE, "write what is derived: python -m tests.test_readme"


def test_the_commands_that_are_named_exist() -> None:
    for command in re.findall(r"`?doclint ((?:check|status|init|explain|demo)[^`\n)]*)", agents().text + PAGE):
        verb, *arguments = command.split()
        found = cli.doclint.get_command(click.Context(cli.doclint), verb)
        assert found is not None
        known = {option for parameter in found.params for option in parameter.opts}
        assert {argument for argument in arguments if argument.startswith("--")} <= known, command
