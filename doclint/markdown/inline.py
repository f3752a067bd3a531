"""What stands inside a heading, a paragraph or a table cell: code, links, emphasis, HTML, and the text that a reader sees.

The scanner follows the precedence of CommonMark 0.31 (section 6 and the parsing strategy of its appendix) and GFM 0.29 for
strikethrough. Every step forwards is final or bounded, so the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain

from doclint.late import late
from doclint.markdown.html import Markup, comment_content
from doclint.markdown.nodes import Autolink, Code, Definition, Emphasis, Html, Inline, InlineNode, Link, Root, walk
from doclint.text import Source, Span

_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});"
_PUNCTUATION = r"!-/:-@\[-`{-~"
# Each alternative begins with a literal, which lets the search skip plain text fast. An underscore run between two word characters
# is left out, as it can neither open nor close anything, and names in code are full of them.
_TOKEN = late(
    rf"\\(?:[{_PUNCTUATION}\n]|\Z)|``*|\*\**|_(?<!\w_)_*|__*+(?!\w)|~~*|<(?=[!-;=?-~])|{_ENTITY}|!\[|\[|\]|\n",
)
_ESCAPE_OR_ENTITY = late(rf"\\([{_PUNCTUATION}])|{_ENTITY}")
_BACKTICKS = late(r"`+")
_BLANKS = late(r"[ \t\r\n]+")

_URI = late(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20\x7f<>]*+)>")
_DOMAIN_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = late(rf"<([A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]++@{_DOMAIN_LABEL}(?:\.{_DOMAIN_LABEL})*)>")
_LINE_BREAK = late(r"<br[ \t\n/>]", re.IGNORECASE)

_LABEL = late(r"\[((?:[^\[\]\\]++|\\.)*+)\]", re.DOTALL)
_LABEL_LIMIT = 999
_INLINE_BLANKS = late(r"[ \t\n]*+")
_POINTED = late(r"<((?:[^<>\n\\]++|\\.)*+)>")
_RAW = late(r"[^\\()\x00-\x20\x7f]*+")
_RAW_DEPTH = 32
_TAIL_END = late(r"[ \t\n]*+\)")
_TITLE_AND_END = late(
    r"""[ \t\n]++(?:"(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+'|\((?:[^()\\]++|\\.)*+\))[ \t\n]*+\)""",
    re.DOTALL,
)


def scan(source: Source, lines: Sequence[Span], definitions: Mapping[str, Definition], *, cell: bool = False) -> Inline:
    """The inline content of ``lines``, one or more spans without outer blanks, as a block of ``source`` has them.

    ``definitions`` maps normalised labels; see ``definitions()``. With ``cell`` the content is that of a table cell, where
    ``\\|`` stands for ``|`` even inside code (GFM section 4.10).
    """
    text = source.text
    if len(lines) == 1:
        line = lines[0]
        content = text[line.start : line.end]
        if not _TOKEN.search(content):
            return Inline((), content, tuple(range(line.start, line.end + 1)))
        parts = _cell_parts(text, line) if cell else [(line.start, content)]
        return _Scanner(parts, line.end, definitions).run()
    pieces = [text[line.start : line.end] for line in lines]
    if not any(map(_TOKEN.search, pieces)):
        return Inline((), " ".join(pieces), tuple(chain.from_iterable([range(line.start, line.end + 1) for line in lines])))
    return _Scanner(_line_parts(text, lines), lines[-1].end, definitions).run()


def definitions(root: Root) -> Mapping[str, Definition]:
    """The link reference definitions of a document by label; of several with one label the first counts."""
    found: dict[str, Definition] = {}
    for node in walk(root):
        if isinstance(node, Definition):
            found.setdefault(node.label, node)
    return found


def normalise_label(text: str) -> str:
    """``text`` as labels are compared: outer blanks gone, inner ones collapsed, case folded (CommonMark section 4.7)."""
    return _BLANKS.sub(" ", text.strip(" \t\r\n")).casefold()


