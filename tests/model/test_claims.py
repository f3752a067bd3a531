"""Claims: the numbers that a document says about itself."""

from __future__ import annotations

import pytest

from doclint.model.claims import RawClaim, find
from tests.model.reading import LEXICON, read, written


def found(text: str) -> list[RawClaim]:
    return list(find(text, LEXICON))


@pytest.mark.parametrize(
    ("text", "kind", "done", "total", "percent", "noun"),
    [
        ("12/20", "fraction", 12, 20, None, None),
        ("12 / 20", "fraction", 12, 20, None, None),
        ("12 of 20", "fraction", 12, 20, None, None),
        ("12/20 (60%)", "fraction", 12, 20, 60.0, None),
        ("12/20 tasks", "fraction", 12, 20, None, "task"),
        ("12/20 tasks (60%)", "fraction", 12, 20, 60.0, "task"),
        ("12 of 20 planned stories", "fraction", 12, 20, None, "story"),
        ("12/20 任务", "fraction", 12, 20, None, "task"),
        ("45/66 tests", "fraction", 45, 66, None, "test"),
        ("Progress: 60%", "percent", None, None, 60.0, None),
        ("60% complete", "percent", None, None, 60.0, None),
        ("Overall completion 62.5 %", "percent", None, None, 62.5, None),
        ("[████████░░░░] 60%", "bar", None, None, 60.0, None),
        ("██████ 100%", "bar", None, None, 100.0, None),
        ("[####--] 66%", "bar", None, None, 66.0, None),
        ("Loader (6 tasks)", "count", None, 6, None, "task"),
        ("Loader [6 items]", "count", None, 6, None, "item"),
        ("Loader (6 open tasks)", "count", None, 6, None, "task"),
    ],
)
def test_a_number_about_the_work(
    text: str, kind: str, done: int | None, total: int | None, percent: float | None, noun: str | None
) -> None:
    (claim,) = found(text)
    assert (claim.kind, claim.done, claim.total, claim.percent, claim.noun) == (kind, done, total, percent, noun)


@pytest.mark.parametrize(
    "text",
    [
        # Scores, rates and changes.
        "4/10 → 8/10 (+100%)",
        "Score: 8/10",
        "coverage 93.4%",
        "within 0.01% of the manual sum",
        "+12%",
        "a 50% discount",
        "rate limit 80%",
        # Dates, paths, versions, ranges.
        "2026/02/03",
        "02/03",
        "src/3/4",
        "v1/2",
        "1.2/3.4",
        "20/12",
        "0/0",
        # Counts of nothing that is work.
        "(3 partitions, 24-hr retention)",
        "(6 weeks)",
        "6 tasks",
        "no digits",
    ],
)
def test_other_numbers(text: str) -> None:
    assert found(text) == []


def test_a_percentage_that_belongs_to_something_else_is_left_out() -> None:
    (claim,) = found("66/66 tests passing (87%)")
    assert (claim.done, claim.total, claim.percent) == (66, 66, None)


def test_claims_know_their_place() -> None:
    document = read(
        "# Plan\n\n## Loader (2 tasks)\n\n**Progress:** 12/20\n\nIt is 3/4 done.\n\n| Task | Progress |\n| --- | --- |\n| Load | 1/2 |\n\n"
        "```\nTotal [████░░] 60%\n5/7\n```\n"
    )
    assert [(claim.kind, claim.place, written(document, claim.span)) for claim in document.claims] == [
        ("count", "heading", "(2 tasks)"),
        ("fraction", "field", "12/20"),
        ("fraction", "text", "3/4"),
        ("fraction", "cell", "1/2"),
        ("bar", "fence", "[████░░] 60%"),
    ]
    assert {claim.section for claim in document.claims} == {2}


def test_claims_know_their_unit() -> None:
    document = read("# Plan\n\n12/20\n\n## Phase 1\n\n3/4\n")
    assert [claim.unit for claim in document.claims] == [None, 0]
