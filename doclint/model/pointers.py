"""Pointers: the places that name the work at hand, the work to come, the order of landing, or what is still pending."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.markdown.nodes import Inline
from doclint.model import fields, names, sections
from doclint.model.document import Target, Tense
from doclint.model.fields import RawField
from doclint.model.items import RawItem
from doclint.model.lexicon import Lexicon, fold
from doclint.model.names import Name
from doclint.model.outline import Outline, leads
from doclint.model.sections import Head
from doclint.model.units import RawUnit, Where
from doclint.text import Span

Sense = Literal["current", "next", "order", "pending"]
Place = Literal["key", "heading", "list", "note"]

_PENDING = late(r"\b(?:pending|remaining|outstanding|open|todo|to do|not started)\b", re.IGNORECASE)
_SENSES: Mapping[str, Literal["current", "next", "order"]] = {"current": "current", "next": "next", "order": "order"}
# "Next: ready for Priority 7", "Next: begin Phase 2": the words before the name ask for no more than the unit itself.
_LEADS_TO = late(
    r"[\s*_`]*(?:(?:ready|prepared)\s+(?:for|to\s+(?:start|begin|implement))|start(?:ing)?|begin(?:ning)?|continu(?:e|ing)(?:\s+with)?|proceed\s+(?:to|with)"
    r"|move\s+(?:on\s+)?to|implement(?:ing)?|execute|work\s+on)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_KEYED_HEADING = late(r"[^\w]*(?P<key>[^:：]{3,30})[:：]\s+")
# How many words can stand before the name below "Current Focus": the project's, as in "Larder Step 4 - scanner".
_WORDS_BEFORE = 2
_MOST_LEAD_WORDS = 8
_FOOTER_LEAVES = 3


class RawPointer(NamedTuple):
    """A pointer whose pull requests lie in ``where`` and have no numbers yet."""

    span: Span
    sense: Sense
    text: str
    units: tuple[int, ...]
    where: Where | None
    section: int
    tense: Tense | None
    targets: tuple[Target, ...] = ()
    place: Place = "key"


def pointers(
    outline: Outline,
    heads: Sequence[Head],
    all_fields: Sequence[RawField],
    items: Sequence[RawItem],
    units: Sequence[RawUnit],
    index: Mapping[tuple[str, str], int],
    lexicon: Lexicon,
) -> Iterator[RawPointer]:
    """The pointers in keys (``Next: …``), headings, lists of what is next, and notes of statuses (``COMPLETED (Phase 7.5 pending)``)."""
    yield from _keys(outline, all_fields, index, lexicon)
    yield from _headings(outline, heads, index, lexicon)
    yield from _lists(outline, heads, items, index, lexicon)
    for unit in units:
        for statement in unit.statements:
            if statement.status is None or not _PENDING.search(statement.status.note):
                continue
            found = [index[name.key] for name in names.find(statement.status.note, lexicon) if name.key in index]
            if found:
                status = statement.status
                yield RawPointer(status.span, "pending", status.note, tuple(found), None, statement.section, statement.tense, place="note")


def _target(name: Name, inline: Inline, start: int, end: int) -> Target:
    """The unit that ``name`` stands for, which was found in ``inline.text[start:end]``, with what that goes on to call it."""
    text = inline.text[start:end]
    span = inline.span(start + name.start, start + name.end)
    written = text[name.start : name.end].strip(" *_`#([")
    label = f"{name.kind.capitalize()} {written}" if written.lstrip("#").upper() == name.id else written
    return Target(span, name.kind, name.id, label, text[name.end :].strip(" *_`~:.,-\u2013\u2014|()"))


def _known(targets: Sequence[Target], index: Mapping[tuple[str, str], int]) -> tuple[int, ...]:
    return tuple(index[target.kind, target.id] for target in targets if (target.kind, target.id) in index)


# --- keys ---------------------------------------------------------------------------------------------------------------


def _keys(outline: Outline, all_fields: Sequence[RawField], index: Mapping[tuple[str, str], int], lexicon: Lexicon) -> Iterator[RawPointer]:
    footers = {raw.leaf for raw in all_fields if raw.role == "updated" and raw.leaf >= len(outline.leaves) - _FOOTER_LEAVES}
    for raw in all_fields:
        leaf = outline.leaves[raw.leaf]
        if raw.role is None or raw.role not in _SENSES or raw.value[0] >= raw.value[1]:
            continue
        text = leaf.inline.text[raw.value[0] : raw.value[1]]
        _, _, span = fields.spans(raw, leaf.inline)
        if raw.role == "order":
            targets = [
                _target(name, leaf.inline, raw.value[0], raw.value[0] + name.end)
                for name in names.find(text, lexicon)
                if name.kind != "pull-request" or name.key in index
            ]
        else:
            noun = lexicon.unit_nouns.get(raw.name.split()[-1]) if raw.name else None
            targets = _first(leaf.inline, *raw.value, noun, lexicon)
        where = (raw.leaf, *raw.value)
        # What stands in the document's last lines beside the day of its last change is said of the whole.
        tense = Tense.CURRENT if raw.leaf in footers else None
        yield RawPointer(span, _SENSES[raw.role], text.strip(), _known(targets, index), where, leaf.section, tense, tuple(targets))


def _first(inline: Inline, start: int, end: int, noun: str | None, lexicon: Lexicon) -> list[Target]:
    """The unit with which ``inline.text[start:end]`` begins, by its name, or by its bare id under a key that says its noun."""
    lead = _LEADS_TO.match(inline.text, start, end)
    begin = lead.end() if lead else start
    rest = inline.text[begin:end]
    name = names.at_start(rest, lexicon)
    if name is None and noun is not None:
        name = names.bare(rest, noun)
    return [_target(name, inline, begin, end)] if name is not None else []


# --- headings -----------------------------------------------------------------------------------------------------------


def _headings(outline: Outline, heads: Sequence[Head], index: Mapping[tuple[str, str], int], lexicon: Lexicon) -> Iterator[RawPointer]:
    """``## Current Phase: Phase 3``, ``## Current Focus`` over a line that names a step."""
    firsts: dict[int, int] = {}
    for number, leaf in enumerate(outline.leaves):
        if not isinstance(leaf.block, nodes.Heading) and leaf.table is None and not leaf.quoted:
            firsts.setdefault(leaf.section, number)
    for number, section in enumerate(outline.sections):
        if section.leaf is None or heads[number].name is not None:
            continue
        heading = outline.leaves[section.leaf]
        keyed = _KEYED_HEADING.match(heading.inline.text)
        if keyed and (sense := _sense(keyed["key"], lexicon) or _state(keyed["key"], lexicon)):
            name = fold(keyed["key"]).split()[-1]
            targets = _first(heading.inline, keyed.end(), len(heading.inline.text), lexicon.unit_nouns.get(name), lexicon)
            span = heading.inline.span(keyed.end(), len(heading.inline.text))
            text = heading.inline.text[keyed.end() :]
        elif (sense := _sense(heading.inline.text, lexicon)) and number in firsts:
            leaf = outline.leaves[firsts[number]]
            if leaf.item is not None:
                continue
            text = leaf.inline.text
            named = next(names.find(text[:200], lexicon), None)
            if named is None or len(text[: named.start].split()) > _WORDS_BEFORE or re.search(r"[.:;]\s|\(", text[: named.start]):
                continue
            targets, span = [_target(named, leaf.inline, 0, len(text.partition("\n")[0]))], leaf.inline.span(named.start, named.end)
        else:
            continue
        if targets:
            yield RawPointer(span, sense, text.strip(), _known(targets, index), None, number, None, tuple(targets), place="heading")


