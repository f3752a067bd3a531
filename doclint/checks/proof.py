"""Evidence in words: how commits, landings and places are told."""

from __future__ import annotations

from doclint.diagnostic import Evidence
from doclint.model.document import Document
from doclint.repo.facts import Commit, Landing
from doclint.text import Span

_HOW = {"ancestor": "merged in", "merge": "merged in", "squash": "squash-merged in", "pull-request": "merged in"}


def commit(what: str, commit: Commit) -> Evidence:
    """``what`` happened in ``commit``."""
    return Evidence(
        "commit",
        f"{what} {commit.short} on {commit.date} ({commit.subject})",
        commit=commit.id,
        date=commit.date.isoformat(),
        subject=commit.subject,
    )


def landed(landing: Landing) -> Evidence:
    """How work came into the base."""
    return commit(_HOW[landing.how], landing.commit)


def place(document: Document, text: str, span: Span) -> Evidence:
    """Another place of the same document."""
    return Evidence("place", text, path=document.source.path, span=span)
