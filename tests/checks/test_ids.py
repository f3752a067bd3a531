"""RF011: ids that nothing defines."""

from __future__ import annotations

import pytest

from doclint.checks import ids
from tests.checks.running import told

TABLE = "| ID | What |\n| - | - |\n| REQ-1 | a |\n| **REQ-2** | b |\n| `REQ-3` | c |\n"


def test_an_id_of_a_series_that_nothing_defines() -> None:
    assert told(ids, f"{TABLE}\nREQ-1, REQ-4 and REQ-4 again, and REQ-5.\n") == [
        "7:8 `REQ-4` is defined nowhere",
        "7:35 `REQ-5` is defined nowhere",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "REQ-2, UTF-8, ADR-7 and ISO-8601.",
        "## REQ-4: Rows\n\nREQ-4 is done.",
        "- [ ] REQ-4: rows\n\nREQ-4 is open.",
        "## Template\n\nREQ-4",
        "`src/REQ-4.md`",
    ],
)
def test_what_is_defined_or_of_another_series(text: str) -> None:
    assert told(ids, f"{TABLE}\n{text}\n") == []


def test_two_rows_define_no_series() -> None:
    assert told(ids, "| ID | What |\n| - | - |\n| REQ-1 | a |\n| REQ-2 | b |\n\nREQ-4\n") == []
