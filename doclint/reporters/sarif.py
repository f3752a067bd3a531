"""The report as SARIF 2.1.0, within what GitHub's code scanning takes."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from doclint import __version__
from doclint.diagnostic import Diagnostic, Evidence, Fix, Severity
from doclint.late import late
from doclint.repo.facts import Commit
from doclint.report import Presentation, Report, Suppressed, Web
from doclint.reporters.json import judged, line
from doclint.resources import read
from doclint.rule import Rule, shipped
from doclint.text import Edit, Source, Span
from doclint.wording import causes, count, proof, remedy, uri

# What GitHub takes of a file and of a run, and what it reads of a rule's texts and of a result's and a notification's places.
LARGEST = 10_000_000
MOST = 25_000
_TEXT = 1024
_PLACES = 100

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GRAVITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_PRECISION = {Severity.ERROR: "very-high", Severity.WARNING: "high", Severity.INFO: "medium"}
_ROOT = "%SRCROOT%"
_EXAMPLES = "\n## Examples\n"
_FRONT = late(r"---\n.*?\n---\n", re.DOTALL)
_NEIGHBOUR = late(r"\[([^\]]+)\]\([^)\s:]+\.md(?:#[^)\s]*)?\)")
_LINK = late(r"\[([^\]\n]*)\](?=\()")
_MARKS = late(r"[\\\[\]]")


class _Result(NamedTuple):
    """What becomes a result: a finding, and who keeps it back, if anybody does."""

    diagnostic: Diagnostic
    suppressed: Suppressed | None


def render(report: Report, presentation: Presentation) -> str:
    """One run. Columns count UTF-16 code units; paths are seen from the repository's top.

    The gravest findings come first and suppressed ones last. Where there are more than GitHub takes of a run, or than fit into the largest
    file that it takes, the last are left out, and a notification counts them.
    """
    order = sorted(report.diagnostics, key=lambda diagnostic: diagnostic.severity.rank)
    results = [*(_Result(diagnostic, None) for diagnostic in order), *(_Result(one.diagnostic, one) for one in report.suppressed)]
    kept = min(len(results), MOST)
    while True:
        text = line(_log(report, presentation, results[:kept], results[kept:]))
        if kept == 0 or _fits(text):
            return text
        kept = kept * 3 // 4


def _fits(text: str) -> bool:
    data = text.encode()
    return len(data) <= LARGEST or len(gzip.compress(data, mtime=0)) <= LARGEST


def _log(report: Report, presentation: Presentation, results: Sequence[_Result], left_out: Sequence[_Result]) -> dict[str, Any]:
    codes = sorted({one.diagnostic.code for one in results} | {one.code for one in report.open})
    rules = [report.rules[code] for code in codes]
    index = {code: number for number, code in enumerate(codes)}
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "doclint", "semanticVersion": __version__, "rules": list(map(_rule, rules))}},
                "automationDetails": {"id": "doclint/"},
                "columnKind": "utf16CodeUnits",
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The top of the repository"}}},
                **_provenance(report, presentation.web),
                "invocations": [
                    {
                        "executionSuccessful": not (report.crashes or report.unwritten),
                        "toolExecutionNotifications": list(_notifications(report, index, left_out)),
                    }
                ],
                "results": [_result(report, one, index) for one in results],
                "properties": {"tree": judged(report.tree)},
            }
        ],
    }


def _provenance(report: Report, web: Web | None) -> dict[str, Any]:
    """Where the tree comes from: SARIF asks for an address, which only the environment of a build tells."""
    head = report.tree.head
    if web is None or not isinstance(head, Commit):
        return {}
    return {"versionControlProvenance": [{"repositoryUri": web.repository, "revisionId": head.id, "mappedTo": {"uriBaseId": _ROOT}}]}


def _rule(rule: Rule) -> dict[str, Any]:
    more = f"`doclint explain {rule.code}` tells more."
    help = f"{rule.help[:1].upper()}{rule.help[1:]}. {more}" if rule.help else more
    page = _page(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _short(rule.summary)},
        "fullDescription": {"text": _short(_paragraph(page) or rule.summary)},
        "help": {"text": help, "markdown": f"{help}\n{page}" if page else help},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {
            "precision": _PRECISION[rule.severity],
            "problem.severity": _GRAVITY[rule.severity],
            "tags": ["documentation", rule.family.lower()],
        },
    }


def _page(rule: Rule) -> str:
    """What the rule's page says, without its examples; its links to other pages lead nowhere from here. Empty for a rule of one's own."""
    if rule not in shipped():
        return ""
    page, _, _ = _FRONT.sub("", read("rules", rule.page), count=1).partition(_EXAMPLES)
    return _NEIGHBOUR.sub(r"\1", page[page.index("\n## ") :] if "\n## " in page else page)


def _paragraph(page: str) -> str:
    """The first paragraph below a heading of ``page``, on one line."""
    paragraphs = (paragraph for paragraph in page.split("\n\n") if paragraph.strip() and not paragraph.lstrip().startswith("#"))
    return " ".join(next(paragraphs, "").split())


def _short(text: str) -> str:
    return text if len(text) <= _TEXT else f"{text[: _TEXT - 1]}…"


def _notifications(report: Report, index: dict[str, int], left_out: Sequence[_Result]) -> Iterator[dict[str, Any]]:
    if left_out:
        kinds = Counter("suppressed" if one.suppressed else one.diagnostic.severity.value for one in left_out)
        said = ", ".join(f"{kinds[kind]} {kind}" for kind in (*Severity, "suppressed") if kinds[kind])
        yield _notification(f"{count(len(left_out), 'result')} left out, because GitHub takes no more: {said}", "warning")
    asked: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in report.open:
        asked.setdefault((one.reason, one.code), []).append(_location(report.sources[one.path], one.span))
    for (reason, code), places in sorted(asked.items(), key=lambda item: item[0]):
        said = f"{reason}: {code} could not decide {count(len(places), 'question')}{remedy(report, reason)}"
        rule = {"associatedRule": {"id": code, "index": index[code]}}
        yield {**_notification(said, "note", places[:_PLACES]), **rule}
    unread = [(one, "read") for one in report.unread] + [(one, "mended") for one in report.unwritten]
    unread += [(one, "compared with what was") for one in (report.since.unread if report.since else ())]
    for lost, verb in unread:
        yield _notification(f"the document could not be {verb}: {lost.reason}", "warning", [_file(lost.path)])
    for crash in report.crashes:
        yield _notification(f"internal error in {crash.code or 'the reading'}: {crash.error}", "error", [_file(crash.path)])


def _notification(text: str, level: str, places: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    return {"level": level, "message": {"text": text}, **({"locations": list(places)} if places else {})}


def _result(report: Report, one: _Result, index: dict[str, int]) -> dict[str, Any]:
    diagnostic, suppressed = one
    source = report.sources[diagnostic.path]
    places = _places(report, diagnostic)
    result = {
        "ruleId": diagnostic.code,
        "ruleIndex": index[diagnostic.code],
        "level": _LEVEL[diagnostic.severity],
        "message": {"text": _message(report, diagnostic, list(places))},
        "locations": [_location(source, diagnostic.span)],
        "partialFingerprints": {"doclint/v1": diagnostic.fingerprint},
    }
    if places:
        result["relatedLocations"] = [
            {"id": number, **place, "message": {"text": evidence.text}} for number, (evidence, place) in enumerate(places.items(), 1)
        ]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(source, diagnostic.fix)]
    if report.baseline is not None:
        # What the document itself keeps back is in no baseline either.
        result["baselineState"] = "unchanged" if suppressed is not None and suppressed.kind == "external" else "new"
    if suppressed is not None:
        why = {"justification": suppressed.justification} if suppressed.justification else {}
        result["suppressions"] = [{"kind": suppressed.kind, **why}]
    return result


def _places(report: Report, diagnostic: Diagnostic) -> dict[Evidence, dict[str, Any]]:
    """The evidence that stands in a document of the report, or on a line of another file, and where."""
    found: dict[Evidence, dict[str, Any]] = {}
    for one in diagnostic.evidence[:_PLACES]:
        source = None if one.path is None else report.sources.get(one.path)
        if source is not None and one.span is not None:
            found[one] = _location(source, one.span)
        elif one.path is not None and one.line is not None:
            found[one] = _file(one.path)
            found[one]["physicalLocation"]["region"] = {"startLine": one.line}
    return found


def _message(report: Report, diagnostic: Diagnostic, placed: Sequence[Evidence]) -> str:
    """What was found, and its proof; a proof that has a place links to it (SARIF 2.1.0, section 3.11.6)."""
    lines = [_literal(diagnostic.message)]
    if diagnostic.label is not None:
        lines.append(_literal(diagnostic.label))
    for one in diagnostic.evidence:
        if one in placed:
            words = _MARKS.sub(r"\\\g<0>", one.text)
            lines.append(f"[{words}]({placed.index(one) + 1})")
        else:
            lines.append(_literal(proof(report, one)))
    return "\n".join([*lines, *map(_literal, causes(diagnostic))])


def _literal(text: str) -> str:
    """``text`` with no link in it."""
    return _LINK.sub(r"\\[\1\\]", text)


def _location(source: Source, span: Span) -> dict[str, Any]:
    place = _file(source.path)
    place["physicalLocation"]["region"] = _region(source, span)
    return place


def _file(path: str) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(path)}}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": uri(path), "uriBaseId": _ROOT}


def _region(source: Source, span: Span) -> dict[str, int]:
    start, end = source.encoded(span.start, "utf-16"), source.encoded(span.end, "utf-16")
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    change = {"artifactLocation": _artifact(source.path), "replacements": [_replacement(source, edit) for edit in fix.edits]}
    return {"description": {"text": fix.title}, "artifactChanges": [change], "properties": {"safe": fix.safe}}


def _replacement(source: Source, edit: Edit) -> dict[str, Any]:
    """What an edit takes away and puts there; GitHub takes no empty text."""
    inserted = {"insertedContent": {"text": edit.replacement}} if edit.replacement else {}
    return {"deletedRegion": _region(source, edit.span), **inserted}
