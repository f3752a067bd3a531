"""What a stretch of history changed: its commits with their paths and trailers, and what no commit holds yet."""

from __future__ import annotations

import os

from doclint.repo.commits import FORMAT, parse_header
from doclint.repo.facts import Changed, Commit
from doclint.repo.process import Git
from doclint.repo.raw import RAW, parse_raw

_BETWEEN = "\x1e"
# A merge changes that in which it differs from all its parents.
_LOG = ("log", "-z", "--topo-order", "--no-color", "--encoding=UTF-8", *RAW, "-c", "--no-renames", "--root")
_TRAILERS = "%x01%(trailers:key=doclint,valueonly,unfold,separator=%x1e)"


def commits(git: Git, since: str, head: str) -> tuple[Changed, ...]:
    """The commits that ``head`` reaches and ``since`` does not, newest first. Raises GitError."""
    output = git.run(*_LOG, f"--format=tformat:{_TRAILERS}{FORMAT}", head, f"^{since}", "--")
    found: list[Changed] = []
    for header, changes in parse_raw(output):
        trailers, _, rest = header[1:].partition(b"\x01")
        said = tuple(each.strip() for each in trailers.decode("utf-8", "replace").split(_BETWEEN) if each.strip())
        found.append(Changed(parse_header(b"\x01" + rest), frozenset(change.path for change in changes), said))
    return tuple(found)


def uncommitted(git: Git, head: Commit | None, *, cached: bool) -> set[str]:
    """The tracked paths that the index (``cached``), or else the work tree, may have changed since ``head``. Raises GitError."""
    if head is None:
        return set()
    output = git.run("diff-index", *RAW, "--no-renames", *(("--cached",) if cached else ()), head.id, "--")
    return {os.fsdecode(record) for record in output.split(b"\0")[1::2]}
