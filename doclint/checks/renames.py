"""Paths that a document gives for files which have moved."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import ground, proof
from doclint.checks.ground import Ground
from doclint.diagnostic import Evidence, Finding, Fix, Severity, Undecided
from doclint.discover import lifecycle as placed
from doclint.late import late
from doclint.model.document import Document, Lifecycle, Reference, Tense
from doclint.repo.facts import Rename, Unknown
from doclint.repo.paths import Resolution
from doclint.text import Edit

_VERSIONED = late(r"[_-]v?\d+(?:[._]\d+)*(?=\.\w+$)", re.IGNORECASE)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each path of today whose file Git knows to have moved; weaker proofs are told as warnings, past entries as infos."""
    base = ground.of(document, facts)
    if base is None or document.lifecycle is Lifecycle.PLANNED:
        return
    silenced = False
    for reference in document.references:
        if reference.kind != "path" or reference.arrow or reference.tense is Tense.NONE or "\n" in reference.token:
            continue
        resolution = base.paths.resolve(reference.token, document.source.path)
        if resolution.resolved:
            continue
        if base.leaves(reference.token):
            yield Undecided(reference.span, ground.EXTERNAL)
            continue
        known = list(_known(base, reference))
        yield from known
        if known or not resolution.paths:
            continue
        if not base.foreign:
            yield from _guess(base, reference, resolution)
        elif not silenced:
            silenced = True
            yield Undecided(reference.span, ground.FOREIGN)


def _known(base: Ground, reference: Reference) -> Iterator[Finding | Undecided]:
    """What history says of a path that the tree lacks."""
    for candidate in base.candidates(reference.token):
        history = base.repo.history(candidate)
        if isinstance(history, Unknown):
            yield Undecided(reference.span, history.reason)
            return
        if isinstance(history.renamed, Unknown):
            yield Undecided(reference.span, history.renamed.reason)
            return
        if history.renamed is not None:
            yield _renamed(base, reference, candidate, history.renamed)
            return
        if history.existed:
            return


def _guess(base: Ground, reference: Reference, resolution: Resolution) -> Iterator[Finding | Undecided]:
    """What the names alone say, where history knows nothing."""
    if len(resolution.paths) != 1 or "/" not in reference.token or _existed(base, reference):
        return
    new = resolution.paths[0]
    bygone = base.bygone(reference)
    if resolution.how == "case":
        yield Finding(
            reference.span,
            f"`{reference.token}` differs from `{new}` in letter case",
            (Evidence("path", f"the tree has `{new}`", path=new),),
            fix=_fix(base.document, reference, new, safe=False),
            demoted=Severity.INFO if bygone else Severity.WARNING,
        )
    elif resolution.how == "basename" and not bygone and not ground.is_common(new) and _is_a_step_away(reference.token, new):
        if base.repo.ignored(reference.token) is not False:
            yield Undecided(reference.span, "the path is ignored, or may be")
            return
        # Beside files that are there, one more is as likely to be missing as to have moved.
        beside = base.paths.is_directory(posixpath.dirname(reference.token)) and reference.token.count("/") == new.count("/")
        yield Finding(
            reference.span,
            f"`{reference.token}` does not exist; the only file of that name is `{new}`",
            (Evidence("path", "Git knows of no rename; the name alone speaks for a move", path=new),),
            fix=_fix(base.document, reference, new, safe=False),
            demoted=Severity.INFO if beside else Severity.WARNING,
        )


def _existed(base: Ground, reference: Reference) -> bool:
    return any(not isinstance(history, Unknown) and history.existed for history in map(base.repo.history, base.candidates(reference.token)))


def _is_a_step_away(token: str, new: str) -> bool:
    """Whether one directory was added, dropped or named anew, or the token says by ``./`` that it is a path from here."""
    if token.startswith("./"):
        return True
    old, now = token.split("/")[:-1], new.split("/")[:-1]
    if abs(len(old) - len(now)) > 1:
        return False
    shorter, longer = sorted((old, now), key=len)
    if len(old) == len(now):
        return sum(a != b for a, b in zip(old, now, strict=True)) == 1
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _renamed(base: Ground, reference: Reference, old: str, renamed: Rename) -> Finding:
    new = renamed.path
    when = renamed.commit
    bygone = base.bygone(reference)
    evidence = (
        proof.commit(f"renamed to `{new}` in", when) if when else Evidence("path", f"renamed to `{new}`, not committed yet", path=new)
    )
    versions = bool(_VERSIONED.search(old)) and _VERSIONED.sub("", old) == _VERSIONED.sub("", new)
    # Who calls a file by its old place means it as it was in use: its name in an archive is not what goes there unread.
    shelved = "historical" == placed(new, ()) != placed(old, ())
    return Finding(
        reference.span,
        f"`{reference.token}` was renamed to `{new}`",
        (evidence,),
        fix=_fix(base.document, reference, new, safe=not bygone and not versions and not shelved),
        demoted=Severity.INFO if bygone else Severity.WARNING if versions or base.has_date(reference) else None,
    )


def _fix(document: Document, reference: Reference, new: str, *, safe: bool) -> Fix | None:
    text = document.source.slice(reference.span)
    if not text.startswith(reference.token):
        return None
    home = posixpath.dirname(document.source.path)
    written = posixpath.relpath(new, home or ".") if reference.token.startswith(("./", "../")) else new
    return Fix(f"write `{written}`", (Edit(reference.span, written + text[len(reference.token) :]),), safe=safe)
