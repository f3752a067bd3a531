"""The columns that a schema states in source code, read without running it.

A schema is a dict, a list, a call that builds one (Polars, PyArrow, pandera, SQLAlchemy, Spark), or a class with annotated fields
(dataclass, TypedDict, NamedTuple, pydantic, SQLAlchemy). What is computed, or comes from elsewhere, is Unknown.
"""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from doclint.repo import kinds
from doclint.repo.facts import Unknown
from doclint.repo.kinds import Kind

_COMPUTED = Unknown("the schema is computed, or of a shape that is not read")
_ELSEWHERE = Unknown("the schema comes from another module")
_MOST_COLUMNS = 4096
_DEEPEST = 12


class Column(NamedTuple):
    """A column that a schema states; ``kind`` is None where no type is stated that can be compared."""

    name: str
    kind: Kind | None = None
    required: bool = True


class Schema(NamedTuple):
    """The columns in the order in which they are stated.

    ``closed`` says that there are no others, ``ordered`` that their order means something; ``line`` is where it is stated, if known.
    """

    columns: tuple[Column, ...]
    closed: bool = True
    ordered: bool = True
    line: int | None = None


class Module(NamedTuple):
    """A Python module's own names: what each was last bound to at the top level, and the modules that others come from."""

    nodes: Mapping[str, ast.expr | ast.ClassDef]
    imports: Mapping[str, tuple[str, int, str]]

    def schema(self, name: str) -> Schema | Unknown:
        """The schema that ``name`` states."""
        node = self.nodes.get(name)
        if node is None:
            return _ELSEWHERE
        found = _Reader(self).schema(node, 0)
        return found if isinstance(found, Unknown) else found._replace(line=node.lineno)


def module(data: bytes) -> Module | Unknown:
    """The module that ``data`` holds."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data.decode("utf-8-sig"))
        nodes: dict[str, ast.expr | ast.ClassDef] = {}
        imports: dict[str, tuple[str, int, str]] = {}
        for statement in _statements(tree.body):
            match statement:
                case ast.ClassDef(name=name):
                    nodes[name] = statement
                case ast.Assign(value=value):
                    for target in statement.targets:
                        if isinstance(target, ast.Name):
                            nodes[target.id] = value
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    nodes[name] = value
                case ast.ImportFrom(module=source, level=level):
                    for alias in statement.names:
                        imports[alias.asname or alias.name] = (source or "", level, alias.name)
                case _:
                    pass
        return Module(nodes, imports)
    except UnicodeDecodeError:
        return Unknown("the file is not UTF-8")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Unknown("the file does not parse as Python")


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        if isinstance(statement, ast.If | ast.Try):
            yield from _statements(statement.body)


def json_schema(data: bytes, name: str | None = None) -> Schema | Unknown:
    """The schema in a JSON Schema; ``name`` picks one of its definitions."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Unknown("the file does not parse as JSON")
    found = value
    if name is not None:
        found = next((value[key][name] for key in ("$defs", "definitions") if _holds(value, key) and name in value[key]), None)
        if found is None and _holds(value, "components") and _holds(value["components"], "schemas"):
            found = value["components"]["schemas"].get(name)
    return _json(found, value, 0)


def _holds(value: Any, key: str) -> bool:
    return isinstance(value, dict) and isinstance(value.get(key), dict)


def _json(node: Any, root: Any, depth: int) -> Schema | Unknown:
    if not isinstance(node, dict) or depth > _DEEPEST:
        return _COMPUTED
    reference = node.get("$ref")
    if isinstance(reference, str):
        target = root
        if not reference.startswith("#"):
            return _ELSEWHERE
        for part in reference[1:].strip("/").split("/") if reference != "#" else ():
            target = target.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(target, dict) else None
        return _json(target, root, depth + 1)
    if "items" in node:
        return _json(node["items"], root, depth + 1)
    if not _holds(node, "properties") or any(key in node for key in ("allOf", "anyOf", "oneOf", "if", "patternProperties")):
        return _COMPUTED
    required = node.get("required")
    names = {name for name in required if isinstance(name, str)} if isinstance(required, list) else set()
    columns = tuple(
        Column(name, kinds.of_json_schema(part), name in names) for name, part in list(node["properties"].items())[:_MOST_COLUMNS]
    )
    return Schema(columns, closed=node.get("additionalProperties") is False, ordered=False)


# --- expressions ------------------------------------------------------------------------------------------------------

# Calls that hand on their first argument.
_WRAPPERS = frozenset(
    "Schema schema OrderedDict dict list tuple frozenset set MappingProxyType StructType DataFrameSchema Struct struct".split()
)
_FIELD_CALLS = frozenset("Field field StructField Column mapped_column".split())


