"""How findings and their places are put in a line of text."""

from __future__ import annotations

from doclint.diagnostic import Diagnostic, Severity
from doclint.report import Report
from doclint.terminal import safe
from doclint.text import Source, Span


def header(source: Source, diagnostic: Diagnostic) -> str:
    """``path:line:column: CODE message``; the severity is named where it is not an error."""
    position = source.position(diagnostic.span.start)
    grade = "" if diagnostic.severity is Severity.ERROR else f"[{diagnostic.severity}] "
    return f"{safe(diagnostic.path)}:{position.line}:{position.column}: {diagnostic.code} {grade}{safe(diagnostic.message)}"


def place(report: Report, path: str, span: Span | None) -> str:
    """``path``, with the line where ``span`` starts if the document at ``path`` is part of the report."""
    source = report.sources.get(path)
    return path if source is None or span is None else f"{path}:{source.position(span.start).line}"


def count(number: int, noun: str) -> str:
    """``1 rule``, ``2 rules``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
