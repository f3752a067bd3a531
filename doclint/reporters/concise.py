"""The report with one line for each finding, for editors and pipes."""

from __future__ import annotations

from doclint.report import Presentation, Report
from doclint.terminal import inert
from doclint.wording import header


def render(report: Report, presentation: Presentation) -> str:
    """``path:line:column: CODE message`` for each finding, and nothing else."""
    lines = (header(report.sources[diagnostic.path], diagnostic) for diagnostic in report.diagnostics)
    return "".join(f"{inert(line) if presentation.runner else line}\n" for line in lines)
