"""What the README shows is what doclint does. ``python -m tests.test_readme`` writes into it what is derived."""

from __future__ import annotations

import re
import shlex
import tempfile
from pathlib import Path

import pytest

from doclint import cli, demo
from doclint.config import File, plan
from doclint.markdown import nodes
from doclint.markdown.parse import parse
from doclint.page import content
from doclint.report import Presentation, Report
from doclint.reporters import text
from doclint.rule import Rule, shipped
from doclint.text import Source
from tests import test_agents
from tests.outside import ROOT, git

README = ROOT / "README.md"
_TABLE = re.compile(
    r"(?<=<!-- the table of rules: written by `python -m tests\.test_readme` -->\n).*?(?=<!-- the end of the table -->)", re.DOTALL
)
_FINDING = re.compile(r"```text\n([^\s:]+):\d+:\d+: ([A-Z]+\d+) .*?```", re.DOTALL)
_FOOTER = re.compile(r"(?<=```text\n)history is shallow: .*")


def _table(rules: tuple[Rule, ...]) -> str:
    rows = [f"| [{rule.code}](rules/{rule.page}) | `{rule.name}` | {rule.severity} | {rule.summary} |" for rule in rules]
    return "\n".join(["", "| code | name | severity | finds |", "| --- | --- | --- | --- |", *rows, "", ""])


def derived(readme: str, whole: Report, shallow: Report) -> str:
    """``readme`` with the table of rules, and with the findings and the footer that the demo's repository and its shallow clone give."""
    findings = {(one.path, one.code): "".join(f"{line}\n" for line in text.finding(whole, one)) for one in whole.diagnostics}
    footer = next(line for line in text.render(shallow, Presentation()).splitlines() if line.startswith("history is shallow"))
    readme = _TABLE.sub(lambda _: _table(shipped()), readme)
    readme = _FINDING.sub(lambda match: f"```text\n{findings[match[1], match[2]]}```", readme)
    return _FOOTER.sub(lambda _: footer, readme)


def _reports(directory: Path) -> tuple[Report, Report]:
    demo.build(str(directory / "whole"))
    git(directory, "clone", "--quiet", "--depth", "1", (directory / "whole").as_uri(), "shallow")
    return demo.examine(str(directory / "whole"))[0], demo.examine(str(directory / "shallow"))[0]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


@pytest.fixture(scope="module")
def reports(directory: Path) -> tuple[Report, Report]:
    return _reports(directory)


def _fences(language: str) -> list[str]:
    source = Source("README.md", README.read_text(encoding="utf-8"))
    blocks = [node for node in nodes.walk(parse(source)) if isinstance(node, nodes.Fence)]
    return [content(source, fence) for fence in blocks if fence.info == language]


def test_derived(reports: tuple[Report, Report]) -> None:
    readme = README.read_text(encoding="utf-8")
    assert len(_TABLE.findall(readme)) == len(_FOOTER.findall(readme)) == 1
    assert len(_FINDING.findall(readme)) == 2
    assert readme == derived(readme, *reports), "write what is derived: python -m tests.test_readme"


def test_excerpts(directory: Path, reports: tuple[Report, Report]) -> None:
    hub, tracker, excused = _fences("markdown")
    assert hub in (directory / "whole" / "COORDINATION.md").read_text(encoding="utf-8")
    assert tracker in (directory / "whole" / "PROGRESS.md").read_text(encoding="utf-8")
    assert "doclint-disable-next-line RF003 -- " in excused


def test_suppression(directory: Path, reports: tuple[Report, Report], capsys: pytest.CaptureFixture[str]) -> None:
    context = directory / "whole" / "docs" / "ETL_CONTEXT.md"
    wrong = context.read_text(encoding="utf-8")
    command = ["-C", str(directory / "whole"), "check", "--select", "RF003"]
    try:
        context.write_text(wrong + "\n## Notes\n\n" + _fences("markdown")[2].split("\n", 1)[1], encoding="utf-8")
        assert cli.main(command) == 1
        assert "\n2 errors in 5 documents\n" in capsys.readouterr().out
        context.write_text(wrong + "\n## Notes\n\n" + _fences("markdown")[2], encoding="utf-8")
        assert cli.main(command) == 1
        assert "\n1 error in 5 documents (1 suppressed)\n" in capsys.readouterr().out
    finally:
        context.write_text(wrong, encoding="utf-8")


