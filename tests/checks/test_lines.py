"""RF008: lines beyond the end of a file."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import lines
from doclint.model.document import Lifecycle
from tests.checks.running import told

FILES: dict[str, Any] = {"files": {"src/load.py": "a\nb\nc\n", "a/x.py": "a\n", "b/x.py": "a\n", "logo.png": "a\0b"}}


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("`src/load.py:40` reads.", "line 40"),
        ("`src/load.py:40:5` reads.", "line 40"),
        ("`src/load.py:2-9` reads.", "lines 2-9"),
        ("`src/load.py#L2-L9` reads.", "lines 2-9"),
        ("src/load.py:40 reads.", "line 40"),
        ("src/load.py:2-9, too.", "lines 2-9"),
        ("`src/load.py` (lines 2–9) reads.", "lines 2-9"),
        ("`src/load.py` line 40 reads.", "line 40"),
        ("`src/load.py`:40 reads.", "line 40"),
        ("Lines 2-9 of `src/load.py` read.", "lines 2-9"),
        ("[it](src/load.py#L9)", "line 9"),
        ("[it](src/load.py#L2-L9)", "lines 2-9"),
        ("| File |\n| - |\n| load.py:40 |", "line 40"),
    ],
)
def test_lines_that_the_file_does_not_have(line: str, asked: str) -> None:
    (found,) = told(lines, f"{line}\n", FILES)
    assert found.endswith(f"`src/load.py` has no {asked}: it ends at line 3")


@pytest.mark.parametrize(
    "line",
    [
        "`src/load.py:3` reads.",
        "`src/load.py:4` reads.",
        "`src/load.py` (120 lines) reads.",
        "`src/load.py`: 120 rows are read.",
        "`src/load.py` reads 40 lines.",
        "src/load.py: 40",
        "src/load.py:40% done",
        "`x.py:40` reads.",
        "`src/gone.py:40` reads.",
        "[it](src/load.py#L3)",
        "# Log\n\n## 2026-02-05\n\n`src/load.py:40` was mended.",
        "- [ ] Write `src/load.py:40`",
        "**Files created:**\n\n- `src/load.py:40`",
    ],
)
def test_lines_that_are_there_or_not_spoken_of_today(line: str) -> None:
    assert told(lines, f"{line}\n", FILES) == []


def test_what_is_no_text_is_undecided() -> None:
    assert told(lines, "`logo.png:40`\n", FILES) == ["1:2 ? the file is no text"]


def test_only_living_documents_are_judged() -> None:
    assert told(lines, "`src/load.py:40`\n", FILES, lifecycle=Lifecycle.HISTORICAL) == []
