"""Dates as documents write them. No guessing: a form without a year or with an ambiguous order is no date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from doclint.late import late

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_PATTERN = late(
    r"(?<![\w.\-/])(?:"
    r"(?P<y1>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m1>\d\d)(?P=sep)(?P<d1>\d\d)(?![\d\-/])"
    r"|" + _MONTH.format("m2") + r"\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?:\s?[-\u2013]\s?\d{1,2})?,?\s+(?P<y2>(?:19|20)\d\d)(?!\w)"
    r"|(?P<d3>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH.format("m3") + r",?\s+(?P<y3>(?:19|20)\d\d)(?!\w)"
    r"|(?P<y4>(?:19|20)\d\d)年(?P<m4>\d{1,2})月(?P<d4>\d{1,2})日"
    r")",
    re.IGNORECASE,
)
_HINT = late(r"(?:19|20)\d\d")


class DateMention(NamedTuple):
    """A date in a text: offsets into it, and the day; None for a day that no calendar has."""

    start: int
    end: int
    date: datetime.date | None


def find(text: str) -> Iterator[DateMention]:
    """The dates in ``text``, in order."""
    if not _HINT.search(text):
        return
    for match in _PATTERN.finditer(text):
        yield DateMention(match.start(), match.end(), _date(match))


def first(text: str) -> datetime.date | None:
    """The first date in ``text`` that a calendar has."""
    return next((mention.date for mention in find(text) if mention.date), None)


_NAMED = late(r"(?<!\d)((?:19|20)\d\d)([-_]?)(\d\d)\2(\d\d)(?!\d)")


def in_name(path: str) -> datetime.date | None:
    """The date that a file's name gives: ``2026-02-16_handoff.md``, ``SESSION_20260216.md``."""
    for year, _, month, day in _NAMED.findall(path.rsplit("/", 1)[-1]):
        try:
            return datetime.date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _date(match: re.Match[str]) -> datetime.date | None:
    for n in "1234":
        if match[f"y{n}"]:
            month = match[f"m{n}"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
            try:
                return datetime.date(int(match[f"y{n}"]), number, int(match[f"d{n}"]))
            except ValueError:
                return None
    return None


def like(written: str, day: datetime.date) -> str | None:
    """``day`` in the form of the date ``written``; None where that form is not one of those that ``find`` knows."""
    match = _PATTERN.fullmatch(written)
    if match is None:
        return None
    if match["y1"]:
        return f"{day.year}{match['sep']}{day.month:02}{match['sep']}{day.day:02}"
    if match["y4"]:
        return f"{day.year}年{day.month}月{day.day}日"
    month = match["m2"] or match["m3"]
    name = _NAMES[day.month - 1]
    # Only "May" is as long as its short form, which tells nothing.
    short = len(month) <= 4 and month.casefold() not in ("june", "july", "may")
    name = name[:3] if short else name
    name = name.upper() if month.isupper() else name.casefold() if month.islower() else name
    number = f"{day.day:02}" if re.search(r"(?<!\d)0\d(?!\d)", written) else str(day.day)
    first, second = (name, number) if match["m2"] else (number, name)
    return f"{first} {second}{',' if ',' in written else ''} {day.year}"
