"""Whether a branch's work is in the base, and what brought it there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from doclint.repo.ancestry import Ancestry
from doclint.repo.facts import Branch, Commit, Landing, Unknown

NO_REF = Unknown("no ref of this branch is left")


class Divergence(NamedTuple):
    """How a commit and the base differ: what the base lacks (ids and times), how many commits it lacks itself, and where they parted.

    ``fork`` is None where the two have no history in common; ``linear`` if no commit ahead is a merge.
    """

    ahead: Mapping[str, int]
    behind: int
    fork: str | None
    linear: bool


class Surroundings(NamedTuple):
    """What the landing of a branch depends on.

    ``truncated`` says why the absence of a commit proves nothing (a shallow clone), else None. ``as_of`` is the time (seconds since 1970)
    that the tree stands for, where refs may have moved on since. ``diverge`` and ``content`` are asked only of tips that the base does not
    reach; ``content`` finds the commit of the base with which everything that the branch changed had come in.
    """

    base: Ancestry
    pulls: Mapping[int, str]
    truncated: Unknown | None
    as_of: int | None
    diverge: Callable[[str], Divergence | Unknown]
    content: Callable[[str, Divergence], Commit | Unknown | None]


def judge(name: str, tips: Sequence[Commit], around: Surroundings) -> Branch | Unknown | None:
    """The branch ``name``, whose refs stand on ``tips`` (none where no ref is left); where they disagree, the one with work left speaks."""
    if not tips:
        merges = around.base.merges_of(name)
        # A clone that is cut off anywhere may lack the ref, and the ref may have gone on since the merge.
        if around.truncated or not merges:
            return around.truncated
        return Branch(name, None, Landing("merge", merges[0]), True, NO_REF, NO_REF)
    judged = [_judge(name, tip, around) for tip in tips]
    return next((each for each in judged if isinstance(each, Unknown) or not isinstance(each.landed, Landing)), judged[0])


def _judge(name: str, tip: Commit, around: Surroundings) -> Branch | Unknown:
    base = around.base
    if tip.id == base.tip.id:
        return Branch(name, tip, None, False, 0, 0)
    merges = base.merges_of(name)
    if tip.id in base:
        behind: int | Unknown = around.truncated or len(base.beyond([tip.id]))
        if tip.id in base.mainline:
            if not merges:
                # On the line itself: fast-forwarded, or never more than a name on a commit of the base.
                return around.truncated or Branch(name, tip, None, False, 0, behind)
            return Branch(name, tip, Landing("merge", merges[0]), True, 0, behind)
        carrier = base.brought_by(tip.id)
        return Branch(name, tip, Landing("merge" if carrier in merges else "ancestor", carrier), True, 0, behind)
    divergence = Unknown(around.truncated.reason, around.truncated.remedy) if around.truncated else around.diverge(tip.id)
    landed = _landed(tip, merges, divergence, around)
    if isinstance(divergence, Unknown):
        return Branch(name, tip, landed, True, divergence, divergence)
    return Branch(name, tip, landed, True, len(divergence.ahead), divergence.behind)


def _landed(tip: Commit, merges: Sequence[Commit], divergence: Divergence | Unknown, around: Surroundings) -> Landing | Unknown | None:
    for number, head in around.pulls.items():
        if head == tip.id:
            by_number = around.base.pull_request(number)
            if by_number is not None:
                return Landing("pull-request", by_number.commit)
    if isinstance(divergence, Unknown):
        return divergence
    if merges and around.as_of is not None and all(time > around.as_of for time in divergence.ahead.values()):
        # What the base lacks was written after the day that the tree stands for.
        return Landing("merge", merges[0])
    brought = around.content(tip.id, divergence)
    if isinstance(brought, Commit):
        return Landing("squash", brought)
    return brought


Change = Mapping[str, str]
"""The paths that a commit or a branch changed, each with a token for its new content, which is ``""`` where it was taken away."""


def content_arrived(change: Change, steps: Iterable[tuple[Commit, Change]]) -> Commit | None:
    """The first of ``steps``, oldest first, after which every path of ``change`` has the content that ``change`` gave it."""
    missing = set(change)
    for commit, step in steps:
        for path, content in step.items():
            if path in change:
                if content == change[path]:
                    missing.discard(path)
                else:
                    missing.add(path)
        if not missing:
            return commit
    return None
