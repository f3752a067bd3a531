"""What commits' subjects say is finished."""

from __future__ import annotations

import datetime

import pytest

from doclint.model import titles
from doclint.model.completions import Completions, means, read
from doclint.repo.facts import Commit
from tests.model.reading import LEXICON


def said(subject: str, **rest: bool) -> list[tuple[str, str]]:
    return [(one.kind, one.id) for one in read(subject, LEXICON, **rest)]


@pytest.mark.parametrize(
    ("subject", "units"),
    [
        ("Complete Task J", [("task", "J")]),
        ("Complete Phase 2: the store", [("phase", "2")]),
        ("feat: complete Phase 2 (store)", [("phase", "2")]),
        ("Complete Phases 1-3", [("phase", "1"), ("phase", "2"), ("phase", "3")]),
        ("Complete Phase 1 & 2", [("phase", "1"), ("phase", "2")]),
        ("Complete Phase 1, Phase 2 and Phase 4", [("phase", "1"), ("phase", "2"), ("phase", "4")]),
        ("Finish Phase 2 Task 1", [("phase 2 task", "1")]),
        ("Close BUG-2954", [("issue", "2954")]),
        ("fix(guard): count skips; close STK-4", [("stk", "4")]),
        ("implement STK-4", [("stk", "4")]),
        ("Close Plan 41 and activate Plan 42", [("plan", "41")]),
        ("Phase 2 complete", [("phase", "2")]),
        ("Phase 2 is now complete!", [("phase", "2")]),
        ("Phase 2 100% complete", [("phase", "2")]),
        ("🎉 Phase 2 Complete - the store", [("phase", "2")]),
        ("Phase 0 Validation Complete", [("phase", "0")]),
        ("Update HANDOFF: session 2 complete — all tables", [("session", "2")]),
        ("feat: add the store (Phase 4 complete)", [("phase", "4")]),
        ("feat: Phase 2 ✅", [("phase", "2")]),
        ("M3 complete", [("milestone", "3")]),
        ("mark M4 completed", [("milestone", "4")]),
        ("docs: mark Phase 5 as complete in the tracker", [("phase", "5")]),
        ("[STK-002-004] ✅ Setup complete", [("stk", "2"), ("stk", "3"), ("stk", "4")]),
        ("[STK-002..STK-003] done: setup", [("stk", "2"), ("stk", "3")]),
        ("[Plan 66] Complete — deep run", [("plan", "66")]),
        ("feat(WS-2): scanner done", [("workstream", "2")]),
        ("test(debt#9): seed stability (#61)", [("debt", "9")]),
        ("fix(debt#5,#6): wrapping (#60)", [("debt", "5"), ("debt", "6")]),
        ("Merge Agent 1: core architecture", [("agent", "1")]),
        ("阶段 2 完成", [("phase", "2")]),
        # What limits, plans or begins.
        ("Complete the plan for Phase 2", []),
        ("plan for Phase 2", []),
        ("Start Phase 2", []),
        ("Phase 2 prep", []),
        ("Phase 2, part 1 complete", []),
        ("Phase 2 mostly complete", []),
        ("Phase 2 complete (review pending)", []),
        ("Phase 2 complete: 4/7", []),
        ("Phase 2 80% complete", []),
        ("Phase 2 not complete", []),
        ("wip: Phase 2 complete", []),
        ("Is Phase 2 complete?", []),
        ("Phase 2 complete rewrite of the store", []),
        ("Add Phase 2", []),
        ("implement Phase 2", []),
        ("Implement Phase 2 ahead of Phase 3 completion", []),
        ("Merge Agent 1 branch fixes", []),
        ("Merge pull request #8 from team/phase-2-complete", []),
        ("feat(WS-2): the scanner", []),
        ("docs(debt#9): plan (#61)", []),
        ("Mark issue in Phase 2", []),
        ("Fix #12", []),
        ("", []),
        ("complete " * 40, []),
    ],
)
def test_subjects(subject: str, units: list[tuple[str, str]]) -> None:
    assert said(subject) == units


def test_a_merge_without_a_colon_must_be_one() -> None:
    assert said("Merge Agent 1") == []
    assert said("Merge Agent 1", merges=True) == [("agent", "1")]


def test_what_a_subject_says_besides() -> None:
    (one,) = read("feat(billing): complete Phase 2 tables: rows and keys", LEXICON)
    assert one.tight == titles.words("tables")
    assert one.about == titles.words("rows keys")
    assert one.series == titles.words("billing")
    (two,) = read("mark Phase 2 complete in the billing plan", LEXICON)
    assert two.series == titles.words("billing")
    (three,) = read("Complete Phase 2 of the importer", LEXICON)
    assert three.series == titles.words("importer")


@pytest.mark.parametrize(
    ("subject", "title", "home", "alone", "meant"),
    [
        ("Phase 2 complete", "Store", "", True, True),
        ("Phase 2 complete", "Store", "", False, False),
        ("Phase 2 complete: store and index", "Store", "", False, True),
        ("Phase 2 complete: importer", "Store", "", True, False),
        ("Phase 2 complete: importer", "", "", True, True),
        ("Phase 2 Store complete", "Store", "", False, True),
        ("Phase 2 store complete", "Store, index and views", "", True, False),
        ("Phase 2 tests complete", "Store", "", True, False),
        ("feat(store): Phase 2 complete", "", "docs/store/PLAN.md", True, True),
        ("feat(billing): Phase 2 complete", "", "docs/store/PLAN.md", True, False),
        ("Complete STK-4: rows", "Tables", "", False, True),
        ("STK-4 docs complete", "Tables", "", False, False),
        ("test(debt#9): seed stability of margins (#61)", "Seed stability test for margins", "", False, True),
        ("test(debt#9): margins (#61)", "Seed stability test for margins", "", True, False),
    ],
)
def test_whose_completion_it_is(subject: str, title: str, home: str, alone: bool, meant: bool) -> None:
    (one,) = read(subject, LEXICON)
    assert means(one, titles.words(title), titles.words(home), alone=alone) is meant


def _log(*subjects: str) -> list[Commit]:
    """The commits of ``subjects``, given oldest first, newest first."""
    day = datetime.date(2026, 1, 1)
    return [Commit(f"{number:040x}", day, number, subject, ()) for number, subject in enumerate(subjects)][::-1]


def test_what_is_taken_back_is_left_out() -> None:
    told = Completions(
        _log("Complete Phase 1", 'Revert "Complete Phase 1"', "Complete Phase 2", "Reopen Phase 2", "Complete Phase 3"), LEXICON
    )
    assert [len(told.of("phase", id)) for id in "1234"] == [0, 0, 1, 0]


def test_an_id_with_the_letter_of_its_kind() -> None:
    told = Completions(_log("Complete Milestone 4"), LEXICON)
    assert told.of("milestone", "M4")
    assert not told.of("session", "M4")


def test_a_long_range_is_none() -> None:
    assert said("Complete Phases 1-900") == [("phase", "1")]
