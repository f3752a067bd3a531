"""Nothing that a terminal or a build's log would act on gets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.terminal import colour, inert, safe, show, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ✅ 日本語", "plain ✅ 日本語"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\r\tc", "a\\x0ab\\x0d\\x09c"),
        ("\u202eevil", "\\u202eevil"),
        ("\u2028", "\\u2028"),
        ("\U000e0001", "\\U000e0001"),
        ("b\udcff.md", "b\\xff.md"),
        ("\x9b", "\\x9b"),
    ],
)
def test_what_is_shown_of_text(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text())
def test_what_is_shown_can_be_printed(text: str) -> None:
    assert safe(text).isprintable()
    assert "".join(map(show, text)).isprintable()


@pytest.mark.parametrize(("text", "cells"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("✔\ufe0f", 2), ("✅", 2), ("", 0), ("\u0436", 1)])
def test_cells(text: str, cells: int) -> None:
    assert width(text) == cells


def _runner_acts_on(line: str) -> bool:
    """The two ways in which a GitHub runner finds a command in a line of a log."""
    return line.strip().startswith("::") or "##[" in line


@given(st.text(alphabet=":#[] \u00a0\u3000ax").filter(lambda text: "\n" not in text))
def test_no_line_is_a_command_for_a_runner(line: str) -> None:
    assert not _runner_acts_on(inert(line))


def test_a_line_that_is_no_command_stays_as_it_is() -> None:
    assert inert("a.md:1:1: ST001 `std::vector`") == "a.md:1:1: ST001 `std::vector`"


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "expected"),
    [
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1", "CLICOLOR": "0"}, False, True),
        ("auto", {"FORCE_COLOR": "0", "CLICOLOR_FORCE": "1"}, True, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "0"}, True, True),
        ("auto", {"CLICOLOR": "0"}, True, False),
        ("auto", {"TERM": "dumb"}, True, False),
    ],
)
def test_when_to_colour(choice: str, environment: dict[str, str], terminal: bool, expected: bool) -> None:
    assert colour(choice, environment, terminal) is expected
