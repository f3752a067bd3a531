"""SC004: values that a form left to be filled in."""

from __future__ import annotations

import pytest

from doclint.checks import placeholders
from doclint.model.document import Lifecycle
from tests.checks.running import told

FILLED = "**Status:** active\n**Base:** main\n**Owner:** Ines\n**Branch:** coast\n**Goal:** tides\n"


def run(text: str, lifecycle: Lifecycle = Lifecycle.LIVING) -> list[str]:
    return told(placeholders, f"# Plan\n\n{FILLED}{text}\n", lifecycle=lifecycle)


@pytest.mark.parametrize(
    "value",
    [
        "[Date]",
        "[timestamp]",
        "[YYYY-MM-DD]",
        "YYYY-MM-DD",
        "YYYY-MM-DD HH:MM UTC",
        "[Your name]",
        "[insert the date]",
        "{{date}}",
        "TBD",
    ],
)
def test_a_value_that_nobody_filled_in(value: str) -> None:
    assert run(f"**Last updated:** {value}") == [f"8:19 `Last updated` still holds the placeholder `{value}`"]


def test_a_value_in_code() -> None:
    assert run("**Last updated:** `<date>`") == ["8:20 `Last updated` still holds the placeholder `<date>`"]


def test_an_italic_footer() -> None:
    assert run("\n## End\n\n*Last updated: [Date]*") == ["11:16 `Last updated` still holds the placeholder `[Date]`"]


def test_cells_of_statuses_owners_branches_and_dates() -> None:
    table = "\n## Lanes\n\n| Lane | Status | Owner | Note |\n| - | - | - | - |\n| a | Done | [name] | [name] |\n"
    assert run(table) == ["13:14 `Owner` still holds the placeholder `[name]`"]


@pytest.mark.parametrize(
    "text",
    [
        "**Last updated:** 2026-02-18",
        "**Dates:** write YYYY-MM-DD",
        "**Dates:** DD/MM/YYYY",
        "**File name:** YYYY-MM-DD",
        "**Start:** TBD",
        "**Link:** [Date](x.md)",
        "\n## A\n\n**Date:** [Date]\n**Author:** [name]",
        "\n## A\n\n**Date:** [Date]\n**Mails:** [X]",
        "\n## A\n\n**Date:** [Date]\n\n## B\n\n**Date:** [Date]\n\n## C\n\n**Date:** [Date]",
        "\n## Template\n\n**Date:** [Date]",
        "\n```\n**Date:** [Date]\n```",
        "\n## Session Log\n\n### 2026-02-18\n\nText.\n\n### 2026-02-16\n\n**Date:** [Date]",
    ],
)
def test_no_placeholder_of_a_filled_in_document(text: str) -> None:
    assert run(text) == []


def test_a_form_is_to_be_filled_in() -> None:
    assert told(placeholders, "# Plan\n\n**Last updated:** [Date]\n") == []
    assert run("**Last updated:** [Date]", Lifecycle.EXAMPLE) == []
    assert run("**Last updated:** [Date]", Lifecycle.HISTORICAL) == []


def test_the_last_update_of_a_list_of_work() -> None:
    done = "".join(f"- ✅ Gauge {number}\n" for number in range(5))
    form = "".join(f"- ⏳ Gauge {number}\n" for number in range(5))
    assert told(placeholders, f"# Progress\n\n{done}\nLast Updated: [Current Date]\n") == [
        "9:15 `Last Updated` still holds the placeholder `[Current Date]`"
    ]
    assert told(placeholders, f"# Progress\n\n{form}\nLast Updated: [Current Date]\n") == []
    assert told(placeholders, f"# Progress\n\n{done}\nOwner: [name]\n") == []
