"""Tables: the roles of their columns, and their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from doclint.model import statuses
from doclint.model.document import Column, Measure, State
from doclint.model.fields import header_role
from doclint.model.lexicon import Lexicon, fold
from doclint.model.outline import Outline, RawTable

_PARTIES = frozenset(("producer", "consumer"))


def columns(outline: Outline, table: RawTable, lexicon: Lexicon) -> tuple[Column, ...]:
    """The columns, with the roles that headers and, for an unnamed status column, values give them."""
    headers = [outline.leaves[leaf].inline.text.strip() for leaf in table.header]
    named = [header_role(header, lexicon) for header in headers]
    roles = frozenset(role for role in named if role is not None)
    named = [_in_context(role, header, roles) for role, header in zip(named, headers, strict=True)]
    if "status" not in named:
        for index, header in enumerate(headers):
            if named[index] is None and not header and _holds_statuses(outline, table, index, lexicon):
                named[index] = "status"
                break
    return tuple(
        Column(outline.leaves[leaf].span, header, role, measure(header, lexicon))
        for leaf, header, role in zip(table.header, headers, named, strict=True)
    )


_MEASURES: Mapping[str, Measure] = {"total": "total", "done": "done", "active": "active", "left": "left"}


def measure(name: str, lexicon: Lexicon) -> Measure | None:
    """What the numbers under a header, or behind a key, count."""
    words = fold(name.replace(".", " "))
    # "Total estimated time" is a total; "open questions" and "done by" are something else.
    found = "total" if words.partition(" ")[0] in lexicon.totals else lexicon.measures.get(words, "")
    return _MEASURES.get(found)


def totals(outline: Outline, table: RawTable, lexicon: Lexicon) -> int | None:
    """The row that sums up those above it, if one of its first two cells says so."""
    for index, row in enumerate(table.rows):
        if index and any(fold(outline.leaves[leaf].inline.text) in lexicon.totals for leaf in row[:2]):
            return index
    return None


def _in_context(role: str | None, header: str, roles: Set[str]) -> str | None:
    """Headers that mean something else beside a producer or consumer: ``File`` is the artifact, ``Schema`` its symbol."""
    name = fold(header)
    if not _PARTIES.isdisjoint(roles):
        if name in ("file", "path", "file path", "data", "artifact", "artefact", "dataset"):
            return "artifact"
        if name in ("owner", "owned by", "primary owner"):
            return "producer" if "producer" not in roles else "owner"
    return role


def _holds_statuses(outline: Outline, table: RawTable, index: int, lexicon: Lexicon) -> bool:
    known = total = 0
    for row in table.rows:
        if index < len(row):
            text = outline.leaves[row[index]].inline.text
            if text.strip():
                total += 1
                reading = statuses.read_value(text, lexicon)
                known += reading is not None and reading.state is not State.UNKNOWN
    return total > 1 and known == total


def role(columns_: Sequence[Column], section_role: str | None) -> str | None:
    """What the table is for, by its columns first and its section second."""
    roles = {column.role for column in columns_}
    parties = len(_PARTIES & roles)
    if parties == 2 or (parties and (roles & {"artifact", "files", "schema"} or section_role == "contracts")):
        return "contract"
    if "package" in roles and roles & {"location", "consumer", "note"}:
        return "dependencies"
    if "date" in roles and columns_ and columns_[0].role == "date" and "status" not in roles:
        return "log"
    if "status" in roles and section_role == "log" and "date" in roles:
        return "log"
    if "status" in roles or ("branch" in roles and (columns_[0].role != "branch" or roles & {"id", "title", "owner", "pull-request"})):
        return "board"
    if "pull-request" in roles:
        return "board"
    if columns_ and columns_[0].role == "commit":
        return "commits"
    if len(columns_) == 2 and section_role not in ("files", "decisions") and columns_[0].header.casefold() in _KEY_HEADERS:
        return "fields"
    if columns_ and columns_[0].role in ("files", "artifact"):
        return "files"
    if section_role in ("decisions", "log", "dependencies", "files", "contracts"):
        return section_role
    return None


_KEY_HEADERS = frozenset(("", "field", "key", "property", "item", "metric", "attribute", "name", "项目", "項目"))
