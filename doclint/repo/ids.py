"""The names of Git's objects, in lower-case hex digits: 40 for SHA-1, 64 for SHA-256, and 7 or more where a person shortened one."""

from __future__ import annotations

from doclint.late import late

_FULL = late(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_SHORT = late(r"[0-9a-f]{7,64}\Z")


def is_full(name: str) -> bool:
    """Whether ``name`` is an object's whole name."""
    return _FULL.match(name) is not None


def is_id(name: str) -> bool:
    """Whether ``name`` can be an object's name, whole or shortened."""
    return _SHORT.match(name) is not None
