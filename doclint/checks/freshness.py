"""A "last updated" that the document or its history has outrun."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint.check import Facts, Options, option
from doclint.checks import edits, proof
from doclint.diagnostic import Finding, Fix, Undecided
from doclint.late import late
from doclint.model import dates
from doclint.model.document import Document, Entry, Field, Lifecycle, Mode, State, Tense
from doclint.model.queries import inline_at, line_of, line_span
from doclint.repo.facts import NOT_COMMITTED, Commit, Unknown, Version
from doclint.text import Edit, Span

_TOP_LINES = 15
_FOOTER_LINES = 6
# Farther back a document was another one.
_MOST_VERSIONS = 100
# A document with more of them is a log in which each speaks of its day.
_MOST_STAMPS = 20
_BREAK = late(r"\s*(?:-\s*){3,}$|\s*(?:\*\s*){3,}$|\s*(?:_\s*){3,}$")
_HEADING = late(r"(#{1,6})\s")
_FENCE = late(r"\s*(?:```|~~~)")


class Change(NamedTuple):
    """A commit, and how many lines it changed."""

    commit: Commit
    lines: int


class Stamp(NamedTuple):
    """A date that claims to be that of the last change, and of what: the document, or (``section``) one section.

    With ``session`` it is that of the latest session, which nothing but the log can prove old.
    """

    span: Span
    date: datetime.date
    value: Span
    section: int | None
    session: bool


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each "last updated" that a later log entry, or a later commit with a change of substance, proves old."""
    if document.lifecycle is not Lifecycle.LIVING or _is_closed(document):
        return
    slack = datetime.timedelta(days=option(options, "days", int))
    for stamp in itertools.islice(_stamps(document), _MOST_STAMPS):
        entry = _newest_entry(document, stamp, slack, facts)
        change = None if stamp.session else _last_change(document, facts, stamp, slack, option(options, "lines", int))
        if isinstance(change, Change) and (entry is None or entry.date is None or change.commit.date >= entry.date):
            yield _changed(document, stamp, change)
        elif entry is not None and entry.date is not None:
            yield _overtaken(document, stamp, entry, entry.date)
        elif isinstance(change, Unknown):
            yield Undecided(stamp.span, change.reason)


def _changed(document: Document, stamp: Stamp, change: Change) -> Finding:
    what = "the document" if stamp.section is None else "its section"
    return Finding(
        stamp.span,
        f"`{document.source.slice(stamp.span)}` is given as the last update, "
        f"but {change.lines} lines of {what} changed {(change.commit.date - stamp.date).days} days later",
        (proof.commit(f"{change.lines} lines changed in", change.commit),),
        _fix(document, stamp, change.commit.date),
    )


def _overtaken(document: Document, stamp: Stamp, entry: Entry, day: datetime.date) -> Finding:
    what = "the day of the latest session" if stamp.session else "the last update"
    return Finding(
        stamp.span,
        f"`{document.source.slice(stamp.span)}` is given as {what}, but the log goes on to `{day}`",
        (proof.place(document, f"the newest entry is of {day}", entry.title.span),),
        _fix(document, stamp, day) if not stamp.session else None,
    )


def _is_closed(document: Document) -> bool:
    """Whether the document is a record of its day: dated by its name, or closed by its own word."""
    status = document.status
    closed = status is not None and not status.partial and status.state in (State.DONE, State.DROPPED)
    return closed or dates.in_name(document.source.path) is not None


def _stamps(document: Document) -> Iterator[Stamp]:
    for field in document.fields:
        place = inline_at(document, field.value.span.start)
        if field.role not in ("updated", "latest"):
            continue
        session = field.role == "latest"
        whole = not session and _speaks_of_all(document, field)
        if not whole and (field.tense is not Tense.CURRENT or document.sections[field.section].mode is Mode.EXAMPLE):
            continue
        if place is None:
            # Front matter has no inline content.
            day = dates.first(field.value.value)
            if day is not None:
                yield Stamp(field.value.span, day, field.value.span, None, session)
            continue
        for mention in dates.find(place[1].text):
            span = place[1].span(mention.start, mention.end)
            if mention.date is not None and field.value.span.start <= span.start and span.end <= field.value.span.end:
                yield Stamp(span, mention.date, field.value.span, None if whole or session else field.section, session)
                break


def _speaks_of_all(document: Document, field: Field) -> bool:
    """Whether ``field`` stands at the top of the document, alone or among other keys, or in a footer."""
    if _is_footer(document, field.span):
        return True
    if line_of(document, field.span) > _TOP_LINES:
        return False
    section = document.sections[field.section]
    if field.section <= 1 or field.span in section.heading.span:
        return True
    keys = sum(other.section == field.section for other in document.fields)
    lines = [line for line in document.source.slice(section.body).splitlines() if line.strip()]
    return field.section <= 2 and keys > 1 and len(lines) <= 2 * keys


