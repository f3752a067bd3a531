"""The status grammar: values from their start, headings from their end."""

from __future__ import annotations

import pytest

from doclint.model import names
from doclint.model.document import State
from doclint.model.statuses import Reading, read_heading, read_value
from tests.model.reading import LEXICON, read, written

NOT_STARTED, ACTIVE, WAITING = State.NOT_STARTED, State.ACTIVE, State.WAITING
BLOCKED, DONE, DROPPED = State.BLOCKED, State.DONE, State.DROPPED


def state(reading: Reading | None) -> State | None:
    return reading.state if reading else None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # Six states, in the words and in the letter cases that hubs and trackers use.
        ("NOT STARTED", NOT_STARTED),
        ("Not started", NOT_STARTED),
        ("not-started", NOT_STARTED),
        ("not_started", NOT_STARTED),
        ("PENDING", NOT_STARTED),
        ("TODO", NOT_STARTED),
        ("To Do", NOT_STARTED),
        ("To be merged", NOT_STARTED),
        ("must be fixed", NOT_STARTED),
        ("Session can be closed", None),
        ("Planned", NOT_STARTED),
        ("AVAILABLE", NOT_STARTED),
        ("Open", NOT_STARTED),
        ("In Progress", ACTIVE),
        ("IN-PROGRESS", ACTIVE),
        ("in_progress", ACTIVE),
        ("WIP", ACTIVE),
        ("CLAIMED", ACTIVE),
        ("Assigned", ACTIVE),
        ("working", ACTIVE),
        ("Merging", ACTIVE),
        ("WAITING", WAITING),
        ("READY", WAITING),
        ("READY FOR REVIEW", WAITING),
        ("On hold", WAITING),
        ("Paused", WAITING),
        ("BLOCKED", BLOCKED),
        ("FAILING", BLOCKED),
        ("DONE", DONE),
        ("Complete", DONE),
        ("COMPLETED", DONE),
        ("Merged", DONE),
        ("Closed", DONE),
        ("RESOLVED", DONE),
        ("VERIFIED", DONE),
        ("Passing", DONE),
        ("DEPLOYED", DONE),
        ("Deferred", DROPPED),
        ("cancelled", DROPPED),
        ("Superseded", DROPPED),
        ("N/A", DROPPED),
        # Decoration around the word, and what compound values add to it.
        ("**Complete**", DONE),
        ("`DONE`", DONE),
        ("[DONE]", DONE),
        ("(in progress)", ACTIVE),
        ("*Pending*", NOT_STARTED),
        ("**Pending**", NOT_STARTED),
        ("Done.", DONE),
        ("COMPLETED @ 2026-06-09T03:59:25Z", DONE),
        ("COMPLETED by Agent 1 at 2026-06-09T03:59:25Z", DONE),
        ("**Done — PR ready**", DONE),
        ("**Merged** (PR #5)", DONE),
        ("In Progress (waiting for keys)", ACTIVE),
        ("BLOCKED on WS-2", BLOCKED),
        ("scaffold done", DONE),
        ("PR open", WAITING),
        # Languages.
        ("完了", DONE),
        ("実装済み", DONE),
        ("未着手", NOT_STARTED),
        ("進行中", ACTIVE),
        ("進行中（あと二件）", ACTIVE),
        ("已完成", DONE),
        ("待开始", NOT_STARTED),
        ("进行中", ACTIVE),
        ("部分完成", ACTIVE),
        ("concluído", DONE),
        ("Em andamento", ACTIVE),
        ("pendente", NOT_STARTED),
        ("hoàn thành", DONE),
        ("chưa bắt đầu", NOT_STARTED),
        ("готово", DONE),
        ("в работе", ACTIVE),
        ("частично", ACTIVE),
        ("COMPLETATO", DONE),
        ("BLOCCATO", BLOCKED),
        ("in corso", ACTIVE),
        # Signs, with and without U+FE0F; the word beside a sign is more exact than the sign.
        ("✅", DONE),
        ("✔️", DONE),
        ("✔", DONE),
        ("⏳", WAITING),
        ("⏸️", WAITING),
        ("⏸️ BLOCKED", BLOCKED),
        ("🚧", ACTIVE),
        ("🔄 In Progress", ACTIVE),
        ("⬜", NOT_STARTED),
        ("📋 PLANNED", NOT_STARTED),
        ("🔒", BLOCKED),
        ("⏭️ n/a", DROPPED),
        ("⏳ NOT STARTED", NOT_STARTED),
        ("⏳ Pending", NOT_STARTED),
        ("✅ Complete", DONE),
        ("✅ COMPLETE", DONE),
        ("✅ **Done**", DONE),
        ("✅ hoàn thành", DONE),
        ("⏳ 待开始", NOT_STARTED),
        ("🟡 In Progress (first board is live)", ACTIVE),
        ("🟢 Done", DONE),
        ("🔴 Not started", NOT_STARTED),
        ("🔵 Planned", NOT_STARTED),
        ("❌ Not started", NOT_STARTED),
        # A word that limits beats the tick beside it.
        ("✅ Partial", ACTIVE),
        ("✅ partially complete", ACTIVE),
        ("✅ Mostly complete", ACTIVE),
        ("partially done", ACTIVE),
        ("mostly complete", ACTIVE),
        ("Almost done", ACTIVE),
        # Negations.
        ("not complete", ACTIVE),
        ("Not yet merged", ACTIVE),
        ("not done", ACTIVE),
        ("not yet started", NOT_STARTED),
        ("incomplete", ACTIVE),
        # Numbers.
        ("0%", NOT_STARTED),
        ("░░░ 0%", NOT_STARTED),
        ("60%", ACTIVE),
        ("50 %", ACTIVE),
        ("██████████ 100%", DONE),
        ("100% complete", DONE),
        ("90% done", ACTIVE),
        ("12/20", ACTIVE),
        ("0/4", NOT_STARTED),
        ("6/6", DONE),
    ],
)
def test_a_value_is_read_from_its_start(value: str, expected: State) -> None:
    assert state(read_value(value, LEXICON)) is expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        "   ",
        "—",
        "shared lib",
        "the science",
        "spec: docs/spec.md",
        # Circles and crosses are a priority as often as a status.
        "🟢",
        "🔴",
        "🔴 High",
        "🟡 Medium",
        "❌",
        "⚠️",
        # A done-word that stands too far behind the start says nothing of the value.
        "The loader reads what the writer has completed",
        "Needs a rewrite; the old one is done",
        # Praise, and what could be done.
        "Production-ready for the first release",
        "Production Ready",
        "Can be closed after review",
    ],
)
def test_a_value_without_a_known_word_says_nothing(value: str) -> None:
    assert read_value(value, LEXICON) is None


