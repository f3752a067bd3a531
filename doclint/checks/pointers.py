"""Pointers to work at hand or to come that point at finished work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Finding, Undecided
from doclint.model import queries
from doclint.model.document import Document, Item, Lifecycle, Pointer, State, Tense
from doclint.repo.facts import Landing, Unknown

_SAYS_DONE = re.compile(r"✅|✔|\b(?:complete[d]?|done|finished|merged|100\s*%)|完成|完了", re.IGNORECASE)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each pointer of today all of whose targets are finished."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    for pointer in document.pointers:
        if pointer.tense is not Tense.CURRENT or pointer.sense == "pending" or _SAYS_DONE.search(pointer.text.value):
            continue
        if pointer.units:
            yield from _units(document, pointer)
        elif pointer.sense == "order" and pointer.pull_requests:
            yield from _order(document, pointer, facts)


def _units(document: Document, pointer: Pointer) -> Iterator[Finding]:
    proofs = []
    for number in pointer.units:
        done = queries.finished(document, document.units[number])
        if done is None:
            return
        proofs.append((document.units[number], done))
    first, done = proofs[0]
    if pointer.sense == "current" and not any(
        unit.kind == first.kind and _ahead(document, number) for number, unit in enumerate(document.units)
    ):
        return
    said = {"current": "the current work", "next": "next", "order": "still to land"}[pointer.sense]
    how = "all its boxes are ticked" if isinstance(done, Item) else f"it is marked `{document.source.slice(done.span)}`"
    yield Finding(
        pointer.span,
        f"`{first.name}` is named as {said}, but {how}",
        tuple(proof.place(document, "the last of its boxes" if isinstance(one, Item) else "its status", one.span) for _, one in proofs),
    )


def _ahead(document: Document, number: int) -> bool:
    """Whether a unit is not finished, so that the pointer could point there."""
    unit = document.units[number]
    if unit.state is State.UNKNOWN:
        own = queries.boxes(document, unit.section) if unit.section is not None else []
        return any(item.state is State.NOT_STARTED for item in own)
    return unit.state.open


def _order(document: Document, pointer: Pointer, facts: Facts) -> Iterator[Finding | Undecided]:
    base = facts.repo.base
    if isinstance(base, Unknown):
        yield Undecided(pointer.span, base.reason)
        return
    landings: list[Landing] = []
    for index in pointer.pull_requests:
        landing = facts.repo.pull_request(int(document.references[index].token.lstrip("#")))
        if isinstance(landing, Unknown):
            yield Undecided(pointer.span, landing.reason)
            return
        if landing is None:
            return
        landings.append(landing)
    yield Finding(
        pointer.span,
        f"the merge order names only pull requests that are merged into `{base.name}`",
        tuple(map(proof.landed, landings)),
    )
