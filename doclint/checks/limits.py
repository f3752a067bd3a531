"""What the parser's limits left unread."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.diagnostic import Finding, Undecided
from doclint.model.document import Document


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each place behind which nothing was checked."""
    for cut in document.root.cut:
        yield Finding(cut.span, f"what stands here was not checked: {cut.limit}")
