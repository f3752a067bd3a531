"""Dependency tables against the manifests that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doclint.check import Facts, Options
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model import queries
from doclint.model.document import Cell, Document, Lifecycle, Table, Tense
from doclint.repo.facts import Unknown
from doclint.text import Span

if TYPE_CHECKING:
    from doclint.repo.paths import PathIndex

# A package as manifests write it: no blanks, no sentence.
_PACKAGE = late(r"(?:@[\w.-]+/)?[A-Za-z0-9][\w.-]*(?:\[[\w,.-]+\])?")
_VERSION = late(r"\s*(?:[<>=!~^]=?.*|v?\d[\w.*+-]*|\(.*\))?\s*")


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield the packages that the manifest in their row does not list."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    tables = [table for table in document.tables if table.role == "dependencies" and table.tense is Tense.CURRENT]
    tables = [table for table in tables if table.column("package") is not None and table.column("location") is not None]
    paths = facts.repo.paths() if tables else None
    if paths is None or isinstance(paths, Unknown):
        return
    manifests = _Manifests(document, facts, paths)
    for table in tables:
        yield from _rows(document, table, manifests)


def _rows(document: Document, table: Table, manifests: _Manifests) -> Iterator[Finding | Undecided]:
    for row in table.rows:
        named, location = table.cell(row, "package"), table.cell(row, "location")
        if named is None or location is None:
            continue
        told = [one for one in queries.in_span(document.references, location.span) if one.kind == "path" and one.tense is Tense.CURRENT]
        found = [manifests.packages(one.token) for one in told]
        if not found or any(one is None for one in found):
            continue
        listed: set[str] = set()
        reason = None
        for one in found:
            if isinstance(one, Unknown):
                reason = one.reason
            elif one is not None:
                listed |= one
        names = " and ".join(f"`{one.token}`" for one in told)
        for name, span in _packages(document, named):
            if manifests.fold(name) in listed:
                continue
            if reason is not None:
                yield Undecided(span, reason)
                continue
            elsewhere = manifests.listing(manifests.fold(name))
            there = f"it is listed in {elsewhere}" if elsewhere else "no manifest beside it lists it"
            yield Finding(span, f"`{name}` is not listed in {names}", (Evidence("path", there, path=told[0].token),))


def _packages(document: Document, cell: Cell) -> Iterator[tuple[str, Span]]:
    """The packages in a cell, if it names nothing else: in code, or one by one between commas."""
    written = document.source.slice(cell.span)
    parts = re.split(r"(,|\s\+\s|\s&\s|\sand\s)", written)
    offset = cell.span.start
    found: list[tuple[str, Span]] = []
    for number, part in enumerate(parts):
        bare = part.strip(" *_`|\t")
        if number % 2 == 0 and bare:
            match = _PACKAGE.match(bare)
            rest = bare[match.end() :].lstrip("`*_ ") if match else bare
            if (
                match is None
                or not _VERSION.fullmatch(rest)
                or (number == 0 and match.group() != match.group().lower() and "`" not in part)
            ):
                return
            start = offset + part.index(match.group())
            found.append((match.group(), Span(start, start + len(match.group()))))
        offset += len(part)
    yield from found


class _Manifests:
    """The manifests of the tree, each read once."""

    def __init__(self, document: Document, facts: Facts, paths: PathIndex) -> None:
        from doclint.repo import manifests

        self._reader, self._near, self._repo, self._paths = manifests, document.source.path, facts.repo, paths
        self._known: dict[str, frozenset[str] | Unknown] = {}

    def fold(self, name: str) -> str:
        """A package's name for comparison."""
        return self._reader.folded(name)

    def packages(self, token: str) -> frozenset[str] | Unknown | None:
        """What the manifest that a row names lists; None for what is no manifest, or not in the tree."""
        if not self._reader.is_manifest(token):
            return None
        resolution = self._paths.resolve(token, self._near)
        if resolution.how not in ("exact", "relative", "suffix"):
            return Unknown(f"several files may be `{token}`") if resolution.how == "ambiguous" else None
        return self._read(resolution.paths[0])

    def _read(self, path: str) -> frozenset[str] | Unknown:
        if path not in self._known:
            self._known[path] = self._reader.packages(path, self._repo.read)
        return self._known[path]

    def listing(self, name: str) -> str:
        """The manifests already read that list ``name``, in words."""
        return " and ".join(f"`{path}`" for path, names in self._known.items() if not isinstance(names, Unknown) and name in names)
