"""Pointers: the places that name the work at hand and the work to come."""

from __future__ import annotations

import pytest

from doclint.model.document import Document, Tense
from tests.model.reading import read, written

PHASES = "## Phase 1 ✅ COMPLETE\n\n## Phase 2\n\n## Phase 3\n"


def told(document: Document) -> list[tuple[str, list[str], str]]:
    return [
        (pointer.sense, [document.units[unit].name for unit in pointer.units], written(document, pointer.span))
        for pointer in document.pointers
    ]


@pytest.mark.parametrize(
    ("line", "sense", "units", "value"),
    [
        ("**Current phase:** 2", "current", ["Phase 2"], "2"),
        ("**Current Phase**: Phase 2 — store", "current", ["Phase 2"], "Phase 2 — store"),
        ("- Current: Phase 2", "current", ["Phase 2"], "Phase 2"),
        ("**Next:** Phase 3", "next", ["Phase 3"], "Phase 3"),
        ("- 📋 **Next:** Phase 3 — board", "next", ["Phase 3"], "Phase 3 — board"),
        ("**Next up**: Phase 3", "next", ["Phase 3"], "Phase 3"),
        ("下一步：阶段 3", "next", ["Phase 3"], "阶段 3"),
        ("**Order:** Phase 1 → Phase 2", "order", ["Phase 1", "Phase 2"], "Phase 1 → Phase 2"),
        ("**Next:** finish the board of Phase 3", "next", [], "finish the board of Phase 3"),
        ("**Next:** Phase 9", "next", [], "Phase 9"),
    ],
)
def test_a_key_points(line: str, sense: str, units: list[str], value: str) -> None:
    assert told(read(f"# Plan\n\n{line}\n\n{PHASES}")) == [(sense, units, value)]


def test_an_order_may_name_pull_requests() -> None:
    document = read("# Hub\n\n**Merge order**: PRs #8 → #9 (rebase each).\n")
    (pointer,) = document.pointers
    assert pointer.sense == "order"
    assert [document.references[index].token for index in pointer.pull_requests] == ["#8", "#9"]


def test_a_status_may_point_at_what_is_pending() -> None:
    document = read("# Plan\n\n## Phase 1\n\n**Status:** COMPLETED (Phase 1.5 pending)\n\n## Phase 1.5 ✅ COMPLETE\n")
    assert [(pointer.sense, [document.units[unit].name for unit in pointer.units]) for pointer in document.pointers] == [
        ("pending", ["Phase 1.5"])
    ]


def test_a_pointer_in_a_past_entry_is_historical() -> None:
    document = read(
        f"# Plan\n\n## Session Log\n\n### 2026-02-05\n\n- **Next:** Phase 3\n\n### 2026-02-03\n\n- **Next:** Phase 2\n\n{PHASES}"
    )
    assert [pointer.tense for pointer in document.pointers] == [Tense.CURRENT, Tense.HISTORICAL]


@pytest.mark.parametrize("line", ["Next we load the rows.", "**Next:**", "```\nNext: Phase 3\n```"])
def test_what_points_nowhere(line: str) -> None:
    assert read(f"# Plan\n\n{line}\n\n{PHASES}").pointers == ()


def test_what_a_pointer_calls_its_targets() -> None:
    document = read("# Plan\n\n**Current phase:** 2\n\n**Next:** ready for Priority 7 - settings\n")
    assert [[target[1:] for target in pointer.targets] for pointer in document.pointers] == [
        [("phase", "2", "Phase 2", "")],
        [("priority", "7", "Priority 7", "settings")],
    ]
    assert [written(document, target.span) for pointer in document.pointers for target in pointer.targets] == ["2", "Priority 7"]


def test_records_in_logs() -> None:
    text = (
        "# Session Log\n\n## Log\n\n| Date | Task | Status |\n| --- | --- | --- |\n| 2026-02-01 | Priority 7 - settings | Complete |\n"
        "| 2026-02-02 | Priority 8 - board | Mostly complete |\n\n### Session 2: 2026-02-03\n\n**Status:** Step 4 complete ✅ (drawings)\n"
    )
    document = read(text)
    assert [(record.kind, record.id, record.title) for record in document.records] == [
        ("step", "4", "drawings"),
        ("priority", "7", "settings"),
    ]
