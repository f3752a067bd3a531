"""Claims on work that have run out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.model import dates
from doclint.model.document import Document, Field, Lifecycle, Mode, Tense


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each claim whose last day is over, by the document's own "last updated" or by the calendar."""
    if document.lifecycle is not Lifecycle.LIVING or dates.in_name(document.source.path) is not None:
        return
    stamps = [field for field in document.fields if field.role == "updated" and dates.first(field.value.value)]
    for lease in document.leases:
        if lease.date >= facts.today or lease.tense is not Tense.CURRENT or document.sections[lease.section].mode is Mode.EXAMPLE:
            continue
        updated = next((field for field in stamps if _is_later(field, lease.date)), None)
        yield Finding(
            lease.span,
            f"the claim on `{lease.name}` expired on `{lease.date}`" + (", before the last update" if updated else ""),
            (
                proof.place(document, f"last updated `{updated.value.value}`", updated.value.span)
                if updated is not None
                else Evidence("count", f"today is {facts.today}"),
            ),
        )


def _is_later(field: Field, date: datetime.date) -> bool:
    day = dates.first(field.value.value)
    return day is not None and day > date
