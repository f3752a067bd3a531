"""The JSON projection: derived from the classes in ``document`` field by field, with the place of every value or only as it is read."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, NamedTuple, overload

from doclint.model.document import Document
from doclint.text import Source, Span

# What is no part of the projection: the source and its nodes are where it comes from.
_LEFT_OUT = frozenset(("source", "root", "inlines", "why", "declared"))


class Located(NamedTuple):
    """A JSON value, and for each JSON pointer (RFC 6901) into it the span that it was read from."""

    value: Any
    spans: Mapping[str, Span]

    def span(self, pointer: str) -> Span:
        """The span of the value at ``pointer``, or of the nearest one around it."""
        while pointer not in self.spans and pointer:
            pointer = pointer.rpartition("/")[0]
        return self.spans.get(pointer, Span(0, 0))


class Object(Mapping[str, Any]):
    """A JSON object whose values are made when they are read."""

    __slots__ = ("_members", "_source")

    def __init__(self, members: Mapping[str, Any], source: Source) -> None:
        self._members = members
        self._source = source

    def __getitem__(self, key: str) -> Any:
        return _viewed(self._members[key], self._source)

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)


class Array(Sequence[Any]):
    """A JSON array whose values are made when they are read."""

    __slots__ = ("_items", "_source")

    def __init__(self, items: Sequence[Any], source: Source) -> None:
        self._items = items
        self._source = source

    @overload
    def __getitem__(self, index: int) -> Any: ...

    @overload
    def __getitem__(self, index: slice) -> Array: ...

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return Array(self._items[index], self._source)
        return _viewed(self._items[index], self._source)

    def __iter__(self) -> Iterator[Any]:
        return (_viewed(item, self._source) for item in self._items)

    def __len__(self) -> int:
        return len(self._items)


def view(document: Document) -> Object:
    """What ``locate`` makes a value of, for those who read little of it: each part is put into JSON when it is asked for."""
    return Object(_projected(document), document.source)


def locate(document: Document) -> Located:
    """The projection of ``document`` as JSON (``schemas/document.schema.json``), located.

    Every object has ``line``, ``column`` (1-based, code points) and ``span`` (offsets); keys are those of the classes with ``-`` for ``_``.
    """
    spans: dict[str, Span] = {"": Span(0, min(1, len(document.source.text)))}
    if document.title is not None:
        spans[""] = document.title.span
    value = {key: _value(part, document.source, f"/{key}", spans) for key, part in _projected(document).items()}
    return Located(value, spans)


def _projected(document: Document) -> dict[str, Any]:
    return {
        "path": _printable(document.source.path),
        **{key: getattr(document, name) for name, key in _keys(Document) if name not in _LEFT_OUT},
    }


@functools.cache
def _keys(kind: Any) -> tuple[tuple[str, str], ...]:
    """The names of a class's fields, and the keys that they have in JSON; none for a class that has no fields."""
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else getattr(kind, "_fields", ())
    return tuple((name, name.replace("_", "-")) for name in names)


def _printable(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _members(value: Any, source: Source) -> dict[str, Any]:
    """The keys of an object, each with what its value is made of."""
    members: dict[str, Any] = {}
    span = getattr(value, "span", None)
    if isinstance(span, Span):
        position = source.position(span.start)
        members["line"], members["column"] = position.line, position.column
    for name, key in _keys(value.__class__):
        members[key] = getattr(value, name)
    return members


def _value(value: Any, source: Source, pointer: str, spans: dict[str, Span]) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if _keys(value.__class__):
        members = _members(value, source)
        if isinstance(members.get("span"), Span):
            spans[pointer] = members["span"]
        return {key: _value(part, source, f"{pointer}/{key}", spans) for key, part in members.items()}
    if isinstance(value, tuple):
        return [_value(item, source, f"{pointer}/{index}", spans) for index, item in enumerate(value)]
    return _scalar(value)


def _viewed(value: Any, source: Source) -> Any:
    if isinstance(value, Span):
        return Array((value.start, value.end), source)
    if _keys(value.__class__):
        return Object(_members(value, source), source)
    if isinstance(value, tuple):
        return Array(value, source)
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
