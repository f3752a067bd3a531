"""Log entries: which parts are records of their day, and which is the newest of its list."""

from __future__ import annotations

import datetime

import pytest

from doclint.model.document import Tense
from doclint.model.queries import day_of
from tests.model.reading import line, read, written


def newest(text: str) -> list[tuple[int, int, int, bool, str]]:
    document = read(text)
    return [(line(document, entry.span), entry.log, entry.order, entry.newest, entry.place) for entry in document.entries]


def test_dated_headings_are_entries_and_the_latest_is_the_newest() -> None:
    text = "# Log\n\n## 2026-02-03 — Loader\n\nText.\n\n## 2026-02-05 — Store\n\n## 2026-02-04 — Board\n"
    assert newest(text) == [(3, 0, 0, False, "heading"), (7, 0, 1, True, "heading"), (9, 0, 2, False, "heading")]


def test_what_stands_in_an_older_entry_is_historical() -> None:
    document = read(
        "# Notes\n\n## Recent Updates\n\n### 2026-02-05 — Store\n\n`src/store.py`\n\n### 2026-02-03 — Loader\n\n`src/load.py`\n\n"
        "## Board\n\n`src/board.py`\n"
    )
    assert [(reference.token, reference.tense) for reference in document.references] == [
        ("src/store.py", Tense.CURRENT),
        ("src/load.py", Tense.HISTORICAL),
        ("src/board.py", Tense.CURRENT),
    ]


def test_numbered_sessions_of_a_log_are_entries() -> None:
    text = "# Notes\n\n## Session Log\n\n### Session 1 — Loader\n\n### Session 2 — Store\n"
    document = read(text)
    assert [(entry.number, entry.date, entry.newest) for entry in document.entries] == [(1, None, False), (2, None, True)]


def test_sessions_of_a_board_are_no_entries() -> None:
    assert newest("# Hub\n\n## Status Board\n\n### Session A: Loader\n\n### Session B: Store\n") == []
    assert newest("# Hub\n\n## Sessions\n\n### Session 1: Loader\n\n### Session 2: Store\n") == []


def test_rows_of_a_dated_table_are_entries_and_empty_rows_are_none() -> None:
    text = "# Log\n\n| Date | Session |\n| --- | --- |\n| 2026-02-03 | A |\n| | |\n| 2026-02-05 | B |\n"
    assert newest(text) == [(5, 0, 0, False, "row"), (7, 0, 1, True, "row")]


def test_a_table_with_nothing_but_an_empty_row_has_no_entries() -> None:
    assert newest("# Log\n\n| Date | Session | Issue |\n| --- | --- | --- |\n| | | |\n") == []


def test_dated_items_are_entries() -> None:
    text = "# Notes\n\n## Log\n\n- 2026-02-05: store\n- 2026-02-03: loader\n"
    assert newest(text) == [(5, 0, 0, True, "item"), (6, 0, 1, False, "item")]


def test_one_dated_item_outside_a_log_is_none() -> None:
    assert newest("# Notes\n\n## Board\n\n- 2026-02-05: store\n- loader\n") == []


def test_equal_dates_are_told_apart_by_number_and_then_by_direction() -> None:
    by_number = "# Notes\n\n## Session Log\n\n### Session 7 (2026-02-05)\n\n### Session 8 (2026-02-05)\n\n### Session 6 (2026-02-04)\n"
    assert [order for _, _, order, is_newest, _ in newest(by_number) if is_newest] == [1]
    falling = "# Log\n\n## 2026-02-05 — b\n\n## 2026-02-05 — a\n\n## 2026-02-03 — c\n"
    assert [order for _, _, order, is_newest, _ in newest(falling) if is_newest] == [0]
    rising = "# Log\n\n## 2026-02-03 — c\n\n## 2026-02-05 — a\n\n## 2026-02-05 — b\n"
    assert [order for _, _, order, is_newest, _ in newest(rising) if is_newest] == [2]


