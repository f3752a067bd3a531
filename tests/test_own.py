"""Types and rules of one's own: what can be used, what cannot, and where that is said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from doclint.errors import ConfigError
from doclint.own import examine, load
from doclint.repo.memory import MemoryRepo

TYPE = {"x-doclint": {"type": "ledger", "noun": "a ledger", "paths": ["docs/LEDGER.md"], "shape": {"sections": ["People"]}}}
PAGE = """\
---
code: TEAM001
name: ledger-owner
summary: A ledger that nobody keeps
family: Ledgers
severity: warning
applies-to: [ledger]
check: schema
with: { of: schemas }
options: { schemas: { default: [.doclint/owner.json] } }
---

Somebody keeps it.
"""


def tree(files: Mapping[str, str]) -> MemoryRepo:
    return MemoryRepo.build({}, dict(files))


def schema(**said: Any) -> str:
    return json.dumps({"x-doclint": {**TYPE["x-doclint"], **said}})


def problem(files: Mapping[str, str]) -> str:
    with pytest.raises(ConfigError) as raised:
        load(tree(files))
    return str(raised.value)


def test_a_tree_without_any() -> None:
    assert load(tree({"README.md": ""})) == ((), (), {})


def test_a_type_and_a_rule() -> None:
    files = {
        ".doclint/schemas/ledger.schema.json": json.dumps(TYPE),
        ".doclint/schemas/notes.txt": "",
        ".doclint/rules/ledger-owner.md": PAGE,
        ".doclint/rules/README.md": "# Ours",
    }
    own = load(tree(files))
    (type,) = own.types
    (rule,) = own.rules
    assert (type.name, type.noun, type.file) == ("ledger", "a ledger", ".doclint/schemas/ledger.schema.json")
    assert type.paths is not None
    assert type.paths.match("docs/LEDGER.md")
    assert (rule.code, rule.check, rule.given, rule.applies_to) == ("TEAM001", "schema", {"of": "schemas"}, ("ledger",))
    assert rule.defaults() == {"of": "schemas", "strict": False, "schemas": [".doclint/owner.json"]}
    assert own.pages["ledger-owner"].text == PAGE


def test_beside_a_configuration_further_down() -> None:
    files = {"service/.doclint/schemas/ledger.schema.json": json.dumps(TYPE)}
    (type,) = load(tree(files), "service").types
    assert type.paths is not None
    assert type.paths.match("service/docs/LEDGER.md")
    assert not type.paths.match("docs/LEDGER.md")
    assert load(tree(files)).types == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", ":1: not valid JSON: Expecting property name enclosed in double quotes"),
        ("[]", ": a schema is a JSON object"),
        ("{}", ': a document type says what it is called under "x-doclint"'),
        ("[" * 100_000, ": the JSON is nested too deeply"),
        (json.dumps({"x-doclint": {"type": "ledger"}}), ": `x-doclint` lacks `noun`"),
        (schema(path=["docs/"]), ": `x-doclint.path` is not known; did you mean `paths`?"),
        (schema(type="journal"), ": the file of the type `journal` is to be called `journal.schema.json`"),
        (schema(shape={"title": "("}), ": `(` is no regular expression: missing ) at position 1"),
        (schema(shape={"title": "a" * 501}), ": a pattern of 501 characters is too long; 500 are allowed"),
        (
            schema(shape={"tables": [{"name": "people", "columns": ["Name"], "key": ["Nam"]}]}),
            ": the table of people has no column `Nam`; did you mean `Name`?",
        ),
        (
            schema(
                shape={
                    "tables": [{"name": "people", "columns": ["Name"], "references": [{"columns": ["Name"], "table": "x", "to": ["y"]}]}]
                }
            ),
            ": the table of people refers to a table of x, which the type has not",
        ),
        (json.dumps({**TYPE, "type": 3}), ": not a valid JSON Schema: 3 is not valid under any of the given schemas"),
        (
            json.dumps({**TYPE, "properties": {"path": {"pattern": "("}}}),
            ": not a valid JSON Schema: '(' is not a 'regex'",
        ),
    ],
)
def test_a_type_that_cannot_be_used(text: str, sentence: str) -> None:
    path = ".doclint/schemas/ledger.schema.json"
    assert problem({path: text}) == path + sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("check: schema", "check: schemas", ": `schemas` is no check of doclint; did you mean `schema`?"),
        (
            "{ of: schemas }",
            "{ of: people }",
            ': the check `schema` takes no `with: {"of": "people"}`; expected `with: {"of": "type"}` or `with: {"of": "schemas"}`',
        ),
        ("schemas: { default", "schema: { default", ": the check `schema` has no option `schema`; did you mean `schemas`?"),
        ("default: [.doclint/owner.json]", "default: owner.json", ': the default of the option `schemas` is "owner.json"; expected array'),
        ("[ledger]", "[ledgr]", ": the rule applies to `ledgr`, which is no document type; did you mean `ledger`?"),
        ("name: ledger-owner", "name: owner", ": the page of the rule `owner` is to be called `owner.md`"),
        ("TEAM001", "SC001", ": the code `SC001` is taken by doclint itself"),
        ("severity: warning", "severity: grave", ': the front matter\'s `severity` is "grave"; expected "error", "warning" or "info"'),
        ("---\ncode", "code", ": a rule's page opens with YAML front matter"),
    ],
)
def test_a_rule_that_cannot_be_used(old: str, new: str, sentence: str) -> None:
    path = ".doclint/rules/ledger-owner.md"
    said = problem({".doclint/schemas/ledger.schema.json": json.dumps(TYPE), path: PAGE.replace(old, new, 1)})
    assert said.partition("; there are ")[0] == path + sentence


def test_every_file_is_examined() -> None:
    files = {
        ".doclint/schemas/ledger.schema.json": json.dumps(TYPE),
        ".doclint/schemas/other.schema.json": "{}",
        ".doclint/rules/ledger-owner.md": PAGE.replace("check: schema", "check: schemas"),
    }
    found = {member.path: member.problem for member in examine(tree(files))}
    assert list(found) == [".doclint/schemas/ledger.schema.json", ".doclint/schemas/other.schema.json", ".doclint/rules/ledger-owner.md"]
    assert found[".doclint/schemas/ledger.schema.json"] is None
    assert all(problem for path, problem in found.items() if "ledger.schema" not in path)


def test_files_that_do_not_go_together() -> None:
    files = {".doclint/rules/ledger-owner.md": PAGE}
    assert [member.problem for member in examine(tree(files))] == [
        None,
        ".doclint/rules/ledger-owner.md: the rule applies to `ledger`, which is no document type",
    ]


def test_too_large_a_file() -> None:
    assert problem({".doclint/schemas/ledger.schema.json": " " * 300_000}) == (
        ".doclint/schemas/ledger.schema.json: 300000 bytes are too many; 262144 are read"
    )
