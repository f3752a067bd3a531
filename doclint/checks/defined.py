"""Open items that are to write a function or class which the file that they name defines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.model import queries
from doclint.model.document import Document, Item, Lifecycle, Reference, State, Tense
from doclint.repo.facts import Commit, Unknown
from doclint.repo.paths import PathIndex

# An item names few files; of a unit with many, any may be meant.
_FEW = 6
# How languages other than Python begin a function, a class or a type. A grammar for each would cost more than the answer is worth.
_MODIFIERS = "export|default|async|public|private|protected|internal|static|final|open|override|unsafe|const|abstract|data|suspend"
_DECLARED = (
    r"^[ \t]*(?:(?:" + _MODIFIERS + r"|pub(?:\([\w:]+\))?)[ \t]+)*"
    r"(?:function\*?|class|interface|struct|enum|type|trait|fn|fun|def|func(?:[ \t]*\([^()\n]*\))?)[ \t]+NAME\b"
    r"|^[ \t]*(?:export[ \t]+)?(?:const|let|var)[ \t]+NAME[ \t]*(?::[^=\n]+)?=[ \t]*(?:async[ \t]*)?(?:function\b|\(|\w+[ \t]*=>)"
)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each open item whose function or class came with its line, or after it."""
    paths = facts.repo.paths()
    if isinstance(paths, Unknown) or document.lifecycle is not Lifecycle.LIVING:
        return
    for item in document.items:
        if item.marker != "box" or item.state is not State.NOT_STARTED or item.deferred or item.verb != "create" or item.status is not None:
            continue
        names = [document.references[index] for index in item.objects if document.references[index].kind == "symbol"]
        files = _files(document, item, paths) if names and item.tense is Tense.CURRENT else ()
        for name in names:
            yield from _defined(document, item, name, files, facts)


def _files(document: Document, item: Item, paths: PathIndex) -> Sequence[str]:
    """The files of the tree that the item names, or one of the items around it, or else its unit: the nearest that name any."""
    current: Item | None = item
    while current is not None:
        found = _in_tree(document, (*current.objects, *current.mentions), paths)
        if found:
            return found
        current = document.items[current.parent] if current.parent is not None else None
    unit = document.units[item.unit] if item.unit is not None else None
    return _in_tree(document, (*unit.files, *unit.outputs), paths) if unit is not None else ()


def _in_tree(document: Document, indexes: Sequence[int], paths: PathIndex) -> Sequence[str]:
    tokens = [document.references[index].token for index in indexes if document.references[index].kind == "path"]
    found = [
        resolution.paths[0]
        for token in tokens
        if len((resolution := paths.resolve(token, document.source.path)).paths) == 1 and resolution.resolved
    ]
    code = [path for path in dict.fromkeys(found) if not path.endswith((".md", ".txt", ".json", ".yaml", ".yml", ".toml"))]
    return code if len(code) <= _FEW else ()


def _defined(document: Document, item: Item, name: Reference, files: Sequence[str], facts: Facts) -> Iterator[Finding | Undecided]:
    for path in files:
        line = _line(path, name.token, facts)
        if line is None:
            continue
        written = _written(document.source.path, queries.line_of(document, item.line), facts)
        defined = _written(path, line, facts)
        if isinstance(written, Unknown) or isinstance(defined, Unknown):
            reason = written.reason if isinstance(written, Unknown) else defined.reason if isinstance(defined, Unknown) else ""
            yield Undecided(name.span, reason)
        elif defined.id == written.id or defined.time >= written.time:
            yield Finding(
                name.span,
                f"`{name.token}` is an open item, but `{path}` defines it on line {line}",
                (proof.commit("the line came in", defined), Evidence("path", f"`{path}` is in the tree", path=path)),
            )
        return


def _line(path: str, name: str, facts: Facts) -> int | None:
    """The line on which ``path`` defines ``name``, in its own right or as a member of the one class that has it."""
    symbols = facts.repo.symbols(path) if path.endswith((".py", ".pyi")) else None
    if symbols is not None and not isinstance(symbols, Unknown):
        members = [line for symbol, line in symbols.items() if symbol.rpartition(".")[2] == name]
        return symbols.get(name) or (members[0] if len(members) == 1 else None)
    data = facts.repo.read(path)
    if not isinstance(data, bytes) or b"\0" in data:
        return None
    text = data.decode("utf-8", "replace")
    match = re.search(_DECLARED.replace("NAME", re.escape(name.rpartition(".")[2])), text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else None


def _written(path: str, line: int, facts: Facts) -> Commit | Unknown:
    blamed = facts.repo.blame(path, line, line)
    return blamed if isinstance(blamed, Unknown) else blamed[0]
