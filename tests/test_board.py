"""The board: which units stand on it, how far they are, when they last moved, and which findings are theirs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from doclint.board import Board, Moved, board
from doclint.config import plan
from doclint.model.document import State
from doclint.repo.facts import NOT_COMMITTED, Landing, Unknown
from doclint.repo.memory import MemoryRepo

TODAY = datetime.date(2026, 3, 1)
HUB = """\
# Coordination hub

## Sessions

### Session A: Ingest
- **Branch:** `feature/ingest`
- **Status:** IN PROGRESS

### Session B: Forecast
- **Branch:** `feature/forecast`
- **Status:** NOT STARTED

### Session C: Harbour page
- **Files:** `src/page.py`
- **Status:** IN PROGRESS
"""
STORY: dict[str, Any] = {
    "commits": [
        {"subject": "Start", "date": datetime.date(2026, 2, 1), "add": {"COORDINATION.md": HUB, "src/page.py": "a = 1\n"}},
        {"subject": "Read", "date": datetime.date(2026, 2, 3), "on": "feature/ingest", "add": ["src/ingest.py"]},
        {"merge": "feature/ingest", "date": datetime.date(2026, 2, 5)},
        {"subject": "Show", "date": datetime.date(2026, 2, 8), "modify": {"src/page.py": "a = 2\n"}},
    ],
}


def told(
    documents: Mapping[str, str], story: Mapping[str, Any] | None = None, *, everything: bool = False, unfinished: bool = False
) -> Board:
    repo = MemoryRepo.build(story or {}, documents)
    return board(plan(), repo, sorted(documents), TODAY, everything=everything, unfinished=unfinished)


def test_a_unit_moved_with_its_branch_else_its_files_else_its_line() -> None:
    found = told({"COORDINATION.md": HUB}, STORY)
    (sheet,) = found.sheets
    assert [(row.name, row.state, row.moved.by, str(row.moved.commit.date)) for row in sheet.rows if isinstance(row.moved, Moved)] == [
        ("Session A", State.ACTIVE, "branch", "2026-02-03"),
        ("Session B", State.NOT_STARTED, "line", "2026-02-01"),
        ("Session C", State.ACTIVE, "files", "2026-02-08"),
    ]
    ingest, forecast = sheet.rows[0].branches[0], sheet.rows[1].branches[0]
    assert (ingest.there, isinstance(ingest.landed, Landing)) == (True, True)
    assert (forecast.there, forecast.landed) == (False, None)


def test_a_finding_is_that_of_the_unit_whose_line_it_is_on() -> None:
    (sheet,) = told({"COORDINATION.md": HUB}, STORY).sheets
    assert [(row.name, [one.code for one in row.findings]) for row in sheet.rows if row.findings] == [
        ("Session A", ["ST001"]),
    ]


TRACKER = """\
# Progress tracker

## Phase 1: Readings ✅ COMPLETE

- [x] Read
- [ ] Write

| Task | Title | Status |
| ---- | ----- | ------ |
| 1.1 | Gauges | DONE |
| 1.2 | Tides | IN PROGRESS |

## Phase 2: Forecasts

- [ ] See `docs/gone.md`

## Phase 3: Later
"""


def test_boxes_are_counted_and_what_stands_in_a_section_is_part_of_it() -> None:
    (sheet,) = told({"PROGRESS.md": TRACKER}).sheets
    assert [(row.depth, row.title, row.state, row.progress and (row.progress.done, row.progress.total)) for row in sheet.rows] == [
        (0, "Readings", State.DONE, (1, 2)),
        (1, "Gauges", State.DONE, None),
        (1, "Tides", State.ACTIVE, None),
        (0, "Forecasts", State.UNKNOWN, (0, 1)),
    ]
    assert (sheet.silent, sheet.progress and sheet.progress.total) == (1, 3)


def test_what_states_nothing_is_shown_on_request_and_what_is_finished_is_left_out_on_request() -> None:
    (every,) = told({"PROGRESS.md": TRACKER}, everything=True).sheets
    assert [row.title for row in every.rows][-1] == "Later"
    (unfinished,) = told({"PROGRESS.md": TRACKER}, unfinished=True).sheets
    # The phase is called done, and is not: a finding says so.
    assert ([row.title for row in unfinished.rows], unfinished.hidden) == (["Readings", "Tides", "Forecasts"], 1)
    # What is part of nothing that is shown stands at the margin.
    (alone,) = told({"PROGRESS.md": TRACKER.replace("- [ ] Write\n", "").replace("- [ ] See", "- [x] See")}, unfinished=True).sheets
    assert [(row.title, row.depth) for row in alone.rows] == [("Tides", 0)]


def test_documents_that_do_not_speak_of_today_are_put_aside() -> None:
    documents = {"PROGRESS.md": TRACKER, "archive/PROGRESS.md": TRACKER, "README.md": "# Read me\n"}
    found = told(documents)
    assert ([sheet.path for sheet in found.sheets], found.aside) == (["PROGRESS.md"], 1)
    assert [sheet.path for sheet in told(documents, everything=True).sheets] == ["PROGRESS.md", "archive/PROGRESS.md"]


def test_what_is_not_known_says_why() -> None:
    (sheet,) = told({"COORDINATION.md": HUB}, {**STORY, "shallow": True}).sheets
    assert [row.moved.reason for row in sheet.rows if isinstance(row.moved, Unknown)] == ["history is shallow"] * 2
    (new,) = told({"PROGRESS.md": TRACKER}).sheets
    assert {row.moved for row in new.rows if not isinstance(row.moved, Moved)} <= {NOT_COMMITTED}
