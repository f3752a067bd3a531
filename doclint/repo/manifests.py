"""The packages that a manifest lists: requirements files, ``pyproject.toml``, ``package.json``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from doclint.late import late
from doclint.repo.facts import Unknown
from doclint.repo.paths import directory_of, normalise

Read = Callable[[str], bytes | Unknown | None]
_REQUIREMENTS = late(r"(?:.*requirements?[\w.-]*|.*constraints?[\w.-]*|requirements/.*|.*/requirements/.*)\.(?:txt|in)", re.IGNORECASE)
_NAME = late(r"\s*([A-Za-z0-9][\w.-]*)")
_INCLUDE = late(r"\s*(?:-r|-c|--requirement|--constraint)[\s=]\s*(\S+)")
_EGG = late(r"#egg=([\w.-]+)|/([\w.-]+?)(?:\.git)?(?:@[^/]*)?\s*$")
_MOST_FILES = 20


def is_manifest(path: str) -> bool:
    """Whether ``packages`` reads files of this name."""
    name = path.rpartition("/")[2]
    return name in ("pyproject.toml", "package.json") or bool(_REQUIREMENTS.fullmatch(path))


def folded(name: str) -> str:
    """A package's name for comparison: as package indexes fold it, without extras and version."""
    bare = re.split(r"[\[<>=!~;\s]", name.strip())[0] if not name.startswith("@") else name.strip()
    return re.sub(r"[-_.]+", "-", bare).casefold()


def packages(path: str, read: Read) -> frozenset[str] | Unknown:
    """The folded names of all packages that the manifest lists, in files that it includes too."""
    name = path.rpartition("/")[2]
    if name == "package.json":
        return _package_json(path, read)
    if name == "pyproject.toml":
        return _pyproject(path, read)
    return _requirements(path, read)


def _text(path: str, read: Read) -> str | Unknown:
    data = read(path)
    if not isinstance(data, bytes):
        return data or Unknown(f"`{path}` is not in the tree")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Unknown(f"`{path}` is not UTF-8")


def _requirements(path: str, read: Read) -> frozenset[str] | Unknown:
    found: set[str] = set()
    pending, seen = [path], {path}
    while pending:
        current = pending.pop()
        text = _text(current, read)
        if isinstance(text, Unknown):
            return text
        for line in text.splitlines():
            included = _INCLUDE.match(line)
            if included:
                target = normalise(included[1], directory_of(current))
                if target is None or len(seen) >= _MOST_FILES:
                    return Unknown(f"`{current}` includes files that are not read")
                if target not in seen:
                    seen.add(target)
                    pending.append(target)
                continue
            body = re.sub(r"(?:^|\s)#(?!egg=).*", "", line).strip()
            body = re.sub(r"^(?:-e|--editable)[\s=]+", "", body)
            if not body or body.startswith("-"):
                continue
            if "://" in body.split(" ", 1)[0] or body.startswith((".", "/")):
                egg = _EGG.search(body)
                if egg is None or body.startswith((".", "/")):
                    return Unknown(f"`{current}` lists a path or an address that has no name")
                found.add(folded(egg[1] or egg[2]))
            else:
                named = _NAME.match(body)
                if named:
                    found.add(folded(named[1]))
    return frozenset(found)


def _pyproject(path: str, read: Read) -> frozenset[str] | Unknown:
    import tomllib

    text = _text(path, read)
    if isinstance(text, Unknown):
        return text
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return Unknown(f"`{path}` does not parse as TOML")
    project = _table(data.get("project"))
    dynamic = project.get("dynamic")
    if isinstance(dynamic, list) and {"dependencies", "optional-dependencies"} & {str(one) for one in dynamic}:
        return Unknown(f"the dependencies in `{path}` are dynamic")
    return frozenset(folded(name) for name in (*_listed(project), *_listed(data), *_listed_in_tools(_table(data.get("tool")))))


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, str))


def _listed(table: dict[str, Any]) -> Iterator[str]:
    yield from _texts(table.get("dependencies"))
    for key in ("optional-dependencies", "dependency-groups"):
        for group in _table(table.get(key)).values():
            yield from _texts(group)
    yield from _texts(_table(table.get("build-system")).get("requires"))


def _listed_in_tools(tools: dict[str, Any]) -> Iterator[str]:
    poetry = _table(tools.get("poetry"))
    for key in ("dependencies", "dev-dependencies"):
        yield from _table(poetry.get(key))
    for group in _table(poetry.get("group")).values():
        yield from _table(_table(group).get("dependencies"))
    for tool in ("uv", "pdm"):
        dev = _table(tools.get(tool)).get("dev-dependencies")
        yield from _texts(dev)
        for group in _table(dev).values():
            yield from _texts(group)
    for environment in _table(_table(tools.get("hatch")).get("envs")).values():
        yield from _texts(_table(environment).get("dependencies"))
        yield from _texts(_table(environment).get("extra-dependencies"))


def _package_json(path: str, read: Read) -> frozenset[str] | Unknown:
    import json

    text = _text(path, read)
    if isinstance(text, Unknown):
        return text
    try:
        data = _table(json.loads(text))
    except (ValueError, RecursionError):
        return Unknown(f"`{path}` does not parse as JSON")
    if "workspaces" in data:
        return Unknown(f"the packages of `{path}` are those of its workspaces too")
    keys = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
    return frozenset(folded(name) for key in keys for name in _table(data.get(key)))
