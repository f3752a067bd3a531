"""Log entries that a document's own rule asks for, and that a range of changes did not bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from doclint.check import Facts, Options, option
from doclint.checks import stretch
from doclint.checks.stretch import Matches, Stretch
from doclint.diagnostic import Finding, Undecided
from doclint.discover import Globs
from doclint.model.document import Document, Entry, Lifecycle
from doclint.model.queries import line_span
from doclint.repo.facts import Unknown
from doclint.text import Span

_ALLOWED = "log-entry"


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each rule that asks for an entry, where the range of the run changed its area and the log has no new one."""
    areas = Globs(tuple(option(options, "areas", list)))
    asking = [rule for rule in document.cochanges if rule.entry and (rule.when or areas.patterns)]
    if document.lifecycle is not Lifecycle.LIVING or not document.entries or not (asking or areas.patterns):
        return
    found = stretch.of(facts)
    if found is None:
        return
    place = stretch.first_line(document, asking[0].span) if asking else _newest(document).title.span
    if isinstance(found, Unknown):
        yield Undecided(place, found.reason)
        return
    before = found.before.read(document.source.path)
    if not isinstance(before, bytes) or _has_new(document, before.decode("utf-8", "replace")):
        return
    # Its own document is no area: who mends a word in it has nothing to log.
    if areas.patterns:
        yield from _owed(found, place, [lambda path: areas.match(path) and path != document.source.path])
    for rule in stretch.binding(document, found):
        if rule.entry and rule.when:
            meant = [stretch.meant(document.references[index], document, found.before) for index in rule.when]
            yield from _owed(found, stretch.first_line(document, rule.span), [each for each in meant if each is not None])


def _owed(range: Stretch, place: Span, areas: Sequence[Matches]) -> Iterator[Finding]:
    changed = [path for matches in areas for path in range.changed(matches) if not range.allowed(path, _ALLOWED)]
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        yield Finding(place, f"`{changed[0]}`{more} changed, and the log has no new entry for it", range.proofs(changed[0]))


def _newest(document: Document) -> Entry:
    return next((entry for entry in document.entries if entry.newest), document.entries[0])


def _has_new(document: Document, before: str) -> bool:
    """Whether an entry begins with a line that ``before`` has not, or not as often."""
    known = Counter(" ".join(line.split()) for line in before.splitlines())
    for entry in document.entries:
        line = " ".join(document.source.slice(line_span(document, entry.title.span)).split())
        known[line] -= 1
        if known[line] < 0:
            return True
    return False
