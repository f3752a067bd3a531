"""What the rules said of documents in the commits behind a tree, as far as it is asked."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, overload

from doclint import engine
from doclint.check import Facts
from doclint.config import Plan
from doclint.diagnostic import Diagnostic
from doclint.model.document import Document
from doclint.repo.facts import Base, Commit, Unknown
from doclint.report import Crash, Open
from doclint.text import DecodingError, Source, Span

if TYPE_CHECKING:
    from doclint.repo.git import GitRepo
    from doclint.repo.line import Line, Trace

Progress = Callable[[int], None]
"""Called with the number of commits that were looked into."""

TREE = -1
"""The place of the tree itself: one step newer than the newest commit behind it."""

# Commits that stay open, with what was found out about them: one may be looked at twice in a row.
_MOST_OPEN = 8
_MOST_READ = 500


Key = tuple[str, str]
"""A rule's code and a line of a document, squeezed."""


class State(NamedTuple):
    """What the rules said of a document in one commit: the messages of its faults, in its order; why they could not decide; and why they
    said nothing at all, if they did not. What work lands in goes by no name in the messages."""

    faults: Mapping[Key, Sequence[str]]
    open: Mapping[Key, str]
    unread: str | None = None


@dataclass(slots=True)
class Traced:
    """A document with faults, and what it was on the line. ``codes`` counts the faults of each rule that are still followed."""

    source: Source
    trace: Trace
    codes: dict[str, int] = field(default_factory=dict)
    states: dict[int, State] = field(default_factory=dict)
    lines: dict[str, frozenset[str]] = field(default_factory=dict)


def squeezed(source: Source, number: int) -> str:
    """A line as fingerprints know it."""
    return " ".join(source.slice(source.line(number)).split())


def squeezed_at(source: Source, span: Span) -> str:
    """The line on which ``span`` starts, as fingerprints know it."""
    return squeezed(source, source.position(span.start).line)