class _Reader:
    """Reads nodes of one module; names lead to its other nodes."""

    def __init__(self, module: Module) -> None:
        self._module = module

    def schema(self, node: ast.expr | ast.ClassDef, depth: int) -> Schema | Unknown:
        if depth > _DEEPEST:
            return _COMPUTED
        match node:
            case ast.ClassDef():
                return self._class(node, depth)
            case ast.Name(id=name):
                target = self._module.nodes.get(name)
                return _ELSEWHERE if target is None else self.schema(target, depth + 1)
            case ast.Dict():
                return self._dict(node, depth)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return self._list(elements, depth)
            case ast.Set(elts=elements):
                found = self._list(elements, depth)
                return found if isinstance(found, Unknown) else found._replace(ordered=False)
            case ast.BinOp(op=ast.BitOr() | ast.Add(), left=left, right=right):
                return _joined(self.schema(left, depth + 1), self.schema(right, depth + 1))
            case ast.Call():
                return self._call(node, depth)
        return _COMPUTED

    def _dict(self, node: ast.Dict, depth: int) -> Schema | Unknown:
        plain = _by_key(node)
        if "properties" in plain and ("type" in plain or "$schema" in plain):
            try:
                return _json(ast.literal_eval(node), ast.literal_eval(node), depth)
            except (ValueError, TypeError, RecursionError):
                return _COMPUTED
        for listed in (plain.get("columns"), plain.get("fields")):
            if isinstance(listed, ast.List | ast.Dict | ast.Tuple) or (isinstance(listed, ast.Name) and kinds.of_name(listed.id) is None):
                return self.schema(listed, depth + 1)
        if len(node.keys) > _MOST_COLUMNS:
            return _COMPUTED
        columns: list[Column] = []
        nested = 0
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                part = self.schema(value, depth + 1)
                if isinstance(part, Unknown):
                    return part
                columns.extend(part.columns)
                continue
            name, described = _text(key), _described(value)
            if name is None or described is None:
                return _COMPUTED
            nested += isinstance(value, ast.Dict)
            columns.append(Column(name, *described))
        # Either every column is described by a dict of its own, or none is: a mixture is settings.
        if not columns or 0 < nested < len(node.keys):
            return _COMPUTED
        return Schema(_unique(columns))

    def _list(self, elements: Sequence[ast.expr], depth: int) -> Schema | Unknown:
        if not elements or len(elements) > _MOST_COLUMNS:
            return _COMPUTED
        columns: list[Column] = []
        for element in elements:
            match element:
                case ast.Constant(value=str(name)):
                    columns.append(Column(name))
                case ast.Tuple(elts=[ast.Constant(value=str(name)), type_, *_]):
                    columns.append(Column(name, kinds.of_expression(type_)))
                case ast.Starred(value=value):
                    part = self.schema(value, depth + 1)
                    if isinstance(part, Unknown):
                        return part
                    columns.extend(part.columns)
                case ast.Call(func=function, args=[ast.Constant(value=str(name)), *rest]) if kinds.last_name(function) in _FIELD_CALLS:
                    columns.append(Column(name, kinds.of_expression(rest[0]) if rest else None))
                case ast.Dict():
                    named = _text(_by_key(element).get("name"))
                    if named is None:
                        return _COMPUTED
                    columns.append(Column(named, *(_described(element) or ())))
                case _:
                    return _COMPUTED
        return Schema(_unique(columns))

    def _call(self, node: ast.Call, depth: int) -> Schema | Unknown:
        name = kinds.last_name(node.func)
        if name == "dict" and node.keywords and not node.args:
            if any(keyword.arg is None for keyword in node.keywords):
                return _COMPUTED
            return Schema(tuple(Column(str(keyword.arg), kinds.of_expression(keyword.value)) for keyword in node.keywords))
        if name in _WRAPPERS:
            inner = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg in ("columns", "fields", "schema")), None)
            return _COMPUTED if inner is None else self.schema(inner, depth + 1)
        words = _text(node.args[1]) if name == "namedtuple" and len(node.args) > 1 else None
        if words is not None:
            return Schema(tuple(map(Column, words.replace(",", " ").split())))
        if name in ("namedtuple", "NamedTuple", "TypedDict", "make_dataclass") and len(node.args) > 1:
            found = self.schema(node.args[1], depth + 1)
            return found if isinstance(found, Unknown) else found._replace(ordered=name != "TypedDict")
        if name == "Table":
            return self._list([arg for arg in node.args if isinstance(arg, ast.Call) and kinds.last_name(arg.func) == "Column"], depth)
        return _COMPUTED

    # --- classes ----------------------------------------------------------------------------------------------------------

    def _class(self, node: ast.ClassDef, depth: int) -> Schema | Unknown:
        decorators = {kinds.last_name(d.func if isinstance(d, ast.Call) else d) for d in node.decorator_list}
        bases = [kinds.last_name(base.value if isinstance(base, ast.Subscript) else base) for base in node.bases]
        columns: list[Column] = []
        framework = bool(decorators & {"dataclass", "define", "frozen", "attrs", "attr", "s"})
        closed = True
        for base in bases:
            if base in _FRAMEWORK:
                framework = True
            elif isinstance(self._module.nodes.get(base), ast.ClassDef):
                inherited = self.schema(self._module.nodes[base], depth + 1)
                if isinstance(inherited, Unknown):
                    # A base of no columns, such as SQLAlchemy's ``class Base(DeclarativeBase)``, is the framework's own.
                    if not _is_bare(self._module.nodes[base]):
                        return inherited
                else:
                    columns.extend(inherited.columns)
                    closed = closed and inherited.closed
                framework = True
            elif base not in ("Generic", "Protocol", "ABC", "object"):
                return _ELSEWHERE
        if not framework:
            return _COMPUTED
        partial = any(k.arg == "total" and isinstance(k.value, ast.Constant) and not k.value.value for k in node.keywords)
        lenient = not decorators & {"dataclass"} and not any(base in ("NamedTuple",) for base in bases)
        for statement in node.body:
            column = _field(statement, partial=partial, lenient=lenient)
            if column is not None:
                columns.append(column)
        text = ast.dump(node)
        if "alias_generator" in text or "serialization_alias" in text:
            return _COMPUTED
        if "'extra'" in text and "'allow'" in text:
            closed = False
        return Schema(_unique(columns), closed, ordered="TypedDict" not in bases) if columns else _COMPUTED


