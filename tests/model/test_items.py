"""Checklist items: boxes and signs, what each is to do, and to what."""

from __future__ import annotations

import pytest

from doclint.model.document import Document, Item, State
from tests.model.reading import read, written


def one(text: str) -> tuple[Document, Item]:
    document = read(f"# Work\n\n{text}\n")
    (item,) = document.items
    return document, item


def tokens(document: Document, indexes: tuple[int, ...]) -> list[str]:
    return [document.references[index].token for index in indexes]


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("- [ ] Load", State.NOT_STARTED),
        ("- [x] Load", State.DONE),
        ("- [X] Load", State.DONE),
        ("* [x] Load", State.DONE),
        ("1. [ ] Load", State.NOT_STARTED),
    ],
)
def test_a_box_is_open_or_ticked(line: str, state: State) -> None:
    document, item = one(line)
    assert (item.marker, item.state, item.text.value) == ("box", state, "Load")
    assert written(document, item.mark.span) in ("[ ]", "[x]", "[X]")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("~~Load~~", State.DROPPED),
        ("~~Load `a.py`, **then** b~~ (dropped)", State.DROPPED),
        ("~~Load~~ - cancelled", State.DROPPED),
        ("~~Load~~ Store", State.NOT_STARTED),
        ("~~Load~~ done", State.NOT_STARTED),
        ("Load ~~twice~~", State.NOT_STARTED),
        ("~~Load", State.NOT_STARTED),
    ],
)
def test_a_box_whose_text_is_struck_out_was_dropped(text: str, state: State) -> None:
    assert one(f"- [ ] {text}")[1].state is state
    assert one(f"- [x] {text}")[1].state is State.DONE


@pytest.mark.parametrize(
    ("line", "mark", "state"),
    [
        ("- ✅ Load", "✅", State.DONE),
        ("- ✔️ Load", "✔", State.DONE),
        ("- ⏳ Load", "⏳", State.WAITING),
        ("- 🔄 Load", "🔄", State.ACTIVE),
        ("- ⬜ Load", "⬜", State.NOT_STARTED),
        ("- 📋 Load", "📋", State.NOT_STARTED),
        ("- DONE: Load", "DONE", State.DONE),
        ("- **TODO:** Load", "TODO", State.NOT_STARTED),
        ("- IN PROGRESS — Load", "IN PROGRESS", State.ACTIVE),
    ],
)
def test_a_sign_or_a_word_may_open_an_item(line: str, mark: str, state: State) -> None:
    _, item = one(line)
    assert (item.marker, item.mark.value, item.state) == ("sign", mark, state)
    assert item.text.value.strip("* ") == "Load"


@pytest.mark.parametrize(
    "line", ["- Load", "- Done well is half done", "- 🔴 High", "- 🚀 Launch", "- ⚠️ Mind the gap", "- [link](a.md)", "- 3 rows"]
)
def test_other_items_are_no_checklist(line: str) -> None:
    assert read(f"# Work\n\n{line}\n").items == ()


@pytest.mark.parametrize(
    ("line", "verb", "objects", "mentions"),
    [
        ("1. Create `src/load.py`", "create", ["src/load.py"], []),
        ("**2.1** Add `src/load.py`", "create", ["src/load.py"], []),
        ("Step 3: Update `src/load.py`", "modify", ["src/load.py"], []),
        ("Create the loader (`src/load.py`)", "create", ["src/load.py"], []),
        ("Write the page of a station -- `web/station.html`", "create", ["web/station.html"], []),
        ("Create the loader: `src/load.py`.", "create", ["src/load.py"], []),
        ("Create the loader (see `src/load.py`)", "create", [], ["src/load.py"]),
        ("Create the loader (`src/load.py`, then run it)", "create", [], ["src/load.py"]),
        ("Create the loader (`src/load.py`, `src/clean.py`)", "create", [], ["src/load.py", "src/clean.py"]),
        ("Add retries (`src/load.py`)", "create", [], ["src/load.py"]),
        # What the item makes or changes.
        ("Create `src/load.py`", "create", ["src/load.py"], []),
        ("Created `src/load.py` for the rows", "create", ["src/load.py"], []),
        ("Write the new module `src/load.py`", "create", ["src/load.py"], []),
        # The id of the task, and marks behind it, stand before the verb.
        ("T-04 Create `src/load.py`", "create", ["src/load.py"], []),
        ("**T1.2:** Create `src/load.py`", "create", ["src/load.py"], []),
        ("[T007] Create `src/load.py`", "create", ["src/load.py"], []),
        ("T012 [P] [US1] Create `src/load.py`", "create", ["src/load.py"], []),
        ("T012 [P] Test `src/load.py`", "verify", ["src/load.py"], []),
        ("LOAD-7: `src/load.py`", "create", ["src/load.py"], []),
        ("**Create** `src/load.py`", "create", ["src/load.py"], []),
        ("🔧 Create `src/load.py`", "create", ["src/load.py"], []),
        ("Create `src/load.py` and `src/store.py`", "create", ["src/load.py", "src/store.py"], []),
        ("Create `src/load.py`, `src/store.py`, and `src/board.py`", "create", ["src/load.py", "src/store.py", "src/board.py"], []),
        ("Create src/load.py (three functions)", "create", ["src/load.py"], []),
        ("Implement `load_rows()`", "create", ["load_rows"], []),
        ("Update `src/load.py`", "modify", ["src/load.py"], []),
        ("Delete `src/load.py`", "remove", ["src/load.py"], []),
        ("Verify `src/load.py`", "verify", ["src/load.py"], []),
        ("Run `load.py`", "run", ["load.py"], []),
        ("Read `docs/plan.md`", "read", ["docs/plan.md"], []),
        ("作成 `src/load.py`", "create", ["src/load.py"], []),
        ("Создать `src/load.py`", "create", ["src/load.py"], []),
        # A path at the start is what the item makes, unless the words behind it say otherwise.
        ("`src/load.py`", "create", ["src/load.py"], []),
        ("src/load.py", "create", ["src/load.py"], []),
        ("`src/load.py` — reads the rows", "create", ["src/load.py"], []),
        ("src/load.py scaffold", "create", ["src/load.py"], []),
        ("src/load.py (deploys on merge)", "create", ["src/load.py"], []),
        (".github/workflows/cd.yml (deploy on merge to main)", "create", [".github/workflows/cd.yml"], []),
        ("`src/load.py` created", "create", ["src/load.py"], []),
        ("`src/load.py` exists", "create", ["src/load.py"], []),
        ("`src/load.py` updated", "modify", ["src/load.py"], []),
        ("`src/load.py` removed", "remove", ["src/load.py"], []),
        ("`src/load.py` tested", "verify", ["src/load.py"], []),
        # What it mentions.
        ("Create the rows in `src/load.py`", "create", [], ["src/load.py"]),
        ("Create a table (see `docs/plan.md`)", "create", [], ["docs/plan.md"]),
        ("Create a board with `src/board.py`", "create", [], ["src/board.py"]),
        ("Create `src/load.py` from `docs/plan.md`", "create", ["src/load.py"], ["docs/plan.md"]),
        ("Add tests for `src/load.py`", "create", [], ["src/load.py"]),
        ("The loader uses `src/load.py`", None, [], ["src/load.py"]),
        ("All rows pass", None, [], []),
    ],
)
def test_an_item_has_a_verb_objects_and_mentions(line: str, verb: str | None, objects: list[str], mentions: list[str]) -> None:
    document, item = one(f"- [ ] {line}")
    assert (item.verb, tokens(document, item.objects), tokens(document, item.mentions)) == (verb, objects, mentions)


