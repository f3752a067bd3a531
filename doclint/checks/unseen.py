"""Paths that are said to be there, or to have been created, and that no commit of any branch ever held."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from doclint.check import Facts, Options, option
from doclint.checks import ground
from doclint.checks.ground import Ground
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model.document import Document, Lifecycle, Mode, Reference, Tense
from doclint.nearest import nearest
from doclint.repo.facts import Unknown

_FILE = late(r"\.[A-Za-z]\w{0,9}$")
_CREATED = "created"
_LIKENESS = 0.8
_MOST_NAMES = 2000


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each path that was false when it was written: said to be created (``claim: created``), or to be there (``claim: exists``)."""
    base = ground.of(document, facts)
    created = option(options, "claim", str) == _CREATED
    if base is None or document.lifecycle is Lifecycle.PLANNED or (not created and document.lifecycle is not Lifecycle.LIVING):
        return
    silenced = False
    for reference in document.references:
        if not _claims(base, reference, created=created) or base.paths.resolve(reference.token, document.source.path).how != "none":
            continue
        if base.leaves(reference.token):
            yield Undecided(reference.span, ground.EXTERNAL)
        elif not base.foreign:
            yield from _missing(base, reference, created=created)
        elif not silenced:
            silenced = True
            yield Undecided(reference.span, ground.FOREIGN)


def _claims(base: Ground, reference: Reference, *, created: bool) -> bool:
    if reference.kind != "path" or reference.arrow or reference.tense is Tense.NONE or reference.place == "link" or "\n" in reference.token:
        return False
    # Without a file's ending it may be a branch, a model, an image or a package as well.
    if "/" not in reference.token or not _FILE.search(reference.token) or ground.is_kept_out(reference.token):
        return False
    # What a checklist's items make is the checklist's to tell.
    if reference.role == "object":
        return False
    if created:
        return reference.made
    current = base.document.sections[reference.section].mode is Mode.CURRENT
    return current and reference.place in ("code", "cell") and reference.tense is Tense.CURRENT and not base.bygone(reference)


def _missing(base: Ground, reference: Reference, *, created: bool) -> Iterator[Finding | Undecided]:
    known: list[str] = []
    for candidate in base.candidates(reference.token):
        history = base.repo.history(candidate)
        if isinstance(history, Unknown):
            yield Undecided(reference.span, history.reason)
            return
        if history.existed or history.uncommitted:
            return
        ignored = base.repo.ignored(candidate)
        if ignored is not False:
            yield Undecided(reference.span, "the path is ignored, or may be")
            return
        # Where not even the first directory is known, the path is one of another repository.
        parts = posixpath.normpath(reference.token).count("/")
        if base.paths.is_directory(candidate.rsplit("/", parts)[0]):
            known.append(candidate)
    named = base.repo.named(posixpath.basename(reference.token))
    if isinstance(named, Unknown):
        yield Undecided(reference.span, named.reason)
    elif known and not named:
        said = "was never created: no commit of any branch holds it" if created else "never existed: no commit of any branch holds it"
        near = _near(base, known[0])
        evidence = Evidence("path", f"did you mean `{near}`?" if near else "no file of any branch ever had this name", path=near)
        yield Finding(reference.span, f"`{reference.token}` {said}", (evidence,))


def _near(base: Ground, path: str) -> str | None:
    directory, _, name = path.rpartition("/")
    beside = [posixpath.basename(each) for each in base.paths.children(directory)[:_MOST_NAMES] if each in base.paths]
    found = nearest(name, beside, likeness=_LIKENESS)
    return posixpath.join(directory, found) if found else None
