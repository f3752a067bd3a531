"""Configuration: defaults, then a pack, then a file, then flags, made into one immutable plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from doclint.check import Declared, Options
from doclint.diagnostic import Severity
from doclint.discover import DOCUMENTS, Globs, Setting
from doclint.errors import ConfigError, DoclintError, UsageError
from doclint.nearest import hint
from doclint.repo.facts import Repo, Unknown
from doclint.repo.paths import normalise
from doclint.resources import index
from doclint.rule import Rule, shipped, unknown

if TYPE_CHECKING:
    from doclint.doctype import DocType

NAMES = ("doclint.toml", ".doclint.toml", "pyproject.toml")
DEFAULT_PACK = "recommended"
NEVER = "never"
BASELINE = ".doclint-baseline.json"
"""Beside the configuration, where that names no other."""

# A way over more files than these leads nowhere.
_DEEPEST = 10
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class File(NamedTuple):
    """A configuration file as it was found: ``path`` to name it by, ``directory`` that its globs are relative to, and its bytes.

    ``extended`` are the files that it extends, those that they extend before them; what a later one says stands above an earlier one.
    """

    path: str
    directory: str
    data: bytes
    extended: tuple[File, ...] = ()


class Flags(NamedTuple):
    """What the command line says; None and empty where it says nothing."""

    pack: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    base: str | None = None
    phase: str | None = None


class Layer(NamedTuple):
    """What one source says of the rules: which run, which do not, and the severity and options of some, by the rule's name."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, Mapping[str, Any]] = _NOTHING


class Override(NamedTuple):
    """A layer for the documents whose paths match."""

    globs: Globs
    layer: Layer


