"""Links whose document is there, and whose place in it is not."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from doclint.check import Facts, Options
from doclint.checks import ground
from doclint.checks.ground import Ground
from doclint.diagnostic import Evidence, Finding, Fix, Severity, Undecided
from doclint.discover import DOCUMENTS, Globs
from doclint.late import late
from doclint.model.anchors import Anchors, anchors, loose
from doclint.model.document import Document, Lifecycle, Mode, Reference
from doclint.nearest import nearest
from doclint.repo.facts import Unknown
from doclint.repo.paths import parents
from doclint.text import DecodingError, Edit, Source, Span

# What makes a site of the documents below it, with its own rules for anchors.
_SITES = frozenset(
    """
    mkdocs.yml mkdocs.yaml docusaurus.config.js docusaurus.config.ts docusaurus.config.mjs _config.yml _config.yaml conf.py book.toml
    hugo.toml hugo.yaml hugo.yml antora.yml astro.config.mjs astro.config.ts gatsby-config.js gatsby-config.ts mint.json docs.json
    .vitepress .vuepress theme.config.tsx theme.config.jsx _quarto.yml myst.yml zensical.toml .gitbook.yaml SUMMARY.md eleventy.config.js
    .eleventy.js _sidebar.md
    """.split()
)
# Places that a forge or a browser knows without an anchor.
_KNOWN = late(r"$|top$|readme$|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?$|:~:|user-content-|issuecomment-|diff-|page=\d|!|/|\?", re.IGNORECASE)
_PLACEHOLDER = late(r"[{}<>$*]|\.\.\.|…|^(?:anchor|link|section|heading|url|tbd|todo|x+|id)(?:-(?:name|id))?$", re.IGNORECASE)
_OTHERS_RULES = "the site that is made of the document has its own rules for anchors"
_LIKENESS = 0.7


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each link to a heading that its document, this one or another of the tree, does not have."""
    base = ground.of(document, facts)
    if base is None:
        return
    for reference in document.references:
        if reference.kind not in ("anchor", "link") or document.sections[reference.section].mode is Mode.EXAMPLE:
            continue
        target, mark, anchor = reference.token.partition("#")
        # GitHub shows a document's source instead of its page where the query asks for it.
        if mark and "?" not in target:
            yield from _judge(base, reference, target, unquote(anchor))


def _judge(base: Ground, reference: Reference, target: str, anchor: str) -> Iterator[Finding | Undecided]:
    document = base.document
    own = document.source.path
    path = (
        posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(own), target))
        if target
        else own
    )
    if _KNOWN.match(anchor) or _PLACEHOLDER.search(anchor) or not Globs(DOCUMENTS).match(path) or (target and path not in base.paths):
        return
    if ground.in_wiki(path) or any(_is_site(base, each) for each in {path, own}):
        yield Undecided(reference.span, _OTHERS_RULES)
        return
    known = _anchors(base, path)
    if isinstance(known, Unknown):
        yield Undecided(reference.span, known.reason)
    elif known.own_rules or known.cut:
        yield Undecided(reference.span, _OTHERS_RULES if known.own_rules else "the document is nested too deeply to be read")
    elif not known.has(anchor):
        yield _broken(base, reference, path, anchor, known)


def _anchors(base: Ground, path: str) -> Anchors | Unknown:
    if path == base.document.source.path:
        return anchors(base.document.source.text)
    data = base.repo.read(path)
    if data is None or isinstance(data, Unknown) or base.repo.is_link(path):
        return data if isinstance(data, Unknown) else Unknown("the document cannot be read")
    try:
        return anchors(Source.decode(path, data).text)
    except DecodingError as error:
        return Unknown(error.reason)


def _is_site(base: Ground, path: str) -> bool:
    """Whether a generator's configuration lies above ``path``; what lies beside one is read on the forge as often."""
    above = {"", *parents(path)} if "/" in path else set()
    return any(posixpath.basename(child) in _SITES for directory in above for child in base.paths.children(directory))


def _broken(base: Ground, reference: Reference, path: str, anchor: str, known: Anchors) -> Finding:
    own = path == base.document.source.path
    place = "the document" if own else f"`{path}`"
    alike = known.alike.get(loose(anchor)) if loose(anchor) else None
    meant = alike or nearest(anchor, known.alike.values(), likeness=_LIKENESS)
    words = f"the nearest is `#{meant}`" if meant else "no heading and no anchor in HTML has this name"
    cased = alike is not None and alike.casefold() == anchor.casefold()
    doubtful = alike or known.torn or base.document.lifecycle is Lifecycle.HISTORICAL
    weak = Severity.INFO if cased else Severity.WARNING if doubtful else None
    return Finding(
        reference.span,
        f"{place} has no heading `#{anchor}`",
        (Evidence("path", words, path=path),),
        fix=_fix(base.document, reference, meant) if meant else None,
        demoted=weak,
    )


def _fix(document: Document, reference: Reference, meant: str) -> Fix | None:
    text = document.source.slice(reference.span)
    if reference.place != "link" or text.count("#") != 1 or any(sign in text for sign in "[]()\n"):
        return None
    start = reference.span.start + text.index("#") + 1
    end = reference.span.start + len(text.rstrip(">"))
    return Fix(f"link to `#{meant}`", (Edit(Span(start, end), meant),), safe=False)
