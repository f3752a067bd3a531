"""The word that was probably meant."""

from __future__ import annotations

from doclint.nearest import hint, nearest
from tests.steps import steps


def test_the_nearest_word_in_any_letter_case() -> None:
    assert nearest("Statsu", ["stats", "STATUS", "state"]) == "STATUS"
    assert hint("status", ["owner"]) == ""


def test_among_very_many_words_none_is_looked_for() -> None:
    assert nearest("word1", [f"word{number}" for number in range(10000)]) is None
    assert steps(lambda: nearest("word1", map(str, iter(int, 1)))) < 1000


def test_very_long_words_are_not_compared() -> None:
    assert steps(lambda: nearest("ab" * 20000, ["ba" * 20000])) < 1000
    assert nearest("status", ["status " * 5000, "statsu"]) == "statsu"
