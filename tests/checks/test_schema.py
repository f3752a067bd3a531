"""Documents against JSON Schemas: each error at its place, and in words."""

from __future__ import annotations

import datetime
import json
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from doclint import doctype, resources
from doclint.check import Facts
from doclint.checks import schema as check
from doclint.diagnostic import Finding, Undecided
from doclint.markdown.nodes import Inline, Root
from doclint.model import document as classes
from doclint.model.document import Document
from doclint.model.located import locate
from doclint.repo.facts import MISSING_OBJECT
from doclint.repo.memory import MemoryRepo
from doclint.text import Source, Span
from tests.model.reading import read, written

TODAY = datetime.date(2026, 3, 1)
TYPES = [type.name for type in doctype.shipped()]
FULL: Mapping[str, str] = {
    "coordination-hub": """\
# Session Coordination

## Data Contracts

| File | Schema | Producer | Consumer |
| --- | --- | --- | --- |
| `data/readings.csv` | `READINGS` | Session A | Session B |

## Status Board

### Session A: Collector

- **Status:** In progress
- **Branch:** `feature/collector`

### Session B: Report

- **Status:** Not started
- **Branch:** `feature/report`

## Integration Checklist

- [ ] The report reads what the collector writes

## Decisions Log

- Readings are kept in UTC

## How to Sync

Pull before you edit.
""",
    "etl-context": """\
# Stations: Context & Session Trail

## Objective

Forty stations, one report.

## Architecture

A collector, a store and a report.

## Core Contracts

Readings are rows of a CSV file.

## Active Themes

- Retries

## Session Log

### 2026-02-14

The collector retries.

### 2026-02-12

The store keeps UTC.

## Open Questions

- Who mends the clock of station 7?

## Rules for this file

Newest first.
""",
    "handoff": """\
# Session Handoff

**Date:** 2026-02-14

## Summary

The collector retries.

## Completed

- Retries with a pause

## Files Modified

- `src/collect.py`

## Next Steps

- The report for February

## Known Issues

- The clock of station 7

## Success Criteria

- [ ] The report has 28 days
""",
    "progress-tracker": """\
# Stations: Progress Tracker

## Recent Updates

### 2026-02-14

The collector retries.

### 2026-02-12

The store keeps UTC.

## Phase 1: Collector (COMPLETE)

- [x] Read the station list

## Milestones

| Milestone | Target | Status |
| --- | --- | --- |
| Milestone 1 | 2026-02-10 | Done |
| Milestone 2 | 2026-03-10 | In progress |
""",
}


def run(document: Document, repo: Mapping[str, Any] | MemoryRepo | None = None, **options: Any) -> list[Finding | Undecided]:
    world = repo if isinstance(repo, MemoryRepo) else MemoryRepo.build(repo or {})
    return list(check.check(document, Facts(world, TODAY, ()), {"of": "type", "strict": False, "schemas": [], **options}))


def told(document: Document, *args: Any, **options: Any) -> list[tuple[int, str, str]]:
    """Line, marked text and message of each finding."""
    results = [result for result in run(document, *args, **options) if isinstance(result, Finding)]
    return [(document.source.position(one.span.start).line, written(document, one.span), one.message) for one in results]


def typed(type: str, text: str) -> Document:
    return replace(read(text), type=type, declared=True)


@pytest.mark.parametrize("type", TYPES)
def test_the_full_shape_of_a_type_is_valid(type: str) -> None:
    assert run(typed(type, FULL[type]), of="type", strict=True) == []


@pytest.mark.parametrize("type", TYPES)
def test_a_valid_document_needs_no_explanation(type: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "explain", None)
    assert run(typed(type, FULL[type]), of="type", strict=True) == []


def test_a_document_of_no_type_keeps_no_schema() -> None:
    assert run(read("")) == []
    assert run(typed("minutes", "")) == []


@pytest.mark.parametrize(
    ("type", "messages"),
    [
        (
            "coordination-hub",
            ["a coordination hub names its units of work, or says who owns what and by which rules; this one does neither"],
        ),
        ("etl-context", ["a context document describes the work or keeps its trail; this one has no section and no log entry that does"]),
        ("handoff", ["a handoff says what was done, how things stand or what is next; this one has no section and no status that does"]),
        (
            "progress-tracker",
            [
                "a progress tracker says how something stands: a unit with a status, a list of items, a table, a count, or a section;"
                " this one says nothing of the kind"
            ],
        ),
    ],
)
def test_what_every_type_asks_for_is_missed_at_the_title(type: str, messages: list[str]) -> None:
    assert told(typed(type, "\n# Notes\n\nNothing.\n")) == [(2, "# Notes", message) for message in messages]


def test_a_document_without_a_title_is_told_so_on_its_first_line() -> None:
    document = typed("handoff", "Next steps: none\n\n- **Status:** done\n")
    assert told(document) == [(1, "Next steps: none", "a handoff has a title; this one has none")]
    assert told(typed("progress-tracker", ""))[0] == (
        1,
        "",
        "a progress tracker says how something stands: a unit with a status, a list of items, a table, a count, or a section;"
        " this one says nothing of the kind",
    )


