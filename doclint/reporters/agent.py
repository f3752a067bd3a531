"""The report for coding agents: JSON lines that say what is wrong, the proof, and what to do about it in one sentence."""

from __future__ import annotations

from typing import Any

from doclint.diagnostic import Diagnostic, Evidence
from doclint.report import Presentation, Report
from doclint.reporters.json import line
from doclint.terminal import safe
from doclint.text import Source, Span
from doclint.wording import advice, because, fixable, place, proof, summary, unknown

# More of the text that a finding marks would no longer help to find it.
_LONGEST = 60
_WHATEVER = "mend the document, or say in it why it is right"


def render(report: Report, presentation: Presentation) -> str:
    """A line for each finding, and one with the summary and what could not be decided. Lines and columns count from 1, in code points."""
    return "".join(line(_finding(report, diagnostic)) for diagnostic in report.diagnostics) + line(_ending(report, presentation))


def _finding(report: Report, diagnostic: Diagnostic) -> dict[str, Any]:
    position = report.sources[diagnostic.path].position(diagnostic.span.start)
    return {
        "path": diagnostic.path,
        "line": position.line,
        "column": position.column,
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "wrong": diagnostic.message,
        "proof": because(report, diagnostic),
        "fix": instruction(report, diagnostic),
        "fixable": None if diagnostic.fix is None else "--fix" if diagnostic.fix.safe else "--fix --unsafe-fixes",
    }


def _ending(report: Report, presentation: Presentation) -> dict[str, Any]:
    return {
        "summary": summary(report),
        "undecided": list(unknown(report)),
        "failures": [f"{one.path}: {one.error}" for one in report.crashes],
        "next": [*fixable(report, presentation.unsafe), *(["`doclint explain CODE` tells of a rule"] if report.diagnostics else [])],
    }


def instruction(report: Report, diagnostic: Diagnostic) -> str:
    """One imperative sentence: where, what to do there, and why."""
    source = report.sources[diagnostic.path]
    marked = _marked(source, diagnostic.span)
    where = f"In line {source.position(diagnostic.span.start).line}{f' ({marked})' if marked else ''}"
    return safe(f"{where}, {advice(report, diagnostic) or _WHATEVER}{_reason(report, diagnostic)}")


def _reason(report: Report, diagnostic: Diagnostic) -> str:
    """What can be looked up; else what was found, unless the fix says it all."""
    match diagnostic.evidence[:1]:
        case [Evidence(kind="commit") as evidence]:
            return f": {proof(report, evidence)}"
        case [Evidence(kind="place", path=str(path)) as evidence]:
            return f"; see {place(report, path, evidence.span)} ({evidence.text})"
    return "" if diagnostic.fix is not None else f": {diagnostic.message}"


def _marked(source: Source, span: Span) -> str:
    """The text that is marked, short and on one line; empty where there is none."""
    lines = source.slice(span).strip().splitlines()
    if not lines:
        return ""
    text = lines[0] if len(lines) == 1 and len(lines[0]) <= _LONGEST else f"{lines[0][: _LONGEST - 1]}…"
    return f'"{text}"' if "`" in text else f"`{text}`"
