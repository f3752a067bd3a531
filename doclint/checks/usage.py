"""The flow that the code has, against the flow that the contract table states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from doclint.check import Facts, Options
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model.contracts import is_data
from doclint.model.document import Contract, Document, Lifecycle, Party, State, Tense
from doclint.repo.facts import Unknown

if TYPE_CHECKING:
    import ast

    from doclint.repo.paths import PathIndex
    from doclint.repo.usage import Names

_SOURCE = frozenset("py pyi js jsx ts tsx mjs cjs r jl scala java kt go rs sql sh ipynb rb php cs".split())
_EVERYBODY = late(r"\b(?:all|any|anyone|everyone|everybody|others|etc|various|multiple)\b|\*|\.\.\.|…", re.IGNORECASE)
# A dash says that there is nobody; a cell that says nothing is another rule's, and whoever fills it looks for the readers.
_SAYS = late(r"(?!\W*(?:tbd|todo)\W*\Z)\W*(?:[^\W_]|[-–—])", re.IGNORECASE)
_MOST_FILES = 300
_MOST_IN_TREE = 3000
_LONGEST = 512 * 1024


class _Code(NamedTuple):
    """A unit's own files, and those beside them, by path."""

    own: dict[str, str]
    beside: dict[str, str]


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield consumers whose code does not know what they consume, and units whose code uses what they are no party to."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    contracts = [
        contract
        for contract in document.contracts
        if document.tables[contract.table].tense is Tense.CURRENT
        and contract.artifact is not None
        and contract.artifact.kind == "path"
        and "/" in contract.artifact.token
        and is_data(contract.artifact.token)
        and all(party.unit is not None for party in (*contract.producers, *contract.consumers))
    ]
    paths = facts.repo.paths() if contracts else None
    if paths is None or isinstance(paths, Unknown):
        return
    reader = _Reader(document, facts, paths)
    users = reader.users(contracts)
    rows: dict[str, list[Contract]] = {}
    for contract in contracts:
        assert contract.artifact is not None
        rows.setdefault(contract.artifact.token, []).append(contract)
    for contract in contracts:
        assert contract.artifact is not None
        for consumer in contract.consumers:
            yield from _idle(document, contract, consumer, reader, users)
        yield from _unlisted(document, contract, rows[contract.artifact.token], users)


def _idle(document: Document, contract: Contract, consumer: Party, reader: _Reader, users: _Users) -> Iterator[Finding | Undecided]:
    """A consumer that is done, and whose files know neither the artifact nor anything that leads to it."""
    assert contract.artifact is not None
    assert consumer.unit is not None
    unit = document.units[consumer.unit]
    status = unit.statement.status if unit.statement is not None else None
    if status is None or status.state is not State.DONE or status.partial or status.weak:
        return
    code = reader.code(consumer.unit)
    if code is None:
        return
    from doclint.repo import usage

    path = contract.artifact.token
    names = usage.Names(path, reader.constants(contract).union(_symbol(contract)))
    texts = {**code.own, **code.beside}
    if any(map(names.known, texts.values())):
        return
    # Code that is handed its data names no files at all. Where it names others of the table, it would name this one.
    if not users.by_unit.get(consumer.unit, frozenset()) - {path}:
        return
    # What reads the artifact for others may be a module that nobody lists.
    through = reader.modules_that_know(names, contract)
    if through is None:
        yield Undecided(consumer.span, "the tree has too many source files to look for who reads the artifact")
        return
    if usage.importers(texts, through):
        return
    listed = " and ".join(f"`{one}`" for one in list(code.own)[:3]) + (f" and {len(code.own) - 3} more" if len(code.own) > 3 else "")
    yield Finding(
        consumer.span,
        f"`{consumer.name}` is done, but its code does not read `{path}`",
        (Evidence("path", f"neither the path, nor its schema, nor a constant that holds it is in {listed}", path=next(iter(code.own))),),
    )


def _symbol(contract: Contract) -> tuple[str, ...]:
    symbol = contract.symbol
    return () if symbol is None else (symbol.symbol or symbol.token,)


def _unlisted(document: Document, contract: Contract, rows: Sequence[Contract], users: _Users) -> Iterator[Finding]:
    """Units that use the artifact in their own files, and that none of its ``rows`` names; told at the first of them."""
    assert contract.artifact is not None
    table = document.tables[contract.table]
    cell = table.cell(table.rows[contract.row], "consumer")
    if cell is None or not contract.producers or rows[0] is not contract or _EVERYBODY.search(cell.value) or not _SAYS.match(cell.value):
        return
    parties = {party.unit for row in rows for party in (*row.producers, *row.consumers)}
    kinds = {document.units[number].kind for number in parties if number is not None}
    for number, path, line in users.by_artifact.get(contract.artifact.token, ()):
        unit = document.units[number]
        if number not in parties and unit.kind in kinds and unit.state in (State.DONE, State.ACTIVE):
            yield Finding(
                cell.span,
                f"`{unit.name}` uses `{contract.artifact.token}` too, and is no party to it",
                (Evidence("path", f"`{path}:{line}` uses it", path=path, line=line),),
                label=f"expected `{unit.name}` too: `{path}:{line}`",
            )


class _Users(NamedTuple):
    """Who uses which artifact: for each artifact the units, with file and line; for each unit its artifacts."""

    by_artifact: dict[str, list[tuple[int, str, int]]]
    by_unit: dict[int, frozenset[str]]


