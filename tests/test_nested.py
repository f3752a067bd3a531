"""The nearest configuration governs a document, wherever one stands, and in every tree."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.cli import main
from doclint.config import NAMES, File, Flags, configurations, file_in, plan
from doclint.nested import nested
from doclint.repo.memory import MemoryRepo
from doclint.repo.paths import directory_of, parents
from tests.outside import git
from tests.shell import rule

BROKEN = "# Notes\n\nSee [the map](map.md).\n"
OFF = '[rules.RF001]\nseverity = "off"\n'
INFO = '[rules.RF001]\nseverity = "info"\n'
Run = Callable[..., tuple[int, dict[str, str], str]]


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


def commit(root: Path, message: str = "Go on", day: str = "2026-01-02") -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message, "--date", f"{day}T12:00:00Z")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a note in three places, of which two have a configuration, and the deepest has none."""
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    write(root, {"NOTES.md": BROKEN, "sub/NOTES.md": BROKEN, "sub/deep/er/NOTES.md": BROKEN, "doclint.toml": "", "sub/doclint.toml": INFO})
    commit(root, "Start")
    return root


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Checks, and gives the exit status, the severity of the finding in each document, and what was complained about."""

    def run(*arguments: str, where: str = "") -> tuple[int, dict[str, str], str]:
        code = main(["-C", str(root / where), "check", "--format", "json", *arguments])
        out, err = capsys.readouterr()
        found = json.loads(out)["findings"] if out else []
        return code, {one["path"]: one["severity"] for one in found if one["code"] == "RF001"}, err

    return run


ALL = {"NOTES.md": "error", "sub/NOTES.md": "info", "sub/deep/er/NOTES.md": "info"}


def test_the_nearest_file_governs_wherever_one_stands(run: Run) -> None:
    assert run() == (1, ALL, "")
    assert run(where="sub") == (0, {"sub/NOTES.md": "info", "sub/deep/er/NOTES.md": "info"}, "")
    assert run("..", where="sub") == (1, ALL, "")
    assert run("deep", where="sub") == (0, {"sub/deep/er/NOTES.md": "info"}, "")
    assert run("../../../NOTES.md", "NOTES.md", where="sub/deep/er") == (1, {"NOTES.md": "error", "sub/deep/er/NOTES.md": "info"}, "")
    assert run("sub/NOTES.md") == (0, {"sub/NOTES.md": "info"}, "")
    assert run("sub/deep") == (0, {"sub/deep/er/NOTES.md": "info"}, "")


def test_the_current_directory(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(root / "sub")
    assert main(["check", "--select", "RF001"]) == 0
    assert main(["check", "--select", "RF001", ".."]) == 1
    capsys.readouterr()


def test_what_governs_is_named_or_not_wanted(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    every = dict.fromkeys(ALL, "error")
    assert run("--no-config") == (1, every, "")
    assert run("--config", str(root / "doclint.toml")) == (1, every, "")
    assert run("--config", str(root / "sub/doclint.toml"))[1] == dict.fromkeys(ALL, "info")
    monkeypatch.setenv("DOCLINT_CONFIG", str(root / "doclint.toml"))
    assert run() == (1, every, "")


def test_the_command_line_stands_above_all_of_them(run: Run) -> None:
    assert run("--config", 'rules.RF001.severity="warning"')[1] == dict.fromkeys(ALL, "warning")
    assert run("--ignore", "RF")[1] == {}
    assert run("--config", 'exclude=["deep/"]')[1] == {"NOTES.md": "error", "sub/NOTES.md": "info"}


def test_outside_of_all_configurations_the_defaults_hold(root: Path, run: Run) -> None:
    (root / "doclint.toml").unlink()
    assert run("..", where="sub")[1] == ALL
    assert run("../NOTES.md", where="sub")[1] == {"NOTES.md": "error"}


def test_parents_are_ignored_unless_they_are_extended(root: Path, run: Run) -> None:
    write(root, {"doclint.toml": 'exclude = ["/sub/deep/"]\n' + OFF, "sub/doclint.toml": "", "sub/sub/deep/NOTES.md": BROKEN})
    every = {"sub/NOTES.md": "error", "sub/deep/er/NOTES.md": "error", "sub/sub/deep/NOTES.md": "error"}
    assert run()[1] == every
    write(root, {"sub/doclint.toml": 'extend = "../doclint.toml"\n'})
    assert run()[1] == {}
    write(root, {"sub/doclint.toml": f'extend = "../doclint.toml"\n{INFO}'})
    # Globs mean paths below the file that holds them.
    assert run()[1] == {"sub/NOTES.md": "info", "sub/sub/deep/NOTES.md": "info"}
    write(root, {"sub/doclint.toml": f'extend = "../doclint.toml"\nexclude = ["/deep/"]\n{INFO}'})
    assert run()[1] == {"sub/NOTES.md": "info", "sub/sub/deep/NOTES.md": "info"}
    write(root, {"sub/doclint.toml": f'extend = "../doclint.toml"\nexclude = ["/sub/deep/"]\n{INFO}'})
    assert run()[1] == {"sub/NOTES.md": "info", "sub/deep/er/NOTES.md": "info"}


def test_what_is_included_and_excluded_is_said_by_the_nearest(root: Path, run: Run) -> None:
    write(root, {"sub/doclint.toml": 'include = ["*.txt"]\n' + INFO, "sub/a.txt": BROKEN, "a.txt": BROKEN})
    assert run()[1] == {"NOTES.md": "error", "sub/a.txt": "info"}
    write(root, {"sub/doclint.toml": 'exclude = ["NOTES.md"]\n'})
    assert run()[1] == {"NOTES.md": "error"}
    assert run("sub/NOTES.md")[1] == {"sub/NOTES.md": "error"}
    assert run("sub/NOTES.md", "--force-exclude")[1] == {}


def test_a_directory_that_is_excluded_has_no_configuration(root: Path, run: Run) -> None:
    for glob in ("sub", "sub/", "/sub/", "sub/**"):
        write(root, {"doclint.toml": f'exclude = ["{glob}"]\n', "sub/doclint.toml": "broken"})
        assert run() == (1, {"NOTES.md": "error"}, "")
        assert run("sub/NOTES.md") == (1, {"sub/NOTES.md": "error"}, "")
    write(root, {"doclint.toml": "", "sub/doclint.toml": 'exclude = ["deep/"]\n', "sub/deep/doclint.toml": "broken"})
    assert run() == (1, {"NOTES.md": "error", "sub/NOTES.md": "error"}, "")


@pytest.mark.parametrize("place", ["tests/fixtures/one", "node_modules/left", "third_party/x", "templates", "testdata"])
def test_a_sample_of_a_configuration_governs_nothing(root: Path, run: Run, place: str) -> None:
    write(root, {f"{place}/doclint.toml": "broken on purpose", f"{place}/NOTES.md": BROKEN, f"{place}/in/pyproject.toml": "doclint = "})
    code, found, err = run()
    assert (code, err) == (1, "")
    # Whoever stands in it, or declares that it is none, means it.
    assert run(where=place)[2].startswith(f"doclint: {place}/doclint.toml: not valid TOML")
    write(root, {"doclint.toml": f'[[documents]]\nglob = "{place}/"\nlifecycle = "living"\n'})
    assert run()[2].startswith(f"doclint: {place}/doclint.toml: not valid TOML")
    assert {path: found[path] for path in ALL} == ALL


def test_a_broken_file_matters_where_it_governs_a_document(root: Path, run: Run) -> None:
    write(root, {"a/doclint.toml": "seelct = []\n", "b/.doclint.toml": 'base = ""\n', "c/pyproject.toml": "[tool.doclint\n"})
    write(root, {"a/data.txt": "", "c/data.txt": ""})
    assert run() == (1, ALL, "")
    write(root, {"a/A.md": "# A\n", "c/deep/C.md": "# C\n", "b/x.txt": "x\n"})
    code, found, err = run()
    assert (code, found) == (2, {})
    assert err.splitlines() == [
        "doclint: a/doclint.toml:1: `seelct` is not known; did you mean `select`?",
        "doclint: c/pyproject.toml: not valid TOML: Expected ']' at the end of a table declaration (at line 1, column 14)",
    ]
    assert run("b/x.txt")[::2] == (2, "doclint: b/.doclint.toml:1: `base` is empty\n")
    assert run("NOTES.md", "sub") == (1, ALL, "")
    assert run("a/A.md")[0] == 2
    assert main(["-C", str(root), "explain", "RF001"]) == 0
    assert main(["-C", str(root), "new", "handoff"]) == 0


def test_a_project_file_counts_where_it_names_doclint(root: Path, run: Run) -> None:
    write(root, {"sub/doclint.toml": INFO, "sub/deep/pyproject.toml": '[project]\nname = "x"\n'})
    assert run()[1] == ALL
    write(root, {"sub/deep/pyproject.toml": '[project]\nname = "doclint-x"\n[tool.other]\n'})
    assert run()[1] == ALL
    write(root, {"sub/deep/pyproject.toml": '[tool.doclint.rules.RF001]\nseverity = "off"\n'})
    assert run()[1] == {"NOTES.md": "error", "sub/NOTES.md": "info"}
    write(root, {"sub/deep/.doclint.toml": '[rules.RF001]\nseverity = "warning"\n'})
    assert run()[1] == {**ALL, "sub/deep/er/NOTES.md": "warning"}


def test_a_link_is_no_configuration(root: Path, run: Run) -> None:
    (root / "sub/doclint.toml").unlink()
    (root / "sub/doclint.toml").symlink_to("../doclint.toml")
    assert run()[::2] == (2, "doclint: sub/doclint.toml: the file is a symbolic link, and is not followed: let it `extend` the other\n")
    (root / "sub/doclint.toml").unlink()
    (root / "sub/pyproject.toml").symlink_to("../doclint/pyproject.toml")
    assert run() == (1, dict.fromkeys(ALL, "error"), "")


def test_the_file_comes_from_the_tree_of_the_documents(root: Path, run: Run) -> None:
    write(root, {"sub/deep/doclint.toml": OFF})
    git(root, "add", "-A")
    (root / "sub/deep/doclint.toml").unlink()
    (root / "sub/doclint.toml").unlink()
    without = {"NOTES.md": "error", "sub/NOTES.md": "info"}
    assert run("--staged")[1] == without
    assert run()[1] == dict.fromkeys(ALL, "error")
    assert run("--rev", "HEAD")[1] == ALL
    assert run("--rev", "HEAD", "sub")[1] == {"sub/NOTES.md": "info", "sub/deep/er/NOTES.md": "info"}
    git(root, "commit", "-q", "-m", "A file of its own")
    assert run("--rev", "HEAD")[1] == without


def test_both_sides_of_a_range_are_judged_by_the_configuration_of_the_tree(root: Path, run: Run) -> None:
    git(root, "checkout", "-q", "-b", "feature")
    write(root, {"sub/deep/doclint.toml": '[rules.RF001]\nseverity = "warning"\n'})
    commit(root)
    # What stood before is judged by what governs today, so that a change of the configuration alone brings nothing in.
    assert run("--since", "main") == (0, {}, "")
    write(root, {"sub/deep/er/NOTES.md": BROKEN + "\nAnd [the way](way.md).\n", "MORE.md": BROKEN})
    commit(root)
    assert run("--since", "main")[1] == {"MORE.md": "error", "sub/deep/er/NOTES.md": "warning"}


def test_parts_of_a_run_are_the_run(run: Run) -> None:
    found = [run("--shard", f"{number}/3") for number in (1, 2, 3)]
    assert {path: severity for _, part, _ in found for path, severity in part.items()} == ALL
    assert sum(len(part) for _, part, _ in found) == len(ALL)


def test_what_is_of_the_run_comes_from_where_one_stands(root: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, {"sub/doclint.toml": 'fail-on = "info"\n' + INFO})
    assert run("sub")[0] == 0
    assert run(where="sub")[0] == 1
    write(root, {"sub/doclint.toml": 'fail-on = "info"\nbaseline = "known.json"\nbase = "main"\n' + INFO})
    assert main(["-C", str(root), "config", "show"]) == 0
    out = capsys.readouterr().out
    assert "sub/doclint.toml governs 2 documents; its `base`, `baseline` and `fail-on` count for runs from there alone\n" in out
    assert (
        "\nsub/NOTES.md: not recognised (neither name nor title is that of a working document), living; governed by sub/doclint.toml\n"
        in out
    )
    assert main(["-C", str(root), "config", "show", "sub/NOTES.md", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["nested"] == [{"file": "sub/doclint.toml", "directory": "sub", "documents": 1, "unheard": ["base", "baseline", "fail-on"]}]
    (document,) = said["documents"]
    assert document["configuration"] == "sub/doclint.toml"
    (link,) = [one for one in document["rules"] if one["code"] == "RF001"]
    assert (link["severity"], link["severity_source"]) == ("info", "sub/doclint.toml:5")
    assert main(["-C", str(root / "sub"), "config", "show", "../NOTES.md"]) == 0
    assert "\ndoclint.toml governs 1 document\n" in capsys.readouterr().out


def test_known_findings_are_those_of_where_one_stands(root: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(root), "baseline", "create", "--today", "2026-02-01"]) == 0
    capsys.readouterr()
    assert run() == (0, {}, "")
    assert run("sub") == (0, {}, "")
    assert run(where="sub")[1] == {"sub/NOTES.md": "info", "sub/deep/er/NOTES.md": "info"}
    write(root, {"sub/doclint.toml": OFF})
    capsys.readouterr()
    assert main(["-C", str(root), "baseline", "prune", "--today", "2026-02-01"]) == 0
    # What does not run does not show that a finding is gone.
    assert "sub/NOTES.md" in (root / ".doclint-baseline.json").read_text("utf-8")


def test_replay_goes_by_what_governs_today(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault began when its document had it, though the place where that was then is governed otherwise."""
    write(root, {"doclint.toml": OFF})
    git(root, "mv", "NOTES.md", "sub/MOVED.md")
    commit(root, "Move")
    assert main(["-C", str(root), "replay", "--format", "json"]) == 0
    faults = {one["path"]: one for one in json.loads(capsys.readouterr().out)["faults"]}
    assert {path: (one["severity"], one["began"]["commit"]["subject"]) for path, one in faults.items()} == dict.fromkeys(
        ("sub/MOVED.md", "sub/NOTES.md", "sub/deep/er/NOTES.md"), ("info", "Start")
    )


