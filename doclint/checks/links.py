"""Relative links and images whose target is not in the tree."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from doclint.check import Facts, Options
from doclint.checks import ground, proof
from doclint.checks.ground import Ground
from doclint.diagnostic import Evidence, Finding, Fix, Severity, Undecided
from doclint.late import late
from doclint.model import fences
from doclint.model.document import Document, Lifecycle, Mode, Reference
from doclint.nearest import nearest
from doclint.repo.facts import Unknown
from doclint.text import Edit

# Relative links that leave the tree on purpose: pages that a forge serves beside the files.
_FORGE = late(
    r"(?:\.\./)+(?:issues|pull|pulls|wiki|actions|discussions|releases|tree|blob|projects|commit|commits|compare|tags|labels|milestones?)(?:/|$)"
)
_PLACEHOLDER = late(r"[{}<>$*]|\.\.\.|…|\bXX+\b|^(?:url|link|path|file|target|tbd|todo)$", re.IGNORECASE)
# A name in brackets stands for another: `reports/[month].md`. Routes of web frameworks are written so too, and are no documents.
_NAMED_PLACEHOLDER = late(r"\[[^\[\]/]+\][^/]*\.(?:md|markdown|rst|txt|html?|pdf)$", re.IGNORECASE)
# What a writer puts behind a link whose target is still to come.
_ANNOUNCED = late(
    r"\)?[ \t*_`>~]{0,6}[(\[][ \t*_]{0,3}"
    r"(?:todo|tbd|tba|planned|coming soon|to come|to be (?:written|created|added)|not (?:yet )?written"
    r"|(?:create|add)(?: it| this| them)? (?:if|when|once)|if (?:missing|absent|present|it exists|there is one))\b",
    re.IGNORECASE,
)
_PROGRAM = late(r"\.(?:dll|exe|so|dylib|lib|jar)$", re.IGNORECASE)
_LINES = late(r"(?P<path>.*\.\w+):(?P<first>\d+)(?:-(?P<last>\d+))?$", re.DOTALL)
_NUMBERS = late(r"\d+")
# A name that differs in more than a slip of the pen is another name.
_LIKENESS = 0.85
_MOST_NAMES = 2000


class _Way(NamedTuple):
    """Where a broken link was probably to lead: ``safe`` if Git says so, ``fragment`` what takes the place of line numbers."""

    path: str
    evidence: Evidence
    safe: bool = False
    fragment: str = ""


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each relative link that leads nowhere, in whatever tense: a link can be clicked today."""
    base = ground.of(document, facts)
    if base is None:
        return
    for reference in document.references:
        if reference.kind == "link" and document.sections[reference.section].mode is not Mode.EXAMPLE:
            yield from _link(base, reference)


def _link(base: Ground, reference: Reference) -> Iterator[Finding | Undecided]:
    paths = base.paths
    target = re.split(r"[#?]", reference.token, maxsplit=1)[0]
    if not target or _FORGE.match(target) or _PLACEHOLDER.search(target) or _NAMED_PLACEHOLDER.search(target):
        return
    home = posixpath.dirname(base.document.source.path)
    rooted = target.startswith("/")
    path = posixpath.normpath(target.lstrip("/") if rooted else posixpath.join(home, target))
    if path == ".." or path.startswith("../"):
        yield Undecided(reference.span, "the link leads out of the repository")
        return
    if path in paths or path == "." or paths.is_directory(path) or paths.opaque(path):
        return
    if base.leaves(path) or base.leaves(target):
        yield Undecided(reference.span, ground.EXTERNAL)
        return
    if "/" not in target and "." not in target:
        yield Undecided(reference.span, "the target may be no file but an id")
        return
    if rooted and not paths.is_directory(path.split("/", 1)[0]):
        yield Undecided(reference.span, "the site's root is not known")
        return
    if ground.in_wiki(base.document.source.path):
        yield Undecided(reference.span, "a wiki has its own rules for links")
        return
    if home and any(map(_PROGRAM.search, paths.children(home))):
        yield Undecided(reference.span, "the document came with the programs beside it")
        return
    ignored = base.repo.ignored(f"{path}/" if target.endswith("/") else path)
    if ignored is not False:
        yield Undecided(reference.span, "the target is ignored" if ignored is True else ignored.reason)
        return
    if "." not in posixpath.basename(path) and not target.endswith("/"):
        history = base.repo.history(path)
        if isinstance(history, Unknown) or not history.existed:
            yield Undecided(reference.span, "without a file's ending the target may be a page of a site")
            return
    yield _broken(base, reference, path, target)


