"""Past entries of a log that keeps its entries, edited or removed since the tree that a range is compared with."""

from __future__ import annotations

import datetime
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint.check import Facts, Options
from doclint.checks import edits, proof
from doclint.diagnostic import Evidence, Finding, Severity, Undecided
from doclint.late import late
from doclint.model.document import Document, Entry, Lifecycle
from doclint.model.queries import day_of, line_of
from doclint.repo.facts import Commit, Unknown
from doclint.text import DecodingError, Source, Span

# More than this is not shown of an entry, nor compared word by word.
_SHOWN = 60
_MOST_WORDS = 600
_MOST_FILES = 100
_MOST_TOLD = 3
_ALIKE = 0.75
_SAME_ENTRY = 0.4
# What was left to be filled in later may be.
_TO_FILL = late(r"\W*(?:tbd|todo|tba|pending|wip|ongoing|xx+)?\W*\Z", re.IGNORECASE)
# A link that follows a file tells of the same thing.
_FILE = late(r"\.[a-z]\w{0,4}\W*\Z", re.IGNORECASE)
_DIGIT = late(r"\d")
_FEW_WORDS = 3
_LETTERS = late(r"[^\W\d_]{4,}\Z")
_COMPACTS = late(
    r"\b(?:keep|retain)s?\s+(?:only\s+)?(?:the\s+)?(?:last|latest|newest|most recent)\b"
    r"|\b(?:archive|compact|condense|prune|trim|summari[sz]e|move)\s+(?:\w+\s+){0,2}(?:old|older|oldest|past|previous|earlier)\b"
    r"|\b(?:old|older|earlier|past|previous)\s+(?:entries|sessions|rows|logs?)\s+(?:\w+\s+){0,3}(?:archived|compacted|moved|pruned|removed)\b",
    re.IGNORECASE,
)
_ARCHIVE = late(r"archiv|histor|old", re.IGNORECASE)
_DOCUMENTS = (".md", ".markdown", ".txt")