class _Reader:
    """The source files of a document's units; each is read once."""

    def __init__(self, document: Document, facts: Facts, paths: PathIndex) -> None:
        self._document, self._repo, self._paths = document, facts.repo, paths
        self._texts: dict[str, str | None] = {}
        self._trees: dict[str, ast.Module | None] = {}
        self._codes: dict[int, _Code | None] = {}
        self._held: dict[str, Mapping[str, frozenset[str]]] = {}

    def code(self, number: int) -> _Code | None:
        """The unit's files; None where it has none, or one of them cannot be read."""
        if number not in self._codes:
            self._codes[number] = self._code(number)
        return self._codes[number]

    def _code(self, number: int) -> _Code | None:
        own: list[str] = []
        for index in self._document.units[number].files:
            reference = self._document.references[index]
            if reference.kind == "glob":
                own.extend(self._paths.match(reference.token))
                continue
            resolution = self._paths.resolve(reference.token, self._document.source.path)
            if not resolution.resolved or len(resolution.paths) != 1:
                return None
            own.extend(self._paths.match(resolution.paths[0] + "/") if resolution.how == "directory" else resolution.paths)
        own = [path for path in dict.fromkeys(own) if _is_source(path)]
        directories = {path.rpartition("/")[0] for path in own}
        beside = [
            path
            for directory in directories
            if directory
            for path in self._paths.match(directory + "/")
            if path not in own and _is_source(path)
        ]
        if not own or len(own) + len(beside) > _MOST_FILES:
            return None
        texts = {path: self._text(path) for path in (*own, *beside)}
        if any(text is None for text in texts.values()):
            return None
        return _Code({path: texts[path] or "" for path in own}, {path: texts[path] or "" for path in beside})

    def _text(self, path: str) -> str | None:
        if path not in self._texts:
            data = self._repo.read(path)
            readable = isinstance(data, bytes) and len(data) <= _LONGEST
            self._texts[path] = data.decode("utf-8", "replace") if readable and isinstance(data, bytes) else None
        return self._texts[path]

    def _tree(self, path: str) -> ast.Module | None:
        if path not in self._trees:
            from doclint.repo.usage import parse

            text = self._text(path) if path.endswith(".py") else None
            self._trees[path] = None if text is None else parse(text)
        return self._trees[path]

    def constants(self, contract: Contract) -> frozenset[str]:
        """The names in the source of truth that hold the artifact's path, or the end of it."""
        from doclint.repo.usage import constants

        assert contract.artifact is not None
        source = self._source(contract)
        if source is not None and source not in self._held:
            tree = self._tree(source)
            self._held[source] = constants(tree) if tree is not None else {}
        held = self._held[source] if source is not None else {}
        parts = contract.artifact.token.split("/")
        return frozenset().union(*(held.get("/".join(parts[start:]), ()) for start in range(len(parts))))

    def _source(self, contract: Contract) -> str | None:
        if contract.source is None:
            return None
        resolution = self._paths.resolve(contract.source.token, self._document.source.path)
        return resolution.paths[0] if resolution.resolved and len(resolution.paths) == 1 else None

    def users(self, contracts: Sequence[Contract]) -> _Users:
        """Which units' Python files use which artifacts."""
        from doclint.repo.usage import uses

        holders: dict[str, set[str]] = {}
        for contract in contracts:
            assert contract.artifact is not None
            for name in self.constants(contract):
                holders.setdefault(name, set()).add(contract.artifact.token)
        artifacts = {contract.artifact.token for contract in contracts if contract.artifact is not None}
        by_artifact: dict[str, list[tuple[int, str, int]]] = {}
        by_unit: dict[int, frozenset[str]] = {}
        for number in range(len(self._document.units)):
            code = self.code(number)
            found: dict[str, tuple[str, int]] = {}
            for path in code.own if code is not None else ():
                tree = self._tree(path)
                used = uses(tree) if tree is not None else None
                if used is None:
                    continue
                lines = {text: line for text, line in used.texts.items() if text in artifacts}
                # A constant that may hold either of two paths holds neither for certain.
                for name in used.names.keys() & holders.keys():
                    if len(holders[name]) == 1:
                        (artifact,) = holders[name]
                        lines[artifact] = min(used.names[name], lines.get(artifact, used.names[name]))
                for artifact, line in lines.items():
                    found.setdefault(artifact, (path, line))
            by_unit[number] = frozenset(found)
            for artifact, (path, line) in found.items():
                by_artifact.setdefault(artifact, []).append((number, path, line))
        return _Users(by_artifact, by_unit)

    def modules_that_know(self, names: Names, contract: Contract) -> frozenset[str] | None:
        """The names of the modules, wherever they are, that know the artifact; None where there are too many to look into.

        The source of truth is none: whoever imports it has to name what they want of it.
        """
        truth = self._source(contract)
        sources = [path for path in self._paths.files if _is_source(path) and path != truth]
        if len(sources) > _MOST_IN_TREE:
            return None
        found = set()
        for path in sources:
            if names.known(self._text(path) or ""):
                parts = path.rpartition(".")[0].split("/")
                found.add(parts[-2] if parts[-1] in ("__init__", "index") and len(parts) > 1 else parts[-1])
        return frozenset(found)


def _is_source(path: str) -> bool:
    return path.rpartition(".")[2].casefold() in _SOURCE