def test_replay(directory: Path, reports: tuple[Report, Report], capsys: pytest.CaptureFixture[str]) -> None:
    (excerpt,) = (fence for fence in _fences("text") if "faults stand in" in fence)
    assert cli.main(["-C", str(directory / "whole"), "replay", "--today", "2026-08-22"]) == 0
    assert capsys.readouterr().out.endswith("\n" + excerpt)


def test_status(
    directory: Path, reports: tuple[Report, Report], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (excerpt,) = (fence for fence in _fences("text") if "moved  findings" in fence)
    monkeypatch.setenv("COLUMNS", "80")
    assert cli.main(["-C", str(directory / "whole"), "status", "--today", "2026-02-19"]) == 0
    assert capsys.readouterr().out.startswith(excerpt)


def test_commands_by_hand(
    directory: Path, reports: tuple[Report, Report], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (commands,) = (fence for fence in _fences("sh") if "doclint extract" in fence)
    monkeypatch.chdir(directory / "whole")
    for line in commands.splitlines():
        program, *arguments = shlex.split(line, comments=True)
        assert program == "doclint"
        assert cli.main(arguments) == (1 if arguments[0] == "check" else 0), line
        captured = capsys.readouterr()
        assert captured.out
        assert captured.err == ""
        git(directory / "whole", "checkout", "--quiet", "--", ".")


def test_commands_are_those_of_the_continuous_integration() -> None:
    commands = [fence.strip() for fence in _fences("sh")]
    assert commands[:3] == ["pip install . && doclint demo", "doclint check", "pip install -e '.[test]' && pytest"]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for beginning in ("pip install .", "pip install -e"):
        assert f"readme_command '{beginning}" in script


def test_configuration() -> None:
    (configuration,) = _fences("toml")
    made = plan(File("doclint.toml", "", configuration.encode()))
    assert made.base == "develop"
    assert [setting.type for setting in made.settings] == ["progress-tracker", None]
    assert [setting.lifecycle for setting in made.settings] == [None, "historical"]


def test_workflows() -> None:
    from doclint.markdown.frontmatter import load_yaml

    hooks, workflow = map(load_yaml, _fences("yaml"))
    published = load_yaml((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(hooks, dict)
    assert isinstance(workflow, dict)
    assert isinstance(published, list)
    assert hooks["repos"][0]["hooks"][0]["id"] in [hook["id"] for hook in published]
    readme = README.read_text(encoding="utf-8")
    assert all(f"`{hook['id']}`" in readme for hook in published)
    checkout, action = workflow["jobs"]["doclint"]["steps"]
    assert checkout["with"]["fetch-depth"] == 0
    # The page on machines tells the rest of both.
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert all(f"uses: {step['uses']} #" in page for step in (checkout, action))


def test_the_families_of_rules() -> None:
    families: dict[str, list[str]] = {}
    for rule in shipped():
        families.setdefault(rule.code.rstrip("0123456789"), []).append(rule.code)
    told = re.findall(r"^\| [\w ,]+ \| ((?:[A-Z]{2}[^|]*)) \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    named = {prefix for cell in told for prefix in re.findall(r"[A-Z]{2}", cell)}
    assert named == set(families)
    for first, last in re.findall(r"([A-Z]{2}\d{3}) to ([A-Z]{2}\d{3})", "\n".join(told)):
        assert (first, last) == (min(families[first[:2]]), max(families[first[:2]]))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        mended = derived(README.read_text(encoding="utf-8"), *_reports(Path(place)))
        test_agents.write(str(Path(place) / "whole"))
    README.write_text(mended, encoding="utf-8", newline="\n")
