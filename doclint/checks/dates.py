"""Dates that cannot be: no day of any calendar, after the last commit, or from before the repository began."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.model import dates
from doclint.model.document import Document, Tense
from doclint.model.queries import inline_at
from doclint.repo.facts import Commit, Unknown
from doclint.text import Span

_TOP_LINES = 15
# What came from elsewhere is older than its repository.
_IMPORTED = re.compile(r"\b(?:import|migrat|copied|moved|originally)", re.IGNORECASE)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each date of a "last updated" or session key, or of a log entry, that the calendar or the history refutes."""
    slack = datetime.timedelta(days=option(options, "days-before-the-repository", int))
    for span, mention, stamped in _mentions(document):
        if mention.date is None:
            yield Finding(span, f"`{document.source.slice(span)}` is no date", (Evidence("count", "no calendar has that day"),))
            continue
        latest = facts.repo.head
        if isinstance(latest, Unknown):
            yield Undecided(span, latest.reason)
        elif latest is not None and mention.date > latest.date + datetime.timedelta(days=1) and mention.date > facts.today:
            yield Finding(
                span,
                f"`{document.source.slice(span)}` lies in the future",
                (proof.commit("the last commit is", latest),),
            )
        if stamped:
            yield from _too_early(document, span, mention.date, slack, facts)


def _mentions(document: Document) -> Iterator[tuple[Span, dates.DateMention, bool]]:
    """The dates that stamp the document or an entry; the flag tells the document's own stamps."""
    for field in document.fields:
        place = inline_at(document, field.value.span.start)
        if (
            field.role not in ("updated", "date", "latest")
            or place is None
            or field.tense is Tense.HISTORICAL
            or field.name in ("started", "when")
        ):
            continue
        inline = place[1]
        for mention in dates.find(inline.text):
            span = inline.span(mention.start, mention.end)
            if span in field.value.span or (span.start >= field.value.span.start and span.end <= field.value.span.end):
                top = field.name != "created" and document.source.position(span.start).line <= _TOP_LINES
                yield span, mention, (field.role == "updated" or top) and not _IMPORTED.search(inline.text)
    for entry in document.entries:
        place = inline_at(document, entry.title.span.start)
        if place is None:
            continue
        first = next(dates.find(place[1].text), None)
        if first is not None:
            yield place[1].span(first.start, first.end), first, False


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
    if date < first.date - slack:
        yield Finding(
            span,
            f"`{document.source.slice(span)}` lies before the repository began",
            (proof.commit("the first commit is", first),),
        )