def unescape(text: str) -> str:
    """``text`` with its backslash escapes and entities resolved."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE_OR_ENTITY.sub(lambda found: found[1] or _character(found[0]), text)


def _character(entity: str) -> str:
    """What ``&…;`` stands for; itself where HTML knows no such name."""
    name = entity[1:-1]
    if not name.startswith("#"):
        from html.entities import html5

        return html5.get(name + ";", entity)
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return "\ufffd" if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)


@lru_cache(maxsize=1024)
def _is_blank(character: str) -> bool:
    return character in "\t\n\f\r" or unicodedata.category(character) == "Zs"


@lru_cache(maxsize=1024)
def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


class _Piece:
    """A part of the visible text: ``buffer[start:end]``, or ``text`` in its stead."""

    __slots__ = ("end", "start", "text")

    def __init__(self, start: int, end: int, text: str | None = None) -> None:
        self.start = start
        self.end = end
        self.text = text


class _Run:
    """A delimiter run; its piece shrinks from the left as it closes and from the right as it opens."""

    __slots__ = ("closes", "length", "mark", "opens", "piece", "start")

    def __init__(self, piece: _Piece, mark: str, opens: bool, closes: bool) -> None:
        self.piece = piece
        self.mark = mark
        self.start = piece.start
        self.length = piece.end - piece.start
        self.opens = opens
        self.closes = closes

    def fits(self, closer: _Run) -> bool:
        """Whether this run may open what ``closer`` closes (the rule of three, CommonMark section 6.2, rules 9 and 10)."""
        if not self.opens or self.mark != closer.mark:
            return False
        if self.mark == "~" or not (self.closes or closer.opens):
            return True
        return (self.length + closer.length) % 3 != 0 or self.length % 3 == 0


class _Bracket:
    """A ``[`` or ``![`` that may yet begin a link or an image."""

    __slots__ = ("holds_bracket", "image", "piece", "runs")

    def __init__(self, piece: _Piece, image: bool, runs: int) -> None:
        self.piece = piece
        self.image = image
        self.runs = runs
        self.holds_bracket = False


class _Scanner:
    """One pass over the parts joined, each of which has its offset; places in it become offsets only when a node is made."""

    __slots__ = (
        "_backticks",
        "_brackets",
        "_buffer",
        "_definitions",
        "_end",
        "_inactive",
        "_markup",
        "_nodes",
        "_origins",
        "_pieces",
        "_runs",
        "_starts",
    )

    def __init__(self, parts: Sequence[tuple[int, str]], end: int, definitions: Mapping[str, Definition]) -> None:
        self._definitions = definitions
        self._end = end
        self._starts = [0, *accumulate([len(part) for _, part in parts[:-1]])]
        self._origins = [origin for origin, _ in parts]
        self._buffer = "".join([part for _, part in parts])
        self._pieces: list[_Piece] = []
        self._nodes: list[InlineNode] = []
        self._runs: list[_Run] = []
        self._brackets: list[_Bracket] = []
        # Brackets below this height of the stack stand before a link and can no longer begin one around it.
        self._inactive = 0
        self._markup: Markup | None = None
        self._backticks: dict[int, list[int]] | None = None

    def run(self) -> Inline:
        buffer = self._buffer
        pieces = self._pieces
        search = _TOKEN.search
        plain = place = 0
        while found := search(buffer, place):
            start, place = found.span()
            end = -1
            match buffer[start]:
                case "`":
                    if (close := self._closing_backticks(start, place)) >= 0:
                        self._keep(plain, start)
                        end = self._code(start, place, close)
                case "*" | "_" | "~":
                    opens, closes = self._flanks(start, place)
                    if opens or closes:
                        self._keep(plain, start)
                        pieces.append(_Piece(start, place))
                        self._runs.append(_Run(pieces[-1], buffer[start], opens, closes))
                        end = place
                case "\n":
                    # Blanks at a line's end are no content (CommonMark section 6.7 and 6.8).
                    stop = start
                    while stop > plain and buffer[stop - 1] in " \t":
                        stop -= 1
                    self._keep(plain, stop)
                    pieces.append(_Piece(stop, place, " "))
                    end = place
                case "\\" if place - start == 2:
                    self._keep(plain, start)
                    if buffer[start + 1] == "\n":
                        pieces.append(_Piece(start + 1, place, " "))
                        end = place
                    else:
                        plain = start + 1
                case "<":
                    end = self._angle(plain, start)
                case "&":
                    entity = buffer[start:place]
                    if (character := _character(entity)) != entity:
                        self._keep(plain, start)
                        pieces.append(_Piece(start, place, character))
                        end = place
                case "[" | "!":
                    self._keep(plain, start)
                    pieces.append(_Piece(start, place))
                    if self._brackets:
                        self._brackets[-1].holds_bracket = True
                    self._brackets.append(_Bracket(pieces[-1], buffer[start] == "!", len(self._runs)))
                    end = place
                case "]" if self._brackets:
                    self._keep(plain, start)
                    plain = start
                    end = self._close_bracket(start)
            if end >= 0:
                plain = place = end
        self._keep(plain, len(buffer))
        self._balance(0)
        return self._inline()

    # --- places -------------------------------------------------------------------------------------------------------

    def _offset(self, place: int) -> int:
        part = bisect.bisect_right(self._starts, place) - 1
        return self._origins[part] + place - self._starts[part]

    def _span(self, start: int, end: int) -> Span:
        if len(self._starts) == 1:
            origin = self._origins[0]
            return Span(origin + start, origin + end)
        first = self._offset(start)
        return Span(first, self._offset(end - 1) + 1 if end > start else first)

    def _keep(self, start: int, end: int) -> None:
        if start < end:
            self._pieces.append(_Piece(start, end))

    def _inline(self) -> Inline:
        texts: list[str] = []
        offsets: list[Iterable[int]] = []
        shift = self._origins[0] if len(self._starts) == 1 else None
        for piece in self._pieces:
            if piece.text is None:
                texts.append(self._buffer[piece.start : piece.end])
                if shift is not None:
                    offsets.append(range(shift + piece.start, shift + piece.end))
                else:
                    offsets.extend(self._offsets(piece.start, piece.end))
            else:
                texts.append(piece.text)
                offsets.append([self._offset(piece.start)] * len(piece.text))
        offsets.append((self._end,))
        if len(self._nodes) > 1:
            self._nodes.sort(key=lambda node: (node.span.start, -node.span.end))
        return Inline(tuple(self._nodes), "".join(texts).replace("\n", " "), tuple(chain.from_iterable(offsets)))

    def _offsets(self, start: int, end: int) -> list[range]:
        """The offsets of ``buffer[start:end]``, which may lie in several parts."""
        ranges = []
        part = bisect.bisect_right(self._starts, start)
        while start < end:
            stop = min(end, self._starts[part]) if part < len(self._starts) else end
            shift = self._origins[part - 1] - self._starts[part - 1]
            ranges.append(range(shift + start, shift + stop))
            start = stop
            part += 1
        return ranges

    # --- code, autolinks, HTML ----------------------------------------------------------------------------------------

    def _closing_backticks(self, start: int, end: int) -> int:
        """Where the run of backticks stands that closes ``buffer[start:end]``; -1 where none does."""
        following = _BACKTICKS.search(self._buffer, end)
        if following is None or following.end() - following.start() == end - start:
            return following.start() if following else -1
        if self._backticks is None:
            self._backticks = {}
            for found in reversed(list(_BACKTICKS.finditer(self._buffer))):
                self._backticks.setdefault(found.end() - found.start(), []).append(found.start())
        places = self._backticks.get(end - start, [])
        while places and places[-1] < end:
            places.pop()
        return places[-1] if places else -1

    def _code(self, start: int, first: int, last: int) -> int:
        end = last + first - start
        content = self._buffer[first:last]
        if content[0] in " \n" and content[-1] in " \n" and content.strip(" \n"):
            first, last = first + 1, last - 1
        self._nodes.append(Code(self._span(start, end), self._span(first, last)))
        self._keep(first, last)
        return end

    def _angle(self, plain: int, start: int) -> int:
        """The end of the autolink or HTML at ``start``; -1 where there is neither."""
        for pattern, scheme in ((_URI, ""), (_EMAIL, "mailto:")):
            if found := pattern.match(self._buffer, start):
                self._keep(plain, start)
                self._nodes.append(Autolink(self._span(*found.span()), scheme + found[1]))
                self._keep(*found.span(1))
                return found.end()
        if self._markup is None:
            self._markup = Markup(self._buffer)
        end = self._markup.end(start)
        if end < 0:
            return -1
        self._keep(plain, start)
        comment = None
        if self._buffer.startswith("<!--", start):
            comment = self._span(*comment_content(self._buffer, start, end))
        elif _LINE_BREAK.match(self._buffer, start):
            self._pieces.append(_Piece(start, end, " "))
        self._nodes.append(Html(self._span(start, end), comment))
        return end

    # --- links and images ---------------------------------------------------------------------------------------------

    def _close_bracket(self, close: int) -> int:
        """The end of the link or image whose text ends at ``close``; -1 where the bracket closes none."""
        bracket = self._brackets.pop()
        height = len(self._brackets)
        active = bracket.image or height >= self._inactive
        self._inactive = min(self._inactive, height)
        if not active:
            return -1
        found = self._inline_tail(close + 1) or self._reference_tail(bracket, close)
        if found is None:
            return -1
        end, destination, target = found
        piece = bracket.piece
        self._balance(bracket.runs)
        text = Span(self._offset(piece.end), self._offset(close))
        self._nodes.append(Link(self._span(piece.start, end), text, destination, target, bracket.image))
        piece.end = piece.start
        if not bracket.image:
            self._inactive = height
        return end

    def _inline_tail(self, start: int) -> tuple[int, str, Span | None] | None:
        """``(destination "title")`` at ``start``: its end, the destination and where that stands."""
        buffer = self._buffer
        if not buffer.startswith("(", start):
            return None
        blanks = _INLINE_BLANKS.match(buffer, start + 1)
        first = blanks.end() if blanks else start + 1
        if buffer.startswith("<", first):
            pointed = _POINTED.match(buffer, first)
            if not pointed:
                return None
            first, last = pointed.span(1)
            place = pointed.end()
        else:
            last = place = self._raw_destination(first)
            if last < 0:
                return None
        tail = _TAIL_END.match(buffer, place) or _TITLE_AND_END.match(buffer, place)
        if not tail:
            return None
        return tail.end(), unescape(buffer[first:last]), self._span(first, last)

    def _raw_destination(self, place: int) -> int:
        """The end of the destination without pointed brackets at ``place``; -1 where its parentheses are not balanced."""
        buffer = self._buffer
        depth = 0
        while raw := _RAW.match(buffer, place):
            place = raw.end()
            match buffer[place : place + 1]:
                case "\\":
                    place += 2 if _ESCAPE_OR_ENTITY.match(buffer, place) else 1
                    continue
                case "(":
                    depth += 1
                    if depth > _RAW_DEPTH:
                        return -1
                case ")" if depth:
                    depth -= 1
                case _:
                    break
            place += 1
        return -1 if depth else place

    def _reference_tail(self, bracket: _Bracket, close: int) -> tuple[int, str, Span | None] | None:
        """``[label]``, ``[]`` or nothing behind ``close``, where a definition has that label."""
        if not self._definitions:
            return None
        end = close + 1
        label = ""
        if found := _LABEL.match(self._buffer, end):
            label, end = found[1], found.end()
        if not label:
            if bracket.holds_bracket:
                return None
            label = self._buffer[bracket.piece.end : close]
        if len(label) > _LABEL_LIMIT:
            return None
        definition = self._definitions.get(normalise_label(label))
        return (end, definition.destination, None) if definition else None

    # --- emphasis -----------------------------------------------------------------------------------------------------

    def _flanks(self, start: int, end: int) -> tuple[bool, bool]:
        """Whether the delimiter run ``buffer[start:end]`` may open and may close (CommonMark section 6.2)."""
        buffer = self._buffer
        mark = buffer[start]
        if mark == "~" and end - start > 2:
            return False, False
        before = buffer[start - 1] if start else "\n"
        after = buffer[end] if end < len(buffer) else "\n"
        blank_before, blank_after = _is_blank(before), _is_blank(after)
        marked_before, marked_after = _is_punctuation(before), _is_punctuation(after)
        left = not blank_after and (not marked_after or blank_before or marked_before)
        right = not blank_before and (not marked_before or blank_after or marked_after)
        if mark == "_":
            return left and (not right or marked_before), right and (not left or marked_after)
        return left, right

    def _balance(self, first: int) -> None:
        """Turn the runs from ``first`` on into emphasis, and forget them."""
        openers: list[_Run] = []
        # For each kind of closer, the place before which no opener fits: what makes the search linear.
        bottoms: dict[tuple[str, bool, int], int] = {}
        for run in self._runs[first:]:
            kind = (run.mark, run.opens, run.length % 3)
            while run.closes and run.piece.start < run.piece.end:
                index = len(openers) - 1
                bottom = bottoms.get(kind, -1)
                while index >= 0 and openers[index].start >= bottom and not openers[index].fits(run):
                    index -= 1
                if index < 0 or openers[index].start < bottom:
                    bottoms[kind] = run.start
                    break
                del openers[index + 1 :]
                if self._emphasise(openers[index], run):
                    openers.pop()
                if run.mark == "~":
                    break
            if run.opens and run.piece.start < run.piece.end:
                openers.append(run)
        del self._runs[first:]

    def _emphasise(self, opener: _Run, closer: _Run) -> bool:
        """Make emphasis of the innermost markers of both runs; whether the opener is used up."""
        opening, closing = opener.piece, closer.piece
        left, right = opening.end, closing.start
        if opener.mark == "~":
            # As GitHub does it, runs of different length cancel each other out.
            if opener.length != closer.length:
                closer.opens = False
                return True
            width, strength = opener.length, 0
        else:
            width = strength = 2 if min(left - opening.start, closing.end - right) >= 2 else 1
        self._nodes.append(Emphasis(self._span(left - width, right + width), self._span(left, right), strength))
        opening.end -= width
        closing.start += width
        return opening.start == opening.end


def _line_parts(text: str, lines: Sequence[Span]) -> list[tuple[int, str]]:
    """The lines with the blanks behind them, which tell a hard break from a backslash and belong to code; each with its offset."""
    parts = []
    for line in lines[:-1]:
        end = line.end
        while text[end : end + 1] in (" ", "\t"):
            end += 1
        parts.append((line.start, text[line.start : end] + "\n"))
    last = lines[-1]
    parts.append((last.start, text[last.start : last.end]))
    return parts


def _cell_parts(text: str, cell: Span) -> list[tuple[int, str]]:
    """The cell without the backslashes that protect pipes, in parts with their offsets."""
    parts = []
    place = cell.start
    while (escape := text.find("\\|", place, cell.end)) >= 0:
        parts.append((place, text[place:escape]))
        place = escape + 1
    parts.append((place, text[place : cell.end]))
    return parts
