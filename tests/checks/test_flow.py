"""CT008 and CT009: the flow from producers to consumers, against the order of landing and the board."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import flow
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told


def hub(*rows: str, order: str = "", states: str = "In progress, In progress, In progress") -> str:
    board = "".join(
        f"\n### Session {name}: x\n- **Status:** {state.strip()}\n" for name, state in zip("ABC", states.split(","), strict=True)
    )
    contracts = "| File | Producer | Consumer |\n| --- | --- | --- |\n" + "".join(f"| {row} |\n" for row in rows)
    return f"# Hub\n\n## Data contracts\n\n{contracts}\n## Board\n\n{order}\n{board}"


def order(text: str, **rest: Any) -> list[str]:
    return told(flow, text, about="order", **rest)


EARLY = hub("`data/a.csv` | Session B | Session A", order="**Merge order:** A → B → C")


def test_a_consumer_that_lands_before_its_producer() -> None:
    assert order(EARLY) == ["7:30 consumer `Session A` lands before its producer `Session B`"]
    assert proofs(flow, EARLY, about="order") == [["`A` lands here, and `Session B` later", "`Session B` produces it"]]


@pytest.mark.parametrize(
    "order_line",
    [
        "**Merge order:** B → A",
        "**Merge order:** A, B → C",
        "**Merge order:** A → C",
        "**Merge order:** A → B → A",
        "**Merge order:** C → A",
        "Session A → Session B",
    ],
)
def test_an_order_that_fits_or_says_nothing(order_line: str) -> None:
    assert order(hub("`data/a.csv` | Session B | Session A", order=order_line)) == []


@pytest.mark.parametrize(
    "row",
    ["`a.csv` | Session B, C | Session C", "`a.csv` | — | Session A", "`a.csv` | Session B | all", "`a.csv` | Session A, B | Session A"],
)
def test_parties_that_cannot_be_early(row: str) -> None:
    assert order(hub(row, order="**Merge order:** A → B → C")) == []


def test_one_of_several_producers_is_enough() -> None:
    assert order(hub("`a.csv` | Session A, C | Session B", order="**Merge order:** A → B → C")) == []
    assert order(hub("`a.csv` | Session B, C | Session A", order="**Merge order:** A → B → C")) != []


@pytest.mark.parametrize("states", ["Done, In progress, In progress", "In progress, Done, In progress"])
def test_what_has_landed_has_no_order(states: str) -> None:
    assert order(hub("`data/a.csv` | Session B | Session A", order="**Merge order:** A → B", states=states)) == []


def test_two_that_read_from_each_other_have_no_right_order() -> None:
    assert order(hub("`src/a.ts` | Session B | Session A", "`src/b.ts` | Session A | Session B", order="**Merge order:** A → B")) == []


def test_another_lifecycle() -> None:
    assert order(EARLY, lifecycle=Lifecycle.HISTORICAL) == []


def test_data_that_goes_round() -> None:
    text = hub(
        "`a.csv` | Session A | Session B",
        "`b.json` | Session B | Session C",
        "`c.parquet` | Session C | Session A",
        "`d.csv` | Session C | x",
    )
    assert order(text) == ["9:29 producers and consumers form a cycle: `Session A` → `Session B` → `Session C` → `Session A`"]
    assert proofs(flow, text, about="order") == [["`Session B` reads what `Session A` makes", "`Session C` reads what `Session B` makes"]]


@pytest.mark.parametrize("name", ["`src/a.py`", "`POST /a`", "`a/`", "a"])
def test_what_is_no_data_may_go_round(name: str) -> None:
    assert order(hub(f"{name} | Session A | Session B", "`b.json` | Session B | Session A")) == []


def test_a_unit_may_read_its_own_data() -> None:
    assert order(hub("`a.csv` | Session A | Session A, B", "`b.csv` | Session B | Session C")) == []


def statuses(text: str, repository: dict[str, Any] | None = None) -> list[str]:
    return told(flow, text, repository, about="statuses")


FLOW = "`data/a.csv` | Session A | Session B"


def test_a_consumer_that_is_done_before_its_producer_began() -> None:
    text = hub(FLOW, states="Not started, Done, Done")
    assert statuses(text) == ["7:30 `Session B` is done, but `Session A`, which is to produce `data/a.csv`, has not started"]
    assert proofs(flow, text, about="statuses") == [["`Session A` is `Not started`", "`Session B` is `Done`"]]


@pytest.mark.parametrize(
    "states",
    [
        "Not started, In progress, Done",
        "In progress, Done, Done",
        "Open, Done, Done",
        "Not started, Mostly done, Done",
        "Not started, Live, Done",
        "x, Done, Done",
    ],
)
def test_statuses_that_may_stand_beside_each_other(states: str) -> None:
    assert statuses(hub(FLOW, states=states)) == []


def test_one_producer_that_has_begun_is_enough() -> None:
    assert statuses(hub("`data/a.csv` | Session A, C | Session B", states="Not started, Done, In progress")) == []


DONE = hub(FLOW, "`data/b.csv` | Session C | Session B", states="Done, In progress, In progress")


def test_an_artifact_that_never_was() -> None:
    never = "`Session A` is done, but `data/a.csv`, which it is to produce, was never committed"
    assert statuses(DONE, {"files": ["data/b.csv"]}) == [f"7:4 {never}"]
    assert statuses(DONE, {"files": ["data/x.csv"]}) == [f"7:4 [warning] {never}"]


@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        ({"files": ["data/a.csv"]}, []),
        ({"files": ["packages/core/data/a.csv"]}, []),
        ({"files": ["data/a.csv", "data/b.csv"], "commits": [{"subject": "Drop", "delete": ["data/a.csv"]}]}, []),
        ({"files": ["data/b.csv"], "commits": [{"subject": "Make", "on": "other", "add": ["data/a.csv"]}]}, []),
        ({"files": ["data/b.csv"], "ignored": ["*.csv"]}, []),
        ({"files": ["src/a.py"]}, ["7:4 ? nothing of `data/` is in this tree"]),
        ({"files": ["data/b.csv"], "shallow": True}, ["7:4 ? history is shallow"]),
    ],
)
def test_an_artifact_that_is_or_was_or_cannot_be_known(repository: dict[str, Any], expected: list[str]) -> None:
    assert statuses(DONE, repository) == expected


@pytest.mark.parametrize("name", ["`data/`", "`data/*.csv`", "`a.csv`", "`POST /a`"])
def test_what_is_no_file_of_the_tree_may_be_absent(name: str) -> None:
    assert statuses(hub(f"{name} | Session A | Session B", states="Done, Done, Done"), {"files": ["data/b.csv"]}) == []
