"""The refs of a repository, from one snapshot, and the names that people give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from doclint.late import late
from doclint.repo.ids import is_full

REFS = ("for-each-ref", "--format=%(HEAD)%00%(refname)%00%(symref)%00%(objectname)", "refs/heads", "refs/remotes", "refs/pull")
# For ``git rev-parse``: the ids of all refs, then their names in the same order, then the names that HEAD and origin's stand for.
_GLOBS = ("--glob=refs/heads", "--glob=refs/remotes", "--glob=refs/pull")
LISTING = (*_GLOBS, "--symbolic", *_GLOBS, "--symbolic-full-name", "--revs-only", "HEAD", "refs/remotes/origin/HEAD")
USUAL_BASES = ("main", "master", "develop", "trunk")
_NONE: Mapping[Any, Any] = MappingProxyType({})
_ORIGIN = "refs/remotes/origin/HEAD"
_PULL = late(r"refs/pull/(\d{1,9})/head\Z")


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


def parse_listing(output: bytes) -> Refs | None:
    """The refs in the output of ``LISTING``, or None where it does not tell all: HEAD is unborn, or its name is that of a ref too."""
    lines = output.decode("utf-8", "surrogateescape").splitlines()
    count = next((place for place, line in enumerate(lines) if not is_full(line)), len(lines))
    ids, names, heads = lines[:count], lines[count : 2 * count], lines[2 * count :]
    current = heads[0] if heads else ""
    if len(names) < count or not all(name.startswith("refs/") for name in names):
        return None
    if not (current == "HEAD" or current.startswith("refs/heads/")) or len(heads) > 2:
        return None
    default = heads[1] if len(heads) > 1 else ""
    listed = [
        (name == current, name, default if name == _ORIGIN and default != name else "", id) for name, id in zip(names, ids, strict=True)
    ]
    return _refs(listed)


def parse_refs(output: bytes) -> Refs:
    """The refs in the output of ``REFS``."""
    lines = [line.split("\0") for line in output.decode("utf-8", "surrogateescape").split("\n") if line]
    return _refs((mark == "*", ref, symref, id) for mark, ref, symref, id in lines)


def _refs(listed: Iterable[tuple[bool, str, str, str]]) -> Refs:
    heads: dict[str, str] = {}
    remotes: dict[str, dict[str, str]] = {}
    pulls: dict[int, str] = {}
    current = default = None
    for is_current, ref, symref, id in listed:
        if ref.startswith("refs/heads/"):
            heads[ref[11:]] = id
            if is_current:
                current = ref[11:]
        elif ref.startswith("refs/remotes/"):
            remote, _, branch = ref[13:].partition("/")
            if symref:
                if ref == _ORIGIN:
                    default = symref.removeprefix("refs/remotes/origin/")
            elif branch:
                remotes.setdefault(remote, {})[branch] = id
        elif found := _PULL.match(ref):
            pulls[int(found.group(1))] = id
    return Refs(heads, remotes, pulls, current, default)
