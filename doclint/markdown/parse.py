"""From a document's text to blocks that know their place: the only importer of markdown_it, and the only line arithmetic.

markdown-it-py recognises the blocks (CommonMark 0.31, GFM tables). Each of its rules is wrapped: at the moment a rule has
read a block, the parser's state knows where every line's content begins behind the prefixes of the blocks around it, so the
node is built there and then, and no second reading of prefixes is needed. Inline content is left to ``doclint.markdown.inline``.

This module costs tens of milliseconds to import: import it where a document has to be parsed, not before.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt, rules_block
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from doclint.late import late
from doclint.markdown.inline import normalise_label, unescape
from doclint.markdown.nodes import (
    Block,
    Cell,
    Checkbox,
    CodeBlock,
    Cut,
    Definition,
    Fence,
    FrontMatter,
    Heading,
    HtmlBlock,
    Item,
    List,
    Paragraph,
    Quote,
    Root,
    Row,
    Table,
    ThematicBreak,
)
from doclint.text import Source, Span

SIZE_LIMIT = 2 * 1024 * 1024
NESTING_LIMIT = 100
_TOO_LARGE = "documents larger than 2 MiB"
_TOO_DEEP = f"nesting deeper than {NESTING_LIMIT} levels"

_BLANKS = " \t"
_FRONT_MATTER = late(r"---[ \t]*")
_FRONT_MATTER_END = late(r"(?:---|\.\.\.)[ \t]*")
# A blank line, or one that may underline a heading, whatever quotes it stands in. Each block would have to look for the next one.
_TURN = late(r"^(?:[ \t>]*(?P<sign>[-=])|[ \t]*$)", re.MULTILINE)
_PIPE = late(r"(?<!\\)\|")
# One code point with the marks, selectors and joined code points behind it, or a pair of regional indicators (a flag).
_CHECKBOX = late(
    "\\[([ \t]"
    "|[\U0001f1e6-\U0001f1ff]{2}"
    "|[^\\s\\[\\]](?:[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d[^\\s\\[\\]])*"
    ")\\](?=[ \t\r\n]|\\Z)"
)

Rule = Callable[[StateBlock, int, int, bool], bool]


def parse(source: Source) -> Root:
    """The blocks of ``source``.

    A block's span begins at its own first character, not at the prefixes of the blocks around it, and ends with the last
    character of its content that is no blank (an unclosed fence: at the end of its last line). Never raises: what the limits
    on size and nesting keep unread is in ``Root.cut``.
    """
    text = source.text
    whole = Span(0, len(text))
    if len(text) > SIZE_LIMIT or len(text.encode("utf-8", "surrogatepass")) > SIZE_LIMIT:
        return Root(whole, (), (Cut(whole, _TOO_LARGE),))
    front, first_line = _front_matter(source)
    reading = _Reading(source)
    reading.nodes.extend(front)
    try:
        reading.run(first_line)
    except RecursionError:
        return Root(whole, front, (Cut(Span(front[0].span.end if front else 0, len(text)), _TOO_DEEP),))
    return Root(whole, tuple(reading.nodes), tuple(reading.cuts))


def _front_matter(source: Source) -> tuple[tuple[FrontMatter, ...], int]:
    """The front matter, where there is any, and the index of the first line behind it.

    As in Pandoc, no blank line follows the opening one: that would be a thematic break, and what follows must not vanish.
    """
    if not source.text.startswith("---"):
        return (), 0
    lines = source.line_count
    if lines < 2 or not _FRONT_MATTER.fullmatch(source.slice(source.line(1))) or not source.slice(source.line(2)).strip():
        return (), 0
    for number in range(2, lines + 1):
        line = source.line(number)
        if _FRONT_MATTER_END.fullmatch(source.text, line.start, line.end):
            content = Span(source.line_starts[1], line.start)
            return (FrontMatter(Span(0, line.start + 3), content),), number
    return (), 0


class _Blocks(MarkdownIt):
    """markdown-it without its taste in links: destinations stay as they are written, whatever their scheme."""

    def normalizeLink(self, url: str) -> str:
        return url

    def validateLink(self, url: str) -> bool:
        return True


class _State(StateBlock):
    """The parser's state, which keeps of all the tokens that the rules push only those that a node is built from."""

    _KEPT = frozenset(("definition", "fence", "heading_open", "list_item_open"))

    def __init__(self, text: str, parser: MarkdownIt, reading: _Reading) -> None:
        super().__init__(text, parser, {"reading": reading}, [])
        self._discarded = Token("", "", 0)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        self.level += nesting
        if ttype not in self._KEPT:
            return self._discarded
        token = Token(ttype, tag, nesting)
        self.tokens.append(token)
        return token