_FRAMEWORK = frozenset(
    "TypedDict NamedTuple BaseModel DataFrameModel SchemaModel DeclarativeBase Base Model SQLModel Struct MappedAsDataclass".split()
)


def _is_bare(node: ast.expr | ast.ClassDef) -> bool:
    return isinstance(node, ast.ClassDef) and not any(isinstance(statement, ast.AnnAssign | ast.Assign) for statement in node.body)


def _field(statement: ast.stmt, *, partial: bool, lenient: bool) -> Column | None:
    """The column that a line of a class's body states."""
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
            outer = kinds.last_name(annotation.value) if isinstance(annotation, ast.Subscript) else kinds.last_name(annotation)
            if name.startswith("_") or name == "model_config" or outer in ("ClassVar", "InitVar", "Relationship"):
                return None
            called = value if isinstance(value, ast.Call) else None
            if called is not None and kinds.last_name(called.func) == "relationship":
                return None
            stated = outer == "Required" or (not partial and outer != "NotRequired")
            required = stated and not (lenient and value is not None and _gives_default(value))
            return Column(_alias(called) or name, kinds.of_annotation(annotation), required)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function, args=args) as call):
            if kinds.last_name(function) != "Column" or name.startswith("_"):
                return None
            types = [arg for arg in args if _text(arg) is None]
            return Column(_alias(call) or name, kinds.of_expression(types[0]) if types else None)
    return None


def _alias(call: ast.Call | None) -> str | None:
    """The name that a column has outside: ``Field(alias="x")``, ``mapped_column("x", …)``."""
    if call is None:
        return None
    named = next((_text(keyword.value) for keyword in call.keywords if keyword.arg == "alias"), None)
    return named or (_text(call.args[0]) if call.args and kinds.last_name(call.func) in ("Column", "mapped_column") else None)


def _gives_default(value: ast.expr) -> bool:
    if not isinstance(value, ast.Call) or kinds.last_name(value.func) not in ("Field", "field", "mapped_column"):
        return True
    if kinds.last_name(value.func) == "mapped_column":
        return False
    first = value.args[0] if value.args else None
    given = first is not None and not (isinstance(first, ast.Constant) and first.value is Ellipsis)
    return given or any(keyword.arg in ("default", "default_factory") for keyword in value.keywords)


def _described(value: ast.expr) -> tuple[Kind | None] | None:
    """The kind that a dict's value gives to a column; None where the value describes no column."""
    match value:
        case ast.Dict():
            parts = _by_key(value)
            typed = next((parts[key] for key in ("dtype", "type", "data_type") if key in parts), None)
            return None if typed is None else (kinds.of_expression(typed),)
        case ast.Constant(value=str()) | ast.Name() | ast.Attribute() | ast.Call() | ast.Subscript():
            return (kinds.of_expression(value),)
        case ast.BinOp(op=ast.BitOr()):
            return (kinds.of_annotation(value),)
    return None


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _by_key(node: ast.Dict) -> dict[str, ast.expr]:
    """The values of a dict literal's keys that are text."""
    return {key: value for key, value in zip(map(_text, node.keys), node.values, strict=True) if key is not None}


def _joined(one: Schema | Unknown, other: Schema | Unknown) -> Schema | Unknown:
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return one if isinstance(one, Unknown) else other
    return Schema(_unique([*one.columns, *other.columns]), one.closed and other.closed, one.ordered and other.ordered)


def _unique(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Each name once, where it first stood and as it was last described."""
    return tuple({column.name: column for column in columns}.values())
