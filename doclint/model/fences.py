"""Code blocks that end too early: their writer put one into another, and no parser can tell which line was to close which."""

from __future__ import annotations

import functools
import re

from doclint.markdown import nodes
from doclint.model.once import Same
from doclint.text import Source

_OPENING = re.compile(r"\s{0,3}(?P<fence>`{3,}|~{3,})[ \t]{0,4}[A-Za-z]")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")


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
    outer = _FENCE.match(source.slice(fence.span))
    inner = (_OPENING.match(source.slice(line)) for line in fence.lines)
    # A longer fence around a shorter one is how one block is put into another.
    return outer is not None and any(match and match["fence"].startswith(outer[1]) for match in inner)
