"""The report as Markdown that finds room in a comment on a pull request or merge request."""

from __future__ import annotations

from doclint.report import Presentation, Report
from doclint.reporters.markdown import within

LONGEST = 65_536
"""GitHub refuses comments that have more characters."""


def render(report: Report, presentation: Presentation) -> str:
    """What the ``markdown`` format says, in at most ``LONGEST`` characters; one beyond U+FFFF counts as two."""
    return within(report, presentation, LONGEST, lambda text: len(text.encode("utf-16-le")) // 2)
