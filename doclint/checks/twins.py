"""Sections that stand twice beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Finding, Undecided
from doclint.model.document import Document, Lifecycle, Mode, Tense
from doclint.model.lexicon import fold

# What a document has one of: a second one is where the next reader does not look. Logs, examples and lists of files repeat themselves.
_SINGLE = frozenset(("goal", "architecture", "contracts", "status", "next", "blockers", "decisions", "rules", "checklist"))


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each section whose sibling before it has the same heading, of a kind that a document has one of."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    first: dict[tuple[int | None, int, str], int] = {}
    for number, section in enumerate(document.sections):
        if not number or section.role not in _SINGLE or section.tense is not Tense.CURRENT or section.mode in (Mode.LOG, Mode.EXAMPLE):
            continue
        key = section.parent, section.level, fold(section.heading.value)
        if key not in first:
            first[key] = number
            continue
        # A heading that holds nothing says that its text is elsewhere.
        before = document.sections[first[key]]
        if all(document.source.slice(each.body).strip() for each in (before, section)):
            yield Finding(
                section.heading.span,
                f"a second section `{section.heading.value}` beside the first; one of them is not the one that is kept",
                (proof.place(document, "the first one", before.heading.span),),
            )
