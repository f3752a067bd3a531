"""The report in the Reviewdog Diagnostic Format, for reviewdog and what else reads it."""

from __future__ import annotations

from typing import Any

from doclint.diagnostic import Diagnostic, Severity
from doclint.report import Presentation, Report
from doclint.reporters.json import dump
from doclint.text import Source, Span
from doclint.wording import told

_SEVERITY = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, presentation: Presentation) -> str:
    """A ``DiagnosticResult``. Columns count the bytes of UTF-8 from 1, an end is the place behind the last (``reviewdog.proto``)."""
    return dump({"source": {"name": "doclint"}, "diagnostics": [_diagnostic(report, diagnostic) for diagnostic in report.diagnostics]})


def _diagnostic(report: Report, diagnostic: Diagnostic) -> dict[str, Any]:
    source = report.sources[diagnostic.path]
    return {
        "message": "\n".join(told(report, diagnostic)),
        "location": {"path": diagnostic.path, "range": _range(source, diagnostic.span)},
        "severity": _SEVERITY[diagnostic.severity],
        "code": {"value": diagnostic.code},
        **_suggestions(source, diagnostic),
    }


def _suggestions(source: Source, diagnostic: Diagnostic) -> dict[str, Any]:
    """The fix, where it is one edit: reviewdog offers each suggestion on its own, and a part of a fix mends nothing."""
    if diagnostic.fix is None or len(diagnostic.fix.edits) != 1:
        return {}
    (edit,) = diagnostic.fix.edits
    return {"suggestions": [{"range": _range(source, edit.span), "text": edit.replacement}]}


def _range(source: Source, span: Span) -> dict[str, Any]:
    start, end = source.encoded(span.start, "utf-8"), source.encoded(span.end, "utf-8")
    return {"start": {"line": start.line, "column": start.column}, "end": {"line": end.line, "column": end.column}}
