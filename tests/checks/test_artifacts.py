"""CT010: the columns of artifacts against their schemas."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import artifacts
from tests.checks.running import proofs, told


def hub(symbol: str = "`ROW`", artifact: str = "`data/a.csv`") -> str:
    return (
        "# Hub\n\nSchemas are defined in `src/schemas.py`.\n\n| File | Schema | Producer | Consumer |\n| --- | --- | --- | --- |\n"
        f"| {artifact} | {symbol} | Session A | Session B |\n"
    )


def run(data: str, code: str = 'ROW = ["a", "b", "c"]', text: str | None = None, **more: Any) -> list[str]:
    return told(artifacts, text or hub(), {"files": {"src/schemas.py": code, "data/a.csv": data, **more.pop("files", {})}, **more})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a,b,c", []),
        ("a,b", ["lacks `c` of `ROW`"]),
        ("a,b,c,d", ["has `d`, which `ROW` does not state"]),
        ("a,b,x", ["lacks `c` of `ROW` and has `x`, which `ROW` does not state"]),
        ("a,c,b", ["has `c` where `ROW` has `b`: another order"]),
    ],
)
def test_columns(data: str, expected: list[str]) -> None:
    assert run(data) == [f"7:4 `data/a.csv` {line}" for line in expected]


def test_the_proof_stands_on_both_sides() -> None:
    files = {"src/schemas.py": 'ROW = ["a", "b", "c", "d", "e", "f"]', "data/a.csv": "a,b,c,d,e"}
    assert proofs(artifacts, hub(), {"files": files}) == [
        ["`ROW` in `src/schemas.py` has `a`, `b`, `c`, `d`, `e` and 1 more", "`data/a.csv` has `a`, `b`, `c`, `d`, `e`"]
    ]


def test_kinds_in_json() -> None:
    text = hub(artifact="`data/a.json`")
    code = 'ROW = {"a": int, "b": str, "c": "datetime", "d": float}'
    row = '[{"a": 1.5, "b": "x", "c": "2026-01-01", "d": 1}]'
    assert run("", code, text, files={"data/a.json": row}) == []
    assert run("", code, text, files={"data/a.json": row.replace("1.5", '"x"').replace('"b": "x"', '"b": 1')}) == [
        "7:4 in `data/a.json` `a` is `string` and not `int`, `b` is `integer` and not `str` as `ROW` states"
    ]


def test_rows_of_json_may_leave_out_what_has_a_default_and_have_no_order() -> None:
    text = hub(artifact="`data/a.jsonl`")
    code = "class ROW(BaseModel):\n    a: int\n    b: int\n    c: int = 0"
    assert run("", code, text, files={"data/a.jsonl": '{"b": 1, "a": 1}\n{"a": 1}\n'}) == []
    assert run("", code, text, files={"data/a.jsonl": '{"a": 1, "c": 2}\n'}) == ["7:4 `data/a.jsonl` lacks `b` of `ROW`"]


def test_a_schema_from_another_module() -> None:
    other = {"src/rows.py": 'ROW = ["a", "b"]', "src/deep/__init__.py": "from .rows import ROW", "src/deep/rows.py": 'ROW = ["a", "z"]'}
    assert run("a,b", "from .rows import ROW", files=other) == []
    assert run("a,b", "from src.rows import ROW", files=other) == []
    assert run("a,z", "from .deep import ROW", files=other) == []
    assert run("a,b", "from elsewhere import ROW") == ["7:4 ? the schema comes from another module"]


@pytest.mark.parametrize("symbol", ["`src/schemas.py::ROW`", "`src/schemas.py:ROW`"])
def test_a_symbol_with_its_path(symbol: str) -> None:
    assert run("a,b", text=hub(symbol)) == ["7:4 `data/a.csv` lacks `c` of `ROW`"]


def test_a_json_schema() -> None:
    schema = '{"properties": {"a": {}, "b": {}}, "required": ["a", "b"], "additionalProperties": %s}'
    text = hub("`schemas/row.json`")
    assert run("a,c", text=text, files={"schemas/row.json": schema % "true"}) == ["7:4 `data/a.csv` lacks `b` of `schemas/row.json`"]
    assert run("b,a,c", text=text, files={"schemas/row.json": schema % "true"}) == []
    assert run("b,a,c", text=text, files={"schemas/row.json": schema % "false"}) == [
        "7:4 `data/a.csv` has `c`, which `schemas/row.json` does not state"
    ]


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        ("x,y,z", 'ROW = ["a", "b", "c"]', "the columns of `data/a.csv` and `ROW` have little in common"),
        ("a,b", "ROW = load()", "the schema is computed, or of a shape that is not read"),
        ("1,2", 'ROW = ["a", "b"]', "the first line is no header"),
        ("a,b", "def broken(:", "the file does not parse as Python"),
    ],
)
def test_what_cannot_be_compared_is_undecided(data: str, code: str, reason: str) -> None:
    assert run(data, code) == [f"7:4 ? {reason}"]


def test_an_artifact_that_is_not_there() -> None:
    files = {"src/schemas.py": 'ROW = ["a"]'}
    assert told(artifacts, hub(), {"files": files}) == []
    assert told(artifacts, hub(), {"files": files, "ignored": ["data/"]}) == ["7:4 ? the artifact is ignored"]
    assert told(artifacts, hub(artifact="`data/`"), {"files": files}) == []


FORMS = {
    "dict": 'ROW = {"a": str, "b": int, "c": float}',
    "list": 'ROW = ["a", "b", "c"]',
    "dataclass": "@dataclass(frozen=True)\nclass ROW:\n    a: str\n    b: int = 0\n    c: float = field(default=1.0)",
    "TypedDict": "class ROW(TypedDict, total=False):\n    a: Required[str]\n    b: Required[int]\n    c: Required[float]",
    "NamedTuple": "class ROW(NamedTuple):\n    a: str\n    b: int\n    c: float",
    "pydantic": 'class ROW(BaseModel):\n    x: str = Field(alias="a")\n    b: int = Field(..., ge=0)\n    c: float | None',
    "SQLAlchemy": "class ROW(Base):\n    a: Mapped[str] = mapped_column(primary_key=True)\n    b = Column(Integer)\n    c = Column(Float)",
    "a table of SQLAlchemy": 'ROW = Table("rows", metadata, Column("a", String), Column("b", Integer), Column("c", Float))',
    "pandera": 'ROW = pa.DataFrameSchema({"a": pa.Column(str), "b": pa.Column(int), "c": pa.Column(float)})',
    "a model of pandera": "class ROW(pa.DataFrameModel):\n    a: Series[str]\n    b: Series[int]\n    c: Series[float] = pa.Field(ge=0)",
    "Polars": 'ROW = pl.Schema({"a": pl.Utf8, "b": pl.Int64, "c": pl.Float64})',
    "PyArrow": 'ROW = pa.schema([pa.field("a", pa.string()), pa.field("b", pa.int64()), ("c", pa.float64())])',
    "JSON Schema": 'ROW = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}, "c": {"type": "number"}},'
    ' "required": ["a", "b", "c"], "additionalProperties": False}',
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_schema(form: str) -> None:
    code, text = FORMS[form], hub(artifact="`data/a.jsonl`")
    found = [line.split(" ", 2)[2] for data in ("a,b,c", "a,b", "a,b,c,d", "a,c,b") for line in run(data, code)]
    order = [] if form in ("TypedDict", "JSON Schema") else ["has `c` where `ROW` has `b`: another order"]
    assert found == ["lacks `c` of `ROW`", "has `d`, which `ROW` does not state", *order]
    assert run("", code, text, files={"data/a.jsonl": '{"a": "x", "b": 1, "c": 2.5}\n'}) == []
    assert run("", code, text, files={"data/a.jsonl": '{"a": "x", "b": 1}\n'}) == ["7:4 `data/a.jsonl` lacks `c` of `ROW`"]
    kinds = run("", code, text, files={"data/a.jsonl": '{"a": 1, "b": "x", "c": 2.5}\n'})
    assert [line.split(" as ")[0].partition("jsonl` ")[2].count(" and not ") for line in kinds] == ([] if form == "list" else [2])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('\ufeff"a","b","c"\r\n1,2,3\r\n', []),
        ("a;b;c\n1,5;2;3\n", []),
        ("a\tb\tc\n", []),
        ("Unnamed: 0,a,b,c\n", []),
        (",a,b,c\n", []),
        ("", ["? the first line is no header"]),
        ("1,2,3\n", ["? the first line is no header"]),
        ("a,\0b,c\n", ["? the first line is no header"]),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", ["? the file is a pointer of Git LFS"]),
    ],
)
def test_odd_files(data: str, expected: list[str]) -> None:
    assert [line.partition(" ")[2] for line in run(data)] == expected
