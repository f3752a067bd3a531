"""Lines of a file that are beyond its end."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import ground
from doclint.checks.ground import Ground
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model.document import Document, Lifecycle, Reference, Tense
from doclint.repo.facts import Unknown

_FRAGMENT = late(r"L(\d{1,7})(?:C\d{1,7})?(?:-L?(\d{1,7})(?:C\d{1,7})?)?$")
# A last line without an end counts for some editors and not for others.
_SLACK = 1


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each mention of lines that the named file does not have."""
    base = ground.of(document, facts)
    if base is None or document.lifecycle is not Lifecycle.LIVING:
        return
    lengths: dict[str, int | Unknown] = {}
    for reference in document.references:
        asked = _asked(base, reference)
        if asked is None or reference.tense is not Tense.CURRENT or base.bygone(reference):
            continue
        path, first, last = asked
        if path not in lengths:
            lengths[path] = _length(base, path)
        length = lengths[path]
        if isinstance(length, Unknown):
            yield Undecided(reference.span, length.reason)
        elif last > length + _SLACK:
            lines = f"lines {first}-{last}" if last != first else f"line {first}"
            yield Finding(
                reference.span,
                f"`{path}` has no {lines}: it ends at line {length}",
                (Evidence("path", f"the file has {length} lines", path=path),),
            )


def _asked(base: Ground, reference: Reference) -> tuple[str, int, int] | None:
    """The file that is surely meant, and the first and last line that are asked of it."""
    if reference.kind == "path" and reference.first is not None and reference.last is not None:
        resolution = base.paths.resolve(reference.token, base.document.source.path)
        if resolution.how in ("exact", "relative", "suffix") and reference.first <= reference.last:
            return resolution.paths[0], reference.first, reference.last
    elif reference.kind == "link":
        target, _, fragment = reference.token.partition("#")
        named = _FRAGMENT.match(fragment)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base.document.source.path), target)) if target else ""
        if named and path in base.paths:
            first = int(named[1])
            return path, first, max(first, int(named[2] or first))
    return None


def _length(base: Ground, path: str) -> int | Unknown:
    data = base.repo.read(path)
    if data is None or base.repo.is_link(path):
        return Unknown("the file cannot be read")
    if isinstance(data, Unknown):
        return data
    if b"\0" in data[:8000] or data.startswith(b"version https://git-lfs"):
        return Unknown("the file is no text")
    return data.count(b"\n") + (not data.endswith(b"\n"))
