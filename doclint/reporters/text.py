"""The report for people: each finding with its line, its proof and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from doclint.diagnostic import Diagnostic, Evidence, Severity
from doclint.repo.facts import MISSING_OBJECT, NO_BASE, NO_REPOSITORY, SHALLOW
from doclint.report import Presentation, Report
from doclint.terminal import inert, paint, safe, show, width
from doclint.text import Source, Span
from doclint.wording import count, header, place

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
    lines += _fixable(report, presentation.unsafe)
    lines += _stale(report)
    lines.append(_summary(report))
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
    proof = list(diagnostic.evidence)
    label = diagnostic.label
    if label is None and proof:
        label = _proof(report, proof.pop(0))
    quoted, indent, carets = _quote(source, diagnostic.span)
    bar = paint("|", "blue", colour)
    yield f"{gutter} {bar}"
    yield f"{paint(number, 'blue', colour)} {bar} {quoted}".rstrip()
    mark = paint(f"{'^' * carets}{f' {safe(label)}' if label else ''}", style, colour)
    yield f"{gutter} {bar} {' ' * indent}{mark}"
    for evidence in proof:
        yield f"{gutter} {paint('=', 'blue', colour)} note: {safe(_proof(report, evidence))}"
    for cause in diagnostic.causes or ():
        yield f"{gutter} {paint('=', 'blue', colour)} cause: {safe(cause.text)}"
    if diagnostic.causes == ():
        yield f"{gutter} {paint('=', 'blue', colour)} cause: not known"
    rule = report.rules[diagnostic.code]
    advice = diagnostic.fix.title if diagnostic.fix is not None else rule.help
    yield f"{gutter} {paint('=', 'blue', colour)} help: {f'{safe(advice)}, or ' if advice else ''}`doclint explain {diagnostic.code}`"


def _proof(report: Report, evidence: Evidence) -> str:
    """The evidence's words, and where they can be looked up unless the words say it."""
    if evidence.path is None or evidence.path in evidence.text:
        return evidence.text
    return f"{evidence.text} ({place(report, evidence.path, evidence.span)})"


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


# So many rules are named, and more are counted.
_FEW = 3


def unknown(report: Report) -> Iterator[str]:
    """One line for each reason why something could not be told, with what to do about it."""
    lost = (("read", report.unread), ("compared with what was", report.since.unread if report.since is not None else ()))
    remedies = {unknown.reason: unknown.remedy for unknown in (SHALLOW, NO_REPOSITORY, NO_BASE, MISSING_OBJECT, *report.limits)}
    for reason, codes in _grouped((one.reason, one.code) for one in report.open):
        remedy = remedies.get(reason)
        rules = ", ".join(codes) if len(codes) <= _FEW else count(len(codes), "rule")
        yield safe(f"{reason}: {rules} could not decide{f'; {remedy}' if remedy else ''}")
    for verb, unread in lost:
        for reason, paths in _grouped((one.reason, one.path) for one in unread):
            named = f"{', '.join(paths[:3])}{', …' if len(paths) > 3 else ''}"
            yield safe(f"{reason}: {count(len(paths), 'document')} could not be {verb} ({named})")


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    groups: dict[str, dict[str, None]] = {}
    for reason, one in pairs:
        groups.setdefault(reason, {})[one] = None
    return [(reason, list(ones)) for reason, ones in sorted(groups.items())]


def _fixable(report: Report, unsafe: bool) -> Iterator[str]:
    """What `--fix` would do; only what is on disk can be mended."""
    fixes = [diagnostic.fix.safe for diagnostic in report.diagnostics if diagnostic.fix is not None and report.tree.origin == "worktree"]
    risky = fixes.count(False)
    safely = len(fixes) - risky
    if unsafe:
        safely, risky = 0, len(fixes)
    if safely:
        more = f", and {risky} more with --unsafe-fixes" if risky else ""
        yield f"{count(safely, 'finding')} can be fixed with --fix{more}"
    elif risky:
        yield f"{count(risky, 'finding')} can be fixed with --fix --unsafe-fixes"


def _stale(report: Report) -> Iterator[str]:
    number = sum(entry.count for entry in report.baseline.stale) if report.baseline is not None else 0
    if number:
        yield f"{number} baseline {'entry is' if number == 1 else 'entries are'} stale: `doclint baseline prune`"


def _summary(report: Report) -> str:
    documents = count(len(report.documents), "document")
    counts = [(report.count(severity), severity.value) for severity in Severity]
    found = [f"{number} info" if word == "info" else count(number, word) for number, word in counts if number]
    known = report.baselined
    kept_back = ((len(report.suppressed) - known, "suppressed"), (known, "known from the baseline"))
    hidden = ", ".join(f"{number} {words}" for number, words in kept_back if number)
    told = f"{' and '.join(', '.join(found).rsplit(', ', 1)) if found else 'no findings'} in {documents}{f' ({hidden})' if hidden else ''}"
    if report.since is None:
        return told
    name, tip, fork = report.since.range
    where = f"`{name}` ({fork.short})" if fork.id == tip.id else f"`{name}` was left at {fork.short}"
    older = f"; {count(report.since.known, 'older finding')} not told" if report.since.known else ""
    return safe(f"{told}, new since {where}{older}")
