"""Units that are listed as still to be done, although a commit's subject says that they are finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from doclint.check import Facts, Options
from doclint.checks import proof
from doclint.diagnostic import Finding, Undecided
from doclint.model import queries, titles
from doclint.model.completions import Completion, completions, means
from doclint.model.document import Document, Lifecycle, State, Statement, Tense, Unit
from doclint.model.series import Series, series
from doclint.repo.facts import Commit, Unknown

# Every plan has a "Task 1" and a "Step 2": without a title in common their names say nothing.
_NUMBERED_ANEW = frozenset(("task", "step", "issue", "day", "story", "debt", "ticket", "plan", "pull-request", "batch", "round", "bug"))


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each unit that has not begun by its document's word, and is complete by a later commit's."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    waiting = [(unit, statements) for unit in document.units if (statements := _waits(unit))]
    if not waiting:
        return
    said = completions(facts.repo)
    if isinstance(said, Unknown):
        yield Undecided(waiting[0][1][0].span, said.reason)
        return
    home = titles.words(document.source.path) | titles.words(document.title.value if document.title else "")
    kin = series(facts.documents)
    counts = Counter((unit.kind, unit.id) for unit in document.units)
    for unit, statements in waiting:
        told = said.of(unit.kind, unit.id)
        if not told:
            continue
        alone = counts[unit.kind, unit.id] == 1 and _is_alone(document, unit, statements[0], told, home, kin)
        title = titles.words(unit.title)
        ours = [one.commit for one in told if means(one.said, title, home, alone=alone)]
        for statement in statements if ours else ():
            yield from _judge(document, unit, statement, ours, facts)


def _waits(unit: Unit) -> Sequence[Statement]:
    """The statements by which a unit has not begun, if nothing in the document says otherwise."""
    if unit.kind in ("row", "section"):
        return ()
    current = [one for one in unit.statements if one.tense is not Tense.NONE and one.status is not None]
    if any(one.status and one.status.state not in (State.NOT_STARTED, State.UNKNOWN) for one in current):
        return ()
    return [
        one
        for one in current
        if one.tense is Tense.CURRENT and one.status and one.status.state is State.NOT_STARTED and not one.status.deferred
    ]


def _is_alone(document: Document, unit: Unit, statement: Statement, told: Sequence[Completion], home: frozenset[str], kin: Series) -> bool:
    """Whether the project has but one series that the unit's name can belong to, as far as its documents and its history tell."""
    own = titles.words(unit.title)
    if unit.kind.split()[-1] in _NUMBERED_ANEW or (statement.place == "item" and own):
        return False
    for place in kin.of(unit):
        if place.document is not document and (place.title or own) and not place.title & own:
            return False
    words = [one.said.about | one.said.tight for one in told if one.said.about or one.said.tight]
    if own and not all(each & own for each in words):
        return False
    return all(one.said.series <= home | own for one in told) and (len(words) < 2 or bool(frozenset.intersection(*words)))


def _judge(document: Document, unit: Unit, statement: Statement, ours: Sequence[Commit], facts: Facts) -> Iterator[Finding | Undecided]:
    assert statement.status is not None
    line = queries.line_of(document, statement.span)
    blamed = facts.repo.blame(document.source.path, line, line)
    written = blamed if isinstance(blamed, Unknown) else blamed[0]
    if isinstance(written, Unknown):
        yield Undecided(statement.span, written.reason)
        return
    later = [commit for commit in ours if _follows(commit, written)]
    if later:
        word = document.source.slice(statement.status.word)
        listed = "an open item" if statement.place == "item" and word.strip("[ ]") == "" else f"listed as `{word}`"
        yield Finding(
            statement.status.word,
            f"`{unit.name}` is {listed}, but a commit says that it is finished",
            (proof.commit("finished in", later[-1]),),
        )


def _follows(commit: Commit, written: Commit) -> bool:
    """Whether a commit came with the line or after it: what was written later, knew of it."""
    return commit.id == written.id or commit.time >= written.time
