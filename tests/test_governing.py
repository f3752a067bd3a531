"""What is told of the configuration, and that it is what holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.cli import main
from doclint.config import File, Flags, plan
from doclint.governing import idle, ruled
from doclint.rule import shipped
from tests.outside import git
from tests.steps import growth

CONFIG = """\
base = "main"
ignore = ["CT004"]
exclude = ["vendor/"]

[[documents]]
glob = "notes/status-*.md"
type = "progress-tracker"

[[overrides]]
paths = ["NOTES.md"]
[overrides.rules.CL002]
severity = "info"

[rules.checklist-count]
severity = "info"
tolerance = 10
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / "sub").mkdir(parents=True)
    git(root, "init", "-q", "-b", "main")
    (root / "NOTES.md").write_text("# Notes\n\nSee [the map](map.md).\n")
    (root / "doclint.toml").write_text(CONFIG)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Start")
    return root


def _run(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["-C", str(root), *arguments])
    return code, *capsys.readouterr()


IDLE = "doclint: no file matches `notes/status-*.md` (doclint.toml:5)\n"


def test_values_and_their_sources(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCLINT_FAIL_ON", "warning")
    code, out, err = _run(repository, capsys, "config", "show", "--strict", "--config", 'include=["*.md"]')
    assert (code, err) == (0, "")
    assert out == (
        'extends                          "strict"  (--strict)\n'
        'base                             "main"  (doclint.toml:1)\n'
        'baseline                         ".doclint-baseline.json"  (default)\n'
        'include                          ["*.md"]  (`--config include=["*.md"]`, 1 file)\n'
        'exclude                          ["vendor/"]  (doclint.toml:3, no file)\n'
        'fail-on                          "warning"  (DOCLINT_FAIL_ON)\n'
        "external-roots                   []  (default)\n"
        'ignore                           ["CT004"]  (doclint.toml:2)\n'
        'documents[0]                     {"glob": "notes/status-*.md", "type": "progress-tracker"}  (doclint.toml:5, no file)\n'
        'overrides[0]                     {"paths": ["NOTES.md"], "rules": {"CL002": {"severity": "info"}}}'
        "  (doclint.toml:9, 1 file)\n"
        'rules.checklist-count.severity   "info"  (doclint.toml:15)\n'
        "rules.checklist-count.tolerance  10  (doclint.toml:16)\n"
        "no file matches `notes/status-*.md` (doclint.toml:5)\n"
        "\n"
        "NOTES.md: not recognised (neither name nor title is that of a working document), living\n"
    )


def test_the_base_that_git_tells_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(tmp_path), "config", "show"]) == 0
    assert "base            none  (default)\n" in capsys.readouterr().out
    git(tmp_path, "init", "-q", "-b", "master")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Start")
    assert main(["-C", str(tmp_path), "config", "show"]) == 0
    assert 'base            "master"  (found in Git)\n' in capsys.readouterr().out