TYPE = {"x-doclint": {"type": "ledger", "noun": "a ledger", "paths": ["*.md"], "shape": {"sections": ["People"]}}}


def test_types_and_rules_of_ones_own_stand_beside_their_configuration(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, {"sub/.doclint/schemas/ledger.schema.json": json.dumps(TYPE)})
    write(root, {"sub/doclint.toml": '[[documents]]\nglob = "/deep/"\ntype = "handoff"\n'})
    assert main(["-C", str(root), "types", "--format", "json", "."]) == 0
    types = {one["path"]: one["type"] for one in json.loads(capsys.readouterr().out)}
    assert types == {"NOTES.md": None, "sub/NOTES.md": "ledger", "sub/deep/er/NOTES.md": "handoff"}
    # Without a configuration beside it a folder of that name is one like others.
    write(root, {"sub/deep/.doclint/schemas/ledger.schema.json": "broken"})
    assert main(["-C", str(root), "types", "."]) == 0
    write(root, {"sub/.doclint/schemas/ledger.schema.json": "broken"})
    capsys.readouterr()
    assert main(["-C", str(root), "types", "."]) == 2
    assert capsys.readouterr().err == "doclint: sub/.doclint/schemas/ledger.schema.json:1: not valid JSON: Expecting value\n"
    assert main(["-C", str(root), "types", "NOTES.md"]) == 0


