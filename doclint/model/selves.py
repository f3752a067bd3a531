"""Places where a document says of a path that it is its own: `docs/plan.md` (this file), `├── plan.md  # THIS FILE`."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from typing import NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.model.document import Document
from doclint.text import Span

_THIS = late(
    r"\bthis[ \t](?:file|document|doc)\b(?=[ \t*_`]{0,4}(?:$|[)\].,;:|\n\u2013\u2014-]))|(?:このファイル|本文件|本文档|この文書)(?=\W|$)",
    re.IGNORECASE,
)
_NEAR = 40
_BESIDE = late(r"[ \t`*_()\[\]|:<>#/\\\u2190\u21d0\u2013\u2014-]{1,40}")
_IN_TREE = late(r"(?P<path>[\w.\-][\w./\-]{0,200}\.\w{1,8})[ \t]{1,80}(?:#|//|<-+|\u2190|\(|--)[ \t<\u2190*-]{0,8}$")


class Own(NamedTuple):
    """A path that the document calls its own; ``whole`` is False where a tree shows the name alone."""

    span: Span
    path: str
    whole: bool


def selves(document: Document) -> Iterator[Own]:
    """The paths that the document calls its own, in order of the kinds of places."""
    text = document.source.text
    for match in _THIS.finditer(text):
        before = bisect.bisect_left(document.references, match.start(), key=lambda reference: reference.span.start) - 1
        near = document.references[before] if before >= 0 else None
        if near is None or near.kind != "path" or near.place == "link" or match.start() - near.span.end > _NEAR:
            continue
        if _BESIDE.fullmatch(text, near.span.end, match.start()):
            yield Own(near.span, near.token, True)
    for node in nodes.walk(document.root):
        if isinstance(node, nodes.Fence):
            for line in node.lines:
                yield from _in_tree(document, line)


def _in_tree(document: Document, line: Span) -> Iterator[Own]:
    text = document.source.slice(line)
    named = _THIS.search(text)
    shown = _IN_TREE.search(text, 0, named.start()) if named else None
    if shown:
        start = line.start + shown.start("path")
        yield Own(Span(start, start + len(shown["path"])), shown["path"], False)
