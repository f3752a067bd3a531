"""The report as workflow commands: GitHub shows them as annotations beside the lines that they are about."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.diagnostic import Diagnostic, Severity
from doclint.report import Presentation, Report
from doclint.terminal import escape, inert
from doclint.wording import count, summary, told, unknown

# So many annotations of one kind GitHub keeps of a step.
_MOST = 10
_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, presentation: Presentation) -> str:
    """A command for each finding, gravest first and no more than GitHub shows; then what is not shown, not known, and the summary."""
    lines: list[str] = []
    left: list[str] = []
    for severity in Severity:
        found = [diagnostic for diagnostic in report.diagnostics if diagnostic.severity is severity]
        lines += (_command(report, diagnostic) for diagnostic in found[:_MOST])
        if len(found) > _MOST:
            left.append(count(len(found) - _MOST, f"more {_COMMAND[severity]}"))
    if left:
        lines.append(f"{', '.join(left)}: GitHub shows {_MOST} annotations of a kind for a step, the other formats tell all")
    lines += (inert(line) for line in (*unknown(report), summary(report)))
    return "".join(f"{line}\n" for line in lines)


def _command(report: Report, diagnostic: Diagnostic) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(report, diagnostic))
    data = _data("\n".join(told(report, diagnostic)))
    return f"::{_COMMAND[diagnostic.severity]} {properties}::{data}"


def _properties(report: Report, diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    source = report.sources[diagnostic.path]
    start, end = source.encoded(diagnostic.span.start, "utf-16"), source.encoded(diagnostic.span.end, "utf-16")
    # The name of a file may hold line ends, which have an escape of their own; nothing else that a terminal acts on goes through.
    yield "file", "".join(character if character in "\r\n" else escape(character) for character in diagnostic.path)
    yield "line", str(start.line)
    yield "endLine", str(end.line)
    # GitHub takes columns of annotations on one line alone.
    if start.line == end.line:
        yield "col", str(start.column)
        yield "endColumn", str(end.column)
    yield "title", f"{diagnostic.code} {diagnostic.name}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
