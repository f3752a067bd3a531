"""One report with everything in it that a report can hold."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import NamedTuple

from doclint.diagnostic import Diagnostic, Evidence, Fix, Severity
from doclint.repo.facts import NO_BASE, SHALLOW, Base, Commit, Unknown, Upstream
from doclint.report import Checked, Crash, Open, Report, Suppressed, Unread, Web
from doclint.text import Edit, Origin, Source, Span
from tests.shell import rule

_SITE = "https://github.com/tidewatch/tidewatch"
WEB = Web(_SITE, f"{_SITE}/blob/", f"{_SITE}/commit/")
HEAD = Commit("d" * 40, datetime.date(2026, 2, 20), 0, "Merge lane B", ())
BOARD = Source("COORDINATION.md", "# Board\n\n- **Status:** NOT STARTED\n| 日本\t| ✅ \x1b[31m\u202edone |\n", origin="worktree")
NOTES = Source("docs/b\udcff.md", "x" * 300 + " wrong " + "y" * 300 + "\n", origin="worktree")


class Judged(NamedTuple):
    """A tree without a repository."""

    origin: Origin
    head: Commit | Unknown | None
    base: Base | Unknown
    upstream: Upstream | None = None
    uncommitted: bool | None = None


def diagnostic(source: Source, wanted: str, **changes: object) -> Diagnostic:
    """A finding on the place where ``wanted`` stands."""
    start = source.text.index(wanted)
    one = Diagnostic(
        code="XX001",
        name="rule-xx001",
        severity=Severity.ERROR,
        path=source.path,
        span=Span(start, start + len(wanted)),
        message="lane `B` is open but was merged",
        evidence=(),
        fix=None,
        label=None,
        identity="XX001 a line 1",
    )
    return one._replace(**changes)  # type: ignore[arg-type]


def report(*diagnostics: Diagnostic) -> Report:
    """A report with these findings and nothing else."""
    return Report(
        tree=Judged("worktree", HEAD, Base("main", HEAD)),
        diagnostics=diagnostics,
        open=(),
        documents=[Checked("COORDINATION.md", "coordination-hub", "its name"), Checked("docs/b\udcff.md", None, "no evidence")],
        unread=(),
        crashes=(),
        suppressed=(),
        limits=(),
        rules={one.code: one for one in (rule("XX001", help="update the status"), rule("XX002"))},
        sources={source.path: source for source in (BOARD, NOTES)},
    )


MERGED = diagnostic(
    BOARD,
    "NOT STARTED",
    evidence=(
        Evidence("commit", "merged in ddddddd on 2026-02-20", commit=HEAD.id, date="2026-02-20", subject=HEAD.subject),
        Evidence("place", "the heading says so", path="COORDINATION.md", span=Span(0, 7)),
        Evidence("path", "docs/gone.md is elsewhere", path="docs/gone.md"),
    ),
)
FIXABLE = diagnostic(
    BOARD,
    "✅",
    code="XX002",
    name="rule-xx002",
    severity=Severity.WARNING,
    message="a tick\nover \x1b[2Jnothing",
    label="expected `⬜`",
    fix=Fix("write `⬜`", (Edit(Span(BOARD.text.index("✅"), BOARD.text.index("✅") + 1), "⬜"),), safe=True),
)
LONG = diagnostic(NOTES, "wrong", code="XX002", name="rule-xx002", severity=Severity.INFO, message="found `wrong`")
QUOTED = diagnostic(BOARD, "日本")
FULL = replace(
    report(MERGED, FIXABLE, LONG),
    open=(
        Open("XX001", BOARD.path, Span(0, 1), SHALLOW.reason),
        Open("XX001", BOARD.path, Span(9, 10), SHALLOW.reason),
        Open("XX002", BOARD.path, Span(9, 10), SHALLOW.reason),
        Open("XX002", BOARD.path, Span(9, 10), NO_BASE.reason),
    ),
    unread=(Unread("a.md", "the file is gone"),),
    crashes=(Crash("XX001", BOARD.path, "ValueError: x", "trace"),),
    suppressed=(Suppressed(QUOTED, "inSource", "it is a quotation"), Suppressed(QUOTED, "external", None)),
    limits=(SHALLOW,),
    fixed={BOARD.path: 2},
    unwritten=(Unread("b.md", "it is write-protected"),),
)
