"""A board of the work: every unit of every working document, with what is stated of it, what Git shows of it, and what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from doclint import engine
from doclint.config import Plan
from doclint.diagnostic import Diagnostic
from doclint.model import queries
from doclint.model.document import Document, Lifecycle, State, Statement, Status, Tense, Unit
from doclint.repo.facts import Branch, Commit, Landing, Repo, Unknown
from doclint.repo.paths import PathIndex
from doclint.report import Report, Unread

# Of a unit that names more files than these none is its own.
_MOST_FILES = 20


class Progress(NamedTuple):
    """How far work is: so many of so many, or per cent; ``by`` says whether check boxes were counted or the document gives the number."""

    done: int | None
    total: int | None
    percent: float | None
    by: Literal["boxes", "claim"]


class Line(NamedTuple):
    """A branch that a unit names: ``landed`` is how it came into the base; ``there`` is False where no ref and no merge knows the name."""

    name: str
    there: bool | Unknown
    landed: Landing | Unknown | None


class Moved(NamedTuple):
    """The last movement: the last commit of the unit's branch, else the newest one of its files, else the one that wrote its line."""

    by: Literal["branch", "files", "line"]
    commit: Commit


class Row(NamedTuple):
    """One unit: ``depth`` counts the units around it that are on the board.

    ``line`` is where its status is stated, ``stated`` what words it has there. ``whole`` says that its title names the unit:
    it is what the whole document is about.
    """

    kind: str
    id: str
    name: str
    title: str
    whole: bool
    depth: int
    line: int
    state: State
    stated: str | None
    partial: bool
    owner: str | None
    progress: Progress | None
    branches: tuple[Line, ...]
    moved: Moved | Unknown | None
    findings: tuple[Diagnostic, ...]

    @property
    def unfinished(self) -> bool:
        """Whether it is on the way, or something is wrong with it."""
        open_boxes = self.state is State.UNKNOWN and self.progress is not None and self.progress.done != self.progress.total
        return self.state.open or self.partial or open_boxes or bool(self.findings)


class Sheet(NamedTuple):
    """One document: what it states of itself as a whole, its units, and the findings that are about none of them.

    ``silent`` counts the units that have neither status nor progress, branch or finding, ``hidden`` those that nobody asked for.
    """

    path: str
    type: str
    lifecycle: Lifecycle
    state: State
    progress: Progress | None
    moved: Commit | Unknown | None
    rows: tuple[Row, ...]
    silent: int
    hidden: int
    findings: tuple[Diagnostic, ...]

    @property
    def unfinished(self) -> bool:
        """Whether something in it is on the way, or wrong."""
        open_boxes = self.state is State.UNKNOWN and self.progress is not None and self.progress.done != self.progress.total
        return bool(self.rows) or bool(self.findings) or self.state.open or open_boxes


@dataclass(frozen=True, slots=True)
class Board:
    """The sheets, by path; ``report`` is on their documents.

    ``finished`` are those that were left out because nothing in them is on the way, ``aside`` counts the working documents that do
    not speak of today.
    """

    report: Report
    today: datetime.date
    sheets: Sequence[Sheet]
    aside: int
    finished: Sequence[Sheet] = ()

    @property
    def rows(self) -> Iterator[Row]:
        """The rows of all sheets."""
        return (row for sheet in self.sheets for row in sheet.rows)


def board(
    plan: Plan,
    repo: Repo,
    paths: Sequence[str],
    today: datetime.date,
    *,
    everything: bool = False,
    unfinished: bool = False,
    progress: engine.Progress | None = None,
) -> Board:
    """The board of the working documents among ``paths``.

    With ``everything`` the units that state nothing and the documents that do not speak of today are on it; with ``unfinished`` only
    what is on the way or has findings.
    """
    unread: list[Unread] = []
    read = engine.legible(plan, repo, paths, lambda source: engine.may_be_typed(source, plan), unread, progress)
    working = [one for one in read if one.type is not None]
    memory: engine.Memory = {(one.source.path, one.source.text, one.source.bom): one for one in working}
    shown = [one for one in working if everything or one.lifecycle is Lifecycle.LIVING]
    report = engine.check(plan, repo, [one.source.path for one in working], today, memory=memory)
    report = replace(report, unread=[*unread, *report.unread])
    repo.expect((), sorted({path for one in shown for unit in one.units for path in _files(one, unit, repo.paths())}))
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in report.diagnostics:
        by_path.setdefault(diagnostic.path, []).append(diagnostic)
    sheets = [_sheet(one, repo, by_path.get(one.source.path, ()), everything, unfinished) for one in shown]
    finished = [sheet for sheet in sheets if unfinished and not sheet.unfinished]
    return Board(report, today, [sheet for sheet in sheets if sheet not in finished], len(working) - len(shown), finished)


