"""Kinds of values, as schemas and data files name them, brought to one vocabulary."""

from __future__ import annotations

import ast
import re
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """What a column holds: ``text``, ``int``, ``float``, ``bool``, ``date``, ``datetime`` or ``decimal``; ``width`` in bits where stated.

    ``name`` is how it was written.
    """

    family: str
    width: int | None
    name: str

    def disagrees(self, other: Kind) -> bool:
        """Whether no column can be both; widths count where both are stated."""
        if self.family != other.family:
            return True
        return self.width is not None and other.width is not None and self.width != other.width


_FAMILIES = {
    "text": "utf8 large_utf8 string large_string str stringtype string_view unicode text varchar stringdtype",
    "int": "int integer biginteger smallinteger int8 int16 int32 int64 integertype longtype shorttype bytetype bigint smallint",
    "uint": "uint8 uint16 uint32 uint64",
    "float": "float float16 float32 float64 halffloat double floattype doubletype real halffloat",
    "bool": "bool boolean bool_ booleantype",
    "date": "date date32 date64 datetype",
    "datetime": "datetime timestamp datetimetype timestamptype datetime64 datetime64[ns]",
    "decimal": "decimal decimal128 decimal256 decimaltype numeric",
}
_FAMILY = {word: family for family, words in _FAMILIES.items() for word in words.split()}
_WIDTHS = {
    "integertype": 32,
    "longtype": 64,
    "shorttype": 16,
    "bytetype": 8,
    "double": 64,
    "doubletype": 64,
    "floattype": 32,
    "halffloat": 16,
}
# What these stand around says what the column holds.
_AROUND = frozenset("Optional Annotated Mapped Series Required NotRequired Final ReadOnly Column".split())
_CALLS = frozenset("Column Field field mapped_column Nullable".split())


def of_name(name: str) -> Kind | None:
    """The kind that a type's bare name stands for; None where it stands for none that is known."""
    word = re.sub(r"[\[(<].*", "", name).strip().casefold()
    family = _FAMILY.get(word)
    if family is None:
        return None
    digits = re.search(r"(8|16|32|64)$", word)
    if family not in ("int", "uint", "float"):
        return Kind(family, None, name)
    return Kind(family, int(digits[1]) if digits else _WIDTHS.get(word), name)


def of_expression(node: ast.expr) -> Kind | None:
    """The kind that ``pl.Int64``, ``pa.int64()``, ``"int64"``, ``Column(Integer)`` or ``int`` stands for."""
    match node:
        case ast.Constant(value=str(text)):
            return of_name(text)
        case ast.Name() | ast.Attribute():
            return of_name(last_name(node))
        case ast.Call(func=function, args=args):
            if last_name(function) in _CALLS:
                return next((kind for kind in map(of_expression, args) if kind is not None and not isinstance(args[0], ast.Constant)), None)
            return of_name(last_name(function))
    return of_annotation(node) if isinstance(node, ast.Subscript | ast.BinOp) else None


def of_annotation(node: ast.expr) -> Kind | None:
    """The kind that an annotation stands for, an optional one's included."""
    match node:
        case ast.Constant(value=str(text)):
            return of_name(text) if text.isidentifier() else None
        case ast.Name() | ast.Attribute():
            return of_name(last_name(node))
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return _one(left, right)
        case ast.Subscript(value=outer, slice=inner) if last_name(outer) in _AROUND:
            return of_annotation(inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner)
        case ast.Subscript(value=outer, slice=ast.Tuple(elts=[left, right])) if last_name(outer) == "Union":
            return _one(left, right)
    return None


def _one(left: ast.expr, right: ast.expr) -> Kind | None:
    for one, other in ((left, right), (right, left)):
        if isinstance(other, ast.Constant) and other.value is None:
            return of_annotation(one)
    return None


def last_name(node: ast.expr) -> str:
    """The last part of a dotted name; empty for what is no name."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def of_json_schema(part: Any) -> Kind | None:
    """The kind that a property of a JSON Schema has."""
    name = part.get("type") if isinstance(part, dict) else None
    if isinstance(name, list):
        name = next((one for one in name if one != "null"), None) if len([one for one in name if one != "null"]) == 1 else None
    return {"string": Kind("text", None, "string"), "integer": Kind("int", None, "integer"), "boolean": Kind("bool", None, "boolean")}.get(
        str(name), Kind("float", None, "number") if name == "number" else None
    )