def _is_footer(document: Document, span: Span) -> bool:
    text = document.source.text
    if document.source.position(len(text)).line - line_of(document, span) > 2 * _FOOTER_LINES:
        return False
    below = [line for line in text[line_span(document, span).end :].splitlines() if line.strip()]
    if len(below) > _FOOTER_LINES or any(_HEADING.match(line) for line in below):
        return False
    for line in reversed(text[: line_span(document, span).start].splitlines()[-_FOOTER_LINES:]):
        if _BREAK.match(line):
            return True
        if _HEADING.match(line):
            return False
    return False


def _newest_entry(document: Document, stamp: Stamp, slack: datetime.timedelta, facts: Facts) -> Entry | None:
    """The latest record in what the stamp speaks of, if it is later than the stamp allows."""
    reach = document.sections[stamp.section or 0].span
    late = [
        entry
        for entry in document.entries
        if entry.newest and entry.date is not None and entry.span in reach and stamp.date + slack <= entry.date <= facts.today
    ]
    for entry in sorted(late, key=lambda entry: entry.date or datetime.date.min, reverse=True):
        if _is_record(document, entry, facts):
            return entry
    return None


def _is_record(document: Document, entry: Entry, facts: Facts) -> bool:
    """Whether the entry was written on its day or later; what was written before is a plan."""
    assert entry.date is not None
    line = line_of(document, entry.title.span)
    writers = facts.repo.blame(document.source.path, line, line)
    if isinstance(writers, Unknown) or not writers:
        return False
    writer = writers[0]
    return writer is NOT_COMMITTED or (isinstance(writer, Commit) and writer.date >= entry.date - datetime.timedelta(days=1))


def _last_change(document: Document, facts: Facts, stamp: Stamp, slack: datetime.timedelta, least: int) -> Change | Unknown | None:
    """The last commit that changed ``least`` lines of what the stamp speaks of, and let the stamp stand."""
    limit = stamp.date + slack
    head = facts.repo.head
    if not isinstance(head, Commit) or head.date < limit:
        return head if isinstance(head, Unknown) else None
    versions = facts.repo.versions(document.source.path)
    if isinstance(versions, Unknown):
        return versions
    written = document.source.slice(line_span(document, stamp.span)).strip()
    found: Change | None = None
    states: list[Sequence[str]] = []
    later: Version | None = None
    for version in versions[:_MOST_VERSIONS]:
        lines = _lines(facts, version)
        if isinstance(lines, Unknown):
            return lines
        part = _part(document, stamp, lines) if written in map(str.strip, lines) else None
        if part is None:
            # Here the stamp was written.
            break
        if later is not None and found is None:
            changed = edits.size(part, states[-1])
            found = Change(later.commit, changed) if changed >= least else None
        states.append(part)
        if version.commit.date < limit:
            break
        later = version
    # What was changed and changed back is not worth a word, nor is what only another line of history lacked.
    return found if found is not None and edits.size(states[-1], states[0]) >= least else None


def _lines(facts: Facts, version: Version) -> Sequence[str] | Unknown:
    data = facts.repo.content(version.blob)
    return data if isinstance(data, Unknown) else data.decode("utf-8", "replace").splitlines()


def _part(document: Document, stamp: Stamp, lines: Sequence[str]) -> Sequence[str] | None:
    """The lines that the stamp speaks of; None where they are not found."""
    if stamp.section is None:
        return edits.body(lines)
    section = document.sections[stamp.section]
    heading = edits.words(document.source.slice(line_span(document, section.heading.span)))
    start, fenced = None, False
    for number, line in enumerate(lines):
        fenced ^= bool(_FENCE.match(line))
        match = None if fenced else _HEADING.match(line)
        if match is None:
            continue
        if start is not None and len(match[1]) <= section.level:
            return lines[start:number]
        if start is None and len(match[1]) == section.level and edits.words(line) == heading:
            start = number
    return None if start is None else lines[start:]


def _fix(document: Document, stamp: Stamp, day: datetime.date) -> Fix | None:
    """The date in place of the other, where the value says nothing else that would then be wrong."""
    written = document.source.slice(stamp.span)
    rest = document.source.slice(stamp.value).replace(written, "", 1)
    text = dates.like(written, day)
    if text is None or re.search(r"\w", rest):
        return None
    return Fix(f"write `{text}`", (Edit(stamp.span, text),), safe=True)
