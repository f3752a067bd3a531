"""TX005: what the parser's limits left unread is never left unsaid."""

from __future__ import annotations

from doclint.checks import limits
from tests.checks.running import told


def test_nesting_without_end_is_told() -> None:
    results = told(limits, "> " * 5000 + "[ ] text\n")
    assert len(results) >= 1
    assert all(" what stands here was not checked: " in result for result in results)


def test_an_ordinary_document_is_read_to_the_end() -> None:
    assert told(limits, "# Plan\n\n- a\n  - b\n    - c\n      - d\n") == []
