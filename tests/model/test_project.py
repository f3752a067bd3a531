"""Whole documents of each type, and what holds for the projection of any text at all."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from doclint import resources
from doclint.model.document import Document, State, Tense
from doclint.model.located import locate
from doclint.text import Source, Span
from tests.model.reading import line, read

HUB = """# Coordination

**Last updated:** 2026-02-05

## Contracts

Schemas are defined in `src/schemas.py`.

| Layer | File | Schema | Producer | Consumer |
| --- | --- | --- | --- | --- |
| Rows | `data/rows.csv` | `ROWS` | Session A | Session B |

## Status Board

### Session A: Loader

- **Branch:** `feature/load`
- **Status:** DONE
- **Output:** `data/rows.csv`

### Session B: Store

- **Branch:** `feature/store`
- **Status:** NOT STARTED
- **Files:** `src/store.py`

## Integration Checklist

- [ ] Loader writes `data/rows.csv`

## Decisions Log

| Date | Session | Issue | Resolution |
| --- | --- | --- | --- |
| | | | |

## How to Sync

```bash
git checkout main
```
"""


def test_a_coordination_hub() -> None:
    document = read(HUB, "COORDINATION.md")
    assert document.title
    assert (document.title.value, document.date) == ("Coordination", datetime.date(2026, 2, 5))
    assert [section.role for section in document.sections[1:]] == [None, "contracts", "status", None, None, "checklist", "log", "rules"]
    assert [(unit.name, unit.state) for unit in document.units] == [("Session A", State.DONE), ("Session B", State.NOT_STARTED)]
    assert [table.role for table in document.tables] == ["contract", "log"]
    (contract,) = document.contracts
    assert [party.unit for party in (*contract.producers, *contract.consumers)] == [0, 1]
    assert [(item.unit, item.section) for item in document.items] == [(None, 6)]
    assert (document.entries, document.pointers, document.claims) == ((), (), ())
    assert [(reference.kind, reference.token, reference.tense) for reference in document.references] == [
        ("path", "src/schemas.py", Tense.CURRENT),
        ("path", "data/rows.csv", Tense.CURRENT),
        ("symbol", "ROWS", Tense.CURRENT),
        ("branch", "feature/load", Tense.CURRENT),
        ("path", "data/rows.csv", Tense.CURRENT),
        ("branch", "feature/store", Tense.NONE),
        ("path", "src/store.py", Tense.NONE),
        ("path", "data/rows.csv", Tense.NONE),
    ]


CONTEXT = """# Loader: Context & Session Trail

## Objective

Read every row once.

## Session Log

| Date | Focus | Files | Next Step |
| --- | --- | --- | --- |
| 2026-02-05 | Store | `src/store.py` | Board |
| 2026-02-03 | Loader | `src/load.py` | Store |

## Open Questions / Risks

- Does `src/load.py` skip empty rows?

## Rules for Updating This File

1. Add one row in **Session Log**.
"""


def test_a_context_document() -> None:
    document = read(CONTEXT, "LOADER_CONTEXT.md")
    assert [section.role for section in document.sections[1:]] == [None, "goal", "log", "blockers", "rules"]
    assert [(entry.date, entry.newest) for entry in document.entries] == [
        (datetime.date(2026, 2, 5), True),
        (datetime.date(2026, 2, 3), False),
    ]
    assert [(reference.token, reference.tense) for reference in document.references] == [
        ("src/store.py", Tense.CURRENT),
        ("src/load.py", Tense.HISTORICAL),
        ("src/load.py", Tense.NONE),
    ]
    assert (document.units, document.items) == ((), ())


HANDOFF = """# Session Handoff

**Session Date:** 2026-02-05
**Status:** IN PROGRESS - two boards left

## Completed

- ✅ Created `src/load.py`
- ✅ Moved `docs/plan_v1.md` → `docs/plan_v2.md`

## Testing Status

- 45/66 passing (68%)

## Next Session

