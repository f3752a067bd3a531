"""Contracts: who makes an artifact, who reads it, and what defines it."""

from __future__ import annotations

import pytest

from doclint.model.document import Contract, Document
from tests.model.reading import read, written

BOARD = "\n".join(f"### Session {name}\n\n- **Status:** Open\n" for name in "ABCD")


def contract(producer: str, consumer: str) -> tuple[Document, Contract]:
    document = read(
        "# Hub\n\n## Data Contracts\n\nAll schemas are defined in `src/schemas.py`.\n\n"
        "| Layer | File | Schema | Producer | Consumer |\n| --- | --- | --- | --- | --- |\n"
        f"| Raw | `data/raw.csv` | `RAW` | {producer} | {consumer} |\n\n## Board\n\n{BOARD}"
    )
    (one,) = document.contracts
    return document, one


def parties(document: Document, cell: str) -> list[tuple[str, int | None, str]]:
    return [(party.name, party.unit, written(document, party.span)) for party in document.contracts[0].consumers]


def test_a_row_binds_an_artifact_its_symbol_and_its_source() -> None:
    document, one = contract("Session A", "Session B")
    assert one.name
    assert one.artifact
    assert one.source
    assert (one.name.value, one.artifact.token, one.source.token) == ("Raw", "data/raw.csv", "src/schemas.py")
    assert [(party.name, party.unit) for party in one.producers] == [("Session A", 0)]
    assert written(document, one.span).startswith("| Raw")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Session B", [("Session B", 1, "Session B")]),
        ("**Session B**", [("Session B", 1, "Session B")]),
        # The noun holds for the ids that follow.
        ("Session C, D", [("Session C", 2, "Session C"), ("Session D", 3, "D")]),
        ("Session C and D", [("Session C", 2, "Session C"), ("Session D", 3, "D")]),
        ("Session C & Session D", [("Session C", 2, "Session C"), ("Session D", 3, "Session D")]),
        ("Session C/D", [("Session C", 2, "Session C"), ("Session D", 3, "D")]),
        ("Session C (weekly), D", [("Session C", 2, "Session C"), ("Session D", 3, "D")]),
        # A name that the board lacks is kept, without a unit.
        ("Session E", [("Session E", None, "Session E")]),
        ("the dashboard", [("the dashboard", None, "the dashboard")]),
        # Nobody.
        ("—", []),
        ("none", []),
        ("TBD", []),
        ("", []),
        ("all sessions", []),
    ],
)
def test_parties(cell: str, expected: list[tuple[str, int | None, str]]) -> None:
    document, _ = contract("Session A", cell)
    assert parties(document, cell) == expected


def test_a_source_column_beats_the_sentence_above() -> None:
    document = read(
        "# Hub\n\nDefined in `src/all.py`.\n\n| Artifact | Source of truth | Producer | Consumer |\n| --- | --- | --- | --- |\n"
        "| `rows.csv` | `src/rows.py` | A | B |\n"
    )
    source = document.contracts[0].source
    assert source
    assert source.token == "src/rows.py"


def test_two_paths_in_the_sentence_are_no_source() -> None:
    document = read(
        "# Hub\n\nDefined in `src/a.py`, `src/b.py`.\n\n| Artifact | Producer | Consumer |\n| --- | --- | --- |\n| `rows.csv` | A | B |\n"
    )
    assert document.contracts[0].source is None


@pytest.mark.parametrize(
    ("cell", "symbol"),
    [
        ("`RAW_ROWS`", "RAW_ROWS"),
        ("`ROWS`", "ROWS"),
        ("`Row`", "Row"),
        ("`schemas.Row`", "schemas.Row"),
        ("CSV", None),
        ("`id, name`", None),
        ("", None),
    ],
)
def test_code_in_a_schema_column_is_a_symbol(cell: str, symbol: str | None) -> None:
    document = read(f"# Hub\n\n| File | Schema | Producer | Consumer |\n| --- | --- | --- | --- |\n| `rows.csv` | {cell} | A | B |\n")
    found = document.contracts[0].symbol
    assert (found.token if found else None) == symbol
    assert found is None or written(document, found.span) == symbol


def test_short_and_empty_rows() -> None:
    document = read("# Hub\n\n| Artifact | Producer | Consumer |\n| --- | --- | --- |\n| `rows.csv` |\n| | | |\n")
    (one,) = document.contracts
    assert one.artifact
    assert (one.artifact.token, one.producers, one.consumers) == ("rows.csv", (), ())
