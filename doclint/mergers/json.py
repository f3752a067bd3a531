"""Reports in the JSON format, joined: ``schemas/report.schema.json`` describes what comes of it as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from doclint import __version__
from doclint.diagnostic import Severity
from doclint.errors import UsageError
from doclint.merging import Given, Judged, Merged, canonical, together, union, valid
from doclint.reporters.json import VERSION, dump

# What differs between parts of one run: what they count, and whether the report of another part lies in the tree already.
_VARIES = {"since": None, "uncommitted": None}


def merge(given: Sequence[Given]) -> Merged:
    """The reports joined; those on several repositories are told apart under ``parts``. Raises UsageError where they cannot be."""
    from doclint.resources import schema

    described = schema("report")
    for one in given:
        if one.value.get("version") != VERSION:
            raise UsageError(
                f"`{one.file}` is a report of version {one.value.get('version')!r}; this doclint joins those of version {VERSION}"
            )
        valid(one, described)
    groups = together(given, _judged)
    joined = [_named(name, _joined([one.value for one in group])) for name, group in sorted(groups.items(), key=lambda item: item[0] or "")]
    whole = joined[0] if len(joined) == 1 else _joined(joined)
    found = {Severity(finding["severity"]) for finding in whole["findings"]}
    return Merged(dump(whole), min(found, key=lambda severity: severity.rank, default=None), bool(whole["failures"] or whole["unwritten"]))


def _judged(one: Given) -> Judged:
    tree = one.value["tree"]
    since = tree["since"] and {key: part for key, part in tree["since"].items() if key not in ("known", "unread")}
    head = f"{tree['origin']} at {(tree['head'] or 'no commit')[:7]}"
    return Judged(one.value["tool"]["version"], canonical({**tree, **_VARIES, "since": since}), head)


def _joined(reports: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Reports that have been found to be parts of one, joined."""
    first = reports[0]
    lists = {key: sorted(union([one.get(key, []) for one in reports]), key=_place) for key in dict.fromkeys(_lists(reports))}
    parts = {"tree": _tree([one["tree"] for one in reports]), "baseline": _baseline([one["baseline"] for one in reports])}
    whole = {**first, **lists, **parts}
    if any(one["tool"] != first["tool"] for one in reports):
        whole["tool"] = {**first["tool"], "version": __version__}
    return {**whole, "summary": _summary(whole, [one["summary"] for one in reports])}


def _lists(reports: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    return (key for one in reports for key, part in one.items() if isinstance(part, list))


def _place(item: Mapping[str, Any]) -> tuple[str, int, int]:
    """By what the parts of a report are in order; of equals the order stays as it is."""
    return item.get("path", item.get("name", "")), item.get("line", 0), item.get("column", 0)


def _tree(trees: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    if any({**tree, **_VARIES} != {**trees[0], **_VARIES} for tree in trees):
        return _several(trees[0])
    uncommitted = [tree["uncommitted"] for tree in trees]
    whole = {**trees[0], "uncommitted": True if True in uncommitted else None if None in uncommitted else False}
    ranges = [tree["since"] for tree in trees if tree["since"] is not None]
    if ranges:
        unread = sorted(union([one["unread"] for one in ranges]), key=_place)
        whole["since"] = {**ranges[0], "known": sum(one["known"] for one in ranges), "unread": unread}
    return whole


def _several(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands for the trees of several repositories: what each was is told under ``parts``."""
    return {**dict.fromkeys(tree), "origin": "several"}


def _baseline(baselines: Sequence[Mapping[str, Any] | None]) -> Mapping[str, Any] | None:
    """The parts of a run have one file of known findings, several repositories have one each."""
    there = [one for one in baselines if one is not None]
    if not there:
        return None
    files = {one["path"]: one["entries"] for one in there}
    lists = {key: sorted(union([one[key] for one in there]), key=_place) for key in ("known", "stale")}
    return {"path": there[0]["path"] if len(files) == 1 else "", "entries": sum(files.values()), **lists}


def _summary(whole: Mapping[str, Any], summaries: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """What can be counted is counted; the rest is the sum of what the reports say."""
    counted = {key: len(part) for key, part in whole.items() if isinstance(part, list)}
    counted |= {severity.value: sum(one["severity"] == severity for one in whole["findings"]) for severity in Severity}
    counted["baselined"] = len(whole["baseline"]["known"]) if whole["baseline"] is not None else 0
    counted["fixed"] = sum(one["findings"] for one in whole["fixed"])
    return {key: counted.get(key, sum(one.get(key, 0) for one in summaries)) for key in summaries[0]}


def _named(name: str | None, report: dict[str, Any]) -> dict[str, Any]:
    """``report`` as one on the repository ``name``: its paths begin with that, and what was judged is told under ``parts``."""
    if name is None:
        return report
    lists = {key: [_moved(name, item) for item in part] for key, part in report.items() if isinstance(part, list) and key != "parts"}
    parts = [{**part, "name": f"{name}/{part['name']}"} for part in report.get("parts", [])]
    return {
        **report,
        **lists,
        "baseline": _moved(name, report["baseline"]),
        "tree": _several(report["tree"]),
        "parts": parts or [{"name": name, "tool": report["tool"], "tree": report["tree"]}],
    }


def _moved(name: str, value: Any) -> Any:
    match value:
        case dict():
            return {key: f"{name}/{part}" if key == "path" else _moved(name, part) for key, part in value.items()}
        case list():
            return [_moved(name, part) for part in value]
    return value
