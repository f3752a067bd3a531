"""The command line, run as people run it: on real repositories, for its output and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from doclint import __version__
from doclint.cli import main
from doclint.resources import schema
from tests.shell import Run, install, words

BROKEN = "# Progress\n\n-[ ] one\n"
FINDING = "PROGRESS.md:3:1: CL001 `-[ ]` is no check box: a blank is missing behind the list marker\n"
SELECT = ("--select", "CL001")


def _git(directory: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=directory, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one broken document, committed."""
    root = tmp_path / "repository"
    root.mkdir()
    _git(root, "init", "-q", "-b", "main")
    (root / "PROGRESS.md").write_text(BROKEN, "utf-8")
    (root / "docs").mkdir()
    (root / "docs" / "notes.txt").write_text("-[ ] x\n", "utf-8")
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "Start")
    return root


def test_a_finding_makes_the_status_1(repository: Path, run: Run) -> None:
    assert run("-C", repository, "check", *SELECT, "--format", "concise") == (1, FINDING, "")


def test_the_text_format(repository: Path, run: Run) -> None:
    code, out, err = run("check", "-C", repository, *SELECT)
    assert (code, err) == (1, "")
    assert out == FINDING + (
        "  |\n3 | -[ ] one\n  | ^^^^ expected `- [ ]`\n  = help: write `- [ ]`; see `doclint explain CL001`\n\n"
        "1 finding can be fixed with --fix\n1 error in 1 document\n"
    )


def test_colour(repository: Path, run: Run) -> None:
    assert "\x1b[1;31mCL001\x1b[0m" in run("-C", repository, "check", *SELECT, "--color", "always")[1]
    assert "\x1b" not in run("-C", repository, "check", *SELECT)[1]


def test_the_json_format(repository: Path, run: Run) -> None:
    code, out, _ = run("-C", repository, "check", *SELECT, "--format", "json")
    report = json.loads(out)
    Draft202012Validator(schema("report")).validate(report)
    assert code == 1
    assert [(one["code"], one["path"], one["line"], one["column"]) for one in report["findings"]] == [("CL001", "PROGRESS.md", 3, 1)]
    assert report["tree"]["origin"] == "worktree"


def test_nothing_to_find(repository: Path, run: Run) -> None:
    (repository / "PROGRESS.md").write_text("# Progress\n\n- [ ] one\n", "utf-8")
    assert run("-C", repository, "check", *SELECT) == (0, "no findings in 1 document\n", "")


def test_the_three_trees(repository: Path, run: Run) -> None:
    (repository / "PROGRESS.md").write_text("# Progress\n", "utf-8")
    concise = (*SELECT, "--format", "concise")
    assert run("-C", repository, "check", *concise) == (0, "", "")
    assert run("-C", repository, "check", "--staged", *concise) == (1, FINDING, "")
    assert run("-C", repository, "check", "--rev", "HEAD", *concise) == (1, FINDING, "")
    _git(repository, "add", "-A")
    assert run("-C", repository, "check", "--staged", *concise) == (0, "", "")
    assert run("-C", repository, "check", "--rev", "main", *concise, "PROGRESS.md") == (1, FINDING, "")


def test_a_base_counts_with_a_revision_too(repository: Path, run: Run) -> None:
    _git(repository, "branch", "landed")
    bases = [
        json.loads(run("-C", repository, "check", "--rev", "HEAD", *base, "--format", "json")[1])["tree"]["base"]["name"]
        for base in ((), ("--base", "landed"))
    ]
    assert bases == ["main", "landed"]


def test_a_bare_repository(repository: Path, tmp_path: Path, run: Run) -> None:
    bare = tmp_path / "bare.git"
    _git(tmp_path, "clone", "-q", "--bare", str(repository), str(bare))
    assert run("-C", bare, "check", "--rev", "main", *SELECT, "--format", "concise") == (1, FINDING, "")
    code, out, err = run("-C", bare, "check")
    assert (code, out) == (2, "")
    assert err.endswith("has no work tree: name a revision with --rev\n")


