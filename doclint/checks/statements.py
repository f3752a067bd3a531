"""One unit, two statements of one document that cannot both hold."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Finding, Undecided
from doclint.model import queries
from doclint.model.document import Document, State, Statement, Tense, Unit

_WORDS = {"row": "row", "heading": "heading", "field": "status line", "item": "item"}


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each statement that calls a unit open while another one calls it done, and each "pending" remark about finished work."""
    for unit in document.units:
        yield from _conflicts(document, unit)
    for pointer in document.pointers:
        if pointer.sense != "pending" or pointer.tense is not Tense.CURRENT:
            continue
        for number in pointer.units:
            unit = document.units[number]
            known = unit.statement
            if known is not None and known.status is not None and known.status.state is State.DONE and not known.status.partial:
                yield Finding(
                    pointer.span,
                    f"`{unit.name}` is said to be pending here, but it is marked `{document.source.slice(known.status.word)}`",
                    (proof.place(document, "its status", known.span),),
                )


def _conflicts(document: Document, unit: Unit) -> Iterator[Finding]:
    current = [statement for statement in unit.statements if _speaks(unit, statement)]
    done = [statement for statement in current if statement.status and statement.status.state is State.DONE]
    still = [statement for statement in current if statement.status and statement.status.state.open]
    if not done or not still:
        return
    other = done[0]
    for statement in still:
        assert statement.status is not None
        assert other.status is not None
        yield Finding(
            statement.status.word,
            f"`{unit.name}` is `{document.source.slice(statement.status.word)}` here, but its {_WORDS[other.place]} on line "
            f"{queries.line_of(document, other.span)} says `{document.source.slice(other.status.word)}`",
            (proof.place(document, "the other statement", other.span),),
        )


def _speaks(unit: Unit, statement: Statement) -> bool:
    """Whether a statement is plain enough to contradict another: of today, whole, and no mere task that begins with the name."""
    status = statement.status
    return (
        statement.tense is Tense.CURRENT
        and status is not None
        and not (status.partial and status.state is State.DONE)
        and not status.deferred
        # "Open" says little of a task, and all of a pull request.
        and (not status.weak or unit.kind == "pull-request")
        and statement.place != "item"
    )
