"""Commands that ask for a branch which the repository does not have."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.checks import ground
from doclint.diagnostic import Evidence, Finding, Fix, Undecided
from doclint.model.commands import Command, shell
from doclint.model.document import Document, Lifecycle, Mode, Tense
from doclint.repo.facts import Unknown
from doclint.text import Edit

# A branch of another name may be local, to come, or gone after its merge; what work starts from is there or it is not.
_STARTS = frozenset(("main", "master", "develop", "trunk"))
_SOME = 3
_DEFAULTS = frozenset(("main", "master"))


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each command of today that asks for a usual base branch, where another one is the base."""
    base = ground.of(document, facts)
    if base is None or base.foreign or document.lifecycle is not Lifecycle.LIVING:
        return
    said = shell(document)
    starts = [section.span.start for section in document.sections]
    for command in said.commands:
        name = command.branch.removeprefix("origin/")
        if name not in _STARTS or name in said.made or command.branch in said.made:
            continue
        section = document.sections[max(0, bisect.bisect_right(starts, command.span.start) - 1)]
        if section.tense is not Tense.CURRENT or section.mode in (Mode.EXAMPLE, Mode.LOG) or base.logs(command.span):
            continue
        yield from _judge(command, name, facts)


def _judge(command: Command, name: str, facts: Facts) -> Iterator[Finding | Undecided]:
    landing = facts.repo.base
    refs = facts.repo.refs()
    branch = facts.repo.branch(name)
    for answer in (landing, refs, branch):
        if isinstance(answer, Unknown):
            yield Undecided(command.span, answer.reason)
            return
    assert not isinstance(landing, Unknown)
    assert not isinstance(refs, Unknown)
    if branch is not None or name in refs or landing.name == name:
        return
    # A clone may hold one branch of many; two defaults are rare.
    rivals = name in _DEFAULTS and landing.name in _STARTS
    if landing.name not in refs or (not rivals and len(refs) < _SOME):
        yield Undecided(command.span, "this clone may hold only some branches")
        return
    written = "origin/" * command.branch.startswith("origin/") + landing.name
    yield Finding(
        command.span,
        f"`{command.text}` asks for a branch that does not exist; the base branch is `{landing.name}`",
        (Evidence("ref", f"no ref and no merge is named `{name}`", ref=landing.name),),
        fix=Fix(f"write `{written}`", (Edit(command.span, written),), safe=False),
    )
