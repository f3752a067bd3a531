"""``doclint init``: what it finds, what it writes, and that it never writes to what is there."""

from __future__ import annotations

import os
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from doclint import demo
from doclint.errors import UsageError
from doclint.markdown.frontmatter import load_yaml
from doclint.starting import Source, declared, glob, hook, source, workflow
from tests.shell import Run


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def git(directory: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=directory, check=True, capture_output=True)


def made(directory: Path, files: Mapping[str, str], branch: str = "main") -> Path:
    """A repository with one commit of ``files``."""
    directory.mkdir()
    git(directory, "init", "-q", "-b", branch)
    for path, text in files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text, "utf-8")
    git(directory, "add", "-A")
    git(directory, "commit", "-q", "--allow-empty", "-m", "Start")
    return directory


def contents(directory: Path) -> dict[str, bytes]:
    """Every file below ``directory`` but Git's own."""
    found = (path for path in directory.rglob("*") if ".git" not in path.relative_to(directory).parts and path.is_file())
    return {str(path.relative_to(directory)): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of the demo."""
    directory = tmp_path_factory.mktemp("demo") / "tidewatch"
    demo.build(str(directory))
    return directory


@pytest.fixture
def tidewatch(built: Path, tmp_path: Path) -> Path:
    """A clone of it."""
    git(tmp_path, "clone", "-q", str(built), "tidewatch")
    return tmp_path / "tidewatch"


FOUND = """\
4 working documents among 5 in {}
  COORDINATION.md      coordination-hub  name `COORDINATION.md`, title says ses…
  PROGRESS.md          progress-tracker  name `PROGRESS.md`, title says tracker…
  SESSION_HANDOFF.md   handoff           name `SESSION_HANDOFF.md`, title says…
  docs/ETL_CONTEXT.md  etl-context       name `ETL_CONTEXT.md`, title says sess…
1 other was taken for none; `doclint types` says why
work lands in `main`
no configuration is needed
"""
NEXT = """\

next:
  doclint check            what is wrong now
  doclint explain CODE     why that matters, and when the rule stays silent
  doclint status           how far the work is, and what contradicts it
  doclint init --baseline  put old findings aside, to hear only of new ones
"""


def test_without_a_wish_nothing_is_written(tidewatch: Path, run: Run) -> None:
    before = contents(tidewatch)
    code, out, err = run("-C", tidewatch, "init")
    assert (code, err) == (0, "")
    assert out.startswith(FOUND.format(os.path.realpath(tidewatch)) + "nothing was written\n")
    assert "  doclint init --hook      let pre-commit check each commit\n" in out
    assert contents(tidewatch) == before


def test_what_is_asked_for_is_written_at_the_root_once(tidewatch: Path, run: Run) -> None:
    wish = ("init", "--hook", "--workflow", "--agents", "--source", "https://example.org/doclint@v9")
    before = contents(tidewatch)
    code, out, err = run("-C", tidewatch / "docs", *wish)
    assert (code, err) == (0, "")
    assert out == FOUND.format(os.path.realpath(tidewatch)) + (
        "wrote .pre-commit-config.yaml: pre-commit checks each commit\n"
        "wrote .github/workflows/doclint.yml: GitHub checks each pull request\n"
        "wrote AGENTS.md: coding agents check before they hand over\n"
    ) + NEXT.replace(
        "next:\n",
        "next:\n"
        "  git add .pre-commit-config.yaml .github/workflows/doclint.yml AGENTS.md  what is not staged does not count in a commit\n"
        "  pre-commit install       in each clone, once: until then no commit is checked\n",
    )
    written = contents(tidewatch)
    assert sorted(written.keys() - before.keys()) == [".github/workflows/doclint.yml", ".pre-commit-config.yaml", "AGENTS.md"]
    code, out, err = run("-C", tidewatch, *wish)
    assert (code, err) == (0, "")
    assert (
        ".pre-commit-config.yaml is left as it is: it runs doclint already\n"
        ".github/workflows/doclint.yml is left as it is: it runs doclint already\n"
        "AGENTS.md is left as it is: it speaks of doclint already\n"
        "nothing was written\n"
    ) in out
    assert contents(tidewatch) == written
    # What was written is none of the things that doclint complains of.
    git(tidewatch, "add", "-A")
    assert "AGENTS" not in run("-C", tidewatch, "check", "--staged")[1]


def test_a_baseline_of_what_is_wrong_now(tidewatch: Path, run: Run) -> None:
    wish = ("init", "--baseline", "--today", "2026-02-19")
    assert "would write .doclint-baseline.json (12 findings put aside):\n" in run("-C", tidewatch, *wish, "--dry-run")[1]
    code, out, err = run("-C", tidewatch, *wish)
    assert (code, err) == (0, "")
    assert "wrote .doclint-baseline.json: 12 findings put aside\n" in out
    assert "--baseline" not in out
    assert run("-C", tidewatch, "check", "--today", "2026-02-19")[0] == 0
    assert "12 findings: `doclint check` tells those that the baseline does not know\n" in run("-C", tidewatch, "status")[1]
    before = contents(tidewatch)
    out = run("-C", tidewatch, *wish)[1]
    assert ".doclint-baseline.json is left as it is: `doclint baseline update` brings it up to date\nnothing was written\n" in out
    assert contents(tidewatch) == before


def test_yes_is_all_that_fits_and_a_dry_run_is_none_of_it(tidewatch: Path, run: Run) -> None:
    before = contents(tidewatch)
    code, out, _ = run("-C", tidewatch, "init", "--yes", "--dry-run")
    assert code == 0
    purpose = "pre-commit checks each commit, with the doclint that is installed; with --source URL pre-commit installs it"
    assert f"would write .pre-commit-config.yaml ({purpose}):\n    repos:\n      - repo: local\n" in out
    assert "git add" not in out
    assert "pre-commit install " not in out
    assert "would write AGENTS.md (coding agents check before they hand over):\n    # Agents\n" in out
    assert ".github" not in out
    assert contents(tidewatch) == before
    assert run("-C", tidewatch, "init", "--yes")[0] == 0
    assert sorted(contents(tidewatch).keys() - before.keys()) == [".pre-commit-config.yaml", "AGENTS.md"]


def test_yes_to_what_is_named_is_a_yes_to_nothing_else(tidewatch: Path, run: Run) -> None:
    before = contents(tidewatch)
    code, out, _ = run("-C", tidewatch, "init", "--hook", "--yes")
    assert code == 0
    assert contents(tidewatch).keys() - before.keys() == {".pre-commit-config.yaml"}
    assert "  doclint init --agents    tell coding agents to check before they hand over\n" in out


def test_a_file_takes_effect_once_it_is_staged_and_the_hook_is_installed(tidewatch: Path, run: Run) -> None:
    out = run("-C", tidewatch, "init", "--baseline", "--today", "2026-02-19")[1]
    assert "next:\n  git add .doclint-baseline.json  what is not staged does not count in a commit\n  doclint check " in out
    (tidewatch / ".pre-commit-config.yaml").write_text("repos: []\n", "utf-8")
    out = run("-C", tidewatch, "init", "--hook")[1]
    assert "next:\n  pre-commit install     in each clone, once: until then no commit is checked\n" in out


def test_what_cannot_be_meant_is_said_before_anything_else(tidewatch: Path, run: Run) -> None:
    for arguments in (("--source", "over/there"), ("--type", "a.md=etl")):
        code, out, err = run("-C", tidewatch, "init", *arguments)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
    assert err == "doclint: `etl` is no document type; there are coordination-hub, etl-context, handoff, progress-tracker\n"


def test_what_is_there_is_left_and_the_lines_to_add_are_shown(tmp_path: Path, run: Run) -> None:
    files = {
        ".pre-commit-config.yaml": "repos: []\n",
        ".github/workflows/test.yml": "on: push\n",
        "AGENTS.md": "# Ours\n",
        "doclint.toml": 'ignore = ["CL001"]\n',
        "PROGRESS.md": "# Progress tracker\n\n- [ ] one\n",
    }
    root = made(tmp_path / "root", files)
    before = contents(root)
    code, out, err = run("-C", root, "init", "--hook", "--agents", "--type", "notes/=handoff")
    assert (code, err) == (0, "")
    assert "`doclint.toml` is there, and is left as it is\n" in out
    assert (
        "doclint.toml is left as it is; add to it what it lacks of this:\n"
        '    [[documents]]\n    glob = "notes/"\n    type = "handoff"\n'
        ".pre-commit-config.yaml is left as it is; add to it what it lacks of this:\n    repos:\n"
    ) in out
    assert "AGENTS.md is left as it is; add to it what it lacks of this:\n    ## Working documents\n" in out
    assert "nothing was written\n" in out
    assert contents(root) == before


def test_a_configuration_of_a_directory_or_of_the_project(tmp_path: Path, run: Run) -> None:
    files = {"sub/doclint.toml": "", "pyproject.toml": '[tool.doclint]\nignore = ["CL001"]\n', "PROGRESS.md": "# Progress\n"}
    root = made(tmp_path / "root", files, branch="work")
    assert (
        "pyproject.toml is left as it is; add to it what it lacks of this:\n"
        '    [tool.doclint]\n    base = "work"\n\n    [[tool.doclint.documents]]\n    glob = "x.md"\n    type = "handoff"\n'
    ) in run("-C", root, "init", "--type", "x.md=handoff")[1]
    out = run("-C", root / "sub", "init", "--type", "x.md=handoff")[1]
    assert 'sub/doclint.toml is left as it is; add to it what it lacks of this:\n    base = "work"\n\n    [[documents]]\n' in out


BOARD = """\
# Who does what

| Session | Branch | Status |
| ------- | ------ | ------ |
| Session A | `feature/ingest` | IN PROGRESS |
| Session B | `feature/forecast` | NOT STARTED |
"""


def test_what_may_be_a_working_document_is_named_and_a_type_is_given_on_request(tmp_path: Path, run: Run) -> None:
    root = made(tmp_path / "root", {"notes/o'clock.md": BOARD})
    out = run("-C", root, "init")[1]
    assert (
        "notes/o'clock.md may be one too: 2 units with a status, 2 of them with a branch; if so:\n"
        """  doclint init --type 'notes/o'"'"'clock.md=coordination-hub'\n"""
    ) in out
    code, out, _ = run("-C", root, "init", "--type", "notes/o'clock.md=coordination-hub")
    assert code == 0
    assert "wrote doclint.toml: what doclint does not find out by itself\n" in out
    assert (root / "doclint.toml").read_text("utf-8") == '[[documents]]\nglob = "notes/o\'clock.md"\ntype = "coordination-hub"\n'
    assert "1 working document among 1 in" in run("-C", root, "init")[1]


def test_what_is_called_a_working_document_and_has_little_of_one_is_named(tmp_path: Path, run: Run) -> None:
    context = "# ETL context\n\n| Step | Code |\n| --- | --- |\n| read | `src/read.py` |\n"
    root = made(tmp_path / "root", {"docs/ETL_CONTEXT.md": context, "MIGRATION_PLAN.md": "# Migration plan\n\nText.\n", "src/read.py": ""})
    out = run("-C", root, "init")[1]
    assert (
        "docs/ETL_CONTEXT.md may be one too: name `ETL_CONTEXT.md`, title says context; if so:\n"
        "  doclint init --type docs/ETL_CONTEXT.md=etl-context\n"
    ) in out
    assert "MIGRATION_PLAN" not in out
    assert run("-C", root, "init", "--type", "docs/ETL_CONTEXT.md=etl-context")[0] == 0
    assert run("-C", root, "types", "docs")[1].startswith("docs/ETL_CONTEXT.md: etl-context (")


def test_a_base_is_written_down_where_nothing_else_tells_it(tmp_path: Path, run: Run) -> None:
    root = made(tmp_path / "root", {"PROGRESS.md": "# Progress tracker\n\n- [ ] one\n"}, branch='wo"rk')
    assert run("-C", root, "init")[0] == 0
    text = (root / "doclint.toml").read_text("utf-8")
    assert text == 'base = "wo\\"rk"\n'
    assert tomllib.loads(text) == {"base": 'wo"rk'}
    out = run("-C", root, "init")[1]
    assert 'work lands in `wo"rk`\n`doclint.toml` is there, and is left as it is\nnothing was written\n' in out
    two = made(tmp_path / "two", {"PROGRESS.md": "# Progress tracker\n"}, branch="work")
    git(two, "branch", "other")
    assert "work is taken to land in `work`, which is checked out, since no branch has a usual name" in run("-C", two, "init")[1]
    assert not (two / "doclint.toml").exists()


def test_long_paths_have_their_reasons_below_them(tmp_path: Path, run: Run) -> None:
    long = "a-folder-with-a-very-long-name/and-another-one/PROGRESS.md"
    root = made(tmp_path / "root", {path: "# Progress tracker\n\n- [ ] one\n" for path in (long, "PROGRESS.md")})
    lines = run("-C", root, "init")[1].splitlines()
    assert lines[1].startswith("  PROGRESS.md                         progress-tracker  name `PROGRESS.md`, ")
    assert lines[2:4] == [f"  {long}  progress-tracker", "    name `PROGRESS.md`, title says tracker"]
    assert all(len(line) <= 80 for line in lines[1:])


def test_an_empty_repository_and_a_directory_outside_of_git(tmp_path: Path, run: Run) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "-q")
    code, out, err = run("-C", empty, "init")
    assert (code, err) == (0, "")
    assert out.startswith(f"no Markdown in {os.path.realpath(empty)}\nthere is no commit yet that work could land in\n")
    assert "  doclint new progress-tracker --output PROGRESS.md  a document to begin with\n" in out
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "PROGRESS.md").write_text("# Progress tracker\n\n- [ ] one\n", "utf-8")
    code, out, err = run("-C", outside, "init", "--hook")
    assert (code, err) == (0, "")
    assert "there is no Git repository here: what branches and history prove wrong stays open\n" in out
    assert ".pre-commit-config.yaml was not written: there is no Git repository whose commits a hook could check\n" in out
    assert list(contents(outside)) == ["PROGRESS.md"]


def test_a_link_in_the_way_is_not_followed(tmp_path: Path, run: Run) -> None:
    root = made(tmp_path / "root", {"PROGRESS.md": "# Progress tracker\n\n- [ ] one\n"})
    (tmp_path / "elsewhere").mkdir()
    (root / ".github").symlink_to(tmp_path / "elsewhere")
    code, out, err = run("-C", root, "init", "--workflow", "--source", "https://example.org/doclint")
    assert (code, err) == (2, "doclint: `.github/workflows/doclint.yml` was not written: a symbolic link leads to it\n")
    assert "wrote" not in out
    assert list((tmp_path / "elsewhere").iterdir()) == []
    (root / ".pre-commit-config.yaml").symlink_to(tmp_path / "new")
    assert run("-C", root, "init", "--hook")[0] == 0
    assert not (tmp_path / "new").exists()


def test_a_file_that_git_ignores_is_not_overwritten(tmp_path: Path, run: Run) -> None:
    root = made(tmp_path / "root", {".gitignore": "AGENTS.md\n", "PROGRESS.md": "# Progress tracker\n\n- [ ] one\n"})
    (root / "AGENTS.md").write_text("mine\n", "utf-8")
    code, _, err = run("-C", root, "init", "--agents")
    assert (code, err) == (2, "doclint: `AGENTS.md` was not written: something is there already\n")
    assert (root / "AGENTS.md").read_text("utf-8") == "mine\n"


def test_hostile_names_and_unreadable_files(tmp_path: Path, run: Run) -> None:
    root = made(tmp_path / "root", {"notes/\x1b[2J::error::.md": BOARD, "a{b,c}.md": BOARD, "PROGRESS.md": "# Progress\n"})
    Path(os.fsdecode(os.fsencode(root) + b"/PROGRESS\xff.md")).write_bytes(b"# Progress tracker\n\n\xfe\n")
    code, out, err = run("-C", root, "init", "--dry-run")
    assert (code, err) == (0, "")
    assert all(line.isprintable() for line in out.split("\n"))
    assert "PROGRESS\\xff.md could not be read: " in out
    assert "a{b,c}" not in out


def test_a_broken_configuration_is_said(tmp_path: Path, run: Run) -> None:
    root = made(tmp_path / "root", {"doclint.toml": "selekt = []\n"})
    assert run("-C", root, "init") == (2, "", "doclint: doclint.toml:1: `selekt` is not known; did you mean `select`?\n")


def test_a_person_is_asked(tidewatch: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from doclint.cli.verbs import init

    asked: list[str] = []

    def ask(question: str) -> bool:
        asked.append(question)
        return "AGENTS" in question

    monkeypatch.setattr(init, "ask", ask)
    before = contents(tidewatch)
    assert run("-C", tidewatch, "init")[0] == 0
    assert asked == [
        "Write .pre-commit-config.yaml, so that pre-commit checks each commit",
        "Write AGENTS.md, so that coding agents check before they hand over",
    ]
    assert contents(tidewatch).keys() - before.keys() == {"AGENTS.md"}


def test_the_files_are_what_their_readers_expect() -> None:
    where = Source("git@example.org:team/doclint", "v1.0")
    (repo,) = load_yaml(hook(where).text)["repos"]
    assert repo == {"repo": where.url, "rev": "v1.0", "hooks": [{"id": "doclint"}]}
    (local,) = load_yaml(hook(None).text)["repos"]
    published = load_yaml((Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for key in ("entry", "pass_filenames", "always_run"):
        assert local["hooks"][0][key] == published[0][key]
    steps = load_yaml(workflow(where).text)["jobs"]["doclint"]["steps"]
    assert steps[0]["with"]["fetch-depth"] == 0
    assert steps[2]["run"] == 'pip install "doclint @ git+ssh://git@example.org/team/doclint@v1.0"'


def test_where_doclint_comes_from() -> None:
    assert source("https://example.org/a/doclint@v2") == Source("https://example.org/a/doclint", "v2")
    assert source("git@example.org:a/doclint") == Source("git@example.org:a/doclint", "v0.1.0")
    for wrong in ("doclint", "https://example.org/$(x)", "https://example.org/a@v 1", "https://example.org/a\n@v1", '-e "x"'):
        with pytest.raises(UsageError, match="no address of a Git repository"):
            source(wrong)


def test_types_by_glob() -> None:
    assert declared("a=b/*.md=handoff", ["handoff"]) == ("a=b/*.md", "handoff")
    for wrong, sentence in (("handoff", "expected GLOB=TYPE"), ("x.md=hand-off", "no document type; did you mean `handoff`?")):
        with pytest.raises(UsageError, match=sentence.replace("?", r"\?")):
            declared(wrong, ["handoff"])
    assert [glob(path) for path in ("a.md", "a/b.md", "a/*.md", "a/\udcff.md")] == ["/a.md", "a/b.md", None, None]
