"""Names that a source file is said to define, and that do not stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import ground
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model.document import Document, Lifecycle, Reference, Tense
from doclint.nearest import nearest
from doclint.repo.facts import Unknown

_SOURCES = frozenset(
    "c cc cpp cs cts cu cxx dart ex exs go h hpp hs java js jsx kt kts lua mjs ml mts php pl proto ps1 py pyi r rb rs scala sh sol sql "
    "svelte swift ts tsx vue zig".split()
)
_NAME = late(r"[^\W\d]\w*")
_LIKENESS = 0.75
_MOST = 2_000_000


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each ``path::symbol`` of today whose file is there and nowhere has that name."""
    base = ground.of(document, facts)
    if base is None or document.lifecycle is not Lifecycle.LIVING:
        return
    names: dict[str, frozenset[str] | Unknown] = {}
    for reference in document.references:
        if reference.kind != "path" or reference.symbol is None or reference.tense is not Tense.CURRENT or base.bygone(reference):
            continue
        resolution = base.paths.resolve(reference.token, document.source.path)
        if resolution.how not in ("exact", "relative", "suffix"):
            continue
        path = resolution.paths[0]
        if path.rpartition(".")[2].casefold() not in _SOURCES:
            continue
        if path not in names:
            names[path] = _names(facts, path)
        known = names[path]
        if isinstance(known, Unknown):
            yield Undecided(reference.span, known.reason)
        else:
            yield from _judge(reference, path, known)


def _judge(reference: Reference, path: str, known: frozenset[str]) -> Iterator[Finding]:
    symbol = reference.symbol or ""
    # Where the owner stands in the file, the member may come from its base.
    name = symbol.partition(".")[0]
    if name in known:
        return
    meant = nearest(name, known, likeness=_LIKENESS)
    yield Finding(
        reference.span,
        f"`{path}` does not define `{symbol}`" + (f"; did you mean `{meant}`?" if meant else ""),
        (Evidence("path", f"the name `{name}` stands nowhere in the file", path=path),),
    )


def _names(facts: Facts, path: str) -> frozenset[str] | Unknown:
    data = facts.repo.read(path)
    if data is None or facts.repo.is_link(path) or (not isinstance(data, Unknown) and len(data) > _MOST):
        return Unknown("the file cannot be read")
    return data if isinstance(data, Unknown) else frozenset(_NAME.findall(data.decode("utf-8", "replace")))
