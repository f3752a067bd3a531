"""The names that SQL, Protocol Buffers, JSON Schema and OpenAPI declare."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from doclint.late import late
from doclint.repo.declared import MORE, Declared
from doclint.repo.facts import Unknown

LIMIT = 4 * 1024 * 1024
"""A file of more bytes is not read."""

LONGEST_YAML = 1024 * 1024
"""Nor YAML of more bytes than these, which costs more to read."""

_DEEPEST = 100
_TOO_LARGE = Unknown("the file is too large to be read")


def declared(extension: str, data: bytes) -> list[Declared] | Unknown:
    """The names that a file of that end declares, in its order."""
    if len(data) > (LONGEST_YAML if extension in ("yaml", "yml") else LIMIT):
        return _TOO_LARGE
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Unknown("the file is not UTF-8")
    match extension:
        case "sql":
            return list(_sql(text))
        case "proto":
            return list(_proto(text))
        case "json":
            return _json(text)
    return _yaml(text)


EXTENSIONS = frozenset(("sql", "proto", "json", "yaml", "yml"))
"""The ends of the files that are read."""


# --- SQL --------------------------------------------------------------------------------------------------------------

# Comments and texts, which hold no statements; what they are made of stays as long as it is.
_SQL_ASIDE = late(r"--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^']|'')*(?:'|\Z)|(\$\w*\$).*?(?:\1|\Z)", re.DOTALL)
_SQL_NAME = r"(?:\"[^\"\n]+\"|`[^`\n]+`|\[[^\]\n]+\]|[^\W\d][\w$]*)"
_SQL_PATH = rf"{_SQL_NAME}(?:\s*\.\s*{_SQL_NAME}){{0,3}}"
_SQL_CREATE = late(
    r"\bcreate\s+(?:or\s+(?:replace|alter)\s+)?(?:(?:global|local|temp|temporary|unlogged|external|foreign|transient|materialized|recursive|"
    r"force|virtual|dynamic|iceberg|stream|streaming|live|private|sensitive)\s+){0,4}(?:table|view|type|domain)\s+(?:if\s+not\s+exists\s+)?"
    rf"({_SQL_PATH})|\brename\s+to\s+({_SQL_PATH})",
    re.IGNORECASE,
)
# Other files that are read in, and statements that are put together while they run.
_SQL_MORE = late(r"^\s*(?:\\ir?\b|source\b|@@?\w)|\bexecute\s+(?:immediate|format)\b|\{[{%]|\bclone\b", re.IGNORECASE | re.MULTILINE)


def _sql(text: str) -> Iterator[Declared]:
    """Tables, views and types; a name with a schema also without it."""
    more = _SQL_MORE.search(text)
    plain = _SQL_ASIDE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    lines = _Lines(text)
    for match in _SQL_CREATE.finditer(plain):
        parts = [part.strip('"`[]') for part in re.findall(_SQL_NAME, match[1] or match[2])]
        yield lines.at(match.start(), parts[-1])
        if len(parts) > 1:
            yield lines.at(match.start(), ".".join(parts))
    if more:
        yield lines.at(more.start(), MORE, own=False)


# --- Protocol Buffers -------------------------------------------------------------------------------------------------

_PROTO_ASIDE = late(r"//[^\n]*|/\*.*?(?:\*/|\Z)|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)
_PROTO = late(r"\b(?:message|enum|service|oneof)\s+([A-Za-z_]\w*)\s*\{|\brpc\s+([A-Za-z_]\w*)\s*\(|(\bimport\s+public\b)|(\{)|(\})")


def _proto(text: str) -> Iterator[Declared]:
    """Messages, enums and services, at every depth under their own names, and as ``Outer.Inner``."""
    plain = _PROTO_ASIDE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    lines = _Lines(text)
    owners: list[str] = []
    for match in _PROTO.finditer(plain):
        name, call, public, opens, _ = match.groups()
        if name or call:
            yield lines.at(match.start(), name or call)
            if owner := next((one for one in reversed(owners) if one), ""):
                yield lines.at(match.start(), f"{owner}.{name or call}")
        elif public:
            yield lines.at(match.start(), MORE, own=False)
        if name or opens:
            owners.append(name or "")
        elif match.group() == "}" and owners:
            owners.pop()


# --- JSON Schema and OpenAPI ------------------------------------------------------------------------------------------

# Where the names stand: JSON Schema's definitions, OpenAPI's and AsyncAPI's components.
_PLACES = (("$defs",), ("definitions",), ("components", "schemas"), ("components", "messages"), ("components", "responses"))


def _json(text: str) -> list[Declared] | Unknown:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return Unknown("the file does not parse as JSON")
    lines = _Lines(text)
    found = []
    for name in (*_titles(value), *(name for place in _PLACES for name in _below(value, place))):
        key = re.search(rf"{re.escape(json.dumps(name))}|{re.escape(json.dumps(name, ensure_ascii=False))}", text)
        found.append(lines.at(key.start() if key else 0, name))
    return found or Unknown("the file is no JSON Schema, and no description of an interface")


def _titles(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(value.get("title"), str) and ("properties" in value or "$schema" in value or "type" in value):
        yield value["title"]


def _below(value: Any, place: tuple[str, ...]) -> list[str]:
    for key in place:
        value = value.get(key) if isinstance(value, dict) else None
    return list(value) if isinstance(value, dict) else []


def _yaml(text: str) -> list[Declared] | Unknown:
    """The same in YAML, from its events alone: nothing is built, no alias is followed."""
    import yaml

    lines = _Lines(text)
    found: list[Declared] = []
    # For each open collection its key that was read last, or None for a list; a mapping waits for a key where ``waits`` says so.
    keys: list[str | None] = []
    waits: list[bool] = []
    try:
        event: Any
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            start: Any = event.start_mark
            match event:
                case yaml.ScalarEvent() if keys and keys[-1] is not None and waits[-1]:
                    keys[-1], waits[-1] = event.value, False
                    if tuple(keys[:-1]) in _PLACES:
                        found.append(lines.at(start.index, event.value))
                    continue
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    keys.pop()
                    waits.pop()
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    if len(keys) == _DEEPEST:
                        return Unknown("the file nests too deeply to be read")
                    keys.append("" if isinstance(event, yaml.MappingStartEvent) else None)
                    waits.append(True)
                    continue
                case yaml.ScalarEvent() | yaml.AliasEvent():
                    pass
                case _:
                    continue
            # A value is complete: its mapping waits for the next key.
            if waits:
                waits[-1] = True
    except yaml.YAMLError:
        return Unknown("the file does not parse as YAML")
    return found or Unknown("the file is no JSON Schema, and no description of an interface")


class _Lines:
    """The lines of a text."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def at(self, start: int, name: str, *, own: bool = True) -> Declared:
        """``name``, declared at the offset ``start``."""
        return Declared(name, bisect_left(self._ends, start) + 1, own)
