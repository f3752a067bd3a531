"""The nodes of a Markdown document: blocks, and what stands inside a line of text.

Every node has a span in the source; children lie inside their parent, in order, and never overlap. The names are CommonMark's
(0.31) and, for tables, task items and strikethrough, GFM's (0.29).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from typing import NamedTuple

from doclint.text import Span

# --- blocks -----------------------------------------------------------------------------------------------------------


class FrontMatter(NamedTuple):
    """YAML between ``---`` lines at the very start; ``content`` is what stands between them."""

    span: Span
    content: Span


class Heading(NamedTuple):
    """An ATX or setext heading; ``lines`` are its inline content, one span a line, without markers and outer blanks."""

    span: Span
    level: int
    lines: tuple[Span, ...]


class Paragraph(NamedTuple):
    """A paragraph; ``lines`` are its inline content, one span a line, without the prefixes of the blocks around it."""

    span: Span
    lines: tuple[Span, ...]


class Checkbox(NamedTuple):
    """``[ ]`` at the start of an item; ``mark`` is what stands between the brackets."""

    span: Span
    mark: str


class Item(NamedTuple):
    """One list item; ``marker`` is its bullet or number. ``checkbox`` stands at the start of its first paragraph."""

    span: Span
    marker: Span
    checkbox: Checkbox | None
    children: tuple[Block, ...]


class List(NamedTuple):
    """A bullet or ordered list."""

    span: Span
    ordered: bool
    start: int
    children: tuple[Item, ...]


class Quote(NamedTuple):
    """A block quote."""

    span: Span
    children: tuple[Block, ...]


class Fence(NamedTuple):
    """A fenced code block; ``lines`` are the content lines without the prefixes of the blocks around it."""

    span: Span
    info: str
    lines: tuple[Span, ...]
    closed: bool


class CodeBlock(NamedTuple):
    """An indented code block."""

    span: Span


class HtmlBlock(NamedTuple):
    """Raw HTML."""

    span: Span


class ThematicBreak(NamedTuple):
    """``---`` and its like."""

    span: Span


class Cell(NamedTuple):
    """One table cell; the span is its content without outer blanks (empty where there is none)."""

    span: Span


class Row(NamedTuple):
    """One table row with the cells that the source really has, be they fewer or more than the header's."""

    span: Span
    children: tuple[Cell, ...]


class Table(NamedTuple):
    """A GFM table; ``delimiter`` is the row of dashes."""

    span: Span
    header: Row
    delimiter: Span
    rows: tuple[Row, ...]


class Definition(NamedTuple):
    """A link reference definition, ``[label]: destination``; ``label`` is normalised as CommonMark says."""

    span: Span
    label: str
    destination: str


Block = (
    FrontMatter
    | Heading
    | Paragraph
    | List
    | Item
    | Quote
    | Fence
    | CodeBlock
    | HtmlBlock
    | ThematicBreak
    | Table
    | Row
    | Cell
    | Definition
)


class Root(NamedTuple):
    """A whole document. ``cut`` holds the places where the parser's limits left something unread: never silently."""

    span: Span
    children: tuple[Block, ...]
    cut: tuple[Cut, ...] = ()


class Cut(NamedTuple):
    """What a limit kept from being read, and the limit in words."""

    span: Span
    limit: str


def children(node: Block | Root) -> tuple[Block, ...]:
    """The child blocks of ``node``, in order."""
    match node:
        case Paragraph() | Heading() | Cell():  # asked first because they are the most
            return ()
        case Root() | Item() | Quote() | List() | Row():
            return node.children
        case Table():
            return (node.header, *node.rows)
    return ()


def walk(node: Block | Root) -> Iterator[Block | Root]:
    """``node`` and all blocks below it, in document order, without recursion."""
    stack: list[Block | Root] = [node]
    while stack:
        current = stack.pop()
        yield current
        if inner := children(current):
            stack.extend(inner[::-1])


# --- inside a line of text -------------------------------------------------------------------------------------------


class Code(NamedTuple):
    """A code span; ``content`` lies between the backticks, without the blank that CommonMark strips on each side."""

    span: Span
    content: Span


class Link(NamedTuple):
    """A link or (``image``) an image.

    ``text`` lies between the brackets. ``target`` is the destination's span in the source, ``destination`` its value with escapes
    and entities resolved; a reference link has its definition's destination and no ``target``.
    """

    span: Span
    text: Span
    destination: str
    target: Span | None
    image: bool


class Autolink(NamedTuple):
    """``<https://…>`` or ``<a@b.c>``."""

    span: Span
    destination: str


class Emphasis(NamedTuple):
    """Emphasis (``strength`` 1), strong emphasis (2) or strikethrough (0); ``content`` lies between the markers."""

    span: Span
    content: Span
    strength: int


class Html(NamedTuple):
    """An inline tag or a comment; ``comment`` is the comment's text span, None for a tag."""

    span: Span
    comment: Span | None


InlineNode = Code | Link | Autolink | Emphasis | Html


class Inline(NamedTuple):
    """The inline content of one heading, paragraph or cell.

    ``text`` is what a reader sees: emphasis markers, link targets, HTML and backslashes of escapes are gone, code spans keep
    their content, images their description, entities are resolved, and a line end (``<br>`` included) is one blank.
    ``offsets[i]`` is the place in the source of ``text[i]``, and ``offsets[len(text)]`` the end of the content.
    """

    nodes: tuple[InlineNode, ...]
    text: str
    offsets: tuple[int, ...]

    def at(self, offset: int) -> int:
        """The index of the first character of ``text`` that stands at ``offset`` of the source or behind it."""
        return bisect.bisect_left(self.offsets, offset, 0, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """The source span of ``text[start:end]``."""
        if start >= end:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)
