"""Reports joined to one: those on the parts of a run (``--shard``), and those on several repositories.

A module in ``doclint.mergers`` joins the reports of one format. Reports without a name are on one tree, and by one version of doclint. A
name says that a report is on another repository: its paths then begin with that name, and what each was judged by is kept apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple, NoReturn

from doclint.diagnostic import Severity
from doclint.errors import UsageError
from doclint.late import late

LARGEST = 64 * 1024 * 1024
"""So many bytes of one report are read: a hundred thousand findings."""

_NAMED = late(r"([A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*)=(.+)", re.DOTALL)


class Given(NamedTuple):
    """A report as it was read: ``name`` is what its repository is called (None: there is one alone), ``file`` where it stood."""

    name: str | None
    file: str
    value: Any


class Judged(NamedTuple):
    """What a report says of itself: the version of doclint, and the tree, in full and as its head is called."""

    version: str
    tree: str
    head: str


class Merged(NamedTuple):
    """A joined report, as it is written.

    ``worst`` is the gravest of its findings (None: it has none), ``failed`` says that doclint itself failed somewhere.
    """

    text: str
    worst: Severity | None
    failed: bool

    def exit_code(self, fail_on: Severity | None) -> int:
        """As that of a run with these findings: 0, 1, or 2."""
        if self.failed:
            return 2
        return int(fail_on is not None and self.worst is not None and self.worst.rank <= fail_on.rank)


def merge(arguments: Sequence[str]) -> Merged:
    """The reports in the files that ``arguments`` name, each as ``FILE`` or ``NAME=FILE``, joined.

    Raises UsageError where a file is no report of doclint, where formats are mixed, or where reports without a name are on different trees
    or by different versions of doclint.
    """
    given = [_given(argument) for argument in arguments]
    nameless = next((one for one in given if one.name is None), None)
    if nameless is not None and any(one.name is not None for one in given):
        raise UsageError(f"`{nameless.file}` has no name, and others have one: name all reports (`NAME=FILE`), or none")
    formats = {_format(one): one for one in reversed(given)}
    if len(formats) > 1:
        raise UsageError(f"`{formats['json'].file}` is JSON and `{formats['sarif'].file}` is SARIF: merge each format by itself")
    merged: Merged = import_module(f"doclint.mergers.{next(iter(formats))}").merge(given)
    return merged


def _given(argument: str) -> Given:
    match = _NAMED.fullmatch(argument)
    name, file = (match[1], match[2]) if match is not None else (None, argument)
    return Given(name, file, _load(file))


def _load(file: str) -> Any:
    try:
        # What another process writes, a pipe, is read as well.
        with open(file, "rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"`{file}` cannot be read: {(isinstance(error, OSError) and error.strerror) or error}") from None
    if len(data) > LARGEST:
        raise UsageError(f"`{file}` is larger than {LARGEST // 1024 // 1024} MiB, and is not read")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError:
        raise UsageError(f"`{file}` is no report of doclint: it is not UTF-8 text") from None
    except RecursionError:
        raise UsageError(f"`{file}` is no report of doclint: it is nested too deeply") from None
    except json.JSONDecodeError as error:
        if not data.strip():
            raise UsageError(f"`{file}` is empty") from None
        cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
        why = "it ends too early" if cut else "it is no JSON"
        raise UsageError(f"`{file}` is no report of doclint: {why} (line {error.lineno})") from None
    except ValueError as error:
        raise UsageError(f"`{file}` is no report of doclint: {error}") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"it holds `{constant}`")


def _format(one: Given) -> str:
    if isinstance(one.value, dict) and "runs" in one.value:
        return "sarif"
    if isinstance(one.value, dict) and "findings" in one.value:
        return "json"
    raise UsageError(f"`{one.file}` is no report of doclint: expected one of `check --format json` or `sarif`")


def valid(one: Given, schema: Mapping[str, Any]) -> Any:
    """The report, which ``schema`` describes. Raises UsageError, with the first fault, where it does not."""
    from doclint.schema import explain

    # What is surely right by the quick look need not be looked at long; the longest parts of a report are.
    doubtful = {key: part for key, part in one.value.items() if not _surely(part, schema["properties"].get(key), schema)}
    missing = [key for key in schema["required"] if key not in one.value]
    if missing:
        raise UsageError(f"`{one.file}` is no report of doclint: `{missing[0]}` is missing")
    for fault in explain(doubtful, {**schema, "required": []}):
        raise UsageError(f"`{one.file}` is no report of doclint: `{fault.dotted}` {fault.sentence}")
    return one.value


def _surely(value: object, schema: Any, root: Mapping[str, Any]) -> bool:
    from doclint.schema import conforms

    return schema is not None and conforms(value, schema, root)


def together(given: Sequence[Given], said: Callable[[Given], Judged]) -> dict[str | None, list[Given]]:
    """The reports by name, each once. Raises UsageError where two of one name say of themselves that they are not parts of one run."""
    groups: dict[str | None, dict[str, Given]] = {}
    for one in given:
        group = groups.setdefault(one.name, {})
        first = next(iter(group.values()), one)
        mine, its = said(one), said(first)
        if mine.version != its.version:
            raise UsageError(
                f"`{one.file}` was written by doclint {mine.version} and `{first.file}` by {its.version}: "
                "what two versions find is not summed up"
            )
        if mine.tree != its.tree:
            remedy = "name the repositories (`NAME=FILE`)" if one.name is None else f"`{one.name}` is one repository"
            raise UsageError(f"`{one.file}` is on another tree than `{first.file}` ({mine.head} and {its.head}): {remedy}")
        group.setdefault(canonical(one.value), one)
    return {name: list(group.values()) for name, group in groups.items()}


def union(lists: Iterable[Sequence[Any]]) -> list[Any]:
    """What stands in any of ``lists``, in their order, as often as in the one that has it most often.

    So parts of a run, which have nothing in common, are summed up, and what was given twice adds nothing.
    """
    have: dict[str, int] = {}
    found: list[Any] = []
    for items in lists:
        here: dict[str, int] = {}
        for item in items:
            key = canonical(item)
            here[key] = here.get(key, 0) + 1
            if here[key] > have.get(key, 0):
                have[key] = here[key]
                found.append(item)
    return found


def canonical(value: Any) -> str:
    """``value`` as text that equal values share."""
    return json.dumps(value, sort_keys=True)
