"""Schemas in source code, read without running it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from doclint.repo.facts import Unknown
from doclint.repo.schemas import Module, Schema, json_schema, module


def schema(code: str, name: str = "ROW") -> Schema | Unknown:
    read = module(code.encode())
    assert isinstance(read, Module)
    return read.schema(name)


def names(found: Schema | Unknown) -> list[str] | str:
    return found.reason if isinstance(found, Unknown) else [column.name + ("" if column.required else "?") for column in found.columns]


def kinds(found: Schema | Unknown) -> list[tuple[str, int | None] | None]:
    assert not isinstance(found, Unknown)
    return [column.kind and (column.kind.family, column.kind.width) for column in found.columns]


@pytest.mark.parametrize(
    "code",
    [
        'ROW = {"a": pl.Utf8, "b": pl.Int64}',
        'ROW: dict[str, object] = {"a": str, "b": int}',
        'ROW: Final = ["a", "b"]',
        'ROW = ("a", "b")',
        'ROW = [("a", "string"), ("b", "int64")]',
        'ROW = [{"name": "a", "type": "string"}, {"name": "b", "type": "int"}]',
        'ROW = {"columns": ["a", "b"], "key": "a"}',
        'ROW = {"a": {"dtype": "str"}, "b": {"dtype": "int", "nullable": True}}',
        'ROW = pl.Schema({"a": pl.String(), "b": pl.Int64()})',
        'ROW = pa.schema([("a", pa.string()), pa.field("b", pa.int64())])',
        'ROW = StructType([StructField("a", StringType(), True), StructField("b", LongType())])',
        'ROW = pa.DataFrameSchema(columns={"a": Column(str), "b": Column(int, Check.gt(0))})',
        "ROW = dict(a=str, b=int)",
        'ROW = Table("rows", metadata, Column("a", String), Column("b", Integer))',
        'ROW = namedtuple("Row", "a b")',
        'ROW = NamedTuple("Row", [("a", str), ("b", int)])',
        'KEY = {"a": str}\nROW = {**KEY, "b": int}',
        'KEY = ["a"]\nROW = KEY + ["b"]',
        'KEY = ["a"]\nROW = [*KEY, "b"]',
        'OLD = {"a": str, "b": int}\nROW = OLD',
        'ROW = MappingProxyType({"a": str, "b": int})',
        "@dataclass(frozen=True)\nclass ROW:\n    a: str\n    b: int = 0\n    K: ClassVar[int] = 1\n    _c: int = 0\n    def d(self): ...",
        "class ROW(TypedDict):\n    a: str\n    b: int",
        "class ROW(NamedTuple):\n    a: str\n    b: int = 0",
        "class ROW(BaseModel):\n    model_config = ConfigDict(frozen=True)\n    a: str\n    b: int = Field(ge=0)",
        "class Key(BaseModel):\n    a: str\nclass ROW(Key):\n    b: int",
        "class ROW(pa.DataFrameModel):\n    a: Series[str]\n    b: Series[int] = pa.Field(ge=0)",
        'class Base(DeclarativeBase):\n    pass\nclass ROW(Base):\n    __tablename__ = "rows"\n'
        "    a: Mapped[str] = mapped_column(primary_key=True)\n"
        '    b: Mapped[int]\n    c: Mapped["Other"] = relationship()',
        "class ROW(Base):\n    __tablename__ = 'rows'\n    a = Column(String, primary_key=True)\n    b = Column(Integer)",
        'try:\n    ROW = {"a": str, "b": int}\nexcept ImportError:\n    pass',
    ],
)
def test_shapes(code: str) -> None:
    assert names(schema(code)) == ["a", "b"]


@pytest.mark.parametrize(
    "code",
    [
        "ROW = load()",
        "ROW = {name: str for name in NAMES}",
        'ROW = {"a": 1, "b": 2}',
        'ROW = {"a": {"currency": "BRL"}, "b": {"currency": "MXN"}}',
        'ROW = {"name": "rows", "columns": NAMES}',
        'ROW = {"a": str, NAME: int}',
        "ROW = {}",
        "ROW = []",
        "ROW = [1, 2]",
        "class ROW:\n    a: str",
        "class ROW(Elsewhere):\n    a: str",
        "class ROW(BaseModel):\n    model_config = ConfigDict(alias_generator=to_camel)\n    a: str",
        "from .other import ROW",
        "def ROW(): ...",
        "ROW = ROW",
        "ROW = OTHER\nOTHER = ROW",
        'ROW = {"a": str, **load()}',
    ],
)
def test_what_is_computed_or_elsewhere_is_unknown(code: str) -> None:
    assert isinstance(schema(code), Unknown)


@pytest.mark.parametrize("data", [b"def broken(:", b"\xff\xfe", b"x = '\n", b"(" * 20_000])
def test_what_cannot_be_read_is_unknown(data: bytes) -> None:
    assert isinstance(module(data), Unknown)


def test_what_may_be_left_out_and_what_is_called_otherwise() -> None:
    assert names(schema("class ROW(BaseModel):\n    a: str = ''\n    b: int = Field(..., alias='B')\n    c: int = Field(default=0)")) == [
        "a?",
        "B",
        "c?",
    ]
    assert names(schema("class ROW(TypedDict, total=False):\n    a: str")) == ["a?"]
    assert names(schema("class ROW(TypedDict):\n    a: NotRequired[str]\n    b: str")) == ["a?", "b"]
    assert names(schema("class ROW(Base):\n    a: Mapped[int] = mapped_column('A')\n    b = Column('B', Integer)")) == ["A", "B"]
    opened = schema("class ROW(BaseModel):\n    model_config = ConfigDict(extra='allow')\n    a: str")
    assert isinstance(opened, Schema)
    assert not opened.closed
    unordered = schema("ROW = {'a', 'b'}")
    assert isinstance(unordered, Schema)
    assert not unordered.ordered


def test_kinds() -> None:
    code = (
        'ROW = {"a": pl.Utf8, "b": pl.Int32, "c": "float64", "d": pa.timestamp("us"), "e": bool, "f": pl.List(pl.Utf8), "g": int | None, '
        '"h": Column(Integer), "i": pl.UInt8, "j": Optional[str], "k": object}'
    )
    assert kinds(schema(code)) == [
        ("text", None),
        ("int", 32),
        ("float", 64),
        ("datetime", None),
        ("bool", None),
        None,
        ("int", None),
        ("int", None),
        ("uint", 8),
        ("text", None),
        None,
    ]
    annotated = "class ROW(BaseModel):\n    a: Annotated[int, Field(ge=0)]\n    b: list[str]\n    c: Union[str, None]\n"
    annotated += "    d: 'str'\n    e: str | int"
    assert kinds(schema(annotated)) == [("int", None), None, ("text", None), ("text", None), None]


def of_json(value: Any, name: str | None = None) -> list[str] | str:
    return names(json_schema(json.dumps(value).encode(), name))


def test_a_json_schema() -> None:
    row = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": ["integer", "null"]}}, "required": ["a"]}
    assert of_json(row) == ["a", "b?"]
    assert of_json({"type": "array", "items": {"$ref": "#/$defs/Row"}, "$defs": {"Row": row}}) == ["a", "b?"]
    assert of_json({"definitions": {"Row": row}}, "Row") == ["a", "b?"]
    assert of_json({"components": {"schemas": {"Row": row}}}, "Row") == ["a", "b?"]
    assert names(schema(f"ROW = {row!r}")) == ["a", "b?"]
    closed = json_schema(json.dumps({**row, "additionalProperties": False}).encode())
    assert isinstance(closed, Schema)
    assert closed.closed


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        {"$ref": "other.json"},
        {"$ref": "#"},
        {"$ref": "#/a/b"},
        {"properties": {"a": {}}, "allOf": []},
        {"type": "string"},
        {"$defs": {"Row": 1}},
    ],
)
def test_a_json_schema_that_says_nothing_of_columns(value: Any) -> None:
    assert isinstance(of_json(value, "Row" if isinstance(value, dict) and "$defs" in value else None), str)
    assert isinstance(json_schema(b"{"), Unknown)
