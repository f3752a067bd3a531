"""Units: what carries a status, from headings, rows, items and keys, and how its statements come together."""

from __future__ import annotations

import pytest

from doclint.model.document import Document, State, Tense, Unit
from tests.model.reading import line, read


def said(document: Document, unit: Unit) -> list[tuple[str, int, State | None]]:
    return [(one.place, line(document, one.span), one.status.state if one.status else None) for one in unit.statements]


def tokens(document: Document, indexes: tuple[int, ...]) -> list[str]:
    return [document.references[index].token for index in indexes]


HUB = """# Hub

## Status Board

### Lane A: Loader

- **Branch:** `feature/load`
- **Status:** IN PROGRESS
- **Owner:** Ada
- **Files:** `src/load.py`, `src/rows/`
- **Output:** `data/rows.csv`
- **PR:** #8
- **Depends on:** Lane B, Lane C
- **Notes:** see `docs/why.md`

### Lane B: Store

- **Status:** DONE
"""


def test_a_heading_names_a_unit_and_its_keys_tell_of_it() -> None:
    document = read(HUB)
    first, second = document.units
    assert (first.kind, first.id, first.name, first.title, first.owner) == ("lane", "A", "Lane A", "Loader", "Ada")
    assert said(document, first) == [("field", 8, State.ACTIVE)]
    assert tokens(document, first.branches) == ["feature/load"]
    assert tokens(document, first.files) == ["src/load.py", "src/rows"]
    assert tokens(document, first.outputs) == ["data/rows.csv"]
    assert tokens(document, first.pull_requests) == ["#8"]
    assert first.depends_on == (1,)
    assert (second.state, second.section) == (State.DONE, 4)


def test_a_key_over_a_list_owns_what_the_list_names() -> None:
    document = read("# Hub\n\n## Lane A\n\n**Files:**\n\n- `src/load.py`\n- `src/store.py`\n\n**Notes:**\n\n- `docs/why.md`\n")
    assert tokens(document, document.units[0].files) == ["src/load.py", "src/store.py"]


def test_a_heading_without_a_name_is_a_unit_where_a_status_and_an_owner_follow() -> None:
    document = read("# Hub\n\n## The loader\n\n- **Status:** DONE\n- **Owner:** Ada\n\n## The store\n\nText.\n")
    assert [(unit.kind, unit.name, unit.state) for unit in document.units] == [("section", "The loader", State.DONE)]


def test_several_statuses_below_a_heading_without_a_name_are_those_of_several_things() -> None:
    one = "**{0}**\n- **Status:** Available\n- **File:** `{0}.json`\n\n"
    document = read("# Missions\n\n## Do first\n\n" + one.format("launch") + one.format("mail"))
    assert document.units == ()


def test_rows_name_units() -> None:
    document = read(
        "# Hub\n\n| Lane | Branch | Status | Files |\n| --- | --- | --- | --- |\n"
        "| Lane A | `feature/load` | Open | `src/load.py` |\n| **B** (store) | feature/store | ✅ Done | |\n| | | | |\n"
    )
    first, second = document.units
    assert (first.kind, first.id, first.name, said(document, first)) == ("lane", "A", "Lane A", [("row", 5, State.NOT_STARTED)])
    assert (tokens(document, first.branches), tokens(document, first.files)) == (["feature/load"], ["src/load.py"])
    assert (second.kind, second.id, second.title, second.state) == ("lane", "B", "store", State.DONE)
    assert tokens(document, second.branches) == ["feature/store"]


def test_rows_without_names_stand_for_themselves() -> None:
    document = read(
        "# Hub\n\n| Milestone | Target Day | Status |\n| --- | --- | --- |\n| Loader done | 5 | Not started |\n| Store live | 9 | ✅ |\n"
    )
    assert [(unit.kind, unit.name, unit.state) for unit in document.units] == [
        ("row", "Loader done", State.NOT_STARTED),
        ("row", "Store live", State.DONE),
    ]


def test_a_running_number_is_no_name() -> None:
    document = read("# Hub\n\n| # | Component | Status |\n| --- | --- | --- |\n| 1 | Loader | Done |\n| 2 | Store | Open |\n")
    assert [unit.name for unit in document.units] == ["Loader", "Store"]


