"""Values of status columns that are no status."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.diagnostic import Evidence, Finding, Fix, Undecided
from doclint.model.document import Document, Lifecycle
from doclint.text import Edit


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each value that stands out among statuses."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    for stray in document.strays:
        others = (Evidence("count", f"{stray.known} other values of the column are statuses"),) if stray.known else ()
        if stray.nearest is None:
            yield Finding(stray.span, f"`{stray.value}` is no known status", others)
        else:
            # A marked word inside the value stays as it is: only plain text is replaced.
            written = document.source.slice(stray.span)
            fix = Fix(f"write `{stray.nearest}`", (Edit(stray.span, stray.nearest),), safe=False) if written == stray.value else None
            yield Finding(stray.span, f"`{stray.value}` is no known status; did you mean `{stray.nearest}`?", others, fix)
