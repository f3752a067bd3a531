"""From documents to a report: read, parse, project, recognise, check, stamp, suppress, sort."""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from doclint.check import Documents, Facts
from doclint.config import Bound, Plan
from doclint.diagnostic import Diagnostic, Finding, Severity, Undecided
from doclint.errors import DoclintError, UsageError
from doclint.identity import Identities
from doclint.model.document import Document
from doclint.repo.facts import Repo, Unknown
from doclint.report import Checked, Crash, Open, Report, Suppressed, Unread
from doclint.rule import ENCODING, SUPPRESSIONS
from doclint.text import DecodingError, Source, Span

if TYPE_CHECKING:
    from doclint.markdown.nodes import Root
    from doclint.model.lexicon import Lexicon
    from doclint.repo.paths import PathIndex

Progress = Callable[[int, int], None]
"""Called with the number of documents done and of all."""

Memory = dict[tuple[str, str, bool], Document]
"""What texts were found to say, by path, text and byte-order mark: it is the same in every tree, and costs more than all checks."""

_PATHLIKE = ("path", "directory", "link", "lines")


@dataclass(slots=True)
class _Run:
    """What comes together while the documents are gone through. ``mute`` are those that are not asked about and say nothing to others."""

    plan: Plan
    found: list[Diagnostic]
    open: list[Open]
    unread: list[Unread]
    crashes: list[Crash]
    sources: dict[str, Source]
    memory: Memory = field(default_factory=dict)
    suppressed: list[Suppressed] = field(default_factory=list)
    mute: list[str] = field(default_factory=list)


def check(
    plan: Plan,
    repo: Repo,
    paths: Sequence[str],
    today: datetime.date,
    *,
    overlay: Mapping[str, bytes] = MappingProxyType({}),
    progress: Progress | None = None,
    before: Repo | None = None,
    committed: Repo | None = None,
    only: Container[str] | None = None,
    memory: Memory | None = None,
) -> Report:
    """Check the documents at ``paths`` of the tree of ``repo``.

    ``overlay`` holds bytes that stand in place of those of the tree; ``before`` is the tree that a range of changes began with,
    ``committed`` that of the commit behind an index. Documents that are not in ``only``, where it is given, count for what they say, and
    are neither checked nor told of. ``memory`` spares a second run the reading of what the first has read.

    The report is the same for the same tree, plan and day, in whatever order ``paths`` are given. What goes wrong inside doclint is
    caught, by rule and document, and told as a crash.
    """
    run = _Run(plan, [], [], [], [], {}, {} if memory is None else memory)
    documents = list(_documents(run, repo, sorted(set(paths)), overlay, only))
    others = _referred(run, repo, {document.source.path for document in documents})
    working = Documents(document for document in (*documents, *others) if document.type is not None)
    judged = documents if only is None else [document for document in documents if document.source.path in only]
    governed: dict[str, list[str]] = {}
    for path in sorted((*(document.source.path for document in documents), *run.mute)):
        governed.setdefault(plan.at(path).directory, []).append(path)
    facts = {
        one.directory: Facts(
            repo,
            today,
            working,
            before,
            one.external_roots,
            one.types,
            one.words,
            one.together,
            tuple(governed.get(one.directory, ())),
            committed,
        )
        for one in plan.every
    }
    repo.expect(sorted(mentioned(judged)), [document.source.path for document in judged])
    for number, document in enumerate(judged):
        _check(run, document, facts[plan.at(document.source.path).directory])
        if progress is not None:
            progress(number + 1, len(judged))
    return Report(
        tree=repo,
        diagnostics=sorted(run.found, key=_order),
        open=sorted(run.open, key=lambda one: (one.path, one.span, one.code, one.reason)),
        documents=[Checked(document.source.path, document.type, document.why) for document in judged],
        unread=run.unread,
        crashes=run.crashes,
        suppressed=sorted(run.suppressed, key=lambda one: _order(one.diagnostic)),
        limits=tuple(repo.limits()),
        rules={rule.code: rule for rule in plan.known},
        sources=run.sources,
    )


def judge(plan: Plan, document: Document, facts: Facts) -> tuple[Sequence[Diagnostic], Sequence[Open], Sequence[Crash]]:
    """What the rules of ``plan`` say of one document in the world of ``facts``: findings, open questions, and what went wrong."""
    run = _Run(plan, [], [], [], [], {})
    _check(run, document, facts)
    return run.found, run.open, run.crashes


def read(repo: Repo, path: str, overlay: Mapping[str, bytes] = MappingProxyType({})) -> Source | Unknown:
    """The document at ``path``. Raises DecodingError where its bytes are no text; Unknown where there are none to be had."""
    data = overlay[path] if path in overlay else repo.read(path)
    if data is None:
        return Unknown("the file is gone")
    return data if isinstance(data, Unknown) else Source.decode(path, data, repo.origin)