def _broken(base: Ground, reference: Reference, path: str, target: str) -> Finding:
    document = base.document
    history = base.repo.history(path)
    renamed = history.renamed if not isinstance(history, Unknown) else None
    way: _Way | None = None
    evidence = Evidence("path", "no such file in the tree", path=path)
    if renamed is not None and not isinstance(renamed, Unknown):
        told = f"renamed to `{renamed.path}`"
        moved = proof.commit(f"{told} in", renamed.commit) if renamed.commit else Evidence("path", told, path=renamed.path)
        way = _Way(renamed.path, moved, safe=True)
    elif not isinstance(history, Unknown) and history.deleted is not None:
        evidence = proof.commit("deleted in", history.deleted)
    else:
        way = _lines(base, path) or _elsewhere(base, path, target) or _misspelt(base, path)
    torn = fences.torn(document.source, document.root)
    announced = bool(_ANNOUNCED.match(document.source.text, reference.span.end, reference.span.end + 40))
    planned = announced or document.lifecycle is Lifecycle.PLANNED or document.sections[reference.section].mode is Mode.PLAN
    still_to_come = planned and way is None and not isinstance(history, Unknown) and not history.existed
    weak = (
        document.lifecycle is Lifecycle.HISTORICAL
        or announced
        or still_to_come
        or (torn is not None and reference.span.start > torn)
        or (way is not None and bool(way.fragment))
    )
    return Finding(
        reference.span,
        f"the link leads to `{path}`, which does not exist",
        (way.evidence if way else evidence,),
        fix=_fix(document, reference, target, way) if way else None,
        demoted=Severity.INFO if announced and still_to_come else Severity.WARNING if weak else None,
    )


def _lines(base: Ground, path: str) -> _Way | None:
    """The file of a target such as ``load.py:10-20``, whose line numbers a link has behind ``#``."""
    match = _LINES.match(path)
    if match is None or match["path"] not in base.paths:
        return None
    fragment = f"#L{match['first']}" + (f"-L{match['last']}" if match["last"] else "")
    return _Way(match["path"], Evidence("path", f"a link to lines is written `{fragment}`", path=match["path"]), fragment=fragment)


def _elsewhere(base: Ground, path: str, target: str) -> _Way | None:
    """The one file that has this name, at another place or in another letter case."""
    near = base.paths.resolve(target, base.document.source.path)
    if len(near.paths) != 1 or (near.how == "basename" and ground.is_common(path)):
        return None
    new = near.paths[0]
    words = "only the letter case differs from" if near.how == "case" or new.casefold() == path.casefold() else "a file of that name is"
    return _Way(new, Evidence("path", f"{words} `{new}`", path=new))


def _misspelt(base: Ground, path: str) -> _Way | None:
    """The file of the same directory whose name is almost this one; another number is another file."""
    directory, _, name = path.rpartition("/")
    numbers, ending = _NUMBERS.findall(name), posixpath.splitext(name)[1]
    beside = [posixpath.basename(each) for each in base.paths.children(directory)[:_MOST_NAMES] if each in base.paths]
    alike = [each for each in beside if each.endswith(ending) and _NUMBERS.findall(each) == numbers]
    found = nearest(name, alike, likeness=_LIKENESS)
    new = posixpath.join(directory, found) if found else None
    return _Way(new, Evidence("path", f"did you mean `{new}`?", path=new)) if new else None


def _fix(document: Document, reference: Reference, target: str, way: _Way) -> Fix | None:
    text = document.source.slice(reference.span)
    if reference.place != "link" or not text.strip("<>").startswith(target):
        return None
    written = quote(posixpath.relpath(way.path, posixpath.dirname(document.source.path) or "."), safe="/-._~!$&'()+,;=:@") + way.fragment
    return Fix(f"link to `{written}`", (Edit(reference.span, written + text[len(target) :]),), safe=way.safe)
