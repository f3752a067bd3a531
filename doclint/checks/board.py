"""Checklist items that wait for units which the board calls done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Finding, Severity, Undecided
from doclint.late import late
from doclint.model.document import Document, Item, Lifecycle, State, Tense, Unit

_STEM = 5
_SUBJECT_WORDS = 4
# A list that says "I", "my" or "you" is gone through by everybody anew, and its boxes stay open.
_PERSONAL = late(r"\b(?:I|I['\u2019](?:ve|m|ll)|[Mm]y|[Yy]ou|[Yy]our)\b(?!/)")
_SMALL = frozenset("the a an and of for to in on with all is are be".split())


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each open item of an integration or success checklist whose units are all done.

    An item that names no unit is told as an info once every unit of the board is done.
    """
    if document.lifecycle is not Lifecycle.LIVING:
        return
    board = [
        unit
        for unit in document.units
        if unit.statement is not None and unit.statement.place != "item" and unit.kind not in ("row", "section", "pull-request")
    ]
    if len(board) < 2:
        return
    everything = all(_is_done(unit) for unit in board)
    personal = {item.section for item in document.items if _PERSONAL.search(item.text.value)}
    for item in document.items:
        section = document.sections[item.section]
        if item.marker != "box" or item.state is not State.NOT_STARTED or item.deferred or item.tense is not Tense.CURRENT:
            continue
        if section.role != "checklist" or item.section in personal or item.unit is not None or item.parent is not None:
            continue
        named = [unit for unit in board if _names(item, unit)]
        if named and all(_is_done(unit) for unit in named):
            who = _and([f"`{unit.name}`" for unit in named])
            yield Finding(
                item.mark.span,
                f"the item is open, but {who} that it waits for {'is' if len(named) == 1 else 'are'} done",
                tuple(proof.place(document, f"`{unit.name}` is `{_word(document, unit)}`", unit.span) for unit in named),
            )
        elif not named and everything:
            last = board[-1]
            yield Finding(
                item.mark.span,
                f"the item is open, but all {len(board)} units on the board are done",
                (proof.place(document, f"the last of them, `{last.name}`, is `{_word(document, last)}`", last.span),),
                demoted=Severity.INFO,
            )


def _is_done(unit: Unit) -> bool:
    statement = unit.statement
    return (
        unit.state is State.DONE
        and statement is not None
        and statement.status is not None
        and not statement.status.partial
        and statement.tense is Tense.CURRENT
    )


def _names(item: Item, unit: Unit) -> bool:
    """Whether the item names the unit, or begins with what the unit is about ("Data generator produces …": Data Generation)."""
    text = item.text.value
    if re.search(rf"(?<!\w){re.escape(unit.name)}(?!\w)", text, re.IGNORECASE):
        return True
    title = [word for word in _words(unit.title) if word not in _SMALL]
    subject = _words(text)[:_SUBJECT_WORDS]
    return bool(title) and len(title) <= 3 and all(any(_same(word, other) for other in subject) for word in title)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _same(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _STEM:
        return one == other
    length = max(_STEM, min(len(one), len(other)) - 3)
    return one[:length] == other[:length]


def _word(document: Document, unit: Unit) -> str:
    statement = unit.statement
    assert statement is not None
    assert statement.status is not None
    return document.source.slice(statement.status.word)


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
