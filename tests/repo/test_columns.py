"""The columns of data files."""

from __future__ import annotations

import io
from typing import Any

import pytest

from doclint.repo import columns
from doclint.repo.columns import header
from doclint.repo.facts import Unknown


def read(path: str, data: str | bytes) -> list[str] | str | None:
    found = header(path, data.encode() if isinstance(data, str) else data)
    if found is None or isinstance(found, Unknown):
        return None if found is None else found.reason
    return [
        column.name + ("" if column.always else "?") + (f": {column.kind.name}" if column.kind is not None else "")
        for column in found.columns
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.csv", "a,b\n1,2\n", ["a", "b"]),
        ("a.csv", '\ufeffa,"b, c"\r\n1,2\r\n', ["a", "b, c"]),
        ("a.csv", "a;b\n1;2\n", ["a", "b"]),
        ("a.csv", ",a,b\n0,1,2\n", ["a", "b"]),
        ("a.CSV", '"a\nb",c\n', ["a\nb", "c"]),
        ("a.tsv", "a\tb,c\n", ["a", "b,c"]),
        ("a.csv", "1,2\n", "the first line is no header"),
        ("a.csv", "a,,c\n", "the first line is no header"),
        ("a.csv", "", "the first line is no header"),
        ("a.csv", '"a', "the file does not hold rows"),
        ("a.json", '[{"a": 1, "b": "x"}, {"a": 2.5, "b": null}]', ["a: number", "b: string"]),
        ("a.json", '{"made": 1, "rows": [{"a": true}, {"b": []}]}', ["a?: boolean", "b?"]),
        ("a.json", '{"a": 1}', "the file does not hold rows"),
        ("a.json", "[1]", "the file does not hold rows"),
        ("a.json", "[]", "the file does not hold rows"),
        ("a.json", "[" * 20_000, "the file does not parse as JSON"),
        ("a.jsonl", '{"a": 1}\n\n{"a": "x", "b": 1}\n', ["a", "b?: integer"]),
        ("a.jsonl", "{\n", "the file does not parse as JSON Lines"),
        ("a.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "the file is a pointer of Git LFS"),
        ("a.txt", "a,b\n", None),
    ],
)
def test_files_of_text(path: str, text: str, expected: object) -> None:
    assert read(path, text) == expected


def test_what_is_no_text_or_too_much() -> None:
    assert read("a.csv", b"\xff\xfea\x00") == "the file is not UTF-8"
    assert read("a.csv", "a,é\n".encode() + b"x" * 300_000) == ["a", "é"]
    assert read("a.csv", b"a" * (columns.LIMIT + 1)) == "the file is too large to be read"
    assert read("a.json", b" " * (9 * 1024 * 1024)) == "the file is too large to be read"


@pytest.fixture
def table() -> Any:
    pyarrow = pytest.importorskip("pyarrow")
    return pyarrow.table({"a": pyarrow.array([1], pyarrow.int32()), "b": ["x"], "__index_level_0__": [0]})


def test_parquet(table: Any) -> None:
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(table, file)
    assert read("a.parquet", file.getvalue()) == ["a: int32", "b: string"]
    assert read("a.parquet", b"PAR1") == "the file does not parse as Parquet"
    assert read("a.parquet", b"") == "the file does not parse as Parquet"


def test_arrow_and_feather(table: Any) -> None:
    import pyarrow

    for opened in (pyarrow.ipc.new_file, pyarrow.ipc.new_stream):
        file = io.BytesIO()
        with opened(file, table.schema) as writer:
            writer.write_table(table)
        assert read("a.arrow", file.getvalue()) == read("a.feather", file.getvalue()) == ["a: int32", "b: string"]
    assert read("a.arrow", b"ARROW1") == "the file does not parse as Arrow"


def test_parquet_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    for path in ("a.parquet", "a.feather"):
        found = header(path, b"PAR1")
        assert isinstance(found, Unknown)
        assert (found.reason, found.remedy) == ("PyArrow is not installed (doclint[data])", "pip install 'doclint[data]'")
