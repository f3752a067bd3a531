"""Work that is said to be still to do, and lies in the tree: units (``of: units``) and checklist items (``of: items``)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Evidence, Finding, Severity, Undecided
from doclint.late import late
from doclint.model import queries
from doclint.model.document import Document, Lifecycle, Mode, Reference, State, Tense, Unit
from doclint.repo.facts import Commit, PathHistory, Unknown
from doclint.repo.paths import PathIndex
from doclint.text import Span


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each open unit or item whose files exist and came with the claim or after it."""
    paths = facts.repo.paths()
    if isinstance(paths, Unknown):
        return
    if option(options, "of", str) == "units":
        if document.lifecycle is not Lifecycle.LIVING:
            return
        for unit in document.units:
            yield from _unit(document, unit, paths, facts)
    else:
        yield from _items(document, paths, facts)
        yield from _promises(document, facts)


# --- units ------------------------------------------------------------------------------------------------------------


def _unit(document: Document, unit: Unit, paths: PathIndex, facts: Facts) -> Iterator[Finding | Undecided]:
    statement = unit.statement
    if statement is None or statement.status is None or statement.status.state is not State.NOT_STARTED or statement.status.deferred:
        return
    named = [document.references[index] for index in (*unit.files, *unit.outputs)]
    exact = [reference for reference in named if reference.kind == "path"]
    wanted = [reference for reference in exact if facts.repo.ignored(_plain(reference)) is not True]
    # A pattern says less than a path, but as long as nothing matches it something is still missing.
    if not wanted or any(reference.kind == "glob" and not paths.match(reference.token) for reference in named):
        return
    found = [_exact(document, paths, reference.token) for reference in wanted]
    if not all(found):
        return
    lines = [statement.span, unit.span, *(reference.span for reference in wanted)]
    written = _first_written(document, lines, facts)
    if isinstance(written, Unknown):
        yield Undecided(statement.span, written.reason)
        return
    commits = []
    for path in found:
        assert path is not None
        added = _added(path, facts)
        if isinstance(added, Unknown):
            yield Undecided(statement.span, added.reason)
            return
        if added is None or not _came_with_or_after(added, written):
            return
        commits.append((path, added))
    word = document.source.slice(statement.status.word)
    amount = "its file exists" if len(commits) == 1 else f"its {len(commits)} files exist"
    yield Finding(
        statement.status.word,
        f"`{unit.name}` is listed as `{word}`, but {amount}",
        tuple(proof.commit(f"`{path}` was added in", added) for path, added in commits[:3]),
    )


def _plain(reference: Reference) -> str:
    return reference.token.removeprefix("./")


def _exact(document: Document, paths: PathIndex, token: str) -> str | None:
    """The one file that ``token`` is, by its own path; a guess is none."""
    resolution = paths.resolve(token, document.source.path)
    return resolution.paths[0] if resolution.how in ("exact", "relative") and len(resolution.paths) == 1 else None


def _directory(paths: PathIndex, token: str) -> str | None:
    """The directory below another one that ``token`` is, from the root: what a plan calls a package or a command."""
    plain = posixpath.normpath(token)
    return plain if "/" in plain and not plain.startswith((".", "/")) and paths.is_directory(plain) else None


def _added(path: str, facts: Facts) -> Commit | Unknown | None:
    history: PathHistory | Unknown = facts.repo.history(path)
    return history if isinstance(history, Unknown) else history.added


def _came_with_or_after(added: Commit, written: Commit) -> bool:
    return added.id == written.id or added.time >= written.time


def _first_written(document: Document, spans: list[Span], facts: Facts) -> Commit | Unknown:
    """The earliest commit that wrote one of the lines."""
    first: Commit | None = None
    unknown = Unknown("the lines are not committed yet")
    for span in spans:
        line = queries.line_of(document, span)
        blamed = facts.repo.blame(document.source.path, line, line)
        if isinstance(blamed, Unknown):
            return blamed
        one = blamed[0]
        if isinstance(one, Unknown):
            unknown = one
            continue
        if first is None or one.time < first.time:
            first = one
    return first if first is not None else unknown


