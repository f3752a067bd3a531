"""YAML from documents nobody vouches for: front matter with the place of every value, and small YAML texts.

Values are built straight from the parser's events. No tag, alias or merge key is honoured, nothing is constructed but plain JSON
values, and nothing recurses, so that there is no code to run, no bomb to unfold and no stack to exhaust.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from doclint.late import late
from doclint.markdown.nodes import FrontMatter
from doclint.text import Source, Span

SIZE_LIMIT = 64 * 1024
DEPTH_LIMIT = 50
DIGITS_LIMIT = 18

# The scalars of YAML 1.2's core schema (section 10.3.2); a date is text there, and so are `yes` and `off`.
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# What YAML lets stand in a text at all (section 5.1); both parsers of PyYAML check it, but count places differently.
_UNPRINTABLE = late("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER = late(r"[-+]?[0-9]+")
_BASED = late(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = late(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


class YamlError(ValueError):
    """YAML that cannot be read: ``offset`` in its text, and a clause for people."""

    def __init__(self, offset: int, sentence: str) -> None:
        super().__init__(f"character {offset}: {sentence}")
        self.offset = offset
        self.sentence = sentence


class FrontMatterError(ValueError):
    """Front matter that cannot be read: where in the document, and a clause for people."""

    def __init__(self, span: Span, sentence: str) -> None:
        super().__init__(sentence)
        self.span = span
        self.sentence = sentence


class FrontMatterData(NamedTuple):
    """What front matter says, and where: ``keys`` and ``values`` map JSON pointers (RFC 6901) to spans of the document.

    Elements of a list have a value's span only; the whole mapping is the pointer ``""``.
    """

    value: dict[str, Any]
    keys: Mapping[str, Span]
    values: Mapping[str, Span]


def load(source: Source, front_matter: FrontMatter) -> FrontMatterData:
    """The data of ``front_matter``, which stands in ``source``; nothing between the lines is an empty mapping.

    Raises FrontMatterError where it is no YAML mapping, or more than the limits allow.
    """
    start, end = front_matter.content.start, front_matter.content.end
    try:
        reading = _read(source.text[start:end])
    except YamlError as error:
        place = min(start + error.offset, end)
        raise FrontMatterError(_rest_of_line(source, place), error.sentence) from None
    value = {} if reading.value is None else reading.value
    if not isinstance(value, dict):
        raise FrontMatterError(front_matter.content, "the front matter is no mapping of keys to values")

    def moved(spans: Mapping[str, Span]) -> dict[str, Span]:
        return {pointer: Span(start + span.start, start + span.end) for pointer, span in spans.items()}

    return FrontMatterData(value, moved(reading.keys), moved(reading.values))


def load_yaml(text: str) -> Any:
    """The one document in ``text`` as JSON values; None where there is none.

    Raises YamlError where it is no YAML, uses tags, aliases or a key twice, or is more than the limits allow.
    """
    return _read(text).value


def _rest_of_line(source: Source, offset: int) -> Span:
    line = source.line(source.position(offset).line)
    return Span(min(offset, line.end), line.end)


@dataclass(slots=True)
class _Reading:
    value: Any = None
    keys: dict[str, Span] = field(default_factory=dict)
    values: dict[str, Span] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end is not reached; ``key`` is the pointer of the mapping's key that waits for its value."""

    value: Any
    pointer: str
    start: int
    key: str | None = None
    name: str = ""


def _read(text: str) -> _Reading:
    import yaml

    if len(text) > SIZE_LIMIT or len(text.encode("utf-8", "surrogatepass")) > SIZE_LIMIT:
        raise YamlError(0, f"the YAML is larger than {SIZE_LIMIT // 1024} KiB")
    if unprintable := _UNPRINTABLE.search(text):
        raise YamlError(unprintable.start(), "a character stands here that YAML does not allow")
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _build(text, yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.index if mark else 0, error.problem or "the YAML cannot be read") from None
    except yaml.YAMLError:
        raise YamlError(0, "the YAML cannot be read") from None


def _build(text: str, events: Any) -> _Reading:
    import yaml

    reading = _Reading()
    stack: list[_Open] = []
    documents = 0
    event: Any
    for event in events:
        start, end = event.start_mark.index, event.end_mark.index
        match event:
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    raise YamlError(start, "a second YAML document begins here")
            case yaml.AliasEvent():
                raise YamlError(start, f"the alias `*{event.anchor}` is not allowed")
            case yaml.ScalarEvent():
                _refuse_tag(event, start)
                if stack and isinstance(stack[-1].value, dict) and stack[-1].key is None:
                    _begin_key(reading, stack[-1], event)
                else:
                    _place(reading, stack, _scalar(event), Span(start, end))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                _refuse_tag(event, start)
                if stack and isinstance(stack[-1].value, dict) and stack[-1].key is None:
                    raise YamlError(start, "a key must be text, not a list or a mapping")
                if len(stack) == DEPTH_LIMIT:
                    raise YamlError(start, f"the YAML is nested deeper than {DEPTH_LIMIT} levels")
                value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                pointer = _place(reading, stack, value, Span(start, start))
                stack.append(_Open(value, pointer, start))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                closed = stack.pop()
                # A block collection ends for the parser where the next token begins; what people see ends with its last character.
                end = max(closed.start, end)
                while end > closed.start and text[end - 1].isspace():
                    end -= 1
                reading.values[closed.pointer] = Span(closed.start, end)
    return reading


def _refuse_tag(event: Any, start: int) -> None:
    if event.tag is not None:
        raise YamlError(start, f"the tag `{event.tag}` is not allowed")


def _begin_key(reading: _Reading, mapping: _Open, event: Any) -> None:
    span = Span(event.start_mark.index, event.end_mark.index)
    name: str = event.value
    pointer = mapping.pointer + "/" + name.replace("~", "~0").replace("/", "~1")
    if name in mapping.value:
        raise YamlError(span.start, f"the key `{name}` stands here a second time")
    reading.keys[pointer] = span
    mapping.key, mapping.name = pointer, name


def _place(reading: _Reading, stack: list[_Open], value: Any, span: Span) -> str:
    """Put ``value`` where the innermost open collection wants it; its JSON pointer."""
    pointer = ""
    if not stack:
        reading.value = value
    elif stack[-1].key is None:
        pointer = f"{stack[-1].pointer}/{len(stack[-1].value)}"
        stack[-1].value.append(value)
    else:
        pointer = stack[-1].key
        stack[-1].value[stack[-1].name] = value
        stack[-1].key = None
    reading.values[pointer] = span
    return pointer


def _scalar(event: Any) -> str | int | float | bool | None:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text) or _BASED.fullmatch(text):
        if len(text.lstrip("+-")) > DIGITS_LIMIT:
            raise YamlError(event.start_mark.index, f"the number has more than {DIGITS_LIMIT} digits; put it in quotation marks")
        return int(text) if _INTEGER.fullmatch(text) else int(text, 0)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text
