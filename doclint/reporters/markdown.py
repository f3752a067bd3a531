"""The report as Markdown, for the summary of a GitHub job: what was found, the proof, what to do, and what is not known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from doclint.diagnostic import Diagnostic, Evidence, Severity
from doclint.late import late
from doclint.repo.facts import Commit
from doclint.report import Presentation, Report, Web
from doclint.terminal import safe
from doclint.text import Span
from doclint.wording import advice, causes, count, fixable, place, summary, unknown, uri

LARGEST = 1_048_576
"""GitHub takes 1 MiB of a step's summary, and shows nothing of a larger one."""

_TABLE = "\n| | Where | What | Proof |\n| --- | --- | --- | --- |\n"
_SIGN = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}
# So much of one text, so many pieces of proof and lines of what is not known: a row is read, not studied.
_LONGEST = 400
_MOST = 5
_LINES = 30
_CODE = late(r"`([^`]+)`")
# What Markdown, its tables, and what GitHub makes of plain text would act on; ``_`` does nothing inside of a word. The signs of people and
# issues are apart: GitHub looks for them in the finished page, where only an element parts them from what they mark. And a path that
# cannot be broken would push all other columns out of sight.
_MARKUP = late(r"(?P<sign>@(?=\w)|#(?=\d))|(?P<slash>/)|[\\`*\[\]~$|<>&]|(?<!\w)_|_(?!\w)|:(?=//|[\w+-]+:)|(?<=[wW])\.")


def render(report: Report, presentation: Presentation) -> str:
    """The report in at most ``LARGEST`` bytes of UTF-8."""
    return within(report, presentation, LARGEST, lambda text: len(text.encode()))


def within(report: Report, presentation: Presentation, limit: int, size: Callable[[str], int]) -> str:
    """The report, of which ``size`` is at most ``limit``: the gravest findings that find room, and how many others there are."""
    order = sorted(report.diagnostics, key=lambda diagnostic: diagnostic.severity.rank)
    beginning = f"### doclint: {_inline(summary(report))}\n" + (_TABLE if order else "")
    ending = "".join(_ending(report, presentation))
    room = limit - size(beginning) - size(_left_out(order)) - size(ending)
    rows: list[str] = []
    for diagnostic in order:
        row = _row(report, diagnostic, presentation.web)
        room -= size(row)
        if room < 0:
            break
        rows.append(row)
    return beginning + "".join(rows) + _left_out(order[len(rows) :]) + ending


def _left_out(diagnostics: Sequence[Diagnostic]) -> str:
    if not diagnostics:
        return ""
    kinds = Counter(diagnostic.severity for diagnostic in diagnostics)
    said = ", ".join(f"{kinds[severity]} {severity}" for severity in Severity if kinds[severity])
    return f"\n{count(len(diagnostics), 'more finding')} ({said}) found no room here; the other formats tell all.\n"


def _row(report: Report, diagnostic: Diagnostic, web: Web | None) -> str:
    what = advice(report, diagnostic)
    cells = (
        f"{_SIGN[diagnostic.severity]}&nbsp;{diagnostic.severity}<br>{diagnostic.code}",
        _place(report, diagnostic.path, diagnostic.span, web),
        "<br>".join([_inline(diagnostic.message), *([] if what is None else [f"→ {_inline(what)}"])]),
        "<br>".join(_proof(report, diagnostic, web)),
    )
    return f"| {' | '.join(cells)} |\n"


def _proof(report: Report, diagnostic: Diagnostic, web: Web | None) -> Iterator[str]:
    if diagnostic.label is not None:
        yield _inline(diagnostic.label)
    for evidence in diagnostic.evidence[:_MOST]:
        yield _evidence(report, evidence, web)
    if len(diagnostic.evidence) > _MOST:
        yield f"and {len(diagnostic.evidence) - _MOST} more"
    yield from map(_inline, causes(diagnostic))


def _evidence(report: Report, evidence: Evidence, web: Web | None) -> str:
    said = _inline(evidence.text)
    if evidence.commit is not None and web is not None:
        short = evidence.commit[:7]
        said = said.replace(short, f'<a href="{web.commits}{evidence.commit}">{short}</a>', 1)
    if evidence.path is None or evidence.path in evidence.text:
        return said
    return f"{said} ({_place(report, evidence.path, evidence.span, web)})"


def _place(report: Report, path: str, span: Span | None, web: Web | None) -> str:
    """A file and its line, with a link to it as it is in the commit behind the tree."""
    shown = f"<code>{_escaped(_cut(place(report, path, span)))}</code>"
    head = report.tree.head
    if web is None or not isinstance(head, Commit) or path not in report.sources or len(path) > _LONGEST:
        return shown
    line = f"?plain=1#L{report.sources[path].position(span.start).line}" if span is not None else ""
    return f'<a href="{web.files}{head.id}/{uri(path)}{line}">{shown}</a>'


def _ending(report: Report, presentation: Presentation) -> Iterator[str]:
    open_ = list(unknown(report))
    open_ += (f"internal error in {one.code or 'the reading'} of {one.path}: {one.error}" for one in report.crashes)
    open_ += (f"`{one.path}` was not mended: {one.reason}" for one in report.unwritten)
    if open_:
        yield "\nWhat is not known:\n\n"
        yield from (f"- {_begun(_inline(line))}\n" for line in open_[:_LINES])
        if len(open_) > _LINES:
            yield f"- and {len(open_) - _LINES} more\n"
    mended = sum(report.fixed.values())
    told = [*([f"{count(mended, 'finding')} fixed"] if mended else []), *fixable(report, presentation.unsafe)]
    if report.diagnostics:
        told.append("`doclint explain CODE` tells more of a rule")
    if told:
        yield f"\n{_inline('; '.join(told))}\n"


def _inline(text: str) -> str:
    """``text`` as Markdown on one line that shows it and does nothing else; what stands in backticks is shown as code."""
    parts = _CODE.split(_cut(text))
    return "".join(f"<code>{_escaped(part)}</code>" if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _begun(inline: str) -> str:
    """The same at the beginning of a block, whose kind no sign in it says."""
    return inline if inline[:1].isalpha() or inline[:1] in "<&" else f"&#{ord(inline[0])};{inline[1:]}"


def _cut(text: str) -> str:
    shown = safe(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _escaped(text: str) -> str:
    return _MARKUP.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    match match.lastgroup:
        case "sign":
            return f"<span>{match[0]}</span>"
        case "slash":
            return "/<wbr>"
    return f"&#{ord(match[0])};"
