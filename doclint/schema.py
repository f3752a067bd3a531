"""JSON Schema: a fast yes for values that are surely valid, and words for what is wrong with the others.

``jsonschema`` costs more to import than a document costs to check, so it is asked only where the fast answer is not a yes.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeGuard

from doclint.errors import ConfigError
from doclint.nearest import hint

Schema = Mapping[str, Any]

_MOST_STEPS = 100_000
_ANNOTATIONS = frozenset({"$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples", "deprecated"})
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (Mapping,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


class Fault(NamedTuple):
    """One way in which a value breaks its schema: where in the value, the keyword that is broken, and a clause for people.

    ``location`` is the way to the keyword from the schema's root; a ``$ref`` on it is followed, and not named.
    """

    path: tuple[str | int, ...]
    keyword: str
    sentence: str
    location: tuple[str | int, ...]

    @property
    def dotted(self) -> str:
        """The place as it is written in TOML; empty for the value as a whole."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
        return text


def conforms(value: object, schema: Schema | bool, root: Schema) -> bool:
    """True only where ``value`` is valid. False says nothing: the value is invalid, or the schema uses what is not known here.

    Any mapping is an object, and any sequence but a text is an array, so that a value need not be made before it is looked at.
    ``root`` is the whole schema, which ``$ref`` looks into.
    """
    if isinstance(schema, bool):
        return schema
    return all(_holds(keyword, argument, value, schema, root) for keyword, argument in schema.items() if not _says_nothing(keyword))


def _says_nothing(keyword: str) -> bool:
    return keyword in _ANNOTATIONS or keyword.startswith("x-")


def _holds(keyword: str, argument: Any, value: Any, schema: Schema, root: Schema) -> bool:
    match keyword:
        case "$ref":
            name = argument.removeprefix("#/$defs/")
            return name in root.get("$defs", {}) and conforms(value, root["$defs"][name], root)
        case "type":
            return any(_is(value, name) for name in ([argument] if isinstance(argument, str) else argument))
        case "enum":
            return isinstance(value, str) and value in argument
        case "const":
            return type(value) in (str, int) and type(value) is type(argument) and value == argument
        case "anyOf":
            return any(conforms(value, option, root) for option in argument)
        case "allOf":
            return all(conforms(value, part, root) for part in argument)
        case "minimum" | "maximum":
            if not isinstance(value, int | float):
                return True
            return bool(argument <= value if keyword == "minimum" else value <= argument)
        case "minLength" | "pattern":
            if not isinstance(value, str):
                return True
            return len(value) >= argument if keyword == "minLength" else re.search(argument, value) is not None
        case "minItems":
            return not _is_array(value) or len(value) >= argument
        case "contains":
            return not _is_array(value) or any(conforms(item, argument, root) for item in value)
        case "items":
            return not _is_array(value) or all(conforms(item, argument, root) for item in value)
        case "required":
            return not isinstance(value, Mapping) or all(key in value for key in argument)
        case "properties":
            return not isinstance(value, Mapping) or all(conforms(value[key], part, root) for key, part in argument.items() if key in value)
        case "additionalProperties":
            known = schema.get("properties", {})
            return not isinstance(value, Mapping) or all(conforms(item, argument, root) for key, item in value.items() if key not in known)
    return False


def _is(value: object, name: str) -> bool:
    if name == "array":
        return _is_array(value)
    return isinstance(value, _TYPES[name]) and (not isinstance(value, bool) or name == "boolean")


