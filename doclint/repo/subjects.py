"""What a commit's subject says of branches and pull requests, in the words that Git and the forges write."""

from __future__ import annotations

import re
from typing import NamedTuple

from doclint.late import late

_QUOTED = late(r"Merge (?P<remote>remote-tracking )?branch(?P<several>es)? '")
_NAME = late(r"'([^']+)'")
_PULL_HEAD = late(r"Merge pull request #(\d+) from [^\s/]+/(\S+)")
_PULL_MERGE = late(r"Merge pull request #(\d+)\b")
_GITEA = late(r"Merge pull request '.*' \((?:#|!)(\d+)\) from (\S+) into ")
_BITBUCKET = late(r"Merged in (\S+) \(pull request #(\d+)\)")
_AZURE = late(r"Merged PR (\d+):")
# "Merge feature/pipeline into main", as people and agents write by hand; a name without a slash is too likely an English word.
_BY_HAND = late(r"Merge (?:branch )?([^\s/':]+/[^\s':]+)(?: into \S+|:|$)")
_AT_END = late(r"\(#(\d+)\)\s*$")


class MergedName(NamedTuple):
    """A branch that a merge's subject names; ``pulled`` if it was fetched from a URL, which may be a mere update of the branch itself."""

    name: str
    pulled: bool = False


def merged_branches(subject: str) -> tuple[MergedName, ...]:
    """The branches that the subject of a merge commit says were merged."""
    if found := _PULL_HEAD.match(subject):
        return (MergedName(found.group(2)),)
    if found := _GITEA.match(subject):
        return (MergedName(found.group(2)),)
    if found := _BITBUCKET.match(subject):
        return (MergedName(found.group(1)),)
    if found := _QUOTED.match(subject):
        named, into, _ = subject.partition(" into ")
        named = named if into else subject
        names = _NAME.findall(named) if found["several"] else _NAME.findall(named)[:1]
        if found["remote"]:
            names = [name.partition("/")[2] or name for name in names]
        after = named[found.end() + len(names[0]) + 1 :] if names else ""
        return tuple(MergedName(name, pulled=after.startswith(" of ")) for name in names)
    if found := _BY_HAND.match(subject):
        name = found.group(1)
        return tuple(MergedName(each) for each in ((name, name.partition("/")[2]) if name.startswith("origin/") else (name,)))
    return ()


def pull_requests(subject: str) -> tuple[int, ...]:
    """The pull requests that the subject says it merges, or ends in the number of."""
    for pattern, group in ((_PULL_MERGE, 1), (_GITEA, 1), (_BITBUCKET, 2), (_AZURE, 1), (_AT_END, 1)):
        found = pattern.search(subject) if pattern is _AT_END else pattern.match(subject)
        if found and len(found.group(group)) <= 9:
            return (int(found.group(group)),)
    return ()


_GITLAB = late(r"^See merge request \S*!(\d{1,9})\s*$", re.MULTILINE)


def merge_request(message: str) -> int | None:
    """The merge request that GitLab names in the body of the commit that merges it."""
    found = _GITLAB.search(message)
    return int(found.group(1)) if found else None
