"""What a range of changes brought in: the findings on a tree without those that were there where the range began.

The changes need not touch the document: whoever deletes a file breaks the table that names it.
"""

from __future__ import annotations

import datetime
import posixpath
from collections import Counter
from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from doclint import engine
from doclint.causes import Causes, Side
from doclint.config import Plan
from doclint.diagnostic import Diagnostic
from doclint.repo.facts import Range, Repo, Unknown
from doclint.report import Open, Report, Since
from doclint.text import Source, Span


class Before(NamedTuple):
    """Where the range began, the repository as it was there, and the paths of the documents there that are asked about."""

    range: Range
    repo: Repo
    paths: Sequence[str]


def check(
    plan: Plan,
    repo: Repo,
    paths: Sequence[str],
    today: datetime.date,
    before: Before,
    *,
    overlay: Mapping[str, bytes] = MappingProxyType({}),
    progress: engine.Progress | None = None,
    only: Container[str] | None = None,
    memory: engine.Memory | None = None,
) -> Report:
    """Check the documents at ``paths`` (of them ``only`` some, if given), and tell what the changes since ``before`` brought in.

    A finding was there before if its document had it in the same line or about the same claim, wherever that stood, and the document too;
    what a rule finds in the changes themselves is always new. Where the rule could not decide about that line before, nothing shows that
    the changes brought the finding in: it is a question that stays open. Each finding that is told has its causes.
    """
    memory = {} if memory is None else memory
    report = engine.check(plan, repo, paths, today, overlay=overlay, progress=progress, before=before.repo, only=only, memory=memory)
    faulty = dict.fromkeys(diagnostic.path for diagnostic in report.diagnostics)
    if not faulty:
        return replace(report, since=Since(before.range, 0, ()))
    names = _former_names(faulty, repo, before)
    then = engine.check(plan, before.repo, [*before.paths, *names], today, only=frozenset(names), memory=memory)
    left = _new(report, then, names)
    new, open_ = _brought_in(report, left, then, names)
    former = {names[path]: Side(path, source) for path, source in then.sources.items() if path in names}
    causes = Causes(before.range, repo, before.repo, overlay)
    unread = [one._replace(path=names[one.path]) for one in then.unread if one.path in names]
    known = len(report.diagnostics) - len(left)
    told = set(map(id, new))
    return replace(
        report,
        diagnostics=[_with_causes(diagnostic, report, former, causes, memory) for diagnostic in new],
        open=sorted([*report.open, *open_], key=lambda one: (one.path, one.span.start, one.code)),
        crashes=[*report.crashes, *then.crashes],
        since=Since(before.range, known, unread, [one for one in report.diagnostics if id(one) not in told]),
    )


def _former_names(paths: Mapping[str, None], repo: Repo, before: Before) -> dict[str, str]:
    """The documents of before that are now at one of ``paths``: what each was called, and what it is called."""
    had, now = before.repo.paths(), repo.paths()
    if isinstance(had, Unknown) or isinstance(now, Unknown):
        return {}
    names = {path: path for path in paths if path in had}
    fresh = {path for path in paths if path not in had}
    endings = tuple({posixpath.splitext(path)[1] for path in fresh})
    lost = [path for path in had.files if fresh and path.endswith(endings) and path not in now]
    repo.expect(lost)
    for path in lost:
        history = repo.history(path)
        renamed = None if isinstance(history, Unknown) else history.renamed
        if renamed is not None and not isinstance(renamed, Unknown) and renamed.path in fresh:
            names[path] = renamed.path
    return names


def _new(report: Report, then: Report, names: Mapping[str, str]) -> list[Diagnostic]:
    """The findings of ``report`` that ``then`` lacks; each finding of ``then`` answers for one alone."""
    left = list(report.diagnostics)
    old = [one._replace(path=names[one.path]) for one in then.diagnostics if one.path in names]
    sources = {names[path]: source for path, source in then.sources.items() if path in names}
    # One line may hold several findings of one rule; what they say tells them apart, unless it counts what has changed since.
    for key in (_word_for_word, _in_section, _by_identity, _in_place):
        left, old = _subtract(left, report.sources, old, sources, key)
    return left


def _brought_in(report: Report, left: Sequence[Diagnostic], then: Report, names: Mapping[str, str]) -> tuple[list[Diagnostic], list[Open]]:
    """Those of ``left`` that the changes brought in, and those of which that is not known, because the question was open before."""
    reasons = {(names[one.path], one.code, _line(one.span, then.sources[one.path])): one.reason for one in then.open if one.path in names}
    new: list[Diagnostic] = []
    open_: list[Open] = []
    for diagnostic in left:
        reason = reasons.get((diagnostic.path, diagnostic.code, _line(diagnostic.span, report.sources[diagnostic.path])))
        if reason is None:
            new.append(diagnostic)
        else:
            open_.append(Open(diagnostic.code, diagnostic.path, diagnostic.span, reason))
    return new, open_


def _with_causes(diagnostic: Diagnostic, report: Report, former: Mapping[str, Side], causes: Causes, memory: engine.Memory) -> Diagnostic:
    path = diagnostic.path
    source = report.sources[path]
    return diagnostic._replace(causes=causes.of(diagnostic, source, former.get(path), memory.get((path, source.text, source.bom))))


def _subtract(
    left: Sequence[Diagnostic],
    sources: Mapping[str, Source],
    old: Sequence[Diagnostic],
    old_sources: Mapping[str, Source],
    key: Callable[[Diagnostic, Source], Hashable],
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """What is left of both where those of equal keys answer for each other."""
    keys = [key(diagnostic, sources[diagnostic.path]) for diagnostic in left]
    old_keys = [key(diagnostic, old_sources[diagnostic.path]) for diagnostic in old]
    return _without(left, keys, Counter(old_keys)), _without(old, old_keys, Counter(keys))


def _without(diagnostics: Sequence[Diagnostic], keys: Sequence[Hashable], others: Counter[Hashable]) -> list[Diagnostic]:
    kept: list[Diagnostic] = []
    for diagnostic, key in zip(diagnostics, keys, strict=True):
        if others[key]:
            others[key] -= 1
        else:
            kept.append(diagnostic)
    return kept


def _word_for_word(diagnostic: Diagnostic, source: Source) -> Hashable:
    return diagnostic.path, diagnostic.code, _line(diagnostic.span, source), diagnostic.message


def _in_section(diagnostic: Diagnostic, source: Source) -> Hashable:
    return diagnostic.path, diagnostic.identity, diagnostic.section


def _by_identity(diagnostic: Diagnostic, source: Source) -> Hashable:
    return diagnostic.path, diagnostic.identity


def _in_place(diagnostic: Diagnostic, source: Source) -> Hashable:
    return diagnostic.path, diagnostic.code, _line(diagnostic.span, source), source.slice(diagnostic.span)


def _line(span: Span, source: Source) -> str:
    line = source.line(source.position(span.start).line)
    return " ".join(source.slice(line).split())
