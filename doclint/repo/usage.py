"""Where source text uses a file: by its path, or by a constant that holds the path."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d]\w*")


def parse(text: str) -> ast.Module | None:
    """The syntax tree of Python source; None where it does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def constants(tree: ast.Module, path: str) -> frozenset[str]:
    """The module's names that are bound to ``path``, or to an expression that ends in its last part."""
    name = path.rpartition("/")[2]
    found = set()
    for statement in tree.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=target)], value=value)
                | ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value)
            ):
                texts = [node.value for node in ast.walk(value) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
                if len(texts) < 8 and any(text in (path, name) or text.endswith("/" + name) for text in texts):
                    found.add(target)
    return frozenset(found)


def line(tree: ast.Module, path: str, names: frozenset[str]) -> int | None:
    """The first line that uses ``path`` as a text of its own or one of ``names``; an import alone is no use, nor is a definition."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    lines = []
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if text in (path, "./" + path) and id(node) not in prose:
                lines.append(node.lineno)
            case ast.Name(id=name, ctx=ast.Load()) if name in names:
                lines.append(node.lineno)
            case ast.Attribute(attr=name, ctx=ast.Load()) if name in names:
                lines.append(node.lineno)
            case _:
                pass
    return min(lines, default=None)


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
