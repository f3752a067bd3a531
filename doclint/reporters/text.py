"""The report for people: each finding with its line, its proof and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.diagnostic import Diagnostic, Severity
from doclint.report import Presentation, Report
from doclint.terminal import inert, paint, safe, show, width
from doclint.text import Source, Span
from doclint.wording import advice, causes, count, fixable, header, judged, proof, stale, summary, unknown

# Cells of a quoted line: table rows run to thousands of characters, and the line must stay one line.
_WINDOW = 120
_LEAD = 40
_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def render(report: Report, presentation: Presentation) -> str:
    """The report as text, with a summary as its last line."""
    lines: list[str] = []
    for diagnostic in report.diagnostics:
        lines += finding(report, diagnostic, presentation.colour)
        lines.append("")
    if presentation.show_open:
        for one in report.open:
            position = report.sources[one.path].position(one.span.start)
            lines.append(f"{safe(one.path)}:{position.line}:{position.column}: {one.code} undecided: {safe(one.reason)}")
        if report.open:
            lines.append("")
    lines += unknown(report)
    lines += (safe(f"{path}: {count(number, 'finding')} fixed") for path, number in sorted(report.fixed.items()))
    lines += fixable(report, presentation.unsafe)
    lines += stale(report)
    lines += judged(report)
    lines.append(summary(report))
    return "".join(f"{inert(line) if presentation.runner else line}\n" for line in lines)


def finding(report: Report, diagnostic: Diagnostic, colour: bool = False) -> Iterator[str]:
    """The lines of one finding: where and what, the place in its line, further proof, and help."""
    source = report.sources[diagnostic.path]
    style = _STYLE[diagnostic.severity]
    first = header(source, diagnostic)
    if colour:
        where, _, rest = first.partition(f" {diagnostic.code} ")
        first = f"{paint(where, 'bold', colour)} {paint(diagnostic.code, style, colour)} {rest}"
    yield first
    number = str(source.position(diagnostic.span.start).line)
    gutter = " " * len(number)
    evidence = list(diagnostic.evidence)
    label = diagnostic.label
    if label is None and evidence:
        label = proof(report, evidence.pop(0))
    quoted, indent, carets = _quote(source, diagnostic.span)
    bar = paint("|", "blue", colour)
    yield f"{gutter} {bar}"
    yield f"{paint(number, 'blue', colour)} {bar} {quoted}".rstrip()
    mark = paint(f"{'^' * carets}{f' {safe(label)}' if label else ''}", style, colour)
    yield f"{gutter} {bar} {' ' * indent}{mark}"
    for one in evidence:
        yield f"{gutter} {paint('=', 'blue', colour)} note: {safe(proof(report, one))}"
    for cause in causes(diagnostic):
        yield f"{gutter} {paint('=', 'blue', colour)} {safe(cause)}"
    what = advice(report, diagnostic)
    yield f"{gutter} {paint('=', 'blue', colour)} help: {f'{safe(what)}; see ' if what else ''}`doclint explain {diagnostic.code}`"


def _quote(source: Source, span: Span) -> tuple[str, int, int]:
    """The line on which ``span`` starts as it can be shown, the cells before the span, and the cells of the span (at least one)."""
    line = source.line(source.position(span.start).line)
    start = min(span.start, line.end)
    end = max(min(span.end, line.end), start)
    # Nothing beyond these bounds can be shown, however long the line is.
    first, last = max(line.start, start - _WINDOW), min(line.end, start + _WINDOW)
    before, marked, after = (_shown(source, *part) for part in ((first, start), (start, min(end, last)), (min(end, last), last)))
    if first > line.start or last < line.end or width(before) + width(marked) + width(after) > _WINDOW:
        if first > line.start or width(before) > _LEAD:
            before = "…" + _cut(before[::-1], _LEAD - 1)[::-1]
        room = _WINDOW - width(before)
        if last < line.end or width(marked) + width(after) > room:
            marked = _cut(marked, room - 1)
            after = _cut(after, room - width(marked) - 1) + "…"
    return before + marked + after, width(before), max(width(marked), 1)


def _shown(source: Source, start: int, end: int) -> str:
    return "".join(map(show, source.text[start:end]))


def _cut(text: str, cells: int) -> str:
    """The beginning of ``text`` that fits into ``cells``."""
    kept: list[str] = []
    for character in text:
        cells -= width(character)
        if cells < 0:
            break
        kept.append(character)
    return "".join(kept)
