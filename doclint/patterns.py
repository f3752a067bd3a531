"""Regular expressions that a repository brings along: read with a limit on time and on what is looked at.

Python's own engine can be sent to sleep for years by thirty characters. ``regex`` knows the same language, and gives up when its time is
out.
"""

from __future__ import annotations

import functools
from typing import Any

from doclint.errors import ConfigError

_SECONDS = 0.25
_LONGEST_PATTERN = 500
# No title, field or cell that a person wrote is longer.
_LONGEST_TEXT = 5000


def check(pattern: str) -> None:
    """Raise ConfigError where ``pattern`` is no regular expression that can be used."""
    _compiled(pattern)


def whole(pattern: str, text: str) -> bool:
    """Whether ``pattern`` matches all of ``text``. Raises ConfigError where it is no pattern, or takes too long."""
    return _ask(_compiled(pattern).fullmatch, pattern, text)


def anywhere(pattern: str, text: str) -> bool:
    """Whether ``pattern`` matches somewhere in ``text``, as JSON Schema reads one. Raises ConfigError as ``whole`` does."""
    return _ask(_compiled(pattern).search, pattern, text)


def _ask(look: Any, pattern: str, text: str) -> bool:
    try:
        return look(text[:_LONGEST_TEXT], timeout=_SECONDS) is not None
    except TimeoutError:
        raise ConfigError(f"the pattern `{pattern}` takes too long") from None


@functools.lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:
    import regex

    if len(pattern) > _LONGEST_PATTERN:
        raise ConfigError(f"a pattern of {len(pattern)} characters is too long; {_LONGEST_PATTERN} are allowed")
    try:
        return regex.compile(pattern, regex.V0)
    except (regex.error, RecursionError, OverflowError) as error:
        raise ConfigError(f"`{pattern}` is no regular expression: {error}") from None