def test_the_rules_of_a_document_and_why(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = _run(
        repository,
        capsys,
        "config",
        "show",
        "NOTES.md",
        "--select",
        "CL,RF001",
        "--ignore",
        "CL012",
        "--config",
        'rules.CL003.severity="off"',
    )
    assert err == ""
    lines = out.splitlines()
    assert "  RF001 link-broken: error (--select)" in lines
    assert '  off, `--config rules.CL003.severity="off"`: CL003' in lines
    (path,) = json.loads(_run(repository, capsys, "config", "show", "NOTES.md", "--format", "json")[1])["documents"]
    rules = {one["code"]: one for one in path["rules"]}
    assert (rules["CL002"]["severity"], rules["CL002"]["severity_source"]) == ("info", "doclint.toml:12")
    assert rules["CL011"]["options"] == {"tolerance": {"value": 10, "source": "doclint.toml:16"}}
    assert (rules["CT004"]["runs"], rules["CT004"]["source"]) == (False, "doclint.toml:2")
    assert (rules["RF005"]["runs"], rules["RF005"]["source"]) == (False, "not in pack recommended")
    assert (rules["RF001"]["runs"], rules["RF001"]["source"]) == (True, "pack recommended")


CODES = st.sampled_from(["ST", "ST001", "CL", "all", "link-broken"])
SELECTIONS = st.fixed_dictionaries(
    {},
    optional={
        "select": st.lists(CODES, max_size=2),
        "ignore": st.lists(CODES, max_size=2),
        "rules": st.dictionaries(
            st.sampled_from(["ST001", "RF001"]), st.sampled_from(["off", "info"]).map(lambda word: {"severity": word}), max_size=2
        ),
    },
)


def _toml(said: object) -> str:
    if isinstance(said, dict):
        return "{" + ", ".join(f"{key} = {_toml(value)}" for key, value in said.items()) + "}"
    return json.dumps(said) if not isinstance(said, list) else f"[{', '.join(map(_toml, said))}]"


@given(SELECTIONS, st.lists(SELECTIONS, max_size=2), st.lists(CODES, max_size=1), st.lists(CODES, max_size=1))
def test_what_is_told_is_what_holds(
    said: dict[str, object], overrides: list[dict[str, object]], select: list[str], ignore: list[str]
) -> None:
    text = "".join(f"{key} = {_toml(value)}\n" for key, value in said.items())
    text += f"overrides = [{', '.join(_toml({'paths': ['a.md'], **one}) for one in overrides)}]\n"
    chosen = plan(File("doclint.toml", "", text.encode()), Flags(select=tuple(select), ignore=tuple(ignore)), shipped())
    for path in ("a.md", "b.md"):
        held = {bound.rule.code: bound.severity.value for bound in chosen.bound(path)}
        told = list(ruled(chosen, path))
        assert {one.rule.code: one.severity for one in told if one.runs} == held
        assert all(one.source for one in told)


def test_globs_that_match_nothing_are_said_once(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(repository, capsys, "check")[2] == IDLE
    assert _run(repository, capsys, "check", "NOTES.md")[2] == ""
    assert _run(repository, capsys, "check", "--rev", "HEAD")[2] == IDLE
    (repository / "sub" / "doclint.toml").write_text('extend = "../doclint.toml"\n')
    assert _run(repository, capsys, "check", "--config", "sub/doclint.toml")[2] == ""


def test_files_and_variables(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "two words.toml").write_text('fail-on = "never"\n')
    monkeypatch.setenv("DOCLINT_CONFIG", "two words.toml")
    assert _run(repository, capsys, "check")[0] == 0
    assert _run(repository, capsys, "check", "--config", 'fail-on="error"')[0] == 1
    assert _run(repository, capsys, "check", "--config", "doclint.toml")[0] == 1
    assert _run(repository, capsys, "check", "--no-config")[0] == 1
    assert _run(repository, capsys, "check", "--no-config", "--config", 'fail-on="never"')[0] == 0
    assert _run(repository, capsys, "check", "--config", "a.toml", "--config", "./b=c.toml") == (
        2,
        "",
        "doclint: --config names two files, `a.toml` and `./b=c.toml`: one can `extend` the other\n",
    )
    monkeypatch.setenv("DOCLINT_CONFIG", "gone.toml")
    assert _run(repository, capsys, "check") == (2, "", "doclint: DOCLINT_CONFIG names `gone.toml`, and there is no such file\n")
    monkeypatch.setenv("DOCLINT_CONFIG", "")
    monkeypatch.setenv("DOCLINT_FAIL_ON", "never")
    assert _run(repository, capsys, "check")[0] == 0
    assert _run(repository, capsys, "check", "--fail-on", "error")[0] == 1
    for name, option in (("DOCLINT_FAIL_ON", "--fail-on"), ("DOCLINT_OUTPUT_FORMAT", "--format")):
        monkeypatch.setenv(name, "odd")
        code, out, err = _run(repository, capsys, "check")
        assert (code, out) == (2, "")
        assert err.startswith(f"doclint: {name}: Invalid value for '{option}': 'odd' is not one of ")
        monkeypatch.delenv(name)


def test_every_fault_of_a_file_is_a_line(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "doclint.toml").write_text('seelct = []\nfail-on = "x"\n')
    assert _run(repository, capsys, "check") == (
        2,
        "",
        "doclint: doclint.toml:1: `seelct` is not known; did you mean `select`?\n"
        'doclint: doclint.toml:2: `fail-on` is "x"; expected "error", "warning", "info" or "never"\n',
    )


def test_the_configuration_is_that_of_the_tree(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A commit that changes a document and the configuration is judged by its own, whatever is on disk."""
    (repository / "doclint.toml").write_text('ignore = ["RF001"]\n')
    assert [_run(repository, capsys, "check", *tree)[0] for tree in ([], ["--staged"], ["--rev", "HEAD"])] == [0, 1, 1]
    (repository / "NOTES.md").write_text("# Notes\n\nSee [the map](chart.md).\n")
    git(repository, "add", "-A")
    (repository / "doclint.toml").write_text(CONFIG)
    assert [_run(repository, capsys, "check", *tree)[0] for tree in ([], ["--staged"], ["--rev", "HEAD"])] == [1, 0, 1]
    assert "RF001" in _run(repository, capsys, "config", "show", "--staged")[1]
    git(repository, "commit", "-q", "-m", "Both at once")
    assert [_run(repository, capsys, "check", *tree)[0] for tree in (["--staged"], ["--rev", "HEAD"], ["--rev", "HEAD~1"])] == [0, 0, 1]
    (repository / "doclint.toml").unlink()
    assert [_run(repository, capsys, "check", *tree)[0] for tree in ([], ["--staged"])] == [1, 0]


def test_excluded_files_that_are_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "doclint.toml").write_text('exclude = ["sub/", "NOTES.md"]\n')
    (repository / "sub" / "a.md").write_text("[a](gone.md)\n")
    nothing = "doclint: no documents to check\n"
    assert _run(repository, capsys, "check")[2] == nothing
    assert _run(repository, capsys, "check", "sub")[2] == nothing
    assert _run(repository, capsys, "check", "sub/a.md")[0] == 1
    assert _run(repository, capsys, "check", "./sub/../sub/a.md", "NOTES.md", "--force-exclude")[2] == nothing
    assert _run(repository / "sub", capsys, "check", "a.md", "--force-exclude")[2] == nothing
    shown = _run(repository, capsys, "config", "show", "NOTES.md")[1]
    assert "living; excluded unless it is named, by `NOTES.md` (doclint.toml:1)\n" in shown


def test_the_schema_is_printed_with_rules_of_ones_own(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from doclint.resources import schema

    monkeypatch.chdir(repository)
    assert main(["config", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema("config")


def test_the_work_grows_with_the_globs() -> None:
    def work(size: int) -> Callable[[], object]:
        said = "".join(f'[[overrides]]\npaths = ["a{number}/**"]\nignore = ["ST"]\n' for number in range(size))
        chosen = plan(File("doclint.toml", "", said.encode()))
        return lambda: idle(chosen, ["NOTES.md"])

    assert growth(work, 25) < 6
