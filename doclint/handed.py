"""The range of commits that a program which runs hooks hands over: what is pushed, or was asked about, when nothing is to be committed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from doclint.repo.ids import is_full

_ENDS = (("PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"), ("PRE_COMMIT_ORIGIN", "PRE_COMMIT_SOURCE"))


class Handed(NamedTuple):
    """The revisions between which the changes lie, as they were named."""

    start: str
    end: str

    @property
    def by_id(self) -> bool:
        """Whether Git said where the changes begin, and no person: the other side's commit, which need not be here, or zeros for none."""
        return is_full(self.start)


def handed(variables: Mapping[str, str]) -> Handed | None:
    """The range that pre-commit's variables tell of: under ``pre-commit run --from-ref A --to-ref B``, and before a push.

    None where they tell of none, or of a branch that is only deleted.
    """
    for start, end in _ENDS:
        said = Handed(variables.get(start, ""), variables.get(end, ""))
        if said.start and said.end:
            return said if said.end.strip("0") else None
    return None
