"""RF010: paths that a document calls its own."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import selves
from tests.checks.running import fixed, told

FILES: dict[str, Any] = {"files": ["src/load.py", "docs/OTHER.md"]}
PATH = "etl/docs/STATUS.md"


@pytest.mark.parametrize(
    "line",
    [
        "`docs/PLAN.md` (this file)",
        "docs/PLAN.md ← THIS FILE",
        "- **`docs/PLAN.md`**: this document",
        "- `docs/PLAN.md` — This doc.",
        "| a | b |\n| - | - |\n| `docs/PLAN.md` | This file |",
        "```\n├── docs/PLAN.md   # THIS FILE\n```",
        "```\n    PLAN.md  <- this file\n```",
    ],
)
def test_a_path_that_is_not_its_own(line: str) -> None:
    (found,) = told(selves, f"{line}\n", FILES, path=PATH)
    assert found.endswith(f"is called this file, which is `{PATH}`")


@pytest.mark.parametrize(
    "line",
    [
        "`etl/docs/STATUS.md` (this file)",
        "`docs/STATUS.md` (this file)",
        "`./STATUS.md` (this file)",
        "`STATUS.md` (this file)",
        "`project/etl/docs/STATUS.md` (this file)",
        "`docs/OTHER.md`: this file",
        "`src/gone.py`: this file",
        "`docs/PLAN.md` and this file",
        "`docs/PLAN.md` (this file holds the plan)",
        "See this file.",
        "```\n├── STATUS.md   # this file\n├── PLAN.md   # see this file\n```",
    ],
)
def test_its_own_path_or_another_files(line: str) -> None:
    assert told(selves, f"{line}\n", FILES, path=PATH) == []


def test_the_own_path_is_proposed() -> None:
    assert fixed(selves, "`docs/PLAN.md` (this file)\n", FILES, path=PATH, unsafe=True) == f"`{PATH}` (this file)\n"


def test_an_old_name_is_another_rules() -> None:
    moved = {"files": ["docs/PLAN.md"], "commits": [{"rename": {"docs/PLAN.md": "docs/MORE.md"}}]}
    assert told(selves, "`docs/PLAN.md` (this file)\n", moved, path=PATH) == []
