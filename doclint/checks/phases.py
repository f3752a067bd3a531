"""Parts that a document must have when work starts, or ends, by its type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from doclint import doctype
from doclint.check import Facts, Options, option
from doclint.diagnostic import Evidence, Finding, Undecided
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
    expected = f"{known.noun} has {part.say} {when}"
    if part.units:
        for unit in _working(document):
            if not any(_has(unit, what) for what in part.units):
                yield Finding(unit.span, f"`{unit.name}` has no {' and no '.join(part.units)}; {expected}")
        return
    if part.field is not None:
        fields = [field for field in document.fields if field.name == fold(part.field)]
        if not any(field.value.value.strip() for field in fields):
            place, found = (fields[0].span, "this one says nothing there") if fields else (_top(document), "this one has none")
            yield Finding(place, f"{expected}; {found}")
        return
    sections = _sections(document, part)
    if not (_counted(document, part.has) or any(_filled(document, number) for number in sections)):
        place = document.sections[sections[0]].heading.span if sections else _top(document)
        yield Finding(place, f"{expected}; this {'section says nothing yet' if sections else 'one has none'}")


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
        case "units":
            return any(unit.statement is not None for unit in document.units)
    return False


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