class Court:
    """Judges documents by the rules of ``plan`` in the commits of ``line``, the history of the tree of ``repo``.

    Each commit is taken as it was on its day, which is never later than ``today``. ``paths`` are the documents of the tree.
    ``commits`` and ``judged`` count what was looked into; ``crashes`` are faults of doclint's own.
    """

    def __init__(
        self, plan: Plan, repo: GitRepo, line: Line, today: datetime.date, paths: Sequence[str], progress: Progress | None = None
    ) -> None:
        self.line = line
        self.repo = repo
        self.crashes: list[Crash] = []
        self.commits = 0
        self.judged = 0
        self._base = repo.base.name if isinstance(repo.base, Base) else None
        self._plan = plan
        self._alone = plan.beside({})
        self._today = today
        self._paths = paths
        self._progress = progress
        self._worlds: dict[int, Facts] = {}
        self._plans: dict[tuple[str, frozenset[str]], Plan] = {}
        self._words = engine.Words()
        self._documents: dict[tuple[str, str, str], Document] = {}

    def lines(self, document: Traced, blob: str) -> frozenset[str] | Unknown:
        """The lines of a version, squeezed."""
        if blob not in document.lines:
            data = self.repo.content(blob)
            if isinstance(data, Unknown):
                return data
            source = Source(document.source.path, data.decode("utf-8", "replace"))
            document.lines[blob] = frozenset(squeezed(source, number) for number in range(1, source.line_count + 1))
        return document.lines[blob]

    def plain(self, message: str, commit: Commit | None = None) -> str:
        """``message`` without the name of what work lands in, which is the commit's own in the past, and a branch's today."""
        for name in (self._base, None if commit is None else commit.short):
            if name is not None:
                message = message.replace(f"`{name}`", "``")
        return message

    def proof(self, diagnostic: Diagnostic) -> Commit | None:
        """The commit that proves a fault, if one does."""
        id = next((evidence.commit for evidence in diagnostic.evidence if evidence.commit is not None), None)
        commit = None if id is None else self.repo.commit(id)
        return commit if isinstance(commit, Commit) else None

    def expect(self, place: int, documents: Iterable[Traced]) -> None:
        """Announce that ``state`` will be asked for these documents, so that one walk through history can answer for all of them."""
        mentioned: set[str] = set()
        paths: list[str] = []
        asked = {document.trace.at(place): document.source.path for document in documents if place not in document.states}
        for stretch, path in asked.items():
            data = self.repo.content(stretch.blob)
            if isinstance(data, bytes):
                with contextlib.suppress(DecodingError):
                    mentioned.update(engine.mentioned([self._read(stretch.path, stretch.blob, data, self._home(path))]))
                    paths.append(stretch.path)
        if paths:
            self._world(place).repo.expect(sorted(mentioned), sorted(paths))

    def state(self, document: Traced, place: int) -> State:
        """What the rules whose faults are followed say of the document in the commit at ``place``."""
        if place not in document.states:
            stretch = document.trace.at(place)
            document.states[place] = self._said(self._world(place), stretch.path, stretch.blob, document)
        return document.states[place]

    def former(self, document: Traced, place: int) -> State:
        """The same of what the document was before that commit, in the world that the commit made; ``place`` may be ``TREE``."""
        stretch = document.trace.at(place + 1)
        crashes = len(self.crashes)
        state = self._said(self._world(place), stretch.path, stretch.blob, document)
        # This world never was: who asks it for the authors of lines is told of other lines.
        del self.crashes[crashes:]
        return state

    def newest(self, document: Traced, base: str | None = None) -> State:
        """The same of the newest commit, judged today; with ``base``, against that."""
        stretch = document.trace.at(0)
        return self._said(self._facts(self.repo.at(self.line.commits[0].id, base), self._today, 0), stretch.path, stretch.blob, document)

    def _said(self, facts: Facts, path: str, blob: str, asking: Traced) -> State:
        self.judged += 1
        # Whatever the document was called then, it is judged by the configuration that governs it today.
        home = self._home(asking.source.path)
        plan = self._at_stake(home, frozenset(code for code, number in asking.codes.items() if number))
        facts = facts._replace(external_roots=home.external_roots, types=home.types, rules=home.words)
        data = self.repo.content(blob)
        if isinstance(data, Unknown):
            return State({}, {}, data.reason)
        try:
            document = engine.alive(self._read(path, blob, data, home), plan, facts.repo.paths())
        except DecodingError:
            report = engine.check(plan, facts.repo, [path], facts.today, overlay={path: data})
            source = report.sources.get(path)
            return State({}, {}) if source is None else self._state(source, facts, report.diagnostics, report.open, report.crashes)
        return self._state(document.source, facts, *engine.judge(plan, document, facts))

    def _state(self, source: Source, facts: Facts, found: Iterable[Diagnostic], open_: Iterable[Open], crashes: Sequence[Crash]) -> State:
        self.crashes += crashes
        commit = facts.repo.head if isinstance(facts.repo.head, Commit) else None
        faults: dict[Key, list[str]] = {}
        for one in found:
            faults.setdefault((one.code, squeezed_at(source, one.span)), []).append(self.plain(one.message, commit))
        undecided = {(one.code, squeezed_at(source, one.span)): one.reason for one in open_}
        return State(faults, undecided, "doclint failed there" if crashes else None)

    def _read(self, path: str, blob: str, data: bytes, home: Plan) -> Document:
        key = path, blob, home.directory
        if key not in self._documents:
            if len(self._documents) >= _MOST_READ:
                del self._documents[next(iter(self._documents))]
            self._documents[key] = engine.recognised(Source.decode(path, data, "revision"), home, self._words.of(home))
        return self._documents[key]

    def _world(self, place: int) -> Facts:
        if place not in self._worlds:
            if len(self._worlds) >= _MOST_OPEN:
                del self._worlds[next(iter(self._worlds))]
            self._worlds[place] = self._open(place)
        return self._worlds[place]

    def _open(self, place: int) -> Facts:
        if place == TREE:
            return self._facts(self.repo, self._today, place)
        commit = self.line.commits[place]
        self.commits += 1
        if self._progress is not None:
            self._progress(self.commits)
        return self._facts(self.repo.at(commit.id), min(commit.date, self._today), place)

    def _facts(self, repo: GitRepo, today: datetime.date, place: int) -> Facts:
        beside = _Beside(lambda: self._beside(repo, place))
        return Facts(repo, today, beside)

    def _beside(self, repo: GitRepo, place: int) -> Iterator[Document]:
        """The working documents of the tree, as they were in the commit at ``place``."""
        if place == TREE:
            every = engine.documents(self._plan, repo, self._paths)
        else:
            every = (engine.alive(one, home, repo.paths()) for one, home in self._earlier(place))
        return (document for document in every if document.type is not None)

    def _earlier(self, place: int) -> Iterator[tuple[Document, Plan]]:
        found = ((trace.find(place), path) for path, trace in self._traces.items())
        stretches = [(stretch, path) for stretch, path in found if stretch is not None]
        for stretch, path in sorted(stretches, key=lambda one: one[0].path):
            data = self.repo.content(stretch.blob)
            if isinstance(data, bytes):
                try:
                    home = self._home(path)
                    yield self._read(stretch.path, stretch.blob, data, home), home
                except DecodingError:
                    continue

    @cached_property
    def _traces(self) -> Mapping[str, Trace]:
        return self.line.trace(self._paths)

    def _home(self, path: str) -> Plan:
        """The plan that governs the document which is at ``path`` today, wherever it was."""
        home = self._plan.at(path)
        return self._alone if home is self._plan else home

    def _at_stake(self, home: Plan, codes: frozenset[str]) -> Plan:
        if (home.directory, codes) not in self._plans:
            self._plans[home.directory, codes] = home.of(codes)
        return self._plans[home.directory, codes]


class _Beside(Sequence[Document]):
    """Documents that are read when a rule asks for them: few rules do."""

    def __init__(self, read: Callable[[], Iterable[Document]]) -> None:
        self._read = read

    @cached_property
    def _documents(self) -> Sequence[Document]:
        return tuple(self._read())

    def __len__(self) -> int:
        return len(self._documents)

    @overload
    def __getitem__(self, index: int) -> Document: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Document]: ...

    def __getitem__(self, index: int | slice) -> Document | Sequence[Document]:
        return self._documents[index]