def test_rules_of_one_code_are_one_rule(root: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parent.parent / "rules" / "link-broken.md").read_text("utf-8")
    one = page.replace("code: RF001", "code: OWN001").replace("name: link-broken", "name: own-link")
    two = page.replace("code: RF001", "code: OWN001").replace("name: link-broken", "name: other-link")
    write(root, {".doclint/rules/own-link.md": one, "sub/.doclint/rules/own-link.md": one})
    arguments = ["-C", str(root), "check", "--select", "OWN001", "--format", "json"]
    assert main(arguments) == 1
    assert {found["path"] for found in json.loads(capsys.readouterr().out)["findings"]} == set(ALL)
    (root / "sub/.doclint/rules/own-link.md").unlink()
    assert main(arguments) == 1
    assert {found["path"] for found in json.loads(capsys.readouterr().out)["findings"]} == {"NOTES.md"}
    write(root, {"sub/.doclint/rules/other-link.md": two})
    assert main(arguments) == 2
    assert capsys.readouterr().err == (
        "doclint: sub/.doclint/rules/other-link.md: the code `OWN001` is taken by .doclint/rules/own-link.md\n"
    )


def test_words_of_ones_own_hold_where_they_are_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = "# Board\n\n| Lane | Status |\n| --- | --- |\n| Lane A | finitissimo |\n"
    write(root, {"A.md": board, "sub/B.md": board, "sub/doclint.toml": '[lexicon.states.done]\nwords = ["finitissimo"]\n'})
    assert main(["-C", str(root), "extract", "A.md", "sub/B.md"]) == 0
    statuses = [one["units"][0]["statements"][0]["status"] for one in json.loads(capsys.readouterr().out)]
    assert [status and status["state"] for status in statuses] == [None, "done"]


