"""LG002: past entries that were edited or removed."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import rewritten
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told

LOG = "# Session log (append-only)\n\n- 2026-02-03: Read the station list of 40\n- 2026-02-06: Trained the model\n- 2026-02-10: Tried it\n"


def world(before: str, after: str, **files: str) -> dict[str, Any]:
    return {
        "since": "Log",
        "commits": [
            {"date": "2026-02-10", "subject": "Log", "add": {"STATUS.md": before}},
            {"date": "2026-02-12", "subject": "Go on", "add": {"STATUS.md": after, **files}},
        ],
    }


def run(before: str, after: str, *, files: dict[str, str] | None = None, **rest: Any) -> list[str]:
    return told(rewritten, after, world(before, after, **(files or {})), **rest)


def test_an_entry_that_was_edited() -> None:
    after = LOG.replace("of 40", "of 42") + "- 2026-02-12: More\n"
    assert run(LOG, after) == ["3:3 the entry of `2026-02-03` was past, and was rewritten: `40` became `42`"]
    ((proof,),) = proofs(rewritten, after, world(LOG, after))
    assert proof.startswith("rewritten in ")
    assert proof.endswith(" on 2026-02-12 (Go on)")


def test_words_that_are_gone() -> None:
    found = ["3:3 the entry of `2026-02-03` was past, and was rewritten: `of 40` is gone"]
    assert run(LOG, LOG.replace(" of 40", "")) == found


def test_what_is_not_committed_counts_and_names_no_commit() -> None:
    after = LOG.replace("of 40", "of 42")
    assert len(told(rewritten, after, world(LOG, LOG))) == 1
    assert proofs(rewritten, after, world(LOG, LOG)) == [[]]


def test_entries_that_were_removed() -> None:
    after = LOG.replace("- 2026-02-03: Read the station list of 40\n", "")
    assert run(LOG, after) == ["3:3 the past entry `2026-02-03: Read the station list of 40` was removed from this log"]
    assert proofs(rewritten, after, world(LOG, after)) == [["it stood in line 3"]]


def test_many_are_told_as_one() -> None:
    before = "# Session log (append-only)\n\n" + "".join(f"- 2026-02-{day:02}: Work of day {day}\n" for day in range(1, 10))
    after = "# Session log (append-only)\n\n- 2026-02-09: Work of day 9\n"
    assert run(before, after) == ["3:3 the past entry `2026-02-01: Work of day 1` and 7 others were removed from this log"]


def test_sections() -> None:
    before = "# S\n\n## Session log\n\nNewest first.\n\n### 2026-02-10\n\nTried it.\n\n### 2026-02-03\n\nRead 40 stations.\n"
    assert run(before, before.replace("40", "42")) == ["11:5 the entry of `2026-02-03` was past, and was rewritten: `40` became `42`"]


def test_a_log_that_is_only_named_so() -> None:
    before = LOG.replace(" (append-only)", "")
    found = ["3:3 [warning] the entry of `2026-02-03` was past, and was rewritten: `40` became `42`"]
    assert run(before, before.replace("40", "42")) == found
    other = before.replace("Session log", "Notes of the log")
    assert run(other, other.replace("40", "42")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Tried it", "Tried it twice, and wrote the results down"),
        ("- 2026-02-06", "*  2026-02-06"),
        ("Trained the model", "Trained the model, see [the notes](n.md)"),
        ("Trained", "Trainde"),
        ("Tried it", "Tried it, from 3 to 5"),
        ("Read the station list of 40\n", "Read the station\n  list of 40\n"),
    ],
)
def test_what_is_no_rewriting(old: str, new: str) -> None:
    assert run(LOG, LOG.replace(old, new)) == []


def test_what_was_to_be_filled_in() -> None:
    before = LOG.replace("of 40", "(commit: TBD) [ ]")
    assert run(before, before.replace("TBD", "4f1c2d7").replace("[ ]", "[x]")) == []


def test_a_name_that_changed_throughout() -> None:
    before = LOG.replace("model", "tide").replace("list", "tide").replace("Tried it", "Tried tide")
    before += "- 2026-02-11: Fixed tide\n- 2026-02-12: Named it\n"
    assert run(before, before.replace("tide", "ebb")) == []


def test_another_order() -> None:
    lines = LOG.splitlines(keepends=True)
    assert run(LOG, "".join([*lines[:2], *reversed(lines[2:])])) == []


def test_entries_that_are_elsewhere_now() -> None:
    entry = "- 2026-02-03: Read the station list of 40\n"
    assert run(LOG, LOG.replace(entry, ""), files={"archive/log.md": f"# Old\n\n{entry}"}) == []
    assert run(LOG, LOG.replace(entry, ""), files={"archive/log.md": "# Old\n"}) != []


@pytest.mark.parametrize("sentence", ["Keep the last 20 entries.", "Archive old sessions every month.", "Older entries are moved to Git."])
def test_removal_that_the_document_asks_for(sentence: str) -> None:
    before = LOG.replace("\n\n-", f"\n\n{sentence}\n\n-", 1)
    assert run(before, before.replace("- 2026-02-03: Read the station list of 40\n", "")) == []
    assert run(before, before.replace("40", "42")) != []


def test_a_log_that_is_only_named_so_may_drop_its_oldest_entries() -> None:
    before = LOG.replace(" (append-only)", "")
    first, second = "- 2026-02-03: Read the station list of 40\n", "- 2026-02-06: Trained the model\n"
    assert run(before, before.replace(first, "")) == []
    assert run(before, before.replace(first, "").replace(second, "")) == []
    assert len(run(before, before.replace(second, ""))) == 1
    assert run(before, before.replace("Trained the model", "Trained the net")) == []


def test_links_follow_their_files() -> None:
    before = LOG.replace("Trained the model", "Wrote `docs/TEST_PLAN.md`")
    assert run(before, before.replace("TEST_PLAN.md", "PLAN.md")) == []


def test_silence() -> None:
    after = LOG.replace("40", "42")
    assert told(rewritten, after, {"commits": [{"add": {"STATUS.md": LOG}}]}) == []
    assert run(LOG, after, lifecycle=Lifecycle.HISTORICAL) == []
    assert run(LOG, LOG) == []
    nothing = {"since": "Log", "commits": [{"subject": "Log", "add": ["a.py"]}, {"add": {"STATUS.md": after}}]}
    assert told(rewritten, after, nothing) == []
