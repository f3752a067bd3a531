"""Tasks that a document lists twice: one id in two states or for two tasks (``by: id``), one text in two places (``by: text``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Finding, Severity, Undecided
from doclint.late import late
from doclint.model import queries
from doclint.model.document import Document, Item, Lifecycle, Mode, State, Tense
from doclint.text import Span

_SMALL = frozenset("a an and as at by for from in of on or the to with".split())
_BRACKETED = late(r"[(\[][^()\[\]]*[)\]]")
# A series of ids is one whose ids are mostly used once each.
_SERIES = 4
_REPEATED_AT_MOST = 0.2
# A text of so many words is no generic sentence; a shorter one must name something.
_LONG = 8
_SHORT = 5
_NAMES_SOMETHING = late(r"`|\d|\w[./_]\w|\s[A-Z][\w-]*[A-Z]|\s[A-Z][a-z]+\s+[A-Z]")


class _Task(NamedTuple):
    """One place that lists a task: its id as written, what it is about, its words, whether it is done, and where."""

    id: str
    title: str
    words: frozenset[str]
    state: State
    span: Span
    place: str
    item: int | None


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each second listing of a task that cannot stand beside the first."""
    if document.lifecycle in (Lifecycle.EXAMPLE, Lifecycle.PLANNED):
        return
    yield from _ids(document) if option(options, "by", str) == "id" else _texts(document)


# --- ids --------------------------------------------------------------------------------------------------------------


def _ids(document: Document) -> Iterator[Finding]:
    by_id: dict[str, list[_Task]] = {}
    for task in _tasks(document):
        by_id.setdefault(task.id, []).append(task)
    for tasks in by_id.values():
        if len(tasks) > 1:
            yield from _conflict(document, tasks)
    series: dict[str, list[str]] = {}
    for id in by_id:
        series.setdefault(re.sub(r"\d.*", "", id), []).append(id)
    for ids in series.values():
        repeated = [id for id in ids if len(by_id[id]) > 1]
        if len(ids) >= _SERIES and len(repeated) <= _REPEATED_AT_MOST * len(ids):
            for id in repeated:
                yield from _reused(document, by_id[id])


def _tasks(document: Document) -> Iterator[_Task]:
    for number, item in enumerate(document.items):
        # A sign before a task is decoration as often as a state, even in a plan.
        if item.marker == "box" and item.id is not None and _speaks(document, item) and item.state is not State.DROPPED:
            title = item.text.value.partition(item.id.value)[2]
            yield _Task(item.id.value, title, _words(title), item.state, item.id.span, "box", number)
    listed = {item.id.value for item in document.items if item.marker == "box" and item.id is not None}
    for unit in document.units:
        # "Task T-1" where the column's header gives the noun.
        name = unit.name.rpartition(" ")[2]
        if name not in listed:
            continue
        for statement in unit.statements:
            status = statement.status
            if statement.place == "item" or statement.tense is not Tense.CURRENT or status is None:
                continue
            if status.state in (State.UNKNOWN, State.DROPPED) or status.partial or status.deferred or status.weak:
                continue
            yield _Task(name, unit.title, _words(unit.title), status.state, statement.span, statement.place, None)


def _speaks(document: Document, item: Item) -> bool:
    return item.tense is Tense.CURRENT and not item.deferred and document.sections[item.section].mode is not Mode.EXAMPLE


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _letters(_BRACKETED.sub("", text)) if word not in _SMALL)


def _letters(title: str) -> list[str]:
    return re.findall(r"\w+", title.casefold())


def _conflict(document: Document, tasks: Sequence[_Task]) -> Iterator[Finding]:
    """An open listing of a task that another listing calls done; two rows or headings are a conflict of their unit."""
    done = [task for task in tasks if task.state is State.DONE]
    for task in tasks:
        if not task.state.open:
            continue
        other = next((one for one in done if (one.item is not None or task.item is not None) and _same(document, task, one)), None)
        if other is not None:
            yield Finding(
                task.span,
                f"`{task.id}` is open here, and done on line {queries.line_of(document, other.span)}",
                (proof.place(document, f"the {other.place} that says done", other.span),),
                # One id and one text are one task; where the texts differ, the two may be parts of it.
                demoted=None if _letters(task.title) == _letters(other.title) else Severity.WARNING,
            )


def _same(document: Document, one: _Task, other: _Task) -> bool:
    """Whether both list the same work: alike in words, and neither a part of the other."""
    if not one.words or not other.words:
        return True
    return 2 * len(one.words & other.words) >= min(len(one.words), len(other.words)) and not (
        _within(document, one, other) or _within(document, other, one)
    )


def _within(document: Document, inner: _Task, outer: _Task) -> bool:
    current = document.items[inner.item].parent if inner.item is not None else None
    while current is not None:
        if current == outer.item:
            return True
        current = document.items[current].parent
    return False


def _reused(document: Document, tasks: Sequence[_Task]) -> Iterator[Finding]:
    """An id whose two listings have no word in common, in a series of ids that are used once each."""
    first = tasks[0]
    for task in tasks[1:]:
        if task.item is None or first.item is None or min(len(first.words), len(task.words)) < 2 or first.words & task.words:
            continue
        yield Finding(
            task.span,
            f"`{task.id}` is used for another task on line {queries.line_of(document, first.span)}",
            (proof.place(document, "its first use", first.span),),
            demoted=Severity.WARNING,
        )


# --- texts ------------------------------------------------------------------------------------------------------------


def _texts(document: Document) -> Iterator[Finding]:
    by_text: dict[str, list[Item]] = {}
    for item in document.items:
        if item.marker == "box" and item.state is not State.DROPPED and _speaks(document, item):
            by_text.setdefault(" ".join(_letters(item.text.value)), []).append(item)
    pairs = [(text, items[0], items[1]) for text, items in by_text.items() if len(items) == 2]
    # Several texts in the same two places are a list that each of them has to go through.
    shared = Counter((first.section, second.section) for _, first, second in pairs)
    for text, first, second in pairs:
        if (first.state is State.DONE and second.state is State.DONE) or not _is_one_task(document, text, first, second):
            continue
        alike = _kind(document, first) == _kind(document, second)
        if shared[first.section, second.section] > 1 and (alike or first.state is second.state):
            continue
        if first.state is second.state:
            told, other, how = second, first, "is also open"
        else:
            told, other = (first, second) if first.state.open else (second, first)
            how = "is ticked"
        yield Finding(
            told.mark.span,
            f"the same item {how} on line {queries.line_of(document, other.span)}",
            (proof.place(document, "the other one", other.line),),
        )


def _is_one_task(document: Document, text: str, first: Item, second: Item) -> bool:
    """Whether the text can mean one thing only: long, or with a name in it; made and not merely run or tested; under no two parents."""
    length = len(text.split())
    if length < _SHORT or first.section == second.section or first.parent is not None or second.parent is not None:
        return False
    if first.verb in ("verify", "run", "read", "modify"):
        return False
    named = bool(_NAMES_SOMETHING.search(document.source.slice(first.text.span))) or first.id is not None
    return named if first.state is not second.state else named and length >= _LONG


def _kind(document: Document, item: Item) -> str | None:
    return document.units[item.unit].kind if item.unit is not None else None
