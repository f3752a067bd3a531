"""The files that doclint ships beside its code: rule pages, packs, schemas, and the index that is derived from them.

``python -m doclint.resources`` writes what is derived.
"""

from __future__ import annotations

import functools
import json
import os
from typing import Any, Literal

from doclint.errors import ConfigError

Kind = Literal["rules", "schemas"]

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_INDEX = os.path.join(_PACKAGE, "index.json")
_CONFIG_SCHEMA = "config.schema.json"


def directory(kind: Kind) -> str:
    """Where the files of ``kind`` are: inside the installed package, or at the top of the checkout."""
    inside = os.path.join(_PACKAGE, kind)
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(_PACKAGE), kind)


def in_checkout() -> bool:
    """Whether doclint runs from its own checkout, where pages may be newer than what was derived from them."""
    return not os.path.isdir(os.path.join(_PACKAGE, "rules"))


def names(kind: Kind, ending: str) -> list[str]:
    """The names of the files of ``kind`` that end so, sorted."""
    try:
        return sorted(name for name in os.listdir(directory(kind)) if name.endswith(ending))
    except OSError as error:
        raise ConfigError(f"doclint's own `{kind}` folder cannot be read: {error.strerror}") from None


def read(kind: Kind, name: str) -> str:
    """The text of the shipped file ``name``, which may stand in a folder below ``kind``. Raises ConfigError where it is missing."""
    try:
        with open(os.path.join(directory(kind), *name.split("/")), encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise ConfigError(f"doclint's own file `{kind}/{name}` cannot be read: {error.strerror}") from None


def inside(name: str) -> str:
    """The text of the file ``name`` that stands among the modules. Raises ConfigError where it is missing."""
    try:
        with open(os.path.join(_PACKAGE, name), encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise ConfigError(f"doclint's own file `{name}` cannot be read: {error.strerror}") from None


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema ``schemas/<name>.schema.json``."""
    value: dict[str, Any] = json.loads(read("schemas", f"{name}.schema.json"))
    return value


@functools.cache
def index() -> dict[str, Any]:
    """All that a run needs of the rule pages, packs and lexicon (``doclint.catalogue.build``).

    In a checkout whose pages differ from those that the written index was derived from, it is derived anew in memory.
    """
    stored = _stored()
    if stored is not None and not (in_checkout() and _stale(stored["digest"])):
        return stored
    from doclint import catalogue

    return catalogue.build(directory("rules"), directory("schemas"))


def _stored() -> dict[str, Any] | None:
    try:
        with open(_INDEX, encoding="utf-8") as file:
            value: dict[str, Any] = json.load(file)
            return value
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ConfigError(f"doclint's own index cannot be read: {error}") from None


def _stale(digest: str) -> bool:
    from doclint import catalogue

    files = catalogue.inputs(directory("rules"), directory("schemas"))
    written = os.stat(_INDEX).st_mtime_ns
    # Contents are compared only if a date gives reason to: a fresh clone dates all files alike, and a folder's date tells of removed pages.
    dated = [*files, directory("rules"), os.path.join(directory("rules"), "packs")]
    return any(os.stat(name).st_mtime_ns >= written for name in dated) and catalogue.digest(files) != digest


def derived() -> dict[str, str]:
    """The files that are derived from the pages: path and text, as they ought to be."""
    from doclint import catalogue

    built = catalogue.build(directory("rules"), directory("schemas"))
    schema = catalogue.config_schema(built, built["rules"])
    return {
        # Of the lexicon's roles the first that matches counts, and so their order is kept.
        _INDEX: json.dumps(built, ensure_ascii=False, indent=1) + "\n",
        os.path.join(directory("schemas"), _CONFIG_SCHEMA): json.dumps(schema, ensure_ascii=False, indent=2) + "\n",
    }


def write() -> None:
    """Write what is derived, where it differs."""
    for path, text in derived().items():
        try:
            with open(path, encoding="utf-8", newline="") as file:
                if file.read() == text:
                    continue
        except OSError:
            pass
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    write()
