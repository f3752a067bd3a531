"""Document types that are declared, and that there are none of."""

from __future__ import annotations

from collections.abc import Iterator

from doclint import doctype
from doclint.check import Facts, Options
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.model.document import Document
from doclint.model.lexicon import fold
from doclint.nearest import hint


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield the type that a comment declares and that is not known; front matter has its ``type`` for many reasons."""
    declared = doctype.declaration(document)
    if declared is None or declared.where != "comment":
        return
    known = [type.name for type in (*doctype.shipped(), *facts.types)]
    if fold(declared.type) not in map(fold, known):
        yield Finding(
            declared.span,
            f"`{declared.type}` is no document type{hint(declared.type, known)}",
            (Evidence("count", f"there are {', '.join(sorted(known))}"),),
        )