def test_pull_requests_are_units() -> None:
    document = read("# Hub\n\n| PR | Branch | Feature |\n| --- | --- | --- |\n| #8 | `feature/load` | Loader |\n")
    (unit,) = document.units
    assert (unit.kind, unit.id, unit.name, unit.title, unit.state) == ("pull-request", "8", "PR #8", "Loader", State.UNKNOWN)
    assert tokens(document, unit.pull_requests) == ["#8"]


def test_a_narrower_status_is_none_of_the_rows() -> None:
    document = read("# Hub\n\n| PR | Feature | CI Status |\n| --- | --- | --- |\n| #8 | Loader | Passing |\n")
    assert document.units[0].state is State.UNKNOWN


def test_items_and_keys_name_units() -> None:
    document = read("# Hub\n\n- [x] Phase 1: Loader\n- [ ] Phase 2: Store\n\nPhase 3: complete\n")
    assert [(unit.name, unit.state, unit.statements[0].place) for unit in document.units] == [
        ("Phase 1", State.DONE, "item"),
        ("Phase 2", State.NOT_STARTED, "item"),
        ("Phase 3", State.DONE, "field"),
    ]


@pytest.mark.parametrize("line", ["Phase 3: load the rows", "Phase 3: ready when you are", "Phase 3 and what follows: complete"])
def test_a_key_whose_value_is_no_plain_status_names_no_unit(line: str) -> None:
    assert read(f"# Hub\n\n{line}\n").units == ()


def test_a_row_and_a_section_of_one_name_are_two_statements_of_one_unit() -> None:
    document = read(
        "# Hub\n\n| Phase | Status |\n| --- | --- |\n| Phase 1: Loader | Complete 6/6 |\n| Phase 2: Store | Open |\n\n"
        "## Phase 1: Loader\n\n**Status:** NOT STARTED\n"
    )
    first, second = document.units
    assert sorted(said(document, first)) == [("field", 10, State.NOT_STARTED), ("row", 5, State.DONE)]
    assert said(document, second) == [("row", 6, State.NOT_STARTED)]


def test_a_heading_and_its_status_line_are_two_statements() -> None:
    document = read("# Hub\n\n## Phase 1: Loader ✅ COMPLETE\n\n**Status:** In Progress\n")
    assert sorted(said(document, document.units[0])) == [("field", 5, State.ACTIVE), ("heading", 3, State.DONE)]
    assert document.units[0].title == "Loader"


def test_one_number_in_two_series_is_two_units() -> None:
    document = read("# Hub\n\n## Loader\n\n### Task 1: Rows ✅ DONE\n\n## Store\n\n### Task 1: Tables\n\n**Status:** Open\n")
    assert [(unit.title, unit.state) for unit in document.units] == [("Rows", State.DONE), ("Tables", State.NOT_STARTED)]


def test_one_number_under_two_titles_in_two_tables_is_two_units() -> None:
    document = read(
        "# Hub\n\n## Loader\n\n| Task | Status |\n| --- | --- |\n| Task 1: read rows | Done |\n\n"
        "## Store\n\n| Task | Status |\n| --- | --- |\n| Task 1: write tables | Open |\n"
    )
    assert [(unit.title, unit.state) for unit in document.units] == [("read rows", State.DONE), ("write tables", State.NOT_STARTED)]


def test_units_nest() -> None:
    document = read("# Hub\n\n## Week 1\n\n### Day 1\n\n### Notes\n\n#### Day 2\n\n## Week 2\n\n### Day 3\n")
    assert [(unit.name, unit.children) for unit in document.units] == [
        ("Week 1", (1, 2)),
        ("Day 1", ()),
        ("Day 2", ()),
        ("Week 2", (4,)),
        ("Day 3", ()),
    ]


def test_ranges_are_units_of_their_own() -> None:
    document = read("# Hub\n\n### Day 20\n\n### Day 21–27 — Board\n\n### Day 28–30\n")
    assert [(unit.name, unit.title) for unit in document.units] == [("Day 20", ""), ("Day 21–27", "Board"), ("Day 28–30", "")]


