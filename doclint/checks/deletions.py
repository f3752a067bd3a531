"""Paths that a document gives for files which were deleted."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import ground, proof
from doclint.checks.ground import Ground
from doclint.diagnostic import Evidence, Finding, Severity, Undecided
from doclint.late import late
from doclint.model import queries
from doclint.model.document import Document, Lifecycle, Mode, Reference, Tense
from doclint.repo.facts import Commit, Unknown

_WILD = late(r"[*?\[{<]")
# Files that are written for people are seldom called alike.
_NAME = late(r"[\w.-]{6,}\.(?:md|rst|txt|adoc)", re.IGNORECASE)
_VERSION = late(r"[_-]v?\d+(?:[._]\d+)*(?=\.\w+$)", re.IGNORECASE)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each path of today whose file a commit deleted, and each pattern whose directory is gone; what was true on its day is told as
    an info."""
    base = ground.of(document, facts)
    if base is None or document.lifecycle is not Lifecycle.LIVING:
        return
    silenced = False
    # That a contract's source of truth is gone is told of the contract (CT007).
    sources = {contract.source.span for contract in document.contracts if contract.source is not None}
    for reference in document.references:
        if reference.span in sources or not _claims(document, reference) or _is_there(base, reference):
            continue
        if base.leaves(reference.token):
            yield Undecided(reference.span, ground.EXTERNAL)
        elif not base.foreign:
            yield from _missing(base, reference)
        elif not silenced:
            silenced = True
            yield Undecided(reference.span, ground.FOREIGN)


def _claims(document: Document, reference: Reference) -> bool:
    """Whether ``reference`` says that a file is there: in a sentence, a list or a table, not in a link, an arrow or a plan."""
    if reference.kind not in ("path", "glob") or reference.arrow or reference.tense is not Tense.CURRENT or reference.place == "link":
        return False
    named = "/" in _place(reference) if reference.kind == "path" else bool(_place(reference))
    return (named or _is_a_name(reference)) and document.sections[reference.section].mode in (Mode.CURRENT, Mode.RULE)


def _place(reference: Reference) -> str:
    """What must be in the tree: the path itself, and of a pattern the directories before it."""
    if reference.kind == "path":
        return reference.token
    return posixpath.dirname(_WILD.split(reference.token, maxsplit=1)[0])


def _is_a_name(reference: Reference) -> bool:
    """Whether a name without a directory is that of one file alone."""
    return reference.kind == "path" and bool(_NAME.fullmatch(reference.token)) and not ground.is_common(reference.token)


def _is_there(base: Ground, reference: Reference) -> bool:
    return base.paths.resolve(_place(reference), base.document.source.path).resolved or (
        reference.kind == "glob" and bool(base.paths.match(reference.token))
    )


def _missing(base: Ground, reference: Reference) -> Iterator[Finding | Undecided]:
    for candidate in base.candidates(_place(reference)):
        history = base.repo.history(candidate)
        if isinstance(history, Unknown):
            yield Undecided(reference.span, history.reason)
            return
        if isinstance(history.renamed, Unknown):
            yield Undecided(reference.span, history.renamed.reason)
            return
        if history.renamed is not None or (history.existed and history.deleted is None and not history.uncommitted):
            return
        if history.deleted is not None or history.uncommitted:
            yield from _deleted(base, reference, candidate, history.deleted)
            return


def _deleted(base: Ground, reference: Reference, path: str, commit: Commit | None) -> Iterator[Finding | Undecided]:
    """What is to be said of a path that ``commit`` deleted, or the tree if no commit has yet."""
    if base.repo.ignored(path) is not False:
        yield Undecided(reference.span, "the path is ignored, or may be")
        return
    weak = base.bygone(reference) or _is_superseded(base, path)
    if not weak:
        line = queries.line_of(base.document, reference.span)
        written = base.repo.blame(base.document.source.path, line, line)
        writer = written if isinstance(written, Unknown) or not written else written[0]
        # Who named the file after it was gone knew something: of another branch, of what is to come back.
        weak = not isinstance(writer, Commit) or (commit is not None and writer.time > commit.time)
    evidence = [proof.commit("deleted in", commit) if commit is not None else Evidence("path", "deleted, not committed yet", path=path)]
    others = base.paths.resolve(path, base.document.source.path)
    if others.how == "basename" and not ground.is_common(path):
        evidence.append(Evidence("path", f"a file of that name is `{others.paths[0]}`", path=others.paths[0]))
    yield Finding(reference.span, f"`{reference.token}` was deleted", tuple(evidence), demoted=Severity.INFO if weak else None)


def _is_superseded(base: Ground, path: str) -> bool:
    """Whether another version of the file stands beside where it stood."""
    name = posixpath.basename(path)
    if not _VERSION.search(name):
        return False
    stem = _VERSION.sub("", name)
    return any(_VERSION.sub("", posixpath.basename(other)) == stem for other in base.paths.children(posixpath.dirname(path)))
