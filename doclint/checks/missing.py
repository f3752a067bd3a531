"""Finished work that made a file of which Git has never heard: items (``of: items``), and units with outputs (``of: units``)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from doclint.check import Facts, Options, option
from doclint.checks import ground
from doclint.checks.ground import Ground
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model import queries
from doclint.model.document import Document, Lifecycle, Mode, Reference, State, Tense
from doclint.nearest import nearest
from doclint.repo.facts import Unknown

# An earlier version's file has gone the way of all versions.
_VERSIONED = late(r"(?:[_-]v\d+(?:[._]\d+)*|\d+\.\d+)(?=\.\w+$)", re.IGNORECASE)
# What may follow the name of a thing that was made: nothing, a remark, or what it is for. "robots.txt support" is another thing.
_FOLLOWS = late(
    r"[`*_)\]]*(?:\s*(?:$|[\n\u2014\u2013:;,.(+&\u2192|\[/]|-\s|\W*$)|\s+(?:with|for|to|in|at|as|and|using|from|by|that|which|of|file|script|module|doc"
    r"|document|template|created|added|written|implemented|exists)\b)",
    re.IGNORECASE,
)
# So many names of a list must be known before one of them can be missing.
_COMPANY = 2


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each file that finished work has made, and that no commit of any ref has ever held."""
    here = ground.of(document, facts)
    if here is None or here.foreign or document.lifecycle is not Lifecycle.LIVING:
        return
    if option(options, "of", str) == "units":
        yield from _outputs(document, here)
    else:
        yield from _items(document, here)


def _outputs(document: Document, here: Ground) -> Iterator[Finding | Undecided]:
    """What the outputs of finished units name."""
    for unit in document.units:
        statement = unit.statement
        status = statement.status if statement is not None else None
        if status is None or status.state is not State.DONE or status.partial or status.deferred:
            continue
        for index in (*unit.outputs, *(index for index in unit.files if "/" in document.references[index].token)):
            reference = document.references[index]
            if _is_claimed(document, reference) and not here.paths.resolve(reference.token, document.source.path).resolved:
                yield from _never(document, reference, here, f"`{unit.name}` is `{document.source.slice(status.word)}`")


def _items(document: Document, here: Ground) -> Iterator[Finding | Undecided]:
    for item in document.items:
        if item.state is not State.DONE or item.verb != "create" or item.tense is not Tense.CURRENT or item.deferred:
            continue
        if item.status is not None and item.status.state is not State.DONE:
            continue
        # Before a criterion a sign says what is asked for, not what was made.
        if item.marker == "sign" and any(around.role == "checklist" for around in queries.around(document, item.section)):
            continue
        for index in item.objects:
            reference = document.references[index]
            # Behind a sign a bare name is a wish as often: "✅ ARCHITECTURE.md" among the criteria of success.
            if item.marker == "sign" and "/" not in reference.token:
                continue
            if _is_claimed(document, reference) and not here.paths.resolve(reference.token, document.source.path).resolved:
                yield from _never(document, reference, here, "the item is done")


def _is_claimed(document: Document, reference: Reference) -> bool:
    """Whether the reference says of a file that it was made here: a name with an ending, of no other version, and nothing else's."""
    name = posixpath.basename(reference.token)
    if reference.kind != "path" or reference.arrow or "." not in name[1:] or ground.is_kept_out(reference.token) or _VERSIONED.search(name):
        return False
    # A ticked item claims what it made in a plan as well.
    if reference.tense is not Tense.CURRENT and document.sections[reference.section].mode is not Mode.PLAN:
        return False
    leaf = queries.inline_at(document, reference.span.start)
    return leaf is not None and bool(_FOLLOWS.match(leaf[1].text, leaf[1].at(reference.span.end)))


def _never(document: Document, reference: Reference, here: Ground, claim: str) -> Iterator[Finding | Undecided]:
    token = posixpath.normpath(reference.token)
    directory, name = posixpath.split(token)
    home = posixpath.dirname(document.source.path)
    if (
        here.leaves(token)
        or token.startswith("..")
        or not (_is_known(directory, here) if directory else _has_company(document, reference, here))
    ):
        return
    for path in here.candidates(token):
        ignored = here.repo.ignored(path)
        if ignored is True:
            return
        if isinstance(ignored, Unknown):
            yield Undecided(reference.span, ignored.reason)
            return
    known = here.repo.named(name)
    if isinstance(known, Unknown):
        yield Undecided(reference.span, known.reason)
        return
    if known:
        return
    near = _near(here, name, directory or home)
    evidence = (Evidence("path", f"the nearest name in the tree is `{near}`", path=near),) if near else ()
    yield Finding(
        reference.span,
        f"{claim}, but no commit has ever held `{reference.token}`",
        evidence,
        label=None if near else "in no commit of any branch",
    )


def _is_known(directory: str, here: Ground) -> bool:
    """Whether the path's first directory is one of this tree; another repository's files are none of ours."""
    first = directory.partition("/")[0]
    return here.paths.resolve(f"{first}/", here.document.source.path).resolved


def _has_company(document: Document, reference: Reference, here: Ground) -> bool:
    """Whether most of the files that the section names beside a bare name are there: then the list is of this tree's files."""
    others = {
        one.token
        for one in queries.in_span(document.references, document.sections[reference.section].body)
        if one.kind == "path" and one.token != reference.token
    }
    known = sum(here.paths.resolve(token, document.source.path).resolved for token in others)
    return known >= _COMPANY and 2 * known >= len(others)


def _near(here: Ground, name: str, directory: str) -> str | None:
    """The file whose name is most like ``name``: in its own directory, or else among all files with that ending."""
    stem, ending = posixpath.splitext(name)
    beside = [path for path in here.paths.children(directory) if path.endswith(ending)]
    for files in (beside, [path for path in here.paths.files if path.endswith(ending)]):
        by_stem = {posixpath.basename(path).removesuffix(ending): path for path in files}
        found = nearest(stem, by_stem) if len(by_stem) <= _MANY else None
        if found:
            return by_stem[found]
    return None


# Among more names than this one is like any other.
_MANY = 2000
