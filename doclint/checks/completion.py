"""Status against boxes: work called done over open boxes (``claim: done``), or open over ticked ones (``claim: open``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Finding, Severity, Undecided
from doclint.model import queries
from doclint.model.document import Document, Item, Mode, State, Status, Tense
from doclint.text import Span


class _Claim(NamedTuple):
    """A section, what is called done or open there, the status that does, and the severity that it has at most."""

    section: int
    name: str
    status: Status
    demoted: Severity | None = None


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each status that the boxes below it refute."""
    done = option(options, "claim", str) == "done"
    for claim, own in (*((claim, queries.boxes(document, claim.section)) for claim in _claims(document)), *_lines(document)):
        if done:
            yield from _done(document, claim, own)
        else:
            yield from _open(document, claim, own, option(options, "at-least", int))


def _claims(document: Document) -> Iterator[_Claim]:
    seen: set[Span] = set()
    for unit in document.units:
        if unit.section is None or _is_title(document, unit.section):
            continue
        for statement in unit.statements:
            if statement.status is None or statement.tense is not Tense.CURRENT or statement.place == "item":
                continue
            if statement.status.word not in seen:
                seen.add(statement.status.word)
                yield _Claim(unit.section, unit.name, statement.status)
    for number, section in enumerate(document.sections):
        if section.status is None or section.tense is not Tense.CURRENT or section.status.word in seen:
            continue
        if section.mode in (Mode.EXAMPLE, Mode.RULE, Mode.LOG) or _is_title(document, number):
            continue
        yield _Claim(number, section.heading.value, section.status)


def _lines(document: Document) -> Iterator[tuple[_Claim, list[Item]]]:
    """What a line in bold claims that stands over a list as a heading would, and the boxes of that list."""
    for unit in document.units:
        for statement in unit.statements:
            if statement.place == "line" and statement.status is not None and statement.tense is Tense.CURRENT:
                own = [
                    item
                    for item in queries.list_below(document, statement.span.start)
                    if item.marker == "box" and item.tense is Tense.CURRENT
                ]
                yield _Claim(statement.section, unit.name, statement.status, Severity.WARNING), own


def _done(document: Document, claim: _Claim, own: list[Item]) -> Iterator[Finding]:
    status = claim.status
    if status.state is not State.DONE or status.partial or status.deferred or document.sections[claim.section].deferred:
        return
    if _decorates(document, claim) and all(item.state.open for item in own):
        return
    counted = [item for item in own if _counts(document, item, claim.section)]
    open_ = [item for item in counted if item.state.open and not item.deferred]
    if not open_:
        return
    total = len(own)
    word = document.source.slice(status.word)
    missing = f"{len(open_)} of its {total} boxes {'is' if len(open_) == 1 else 'are'} open" if total > 1 else "its box is open"
    yield Finding(
        status.word,
        f"`{_short(claim.name)}` is marked `{word}`, but {missing}",
        (proof.place(document, "the first open box", open_[0].line),),
        demoted=Severity.INFO if _puts_off(document, claim.section, open_) else claim.demoted,
    )


def _is_title(document: Document, section: int) -> bool:
    """Whether the section is the whole document: what its title says of a unit holds for more than boxes."""
    return section == 1 and document.sections[1].level == 1 and sum(one.level == 1 for one in document.sections) == 1


def _decorates(document: Document, claim: _Claim) -> bool:
    """Whether the status is a mere sign before the heading's words, which is decoration as often as a status."""
    heading = document.sections[claim.section].heading.span
    sign = not any(character.isalnum() for character in document.source.slice(claim.status.word))
    behind = document.source.slice(Span(claim.status.word.end, heading.end)) if claim.status.word in heading else ""
    return sign and any(character.isalnum() for character in behind)


def _counts(document: Document, item: Item, section: int) -> bool:
    """Whether an item belongs to the work of ``section``, not to plans, examples or things put off inside it."""
    for around in queries.around(document, item.section):
        if around is document.sections[section]:
            break
        if around.deferred or around.role in ("next", "legend", "template") or around.mode is Mode.EXAMPLE:
            return False
    return True


def _puts_off(document: Document, section: int, open_: list[Item]) -> bool:
    """Whether the unit's own text says that something was put off, and every open box stands where it says so."""
    return all(
        any(around.defers for around in queries.around(document, item.section) if around.span in document.sections[section].span)
        for item in open_
    )


def _open(document: Document, claim: _Claim, own: list[Item], at_least: int) -> Iterator[Finding]:
    status = claim.status
    if status.state not in (State.NOT_STARTED, State.ACTIVE, State.WAITING) or len(own) < at_least:
        return
    if any(item.state not in (State.DONE, State.DROPPED) for item in own):
        return
    if document.sections[claim.section].role in ("next", "legend", "template"):
        return
    inside = queries.items(document, claim.section)
    if any(item.marker == "sign" and item.state.open and item.tense is Tense.CURRENT for item in inside):
        return
    if any(
        statement.status is not None and statement.status.state.open and statement.status.word != status.word
        for unit, statement in queries.said(document, claim.section)
        if unit.section is not None and unit.section != claim.section
    ):
        return
    word = document.source.slice(status.word)
    yield Finding(
        status.word,
        f"`{_short(claim.name)}` is marked `{word}`, but all {len(own)} of its boxes are ticked",
        (proof.place(document, "the last of them", own[-1].line),),
        demoted=claim.demoted,
    )


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:59].rstrip()}…"
