"""JSON Schema over what a document says: that of its type, and the user's own; each error at its place, in words.

A schema puts its errors in words with ``x-doclint-message`` beside the keywords that are broken, and says with ``x-doclint-under`` below
which kinds of section a part belongs that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from doclint import doctype
from doclint.check import Facts, Options, option
from doclint.diagnostic import Evidence, Finding, Severity, Undecided
from doclint.errors import ConfigError
from doclint.model.document import Document
from doclint.model.located import Located, locate, view
from doclint.repo.facts import Unknown
from doclint.schema import Fault, conforms, explain
from doclint.text import Span

MESSAGE = "x-doclint-message"
UNDER = "x-doclint-under"
# More of them in a row lead in a circle.
_MOST_REFERENCES = 50


BINDINGS: Sequence[Mapping[str, str]] = ({"of": "type"}, {"of": "schemas"})


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield every error of the files in ``schemas``; ``of: type``, also of the type's schema, with ``strict`` of its full shape."""
    if option(options, "of", str) == "type":
        yield from _of_type(document, facts, options)
    for path in option(options, "schemas", list):
        yield from _of_user(document, facts, path)


def _of_type(document: Document, facts: Facts, options: Options) -> Iterator[Finding]:
    for known in doctype.shipped():
        if known.name == document.type:
            name = f"{known.name}.schema.json"
            # That a guessed type's schema is broken means as often that the guess was wrong.
            limit = None if document.declared else Severity.WARNING
            if document.declared:
                yield from _findings(document, known.schema, name)
            if option(options, "strict", bool) and "strict" in known.schema.get("$defs", {}):
                yield from _findings(document, {"$ref": "#/$defs/strict", "$defs": known.schema["$defs"]}, name, limit)
    for own in facts.types:
        if own.name == document.type and own.shape is not None:
            from doclint.checks import shapes

            file = own.file or own.name
            try:
                for finding in shapes.check(document, own.shape, facts, own.noun):
                    yield finding._replace(evidence=(*finding.evidence, Evidence("count", f"asked for by {file}")))
                yield from _findings(document, own.schema, file, trusted=False)
            except ConfigError as error:
                yield Finding(_top(document), f"the document type `{file}` cannot be used: {error}")


def _of_user(document: Document, facts: Facts, path: str) -> Iterator[Finding | Undecided]:
    import json

    data = facts.repo.read(path)
    if isinstance(data, Unknown):
        yield Undecided(_top(document), data.reason)
        return
    try:
        if data is None:
            raise ConfigError("there is no such file in the tree")
        yield from _findings(document, _schema(json.loads(data)), path, trusted=False)
    except (ConfigError, ValueError, RecursionError) as error:
        yield Finding(_top(document), f"the JSON Schema `{path}` cannot be used: {error or 'it is nested too deeply'}")


def _schema(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError("it is no JSON object")
    return value


def _findings(
    document: Document, schema: Mapping[str, Any], name: str, limit: Severity | None = None, *, trusted: bool = True
) -> Iterator[Finding]:
    if trusted and _conforms(document, schema):
        return
    located = locate(document)
    said: set[tuple[Span, str]] = set()
    for fault in explain(located.value, schema, trusted=trusted):
        told, under, location = _told(schema, fault.location)
        span, message = _span(document, located, fault, under), told or _plain(fault)
        # Several keywords may stand under one message.
        if (span, message) not in said:
            said.add((span, message))
            yield Finding(span, message, (Evidence("count", f"asked for by {name}{location}"),), demoted=limit)


def _conforms(document: Document, schema: Mapping[str, Any]) -> bool:
    """Whether ``document`` surely conforms; only what ``schema`` looks at is put into JSON for that."""
    try:
        return conforms(view(document), schema, schema)
    except (AttributeError, KeyError, TypeError, RecursionError):
        # The schema itself is wrong, and jsonschema says how.
        return False


def _told(schema: Mapping[str, Any], location: Sequence[str | int]) -> tuple[str | None, Sequence[str], str]:
    """What the innermost subschema on the way to ``location`` says of its errors, and the JSON pointer of it."""
    node: Any = schema
    message, under, pointer, told = None, (), "#", "#"
    try:
        for step in location:
            for _ in range(_MOST_REFERENCES):
                if step in node or "$ref" not in node:
                    break
                pointer = node["$ref"]
                node = _at(schema, pointer)
            if isinstance(node, dict) and isinstance(node.get(MESSAGE), str):
                message, under, told = node[MESSAGE], node.get(UNDER, ()), pointer
            node = node[step]
            pointer += f"/{_escaped(step)}"
    except (LookupError, TypeError):
        # The way goes on where no pointer leads: through an anchor, or through a list that is counted otherwise.
        pass
    return message, under if isinstance(under, list) else (), pointer if message is None else told


def _at(schema: Mapping[str, Any], reference: str) -> Any:
    """What the JSON pointer ``reference`` points to. Raises LookupError or TypeError where it is none, or leads nowhere."""
    node: Any = schema
    for part in reference.removeprefix("#").split("/")[1:]:
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def _span(document: Document, located: Located, fault: Fault, under: Sequence[str]) -> Span:
    """The place of what is wrong; of something that is missing, the heading that it should stand under, else the title."""
    pointer = "".join(f"/{_escaped(part)}" for part in fault.path)
    if len(fault.path) > 1 or (fault.path and pointer in located.spans):
        return located.span(pointer)
    headings = (section.heading.span for role in under for section in document.sections[1:] if section.role == role)
    return next(headings, _top(document))


def _escaped(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _top(document: Document) -> Span:
    if document.title is not None:
        return document.title.span
    return document.source.line(1)


def _plain(fault: Fault) -> str:
    return f"`{fault.dotted}` {fault.sentence}" if fault.path else f"the document {fault.sentence}"
