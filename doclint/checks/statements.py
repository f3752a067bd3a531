"""One unit, two statements that cannot both hold: of one document, or of two documents of the tree."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Finding, Severity, Undecided
from doclint.late import late
from doclint.model import dates, queries, titles
from doclint.model.document import Document, Lifecycle, State, Statement, Tense, Unit
from doclint.model.series import NUMBERED_ANEW, Place, Series, series

# Who rounds up calls such work complete.
_NEARLY = late(r"\b(?:mostly|nearly|almost|largely|virtually|substantially)\b|(?<!\d)9\d(?:\.\d+)?\s*%", re.IGNORECASE)
_WORDS = {"row": "row", "heading": "heading", "field": "status line", "item": "item", "line": "line"}


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each statement that calls a unit open while another one calls it done, and each "pending" remark about finished work.

    What another document says is a warning.
    """
    for unit in document.units:
        yield from _conflicts(document, unit)
    if document.lifecycle is Lifecycle.LIVING and len(facts.documents) > 1:
        yield from _across(document, series(facts.documents))
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
        and not (status.partial and (status.state is State.DONE or _NEARLY.search(status.value)))
        and not status.deferred
        # "Open" says little of a task, and all of a pull request.
        and (not status.weak or unit.kind == "pull-request")
        and statement.place != "item"
    )


# --- two documents ------------------------------------------------------------------------------------------------------

# Where more documents than this have a unit of one name, the name is no series of the project's.
_MOST_PLACES = 200
# Directories that hold the documents of the whole project; others are a component's own.
_SHARED = frozenset(("", ".", "docs", "doc", "documentation", "planning", "plans", "coordination", "project", "status", ".github"))


def _across(document: Document, kin: Series) -> Iterator[Finding]:
    if dates.in_name(document.source.path) or document.type == "handoff":
        return
    for unit in document.units:
        if unit.kind in ("row", "section", "pull-request"):
            continue
        still = [one for one in unit.statements if _speaks(unit, one) and one.status and one.status.state.open]
        if not still or _is_done(unit):
            continue
        places = kin.of(unit.kind, unit.id)[:_MOST_PLACES]
        other = next((place for place in places if _contradicts(document, unit, place, kin)), None)
        said = _done(other.unit) if other is not None else None
        if other is None or said is None or said.status is None:
            continue
        for statement in still:
            assert statement.status is not None
            yield Finding(
                statement.status.word,
                f"`{unit.name}` is `{document.source.slice(statement.status.word)}` here, but `{other.document.source.path}` says "
                f"`{other.document.source.slice(said.status.word)}`",
                (proof.place(other.document, "the other statement", said.span),),
                demoted=Severity.WARNING,
            )


def _done(unit: Unit) -> Statement | None:
    return next((one for one in unit.statements if _speaks(unit, one) and one.status and one.status.state is State.DONE), None)


def _is_done(unit: Unit) -> bool:
    return any(one.status is not None and one.status.state is State.DONE for one in unit.statements if one.tense is not Tense.NONE)


def _contradicts(document: Document, unit: Unit, place: Place, kin: Series) -> bool:
    """Whether another living document of the same part of the project says that this very unit is done, and nothing else of it."""
    if place.document is document or place.document.lifecycle is not Lifecycle.LIVING or dates.in_name(place.document.source.path):
        return False
    if _component(document) != _component(place.document) or _done(place.unit) is None:
        return False
    if any(one.status is not None and one.status.state.open for one in place.unit.statements if one.tense is Tense.CURRENT):
        return False
    return _is_same(titles.words(unit.title), unit, place, kin)


def _is_same(own: frozenset[str], unit: Unit, place: Place, kin: Series) -> bool:
    """Whether two units of one name are one: their titles agree, or no title in the project tells two of them apart."""
    if own and place.title:
        return 2 * len(own & place.title) >= min(len(own), len(place.title))
    return unit.kind.split()[-1] not in NUMBERED_ANEW and kin.single(unit.kind, unit.id)


def _component(document: Document) -> str:
    """The directory that the document speaks for."""
    return "/".join(part for part in posixpath.dirname(document.source.path).split("/") if part.lower() not in _SHARED)