def test_a_done_word_in_a_title_is_no_status() -> None:
    document = read("# Hub\n\n### Day 5 — Bronze Complete + First Silver\n")
    assert said(document, document.units[0]) == [("heading", 3, None)]


def test_a_past_statement_does_not_count() -> None:
    document = read("# Hub\n\n## Session Log\n\n### 2026-02-05\n\n- Phase 1: complete\n\n### 2026-02-03\n\n- Phase 1: in progress\n")
    (unit,) = document.units
    assert [(one.tense, one.status.state if one.status else None) for one in unit.statements] == [
        (Tense.CURRENT, State.DONE),
        (Tense.HISTORICAL, State.ACTIVE),
    ]
    assert unit.state is State.DONE


def test_items_know_the_unit_they_stand_in() -> None:
    document = read("# Hub\n\n- [ ] All\n\n## Lane A\n\n### Checks\n\n- [ ] Rows\n")
    assert [item.unit for item in document.items] == [None, 0]


def test_what_an_item_says_of_a_unit_is_no_title() -> None:
    document = read("# Plan\n\n## Session K\n\n**Status:** Done\n\n## Checklist\n\n- [ ] Session K merged\n")
    assert [(unit.name, unit.title) for unit in document.units] == [("Session K", "")]


def test_a_column_that_sorts_the_rows_names_none_of_them() -> None:
    table = "# Plan\n\n| Component | Status | Phase |\n| --- | --- | --- |\n| Loader | Done | Phase 1 |\n| Store | Todo | Phase {} |\n"
    assert [unit.name for unit in read(table.format(1)).units] == ["Loader", "Store"]
    assert [unit.name for unit in read(table.format(2)).units] == ["Phase 1", "Phase 2"]


def test_a_numbered_list_of_open_work() -> None:
    table = "# Plan\n\n## {}\n\n| # | Item |\n| --- | --- |\n| 1 | Column widths |\n| 2 | ~~Row heights~~ |\n"
    assert [(unit.kind, unit.id, unit.title) for unit in read(table.format("Open debts")).units] == [("debt", "1", "Column widths")]
    assert read(table.format("Open")).units == ()
    assert read(table.format("Debts")).units == ()


@pytest.mark.parametrize(
    ("text", "name", "title", "state"),
    [
        ("**Phase 1** ✅ **COMPLETE** (November):", "Phase 1", "", State.DONE),
        ("**Phase 2: Rows & keys** 🟡 IN PROGRESS\n**Approach**: slow", "Phase 2", "Rows & keys", State.ACTIVE),
        ("**Phase 3 Status**: ✅ COMPLETE", "Phase 3", "", State.DONE),
        ("**Phase C (the store):** ✅ Complete", "Phase C", "the store", State.DONE),
        ("**Agent 9 (charts)** - ✅ Complete", "Agent 9", "charts", State.DONE),
        ("**Phase 4: the store ✅**", "Phase 4", "the store", State.DONE),
    ],
)
def test_a_line_that_begins_in_bold_names_a_unit(text: str, name: str, title: str, state: State) -> None:
    document = read(f"# Progress\n\n## Work\n\n{text}\n")
    assert [(unit.name, unit.title, unit.state) for unit in document.units] == [(name, title, state)]


@pytest.mark.parametrize(
    "text",
    [
        "**Phase 5 success criteria**: ✅ all good",
        "**Phase 6 Complete:** ✅ Sections 1 and 4",
        "**Phase 7** begins with the store.",
        "**Phase 7 of the store** ✅ COMPLETE",
        "The **Phase 7** ✅ COMPLETE",
        "> **Phase 7** ✅ COMPLETE",
        f"**Phase 7 {'( ' * 100}x** ✅ COMPLETE",
    ],
)
def test_a_line_that_says_more_or_less_names_none(text: str) -> None:
    assert read(f"# Progress\n\n## Work\n\n{text}\n").units == ()


def test_a_line_in_bold_and_a_row_are_two_statements_of_one_unit() -> None:
    document = read("# Progress\n\n| Phase | Status |\n| - | - |\n| Phase 1 | In progress |\n\n## Work\n\n**Phase 1: rows** ✅ COMPLETE\n")
    (unit,) = document.units
    assert said(document, unit) == [("line", 9, State.DONE), ("row", 5, State.ACTIVE)]
