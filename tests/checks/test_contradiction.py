"""CL009: boxes that their own text contradicts."""

from __future__ import annotations

import pytest

from doclint.checks import contradiction
from doclint.model.document import Lifecycle
from tests.checks.running import told


def run(text: str, lifecycle: Lifecycle = Lifecycle.LIVING) -> list[str]:
    return told(contradiction, f"# Plan\n\n## Phase 1\n\n{text}\n", lifecycle=lifecycle)


@pytest.mark.parametrize(
    ("text", "column", "word"),
    [
        ("(done)", 13, "done"),
        ("(**Done**)", 15, "Done"),
        ("[DONE 2026-02-03]", 13, "DONE"),
        ("(completed in #14)", 13, "completed"),
        ("— DONE", 14, "DONE"),
        ("- done.", 14, "done"),
        ("✅", 12, "✅"),
        ("(✅ complete) 🎉", 15, "complete"),
        ("(100% done)", 13, "100%"),
        ("(完了)", 13, "完了"),
    ],
)
def test_an_open_box_that_says_done(text: str, column: int, word: str) -> None:
    assert run(f"- [ ] Mail {text}") == [f"5:{column} the box is open, but its text closes with `{word}`"]


@pytest.mark.parametrize(
    ("text", "column", "word"),
    [
        ("(PARTIAL: 3/12 files) 🔄", 13, "PARTIAL"),
        ("(in progress)", 13, "in progress"),
        ("— not started", 14, "not started"),
        ("(75% remaining)", 13, "75%"),
        ("(3/12 done)", 13, "3/12"),
        ("(blocked)", 13, "blocked"),
        ("🔄", 12, "🔄"),
    ],
)
def test_a_ticked_box_that_says_otherwise(text: str, column: int, word: str) -> None:
    assert run(f"- [x] Mail {text}") == [f"5:{column} the box is ticked, but its text closes with `{word}`"]


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] ✅ Show a tick",
        "- [ ] 🎉",
        "- [ ] Hour 24: DONE! 🎉",
        "- [ ] Mail when the job is done",
        "- [ ] Mail (done) and more",
        "- [ ] Mail (not done)",
        "- [ ] Mail (mostly done)",
        "- [ ] Mail (complete with validation)",
        "- [ ] Mail (done, optional)",
        "- [ ] Mail (100% remaining)",
        "- [ ] Mail (3/12 files)",
        "- [ ] Mail (in progress)",
        "- [ ] Mail (live)",
        "- [ ] Alarm ✅/❌",
        "- [x] Mail (done)",
        "- [x] Mail (ready)",
        "- [x] Mail (85% coverage)",
        "- [x] Mail (85.48%)",
        "- [ ] Mail (100%)",
        "- [ ] All tasks of phase 1 (44/44)",
        "- [x] Mail (3/12)",
        "- [x] Mail (5/11 fixed)",
        "- [x] Mail (3/12 tests passing)",
        "- [x] Mail (active/inactive)",
        "- [x] States (open → closed)",
        "- [x] Follow the blockers (see #8)",
        "- [-] Mail (done)",
        "- [~] Mail (done)",
        "- Mail (done)",
    ],
)
def test_no_contradiction(text: str) -> None:
    assert run(text) == []


def test_what_is_past_or_an_example_claims_nothing() -> None:
    log = "# Log\n\n## Session Log\n\n### 2026-02-18\n\nText.\n\n### 2026-02-16\n\n- [ ] Mail (done)\n"
    assert told(contradiction, log) == []
    assert run("- [ ] Mail (done)", lifecycle=Lifecycle.EXAMPLE) == []


def test_a_long_line_has_one_end() -> None:
    assert run("- [ ] " + "(done" * 20_000) == []
    assert run("- [ ] " + "✅ " * 20_000) == []
    assert run("- [ ] Mail" + " ✅" * 20_000) == ["5:12 the box is open, but its text closes with `✅`"]
