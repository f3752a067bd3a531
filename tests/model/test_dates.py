"""Dates: the forms that say one day, and those that do not."""

from __future__ import annotations

import datetime

import pytest

from doclint.model import dates

DAY = datetime.date(2026, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-03",
        "2026/02/03",
        "2026.02.03",
        "2026-02-03T10:15:00Z",
        "2026-02-03 10:15",
        "(2026-02-03)",
        "February 3, 2026",
        "Feb 3 2026",
        "feb. 3rd, 2026",
        "3 February 2026",
        "3rd Feb 2026",
        "2026年2月3日",
    ],
)
def test_a_form_with_a_year_and_a_sure_order_is_a_date(text: str) -> None:
    assert dates.first(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "02/03/2026",
        "3/2/26",
        "Feb 3",
        "3 Feb",
        "February 2026",
        "2026-02",
        "2026",
        "1",
        "May",
        "v2026.02.03-rc",
        "20260203",
        "12026-02-03",
        "2026-02-034",
        "/2026-02-03/",
        "",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert list(dates.find(text)) == []


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "February 31, 2026", "2026年2月30日"])
def test_a_day_that_no_calendar_has_is_found_and_has_no_date(text: str) -> None:
    (mention,) = dates.find(text)
    assert mention.date is None
    assert dates.first(text) is None


def test_dates_come_in_order_with_their_places() -> None:
    text = "From 2026-02-03 to March 4, 2026."
    assert [text[mention.start : mention.end] for mention in dates.find(text)] == ["2026-02-03", "March 4, 2026"]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("docs/2026-02-03_handoff.md", DAY),
        ("HANDOFF_20260203.md", DAY),
        ("HANDOFF_2026_02_03.md", DAY),
        ("2026-02-03/notes.md", None),
        ("HANDOFF_20261399.md", None),
        ("HANDOFF_2.md", None),
    ],
)
def test_a_file_name_may_give_the_day(path: str, day: datetime.date | None) -> None:
    assert dates.in_name(path) == day


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-02-03", "2026-11-20"),
        ("2026/02/03", "2026/11/20"),
        ("2026.02.03", "2026.11.20"),
        ("Feb 3, 2026", "Nov 20, 2026"),
        ("February 3, 2026", "November 20, 2026"),
        ("May 3 2026", "November 20 2026"),
        ("FEB 03, 2026", "NOV 20, 2026"),
        ("3 Feb 2026", "20 Nov 2026"),
        ("3rd february, 2026", "20 november, 2026"),
        ("2026年2月3日", "2026年11月20日"),
        ("yesterday", None),
    ],
)
def test_a_day_in_the_form_of_another(written: str, expected: str | None) -> None:
    assert dates.like(written, datetime.date(2026, 11, 20)) == expected
    if expected is not None:
        assert dates.first(expected) == datetime.date(2026, 11, 20)
