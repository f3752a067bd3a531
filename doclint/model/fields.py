"""Fields: a key with its value, in every shape that documents give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.markdown.nodes import Inline
from doclint.model.lexicon import Lexicon, fold
from doclint.model.outline import Leaf, Outline
from doclint.model.ranges import Ranges
from doclint.text import Source, Span

# A key is short, begins with a letter (or a sign before one), and has no sentence in it.
_KEY = r"[^\W\d_][^:：|\n]{0,47}?"
_COLON = r"\s*(?::(?=\s|$)|：)"
_PLAIN = late(rf"(?P<key>{_KEY}){_COLON}\s*(?P<value>.*)", re.DOTALL)
_NEXT_PAIR = late(rf"\s[|·•]\s+(?={_KEY}{_COLON})")
_LEAD = late(r"[\s\ufe0f\u2600-\u27bf\U0001f300-\U0001faff\u23e9-\u23fa\u2b00-\u2bff>]*")
_MAX_WORDS = 5
# Roles that a header has and a key has not: they name what a column's cells are.
_COLUMNS_ONLY = frozenset(("id", "title", "count", "package"))


class RawField(NamedTuple):
    """A field in a leaf: ranges of ``inline.text`` for key and value; ``role`` from the lexicon; ``strong`` if the key is emphasised."""

    leaf: int
    key: tuple[int, int]
    value: tuple[int, int]
    name: str
    role: str | None
    strong: bool


def role_of(name: str, lexicon: Lexicon) -> str | None:
    """The role that the lexicon gives a folded key as a whole."""
    roles = lexicon.roles.get(name) or lexicon.roles.get(re.sub(r"\s*\(.*\)$", "", name), ())
    return next((role for role in roles if role not in _COLUMNS_ONLY), None)


def _column_role(name: str, lexicon: Lexicon) -> str | None:
    roles = lexicon.roles.get(name) or lexicon.roles.get(re.sub(r"\s*\(.*\)$", "", name), ())
    return roles[0] if roles else None


def header_role(header: str, lexicon: Lexicon) -> str | None:
    """The role of a column header: the whole, else its last word, else its first.

    A status or date that belongs to something narrower than the row ("CI Status") is none.
    """
    bare = re.sub(r"[`*]", "", header)
    name = fold(bare) or bare.strip()
    whole = _column_role(name, lexicon)
    if whole or not name:
        return whole
    if "/" in name or "&" in name:
        parts = [part.strip() for part in re.split(r"[/&]", name)]
        for part in parts:
            if part in lexicon.roles:
                return lexicon.roles[part][0]
    words = name.split()
    for word in (words[-1], words[0]):
        roles = lexicon.roles.get(word)
        if roles and roles[0] not in ("status", "date", "count", "current", "next", "created", "files"):
            return roles[0]
    return None


def fields(outline: Outline, lexicon: Lexicon) -> Iterator[RawField]:
    """The fields of every leaf, in order."""
    for index, leaf in enumerate(outline.leaves):
        if isinstance(leaf.block, nodes.Cell):
            continue
        yield from _of_leaf(index, leaf, outline.source, lexicon)


def _strong(inline: Inline) -> list[nodes.Emphasis]:
    return [node for node in inline.nodes if isinstance(node, nodes.Emphasis) and node.strength == 2]


def line_breaks(leaf: Leaf) -> Sequence[tuple[int, int]]:
    """The ranges of ``inline.text`` that stand for the block's source lines."""
    lines = leaf.block.lines if not isinstance(leaf.block, nodes.Cell) else (leaf.block.span,)
    starts = [leaf.inline.at(line.start) for line in lines]
    ends = [*starts[1:], len(leaf.inline.text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _of_leaf(index: int, leaf: Leaf, source: Source, lexicon: Lexicon) -> Iterator[RawField]:
    inline = leaf.inline
    if not inline.text:
        return
    strong = Ranges((inline.at(node.content.start), inline.at(node.content.end)) for node in _strong(inline))
    code = Ranges((inline.at(node.content.start), inline.at(node.content.end)) for node in inline.nodes if isinstance(node, nodes.Code))
    heading = isinstance(leaf.block, nodes.Heading)
    carried: RawField | None = None
    for start, end in line_breaks(leaf):
        made = False
        for part_start, part_end in _parts(inline.text, start, end, strong):
            field = _pair(index, inline.text, part_start, part_end, strong, lexicon, heading)
            # A key may be code; a colon inside code parts nothing.
            if field is None or code.covers(field.key[1] - 1, field.key[1] + 1):
                continue
            if carried is not None:
                yield carried
            carried, made = field, True
        if not made and carried is not None and not heading:
            # A wrapped value goes on in the next line.
            value_end = start + len(inline.text[start:end].rstrip())
            carried = RawField(carried.leaf, carried.key, (carried.value[0], value_end), carried.name, carried.role, carried.strong)
    if carried is not None:
        yield carried


def _parts(text: str, start: int, end: int, strong: Ranges) -> Iterator[tuple[int, int]]:
    """The stretches of one line that may each hold a pair: cut at bold keys and at ``|`` or ``·`` before a key."""
    cuts = {start}
    for low, high in strong.beginning(start + 1, end):
        if text[high - 1 : high] in ":：" or text[high : high + 1] in (":", "："):
            cuts.add(low)
    for match in _NEXT_PAIR.finditer(text, start, end):
        cuts.add(match.end())
    ordered = sorted(cuts)
    for low, high in zip(ordered, [*ordered[1:], end], strict=True):
        yield low, high


def _pair(leaf: int, text: str, start: int, end: int, strong: Ranges, lexicon: Lexicon, heading: bool) -> RawField | None:
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    match = _PLAIN.match(text, begin, end)
    if not match:
        return None
    key = match["key"].strip()
    name = fold(key)
    bold = strong.covers(*match.span("key"))
    role = role_of(name, lexicon)
    if len(name.split()) > _MAX_WORDS and not bold:
        return None
    if heading and (role not in ("updated", "date", "status") or not match["value"].strip()):
        return None
    if not bold and role is None and (len(name.split()) > 3 or "`" in key or "/" in key or "." in key):
        return None
    value_start, value_end = match.start("value"), match.end("value")
    tail = text[value_start:value_end]
    value_end = value_start + len(tail.rstrip(" |·•\t"))
    return RawField(leaf, (match.start("key"), match.start("key") + len(key)), (value_start, value_end), name, role, bold)


def spans(raw: RawField, inline: Inline) -> tuple[Span, Span, Span]:
    """The spans of the whole, the key and the value."""
    key = inline.span(*raw.key)
    value = inline.span(*raw.value) if raw.value[0] < raw.value[1] else Span(key.end, key.end)
    return Span(key.start, max(value.end, key.end)), key, value
