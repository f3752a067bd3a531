"""CT015: active units that own the same paths."""

from __future__ import annotations

import pytest

from doclint.checks import scopes
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told


def board(*rows: str, header: str = "Session | Branch | Files | Status") -> str:
    return f"# Hub\n\n| {header} |\n|{' --- |' * (header.count('|') + 1)}\n" + "".join(f"| {row} |\n" for row in rows)


A = "Session A | `a` | `src/a.py`, `src/x/` | In progress"


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ("`src/a.py`", "`src/a.py`"),
        ("`src/x/`", "`src/x`"),
        ("`src/x/y/z.py`", "`src/x/y/z.py`, which overlaps `src/x`"),
        ("`src/x/y/`", "`src/x/y`, which overlaps `src/x`"),
        ("`src/*.py`", "`src/*.py`, which overlaps `src/a.py`"),
        ("`src/`", "`src`, which overlaps `src/a.py`"),
    ],
)
def test_what_overlaps(files: str, what: str) -> None:
    text = board(A, f"Session B | `b` | {files} | In progress")
    (line,) = told(scopes, text, path="COORDINATION.md")
    assert line.split(" ", 1)[1] == f"`Session B` and `Session A` are both active and own {what}"
    assert proofs(scopes, text) == [["`Session A` owns it too"]]


@pytest.mark.parametrize(
    "row",
    [
        "Session B | `b` | `src/b.py`, `src/xy/` | In progress",
        "Session B | `b` | `src/a.py` | Done",
        "Session B | `b` | `src/a.py` | Not started",
        "Session B | `b` | `src/a.py:12` | In progress",
        "Session B | `b` | | In progress",
    ],
)
def test_what_does_not(row: str) -> None:
    assert told(scopes, board(A, row)) == []


def test_the_board_itself_belongs_to_all() -> None:
    text = board("Session A | `a` | `docs/HUB.md` | In progress", "Session B | `b` | `docs/HUB.md` | In progress")
    assert told(scopes, text, path="docs/HUB.md") == []
    assert len(told(scopes, text, path="STATUS.md")) == 1
    assert told(scopes, text, path="STATUS.md", lifecycle=Lifecycle.HISTORICAL) == []


def test_tasks_need_an_owner_each() -> None:
    header = "Task | Owner | Files | Status"
    rows = ("Task 1 | Ada | `src/a.py` | In progress", "Task 2 | {} | `src/a.py` | In progress")
    assert told(scopes, board(rows[0], rows[1].format("Ada"), header=header)) == []
    assert told(scopes, board(rows[0], rows[1].format(""), header=header)) == []
    assert len(told(scopes, board(rows[0], rows[1].format("Bo"), header=header))) == 1


def test_who_waits_for_the_other_is_told_so() -> None:
    header = "Session | Files | Depends on | Status"
    assert told(scopes, board("Session A | `a.py` | | In progress", "Session B | `a.py` | Session A | In progress", header=header)) == []
