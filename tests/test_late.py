"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from doclint.late import late


def test_it_is_the_pattern() -> None:
    lazy, eager = late(r"(?P<word>\w+) ?", re.IGNORECASE), re.compile(r"(?P<word>\w+) ?", re.IGNORECASE)
    text = "One two"
    assert (lazy.pattern, lazy.flags, lazy.groups, lazy.groupindex) == (eager.pattern, eager.flags, eager.groups, eager.groupindex)
    assert [match["word"] for match in lazy.finditer(text)] == ["One", "two"]
    assert lazy.sub("x", text, 1) == eager.sub("x", text, 1) == "xtwo"
    assert lazy.match(text, 4) is not None
    assert lazy.fullmatch(text, 0, 4) is not None


def test_what_is_wrong_is_said_when_it_is_used() -> None:
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("x")
    with pytest.raises(AttributeError):
        broken.nothing  # type: ignore[attr-defined]  # noqa: B018
