"""The names that a source file defines, read without running it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from doclint.late import late
from doclint.repo.facts import Unknown

if TYPE_CHECKING:
    import ast
    from symtable import SymbolTable

    from doclint.repo.declared import Declared

LIMIT = 4 * 1024 * 1024
"""A Python file of more bytes is not read."""

# Begun with letters, it is looked for as fast as a text is; a longer word that ends so is not followed by a star.
_ALL = late(r"import[\s\\]*\*")


def symbols(path: str, data: bytes | Unknown | None) -> Mapping[str, int] | Unknown | None:
    """The answer to ``Repo.symbols`` for a file of these bytes."""
    if data is None or isinstance(data, Unknown):
        return data
    name = path.rpartition("/")[2]
    _, dot, extension = name.rpartition(".")
    if extension not in ("py", "pyi") or not dot:
        found = declared(path, data) if dot else None
        if found is None:
            return Unknown(f"symbols of .{extension} files are not read" if dot else f"symbols of files such as {name} are not read")
        if isinstance(found, Unknown):
            return found
        from doclint.repo.declared import lines

        return lines(found)
    if len(data) > LIMIT:
        return Unknown("the file is too large to be read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Unknown("the file is not UTF-8")
    names = python_symbols(text)
    return Unknown("the file does not parse as Python") if names is None else names


def declared(path: str, data: bytes) -> list[Declared] | Unknown | None:
    """The declarations in a file, in its order; None where its language is not read."""
    from doclint.repo import descriptions, grammars

    extension = path.rpartition(".")[2].casefold()
    if extension in ("py", "pyi"):
        return _python(data)
    if extension in descriptions.EXTENSIONS:
        return descriptions.declared(extension, data)
    return grammars.declared(extension, data) if extension in grammars.LANGUAGES else None


def _python(data: bytes) -> list[Declared] | Unknown:
    """What a Python module binds at its top level, by its tree."""
    import ast

    from doclint.repo.declared import Declared
    from doclint.repo.schemas import module

    found = module(data)
    if isinstance(found, Unknown):
        return found
    lines = data.split(b"\n")
    own = [
        Declared(name, node.lineno, not isinstance(node, ast.Name | ast.Constant), b"\n".join(lines[node.lineno - 1 : node.end_lineno]))
        for name, node in found.nodes.items()
    ]
    return [*own, *(Declared(name, 1, own=False) for name in found.imports)]


def python_symbols(text: str) -> Mapping[str, int] | None:
    """The module's names with the line (from 1) that first defines each; a class's members, one level deep, as ``Class.member``.

    Assignments, annotations, functions, classes and imports count, in branches and ``try`` blocks too; ``*`` says that an
    ``import *`` may define more. None where Python cannot parse it.
    """
    import symtable
    import warnings

    try:
        with warnings.catch_warnings():
            # An invalid escape in somebody's source is none of our warnings.
            warnings.simplefilter("ignore")
            names = dict.fromkeys(_bound(symtable.symtable(text, "module", "exec")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if _ALL.search(text):
        names["*"] = None
    return _Defined(text, names)


def _bound(table: SymbolTable, owner: str = "") -> Iterator[str]:
    """The names that a module or a class binds, by the compiler's own table: it costs less than a tree."""
    for symbol in table.get_symbols():
        if symbol.is_assigned() or symbol.is_imported():
            yield owner + symbol.get_name()
    for child in table.get_children():
        kind = str(getattr(child.get_type(), "value", child.get_type()))
        if kind == "class" and not owner:
            yield from _bound(child, f"{child.get_name()}.")
        elif kind not in ("class", "function", "annotation"):
            # Since Python 3.12 a generic class stands in a scope of its type parameters.
            yield from _bound(child, owner)


class _Defined(Mapping[str, int]):
    """The names of a module. Their lines are looked for when the first one is asked for."""

    def __init__(self, text: str, names: Mapping[str, None]) -> None:
        self._text, self._names = text, names
        self._lines: dict[str, int] | None = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> int:
        if name not in self._names:
            raise KeyError(name)
        if self._lines is None:
            self._lines = _lines(self._text)
        if name not in self._lines:
            # What a loop or a ``with`` binds: the first line that has it.
            found = re.search(rf"(?<!\w){re.escape(name.rpartition('.')[2])}(?!\w)", self._text)
            self._lines[name] = self._text.count("\n", 0, found.start()) + 1 if found else 1
        return self._lines[name]


def _lines(text: str) -> dict[str, int]:
    """The names that a tree of the module shows, with the first line of each."""
    import ast
    import warnings

    found: dict[str, int] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(text)
        for name, line in _names(module.body):
            found.setdefault(name, line)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return found


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
