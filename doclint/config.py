"""Configuration: defaults, then a pack, then a file, then flags, made into one immutable plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from doclint.check import Declared, Options
from doclint.diagnostic import Severity
from doclint.discover import DOCUMENTS, Globs, Setting
from doclint.errors import ConfigError, DoclintError, UsageError
from doclint.late import late
from doclint.nearest import hint
from doclint.repo.facts import Repo, Unknown
from doclint.repo.paths import directory_of, normalise, parents
from doclint.resources import index
from doclint.rule import Rule, shipped, unknown

if TYPE_CHECKING:
    from doclint.doctype import DocType
    from doclint.repo.paths import PathIndex

PROJECT = "pyproject.toml"
_ENDINGS = ("doclint.toml", PROJECT)
NAMES = ("doclint.toml", ".doclint.toml", PROJECT)
DEFAULT_PACK = "recommended"
NEVER = "never"
BASELINE = ".doclint-baseline.json"
"""Beside the configuration, where that names no other."""

INLINE = "--config "
"""Before what the command line itself says in place of a file."""

LARGEST = 2**20
"""So many bytes of a configuration are read."""

# So many faults of a configuration are told, and more are counted.
_MOST = 20
# A way over more files than these leads nowhere.
_DEEPEST = 10
_LONGEST = 500
_WORD = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_PART = late(_WORD)
_DOTTED = rf"(?P<name>{_WORD}(?:\s*\.\s*{_WORD})*)"
_HEADER = late(rf"\s*\[(?P<array>\[)?\s*{_DOTTED}\s*\]")
_KEY = late(rf"\s*{_DOTTED}\s*=")
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
    """What one source says of the rules: which run, which do not, and the severity and options of some, by the rule's name.

    ``file`` is the source, where it is a file, and ``place`` the keys that lead to it there; else ``name`` says what it is.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, Mapping[str, Any]] = _NOTHING
    name: str = ""
    file: File | None = None
    place: tuple[str | int, ...] = ()


class Override(NamedTuple):
    """A layer for the documents whose paths match."""

    globs: Globs
    layer: Layer


class Bound(NamedTuple):
    """A rule that is to run, with what the user made of it."""

    rule: Rule
    severity: Severity
    options: Options


