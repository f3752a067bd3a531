"""The range of commits that a program which runs hooks hands over: what is pushed, or was asked about, when nothing is to be committed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_ENDS = (("PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"), ("PRE_COMMIT_ORIGIN", "PRE_COMMIT_SOURCE"))
_FULL_ID = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")


class Handed(NamedTuple):
    """The revisions between which the changes lie, as they were named."""

    start: str
    end: str

    @property
    def by_id(self) -> bool:
        """Whether Git said where the changes begin, and no person: the other side's commit, which need not be here, or zeros for none."""
        return _FULL_ID.match(self.start) is not None


def handed(variables: Mapping[str, str]) -> Handed | None:
    """The range that pre-commit's variables tell of: under ``pre-commit run --from-ref A --to-ref B``, and before a push.

    None where they tell of none, or of a branch that is only deleted.
    """
    for start, end in _ENDS:
        said = Handed(variables.get(start, ""), variables.get(end, ""))
        if said.start and said.end:
            return said if said.end.strip("0") else None
    return None
