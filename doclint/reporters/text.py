"""The report for people: each finding with its line, its proof and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.diagnostic import Diagnostic, Severity
from doclint.report import Presentation, Report
from doclint.terminal import inert, paint, safe, show, width
from doclint.text import Source, Span
from doclint.wording import advice, causes, count, fixable, header, judged, proof, stale, summary, unknown

# Cells of a quoted line: table rows run to thousands of characters, and the line must stay one line, above the mark in the next one.
_WINDOW, _NARROWEST = 120, 40
_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def render(report: Report, presentation: Presentation) -> str:
    """The report as text, with a summary as its last line."""
    lines: list[str] = []
    for diagnostic in report.diagnostics:
        lines += finding(report, diagnostic, presentation.colour, presentation.columns)
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


def finding(report: Report, diagnostic: Diagnostic, colour: bool = False, columns: int | None = None) -> Iterator[str]:
    """The lines of one finding: where and what, the place in its line (as much as ``columns`` cells hold), further proof, and help."""
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
    window = _WINDOW if columns is None else max(_NARROWEST, min(_WINDOW, columns - len(f"{number} | ")))
    quoted, indent, carets = _quote(source, diagnostic.span, window)
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


def _quote(source: Source, span: Span, window: int) -> tuple[str, int, int]:
    """The line on which ``span`` starts as ``window`` cells can show it, the cells before the span, and those of it (at least one)."""
    lead = window // 3
    line = source.line(source.position(span.start).line)
    start = min(span.start, line.end)
    end = max(min(span.end, line.end), start)
    # Nothing beyond these bounds can be shown, however long the line is.
    first, last = max(line.start, start - window), min(line.end, start + window)
    before, marked, after = (_shown(source, *part) for part in ((first, start), (start, min(end, last)), (min(end, last), last)))
    if first > line.start or last < line.end or width(before) + width(marked) + width(after) > window:
        if first > line.start or width(before) > lead:
            before = "…" + _cut(before[::-1], lead - 1)[::-1]
        room = window - width(before)
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
