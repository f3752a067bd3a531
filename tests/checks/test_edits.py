"""How much an edit changed in substance."""

from __future__ import annotations

import pytest

from doclint.checks import edits

LINES = ["# Status", "", "The collector reads the station list twice a day.", "", "- [ ] Alarms", "- [ ] Forecast", "", "| Part | State |"]


@pytest.mark.parametrize(
    "new",
    [
        LINES,
        ["# Status", "The collector reads the station", "list twice a day.", "* [ ] Alarms", "* [ ] Forecast", "|  Part   |  State  |"],
        list(reversed(LINES)),
        [line.replace("-", "*") for line in LINES],
    ],
    ids=["the same", "reflowed", "moved", "other bullets"],
)
def test_form_is_no_substance(new: list[str]) -> None:
    assert edits.size(LINES, new) == 0


def test_lines_that_hold_something_new_count_once() -> None:
    assert edits.size(LINES, [*LINES, "One more line.", "And another."]) == 2
    assert edits.size([*LINES, "One more line."], LINES) == 1


def test_a_new_sentence_in_a_reflowed_paragraph_counts_the_lines_that_hold_it() -> None:
    old = ["The collector reads the station list twice a day, and stores what it found."]
    new = ["The collector reads the", "station list twice a day, and stores what it", "found. Nobody reads it yet."]
    assert edits.size(old, new) == 1


def test_ticks_count() -> None:
    assert edits.size(["- [ ] a", "- [ ] b", "- [ ] c"], ["- [x] a", "- [x] b", "- [x] c"]) == 3


def test_one_name_in_place_of_another_does_not_count() -> None:
    assert edits.size(["run tide", "build tide", "tide is slow"], ["run ebb", "build ebb", "ebb is slow"]) == 0
    assert edits.size(["see [a](docs/a.md)", "`src/x/b.py`"], ["see [a](../old/a.md)", "`lib/b.py`"]) == 0


def test_numbers_are_no_paths() -> None:
    assert edits.size(["12/20 done"], ["13/20 done"]) == 1


def test_the_body_is_what_stands_below_the_front_matter() -> None:
    assert edits.body(["---", "type: handoff", "---", "Text"]) == ["Text"]
    assert edits.body(["Text", "---"]) == ["Text", "---"]
    assert edits.body(["---", "Text"]) == ["---", "Text"]
    assert edits.body([]) == []
