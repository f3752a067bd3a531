"""Parts that a document must have when work starts, or ends, by its type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from doclint import doctype
from doclint.check import Facts, Options, option
from doclint.diagnostic import Evidence, Finding, Severity, Undecided
from doclint.doctype import DocType
from doclint.model import queries
from doclint.model.document import Document, Lifecycle, Tense, Unit
from doclint.model.lexicon import fold
from doclint.text import Span

if TYPE_CHECKING:
    from doclint.shape import Part

_ACTORS = frozenset(("session", "agent", "lane", "workstream", "stream", "track", "tab", "worker", "terminal", "instance"))
_WHEN = {"start": "when work starts", "end": "when work ends"}


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each part that the type requires in the ``phase`` and that is not there, or says nothing."""
    phase = option(options, "phase", str)
    if phase not in _WHEN or document.lifecycle is not Lifecycle.LIVING:
        return
    from doclint.shape import parts_of

    for known in (*doctype.shipped(), *facts.types):
        if known.name == document.type:
            for part in parts_of(known.phases, phase):
                for finding in _missing(document, part, known, _WHEN[phase]):
                    yield finding._replace(evidence=(Evidence("count", f"asked for by {known.file or known.name + '.schema.json'}"),))


def _missing(document: Document, part: Part, known: DocType, when: str) -> Iterator[Finding]:
    # That a guessed type lacks a part altogether means as often that the guess was wrong.
    limit = None if document.declared else Severity.INFO
    expected = f"{known.noun} has {part.say} {when}"
    if part.units:
        working = list(_working(document))
        without = [unit for unit in working if not any(_has(unit, what) for what in part.units)]
        lack = " and no ".join(part.units)
        if len(without) == len(working) > 1:
            # A board without such a column lacks one thing, and not many.
            yield Finding(without[0].span, f"`{without[0].name}` and {len(without) - 1} more have no {lack}; {expected}", demoted=limit)
            return
        for unit in without:
            yield Finding(unit.span, f"`{unit.name}` has no {lack}; {expected}")
        return
    if part.field is not None:
        fields = [field for field in document.fields if field.name == fold(part.field)]
        if not any(field.value.value.strip() for field in fields):
            place, found = (fields[0].span, "this one says nothing there") if fields else (_top(document), "this one has none")
            yield Finding(place, f"{expected}; {found}", demoted=None if fields else limit)
        return
    sections = _sections(document, part)
    if not (_counted(document, part.has) or any(_filled(document, number) for number in sections)):
        place = document.sections[sections[0]].heading.span if sections else _top(document)
        found = "this section says nothing yet" if sections else "this one has none"
        yield Finding(place, f"{expected}; {found}", demoted=None if sections else limit)


def _sections(document: Document, part: Part) -> Sequence[int]:
    """The sections in which the part may stand; the title's is the document itself."""
    from doclint.shape import SectionShape

    roles = {*part.roles, "contracts"} if part.has == "contracts" else set(part.roles)
    shapes = [SectionShape(name, None, False, False) for name in part.names]
    return [
        number
        for number, section in enumerate(document.sections)
        if number
        and (section.role in roles or any(shape.matches(section.heading.value) for shape in shapes))
        and not _is_title(document, number)
    ]


def _is_title(document: Document, number: int) -> bool:
    return document.title is not None and document.sections[number].heading.span == document.title.span


def _filled(document: Document, number: int) -> bool:
    return any(document.sections[inner].filled for inner in queries.subsections(document, number))


def _counted(document: Document, what: str | None) -> bool:
    match what:
        case "entries":
            return bool(document.entries)
        case "contracts":
            return bool(document.contracts)
        case "boxes":
            return any(item.marker == "box" for item in document.items)
        case "plan":
            return (
                any(pointer.sense == "next" for pointer in document.pointers)
                or any(field.role == "next" and field.value.value for field in document.fields)
                or any(item.state.open and document.sections[item.section].filled for item in document.items)
            )
        case "opening":
            return _opens(document)
        case "units":
            return any(unit.statement is not None for unit in document.units)
    return False


def _opens(document: Document) -> bool:
    """Whether a paragraph stands below the title that is no list of keys."""
    top = next((section for number, section in enumerate(document.sections) if number and _is_title(document, number)), None)
    if top is None:
        return False
    keys = [field.span for field in document.fields]
    leaves = [span for span, _ in document.inlines if span in top.body]
    return any(not any(key in span or span in key for key in keys) for span in leaves)


def _working(document: Document) -> Iterator[Unit]:
    """The sessions, agents, lanes that are at work: with a place in the present, and not finished."""
    for unit in document.units:
        places = [
            statement
            for statement in unit.statements
            if statement.tense is Tense.CURRENT
            and statement.place in ("heading", "row")
            and all(section.role != "completed" for section in queries.around(document, statement.section))
        ]
        if unit.kind in _ACTORS and places and queries.finished(document, unit) is None:
            yield unit


def _has(unit: Unit, what: str) -> bool:
    match what:
        case "owner":
            return bool(unit.owner)
        case "branch":
            return bool(unit.branches)
    return any(statement.status is not None for statement in unit.statements)


def _top(document: Document) -> Span:
    return document.title.span if document.title is not None else document.source.line(1)
