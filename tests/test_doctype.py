"""Which type a document is, why, and whether it speaks of today."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.discover import Globs, Setting
from doclint.doctype import Declaration, Recognition, declaration, lifecycle, may_be_typed, recognise, shipped
from doclint.model.document import Lifecycle
from doclint.repo.facts import NO_REPOSITORY
from doclint.repo.paths import PathIndex
from doclint.text import Span
from tests.model.reading import read

HUB = """\
# Session Coordination

## Status Board

| Session | Branch | Status |
| --- | --- | --- |
| Session A | `feature/collector` | In progress |
| Session B | `feature/reports` | Not started |

## Rules

Pull before you push.
"""
HANDOFF = """\
# Session Handoff: the collector

**Date:** 2026-02-14

## What was done

- Retries with a pause between them

## Next steps

- The report for February

## Known issues

- The clock of station 7 is wrong
"""
CONTEXT = """\
# Project Context & Session Trail

## Purpose

Readings of forty stations, cleaned and summed up.

## Architecture

A collector, a store and a report.

## Session Log

### 2026-02-14

The collector retries.

### 2026-02-12

The store keeps UTC.
"""
TRACKER = """\
# Stations: Progress Tracker

## Phase 1: Collector (COMPLETE)

- [x] Read the station list
- [x] Poll every ten minutes

## Phase 2: Report (IN PROGRESS)