class Trace(NamedTuple):
    """What becomes of a rule (None where it is off), and the layers that decided it: whether it runs, its severity, each of its options."""

    bound: Bound | None
    by: Layer | None
    grade: Layer | None
    options: Mapping[str, Layer]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a run is told: which rules, how, on which documents.

    It is the plan of one configuration, that of ``directory``. ``nested`` are the plans of other configurations of the run, by their
    directories, which govern the documents to which they are nearer; what a plan is asked about a path, the nearest one answers. What is
    of the run as a whole (``base``, ``fail_on``, ``baseline``) is said by this one alone.

    ``fail_on`` is None where nothing is to fail. ``types`` are the document types of one's own. ``baseline`` is the path, from the tree's
    root, of the file of known findings that the configuration names; ``files`` are all that say something, the nearest last.
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
    files: tuple[File, ...] = ()
    directory: str = ""
    nested: Mapping[str, Plan] = field(default_factory=dict)
    _bound: dict[tuple[int, ...], tuple[Bound, ...]] = field(default_factory=dict, repr=False, compare=False)
    _homes: dict[str, Plan] = field(default_factory=dict, repr=False, compare=False)

    def at(self, path: str) -> Plan:
        """The plan that governs the document at ``path``: of the configuration that is nearest to it, looking upwards."""
        if not self.nested:
            return self
        home = directory_of(path)
        if home not in self._homes:
            near = (each for each in (*parents(path), "") if each == self.directory or each in self.nested)
            self._homes[home] = self.nested.get(next(near, self.directory), self)
        return self._homes[home]

    def of(self, codes: frozenset[str]) -> Plan:
        """The plan of this one configuration with those of its rules alone that have one of ``codes``."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.code in codes), nested={}, _bound={}, _homes={})

    def beside(self, nested: Mapping[str, Plan]) -> Plan:
        """The plan of a run in which the configurations of ``nested`` govern as well."""
        return replace(self, nested=nested, _bound={}, _homes={})

    @property
    def every(self) -> tuple[Plan, ...]:
        """The plans of all configurations of the run, this one first."""
        return (self, *self.nested.values())

    @property
    def known(self) -> tuple[Rule, ...]:
        """The rules of all configurations of the run, by code, whether they run or not."""
        if not self.nested:
            return self.rules
        found = {rule.code: rule for one in reversed(self.every) for rule in one.rules}
        return tuple(found[code] for code in sorted(found))

    @property
    def words(self) -> frozenset[str]:
        """The codes and names of the rules, whether they run or not."""
        return frozenset(word for rule in self.rules for word in (rule.code, rule.name))

    @property
    def included(self) -> Callable[[str], bool]:
        """Whether the file at a path is a document."""
        return (lambda path: self.at(path).include.match(path)) if self.nested else self.include.match

    @property
    def excluded(self) -> Callable[[str], bool]:
        """Whether the document at a path is not looked for."""
        return (lambda path: self.at(path).exclude.match(path)) if self.nested else self.exclude.match

    def name(self, code: str) -> str:
        """The name of the rule that has ``code``."""
        return next(rule.name for one in self.every for rule in one.rules if rule.code == code)

    def bound(self, path: str) -> tuple[Bound, ...]:
        """The rules that run on the document at ``path``, by code."""
        if (nearest := self.at(path)) is not self:
            return nearest.bound(path)
        matching = self._matching(path)
        if matching not in self._bound:
            self._bound[matching] = tuple(one.bound for one in self.traced(path) if one.bound is not None)
        return self._bound[matching]

    def traced(self, path: str) -> Iterator[Trace]:
        """What becomes of each rule of the plan that governs the document at ``path``, by code."""
        if (nearest := self.at(path)) is not self:
            yield from nearest.traced(path)
            return
        layers = self.said(path)
        for rule in self.rules:
            one = trace(rule, layers)
            asked = not self.flags.select or _any(rule, self.flags.select)
            yield one if asked or one.bound is None else one._replace(bound=None, by=Layer(name="--select"))

    def said(self, path: str) -> tuple[Layer, ...]:
        """What is said of the rules for the document at ``path``, a later layer above an earlier one."""
        if (nearest := self.at(path)) is not self:
            return nearest.said(path)
        # What is said for a path stands above what is asked for in general, and only `--ignore` above that.
        asked = Layer(select=self.flags.select or None, name="--select")
        phase = {rule.name: {"phase": self.flags.phase} for rule in self.rules if self.flags.phase and "phase" in rule.options}
        last = Layer(ignore=self.flags.ignore, name="--ignore"), Layer(rules=phase, name="--phase")
        return (*self.layers, asked, *(self.overrides[number].layer for number in self._matching(path)), *last)

    def _matching(self, path: str) -> tuple[int, ...]:
        return tuple(number for number, override in enumerate(self.overrides) if override.globs.match(path))


def _any(rule: Rule, selectors: Iterable[str]) -> bool:
    return any(rule.matches(selector) for selector in selectors)


def trace(rule: Rule, layers: Iterable[Layer]) -> Trace:
    """The rule as the layers leave it, a later one above an earlier one."""
    runs = False
    by = grade = None
    severity = rule.severity
    options = dict(rule.defaults())
    origins: dict[str, Layer] = {}
    for layer in layers:
        if layer.select is not None:
            runs, by = _any(rule, layer.select), layer
        if _any(rule, layer.ignore):
            runs, by = False, layer
        said = dict(layer.rules.get(rule.name, _NOTHING))
        chosen = said.pop("severity", None)
        if chosen is not None:
            runs, by = chosen != "off", layer
            severity, grade = (Severity(chosen), layer) if runs else (severity, grade)
        options |= said
        origins |= dict.fromkeys(said, layer)
    return Trace(Bound(rule, severity, options) if runs else None, by, grade, origins)


def find(repo: Repo, directory: str = "") -> File | None:
    """The configuration file that governs ``directory``, from the same tree as the documents: the nearest one, looking upwards.

    Nearness goes before names; in one directory ``doclint.toml`` goes before ``.doclint.toml`` and before a ``pyproject.toml`` that has a
    table ``tool.doclint``. Raises ConfigError where a file is there but cannot be read.
    """
    while True:
        if (found := file_in(repo, directory)) is not None:
            return found
        if not directory:
            return None
        directory = directory_of(directory)


def file_in(repo: Repo, directory: str, names: Iterable[str] = NAMES) -> File | None:
    """The first of the configuration files called ``names`` that stands in ``directory`` itself. Raises ConfigError as ``find`` does."""
    for name in names:
        path = f"{directory}/{name}" if directory else name
        match repo.read(path):
            case bytes() as data:
                if name == PROJECT and (repo.is_link(path) or not _is_ours(path, data)):
                    continue
                if repo.is_link(path):
                    raise ConfigError(f"{path}: the file is a symbolic link, and is not followed: let it `extend` the other")
                return File(path, directory, data)
            case Unknown(reason=reason):
                raise ConfigError(f"{path}: the file cannot be read: {reason}")
    return None


def configurations(index: PathIndex, targets: Iterable[str], standing: str) -> dict[str, list[str]]:
    """What may govern the files of ``index`` at ``targets`` beside the configuration of the directory ``standing``: the names of files
    that may be configurations, by their directory, in the order in which they count. The root is there where something lies outside of
    ``standing``, whether it has such a file or not."""
    found: dict[str, set[str]] = {}
    for target in targets:
        if target not in index:
            prefix = f"{target}/" if target else ""
            for path in index.files:
                if path.endswith(_ENDINGS) and path.startswith(prefix) and path.rpartition("/")[2] in NAMES:
                    found.setdefault(directory_of(path), set()).add(path.rpartition("/")[2])
        above = [*parents(target), ""] if target != standing else []
        for directory in above[: above.index(standing)] if standing in above else above:
            there = {name for name in NAMES if (f"{directory}/{name}" if directory else name) in index}
            if there or not directory:
                found[directory] = there
    return {directory: [name for name in NAMES if name in there] for directory, there in found.items() if directory != standing}


def extended(repo: Repo, file: File) -> File:
    """``file`` with the files that it extends, from the tree of ``repo``.

    Raises ConfigError where one is not there or cannot be read, lies outside of the tree, or is reached in a circle or too far away.
    """
    found: dict[str, File] = {}
    _extend(repo, file, (file.path,), found)
    return file._replace(extended=tuple(found.values()))


def _extend(repo: Repo, file: File, way: tuple[str, ...], found: dict[str, File]) -> None:
    """Add to ``found`` what ``file`` extends, the farthest first; ``way`` are the paths that led to it."""
    prefix, said = contents(file)
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

    if len(data) > LARGEST:
        raise ConfigError(f"{path}: the file is larger than {LARGEST // 2**20} MiB, and is not read")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not valid UTF-8") from None
    except RecursionError:
        raise ConfigError(f"{path}: the TOML is nested too deeply") from None
    except ValueError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None


def inline(text: str, directory: str = "") -> File:
    """What ``--config`` says in place of a file: TOML such as ``base = "develop"``, whose globs are relative to ``directory``.

    Raises ConfigError where it is no TOML.
    """
    file = File(f"{INLINE}{text}", directory, text.encode("utf-8", "surrogateescape"))
    try:
        _parse(f"`{file.path}`", file.data)
    except ConfigError as error:
        key, _, value = text.partition("=")
        hint = f'; texts stand in quotes: `{key.strip()}="{value.strip()}"`' if re.fullmatch(r"\s*[\w./*-]+\s*", value) else ""
        raise ConfigError(f"{error}{hint}") from None
    return file


def plan(
    file: File | None = None,
    flags: Flags = Flags(),
    rules: Sequence[Rule] | None = None,
    types: Sequence[DocType] = (),
    inlines: Sequence[File] = (),
    beside: Plan | None = None,
) -> Plan:
    """The plan of a configuration. ``rules`` are the shipped ones unless given, ``types`` those of one's own; ``inlines`` stand above
    ``file``. ``flags`` and ``inlines`` have been held against what the plan ``beside`` this one knows, if there is one.

    Raises ConfigError where one of these is off (each sentence names file, line and key), UsageError where a flag is.
    """
    known = tuple(shipped() if rules is None else rules)
    above = tuple(part for one in inlines for part in (*one.extended, one))
    files = (*file.extended, file, *above) if file is not None else above
    each, faults = [], []
    for one in files:
        said, wrong = _read(one, known, types) if beside is None or one not in above else (contents(one)[1], [])
        each.append((one, said))
        faults += wrong
    if faults:
        more = (f"and {len(faults) - _MOST} more faults",) if len(faults) > _MOST else ()
        raise ConfigError(*faults[:_MOST], *more)
    # What the nearest file says goes before what it extends.
    nearest = {key: (one, said) for one, said in each for key in said}
    for selector in (*flags.select, *flags.ignore):
        if beside is None and (clause := unknown(selector, known)):
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
        baseline = normalise(said["baseline"], one.directory)
    pack = flags.pack or value("extends", DEFAULT_PACK)
    fail_on = flags.fail_on or value("fail-on", Severity.ERROR)
    return Plan(
        rules=known,
        layers=(
            _layer(index()["packs"][pack], known)._replace(name=f"pack {pack}"),
            *(_layer(said, known, one) for one, said in each if one not in above),
        ),
        flags=flags,
        base=flags.base or value("base", None),
        include=globs("include", DOCUMENTS),
        exclude=globs("exclude", ()),
        fail_on=None if fail_on == NEVER else Severity(fail_on),
        settings=tuple(
            Setting(Globs((entry["glob"],), one.directory), entry.get("type"), entry.get("lifecycle"))
            for one, said in each
            for entry in said.get("documents", ())
        ),
        overrides=tuple(override for one, said in each for override in _overrides(one, said, known, everywhere=one in above)),
        external_roots=tuple(value("external-roots", ())),
        types=tuple(types),
        together=tuple(_declared(entry, one) for one, said in each for entry in said.get("co-change", ())),
        lexicon=_words(said.get("lexicon", _NOTHING) for _, said in each),
        baseline=baseline,
        files=files,
        directory=file.directory if file is not None else "",
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


def _overrides(file: File, said: Mapping[str, Any], rules: Sequence[Rule], *, everywhere: bool) -> Iterator[Override]:
    """What ``file`` says for some paths; ``everywhere`` if what it says in general stands above what others say for a path."""
    if everywhere:
        yield Override(Globs(("*",)), _layer(said, rules, file))
    for number, entry in enumerate(said.get("overrides", ())):
        yield Override(Globs(tuple(entry["paths"]), file.directory), _layer(entry, rules, file, ("overrides", number)))


def _layer(said: Mapping[str, Any], rules: Sequence[Rule], file: File | None = None, place: tuple[str | int, ...] = ()) -> Layer:
    by_key = {key: rule.name for rule in rules for key in (rule.code, rule.name)}
    select = said.get("select")
    return Layer(
        select=None if select is None else tuple(select),
        ignore=tuple(said.get("ignore", ())),
        rules={by_key[key]: value for key, value in said.get("rules", {}).items() if key in by_key},
        file=file,
        place=place,
    )


def _read(file: File, rules: Sequence[Rule], types: Sequence[DocType]) -> tuple[Mapping[str, Any], list[str]]:
    """What ``file`` says, and what is wrong with that, in sentences."""
    from doclint.catalogue import config_schema
    from doclint.schema import explain

    prefix, said = contents(file)
    entries = [{key: getattr(rule, key) for key in ("code", "name", "summary", "severity", "options")} for rule in rules]
    try:
        faults = list(explain(said, config_schema(index(), entries)))
    except ConfigError as error:
        return said, [f"{file.path}: {error}"]
    wrong = [(fault.path, fault.dotted, fault.sentence) for fault in faults] or list(_misnamed(file, said, rules, types))
    lines = _placed(file.data, prefix)
    wrong.sort(key=lambda one: lines.of(one[0]) or 0)
    return said, [str(_fault(file, prefix, *one, lines)) for one in wrong]


def _misnamed(
    file: File, said: Mapping[str, Any], rules: Sequence[Rule], types: Sequence[DocType]
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What ``said``, whose shape is sound, names that is not there: the keys that lead to it, the same as written, and a clause."""
    for number, part in enumerate((said, *said.get("overrides", ()))):
        way: tuple[str | int, ...] = ("overrides", number - 1) if number else ()
        where = f"overrides[{number - 1}]." if number else ""
        for key in ("select", "ignore"):
            for selector in part.get(key, ()):
                if clause := unknown(selector, rules):
                    yield (*way, key), where + key, f"names a rule that is not known: {clause}"
        for rule in rules:
            if rule.code in part.get("rules", {}) and rule.name in part["rules"]:
                yield (*way, "rules", rule.code), f"{where}rules.{rule.code}", f"is said twice: `{rule.name}` is the same rule"
    if any("type" in entry for entry in said.get("documents", ())):
        from doclint.doctype import shipped as shipped_types

        known = [type.name for type in (*shipped_types(), *types)]
        for number, entry in enumerate(said["documents"]):
            if "type" in entry and entry["type"] not in known:
                clause = f"names `{entry['type']}`, which is no document type{hint(entry['type'], known)}"
                yield ("documents", number, "type"), f"documents[{number}].type", clause
    path = said.get("baseline")
    if path is not None and (path.startswith("/") or not normalise(path, file.directory)):
        yield ("baseline",), "baseline", f"names `{path}`, which lies outside of the repository"


