"""Relative links and images whose target is not in the tree."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import quote

from doclint.check import Facts, Options
from doclint.checks import proof, renames
from doclint.diagnostic import Evidence, Finding, Fix, Undecided
from doclint.model.document import Document, Lifecycle, Mode, Reference
from doclint.repo.facts import Unknown
from doclint.repo.paths import PathIndex
from doclint.text import Edit

# Relative links that leave the tree on purpose: pages that a forge serves beside the files.
_FORGE = re.compile(
    r"(?:\.\./)+(?:issues|pull|pulls|wiki|actions|discussions|releases|tree|blob|projects|commit|commits|compare|tags|labels|milestones?)(?:/|$)"
)
_PLACEHOLDER = re.compile(r"[{}<>$*]|\.\.\.|…|\bXX+\b|^(?:url|link|path|file|target|tbd|todo)$", re.IGNORECASE)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each relative link that leads nowhere, in whatever tense: a link can be clicked today."""
    paths = facts.repo.paths()
    if isinstance(paths, Unknown) or document.lifecycle is Lifecycle.EXAMPLE:
        return
    for reference in document.references:
        if reference.kind == "link" and document.sections[reference.section].mode is not Mode.EXAMPLE:
            yield from _link(document, reference, paths, facts)


def _link(document: Document, reference: Reference, paths: PathIndex, facts: Facts) -> Iterator[Finding | Undecided]:
    target = re.split(r"[#?]", reference.token, maxsplit=1)[0]
    if not target or _FORGE.match(target) or _PLACEHOLDER.search(target):
        return
    home = posixpath.dirname(document.source.path)
    rooted = target.startswith("/")
    path = posixpath.normpath(target.lstrip("/") if rooted else posixpath.join(home, target))
    if path == ".." or path.startswith("../"):
        yield Undecided(reference.span, "the link leads out of the repository")
        return
    if path in paths or path == "." or paths.is_directory(path) or paths.opaque(path):
        return
    if "/" not in target and "." not in target:
        yield Undecided(reference.span, "the target may be no file but an id")
        return
    if rooted and not paths.is_directory(path.split("/", 1)[0]):
        yield Undecided(reference.span, "the site's root is not known")
        return
    ignored = facts.repo.ignored(f"{path}/" if target.endswith("/") else path)
    if ignored is not False:
        yield Undecided(reference.span, "the target is ignored" if ignored is True else ignored.reason)
        return
    if "." not in posixpath.basename(path) and not target.endswith("/"):
        history = facts.repo.history(path)
        if isinstance(history, Unknown) or not history.existed:
            yield Undecided(reference.span, "without a file's ending the target may be a page of a site")
            return
    yield _broken(document, reference, path, target, paths, facts)


def _broken(document: Document, reference: Reference, path: str, target: str, paths: PathIndex, facts: Facts) -> Finding:
    history = facts.repo.history(path)
    renamed = history.renamed if not isinstance(history, Unknown) else None
    new: str | None = None
    safe = False
    evidence: tuple[Evidence, ...] = (Evidence("path", "no such file in the tree", path=path),)
    if renamed is not None and not isinstance(renamed, Unknown):
        new, safe = renamed.path, True
        evidence = (
            proof.commit(f"renamed to `{new}` in", renamed.commit) if renamed.commit else Evidence("path", f"renamed to `{new}`", path=new),
        )
    elif not isinstance(history, Unknown) and history.deleted is not None:
        evidence = (proof.commit("deleted in", history.deleted),)
    else:
        near = paths.resolve(target, document.source.path)
        if len(near.paths) == 1 and not (near.how == "basename" and renames.COMMON.match(posixpath.basename(path))):
            new = near.paths[0]
            words = (
                "only the letter case differs from" if near.how == "case" or new.casefold() == path.casefold() else "a file of that name is"
            )
            evidence = (Evidence("path", f"{words} `{new}`", path=new),)
    fix = None
    if new is not None and reference.place == "link" and document.source.slice(reference.span).strip("<>").startswith(target):
        written = quote(posixpath.relpath(new, posixpath.dirname(document.source.path) or "."), safe="/-._~!$&'()+,;=:@")
        rest = document.source.slice(reference.span)[len(target) :]
        fix = Fix(f"link to `{written}`", (Edit(reference.span, written + rest),), safe=safe)
    return Finding(reference.span, f"the link leads to `{path}`, which does not exist", evidence, fix=fix)