# --- items ------------------------------------------------------------------------------------------------------------


def _items(document: Document, paths: PathIndex, facts: Facts) -> Iterator[Finding | Undecided]:
    """Open boxes that create a file, and the file is there."""
    for item in document.items:
        if item.marker != "box" or item.state is not State.NOT_STARTED or item.deferred or item.verb != "create":
            continue
        if item.tense is Tense.NONE:
            continue
        if item.status is not None:
            continue
        for index in item.objects:
            yield from _fulfilled(document, document.references[index], item.line, "is an open item", paths, facts)


def _promises(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """``Migration file to create: x``, and files to create with which a list of pending work begins: false when they were written.

    What the very commit that wrote the line has added was never still to create, wherever it is today.
    """
    for reference in _promised(document):
        written = _first_written(document, [reference.span], facts)
        for path in _readings(document, reference):
            added = _added(path, facts) if not isinstance(written, Unknown) else written
            if isinstance(added, Unknown):
                yield Undecided(reference.span, added.reason)
                break
            if added is not None and not isinstance(written, Unknown) and added.id == written.id:
                yield Finding(
                    reference.span,
                    f"`{reference.token}` is said to be still to create, but the same commit adds it",
                    (proof.commit("line and file came in", added),),
                    # A project that begins with all its past brings along the plans that it has carried out.
                    demoted=None if added.parents or not _is_plan(document, reference) else Severity.INFO,
                )
                break


def _promised(document: Document) -> Iterator[Reference]:
    for field in document.fields:
        if field.role == "create" or (field.name.endswith(" to create") and len(field.name.split()) <= 5):
            found = queries.in_span(document.references, field.value.span)
            yield from (reference for reference in found if reference.kind == "path" and not reference.arrow)
    boxes = {index for item in document.items for index in (*item.objects, *item.mentions)}
    for index, reference in enumerate(document.references):
        if reference.kind != "path" or reference.arrow or index in boxes or document.sections[reference.section].mode is not Mode.PLAN:
            continue
        leaf = queries.inline_at(document, reference.span.start)
        if (
            leaf is not None
            and _CREATES.search(leaf[1].text)
            and not re.search(r"\w", document.source.slice(Span(leaf[0].start, reference.span.start)))
        ):
            yield reference


_CREATES = late(r"\b(?:create|creates|new file|to be created|to be added)\b", re.IGNORECASE)


def _is_plan(document: Document, reference: Reference) -> bool:
    return document.sections[reference.section].mode is Mode.PLAN and document.type != "handoff"


def _readings(document: Document, reference: Reference) -> Iterator[str]:
    home = posixpath.dirname(document.source.path)
    for path in dict.fromkeys((posixpath.normpath(reference.token), posixpath.normpath(posixpath.join(home, reference.token)))):
        if not path.startswith(".."):
            yield path


def _fulfilled(
    document: Document,
    reference: Reference,
    place: Span,
    claim: str,
    paths: PathIndex,
    facts: Facts,
) -> Iterator[Finding | Undecided]:
    if reference.kind not in ("path", "directory") or reference.arrow:
        return
    path = _exact(document, paths, reference.token) or _directory(paths, reference.token)
    if path is None or path == document.source.path:
        return
    written = _first_written(document, [place], facts)
    if isinstance(written, Unknown):
        yield Undecided(reference.span, written.reason)
        return
    added = _added(path, facts)
    if isinstance(added, Unknown):
        yield Undecided(reference.span, added.reason)
        return
    if added is None or not _came_with_or_after(added, written):
        return
    same = added.id == written.id
    past = reference.tense is Tense.HISTORICAL or document.lifecycle is Lifecycle.HISTORICAL
    planned = document.sections[reference.section].mode is Mode.PLAN and document.type == "handoff"
    when = "the same commit adds it" if same else "it exists"
    yield Finding(
        reference.span,
        f"`{reference.token}` {claim}, but {when}",
        (proof.commit("added in", added), Evidence("path", f"`{path}` is in the tree", path=path)),
        demoted=Severity.INFO if (past or planned) and not same else None,
    )