def test_a_newest_first_block_above_an_ascending_log_is_two_lists() -> None:
    days = ["2026-02-09", "2026-02-08", "2026-02-07", "2026-02-01", "2026-02-02", "2026-02-03"]
    text = "# Log\n\n" + "".join(f"## {day} — work\n\n" for day in days)
    document = read(text)
    assert [(entry.log, entry.order, entry.newest) for entry in document.entries] == [
        (0, 0, True),
        (0, 1, False),
        (0, 2, False),
        (1, 0, False),
        (1, 1, False),
        (1, 2, True),
    ]


def test_one_inversion_does_not_cut_a_log_in_two() -> None:
    days = [1, 2, 3, 5, 4, 6, 7, 8]
    document = read("# Log\n\n" + "".join(f"## 2026-02-{day:02} — work\n\n" for day in days))
    assert {entry.log for entry in document.entries} == {0}
    assert [entry.date for entry in document.entries if entry.newest] == [datetime.date(2026, 2, 8)]


def test_lists_in_different_sections_have_their_own_newest() -> None:
    text = "# Notes\n\n## Session Log\n\n### 2026-02-05\n\n### 2026-02-03\n\n## Decisions Log\n\n- 2026-01-05: one\n- 2026-01-07: two\n"
    assert newest(text) == [
        (5, 0, 0, True, "heading"),
        (7, 0, 1, False, "heading"),
        (11, 1, 0, False, "item"),
        (12, 1, 1, True, "item"),
    ]


def test_an_entry_has_its_title_and_its_day() -> None:
    document = read("# Notes\n\n## Log\n\n### 2026-02-05 — Store\n\nText.\n")
    (entry,) = document.entries
    assert (entry.title.value, entry.date, entry.newest) == ("2026-02-05 — Store", datetime.date(2026, 2, 5), True)
    assert document.source.slice(entry.span) == "### 2026-02-05 — Store\n\nText.\n"


def test_a_day_that_no_calendar_has_leaves_the_entry_undated() -> None:
    document = read("# Log\n\n## 2026-02-03 — a\n\n## 2026-02-30 — b\n\n## 2026-02-02 — c\n")
    assert [(entry.date is None, entry.newest) for entry in document.entries] == [(False, True), (True, False), (False, False)]


def test_one_new_entry_above_an_ascending_log_is_at_the_wrong_end() -> None:
    days = ["2026-02-09", "2026-02-01", "2026-02-02", "2026-02-03"]
    document = read("# Log\n\n" + "".join(f"## {day} — work\n\n" for day in days))
    assert [(entry.log, entry.newest) for entry in document.entries] == [(0, True), (0, False), (0, False), (0, False)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("# Session log\n\n- 2026-02-03: a\n", "named"),
        ("# Session log (append-only)\n\n- 2026-02-03: a\n", "declared"),
        ("# N\n\n## Log\n\nNewest entries first.\n\n### 2026-02-03\n\na\n\n### 2026-02-02\n", "declared"),
        ("# N\n\nThis file is append-only.\n\n## Changelog\n\n- 2026-02-03: a\n", "declared"),
        ("# N\n\nCommits, newest first:\n\n## Notes\n\n- 2026-02-03: a\n- 2026-02-04: b\n", "free"),
        ("# N\n\n## Log\n\n- 2026-02-03: a\n", "free"),
    ],
)
def test_logs_that_keep_their_entries(text: str, kept: str) -> None:
    assert {entry.kept for entry in read(text).entries} == {kept}


def test_rows_that_an_empty_line_tore_off() -> None:
    table = "| Date | What |\n|---|---|\n| 2026-02-03 | a |\n"
    document = read(f"# S\n\n## Log\n\n{table}\n| 2026-02-05 | b |\n| 2026-02-07 | c |\n\nText.\n")
    assert [(line(document, entry.span), str(entry.date), entry.log, entry.newest) for entry in document.entries] == [
        (7, "2026-02-03", 0, False),
        (9, "2026-02-05", 0, False),
        (10, "2026-02-07", 0, True),
    ]
    days = [day_of(document, entry) for entry in document.entries]
    assert [written(document, day) for day in days if day] == ["2026-02-03", "2026-02-05", "2026-02-07"]
