"""Documents mended: in memory by rules of our own and of the house, and on disk by the command line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from doclint.check import Facts, Options
from doclint.cli import main
from doclint.config import Flags, plan
from doclint.diagnostic import Finding, Fix, Undecided
from doclint.engine import check
from doclint.mending import Lint, Mended, mend
from doclint.model.document import Document
from doclint.repo.memory import MemoryRepo
from doclint.report import Report
from doclint.resources import schema
from doclint.rule import shipped
from doclint.text import Edit, Span
from tests.outside import git
from tests.shell import TODAY, Body, install, rule


def _replacing(*pairs: tuple[str, str], safe: bool = True) -> Body:
    """A check that finds each pattern, and would write something else."""

    def body(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
        for pattern, replacement in pairs:
            for match in re.finditer(pattern, document.source.text):
                span = Span(*match.span())
                yield Finding(span, f"found `{match[0]}`", fix=Fix("mend it", (Edit(span, match.expand(replacement)),), safe))

    return body


def _mended(documents: Mapping[str, str], *codes: str, unsafe: bool = False) -> Mended:
    repo = MemoryRepo.build({}, documents)
    chosen = plan(None, Flags(), [rule(code, code.lower()) for code in codes])

    def lint(overlay: Mapping[str, bytes]) -> Report:
        return check(chosen, repo, sorted(documents), TODAY, overlay=overlay)

    return mend(lint, unsafe=unsafe)


def _texts(mended: Mended) -> dict[str, str]:
    return {path: after.text for path, (_, after) in mended.changes.items()}


def test_what_overlaps_comes_in_the_next_round(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "xx001", _replacing(("ab", "b"), ("bc", "c"), ("b", "")))
    mended = _mended({"a.md": "abc abc\n", "b.md": "x\n"}, "XX001")
    assert _texts(mended) == {"a.md": "c c\n"}
    assert mended.report.fixed == {"a.md": 4}
    assert (mended.report.diagnostics, mended.report.unwritten) == ([], [])


def test_unsafe_fixes_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "xx001", _replacing(("a", "x")))
    install(monkeypatch, "xx002", _replacing(("b", "y"), safe=False))
    assert _texts(_mended({"a.md": "ab\n"}, "XX001", "XX002")) == {"a.md": "xb\n"}
    assert _texts(_mended({"a.md": "ab\n"}, "XX001", "XX002", unsafe=True)) == {"a.md": "xy\n"}


def test_fixes_that_undo_each_other_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "xx001", _replacing(("left", "right")))
    install(monkeypatch, "xx002", _replacing(("right", "left")))
    mended = _mended({"a.md": "left\n", "b.md": "bright\n", "c.md": "ok\n"}, "XX001", "XX002")
    assert _texts(mended) == {}
    assert [(one.path, one.reason) for one in mended.report.unwritten] == [
        ("a.md", "its fixes undo each other"),
        ("b.md", "its fixes undo each other"),
    ]
    assert (len(mended.report.diagnostics), mended.report.exit_code(None)) == (2, 2)


def test_the_others_are_mended_beside_those_that_do_not_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "xx001", _replacing(("a", "aa"), ("left", "right")))
    mended = _mended({"a.md": "a\n", "b.md": "left\n"}, "XX001")
    assert _texts(mended) == {"b.md": "right\n"}
    assert [one.path for one in mended.report.unwritten] == ["a.md"]


def test_what_is_suppressed_is_not_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "xx001", _replacing(("left", "right")))
    text = "left\n\n<!-- doclint-disable-next-line XX001 -- as the report has it -->\nleft\n"
    assert _texts(_mended({"a.md": text}, "XX001")) == {"a.md": text.replace("left", "right", 1)}


_PARTS = [
    "-[ ]",
    "- [x]",
    "- []",
    "* [ x]",
    " ",
    "\n",
    "\r\n",
    "\n\n",
    "## Phase 1: Load ✅ COMPLETE",
    "Progress: 1/3 (33%)",
    "`src/old.py`",
]
_PARTS += [
    "[a](src/old.py)",
    "[a](<src/old.py>)",
    "[a](Other.md#x)",
    "â€”",
    "Ã©",
    "é",
    "one",
    "| a | b |\n| - | - |\n",
    "| `src/old.py` |",
    "- ",
]
_PARTS += ["**Status:** DONE", "### 2026-01-02", "**Last Updated:** 2025-01-01", "```\n", "> ", "<!-- ", "-->", "# Progress Tracker\n\n"]
_WORLD = {"files": {"src/old.py": "a = 1\nb = 2\nc = 3\n"}, "commits": [{"subject": "Rename", "rename": {"src/old.py": "src/new.py"}}]}


@given(text=st.lists(st.sampled_from(_PARTS), max_size=25).map("".join), unsafe=st.booleans())
@settings(max_examples=150, deadline=None)
def test_once_is_enough(text: str, unsafe: bool) -> None:
    repo = MemoryRepo.build(_WORLD, {"PROGRESS.md": text, "docs/other.md": "# Other\n"})
    chosen = plan(None, Flags("strict"), shipped())

    def linting(texts: Mapping[str, bytes]) -> Lint:
        return lambda overlay: check(chosen, repo, ["PROGRESS.md"], TODAY, overlay={**texts, **overlay})

    mended = mend(linting({}), unsafe=unsafe)
    assert (mended.report.crashes, mended.report.unwritten) == ([], [])
    again = mend(linting({path: after.encode() for path, (_, after) in mended.changes.items()}), unsafe=unsafe)
    assert again.changes == {}
    assert again.report.diagnostics == mended.report.diagnostics
    for before, after in mended.changes.values():
        assert before.text == text
        assert after.text != text


BROKEN = b"\xef\xbb\xbf# Progress\r\n\r\n-[ ] one\r\n-[x] caf\xc3\xa9\n\n\n-[ ] x\xe2\x80\xa8 two\r\rend"
WHOLE = b"\xef\xbb\xbf# Progress\r\n\r\n- [ ] one\r\n- [x] caf\xc3\xa9\n\n\n- [ ] x\xe2\x80\xa8 two\r\rend"
SELECT = ("--select", "CL001,RF001,RF003")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    (root / "PROGRESS.md").write_bytes(BROKEN)
    (root / "docs").mkdir()
    (root / "docs" / "notes.md").write_bytes(b"-[ ] a\n[gone](gone.md)\n")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Start")
    return root


def _run(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
    code = main(["-C", str(root), "check", *SELECT, *arguments])
    return (code, *capsys.readouterr())


def test_fix(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "PROGRESS.md").chmod(0o755)
    code, out, err = _run(capsys, repository, "--fix")
    assert (code, err) == (1, "")
    assert out.startswith("docs/notes.md:2:8: RF001 ")
    assert out.endswith("\n\nPROGRESS.md: 3 findings fixed\ndocs/notes.md: 1 finding fixed\n1 error in 2 documents\n")
    assert (repository / "PROGRESS.md").read_bytes() == WHOLE
    assert (repository / "PROGRESS.md").stat().st_mode & 0o777 == 0o755
    assert (repository / "docs" / "notes.md").read_bytes() == b"- [ ] a\n[gone](gone.md)\n"
    before = (repository / "PROGRESS.md").stat()
    assert _run(capsys, repository, "--fix")[1].endswith("\n\n1 error in 2 documents\n")
    assert (repository / "PROGRESS.md").stat() == before


def test_the_status_after_a_fix(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, repository, "--fix", "PROGRESS.md") == (
        0,
        "PROGRESS.md: 3 findings fixed\nno findings in 1 document\n",
        "",
    )
    (repository / "PROGRESS.md").write_bytes(BROKEN)
    assert _run(capsys, repository, "--fix", "PROGRESS.md", "--exit-non-zero-on-fix")[0] == 1
    assert _run(capsys, repository, "--fix", "PROGRESS.md", "--exit-non-zero-on-fix")[0] == 0


def test_the_json_report_of_a_fix(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "docs" / "notes.md").chmod(0o444)
    code, out, err = _run(capsys, repository, "--fix", "--format", "json")
    report = json.loads(out)
    Draft202012Validator(schema("report")).validate(report)
    assert (code, err) == (2, "doclint: `docs/notes.md` was not mended: it is write-protected\n")
    assert report["fixed"] == [{"path": "PROGRESS.md", "findings": 3}]
    assert report["unwritten"] == [{"path": "docs/notes.md", "reason": "it is write-protected"}]
    assert report["summary"]["fixed"] == 3
    assert [(one["path"], one["code"]) for one in report["findings"]] == [("docs/notes.md", "CL001"), ("docs/notes.md", "RF001")]
    assert (repository / "PROGRESS.md").read_bytes() == WHOLE
    assert (repository / "docs" / "notes.md").read_bytes() == b"-[ ] a\n[gone](gone.md)\n"


def test_what_could_be_fixed_is_counted(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "docs" / "notes.md").write_text("See [a](../progress.md).\n", "utf-8")
    footer = _run(capsys, repository)[1].splitlines()[-2:]
    assert footer == ["3 findings can be fixed with --fix, and 1 more with --unsafe-fixes", "4 errors in 2 documents"]
    assert _run(capsys, repository, "--unsafe-fixes")[1].splitlines()[-2] == "4 findings can be fixed with --fix --unsafe-fixes"
    # What is not on disk cannot be mended.
    assert "can be fixed" not in _run(capsys, repository, "--staged")[1]
    assert _run(capsys, repository, "--fix")[1].splitlines()[-3:] == [
        "PROGRESS.md: 3 findings fixed",
        "1 finding can be fixed with --fix --unsafe-fixes",
        "1 error in 2 documents",
    ]
    assert _run(capsys, repository, "--fix", "--unsafe-fixes")[0] == 0
    assert (repository / "docs" / "notes.md").read_text("utf-8") == "See [a](../PROGRESS.md).\n"


def _patched(repository: Path, patch: bytes, *options: str) -> None:
    done = subprocess.run(["git", "apply", "--whitespace=nowarn", *options], cwd=repository, input=patch, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_diff_writes_nothing(repository: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (repository / 'b\udcff "c".md').write_bytes(b"-[ ] a")
    (repository / "a b.md").write_bytes(b"-[ ] a\n")
    names = ["PROGRESS.md", "docs/notes.md", 'b\udcff "c".md', "a b.md"]
    before = {name: (repository / name).read_bytes() for name in names}
    assert main(["-C", str(repository), "check", *SELECT, "--diff"]) == 1
    patch, err = capfdbinary.readouterr()
    assert err == b""
    assert before == {name: (repository / name).read_bytes() for name in names}
    assert b"--- a/docs/notes.md\n+++ b/docs/notes.md\n@@ -1,2 +1,2 @@\n--[ ] a\n+- [ ] a\n [gone](gone.md)\n" in patch
    _patched(repository, patch)
    assert (repository / "PROGRESS.md").read_bytes() == WHOLE
    assert main(["-C", str(repository), "check", *SELECT, "--diff"]) == 0
    assert capfdbinary.readouterr() == (b"", b"")
    assert main(["-C", str(repository), "check", *SELECT, "--staged", "--diff"]) == 1
    _patched(repository, capfdbinary.readouterr().out, "--cached")
    assert main(["-C", str(repository), "check", *SELECT, "--staged", "--diff"]) == 0


def test_a_diff_is_harmless_in_a_log(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "PROGRESS.md").write_text("::error::x\n\x1b[2J##[error]x\n\n-[ ] a\n\n ::warning::\u202ex\n", "utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    code, out, _ = _run(capsys, repository, "--diff", "PROGRESS.md")
    assert code == 1
    assert "+- [ ] a\n" in out
    assert all(line.isprintable() for line in out.split("\n"))
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in out.split("\n"))


@pytest.mark.parametrize(("text", "fixed"), [(BROKEN, WHOLE), (WHOLE, WHOLE), (b"\xff-[ ] a", b"\xff-[ ] a")])
def test_stdin_comes_out_mended(repository: Path, text: bytes, fixed: bytes) -> None:
    command = [sys.executable, "-m", "doclint", "-C", str(repository), "check", *SELECT, "--fix", "-", "--format", "concise"]
    done = subprocess.run(command, input=text, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, fixed, b"")
    done = subprocess.run([*command, "--stdin-filename", "docs/x.md"], input=b"-[ ] see [a](b.md)\n", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"- [ ] see [a](b.md)\n")
    assert done.stderr.startswith(b"docs/x.md:1:")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--fix", "--staged"), "--fix mends the work tree, and neither the index nor a revision; --diff shows what would change there"),
        (
            ("--fix", "--rev", "HEAD"),
            "--fix mends the work tree, and neither the index nor a revision; --diff shows what would change there",
        ),
        (("--diff", "--format", "json"), "--diff prints a diff and no report: leave `--format json` out"),
        (("--fix", "LINK.md"), "`LINK.md` is a symbolic link: fixes are not written through one"),
    ],
)
def test_what_is_not_mended(repository: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str) -> None:
    (repository / "LINK.md").symlink_to("PROGRESS.md")
    assert _run(capsys, repository, *arguments) == (2, "", f"doclint: {sentence}\n")
    assert (repository / "PROGRESS.md").read_bytes() == BROKEN


def test_a_bare_repository_is_not_mended(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    code, out, err = _run(capsys, tmp_path / "bare.git", "--fix")
    assert (code, out) == (2, "")
    assert err.endswith("has no work tree: name a revision with --rev\n")


def test_ignored_files_are_mended_if_they_are_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / ".gitignore").write_text("private/\n", "utf-8")
    (repository / "private").mkdir()
    (repository / "private" / "a.md").write_bytes(b"-[ ] a\n")
    (repository / "new.md").write_bytes(b"-[ ] a\n")
    _run(capsys, repository, "--fix")
    assert (repository / "private" / "a.md").read_bytes() == b"-[ ] a\n"
    assert (repository / "new.md").read_bytes() == b"- [ ] a\n"
    _run(capsys, repository, "--fix", "private/a.md")
    assert (repository / "private" / "a.md").read_bytes() == b"- [ ] a\n"


def test_only_what_a_range_brought_in_is_mended(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "docs" / "notes.md").write_bytes(b"-[ ] a\n\n-[ ] b\n")
    assert _run(capsys, repository, "--fix", "--since", "HEAD")[0] == 0
    assert (repository / "docs" / "notes.md").read_bytes() == b"-[ ] a\n\n- [ ] b\n"
    assert (repository / "PROGRESS.md").read_bytes() == BROKEN


def test_a_renamed_path(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "src").mkdir()
    (repository / "src" / "clean.py").write_text("def clean(): ...\n", "utf-8")
    (repository / "PROGRESS.md").write_bytes(b"# Progress\r\n\r\n- `src/clean.py` cleans\r\n- [it](src/clean.py#L1)\r\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Clean")
    git(repository, "mv", "src/clean.py", "src/despike.py")
    git(repository, "commit", "-q", "-m", "Rename")
    assert _run(capsys, repository, "--fix", "PROGRESS.md")[0] == 0
    mended = b"# Progress\r\n\r\n- `src/despike.py` cleans\r\n- [it](src/despike.py#L1)\r\n"
    assert (repository / "PROGRESS.md").read_bytes() == mended
