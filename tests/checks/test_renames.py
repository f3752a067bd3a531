"""RF003: paths of files that have moved."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import renames
from doclint.model.document import Lifecycle
from tests.checks.running import fixed, proofs, told

MOVED: dict[str, Any] = {
    "files": ["src/load.py", "src/store.py", "docs/plan_v1.md"],
    "commits": [
        {"subject": "Move the loader", "rename": {"src/load.py": "lib/load_rows.py"}, "date": "2026-02-03"},
        {"subject": "Plan anew", "rename": {"docs/plan_v1.md": "docs/plan_v2.md"}, "date": "2026-02-04"},
    ],
}


@pytest.mark.parametrize(("line", "column"), [("`src/load.py` reads.", 2), ("See src/load.py now.", 5), ("- **Files:** `src/load.py`", 15)])
def test_a_path_of_today_that_moved(line: str, column: int) -> None:
    text = f"# Notes\n\n{line}\n"
    assert told(renames, text, MOVED) == [f"3:{column} `src/load.py` was renamed to `lib/load_rows.py`"]
    once = fixed(renames, text, MOVED)
    assert once == text.replace("src/load.py", "lib/load_rows.py")
    assert told(renames, once, MOVED) == []


def test_the_proof_is_the_commit() -> None:
    ((proof,),) = proofs(renames, "`src/load.py` reads.\n", MOVED)
    assert proof.startswith("renamed to `lib/load_rows.py` in ")
    assert proof.endswith(" on 2026-02-03 (Move the loader)")


def test_a_line_range_stays() -> None:
    assert fixed(renames, "`src/load.py:5` reads.\n", MOVED) == "`lib/load_rows.py:5` reads.\n"


@pytest.mark.parametrize(
    "text",
    [
        "`src/store.py` stores.",
        "`src/never.py` reads.",
        "`src/load.py` → `lib/load_rows.py`",
        "Deleted `src/load.py`.",
        "`src/load.py` was replaced by the store.",
        "- [ ] Create `src/load.py`",
        "## Next Steps\n\n`src/load.py` reads.",
        "## Legend\n\n`src/load.py` reads.",
        "```\nsrc/load.py\n```",
    ],
)
def test_a_path_that_claims_nothing_or_is_there(text: str) -> None:
    assert told(renames, f"# Notes\n\n{text}\n", MOVED) == []


def test_past_entries_and_dated_documents_are_infos_without_a_safe_fix() -> None:
    text = "# Log\n\n## 2026-02-05\n\nText.\n\n## 2026-02-01\n\n`src/load.py` reads.\n"
    assert told(renames, text, MOVED) == ["9:2 [info] `src/load.py` was renamed to `lib/load_rows.py`"]
    assert fixed(renames, text, MOVED) == text
    note = "`src/load.py` reads.\n"
    assert told(renames, note, MOVED, lifecycle=Lifecycle.HISTORICAL) == ["1:2 [info] `src/load.py` was renamed to `lib/load_rows.py`"]
    assert told(renames, note, MOVED, lifecycle=Lifecycle.EXAMPLE) == []


def test_another_version_of_one_name_is_a_warning_without_a_safe_fix() -> None:
    text = "`docs/plan_v1.md` tells.\n"
    assert told(renames, text, MOVED) == ["1:2 [warning] `docs/plan_v1.md` was renamed to `docs/plan_v2.md`"]
    assert fixed(renames, text, MOVED) == text
    assert fixed(renames, text, MOVED, unsafe=True) == "`docs/plan_v2.md` tells.\n"


def test_a_unique_name_a_step_away_is_a_warning() -> None:
    repository = {"files": ["src/rows/reader.py"]}
    assert told(renames, "`src/reader.py` reads.\n", repository) == [
        "1:2 [warning] `src/reader.py` does not exist; the only file of that name is `src/rows/reader.py`"
    ]


def test_a_file_beside_a_directory_that_is_there_may_be_another_one() -> None:
    repository = {"files": ["src/rows/reader.py", "src/cells/writer.py"]}
    assert told(renames, "`src/cells/reader.py` reads.\n", repository) == [
        "1:2 [info] `src/cells/reader.py` does not exist; the only file of that name is `src/rows/reader.py`"
    ]


def test_another_letter_case_is_a_warning() -> None:
    repository = {"files": ["src/reader.py"]}
    assert told(renames, "`src/Reader.py` reads.\n", repository) == [
        "1:2 [warning] `src/Reader.py` differs from `src/reader.py` in letter case"
    ]


@pytest.mark.parametrize(
    ("token", "there"),
    [
        ("src/utils.py", "src/rows/utils.py"),
        ("src/reader.py", "a/b/c/reader.py"),
        ("reader.py", "src/rows/reader.py"),
    ],
)
def test_a_name_that_proves_no_move(token: str, there: str) -> None:
    assert told(renames, f"`{token}` reads.\n", {"files": [there]}) == []


def test_a_document_of_another_repository_is_left_alone() -> None:
    text = "".join(f"`other/part{number}.py` reads.\n\n" for number in range(6)) + "`src/reader.py` reads.\n"
    assert told(renames, text, {"files": ["src/rows/reader.py"]}) == [
        "13:2 ? most paths of the document lead nowhere here: it may be about another repository"
    ]


def test_an_ignored_path_and_a_shallow_history_are_undecided() -> None:
    assert told(renames, "`src/reader.py` reads.\n", {"files": ["src/rows/reader.py"], "ignored": ["src/reader.py"]}) == [
        "1:2 ? the path is ignored, or may be"
    ]
    assert told(renames, "`src/load.py` reads.\n", {**MOVED, "shallow": True}) == ["1:2 ? history is shallow"]


SHELVED: dict[str, Any] = {
    "files": ["src/form.py"],
    "commits": [{"subject": "Shelve", "rename": {"src/form.py": "src/_archive/form.py"}, "date": "2026-02-03"}],
}


def test_the_name_in_an_archive_is_only_proposed() -> None:
    text = "Rows are read by `src/form.py`.\n"
    assert told(renames, text, SHELVED) == ["1:19 `src/form.py` was renamed to `src/_archive/form.py`"]
    assert fixed(renames, text, SHELVED) == text
    assert fixed(renames, text, SHELVED, unsafe=True) == "Rows are read by `src/_archive/form.py`.\n"


@pytest.mark.parametrize(
    "text",
    [
        "# Report\n\n**Date:** 2026-02-01\n\nRows are read by `src/form.py`.\n",
        "# Work\n\n**Files Created:**\n\n- `src/form.py`\n",
        "# Work\n\n## The form (2026-02-01)\n\nRows are read by `src/form.py`.\n",
        "# Work\n\n### Created (2 files)\n\n- `src/form.py`\n",
        "# Work\n\n| Files created | Lines |\n| --- | --- |\n| `src/form.py` | 30 |\n",
    ],
)
def test_what_was_true_on_its_day_is_an_info(text: str) -> None:
    (line,) = told(renames, text, SHELVED)
    assert line.endswith("[info] `src/form.py` was renamed to `src/_archive/form.py`")


@pytest.mark.parametrize(
    "text",
    [
        "# Work\n\n**Date:** 2026-02-01\n**Last Updated:** 2026-02-20\n\nRows are read by `src/form.py`.\n",
        "# Work\n\n**Created:** 2026-02-01\n\nRows are read by `src/form.py`.\n",
    ],
)
def test_a_document_that_goes_on_is_of_today(text: str) -> None:
    (line,) = told(renames, text, SHELVED)
    assert "[info]" not in line


def test_what_an_open_item_is_to_make_may_stand_below_it() -> None:
    assert told(renames, "- [ ] Write the form\n  - **Files:** `src/form.py`\n", SHELVED) == []
    assert len(told(renames, "- [x] Write the form\n  - **Files:** `src/form.py`\n", SHELVED)) == 1


def test_what_work_under_way_mentions_is_there() -> None:
    assert len(told(renames, "- 🟡 **P11**: the rows are an open question (`src/form.py`).\n", SHELVED)) == 1


def test_paths_of_another_repository_are_not_judged() -> None:
    text = "`web/src/reader.py` reads.\n"
    assert told(renames, text, {"files": ["src/rows/reader.py"]}, external=("web/",)) == [
        "1:2 ? the path belongs to another repository (external-roots)"
    ]


def test_a_sentence_with_a_date_may_tell_of_that_day_alone() -> None:
    (line,) = told(renames, "Research: `src/form.py` (2026-02-01).\n", SHELVED)
    assert "[warning]" in line
