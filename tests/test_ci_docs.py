"""What docs/ci.md shows can be used as it stands."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from doclint import demo
from doclint.cli import main
from doclint.markdown.frontmatter import load_yaml
from tests.outside import ROOT, git, run

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
FENCES = [(language, text) for language, text in re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)]


def _load(text: str) -> dict[str, Any]:
    value = load_yaml(text)
    assert isinstance(value, dict)
    return value


SNIPPETS = [text for language, text in FENCES if language == "yaml"]
WORKFLOWS = [text for text in SNIPPETS if "jobs" in _load(text)]
HOOKS, PIPELINE = (text for text in SNIPPETS if "jobs" not in _load(text))
ACTION = _load((ROOT / "action.yml").read_text(encoding="utf-8"))


def _steps() -> list[dict[str, Any]]:
    return [step for text in WORKFLOWS for job in _load(text)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize(("schema", "text"), [*(("vendor.github-workflows", text) for text in WORKFLOWS), ("vendor.gitlab-ci", PIPELINE)])
def test_schemas(tmp_path: Path, schema: str, text: str) -> None:
    if find_spec("check_jsonschema") is None:
        pytest.skip("check-jsonschema is not installed")
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    done = run(tmp_path, sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, "a.yml")
    assert done.returncode == 0, done.stdout


def test_zizmor(tmp_path: Path) -> None:
    program = shutil.which("zizmor", path=os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"])))
    if program is None:
        pytest.skip("zizmor is not installed")
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for number, text in enumerate(WORKFLOWS):
        (folder / f"{number}.yml").write_text(text, encoding="utf-8")
    done = run(tmp_path, program, "--offline", "--no-progress", ".")
    assert done.returncode == 0, done.stdout


def test_hooks(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HOOKS, encoding="utf-8")
    done = run(tmp_path, sys.executable, "-m", "pre_commit", "validate-config", "a.yaml")
    assert done.returncode == 0, done.stdout
    published = load_yaml((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(published, list)
    assert re.findall(r"^\| `(doclint[\w-]*)` \|", PAGE, re.MULTILINE) == [hook["id"] for hook in published]


def test_inputs_and_outputs() -> None:
    rows = re.findall(r"^\| (`.*?) \|.*\|.*\|$", PAGE[: PAGE.index("Outputs:")], re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([\w-]+)`", row)]
    assert set(ACTION["inputs"]) <= set(named)
    assert re.findall(r"`([\w-]+)`", PAGE[PAGE.index("Outputs:") : PAGE.index("### Code scanning")]) == list(ACTION["outputs"])
    used = [step for step in _steps() if step.get("uses", "").startswith("OWNER/doclint@")]
    assert len(used) == 4
    assert {name for step in used for name in step.get("with", {})} <= set(ACTION["inputs"])
    assert set(re.findall(r"steps\.doclint\.outputs\.([\w-]+)", PAGE)) <= set(ACTION["outputs"])


def test_other_actions_are_pinned_alike() -> None:
    used = {step["uses"] for step in _steps() if "uses" in step}
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one) for one in used)
    assert len({one.partition("@")[0] for one in used}) == len(used)


def test_history_is_fetched_wherever_documents_are_checked() -> None:
    fetched = [step["with"] for step in _steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert fetched
    assert all(one == {"fetch-depth": 0, "persist-credentials": False} for one in fetched)
    assert _load(PIPELINE)["doclint"]["variables"]["GIT_DEPTH"] == "0"


def test_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demo.build(str(tmp_path / "sample"))
    git(tmp_path, "clone", "--quiet", str(tmp_path / "sample"), "other")
    git(tmp_path / "other", "commit", "--quiet", "--allow-empty", "--message", "Another tree")
    monkeypatch.chdir(tmp_path / "other")
    commands = [shlex.split(line) for language, text in FENCES if language == "sh" for line in text.splitlines()]
    codes = {}
    for program, *arguments in commands:
        assert program == "doclint"
        if arguments[:2] == ["merge", "gauges=doclint.json"]:
            os.rename("doclint.json", "all.json")
            monkeypatch.chdir(tmp_path / "sample")
            assert main(["check", "--format", "json", "--output", "../other/forecast.json"]) == 1
            monkeypatch.chdir(tmp_path / "other")
            arguments = ["merge", "gauges=all.json", "team/forecast=forecast.json", *arguments[3:]]
        codes[" ".join(arguments[:2])] = main(arguments)
    assert list(codes.values()) == [1, 1, 1, 0]
    whole = json.loads(Path("all.json").read_text("utf-8"))
    assert [part["name"] for part in whole["parts"]] == ["gauges", "team/forecast"]


@pytest.mark.skipif(shutil.which("sh") is None, reason="the script of the pipeline is one for a shell, which is not here")
@pytest.mark.parametrize(("base", "arguments"), [("", []), ("0a1b", ["--since", "0a1b"])])
def test_pipeline_asks_for_a_range_where_there_is_one(tmp_path: Path, base: str, arguments: list[str]) -> None:
    line = _load(PIPELINE)["doclint"]["script"][-1]
    assert line.startswith("doclint check ")
    done = run(tmp_path, "sh", "-c", line.replace("doclint check", "printf '%s\\n'", 1), variables={"CI_MERGE_REQUEST_DIFF_BASE_SHA": base})
    assert done.stdout.splitlines() == [*arguments, "--output", "gitlab:gl-code-quality-report.json"]
