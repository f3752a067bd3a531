"""LG003: dates that the calendar or the history refutes."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import dates
from tests.checks.running import proofs, told

WORLD: dict[str, Any] = {
    "commits": [{"add": ["b.py"], "date": "2026-02-01"}, {"subject": "Load", "add": ["a.py", "STATUS.md"], "date": "2026-02-10"}]
}


def run(text: str, repository: dict[str, Any] | None = None) -> list[str]:
    return told(dates, text, repository or WORLD, days_before_the_repository=30)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "February 31, 2026"])
def test_a_day_that_no_calendar_has(day: str) -> None:
    assert run(f"# Notes\n\n**Last updated:** {day}\n") == [f"3:19 `{day}` is no date"]
    assert proofs(dates, f"**Last updated:** {day}\n", WORLD, days_before_the_repository=30) == [["no calendar has that day"]]


def test_an_entry_of_such_a_day() -> None:
    assert run("# Log\n\n## 2026-02-30 — a\n\n## 2026-02-03 — b\n") == ["3:4 `2026-02-30` is no date"]


def test_a_day_after_the_last_commit_and_after_today() -> None:
    assert run("# Notes\n\n**Last updated:** 2027-02-03\n") == ["3:19 `2027-02-03` lies in the future"]


def test_a_day_before_the_repository_began() -> None:
    assert run("# Notes\n\n**Last updated:** 2025-02-03\n") == ["3:19 `2025-02-03` lies before the repository began"]
    ((proof,),) = proofs(dates, "**Last updated:** 2025-02-03\n", WORLD, days_before_the_repository=30)
    assert proof.endswith(" on 2026-02-01 (Work on main)")


@pytest.mark.parametrize(
    "text",
    [
        "**Last updated:** 2026-02-10",
        "**Last updated:** 2026-02-11",
        "**Last updated:** 2026-01-05",
        "**Last updated:** YYYY-MM-DD",
        "**Due:** 2027-01-01",
        "It was published on 2019-02-03.",
        "**Quoted:** 2026-02-30",
        "## Session Log\n\n### 2026-02-05\n\nText.\n\n### 2019-02-03\n\nText.",
    ],
)
def test_a_day_that_nothing_refutes(text: str) -> None:
    assert run(f"# Notes\n\n{text}\n") == []


def test_a_shallow_history_does_not_know_the_beginning() -> None:
    assert run("# Notes\n\n**Last updated:** 2025-02-03\n", {**WORLD, "shallow": True}) == ["3:19 ? history is shallow"]


def versions(*states: tuple[str, str]) -> dict[str, Any]:
    """Commits that write the document, and a last one long after them."""
    commits = [{"date": day, "subject": f"Edit {day}", "add": {"STATUS.md": text}} for day, text in states]
    return {"commits": [*commits, {"date": "2026-02-28", "add": ["z.py"]}]}


@pytest.mark.parametrize("key", ["Last updated", "Created", "Completed on", "Session date"])
def test_a_stamp_that_was_written_before_its_day(key: str) -> None:
    text = f"# Notes\n\n**{key}:** 2026-02-20\n"
    place = f"3:{len(key) + 7}"
    assert run(text, versions(("2026-02-03", text))) == [f"{place} `2026-02-20` was written 17 days before that day"]
    ((proof,),) = proofs(dates, text, versions(("2026-02-03", text)), days_before_the_repository=30)
    assert proof.endswith(" on 2026-02-03 (Edit 2026-02-03)")
    assert run(text, versions(("2026-02-03", "# Notes\n"), ("2026-02-19", text))) == []
    assert run(text, versions(("2026-02-03", "# Notes\n"))) == []


@pytest.mark.parametrize("key", ["Due", "Target", "Date", "Started", "When"])
def test_a_day_that_may_be_planned(key: str) -> None:
    text = f"# Notes\n\n**{key}:** 2026-02-20\n"
    assert run(text, versions(("2026-02-03", text))) == []


def log(*days: str) -> str:
    return "# Notes\n\n## Session log\n\n" + "".join(f"- {day}: work\n" for day in days)


def test_an_entry_that_was_written_before_its_day_and_overtaken() -> None:
    days = ["2026-02-01", "2026-02-02", "2026-02-22", "2026-02-04"]
    world = versions(("2026-02-02", log(*days[:3])), ("2026-02-04", log(*days)))
    assert run(log(*days), world) == ["7:3 `2026-02-22` was written 20 days before that day"]
    assert run(log(*days[::-1]), versions(("2026-02-02", log(*days[::-1])))) == ["6:3 `2026-02-22` was written 20 days before that day"]


@pytest.mark.parametrize(
    "days", [["2026-02-01", "2026-02-02", "2026-02-22", "2026-02-24"], ["2026-02-01", "2026-02-22"], ["2026-02-22", "2026-02-03"]]
)
def test_an_entry_in_order_may_be_planned(days: list[str]) -> None:
    assert run(log(*days), versions(("2026-02-02", log(*days)))) == []


def test_what_a_shallow_history_does_not_tell_is_said_once() -> None:
    text = "# Notes\n\n**Last updated:** 2025-02-20\n"
    assert run(text, {**versions(("2026-02-03", text)), "shallow": True}) == ["3:19 ? history is shallow"]