def _is_array(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def explain(value: object, schema: Schema, *, trusted: bool = True) -> Iterator[Fault]:
    """Every fault of ``value``, outermost first. Raises ConfigError where the schema itself is wrong, or never ends.

    A schema that is not ``trusted``, because a repository brings it along, is read in bounds: on the time that a pattern may take, and on
    the number of keywords that are looked at in all.
    """
    if trusted:
        with contextlib.suppress(TypeError, AttributeError, LookupError):  # a schema that is wrong itself is jsonschema's to judge
            if conforms(value, schema, schema):
                return
    from jsonschema import Draft202012Validator, SchemaError
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    try:
        Draft202012Validator.check_schema(schema)
        # The empty registry keeps jsonschema from fetching what a `$ref` names.
        validator = (Draft202012Validator if trusted else bounded())(schema, registry=Registry())
        errors = sorted(validator.iter_errors(value), key=lambda error: list(map(str, error.absolute_path)))
    except SchemaError as error:
        raise ConfigError(f"a JSON Schema is not valid: {error.message}") from None
    except Unresolvable as error:
        raise ConfigError(f"a JSON Schema refers to `{error.ref}`, which is not known") from None
    except ValueError:
        raise ConfigError("a number is too large to be checked against its JSON Schema") from None
    except RecursionError:
        raise ConfigError("a value is nested too deeply to be checked against its JSON Schema") from None
    for found in errors:
        path, location = tuple(found.absolute_path), tuple(found.absolute_schema_path)
        if found.validator == "additionalProperties" and isinstance(found.instance, dict) and isinstance(found.schema, dict):
            known = found.schema.get("properties", {})
            for key in found.instance:
                if key not in known:
                    yield Fault((*path, str(key)), "additionalProperties", f"is not known{hint(str(key), known)}", location)
        else:
            yield Fault(path, str(found.validator), _sentence(str(found.validator), found.validator_value, found.instance), location)


def bounded() -> Any:
    """A validator class for one schema that is not trusted. It raises ConfigError where its bounds are passed.

    ``pattern`` and ``patternProperties`` are matched in bounded time, ``uniqueItems`` by hashing, and every keyword that is looked at
    counts: a few lines of ``allOf`` and ``$ref`` can stand for more of them than there are atoms.
    """
    from jsonschema import Draft202012Validator, ValidationError, validators

    from doclint import patterns

    steps = itertools.count(1)

    def counted(keyword: Any) -> Any:
        def look(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[Any]:
            if next(steps) > _MOST_STEPS:
                raise ConfigError("a JSON Schema takes too many steps to be checked")
            yield from keyword(validator, argument, instance, schema) or ()

        return look

    def pattern(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if isinstance(instance, str) and not patterns.anywhere(argument, instance):
            yield ValidationError(f"{instance!r} does not match {argument!r}")

    def pattern_properties(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if isinstance(instance, dict):
            for expression, part in argument.items():
                for key, member in instance.items():
                    if patterns.anywhere(expression, key):
                        yield from validator.descend(member, part, path=key, schema_path=expression)

    def unique_items(validator: Any, argument: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if argument and isinstance(instance, list) and len({_canonical(item) for item in instance}) < len(instance):
            yield ValidationError(f"{instance!r} has non-unique elements")

    own = {"pattern": pattern, "patternProperties": pattern_properties, "uniqueItems": unique_items}
    return validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {keyword: counted(own.get(keyword, known)) for keyword, known in Draft202012Validator.VALIDATORS.items()}
    )


def _canonical(value: Any) -> str:
    """A text that two JSON values share if JSON Schema holds them equal."""
    import json

    match value:
        case float() if value.is_integer():
            return str(int(value))
        case dict():
            return "{" + ",".join(sorted(f"{json.dumps(key)}:{_canonical(item)}" for key, item in value.items())) + "}"
        case list():
            return "[" + ",".join(map(_canonical, value)) + "]"
    return json.dumps(value)


def _sentence(keyword: str, argument: Any, value: object) -> str:
    shown = _shown(value)
    match keyword:
        case "type":
            return f"is {shown}; expected {_alternatives([argument] if isinstance(argument, str) else argument)}"
        case "enum":
            near = hint(value, [item for item in argument if isinstance(item, str)]) if isinstance(value, str) else ""
            return f"is {shown}; expected {_alternatives([_shown(item) for item in argument])}{near}"
        case "required":
            missing = [key for key in argument if not isinstance(value, dict) or key not in value]
            return f"lacks {_alternatives([f'`{key}`' for key in missing], 'and')}"
        case "minimum":
            return f"is {shown}; expected at least {argument}"
        case "maximum":
            return f"is {shown}; expected at most {argument}"
        case "pattern":
            return f"is {shown}; expected something that matches `{argument}`"
        case "minLength" | "minItems":
            return "is empty" if argument == 1 else f"is {shown}; expected a length of at least {argument}"
    return f"is {shown}, which `{keyword}` does not allow"


def _shown(value: object) -> str:
    match value:
        case dict():
            return "a table"
        case list():
            return "a list"
        case bool():
            return str(value).lower()
        case str():
            return f'"{value if len(value) <= 60 else value[:59] + "…"}"'
        case int():
            # Python refuses to print integers beyond some thousand digits.
            return str(value) if abs(value) < 10**30 else "a very large number"
    return str(value)


def _alternatives(words: list[str], conjunction: str = "or") -> str:
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}" if len(words) > 1 else words[0]