def test_a_document_from_stdin_is_governed_by_its_name(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
    assert run("-", "--stdin-filename", "sub/NEW.md")[1] == {"sub/NEW.md": "info"}


def test_outside_of_a_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"NOTES.md": BROKEN, "doclint.toml": "", "sub/NOTES.md": BROKEN, "sub/doclint.toml": INFO})
    assert main(["-C", str(tmp_path), "config", "show", "--format", "json"]) == 0
    governed = json.loads(capsys.readouterr().out)["documents"]
    assert {one["path"]: one["configuration"] for one in governed} == {"NOTES.md": "doclint.toml", "sub/NOTES.md": "sub/doclint.toml"}


def test_files_that_change_together_are_told_where_that_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    together = '[[co-change]]\nwhen = ["src/"]\nthen = ["NOTES.md"]\n'
    write(root, {"doclint.toml": together, "sub/doclint.toml": together, "src/a.py": "a = 1\n", "sub/src/a.py": "a = 1\n"})
    commit(root)
    git(root, "checkout", "-q", "-b", "feature")
    write(root, {"sub/src/a.py": "a = 2\n", "NOTES.md": BROKEN + "\nMore.\n"})
    commit(root)
    assert main(["-C", str(root), "check", "--since", "main", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["path"], one["code"], one["evidence"][-1]["path"]) for one in found] == [("sub/NOTES.md", "CT011", "sub/doclint.toml")]


