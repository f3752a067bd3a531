"""Ids of requirements, decisions and the like that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model.document import Document, Lifecycle, Mode
from doclint.text import Span

_ID = late(r"(?<![\w\-/.#])(?P<prefix>[A-Z][A-Z0-9]{1,9}(?:-[A-Z]{1,6}){0,2})-(?P<number>\d{1,5})(?![\w\-/]|\.\w)")
# A table that gives fewer ids than this defines nothing.
_FEW = 3


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each id of a series that this document defines in a table, which neither it nor another document of the tree defines."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    series = {prefix: place for prefix, (count, place) in _series(document).items() if count >= _FEW}
    if not series:
        return
    defined = {identifier for each in (document, *facts.documents) for identifier in _defined(each)}
    modes = [(section.body, section.mode) for section in document.sections]
    seen: set[str] = set()
    section = 0
    for span, inline in document.inlines:
        while section + 1 < len(modes) and modes[section + 1][0].start <= span.start:
            section += 1
        if modes[section][1] is Mode.EXAMPLE:
            continue
        for match in _ID.finditer(inline.text):
            identifier = match.group()
            if match["prefix"] in series and identifier not in defined and identifier not in seen:
                seen.add(identifier)
                place = Evidence("place", "the table that defines its series", path=document.source.path, span=series[match["prefix"]])
                yield Finding(inline.span(match.start(), match.end()), f"`{identifier}` is defined nowhere", (place,))


def _series(document: Document) -> dict[str, tuple[int, Span]]:
    """The prefixes that tables give ids to, with how many, and the table."""
    found: dict[str, tuple[int, Span]] = {}
    for table in document.tables:
        column = table.column("id")
        for row in table.rows if column is not None else ():
            match = _ID.match(row.cells[column].value.strip("`*_ ")) if column is not None and column < len(row.cells) else None
            if match:
                found[match["prefix"]] = (found.get(match["prefix"], (0, table.span))[0] + 1, table.span)
    return found


def _defined(document: Document) -> Iterator[str]:
    """The ids with which a row, a heading or a list item begins."""
    for table in document.tables:
        for row in table.rows:
            for match in _ID.finditer(row.cells[0].value) if row.cells else ():
                yield match.group()
    for section in document.sections:
        for match in _ID.finditer(section.heading.value):
            yield match.group()
    for item in document.items:
        opening = _ID.match(item.text.value.lstrip("`*_[ "))
        if opening:
            yield opening.group()
