"""Pointers: the places that name the work at hand, the work to come, the order of landing, or what is still pending."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from doclint.model import fields, names
from doclint.model.document import Tense
from doclint.model.fields import RawField
from doclint.model.lexicon import Lexicon
from doclint.model.outline import Outline
from doclint.model.units import RawUnit, Where
from doclint.text import Span

_PENDING = re.compile(r"\b(?:pending|remaining|outstanding|open|todo|to do|not started)\b", re.IGNORECASE)
_SENSES: Mapping[str, Literal["current", "next", "order"]] = {"current": "current", "next": "next", "order": "order"}


class RawPointer(NamedTuple):
    """A pointer whose pull requests lie in ``where`` and have no numbers yet."""

    span: Span
    sense: Literal["current", "next", "order", "pending"]
    text: str
    units: tuple[int, ...]
    where: Where | None
    section: int
    tense: Tense | None


def pointers(
    outline: Outline, all_fields: Sequence[RawField], units: Sequence[RawUnit], index: Mapping[tuple[str, str], int], lexicon: Lexicon
) -> Iterator[RawPointer]:
    """The pointers in keys (``Next: …``), and those in the notes of statuses (``COMPLETED (Phase 7.5 pending)``)."""
    for raw in all_fields:
        leaf = outline.leaves[raw.leaf]
        if raw.role is None or raw.role not in _SENSES or raw.value[0] >= raw.value[1]:
            continue
        text = leaf.inline.text[raw.value[0] : raw.value[1]]
        _, _, span = fields.spans(raw, leaf.inline)
        if raw.role == "order":
            found = [index[name.key] for name in names.find(text, lexicon) if name.key in index]
        else:
            name = names.at_start(text, lexicon)
            noun = lexicon.unit_nouns.get(raw.name.split()[-1]) if raw.name else None
            if name is None and noun is not None:
                name = names.bare(text, noun)
            found = [index[name.key]] if name is not None and name.key in index else []
        yield RawPointer(span, _SENSES[raw.role], text.strip(), tuple(found), (raw.leaf, *raw.value), leaf.section, None)
    for unit in units:
        for statement in unit.statements:
            if statement.status is None or not _PENDING.search(statement.status.note):
                continue
            found = [index[name.key] for name in names.find(statement.status.note, lexicon) if name.key in index]
            if found:
                status = statement.status
                yield RawPointer(status.span, "pending", status.note, tuple(found), None, statement.section, statement.tense)
