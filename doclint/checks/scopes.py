"""Active units that own the same paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Finding
from doclint.model.document import Document, Lifecycle, Reference, State, Tense, Unit
from doclint.repo.paths import compile_glob, parents

# Units of these kinds work beside each other; phases and days follow each other.
_BESIDE = frozenset("session agent lane workstream stream track tab worker terminal instance".split())
_MOST_GLOBS = 200
# Who shares a path with more than these shares it with everybody.
_MOST_RIVALS = 20


class _Claim(NamedTuple):
    number: int
    unit: Unit
    reference: Reference


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding]:
    """Yield each path, directory or pattern of an active unit that another active unit has as well."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    claims = list(_claims(document))
    by_path: dict[str, list[_Claim]] = {}
    for claim in claims:
        by_path.setdefault(claim.reference.token.rstrip("/"), []).append(claim)
    globs = [(claim, compile_glob(claim.reference.token)) for claim in claims if claim.reference.kind == "glob"][:_MOST_GLOBS]
    told: set[tuple[int, int]] = set()
    for claim in claims:
        for other in islice(_near(claim, by_path, globs), _MOST_RIVALS):
            pair = (min(claim.number, other.number), max(claim.number, other.number))
            if pair[0] == pair[1] or pair in told or not _beside(document, claim, other):
                continue
            told.add(pair)
            first, second = sorted((claim, other), key=lambda one: one.reference.span.start)
            token = second.reference.token
            overlap = "" if token.rstrip("/") == first.reference.token.rstrip("/") else f", which overlaps `{first.reference.token}`"
            yield Finding(
                second.reference.span,
                f"`{second.unit.name}` and `{first.unit.name}` are both active and own `{token}`{overlap}",
                (proof.place(document, f"`{first.unit.name}` owns it too", first.reference.span),),
            )
            break


def _near(
    claim: _Claim, by_path: Mapping[str, Sequence[_Claim]], globs: Sequence[tuple[_Claim, Callable[[str], bool]]]
) -> Iterator[_Claim]:
    """The claims to the same path, to a directory around it, or to a pattern that matches it, without those of the same unit."""
    path = claim.reference.token.rstrip("/")
    yield from (other for other in by_path[path] if other.number != claim.number)
    for above in parents(path):
        yield from (other for other in by_path.get(above, ()) if other.number != claim.number and other.reference.kind == "directory")
    if claim.reference.kind == "path":
        yield from (other for other, matches in globs if other.number != claim.number and matches(path))


def _claims(document: Document) -> Iterator[_Claim]:
    """What the active units own, and nobody puts a limit to."""
    name = document.source.path.rpartition("/")[2]
    for number, unit in enumerate(document.units):
        statement = unit.statement
        if unit.state is not State.ACTIVE or statement is None or statement.tense is not Tense.CURRENT:
            continue
        for index in unit.files:
            reference = document.references[index]
            if reference.first is None and reference.symbol is None and reference.token.rpartition("/")[2] != name:
                yield _Claim(number, unit, reference)


def _beside(document: Document, one: _Claim, other: _Claim) -> bool:
    """Whether two units work at one time: sessions and their like, or units of different owners; none part of the other."""
    if one.number in other.unit.children or other.number in one.unit.children:
        return False
    if one.number in other.unit.depends_on or other.number in one.unit.depends_on:
        return False
    if one.unit.kind in _BESIDE and other.unit.kind in _BESIDE:
        return True
    owners = (one.unit.owner, other.unit.owner)
    return all(owners) and owners[0] != owners[1]
