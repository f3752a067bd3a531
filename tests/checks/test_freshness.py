"""LG004: a "last updated" that the document or its history has outrun."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import freshness
from doclint.model.document import Lifecycle
from tests.checks.running import fixed, proofs, told

WORK = "".join(f"- [x] Step {number} of the work\n" for number in range(6))
PLAN = WORK.replace("[x]", "[ ]")


def world(*versions: tuple[str, str], path: str = "STATUS.md", **rest: Any) -> dict[str, Any]:
    """Commits that write the document, each on its day."""
    return {"commits": [{"date": day, "subject": f"Edit {day}", "add": {path: text}} for day, text in versions], **rest}


def run(text: str, repository: dict[str, Any] | None = None, **rest: Any) -> list[str]:
    return told(freshness, text, repository, **{"days": 2, "lines": 5, **rest})


def outrun(text: str, day: str = "2026-02-20", before: str | None = None, **rest: Any) -> list[str]:
    """What is told of ``text``, which was written on 2026-02-03 with a plan in place of the work, and completed on ``day``."""
    old = text.replace(WORK, PLAN) if before is None else before
    return run(text, world(("2026-02-03", old), (day, text)), **rest)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"# S\n\n**Last Updated:** 2026-02-03\n\n## Work\n\n{WORK}", "3:19"),
        (f"# S\n\n## Last Updated: 2026-02-03\n\n## Work\n\n{WORK}", "3:18"),
        (f"# S\n\n## Work\n\n{WORK}\n---\n\n*Last updated: 2026-02-03*\n", "14:16"),
        (f"# S\n\n## Work\n\n{WORK}\n***\n**Version:** 2\n**Last updated:** 2026-02-03\n", "14:19"),
        (f"---\nupdated: 2026-02-03\n---\n# S\n\n{WORK}", "2:10"),
        (f"# S\n\n| Field | Value |\n|---|---|\n| Last updated | 2026-02-03 |\n\n{WORK}", "5:18"),
        (f"# S\n\n## About\n\n**Owner:** Ada\n**Last updated:** 2026-02-03\n\n## Work\n\n{WORK}", "6:19"),
    ],
)
def test_a_date_that_speaks_of_the_document(text: str, place: str) -> None:
    assert outrun(text) == [f"{place} `2026-02-03` is given as the last update, but 6 lines of the document changed 17 days later"]


def test_a_date_that_speaks_of_its_section() -> None:
    text = f"# S\n\n## Work\n\nLast updated: 2026-02-03\n\n{WORK}\n## Rest\n\nText.\n"
    assert outrun(text) == ["5:15 `2026-02-03` is given as the last update, but 6 lines of its section changed 17 days later"]
    assert outrun(f"# S\n\n## Rest\n\nLast updated: 2026-02-03\n\nText.\n\n## Work\n\n{WORK}") == []
    fenced = f"# S\n\n## Work\n\nLast updated: 2026-02-03\n\n```sh\n# no heading\n```\n\n{WORK}"
    assert len(outrun(fenced)) == 1


TOP = "# S\n\n**Last updated:** 2026-02-03\n\n"


def test_the_proof_is_the_last_commit_of_substance() -> None:
    first, second = f"{TOP}{WORK}", f"{TOP}{WORK}One line more.\n"
    repository = world(("2026-02-03", TOP + PLAN), ("2026-02-20", first), ("2026-02-25", second))
    ((proof,),) = proofs(freshness, second, repository, days=2, lines=5)
    assert proof.endswith(" on 2026-02-20 (Edit 2026-02-20)")
    assert proof.startswith("6 lines changed in ")


@pytest.mark.parametrize(
    ("written", "mended"),
    [("2026-02-03", "2026-02-20"), ("2026/02/03", "2026/02/20"), ("February 3, 2026", "February 20, 2026"), ("2026-02-03 (v2)", None)],
)
def test_the_fix_writes_the_day_in_the_same_form(written: str, mended: str | None) -> None:
    text = f"**Last updated:** {written}\n\n{WORK}"
    repository = world(("2026-02-03", text.replace(WORK, PLAN)), ("2026-02-20", text))
    expected = text if mended is None else text.replace(written, mended)
    assert fixed(freshness, text, repository, days=2, lines=5) == expected


@pytest.mark.parametrize("day", ["2026-02-03", "2026-02-04"])
def test_a_day_of_slack(day: str) -> None:
    assert outrun(TOP + WORK, day) == []


def test_small_changes_do_not_count() -> None:
    assert outrun(TOP + WORK, before=TOP + WORK.replace("Step 1", "Steps 1")) == []
    assert len(outrun(TOP + WORK, before=TOP + WORK.replace("Step 1", "Steps 1"), lines=1)) == 1


def test_the_commit_that_wrote_the_date_does_not_count() -> None:
    text = TOP + WORK
    assert outrun(text, before=text.replace("2026-02-03", "2026-02-01").replace(WORK, PLAN)) == []


def test_the_commit_that_brought_the_document_does_not_count() -> None:
    assert run(TOP + WORK, world(("2026-02-20", TOP + WORK))) == []


def test_what_was_taken_back_does_not_count() -> None:
    states = (("2026-02-03", TOP + PLAN), ("2026-02-20", TOP + WORK), ("2026-02-22", TOP + PLAN))
    assert run(TOP + PLAN, world(*states)) == []


def test_what_is_not_committed_does_not_count() -> None:
    assert run(TOP + WORK, world(("2026-02-03", TOP + PLAN), ("2026-02-20", TOP + PLAN + "x\n"))) == []
    assert run(TOP.replace("02-03", "03-01") + WORK, world(("2026-02-03", TOP + PLAN), ("2026-02-20", TOP + WORK))) == []


def test_front_matter_does_not_count() -> None:
    front = "---\n" + "".join(f"key{number}: {number}\n" for number in range(8)) + "---\n"
    assert outrun(front + TOP, before=TOP) == []


def test_records_are_silent() -> None:
    assert outrun(TOP + WORK, lifecycle=Lifecycle.HISTORICAL) == []
    assert outrun(f"# S\n\n**Status:** Complete\n**Last updated:** 2026-02-03\n\n{WORK}") == []
    dated = world(("2026-02-03", TOP + PLAN), ("2026-02-20", TOP + WORK), path="2026-02-03_handoff.md")
    assert run(TOP + WORK, dated, path="2026-02-03_handoff.md") == []
    entries = f"## Session log\n\n### 2026-02-03\n\n**Last updated:** 2026-02-03\n\n{WORK}\n### 2026-02-20\n\nText.\n"
    assert outrun(f"# S\n\n{entries}") == []


LOG = "## Session log\n\n### 2026-02-03\n\nText.\n\n### 2026-02-10\n\nMore.\n"


def test_an_entry_that_is_later() -> None:
    text = TOP + LOG
    found = ["3:19 `2026-02-03` is given as the last update, but the log goes on to `2026-02-10`"]
    assert run(text, world(("2026-02-10", text))) == found
    assert proofs(freshness, text, world(("2026-02-10", text)), days=2, lines=5) == [["the newest entry is of 2026-02-10"]]
    assert run(text, world(("2026-02-10", "other\n"))) == found
    assert run(text, world(("2026-02-10", text), shallow=True)) == ["3:19 ? history is shallow"]


def test_an_entry_that_was_planned() -> None:
    assert run(TOP + LOG, world(("2026-02-03", TOP + LOG))) == []
    assert run(TOP + LOG.replace("02-10", "04-10"), world(("2026-02-03", TOP + LOG))) == []


def test_the_latest_session() -> None:
    text = f"# S\n\n## Summary of Latest Session\n\n**Session Date:** 2026-02-03\n\nText.\n\n{LOG}"
    found = ["5:19 `2026-02-03` is given as the day of the latest session, but the log goes on to `2026-02-10`"]
    assert run(text, world(("2026-02-10", text))) == found
    assert run(text.replace("Summary of Latest Session", "First Session"), world(("2026-02-10", text))) == []


def test_what_history_does_not_tell() -> None:
    assert run(TOP + WORK, world(("2026-02-20", TOP + WORK), shallow=True)) == ["3:19 ? history is shallow"]


def test_no_history_is_asked_for_where_nothing_is_later() -> None:
    assert run(TOP + WORK, world(("2026-02-03", TOP + WORK), shallow=True)) == []