- [x] Sum up a day
- [ ] Sum up a month
"""


def kind(path: str, text: str) -> str | None:
    return recognise(read(text, path)).type


def test_four_types_are_shipped() -> None:
    assert [type.name for type in shipped()] == ["coordination-hub", "etl-context", "handoff", "progress-tracker"]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("COORDINATION.md", HUB, "coordination-hub"),
        ("docs/agent_status.md", HUB, "coordination-hub"),
        ("docs/HANDOFF.md", HANDOFF, "handoff"),
        ("docs/handoffs/2026-02-14-collector.md", HANDOFF.replace("Session Handoff: the collector", "The collector"), "handoff"),
        ("docs/sessionHandoff.md", HANDOFF, "handoff"),
        ("docs/ETL_CONTEXT.md", CONTEXT, "etl-context"),
        ("memory-bank/activeContext.md", CONTEXT, "etl-context"),
        ("JOURNAL.md", CONTEXT.replace("Project Context & Session Trail", "Development Journal"), "etl-context"),
        ("PROGRESS.md", TRACKER, "progress-tracker"),
        ("docs/ROADMAP.md", TRACKER.replace("Stations: Progress Tracker", "Roadmap to a first release"), "progress-tracker"),
        ("docs/projectStatus.md", TRACKER.replace("Progress Tracker", "Project Status"), "progress-tracker"),
    ],
)
def test_each_type_is_recognised(path: str, text: str, expected: str) -> None:
    assert kind(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "docs/引き継ぎ.md",
            "# 引き継ぎドキュメント\n\n**日付:** 2026-02-14\n\n## 完了\n\n収集\n\n## 次のステップ\n\n- 報告書\n",
            "handoff",
        ),
        ("进度.md", "# 项目进度\n\n## 阶段 1 已完成\n\n- [x] 采集\n- [x] 存储\n- [ ] 报告\n", "progress-tracker"),
        (
            "docs/tien-do.md",
            "# Tiến độ\n\n| Công việc | Trạng thái |\n| --- | --- |\n| Thu thập | Hoàn thành |\n| Báo cáo | Chưa làm |\n",
            "progress-tracker",
        ),
        (
            "ROTEIRO.md",
            "# Roteiro\n\n## Concluído\n\n- [x] Coleta\n- [x] Armazenamento\n\n## Próximos passos\n\n- [ ] Relatório\n",
            "progress-tracker",
        ),
        ("docs/задачи.md", "# Задачи\n\n## Выполнено\n\n- [x] Сбор\n- [x] Хранение\n\n## Следующие\n\n- [ ] Отчёт\n", "progress-tracker"),
        (
            "COORDINAMENTO.md",
            "# Coordinamento\n\n| Agente | Stato |\n| --- | --- |\n| Agente 1 | fatto |\n| Agente 2 | in corso |\n",
            "coordination-hub",
        ),
    ],
)
def test_other_languages_are_recognised(path: str, text: str, expected: str) -> None:
    assert kind(path, text) == expected


def test_the_reason_names_what_decided() -> None:
    assert recognise(read(HUB, "COORDINATION.md")) == Recognition(
        "coordination-hub",
        "name `COORDINATION.md`, title says coordination, 2 actors with a status, 1 board, 2 of the usual sections",
    )
    assert recognise(read(TRACKER, "PROGRESS.md")) == Recognition(
        "progress-tracker", "name `PROGRESS.md`, title says tracker, 4 boxes, 4 items with a status, 2 units with a status"
    )


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        (
            "docs/HANDOFF_TEMPLATE.md",
            HANDOFF,
            "name `HANDOFF_TEMPLATE.md`, title says handoff, 3 of a handoff's sections, a date; but name says template",
        ),
        (
            "docs/handoff.md",
            "# Session [NUMBER] Handoff\n\n## Next steps\n\n- ...\n",
            "name `handoff.md`, title says handoff; but title says [number]",
        ),
        (
            "docs/SESSION_HANDOFF_GUIDE.md",
            HANDOFF.replace("the collector", "a guide"),
            "name `SESSION_HANDOFF_GUIDE.md`, title says handoff, 3 of a handoff's sections, a date; but name says guide, title says guide",
        ),
        (
            "docs/agent-handoff-protocol.md",
            "# Agent Handoff Protocol\n\nSay hello first.\n",
            "neither name nor title is that of a working document",
        ),
        ("docs/notes.md", TRACKER.replace("Stations: Progress Tracker", "Notes"), "neither name nor title is that of a working document"),
        (
            "docs/progress-bars.md",
            "# Progress Bars\n\nA bar says how far a download has come.\n",
            "title says progress; but little in it is what a progress tracker has",
        ),
        (
            "docs/context.md",
            "# Context\n\nA context carries values to a function.\n",
            "name `context.md`, title says context; but little in it is what a context document has",
        ),
    ],
)
def test_look_alikes_are_refused_with_a_reason(path: str, text: str, why: str) -> None:
    assert recognise(read(text, path)) == Recognition(None, why)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("commands/handoff.md", f"---\ndescription: Hand over\nallowed-tools: Read\nargument-hint: name\n---\n\n{HANDOFF}"),
        ("docs/templates/PROGRESS.md", TRACKER),
        (".github/ISSUE_TEMPLATE/task.md", "# Tasks\n\n- [ ] One\n- [ ] Two\n- [ ] Three\n"),
        (
            "docs/adr/0007-lanes.md",
            "# 7. Lanes in place of branches\n\n## Status\n\nAccepted\n\n## Context\n\nMany.\n\n## Decision\n\nLanes.\n",
        ),
        ("docs/specs/progress-tracker-spec.md", "# Progress Tracker Specification\n\n- [ ] a\n- [ ] b\n- [ ] c\n"),
        ("docs/workstreams/scoring-prd.md", "# Workstream Scoring PRD\n\n**Status:** draft\n\n## Goal\n\nScores.\n"),
        ("docs/merge-coordinator.md", "# Merge Coordinator\n\n## Architecture\n\nA queue and a lock.\n\n## Configuration\n\nNone.\n"),
        ("README.md", "# Stations\n\n## Installation\n\nUnpack it.\n\n## Usage\n\nStart it.\n\n## Status\n\nStable.\n"),
        ("CHANGELOG.md", "# Changelog\n\n## 1.1.0 - 2026-02-14\n\n- Retries\n\n## 1.0.0 - 2026-02-01\n\n- First\n"),
        ("docs/plans/2026-02-14-retries.md", "# Retries Implementation Plan\n\n- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d\n"),
        ("empty.md", ""),
        ("PROGRESS.md", ""),
    ],
)
def test_other_documents_are_of_no_type(path: str, text: str) -> None:
    assert kind(path, text) is None


def test_a_form_is_told_from_a_document_with_forms_in_it() -> None:
    form = "# Session Handoff\n\n**Date:** YYYY-MM-DD\n**Status:** [complete or partial]\n\n## Next steps\n\n- \n"
    assert recognise(read(form, "HANDOFF.md")).why.endswith("but 2 fields at its top hold placeholders")
    assert kind("COORDINATION.md", HUB + "\n## How to claim\n\n**From:** [your lane]\n**Date:** YYYY-MM-DD\n") == "coordination-hub"


def test_the_configuration_goes_first() -> None:
    settings = (Setting(Globs(("docs/*.md",)), "handoff", None),)
    document = read("<!-- doclint: type=etl-context -->\n" + TRACKER, "docs/PROGRESS.md")
    assert recognise(document, settings) == Recognition("handoff", "the configuration declares it", declared=True)
    assert recognise(document) == Recognition("etl-context", "its comment declares it", declared=True)
    unknown = (Setting(Globs(("docs/*.md",)), "minutes", None),)
    assert recognise(document, unknown) == Recognition(None, "the configuration declares the type `minutes`, which is not known")


def test_a_document_declares_its_type_in_front_matter_or_comment() -> None:
    front = read("---\ntype: coordination_hub\n---\n# Lanes\n")
    assert declaration(front) == Declaration("coordination_hub", Span(10, 26), "front matter")
    assert recognise(front) == Recognition("coordination-hub", "its front matter declares it", declared=True)
    comment = read("# Lanes\n\n<!-- doclint: type=minutes -->\n")
    assert declaration(comment) == Declaration("minutes", Span(9, 39), "comment")
    assert recognise(comment) == Recognition(None, "its comment declares the type `minutes`, which is not known")
    assert declaration(read("# Lanes\n\n`<!-- doclint: type=handoff -->`\n")) is None


def test_front_matter_of_other_tools_declares_nothing() -> None:
    assert kind("PROGRESS.md", f"---\ntype: note\n---\n{TRACKER}") == "progress-tracker"
    assert kind("PROGRESS.md", f"---\ntype: [a, b]\n---\n{TRACKER}") == "progress-tracker"
    assert kind("PROGRESS.md", f"---\ntype: *x\n---\n{TRACKER}") == "progress-tracker"


def test_what_a_phrase_is_about_decides() -> None:
    for title in ("Handoff notes", "Handoff - 2026-02-14", "Handoff v2", "Handoff to the night shift", "Final handoff (session 7)"):
        assert kind("notes.md", HANDOFF.replace("Session Handoff: the collector", title)) == "handoff", title
    for title in ("Handoff button", "Handoff pattern catalogue", "Handing off"):
        assert kind("notes.md", HANDOFF.replace("Session Handoff: the collector", title)) is None, title


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("docs/archive/PROGRESS.md", TRACKER, Lifecycle.HISTORICAL),
        ("docs/_archive/PROGRESS.md", TRACKER, Lifecycle.HISTORICAL),
        ("deprecated/PROGRESS.md", TRACKER, Lifecycle.HISTORICAL),
        ("templates/PROGRESS.md", TRACKER, Lifecycle.EXAMPLE),
        ("PROGRESS.md", TRACKER, Lifecycle.LIVING),
        ("PROGRESS.md", TRACKER.replace("# Stations", "# [ARCHIVED] Stations"), Lifecycle.HISTORICAL),
        ("PROGRESS.md", TRACKER.replace("Tracker\n", "Tracker (superseded)\n", 1), Lifecycle.HISTORICAL),
        ("PROGRESS.md", TRACKER.replace("\n\n", "\n\n> **Superseded by** `docs/ROADMAP.md`.\n\n", 1), Lifecycle.HISTORICAL),
        ("PROGRESS.md", TRACKER.replace("\n\n", "\n\n**Status:** Archived\n\n", 1), Lifecycle.HISTORICAL),
        ("PROGRESS.md", TRACKER.replace("\n\n", "\n\n**Status:** 🏛️ ARCHIVED — replaced\n\n", 1), Lifecycle.HISTORICAL),
        ("PROGRESS.md", TRACKER.replace("\n\n", "\n\nThis document is historical.\n\n", 1), Lifecycle.HISTORICAL),
        ("PROGRESS.md", TRACKER.replace("\n\n", "\n\nHistorical data from forty stations.\n\n", 1), Lifecycle.LIVING),
        ("PROGRESS.md", TRACKER.replace("\n\n", "\n\n- Archived: nothing yet\n\n", 1), Lifecycle.LIVING),
        ("PROGRESS.md", TRACKER + "\nLine\n" * 10 + "\nArchived.\n", Lifecycle.LIVING),
    ],
)
def test_a_document_says_whether_it_is_history(path: str, text: str, expected: Lifecycle) -> None:
    document = read(text, path)
    assert lifecycle(replace(document, type=recognise(document).type), NO_REPOSITORY) is expected


def test_a_dated_handoff_ends_with_the_next_one() -> None:
    def life(path: str, *others: str, type: str = "handoff", text: str = HANDOFF) -> Lifecycle:
        return lifecycle(replace(read(text, path), type=type), PathIndex([path, *others]))

    undated = HANDOFF.replace("**Date:** 2026-02-14", "")
    assert life("docs/HANDOFF_2026-02-14.md", "docs/HANDOFF_2026-02-20.md") is Lifecycle.HISTORICAL
    assert life("docs/HANDOFF_2026-02-20.md", "docs/HANDOFF_2026-02-14.md") is Lifecycle.LIVING
    assert life("docs/SESSION_9_HANDOFF.md", "docs/SESSION_10_HANDOFF.md") is Lifecycle.HISTORICAL
    assert life("docs/SESSION_9_HANDOFF.md", "docs/SESSION_10_HANDOFF.md", text=undated) is Lifecycle.LIVING
    assert life("docs/HANDOFF_2026-02-14.md", "other/HANDOFF_2026-02-20.md") is Lifecycle.LIVING
    assert life("docs/HANDOFF_2026-02-14.md", "docs/NOTES_2026-02-20.md") is Lifecycle.LIVING
    assert life("docs/HANDOFF_2026-02-14.md", "docs/HANDOFF_2026-02-20.md", type="progress-tracker") is Lifecycle.LIVING
    assert life("docs/HANDOFF.md", "docs/HANDOFF_2026-02-20.md") is Lifecycle.LIVING


def test_the_configuration_decides_the_lifecycle() -> None:
    document = read(TRACKER, "docs/archive/PROGRESS.md")
    assert lifecycle(document, NO_REPOSITORY, (Setting(Globs(("docs/",)), None, "planned"),)) is Lifecycle.PLANNED


TITLES = (
    "# {}",
    "\n \n  # {} #",
    "{}\n===",
    "Hello\n\n# {}",
    "## {}",
    "---\na: 1\n---\n# {}",
    "```\n# {}\n```\n# {}",
    "> # {}",
    "    # {}",
    "# Notes\n\n# {}",
)
WORDS = st.lists(
    st.sampled_from(
        ["Progress", "Session", "Hand**off**", "*Coordination*", "Board", "`ETL`", "Context", "进度", "&nbsp;", "the", "\\_", "Guide"]
    ),
    max_size=4,
).map(" ".join)


@given(
    path=st.sampled_from(
        ["notes.md", "PROGRESS.md", "docs/handoff/a.md", "sessions/session-1.md", "ETL_CONTEXT.md", "docs/coordination.md"]
    ),
    title=st.sampled_from(TITLES),
    words=WORDS,
    body=st.sampled_from(
        ["", HUB, HANDOFF, CONTEXT, "- [x] One\n- [ ] Two\n- [ ] Three\n", "type: handoff\n", "<!-- doclint: type=handoff -->\n"]
    ),
)
def test_what_is_surely_of_no_type_is_of_none(path: str, title: str, words: str, body: str) -> None:
    document = read(f"{title.format(words, words)}\n\n{body}", path)
    assert may_be_typed(document.source) or recognise(document).type is None


def test_most_documents_are_surely_of_no_type() -> None:
    documents = (
        read("# The gauges\n\n- [ ] Paint them\n", "docs/gauges.md"),
        read("# In summary\n", "gauges.md"),
        read(HANDOFF, "docs/gauges.md"),
    )
    assert [may_be_typed(document.source) for document in documents] == [False, False, True]
    assert may_be_typed(documents[0].source, [Setting(Globs(("docs/",)), "handoff", None)])


def test_a_plan_that_somebody_ticks_is_a_tracker() -> None:
    def plan(mark: str) -> str:
        days = "\n".join(f"### Day {day}: Gauges\n\n- [{mark}] Read them\n- [{mark}] Show them\n" for day in range(1, 7))
        return f"# Plan of the gauges\n\n## Status\n\n{days}\n## Day 8 ✅\n\n## Day 9 ✅\n"

    assert recognise(read(plan("x"), "PLAN.md")).type == "progress-tracker"
    assert recognise(read(plan(" "), "PLAN.md")).type is None
