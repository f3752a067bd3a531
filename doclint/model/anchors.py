"""The places of a document that a link can lead to behind ``#``: its headings, as GitHub names them, and the anchors in its HTML."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from doclint.late import late
from doclint.markdown import inline as inlines
from doclint.markdown import nodes
from doclint.markdown.parse import parse
from doclint.model import fences, slugs
from doclint.text import Source

_ID = late(r"<[A-Za-z][^<>]{0,400}?\s(?:id|name)\s{0,4}=\s{0,4}(?:\"([^\"<>]{1,200})\"|'([^'<>]{1,200})'|([^\s\"'<>=`]{1,200}))")
_HEADING = late(r"<h[1-6](?:\s[^<>]{0,400})?>(.{0,400}?)</h[1-6]\s{0,4}>", re.IGNORECASE | re.DOTALL)
_TAG = late(r"<[^<>]{0,400}>")
# An id that a heading gives itself is none of GitHub's: `## Setup {#setup}`, `## Setup {: #setup }`.
_OWN_ID = late(r"\{:?\s{0,4}#[\w:.-]{1,100}[^{}]{0,100}\}\s*$")
_MARKUP = late(r"!\[|<")
_INVISIBLE = late("[\ufe0e\ufe0f\u200b-\u200d]")


class Anchors(NamedTuple):
    """``names`` are the anchors of a document, ``alike`` the first of those that other sites would call by one name.

    ``own_rules`` says that its headings give themselves ids, ``cut`` that the parser left something unread, ``torn`` that a code
    block ends too early, so that a heading may have been taken for code.
    """

    names: frozenset[str]
    alike: Mapping[str, str]
    own_rules: bool
    cut: bool
    torn: bool

    def has(self, anchor: str) -> bool:
        """Whether there is that anchor, signs that nobody sees aside."""
        return anchor in self.names or _INVISIBLE.sub("", anchor) in self.names


def loose(anchor: str) -> str:
    """What is left of an anchor where blanks, hyphens, punctuation and letter case make no difference."""
    return "".join(character for character in anchor.casefold() if character.isalnum())


@functools.lru_cache(maxsize=64)
def anchors(text: str) -> Anchors:
    """The anchors of a Markdown document."""
    source = Source("", text)
    root = parse(source)
    found = sorted((*_headings(source, root), *_in_html(source, root)))
    plain = list(slugs.unique(slugs.slug(title) for _, title in found))
    names = {*plain, *_explicit(source, root)}
    names |= {_INVISIBLE.sub("", name) for name in names}
    # What a picture in a heading is called, and the blank beside a tag, belong to the heading for some, and not for others.
    bare = set(map(slugs.slug, _around_markup(source, root)))
    names |= {f"{before}{name}{behind}" for name in bare for before in ("", "-") for behind in ("", "-")}
    alike: dict[str, str] = {}
    for name in plain:
        alike.setdefault(loose(name), name)
    return Anchors(
        frozenset(names), alike, any(_OWN_ID.search(title) for _, title in found), bool(root.cut), fences.torn(source, root) is not None
    )


def _headings(source: Source, root: nodes.Root) -> Iterator[tuple[int, str]]:
    definitions = inlines.definitions(root)
    for node in nodes.walk(root):
        if isinstance(node, nodes.Heading):
            yield node.span.start, inlines.scan(source, node.lines, definitions).text


def _around_markup(source: Source, root: nodes.Root) -> Iterator[str]:
    """The text of the headings that hold pictures or tags, without what the pictures are called."""
    definitions = inlines.definitions(root)
    for node in nodes.walk(root):
        if not isinstance(node, nodes.Heading) or not _MARKUP.search(source.slice(node.span)):
            continue
        inline = inlines.scan(source, node.lines, definitions)
        text, end = "", 0
        for each in inline.nodes:
            if isinstance(each, nodes.Link) and each.image and inline.at(each.text.start) >= end:
                text += inline.text[end : inline.at(each.text.start)]
                end = inline.at(each.text.end)
        yield text + inline.text[end:]


def _html(source: Source, root: nodes.Root) -> Iterator[tuple[int, str]]:
    """The stretches of the document that may hold HTML."""
    for node in nodes.walk(root):
        if isinstance(node, nodes.HtmlBlock | nodes.Paragraph | nodes.Heading | nodes.Cell):
            text = source.slice(node.span)
            if "<" in text:
                yield node.span.start, text


def _in_html(source: Source, root: nodes.Root) -> Iterator[tuple[int, str]]:
    for start, text in _html(source, root):
        for match in _HEADING.finditer(text):
            yield start + match.start(), unescape(_TAG.sub("", match[1]))


def _explicit(source: Source, root: nodes.Root) -> Iterator[str]:
    for _, text in _html(source, root):
        for match in _ID.finditer(text):
            yield unescape(match[1] or match[2] or match[3])
