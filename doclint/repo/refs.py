"""The refs of a repository, from one snapshot, and the names that people give them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

REFS = ("for-each-ref", "--format=%(HEAD)%00%(refname)%00%(symref)%00%(objectname)", "refs/heads", "refs/remotes", "refs/pull")
USUAL_BASES = ("main", "master", "develop", "trunk")
_NONE: Mapping[Any, Any] = MappingProxyType({})
_PULL = re.compile(r"refs/pull/(\d{1,9})/head\Z")


class Refs(NamedTuple):
    """Branches by name with their commit ids: ``heads`` are local, ``remotes`` by remote; ``pulls`` are pull requests by number.

    ``current`` is the branch that is checked out, ``default`` the one that ``origin/HEAD`` stands for.
    """

    heads: Mapping[str, str] = _NONE
    remotes: Mapping[str, Mapping[str, str]] = _NONE
    pulls: Mapping[int, str] = _NONE
    current: str | None = None
    default: str | None = None

    def short(self, name: str) -> str:
        """The branch's own name, without ``refs/heads/``, ``remotes/`` or the remote that it is written with."""
        name = name.removeprefix("refs/").removeprefix("heads/")
        if name.startswith("remotes/") or name not in self.heads:
            remote, _, rest = name.removeprefix("remotes/").partition("/")
            if rest and remote in self.remotes:
                return rest
        return name

    def tips(self, name: str) -> tuple[str, ...]:
        """Where branch ``name`` stands: the local one first, then origin's if it differs; other remotes' only if both lack it."""
        own = [self.heads.get(name), self.remotes.get("origin", {}).get(name)]
        found = [id for id in own if id is not None] or [remote[name] for remote in self.remotes.values() if name in remote]
        return tuple(dict.fromkeys(found))

    def name_of(self, revision: str, id: str) -> str | None:
        """What people call the commit ``id`` that was asked for as ``revision``: a branch that stands there."""
        candidates = (revision, self.current, self.default, *USUAL_BASES)
        return next((self.short(name) for name in candidates if name and id in self.tips(self.short(name))), None)

    def short_names(self) -> dict[str, str]:
        """Every branch name with its commit, local before remote."""
        found: dict[str, str] = {}
        for branches in (self.heads, self.remotes.get("origin", {}), *self.remotes.values()):
            for name, id in branches.items():
                found.setdefault(name, id)
        return found


def parse_refs(output: bytes) -> Refs:
    """The refs in the output of ``REFS``."""
    heads: dict[str, str] = {}
    remotes: dict[str, dict[str, str]] = {}
    pulls: dict[int, str] = {}
    current = default = None
    for line in output.decode("utf-8", "surrogateescape").split("\n"):
        if not line:
            continue
        mark, ref, symref, id = line.split("\0")
        if ref.startswith("refs/heads/"):
            heads[ref[11:]] = id
            if mark == "*":
                current = ref[11:]
        elif ref.startswith("refs/remotes/"):
            remote, _, branch = ref[13:].partition("/")
            if symref:
                if ref == "refs/remotes/origin/HEAD":
                    default = symref.removeprefix("refs/remotes/origin/")
            elif branch:
                remotes.setdefault(remote, {})[branch] = id
        elif found := _PULL.match(ref):
            pulls[int(found.group(1))] = id
    return Refs(heads, remotes, pulls, current, default)
