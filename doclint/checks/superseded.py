"""Documents that call themselves current, beside a newer one of their series."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from doclint.check import Facts, Options, once
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model.document import Document, Lifecycle
from doclint.text import Span

# HANDOFF.md, HANDOFF_2.md, handoff-v3.md: the number behind the name.
_NUMBERED = late(r"(?P<name>.+?)[-_ .]*(?:v(?:er(?:sion)?)?)?[-_ ]?(?P<number>\d{1,3})\Z", re.IGNORECASE)
# What is numbered here is not the document.
_UNIT = late(
    r"(?:agent|lane|phase|worker|track|stream|task|step|day|week|sprint|milestone|part|pr|issue|wave|stage|tier|batch|ticket|team|\d)\Z",
    re.IGNORECASE,
)
_CURRENT = late(r"\b(?:current|latest)\b", re.IGNORECASE)

Series = Mapping[tuple[str, str, str | None], Sequence[tuple[int, str]]]


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield the words with which the document calls itself current, if one of its series has a higher number."""
    span = _claims_to_be_current(document)
    if document.lifecycle is not Lifecycle.LIVING or span is None:
        return
    own = _place(document)
    newer = [] if own is None else [other for other in once(facts.documents, _series).get(own[0], ()) if other[0] > own[1]]
    if newer:
        path = max(newer)[1]
        yield Finding(
            span,
            f"this document calls itself `{document.source.slice(span)}`, and there is a newer one, `{path}`",
            (Evidence("path", f"`{path}` goes on", path=path),),
        )


def _series(documents: Sequence[Document]) -> Series:
    found: dict[tuple[str, str, str | None], list[tuple[int, str]]] = defaultdict(list)
    for document in documents:
        place = _place(document)
        if place is not None:
            found[place[0]].append((place[1], document.source.path))
    return found


def _place(document: Document) -> tuple[tuple[str, str, str | None], int] | None:
    """The series of the document (folder, name, type) and its number there; 1 where it has none."""
    folder, _, file = document.source.path.rpartition("/")
    stem = file.rpartition(".")[0].casefold()
    match = _NUMBERED.match(stem)
    if match is None:
        return (folder, stem, document.type), 1
    if _UNIT.search(match["name"]):
        return None
    return (folder, match["name"], document.type), int(match["number"])


def _claims_to_be_current(document: Document) -> Span | None:
    """The open status, or the word in the title."""
    if document.status is not None and document.status.state.open:
        return document.status.word
    if document.title is not None:
        match = _CURRENT.search(document.source.slice(document.title.span))
        if match is not None:
            return Span(document.title.span.start + match.start(), document.title.span.start + match.end())
    return None
