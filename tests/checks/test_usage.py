"""CT016: the flow that the code has."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import usage
from tests.checks.running import told


def hub(consumer: str = "Session B", status: str = "Done") -> str:
    return (
        "# Hub\n\nSchemas are defined in `src/schemas.py`.\n\n| File | Schema | Producer | Consumer |\n| --- | --- | --- | --- |\n"
        f"| `data/rows.csv` | `ROW` | Session A | {consumer} |\n"
        "| `data/out.csv` | `OUT` | Session B | — |\n\n"
        "### Session A: x\n\n- **Status:** Done\n- **Files:** `src/a/make.py`\n\n"
        f"### Session B: x\n\n- **Status:** {status}\n- **Files:** `src/b/read.py`\n\n"
        "### Session C: x\n\n- **Status:** Done\n- **Files:** `src/c/show.py`\n"
    )


TRUTH = 'ROW = ["id"]\nROWS = "data/rows.csv"\n'
KNOWS = "from src.schemas import ROWS\nload(ROWS)\n"


def run(b: str = KNOWS, c: str = "pass", text: str | None = None, **files: Any) -> list[str]:
    tree = {
        "src/schemas.py": TRUTH,
        "src/a/make.py": "save(ROWS)",
        "src/b/read.py": f"{b}\nsave('data/out.csv')",
        "src/c/show.py": c,
        **files,
    }
    return told(usage, text or hub(), {"files": tree})


IDLE = "7:41 `Session B` is done, but its code does not read `data/rows.csv`"


@pytest.mark.parametrize("code", ["pass", "from src.schemas import OTHER", "load('data/row.csv')", "load(ROW_S)"])
def test_a_consumer_that_reads_nothing(code: str) -> None:
    assert run(code) == [IDLE]


@pytest.mark.parametrize(
    "code",
    [
        KNOWS,
        "load('data/rows.csv')",
        "load(DATA / 'rows.csv')",
        "# rows.csv comes later",
        "check(ROW)",
        "rows = store.get('rows')",
        "from src.a.make import frame",
        "from ..a import make",
    ],
)
def test_a_consumer_that_may_read_it(code: str) -> None:
    assert run(code) == []


def test_a_consumer_that_is_not_done_or_has_no_files_of_ours() -> None:
    assert run("pass", text=hub(status="In progress")) == []
    assert run("pass", text=hub().replace("`src/b/read.py`", "`lib/read.py`")) == []
    assert run("pass", text=hub().replace("`src/b/read.py`", "")) == []


def test_a_constant_that_may_hold_either_of_two_paths() -> None:
    text = hub().replace("data/out.csv", "data/old/rows.csv")
    truth = 'ROWS = DATA / "rows.csv"\n'
    assert run(c=KNOWS, text=text, **{"src/schemas.py": truth}) == []
    assert run(c=KNOWS, **{"src/schemas.py": truth}) == ["7:41 `Session C` uses `data/rows.csv` too, and is no party to it"]
    assert run(c=KNOWS, text=text, **{"src/schemas.py": 'ROWS = DATA / "old/rows.csv"\n'}) == [
        "8:45 `Session A` uses `data/old/rows.csv` too, and is no party to it",
        "8:45 `Session C` uses `data/old/rows.csv` too, and is no party to it",
    ]


def test_code_that_names_no_file_may_be_handed_its_data() -> None:
    assert run("pass", text=hub().replace("data/out.csv", "data/other.csv")) == []


def test_a_file_beside_the_named_ones_may_read_it() -> None:
    assert run("pass", **{"src/b/store.py": KNOWS}) == []


@pytest.mark.parametrize("code", [KNOWS, "load('data/rows.csv')", "from src import schemas\nload(schemas.ROWS)"])
def test_a_unit_that_uses_it_and_is_not_named(code: str) -> None:
    assert run(c=code) == ["7:41 `Session C` uses `data/rows.csv` too, and is no party to it"]


@pytest.mark.parametrize(
    "code",
    [
        "from src.schemas import ROWS",
        '"""Not data/rows.csv."""',
        "'data/rows.csv'",
        "# data/rows.csv",
        "check(ROW)",
        "ROWS = 1",
        "def broken(:",
    ],
)
def test_a_mention_is_no_use(code: str) -> None:
    assert run(c=code) == []


@pytest.mark.parametrize("consumer", ["Session B, the dashboard", "all", "Session B and others", "Session B, C"])
def test_rows_for_others_too(consumer: str) -> None:
    assert run(c=KNOWS, text=hub(consumer)) == []
