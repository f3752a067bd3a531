"""Where reports go: several at once, each whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import doclint
from doclint.cli import main, outputs
from doclint.cli.outputs import Output

Run = Callable[..., tuple[int, str, str]]
FINDING = "PROGRESS.md:3:1: CL001 `-[ ]` is no check box: a blank is missing behind the list marker\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Check a repository with one broken document, from its top: the exit status, stdout and stderr."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(tmp_path)], check=True)
    (tmp_path / "PROGRESS.md").write_text("# Progress\n\n-[ ] one\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["check", "--select", "CL001", *arguments])
        return code, *capsys.readouterr()

    return call


def _codes(file: str) -> list[Any]:
    log = json.loads(Path(file).read_text("utf-8"))
    return [result["ruleId"] for result in log["runs"][0]["results"]]


def test_several_at_once(run: Run) -> None:
    code, out, err = run("--format", "concise", "--output", "sarif:report.sarif", "--output", "junit:report.xml")
    assert (code, out, err) == (1, FINDING, "")
    assert _codes("report.sarif") == ["CL001"]
    assert Path("report.xml").read_text("utf-8").startswith("<?xml ")
    assert sorted(os.listdir()) == [".git", "PROGRESS.md", "report.sarif", "report.xml"]


def test_a_file_without_a_format_takes_the_place_of_stdout(run: Run) -> None:
    assert run("--format", "concise", "--output", "report.txt", "--output", "sarif:report.sarif") == (1, "", "")
    assert Path("report.txt").read_text("utf-8") == FINDING
    assert _codes("report.sarif") == ["CL001"]


def test_names_may_hold_colons(run: Run) -> None:
    assert run("--format", "concise", "--output", "concise:a:b", "--output", "./json:c", "--output", "d/../e:f")[0] == 2
    Path("d").mkdir()
    assert run("--format", "concise", "--output", "concise:a:b", "--output", "./json:c", "--output", "d/../e:f") == (1, "", "")
    assert {Path(name).read_text("utf-8") for name in ("a:b", "json:c", "e:f")} == {FINDING}
    assert outputs.outputs("text", ["C:\\report.txt"]) == [Output("text", "C:\\report.txt")]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (["sarf:x"], "`sarf` in `--output sarf:x` is no format (a file of that name is `./sarf:x`); did you mean `sarif`?"),
        (["SARIF:x"], "`SARIF` in `--output SARIF:x` is no format (a file of that name is `./SARIF:x`); did you mean `sarif`?"),
        (["sarif:"], "--output names a file; the report on stdout is the one in --format"),
        (["json:-"], "--output names a file; the report on stdout is the one in --format"),
        (["no/x"], "the report cannot be written to `no/x`: there is no directory `no`"),
        (["PROGRESS.md/x"], "the report cannot be written to `PROGRESS.md/x`: there is no directory `PROGRESS.md`"),
        ([".git"], "the report cannot be written to `.git`: it is a directory"),
        (["link"], "the report cannot be written to `link`: it is a symbolic link"),
        (["x", "json:x"], "two reports cannot both be written to `x`"),
        (["json:x", "sarif:.git/../x"], "two reports cannot both be written to `.git/../x`"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_checked(
    run: Run, wanted: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.symlink("PROGRESS.md", "link")

    def never(*arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr("doclint.cli.verbs.check.enter", never)
    assert run(*(part for one in wanted for part in ("--output", one))) == (2, "", f"doclint: {sentence}\n")
    assert sorted(os.listdir()) == [".git", "PROGRESS.md", "link"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is write-protected for root")
def test_what_is_write_protected(run: Run) -> None:
    Path("report.txt").write_text("old", "utf-8")
    Path("report.txt").chmod(0o444)
    assert run("--output", "report.txt")[2] == "doclint: the report cannot be written to `report.txt`: it is write-protected\n"
    Path("shut").mkdir(mode=0o555)
    assert run("--output", "shut/x")[2] == "doclint: the report cannot be written to `shut/x`: nothing can be made in `shut`\n"


def test_a_file_is_old_or_new_and_never_half(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("report.txt").write_text("old", "utf-8")

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", full)
        assert run("--output", "report.txt") == (
            2,
            "",
            "doclint: the report cannot be written to `report.txt`: no space left on device\n",
        )
    assert Path("report.txt").read_text("utf-8") == "old"
    assert sorted(os.listdir()) == [".git", "PROGRESS.md", "report.txt"]


def test_a_file_that_is_there_keeps_its_mode(run: Run) -> None:
    Path("report.txt").write_text("old", "utf-8")
    Path("report.txt").chmod(0o640)
    assert run("--format", "concise", "--output", "report.txt")[0] == 1
    assert stat.S_IMODE(os.stat("report.txt").st_mode) == 0o640
    assert Path("report.txt").read_text("utf-8") == FINDING


def test_a_device_is_not_replaced(run: Run) -> None:
    assert run("--output", "json:/dev/null", "--format", "concise") == (1, FINDING, "")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_diff_is_no_report(run: Run) -> None:
    assert run("--diff", "--output", "json:x") == (
        2,
        "",
        "doclint: --diff prints a diff and no report: give it one `--output FILE` without a format\n",
    )
    assert run("--diff", "--output", "x.patch") == (1, "", "")
    assert Path("x.patch").read_text("utf-8").startswith("--- a/PROGRESS.md\n")


def test_no_format_is_imported_before_it_is_asked_for() -> None:
    code = "import sys, doclint.cli.verbs.check; print([name for name in sys.modules if name.startswith('doclint.reporters.')])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(doclint.__file__).parent.parent
    )
    assert done.stdout == "[]\n"
