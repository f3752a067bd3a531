"""CL008 and CL010: tasks that a document lists twice."""

from __future__ import annotations

import pytest

from doclint.checks import repeated
from doclint.model.document import Lifecycle
from tests.checks.running import told


def ids(text: str, lifecycle: Lifecycle = Lifecycle.LIVING) -> list[str]:
    return told(repeated, f"# Plan\n\n{text}", by="id", lifecycle=lifecycle)


def texts(text: str) -> list[str]:
    return told(repeated, f"# Plan\n\n{text}", by="text")


@pytest.mark.parametrize("id", ["TIDE-007", "T-12", "FE-API-3", "T1.2", "T12", "M4.5", "#12", "3.4", "1.2.3"])
def test_one_id_in_two_states(id: str) -> None:
    assert ids(f"- [x] {id}: Poll the stations\n- [ ] **{id}** Poll the stations\n") == [f"4:9 `{id}` is open here, and done on line 3"]


@pytest.mark.parametrize("id", ["P1", "Q3", "V1.2", "1", "REST", "T12x9", "10%", "1/2", "2026-02-18"])
def test_what_is_no_id_of_a_task(id: str) -> None:
    assert ids(f"- [x] {id}: Poll the stations\n- [ ] {id} Poll the stations\n") == []


def test_other_words_are_a_warning_and_quite_other_words_nothing() -> None:
    assert ids("- [ ] T-1: Poll stations, again\n- [x] T-1: Poll stations\n") == ["3:7 [warning] `T-1` is open here, and done on line 4"]
    assert ids("- [ ] T-1: Poll stations, every ten minutes\n- [x] T-1: Draw the whole chart\n") == []


def test_rows_and_headings_speak_too() -> None:
    table = "| Task | Title | Status |\n| --- | --- | --- |\n| T-1 | Poll | {} |\n"
    assert ids("- [ ] T-1: Poll\n\n" + table.format("✅ Done")) == ["3:7 `T-1` is open here, and done on line 7"]
    assert ids("- [x] T-1: Poll\n\n" + table.format("⏳ Pending")) == ["7:18 `T-1` is open here, and done on line 3"]
    assert ids("- [x] T-1: Poll\n\n" + table.format("mostly done")) == []


@pytest.mark.parametrize(
    "text",
    [
        "- [x] T-1: Poll\n- [x] T-1: Poll\n",
        "- [x] T-1: Poll\n- [-] T-1: Poll\n",
        "- [x] T-1: Poll\n- [ ] T-1: Poll (deferred)\n",
        "- [ ] T-1: Poll\n  - [x] T-1: Poll\n",
        "- ✅ T-1: Poll\n- [ ] T-1: Poll\n",
        "- [x] T-1: Poll\n- [ ] After T-1: Poll\n",
        "## Session Log\n\n### 2026-02-18\n\n- [x] T-1: Poll\n\n### 2026-02-16\n\n- [ ] T-1: Poll\n",
        "## Template\n\n- [x] T-1: Poll\n\n## Work\n\n- [ ] T-1: Poll\n",
    ],
)
def test_no_conflict(text: str) -> None:
    assert ids(text) == []


def test_an_example_claims_nothing() -> None:
    assert ids("- [x] T-1: Poll\n- [ ] T-1: Poll\n", Lifecycle.EXAMPLE) == []


def test_one_id_for_two_tasks() -> None:
    series = "- [x] T-1: Poll\n- [x] T-2: Store\n- [x] T-3: Log\n- [x] T-4: Mail it\n"
    assert ids(series + "- [ ] T-5: Draw charts\n- [ ] T-5: Archive readings\n") == [
        "8:7 [warning] `T-5` is used for another task on line 7"
    ]
    # Where most ids occur more than once, they are what several items belong to.
    assert ids(series + series.replace("Poll", "Wait longer").replace("Mail it", "Print letters")) == []


def test_one_text_ticked_and_open() -> None:
    text = "## One\n\n- [x] Poll every station of the BSH\n\n## Two\n\n- [ ] Poll every *station* of the BSH.\n"
    assert texts(text) == ["9:3 the same item is ticked on line 5"]
    assert texts(text.replace("[ ]", "[y]").replace("[x]", "[ ]").replace("[y]", "[x]")) == ["5:3 the same item is ticked on line 9"]


LONG = "Store the `key` of the small server in the vault"


def test_one_text_open_twice() -> None:
    assert texts(f"## One\n\n- [ ] {LONG}\n\n## Two\n\n- [ ] {LONG}\n") == ["9:3 the same item is also open on line 5"]


@pytest.mark.parametrize(
    "text",
    [
        f"## One\n\n- [x] {LONG}\n\n## Two\n\n- [x] {LONG}\n",
        f"## One\n\n- [ ] {LONG}\n- [ ] {LONG}\n",
        f"## One\n\n- [ ] {LONG}\n\n## Two\n\n- [ ] {LONG}\n\n## Three\n\n- [ ] {LONG}\n",
        f"## One\n\n- [ ] A\n  - [ ] {LONG}\n\n## Two\n\n- [ ] B\n  - [ ] {LONG}\n",
        f"## One\n\n- [ ] {LONG}\n\n## Two\n\n- [ ] {LONG} (optional)\n",
        "## One\n\n- [x] Run the whole suite on the `small` server\n\n## Two\n\n- [ ] Run the whole suite on the `small` server\n",
        "## One\n\n- [x] All the tests of all parts are green\n\n## Two\n\n- [ ] All the tests of all parts are green\n",
        "## One\n\n- [ ] Poll the `BSH`\n\n## Two\n\n- [ ] Poll the `BSH`\n",
        f"## One\n\n- [ ] {LONG}\n- [ ] {LONG} again\n\n## Two\n\n- [ ] {LONG}\n- [ ] {LONG} again\n",
    ],
)
def test_a_text_that_may_stand_twice(text: str) -> None:
    assert texts(text) == []
