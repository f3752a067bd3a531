"""The report for programs: ``schemas/report.schema.json`` describes it, and its version is part of it."""

from __future__ import annotations

import json
import re
from typing import Any

from doclint import __version__
from doclint.diagnostic import Diagnostic, Evidence, Fix, Severity
from doclint.late import late
from doclint.repo.facts import Base, Commit
from doclint.report import Baselined, Presentation, Report, Since, Tree
from doclint.text import Source, Span

VERSION = 1
_SURROGATE = late("[\ud800-\udfff]")
# Not printable, no characters at all, or read from right to left, though JSON lets them stand as they are.
_UNSEEN = late(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def render(report: Report, presentation: Presentation) -> str:
    """One JSON object. Lines and columns count from 1, columns in code points; a byte of a name that is not UTF-8 stands as ``\\xff``."""
    return dump(value(report))


def dump(data: object) -> str:
    """``data`` as JSON that is strict UTF-8 and means nothing to a terminal or to the log of a build."""
    return _inert(json.dumps(plain(data), ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def line(data: object) -> str:
    """The same on one line."""
    return _inert(json.dumps(plain(data), ensure_ascii=False, allow_nan=False)) + "\n"


def _inert(text: str) -> str:
    # A hash mark stands in strings only, where the bracket behind it can be written otherwise.
    return _UNSEEN.sub(lambda match: json.dumps(match[0])[1:-1], text.replace("##[", "##\\u005b"))


def value(report: Report) -> dict[str, Any]:
    """The report as a JSON value."""
    return {
        "version": VERSION,
        "tool": {"name": "doclint", "version": __version__},
        "tree": {**judged(report.tree), **_standing(report.tree), "since": None if report.since is None else _since(report.since)},
        "findings": [finding(report, diagnostic) for diagnostic in report.diagnostics],
        "baseline": None if report.baseline is None else _baseline(report, report.baseline),
        "undecided": [
            {"code": one.code, "path": one.path, "line": report.sources[one.path].position(one.span.start).line, "reason": one.reason}
            for one in report.open
        ],
        "documents": [{"path": one.path, "type": one.type, "why": one.why} for one in report.documents],
        "unread": [{"path": one.path, "reason": one.reason} for one in report.unread],
        "fixed": [{"path": path, "findings": number} for path, number in sorted(report.fixed.items())],
        "unwritten": [{"path": one.path, "reason": one.reason} for one in report.unwritten],
        "failures": [{"code": one.code, "path": one.path, "error": one.error} for one in report.crashes],
        "summary": {
            "documents": len(report.documents),
            "findings": len(report.diagnostics),
            **{severity.value: report.count(severity) for severity in Severity},
            "undecided": len(report.open),
            "suppressed": len(report.suppressed) - report.baselined,
            "baselined": report.baselined,
            "fixed": sum(report.fixed.values()),
        },
    }


def _baseline(report: Report, baseline: Baselined) -> dict[str, Any]:
    return {
        "path": baseline.path,
        "entries": sum(entry.count for entry in baseline.entries),
        "known": [finding(report, one.diagnostic) for one in report.suppressed if one.kind == "external"],
        "stale": [
            {"code": one.code, "path": one.path, "fingerprint": one.fingerprint, "count": one.count, "message": one.message}
            for one in baseline.stale
        ],
    }


def judged(tree: Tree) -> dict[str, Any]:
    """Which tree was judged, and what stands behind it."""
    head, base = tree.head, tree.base
    return {
        "origin": tree.origin,
        "head": head.id if isinstance(head, Commit) else None,
        "base": {"name": base.name, "commit": base.commit.id} if isinstance(base, Base) else None,
    }


def _standing(tree: Tree) -> dict[str, Any]:
    return {"upstream": None if tree.upstream is None else tree.upstream._asdict(), "uncommitted": tree.uncommitted}


def _since(since: Since) -> dict[str, Any]:
    return {
        "name": since.range.name,
        "commit": since.range.tip.id,
        "fork": since.range.fork.id,
        "known": since.known,
        "unread": [{"path": one.path, "reason": one.reason} for one in since.unread],
    }


def finding(report: Report, diagnostic: Diagnostic) -> dict[str, Any]:
    """A finding as a JSON value."""
    source = report.sources[diagnostic.path]
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "path": diagnostic.path,
        **_place(source, diagnostic.span),
        "message": diagnostic.message,
        "evidence": [_evidence(report, evidence) for evidence in diagnostic.evidence],
        "causes": None if diagnostic.causes is None else [_evidence(report, cause) for cause in diagnostic.causes],
        "fix": None if diagnostic.fix is None else _fix(source, diagnostic.fix),
        "fingerprint": diagnostic.fingerprint,
    }


def _place(source: Source, span: Span) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}


def _evidence(report: Report, evidence: Evidence) -> dict[str, Any]:
    parts = ("commit", "date", "subject", "path", "ref", "line")
    said = {part: getattr(evidence, part) for part in parts if getattr(evidence, part) is not None}
    source = report.sources.get(evidence.path) if evidence.path is not None else None
    place = _place(source, evidence.span) if source is not None and evidence.span is not None else {}
    return {"kind": evidence.kind, "text": evidence.text, **said, **place}


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    edits = [{**_place(source, edit.span), "replacement": edit.replacement} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def plain(data: Any) -> Any:
    """``data`` with strings that are Unicode: a byte of a name that is not UTF-8 stands as ``\\xff``."""
    match data:
        case str():
            return _SURROGATE.sub(_byte, data)
        case dict():
            return {plain(key): plain(item) for key, item in data.items()}
        case list() | tuple():
            return [plain(item) for item in data]
    return data


def _byte(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
