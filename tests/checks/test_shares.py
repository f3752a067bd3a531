"""SC005: fractions that refute each other, and sums with their addends."""

from __future__ import annotations

import pytest

from doclint.checks import sums
from tests.checks.running import told


def run(text: str) -> list[str]:
    return told(sums, f"# Plan\n\n{text}\n")


PARTS = "- **Phase 1**: 6/6 files\n- **Phase 2**: 2/4 files\n- **Phase 3**: 0/2 files\n"


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ("**Completed**: 9/12 files", "3:16 `9/12` is stated, but the 3 parts add up to 8/12"),
        ("**Completed**: 8/14 files", "3:16 `8/14` is stated, but the 3 parts add up to 8/12"),
        ("**Overall progress**: 75 % (9/12 files)", "3:29 `9/12` is stated, but the 3 parts add up to 8/12"),
    ],
)
def test_parts_refute_their_whole(whole: str, said: str) -> None:
    assert run(f"{whole}\n\n{PARTS}") == [said]


@pytest.mark.parametrize(
    "text",
    [
        f"**Completed**: 8/12 files\n\n{PARTS}",
        f"**Completed**: 1/3 phases\n\n{PARTS}",
        f"**Completed**: 9/14\n\n{PARTS}",
        f"**Coverage**: 9/14 files\n\n{PARTS}",
        "**Completed**: 7/9 files\n\n- **Phase 1**: 6/6 files\n- **Phase 2**: 2/4 files\n",
        f"**Completed**: 9/14 files\n\n## Log\n\n### 2026-02-03\n\n{PARTS}\n### 2026-02-02\n\nNothing\n",
        f"**Completed**: 9/12 files\n\n{PARTS}- **Phase 3**: 0/2 files\n",
    ],
)
def test_parts_of_something_else(text: str) -> None:
    assert run(text) == []


def test_a_part_is_given_twice() -> None:
    assert run("- **Phase 1**: 1/2 files\n- **Phase 1**: 2/2 files") == ["4:16 `Phase 1` is given as 2/2 here, and as 1/2 elsewhere"]
    assert run("## Phases\n\n**Phase 1**: 1/2\n\n## Phases\n\n**Phase 1**: 2/2") == [
        "9:14 `Phase 1` is given as 2/2 here, and as 1/2 elsewhere"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- **Phase 1**: 1/2 files\n- **Phase 1**: 2/3 rules",
        "- **Tests**: 1/2\n- **Tests**: 2/2",
        "## Ada\n\n**Phase 1**: 1/2\n\n## Bo\n\n**Phase 1**: 2/2",
        "- **Phase 1**: 1/2 files, 1/1 rules\n- **Phase 1**: 2/2 files",
    ],
)
def test_parts_of_two_things(text: str) -> None:
    assert run(text) == []


def test_a_totals_row_of_fractions() -> None:
    table = "| Lane | Stories |\n| --- | --- |\n| A | 1/2 |\n| B | 2/3 |\n| **Total** | {} |"
    assert run(table.format("3/6")) == ["7:15 `3/6` is stated, but the 2 rows add up to 3/5"]
    assert run(table.format("3/5")) == []
    assert run(table.format("60 %")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("18 files (6+2+4+4+3)", ["3:1 `18 files (6+2+4+4+3)` does not add up"]),
        ("All 12 rules ( 3 + 8 )", ["3:5 `12 rules ( 3 + 8 )` does not add up"]),
        ("12 rules (3+9)", []),
        ("12 rules (3+, 8+)", []),
        ("12 rules (+3, -8)", []),
        ("v1.12 rules (3+8)", []),
        ("12 rules (3+8 of them new)", []),
    ],
)
def test_addends(text: str, said: list[str]) -> None:
    assert run(text) == said
