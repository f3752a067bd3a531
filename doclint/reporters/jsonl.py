"""The report with one JSON object on a line for each finding, for programs that read as they go."""

from __future__ import annotations

from doclint.report import Presentation, Report
from doclint.reporters.json import finding, line


def render(report: Report, presentation: Presentation) -> str:
    """A line for each finding, with what ``findings`` holds in the JSON report (``schemas/report.schema.json``); no findings, no lines."""
    return "".join(line(finding(report, diagnostic)) for diagnostic in report.diagnostics)