def contents(file: File) -> tuple[str, Mapping[str, Any]]:
    """The keys that lead to what ``file`` says, and that, valid or not. Raises ConfigError where it is no TOML."""
    said = _parse(file.path, file.data)
    prefix = _prefix(file)
    return prefix, _table(said, "tool").get("doclint", {}) if prefix else said


def _prefix(file: File) -> str:
    ours = file.path.startswith(INLINE) or file.path.rpartition("/")[2] != PROJECT
    return "" if ours else "tool.doclint"


def _fault(file: File, prefix: str, path: Sequence[str | int], dotted: str, sentence: str, lines: Places | None = None) -> DoclintError:
    full = ".".join(part for part in (prefix, dotted) if part)
    return ConfigError(f"{where(file, path, lines)}: {f'`{full}`' if full else 'the configuration'} {sentence}")


def where(file: File, path: Sequence[str | int], lines: Places | None = None) -> str:
    """``file`` with the line on which the key at ``path`` stands, or else one that leads to it."""
    if file.path.startswith(INLINE):
        return f"`{file.path}`"
    line = (lines or _placed(file.data, _prefix(file))).of(path)
    return f"{file.path}:{line}" if line else file.path


@lru_cache(maxsize=32)
def _placed(data: bytes, prefix: str) -> Places:
    # Each of ten thousand keys is asked for by itself, and all of them stand in few files.
    return places(data.decode("utf-8"), prefix)


