"""What is inferred from documents holds for them, and a new document of any type keeps its type."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.check import Facts
from doclint.checks import keys, shapes
from doclint.doctype import DocType, shipped
from doclint.drafting import draft, named
from doclint.errors import UsageError
from doclint.inferring import infer
from doclint.model.document import Document
from doclint.own import type_of
from doclint.repo.memory import MemoryRepo
from tests.checks.running import TODAY
from tests.model.reading import read

ONE = """\
# 0001. Keep readings in UTC

**Status:** Accepted
**Date:** 2026-01-04

## 1. Context

Two clocks.

## Decision

One clock.

## Options

| Option | Cost |
| --- | --- |
| UTC | 1 |
| Local | 2 |

## Follow-up

- [ ] Convert
"""
OTHER = (
    ONE.replace("0001. Keep readings in UTC", "0002. Name gauges").replace("2026-01-04", "2026-02-01").replace("1. Context", "Context")
    + "\n## More\n"
)


def usable(said: dict[str, Any]) -> DocType:
    return type_of(f".doclint/schemas/{said['x-doclint']['type']}.schema.json", json.dumps(said).encode())


def lacking(type: DocType, documents: Sequence[Document]) -> list[str]:
    typed = [dataclasses.replace(document, type=type.name) for document in documents]
    facts = Facts(MemoryRepo.build({}, {".doclint/x": ""}), TODAY, typed, types=(type,))
    assert type.shape is not None
    found = [one.message for document in typed for one in shapes.check(document, type.shape, facts, type.noun)]
    return [*found, *(str(one) for document in typed for one in keys.check(document, facts, {}))]


def test_what_documents_share() -> None:
    said = infer([read(ONE, "docs/adr/1.md"), read(OTHER, "docs/adr/2.md")], "decision-record")
    assert said["x-doclint"] == {
        "type": "decision-record",
        "noun": "a decision record",
        "paths": ["docs/adr/*.md"],
        "shape": {
            "fields": [{"name": "Status"}, {"name": "Date", "is": "date"}],
            "sections": ["Context", "Decision", "Options", {"name": "Follow-up", "checklist": True}],
            "tables": [
                {"name": "options", "section": "Options", "columns": ["Option", {"name": "Cost", "is": "integer"}], "key": ["Option"]}
            ],
        },
    }
    assert said["title"] == "Decision record"


def test_words_that_come_again_are_a_choice() -> None:
    documents = [read(ONE.replace("Accepted", word)) for word in ("Accepted", "Proposed", "Accepted", "Accepted")]
    assert infer(documents, "adr")["x-doclint"]["shape"]["fields"][0] == {"name": "Status", "values": ["Accepted", "Proposed"]}


def test_a_name_that_no_type_can_have() -> None:
    with pytest.raises(UsageError, match=r"^`ADR` is no name for a type"):
        infer([read(ONE)], "ADR")


_PIECES = st.lists(
    st.sampled_from(
        [
            "# T\n",
            "## A\n",
            "## B: b\n",
            "### 2. C\n",
            "text\n",
            "- [ ] a\n",
            "**K:** v\n",
            "- Due: 2026-01-01\n",
            "| x | y |\n| - | - |\n| 1 | |\n",
            "```\n",
        ]
    ),
    max_size=8,
)


@given(st.lists(_PIECES, min_size=1, max_size=3))
def test_what_is_inferred_holds(pieces: list[list[str]]) -> None:
    documents = [read("\n".join(each), f"docs/{number}.md") for number, each in enumerate(pieces)]
    assert lacking(usable(infer(documents, "own")), documents) == []


@given(st.lists(_PIECES, min_size=1, max_size=3))
def test_a_new_document_keeps_its_type(pieces: list[list[str]]) -> None:
    type = usable(infer([read("\n".join(each)) for each in pieces], "own"))
    assert lacking(type, [read(draft(type, TODAY))]) == []


@pytest.mark.parametrize("type", shipped(), ids=lambda type: type.name)
def test_a_new_document_of_a_shipped_type_declares_itself(type: DocType) -> None:
    text = draft(type, datetime.date(2026, 3, 1), "Gauges")
    assert text.startswith(f"<!-- doclint: type={type.name} -->\n# Gauges\n")
    assert "2026-03-01" in text


@pytest.mark.parametrize(
    ("pattern", "heading"),
    [("Consequences?( and risks)?", "Consequence"), ("(Next|Open) steps", "Next steps"), ("Day \\d+", "Day 1"), ("Week \\d{2}", "Week 01")],
)
def test_a_pattern_is_filled_in_simply(pattern: str, heading: str) -> None:
    type = usable({"x-doclint": {"type": "own", "noun": "an own", "shape": {"sections": [{"pattern": pattern}]}}})
    assert f"## {heading}\n" in draft(type, TODAY)


def test_what_cannot_be_guessed_is_asked_for() -> None:
    type = usable(
        {"x-doclint": {"type": "own", "noun": "an own", "shape": {"title": "RFC \\d+", "sections": [{"pattern": "(?=A)[A-C]{3}x"}]}}}
    )
    with pytest.raises(UsageError, match=r"^the title of an own matches `RFC \\d\+`, and `Own` does not; give one with --title$"):
        draft(type, TODAY)
    with pytest.raises(UsageError, match=r"no example of that can be guessed; give it a `name` as well$"):
        draft(type, TODAY, "RFC 3")


def test_a_type_that_is_not_there() -> None:
    with pytest.raises(UsageError, match=r"^`handof` is no document type; did you mean `handoff`\?"):
        named("handof", ())
