"""The demo finds exactly what its sample repository has wrong, and leaves nothing behind but what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from doclint import demo
from doclint.errors import GitError, UsageError
from doclint.repo import process
from doclint.report import Presentation, Report
from tests.outside import git

FOUND = [
    ("CT005", "COORDINATION.md", 14, "`ALERT_SCHEMA` is not defined in `src/contracts.py`"),
    ("CT001", "COORDINATION.md", 15, "producer `Session E` is no unit on the board"),
    ("ST001", "COORDINATION.md", 27, "`Session B` is listed as `IN PROGRESS`, but its branch `feature/forecast` was merged into `main`"),
    ("CT004", "COORDINATION.md", 29, "output `data/spreads.parquet` of `Session B` has no row in the contract table"),
    ("CL001", "COORDINATION.md", 47, "`-[ ]` is no check box: a blank is missing behind the list marker"),
    ("ST010", "PROGRESS.md", 4, "`Phase 1` is named as the current work, but it is marked `COMPLETE`"),
    ("CL002", "PROGRESS.md", 12, "`Phase 2` is marked `COMPLETE`, but 2 of its 4 boxes are open"),
    ("CL003", "PROGRESS.md", 19, "`Phase 3` is marked `NOT STARTED`, but all 3 of its boxes are ticked"),
    ("RF001", "SESSION_HANDOFF.md", 19, "the link leads to `docs/ETL_NOTES.md`, which does not exist"),
    ("ST002", "SESSION_HANDOFF.md", 23, "pull request `#12` is said to be open, but it was merged into `main`"),
    ("TX001", "docs/ETL_CONTEXT.md", 5, "the text is UTF-8 that was read as Windows-1252: `â€”` stands for `—`"),
    ("RF003", "docs/ETL_CONTEXT.md", 14, "`src/ingest/clean.py` was renamed to `src/ingest/despike.py`"),
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("sample")
    demo.build(str(directory))
    return directory


def _found(report: Report) -> Iterator[tuple[str, str, int, str]]:
    for one in report.diagnostics:
        yield one.code, one.path, report.sources[one.path].position(one.span.start).line, one.message


def test_findings(sample: Path) -> None:
    report, code = demo.examine(str(sample))
    assert list(_found(report)) == FOUND
    assert code == 1


def test_types(sample: Path) -> None:
    report, _ = demo.examine(str(sample))
    assert {document.path: document.type for document in report.documents} == {
        "COORDINATION.md": "coordination-hub",
        "PROGRESS.md": "progress-tracker",
        "README.md": None,
        "SESSION_HANDOFF.md": "handoff",
        "docs/ETL_CONTEXT.md": "etl-context",
    }


def test_same_commits_everywhere(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(
        "[user]\nname = Somebody\n[init]\ndefaultBranch = trunk\n[core]\nautocrlf = true\n[commit]\ngpgSign = true\n"
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("GIT_CONFIG_GLOBAL")
    demo.build(str(tmp_path / "again"))
    refs = ("for-each-ref", "--format=%(refname) %(objectname)")
    assert git(tmp_path / "again", *refs) == git(sample, *refs)
    assert git(tmp_path / "again", "status", "--porcelain") == ""


def test_history_is_what_the_demo_says(sample: Path) -> None:
    subjects = git(sample, "log", "--format=%s", "main").splitlines()
    assert "Merge branch 'feature/forecast'" in subjects
    assert "Send warnings to harbour masters (#12)" in subjects
    assert git(sample, "branch", "--format=%(refname:short)").split() == [
        "feature/forecast",
        "feature/harbour-page",
        "feature/warnings",
        "main",
    ]
    assert git(sample, "check-ignore", "data/readings.parquet") == "data/readings.parquet"
    assert "R100\tsrc/ingest/clean.py\tsrc/ingest/despike.py" in git(sample, "log", "-M", "--name-status", "--format=", "main")


def test_shallow_clone_decides_less_and_says_so(sample: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", sample.as_uri(), "clone")
    report, _ = demo.examine(str(tmp_path / "clone"))
    found = list(_found(report))
    assert found == [finding for finding in FOUND if finding in found]
    assert {code for code, *_ in FOUND} - {code for code, *_ in found} == {"RF003", "ST001", "ST002"}
    assert {"RF003", "ST001", "ST002"} <= {one.code for one in report.open}


def test_temporary_repository_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    told = demo.run(None, Presentation())
    assert list(tmp_path.iterdir()) == []
    assert "\n11 errors and 1 warning in 5 documents\n\n`doclint check` exits with 1 here.\n" in told
    assert "removed now. Try next:\n  doclint demo --keep tidewatch " in told


def test_kept_repository(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    told = demo.run(str(place), Presentation())
    assert f"The repository is in {place}. Try next, in there:\n" in told
    assert list(_found(demo.examine(str(place))[0])) == FOUND


def test_directory_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    with pytest.raises(UsageError, match="is not empty"):
        demo.run(str(tmp_path), Presentation())
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


def test_directory_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be built"):
        demo.run(str(tmp_path / "file"), Presentation())


def test_withoutgit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    process.executable.cache_clear()
    try:
        with pytest.raises(GitError, match=r"^`git` is not on the PATH$"):
            demo.run(None, Presentation())
    finally:
        process.executable.cache_clear()
