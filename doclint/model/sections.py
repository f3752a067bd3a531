"""Sections: what each is for, and how it speaks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from doclint.late import late
from doclint.markdown.nodes import Heading
from doclint.model import dates, names, slugs, statuses
from doclint.model.document import Mode, State, Status
from doclint.model.lexicon import Lexicon, fold
from doclint.model.names import Name
from doclint.model.outline import Outline

_BOX = late(r"\[[ xX]\]\s*")
_BRACKETS = late(r"\[[^\[\]]{0,200}\]|<[^<>]{0,200}>|\{\{?[^{}]{0,200}\}?\}|[_.\u2026]+")
_EXAMPLE_MODES = frozenset((Mode.EXAMPLE, Mode.LOG))


class Head(NamedTuple):
    """What a heading says by itself, before entries give its section a tense."""

    text: str
    slug: str
    role: str | None
    mode: Mode
    date: datetime.date | None
    date_first: bool
    name: Name | None
    status: Status | None
    deferred: bool
    past: bool


def role_of(text: str, lexicon: Lexicon) -> str | None:
    """The role that a heading's words give its section; None where none of them is known."""
    whole = fold(text)
    found = {lexicon.section_roles[hit.phrase] for hit in lexicon.section_word.finditer(text)}
    found.update(number for number, role in enumerate(lexicon.section_order) if whole in lexicon.whole_headings[role])
    return lexicon.section_order[min(found)] if found else None


def heads(outline: Outline, lexicon: Lexicon) -> tuple[Head, ...]:
    """What each section's heading says; the first stands for the document above any heading."""
    result: list[Head] = [Head("", "", None, Mode.CURRENT, None, False, None, None, False, False)]
    texts = [outline.leaves[section.leaf].inline.text if section.leaf is not None else "" for section in outline.sections]
    anchors = list(slugs.unique(map(slugs.slug, texts[1:])))
    title = _title(outline)
    for number, section in enumerate(outline.sections[1:], 1):
        assert section.leaf is not None
        assert section.parent is not None
        inline = outline.leaves[section.leaf].inline
        text = texts[number]
        name = names.at_start(text, lexicon)
        mention = next(dates.find(text), None)
        status = statuses.heading_status(inline, lexicon, unit_end=name.end if name else None)
        own = None if name else role_of(text, lexicon)
        mode = result[section.parent].mode
        if number != title:
            mode = lexicon.modes.get(own or "", mode) if mode not in _EXAMPLE_MODES else mode
            if status is not None and mode in (Mode.CURRENT, Mode.PLAN) and name is not None:
                mode = Mode.PLAN if status.state is State.NOT_STARTED else Mode.CURRENT
        deferred = bool(lexicon.deferral.search(text)) or result[section.parent].deferred
        result.append(
            Head(
                text.strip(),
                anchors[number - 1],
                own,
                mode,
                mention.date if mention else None,
                bool(mention and not re.search(r"\w", text[: mention.start])),
                name,
                status,
                deferred and number != title,
                result[section.parent].past or (number != title and bool(lexicon.past.search(text))),
            )
        )
    return tuple(result)


def filled(outline: Outline, lexicon: Lexicon) -> frozenset[int]:
    """The sections whose own body says something: no headings, no headers of tables, and nothing that a form puts there."""
    found = {fence.section for fence in outline.fences if any(outline.source.slice(line).strip() for line in fence.node.lines)}
    for leaf in outline.leaves:
        if leaf.section in found or isinstance(leaf.block, Heading) or leaf.row == -1:
            continue
        if not is_form(leaf.inline.text, lexicon):
            found.add(leaf.section)
    return frozenset(found)


def is_form(text: str, lexicon: Lexicon) -> bool:
    """Whether ``text`` is what a form puts in a place that is to be filled in: nothing, a pair of brackets, "TBD", "to be written"."""
    bare = _BOX.sub("", text.strip()).strip("*_`-\u2013\u2014.:\u2026 \t")
    return not bare or bool(_BRACKETS.fullmatch(bare)) or fold(bare) in lexicon.unfilled


def _title(outline: Outline) -> int | None:
    """The section whose heading is the document's title: the first, if it is of level 1 and alone at that level."""
    if len(outline.sections) < 2 or outline.sections[1].level != 1:
        return None
    return 1 if sum(section.level == 1 for section in outline.sections[1:]) == 1 else None


def ancestors(outline: Outline, section: int) -> Sequence[int]:
    """``section`` and the sections around it, innermost first."""
    chain = []
    current: int | None = section
    while current is not None:
        chain.append(current)
        current = outline.sections[current].parent
    return chain