def recognised(source: Source, plan: Plan, lexicon: Lexicon) -> Document:
    """What ``source`` says, with its type: as much as can be told without its tree. It is read by the words of ``lexicon``."""
    from doclint.doctype import recognise, shipped
    from doclint.markdown.parse import parse
    from doclint.model.project import project

    plan = plan.at(source.path)
    projected = project(source, parse(source), lexicon)
    recognition = recognise(projected, plan.settings, (*shipped(), *plan.types) if plan.types else None)
    return replace(projected, type=recognition.type, why=recognition.why, declared=recognition.declared)


def alive(document: Document, plan: Plan, paths: PathIndex | Unknown) -> Document:
    """``document``, whose type is known, with its lifecycle among ``paths``."""
    from doclint.doctype import lifecycle

    return replace(document, lifecycle=lifecycle(document, paths, plan.at(document.source.path).settings))


def documents(plan: Plan, repo: Repo, paths: Iterable[str], overlay: Mapping[str, bytes] = MappingProxyType({})) -> Iterator[Document]:
    """What the documents at ``paths`` say, unchecked. Raises UsageError at the first that cannot be read."""
    words = Words()
    for path in paths:
        try:
            source = read(repo, path, overlay)
        except DecodingError as error:
            raise UsageError(f"`{path}` cannot be read: {error.reason} (byte {error.offset})") from None
        if isinstance(source, Unknown):
            raise UsageError(f"`{path}` cannot be read: {source.reason}")
        yield alive(recognised(source, plan, words.of(plan.at(path))), plan, repo.paths())


def legible(
    plan: Plan, repo: Repo, paths: Sequence[str], wanted: Callable[[Source], bool], unread: list[Unread], progress: Progress | None = None
) -> Iterator[Document]:
    """What those of the documents at ``paths`` say that are ``wanted``, unchecked; those that cannot be read are added to ``unread``."""
    words = Words()
    for number, path in enumerate(paths):
        if progress is not None:
            progress(number + 1, len(paths))
        try:
            source = read(repo, path)
        except DecodingError as error:
            unread.append(Unread(path, error.reason))
            continue
        if isinstance(source, Unknown):
            unread.append(Unread(path, source.reason))
        elif wanted(source):
            yield alive(recognised(source, plan, words.of(plan.at(path))), plan, repo.paths())


class Words:
    """The words that documents are read by in a run, made ready once for each configuration."""

    def __init__(self) -> None:
        self._compiled: dict[str, Lexicon] = {}

    def of(self, plan: Plan) -> Lexicon:
        """The words of ``plan``, one of those of the run."""
        if plan.directory not in self._compiled:
            self._compiled[plan.directory] = lexicon(plan)
        return self._compiled[plan.directory]


def lexicon(plan: Plan) -> Lexicon:
    """The words that doclint ships, with those that the configuration of ``plan`` adds."""
    from doclint.model.lexicon import compile_lexicon, extend, load

    if not plan.lexicon:
        return load()
    from doclint.resources import index

    return compile_lexicon(extend(index()["lexicon"], plan.lexicon))


def _documents(
    run: _Run, repo: Repo, paths: Iterable[str], overlay: Mapping[str, bytes], only: Container[str] | None = None
) -> Iterator[Document]:
    words = Words()
    for path in paths:
        told = only is None or path in only
        try:
            source = read(repo, path, overlay)
            if isinstance(source, Unknown):
                if told:
                    run.unread.append(Unread(path, source.reason))
                continue
            run.sources[path] = source
            key = source.path, source.text, source.bom
            if not told and key not in run.memory and not may_be_typed(source, run.plan):
                run.mute.append(path)
                continue
            if key not in run.memory:
                run.memory[key] = recognised(source, run.plan, words.of(run.plan.at(path)))
            yield alive(run.memory[key], run.plan, repo.paths())
        except DecodingError as error:
            if not told:
                continue
            data = overlay[path] if path in overlay else repo.read(path)
            _undecodable(run, path, data if isinstance(data, bytes) else b"", error)
        except DoclintError:
            raise
        except Exception as error:
            run.crashes.append(_crash(None, path, error))


def may_be_typed(source: Source, plan: Plan) -> bool:
    """Whether ``source`` may be a working document. Only those count for what they say, and that costs more to learn than all checks."""
    from doclint import doctype

    plan = plan.at(source.path)
    return doctype.may_be_typed(source, plan.settings, (*doctype.shipped(), *plan.types) if plan.types else None)


def _referred(run: _Run, repo: Repo, read: Set[str]) -> list[Document]:
    """The documents that are not asked for, and whose tables those of one's own types may refer to. What cannot be read is left out."""
    types = [type for one in run.plan.every for type in one.types]
    named = {reference.type for type in types if type.shape for table in type.shape.tables for reference in table.references}
    globs = [type.paths for type in types if type.paths is not None and type.name in named]
    paths = repo.paths()
    if not globs or isinstance(paths, Unknown):
        return []
    there = [path for path in paths.files if path not in read and run.plan.included(path) and any(glob.match(path) for glob in globs)]
    aside = _Run(run.plan, [], [], [], [], {})
    found = list(_documents(aside, repo, (path for path in there if not run.plan.excluded(path)), {}))
    run.sources.update(aside.sources)
    return found


