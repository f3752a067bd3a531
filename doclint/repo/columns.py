"""The columns that a data file has: CSV, TSV, JSON, JSON Lines, and Parquet, Arrow and Feather where PyArrow is there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from doclint.repo import kinds
from doclint.repo.facts import Unknown
from doclint.repo.kinds import Kind

LIMIT = 64 * 1024 * 1024
"""A file of more bytes is not read."""

_POINTER = b"version https://git-lfs.github.com/spec/"
_LONGEST_HEADER = 256 * 1024
_LONGEST_JSON = 8 * 1024 * 1024
_ROWS = 2000
_NOT_ROWS = Unknown("the file does not hold rows")
_NO_PYARROW = Unknown("PyArrow is not installed (doclint[data])", "pip install 'doclint[data]'")


class Held(NamedTuple):
    """A column of a file. ``always`` says that every row has it; ``kind`` is None where the file states none."""

    name: str
    kind: Kind | None = None
    always: bool = True


class Header(NamedTuple):
    """The columns of a file in their order; ``ordered`` is False where rows name their values. ``line`` has the names, in text."""

    columns: tuple[Held, ...]
    ordered: bool
    line: int | None = None


def header(path: str, data: bytes) -> Header | Unknown | None:
    """The columns of the file of these bytes; None for a file of another kind."""
    reader = _READERS.get(path.rpartition(".")[2].casefold())
    if reader is None:
        return None
    if data.startswith(_POINTER):
        return Unknown("the file is a pointer of Git LFS")
    if len(data) > LIMIT:
        return Unknown("the file is too large to be read")
    return reader(path, data)


# --- text -------------------------------------------------------------------------------------------------------------


def _separated(path: str, data: bytes) -> Header | Unknown:
    start = data[:_LONGEST_HEADER]
    try:
        text = start.decode("utf-8-sig", errors="strict" if len(data) <= _LONGEST_HEADER else "ignore")
    except UnicodeDecodeError:
        return Unknown("the file is not UTF-8")
    separator = "\t" if path.casefold().endswith(".tsv") else max(",;\t|", key=text.partition("\n")[0].count)
    try:
        names = [name.strip() for name in next(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), [])]
    except csv.Error:
        return _NOT_ROWS
    # An index without a name stands first in what pandas writes; written once more, it has this one.
    names = names[1:] if names and names[0] in ("", "Unnamed: 0") else names
    if not names or any(not name or "\0" in name or _is_number(name) for name in names):
        return Unknown("the first line is no header")
    return Header(tuple(map(Held, names)), ordered=True, line=1)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _json(path: str, data: bytes) -> Header | Unknown:
    if len(data) > _LONGEST_JSON:
        return Unknown("the file is too large to be read")
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Unknown("the file does not parse as JSON")
    if isinstance(value, dict):
        lists = [part for part in value.values() if isinstance(part, list) and part and all(isinstance(row, dict) for row in part)]
        if len(lists) != 1:
            return _NOT_ROWS
        value = lists[0]
    return _of_rows(value) if isinstance(value, list) else _NOT_ROWS


def _json_lines(path: str, data: bytes) -> Header | Unknown:
    rows: list[Any] = []
    for line in io.BytesIO(data[:_LONGEST_JSON]):
        if len(rows) == _ROWS or (not line.endswith(b"\n") and len(data) > _LONGEST_JSON):
            break
        if line.strip():
            try:
                rows.append(json.loads(line))
            except (ValueError, RecursionError):
                return Unknown("the file does not parse as JSON Lines")
    return _of_rows(rows)


def _of_rows(rows: Sequence[Any]) -> Header | Unknown:
    rows = rows[:_ROWS]
    if not rows or not all(isinstance(row, dict) for row in rows):
        return _NOT_ROWS
    count: dict[str, int] = {}
    families: dict[str, set[str]] = {}
    for row in rows:
        for name, value in row.items():
            count[name] = count.get(name, 0) + 1
            if value is not None:
                families.setdefault(name, set()).add(_family(value))
    columns = []
    for name, times in count.items():
        found = families.get(name, set())
        family = next(iter(found)) if len(found) == 1 else "float" if found == {"int", "float"} else ""
        columns.append(Held(name, Kind(family, None, _SHOWN[family]) if family in _SHOWN else None, times == len(rows)))
    return Header(tuple(columns), ordered=False)


_SHOWN = {"text": "string", "int": "integer", "float": "number", "bool": "boolean"}


def _family(value: object) -> str:
    if isinstance(value, bool):
        return "bool"
    return "text" if isinstance(value, str) else "int" if isinstance(value, int) else "float" if isinstance(value, float) else "other"


# --- Parquet, Arrow, Feather ------------------------------------------------------------------------------------------


def _parquet(path: str, data: bytes) -> Header | Unknown:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        return _NO_PYARROW
    try:
        return _of_arrow(parquet.read_schema(pyarrow.BufferReader(data)))
    except (pyarrow.ArrowException, OSError, ValueError, TypeError):
        return Unknown("the file does not parse as Parquet")


def _arrow(path: str, data: bytes) -> Header | Unknown:
    try:
        import pyarrow
    except ImportError:
        return _NO_PYARROW
    for opened in (pyarrow.ipc.open_file, pyarrow.ipc.open_stream):
        try:
            return _of_arrow(opened(pyarrow.BufferReader(data)).schema)
        except (pyarrow.ArrowException, OSError, ValueError, TypeError):
            continue
    return Unknown("the file does not parse as Arrow")


def _of_arrow(schema: Any) -> Header:
    # pandas keeps its index in columns of such names.
    fields = [field for field in schema if not field.name.startswith("__index_level_")]
    return Header(
        tuple(Held(field.name, kinds.of_name(str(getattr(field.type, "value_type", field.type)))) for field in fields), ordered=True
    )


_READERS = {
    "csv": _separated,
    "tsv": _separated,
    "json": _json,
    "jsonl": _json_lines,
    "ndjson": _json_lines,
    "parquet": _parquet,
    "arrow": _arrow,
    "feather": _arrow,
}
