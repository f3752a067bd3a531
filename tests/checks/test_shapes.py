"""What a document lacks of the shape of its type, and where that is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from doclint.check import Facts
from doclint.checks import shapes
from doclint.repo.memory import MemoryRepo
from doclint.shape import read as shape_of
from tests.checks.running import TODAY
from tests.model.reading import line, read, written

REPORT = """\
---
team: gauges
---
# Incident 12: the gauge that was silent

**Severity:** 2
**Code:** `src/gauge.py`, docs/

## 1. Summary

It was silent.

## Actions

| ID | Owner | Due | Status |
| --- | --- | --- | --- |
| A-1 | Ada | 2026-02-28 | Open |
| A-2 | **Ben** | 2026-03-01 | done |

## ✅ Follow-up

- [ ] Say so
"""
SHAPE = {
    "title": "Incident \\d+: .+",
    "fields": [{"name": "Severity", "is": "integer"}, {"name": "Code", "is": "path", "many": True, "optional": True}],
    "front-matter": {"properties": {"team": {"enum": ["gauges", "maps"]}}, "required": ["team"]},
    "sections": ["Summary", {"pattern": "Follow.up", "checklist": True}, {"name": "Costs", "optional": True}],
    "tables": [
        {
            "name": "actions",
            "section": "Actions",
            "columns": [
                {"name": "ID", "pattern": "A-\\d+"},
                "Owner",
                {"name": "Due", "is": "date"},
                {"name": "Status", "values": ["Open", "Done"]},
            ],
        }
    ],
}


def told(text: str, shape: Mapping[str, Any] = SHAPE) -> list[tuple[int, str, str]]:
    document = read(text, "docs/incidents/12.md")
    repo = MemoryRepo.build({}, {"src/gauge.py": "", "docs/incidents/12.md": text})
    found = shapes.check(document, shape_of(shape), Facts(repo, TODAY, ()), "an incident report")
    return [(line(document, one.span), written(document, one.span), one.message) for one in found]


def test_nothing_is_missing() -> None:
    assert told(REPORT) == []


TOP = "# Incident 12: the gauge that was silent"


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        (
            "# Incident 12: the",
            "# The",
            (4, "# The gauge that was silent"),
            "the title is `The gauge that was silent`; expected something that matches `Incident \\d+: .+`",
        ),
        (
            "team: gauges",
            "team: gages",
            (2, "gages"),
            'the front matter\'s `team` is "gages"; expected "gauges" or "maps"; did you mean `gauges`?',
        ),
        ("team: gauges\n", "", (1, "---"), "the front matter lacks `team`"),
        ("---\nteam: gauges\n---\n", "", (1, TOP), "an incident report opens with front matter; this one has none"),
        ("**Severity:** 2\n", "", (4, TOP), "an incident report has a field `Severity`; this one has none"),
        (
            "**Severity:** 2",
            "**Severty:** 2",
            (4, TOP),
            "an incident report has a field `Severity`; this one has none; did you mean `Severty`?",
        ),
        ("**Severity:** 2", "**Severity:** high", (6, "high"), "the field `Severity` is `high`; expected a whole number"),
        (
            "src/gauge.py",
            "src/gage.py",
            (7, "src/gage.py`, docs/"),
            "the field `Code` is `src/gage.py`; expected a file or directory of the tree",
        ),
        ("## 1. Summary", "## 1. Sumary", (4, TOP), "an incident report has a section `Summary`; this one has none"),
        ("- [ ] Say so", "- Say so", (20, "## ✅ Follow-up"), "the section `Follow.up` is to hold a checklist; there is no box in it"),
        ("| ID | Owner |", "| ID | Keeper |", (15, "ID | Keeper | Due | Status"), "the table of actions lacks the column `Owner`"),
        ("| A-1 | Ada |", "| A-1 |  |", (17, "| A-1 |  | 2026-02-28 | Open |"), "the row has no `Owner`"),
        ("| A-1 |", "| B-1 |", (17, "B-1"), "`ID` is `B-1`; expected something that matches `A-\\d+`"),
        ("2026-02-28", "2026-02-30", (17, "2026-02-30"), "`Due` is `2026-02-30`; expected a date, such as 2026-01-31"),
        ("| done |", "| doen |", (18, "doen"), "`Status` is `doen`; expected `Open` or `Done`; did you mean `Done`?"),
        (
            "## Actions",
            "## Deeds",
            (4, TOP),
            "an incident report has a table of actions under `Actions` (ID, Owner, Due, Status); this one has none",
        ),
    ],
)
def test_one_thing_is_wrong(old: str, new: str, place: tuple[int, str], message: str) -> None:
    assert old in REPORT
    (one,) = told(REPORT.replace(old, new, 1))
    assert (one[:2], one[2].removesuffix("; did you mean `1. Sumary`?")) == (place, message)


def test_a_table_without_a_heading_is_known_by_most_of_its_columns() -> None:
    shape = {"tables": [{"name": "actions", "columns": ["ID", "Owner", {"name": "Cost", "optional": True}]}]}
    assert told(REPORT, shape) == []
    assert [found[2] for found in told("# Nothing\n", shape)] == [
        "an incident report has a table of actions (ID, Owner); this one has none"
    ]
