"""Keys and references between the tables of several documents."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping

from doclint.check import Documents, Facts
from doclint.checks import keys
from doclint.diagnostic import Finding, Undecided
from doclint.own import type_of
from doclint.repo.memory import MemoryRepo
from tests.checks.running import TODAY
from tests.model.reading import line, read, written

ROTA = {
    "type": "rota",
    "noun": "a rota",
    "shape": {"tables": [{"name": "people", "columns": ["Name", {"name": "Reports", "many": True}], "key": ["Name"]}]},
}
REPORT = {
    "type": "report",
    "noun": "a report",
    "shape": {
        "tables": [
            {
                "name": "actions",
                "key": ["ID"],
                "unique": "tree",
                "columns": ["ID", {"name": "Owner", "many": True}],
                "references": [{"columns": ["Owner"], "type": "rota", "table": "people", "to": ["Name"], "inverse": ["Reports"]}],
            }
        ]
    },
}  # fmt: skip
TYPES = tuple(type_of(f"{said['type']}.schema.json", json.dumps({"x-doclint": said}).encode()) for said in (ROTA, REPORT))
PEOPLE = "| Name | Reports |\n| --- | --- |\n| Ada | A-1, A-2 |\n| Ben | A-2 |\n"
ACTIONS = "| ID | Owner |\n| --- | --- |\n| A-1 | Ada |\n| A-2 | ada; Ben |\n"


def told(files: Mapping[str, str]) -> list[tuple[str, int, str, str]]:
    documents = Documents(dataclasses.replace(read(text, path), type=path.partition("/")[0]) for path, text in files.items())
    facts = Facts(MemoryRepo.build({}, dict(files)), TODAY, documents, types=TYPES)
    return [
        (document.source.path, line(document, one.span), written(document, one.span), _said(one))
        for document in documents
        for one in keys.check(document, facts, {})
    ]


def _said(one: Finding | Undecided) -> str:
    return one.message if isinstance(one, Finding) else f"? {one.reason}"


def test_all_holds_together() -> None:
    assert told({"report/1.md": ACTIONS, "rota/all.md": PEOPLE}) == []


def test_a_reference_that_leads_nowhere() -> None:
    assert told({"report/1.md": ACTIONS.replace("Ben", "Bem"), "rota/all.md": PEOPLE}) == [
        ("report/1.md", 4, "ada; Bem", "`Bem` is in no row of the table of people (Name); did you mean `Ben`?")
    ]


def test_a_row_that_does_not_refer_back() -> None:
    assert told({"report/1.md": ACTIONS, "rota/all.md": PEOPLE.replace("A-1, ", "")}) == [
        ("report/1.md", 3, "Ada", "the row that this one names does not name `A-1` in its `Reports`")
    ]


def test_a_key_twice_in_one_document_and_in_two() -> None:
    twice = {
        "report/1.md": ACTIONS + "| a-1 | Ada |\n",
        "report/2.md": "| ID | Owner |\n| --- | --- |\n| A-2 | Ben |\n",
        "rota/all.md": PEOPLE,
    }
    assert [found[:3] for found in told(twice)] == [("report/1.md", 5, "a-1"), ("report/2.md", 3, "A-2")]


def test_no_document_to_refer_to() -> None:
    assert told({"report/1.md": ACTIONS}) == [("report/1.md", 3, "Ada", "? no document of the type `rota` was read")]


def test_a_document_of_another_type_says_nothing() -> None:
    assert told({"other/1.md": ACTIONS}) == []