def test_a_missing_part_is_told_under_the_heading_where_it_belongs() -> None:
    text = FULL["coordination-hub"]
    table = text[text.index("| File") : text.index("## Status Board")]
    without = typed("coordination-hub", text.replace(table, "To be agreed.\n\n"))
    message = "a coordination hub lists its contracts, with artifact, producers and consumers; this one lists none"
    assert told(without, of="type", strict=True) == [(3, "## Data Contracts", message)]
    gone = typed("coordination-hub", text.replace("## Data Contracts\n\n" + table, ""))
    assert told(gone, of="type", strict=True) == [(1, "# Session Coordination", message)]


def test_an_error_in_a_part_is_told_at_the_part() -> None:
    text = FULL["coordination-hub"].replace("| Session A | Session B |\n", "| Session A | |\n")
    assert told(typed("coordination-hub", text), of="type", strict=True) == [
        (7, "| `data/readings.csv` | `READINGS` | Session A | |", "a contract names its consumers; this one names none")
    ]


def test_keywords_under_one_message_make_one_finding() -> None:
    text = FULL["progress-tracker"]
    log = text[text.index("## Recent") : text.index("## Phase 1")]
    assert told(typed("progress-tracker", text.replace(log, "")), of="type", strict=True) == [
        (1, "# Stations: Progress Tracker", "a progress tracker keeps a log of its updates, entry by entry; this one has none")
    ]


def test_the_evidence_is_the_place_in_the_schema() -> None:
    (found,) = run(typed("handoff", "# Notes\n"))
    assert isinstance(found, Finding)
    assert [proof.text for proof in found.evidence] == ["asked for by handoff.schema.json#/allOf/1"]
    (found,) = run(typed("handoff", FULL["handoff"].replace("**Date:** 2026-02-14\n\n", "")), of="type", strict=True)
    assert isinstance(found, Finding)
    assert [proof.text for proof in found.evidence] == ["asked for by handoff.schema.json#/$defs/strict/allOf/0"]


def own(schema: object) -> dict[str, Any]:
    return {"files": {"own.json": schema if isinstance(schema, str) else json.dumps(schema)}}


def test_the_users_own_schema_is_kept_whatever_the_type() -> None:
    document = read(
        "# Milestones\n\n| Milestone | Owner | Status |\n| --- | --- | --- |\n| Milestone 1 | Ada | Done |\n| Milestone 2 | | Done |\n"
    )
    plain = {"properties": {"units": {"items": {"properties": {"owner": {"type": "string"}}}}}}
    worded = {"properties": {"units": {"items": {"$ref": "#/$defs/a~1b/owned"}}}, "$defs": {"a/b": {"owned": {
        "x-doclint-message": "a milestone has an owner", **plain["properties"]["units"]["items"]}}}}  # fmt: skip
    assert told(document, own(plain), of="schemas", schemas=["own.json"]) == [
        (6, "Milestone 2", "`units[1].owner` is None; expected string")
    ]
    assert told(document, own(worded), of="schemas", schemas=["own.json"]) == [(6, "Milestone 2", "a milestone has an owner")]
    (found,) = run(document, own(worded), of="schemas", schemas=["own.json"])
    assert isinstance(found, Finding)
    assert found.evidence[0].text == "asked for by own.json#/$defs/a~1b/owned"


@pytest.mark.parametrize(
    ("schema", "valid"),
    [
        ({}, True),
        ({"properties": {"references": {"maxItems": 0}}}, False),
        ({"if": {"properties": {"references": {"minItems": 1}}}, "then": False}, False),
        ({"not": {"properties": {"references": {"minItems": 1}}}}, False),
        ({"$ref": "#/$defs/one", "$defs": {"one": {"properties": {"references": {"maxItems": 0}}}}}, False),
        ({"additionalProperties": {"type": "array"}}, False),
        ({"anyOf": [{"properties": {"references": {"minItems": 1}}}, {"required": ["colour"]}]}, True),
        ({"required": ["colour"]}, False),
        ({"properties": {"title": {"properties": {"value": {"const": "Stations"}}}}}, True),
    ],
)
def test_only_what_no_schema_looks_at_is_left_out(schema: dict[str, Any], valid: bool) -> None:
    document = read("# Stations\n\nSee `src/collect.py`.\n")
    assert (run(document, own(schema), of="schemas", schemas=["own.json"]) == []) is valid
    assert Draft202012Validator(schema).is_valid(locate(document).value) is valid


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[]", "it is no JSON object"),
        ('{"type": "colour"}', "a JSON Schema is not valid: 'colour' is not valid under any of the given schemas"),
        ('{"$ref": "https://example.invalid/a.json"}', "a JSON Schema refers to `https://example.invalid/a.json`, which is not known"),
        ('{"$ref": "#"}', "a value is nested too deeply to be checked against its JSON Schema"),
        ('{"allOf": 1}', "a JSON Schema is not valid: 1 is not of type 'array'"),
        ('{"properties": {"title": {"x-doclint-message": 7, "x-doclint-under": 7, "type": "array"}}}', None),
        ('{"$ref": "#a", "$defs": {"a": {"$anchor": "a", "properties": {"title": {"type": "array"}}}}}', None),
    ],
)
def test_a_schema_that_cannot_be_used_is_a_finding(schema: str, reason: str | None) -> None:
    results = told(read("# Stations\n"), own(schema), of="schemas", schemas=["own.json"])
    if reason is None:
        assert results == [(1, "# Stations", "`title` is a table; expected array")]
    else:
        assert results == [(1, "# Stations", f"the JSON Schema `own.json` cannot be used: {reason}")]


