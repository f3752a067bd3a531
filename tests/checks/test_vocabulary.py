"""ST009: values among statuses that are none."""

from __future__ import annotations

import pytest

from doclint.checks import vocabulary
from doclint.model.document import Lifecycle
from tests.checks.running import fixed, proofs, told


def column(*values: str) -> str:
    rows = "".join(f"| {number} | {value} |\n" for number, value in enumerate(("Done", "Todo", "In progress", "Blocked", *values)))
    return f"# Plan\n\n| Task | Status |\n| --- | --- |\n{rows}"


def test_a_slip() -> None:
    assert told(vocabulary, column("IN PROGESS")) == ["9:7 `IN PROGESS` is no known status; did you mean `IN PROGRESS`?"]
    assert proofs(vocabulary, column("IN PROGESS")) == [["4 other values of the column are statuses"]]
    assert fixed(vocabulary, column("**Complted**"), unsafe=True) == column("**Completed**")
    assert fixed(vocabulary, column("**Complted**")) == column("**Complted**")


def test_a_word_of_its_own() -> None:
    assert told(vocabulary, column("Simmering")) == ["9:7 `Simmering` is no known status"]


def test_a_status_line() -> None:
    assert told(vocabulary, "# Plan\n\n**Status:** Compelte\n") == ["3:13 `Compelte` is no known status; did you mean `Complete`?"]
    assert told(vocabulary, "# Plan\n\n**Status:** Simmering\n") == []


@pytest.mark.parametrize(
    "value",
    ["", "-", "\u2014", "n/a", "v2.1", "2026-02-03", "works on both phones now", "50 %", "see `x.md`", "WS-2", "mostly", "\U0001f7e2"],
)
def test_values_that_are_no_words(value: str) -> None:
    assert told(vocabulary, column(value)) == []


def test_free_text() -> None:
    assert told(vocabulary, column("Simmering", "Baking", "Frying")) == []
    assert told(vocabulary, column("Simmering"), lifecycle=Lifecycle.EXAMPLE) == []
    assert told(vocabulary, column("Simmering").replace("# Plan", "# Plan\n\n## Legend")) == []
