"""Pointers to work at hand or to come that point at finished work."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.checks.finishing import Finishing, finishing
from doclint.diagnostic import Evidence, Finding, Severity, Undecided
from doclint.late import late
from doclint.model import queries, titles
from doclint.model.document import Document, Item, Lifecycle, Pointer, Record, State, Statement, Target, Tense, Unit
from doclint.model.series import Place, series
from doclint.repo.facts import Commit, Landing, Unknown
from doclint.text import Span

# A title of fewer words is many units' in a project.
_TELLING = 2
_SAYS_DONE = late(r"✅|✔|\b(?:complete[d]?|done|finished|merged|100\s*%)|完成|完了", re.IGNORECASE)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each pointer of today all of whose targets are finished."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    work = _Work(document, facts)
    for pointer in document.pointers:
        if pointer.tense is not Tense.CURRENT or pointer.sense == "pending" or _SAYS_DONE.search(pointer.text.value):
            continue
        if pointer.targets:
            yield from _targets(document, pointer, work)
        elif pointer.sense == "order" and pointer.pull_requests:
            yield from _order(document, pointer, facts)


class _Work:
    """What a document and the commits around it say of the units that its pointers name."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document = document
        self._facts = facts
        self._units: dict[tuple[str, str], list[Unit]] = {}
        for unit in document.units:
            self._units.setdefault((unit.kind, unit.id), []).append(unit)
        self._known: dict[Span, Statement | Item | Unit | None] = {}
        self._records: dict[tuple[str, str], list[Record]] = {}
        for record in document.records:
            self._records.setdefault((record.kind, record.id), []).append(record)

    def stated(self, target: Target, pointer: Pointer) -> tuple[Unit, Statement | Item | Unit] | None:
        """The unit that ``target`` is, if all statements of units of this name say that it is finished, and one of them."""
        found = None
        for unit in self._units.get((target.kind, target.id), ()):
            if unit.section == pointer.section and pointer.place != "key":
                continue
            done = self._finished(unit) if titles.akin(unit.title, target.title) or self._introduces(pointer, unit) else None
            if done is None:
                return None
            found = found or (unit, done)
        return found

    def _introduces(self, pointer: Pointer, unit: Unit) -> bool:
        """Whether the pointer is the heading above the unit, which then is the one that it means."""
        sections = self._document.sections
        return pointer.place == "heading" and unit.section is not None and sections[unit.section].span in sections[pointer.section].span

    def recorded(self, target: Target) -> Record | None:
        """An entry of a log that says of this very unit that it is finished."""
        if any(unit.state.open for unit in self._units.get((target.kind, target.id), ())):
            return None
        title = titles.words(target.title)
        return next((one for one in self._records.get((target.kind, target.id), ()) if title & titles.words(one.title)), None)

    def elsewhere(self, target: Target, pointer: Pointer) -> tuple[Place, Statement | Item | Unit] | None:
        """The unit of that name and title in a document beside this one, if that says since the pointer was written that it is finished."""
        title = titles.words(target.title)
        if pointer.place != "key" or len(title) < _TELLING or self._units.get((target.kind, target.id)):
            return None
        home = posixpath.dirname(self._document.source.path)
        found = None
        for place in series(self._facts.documents).of(target.kind, target.id):
            other = place.document
            if other is self._document or posixpath.dirname(other.source.path) != home or other.lifecycle is not Lifecycle.LIVING:
                continue
            done = queries.finished(other, place.unit) if place.title == title else None
            if done is None or not self._is_later(other, done.span, pointer) or not self._goes_on(other, target, pointer):
                return None
            found = found or (place, done)
        return found

    def _is_later(self, other: Document, span: Span, pointer: Pointer) -> bool:
        """Whether a line of ``other`` was written with the pointer's or after it: who wrote the pointer last knew what he took up again."""
        there, here = queries.line_of(other, span), queries.line_of(self._document, pointer.span)
        writers = self._facts.repo.blame(other.source.path, there, there), self._facts.repo.blame(self._document.source.path, here, here)
        times = [writer[0].time for writer in writers if not isinstance(writer, Unknown) and isinstance(writer[0], Commit)]
        return len(times) == len(writers) and times[0] >= times[1]

    def _goes_on(self, other: Document, target: Target, pointer: Pointer) -> bool:
        """Whether ``other`` has work of the kind that is still ahead, as "current" asks for."""
        return pointer.sense != "current" or any(
            unit.kind == target.kind and unit.id != target.id and _is_ahead(other, unit) for unit in other.units
        )

    def committed(self, target: Target, pointer: Pointer) -> Commit | Unknown | None:
        """The commit that finished it, after the pointer was written."""
        known = self._units.get((target.kind, target.id), ())
        title = target.title or next((unit.title for unit in known if unit.title), "")
        if any(unit.state is State.DONE for unit in known):
            return None
        return (
            self._commits
            if isinstance(self._commits, Unknown)
            else self._commits.after(self._commits.of(target.kind, target.id, title), pointer.span)
        )

    @functools.cached_property
    def _commits(self) -> Finishing | Unknown:
        return finishing(self._document, self._facts)

    def ahead(self, target: Target) -> bool:
        """Whether there is other work of the kind, not finished or finished after it, that a pointer could name instead."""
        later = max(self._pointed.get(target.kind, -1), self._latest.get(target.kind, -1))
        return bool(self._unfinished.get(target.kind, set()) - {target.id}) or (target.id.isdigit() and later > int(target.id))

    @functools.cached_property
    def _latest(self) -> dict[str, int]:
        """The highest number of each kind that is said to be done."""
        found: dict[str, int] = {}
        for unit in self._document.units:
            if unit.state is State.DONE and unit.id.isdigit():
                found[unit.kind] = max(found.get(unit.kind, -1), int(unit.id))
        return found

    @functools.cached_property
    def _unfinished(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for unit in self._document.units:
            if _is_ahead(self._document, unit):
                found.setdefault(unit.kind, set()).add(unit.id)
        return found

    @functools.cached_property
    def _pointed(self) -> dict[str, int]:
        """The highest number of each kind that something calls next."""
        found: dict[str, int] = {}
        for pointer in self._document.pointers:
            for target in pointer.targets if pointer.sense == "next" else ():
                if target.id.isdigit():
                    found[target.kind] = max(found.get(target.kind, -1), int(target.id))
        return found

    def _finished(self, unit: Unit) -> Statement | Item | Unit | None:
        if unit.span not in self._known:
            self._known[unit.span] = queries.finished(self._document, unit)
        return self._known[unit.span]


def _targets(document: Document, pointer: Pointer, work: _Work) -> Iterator[Finding | Undecided]:
    proofs: list[Evidence] = []
    name, how, weaker, afar = "", "", pointer.place != "key", False
    for target in pointer.targets:
        if stated := work.stated(target, pointer):
            unit, done = stated
            label = unit.name
            said, what = _how(document, done)
            proofs.append(proof.place(document, what, done.span))
        elif record := work.recorded(target):
            label, said, weaker = target.name, "the log says that it is finished", True
            proofs.append(proof.place(document, "where the log says so", record.span))
        elif told := work.elsewhere(target, pointer):
            there, done = told
            label, weaker, afar = target.name, True, True
            how_, what = _how(there.document, done)
            said = f"in `{there.document.source.path}` {how_}"
            proofs.append(proof.place(there.document, what, done.span))
        else:
            commit = work.committed(target, pointer)
            if isinstance(commit, Unknown):
                yield Undecided(pointer.span, commit.reason)
            if commit is None or isinstance(commit, Unknown):
                return
            label, said, weaker = target.name, "a commit says that it is finished", True
            proofs.append(proof.commit("finished in", commit))
        name, how = name or label, how or said
    if pointer.sense == "current" and not afar and not work.ahead(pointer.targets[0]):
        return
    what = {"current": "the current work", "next": "next", "order": "still to land"}[pointer.sense]
    yield Finding(pointer.span, f"`{name}` is named as {what}, but {how}", tuple(proofs), demoted=Severity.WARNING if weaker else None)


def _how(document: Document, done: Statement | Item | Unit) -> tuple[str, str]:
    """What ``done`` says, as a clause, and what it is."""
    match done:
        case Item():
            return "all its boxes are ticked", "the last of its boxes"
        case Unit():
            return "all its rows are done", "the last of its rows"
    return f"it is marked `{document.source.slice(done.span)}`", "its status"


def _is_ahead(document: Document, unit: Unit) -> bool:
    if unit.state is State.UNKNOWN:
        if unit.section is None:
            return False
        work = [item.state for item in queries.boxes(document, unit.section)] + [
            row.state for row in queries.rows_of(document, unit.section)
        ]
        return State.NOT_STARTED in work
    return unit.state.open


def _order(document: Document, pointer: Pointer, facts: Facts) -> Iterator[Finding | Undecided]:
    base = facts.repo.base
    if isinstance(base, Unknown):
        yield Undecided(pointer.span, base.reason)
        return
    landings: list[Landing] = []
    for index in pointer.pull_requests:
        landing = facts.repo.pull_request(int(document.references[index].token.lstrip("#")))
        if isinstance(landing, Unknown):
            yield Undecided(pointer.span, landing.reason)
            return
        if landing is None:
            return
        landings.append(landing)
    yield Finding(
        pointer.span,
        f"the merge order names only pull requests that are merged into `{base.name}`",
        tuple(map(proof.landed, landings)),
    )
