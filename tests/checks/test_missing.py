"""CL006: finished items whose files Git has never held."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import missing
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told

REPOSITORY: dict[str, Any] = {
    "commits": [
        {"subject": "Start", "add": ["STATUS.md", "src/alarm.py", "src/mail.py", "docs/LEVELS.md", "docs/STATIONS.md"]},
        {"subject": "Other", "on": "other", "add": ["src/branch.py"]},
        {"subject": "Old", "add": ["lib/old.py"]},
        {"subject": "Clean up", "delete": ["lib/old.py"]},
    ],
    "ignored": ["src/generated/"],
}


def run(text: str, repository: dict[str, Any] | None = None, lifecycle: Lifecycle = Lifecycle.LIVING) -> list[str]:
    return told(missing, f"# Plan\n\n## Phase 1\n\n{text}\n", repository or REPOSITORY, lifecycle=lifecycle, of="items")


@pytest.mark.parametrize(
    "text",
    [
        "- [x] Create `src/none.py`",
        "- [x] Create src/none.py with two levels",
        "- [✅] `src/none.py` - levels",
        "- ✅ `src/none.py` created",
        "- ✅ Levels: `src/none.py`",
        "1. [x] Write `src/none.py`, as promised",
        "- [x] `src/none.py`",
    ],
)
def test_a_file_that_was_never_there(text: str) -> None:
    (line,) = run(text)
    assert line.endswith("the item is done, but no commit has ever held `src/none.py`")


def test_a_plan_that_is_ticked_claims_too() -> None:
    assert told(missing, "# Plan\n\n## Next steps\n\n- [x] Create `src/none.py`\n", REPOSITORY, of="items") == [
        "5:15 the item is done, but no commit has ever held `src/none.py`"
    ]


def test_the_nearest_name() -> None:
    text = "# Plan\n\n- [x] Create `src/mails.py`\n- [x] Create `src/zzz.py`\n"
    assert proofs(missing, text, REPOSITORY, of="items") == [["the nearest name in the tree is `src/mail.py`"], []]


def test_a_bare_name_needs_company() -> None:
    assert run("- [x] LEVEL.md - what\n- [x] LEVELS.md - which\n- [x] STATIONS.md - where") == [
        "5:7 the item is done, but no commit has ever held `LEVEL.md`"
    ]
    assert run("- [x] LEVEL.md - what\n- [x] LEVELS.md - which") == []
    assert run("- ✅ LEVEL.md - what\n- ✅ LEVELS.md - which\n- ✅ STATIONS.md - where") == []
    assert run("- [x] A.md\n- [x] B.md\n- [x] C.md\n- [x] D.md\n- [x] LEVELS.md\n- [x] STATIONS.md") == []


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] Create `src/none.py`",
        "- [-] Create `src/none.py`",
        "- [x] Create `src/alarm.py`",
        "- [x] Create `src/branch.py`",
        "- [x] Create `src/alarms/mail.py`",
        "- [x] Create `lib/old.py`",
        "- [x] Create `src/generated/none.py`",
        "- [x] Create `other/none.py`",
        "- [x] Create `../none/none.py`",
        "- [x] Create `src/none.csv`",
        "- [x] Create `src/.env.local`",
        "- [x] Create `src/none_v1.2.py`",
        "- [x] Create `src/none`",
        "- [x] Add `src/none.py` support",
        "- [x] Update `src/none.py`",
        "- [x] Delete `src/none.py`",
        "- [x] Retries as in `src/none.py`",
        "- [x] Create `src/none.py` → `src/mail.py`",
        "- [x] Create `src/none.py` (partial)",
        "- [x] Create `src/none.py` (deferred)",
        "- [x] Instead of `src/none.py`",
        "- 🔄 Create `src/none.py`",
        "- ✅ Uses Next.js",
    ],
)
def test_no_claim_that_git_refutes(text: str) -> None:
    assert run(text) == []


def test_other_repositories_and_other_times() -> None:
    foreign = "\n".join(f"- [x] Create `src/{name}.py`" for name in "abcdef")
    assert run(foreign) == []
    assert run("- [x] Create `src/none.py`", lifecycle=Lifecycle.HISTORICAL) == []
    log = "# Log\n\n## Session Log\n\n### 2026-02-18\n\nText.\n\n### 2026-02-16\n\n- [x] Create `src/none.py`\n"
    assert told(missing, log, REPOSITORY, of="items") == []


def test_what_a_shallow_clone_cannot_tell() -> None:
    assert run("- [x] Create `src/none.py`", {**REPOSITORY, "shallow": True}) == ["5:15 ? history is shallow"]


def outputs(text: str, repository: dict[str, Any] | None = None) -> list[str]:
    return told(missing, f"# Hub\n\n## Session A\n\n{text}\n", repository or REPOSITORY, of="units")


def test_an_output_that_never_was() -> None:
    text = "- **Status:** COMPLETE\n- **Output:** `src/mail.py`, `src/mails.py`\n"
    assert outputs(text) == ["6:31 `Session A` is `COMPLETE`, but no commit has ever held `src/mails.py`"]
    assert outputs(text, {**REPOSITORY, "shallow": True}) == ["6:31 ? history is shallow"]


@pytest.mark.parametrize(
    "text",
    [
        "- **Status:** In progress\n- **Output:** `src/mails.py`\n",
        "- **Status:** Mostly complete\n- **Output:** `src/mails.py`\n",
        "- **Status:** Complete (rest deferred)\n- **Output:** `src/mails.py`\n",
        "- **Status:** COMPLETE\n- **Output:** `src/mail.py`\n",
        "- **Status:** COMPLETE\n- **Output:** `data/rows.csv`, `none/mails.py`, `src/`\n",
        "- **Status:** COMPLETE\n- **Output:** `src/mails.py` (deleted since)\n",
        "- **Status:** COMPLETE\n\nReads `src/mails.py`.\n",
    ],
)
def test_units_that_have_what_they_claim(text: str) -> None:
    assert outputs(text) == []