- [ ] Create `src/board.py`
- [ ] Update `src/load.py` (optional)
"""


def test_a_handoff() -> None:
    document = read(HANDOFF, "SESSION_HANDOFF.md")
    assert document.date == datetime.date(2026, 2, 5)
    assert [(field.role, field.value.value) for field in document.fields] == [
        ("date", "2026-02-05"),
        ("status", "IN PROGRESS - two boards left"),
    ]
    assert [(item.marker, item.state, item.verb, item.deferred) for item in document.items] == [
        ("sign", State.DONE, "create", False),
        ("sign", State.DONE, "modify", False),
        ("box", State.NOT_STARTED, "create", False),
        ("box", State.NOT_STARTED, "modify", True),
    ]
    assert [(reference.token, reference.tense, reference.arrow) for reference in document.references] == [
        ("src/load.py", Tense.CURRENT, False),
        ("docs/plan_v1.md", Tense.CURRENT, True),
        ("docs/plan_v2.md", Tense.CURRENT, True),
        ("src/board.py", Tense.NONE, False),
        ("src/load.py", Tense.NONE, False),
    ]
    assert [(claim.done, claim.total, claim.percent) for claim in document.claims] == [(45, 66, 68.0)]


TRACKER = """# Progress Tracker

## Recent Updates

### 2026-02-05 — Store Verified

- ✅ Created `src/store.py`
- 📋 **Next:** Day 3 — board

### 2026-02-03 — Loader Complete

- ✅ Created `src/old.py`

## Week 1 — Loader

### Day 1 — Rows

- [x] `src/load.py` — reads the rows

### Day 2 — Bronze Complete + First Store

- [ ] .github/workflows/cd.yml (deploy on merge)

### Day 3–5 — Board

- [ ] Draft docs/board.md

## Milestone Tracker

