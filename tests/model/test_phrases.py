"""Phrases are looked up as whole words."""

from __future__ import annotations

import pytest

from doclint.model.phrases import Phrases

PHRASES = Phrases(["done", "in progress", "not started", "n/a", "won't do", "完了"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Done", ["Done"]),
        ("in-progress, then IN_PROGRESS", ["in-progress", "IN_PROGRESS"]),
        ("undone, donee, is_done, done_now", []),
        ("not  started; won't do; n/a", ["not  started", "won't do", "n/a"]),
        ("not, started", []),
        ("全部完了しました", ["完了"]),
        ("", []),
    ],
)
def test_what_is_found(text: str, found: list[str]) -> None:
    assert [hit.group() for hit in PHRASES.finditer(text)] == found


def test_a_match_begins_where_it_is_asked_for() -> None:
    hit = PHRASES.match("it is done", 6)
    assert hit is not None and (hit.start(), hit.end(), hit.phrase) == (6, 10, "done")  # noqa: PT018
    assert PHRASES.match("it is done", 5) is None
    assert PHRASES.fullmatch("done now") is None
