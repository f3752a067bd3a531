"""Unit names: nouns with their ids, ranges, tickets, and what only looks like one."""

from __future__ import annotations

import pytest

from doclint.model import names
from tests.model.reading import LEXICON


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(name.kind, name.id, name.last) for name in names.find(text, LEXICON)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Session A", [("session", "A", None)]),
        ("session B: Pipeline", [("session", "B", None)]),
        ("Agent 2", [("agent", "2", None)]),
        ("Agent #2", [("agent", "2", None)]),
        ("**Lane B**", [("lane", "B", None)]),
        ("Task G", [("task", "G", None)]),
        ("WS-1", [("workstream", "1", None)]),
        ("Workstream 3", [("workstream", "3", None)]),
        ("Phase 7.5", [("phase", "7.5", None)]),
        ("Phase 07", [("phase", "7", None)]),
        ("Phase III", [("phase", "3", None)]),
        ("Phase 4b", [("phase", "4B", None)]),
        ("Milestone M3", [("milestone", "M3", None)]),
        ("TASK_10", [("task", "10", None)]),
        ("PR #8", [("pull-request", "8", None)]),
        ("Sprint-4", [("sprint", "4", None)]),
        ("第3天", [("day", "3", None)]),
        ("阶段 2", [("phase", "2", None)]),
        ("Фаза 2", [("phase", "2", None)]),
        ("Day 21–27", [("day", "21", "27")]),
        ("Day 28-30", [("day", "28", "30")]),
        ("Weeks 1", []),
        ("Phase 4 to 6", [("phase", "4", "6")]),
        ("Phase 4 through 6", [("phase", "4", "6")]),
        ("Session C and Session D", [("session", "C", None), ("session", "D", None)]),
        ("TVLJ-007 waits for TVLJ-003", [("tvlj", "7", None), ("tvlj", "3", None)]),
    ],
)
def test_names_are_found(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phase 3 Module 1D: Defaults", ("phase 3 module", "1D")),
        ("Phase 3 Module 2", ("phase 3 module", "2")),
        ("Phase 3 Module 2 Day 1: Queries", ("phase 3 module", "2")),
        ("Phase 2 Part B ✅", ("phase 2 part", "B")),
        ("Phase 2 Task 1 Part 2 (tests)", ("phase 2 task 1 part", "2")),
        ("Phase 3 Complete 6/6", ("phase", "3")),
        ("Phase 3 Progress 60%", ("phase", "3")),
        ("Session 4 Summary 2026-02-03", ("session", "4")),
        ("Phase 3 Tests", ("phase", "3")),
        ("Phase 3: Module 1", ("phase", "3")),
    ],
)
def test_a_part_is_not_the_whole(text: str, expected: tuple[str, str]) -> None:
    name = names.at_start(text, LEXICON)
    assert name is not None
    assert name.key == expected


@pytest.mark.parametrize(
    "text",
    [
        "a session a day",
        "The session was long",
        "phase in the loader",
        "Agents run in parallel",
        "Step by step",
        "Task list",
        "Day after day",
        "Phase 50%",
        "task 3/4",
        "SessionA",
        "daydream 3",
        "src/FR-006/report.md",
        "docs/ADR-004.md",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Phase 2: Loader", ("phase", "2")),
        ("✅ Phase 2", ("phase", "2")),
        ("**Phase 2** — Loader", ("phase", "2")),
        ("3. Phase 2", ("phase", "2")),
        ("🏗️ Phase 2", ("phase", "2")),
        ("Phase 2 Task 1", ("phase 2 task", "1")),
        ("Phase 2, Task 1", ("phase 2 task", "1")),
    ],
)
def test_a_name_at_the_start_may_stand_behind_decoration(text: str, key: tuple[str, str]) -> None:
    name = names.at_start(text, LEXICON)
    assert name
    assert name.key == key


@pytest.mark.parametrize("text", ["Notes on Phase 2", "After Session A", "", "Bronze layer"])
def test_a_name_further_on_is_not_at_the_start(text: str) -> None:
    assert names.at_start(text, LEXICON) is None


@pytest.mark.parametrize(
    ("text", "id"),
    [("A", "A"), ("**A** (Infra)", "A"), ("`3`", "3"), ("#8", "8"), ("07", "7"), ("S14", "S14")],
)
def test_a_bare_id_names_a_unit_under_its_noun(text: str, id: str) -> None:
    name = names.bare(text, "session")
    assert name
    assert name.key == ("session", id)


@pytest.mark.parametrize("text", ["a pipeline", "Infra", "", "—"])
def test_a_word_is_no_bare_id(text: str) -> None:
    assert names.bare(text, "session") is None


def test_offsets_cover_the_name_and_its_range() -> None:
    (name,) = names.find("from Day 21–27 on", LEXICON)
    assert "from Day 21–27 on"[name.start : name.end] == "Day 21–27"
