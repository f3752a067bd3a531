"""Comparing titles: whether two names of work can mean one thing."""

from __future__ import annotations

from doclint.late import late

_WORD = late(r"[^\W\d_]{2,}|\d+(?:\.\d+)+")
_SMALL = frozenset(
    "a an and are as at be by for from in is it its of on or that the this to was with via into per"
    " phase session task day week step milestone part stage sprint wave agent lane new".split()
)
_STEM = 5
_CAMEL = late(r"(?<=[a-z])(?=[A-Z])")


def words(text: str) -> frozenset[str]:
    """The words of a title that tell it from others, cut to their stems."""
    return frozenset(stem(word) for word in _WORD.findall(_CAMEL.sub(" ", text).casefold()) if word not in _SMALL)


def stem(word: str) -> str:
    """The beginning that ``generator`` and ``generation``, ``test`` and ``tests`` have in common."""
    return word[:_STEM].rstrip("s") if len(word) > 3 else word


def akin(one: str, other: str) -> bool:
    """Whether two titles can be of one thing: one of them is missing, or they have a word in common."""
    a, b = words(one), words(other)
    return not a or not b or bool(a & b)
