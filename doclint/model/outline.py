"""A document's blocks in reading order: sections, leaves of text, tables and fences, each knowing where it hangs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from doclint.markdown import inline as inlines
from doclint.markdown import nodes
from doclint.markdown.nodes import Inline
from doclint.text import Source, Span


class Leaf(NamedTuple):
    """A heading, paragraph or cell with its inline content.

    ``item`` indexes ``Outline.list_items`` for the innermost list item around it, ``opens`` says that it is that item's first
    block. ``table`` and ``row`` are set for cells (row -1 is the header).
    """

    block: nodes.Heading | nodes.Paragraph | nodes.Cell
    inline: Inline
    section: int
    item: int | None
    opens: bool
    quoted: bool
    table: int | None = None
    row: int | None = None

    @property
    def span(self) -> Span:
        """The block's span."""
        return self.block.span


class ListItem(NamedTuple):
    """A list item in its place.

    ``parent`` indexes the item around it, ``leaf`` the leaf that opens it; ``list`` tells one list from another.
    """

    node: nodes.Item
    section: int
    parent: int | None
    depth: int
    ordered: bool
    list: int
    leaf: int | None


class RawSection(NamedTuple):
    """A heading's reach: its leaf, and the offsets where its own text and the whole of it end."""

    leaf: int | None
    level: int
    parent: int | None
    start: int
    body_start: int
    body_end: int
    end: int


class RawTable(NamedTuple):
    """A table in its place: ``header`` and ``rows`` index leaves; ``lead`` is the paragraph right above it."""

    node: nodes.Table
    section: int
    header: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]
    lead: int | None


class RawFence(NamedTuple):
    """A fence in its place."""

    node: nodes.Fence
    section: int


class Outline(NamedTuple):
    """The whole document, flattened."""

    source: Source
    leaves: Sequence[Leaf]
    sections: Sequence[RawSection]
    list_items: Sequence[ListItem]
    tables: Sequence[RawTable]
    fences: Sequence[RawFence]
    front_matter: nodes.FrontMatter | None


def outline(source: Source, root: nodes.Root) -> Outline:
    """The outline of a parsed document."""
    return _Walk(source, root).run()


def leads(outline: Outline) -> Mapping[int, str]:
    """The paragraph that leads in to each list ("Files to delete:")."""
    found: dict[int, str] = {}
    previous = ""
    for leaf in outline.leaves:
        if leaf.item is not None:
            found.setdefault(outline.list_items[leaf.item].list, previous)
        else:
            text = leaf.inline.text.rstrip()
            previous = text if isinstance(leaf.block, nodes.Paragraph) and text.endswith(":") else ""
    return found


class _Walk:
    """One pass over the blocks; the only mutable thing in the model, and gone when it is over."""

    def __init__(self, source: Source, root: nodes.Root) -> None:
        self.source = source
        self.root = root
        self.definitions: Mapping[str, nodes.Definition] = {
            node.label: node for node in reversed([n for n in nodes.walk(root) if isinstance(n, nodes.Definition)])
        }
        self.leaves: list[Leaf] = []
        self.items: list[ListItem] = []
        self.tables: list[RawTable] = []
        self.fences: list[RawFence] = []
        self.headings: list[tuple[int, int, int, int]] = []  # leaf, level, start, end
        self.front: nodes.FrontMatter | None = None
        self.lists = 0

    def run(self) -> Outline:
        # (block, item index or None, opens, quoted, depth, ordered, list id)
        stack: list[tuple[nodes.Block, int | None, bool, bool, int, bool, int]] = [
            (block, None, False, False, 0, False, 0) for block in reversed(self.root.children)
        ]
        previous: int | None = None
        while stack:
            block, item, opens, quoted, depth, ordered, list_id = stack.pop()
            match block:
                case nodes.FrontMatter():
                    self.front = block
                case nodes.Heading():
                    leaf = self._leaf(block, item, opens, quoted)
                    if item is None and not quoted:
                        self.headings.append((leaf, block.level, block.span.start, block.span.end))
                    previous = None
                case nodes.Paragraph():
                    previous = self._leaf(block, item, opens, quoted)
                    if opens and item is not None:
                        self._opens(item, previous)
                case nodes.List():
                    self.lists += 1
                    stack.extend((child, item, False, quoted, depth, block.ordered, self.lists) for child in reversed(block.children))
                case nodes.Item():
                    self.items.append(ListItem(block, self._section(), item, depth, ordered, list_id, None))
                    number = len(self.items) - 1
                    stack.extend(
                        (child, number, index == 0, quoted, depth + 1, False, 0)
                        for index, child in reversed(list(enumerate(block.children)))
                    )
                case nodes.Quote():
                    stack.extend((child, item, False, True, depth, False, 0) for child in reversed(block.children))
                case nodes.Table():
                    self._table(block, item, quoted, previous)
                    previous = None
                case nodes.Fence():
                    self.fences.append(RawFence(block, self._section()))
                case _:
                    pass
        return Outline(self.source, self.leaves, self._sections(), self.items, self.tables, self.fences, self.front)

    def _section(self) -> int:
        return len(self.headings)

    def _leaf(
        self,
        block: nodes.Heading | nodes.Paragraph,
        item: int | None,
        opens: bool,
        quoted: bool,
    ) -> int:
        inline = inlines.scan(self.source, block.lines, self.definitions)
        own = isinstance(block, nodes.Heading) and item is None and not quoted
        self.leaves.append(Leaf(block, inline, self._section() + own, item, opens, quoted))
        return len(self.leaves) - 1

    def _opens(self, item: int, leaf: int) -> None:
        old = self.items[item]
        self.items[item] = ListItem(old.node, old.section, old.parent, old.depth, old.ordered, old.list, leaf)

    def _table(self, table: nodes.Table, item: int | None, quoted: bool, lead: int | None) -> None:
        number = len(self.tables)

        def row(node: nodes.Row, index: int) -> tuple[int, ...]:
            numbers = []
            for cell in node.children:
                inline = inlines.scan(self.source, (cell.span,), self.definitions, cell=True)
                self.leaves.append(Leaf(cell, inline, self._section(), item, False, quoted, number, index))
                numbers.append(len(self.leaves) - 1)
            return tuple(numbers)

        header = row(table.header, -1)
        rows = tuple(row(node, index) for index, node in enumerate(table.rows))
        self.tables.append(RawTable(table, self._section(), header, rows, lead))

    def _sections(self) -> list[RawSection]:
        end = len(self.source.text)
        starts = [start for _, _, start, _ in self.headings] + [end]
        sections = [RawSection(None, 0, None, 0, 0, starts[0], end)]
        open_: list[int] = [0]
        ends: list[int] = [end] * (len(self.headings) + 1)
        parents: list[int] = []
        for number, (_, level, start, _) in enumerate(self.headings, 1):
            while open_[-1] and self.headings[open_[-1] - 1][1] >= level:
                ends[open_.pop()] = start
            parents.append(open_[-1])
            open_.append(number)
        for number, (leaf, level, start, heading_end) in enumerate(self.headings, 1):
            sections.append(RawSection(leaf, level, parents[number - 1], start, heading_end, starts[number], ends[number]))
        return sections