def _sheet(document: Document, repo: Repo, found: Sequence[Diagnostic], everything: bool, unfinished: bool) -> Sheet:
    of_units, others = _attached(document, found)
    rows: list[Row] = []
    silent = hidden = 0
    # The depths of the units on the board that the one at hand is part of.
    around: list[int] = []
    for index, depth in _in_order(document):
        while around and around[-1] >= depth:
            around.pop()
        unit = document.units[index]
        progress, about = _progress(document, index), tuple(of_units.get(index, ()))
        stated = unit.statement
        if not everything and not (stated or progress or about or unit.branches):
            silent += 1
            continue
        row = _row(document, unit, stated, progress, about)._replace(depth=len(around))
        if unfinished and not row.unfinished:
            hidden += 1
            continue
        branches, moved = _movement(document, unit, row.line, repo)
        rows.append(row._replace(branches=branches, moved=moved))
        around.append(depth)
    return Sheet(
        document.source.path,
        document.type or "",
        document.lifecycle,
        document.status.state if document.status is not None else State.UNKNOWN,
        _boxes(document, 0),
        _changed(document, repo),
        tuple(rows),
        silent,
        hidden,
        tuple(others),
    )


def _row(document: Document, unit: Unit, stated: Statement | None, progress: Progress | None, about: tuple[Diagnostic, ...]) -> Row:
    status = stated.status if stated is not None else None
    return Row(
        kind=unit.kind,
        id=unit.id,
        name=unit.name,
        title=unit.title,
        whole=_is_whole(document, unit),
        depth=0,
        line=queries.line_of(document, status.word if status is not None else unit.span),
        state=unit.state,
        stated=None if status is None else document.source.slice(status.word),
        partial=status is not None and _is_partial(status),
        owner=unit.owner,
        progress=progress,
        branches=(),
        moved=None,
        findings=about,
    )


def _is_whole(document: Document, unit: Unit) -> bool:
    if unit.section is None or document.title is None:
        return False
    return document.title.span in document.sections[unit.section].heading.span


def _is_partial(status: Status) -> bool:
    return status.state is State.DONE and status.partial


def _in_order(document: Document) -> Iterator[tuple[int, int]]:
    """The indexes of the units, each behind the one that it is part of, with the number of those around it."""
    parts: dict[int | None, list[int]] = {}
    for index, parent in enumerate(_parents(document)):
        parts.setdefault(parent, []).append(index)
    seen: set[int] = set()
    # What is part of itself by way of others has no beginning: it comes last.
    for root in (*parts.get(None, ()), *range(len(document.units))):
        pending = [(root, 0)]
        while pending:
            index, depth = pending.pop()
            if index not in seen:
                seen.add(index)
                yield index, depth
                pending += ((child, depth + 1) for child in reversed(parts.get(index, ())))


def _parents(document: Document) -> list[int | None]:
    """The unit that each unit is part of: by what the document says, else by the section in which it is stated."""
    said = {child: index for index, unit in enumerate(document.units) for child in unit.children}
    of_section = {unit.section: index for index, unit in reversed(list(enumerate(document.units))) if unit.section is not None}
    found: list[int | None] = []
    for index, unit in enumerate(document.units):
        inside = document.sections[unit.section].parent if unit.section is not None else unit.statements[0].section
        around = (of_section[number] for number in queries.upward(document, inside) if number in of_section)
        found.append(said.get(index, next((one for one in around if one != index), None)))
    return found


# --- progress ---------------------------------------------------------------------------------------------------------


def _progress(document: Document, index: int) -> Progress | None:
    """The boxes of the unit's own section, else the number that is said of it."""
    section = document.units[index].section
    if section is not None and (counted := _boxes(document, section)):
        return counted
    said = [claim for claim in document.claims if claim.unit == index and claim.tense is Tense.CURRENT]
    for claim in said:
        if claim.done is not None and claim.total:
            return Progress(claim.done, claim.total, claim.percent, "claim")
    percent = next((claim.percent for claim in said if claim.percent is not None), None)
    return None if percent is None else Progress(None, None, percent, "claim")