def _undecodable(run: _Run, path: str, data: bytes, error: DecodingError) -> None:
    """The one finding about bytes that are no text, under the rule whose check is ``encoding``; without that rule the file is unread."""
    bound = next((one for one in run.plan.bound(path) if one.rule.check == ENCODING), None)
    if bound is None:
        run.unread.append(Unread(path, str(error)))
        return
    source = Source(path, data.decode("utf-8", "replace"))
    run.sources[path] = source
    place = len(data[: error.offset].decode("utf-8", "replace"))
    finding = Finding(Span(place, min(place + 1, len(source.text))), f"the document cannot be read: {error.reason} (byte {error.offset})")
    run.found += _stamped(source, None, [(bound, finding)])


def _check(run: _Run, document: Document, facts: Facts) -> None:
    source = document.source
    findings: list[tuple[Bound, Finding]] = []
    for bound in run.plan.bound(source.path):
        rule = bound.rule
        if rule.check in (ENCODING, SUPPRESSIONS) or not rule.applies(document.type) or not rule.concerns(document, facts):
            continue
        try:
            for result in bound.rule.bind().check(document, facts, bound.options):
                if isinstance(result, Undecided):
                    run.open.append(Open(bound.rule.code, source.path, result.span, result.reason))
                else:
                    findings.append((bound, result))
        except Exception as error:
            run.crashes.append(_crash(bound.rule.code, source.path, error))
    if "doclint" in source.text:
        try:
            run.found += _unsilenced(run, document, facts, _stamped(source, document.root, findings))
            return
        except Exception as error:
            run.crashes.append(_crash(None, source.path, error))
    if findings:
        run.found += _stamped(source, document.root, findings)


def _unsilenced(run: _Run, document: Document, facts: Facts, found: list[Diagnostic]) -> list[Diagnostic]:
    """What the document's own comments leave of ``found``, and what is wrong with those comments."""
    from doclint.suppressions import Judged, judge, suppress, suppressions

    source = document.source
    by = suppressions(source, document.root)
    if not by:
        return found
    left, silenced = suppress(found, [one for one in by if not one.expired(facts.today)])
    bound = [one for one in run.plan.bound(source.path) if one.rule.applies(document.type)]
    judged = Judged(
        by,
        silenced,
        ran={word for one in bound for word in (one.rule.code, one.rule.name)},
        open={word for one in run.open if one.path == source.path for word in (one.code, run.plan.name(one.code))},
        complete=not (run.plan.flags.select or run.plan.flags.ignore),
        today=facts.today,
    )
    about = [(one, finding) for one in bound if one.rule.check == SUPPRESSIONS for finding in judge(source, judged, one.options["about"])]
    # Who silences all rules does not mean the ones about silencing.
    named = [one for one in by if one.rules and not one.expired(facts.today)]
    told, excused = suppress(_stamped(source, document.root, about), named)
    run.suppressed += (Suppressed(diagnostic, "inSource", one.reason) for diagnostic, one in (*silenced, *excused))
    return [*left, *told]


def _stamped(source: Source, root: Root | None, findings: Iterable[tuple[Bound, Finding]]) -> list[Diagnostic]:
    """The findings of one document as diagnostics, in order and each once."""
    ordered = sorted(findings, key=lambda pair: (pair[1].span, pair[0].rule.code, pair[1].message))
    result: list[Diagnostic] = []
    seen: set[tuple[str, Span, str]] = set()
    equals: dict[tuple[str, str], int] = {}
    identities = Identities(source, root)
    for bound, finding in ordered:
        said = (bound.rule.code, finding.span, finding.message)
        if said in seen:
            continue
        seen.add(said)
        claim, section = identities.of(finding.span)
        key = f"{bound.rule.code} {claim}", section
        equals[key] = equals.get(key, 0) + 1
        result.append(
            Diagnostic(
                code=bound.rule.code,
                name=bound.rule.name,
                severity=_weaker(bound.severity, finding.demoted),
                path=source.path,
                span=finding.span,
                message=finding.message,
                evidence=finding.evidence,
                fix=finding.fix,
                label=finding.label,
                identity=key[0],
                section=section,
                number=equals[key],
            )
        )
    return result


def _weaker(severity: Severity, limit: Severity | None) -> Severity:
    return severity if limit is None or severity.rank >= limit.rank else limit


def _order(diagnostic: Diagnostic) -> tuple[str, Span, str, str]:
    return diagnostic.path, diagnostic.span, diagnostic.code, diagnostic.message


def mentioned(documents: Iterable[Document]) -> set[str]:
    """Every path that a document names, as it is written and as seen from the document's own directory."""
    paths: set[str] = set()
    for document in documents:
        directory = posixpath.dirname(document.source.path)
        for reference in document.references:
            if reference.kind in _PATHLIKE:
                path = re.split(r"[#?]", reference.token, maxsplit=1)[0] if reference.kind == "link" else reference.token
                paths.add(path)
                paths.add(posixpath.normpath(posixpath.join(directory, path)))
    return paths


def _crash(code: str | None, path: str, error: Exception) -> Crash:
    import traceback

    lines = traceback.format_exception(error)
    # A recursion's trace is a thousand times the same.
    return Crash(code, path, f"{type(error).__name__}: {error}", "".join(lines[-12:]))
