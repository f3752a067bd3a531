"""Patterns from a repository end in time, whatever they say."""

from __future__ import annotations

import contextlib

import pytest

from doclint import patterns
from doclint.errors import ConfigError


def test_whole_and_anywhere() -> None:
    assert patterns.whole(r"A-\d+", "A-12")
    assert not patterns.whole(r"A-\d+", "A-12b")
    assert patterns.anywhere(r"\d+", "A-12b")


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){25}$", "(?:a?){40}a{40}$"])
def test_a_pattern_that_would_take_years(pattern: str) -> None:
    with contextlib.suppress(ConfigError):
        assert not patterns.whole(pattern, "a" * 39 + "!")


def test_one_that_is_given_up() -> None:
    with pytest.raises(ConfigError, match=r"^the pattern `\(a\|aa\)\+\$` takes too long$"):
        patterns.whole("(a|aa)+$", "a" * 60 + "!")


@pytest.mark.parametrize("pattern", ["(", "[", "(?P<a>x)(?P<a>y", "*"])
def test_no_pattern(pattern: str) -> None:
    with pytest.raises(ConfigError, match=r"is no regular expression"):
        patterns.check(pattern)