def test_configuration_comes_from_the_same_tree_as_the_documents(repository: Path, run: Run) -> None:
    (repository / "doclint.toml").write_text('select = []\nignore = ["CL001"]\n', "utf-8")
    concise = ("--format", "concise")
    assert run("-C", repository, "check", *concise) == (0, "", "")
    lacks = "doclint: `doclint.toml` is not in the index, and counts for nothing there: `git add doclint.toml`\n"
    assert run("-C", repository, "check", "--staged", *SELECT, *concise) == (1, FINDING, lacks)
    assert run("-C", repository, "check", "--no-config", *SELECT, *concise) == (1, FINDING, "")
    _git(repository, "add", "doclint.toml")
    assert run("-C", repository, "check", "--staged", *concise) == (0, "", "")


def test_a_configuration_that_is_named(repository: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "mine.toml").write_text('fail-on = "never"\n', "utf-8")
    concise = (*SELECT, "--format", "concise")
    assert run("-C", repository, "check", "--config", tmp_path / "mine.toml", *concise) == (0, FINDING, "")
    code, out, err = run("-C", repository, "check", "--config", "absent.toml")
    assert (code, out, err) == (2, "", "doclint: `absent.toml` cannot be read: No such file or directory\n")


def test_a_configuration_that_never_ends(repository: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "large.toml").write_text("#" * (2**20 + 1), "utf-8")
    for path in (tmp_path / "large.toml", *(path for path in [Path("/dev/zero")] if path.exists())):
        sentence = f"doclint: {path}: the file is larger than 1 MiB, and is not read\n"
        assert run("-C", repository, "check", "--config", path) == (2, "", sentence)


def test_a_configuration_that_is_a_link(repository: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "mine.toml").write_text('fail-on = "never"\n', "utf-8")
    (repository / "doclint.toml").symlink_to(tmp_path / "mine.toml")
    sentence = "doclint: doclint.toml: the file is a symbolic link, and is not followed: let it `extend` the other\n"
    assert run("-C", repository, "check") == (2, "", sentence)
    _git(repository, "add", "doclint.toml")
    assert run("-C", repository, "check", "--staged") == (2, "", sentence)


def test_a_mistake_in_the_configuration(repository: Path, run: Run) -> None:
    (repository / "doclint.toml").write_text("\nselekt = []\n", "utf-8")
    assert run("-C", repository, "check") == (2, "", "doclint: doclint.toml:2: `selekt` is not known; did you mean `select`?\n")


def test_what_makes_the_run_fail(repository: Path, run: Run) -> None:
    for arguments, code in ((("--fail-on", "never"), 0), (("--fail-on", "info"), 1), (("--exit-zero",), 0)):
        assert run("-C", repository, "check", *SELECT, "--format", "concise", *arguments) == (code, FINDING, "")


