"""Invisible characters: which mislead, which are spelling, and that taking them out changes nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.checks import invisible
from tests.checks.running import fixed, told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\u200bb\n", ["1:2 an invisible character stands here: U+200B zero width space"]),
        (
            "a \u202ecba\u202c\n",
            [
                "1:3 an invisible character stands here: U+202E right-to-left override",
                "1:7 an invisible character stands here: U+202C pop directional formatting",
            ],
        ),
        ("\u05d0 \u202e x\n", ["1:3 an invisible character stands here: U+202E right-to-left override"]),
        ("x\ufeff\u2060y\n", ["1:2 an invisible character stands here: U+FEFF byte order mark, U+2060 word joiner"]),
        ("a\u200db\n", ["1:2 an invisible character stands here: U+200D zero width joiner"]),
        ("\U0001f469\u200d\U0001f52c\n", []),
        ("\u0645\u06cc\u200c\u0634\u0648\u062f\n", []),
        ("\u2067\u05e9\u05dc\u05d5\u05dd\u2069 (hello)\n", []),
        ("\u0e01\u200b\u0e02\n", []),
        ("plain\n", []),
        ("ZWSP: a\u200bb\n", ["1:8 [info] an invisible character stands here: U+200B zero width space"]),
        ("ZWSP: a\u202eb\n", ["1:8 an invisible character stands here: U+202E right-to-left override"]),
        ("\u2066a\n", ["1:1 [info] an invisible character stands here: U+2066 left-to-right isolate"]),
        (
            "\u2066a \u2067b\n",
            [
                "1:1 an invisible character stands here: U+2066 left-to-right isolate",
                "1:4 an invisible character stands here: U+2067 right-to-left isolate",
            ],
        ),
    ],
)
def test_what_misleads(text: str, found: list[str]) -> None:
    assert told(invisible, text) == found


@given(st.text(st.sampled_from("a \n\u05d0\u200b\u200d\u202e\u2067\ufeff\U0001f469"), max_size=20))
def test_taking_them_out_takes_out_nothing_else_and_is_enough(text: str) -> None:
    mended = fixed(invisible, text, unsafe=True)
    visible = str.maketrans("", "", "\u200b\u200d\u202e\u2067\ufeff")
    assert mended.translate(visible) == text.translate(visible)