@pytest.mark.parametrize(
    "rest", ["has the new section", "contains every row", "is up to date", "passes the tests", "uses the store", "reads the rows"]
)
def test_a_sentence_about_a_file_creates_nothing(rest: str) -> None:
    document, item = one(f"- [ ] `src/load.py` {rest}")
    assert (item.verb, item.objects, tokens(document, item.mentions)) == (None, (), ["src/load.py"])


def test_objects_and_mentions_tell_their_role() -> None:
    document, _ = one("- [ ] Create `src/load.py` from `docs/plan.md`")
    assert [(reference.token, reference.role) for reference in document.references] == [
        ("src/load.py", "object"),
        ("docs/plan.md", "context"),
    ]


@pytest.mark.parametrize(
    ("line", "deferred"),
    [
        ("Load", False),
        ("Load (optional)", True),
        ("Load — deferred to Phase 3", True),
        ("Load (stretch)", True),
        ("Load later", True),
        ("Load 延期", True),
        ("Translate the loader", False),
    ],
)
def test_an_item_may_be_put_off(line: str, deferred: bool) -> None:
    _, item = one(f"- [ ] {line}")
    assert item.deferred is deferred


def test_a_heading_or_a_parent_puts_items_off() -> None:
    document = read("# Work\n\n## Optional\n\n- [ ] Load\n\n## Board\n\n- [ ] Deferred to Phase 3\n  - [ ] Store\n- [ ] Board\n")
    assert [item.deferred for item in document.items] == [True, True, True, False]


def test_items_nest() -> None:
    document = read("# Work\n\n- [ ] Load\n  - [x] Rows\n    - [ ] First\n  - plain\n    - [ ] Second\n- [x] Store\n")
    assert [(item.text.value, item.depth, item.parent) for item in document.items] == [
        ("Load", 0, None),
        ("Rows", 1, 0),
        ("First", 2, 1),
        ("Second", 1, 0),
        ("Store", 0, None),
    ]


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("- [ ] Load (done)", State.DONE),
        ("- [ ] Load — DONE", State.DONE),
        ("- [x] Load (PARTIAL: 3/12 files)", State.ACTIVE),
        ("- [x] Load [in progress]", State.ACTIVE),
    ],
)
def test_a_box_may_state_its_own_status(line: str, state: State) -> None:
    _, item = one(line)
    assert item.status
    assert item.status.state is state


@pytest.mark.parametrize("line", ["- [ ] Load", "- [ ] Load (three rows)", "- [ ] ✅ Load", "- [x] Load (see the plan)"])
def test_decoration_and_remarks_are_no_status(line: str) -> None:
    _, item = one(line)
    assert item.status is None


def test_boxes_in_code_are_no_items() -> None:
    assert read("# Work\n\n```\n- [ ] Load\n```\n\n`- [ ] Load`\n").items == ()


def test_the_line_of_an_item_ends_before_what_is_nested() -> None:
    document = read("# Work\n\n- [ ] Load\n  - [ ] Rows\n")
    assert written(document, document.items[0].line) == "- [ ] Load"
    assert written(document, document.items[0].text.span) == "Load"
    assert written(document, document.items[0].span).endswith("- [ ] Rows")
