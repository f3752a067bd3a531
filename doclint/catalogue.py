"""What is derived from the rule pages: the index that a run reads in place of them, and the schema of the configuration."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from doclint.errors import ConfigError
from doclint.text import DecodingError, Source

FORMAT = 1


def inputs(rules: str, schemas: str) -> list[str]:
    """The files that the index is derived from: the pages, the packs and the lexicon in ``rules``, and the schema of a page."""
    found = [os.path.join(rules, name) for name in os.listdir(rules) if name.endswith((".md", ".yaml")) and name != "README.md"]
    packs = os.path.join(rules, "packs")
    if os.path.isdir(packs):
        found += [os.path.join(packs, name) for name in os.listdir(packs) if name.endswith(".yaml")]
    return [*sorted(found), os.path.join(schemas, "rule.schema.json")]


def digest(files: list[str]) -> str:
    """One hash over the names and contents of ``files``."""
    import hashlib

    total = hashlib.sha256(str(FORMAT).encode())
    for name in files:
        with open(name, "rb") as file:
            # Git may have given the checkout other line ends.
            data = file.read().replace(b"\r\n", b"\n")
        total.update(os.path.basename(name).encode() + b"\0" + hashlib.sha256(data).digest())
    return total.hexdigest()


def build(rules: str, schemas: str) -> dict[str, Any]:
    """The index as a JSON value. Raises ConfigError that names the page, pack or line that is off."""
    from doclint.page import parse, problems

    with open(os.path.join(schemas, "rule.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    files = inputs(rules, schemas)
    index: dict[str, Any] = {"format": FORMAT, "digest": digest(files), "rules": [], "packs": {}, "lexicon": {}}
    for name in files:
        base = os.path.basename(name)
        if name.endswith(".md"):
            page = parse(_source(name))
            for problem in problems(page, schema):
                raise ConfigError(problem)
            index["rules"].append({**entry(page.front), "fixable": page.fixable, "page": base})
        elif base == "lexicon.yaml":
            index["lexicon"] = _yaml(name)
        elif name.endswith(".yaml"):
            index["packs"][base.removesuffix(".yaml")] = _yaml(name)
    index["rules"].sort(key=lambda rule: rule["code"])
    for key in ("code", "name"):
        values = [rule[key] for rule in index["rules"]]
        for value in values:
            if values.count(value) > 1:
                raise ConfigError(f"two rule pages have the {key} `{value}`")
    return index


def entry(front: Mapping[str, Any]) -> dict[str, Any]:
    """A page's front matter as the index holds it: every key given."""
    return {"help": None, "needs": [], "seeks": [], "with": {}, "options": {}, **front}


def config_schema(index: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The JSON Schema of a configuration file: its frame, and for each of ``rules`` (entries of an index) the options on its page."""
    strings = {"type": "array", "items": {"type": "string"}}
    globs = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
    definitions: dict[str, Any] = {
        "rules": {
            "type": "object",
            "description": "Severity and options of single rules, by code or name",
            "properties": {rule[key]: {"$ref": f"#/$defs/{rule['name']}"} for rule in rules for key in ("code", "name")},
            "additionalProperties": False,
        }
    }
    for rule in rules:
        definitions[rule["name"]] = {
            "type": "object",
            "description": rule["summary"],
            "properties": {
                "severity": {
                    "description": "How grave a finding is",
                    "enum": ["error", "warning", "info", "off"],
                    "default": rule["severity"],
                },
                **rule["options"],
            },
            "additionalProperties": False,
        }
    selection = {
        "select": {**strings, "description": "The rules that run: codes, names, prefixes of codes such as ST, or all"},
        "ignore": {**strings, "description": "The rules that do not run: codes, names, prefixes of codes, or all"},
        "rules": {"$ref": "#/$defs/rules"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The configuration of doclint: doclint.toml, .doclint.toml, or [tool.doclint] in pyproject.toml",
        "type": "object",
        "properties": {
            "extends": {
                "description": "The pack that this configuration builds upon",
                "enum": sorted(index["packs"]),
                "default": "recommended",
            },
            "extend": {
                "description": "Configuration files that this one builds upon, seen from its directory; what it says goes before them",
                "anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string", "minLength": 1}}],
            },
            "base": {"type": "string", "minLength": 1, "description": "The branch that work lands in"},
            "baseline": {
                "description": "The file of known findings, which are not told; seen from the directory of this one",
                "type": "string",
                "minLength": 1,
                "default": ".doclint-baseline.json",
            },
            "include": {**strings, "description": "Globs of the files that are documents, in place of *.md, *.markdown"},
            "exclude": {**strings, "description": "Globs of documents that are not looked for"},
            "fail-on": {
                "description": "The least severity that makes the exit status 1",
                "enum": ["error", "warning", "info", "never"],
                "default": "error",
            },
            "external-roots": {**strings, "description": "Leading directories of paths that belong to other repositories"},
            **selection,
            "documents": {
                "type": "array",
                "description": "What the documents are whose paths match; a later entry beats an earlier one",
                "items": {
                    "type": "object",
                    "properties": {
                        "glob": {"type": "string", "minLength": 1},
                        "type": {"type": "string", "minLength": 1},
                        "lifecycle": {"enum": ["living", "historical", "planned", "example"]},
                    },
                    "required": ["glob"],
                    "additionalProperties": False,
                },
            },
            "overrides": {
                "type": "array",
                "description": "Other rules for the documents whose paths match; a later entry beats an earlier one",
                "items": {
                    "type": "object",
                    "properties": {"paths": {**strings, "minItems": 1}, **selection},
                    "required": ["paths"],
                    "additionalProperties": False,
                },
            },
            "co-change": {
                "type": "array",
                "description": "Files that change together: CT011 tells where a range of changes (--since) has one without the other",
                "items": {
                    "type": "object",
                    "properties": {
                        "when": {**globs, "description": "Globs of the files whose change calls for others"},
                        "then": {**globs, "description": "Globs, of each of which a file is to change too"},
                        "message": {"type": "string", "minLength": 1, "description": "Why, or what to do"},
                        "each": {
                            "description": "What must hold both changes: every commit, or the range as a whole",
                            "enum": ["commit", "range"],
                            "default": "range",
                        },
                    },
                    "required": ["when", "then"],
                    "additionalProperties": False,
                },
            },
            "lexicon": _extension(index["lexicon"]),
        },
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _extension(value: object) -> dict[str, Any]:
    """The schema of what may be added to a part of the lexicon: words to its lists, and new words as keys of its mappings."""
    match value:
        case list():
            return {"type": "array", "items": {"type": "string"}}
        case dict() if any(isinstance(item, dict) for item in value.values()):
            return {"type": "object", "properties": {key: _extension(item) for key, item in value.items()}, "additionalProperties": False}
        case dict():
            return {"type": "object", "additionalProperties": _extension(next(iter(value.values()), ""))}
    return {"type": "string"}


def _source(name: str) -> Source:
    try:
        with open(name, "rb") as file:
            return Source.decode(f"rules/{os.path.basename(name)}", file.read())
    except DecodingError as error:
        raise ConfigError(f"rules/{os.path.basename(name)}: {error}") from None


def _yaml(name: str) -> object:
    from doclint.markdown.frontmatter import YamlError, load_yaml

    try:
        return load_yaml(_source(name).text)
    except YamlError as error:
        raise ConfigError(f"{os.path.basename(name)}: {error}") from None
