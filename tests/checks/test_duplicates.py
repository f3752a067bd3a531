"""LG006: log entries that stand in their document twice."""

from __future__ import annotations

import pytest

from doclint.checks import duplicates
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told


def run(text: str, **rest: object) -> list[str]:
    return told(duplicates, text, **{"words": 5, **rest})  # type: ignore[arg-type]


def test_items() -> None:
    text = "# Log\n\n- 2026-02-03: read the station list again\n- 2026-02-05: more\n- 2026-02-03: Read the  station list again\n"
    assert run(text) == ["5:3 this entry of `2026-02-03` stands in line 3 already"]
    assert proofs(duplicates, text, words=5) == [["the first one is here"]]


def test_sections_are_compared_as_a_whole() -> None:
    one, two = "### 2026-02-03: Work\n\nWe read the station list.\n\n", "### 2026-02-03: Work\n\nWe stored what it said.\n\n"
    assert run(f"# S\n\n## Session log\n\n{one}{two}") == []
    assert run(f"# S\n\n## Session log\n\n{one}{two}{one}") == ["13:5 this entry of `2026-02-03` stands in line 5 already"]


@pytest.mark.parametrize(
    "second", ["2026-02-04: read the station list again", "2026-02-03: read the station list once", "2026-02-03: read docs/a of the list"]
)
def test_another_entry(second: str) -> None:
    assert run(f"# Log\n\n- 2026-02-03: read the station list again\n- {second}\n") == []


def test_short_entries_and_archives() -> None:
    assert run("# Log\n\n- 2026-02-03: it all works\n- 2026-02-03: it all works\n") == []
    text = "# Log\n\n- 2026-02-03: read the station list again\n- 2026-02-03: read the station list again\n"
    assert run(text, lifecycle=Lifecycle.HISTORICAL) == []
    assert run(text, words=6) == []
