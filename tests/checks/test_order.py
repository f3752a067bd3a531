"""LG001: entries on the wrong side of another, in a log that otherwise runs in one direction."""

from __future__ import annotations

import pytest

from doclint.checks import order
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told


def run(*days: str, share: int = 80, lifecycle: Lifecycle = Lifecycle.LIVING) -> list[str]:
    return told(order, "# Log\n\n" + "".join(f"- {day} work\n" for day in days), share=share, lifecycle=lifecycle)


RISING = [f"2026-02-{day:02}" for day in (1, 3, 5, 7, 9)]


def test_an_old_entry_at_the_new_end() -> None:
    assert run(*RISING, "2026-01-20") == ["8:3 `2026-01-20` stands below `2026-02-09`, in a log that runs from old to new"]
    assert run("2026-01-20", *RISING[::-1]) == ["3:3 `2026-01-20` stands above `2026-02-09`, in a log that runs from new to old"]


def test_a_new_entry_at_the_old_end() -> None:
    assert run("2026-02-20", *RISING) == ["3:3 `2026-02-20` stands above `2026-02-01`, in a log that runs from old to new"]
    assert run(*RISING[::-1], "2026-02-20") == ["8:3 `2026-02-20` stands below `2026-02-01`, in a log that runs from new to old"]


def test_the_proof_is_the_neighbour() -> None:
    text = "# Log\n\n| Date | What |\n|---|---|\n" + "".join(f"| {day} | x |\n" for day in ("2026-02-20", *RISING))
    assert proofs(order, text, share=80) == [["`2026-02-01` is here"]]


def test_rows_whose_date_is_not_in_the_first_column() -> None:
    rows = "".join(f"| S{number} | {day} | done |\n" for number, day in enumerate(("2026-02-20", *RISING)))
    text = f"# N\n\n## Session log\n\n| Session | Date | Status |\n|---|---|---|\n{rows}"
    assert told(order, text, share=80) == ["7:8 `2026-02-20` stands above `2026-02-01`, in a log that runs from old to new"]


@pytest.mark.parametrize(
    "days",
    [
        RISING,
        RISING[::-1],
        ["2026-02-01", "2026-02-01", "2026-02-01", "2026-02-01", "2026-02-03", "2026-02-01"],
        ["2026-02-01", "2026-02-03 to 2026-02-08", "2026-02-05", "2026-02-07", "2026-02-09", "2026-02-10"],
        ["2026-02-01", "2026-02-09", "2026-02-02", "2026-02-08", "2026-02-03"],
        ["2026-02-09", "2026-02-07", "2026-02-05", "2026-01-01", "2026-01-03", "2026-01-05", "2026-01-07"],
        ["2026-02-03", "2026-02-01"],
    ],
    ids=["rising", "falling", "two days", "a range", "no direction", "two logs", "too few"],
)
def test_logs_in_order(days: list[str]) -> None:
    assert run(*days) == []


def test_the_share() -> None:
    days = [*RISING, "2026-01-20"]
    assert run(*days, share=90) == []
    assert run(*days, lifecycle=Lifecycle.HISTORICAL) == []
