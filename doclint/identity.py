"""What makes a finding the one that it was before: the claim that it is about, the words under its mark, and the section around it.

None of the three changes when a document is only rewritten: lines move, paragraphs are wrapped anew, tables aligned, emphasis and
list markers written with other characters, headings underlined.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from doclint.late import late
from doclint.markdown.nodes import (
    CodeBlock,
    Definition,
    Emphasis,
    Fence,
    FrontMatter,
    Heading,
    HtmlBlock,
    Link,
    Paragraph,
    Root,
    Row,
    walk,
)
from doclint.text import Source, Span

_Leaf = Heading | Paragraph | Row | Fence | CodeBlock | HtmlBlock | FrontMatter | Definition
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
# Where one claim of a paragraph ends and the next begins, however its lines are wrapped: behind a sentence, and before a box.
_NEXT = late(r"(?<=[.!?…。！？])[\"')\]*_`]*\s+(?=\S)|\s(?=(?:[-*+•]\s?)?\[[ xX]?\]\s)")
# A line that was meant to be a field, or a row of a table.
_OWN_LINE = late(r"\||[^\W\d_][\w /-]{0,30}:\s")
_MARKERS = late(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?")


class Identity(NamedTuple):
    """``claim`` is what a finding is about, and what of it is marked; ``section`` the headings above it, each on a line."""

    claim: str
    section: str


class _Plain(NamedTuple):
    """A block's text without emphasis markers and escapes; ``offsets`` are the places in the source, ``cuts`` where claims begin."""

    text: str
    offsets: Sequence[int]
    cuts: Sequence[int]


