"""What source text uses: files by their paths, and constants that hold paths."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping
from typing import NamedTuple

from doclint.late import late

_WORD = late(r"[^\W\d]\w*")


def parse(text: str) -> ast.Module | None:
    """The syntax tree of Python source; None where it does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def constants(tree: ast.Module) -> Mapping[str, frozenset[str]]:
    """For each text the names that the module binds to it, or to an expression of few texts that has it."""
    found: dict[str, set[str]] = {}
    for statement in tree.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=target)], value=value)
                | ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value)
            ):
                texts = [node.value for node in ast.walk(value) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
                for text in texts if len(texts) < 8 else ():
                    found.setdefault(text, set()).add(target)
            case _:
                pass
    return {text: frozenset(names) for text, names in found.items()}


class Uses(NamedTuple):
    """What a module uses, each with the first line that does: texts that are no docstrings, and names; an import alone is no use."""

    texts: Mapping[str, int]
    names: Mapping[str, int]


def uses(tree: ast.Module) -> Uses:
    """What the module uses."""
    texts: dict[str, int] = {}
    names: dict[str, int] = {}
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in prose:
                key = text.removeprefix("./")
                texts[key] = min(node.lineno, texts.get(key, node.lineno))
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
                names[name] = min(node.lineno, names.get(name, node.lineno))
            case _:
                pass
    return Uses(texts, names)


class Names(NamedTuple):
    """What leads to a file: ``path`` and its last part in any letter case, and as whole words ``symbols`` and the last part's stem."""

    path: str
    symbols: frozenset[str]

    def known(self, text: str) -> bool:
        """Whether ``text`` has one of them anywhere, comments included."""
        name = self.path.rpartition("/")[2].casefold()
        if name in text.casefold():
            return True
        stem = name.partition(".")[0]
        return any(word in self.symbols or word.casefold() == stem for word in _WORD.findall(text))


def importers(texts: Mapping[str, str], modules: frozenset[str]) -> bool:
    """Whether a line of ``texts`` that imports something names one of ``modules``."""
    for text in texts.values():
        for found in text.splitlines():
            if ("import" in found or "require" in found or "source(" in found) and not modules.isdisjoint(_WORD.findall(found)):
                return True
    return False
