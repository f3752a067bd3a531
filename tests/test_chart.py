"""The board written down, and ``doclint status``: tables that fit, words for what is not known, JSON that its schema describes."""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from doclint import chart, demo
from doclint.board import Board, Line, Moved, Progress, Row, Sheet
from doclint.model.document import Lifecycle, State
from doclint.repo.facts import NOT_COMMITTED, SHALLOW, Commit, Landing, Unknown
from doclint.report import Presentation
from doclint.resources import schema
from doclint.terminal import STYLE, width
from tests.reporters import sample
from tests.reporters.sample import MERGED
from tests.shell import Run

TODAY = datetime.date(2026, 3, 1)
COMMIT = Commit("d" * 40, datetime.date(2026, 2, 20), 0, "Merge lane B", ())
SILENT = Row("phase", "1", "Phase 1", "", False, 0, 3, State.UNKNOWN, None, False, None, None, (), None, ())


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(scope="module")
def tidewatch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of the demo."""
    directory = tmp_path_factory.mktemp("demo") / "tidewatch"
    demo.build(str(directory))
    return directory


def test_the_board_of_the_demo(tidewatch: Path, run: Run) -> None:
    assert run("-C", tidewatch, "status", "--today", "2026-02-19") == (
        0,
        """\
COORDINATION.md
  coordination-hub  1/3 boxes  changed 17 d ago  CL001 CT001 CT005 elsewhere
  unit                     status       branch                moved  findings
  Session A: Ingest        done         ✓ feature/ingest      14 d
  Session B: Forecast      in progress  ✓ feature/forecast    10 d   ST001 CT004
  Session C: Warnings      done         ✓ feature/warnings    8 d
  Session D: Harbour page  in progress  feature/harbour-page  2 d

PROGRESS.md  progress-tracker  9/14 boxes  changed 17 d ago  ST010 elsewhere
  unit                   status       progress  moved                 findings
  Phase 1: Readings      done              3/3  2026-02-02  17 d ago
  Phase 2: Forecasts     done              2/4  2026-02-02  17 d ago  CL002
  Phase 3: Warnings      not started       3/3  2026-02-02  17 d ago  CL003
  Phase 4: Harbour page  in progress       1/4  2026-02-02  17 d ago

SESSION_HANDOFF.md  handoff  feature/harbour-page  changed 1 d ago  RF001 ST002
docs/ETL_CONTEXT.md  etl-context  changed 17 d ago  RF003 TX001

✓ merged into `main`
the artifact is ignored: CT010 could not decide (COORDINATION.md:12)
12 findings: `doclint check` tells them
9 units in 4 documents: 1 not started, 3 in progress, 4 done, 1 without status
""",
        "",
    )


def test_what_is_on_the_way(tidewatch: Path, run: Run) -> None:
    code, out, err = run("-C", tidewatch, "status", "--today", "2026-02-19", "--open", "PROGRESS.md")
    assert (code, err) == (0, "")
    assert (
        out
        == """\
PROGRESS.md  progress-tracker  9/14 boxes  changed 17 d ago  ST010 elsewhere
  unit                   status       progress  moved                 findings
  Phase 2: Forecasts     done              2/4  2026-02-02  17 d ago  CL002
  Phase 3: Warnings      not started       3/3  2026-02-02  17 d ago  CL003
  Phase 4: Harbour page  in progress       1/4  2026-02-02  17 d ago

3 findings: `doclint check` tells them
finished, and left out: 1 unit
3 units in 1 document: 1 not started, 1 in progress, 1 done
"""
    )


def test_where_nothing_is_on_the_way(tmp_path: Path, run: Run) -> None:
    (tmp_path / "PROGRESS.md").write_text("# Progress\n\n## Phase 1: Gauges ✅\n\n- [x] one\n", "utf-8")
    assert run("-C", tmp_path, "status", "--open") == (0, "finished, and left out: 1 unit, 1 document\nnothing is on the way\n", "")


def test_the_json_format(tidewatch: Path, run: Run) -> None:
    for more in ((), ("--all",), ("--open",), ("--rev", "HEAD~2"), ("--staged",)):
        code, out, _ = run("-C", tidewatch, "status", "--today", "2026-02-19", "--format", "json", *more)
        Draft202012Validator(schema("status")).validate(json.loads(out))
        assert code == 0
    session = json.loads(run("-C", tidewatch, "status", "--today", "2026-02-19", "--format", "json")[1])["documents"][0]["units"][1]
    assert (session["name"], session["state"], session["stated"]) == ("Session B", "active", "IN PROGRESS")
    assert session["branches"] == [{"name": "feature/forecast", "exists": True, "merged": True}]
    assert (session["moved"]["by"], session["moved"]["date"], session["moved"]["days"]) == ("branch", "2026-02-09", 10)
    assert [one["code"] for one in session["findings"]] == ["ST001", "CT004"]


def test_a_shallow_clone_does_not_know_when_something_moved(tidewatch: Path, tmp_path: Path, run: Run) -> None:
    subprocess.run(["git", "clone", "-q", "--depth", "1", tidewatch.as_uri(), "shallow"], cwd=tmp_path, check=True)
    code, out, _ = run("-C", tmp_path / "shallow", "status", "PROGRESS.md", "--today", "2026-02-19")
    assert code == 0
    assert (
        out
        == """\
