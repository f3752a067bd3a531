"""Patterns that are compiled when they are first used: a run uses few of the many that the house knows."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags", "groups", "groupindex")


def late(pattern: AnyStr, flags: int | re.RegexFlag = 0) -> re.Pattern[AnyStr]:
    """``re.compile(pattern, flags)``, put off until the pattern is used. What is wrong with it is raised only then."""
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))


class _Late:
    __slots__ = ("_flags", "_source", *_METHODS)

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Asked for what is not there yet alone; from then on the pattern's own methods are.
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