class Bound(NamedTuple):
    """A rule that is to run, with what the user made of it."""

    rule: Rule
    severity: Severity
    options: Options


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a run is told: which rules, how, on which documents.

    ``fail_on`` is None where nothing is to fail. ``types`` are the document types of one's own. ``baseline`` is the path, from the tree's
    root, of the file of known findings that the configuration names.
    """

    rules: tuple[Rule, ...]
    layers: tuple[Layer, ...]
    flags: Flags
    base: str | None = None
    include: Globs = Globs(DOCUMENTS)
    exclude: Globs = Globs(())
    fail_on: Severity | None = Severity.ERROR
    settings: tuple[Setting, ...] = ()
    overrides: tuple[Override, ...] = ()
    external_roots: tuple[str, ...] = ()
    types: tuple[DocType, ...] = ()
    together: tuple[Declared, ...] = ()
    lexicon: Mapping[str, Any] = field(default_factory=dict)
    baseline: str | None = None
    _bound: dict[tuple[int, ...], tuple[Bound, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def words(self) -> frozenset[str]:
        """The codes and names of the rules, whether they run or not."""
        return frozenset(word for rule in self.rules for word in (rule.code, rule.name))

    def name(self, code: str) -> str:
        """The name of the rule that has ``code``."""
        return next(rule.name for rule in self.rules if rule.code == code)

    def bound(self, path: str) -> tuple[Bound, ...]:
        """The rules that run on the document at ``path``, by code."""
        matching = tuple(number for number, override in enumerate(self.overrides) if override.globs.match(path))
        if matching not in self._bound:
            # What is said for a path stands above what is asked for in general, and only `--ignore` above that.
            asked = Layer(select=self.flags.select or None)
            phase = {rule.name: {"phase": self.flags.phase} for rule in self.rules if self.flags.phase and "phase" in rule.options}
            last = Layer(ignore=self.flags.ignore, rules=phase)
            layers = (*self.layers, asked, *(self.overrides[number].layer for number in matching), last)
            every = (_bind(rule, layers) for rule in self.rules)
            self._bound[matching] = tuple(
                one for one in every if one is not None and (not self.flags.select or _any(one.rule, self.flags.select))
            )
        return self._bound[matching]


def _any(rule: Rule, selectors: Iterable[str]) -> bool:
    return any(rule.matches(selector) for selector in selectors)


def _bind(rule: Rule, layers: Iterable[Layer]) -> Bound | None:
    """The rule as the layers leave it, a later one above an earlier one; None where it is off."""
    runs = False
    severity = rule.severity
    options = dict(rule.defaults())
    for layer in layers:
        if layer.select is not None:
            runs = _any(rule, layer.select)
        if _any(rule, layer.ignore):
            runs = False
        said = dict(layer.rules.get(rule.name, _NOTHING))
        chosen = said.pop("severity", None)
        if chosen is not None:
            runs = chosen != "off"
            severity = Severity(chosen) if runs else severity
        options |= said
    return Bound(rule, severity, options) if runs else None


def find(repo: Repo, directory: str = "") -> File | None:
    """The configuration file that governs ``directory``, from the same tree as the documents: the nearest one, looking upwards.

    Nearness goes before names; in one directory ``doclint.toml`` goes before ``.doclint.toml`` and before a ``pyproject.toml`` that has a
    table ``tool.doclint``. Raises ConfigError where a file is there but cannot be read.
    """
    while True:
        for name in NAMES:
            path = f"{directory}/{name}" if directory else name
            match repo.read(path):
                case bytes() as data:
                    if name != "pyproject.toml" or _is_ours(path, data):
                        return File(path, directory, data)
                case Unknown(reason=reason):
                    raise ConfigError(f"{path}: the file cannot be read: {reason}")
        if not directory:
            return None
        directory = directory.rpartition("/")[0]


def extended(repo: Repo, file: File) -> File:
    """``file`` with the files that it extends, from the tree of ``repo``.

    Raises ConfigError where one is not there or cannot be read, lies outside of the tree, or is reached in a circle or too far away.
    """
    found: dict[str, File] = {}
    _extend(repo, file, (file.path,), found)
    return file._replace(extended=tuple(found.values()))


def _extend(repo: Repo, file: File, way: tuple[str, ...], found: dict[str, File]) -> None:
    """Add to ``found`` what ``file`` extends, the farthest first; ``way`` are the paths that led to it."""
    prefix, said = _said(file)
    value = said.get("extend", ())
    names = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    for name in names:
        if not isinstance(name, str):
            continue
        path = None if name.startswith("/") or "\\" in name else normalise(name, file.directory)
        if not path:
            raise _fault(file, prefix, ("extend",), "extend", f"names `{name}`, which lies outside of the repository")
        if path in way:
            raise _fault(file, prefix, ("extend",), "extend", f"leads in a circle: {' → '.join((*way[way.index(path) :], path))}")
        if len(way) > _DEEPEST:
            raise _fault(file, prefix, ("extend",), "extend", f"leads over more than {_DEEPEST} files")
        if path in found:
            continue
        data = repo.read(path)
        if isinstance(data, Unknown):
            raise ConfigError(f"{path}: the file cannot be read: {data.reason}")
        if data is None or repo.is_link(path):
            raise _fault(file, prefix, ("extend",), "extend", f"names `{name}`, and there is no such file in the tree")
        one = File(path, path.rpartition("/")[0], data)
        _extend(repo, one, (*way, path), found)
        found[path] = one


def _is_ours(path: str, data: bytes) -> bool:
    # Most projects have a pyproject.toml, and few of them name doclint: those are not worth a parse, nor an error that is not about us.
    return b"doclint" in data and "doclint" in _table(_parse(path, data), "tool")


def _table(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = value.get(key)
    return part if isinstance(part, dict) else _NOTHING


def _parse(path: str, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not valid UTF-8") from None
    except RecursionError:
        raise ConfigError(f"{path}: the TOML is nested too deeply") from None
    except ValueError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None


def plan(file: File | None = None, flags: Flags = Flags(), rules: Sequence[Rule] | None = None, types: Sequence[DocType] = ()) -> Plan:
    """The plan of a run. ``rules`` are the shipped ones unless given, ``types`` those of one's own.

    Raises ConfigError where ``file`` is off (the sentence names file, line and key), UsageError where a flag is.
    """
    known = tuple(shipped() if rules is None else rules)
    files = (*file.extended, file) if file is not None else ()
    each = [(one, _read(one, known)) for one in files]
    # What the nearest file says goes before what it extends.
    nearest = {key: (one, said) for one, said in each for key in said}
    for selector in (*flags.select, *flags.ignore):
        if clause := unknown(selector, known):
            raise UsageError(clause)

    def globs(key: str, default: tuple[str, ...]) -> Globs:
        if key not in nearest:
            return Globs(default)
        one, said = nearest[key]
        return Globs(tuple(said[key]), one.directory)

    def value(key: str, default: Any) -> Any:
        return nearest[key][1][key] if key in nearest else default

    baseline = None
    if "baseline" in nearest:
        one, said = nearest["baseline"]
        baseline = normalise(said["baseline"], one.directory) if not said["baseline"].startswith("/") else None
        if not baseline:
            prefix = _said(one)[0]
            raise _fault(one, prefix, ("baseline",), "baseline", f"names `{said['baseline']}`, which lies outside of the repository")
    pack = flags.pack or value("extends", DEFAULT_PACK)
    fail_on = flags.fail_on or value("fail-on", Severity.ERROR)
    return Plan(
        rules=known,
        layers=(_layer(index()["packs"][pack], known), *(_layer(said, known) for _, said in each)),
        flags=flags,
        base=flags.base or value("base", None),
        include=globs("include", DOCUMENTS),
        exclude=globs("exclude", ()),
        fail_on=None if fail_on == NEVER else Severity(fail_on),
        settings=tuple(
            Setting(Globs((entry["glob"],), one.directory), _type(entry.get("type"), one, types), entry.get("lifecycle"))
            for one, said in each
            for entry in said.get("documents", ())
        ),
        overrides=tuple(
            Override(Globs(tuple(entry["paths"]), one.directory), _layer(entry, known))
            for one, said in each
            for entry in said.get("overrides", ())
        ),
        external_roots=tuple(value("external-roots", ())),
        types=tuple(types),
        together=tuple(_declared(entry, one) for one, said in each for entry in said.get("co-change", ())),
        lexicon=_words(said.get("lexicon", _NOTHING) for _, said in each),
        baseline=baseline,
    )


def _declared(entry: Mapping[str, Any], file: File) -> Declared:
    then = tuple((glob, Globs((glob,), file.directory)) for glob in entry["then"])
    return Declared(Globs(tuple(entry["when"]), file.directory), then, entry.get("message"), entry.get("each", "range"), file.path)


def _words(parts: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The words that all parts add to the lexicon."""
    said = [part for part in parts if part]
    if len(said) < 2:
        return said[0] if said else _NOTHING
    from functools import reduce

    from doclint.model.lexicon import extend

    return reduce(extend, said)