def _boxes(document: Document, section: int) -> Progress | None:
    own = [item for item in queries.boxes(document, section) if item.state is not State.DROPPED]
    return Progress(sum(item.state is State.DONE for item in own), len(own), None, "boxes") if own else None


# --- movement ---------------------------------------------------------------------------------------------------------


def _movement(document: Document, unit: Unit, line: int, repo: Repo) -> tuple[tuple[Line, ...], Moved | Unknown | None]:
    """The branches of the unit, and its last movement; Unknown where the best witness that there is cannot be heard."""
    names = tuple(dict.fromkeys(document.references[index].token for index in unit.branches))
    branches = [(name, repo.branch(name)) for name in names]
    lines = tuple(_line(name, found) for name, found in branches)
    tips = [found.tip or _arrival(found) for _, found in branches if isinstance(found, Branch)]
    files = _files(document, unit, repo.paths())
    witnesses: tuple[tuple[Literal["branch", "files", "line"], Callable[[], Iterable[Commit | Unknown | None]]], ...] = (
        ("branch", lambda: tips),
        ("files", lambda: (_newest(repo, path) for path in files)),
        ("line", lambda: _writer(repo, document.source.path, line)),
    )
    unknown: Unknown | None = next((found for _, found in branches if isinstance(found, Unknown)), None)
    for by, ask in witnesses:
        said = list(ask())
        if known := [commit for commit in said if isinstance(commit, Commit)]:
            return lines, Moved(by, max(known, key=lambda commit: commit.time))
        unknown = unknown or next((one for one in said if isinstance(one, Unknown)), None)
    return lines, unknown


def _line(name: str, found: Branch | Unknown | None) -> Line:
    if isinstance(found, Branch):
        return Line(name, True, found.landed if found.own_work else None)
    return Line(name, found or False, None)


def _arrival(branch: Branch) -> Commit | Unknown | None:
    return branch.landed.commit if isinstance(branch.landed, Landing) else branch.landed


def _files(document: Document, unit: Unit, paths: PathIndex | Unknown) -> list[str]:
    """The files of the tree that the unit names exactly."""
    if isinstance(paths, Unknown):
        return []
    named = (document.references[index] for index in dict.fromkeys((*unit.files, *unit.outputs)))
    found = list(dict.fromkeys(reference.token for reference in named if reference.kind == "path" and reference.token in paths))
    return found if len(found) <= _MOST_FILES else []


def _newest(repo: Repo, path: str) -> Commit | Unknown | None:
    versions = repo.versions(path)
    return versions if isinstance(versions, Unknown) else versions[0].commit if versions else None


def _writer(repo: Repo, path: str, line: int) -> Sequence[Commit | Unknown]:
    writers = repo.blame(path, line, line)
    return (writers,) if isinstance(writers, Unknown) else writers


def _changed(document: Document, repo: Repo) -> Commit | Unknown | None:
    return _newest(repo, document.source.path)


# --- findings ---------------------------------------------------------------------------------------------------------


def _attached(document: Document, found: Sequence[Diagnostic]) -> tuple[dict[int, list[Diagnostic]], list[Diagnostic]]:
    """The findings of each unit, and those of none: a unit has those on a line that speaks of it, else those in its section."""
    on_line: dict[int, int] = {}
    in_section: dict[int, int] = {}
    for index, unit in enumerate(document.units):
        for span in (unit.span, *(statement.span for statement in unit.statements)):
            on_line.setdefault(queries.line_of(document, span), index)
        if unit.section is not None:
            in_section.setdefault(unit.section, index)
    of_units: dict[int, list[Diagnostic]] = {}
    others: list[Diagnostic] = []
    for diagnostic in found:
        unit_index = on_line.get(queries.line_of(document, diagnostic.span))
        if unit_index is None:
            around = queries.upward(document, queries.section_at(document, diagnostic.span.start))
            unit_index = next((in_section[number] for number in around if number in in_section), None)
        if unit_index is None:
            others.append(diagnostic)
        else:
            of_units.setdefault(unit_index, []).append(diagnostic)
    return of_units, others
