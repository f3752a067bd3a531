"""Log entries that stand in their document twice."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Finding, Undecided
from doclint.model.document import Document, Lifecycle
from doclint.model.queries import day_of, line_of


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each entry whose day and words are those of an earlier one."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    seen: dict[str, int] = {}
    for number, entry in enumerate(document.entries):
        words = document.source.slice(entry.span).casefold().split()
        day = day_of(document, entry)
        if day is None or sum(any(map(str.isalpha, word)) for word in words) < option(options, "words", int):
            continue
        first = document.entries[seen.setdefault(" ".join(words), number)]
        if first is not entry:
            yield Finding(
                day,
                f"this entry of `{document.source.slice(day)}` stands in line {line_of(document, first.span)} already",
                (proof.place(document, "the first one is here", day_of(document, first) or first.span),),
                label=f"the same as in line {line_of(document, first.span)}",
            )
