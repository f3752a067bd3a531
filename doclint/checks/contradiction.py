"""Boxes whose own text says the opposite: an open one that closes with "(done)", a ticked one that closes with "(in progress)"."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.diagnostic import Finding, Undecided
from doclint.model.document import Document, Lifecycle, State, Status, Tense


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each box that its text contradicts."""
    if document.lifecycle in (Lifecycle.EXAMPLE, Lifecycle.PLANNED):
        return
    signed = _signed(document)
    for item in document.items:
        status = item.closing
        if item.marker != "box" or status is None or item.tense is not Tense.CURRENT or item.deferred or status.deferred:
            continue
        word = document.source.slice(status.word)
        if item.state is State.NOT_STARTED and _done(status) and not (_is_sign(word) and item.section in signed):
            yield Finding(status.word, f"the box is open, but its text closes with `{word}`", label="the text says that it is done")
        elif item.state is State.DONE and _unfinished(status):
            yield Finding(status.word, f"the box is ticked, but its text closes with `{word}`", label="the text says that it is not done")


def _signed(document: Document) -> set[int]:
    """The sections in which most boxes close with a sign, and none is ticked: there it is how items look."""
    boxes: dict[int, list[bool]] = {}
    ticked: set[int] = set()
    for item in document.items:
        if item.marker == "box":
            plain = item.closing is not None and _is_sign(document.source.slice(item.closing.word))
            boxes.setdefault(item.section, []).append(plain)
            if item.state is State.DONE:
                ticked.add(item.section)
    return {section for section, plain in boxes.items() if sum(plain) > len(plain) / 2 and len(plain) > 1} - ticked


def _is_sign(word: str) -> bool:
    return not any(map(str.isalnum, word))


def _done(status: Status) -> bool:
    return status.state is State.DONE and not status.partial and not status.weak


def _unfinished(status: Status) -> bool:
    return status.state in (State.NOT_STARTED, State.ACTIVE, State.BLOCKED) and not (status.weak and not status.partial)
