"""The fast answer is never a wrong yes, and what is wrong is put in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from doclint.errors import ConfigError
from doclint.schema import conforms, explain

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "severity": {"enum": ["error", "warning"]},
        "days": {"type": "integer", "minimum": 0, "maximum": 365},
        "share": {"type": "number"},
        "strict": {"type": "boolean"},
        "words": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
        "code": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "nested": {"$ref": "#/$defs/nested"},
        "either": {"anyOf": [{"const": "any"}, {"type": "array", "items": {"type": "string"}}]},
    },
    "required": ["severity"],
    "additionalProperties": False,
    "$defs": {"nested": {"type": "object", "additionalProperties": {"type": ["string", "null"]}}},
}
_SCALAR = st.none() | st.booleans() | st.integers(-1, 400) | st.floats(allow_nan=False) | st.sampled_from(["error", "any", "AB", "", "x"])
_VALUE = _SCALAR | st.lists(_SCALAR, max_size=2) | st.dictionaries(st.sampled_from(["a", "b"]), _SCALAR, max_size=2)


@given(st.dictionaries(st.sampled_from([*SCHEMA["properties"], "other"]), _VALUE, max_size=4))
def test_a_yes_is_a_yes(value: dict[str, Any]) -> None:
    assert conforms(value, SCHEMA, SCHEMA) == Draft202012Validator(SCHEMA).is_valid(value)


def test_an_unknown_keyword_is_no_yes() -> None:
    assert not conforms(3, {"multipleOf": 3}, {})
    assert list(explain(3, {"multipleOf": 3})) == []


@pytest.mark.parametrize(
    ("value", "place", "sentence"),
    [
        ({"severity": "eror"}, "severity", 'is "eror"; expected "error" or "warning"; did you mean `error`?'),
        ({"severity": "error", "dayz": 3}, "dayz", "is not known; did you mean `days`?"),
        ({"severity": "error", "days": "3"}, "days", 'is "3"; expected integer'),
        ({"severity": "error", "days": True}, "days", "is true; expected integer"),
        ({"severity": "error", "days": -1}, "days", "is -1; expected at least 0"),
        ({"severity": "error", "days": 10**40}, "days", "is a very large number; expected at most 365"),
        ({"severity": "error", "words": []}, "words", "is empty"),
        ({"severity": "error", "words": ["a", 2]}, "words[1]", "is 2; expected string"),
        ({"severity": "error", "code": "abc"}, "code", 'is "abc"; expected something that matches `^[A-Z]{2}$`'),
        ({}, "", "lacks `severity`"),
        ({"severity": "error", "nested": {"a": []}}, "nested.a", "is a list; expected string or null"),
    ],
)
def test_what_is_wrong_is_said(value: dict[str, Any], place: str, sentence: str) -> None:
    (fault,) = explain(value, SCHEMA)
    assert (fault.dotted, fault.sentence) == (place, sentence)


def test_a_number_that_python_refuses_to_print() -> None:
    with pytest.raises(ConfigError, match=r"^a number is too large to be checked against its JSON Schema$"):
        list(explain({"severity": "error", "days": 10**5000}, SCHEMA))


@pytest.mark.parametrize("schema", [{"type": 3}, {"$ref": "https://example.invalid/x"}, {"$ref": "#"}])
def test_a_schema_that_is_wrong_itself_is_an_error_and_is_never_fetched(schema: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        list(explain({}, schema))


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": "(a|aa)+$"},
        {"$ref": "#/$defs/0", "$defs": {**{str(n): {"allOf": [{"$ref": f"#/$defs/{n + 1}"}] * 8} for n in range(12)}, "12": True}},
    ],
)
def test_a_schema_that_is_not_trusted_is_given_up(schema: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=r"takes too (long|many steps)"):
        list(explain("a" * 60 + "!", schema, trusted=False))


@pytest.mark.parametrize(
    ("value", "unique"),
    [([1, 1.0], False), ([1, True], True), ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], False), ([[1], ["1"]], True), (["é", "e"], True)],
)
def test_unique_items_in_bounds(value: list[Any], unique: bool) -> None:
    assert (
        (list(explain(value, {"uniqueItems": True}, trusted=False)) == [])
        == unique
        == Draft202012Validator({"uniqueItems": True}).is_valid(value)
    )


@given(st.dictionaries(st.sampled_from([*SCHEMA["properties"], "other"]), _VALUE, max_size=4))
def test_trust_changes_no_verdict(value: dict[str, Any]) -> None:
    assert list(explain(value, SCHEMA, trusted=False)) == list(explain(value, SCHEMA))
