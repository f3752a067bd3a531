"""The names that a source file defines, read without running it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from doclint.repo.facts import Unknown

if TYPE_CHECKING:
    import ast


def symbols(path: str, data: bytes | Unknown | None) -> Mapping[str, int] | Unknown | None:
    """The answer to ``Repo.symbols`` for a file of these bytes."""
    if data is None or isinstance(data, Unknown):
        return data
    name = path.rpartition("/")[2]
    _, dot, extension = name.rpartition(".")
    if extension not in ("py", "pyi") or not dot:
        return Unknown(f"symbols of .{extension} files are not read" if dot else f"symbols of files such as {name} are not read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Unknown("the file is not UTF-8")
    found = python_symbols(text)
    return Unknown("the file does not parse as Python") if found is None else found


def python_symbols(text: str) -> Mapping[str, int] | None:
    """The module's names with the line (from 1) that first defines each; a class's members, one level deep, as ``Class.member``.

    Assignments, annotations, functions, classes and imports count, in branches and ``try`` blocks too; ``*`` says that an
    ``import *`` may define more. None where Python cannot parse it.
    """
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            # An invalid escape in somebody's source is none of our warnings.
            warnings.simplefilter("ignore")
            module = ast.parse(text)
        found: dict[str, int] = {}
        for name, line in _names(module.body):
            found.setdefault(name, line)
        return found
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _names(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, int]]:
    import ast

    for statement in body:
        line = statement.lineno
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield owner + name, line
            case ast.ClassDef(name=name):
                yield owner + name, line
                if not owner:
                    yield from _names(statement.body, f"{name}.")
            case ast.Assign():
                for target in statement.targets:
                    yield from ((owner + name, line) for name in _targets(target))
            case ast.AnnAssign() | ast.AugAssign():
                yield from ((owner + name, line) for name in _targets(statement.target))
            case ast.Import() | ast.ImportFrom():
                for alias in statement.names:
                    yield owner + (alias.asname or alias.name.partition(".")[0]), line
            case _:
                for block in ("body", "orelse", "finalbody"):
                    yield from _names(getattr(statement, block, []), owner)
                for handler in getattr(statement, "handlers", []):
                    yield from _names(handler.body, owner)


def _targets(target: ast.expr) -> Iterator[str]:
    import ast

    match target:
        case ast.Name(id=name):
            yield name
        case ast.Starred(value=value):
            yield from _targets(value)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from _targets(element)