def test_the_board_shows_what_the_nearest_says(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = "# Board\n\n| Lane | Status |\n| --- | --- |\n| Lane A | finitissimo |\n\nSee [the map](map.md).\n"
    said = '[[documents]]\nglob = "B.md"\ntype = "coordination-hub"\n[lexicon.states.done]\nwords = ["finitissimo"]\n'
    write(root, {"B.md": board, "sub/B.md": board, "sub/doclint.toml": said + INFO})
    assert main(["-C", str(root), "status", "--all", "--format", "json"]) == 0
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert [(one["path"], [unit["state"] for unit in one["units"]]) for one in documents] == [("sub/B.md", ["done"])]


PARTS = st.sampled_from(["a", "b", "c"])
DIRECTORIES = st.lists(PARTS, max_size=3).map("/".join)
PATHS = st.builds(
    lambda directory, name: f"{directory}/{name}" if directory else name, DIRECTORIES, st.sampled_from(["x.md", "y.txt", *NAMES])
)
RULE = rule("AA001")


@given(st.sets(PATHS, max_size=12), DIRECTORIES)
def test_what_governs_is_what_a_look_upwards_finds(paths: set[str], standing: str) -> None:
    """Whatever lies where: the plan of a document is that of the nearest directory with a file, the same from everywhere."""
    files = {
        path: "" if not path.endswith(".toml") else "[tool.doclint]\n" if "pyproject" in path else 'select = ["all"]\n' for path in paths
    }
    repo = MemoryRepo.build({}, files)
    index = repo.paths()

    def governing(path: str) -> str:
        return next((each for each in (*parents(path), "") if file_in(repo, each) is not None), "")

    def load(file: File | None) -> object:
        return plan(file, Flags(), [RULE])

    home = next((each for each in (*parents(f"{standing}/x"), "") if file_in(repo, each) is not None), "")
    chosen = plan(file_in(repo, home), Flags(), [RULE])
    others = configurations(index, [""], chosen.directory)
    whole = nested(repo, index, [""], others, chosen, load).plan if others else chosen  # type: ignore[arg-type]
    for path in paths:
        if path.endswith(".md"):
            assert whole.at(path).directory == governing(path)
        # A file that is named is looked at alone.
        alone = configurations(index, [path], chosen.directory)
        named = nested(repo, index, [path], alone, chosen, load).plan if alone else chosen  # type: ignore[arg-type]
        assert named.at(path).directory == governing(path)
    if {directory_of(path) for path in paths if path.rpartition("/")[2] in NAMES} <= {chosen.directory} and not chosen.directory:
        assert not others
