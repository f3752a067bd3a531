"""The report for people, whole."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from doclint.diagnostic import Severity
from doclint.report import Presentation
from doclint.reporters import concise, text
from doclint.terminal import STYLE
from doclint.text import Source, Span
from tests.reporters.sample import BOARD, FIXABLE, FULL, LONG, MERGED, diagnostic, report

EXPECTED = """\
COORDINATION.md:3:15: XX001 lane `B` is open but was merged
  |
3 | - **Status:** NOT STARTED
  |               ^^^^^^^^^^^ merged in ddddddd on 2026-02-20
  = note: the heading says so (COORDINATION.md:1)
  = note: docs/gone.md is elsewhere
  = help: update the status; see `doclint explain XX001`

COORDINATION.md:4:8: XX002 [warning] a tick\\x0aover \\x1b[2Jnothing
  |
4 | | 日本    | ✅ \\x1b[31m\\u202edone |
  |             ^^ expected `⬜`
  = help: write `⬜`; see `doclint explain XX002`

docs/b\\xff.md:1:302: XX002 [info] found `wrong`
  |
1 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx wrong yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
  |                                         ^^^^^
  = help: `doclint explain XX002`

history is shallow: XX001, XX002 could not decide; fetch the whole history (fetch-depth: 0)
no base branch is known: XX002 could not decide; name it with --base
the file is gone: 1 document could not be read (a.md)
COORDINATION.md: 2 findings fixed
1 finding can be fixed with --fix
1 error, 1 warning and 1 info in 2 documents (1 suppressed, 1 known from the baseline)
"""


def test_the_whole_report() -> None:
    assert text.render(FULL, Presentation()) == EXPECTED


def test_colour_adds_nothing_but_styles() -> None:
    coloured = text.render(FULL, Presentation(colour=True))
    assert coloured != EXPECTED
    assert STYLE.sub("", coloured) == EXPECTED


def test_open_questions_on_request() -> None:
    shown = text.render(replace(FULL, diagnostics=()), Presentation(show_open=True))
    assert shown.splitlines()[:4] == [
        "COORDINATION.md:1:1: XX001 undecided: history is shallow",
        "COORDINATION.md:3:1: XX001 undecided: history is shallow",
        "COORDINATION.md:3:1: XX002 undecided: history is shallow",
        "COORDINATION.md:3:1: XX002 undecided: no base branch is known",
    ]


def test_nothing_found() -> None:
    assert text.render(report(), Presentation()) == "no findings in 2 documents\n"
    assert concise.render(report(), Presentation()) == ""


def test_a_span_over_several_lines_is_marked_on_its_first() -> None:
    start = BOARD.text.index("NOT")
    lines = list(text.finding(report(), MERGED._replace(evidence=(), span=Span(start, len(BOARD.text)))))
    assert lines[2:4] == ["3 | - **Status:** NOT STARTED", "  |               ^^^^^^^^^^^"]


def test_an_empty_span_at_the_end_has_one_mark() -> None:
    end = len(BOARD.text)
    lines = list(text.finding(report(), MERGED._replace(evidence=(), span=Span(end, end))))
    assert lines[1:4] == ["  |", "5 |", "  | ^"]


@pytest.mark.parametrize("columns", [10, 45, 60, 80, 125, 300, None])
def test_the_line_and_its_mark_stay_above_each_other_on_a_narrow_terminal(columns: int | None) -> None:
    row = f"| {'before ' * 12}| WRONG | {'behind ' * 12}|"
    source = Source("a.md", f"{row}\n")
    one = diagnostic(source, "WRONG")
    _, _, line, mark, *_ = text.finding(replace(report(one), sources={source.path: source}), one, columns=columns)
    assert line[mark.index("^") :].startswith("WRONG")
    assert mark.count("^") == len("WRONG")
    # Below forty cells nothing could be seen of a line, and above a hundred and twenty nobody looks for the place.
    assert len(line) <= len("1 | ") + max(40, min(120, (columns or 300) - len("1 | ")))


@pytest.mark.parametrize("body", ["::error::pwn", "x ##[error]pwn"])
def test_a_runner_finds_no_command_in_a_report(body: str) -> None:
    source = Source("::error::a.md", f"{body}\n")
    one = diagnostic(source, body, message=body)._replace(label=body, severity=Severity.INFO)
    shown = replace(report(one), sources={source.path: source})
    for reporter in (text, concise):
        for line in reporter.render(shown, Presentation(runner=True)).splitlines():
            assert not line.strip().startswith("::")
            assert "##[" not in line
    assert concise.render(shown, Presentation()).startswith("::error::a.md:1:")


def test_one_line_each() -> None:
    assert concise.render(report(MERGED, FIXABLE, LONG), Presentation()).splitlines() == [
        line for line in EXPECTED.splitlines() if re.match(r"[^ ]+:\d+:\d+: XX00", line)
    ]
