"""Boxes that the boxes nested in them contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Finding, Undecided
from doclint.late import late
from doclint.model.document import Document, Item, Lifecycle, State, Tense

# Of a choice one is enough; and who says that a part is missing, has said it.
_CHOICE = late(
    r"\b(?:one|any|some|either|which) of\b|\beither\b|\boptions?\b|\balternatives?\b|\bchoose\b|\bpick\b|\bat least\b|\bideas?\b"
    r"|\bpartial|\bpartly\b|任选|之一|いずれか",
    re.IGNORECASE,
)
_SURE = 2


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each ticked box over an open one, and each open box over ticked ones alone."""
    if document.lifecycle in (Lifecycle.EXAMPLE, Lifecycle.PLANNED):
        return
    inner: dict[int, list[Item]] = {}
    for item in document.items:
        if item.parent is not None:
            inner.setdefault(item.parent, []).append(item)
    for number, parts in inner.items():
        item = document.items[number]
        if item.marker == "box" and item.tense is Tense.CURRENT and not item.deferred and not _CHOICE.search(item.text.value):
            yield from _mismatch(document, item, parts)


def _mismatch(document: Document, item: Item, parts: Sequence[Item]) -> Iterator[Finding]:
    boxes = [part for part in parts if part.marker == "box"]
    if item.state is State.DONE:
        open_ = [part for part in boxes if part.state is State.NOT_STARTED and not part.deferred and not _says_done(part)]
        if not open_ or (item.status is not None and (item.status.partial or item.status.state is not State.DONE)):
            return
        share = f"{len(open_)} of the {len(boxes)}" if len(open_) < len(boxes) else f"all {len(boxes)}"
        many = f"{share} boxes in it {'is' if len(open_) == 1 else 'are'} open"
        yield Finding(
            item.mark.span,
            f"the item is ticked, but {many if len(boxes) > 1 else 'the box in it is open'}",
            (proof.place(document, "the first open one" if len(open_) > 1 else "the open one", open_[0].line),),
        )
    elif item.state is State.NOT_STARTED and item.status is None:
        if len(boxes) < _SURE or any(part.state not in (State.DONE, State.DROPPED) for part in parts) or not any(map(_is_ticked, boxes)):
            return
        yield Finding(
            item.mark.span,
            f"the item is open, but all {len(boxes)} boxes in it are ticked",
            (proof.place(document, "the last of them", boxes[-1].line),),
        )


def _is_ticked(item: Item) -> bool:
    return item.state is State.DONE


def _says_done(item: Item) -> bool:
    """Whether an open box says itself that it is done: that is a contradiction of its own."""
    return item.closing is not None and item.closing.state is State.DONE
