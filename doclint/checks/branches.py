"""Branches of which a document says what no ref bears out: that they were merged (``claim: merged``), or are there (``claim: there``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.late import late
from doclint.model import queries, titles
from doclint.model.document import Document, Lifecycle, State, Statement, Unit
from doclint.repo.facts import Base, Branch, Commit, Landing, Unknown
from doclint.repo.subjects import merged_branches
from doclint.text import Span

_MERGED = late(r"merged|landed|マージ済み|已合并", re.IGNORECASE)
# Where work lands before it comes into the base.
_BETWEEN = frozenset("dev develop development staging stage next integration main master trunk beta test qa".split())
_NUMBER = late(r"#(\d{1,9})\b")


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each unit whose status the refs refute."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    if option(options, "claim", str) == "merged":
        yield from _merged(document, facts)
    else:
        yield from _missing(document, facts)


def _names(document: Document, unit: Unit) -> Sequence[str]:
    return tuple(dict.fromkeys(document.references[index].token for index in unit.branches))


# --- said to be merged ------------------------------------------------------------------------------------------------


def _merged(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    for unit in document.units:
        statement = unit.statement
        if statement is None or statement.status is None or not unit.branches or statement.status.state is not State.DONE:
            continue
        status = statement.status
        if status.partial or not (_MERGED.fullmatch(document.source.slice(status.word)) or _MERGED.match(status.note)):
            continue
        base = facts.repo.base
        if isinstance(base, Unknown):
            yield Undecided(status.word, base.reason)
            continue
        for name in _names(document, unit):
            if name not in (base.name, f"origin/{base.name}"):
                yield from _lacks(document, unit, statement, name, base, facts)


def _lacks(document: Document, unit: Unit, statement: Statement, name: str, base: Base, facts: Facts) -> Iterator[Finding | Undecided]:
    assert statement.status is not None
    word = statement.status.word
    branch = facts.repo.branch(name)
    if branch is None:
        return
    landed = branch if isinstance(branch, Unknown) else branch.landed
    if isinstance(branch, Unknown) or isinstance(landed, Unknown):
        assert isinstance(landed, Unknown)
        yield Undecided(word, landed.reason)
        return
    if landed is not None or not branch.own_work or branch.tip is None:
        return
    log = facts.repo.log()
    if isinstance(log, Unknown):
        yield Undecided(word, log.reason)
        return
    reason = _doubt(document, unit, statement, branch, branch.tip, base, log, facts)
    if reason:
        yield Undecided(word, reason)
    elif reason is None:
        lacking = f"{branch.ahead} commit{'s' if branch.ahead != 1 else ''}" if isinstance(branch.ahead, int) else "commits"
        yield Finding(
            word,
            f"`{unit.name}` is said to be `{document.source.slice(word)}`, but `{base.name}` lacks {lacking} of its branch `{name}`",
            (proof.commit("the last of them is", branch.tip), Evidence("ref", f"the branch `{name}` stands there", ref=name)),
        )


def _doubt(
    document: Document, unit: Unit, statement: Statement, branch: Branch, tip: Commit, base: Base, log: Sequence[Commit], facts: Facts
) -> str | None:
    """Why the claim can be true although the base lacks commits of the branch: a reason, ``""`` where it is plainly true, else None."""
    head = facts.repo.head
    if not isinstance(head, Commit):
        return "nothing is committed yet" if head is None else head.reason
    # A branch marks its own row as merged before it is.
    if all(commit.id != head.id for commit in log):
        return f"the document is on a branch that is not in `{base.name}`"
    if facts.repo.origin == "revision" and tip.time > head.time:
        return f"the branch `{branch.name}` has moved on since"
    line = queries.line_span(document, statement.span)
    if _landed_by_number(document, statement.span, facts):
        return ""
    refs = facts.repo.refs()
    others = set(refs if not isinstance(refs, Unknown) else ()) & _BETWEEN - {base.name, branch.name}
    if others and not re.search(rf"(?<![\w/-]){re.escape(base.name)}(?![\w/-])", document.source.slice(line)):
        return "it is not said where it was merged into"
    theme = titles.words(f"{branch.name} {tip.subject}")
    for commit in log:
        if len(commit.parents) > 1 and any(merged.name == branch.name for merged in merged_branches(commit.subject)):
            # It was merged, and has gone on.
            return ""
        if commit.subject == tip.subject or (commit.time >= tip.time and len(theme & titles.words(commit.subject)) >= 2):
            return f"{commit.short} may hold its work in another form"
    return None


def _landed_by_number(document: Document, span: Span, facts: Facts) -> bool:
    """Whether the line around ``span`` names a pull request that was merged."""
    numbers = _NUMBER.findall(document.source.slice(queries.line_span(document, span)))
    return any(isinstance(facts.repo.pull_request(int(number)), Landing) for number in numbers)


# --- said to be there -------------------------------------------------------------------------------------------------


def _missing(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    places: list[tuple[Unit, Statement, int]] = []
    known = set()
    for unit in document.units:
        there = {index: facts.repo.branch(document.references[index].token) for index in unit.branches}
        known |= {found.name for found in there.values() if isinstance(found, Branch) and found.tip is not None}
        # A branch that follows another one up carries the work on, whatever became of the first.
        carried = any(isinstance(found, Branch) for found in there.values())
        statement = unit.statement
        sought = not carried and statement is not None and unit.state in (State.ACTIVE, State.WAITING, State.BLOCKED)
        for index, found in there.items():
            span = document.references[index].span
            if isinstance(found, Unknown):
                yield Undecided(span, found.reason)
            # A branch that landed as a pull request is gone since; that its row calls it open is for ST002 to tell.
            elif found is None and sought and statement is not None and not _landed_by_number(document, span, facts):
                places.append((unit, statement, index))
    if not places:
        return
    refs = facts.repo.refs()
    head = facts.repo.head
    if isinstance(refs, Unknown):
        yield Undecided(document.references[places[0][2]].span, refs.reason)
        return
    stood = facts.repo.origin != "revision" or (isinstance(head, Commit) and head.id in refs.values())
    for unit, statement, index in places:
        reference = document.references[index]
        near = _near(reference.token, refs)
        if not stood:
            yield Undecided(reference.span, "which branches there were at this revision is not known")
        elif near or len(known) > len(places):
            assert statement.status is not None
            yield Finding(
                reference.span,
                f"`{unit.name}` is `{document.source.slice(statement.status.word)}` on the branch `{reference.token}`, which no ref and no "
                f"merge knows{f'; did you mean `{near}`?' if near else ''}",
                (Evidence("count", f"{len(known)} other branches of this document are there"),) if not near else (),
                label=f"the branch `{near}` is there" if near else None,
            )


def _near(name: str, refs: Sequence[str] | object) -> str | None:
    """The branch that was probably meant: all parts of its name are the same but one, which is misspelt."""
    from doclint.nearest import nearest

    assert hasattr(refs, "__iter__")
    best = nearest(name, refs, likeness=0.85)
    if best is None or re.findall(r"\d+", best) != re.findall(r"\d+", name):
        return None
    one, other = re.split(r"[-_/.]", name), re.split(r"[-_/.]", best)
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return best if len(one) == len(other) and len(differing) == 1 and min(map(len, differing[0])) >= 4 else None