class Places(NamedTuple):
    """The lines of the keys of a TOML text, as far as they can be told: ``tomllib`` knows no places."""

    lines: Mapping[tuple[str | int, ...], int]

    def of(self, path: Sequence[str | int]) -> int | None:
        """The line of the key at ``path``, else of the last one on the way to it."""
        way = tuple(path)
        while way:
            if way in self.lines:
                return self.lines[way]
            way = way[:-1]
        return None


def places(text: str, prefix: str = "") -> Places:
    """Where the keys of ``text`` stand, seen from the table ``prefix``."""
    begin = tuple(part for part in prefix.split(".") if part)
    found: dict[tuple[str | int, ...], int] = {}
    arrays: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONGEST:
            continue
        if header := _HEADER.match(line):
            table = ()
            parts = _PART.findall(header["name"])
            for depth, part in enumerate(parts, 1):
                table = (*table, part.strip("\"'"))
                if header["array"] and depth == len(parts):
                    arrays[table] = arrays.get(table, -1) + 1
                if table in arrays:
                    found.setdefault(table, number)
                    table = (*table, arrays[table])
                found.setdefault(table, number)
        elif key := _KEY.match(line):
            way = table
            for part in _PART.findall(key["name"]):
                way = (*way, part.strip("\"'"))
                found.setdefault(way, number)
    size = len(begin)
    return Places({way[size:]: number for way, number in found.items() if way[:size] == begin and len(way) > size})
