"""Fields: every shape in which documents give a key and its value."""

from __future__ import annotations

import pytest

from doclint.model.document import Document, Tense
from doclint.model.fields import header_role
from tests.model.reading import LEXICON, read, written


def pairs(document: Document) -> list[tuple[str, str | None, str]]:
    return [(field.key.value, field.role, field.value.value) for field in document.fields]


@pytest.mark.parametrize(
    "line",
    [
        "**Status:** Done",
        "**Status**: Done",
        "- **Status:** Done",
        "- **Status**: Done",
        "- Status: Done",
        "* Status: Done",
        "Status: Done",
        "> **Status:** Done",
        "> **Status**: Done",
        "> Status: Done",
        "**Status: Done**",
        "- ✅ **Status:** Done",
        "*Status: Done*",
        "__Status:__ Done",
        "## Status: Done",
    ],
)
def test_a_key_and_its_value_in_each_shape(line: str) -> None:
    document = read(f"# Board\n\n{line}\n")
    assert pairs(document) == [("Status", "status", "Done")]


@pytest.mark.parametrize(
    ("line", "key", "role"),
    [
        ("**Last Updated:** 2026-02-03", "Last Updated", "updated"),
        ("*Last updated: 2026-02-03*", "Last updated", "updated"),
        ("_Last updated: 2026-02-03_", "Last updated", "updated"),
        ("## Last Updated: 2026-02-03", "Last Updated", "updated"),
        ("**Session Date:** 2026-02-03", "Session Date", "date"),
        ("最終更新：2026-02-03", "最終更新", "updated"),
    ],
)
def test_a_stamp_may_stand_in_italics_or_in_a_heading(line: str, key: str, role: str) -> None:
    assert pairs(read(f"# Board\n\n{line}\n")) == [(key, role, "2026-02-03")]


@pytest.mark.parametrize(
    "line",
    [
        "**Version:** 1.2 **Status:** Done **Owner:** Ada",
        "**Version:** 1.2 | **Status:** Done | **Owner:** Ada",
        "Version: 1.2 | Status: Done | Owner: Ada",
        "Version: 1.2 · Status: Done · Owner: Ada",
    ],
)
def test_several_keys_stand_on_one_line(line: str) -> None:
    document = read(f"# Board\n\n{line}\n")
    assert pairs(document) == [("Version", None, "1.2"), ("Status", "status", "Done"), ("Owner", "owner", "Ada")]


def test_several_keys_stand_in_one_paragraph() -> None:
    document = read("# Board\n**Status:** Done\n**Owner:** Ada\n")
    assert pairs(document) == [("Status", "status", "Done"), ("Owner", "owner", "Ada")]


def test_a_wrapped_value_goes_on_in_the_next_line() -> None:
    document = read("# Board\n\n**Files:** `src/load.py`,\n`src/store.py`\n**Owner:** Ada\n")
    assert [(field.key.value, written(document, field.value.span)) for field in document.fields] == [
        ("Files", "src/load.py`,\n`src/store.py"),
        ("Owner", "Ada"),
    ]


def test_a_key_without_a_value_is_a_field_with_an_empty_value() -> None:
    document = read("# Board\n\n- **Notes:**\n- **Owner:** Ada\n")
    assert pairs(document) == [("Notes", "note", ""), ("Owner", "owner", "Ada")]
    assert len(document.fields[0].value.span) == 0


def test_a_table_of_keys_and_values_holds_fields() -> None:
    document = read("# Board\n\n| Field | Value |\n| --- | --- |\n| Status | Done |\n| **Branch** | `feature/load` |\n")
    assert pairs(document) == [("Status", "status", "Done"), ("Branch", "branch", "feature/load")]


@pytest.mark.parametrize(
    "line",
    [
        "See https://example.com/a for more.",
        "The loader runs at 10:30 each day.",
        "Note that whoever changes the loader: run the tests.",
        "`key: value`",
        "```\nStatus: Done\n```",
        "## Phase 2: Loader",
    ],
)
def test_prose_code_and_titles_are_no_fields(line: str) -> None:
    assert pairs(read(f"# Board\n\n{line}\n")) == []


def test_spans_cover_key_value_and_both() -> None:
    document = read("# Board\n\n- **Status:** `Done`\n")
    (field,) = document.fields
    assert written(document, field.key.span) == "Status"
    assert written(document, field.value.span).strip("`") == "Done"
    assert written(document, field.span).startswith("Status:** ")
    assert (field.name, field.item, field.tense) == ("status", True, Tense.CURRENT)


def test_a_field_knows_its_section_and_its_unit() -> None:
    document = read("# Board\n\n**Owner:** Ada\n\n## Lane A\n\n**Status:** Done\n")
    assert [(field.section, field.unit) for field in document.fields] == [(1, None), (2, 0)]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Status", "status"),
        ("**Status**", "status"),
        ("状態", "status"),
        ("Branch name", "branch"),
        ("Owner / Agent", "owner"),
        ("#", "id"),
        ("Task", "title"),
        ("Depends On", "depends"),
        ("Source of truth", "source"),
        ("Produced by", "producer"),
        ("Code files", None),
        # A status or a date of something narrower than the row is none of the row's.
        ("CI Status", None),
        ("Test status", None),
        ("Merge date", None),
        ("", None),
        ("Whatever", None),
    ],
)
def test_a_column_header_has_a_role(header: str, role: str | None) -> None:
    assert header_role(header, LEXICON) == role
