"""SC006: what a type requires when work starts, or ends."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from doclint.check import Facts
from doclint.checks import phases
from doclint.model.document import Lifecycle
from doclint.model.sections import is_form
from doclint.own import type_of
from doclint.repo.memory import MemoryRepo
from tests.checks.running import TODAY, told
from tests.model.reading import LEXICON, read


def at(phase: str, type: str, text: str, **rest: Any) -> list[str]:
    return told(phases, text, type=type, phase=phase, **rest)


def test_a_handoff_at_its_end() -> None:
    assert at("end", "handoff", "# Handoff\n") == [
        "1:1 [info] a handoff has a summary when work ends; this one has none",
        "1:1 [info] a handoff has next steps when work ends; this one has none",
    ]
    assert at("end", "handoff", "# Handoff\n\n## Summary\n\nAll is read.\n\n## Next Steps\n\n[What comes next]\n") == [
        "7:1 a handoff has next steps when work ends; this section says nothing yet"
    ]
    assert at("end", "handoff", "# Handoff\n\n## Summary\n\nAll is read.\n\n## Next Steps\n\n### First\n\nWrite it.\n") == []
    assert at("end", "handoff", "# Handoff\n\nAll is read.\n\n- Next: write it\n") == []
    assert at("end", "handoff", "# Handoff\n\nAll is read.\n\n## Left\n\n- [ ] Write it\n") == []
    assert len(at("end", "handoff", "# Handoff\n\n**Date:** 2026-02-01\n\n## Left\n\n- [ ] TBD\n")) == 2
    assert at("start", "handoff", "# Handoff\n") == []


def test_a_hub_at_its_start() -> None:
    board = "# Hub\n\n| Session | Owner | Branch | Status |\n| - | - | - | - |\n"
    assert at("start", "coordination-hub", board + "| Session A | | | Active |\n| Session B | | | Active |\n")[:1] == [
        "5:3 [info] `Session A` and 1 more have no owner and no branch; a coordination hub has an owner or a branch when work starts"
    ]
    rows = "| Session A | Ada | | Active |\n| Session B | | `feature/b` | Active |\n| Session C | | | Active |\n| Session D | | | Done |\n"
    assert at("start", "coordination-hub", board + rows) == [
        "7:3 `Session C` has no owner and no branch; a coordination hub has an owner or a branch when work starts",
        "1:1 [info] a coordination hub has contracts when work starts; this one has none",
    ]
    assert at("start", "coordination-hub", board + rows[:62] + "\n## Contracts\n\nA writes rows, B reads them.\n") == []


def test_a_hub_at_its_end() -> None:
    assert at(
        "end", "coordination-hub", "# Hub\n\n## Session A: Read\n\n- **Branch:** `a`\n\n## Session B: Write\n\n- **Status:** Done\n"
    ) == ["3:4 `Session A` has no status; a coordination hub has a status when work ends"]


def test_who_is_at_work() -> None:
    done = "# Hub\n\n## Completed Sessions\n\n| Session | Branch |\n| - | - |\n| Session A | `a` |\n"
    assert at("end", "coordination-hub", done) == []
    pulls = "# Hub\n\n| PR | Branch | CI |\n| - | - | - |\n| #8 | `a` | Passing |\n\n## Phase 1: Read\n"
    assert at("end", "coordination-hub", pulls) == []


def test_trackers_and_contexts() -> None:
    assert at("end", "progress-tracker", "# Progress\n\n## Log\n") == [
        "1:1 [info] a progress tracker has a log entry when work ends; this one has none"
    ]
    assert at("end", "progress-tracker", "# Progress\n\n## Log\n\n- 2026-02-01: Read\n") == []
    assert at("start", "etl-context", "# Context\n\n## Objective\n\nTBD\n") == [
        "3:1 a context document has an objective when work starts; this section says nothing yet"
    ]


def test_silence() -> None:
    assert at("none", "handoff", "# Handoff\n") == []
    assert at("end", "handoff", "# Handoff\n", lifecycle=Lifecycle.EXAMPLE) == []
    assert at("end", "unheard-of", "# Handoff\n") == []


def test_a_type_of_ones_own() -> None:
    said = {
        "type": "runbook",
        "noun": "a runbook",
        "phases": {"end": [{"sections": ["Outcome"]}, {"field": "Approver", "say": "an approver"}, {"has": "boxes", "say": "a checklist"}]},
    }
    own = type_of("runbook.schema.json", json.dumps({"x-doclint": said}).encode())

    def lint(text: str) -> list[str]:
        document = dataclasses.replace(read(text), type="runbook")
        facts = Facts(MemoryRepo.build({}), TODAY, (document,), types=(own,))
        return [result.message for result in phases.check(document, facts, {"phase": "end"})]  # type: ignore[union-attr]

    assert lint("# Runbook\n\n**Approver:**\n\n## 3. Outcome\n\n...\n") == [
        "a runbook has a section `Outcome` when work ends; this section says nothing yet",
        "a runbook has an approver when work ends; this one says nothing there",
        "a runbook has a checklist when work ends; this one has none",
    ]
    assert lint("# Runbook\n\n**Approver:** Ada\n\n## Outcome\n\n- [x] It runs\n") == []


@pytest.mark.parametrize(
    "text", ["", "TBD", "_To be written._", "- ", "[What comes next]", "<summary>", "{{next}}", "...", "[ ] TODO", "**TBD**"]
)
def test_forms(text: str) -> None:
    assert is_form(text, LEXICON)


@pytest.mark.parametrize("text", ["None.", "Write the log", "TBD by Ada", "[x] Read [it]", "0"])
def test_no_forms(text: str) -> None:
    assert not is_form(text, LEXICON)
