"""CT001 to CT007: contract tables against the board, the code and the tree."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import contracts
from tests.checks.running import fixed, proofs, told

CODE = 'RAW_SCHEMA = ["id"]\n\nROW_SCHEMA = ["id"]\n'


def hub(*rows: str, output: str = "`data/raw.csv`", header: str = "Layer | File | Schema | Producer | Consumer") -> str:
    return (
        f"# Hub\n\nSchemas are defined in `src/schemas.py`.\n\n| {header} |\n|{' --- |' * (header.count('|') + 1)}\n"
        + "".join(f"| {row} |\n" for row in rows)
        + f"\n### Session A: Loader\n\n- **Status:** Open\n- **Output:** {output}\n\n### Session B: Store\n\n- **Status:** Open\n"
    )


ROW = "Raw | `data/raw.csv` | `RAW_SCHEMA` | Session A | Session B"
FILES: dict[str, Any] = {"files": {"src/schemas.py": CODE}}


def about(way: str, text: str, repository: dict[str, Any] | None = None) -> list[str]:
    return told(contracts, text, repository or FILES, about=way)


@pytest.mark.parametrize("way", ["parties", "completeness", "duplicates", "outputs", "sources", "symbols", "unlisted"])
def test_a_whole_contract(way: str) -> None:
    assert about(way, hub(ROW)) == []


@pytest.mark.parametrize("way", ["parties", "completeness", "duplicates", "outputs", "sources", "symbols", "unlisted"])
def test_a_document_without_contracts(way: str) -> None:
    assert about(way, "# Hub\n\n| Risk | Answer |\n| --- | --- |\n| a | b |\n") == []


def test_a_party_that_is_no_unit() -> None:
    text = hub(ROW, "Rows | `data/rows.csv` | `ROW_SCHEMA` | Session E | Session B, F")
    assert about("parties", text) == [
        "8:43 producer `Session E` is no unit on the board",
        "8:66 consumer `Session F` is no unit on the board",
    ]
    assert proofs(contracts, text, FILES, about="parties")[0] == ["the board has `Session A`, `Session B`"]


@pytest.mark.parametrize("party", ["the dashboard", "external", "all sessions", "—", "Lane C", "Ada"])
def test_a_party_of_another_kind_may_be_anybody(party: str) -> None:
    assert about("parties", hub(f"Raw | `data/raw.csv` | `RAW_SCHEMA` | Session A | {party}")) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Raw | `data/raw.csv` | `RAW_SCHEMA` | | Session B", "7:1 contract `Raw` names no producer"),
        ("Raw | `data/raw.csv` | `RAW_SCHEMA` | Session A | TBD", "7:54 contract `Raw` names no consumer"),
        ("Raw | ? | `RAW_SCHEMA` | Session A | Session B", "7:9 contract `Raw` names no file"),
    ],
)
def test_an_empty_cell(row: str, message: str) -> None:
    (line,) = about("completeness", hub(row))
    assert line.split(" ", 1)[1] == message.split(" ", 1)[1]
    assert line.startswith("7:")


def test_a_row_that_ends_too_early() -> None:
    assert about("completeness", hub("Raw | `data/raw.csv` | `RAW_SCHEMA` | Session A")) == ["7:52 the row ends before its `Consumer` cell"]


def test_a_missing_column() -> None:
    text = hub("Raw | `data/raw.csv` | Session B", header="Layer | File | Consumer")
    assert about("completeness", text) == ["5:3 the contract table has no producer column"]


def test_a_dash_says_nobody_and_an_empty_row_says_nothing() -> None:
    assert about("completeness", hub("Raw | `data/raw.csv` | `RAW_SCHEMA` | Session A | —", " | | | | ")) == []


def test_a_row_that_stands_twice() -> None:
    assert about("duplicates", hub(ROW, ROW)) == ["8:1 contract `data/raw.csv` stands here a second time"]
    assert about("duplicates", hub("Raw | `data/raw.csv` | `RAW_SCHEMA` | — | —", "Raw | `data/raw.csv` | `RAW_SCHEMA` | — | —")) == []


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        ("Raw | `data/raw.csv` | `RAW_SCHEMA` | Session B | Session A", ""),
        ("Raw | `data/raw.csv` | `ROW_SCHEMA` | Session B | Session A", "[warning] "),
        ("Clean | `data/raw.csv` | `ROW_SCHEMA` | Session B | Session A", "[warning] "),
        ("Raw | `data/raw.csv` | `RAW_SCHEMA` | the loader | Session A", "[warning] "),
    ],
)
def test_an_artifact_of_two_producers(row: str, severity: str) -> None:
    (line,) = about("duplicates", hub(ROW, row))
    producer = row.split(" | ")[3]
    assert line.split(" ", 1)[1] == f"{severity}`data/raw.csv` is to come from `{producer}` here, and from `Session A` in another row"


@pytest.mark.parametrize(
    "rows",
    [
        (ROW, "Raw | `data/raw.csv` | `RAW_SCHEMA` | Session A | —"),
        (ROW, "Raw | `data/raw.csv` | `RAW_SCHEMA` | Session A, B | Session B"),
        (ROW, "Raw | `data/raw.csv` | `RAW_SCHEMA` | — | Session B"),
        (ROW, "Rows | `data/rows.csv` | `RAW_SCHEMA` | Session B | Session A"),
        ("Users | `app.db` | `A` | Session A | Session B", "Orders | `app.db` | `A` | Session B | Session A"),
        ("Users | same | `A` | Session A | Session B", "Orders | same | `A` | Session B | Session A"),
        ("Users | | `A` | Session A | Session B", "Users | | `A` | Session A | Session B"),
    ],
)
def test_rows_that_may_stand_beside_each_other(rows: tuple[str, str]) -> None:
    assert about("duplicates", hub(*rows)) == []


def test_a_further_column_tells_rows_apart() -> None:
    rows = ("Raw | `a.csv` | 1 | Session A | Session B", "Raw | `a.csv` | 2 | Session B | Session A")
    assert about("duplicates", hub(*rows, header="Layer | File | Version | Producer | Consumer")) == []
    assert len(about("duplicates", hub(*rows, header="Layer | File | # | Producer | Consumer"))) == 1


def test_a_producer_whose_outputs_lack_the_artifact() -> None:
    assert about("outputs", hub(ROW, output="`data/other/raw.json`")) == [
        "7:10 `data/raw.csv` is to come from `Session A`, whose outputs lack it"
    ]


def test_an_output_beside_the_contracts_that_has_no_row() -> None:
    assert about("outputs", hub(ROW, output="`data/raw.csv`, `data/extra.csv`")) == [
        "12:32 output `data/extra.csv` of `Session A` has no row in the contract table"
    ]


@pytest.mark.parametrize("output", ["`data/`", "`data/*.csv`", "`raw.csv`", "`data/raw.csv`, `logs/run.txt`", "tables"])
def test_an_output_may_cover_the_artifact(output: str) -> None:
    assert about("outputs", hub(ROW, output=output)) == []


def test_the_last_word_that_all_symbols_share_makes_no_two_alike() -> None:
    text = hub(ROW, ROW.replace("RAW_SCHEMA", "ETA_SCHEMA").replace("rows", "times"))
    code = "RETURN_SCHEMA = {}\nRAW_SCHEMA = {}\nETAPE_TABLE = {}\n"
    proof = ["defined there: `RETURN_SCHEMA`, `RAW_SCHEMA`, `ETAPE_TABLE`"]
    assert proofs(contracts, text, {"files": {"src/schemas.py": code}}, about="symbols") == [proof]


def test_a_symbol_that_the_source_does_not_define() -> None:
    text = hub(ROW, "Rows | `data/rows.csv` | `ROWS_SCHEMA` | Session A | Session B")
    assert about("symbols", text) == ["8:29 `ROWS_SCHEMA` is not defined in `src/schemas.py`"]
    assert proofs(contracts, text, FILES, about="symbols") == [["the nearest name there is `ROW_SCHEMA`"]]
    assert fixed(contracts, text, FILES, about="symbols") == text
    assert fixed(contracts, text, FILES, unsafe=True, about="symbols") == text.replace("ROWS_SCHEMA", "ROW_SCHEMA")


def test_a_source_that_may_get_its_names_from_elsewhere() -> None:
    text = hub(ROW, "Rows | `data/rows.csv` | `ROWS_SCHEMA` | Session A | Session B")
    repository = {"files": {"src/schemas.py": f"from other import *\n{CODE}"}}
    assert about("symbols", text, repository) == ["8:29 ? `src/schemas.py` may get `ROWS_SCHEMA` from elsewhere"]
    none_known = {"files": {"src/schemas.py": "x = 1\n"}}
    assert about("symbols", hub(ROW), none_known) == ["7:27 ? `src/schemas.py` may get `RAW_SCHEMA` from elsewhere"]


@pytest.mark.parametrize("code", ["def broken(:\n", "x = '\n"])
def test_a_source_that_cannot_be_read_is_undecided(code: str) -> None:
    (line,) = about("symbols", hub(ROW), {"files": {"src/schemas.py": code}})
    assert line.startswith("7:27 ? ")


BOTH = hub(ROW, "Rows | `data/rows.csv` | `ROW_SCHEMA` | Session A | Session B")


def test_a_schema_without_a_row() -> None:
    repository = {"files": {"src/schemas.py": f'{CODE}NEW_SCHEMA = ["id"]\nclass LAST_SCHEMA: ...\n'}}
    assert about("unlisted", BOTH, repository) == [
        "3:25 `NEW_SCHEMA` in `src/schemas.py` has no row in the contract table",
        "3:25 `LAST_SCHEMA` in `src/schemas.py` has no row in the contract table",
    ]
    assert about("unlisted", BOTH + "\n`NEW_SCHEMA` and `LAST_SCHEMA` are internal.\n", repository) == []
    assert about("unlisted", hub(ROW), repository) == []
    assert about("unlisted", BOTH.replace("ROW_", "LOST_"), repository) == []


@pytest.mark.parametrize(
    "code",
    [
        "_NEW_SCHEMA = []",
        "BASE_SCHEMA = []",
        "OLD_SCHEMA = RAW_SCHEMA",
        "from other import NEW_SCHEMA",
        "def NEW_SCHEMA(): ...",
        "NEW_TABLE = []",
        "class NEW_SCHEMA: ...\nclass RAW_SCHEMA(NEW_SCHEMA): ...",
        "NEW_SCHEMA = 'new'",
        "def broken(:",
    ],
)
def test_names_that_need_no_row(code: str) -> None:
    assert about("unlisted", BOTH, {"files": {"src/schemas.py": CODE + code}}) == []


def test_a_source_that_does_not_exist() -> None:
    text = hub(ROW, "Rows | `data/rows.csv` | `ROW_SCHEMA` | Session A | Session B")
    assert about("sources", text, {"files": ["README.md"]}) == ["3:25 the source of truth `src/schemas.py` does not exist"]


def test_a_source_that_moved_is_mended() -> None:
    moved = {**FILES, "commits": [{"subject": "Move", "rename": {"src/schemas.py": "lib/shapes.py"}, "date": "2026-02-03"}]}
    text = hub(ROW)
    assert about("sources", text, moved) == ["3:25 the source of truth `src/schemas.py` does not exist"]
    once = fixed(contracts, text, moved, about="sources")
    assert once == text.replace("src/schemas.py", "lib/shapes.py")
    assert fixed(contracts, once, moved, about="sources") == once


def test_a_source_that_was_deleted_is_told_with_its_commit() -> None:
    repository = {"files": {"src/schemas.py": CODE}, "commits": [{"subject": "Drop", "delete": ["src/schemas.py"], "date": "2026-02-03"}]}
    ((proof,),) = proofs(contracts, hub(ROW), repository, about="sources")
    assert proof.startswith("deleted in ")
    assert proof.endswith(" on 2026-02-03 (Drop)")


def test_an_ignored_source_and_a_shallow_history_are_undecided() -> None:
    assert about("sources", hub(ROW), {"files": ["README.md"], "ignored": ["src/"]}) == ["3:25 ? the path is ignored, or may be"]
    assert about("sources", hub(ROW), {"files": ["README.md"], "shallow": True}) == ["3:25 ? history is shallow"]


def typed(source: str, *symbols: str) -> str:
    rows = "".join(f"| `data/{symbol}.json` | `{symbol}` | Session A | Session B |\n" for symbol in symbols)
    return f"# Hub\n\nSchemas are defined in `{source}`.\n\n| File | Schema | Producer | Consumer |\n| --- | --- | --- | --- |\n{rows}"


LANGUAGES = {
    "src/contracts.ts": "interface OrderRow { id: string }\ntype ItemRow = { id: string };\nexport const VoidRow = z.object({});\n",
    "src/contracts.js": "class OrderRow {}\nconst ItemRow = z.object({});\nconst VoidRow = {};\nmodule.exports = { OrderRow, ItemRow };\n",
    "src/contracts.go": "package a\ntype OrderRow struct{}\ntype ItemRow struct{}\ntype VoidRow struct{}\n",
    "src/contracts.rs": "pub struct OrderRow { id: u8 }\npub enum ItemRow { A }\npub struct VoidRow;\n",
    "src/Contracts.java": "class Contracts {\nrecord OrderRow(int id) {}\nrecord ItemRow(int id) {}\nrecord VoidRow(int id) {}\n}\n",
    "db/schema.sql": "create table OrderRow (id int);\ncreate table ItemRow (id int);\ncreate view VoidRow as select 1;\n",
    "api/rows.proto": "message OrderRow {}\nmessage ItemRow {}\nmessage VoidRow {}\n",
    "api/rows.json": '{"$defs": {"OrderRow": {},\n"ItemRow": {},\n"VoidRow": {}}}\n',
    "api/rows.yaml": "components:\n  schemas:\n    OrderRow: {}\n    ItemRow: {}\n    VoidRow: {}\n",
}


@pytest.mark.parametrize("path", LANGUAGES)
def test_symbols_of_other_languages(path: str) -> None:
    if path.endswith((".ts", ".js", ".go", ".rs", ".java")):
        pytest.importorskip("tree_sitter")
    files = {"files": {path: LANGUAGES[path]}}
    assert about("symbols", typed(path, "OrderRow", "ItemRow", "VoidRow"), files) == []
    assert about("unlisted", typed(path, "OrderRow", "ItemRow", "VoidRow"), files) == []
    (missing,) = about("symbols", typed(path, "OrderRow", "ItemRows"), files)
    assert missing.endswith(f"`ItemRows` is not defined in `{path}`")
    (unlisted,) = about("unlisted", typed(path, "OrderRow", "ItemRow"), files)
    assert unlisted.endswith(f"`VoidRow` in `{path}` has no row in the contract table")


def test_a_schema_that_others_are_made_of_needs_no_row() -> None:
    pytest.importorskip("tree_sitter")
    code = LANGUAGES["src/contracts.ts"] + "export const OrderListRow = z.array(VoidRow);\n"
    found = about("unlisted", typed("src/contracts.ts", "OrderRow", "ItemRow", "OrderListRow"), {"files": {"src/contracts.ts": code}})
    assert found == []


def test_a_symbol_that_stands_in_a_class_and_one_that_is_only_mentioned() -> None:
    code = 'class Tables:\n    RAW_SCHEMA = ["id"]\n\nROW_SCHEMA = ["id"]\nglobals()["DAY_SCHEMA"] = ["id"]\n'
    text = hub(ROW, ROW.replace("RAW", "ROW"), ROW.replace("RAW", "DAY"), ROW.replace("RAW", "ROWS"))
    assert [line.split(" ", 1)[1] for line in about("symbols", text, {"files": {"src/schemas.py": code}})] == [
        "[warning] `DAY_SCHEMA` is not defined in `src/schemas.py`, only named on line 5",
        "`ROWS_SCHEMA` is not defined in `src/schemas.py`",
    ]


def test_tables_are_one_in_either_case() -> None:
    files = {"files": {"db/schema.sql": "CREATE TABLE ORDERS (ID INT);\ncreate table items (id int);\n"}}
    assert about("symbols", typed("db/schema.sql", "orders_all", "ITEMS", "Orders"), files) == [
        "7:29 `orders_all` is not defined in `db/schema.sql`"
    ]