class Change(NamedTuple):
    """A former entry, and what it is now (None: gone)."""

    before: Entry
    now: Entry | None


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each entry that was past before the change, and whose words are not all there any more."""
    if facts.before is None or document.lifecycle is not Lifecycle.LIVING or all(entry.kept == "free" for entry in document.entries):
        return
    data = facts.before.read(document.source.path)
    if isinstance(data, Unknown):
        yield Undecided(Span(0, 0), data.reason)
        return
    former = None if data is None or data == document.source.encode() else _document(document.source.path, data)
    if former is None:
        return
    changes = list(_changes(former, document))
    edited = [(change.before, change.now) for change in changes if change.now is not None]
    if edits.size(_lines(former, [before for before, _ in edited]), _lines(document, [now for _, now in edited])):
        for before, now in edited:
            yield from _edited(former, before, document, now, facts)
    removed = _unexpected(former, [change.before for change in changes if change.now is None])
    if removed and not _COMPACTS.search(document.source.text) and not _COMPACTS.search(former.source.text):
        yield from _removed(former, _gone(former, removed, document, facts), document)


def _document(path: str, data: bytes) -> Document | None:
    from doclint.markdown.parse import parse
    from doclint.model.lexicon import load
    from doclint.model.project import project

    try:
        source = Source.decode(path, data)
    except DecodingError:
        return None
    return project(source, parse(source), load())


# --- what changed -----------------------------------------------------------------------------------------------------


def _changes(former: Document, document: Document) -> Iterator[Change]:
    """The past entries of ``former`` whose words are not in ``document`` as they were, each with the entry that took its place."""
    present = {_words(document, entry) for entry in document.entries}
    kept = {_words(former, entry) for entry in former.entries}
    # An entry that was there before has not taken the place of another.
    free: dict[datetime.date | None, list[tuple[tuple[str, ...], Entry]]] = {}
    for entry in document.entries:
        words = _words(document, entry)
        if words not in kept:
            free.setdefault(entry.date, []).append((words, entry))
    whole = " ".join(_source_words(document.source.text))
    for entry in _past(former):
        words = _words(former, entry)
        if words in present or " ".join(words) in whole:
            continue
        others = free.get(entry.date, [])
        best = max(range(len(others)), key=lambda number: _shared(words, others[number][0]), default=None)
        same = best is not None and _shared(words, others[best][0]) >= _SAME_ENTRY
        yield Change(entry, others.pop(best)[1] if same and best is not None else None)


def _past(document: Document) -> Iterator[Entry]:
    """The kept entries of an earlier day than the newest of their log; of an entry with entries in it, the outer one."""
    newest = {entry.log: entry.date for entry in document.entries if entry.newest}
    end = -1
    for entry in document.entries:
        if entry.span.start >= end:
            end = entry.span.end
            if entry.kept != "free" and entry.date is not None and entry.date != newest.get(entry.log):
                yield entry


def _words(document: Document, entry: Entry) -> tuple[str, ...]:
    return tuple(itertools.chain.from_iterable(map(edits.words, document.source.slice(entry.span).splitlines())))


def _lines(document: Document, entries: Sequence[Entry]) -> list[str]:
    return [line for entry in entries for line in document.source.slice(entry.span).splitlines()]


def _shared(old: Sequence[str], new: Sequence[str]) -> float:
    """The share of the ``old`` words that are among the ``new``."""
    return (Counter(old) & Counter(new)).total() / max(1, len(old))


# --- edited -----------------------------------------------------------------------------------------------------------


def _edited(former: Document, before: Entry, document: Document, now: Entry, facts: Facts) -> Iterator[Finding]:
    difference = _difference(_words(former, before)[:_MOST_WORDS], _words(document, now)[:_MOST_WORDS])
    # Of a log that says nothing of the kind only a result or a sentence is worth a word.
    if difference is not None and (before.kept == "declared" or _DIGIT.search(difference[0]) or len(difference[0].split()) >= _FEW_WORDS):
        old, new = difference
        became = f"`{old}` became `{new}`" if new else f"`{old}` is gone"
        yield Finding(
            day_of(document, now) or now.title.span,
            f"the entry of `{before.date}` was past, and was rewritten: {became}",
            tuple(_writer(document, now, facts)),
            label=became,
            demoted=_limit(before),
        )


def _difference(old: Sequence[str], new: Sequence[str]) -> tuple[str, str] | None:
    """The first words that were lost, and those in their place; None where all was but to be filled in, or a slip of the pen."""
    import difflib

    lost = Counter(old) - Counter(new)
    for kind, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        words = [word for word in old[first:last] if lost[word] and not _TO_FILL.match(word)]
        if kind in ("equal", "insert") or not words:
            continue
        if new[start:end] and _FILE.search(old[last - 1]) and _FILE.search(new[end - 1]):
            continue
        if last - first == end - start and all(map(_is_slip, old[first:last], new[start:end])):
            continue
        return _short(old[first:last]), _short(new[start:end])
    return None


def _is_slip(old: str, new: str) -> bool:
    import difflib

    return old == new or bool(
        _LETTERS.match(old) and _LETTERS.match(new) and difflib.SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE
    )


def _short(words: Sequence[str]) -> str:
    text = " ".join(words).replace("`", "")
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " \u2026"


def _writer(document: Document, entry: Entry, facts: Facts) -> Iterator[Evidence]:
    """The last commit that wrote in ``entry``, where all of it is committed."""
    last = document.source.position(max(entry.span.start, entry.span.end - 1)).line
    writers = facts.repo.blame(document.source.path, line_of(document, entry.span), last)
    known = [] if isinstance(writers, Unknown) else [writer for writer in writers if isinstance(writer, Commit)]
    if known and not isinstance(writers, Unknown) and len(known) == len(writers):
        yield proof.commit("rewritten in", max(known, key=lambda commit: commit.time))


def _limit(entry: Entry) -> Severity | None:
    """A log that does not say so itself is only expected to stay as it is."""
    return None if entry.kept == "declared" else Severity.WARNING


# --- removed ----------------------------------------------------------------------------------------------------------


def _gone(former: Document, removed: Sequence[Entry], document: Document, facts: Facts) -> list[Entry]:
    """Those of the ``removed`` entries whose words are in no other document: neither beside it, nor in a file that is new or an archive."""
    texts = [" ".join(_source_words(other.source.text)) for other in facts.documents if other.source.path != document.source.path]
    texts += [" ".join(_source_words(text)) for text in _archives(facts, document.source.path)]
    return [entry for entry in removed if not any(" ".join(_words(former, entry)) in text for text in texts)]


def _source_words(text: str) -> Iterator[str]:
    return itertools.chain.from_iterable(map(edits.words, text.splitlines()))


def _archives(facts: Facts, own: str) -> Iterator[str]:
    paths, before = facts.repo.paths(), facts.before.paths() if facts.before is not None else None
    if isinstance(paths, Unknown):
        return
    known = frozenset(before.files) if before is not None and not isinstance(before, Unknown) else frozenset()
    found = (path for path in paths.files if path.lower().endswith(_DOCUMENTS) and path != own)
    for path in itertools.islice((path for path in found if path not in known or _ARCHIVE.search(path)), _MOST_FILES):
        data = facts.repo.read(path)
        if isinstance(data, bytes):
            yield data.decode("utf-8", "replace")


def _unexpected(former: Document, removed: Sequence[Entry]) -> list[Entry]:
    """The ``removed`` entries without those of logs that say nothing of the kind and dropped the oldest: such a log keeps its last."""
    gone = {id(entry) for entry in removed}
    oldest: dict[int, datetime.date] = {}
    for entry in former.entries:
        if entry.date is not None and id(entry) not in gone:
            oldest[entry.log] = min(entry.date, oldest.get(entry.log, entry.date))
    return [
        entry
        for entry in removed
        if entry.kept == "declared" or (entry.date or datetime.date.min) > oldest.get(entry.log, datetime.date.max)
    ]


def _removed(former: Document, removed: Sequence[Entry], document: Document) -> Iterator[Finding]:
    """Yield the entries that are gone, at the place of the log; of many, how many there are."""
    log = next(entry for entry in document.entries if entry.kept != "free")
    span = day_of(document, log) or log.title.span
    shown = removed if len(removed) <= _MOST_TOLD else removed[:1]
    for entry in shown:
        words = _short(entry.title.value.split())
        others = f" and {len(removed) - 1} others" if len(removed) > _MOST_TOLD else ""
        were = "were" if others else "was"
        yield Finding(
            span,
            f"the past entry `{words}`{others} {were} removed from this log",
            (Evidence("count", f"it stood in line {line_of(former, entry.span)}"),),
            demoted=_limit(entry),
        )
