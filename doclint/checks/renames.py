"""Paths that a document gives for files which have moved."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Evidence, Finding, Fix, Severity, Undecided
from doclint.model import dates
from doclint.model.document import Document, Lifecycle, Reference, State, Tense
from doclint.repo.facts import PathHistory, Rename, Unknown
from doclint.repo.paths import PathIndex, Resolution
from doclint.text import Edit

# Names that many directories have: a file of that name elsewhere proves no move.
COMMON = re.compile(
    r"(?:readme|index|main|app|mod|lib|init|__init__|__main__|types|utils?|helpers?|config|settings|constants|models?|schema|routes?|page|layout|test|tests|setup|status|changelog|todo|notes|conftest|package|tsconfig|dockerfile|makefile|claude|agents|architecture|handoff|roadmap|license|contributing|security|overview|summary)\b",
    re.IGNORECASE,
)
_VERSIONED = re.compile(r"[_-]v?\d+(?:[._]\d+)*(?=\.\w+$)", re.IGNORECASE)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each path of today whose file Git knows to have moved; weaker proofs are told as warnings, past entries as infos."""
    paths = facts.repo.paths()
    if isinstance(paths, Unknown) or document.lifecycle in (Lifecycle.EXAMPLE, Lifecycle.PLANNED):
        return
    foreign = _foreign(document, paths)
    for reference in document.references:
        if reference.kind != "path" or reference.arrow or reference.tense is Tense.NONE or "\n" in reference.token:
            continue
        resolution = paths.resolve(reference.token, document.source.path)
        if resolution.resolved:
            continue
        yield from _missing(document, reference, resolution, paths, facts, foreign)


def _foreign(document: Document, paths: PathIndex) -> bool:
    """Whether most paths with a directory resolve to nothing: then the document is about another repository."""
    slashed = [r for r in document.references if r.kind == "path" and "/" in r.token and r.tense is Tense.CURRENT]
    if len(slashed) < 5:
        return False
    return sum(paths.resolve(r.token, document.source.path).resolved for r in slashed) < 0.2 * len(slashed)


def _missing(
    document: Document, reference: Reference, resolution: Resolution, paths: PathIndex, facts: Facts, foreign: bool
) -> Iterator[Finding | Undecided]:
    # An entry, the newest included, tells of its day.
    logged = reference.tense is Tense.HISTORICAL or any(reference.span in entry.span for entry in document.entries)
    past = logged or document.lifecycle is Lifecycle.HISTORICAL or _dated(document)
    for candidate in _candidates(document, reference):
        history = facts.repo.history(candidate)
        if isinstance(history, Unknown):
            yield Undecided(reference.span, history.reason)
            return
        if isinstance(history.renamed, Unknown):
            yield Undecided(reference.span, history.renamed.reason)
            return
        if history.renamed is not None:
            yield _renamed(document, reference, candidate, history, history.renamed, past)
            return
        if history.existed:
            return
    if foreign or len(resolution.paths) != 1 or "/" not in reference.token or past:
        return
    new = resolution.paths[0]
    name = posixpath.basename(reference.token)
    if resolution.how == "case":
        yield Finding(
            reference.span,
            f"`{reference.token}` differs from `{new}` in letter case",
            (Evidence("path", f"the tree has `{new}`", path=new),),
            fix=_fix(document, reference, new, safe=False),
            demoted=Severity.WARNING,
        )
    elif resolution.how == "basename" and not COMMON.match(name) and _is_a_step_away(reference.token, new):
        if facts.repo.ignored(reference.token) is not False:
            yield Undecided(reference.span, "the path is ignored, or may be")
            return
        yield Finding(
            reference.span,
            f"`{reference.token}` does not exist; the only file of that name is `{new}`",
            (Evidence("path", "Git knows of no rename; the name alone speaks for a move", path=new),),
            fix=_fix(document, reference, new, safe=False),
            demoted=Severity.WARNING,
        )


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


def _candidates(document: Document, reference: Reference) -> list[str]:
    """The paths that the token may have meant: from the root, and from the document's own directory."""
    home = posixpath.dirname(document.source.path)
    rooted = posixpath.normpath(reference.token)
    local = posixpath.normpath(posixpath.join(home, reference.token))
    both = [local, rooted] if reference.token.startswith(("./", "../")) else [rooted, local]
    return [path for path in dict.fromkeys(both) if path != ".." and not path.startswith("../")]


def _renamed(document: Document, reference: Reference, old: str, history: PathHistory, renamed: Rename, past: bool) -> Finding:
    new = renamed.path
    when = renamed.commit
    evidence = (
        proof.commit(f"renamed to `{new}` in", when) if when else Evidence("path", f"renamed to `{new}`, not committed yet", path=new)
    )
    versions = bool(_VERSIONED.search(old)) and _VERSIONED.sub("", old) == _VERSIONED.sub("", new)
    return Finding(
        reference.span,
        f"`{reference.token}` was renamed to `{new}`",
        (evidence,),
        fix=_fix(document, reference, new, safe=not past and not versions),
        demoted=Severity.INFO if past else Severity.WARNING if versions else None,
    )


def _dated(document: Document) -> bool:
    """A handoff with a date records its day; so does what has a date in its file's name, and what calls itself done."""
    closed = document.status is not None and document.status.state in (State.DONE, State.DROPPED)
    return closed or (document.type == "handoff" and document.date is not None) or dates.in_name(document.source.path) is not None


def _fix(document: Document, reference: Reference, new: str, *, safe: bool) -> Fix | None:
    text = document.source.slice(reference.span)
    if not text.startswith(reference.token):
        return None
    home = posixpath.dirname(document.source.path)
    written = posixpath.relpath(new, home or ".") if reference.token.startswith(("./", "../")) else new
    return Fix(f"write `{written}`", (Edit(reference.span, written + text[len(reference.token) :]),), safe=safe)
