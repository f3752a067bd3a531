"""Phrases are looked up as whole words."""

from __future__ import annotations

import pytest

from doclint.model.phrases import Phrases
from tests.steps import growth

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


def test_finding_all_takes_no_more_than_its_share() -> None:
    for text in ("is done, ", "完了、", "it is 完了 "):
        assert growth(lambda number, text=text: lambda: list(PHRASES.finditer(text * number + "done")), 200) < 5.5  # type: ignore[misc]


def test_signs_and_words_take_turns() -> None:
    assert [hit.group() for hit in PHRASES.finditer("完了 done 完了, in progress")] == ["完了", "done", "完了", "in progress"]
    assert [hit.group() for hit in PHRASES.finditer("done not started", 2)] == ["not started"]