@pytest.mark.parametrize(("value", "expected"), [("🟡", ACTIVE), ("🔵", NOT_STARTED)])
def test_a_doubtful_sign_counts_among_statuses(value: str, expected: State) -> None:
    assert state(read_value(value, LEXICON, trust_signs=True)) is expected


@pytest.mark.parametrize(
    ("value", "word", "note"),
    [
        ("✅ Complete (loader built; checks pending)", "Complete", "(loader built; checks pending)"),
        ("**Merged** (PR #5)", "Merged", "(PR #5)"),
        ("**Done — PR ready**", "Done", "PR ready"),
        ("⏳ NOT STARTED", "NOT STARTED", ""),
        ("COMPLETED by Agent 1", "COMPLETED", "by Agent 1"),
        ("✅", "✅", ""),
        ("60% of the loader", "60%", "of the loader"),
    ],
)
def test_the_first_token_decides_and_the_rest_is_a_note(value: str, word: str, note: str) -> None:
    reading = read_value(value, LEXICON)
    assert reading
    assert (value[reading.start : reading.end], reading.note) == (word, note)


@pytest.mark.parametrize(
    ("value", "partial"),
    [
        ("✅ Complete", False),
        ("Pending", False),
        ("**Pending**", False),
        ("TODO", False),
        ("Complete (checks pending)", True),
        ("Complete except the board", True),
        ("Complete, 3/12 files", True),
        ("Complete, 12/12 files", False),
        ("mostly complete", True),
        ("✅ Partial", True),
        ("Complete (some files remain)", True),
    ],
)
def test_a_value_may_limit_its_own_word(value: str, partial: bool) -> None:
    reading = read_value(value, LEXICON)
    assert reading
    assert reading.partial is partial