def _type(name: str | None, file: File, own: Sequence[DocType]) -> str | None:
    """``name``, if it is a document type's. Raises ConfigError where it is none."""
    if name is None:
        return None
    from doclint.doctype import shipped as types

    known = [type.name for type in (*types(), *own)]
    if name in known:
        return name
    raise ConfigError(f"{file.path}: `{name}` is no document type{hint(name, known)}")


def _layer(said: Mapping[str, Any], rules: Sequence[Rule]) -> Layer:
    by_key = {key: rule.name for rule in rules for key in (rule.code, rule.name)}
    select = said.get("select")
    return Layer(
        select=None if select is None else tuple(select),
        ignore=tuple(said.get("ignore", ())),
        rules={by_key[key]: value for key, value in said.get("rules", {}).items() if key in by_key},
    )


def _read(file: File, rules: Sequence[Rule]) -> Mapping[str, Any]:
    """What ``file`` says, valid."""
    from doclint.catalogue import config_schema
    from doclint.schema import explain

    prefix, said = _said(file)
    entries = [{key: getattr(rule, key) for key in ("code", "name", "summary", "severity", "options")} for rule in rules]
    try:
        fault = next(explain(said, config_schema(index(), entries)), None)
    except ConfigError as error:
        raise ConfigError(f"{file.path}: {error}") from None
    if fault is not None:
        raise _fault(file, prefix, fault.path, fault.dotted, fault.sentence)
    for number, part in enumerate((said, *said.get("overrides", ()))):
        where = f"overrides[{number - 1}]." if number else ""
        for key in ("select", "ignore"):
            for selector in part.get(key, ()):
                if clause := unknown(selector, rules):
                    raise _fault(file, prefix, (key,), where + key, f"names a rule that is not known: {clause}")
        for rule in rules:
            if rule.code in part.get("rules", {}) and rule.name in part["rules"]:
                raise _fault(file, prefix, (rule.code,), f"{where}rules.{rule.code}", f"is said twice: `{rule.name}` is the same rule")
    return said


def _said(file: File) -> tuple[str, Mapping[str, Any]]:
    """What ``file`` says, valid or not, and the keys that lead to it."""
    said = _parse(file.path, file.data)
    if file.path.rpartition("/")[2] == "pyproject.toml":
        return "tool.doclint", _table(said, "tool").get("doclint", {})
    return "", said


def _fault(file: File, prefix: str, path: Sequence[str | int], dotted: str, sentence: str) -> DoclintError:
    place = f"{file.path}:{line}" if (line := _line(file.data.decode("utf-8"), path)) else file.path
    full = ".".join(part for part in (prefix, dotted) if part)
    return ConfigError(f"{place}: {f'`{full}`' if full else 'the configuration'} {sentence}")


def _line(text: str, path: Sequence[str | int]) -> int | None:
    """The line of the key that ends ``path``, where one line alone can be meant: tomllib knows no places."""
    key = next((re.escape(part) for part in reversed(path) if isinstance(part, str)), None)
    if key is None:
        return None
    lines = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if len(line) < 500 and re.match(rf"""\s*(?:\[.*)?(?:[\w."' -]+\.\s*)?["']?{key}["']?\s*(?:[=.\]])""", line)
    ]
    return lines[0] if len(lines) == 1 else None