def _sense(words: str, lexicon: Lexicon) -> Literal["current", "next"] | None:
    """Whether a heading is a key of what is current or next."""
    role = fields.role_of(fold(words), lexicon)
    return "current" if role == "current" else "next" if role == "next" else None


def _state(words: str, lexicon: Lexicon) -> Literal["current"] | None:
    """Whether a heading is a key of how things stand today: "Current Status: Phase 3"."""
    first, _, rest = fold(words).partition(" ")
    return "current" if fields.role_of(first, lexicon) == "current" and fields.role_of(rest, lexicon) == "status" else None


# --- lists --------------------------------------------------------------------------------------------------------------


def _lists(
    outline: Outline, heads: Sequence[Head], items: Sequence[RawItem], index: Mapping[tuple[str, str], int], lexicon: Lexicon
) -> Iterator[RawPointer]:
    """What a list of next steps names, item by item, and the units that have a heading among the next steps.

    An item with a box or a sign has a status of its own.
    """
    marked = {item.leaf for item in items}
    introductions = leads(outline)
    of_next: dict[int, bool] = {}
    for item in outline.list_items:
        if item.leaf is None or item.leaf in marked or item.parent is not None:
            continue
        if item.list not in of_next:
            lead = introductions.get(item.list, "")
            of_next[item.list] = _leads_to_next(lead, lexicon) if lead else _is_next(heads, item.section)
        if not of_next[item.list]:
            continue
        leaf = outline.leaves[item.leaf]
        targets = _first(leaf.inline, 0, len(leaf.inline.text), None, lexicon)
        if targets:
            yield RawPointer(
                leaf.span, "next", leaf.inline.text.strip(), _known(targets, index), None, item.section, None, tuple(targets), place="list"
            )
    for number, head in enumerate(heads):
        parent = outline.sections[number].parent
        leaf_number = outline.sections[number].leaf
        if head.name is None or parent is None or leaf_number is None or not _is_next(heads, parent):
            continue
        leaf = outline.leaves[leaf_number]
        target = _target(head.name, leaf.inline, 0, len(leaf.inline.text))
        yield RawPointer(leaf.span, "next", head.text, _known([target], index), None, number, None, (target,), place="list")


def _leads_to_next(lead: str, lexicon: Lexicon) -> bool:
    """Whether a line such as "Immediate next actions (in order):" leads in to the list."""
    return (
        len(lead.split()) <= _MOST_LEAD_WORDS
        and bool(_SOON.search(lead))
        and sections.role_of(lead, lexicon) == "next"
        and names.at_start(lead, lexicon) is None
    )


def _is_next(heads: Sequence[Head], section: int) -> bool:
    """Whether a section says by its heading what is done next; a backlog or a roadmap says what is done some day."""
    return heads[section].role == "next" and bool(_SOON.search(heads[section].text))


_SOON = late(r"\bnext\b|\bimmediate|下一步|次の|次回|próxim|tiếp theo|следующ|prossim", re.IGNORECASE)
