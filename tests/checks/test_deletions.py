"""RF004: paths whose files were deleted."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import deletions
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told

LINE = "Rows are read by `src/load.py`."


def gone(text: str, *, written: str = "2026-01-01", deleted: str = "2026-02-03", **more: Any) -> dict[str, Any]:
    return {
        "files": ["src/load.py", "src/rows.py"],
        "commits": [
            {"subject": "Write it down", "date": written, "add": {"STATUS.md": text}},
            {"subject": "Read no more", "date": deleted, "delete": ["src/load.py"]},
        ],
        **more,
    }


def test_a_file_that_was_deleted_after_it_was_named() -> None:
    text = f"# Status\n\n{LINE}\n"
    assert told(deletions, text, gone(text)) == ["3:19 `src/load.py` was deleted"]
    ((proof,),) = proofs(deletions, text, gone(text))
    assert proof.startswith("deleted in ")
    assert proof.endswith(" on 2026-02-03 (Read no more)")


def test_a_file_that_the_next_commit_deletes() -> None:
    text = f"# Status\n\n{LINE}\n"
    world = {"files": {"src/load.py": "1\n", "STATUS.md": text}, "uncommitted": {"delete": ["src/load.py"]}}
    assert told(deletions, text, world) == ["3:19 `src/load.py` was deleted"]
    assert proofs(deletions, text, world) == [["deleted, not committed yet"]]
    # The line is as new as the deletion.
    world = {
        "files": {"src/load.py": "1\n", "STATUS.md": "# Status\n"},
        "uncommitted": {"delete": ["src/load.py"], "modify": {"STATUS.md": text}},
    }
    (line,) = told(deletions, text, world)
    assert line.endswith("[info] `src/load.py` was deleted")


@pytest.mark.parametrize(
    "text",
    [
        f"# Status\n\n**Date:** 2026-01-01\n\n{LINE}\n",
        "# Status\n\n**Files created:**\n\n- `src/load.py`\n",
    ],
)
def test_what_was_true_on_its_day_is_an_info(text: str) -> None:
    (line,) = told(deletions, text, gone(text))
    assert line.endswith("[info] `src/load.py` was deleted")


def test_a_document_all_of_whose_files_are_gone_is_still_about_this_repository() -> None:
    names = [f"src/{name}.py" for name in ("a", "b", "c", "d", "e")]
    text = "# Status\n\n" + "".join(f"- `{name}` reads, and writes `out/{name}.csv`\n" for name in names)
    world = {"files": {**dict.fromkeys(names, "1\n"), "STATUS.md": text}, "commits": [{"delete": names}]}
    assert [line.partition(" ")[2] for line in told(deletions, text, world)] == [f"`{name}` was deleted" for name in names]
    assert told(deletions, text, {"files": {"STATUS.md": text}}) == [
        "3:4 ? most paths of the document lead nowhere here: it may be about another repository"
    ]


def test_who_names_a_file_after_it_was_deleted_knew_something() -> None:
    text = f"# Status\n\n{LINE}\n"
    (line,) = told(deletions, text, {"files": ["src/load.py"], "commits": [{"delete": ["src/load.py"]}, {"add": {"STATUS.md": text}}]})
    assert line.endswith("[info] `src/load.py` was deleted")


@pytest.mark.parametrize(
    "line",
    [
        "`src/load.py` was deleted.",
        "`src/load.py` → `src/rows.py`",
        "- [ ] Create `src/load.py`",
        "## Next steps\n\n`src/load.py` reads rows.",
        "## Log\n\n### 2026-02-05\n\nText.\n\n### 2026-02-03\n\n`src/load.py` reads rows.",
        "Rows are read by `load.py`.",
        "[rows](src/load.py)",
    ],
)
def test_what_is_not_said_to_be_there(line: str) -> None:
    text = f"# Status\n\n{line}\n"
    assert told(deletions, text, gone(text)) == []


def test_ignored_and_shallow_are_undecided() -> None:
    text = f"{LINE}\n"
    assert told(deletions, text, gone(text, ignored=["src/load.py"])) == ["1:19 ? the path is ignored, or may be"]
    assert told(deletions, text, gone(text, shallow=True)) == ["1:19 ? history is shallow"]
    assert told(deletions, text, gone(text), external=("src",)) == ["1:19 ? the path belongs to another repository (external-roots)"]


def test_only_living_documents_are_judged() -> None:
    assert told(deletions, f"{LINE}\n", gone(LINE), lifecycle=Lifecycle.HISTORICAL) == []


def test_a_contracts_source_of_truth_is_told_of_the_contract() -> None:
    text = (
        "# Hub\n\n## Data contracts\n\nSource of truth: `src/load.py`\n\n"
        "| Artifact | Schema | Producer | Consumer |\n| --- | --- | --- | --- |\n| `data/rows.csv` | `ROWS` | Session A | Session B |\n\n"
        f"## Notes\n\n{LINE}\n"
    )
    assert told(deletions, text, gone(text)) == ["13:19 `src/load.py` was deleted"]
