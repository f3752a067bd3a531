"""Sections: role, mode and tense by their headings, in the languages of the field."""

from __future__ import annotations

import datetime

import pytest

from doclint.model.document import Mode, Tense
from tests.model.reading import read, written


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Data Contracts", "contracts"),
        ("Session Status Board", "status"),
        ("Current State", "status"),
        ("Integration Checklist", "checklist"),
        ("Acceptance Criteria", "checklist"),
        ("How to Sync", "rules"),
        ("Coordination Protocol", "rules"),
        ("Rules for Updating This File", "rules"),
        ("Status Legend", "legend"),
        ("凡例", "legend"),
        ("Session Log", "log"),
        ("Recent Changes", "log"),
        ("更新履歴", "log"),
        ("Next Steps", "next"),
        ("下一步", "next"),
        ("Próximos passos", "next"),
        ("Known Issues", "blockers"),
        ("Open Questions / Risks", "blockers"),
        ("Work Completed This Session", "completed"),
        ("已完成", "completed"),
        ("Files Created", "files"),
        ("Decisions", "decisions"),
        ("Current Architecture Snapshot", "architecture"),
        ("Objective", "goal"),
        ("Executive Summary", "goal"),
        ("Merge order", "dependencies"),
        ("Quick Start", "commands"),
        ("Agents", "ownership"),
        ("Цель", "goal"),
        ("Logistics", None),
        ("Filesystem", None),
        ("Bronze layer", None),
    ],
)
def test_a_heading_gives_a_role(heading: str, role: str | None) -> None:
    assert read(f"# Notes\n\n## {heading}\n\nText.\n").sections[2].role == role


@pytest.mark.parametrize(
    ("heading", "mode"),
    [
        ("Status", Mode.CURRENT),
        ("Bronze layer", Mode.CURRENT),
        ("Next Steps", Mode.PLAN),
        ("Roadmap", Mode.PLAN),
        ("Session Log", Mode.LOG),
        ("Legend", Mode.EXAMPLE),
        ("Entry Template", Mode.EXAMPLE),
        ("Rules", Mode.RULE),
        ("Quick Start", Mode.RULE),
        ("Phase 2: Loader — NOT STARTED", Mode.PLAN),
        ("Phase 2: Loader — IN PROGRESS", Mode.CURRENT),
    ],
)
def test_a_heading_gives_a_mode(heading: str, mode: Mode) -> None:
    assert read(f"# Notes\n\n## {heading}\n\nText.\n").sections[2].mode is mode


def test_a_mode_holds_for_the_sections_inside() -> None:
    document = read("# Notes\n\n## Next Steps\n\n### Loader\n\n## Legend\n\n### Status\n\n## Loader\n")
    assert [(section.heading.value, section.mode) for section in document.sections[2:]] == [
        ("Next Steps", Mode.PLAN),
        ("Loader", Mode.PLAN),
        ("Legend", Mode.EXAMPLE),
        ("Status", Mode.EXAMPLE),
        ("Loader", Mode.CURRENT),
    ]


def test_the_title_gives_the_whole_document_no_mode() -> None:
    document = read("# Session Log\n\n## Loader\n\nText.\n")
    assert [section.mode for section in document.sections[1:]] == [Mode.CURRENT, Mode.CURRENT]


def test_a_priority_is_no_completion() -> None:
    document = read("# Notes\n\n## Next Session\n\n### HIGH PRIORITY (Must Complete)\n\n### Must Complete First\n")
    assert [(section.role, section.mode, section.status) for section in document.sections[3:]] == [
        (None, Mode.PLAN, None),
        (None, Mode.PLAN, None),
    ]


def test_sections_form_a_tree_with_spans() -> None:
    text = "Above.\n\n# One\n\nText.\n\n## Two\n\nMore.\n\n### Three\n\n## Four\n"
    document = read(text)
    assert [(s.level, s.heading.value, s.slug, s.parent) for s in document.sections] == [
        (0, "", "", None),
        (1, "One", "one", 0),
        (2, "Two", "two", 1),
        (3, "Three", "three", 2),
        (2, "Four", "four", 1),
    ]
    assert document.sections[0].span.end == len(text)
    assert written(document, document.sections[2].span) == "## Two\n\nMore.\n\n### Three\n\n"
    assert written(document, document.sections[2].body).strip() == "More."


def test_equal_headings_have_numbered_slugs() -> None:
    document = read("# One\n\n## Tasks\n\n## Tasks\n")
    assert [section.slug for section in document.sections[1:]] == ["one", "tasks", "tasks-1"]


def test_a_setext_heading_is_a_section() -> None:
    document = read("Title\n=====\n\nStatus\n------\n\nText.\n")
    assert [(section.level, section.heading.value) for section in document.sections[1:]] == [(1, "Title"), (2, "Status")]


def test_a_heading_may_give_a_date() -> None:
    document = read("# Log\n\n## 2026-02-03 — Loader\n")
    assert document.sections[2].date == datetime.date(2026, 2, 3)


def test_a_log_without_entries_is_of_the_past() -> None:
    document = read("# Notes\n\n## Session Log\n\nWe moved the loader.\n\n## Status\n\nText.\n")
    assert [section.tense for section in document.sections[2:]] == [Tense.HISTORICAL, Tense.CURRENT]


def test_an_example_speaks_of_no_time() -> None:
    document = read("# Notes\n\n## Legend\n\n### Phase 1 — DONE\n\n- [ ] Load\n")
    assert [section.tense for section in document.sections[2:]] == [Tense.NONE, Tense.NONE]
    assert [statement.tense for unit in document.units for statement in unit.statements] == [Tense.NONE]
    assert [item.tense for item in document.items] == [Tense.NONE]


@pytest.mark.parametrize("heading", ["Deferred", "Optional work", "Nice to have", "Out of scope"])
def test_a_heading_may_put_its_content_off(heading: str) -> None:
    document = read(f"# Notes\n\n## {heading}\n\n### Loader\n\n## Board\n")
    assert [section.deferred for section in document.sections[2:]] == [True, True, False]


def test_a_body_may_tell_of_something_put_off() -> None:
    document = read("# Notes\n\n## Loader\n\nThe board was deferred to the next phase.\n\n## Board\n\nText.\n")
    assert [section.defers for section in document.sections[2:]] == [True, False]


def test_the_title_and_the_date_are_the_documents_own() -> None:
    document = read("# Handoff: loader\n\n**Session Date:** 2026-02-03\n\n## Notes\n", path="HANDOFF.md")
    assert document.title
    assert (document.title.value, document.date) == ("Handoff: loader", datetime.date(2026, 2, 3))
    assert read("# Handoff\n", path="HANDOFF_2026-02-04.md").date == datetime.date(2026, 2, 4)
    assert read("Text only.\n").title is None
