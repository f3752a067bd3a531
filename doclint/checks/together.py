"""Files that change together by a document's or the configuration's word, and of which a range of changes has one alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from doclint.check import Declared, Facts, Options
from doclint.checks import proof, stretch
from doclint.checks.stretch import Matches, Stretch
from doclint.diagnostic import Evidence, Finding, Severity, Undecided
from doclint.model.document import Cochange, Document
from doclint.repo.facts import Changed, Unknown
from doclint.text import Span

_ALLOWED = "co-change"


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield what changed in the range of the run, or in the index, without what is to change with it; else there is nothing to find."""
    declared = [each for each in facts.together if _home(each, facts.judged) == document.source.path]
    if not declared and not document.cochanges:
        return
    found = stretch.of_next_commit(facts)
    if isinstance(found, Unknown):
        span = document.cochanges[0].span if document.cochanges else document.source.line(1)
        yield Undecided(stretch.first_line(document, span), found.reason)
    elif found is not None:
        for rule in stretch.binding(document, found):
            yield from _said(document, rule, found)
        for each in declared:
            yield from _declared(document, each, found)


def _said(document: Document, rule: Cochange, range: Stretch) -> Iterator[Finding]:
    """What the range has against the document's own sentence."""
    missing = _missing(document, rule, range)
    if rule.entry or not missing:
        return
    for index in rule.when:
        reference = document.references[index]
        matches = stretch.meant(reference, document, range.before)
        changed = [path for path in range.changed(matches) if not range.allowed(path, _ALLOWED)] if matches else []
        if changed:
            yield Finding(
                stretch.first_line(document, rule.span),
                f"{_named(changed)} changed without {missing}, and this line says that they change together",
                range.proofs(changed[0]),
                demoted=Severity.WARNING if range.unsaid or not rule.firm else None,
            )


def _missing(document: Document, rule: Cochange, range: Stretch) -> str:
    """What the rule asks for and the range has not; empty where it has all of it, or where it cannot be told what is asked for."""
    missing = ["this document"] if rule.here and document.source.path not in range.touched else []
    for index in rule.then:
        reference = document.references[index]
        matches = stretch.meant(reference, document, range.before)
        if matches is not None and not range.touches(matches):
            missing.append(f"`{reference.token}`")
    return _list(missing)


def _home(declared: Declared, judged: Sequence[str]) -> str | None:
    """The document at which a rule of the configuration is told: one that is to change, else one that calls for it, else the first."""
    sides: Sequence[Matches] = (lambda path: any(globs.match(path) for _, globs in declared.then), declared.when.match, lambda _: True)
    return next((path for matches in sides for path in judged if matches(path)), None)


def _declared(document: Document, rule: Declared, range: Stretch) -> Iterator[Finding]:
    """What the range, or each of its commits, has against the configuration."""
    where = Evidence("path", f"declared in {rule.file}", path=rule.file)
    because = f": {rule.message}" if rule.message else ""
    unsaid = Severity.WARNING if range.unsaid else None
    if rule.each == "range":
        missing = _list([f"`{glob}`" for glob, globs in rule.then if not range.touches(globs.match)])
        changed = [path for path in range.changed(rule.when.match) if not range.allowed(path, _ALLOWED)] if missing else []
        if changed:
            message = f"{_named(changed)} changed without {missing}{because}"
            yield Finding(_top(document), message, (*range.proofs(changed[0]), where), demoted=unsaid)
        return
    for step in _steps(range):
        missing = _list([f"`{glob}`" for glob, globs in rule.then if not any(map(globs.match, step.paths))])
        changed = sorted(filter(rule.when.match, step.paths)) if missing else []
        if changed and not stretch.allows(step, _ALLOWED):
            message = f"{_named(changed)} changed in {step.commit.short} without {missing}{because}"
            yield Finding(_top(document), message, (proof.commit("changed in", step.commit), where))
    pending = range.changes.uncommitted
    missing = _list([f"`{glob}`" for glob, globs in rule.then if not any(map(globs.match, pending))])
    changed = sorted(filter(rule.when.match, pending)) if missing else []
    if changed:
        message = f"{_named(changed)} changed without {missing}{because}"
        yield Finding(_top(document), message, (stretch.uncommitted(changed[0]), where), demoted=unsaid)


def _steps(range: Stretch) -> Iterator[Changed]:
    """The commits of the range. A merge changes what its parents left to it, and no more."""
    return (each for each in range.changes.commits if len(each.commit.parents) < 2)


def _named(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"`{paths[0]}`{more}"


def _list(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _top(document: Document) -> Span:
    return document.title.span if document.title is not None else document.source.line(1)
