"""Units that are listed as still to be done, although a commit's subject says that they are finished."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.checks.finishing import finishing
from doclint.diagnostic import Finding, Undecided
from doclint.model.document import Document, Lifecycle, State, Statement, Tense, Unit
from doclint.repo.facts import Unknown


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each unit that has not begun by its document's word, and is complete by a later commit's."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    waiting = [(unit, statements) for unit in document.units if (statements := _waits(unit))]
    if not waiting:
        return
    commits = finishing(document, facts)
    if isinstance(commits, Unknown):
        yield Undecided(waiting[0][1][0].span, commits.reason)
        return
    for unit, statements in waiting:
        # An item that goes on behind the name is a task of the unit as often as the unit itself.
        task = statements[0].place == "item" and bool(unit.title)
        ours = commits.of(unit.kind, unit.id, unit.title, by_name=not task)
        for statement in statements:
            later = commits.after(ours, statement.span)
            if isinstance(later, Unknown):
                yield Undecided(statement.span, later.reason)
            elif later is not None and statement.status is not None:
                word = document.source.slice(statement.status.word)
                # A list of open work says so in its heading, and not in the row.
                listed = "listed as open" if word.strip("*_`#").isdigit() else f"listed as `{word}`"
                listed = "an open item" if statement.place == "item" and not word.strip("[ ]") else listed
                yield Finding(
                    statement.status.word,
                    f"`{unit.name}` is {listed}, but a commit says that it is finished",
                    (proof.commit("finished in", later),),
                )


def _waits(unit: Unit) -> Sequence[Statement]:
    """The statements by which a unit has not begun, if nothing in the document says otherwise."""
    if unit.kind in ("row", "section"):
        return ()
    current = [one for one in unit.statements if one.tense is not Tense.NONE and one.status is not None]
    if any(one.status and one.status.state not in (State.NOT_STARTED, State.UNKNOWN) for one in current):
        return ()
    return [
        one
        for one in current
        if one.tense is Tense.CURRENT and one.status and one.status.state is State.NOT_STARTED and not one.status.deferred
    ]