class _Reading:
    """One document being read: the nodes of the innermost open block so far, and what turns the parser's places into offsets."""

    __slots__ = ("_shifts", "_source", "_state", "_turns", "cuts", "nodes")

    def __init__(self, source: Source) -> None:
        self.nodes: list[Block] = []
        self.cuts: list[Cut] = []
        self._source = source
        self._turns: list[tuple[int, bool]] | None = None
        text = source.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        if not text.endswith("\n"):
            # So that the last line is like the others, in markdown-it as in _fence.
            text += "\n"
        self._state = _State(text, _parser(), self)
        # A \r\n is one character to the parser, which moves all that follows.
        marks = self._state.bMarks
        moved = "\r\n" in source.text
        self._shifts = [offset - mark for offset, mark in zip(source.line_starts, marks, strict=False)] if moved else [0] * len(marks)

    def run(self, first_line: int) -> None:
        """Read all lines from index ``first_line`` on."""
        state = self._state
        state.md.block.tokenize(state, first_line, state.lineMax)

    def first(self, line: int) -> int:
        """The offset of the first character of ``line`` that is no blank, behind all prefixes."""
        return self._state.bMarks[line] + self._state.tShift[line] + self._shifts[line]

    def underline(self, start: int, end: int) -> bool:
        """Whether a line that begins between ``start`` and ``end`` may underline a heading, and none before it is blank."""
        if self._turns is None:
            self._turns = [(match.start(), match["sign"] is not None) for match in _TURN.finditer(self._state.src)]
        place = bisect.bisect_left(self._turns, (start, False))
        return place < len(self._turns) and self._turns[place][0] <= end and self._turns[place][1]

    def behind(self, line: int) -> int:
        """The offset of the end of ``line``, blanks and line end excluded."""
        return self.line(line).end

    def line(self, line: int) -> Span:
        """The content of ``line`` without prefixes and outer blanks."""
        state = self._state
        start = state.bMarks[line] + state.tShift[line]
        end = state.eMarks[line]
        while end > start and state.src[end - 1] in _BLANKS:
            end -= 1
        shift = self._shifts[line]
        return Span(start + shift, end + shift)

    def block(self, first: int, after: int) -> Span:
        """From the first character of line ``first`` to the last one before line ``after`` that is no blank."""
        last = after - 1
        while last > first and self._state.isEmpty(last):
            last -= 1
        return Span(self.first(first), self.behind(last))

    def indented(self, line: int, columns: int) -> Span:
        """The content of ``line`` with its trailing blanks, and with its leading ones but the first ``columns`` columns."""
        state = self._state
        place, end = state.bMarks[line], state.eMarks[line]
        column = 0
        while place < end and column < columns:
            match state.src[place]:
                case " ":
                    column += 1
                case "\t":
                    column += 4 - (column + state.bsCount[line]) % 4
                case _:
                    break
            place += 1
        return Span(place + self._shifts[line], end + self._shifts[line])

    def text(self, span: Span) -> str:
        """The document's text in ``span``."""
        return self._source.slice(span)

    @property
    def source_text(self) -> str:
        """The document's whole text."""
        return self._source.text


# --- one function a kind of block: the lines from `first` on, up to the state's, have just been read as such ------------------


