"""What governs a run: each value of the configuration and where it comes from, and which rules run on a document, and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from doclint.config import BASELINE, DEFAULT_PACK, INLINE, File, Layer, Plan, Trace, contents, where
from doclint.diagnostic import Severity
from doclint.discover import DOCUMENTS, Globs
from doclint.rule import Rule
from doclint.terminal import safe

_DEFAULT = "default"
# What is said once counts, and the nearest file says it.
_SINGLE: Mapping[str, object] = {
    "extends": DEFAULT_PACK,
    "base": None,
    "baseline": BASELINE,
    "include": list(DOCUMENTS),
    "exclude": [],
    "fail-on": Severity.ERROR.value,
    "external-roots": [],
}
_GLOBS = ("include", "exclude")
_OF_THE_RUN = ("base", "baseline", "fail-on")


class Value(NamedTuple):
    """One value with its source; ``matches`` counts the files that its globs match, None where it has none."""

    key: str
    value: Any
    source: str
    matches: int | None = None


class Idle(NamedTuple):
    """A glob that matches no file of the tree, and where it stands."""

    glob: str
    source: str


class Nested(NamedTuple):
    """A configuration beside the one where somebody stands: its file (None: the root's, which has none), the directory that it governs,
    how many of the documents, and the keys of it that say nothing in this run, because they are of a run as a whole."""

    file: str | None
    directory: str
    documents: int
    unheard: list[str]


class Governed(NamedTuple):
    """A document: its type, why it has that, its lifecycle, what excludes it (None where nothing does), and the file of the configuration
    that governs it."""

    path: str
    type: str | None
    why: str
    lifecycle: str
    excluded: str | None
    configuration: str | None = None


def values(plan: Plan, files: Sequence[str], flags: Mapping[str, str], base: str | None = None) -> list[Value]:
    """Every value; ``flags`` names the options or variables that stand above the files, by key, and ``base`` the branch that Git tells."""
    told = {key: Value(key, value, _DEFAULT) for key, value in _SINGLE.items()}
    if base is not None:
        told["base"] = Value("base", base, "found in Git")
    several: list[Value] = []
    rules: dict[str, Value] = {}
    for file in plan.files:
        said = contents(file)[1]
        for key, value in said.items():
            if key in _SINGLE:
                told[key] = Value(key, value, where(file, (key,)), _count(files, file, value) if key in _GLOBS else None)
            elif key in ("documents", "overrides", "co-change"):
                several += (
                    Value(f"{key}[{number}]", one, where(file, (key, number)), _count(files, file, _globs_of(one)))
                    for number, one in enumerate(value)
                )
            elif key == "rules":
                for rule, options in value.items():
                    name = next(one.name for one in plan.rules if rule in (one.code, one.name))
                    for option, chosen in options.items():
                        full = f"rules.{name}.{option}"
                        rules[full] = Value(full, chosen, where(file, ("rules", rule, option)))
            else:
                several.append(Value(key, value, where(file, (key,))))
    above = {"extends": plan.flags.pack, "base": plan.flags.base, "fail-on": plan.flags.fail_on}
    for key, chosen in above.items():
        if chosen is not None:
            told[key] = Value(key, chosen, flags.get(key, f"--{key}"))
    asked = (("select", plan.flags.select), ("ignore", plan.flags.ignore))
    return [*told.values(), *several, *rules.values(), *(Value(key, list(said), f"--{key}") for key, said in asked if said)]


def nested(plan: Plan, documents: Sequence[str]) -> list[Nested]:
    """The configurations beside that of ``plan`` itself, as far as they are read, with how many of ``documents`` they govern."""
    counts = Counter(plan.at(path).directory for path in documents)
    found = []
    for directory, one in plan.nested.items():
        file = _file(one)
        # Of a file that is broken and governs nothing there is nothing to tell.
        if file is None and not counts[directory]:
            continue
        said = contents(file)[1] if file is not None else {}
        found.append(Nested(configuration(one), directory, counts[directory], [key for key in _OF_THE_RUN if key in said]))
    return found


def configuration(plan: Plan) -> str | None:
    """The path of the file whose plan this is; None where it has none."""
    file = _file(plan)
    return None if file is None else file.path


def _file(plan: Plan) -> File | None:
    return next((file for file in reversed(plan.files) if not file.path.startswith(INLINE)), None)


def _globs_of(entry: Mapping[str, Any]) -> list[str]:
    return [*([entry["glob"]] if "glob" in entry else ()), *entry.get("paths", ()), *entry.get("when", ()), *entry.get("then", ())]


def _count(files: Sequence[str], file: File, globs: Sequence[str]) -> int:
    matching = Globs(tuple(globs), file.directory)
    return sum(matching.match(path) for path in files)


def idle(plan: Plan, files: Sequence[str]) -> list[Idle]:
    """The globs that match none of ``files``, and by which something of them was to be said.

    What is excluded need not be there, and a file that others extend may speak of what they have.
    """
    every = {file.path: file for one in plan.every for file in one.files}
    shared = {one.path for file in every.values() for one in file.extended}
    found: list[Idle] = []
    for file in every.values():
        said = contents(file)[1] if file.path not in shared else {}
        globs: list[tuple[str, tuple[str | int, ...]]] = [(glob, ("include",)) for glob in said.get("include", ())]
        for key in ("documents", "overrides", "co-change"):
            for number, entry in enumerate(said.get(key, ())):
                globs += [(glob, (key, number)) for glob in _globs_of(entry)]
        found += (Idle(glob, where(file, place)) for glob, place in globs if not any(map(Globs((glob,), file.directory).match, files)))
    return found


def excluded(plan: Plan, path: str) -> str | None:
    """What excludes the document at ``path`` where it is not named: the first glob that does, and where it stands."""
    file = next((file for file in reversed(plan.at(path).files) if "exclude" in contents(file)[1]), None)
    if file is None:
        return None
    glob = next((glob for glob in contents(file)[1]["exclude"] if Globs((glob,), file.directory).match(path)), None)
    return None if glob is None else f"`{glob}` ({where(file, ('exclude',))})"


def overlooked(plan: Plan, files: Sequence[str]) -> str | None:
    """A sentence that names the globs which match none of ``files``; None where each matches one."""
    found = [f"`{one.glob}` ({one.source})" for one in idle(plan, files)] if files else []
    return f"no file matches {', '.join(found[:3])}{f' and {len(found) - 3} more globs' if len(found) > 3 else ''}" if found else None


class Ruled(NamedTuple):
    """A rule on a document: whether it runs and who says so, its severity, and what its options are where they are no defaults."""

    rule: Rule
    runs: bool
    source: str
    severity: str | None
    severity_source: str
    options: Mapping[str, tuple[Any, str]]


def ruled(plan: Plan, path: str) -> Iterator[Ruled]:
    """What becomes of each rule on the document at ``path``."""
    for rule, one in zip(plan.at(path).rules, plan.traced(path), strict=True):
        bound = one.bound
        options = {} if bound is None else {key: (bound.options[key], _source(rule, layer, key)) for key, layer in one.options.items()}
        severity = None if bound is None else bound.severity.value
        graded = _DEFAULT if one.grade is None else _source(rule, one.grade, "severity")
        yield Ruled(rule, bound is not None, _decided(rule, one), severity, graded, options)


def _decided(rule: Rule, one: Trace) -> str:
    layer = one.by
    if layer is None:
        return "nothing selects it"
    if layer.file is None:
        return layer.name if one.bound is not None or layer.name.startswith("--ignore") else f"not in {layer.name}"
    if "severity" in layer.rules.get(rule.name, {}):
        return _source(rule, layer, "severity")
    key = "ignore" if any(rule.matches(selector) for selector in layer.ignore) else "select"
    return where(layer.file, (*layer.place, key))


def _source(rule: Rule, layer: Layer, key: str) -> str:
    if layer.file is None:
        return layer.name
    said: Any = contents(layer.file)[1]
    for part in layer.place:
        said = said[part]
    name = rule.name if rule.name in said.get("rules", {}) else rule.code
    return where(layer.file, (*layer.place, "rules", name, key))


def text(
    values: Sequence[Value], idle: Sequence[Idle], nested: Sequence[Nested], documents: Sequence[Governed], plan: Plan, details: bool
) -> str:
    """What governs, for people; with ``details`` every rule of each of the documents."""
    rows = [(one.key, _shown(one.value), one.source + ("" if one.matches is None else f", {_files(one.matches)}")) for one in values]
    size = max(len(key) for key, _, _ in rows)
    lines = [f"{key.ljust(size)}  {value}  ({source})" for key, value, source in rows]
    lines += (f"no file matches `{one.glob}` ({one.source})" for one in idle)
    lines += (_governing(one) for one in nested)
    if documents and not details:
        lines.append("")
    for one in documents:
        aside = f"; excluded unless it is named, by {one.excluded}" if one.excluded else ""
        by = f"; governed by {one.configuration or 'no file'}" if plan.at(one.path) is not plan else ""
        lines += [*([""] if details else []), f"{one.path}: {one.type or 'not recognised'} ({one.why}), {one.lifecycle}{by}{aside}"]
        if details:
            lines += _rules(plan, one)
    return "".join(f"{safe(line)}\n" for line in lines)


def _governing(one: Nested) -> str:
    keys = [f"`{key}`" for key in one.unheard]
    named = " and ".join([", ".join(keys[:-1]), keys[-1]] if len(keys) > 1 else keys)
    unheard = f"; its {named} {'count' if len(keys) > 1 else 'counts'} for runs from there alone" if keys else ""
    documents = "no document" if not one.documents else "1 document" if one.documents == 1 else f"{one.documents} documents"
    return f"{one.file or 'no file'} governs {documents}{unheard}"


def _rules(plan: Plan, document: Governed) -> Iterator[str]:
    other: list[str] = []
    off: dict[str, list[str]] = {}
    for one in ruled(plan, document.path):
        if not one.runs:
            off.setdefault(one.source, []).append(one.rule.code)
        elif not one.rule.applies(document.type):
            other.append(one.rule.code)
        else:
            graded = "" if one.severity_source == _DEFAULT else f" by {one.severity_source}"
            options = "".join(f"; {key} = {_shown(value)} by {source}" for key, (value, source) in one.options.items())
            yield f"  {one.rule.code} {one.rule.name}: {one.severity}{graded} ({one.source}){options}"
    if other:
        yield f"  for other types: {', '.join(other)}"
    for source, codes in off.items():
        yield f"  off, {source}: {', '.join(codes)}"


def value(
    values: Sequence[Value], idle: Sequence[Idle], nested: Sequence[Nested], documents: Sequence[Governed], plan: Plan, details: bool
) -> dict[str, Any]:
    """What governs, for programs."""
    return {
        "values": [one._asdict() for one in values],
        "idle": [one._asdict() for one in idle],
        "nested": [one._asdict() for one in nested],
        "documents": [{**one._asdict(), **({"rules": list(_ruled(plan, one))} if details else {})} for one in documents],
    }


def _ruled(plan: Plan, document: Governed) -> Iterator[dict[str, Any]]:
    for one in ruled(plan, document.path):
        yield {
            "code": one.rule.code,
            "name": one.rule.name,
            "runs": one.runs and one.rule.applies(document.type),
            "applies": one.rule.applies(document.type),
            "source": one.source,
            "severity": one.severity,
            "severity_source": one.severity_source,
            "options": {key: {"value": value, "source": source} for key, (value, source) in one.options.items()},
        }


def _shown(value: object) -> str:
    return "none" if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _files(number: int) -> str:
    return "no file" if not number else "1 file" if number == 1 else f"{number} files"
