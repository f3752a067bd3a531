"""Words as they are compared."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from doclint.model.lexicon import fold, without_end

RUN = re.compile(r"[^\w)\]}%]+")


def test_what_decorates_a_word_is_trimmed() -> None:
    assert [fold(text) for text in ("✅ **Done**:", "(Phase_2)", "#8 —", "80 %", "~~x~~ (y) !")] == [
        "done",
        "(phase 2)",
        "#8",
        "80 %",
        "x~~ (y)",
    ]


@given(st.text(alphabet="aé_ (){}[]%#*-\n✅", max_size=12))
def test_an_end_is_what_a_search_would_find(text: str) -> None:
    assert without_end(text, RUN) == re.sub(rf"{RUN.pattern}\Z", "", text)