def test_a_schema_that_is_not_there_is_a_finding_and_one_that_is_unknown_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read("# Stations\n")
    assert told(document, of="schemas", schemas=["own.json"]) == [
        (1, "# Stations", "the JSON Schema `own.json` cannot be used: there is no such file in the tree")
    ]
    monkeypatch.setattr(MemoryRepo, "read", lambda self, path: MISSING_OBJECT)
    assert run(document, of="schemas", schemas=["own.json"]) == [Undecided(Span(0, 10), "an object is missing from this partial clone")]


# --- the shipped schemas ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["document", *TYPES])
def test_shipped_schemas_are_valid_and_known(name: str) -> None:
    schema = resources.schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("type", TYPES)
def test_every_demand_of_a_shipped_schema_is_in_words(type: str) -> None:
    schema = resources.schema(type)
    for demand in (*schema["allOf"], *schema["$defs"]["strict"]["allOf"]):
        parts = [demand] if "properties" not in demand or "contracts" not in demand["properties"] else [*_worded(demand)]
        assert parts
        assert all(isinstance(part.get(check.MESSAGE), str) for part in parts)


def _worded(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if check.MESSAGE in schema:
            yield schema
        for part in schema.values():
            yield from _worded(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _worded(part)


@pytest.mark.parametrize("type", TYPES)
def test_clues_look_where_recognition_looks(type: str) -> None:
    looks = {"name", "folder", "path", "title", "headings", "values", "front-matter", "sections", "fields", "tables", "units"}
    looks |= {"boxes", "items", "entries", "claims", "date", "done"}
    keys = {"look", "at", "words", "patterns", "roles", "kinds", "status", "at-least", "weight", "refuse", "say"}
    for clue in (*resources.schema(type)[doctype.KEY]["clues"], *resources.schema("document")[doctype.KEY]["clues"]):
        assert clue["look"] in looks
        assert keys >= clue.keys()
        assert ("weight" in clue) is not ("refuse" in clue)


@pytest.mark.parametrize("type", TYPES)
def test_every_projection_is_valid(type: str) -> None:
    validator = Draft202012Validator(resources.schema("document"))
    for text in (FULL[type], "", "\ufeff# x", "# See [a](b.md#c) and `d.py:1-2` @ abc1234, #7\n\n**Progress:** 2/3 (67%), next: Phase 2\n"):
        assert list(validator.iter_errors(locate(typed(type, text)).value)) == []
    odd = read("# x\n", "caf\udce9.md")
    assert list(validator.iter_errors(locate(odd).value)) == []


def test_the_schema_of_the_projection_is_that_of_its_classes() -> None:
    schema = resources.schema("document")
    assert {name: _bare(part) for name, part in schema["$defs"].items() if name != "Span"} == {
        kind.__name__: _expected(kind)
        for kind in vars(classes).values()
        if isinstance(kind, type) and kind.__module__ == classes.__name__ and kind is not Document
    }
    document = _expected(Document, "path")
    assert {key: _bare(schema[key]) for key in document} == document


def _bare(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: _bare(part) for key, part in schema.items() if key not in ("description", "minimum") or isinstance(part, dict)}
    return schema


def _expected(kind: type[Any], *first: str) -> dict[str, Any]:
    """What JSON Schema says of ``kind``, without descriptions."""
    if issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    hints = typing.get_type_hints(kind, localns={"Root": Root, "Inline": Inline, "Source": Source, "Span": Span})
    left_out = ("source", "root", "inlines", "why", "declared") if kind is Document else ()
    names = [one.name for one in fields(kind)] if is_dataclass(kind) else list(kind._fields)
    properties: dict[str, Any] = {name: {"type": "string"} for name in first} or {
        "line": {"type": "integer"},
        "column": {"type": "integer"},
    }
    properties |= {name.replace("_", "-"): _hinted(hints[name]) for name in names if name not in left_out}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _hinted(hint: Any) -> dict[str, Any]:
    plain = {str: "string", bool: "boolean", int: "integer", float: "number"}
    if hint in plain:
        return {"type": plain[hint]}
    if hint is datetime.date:
        return {"type": "string", "format": "date"}
    if typing.get_origin(hint) is typing.Literal:
        return {"enum": list(typing.get_args(hint))}
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": _hinted(typing.get_args(hint)[0])}
    if isinstance(hint, type):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    inner = next(_hinted(part) for part in typing.get_args(hint) if part is not type(None))
    return {**inner, "type": [inner["type"], "null"]} if "type" in inner else {"anyOf": [inner, {"type": "null"}]}
