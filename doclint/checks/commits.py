"""Commits that a document cites and that the repository does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import ground
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model import queries
from doclint.model.document import Document, Lifecycle, Mode, Reference
from doclint.repo.facts import Unknown

# An id of another length, or without such a word before it, is a key, a page or a deployment as often.
_CITED = late(
    r"\b(?:commit(?:ted)?(?:\s+(?:id|hash|sha))?|sha|revision|reverts?|cherry-pick(?:ed)?|merged?(?:\s+(?:as|in|at))?|HEAD)\W{0,6}$",
    re.IGNORECASE,
)
_SHORT, _LONG, _WHOLE = 7, 12, 40


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each commit id that names no object."""
    base = ground.of(document, facts)
    if base is None or base.foreign or document.lifecycle is Lifecycle.PLANNED:
        return
    columns = set(_in_columns(document))
    for number, reference in enumerate(document.references):
        if reference.kind != "commit" or document.sections[reference.section].mode in (Mode.PLAN, Mode.EXAMPLE):
            continue
        if not (_SHORT <= len(reference.token) <= _LONG or len(reference.token) == _WHOLE):
            continue
        if number not in columns and not _is_cited(document, reference):
            continue
        commit = facts.repo.commit(reference.token)
        if isinstance(commit, Unknown):
            yield Undecided(reference.span, commit.reason)
        elif commit is None:
            yield Finding(
                reference.span,
                f"there is no commit `{reference.token}`",
                (Evidence("count", "no object of this repository has that id: it may be of another clone, or rewritten since"),),
            )


def _is_cited(document: Document, reference: Reference) -> bool:
    start = reference.span.start
    return bool(
        _CITED.search(document.source.text[max(document.source.line(queries.line_of(document, reference.span)).start, start - 40) : start])
    )


def _in_columns(document: Document) -> Iterator[int]:
    """The references that stand in a column of commits."""
    places = {reference.span: number for number, reference in enumerate(document.references) if reference.kind == "commit"}
    if not places:
        return
    for table in document.tables:
        column = table.column("commit")
        if column is None:
            continue
        for row in table.rows:
            if column < len(row.cells):
                for reference in queries.in_span(document.references, row.cells[column].span):
                    if reference.span in places:
                        yield places[reference.span]
