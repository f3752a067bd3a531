"""Document types and rules of one's own: what a repository brings along in ``.doclint/``.

``.doclint/schemas/*.schema.json`` are document types, ``.doclint/rules/*.md`` rules on the checks that doclint has. They come from the same
tree as the documents, they are data, and nothing in them is executed.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from doclint import resources
from doclint.discover import Globs
from doclint.doctype import KEY, DocType
from doclint.errors import ConfigError
from doclint.nearest import hint
from doclint.repo.facts import Repo, Unknown
from doclint.rule import Rule, shipped
from doclint.text import DecodingError, Source

FOLDER = ".doclint"
SCHEMAS = f"{FOLDER}/schemas"
RULES = f"{FOLDER}/rules"
_ENDING = ".schema.json"
# A type or a rule that a person wrote is far below both.
_LARGEST = 262_144
_MOST_FILES = 200


class Own(NamedTuple):
    """What a tree brings along, by name; ``pages`` are the texts of the rules' pages, by the rule's name."""

    types: tuple[DocType, ...] = ()
    rules: tuple[Rule, ...] = ()
    pages: Mapping[str, Source] = {}


class Member(NamedTuple):
    """A file in ``.doclint``, and what is wrong with it; None where nothing is."""

    path: str
    problem: str | None


def examine(repo: Repo, directory: str = "") -> list[Member]:
    """Each file that ``load`` would read, with the first thing that is wrong with it; last the folder, if the files do not go together."""
    found = []
    for path in (*_files(repo, directory, SCHEMAS, _ENDING), *_files(repo, directory, RULES, ".md")):
        try:
            if path.endswith(_ENDING):
                type_of(path, _read(repo, path), directory)
            else:
                rule_of(_source(path, _read(repo, path)))
        except ConfigError as error:
            found.append(Member(path, str(error)))
        else:
            found.append(Member(path, None))
    if not any(member.problem for member in found):
        try:
            load(repo, directory)
        except ConfigError as error:
            found.append(Member(FOLDER, str(error)))
    return found


def above(where: str) -> bool:
    """Whether the directory ``where``, or one above it, holds a ``.doclint``: a look that spares most runs the reading of a tree."""
    directory = os.path.abspath(where)
    while True:
        if os.path.isdir(os.path.join(directory, FOLDER)):
            return True
        parent = os.path.dirname(directory)
        if parent == directory:
            return False
        directory = parent


def _files(repo: Repo, directory: str, folder: str, ending: str) -> list[str]:
    index = repo.paths()
    if isinstance(index, Unknown):
        return []
    inside = f"{directory}/{folder}" if directory else folder
    found = [path for path in index.children(inside) if path.endswith(ending) and not path.endswith("/README.md")]
    if len(found) > _MOST_FILES:
        raise ConfigError(f"{inside}: {len(found)} files are too many; {_MOST_FILES} are read")
    return found


def home(type: str, directory: str = "") -> str:
    """The path of the file that holds ``type``, for the configuration in ``directory``."""
    return f"{directory}/{SCHEMAS}/{type}{_ENDING}" if directory else f"{SCHEMAS}/{type}{_ENDING}"


def load(repo: Repo, directory: str = "") -> Own:
    """What stands in the ``.doclint`` of ``directory``, the one that holds the configuration.

    Raises ConfigError that names the file, and the place in it, where one cannot be used.
    """
    types = tuple(type_of(path, _read(repo, path), directory) for path in _files(repo, directory, SCHEMAS, _ENDING))
    _once("type", [(type.name, type.file or "") for type in types], shipped_types())
    found = [rule_of(_source(path, _read(repo, path))) for path in _files(repo, directory, RULES, ".md")]
    _once("code", [(rule.code, source.path) for rule, source in found], [rule.code for rule in shipped()])
    _once("name", [(rule.name, source.path) for rule, source in found], [rule.name for rule in shipped()])
    known = {*shipped_types(), *(type.name for type in types)}
    for rule, source in found:
        for type in rule.applies_to:
            if type not in ("any", "working") and type not in known:
                raise ConfigError(f"{source.path}: the rule applies to `{type}`, which is no document type{hint(type, known)}")
    return Own(types, tuple(rule for rule, _ in found), {rule.name: source for rule, source in found})


@functools.cache
def shipped_types() -> tuple[str, ...]:
    """The names of the document types that doclint ships."""
    from doclint.doctype import shipped as types

    return tuple(type.name for type in types())


def type_of(path: str, data: bytes, directory: str = "") -> DocType:
    """The document type that the file ``path`` with the bytes ``data`` describes; its globs are relative to ``directory``.

    Raises ConfigError where it describes none.
    """
    from doclint.schema import bounded, explain
    from doclint.shape import read

    try:
        schema = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not valid UTF-8") from None
    except json.JSONDecodeError as error:
        raise ConfigError(f"{path}:{error.lineno}: not valid JSON: {error.msg}") from None
    except RecursionError:
        raise ConfigError(f"{path}: the JSON is nested too deeply") from None
    if not isinstance(schema, dict):
        raise ConfigError(f"{path}: a schema is a JSON object")
    said = schema.get(KEY)
    if not isinstance(said, dict):
        raise ConfigError(f'{path}: a document type says what it is called under "{KEY}"')
    for fault in explain(said, resources.schema("type")):
        raise ConfigError(f"{path}: `{'.'.join(part for part in (KEY, fault.dotted) if part)}` {fault.sentence}")
    if path.rpartition("/")[2] != f"{said['type']}{_ENDING}":
        raise ConfigError(f"{path}: the file of the type `{said['type']}` is to be called `{said['type']}{_ENDING}`")
    try:
        _sound(bounded(), schema)
        shape = read(said.get("shape", {}))
        if shape.front_matter is not None:
            _sound(bounded(), shape.front_matter)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None
    for table in shape.tables:
        _columns(path, table.name, table.key, [column.name for column in table.columns])
        for reference in table.references:
            _columns(path, table.name, reference.columns, [column.name for column in table.columns])
            if reference.type is None and shape.table(reference.table) is None:
                raise ConfigError(f"{path}: the table of {table.name} refers to a table of {reference.table}, which the type has not")
    paths = Globs(tuple(said["paths"]), directory) if "paths" in said else None
    return DocType(said["type"], said["noun"], schema, 0, (), paths, shape, path, said.get("phases", {}))


def rule_of(source: Source) -> tuple[Rule, Source]:
    """The rule that the page ``source`` describes. Raises ConfigError where it describes none.

    What the page does not say of an option, the shipped rules on the same check say.
    """
    from doclint.catalogue import entry
    from doclint.page import parse, problems
    from doclint.rule import load as bind

    page = parse(source)
    front = dict(page.front)
    check = front.get("check")
    kin = [rule for rule in shipped() if rule.check == check]
    if isinstance(check, str) and not kin:
        checks = sorted({rule.check for rule in shipped()})
        raise ConfigError(f"{source.path}: `{check}` is no check of doclint{hint(check, checks)}; there are {', '.join(checks)}")
    given = front.get("with", {})
    if kin:
        bindings = _bindings(str(check), kin)
        if given not in bindings:
            raise ConfigError(f"{source.path}: the check `{check}` takes no `with: {_shown(given)}`; expected {_either(bindings)}")
        twin = next((rule for rule in kin if rule.given == given), kin[0])
        said = front.get("options", {})
        if isinstance(said, dict):
            for name in said:
                if name not in twin.options:
                    raise ConfigError(f"{source.path}: the check `{check}` has no option `{name}`{hint(str(name), twin.options)}")
            front["options"] = {
                name: {**known, **(said[name] if isinstance(said.get(name), dict) else {})} for name, known in twin.options.items()
            }
    for problem in problems(replace(page, front=front), resources.schema("rule")):
        raise ConfigError(problem)
    _defaults(source.path, front["options"])
    return bind({**entry(front), "fixable": page.fixable, "page": source.path}), source


def _defaults(path: str, options: Mapping[str, Mapping[str, Any]]) -> None:
    from doclint.schema import explain

    for name, option in options.items():
        for fault in explain(option["default"], {key: value for key, value in option.items() if key not in ("default", "description")}):
            raise ConfigError(f"{path}: the default of the option `{name}` {fault.sentence}")


def _bindings(check: str, kin: Sequence[Rule]) -> list[Mapping[str, str]]:
    """What rules on a check may tell it: what its module lists, else what the shipped rules on it tell it."""
    listed = getattr(importlib.import_module(f"doclint.checks.{check}"), "BINDINGS", None)
    return list(listed) if listed is not None else [rule.given for rule in kin]


def _either(bindings: Iterable[Mapping[str, str]]) -> str:
    return " or ".join(dict.fromkeys(f"`with: {_shown(binding)}`" if binding else "none" for binding in bindings))


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "{}"


def _sound(validator: Any, schema: Mapping[str, Any]) -> None:
    """Raise ConfigError where ``schema`` is no JSON Schema, or one of its patterns cannot be used."""
    from jsonschema import SchemaError

    from doclint import patterns

    try:
        validator.check_schema(schema)
    except SchemaError as error:
        raise ConfigError(f"not a valid JSON Schema: {error.message}") from None
    except RecursionError:
        raise ConfigError("the JSON Schema is nested too deeply") from None
    pending: list[Any] = [schema]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if isinstance(node.get("pattern"), str):
                patterns.check(node["pattern"])
            pending += node.values()
        elif isinstance(node, list):
            pending += node


def _columns(path: str, table: str, named: Iterable[str], columns: Sequence[str]) -> None:
    for name in named:
        if name not in columns:
            raise ConfigError(f"{path}: the table of {table} has no column `{name}`{hint(name, columns)}")


def _once(what: str, found: Sequence[tuple[str, str]], taken: Iterable[str]) -> None:
    seen = dict.fromkeys(taken, "doclint itself")
    for name, path in found:
        if name in seen:
            raise ConfigError(f"{path}: the {what} `{name}` is taken by {seen[name]}")
        seen[name] = path


def _read(repo: Repo, path: str) -> bytes:
    data = repo.read(path)
    if isinstance(data, Unknown):
        raise ConfigError(f"{path}: the file cannot be read: {data.reason}")
    if data is None or repo.is_link(path):
        raise ConfigError(f"{path}: a symbolic link is not followed")
    if len(data) > _LARGEST:
        raise ConfigError(f"{path}: {len(data)} bytes are too many; {_LARGEST} are read")
    return data


def _source(path: str, data: bytes) -> Source:
    try:
        return Source.decode(path, data)
    except DecodingError as error:
        raise ConfigError(f"{path}: {error}") from None
