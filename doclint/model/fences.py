"""Code blocks that end too early: their writer put one into another, and no parser can tell which line was to close which."""

from __future__ import annotations

import functools

from doclint.late import late
from doclint.markdown import nodes
from doclint.model.once import Same
from doclint.text import Source

_OPENING = late(r"\s{0,3}(?:`{3,}|~{3,})[ \t]{0,4}[A-Za-z]")
_CLOSING = late(r"\s{0,3}(?:`{3,}|~{3,})\s*$")


def torn(source: Source, root: nodes.Root) -> int | None:
    """Where the first block ends that holds the opening line of another: from there on code and prose may have changed places."""
    return _torn(source, Same(root))


@functools.lru_cache(maxsize=1)
def _torn(source: Source, same: Same[nodes.Root]) -> int | None:
    for node in nodes.walk(same.it):
        if isinstance(node, nodes.Fence) and _holds_another(source, node):
            return node.span.end
    return None


def _holds_another(source: Source, fence: nodes.Fence) -> bool:
    """Whether a block opens in this one that does not close in it; a longer fence around a shorter one holds both its ends."""
    lines = [source.slice(line) for line in fence.lines]
    return sum(map(bool, map(_OPENING.match, lines))) > sum(map(bool, map(_CLOSING.match, lines)))