class Identities:
    """Identifies the findings of one document; ``root`` is None where its text could not be read as Markdown."""

    def __init__(self, source: Source, root: Root | None) -> None:
        self._source = source
        self._root = root
        self._plains: dict[int, _Plain] = {}

    def of(self, span: Span) -> Identity:
        """The identity of what is said at ``span``."""
        leaf = self._leaf(span.start)
        section = self._section(span.start)
        if not isinstance(leaf, Heading | Paragraph | Row):
            line = self._source.line(self._source.position(span.start).line)
            text = self._source.slice(line)
            mark = self._source.text[span.start : min(span.end, line.end)]
            return Identity(f"{_flat(text if leaf is not None else _MARKERS.sub('', text, count=1))}\n{_flat(mark)}", section)
        plain = self._plain(leaf)
        start = bisect.bisect_left(plain.offsets, span.start)
        number = bisect.bisect_right(plain.cuts, start) - 1
        first, last = (*plain.cuts[number : number + 2], len(plain.text))[:2]
        end = min(bisect.bisect_left(plain.offsets, span.end), last)
        return Identity(f"{_flat(plain.text[first:last])}\n{_flat(plain.text[start:end])}", section)

    def sections(self) -> frozenset[str]:
        """What ``Identity.section`` can be in this document. Where it has several titles, and nothing before them, none is empty."""
        named = frozenset(section for _, section in self._sections)
        blocks = [node for node in (self._root.children if self._root is not None else ()) if not isinstance(node, FrontMatter)]
        titles = sum(isinstance(node, Heading) and node.level == 1 for node in blocks)
        return named - {""} if titles > 1 and isinstance(blocks[0], Heading) else named

    def _section(self, offset: int) -> str:
        return self._sections[bisect.bisect_right(self._sections, offset, key=lambda one: one[0]) - 1][1]

    @cached_property
    def _sections(self) -> list[tuple[int, str]]:
        """Where each section begins behind its heading, which itself belongs to the section around. An only title names none."""
        headings = [node for node in (self._root.children if self._root is not None else ()) if isinstance(node, Heading)]
        title = [node for node in headings if node.level == 1]
        above: list[tuple[int, str]] = []
        found = [(0, "")]
        for heading in headings:
            above = [one for one in above if one[0] < heading.level]
            found.append((heading.span.start, "\n".join(text for _, text in above)))
            if len(title) > 1 or heading not in title:
                above.append((heading.level, _flat(self._plain(heading).text)))
            found.append((heading.span.end, "\n".join(text for _, text in above)))
        return found

    @cached_property
    def _leaves(self) -> list[_Leaf]:
        return [node for node in walk(self._root) if isinstance(node, _Leaf)] if self._root is not None else []

    def _leaf(self, offset: int) -> _Leaf | None:
        """The block that holds ``offset``; of a list's marker the block behind it."""
        number = bisect.bisect_right(self._leaves, offset, key=lambda leaf: leaf.span.start) - 1
        if number >= 0 and offset <= self._leaves[number].span.end:
            return self._leaves[number]
        if number + 1 < len(self._leaves):
            line = self._source.line(self._source.position(offset).line)
            following = self._leaves[number + 1]
            between = self._source.text[line.start : following.span.start]
            if following.span.start <= line.end and _MARKERS.fullmatch(between):
                return following
        return None

    @cached_property
    def _definitions(self) -> Mapping[str, Definition]:
        from doclint.markdown.inline import definitions

        return definitions(self._root) if self._root is not None else {}

    def _plain(self, block: Heading | Paragraph | Row) -> _Plain:
        if block.span.start not in self._plains:
            self._plains[block.span.start] = _row(self._pieces(block)) if isinstance(block, Row) else self._paragraph(block)
        return self._plains[block.span.start]

    def _paragraph(self, block: Heading | Paragraph) -> _Plain:
        offsets, fields = self._kept(block.lines, cell=False)
        text = "".join(" " if number in self._ends(block.lines) else self._source.text[number] for number in offsets)
        if isinstance(block, Heading):
            return _Plain(text, offsets, (0,))
        lines = [line.start for line in block.lines if _OWN_LINE.match(self._source.text, line.start, line.end)]
        starts = {bisect.bisect_left(offsets, place) for place in (*fields, *lines)}
        cuts = {0, *(number for number in starts if number < len(text)), *(match.end() for match in _NEXT.finditer(text))}
        return _Plain(text, offsets, sorted(cuts))

    def _pieces(self, row: Row) -> Iterator[tuple[str, Sequence[int], int]]:
        for cell in row.children:
            offsets, _ = self._kept((cell.span,), cell=True)
            yield "".join(self._source.text[number] for number in offsets), offsets, cell.span.end

    def _kept(self, lines: Sequence[Span], *, cell: bool) -> tuple[list[int], list[int]]:
        """The offsets of what is no marker of emphasis, no bracket around a target and no backslash that escapes or breaks a line,
        and where the keys of fields begin.
        """
        from doclint.markdown.inline import scan

        text = self._source.text
        inline = scan(self._source, lines, self._definitions, cell=cell)
        gone: set[int] = set()
        fields: list[int] = []
        for node in inline.nodes:
            if isinstance(node, Emphasis) and node.strength:
                gone.update(range(node.span.start, node.content.start), range(node.content.end, node.span.end))
                if node.strength > 1 and ":" in (text[node.content.end - 1 : node.content.end], text[node.span.end : node.span.end + 1]):
                    fields.append(node.content.start)
            elif isinstance(node, Link) and node.target is not None and text[node.target.start - 1] == "<":
                gone.update((node.target.start - 1, node.target.end))
        visible = frozenset(inline.offsets)
        offsets: list[int] = []
        for number, line in enumerate(lines):
            # What ends a line with a backslash is no other claim than what ends it with two blanks.
            breaks = line.end - 1 if number + 1 < len(lines) else -1
            for place in range(line.start, line.end):
                meant = place == breaks or text[place + 1 : place + 2] in _PUNCTUATION
                if place not in gone and not (text[place] == "\\" and place not in visible and meant):
                    offsets.append(place)
            if number + 1 < len(lines):
                offsets.append(line.end)
        return offsets, fields

    @staticmethod
    def _ends(lines: Sequence[Span]) -> frozenset[int]:
        return frozenset(line.end for line in lines[:-1])


def _row(pieces: Iterator[tuple[str, Sequence[int], int]]) -> _Plain:
    text, offsets = "", []
    for piece, places, end in pieces:
        text += f"{piece} | "
        offsets += [*places, end, end, end]
    return _Plain(text, offsets, (0,))


def _flat(text: str) -> str:
    return " ".join(text.split())