def _paragraph(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    lines = tuple([reading.line(line) for line in range(first, state.line)])
    return Paragraph(lines[0] if len(lines) == 1 else Span(lines[0].start, lines[-1].end), lines)


def _atx_heading(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    whole = reading.line(first)
    level = len(tokens[0].markup)
    content = reading.text(whole)[level:]
    bare = content.rstrip("#")
    if not bare or bare[-1] in _BLANKS:
        content = bare
    start = whole.start + level + len(content) - len(content.lstrip(_BLANKS))
    return Heading(whole, level, (Span(start, start + len(content.strip(_BLANKS))),))


def _setext_heading(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    lines = tuple([reading.line(line) for line in range(first, state.line - 1)])
    return Heading(reading.block(first, state.line), int(tokens[0].tag[1:]), lines)


def _fence(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    fence = tokens[0]
    after = first + 1 + fence.content.count("\n")
    lines = tuple([reading.indented(line, state.sCount[first]) for line in range(first + 1, after)])
    closed = after < state.line
    end = lines[-1].end if lines and not closed else reading.behind(after if closed else first)
    return Fence(Span(reading.first(first), end), unescape(fence.info.strip(_BLANKS)), lines, closed)


def _code_block(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    return CodeBlock(reading.block(first, state.line))


def _html_block(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    return HtmlBlock(reading.block(first, state.line))


def _thematic_break(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    return ThematicBreak(reading.line(first))


def _definition(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    meta = tokens[0].meta
    return Definition(reading.block(first, state.line), normalise_label(meta["label"]), meta["url"])


def _quote(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    return Quote(reading.block(first, state.line), inner)


def _list(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    starts = [reading.first(token.map[0]) for token in tokens if token.map]
    items: list[Item] = []
    taken = 0
    for token, start, following in zip(tokens, starts, [*starts[1:], len(reading.source_text)], strict=True):
        begun = taken
        while taken < len(inner) and inner[taken].span.start < following:
            taken += 1
        items.append(_item(reading, Span(start, start + len(token.info) + 1), inner[begun:taken]))
    ordered = bool(tokens[0].info)
    return List(Span(starts[0], items[-1].span.end), ordered, int(tokens[0].info) if ordered else 0, tuple(items))


def _item(reading: _Reading, marker: Span, inner: tuple[Block, ...]) -> Item:
    checkbox = None
    if inner and isinstance(inner[0], Paragraph) and (found := _CHECKBOX.match(reading.source_text, inner[0].span.start)):
        checkbox = Checkbox(Span(*found.span()), found[1])
    return Item(Span(marker.start, inner[-1].span.end if inner else marker.end), marker, checkbox, inner)


def _table(reading: _Reading, state: StateBlock, first: int, tokens: list[Token], inner: tuple[Block, ...]) -> Block:
    header = _row(reading, first)
    rows = tuple([_row(reading, line) for line in range(first + 2, state.line)])
    delimiter = reading.line(first + 1)
    return Table(Span(header.span.start, rows[-1].span.end if rows else delimiter.end), header, delimiter, rows)


def _row(reading: _Reading, line: int) -> Row:
    """The cells of a row as GFM splits them: at each pipe without a backslash before it, be it in code or not."""
    span = reading.line(line)
    text = reading.source_text
    pipes = [found.start() for found in _PIPE.finditer(text, span.start, span.end)]
    starts = [span.start, *[pipe + 1 for pipe in pipes]]
    ends = [*pipes, span.end]
    if starts[0] == ends[0]:
        starts, ends = starts[1:], ends[1:]
    if starts and starts[-1] == ends[-1]:
        starts, ends = starts[:-1], ends[:-1]
    return Row(span, tuple([Cell(_trimmed(text, start, end)) for start, end in zip(starts, ends, strict=True)]))


def _trimmed(text: str, start: int, end: int) -> Span:
    content = text[start:end]
    bare = content.strip(_BLANKS)
    if not bare:
        # Between the blanks, so that what is put there stands as in the other cells.
        return Span(min(start + 1, end), min(start + 1, end))
    start += len(content) - len(content.lstrip(_BLANKS))
    return Span(start, start + len(bare))


# --- the parser --------------------------------------------------------------------------------------------------------------

Build = Callable[[_Reading, StateBlock, int, list[Token], tuple[Block, ...]], Block]


def _building(rule: Rule, build: Build) -> Rule:
    """``rule``, which now leaves a node with the reading instead of tokens with the state."""

    def read(state: StateBlock, first: int, end: int, silent: bool) -> bool:
        reading: _Reading = state.env["reading"]
        nodes = reading.nodes
        tokens_before = len(state.tokens)
        nodes_before = len(nodes)
        if not rule(state, first, end, False):
            return False
        tokens = state.tokens[tokens_before:]
        inner = tuple(nodes[nodes_before:])
        del state.tokens[tokens_before:], nodes[nodes_before:]
        nodes.append(build(reading, state, first, tokens, inner))
        return True

    return read


_read_table = _building(rules_block.table, _table)
_read_code_block = _building(rules_block.code, _code_block)
_read_fence = _building(rules_block.fence, _fence)
_read_quote = _building(rules_block.blockquote, _quote)
_read_break = _building(rules_block.hr, _thematic_break)
_read_list = _building(rules_block.list_block, _list)
_read_definition = _building(rules_block.reference, _definition)
_read_html_block = _building(rules_block.html_block, _html_block)
_read_atx_heading = _building(rules_block.heading, _atx_heading)
_read_setext_heading = _building(rules_block.lheading, _setext_heading)
_read_paragraph = _building(rules_block.paragraph, _paragraph)

# What can begin with which character, in the order of precedence. To ask only these rules saves a third of the time.
_BEGINNINGS: Mapping[str, tuple[Rule, ...]] = {
    **dict.fromkeys("`~", (_read_fence,)),
    **dict.fromkeys("-*", (_read_break, _read_list)),
    **dict.fromkeys("+0123456789", (_read_list,)),
    "_": (_read_break,),
    ">": (_read_quote,),
    "<": (_read_html_block,),
    "#": (_read_atx_heading,),
    "[": (_read_definition,),
}
_INTERRUPTIONS: Mapping[str, tuple[Rule, ...]] = {
    **dict.fromkeys("`~", (rules_block.fence,)),
    **dict.fromkeys("-*", (rules_block.hr, rules_block.list_block)),
    **dict.fromkeys("+0123456789", (rules_block.list_block,)),
    "_": (rules_block.hr,),
    ">": (rules_block.blockquote,),
    "<": (rules_block.html_block,),
    "#": (rules_block.heading,),
}
_LIST_INTERRUPTIONS: Mapping[str, tuple[Rule, ...]] = {
    **dict.fromkeys("`~", (rules_block.fence,)),
    **dict.fromkeys("-*_", (rules_block.hr,)),
    ">": (rules_block.blockquote,),
}


def _first_character(state: StateBlock, line: int) -> str:
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start : start + 1]


def _may_head_table(state: StateBlock, first: int, end: int) -> bool:
    return first + 1 < end and _first_character(state, first + 1) in "|-:"


def _may_be_underlined(state: StateBlock, first: int, end: int) -> bool:
    reading: _Reading = state.env["reading"]
    return first + 1 < end and reading.underline(state.eMarks[first] + 1, state.eMarks[end - 1])


def _block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read the block that begins at line ``first``, which is not blank: the only rule that markdown-it's main loop asks."""
    if silent:
        return False
    if state.level >= NESTING_LIMIT:
        return _cut(state, first, end)
    if _may_head_table(state, first, end) and _read_table(state, first, end, False):
        return True
    if state.is_code_block(first):
        return _read_code_block(state, first, end, False)
    for rule in _BEGINNINGS.get(_first_character(state, first), ()):
        if rule(state, first, end, False):
            return True
    if _may_be_underlined(state, first, end) and _read_setext_heading(state, first, end, False):
        return True
    return _read_paragraph(state, first, end, False)


def _cut(state: StateBlock, first: int, end: int) -> bool:
    """Leave unread, and remember, what is nested too deeply; markdown-it's own limit would drop it silently."""
    after = first + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] >= state.blkIndent):
        after += 1
    reading: _Reading = state.env["reading"]
    reading.cuts.append(Cut(reading.block(first, after), _TOO_DEEP))
    state.line = after
    return True


def _interruption(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Whether a block begins at ``line`` that may interrupt a block quote."""
    return silent and any(rule(state, line, end, True) for rule in _INTERRUPTIONS.get(_first_character(state, line), ()))


def _text_interruption(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Whether a block begins at ``line`` that may interrupt a paragraph or a definition."""
    return _interruption(state, line, end, silent) or (
        silent and _may_head_table(state, line, end) and rules_block.table(state, line, end, True)
    )


def _list_interruption(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Whether a block begins at ``line`` that ends a list although the line looks like a further item."""
    return silent and any(rule(state, line, end, True) for rule in _LIST_INTERRUPTIONS.get(_first_character(state, line), ()))


@cache
def _parser() -> MarkdownIt:
    # markdown-it's own limit lies beyond ours, so that it never acts.
    parser = _Blocks("commonmark", {"maxNesting": 10 * NESTING_LIMIT, "inline_definitions": True})
    ruler = parser.block.ruler
    ruler.before("table", "block", _block)
    ruler.push("interruption", _interruption, {"alt": ["blockquote"]})
    ruler.push("text_interruption", _text_interruption, {"alt": ["paragraph", "reference"]})
    ruler.push("list_interruption", _list_interruption, {"alt": ["list"]})
    # The state asks by this name whether indented code is read at all; the rule itself is never reached.
    ruler.enableOnly(["block", "code", "interruption", "text_interruption", "list_interruption"])
    return parser
