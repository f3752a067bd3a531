"""Documents mended: fixes applied, read anew, and applied again until nothing is left that can be fixed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from doclint import fixer
from doclint.diagnostic import Diagnostic, Fix
from doclint.report import Report, Unread
from doclint.text import Source

Lint = Callable[[Mapping[str, bytes]], Report]
"""Checks the documents, of which some have other bytes than the tree holds."""

_NOTHING: Mapping[str, bytes] = MappingProxyType({})
# Fixes that overlap wait for each other; more than a few rounds are two fixes that undo each other.
_ROUNDS = 10
_RESTLESS = "its fixes undo each other"


class Mended(NamedTuple):
    """What fixes make of documents, before anything is written: the report on the mended texts, and each changed document's old and new."""

    report: Report
    changes: Mapping[str, tuple[Source, Source]]

    def patch(self) -> str:
        """The changes as a unified diff."""
        from doclint.patch import patch

        return "".join(patch(*change) for _, change in sorted(self.changes.items()))

    def after(self, overlay: Mapping[str, bytes]) -> bytes:
        """What became of the one document that stands in ``overlay``."""
        ((path, data),) = overlay.items()
        return self.changes[path][1].encode() if path in self.changes else data


def mend(lint: Lint, *, unsafe: bool = False, overlay: Mapping[str, bytes] = _NOTHING) -> Mended:
    """Mend what ``lint`` finds by the safe fixes, with ``unsafe`` by all. A second time would change nothing.

    A document whose fixes undo each other stays as it is, and is told of as unwritten.
    """
    restless: list[str] = []
    while True:
        mended, again = _settle(lint, unsafe, overlay, restless)
        if not again:
            unwritten = [*mended.report.unwritten, *(Unread(path, _RESTLESS) for path in sorted(restless))]
            return mended._replace(report=replace(mended.report, unwritten=unwritten))
        restless += again


def _settle(lint: Lint, unsafe: bool, overlay: Mapping[str, bytes], left_alone: Sequence[str]) -> tuple[Mended, list[str]]:
    """Mend all documents but those that are to be left alone; those that do not come to rest are the second part of the answer."""
    now = dict(overlay)
    changes: dict[str, tuple[Source, Source]] = {}
    fixed: dict[str, int] = {}
    for _ in range(_ROUNDS):
        report = lint(now)
        changed: list[str] = []
        for path, fixes in _fixes(report.diagnostics, unsafe, left_alone).items():
            source = report.sources[path]
            applied = fixer.apply(source, fixes)
            if applied.text == source.text:
                continue
            changed.append(path)
            fixed[path] = fixed.get(path, 0) + len(applied.taken)
            changes[path] = (changes[path][0] if path in changes else source, replace(source, text=applied.text, _starts=[]))
            now[path] = changes[path][1].encode()
        if not changed:
            return Mended(replace(report, fixed=fixed), changes), []
    return Mended(report, changes), changed


def _fixes(diagnostics: Sequence[Diagnostic], unsafe: bool, left_alone: Sequence[str]) -> dict[str, list[Fix]]:
    found: dict[str, list[Fix]] = {}
    for one in diagnostics:
        if one.fix is not None and (one.fix.safe or unsafe) and one.path not in left_alone:
            found.setdefault(one.path, []).append(one.fix)
    return found


def write(mended: Mended, root: str, lint: Lint) -> Report:
    """Write the mended documents below ``root``, and report on what is there then; one that cannot be written keeps no other from it."""
    unwritten: list[Unread] = []
    for path, (before, after) in sorted(mended.changes.items()):
        try:
            fixer.write(root, path, before.encode(), after.encode())
        except fixer.UnwritableError as error:
            unwritten.append(Unread(path, str(error)))
    if not unwritten:
        return mended.report
    failed = {one.path for one in unwritten}
    written = {path: after.encode() for path, (_, after) in mended.changes.items() if path not in failed}
    fixed = {path: count for path, count in mended.report.fixed.items() if path not in failed}
    return replace(lint(written), fixed=fixed, unwritten=[*mended.report.unwritten, *unwritten])
