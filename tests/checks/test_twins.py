"""Sections that stand twice."""

from __future__ import annotations

from doclint.checks import twins
from doclint.model.document import Lifecycle
from tests.checks.running import told

TWICE = "# Handoff\n\n## Next Steps\n\n- a\n\n## Done\n\nx\n\n## next steps\n\n- b\n"


def test_a_second_one() -> None:
    assert told(twins, TWICE) == ["11:1 a second section `next steps` beside the first; one of them is not the one that is kept"]


def test_under_other_parents_or_without_content_or_in_an_archive() -> None:
    assert told(twins, "# A\n\n## Next Steps\n\n- a\n\n# B\n\n## Next Steps\n\n- b\n") == []
    assert told(twins, TWICE.replace("- b\n", "")) == []
    assert told(twins, TWICE, lifecycle=Lifecycle.HISTORICAL) == []


def test_sections_that_repeat_by_nature() -> None:
    assert told(twins, "# Log\n\n## Example\n\na\n\n## Example\n\nb\n") == []
