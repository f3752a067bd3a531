"""The HTML comments of a document, which carry doclint's own words to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from doclint.late import late
from doclint.markdown.html import Markup, comment_content
from doclint.markdown.inline import definitions, scan
from doclint.markdown.nodes import Cell, Heading, Html, HtmlBlock, Inline, Paragraph, Root, walk
from doclint.text import Source, Span

_OPENING = late(r"<!--|<[A-Za-z/?!]")
# Elements whose content is text to a browser; a comment's signs in there are no comment.
_RAW_OPENING = late(r"<(script|style|textarea|title)[ \t\r\n/>]", re.IGNORECASE)
_BEFORE = late(r"[ \t>]*")
_BEHIND = late(r"[ \t]*(?:[\r\n]|\Z)")


class Comment(NamedTuple):
    """``<!-- text -->``: ``text`` without outer blanks, ``alone`` where nothing else stands on its lines but prefixes of blocks."""

    span: Span
    text: str
    alone: bool


def comments(source: Source, root: Root) -> Iterator[Comment]:
    """Every comment of ``source``, whose blocks ``root`` are, in document order: what merely looks like one in code is none."""
    text = source.text
    if "<!--" not in text:
        return
    known = definitions(root)
    for node in walk(root):
        if text.find("<!--", node.span.start, node.span.end) < 0:
            continue
        match node:
            case HtmlBlock():
                yield from _in_html(source, node.span)
            case Heading() | Paragraph():
                yield from _in_nodes(source, node.span.start, scan(source, node.lines, known))
            case Cell():
                yield from _in_nodes(source, 0, scan(source, (node.span,), known, cell=True))


def _in_nodes(source: Source, block: int, inline: Inline) -> Iterator[Comment]:
    for node in inline.nodes:
        if isinstance(node, Html) and node.comment is not None:
            yield _comment(source, block, node.span, node.comment)


def _in_html(source: Source, block: Span) -> Iterator[Comment]:
    text = source.slice(block)
    offset = block.start
    markup = Markup(text)
    place = 0
    while found := _OPENING.search(text, place):
        start = found.start()
        comment = text.startswith("<!--", start)
        end = markup.comment_end(start) if comment else markup.end(start)
        if end < 0:
            place = start + 1
            continue
        place = end
        if comment:
            first, last = comment_content(text, start, end)
            yield _comment(source, offset, Span(offset + start, offset + end), Span(offset + first, offset + last))
        elif raw := _RAW_OPENING.match(text, start):
            closing = re.compile(rf"</{raw[1]}", re.IGNORECASE).search(text, end)
            if closing is None:
                return
            place = closing.start()


def _comment(source: Source, block: int, span: Span, content: Span) -> Comment:
    """The comment at ``span`` in a block that begins at ``block``: what stands before that on its line are prefixes."""
    line = source.line(source.position(span.start).line).start
    alone = _BEFORE.fullmatch(source.text, max(line, block), span.start) and _BEHIND.match(source.text, span.end)
    return Comment(span, source.slice(content).strip(), bool(alone))
