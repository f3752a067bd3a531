"""Reports in SARIF, joined: the parts of one run are one run, and each repository has a run of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from doclint.diagnostic import Severity
from doclint.merging import Given, Judged, Merged, canonical, together, union, valid
from doclint.reporters.json import line

_LEVELS = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.INFO}
_OBJECTS = {"type": "array", "items": {"type": "object"}}
_RULE = {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}
_DRIVER = {
    "type": "object",
    "properties": {"name": {"const": "doclint"}, "semanticVersion": {"type": "string"}, "rules": {"type": "array", "items": _RULE}},
    "required": ["name", "semanticVersion", "rules"],
}
_REGION = {"type": "object", "properties": {"startLine": {"type": "integer"}, "startColumn": {"type": "integer"}}}
_ARTIFACT = {"type": "object", "properties": {"uri": {"type": "string"}}}
_PHYSICAL = {"type": "object", "properties": {"artifactLocation": _ARTIFACT, "region": _REGION}}
_LOCATIONS = {"type": "array", "items": {"type": "object", "properties": {"physicalLocation": _PHYSICAL}}}
_RESULT = {
    "type": "object",
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": [*_LEVELS]},
        "locations": _LOCATIONS,
        "suppressions": _OBJECTS,
    },
    "required": ["ruleId", "ruleIndex", "level", "locations"],
}
_INVOCATION = {
    "type": "object",
    "properties": {"executionSuccessful": {"type": "boolean"}, "toolExecutionNotifications": _OBJECTS},
    "required": ["executionSuccessful", "toolExecutionNotifications"],
}
_RUN = {
    "type": "object",
    "properties": {
        "tool": {"type": "object", "properties": {"driver": _DRIVER}, "required": ["driver"]},
        "automationDetails": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]},
        "invocations": {"type": "array", "items": _INVOCATION, "minItems": 1},
        "results": {"type": "array", "items": _RESULT},
        "properties": {"type": "object", "properties": {"tree": {"type": "object"}}, "required": ["tree"]},
    },
    "required": ["tool", "automationDetails", "invocations", "results", "properties"],
}
# So much of SARIF 2.1.0 as is read here; what else stands in a run goes along as it is.
SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": _RUN, "minItems": 1}},
    "required": ["version", "runs"],
}


def merge(given: Sequence[Given]) -> Merged:
    """The reports joined. The run of a repository has its name in ``automationDetails.id``, by which GitHub tells analyses apart.

    Raises UsageError where they cannot be joined.
    """
    for one in given:
        valid(one, SCHEMA)
    single = [Given(one.name, one.file, run) for one in given for run in one.value["runs"]]
    # Runs that were joined before have their names already.
    single = [one._replace(name=_called(one)) for one in single]
    groups = together(single, _judged)
    runs = [_joined(name, [one.value for one in group]) for name, group in sorted(groups.items(), key=lambda item: item[0] or "")]
    found = {_LEVELS[result["level"]] for run in runs for result in run["results"] if not result.get("suppressions")}
    failed = not all(invocation["executionSuccessful"] for run in runs for invocation in run["invocations"])
    return Merged(line({**given[0].value, "runs": runs}), min(found, key=lambda severity: severity.rank, default=None), failed)


def _called(one: Given) -> str | None:
    """What the repository of a run is called, in all."""
    inner = one.value["automationDetails"]["id"].removeprefix("doclint").strip("/")
    return "/".join(part for part in (one.name, inner) if part) or None


def _judged(one: Given) -> Judged:
    tree = one.value["properties"]["tree"]
    head = f"{tree.get('origin')} at {str(tree.get('head') or 'no commit')[:7]}"
    return Judged(one.value["tool"]["driver"]["semanticVersion"], canonical(tree), head)


def _joined(name: str | None, runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first = runs[0]
    rules = {rule["id"]: rule for run in runs for rule in run["tool"]["driver"]["rules"]}
    index = {id: number for number, id in enumerate(sorted(rules))}
    results = union([[_pointed(result, index) for result in run["results"]] for run in runs])
    told = [[_associated(one, index) for each in run["invocations"] for one in each["toolExecutionNotifications"]] for run in runs]
    invocation = {
        **first["invocations"][0],
        "executionSuccessful": all(each["executionSuccessful"] for run in runs for each in run["invocations"]),
        "toolExecutionNotifications": union(told),
    }
    driver = {**first["tool"]["driver"], "rules": [rules[id] for id in index]}
    return {
        **first,
        "tool": {**first["tool"], "driver": driver},
        "automationDetails": {**first["automationDetails"], "id": f"doclint/{name}/" if name else "doclint/"},
        "invocations": [invocation],
        "results": sorted(results, key=_gravity),
    }


def _pointed(result: Mapping[str, Any], index: Mapping[str, int]) -> dict[str, Any]:
    return {**result, "ruleIndex": index.get(result["ruleId"], -1)}


def _associated(notification: Mapping[str, Any], index: Mapping[str, int]) -> dict[str, Any]:
    """A notification whose rule has its new number; which rule that is, is known by its id."""
    rule = notification.get("associatedRule")
    if not isinstance(rule, dict) or rule.get("id") not in index:
        return dict(notification)
    return {**notification, "associatedRule": {**rule, "index": index[rule["id"]]}}


def _gravity(result: Mapping[str, Any]) -> tuple[bool, int, str, int, int]:
    """Suppressed results come last, grave ones first; then files and lines count."""
    place = result["locations"][0].get("physicalLocation", {}) if result["locations"] else {}
    region = place.get("region", {})
    where = place.get("artifactLocation", {}).get("uri", ""), region.get("startLine", 0), region.get("startColumn", 0)
    return bool(result.get("suppressions")), _LEVELS[result["level"]].rank, *where
