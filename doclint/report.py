"""What a run has found, and the contract of those who write it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from doclint.diagnostic import Diagnostic, Severity
from doclint.repo.facts import Base, Commit, Range, Unknown, Upstream
from doclint.rule import Rule
from doclint.text import Origin, Source, Span


class Tree(Protocol):
    """The tree that was judged, and what history stands behind it. A repository is one, and answers when it is asked."""

    @property
    def origin(self) -> Origin:
        """Which kind of tree it is."""

    @property
    def head(self) -> Commit | Unknown | None:
        """The commit behind it."""

    @property
    def base(self) -> Base | Unknown:
        """What work lands in."""

    @property
    def upstream(self) -> Upstream | None:
        """The branch that work lands in as the remote has it, where it is here as a local branch too."""

    @property
    def uncommitted(self) -> bool | None:
        """Whether the tree has what its commit has not; None where that is not known."""


class Checked(NamedTuple):
    """A document that was checked, its type (None where it is not recognised), and why it has that."""

    path: str
    type: str | None
    why: str


class Open(NamedTuple):
    """A question of a rule that could not be answered, and why."""

    code: str
    path: str
    span: Span
    reason: str


class Unread(NamedTuple):
    """A document that could not be read, or not be written, and why."""

    path: str
    reason: str


class Crash(NamedTuple):
    """A fault of doclint itself: where it happened (``code`` is None before any rule ran), in short and at length."""

    code: str | None
    path: str
    error: str
    trace: str


class Suppressed(NamedTuple):
    """A finding that is not told, because somebody said that it need not be: in the document itself, or outside of it."""

    diagnostic: Diagnostic
    kind: Literal["inSource", "external"]
    justification: str | None


class Since(NamedTuple):
    """What a report on a range is compared with: ``known`` counts the findings that were there before and are left out of it.

    ``unread`` are the documents of which it is not known what was wrong with them before: all that is wrong with them now is told.
    ``old`` are the findings of now that are left out.
    """

    range: Range
    known: int
    unread: Sequence[Unread]
    old: Sequence[Diagnostic] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a baseline holds of findings that are alike: ``fingerprint`` is that of the first of them, ``count`` their number, ``recorded``
    the day on which they were put in. ``text`` is the line, ``message`` what was said of it, both clipped.
    """

    path: str
    code: str
    fingerprint: str
    count: int
    recorded: str
    text: str
    message: str


class Baselined(NamedTuple):
    """The baseline that a report was measured by: the file's path, its entries, and those that no finding needs any more.

    A stale entry counts what is too much of it.
    """

    path: str
    entries: Sequence[Entry]
    stale: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run has found, in its final order: by path, place and code.

    ``sources`` holds the text of every document, by path; ``rules`` are those that the plan knows; ``suppressed`` are the findings that are
    kept back, in the same order; ``since`` is given where only what a range of changes brought in is told, ``baseline`` where
    a file of known findings keeps these back. Where documents were mended, the report is on what they are now: ``fixed`` counts by path the
    findings that are gone, ``unwritten`` are those that had to stay as they were.
    """

    tree: Tree
    diagnostics: Sequence[Diagnostic]
    open: Sequence[Open]
    documents: Sequence[Checked]
    unread: Sequence[Unread]
    crashes: Sequence[Crash]
    suppressed: Sequence[Suppressed]
    limits: Sequence[Unknown]
    rules: Mapping[str, Rule]
    sources: Mapping[str, Source]
    since: Since | None = None
    baseline: Baselined | None = None
    fixed: Mapping[str, int] = field(default_factory=dict)
    unwritten: Sequence[Unread] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have ``severity``."""
        return sum(1 for diagnostic in self.diagnostics if diagnostic.severity is severity)

    @property
    def baselined(self) -> int:
        """How many findings the baseline keeps back."""
        return sum(one.kind == "external" for one in self.suppressed)

    def exit_code(self, fail_on: Severity | None) -> int:
        """0 where nothing is at or above ``fail_on`` (None: whatever is found), 1 where something is, 2 where doclint itself failed."""
        if self.crashes or self.unwritten:
            return 2
        return int(fail_on is not None and any(diagnostic.severity.rank <= fail_on.rank for diagnostic in self.diagnostics))


class Web(NamedTuple):
    """Where a repository can be looked at in a browser: its address, and what the id of a commit follows in those of files and commits."""

    repository: str
    files: str
    commits: str


class Presentation(NamedTuple):
    """How a report is to look: in colour, with every open question, as the log of a GitHub runner may show it.

    ``unsafe`` says that unsafe fixes are wanted, and count among what can be fixed. ``fail_on`` is the least severity that makes the run
    fail (None: whatever is found, it does not); ``web`` is where links lead (None: there are none). ``columns`` are the cells of a line on
    the terminal that shows it (None: no terminal does).
    """

    colour: bool = False
    show_open: bool = False
    runner: bool = False
    unsafe: bool = False
    fail_on: Severity | None = Severity.ERROR
    web: Web | None = None
    columns: int | None = None


class Reporter(Protocol):
    """A module in ``doclint.reporters``: one format."""

    def render(self, report: Report, presentation: Presentation) -> str:
        """The whole report as text; empty, or ended by a line feed."""