PROGRESS.md  progress-tracker  9/14 boxes  ST010 elsewhere
  unit                   status       progress  moved  findings
  Phase 1: Readings      done              3/3  ?
  Phase 2: Forecasts     done              2/4  ?      CL002
  Phase 3: Warnings      not started       3/3  ?      CL003
  Phase 4: Harbour page  in progress       1/4  ?

? not known: history is shallow; fetch the whole history (fetch-depth: 0)
history is shallow: LG003, LG004, ST008 could not decide; fetch the whole history (fetch-depth: 0)
3 findings: `doclint check` tells them
4 units in 1 document: 1 not started, 1 in progress, 2 done
"""
    )


def test_outside_of_a_repository_and_in_an_empty_one(tmp_path: Path, run: Run) -> None:
    (tmp_path / "PROGRESS.md").write_text("# Progress\n\n## Phase 1: Gauges ✅\n\n- [x] one\n", "utf-8")
    code, out, err = run("-C", tmp_path, "status")
    assert (code, err) == (0, "")
    assert "  Phase 1: Gauges  done         1/1  ?\n" in out
    assert "? not known: there is no Git repository\n" in out
    empty = tmp_path / "empty"
    empty.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=empty, check=True)
    nothing = "no working documents; `doclint types` says what each document was taken for\n"
    assert run("-C", empty, "status") == (0, nothing, "")


def test_a_document_that_cannot_be_read_is_named(tmp_path: Path, run: Run) -> None:
    (tmp_path / "PROGRESS.md").write_bytes(b"# Progress\n\n\xff\xfe\n")
    code, out, _ = run("-C", tmp_path, "status")
    assert code == 0
    assert "1 document could not be read (PROGRESS.md)\n" in out


def drawn(*rows: Row, columns: int = 80, colour: bool = False, runner: bool = False, path: str = "PROGRESS.md") -> str:
    sheet = Sheet(path, "progress-tracker", Lifecycle.LIVING, State.ACTIVE, None, COMMIT, rows, 0, 0, ())
    board = Board(sample.report(MERGED), TODAY, [sheet], 0)
    return chart.text(board, Presentation(colour, False, runner), columns)


def test_wide_characters_count_and_brackets_are_closed() -> None:
    rows = (
        SILENT._replace(name="第一阶段", title="读数 (两周", state=State.DONE),
        SILENT._replace(name="Phase 2", title="x" * 90, state=State.DONE, partial=True, depth=1),
    )
    assert drawn(*rows, columns=50).splitlines()[:5] == [
        "PROGRESS.md",
        "  progress-tracker  in progress  changed 9 d ago",
        "  unit                                 status",
        "  第一阶段: 读数 (两周)                done",
        "    Phase 2: xxxxxxxxxxxxxxxxxxxxxxx…  partly done",
    ]


def test_what_a_title_names_stands_beside_the_path() -> None:
    whole = SILENT._replace(whole=True, state=State.BLOCKED, branches=(Line("lane/b", False, None),), findings=(MERGED,))
    assert drawn(whole, SILENT._replace(depth=1, state=State.DONE)).splitlines()[:6] == [
        "PROGRESS.md  progress-tracker  blocked  ✗ lane/b  changed 9 d ago  XX001",
        "  unit     status",
        "  Phase 1  done",
        "",
        "✗ no such branch here",
        "1 finding: `doclint check` tells it",
    ]


def test_colour_says_what_the_words_say() -> None:
    row = SILENT._replace(state=State.BLOCKED, findings=(MERGED,))
    assert "\x1b[1;31mblocked" in drawn(row, colour=True)
    assert STYLE.sub("", drawn(row, colour=True)) == drawn(row)


fates = st.sampled_from([None, SHALLOW, Landing("merge", COMMIT)])
names = st.text(st.characters(codec="utf-8") | st.sampled_from("\x1b\u202e\ud800\udcff日✅\n\t:#["), max_size=100)
rows = st.builds(
    SILENT._replace,
    name=names,
    title=names,
    whole=st.booleans(),
    depth=st.integers(0, 3),
    state=st.sampled_from(State),
    progress=st.none() | st.builds(Progress, st.integers(0, 99), st.integers(1, 99), st.none(), st.just("boxes")),
    branches=st.lists(
        st.builds(Line, names, st.sampled_from([True, False, SHALLOW]), st.sampled_from([None, SHALLOW, Landing("merge", COMMIT)])),
        max_size=2,
    ).map(tuple),
    moved=st.sampled_from([None, SHALLOW, NOT_COMMITTED, Unknown("a\x1breason"), Moved("line", COMMIT)]),
    findings=st.sampled_from([(), (MERGED,), (MERGED, MERGED._replace(code="XX002"))]),
)


@given(st.lists(rows, max_size=4), st.integers(80, 160), st.booleans())
def test_whatever_a_document_says_the_lines_fit_and_hold_nothing_that_a_terminal_obeys(
    found: list[Row], columns: int, runner: bool
) -> None:
    lines = drawn(*found, columns=columns, runner=runner).split("\n")
    assert all(line.isprintable() for line in lines)
    table = [line for line in lines if line.startswith("  ")]
    assert all(width(line) <= columns for line in table)
    assert not runner or not any(line.lstrip().startswith("::") or "##[" in line for line in lines)
