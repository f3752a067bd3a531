"""Which units of several documents are one: the same name, in the one series that the project has, or with words of a title in common."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from doclint.model import titles
from doclint.model.document import Document, Unit
from doclint.model.once import Same

Key = tuple[str, str]

# Every plan has a "Task 1" and a "Step 2": without a title in common their names say nothing.
NUMBERED_ANEW = frozenset(("task", "step", "issue", "day", "story", "debt", "ticket", "plan", "pull-request", "batch", "round"))


class Place(NamedTuple):
    """A unit in one document, and the words of its title."""

    document: Document
    unit: Unit
    title: frozenset[str]


class Series:
    """The named units of some documents, by kind and id."""

    __slots__ = ("_by_key", "_common")

    def __init__(self, documents: Sequence[Document]) -> None:
        found: dict[Key, list[Place]] = {}
        for document in documents:
            for unit in document.units:
                if unit.kind not in ("row", "section"):
                    found.setdefault((unit.kind, unit.id), []).append(Place(document, unit, titles.words(unit.title)))
        self._by_key = found
        self._common: dict[Key, bool] = {}

    def of(self, kind: str, id: str) -> Sequence[Place]:
        """Every place where a unit of this name stands."""
        return self._by_key.get((kind, id), ())

    def single(self, kind: str, id: str) -> bool:
        """Whether nothing tells two units of this name apart: no document has two, and all their titles have a word in common."""
        key = kind, id
        if key not in self._common:
            places = self.of(kind, id)
            known = [place.title for place in places if place.title]
            twice = len(places) > len({place.document.source.path for place in places})
            self._common[key] = not twice and (not known or bool(frozenset.intersection(*known)))
        return self._common[key]


def series(documents: Sequence[Document]) -> Series:
    """The units of ``documents``, gathered once for all documents of a run."""
    return _gathered(Same(documents))


@functools.lru_cache(maxsize=1)
def _gathered(same: Same[Sequence[Document]]) -> Series:
    return Series(same.it)
