"""The columns of artifacts against the schemas that their contracts name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from doclint.check import Facts, Options
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.model.contracts import is_data
from doclint.model.document import Contract, Document, Lifecycle, Reference, Tense
from doclint.repo.facts import Unknown

if TYPE_CHECKING:
    from doclint.repo.columns import Header
    from doclint.repo.kinds import Kind
    from doclint.repo.paths import PathIndex
    from doclint.repo.schemas import Module, Schema

_IMPORTS = 3


class Stated(NamedTuple):
    """A schema, and the file that states it."""

    schema: Schema
    path: str


_SHOWN = 5


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield the artifacts whose columns, or their order or kinds, are not those of their schema."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    contracts = [contract for contract in document.contracts if _states_both(document, contract)]
    paths = facts.repo.paths() if contracts else None
    if paths is None or isinstance(paths, Unknown):
        return
    schemas = _Schemas(document, facts, paths)
    for contract in contracts:
        assert contract.artifact is not None
        assert contract.symbol is not None
        held = _header(document, facts, paths, contract.artifact)
        if held is None:
            continue
        stated = schemas.of(contract)
        unknown = next((one for one in (held, stated) if isinstance(one, Unknown)), None)
        if unknown is not None:
            yield Undecided(contract.artifact.span, unknown.reason)
        elif not isinstance(held, Unknown) and not isinstance(stated, Unknown):
            yield from _compare(contract, held, stated)


def _states_both(document: Document, contract: Contract) -> bool:
    artifact, symbol = contract.artifact, contract.symbol
    return (
        document.tables[contract.table].tense is Tense.CURRENT
        and artifact is not None
        and symbol is not None
        and artifact.kind == "path"
        and is_data(artifact.token)
        and (symbol.kind == "path" or contract.source is not None)
    )


def _header(document: Document, facts: Facts, paths: PathIndex, artifact: Reference) -> Header | Unknown | None:
    """The columns of the artifact; None where the tree has no such file, or one of another kind."""
    from doclint.repo.columns import header

    resolution = paths.resolve(artifact.token, document.source.path)
    if not resolution.resolved:
        ignored = facts.repo.ignored(artifact.token)
        return Unknown("the artifact is ignored") if ignored is True else ignored if isinstance(ignored, Unknown) else None
    if len(resolution.paths) != 1 or resolution.how == "directory":
        return Unknown("several files may be meant")
    data = facts.repo.read(resolution.paths[0])
    return data if data is None or isinstance(data, Unknown) else header(resolution.paths[0], data)


class _Schemas:
    """The schemas of a document's contracts; each source is read once."""

    def __init__(self, document: Document, facts: Facts, paths: PathIndex) -> None:
        self._near, self._repo, self._paths = document.source.path, facts.repo, paths
        self._modules: dict[str, Module | Unknown] = {}

    def of(self, contract: Contract) -> Stated | Unknown:
        """The schema that the contract names."""
        assert contract.symbol is not None
        whole = contract.symbol.kind == "path"
        source = contract.symbol.token if whole or contract.source is None else contract.source.token
        name = contract.symbol.symbol if whole else contract.symbol.token
        resolution = self._paths.resolve(source, self._near)
        if not resolution.resolved or len(resolution.paths) != 1:
            return Unknown(f"`{source}` is not in the tree")
        path = resolution.paths[0]
        if path.endswith(".json"):
            from doclint.repo.schemas import json_schema

            data = self._repo.read(path)
            found = json_schema(data, name) if isinstance(data, bytes) else data or Unknown(f"`{source}` is not in the tree")
            return found if isinstance(found, Unknown) else Stated(found, path)
        if name is None or not path.endswith((".py", ".pyi")):
            return Unknown(f"schemas in `{source}` are not read")
        return self._in_module(path, name, _IMPORTS)

    def _in_module(self, path: str, name: str, further: int) -> Stated | Unknown:
        """What ``name`` states in the module at ``path``, or in one that it imports ``name`` from."""
        if path not in self._modules:
            from doclint.repo.schemas import module

            data = self._repo.read(path)
            self._modules[path] = module(data) if isinstance(data, bytes) else data or Unknown(f"`{path}` is gone")
        found = self._modules[path]
        if isinstance(found, Unknown):
            return found
        schema = found.schema(name)
        if name in found.nodes or name not in found.imports or not further:
            return schema if isinstance(schema, Unknown) else Stated(schema, path)
        dotted, level, original = found.imports[name]
        inner = dotted.replace(".", "/")
        home = path.split("/")[: -level or None] if level else []
        for end in (".py", "/__init__.py") if inner else ("/__init__.py",):
            resolution = self._paths.resolve("/".join([*home, inner]).rstrip("/") + end, path)
            if resolution.how in ("exact", "suffix"):
                return self._in_module(resolution.paths[0], original, further - 1)
        return schema if isinstance(schema, Unknown) else Stated(schema, path)


