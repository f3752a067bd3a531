"""Names that a file declares in a language other than Python, and what can be asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

MORE = "*"
"""The name that says that there may be others."""


class Declared(NamedTuple):
    """A name, and the line (from 1) that declares it.

    ``own`` is False for a name that comes from elsewhere: an import, a re-export, another name for something. ``body`` is the text of the
    declaration, as far as it was read.
    """

    name: str
    line: int
    own: bool = True
    body: bytes = b""


def lines(found: Iterable[Declared]) -> Mapping[str, int]:
    """The names with the line of each; where one is declared repeatedly, its first."""
    first: dict[str, int] = {}
    for declared in found:
        first.setdefault(declared.name, declared.line)
    return first


def schemas(found: Sequence[Declared], ending: str) -> list[str]:
    """The file's own names that end in ``ending``, without those that others of them are made of."""
    alike = [one for one in found if one.own and "." not in one.name and one.name.endswith(ending)]
    names = dict.fromkeys(one.name for one in alike)
    for name in list(names):
        word = re.compile(rb"(?<![\w$])" + re.escape(name.encode()) + rb"(?![\w$])")
        if any(other.name != name and word.search(other.body) for other in alike):
            del names[name]
    return list(names)
