"""Which commits say that a document's own units are finished, and whether they came after the line that says otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from doclint.check import Facts
from doclint.model import queries, titles
from doclint.model.completions import Completion, Completions, completions, means
from doclint.model.document import Document
from doclint.model.series import NUMBERED_ANEW, series
from doclint.repo.facts import Commit, Unknown
from doclint.text import Span


class Finishing:
    """The commits that finish units of ``document``."""

    def __init__(self, document: Document, facts: Facts, said: Completions) -> None:
        self._document = document
        self._facts = facts
        self._said = said
        self._home = titles.words(document.source.path) | titles.words(document.title.value if document.title else "")
        self._kin = series(facts.documents)
        self._counts = Counter((unit.kind, unit.id) for unit in document.units)

    def of(self, kind: str, id: str, title: str, *, by_name: bool = True) -> Sequence[Commit]:
        """The commits by which the unit of that name and title is finished, newest first; without ``by_name`` its title must say so."""
        told = self._said.of(kind, id)
        if not told:
            return ()
        own = titles.words(title)
        alone = by_name and self._is_alone(kind, id, own, told)
        return [one.commit for one in told if means(one.said, own, self._home, alone=alone)]

    def _is_alone(self, kind: str, id: str, own: frozenset[str], told: Sequence[Completion]) -> bool:
        """Whether the project has but one series that the name can belong to, as far as its documents and its history tell."""
        if kind.split()[-1] in NUMBERED_ANEW or self._counts[kind, id] > 1:
            return False
        for place in self._kin.of(kind, id):
            if place.document is not self._document and (place.title or own) and not place.title & own:
                return False
        words = [one.said.about | one.said.tight for one in told if one.said.about or one.said.tight]
        if own and not all(each & own for each in words):
            return False
        return all(one.said.series <= self._home | own for one in told) and (len(words) < 2 or bool(frozenset.intersection(*words)))

    def after(self, commits: Sequence[Commit], span: Span) -> Commit | Unknown | None:
        """The first of ``commits`` that came after the line of ``span``, or wrote it; who wrote the line later knew of them."""
        if not commits:
            return None
        line = queries.line_of(self._document, span)
        blamed = self._facts.repo.blame(self._document.source.path, line, line)
        written = blamed if isinstance(blamed, Unknown) else blamed[0]
        if isinstance(written, Unknown):
            return written
        return next((commit for commit in reversed(commits) if commit.id == written.id or commit.time >= written.time), None)


def finishing(document: Document, facts: Facts) -> Finishing | Unknown:
    """The commits that finish units of ``document``; Unknown where the history is."""
    said = completions(facts.repo)
    return said if isinstance(said, Unknown) else Finishing(document, facts, said)
