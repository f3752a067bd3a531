"""Conflict markers: whole ones, halves, and what only looks like them."""

from __future__ import annotations

import pytest

from doclint.checks import conflicts
from tests.checks.running import proofs, told

WHOLE = "# Hub\n\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n"


def test_a_whole_conflict() -> None:
    assert told(conflicts, WHOLE) == ["3:1 a merge conflict is not resolved"]
    assert proofs(conflicts, WHOLE) == [["the end of the conflict"]]


def test_a_conflict_with_its_base() -> None:
    assert told(conflicts, WHOLE.replace("=======", "||||||| 1a2b3c4\nbase\n=======")) == ["3:1 a merge conflict is not resolved"]


def test_two_conflicts_and_carriage_returns() -> None:
    text = (WHOLE + WHOLE).replace("\n", "\r\n")
    assert told(conflicts, text) == ["3:1 a merge conflict is not resolved", "10:1 a merge conflict is not resolved"]


@pytest.mark.parametrize("half", ["<<<<<<< HEAD\nours\n", "theirs\n>>>>>>> other\n", "<<<<<<< HEAD\nours\n>>>>>>> other\n"])
def test_a_conflict_that_was_resolved_by_half(half: str) -> None:
    assert [line.partition(" ")[2] for line in told(conflicts, half)] == ["[warning] a conflict marker stands in the text"]


@pytest.mark.parametrize(
    "text",
    [
        f"```text\n{WHOLE}```\n",
        "Title\n=======\n",
        "> >>>>>> x\n",
        ">>>>>>>> x\n",
        ">>>>>>>\n",
        "    <<<<<<< HEAD\n",
        "x <<<<<<< HEAD\n",
        "<<<<<<<HEAD\n",
    ],
)
def test_no_conflict(text: str) -> None:
    assert told(conflicts, text) == []