def test_named_paths(repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    concise = (*SELECT, "--format", "concise")
    monkeypatch.chdir(repository / "docs")
    assert run("check", *concise) == (0, "", "doclint: no documents to check\n")
    assert run("check", "../PROGRESS.md", *concise) == (1, FINDING, "")
    assert run("check", repository / "PROGRESS.md", *concise) == (1, FINDING, "")
    assert run("check", "notes.txt", *concise)[1].startswith("docs/notes.txt:1:1: CL001 ")
    assert run("check", "nothing.md") == (2, "", "doclint: there is no `docs/nothing.md` in the work tree\n")
    code, _, err = run("check", repository.parent / "elsewhere.md")
    assert (code, err) == (2, f"doclint: `{repository.parent / 'elsewhere.md'}` lies outside of {repository}\n")


def test_excluded_files_can_be_named_unless_that_is_forbidden(repository: Path, run: Run) -> None:
    (repository / "doclint.toml").write_text('exclude = ["PROGRESS.md"]\n', "utf-8")
    concise = (*SELECT, "--format", "concise")
    nothing = (0, "", "doclint: no documents to check\n")
    assert run("-C", repository, "check", *concise) == nothing
    assert run("-C", repository, "check", "PROGRESS.md", *concise) == (1, FINDING, "")
    assert run("-C", repository, "check", "--force-exclude", "PROGRESS.md", *concise) == nothing


def test_outside_of_a_repository(tmp_path: Path, run: Run) -> None:
    (tmp_path / "PROGRESS.md").write_text(BROKEN, "utf-8")
    assert run("-C", tmp_path, "check", *SELECT, "--format", "concise") == (1, FINDING, "")
    code, out, err = run("-C", tmp_path, "check", "--staged")
    assert (code, out) == (2, "")
    assert err == f"doclint: {tmp_path} is not in a Git repository\n"


def test_a_repository_is_found_from_outside_by_what_is_named(repository: Path, run: Run) -> None:
    concise = (*SELECT, "--format", "json")
    report = json.loads(run("-C", repository.parent, "check", "repository/PROGRESS.md", *concise)[1])
    assert report["tree"]["head"] is not None
    assert [one["path"] for one in report["findings"]] == ["PROGRESS.md"]


def test_the_standard_input(repository: Path) -> None:
    command = [sys.executable, "-m", "doclint", "-C", str(repository), "check", *SELECT, "--format", "concise", "-"]
    done = subprocess.run(
        [*command, "--stdin-filename", "docs/NEW.md"], input=b"-[ ] x\n", capture_output=True, check=False, env=_environment()
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"docs/NEW.md:1:1: CL001 ")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def test_a_report_can_go_to_a_file(repository: Path, tmp_path: Path, run: Run) -> None:
    assert run("-C", repository, "check", *SELECT, "--format", "concise", "--output", tmp_path / "report.txt") == (1, "", "")
    assert (tmp_path / "report.txt").read_text("utf-8") == FINDING
    code, _, err = run("-C", repository, "check", "--output", tmp_path / "no" / "report.txt")
    assert (code, err) == (
        2,
        f"doclint: the report cannot be written to `{tmp_path}/no/report.txt`: there is no directory `{tmp_path}/no`\n",
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--today", "soon"), "`--today soon` is no day; expected YYYY-MM-DD"),
        (("--select", "CL1"), "`CL1` is no rule"),
        (("--staged", "--rev", "HEAD"), "--staged and --rev name two trees: choose one"),
        (("--rev", "nope"), "there is no revision `nope` in "),
        (("--rev", "--output=x"), "there is no revision `--output=x` in "),
        (("--base", "nope"), "there is no branch or revision `nope` to take as the base in "),
        (("--format", "xml"), "Invalid value for '--format': 'xml' is not one of "),
        (("--nope",), "No such option '--nope'"),
        (("-C", "nowhere"), "`"),
        (("\x1b]0;title\x07.md",), "there is no `\\x1b]0;title\\x07.md` in the work tree"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(repository: Path, run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    code, out, err = run("-C", repository, "check", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"doclint: {sentence}")
    assert err.count("\n") == 1
    assert err[:-1].isprintable()


def test_a_fault_of_doclint_itself(repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> object:
        raise ZeroDivisionError("of no use")

    install(monkeypatch, "boxes", failing)  # type: ignore[arg-type]
    sentence = "doclint: internal error in CL001 of PROGRESS.md: ZeroDivisionError: of no use"
    assert run("-C", repository, "check", *SELECT, "--format", "concise") == (2, "", f"{sentence} (--debug shows where)\n")
    assert main(["-C", str(repository), "check", *SELECT, "--debug"]) == 2


def test_open_questions(repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "boxes", words)
    (repository / "PROGRESS.md").write_text("perhaps\n", "utf-8")
    assert run("-C", repository, "check", *SELECT, "--show-undecided")[1] == (
        "PROGRESS.md:1:1: CL001 undecided: history is shallow\n\n"
        "history is shallow: CL001 could not decide; fetch the whole history (fetch-depth: 0)\n"
        "no findings in 1 document\n"
    )


def test_hostile_names_are_shown_harmless(repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for name in (b"b\xff.md", b"a\nb::error::pwn.md", b"::error::x.md", b"e\x1b]0;t\x07.md", b"-rf.md"):
        with open(os.path.join(os.fsencode(repository), name), "wb") as file:
            file.write(BROKEN.encode())
    for format_ in ("text", "concise", "json"):
        code, out, err = run("-C", repository, "check", *SELECT, "--format", format_)
        assert (code, err) == (1, "")
        assert out.isascii() or out.encode("utf-8")
        assert all(line.isprintable() for line in out.splitlines())
        assert not any(line.strip().startswith("::") or "##[" in line for line in out.splitlines())
    paths = [one["path"] for one in json.loads(out)["findings"]]
    assert paths == ["-rf.md", "::error::x.md", "PROGRESS.md", "a\nb::error::pwn.md", "b\\xff.md", "e\x1b]0;t\x07.md"]


def test_links_are_no_documents(repository: Path, run: Run) -> None:
    (repository.parent / "secret.md").write_text("-[ ] secret\n", "utf-8")
    (repository / "LINK.md").symlink_to(repository.parent / "secret.md")
    (repository / "INSIDE.md").symlink_to("PROGRESS.md")
    (repository / "LOOP.md").symlink_to("LOOP.md")
    _git(repository, "add", "-A")
    _git(repository, "commit", "-q", "-m", "Links")
    for tree in ((), ("--staged",), ("--rev", "HEAD")):
        report = json.loads(run("-C", repository, "check", *SELECT, "--format", "json", *tree)[1])
        assert [one["path"] for one in report["documents"]] == ["PROGRESS.md"]


def test_extract(repository: Path, run: Run) -> None:
    code, out, err = run("-C", repository, "extract", "PROGRESS.md")
    assert (code, err) == (0, "")
    assert json.loads(out)["title"]["value"] == "Progress"
    code, out, _ = run("-C", repository, "extract", "PROGRESS.md", "docs/notes.txt")
    assert [one["path"] for one in json.loads(out)] == ["PROGRESS.md", "docs/notes.txt"]
    (repository / "odd.md").write_bytes(b"a\xff")
    assert run("-C", repository, "extract", "odd.md") == (
        2,
        "",
        "doclint: `odd.md` cannot be read: 0xff is not valid UTF-8 here (byte 1)\n",
    )


def test_what_else_reads_from_stdin(repository: Path) -> None:
    def says(*arguments: str) -> tuple[int, bytes, bytes]:
        command = [sys.executable, "-m", "doclint", "-C", str(repository), *arguments]
        done = subprocess.run(command, input=b"# A plan\n", capture_output=True, check=False, env=_environment())
        return done.returncode, done.stdout, done.stderr

    code, out, err = says("extract", "-", "--stdin-filename", "docs/NEW.md")
    assert (code, err) == (0, b"")
    assert (json.loads(out)["path"], json.loads(out)["title"]["value"]) == ("docs/NEW.md", "A plan")
    code, out, err = says("types", "-")
    assert (code, err) == (0, b"")
    assert out.startswith(b"stdin.md: ")
    unread = b"doclint: `--stdin-filename x.md` names the document from stdin, which is read where a path is `-`\n"
    for verb in ("check", "extract", "types"):
        assert says(verb, "--stdin-filename", "x.md", "PROGRESS.md") == (2, b"", unread)
    reads = b"doclint: `-` stands for a document from stdin, which `check`, `extract` and `types` read\n"
    assert says("replay", "-") == (2, b"", reads)


def test_types(repository: Path, run: Run) -> None:
    (repository / "doclint.toml").write_text('[[documents]]\nglob = "PROGRESS.md"\ntype = "handoff"\n', "utf-8")
    code, out, err = run("-C", repository, "types")
    assert (code, err) == (0, "")
    assert out.startswith("PROGRESS.md: handoff (")
    assert [(one["path"], one["type"]) for one in json.loads(run("-C", repository, "types", "--format", "json")[1])] == [
        ("PROGRESS.md", "handoff")
    ]


def test_rules(run: Run) -> None:
    code, out, err = run("rules")
    assert (code, err) == (0, "")
    (line,) = [line for line in out.splitlines() if line.startswith("CL001")]
    assert line.split()[:4] == ["CL001", "checklist-malformed", "error", "yes"]
    (rule,) = [one for one in json.loads(run("rules", "--format", "json")[1]) if one["code"] == "CL001"]
    assert (rule["name"], rule["fixable"], rule["options"]) == ("checklist-malformed", True, {})


def test_explain_a_family(run: Run) -> None:
    code, out, err = run("explain", "tx")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == ["code", "TX001", "TX002", "TX003", "TX004", "TX005"]


def test_explain(run: Run) -> None:
    code, out, err = run("explain", "checklist-malformed")
    assert (code, err) == (0, "")
    assert out.startswith("CL001 checklist-malformed\nA list item that was meant to have a check box and has none\n\nseverity    error\n")
    assert "## Why it matters" in out
    assert run("explain", "checklist-malforned") == (
        2,
        "",
        "doclint: `checklist-malforned` is no rule; did you mean `checklist-malformed`?\n",
    )


def test_test(run: Run, tmp_path: Path) -> None:
    from tests.test_page import PAGE

    page = tmp_path / "test-page.md"
    page.write_text(PAGE, "utf-8")
    assert run("test", page) == (0, "2 examples passed\n", "")
    page.write_text(PAGE.replace("a blank is missing", "no blank"), "utf-8")
    code, out, _ = run("test", page)
    assert code == 1
    assert out.startswith(f"{page}:22: A fault\n  --- expect (page)\n  +++ expect (printed)\n")
    assert out.endswith("1 of 2 examples failed\n")
    assert run("test", page, "--update") == (0, "2 examples passed\n", "")
    assert page.read_text("utf-8") == PAGE


def test_version_and_help(run: Run) -> None:
    assert run("--version") == (0, f"doclint {__version__}\n", "")
    code, out, _ = run("check", "--help")
    assert code == 0
    assert out.startswith("Usage: doclint check [OPTIONS] [PATHS]...\n")


def test_a_reader_that_has_seen_enough() -> None:
    command = f"{sys.executable} -m doclint rules --format json | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, check=False, env=_environment())
    assert done.stderr == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is full")
def test_a_full_disk(repository: Path) -> None:
    def status(command: str) -> tuple[int, bytes]:
        done = subprocess.run(
            f"{sys.executable} -m doclint {command}", shell=True, cwd=repository, capture_output=True, check=False, env=_environment()
        )
        return done.returncode, done.stderr

    assert status("rules >/dev/full") == (2, b"doclint: the output cannot be written: no space left on device\n")
    # That nobody can be told does not make a failure a finding.
    for command in ("check nowhere", "no-verb", "check --no-option", "--debug"):
        assert status(f"{command} 2>/dev/full") == (2, b"")


def test_an_interruption(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> object:
        raise KeyboardInterrupt

    install(monkeypatch, "boxes", interrupted)  # type: ignore[arg-type]
    assert main(["-C", str(repository), "check", *SELECT]) == 130


ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MARKDOWN = st.lists(
    st.sampled_from(
        [
            "- [ ] ",
            "# ",
            "| a |",
            "|-|",
            "\n",
            "\r",
            "`",
            "<!-- doclint-disable ",
            "-->",
            "---\n",
            "12/20 ",
            "**Status:** ",
            "✅",
            "\x00",
            "é",
        ]
    )
).map("".join)


@given(data=st.binary() | MARKDOWN.map(str.encode) | st.text().map(lambda text: text.encode("utf-16")))
@ANY
def test_any_bytes_as_a_document(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "PROGRESS.md").write_bytes(data)
    for format_ in ("text", "json"):
        assert main(["-C", str(tmp_path), "check", "--format", format_]) in (0, 1)
        out, err = capsys.readouterr()
        assert err == ""
        assert format_ == "text" or json.loads(out)


@given(data=st.binary() | st.text().map(str.encode))
@ANY
def test_any_bytes_as_a_configuration(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "doclint.toml").write_bytes(data)
    assert main(["-C", str(tmp_path), "check"]) in (0, 2)
    assert "Traceback" not in "".join(capsys.readouterr())


@given(path=st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
@ANY
def test_any_path(path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(tmp_path), "check", "--", f"x{path}"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("doclint: ")


OWN = {
    ".doclint/schemas/decision.schema.json": json.dumps(
        {"x-doclint": {"type": "decision", "noun": "a decision", "paths": ["adr/"], "shape": {"sections": ["Context", "Decision"]}}}
    ),
    ".doclint/rules/decision-owner.md": (
        "---\ncode: TEAM001\nname: decision-owner\nsummary: A decision that nobody made\nfamily: Ours\nseverity: warning\n"
        "applies-to: [decision]\ncheck: schema\nwith: { of: schemas }\n"
        "options: { schemas: { default: [.doclint/owner.json] } }\n---\n\nWho?\n"
    ),
    ".doclint/owner.json": '{"x-doclint-message": "a decision has an owner", "properties": {"fields": {"minItems": 1}}}',
    "adr/0001.md": "# One\n\n## Context\n",
}


@pytest.fixture
def own(repository: Path) -> Path:
    """The same repository with a type and a rule of its own."""
    for path, text in OWN.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text, "utf-8")
    _git(repository, "add", "-A")
    return repository


def test_types_and_rules_of_ones_own(own: Path, run: Run) -> None:
    found = "adr/0001.md:1:1: SC001 a decision has a section `Decision`; this one has none\n"
    told = "adr/0001.md:1:1: TEAM001 [warning] a decision has an owner\n"
    assert run("-C", own, "check", "--format", "concise", "adr") == (1, found + told, "")
    assert run("-C", own, "check", "--format", "concise", "adr", "--select", "TEAM") == (0, told, "")
    assert run("-C", own, "check", "--format", "concise", "adr", "--no-config") == (0, "", "")
    assert run("-C", own, "types", "adr") == (
        0,
        "adr/0001.md: decision (its path is one of those that `.doclint/schemas/decision.schema.json` lists)\n",
        "",
    )


def test_a_rule_of_ones_own_is_listed_and_explained(own: Path, run: Run) -> None:
    assert "TEAM001  decision-owner" in run("-C", own / "docs", "rules")[1]
    assert run("-C", own, "explain", "team001")[1].startswith("TEAM001 decision-owner\nA decision that nobody made\n")
    assert "TEAM001" not in run("rules")[1]


def test_a_type_that_cannot_be_used_stops_the_run(own: Path, run: Run) -> None:
    (own / ".doclint/schemas/decision.schema.json").write_text("{", "utf-8")
    sentence = ".doclint/schemas/decision.schema.json:1: not valid JSON: Expecting property name enclosed in double quotes"
    assert run("-C", own, "check") == (2, "", f"doclint: {sentence}\n")
    assert run("-C", own, "schema", "check") == (1, f"{sentence}\n1 of 2 files can be used\n", "")


def test_a_new_document(own: Path, run: Run) -> None:
    text = "# Keep UTC\n\n## Context\n\nNot yet written.\n\n## Decision\n\nNot yet written.\n"
    arguments = ("-C", own, "new", "decision", "--title", "Keep UTC")
    assert run(*arguments) == (0, text, "")
    assert run(*arguments, "--output", "adr/0002.md") == (0, "", "")
    assert (own / "adr/0002.md").read_text("utf-8") == text
    code, out, err = run(*arguments, "--output", "adr/0002.md")
    assert (code, out) == (2, "")
    assert err.endswith("adr/0002.md` exists, and is left as it is\n")
    assert run("-C", own, "check", "--select", "SC,CT", "--format", "concise", "adr/0002.md") == (0, "", "")


def test_a_new_document_of_a_shipped_type_is_clean(own: Path, run: Run) -> None:
    for type in ("coordination-hub", "etl-context", "handoff", "progress-tracker"):
        assert run("-C", own, "new", type, "--output", f"{type}.md") == (0, "", "")
    assert run("-C", own, "check", "--format", "concise", *(own.glob("*-*.md"))) == (0, "", "")


def test_a_type_is_inferred(own: Path, run: Run) -> None:
    code, out, _ = run("-C", own, "schema", "infer", "adr/0001.md", "--type", "record")
    assert code == 0
    assert json.loads(out)["x-doclint"]["shape"] == {"sections": ["Context"]}


def test_a_type_is_inferred_into_the_place_where_it_is_looked_for(own: Path, run: Run) -> None:
    arguments = ("schema", "infer", "adr/0001.md", "--type", "record")
    printed = run("-C", own, *arguments)[1]
    (own / ".doclint").rename(own / "before")
    assert run("-C", own, *arguments, "--save") == (0, "wrote .doclint/schemas/record.schema.json\n", "")
    assert (own / ".doclint/schemas/record.schema.json").read_text("utf-8") == printed
    assert run("-C", own, "schema", "check") == (0, "1 file can be used\n", "")
    code, out, err = run("-C", own, *arguments, "--save")
    assert (code, out) == (2, "")
    assert err == "doclint: `.doclint/schemas/record.schema.json` was not written: something is there already\n"
    # A shell that is to write the output there has emptied the file before doclint is called.
    (own / ".doclint/schemas/record.schema.json").write_text("", "utf-8")
    assert run("-C", own, *arguments) == (0, printed, "")
    code, out, err = run("-C", own, *arguments, "--save", "--rev", "HEAD")
    assert (code, out, err) == (
        2,
        "",
        "doclint: --save writes to the work tree, beside what is judged there: leave --staged and --rev out\n",
    )


def test_a_verb_that_there_is_not(run: Run) -> None:
    assert run("chekc") == (2, "", "doclint: `chekc` is no verb of doclint; did you mean `check`?\n")
    assert run("../check") == (2, "", "doclint: `../check` is no verb of doclint; did you mean `check`?\n")


def test_no_stored_results_are_used_anyway(repository: Path, run: Run) -> None:
    assert run("-C", repository, "check", "--no-cache", *SELECT, "--format", "concise") == (1, FINDING, "")
