"""Plain numbers in cells and values, with their units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from doclint.late import late
from doclint.model.document import Document, Table
from doclint.text import Span

_NUMBER = late(r"[*_`\s]*([$€£]?)\s*(\d[\d,]*(?:\.\d+)?)\s*([^\W\d_]{0,12}|%)")
_END = late(r"[*_`\s]*(?:$|[;(|,.])")
# Two sums of decimals are one number if they differ by less.
_NEAR = 0.06


class Number(NamedTuple):
    """A number as written, and its unit: ``$``, ``h``, ``%``, ``stories``."""

    value: float
    unit: str
    span: Span

    def is_(self, other: float) -> bool:
        """Whether it is ``other``, roundings aside."""
        return abs(self.value - other) < _NEAR


def number(document: Document, span: Span, *, remark: bool = False) -> Number | None:
    """The number that ``span`` holds and nothing else; with ``remark`` a remark may follow. None for "~12", "85+", "2-3"."""
    text = document.source.slice(span)
    match = _NUMBER.match(text)
    if not match or not (_END.match(text, match.end()) if remark else re.fullmatch(r"[*_`\s]*", text[match.end() :])):
        return None
    start = span.start + match.start(2)
    return Number(float(match[2].replace(",", "")), f"{match[1]}{match[3].casefold()}", Span(start, start + len(match[2])))


def column(document: Document, table: Table, index: int) -> Sequence[Number] | None:
    """The numbers of a column above its totals row, all of one unit; None where a cell is none, and for a table of fewer than two rows."""
    rows = [row for row in table.rows[: table.totals] if not row.empty]
    numbers = [number(document, row.cells[index].span) if index < len(row.cells) else None for row in rows]
    known = [one for one in numbers if one is not None]
    return known if len(known) == len(rows) >= 2 and len({one.unit for one in known}) == 1 else None


def written(number: float, like: str = "") -> str:
    """``number`` as people write it; with its thousands set apart where ``like``, a number of the same document, has them so."""
    mark = "," if "," in like else ""
    return f"{number:{mark}.10g}" if number < 1e9 else f"{number:{mark}.0f}"