| Milestone | Target Day | Status |
| --- | --- | --- |
| Rows complete | 1 | ✅ Complete (checks pending) |
| Board live | 5 | 🟡 In Progress (first page) |
"""


def test_a_progress_tracker() -> None:
    document = read(TRACKER, "PROGRESS.md")
    assert [(unit.name, unit.state, unit.children) for unit in document.units] == [
        ("Week 1", State.UNKNOWN, (1, 2, 3)),
        ("Day 1", State.UNKNOWN, ()),
        ("Day 2", State.UNKNOWN, ()),
        ("Day 3–5", State.UNKNOWN, ()),
        ("Rows complete", State.DONE, ()),
        ("Board live", State.ACTIVE, ()),
    ]
    statement = document.units[4].statement
    assert statement
    assert statement.status
    assert statement.status.partial
    assert [(entry.date, entry.newest) for entry in document.entries] == [
        (datetime.date(2026, 2, 5), True),
        (datetime.date(2026, 2, 3), False),
    ]
    assert [(pointer.sense, pointer.units, pointer.tense) for pointer in document.pointers] == [("next", (3,), Tense.CURRENT)]
    assert [(reference.token, reference.tense, reference.role) for reference in document.references] == [
        ("src/store.py", Tense.CURRENT, "object"),
        ("src/old.py", Tense.HISTORICAL, "object"),
        ("src/load.py", Tense.CURRENT, "object"),
        (".github/workflows/cd.yml", Tense.NONE, "object"),
        ("docs/board.md", Tense.NONE, "object"),
    ]
    assert document.claims == ()


def _summary(document: Document) -> tuple[object, ...]:
    return (
        [(unit.name, unit.state, unit.children) for unit in document.units],
        [(field.name, field.role) for field in document.fields],
        [(line(document, reference.span), reference.kind, reference.token, reference.tense) for reference in document.references],
    )


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_change_nothing_but_offsets(ending: str) -> None:
    for text in (HUB, CONTEXT, HANDOFF, TRACKER):
        plain, other = read(text), read(text.replace("\n", ending))
        assert _summary(other) == _summary(plain)


def test_an_empty_document() -> None:
    document = read("")
    assert (document.title, len(document.sections), document.units, document.references) == (None, 1, (), ())


# --- any text ----------------------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    (
        "# ¦## ¦### ¦- ¦* ¦1. ¦  ¦    ¦\n¦\n\n¦\r\n¦> ¦- [ ] ¦- [x] ¦- []¦```\n¦---\n¦| a | b |\n| - | - |\n¦"
        "| Status | Branch |\n| --- | --- |\n¦| Producer | Consumer | File |\n|-|-|-|\n¦| ¦ |¦|\n¦**¦*¦`¦``¦[x](¦](¦)¦[¦]¦"
        "<!-- ¦ -->¦:¦：¦ — ¦→¦(¦%¦/¦#¦\\¦&amp;¦\t¦Status¦**Status:** ¦Phase 1¦Phase 1.5¦Session A¦Session C, D¦PR #8¦#8¦"
        "Day 1–3¦PHASE II¦第3天¦阶段 2¦Done¦COMPLETE¦not started¦✅¦⏳ ¦🟡¦\u2714\ufe0f¦未着手¦60%¦12/20¦(6 tasks)¦█░░ 10%¦mostly ¦"
        "deferred ¦2026-02-03¦2026-02-30¦Feb 3, 2026¦src/load.py¦`src/load.py:3-9`¦`a b.md`¦src/¦`feature/x`¦d9645c2¦`load()`¦"
        "Next: ¦Current phase: ¦Merge order: ¦Log¦Legend¦Create ¦Delete ¦é¦😀¦\u200b¦\ufe0f¦\x00¦\u2028"
    ).split("¦")
)
_MARKDOWNISH = st.lists(_PIECES, max_size=40).map("".join)


def _spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, Source):
        return
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _spans(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _spans(each)


def _check(document: Document) -> None:
    length = len(document.source.text)
    for span in _spans(document):
        assert 0 <= span.start <= span.end <= length
    sections, units, references = len(document.sections), len(document.units), len(document.references)
    tables = len(document.tables)
    parts = (document.fields, document.tables, document.items, document.pointers, document.claims, document.references)
    assert all(0 <= part.section < sections for group in parts for part in group)
    assert all(
        part.unit is None or 0 <= part.unit < units for group in (document.fields, document.items, document.claims) for part in group
    )
    assert all(section.parent is None or 0 <= section.parent < number for number, section in enumerate(document.sections))
    for number, item in enumerate(document.items):
        assert item.parent is None or 0 <= item.parent < number
        assert all(0 <= index < references for index in (*item.objects, *item.mentions))
    for unit in document.units:
        assert unit.statements
        assert unit.section is None or 0 <= unit.section < sections
        assert all(0 <= statement.section < sections for statement in unit.statements)
        assert all(0 <= index < units for index in (*unit.depends_on, *unit.children))
        named_ = (*unit.branches, *unit.files, *unit.outputs, *unit.pull_requests, *unit.commits)
        assert all(0 <= index < references for index in named_)
    for contract in document.contracts:
        assert 0 <= contract.table < tables
        assert 0 <= contract.row < len(document.tables[contract.table].rows)
        assert all(party.unit is None or 0 <= party.unit < units for party in (*contract.producers, *contract.consumers))
    for pointer in document.pointers:
        assert all(0 <= index < units for index in pointer.units)
        assert all(0 <= index < references for index in pointer.pull_requests)
    starts = [reference.span.start for reference in document.references]
    assert starts == sorted(starts)
    newest = [entry.log for entry in document.entries if entry.newest]
    assert newest == sorted(set(newest))
    assert {entry.log for entry in document.entries} == set(newest)


_VALIDATOR = Draft202012Validator(resources.schema("document"))


@given(st.one_of(_MARKDOWNISH, st.text(max_size=200)))
@settings(deadline=None, max_examples=300)
def test_the_projection_of_any_text_holds_together(text: str) -> None:
    document = read(text)
    _check(document)
    value = locate(document).value
    assert list(_VALIDATOR.iter_errors(json.loads(json.dumps(value)))) == []


@given(_MARKDOWNISH)
@settings(deadline=None, max_examples=100)
def test_a_projection_is_a_pure_function(text: str) -> None:
    assert read(text) == read(text)


@pytest.mark.parametrize("text", [HUB, CONTEXT, HANDOFF, TRACKER])
def test_whole_documents_hold_together(text: str) -> None:
    document = read(text)
    _check(document)
    assert list(_VALIDATOR.iter_errors(locate(document).value)) == []
