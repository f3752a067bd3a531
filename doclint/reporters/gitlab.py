"""The report as GitLab reads it for the code quality of a merge request."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from doclint.diagnostic import Diagnostic, Severity
from doclint.report import Presentation, Report
from doclint.reporters.json import dump
from doclint.terminal import safe
from doclint.wording import advice

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, presentation: Presentation) -> str:
    """An array with an object for each finding. Paths are seen from the repository's top, and no two fingerprints are alike."""
    seen: Counter[tuple[str, str]] = Counter()
    issues: list[dict[str, Any]] = []
    for diagnostic in report.diagnostics:
        key = diagnostic.path, diagnostic.fingerprint
        seen[key] += 1
        issues.append(_issue(report, diagnostic, seen[key]))
    return dump(issues)


def _issue(report: Report, diagnostic: Diagnostic, number: int) -> dict[str, Any]:
    source = report.sources[diagnostic.path]
    what = advice(report, diagnostic)
    # GitLab keeps one finding of a fingerprint, in all files together.
    identity = f"{diagnostic.fingerprint} {number} {diagnostic.path}"
    return {
        # It is all that a merge request shows, beside the place.
        "description": safe(f"{diagnostic.code}: {diagnostic.message}{f'; {what}' if what else ''}"),
        "check_name": diagnostic.name,
        "fingerprint": hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _SEVERITY[diagnostic.severity],
        "location": {
            "path": diagnostic.path,
            "lines": {"begin": source.position(diagnostic.span.start).line, "end": source.position(diagnostic.span.end).line},
        },
    }
