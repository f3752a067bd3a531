"""Both readings of a document, doclint's and markdown-it-py's own full parse, in one form that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from doclint.markdown.inline import definitions, scan
from doclint.markdown.nodes import (
    Autolink,
    Block,
    Cell,
    Code,
    CodeBlock,
    Emphasis,
    Fence,
    Heading,
    Html,
    HtmlBlock,
    Inline,
    InlineNode,
    Item,
    Link,
    List,
    Paragraph,
    Quote,
    Root,
    Table,
    ThematicBreak,
    children,
    walk,
)
from doclint.markdown.parse import parse
from doclint.text import Source, Span

Event = tuple[str, ...]
"""An inline node: its kind, then what identifies it."""

_EMPHASIS = {1: "em", 2: "strong", 0: "s"}


class _Reference(MarkdownIt):
    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link

    def validateLink(self, url: str) -> bool:
        return True


REFERENCE = _Reference("commonmark", {"maxNesting": 100, "strikethrough_single_tilde": True}).enable(["table", "strikethrough"])


def squeezed(text: str) -> str:
    """``text`` with runs of blanks as one and outer ones gone: markdown-it keeps the indentation of continued lines in code."""
    return re.sub(r"\s+", " ", text.replace("\ufffd", "\0")).strip()


# --- doclint's reading ---------------------------------------------------------------------------------------------------------


def inlines(source: Source, root: Root) -> Iterator[tuple[Block, Inline]]:
    """Every block with inline content, and that content."""
    known = definitions(root)
    for node in walk(root):
        match node:
            case Heading() | Paragraph():
                yield node, scan(source, node.lines, known)
            case Cell():
                yield node, scan(source, (node.span,), known, cell=True)


def our_inlines(source: Source, root: Root) -> list[tuple[list[Event], str]]:
    """The events and the visible text of every block with inline content; of tables, as many cells as the header has."""
    tables = [node for node in walk(root) if isinstance(node, Table)]
    surplus = {id(cell) for table in tables for row in table.rows for cell in row.children[len(table.header.children) :]}
    return [(our_events(source, inline), squeezed(inline.text)) for node, inline in inlines(source, root) if id(node) not in surplus]


def seen(inline: Inline, span: Span) -> str:
    """The visible text that stands in ``span``."""
    return "".join(character for character, offset in zip(inline.text, inline.offsets, strict=False) if offset in span)


def our_events(source: Source, inline: Inline) -> list[Event]:
    """The nodes of ``inline`` as events."""

    def event(node: InlineNode) -> Event:
        match node:
            case Code():
                return "code", squeezed(seen(inline, node.content))
            case Link():
                return ("image" if node.image else "link"), node.destination, squeezed(seen(inline, node.text))
            case Autolink():
                return "link", node.destination, squeezed(seen(inline, node.span))
            case Emphasis():
                return _EMPHASIS[node.strength], squeezed(seen(inline, node.content))
            case Html():
                return "html", re.sub(r"\s+", " ", source.slice(node.span))

    return [event(node) for node in inline.nodes]


def our_outline(source: Source, root: Root) -> list[str]:
    """One line a block, with what markdown-it knows of it."""
    lines: list[str] = []
    stack: list[tuple[int, Block]] = [(0, child) for child in reversed(root.children)]
    while stack:
        depth, node = stack.pop()
        inner: Sequence[Block] = children(node)
        match node:
            case Heading():
                name = f"h{node.level}"
            case Paragraph():
                name = "p"
            case List():
                name = f"ol {node.start}" if node.ordered else "ul"
            case Item():
                name = "li"
            case Quote():
                name = "blockquote"
            case Fence():
                name = (f"fence {node.info!r} " + "|".join(source.slice(line).strip() for line in node.lines)).rstrip("|")
            case CodeBlock():
                name = "code " + "|".join(line.strip() for line in re.split(r"\r\n|\r|\n", source.slice(node.span)) if line.strip())
            case HtmlBlock():
                name = "html"
            case ThematicBreak():
                name = "hr"
            case Table():
                name, inner = f"table {len(node.header.children)} {len(node.rows)}", ()
            case _:
                continue
        lines.append(f"{depth} {name}")
        stack.extend((depth + 1, child) for child in reversed(inner))
    return lines


# --- markdown-it's reading -----------------------------------------------------------------------------------------------------


def their_outline(tokens: Sequence[Token]) -> list[str]:
    """The outline of a full parse."""
    lines: list[str] = []
    depth = 0
    table: tuple[int, int, int] | None = None
    for token in tokens:
        match token.type:
            case "table_open":
                table = (len(lines), 0, -1)
                lines.append("")
            case "th_open" if table:
                table = (table[0], table[1] + 1, table[2])
            case "tr_open" if table:
                table = (table[0], table[1], table[2] + 1)
            case "table_close" if table:
                lines[table[0]] = f"{depth} table {table[1]} {table[2]}"
                table = None
            case "fence":
                content = "|".join(line.strip() for line in token.content.split("\n"))
                lines.append(f"{depth} fence {info(token)!r} {content}".rstrip("|"))
            case "code_block":
                lines.append(f"{depth} code " + "|".join(line.strip() for line in token.content.split("\n") if line.strip()))
            case "html_block":
                lines.append(f"{depth} html")
            case "hr":
                lines.append(f"{depth} hr")
            case "inline" | "thead_open" | "thead_close" | "tbody_open" | "tbody_close" | "tr_close" | "th_close" | "td_open" | "td_close":
                pass
            case _ if token.nesting == 1:
                name = f"ol {token.attrs.get('start', 1)}" if token.tag == "ol" else token.tag
                lines.append(f"{depth} {name}")
                depth += 1
            case _ if token.nesting == -1:
                depth -= 1
    return lines


def info(token: Token) -> str:
    """The info string of a fence as the renderer of markdown-it resolves it."""
    return unescapeAll(token.info.strip(" \t"))


def their_inlines(tokens: Sequence[Token]) -> list[tuple[list[Event], str]]:
    """The events and the visible text of every inline token, in order."""
    contents = [_events(token.children or []) for token in tokens if token.type == "inline"]
    return [(events, squeezed(text)) for events, text in contents]


def _events(tokens: Sequence[Token]) -> tuple[list[Event], str]:
    events: list[Event | None] = []
    open_: list[tuple[int, int]] = []
    text = ""
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                text += token.content
            case "softbreak" | "hardbreak":
                text += " "
            case "code_inline":
                events.append(("code", squeezed(token.content)))
                text += token.content
            case "html_inline":
                events.append(("html", re.sub(r"\s+", " ", token.content)))
                text += " " if re.match(r"<br[\s/>]", token.content, re.IGNORECASE) else ""
            case "image":
                inner, description = _events(token.children or [])
                events.append(("image", str(token.attrs["src"]), squeezed(description)))
                events.extend(inner)
                text += description
            case _ if token.nesting == 1:
                open_.append((len(events), len(text)))
                events.append(("link", str(token.attrs["href"])) if token.tag == "a" else (token.tag,))
            case _ if token.nesting == -1:
                index, start = open_.pop()
                begun = events[index]
                assert begun is not None
                events[index] = (*begun, squeezed(text[start:]))
    return [event for event in events if event is not None], text


def differences(text: str) -> list[tuple[object, object]]:
    """Where the two readings of ``text``, which has no front matter, part: doclint's, then markdown-it's.

    Empty cells are left out on both sides: markdown-it adds them to short rows.
    """
    source = Source("test.md", text)
    root = parse(source)
    tokens = REFERENCE.parse(text)
    ours = [content for content in our_inlines(source, root) if content != ([], "")]
    theirs = [content for content in their_inlines(tokens) if content != ([], "")]
    pairs: list[tuple[object, object]] = [(our_outline(source, root), their_outline(tokens)), (len(ours), len(theirs))]
    pairs += zip(ours, theirs, strict=False)
    return [(one, other) for one, other in pairs if one != other]