@pytest.mark.parametrize(
    ("value", "deferred"),
    [
        ("Complete", False),
        ("Complete (board deferred to Phase 3)", True),
        ("Deferred to v2", True),
        ("Complete, screenshots optional", True),
    ],
)
def test_a_value_may_name_a_deferral(value: str, deferred: bool) -> None:
    reading = read_value(value, LEXICON)
    assert reading
    assert reading.deferred is deferred


def heading(text: str) -> Reading | None:
    name = names.at_start(text, LEXICON)
    return read_heading(text, LEXICON, unit_end=name.end if name else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phase 1: Loader ✅ COMPLETE", DONE),
        ("Phase 1: Loader — DONE", DONE),
        ("Phase 1: Loader (IN PROGRESS)", ACTIVE),
        ("Phase 1: Loader [TODO]", NOT_STARTED),
        ("Phase 1 - Complete", DONE),
        ("Phase 1 Complete", DONE),
        ("Phase 1: COMPLETE (2026-02-03)", DONE),
        ("Phase 1: Loader — COMPLETE ✅", DONE),
        ("Phase 1: Loader ✅", DONE),
        ("✅ Phase 1: Loader", DONE),
        ("✅ Phase 1: Loader — COMPLETE", DONE),
        ("Phase 1: Loader 📋 PLANNED", NOT_STARTED),
        ("Phase 1: Loader 🔄 In Progress", ACTIVE),
        ("Phase 1: Loader (100%)", DONE),
        ("Phase 1: Loader (40%)", ACTIVE),
        ("Phase 1: Loader — 0%", NOT_STARTED),
        ("Phase 1: Loader (partially complete)", ACTIVE),
        ("Phase 1: Loader — mostly done", ACTIVE),
        ("Phase 1: Loader — not complete", ACTIVE),
        ("Phase 1: Loader — NOT STARTED", NOT_STARTED),
        ("Phase 1: Loader (DEFERRED)", DROPPED),
        ("阶段 1：加载器 ✅ 已完成", DONE),
        ("Фаза 1: загрузка — завершено", DONE),
        ("Release notes — DONE", DONE),
        ("Release notes (COMPLETED)", DONE),
    ],
)
def test_a_heading_is_read_from_its_end(text: str, expected: State) -> None:
    assert state(heading(text)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Bronze Layer Complete",
        "Day 5 — Bronze Complete + First Silver",
        "Complete OOP",
        "Day 3: Complete OOP",
        "Must Complete First",
        "HIGH PRIORITY (Must Complete)",
        "Fixes Complete (Session 25)",
        "2026-02-22 — Broker Connectivity Verified",
        "Definition of Done",
        "Success",
        "Completed",
        "✅ Completed Features",
        "✅ What works",
        "🚀 Launch",
        "Release notes ✅",
        "Phase 2: Open",
        "Phase 2: Future",
        "🔴 Phase 2: Alarm",
        "Phase 1: Loader 🔴",
        "Session A: Work In Progress Board",
        "Tests passing",
    ],
)
def test_a_done_word_in_a_title_is_no_status(text: str) -> None:
    assert heading(text) is None


def test_the_located_status_covers_the_value_and_its_word() -> None:
    document = read("# Board\n\n## Lane A\n\n- **Status:** ✅ Complete (checks pending)\n")
    (statement,) = document.units[0].statements
    status = statement.status
    assert status
    assert written(document, status.span) == "✅ Complete (checks pending)"
    assert written(document, status.word) == "Complete"
    assert (status.value, status.note, status.partial) == ("✅ Complete (checks pending)", "(checks pending)", True)


def test_the_located_heading_status_is_its_word_alone() -> None:
    document = read("# Plan\n\n## Phase 1: Loader — **DONE**\n")
    status = document.sections[2].status
    assert status
    assert written(document, status.span) == written(document, status.word) == "DONE"
