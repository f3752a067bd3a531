"""The report for coding agents: JSON lines that say what is wrong, the proof, and what to do about it in one sentence."""

from __future__ import annotations

from typing import Any

from doclint.diagnostic import Diagnostic, Evidence
from doclint.report import Presentation, Report
from doclint.reporters.json import line
from doclint.terminal import safe
from doclint.text import Source, Span
from doclint.wording import advice, because, fixable, proof, summary, unknown

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
    """One imperative sentence: where, what to do there, and what says so, if that can be looked up."""
    source = report.sources[diagnostic.path]
    marked = _marked(source, diagnostic.span)
    where = f"In line {source.position(diagnostic.span.start).line}{f' ({marked})' if marked else ''}"
    reasons = [_reason(report, one) for one in diagnostic.evidence[:1]]
    return safe("".join([f"{where}, {advice(report, diagnostic) or _WHATEVER}", *reasons]))


def _reason(report: Report, evidence: Evidence) -> str:
    match evidence.kind:
        case "commit":
            return f": {proof(report, evidence)}"
        case "place":
            return f"; see {proof(report, evidence)}"
    return ""


def _marked(source: Source, span: Span) -> str:
    """The text that is marked, short and on one line; empty where there is none."""
    text = " ".join(source.slice(span).split())
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
    return text if "`" in text or not text else f"`{text}`"
