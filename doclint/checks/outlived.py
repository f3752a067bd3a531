"""Documents of one piece of work, whose branch or pull request has landed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Finding, Undecided
from doclint.late import late
from doclint.model import dates
from doclint.model.document import Document, Field, Lifecycle, Reference, State, Tense
from doclint.model.queries import in_span, line_of
from doclint.repo.facts import Landing, Unknown

_TOP_LINES = 20
# The title's section, or the first below it.
_FIRST_SECTION = 2
# A branch of one plain word (develop, staging) is there for many pieces of work.
_OF_ONE_WORK = late(r"[-/_\d]")
_ADMITS = late(r"(?<!not )(?<!not yet )(?<!un)\b(?:merged|landed|closed|deleted|done|complete[d]?|released)\b", re.IGNORECASE)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield the branch or the pull requests that the document names as its own, if all of them have landed in the base."""
    status = document.status
    # A document with a date in its name is a record of that day.
    if (
        document.lifecycle is not Lifecycle.LIVING
        or dates.in_name(document.source.path)
        or (status is not None and status.state in (State.DONE, State.DROPPED))
    ):
        return
    own = [field for field in document.fields if _is_own(document, field)]
    named = [(field, found) for field in own for found in _named(document, field)]
    if not named or len({found.token for _, found in named if found.kind == "branch"}) > 1:
        return
    base = facts.repo.base
    span = named[0][1].span
    if isinstance(base, Unknown):
        yield Undecided(span, base.reason)
        return
    landings = []
    for _, found in named:
        landing = _landing(found, facts, base.name)
        if isinstance(landing, Unknown):
            yield Undecided(found.span, landing.reason)
            return
        if landing is None:
            return
        landings.append(landing)
    what = "branch" if named[0][1].kind == "branch" else "pull request"
    yield Finding(
        span,
        f"the {what} `{named[0][1].token}` of this document was merged into `{base.name}`",
        tuple(map(proof.landed, dict.fromkeys(landings))),
    )


def _is_own(document: Document, field: Field) -> bool:
    """Whether ``field`` is one of the keys at the top of the document that say which branch or pull request it is about."""
    return (
        field.role in ("branch", "pull-request")
        and field.tense is Tense.CURRENT
        and field.unit is None
        and field.section <= _FIRST_SECTION
        and line_of(document, field.span) <= _TOP_LINES
        and not _ADMITS.search(field.value.value)
    )


def _named(document: Document, field: Field) -> list[Reference]:
    """What ``field`` names: the first branch (others are where it came from or goes to), or all pull requests."""
    found = in_span(document.references, field.span)
    if field.role == "branch":
        return [one for one in found if one.kind == "branch"][:1]
    return [one for one in found if one.kind == "pull-request"]


def _landing(found: Reference, facts: Facts, base: str) -> Landing | Unknown | None:
    if found.kind == "pull-request":
        number = found.token.lstrip("#")
        return facts.repo.pull_request(int(number)) if number.isdecimal() else None
    if found.token in (base, f"origin/{base}") or not _OF_ONE_WORK.search(found.token):
        return None
    branch = facts.repo.branch(found.token)
    if branch is None or isinstance(branch, Unknown):
        return branch
    return branch.landed if branch.own_work or isinstance(branch.landed, Unknown) else None
