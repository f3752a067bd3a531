"""Dates that cannot be: no day of any calendar, after the last commit, or from before the repository began; or one that was written
down before it came."""

from __future__ import annotations

import bisect
import datetime
import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model import dates
from doclint.model.document import Document, Entry, Mode, Tense
from doclint.model.queries import around, day_of, inline_at, line_of, line_span, logs
from doclint.repo.facts import NOT_COMMITTED, Commit, Unknown
from doclint.text import Span

_TOP_LINES = 15
_DAY = datetime.timedelta(days=1)
# So many days around a day of last year the year is a slip of the pen.
_NEARLY = 31
_STAMPS = ("updated", "date", "latest", "finished")
# What came from elsewhere is older than its repository.
_IMPORTED = late(r"\b(?:import|migrat|copied|moved|originally)", re.IGNORECASE)


class Mention(NamedTuple):
    """A date that stamps the document or an entry.

    ``own`` tells the document's own stamps, ``past`` those that cannot be written before their day.
    """

    span: Span
    date: datetime.date | None
    own: bool
    past: bool


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each date of a "last updated" or session key, or of a log entry, that the calendar or the history refutes."""
    slack = datetime.timedelta(days=option(options, "days-before-the-repository", int))
    states: dict[str, frozenset[str]] = {}
    for mention in _mentions(document):
        written = document.source.slice(mention.span)
        if mention.date is None:
            yield Finding(mention.span, f"`{written}` is no date", (Evidence("count", "no calendar has that day"),))
            continue
        latest = facts.repo.head
        if isinstance(latest, Unknown):
            yield Undecided(mention.span, latest.reason)
        elif latest is not None and mention.date > latest.date + _DAY and mention.date > facts.today:
            yield Finding(mention.span, f"`{written}` lies in the future", (proof.commit("the last commit is", latest),))
        else:
            soon = _too_soon(document, mention.span, mention.date, states, facts) if mention.past else ()
            early = _too_early(document, mention.span, mention.date, slack, facts) if mention.own else ()
            # What a shallow clone does not tell, it does not tell twice.
            yield from dict.fromkeys((*soon, *early))


def _mentions(document: Document) -> Iterator[Mention]:
    for field in document.fields:
        place = inline_at(document, field.value.span.start)
        if field.role not in _STAMPS or place is None or field.tense is Tense.HISTORICAL or field.name in ("started", "when"):
            continue
        inline = place[1]
        for mention in dates.find(inline.text):
            span = inline.span(mention.start, mention.end)
            if span in field.value.span or (span.start >= field.value.span.start and span.end <= field.value.span.end):
                top = field.name != "created" and document.source.position(span.start).line <= _TOP_LINES
                own = field.role == "updated" or (top and field.role != "finished")
                past = field.role in ("updated", "finished") or field.name in ("created", "session date")
                yield Mention(span, mention.date, own and not _IMPORTED.search(inline.text), past)
    overtaken = _overtaken(document)
    for entry in document.entries:
        first = _first_date(document, entry)
        if first is not None:
            yield Mention(*first, False, entry.span in overtaken and _in_log(document, entry))


def _came_with_the_first(document: Document, span: Span, first: Commit, facts: Facts) -> bool:
    """Whether the line came in with the first commit: what a project brought along was written before."""
    line = line_of(document, span)
    writers = facts.repo.blame(document.source.path, line, line)
    return not isinstance(writers, Unknown) and writers[0] == first


def _is_slip(date: datetime.date, day: datetime.date) -> bool:
    """Whether ``date`` is about ``day`` in the year before, as people write in January."""
    return date.year == day.year - 1 and abs((day - date).days - 365) <= _NEARLY


def _overtaken(document: Document) -> set[Span]:
    """The entries whose next one, in the direction of their log, is of an earlier day: such a date was no plan."""
    found: set[Span] = set()
    for log in logs(document):
        known = [(entry.date, entry.span) for entry in log if entry.date is not None]
        pairs = list(itertools.pairwise(known))
        rises, falls = sum(a[0] < b[0] for a, b in pairs), sum(a[0] > b[0] for a, b in pairs)
        if rises > falls:
            found.update(a[1] for a, b in pairs if a[0] > b[0])
        elif falls > rises:
            found.update(b[1] for a, b in pairs if a[0] < b[0])
    return found


def _first_date(document: Document, entry: Entry) -> tuple[Span, datetime.date | None] | None:
    known = day_of(document, entry)
    place = inline_at(document, entry.title.span.start)
    if known is not None or place is None:
        return None if known is None else (known, entry.date)
    first = next(dates.find(place[1].text), None)
    return None if first is None else (place[1].span(first.start, first.end), first.date)


def _in_log(document: Document, entry: Entry) -> bool:
    """Whether the section around ``entry`` is a log; elsewhere a dated heading may be a plan."""
    number = bisect.bisect_right(document.sections, entry.span.start, key=lambda section: section.span.start) - 1
    return any(section.mode is Mode.LOG or section.role == "log" for section in around(document, number))


def _too_soon(
    document: Document, span: Span, date: datetime.date, states: dict[str, frozenset[str]], facts: Facts
) -> Iterator[Finding | Undecided]:
    """Yield the date if the commit that wrote its line is older; ``states`` holds the lines of former states that were read already."""
    path = document.source.path
    versions = facts.repo.versions(path)
    if isinstance(versions, Unknown):
        yield Undecided(span, versions.reason)
        return
    # Whether the line stood there before its day is asked first: blame costs more.
    former = next((version for version in versions if version.commit.date < date - _DAY), None)
    if former is None:
        return
    if former.blob not in states:
        data = facts.repo.content(former.blob)
        if isinstance(data, Unknown):
            yield Undecided(span, data.reason)
            return
        states[former.blob] = frozenset(map(str.strip, data.decode("utf-8", "replace").splitlines()))
    if document.source.slice(line_span(document, span)).strip() not in states[former.blob]:
        return
    line = line_of(document, span)
    writers = facts.repo.blame(path, line, line)
    writer = writers if isinstance(writers, Unknown) else writers[0]
    if isinstance(writer, Commit) and writer.date < date - _DAY:
        days = (date - writer.date).days
        yield Finding(
            span,
            f"`{document.source.slice(span)}` was written {days} days before that day",
            (proof.commit("written in", writer),),
        )
    elif isinstance(writer, Unknown) and writer is not NOT_COMMITTED:
        yield Undecided(span, writer.reason)


def _too_early(
    document: Document, span: Span, date: datetime.date, slack: datetime.timedelta, facts: Facts
) -> Iterator[Finding | Undecided]:
    latest = facts.repo.head
    if isinstance(latest, Commit) and date >= latest.date - slack:
        # The repository began no later than its last commit: the log need not be read.
        return
    log = facts.repo.log()
    if isinstance(log, Unknown):
        yield Undecided(span, log.reason)
        return
    if not log:
        return
    # Of commits of one time the last in the log is the first that was made.
    first = min(reversed(log), key=lambda commit: commit.time)
    if date >= first.date - slack:
        return
    if _came_with_the_first(document, span, first, facts) and not _is_slip(date, first.date):
        yield Undecided(span, "the document may be older than the repository")
    else:
        yield Finding(
            span,
            f"`{document.source.slice(span)}` lies before the repository began",
            (proof.commit("the first commit is", first),),
        )