def _compare(contract: Contract, held: Header, found: Stated) -> Iterator[Finding | Undecided]:
    artifact, symbol, stated = contract.artifact, contract.symbol, found.schema
    assert artifact is not None
    assert symbol is not None
    name = symbol.symbol or symbol.token
    source = symbol.token if symbol.kind == "path" or contract.source is None else contract.source.token
    expected = {column.name: column for column in stated.columns}
    there = {column.name: column for column in held.columns}
    common = [column for column in there if column in expected]
    if 2 * len(common) < min(len(expected), len(there)):
        yield Undecided(artifact.span, f"the columns of `{artifact.token}` and `{name}` have little in common")
        return
    evidence = (
        Evidence("path", f"`{name}` in `{source}` has {_listing(list(expected))}", path=found.path, line=stated.line),
        Evidence("path", f"`{artifact.token}` has {_listing(list(there))}", path=artifact.token, line=held.line),
    )
    missing = [column.name for column in stated.columns if column.required and column.name not in there]
    extra = [column for column in there if column not in expected] if stated.closed else []
    if missing or extra:
        lacks = f"lacks {_listing(missing)} of `{name}`" if missing else ""
        has = f"has {_listing(extra)}, which `{name}` does not state" if extra else ""
        yield Finding(artifact.span, f"`{artifact.token}` {' and '.join(part for part in (lacks, has) if part)}", evidence)
    elif stated.ordered and held.ordered:
        wanted = [column for column in expected if column in there]
        actual = [column for column in there if column in expected]
        if wanted != actual:
            one, other = next((a, b) for a, b in zip(actual, wanted, strict=True) if a != b)
            yield Finding(artifact.span, f"`{artifact.token}` has `{one}` where `{name}` has `{other}`: another order", evidence)
    if held.ordered and source.endswith(".json"):
        return
    unlike = []
    for column in common:
        kind, own = expected[column].kind, there[column].kind
        if kind is not None and own is not None and _unlike(kind, own, json=not held.ordered):
            unlike.append(f"`{column}` is `{own.name}` and not `{kind.name}`")
    if unlike:
        more = f", and {len(unlike) - 2} more" if len(unlike) > 2 else ""
        yield Finding(artifact.span, f"in `{artifact.token}` {', '.join(unlike[:2])}{more} as `{name}` states", evidence[:1])


_NUMBERS = frozenset(("int", "uint", "float"))


def _unlike(stated: Kind, held: Kind, *, json: bool) -> bool:
    """Whether no column can be both. JSON knows one kind of number, and writes days and decimals in either of two ways."""
    families = {stated.family, held.family}
    if json:
        return stated.family in _NUMBERS | {"text", "bool"} and len(families) > 1 and not families <= _NUMBERS
    # Python's own ``int`` and ``float`` say nothing about how a number is stored.
    if stated.width is None and families <= _NUMBERS:
        return False
    return stated.disagrees(held)


def _listing(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"
