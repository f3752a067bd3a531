"""The JSON projection: derived from the classes in ``document`` field by field, with the place of every value."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, NamedTuple

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


def locate(document: Document) -> Located:
    """The projection of ``document`` as JSON (``schemas/document.schema.json``), located.

    Every object has ``line``, ``column`` (1-based, code points) and ``span`` (offsets); keys are those of the classes with ``-`` for ``_``.
    """
    spans: dict[str, Span] = {"": Span(0, min(1, len(document.source.text)))}
    if document.title is not None:
        spans[""] = document.title.span
    value = {
        key: _value(getattr(document, name), document.source, f"/{key}", spans) for name, key in _keys(Document) if name not in _LEFT_OUT
    }
    return Located({"path": _printable(document.source.path), **value}, spans)


@functools.cache
def _keys(kind: Any) -> tuple[tuple[str, str], ...]:
    """The names of a class's fields, and the keys that they have in JSON; none for a class that has no fields."""
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else getattr(kind, "_fields", ())
    return tuple((name, name.replace("_", "-")) for name in names)


def _printable(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _value(value: Any, source: Source, pointer: str, spans: dict[str, Span]) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if _keys(value.__class__):
        result: dict[str, Any] = {}
        span = getattr(value, "span", None)
        if isinstance(span, Span):
            spans[pointer] = span
            position = source.position(span.start)
            result["line"], result["column"] = position.line, position.column
        for name, key in _keys(value.__class__):
            result[key] = _value(getattr(value, name), source, f"{pointer}/{key}", spans)
        return result
    if isinstance(value, tuple):
        return [_value(item, source, f"{pointer}/{index}", spans) for index, item in enumerate(value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
