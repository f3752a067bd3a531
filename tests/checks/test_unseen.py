"""RF005 and RF012: paths that no commit ever held."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import unseen
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told

FILES: dict[str, Any] = {"files": ["src/load.py", "docs/adr/ADR-7.md"], "ignored": ["plot.md"]}


@pytest.mark.parametrize(
    "text",
    [
        "**Files created:**\n\n- `src/plot.py`\n",
        "### Created (13 files)\n\n- `src/plot.py`\n",
        "## Files Created\n\n**Code (1):**\n\n- `src/plot.py`\n",
        "- **Files created:**\n  - `src/plot.py`\n",
        "| Files created | Lines |\n| - | - |\n| `src/plot.py` | 3 |\n",
        "# Log\n\n## 2026-02-05\n\nText.\n\n## 2026-02-03\n\n**New files created:**\n\n- `src/plot.py`\n",
        "## 作成ファイル\n\n- `src/plot.py`\n",
    ],
)
def test_a_file_that_was_never_created(text: str) -> None:
    (line,) = told(unseen, text, FILES, claim="created")
    assert line.endswith("`src/plot.py` was never created: no commit of any branch holds it")


@pytest.mark.parametrize(
    "text",
    [
        "**Files to create:**\n\n- `src/plot.py`\n",
        "**Files to change:**\n\n- `src/plot.py`\n",
        "## Next steps\n\n**Files created:**\n\n- `src/plot.py`\n",
        "**Files created:**\n\n- `src/load.py`\n- `load.py`\n- `other/plot.py`\n- `plot.py`\n- `docs/load.py`\n",
        "**Files created:**\n\n- `src/plot.png`\n- [x] `src/plot.py`\n",
        "**Files created:**\n\n- `src/plot.py` was removed again\n- `src/*.py`\n- [plot](src/plot.py)\n",
    ],
)
def test_what_was_created_or_is_not_said_to_be(text: str) -> None:
    assert told(unseen, text, FILES, claim="created") == []


def test_a_file_of_that_name_was_there_once() -> None:
    once = {**FILES, "commits": [{"on": "topic", "add": ["lib/plot.py"]}]}
    assert told(unseen, "**Files created:**\n\n- `src/plot.py`\n", once, claim="created") == []


def test_ignored_shallow_and_external_are_undecided() -> None:
    text = "**Files created:**\n\n- `src/plot.md`\n"
    assert told(unseen, text, FILES, claim="created") == ["3:4 ? the path is ignored, or may be"]
    assert told(unseen, text, {**FILES, "shallow": True}, claim="created") == ["3:4 ? history is shallow"]
    assert told(unseen, text, FILES, claim="created", external=("src",)) == [
        "3:4 ? the path belongs to another repository (external-roots)"
    ]


def test_a_slip_of_the_pen_is_named() -> None:
    assert proofs(unseen, "**Files created:**\n\n- `src/loader.py`\n", FILES, claim="created") == [["did you mean `src/load.py`?"]]


def test_a_file_that_is_said_to_be_there() -> None:
    assert told(unseen, "Rows are read by `src/plot.py`.\n", FILES, claim="exists") == [
        "1:19 `src/plot.py` never existed: no commit of any branch holds it"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rows are read by src/plot.py.\n",
        "- [ ] Write `src/plot.py`\n",
        "# Log\n\n## 2026-02-05\n\n`src/plot.py` reads.\n",
        "**Files created:**\n\n- `src/plot.py`\n",
        "## Next steps\n\n`src/plot.py` reads.\n",
    ],
)
def test_what_is_not_said_to_be_there(text: str) -> None:
    assert told(unseen, text, FILES, claim="exists") == []


def test_documents_that_claim_nothing() -> None:
    text = "**Files created:**\n\n- `src/plot.py`\n"
    assert told(unseen, text, FILES, claim="created", lifecycle=Lifecycle.PLANNED) == []
    assert len(told(unseen, text, FILES, claim="created", lifecycle=Lifecycle.HISTORICAL)) == 1
    assert told(unseen, "`src/plot.py` reads.\n", FILES, claim="exists", lifecycle=Lifecycle.HISTORICAL) == []
