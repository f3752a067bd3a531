"""Paths that a document calls its own, and that are not."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import ground
from doclint.checks.ground import Ground
from doclint.diagnostic import Evidence, Finding, Fix, Undecided
from doclint.model.document import Document, Lifecycle
from doclint.model.selves import Own, selves
from doclint.repo.facts import Unknown
from doclint.text import Edit


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each path beside "this file" that is not this file's."""
    base = ground.of(document, facts)
    # A record keeps the name that the document had on its day.
    if base is None or base.dated or document.lifecycle is not Lifecycle.LIVING:
        return
    here = document.source.path
    for own in selves(document):
        name = posixpath.basename(own.path)
        if (
            base.logs(own.span)
            or _is_here(base, own)
            or posixpath.splitext(name)[1] != posixpath.splitext(here)[1]
            or _is_another(base, own)
        ):
            continue
        written = here if own.whole else posixpath.basename(here)
        yield Finding(
            own.span,
            f"`{own.path}` is called this file, which is `{here}`",
            (Evidence("path", "no such file in the tree", path=own.path),),
            fix=Fix(f"write `{written}`", (Edit(own.span, written),), safe=False),
        )


def _is_here(base: Ground, own: Own) -> bool:
    here = base.document.source.path
    if not own.whole:
        return posixpath.basename(own.path) == posixpath.basename(here)
    plain = posixpath.normpath(own.path).lstrip("/")
    return here == plain or here.endswith(f"/{plain}") or plain.endswith(f"/{here}") or here in base.paths.resolve(own.path, here).paths


def _is_another(base: Ground, own: Own) -> bool:
    """Whether the path is that of another file, which the sentence may be about, or one that Git knows to be here now."""
    if base.paths.resolve(own.path, base.document.source.path).resolved:
        return True
    for candidate in base.candidates(own.path) if own.whole else ():
        history = base.repo.history(candidate)
        if isinstance(history, Unknown) or history.renamed is not None:
            return True
    return False
