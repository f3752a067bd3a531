"""Since when the faults of a tree stand: each is followed back along the first-parent line behind the tree.

A fault is known again by its rule and its line, as fingerprints know it, and among equal lines by what is said of them; its document
through renames. It *began* in the first commit from which on it stands without a gap; one that was mended and came back began when it came
back. A commit is judged as it was on its day - its tree, its history, its date - but by the rules and the configuration of today.

Not every commit is judged. Where the document was changed, both sides of the change are. Between two versions of the document only the
world moves, and there it is assumed to turn once: a fault that stands at the end of such a stretch and not at its beginning is looked for
by halving it.
"""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

from doclint import engine
from doclint.config import Plan
from doclint.diagnostic import Diagnostic
from doclint.errors import UsageError
from doclint.past import TREE, Court, Key, Progress, State, Traced, squeezed_at
from doclint.repo.facts import SHALLOW, Base, Commit, Unknown
from doclint.report import Crash, Report

if TYPE_CHECKING:
    from doclint.repo.absent import AbsentRepo
    from doclint.repo.git import GitRepo

Cause = Literal["document", "world"]


class Beginning(NamedTuple):
    """Where a fault began.

    ``commit``: in ``commit``. ``before``: it stands in ``commit`` already, and ``reason`` says why nothing older was judged.
    ``uncommitted``: no commit has it yet. ``base``: it comes of commits that the base has and the tree's own history lacks; ``commit`` is
    the one that proves it, if one does. ``calendar``: no commit brought it, but the days since ``commit``. ``cause`` says whether the
    document changed or the world around it, where that is known.
    """

    kind: Literal["commit", "before", "uncommitted", "base", "calendar"]
    commit: Commit | None = None
    cause: Cause | None = None
    reason: str | None = None


class Standing(NamedTuple):
    """A fault that stands, where it began, and the days since then: at least so many where it began before what was judged."""

    diagnostic: Diagnostic
    beginning: Beginning
    days: int


class Summary(NamedTuple):
    """The figures: documents with faults, the fault that stands longest, the median of the days, and how many began by what."""

    documents: int
    oldest: Standing | None
    median: float | None
    document: int
    world: int


@dataclass(frozen=True, slots=True)
class Replay:
    """What ``report`` finds, with its beginnings; by document, the oldest first.

    ``commits`` and ``judged`` tell what it cost: the commits that were looked into, and how often a document was judged in one.
    """

    report: Report
    today: datetime.date
    since: str | None
    standing: Sequence[Standing]
    crashes: Sequence[Crash]
    commits: int
    judged: int

    def summary(self) -> Summary:
        """The figures of the whole."""
        causes = [one.beginning.cause for one in self.standing]
        return Summary(
            documents=len({one.diagnostic.path for one in self.standing}),
            oldest=max(self.standing, key=_age, default=None),
            median=median(one.days for one in self.standing) if self.standing else None,
            document=causes.count("document"),
            world=causes.count("world"),
        )


def replay(
    plan: Plan,
    repo: GitRepo | AbsentRepo,
    paths: Sequence[str],
    today: datetime.date,
    *,
    since: str | None = None,
    progress: Progress | None = None,
) -> Replay:
    """The faults that ``check`` finds in the documents at ``paths``, and where they began, looking no further back than ``since``.

    Raises UsageError outside of a repository, GitError where Git fails or there is no revision ``since``.
    """
    from doclint.repo.absent import AbsentRepo

    if isinstance(repo, AbsentRepo):
        raise UsageError(f"{repo.root} is not in a Git repository: there is no history to replay")
    line = repo.line(since)
    report = engine.check(plan, repo, paths, today)
    court = Court(plan, repo, line, today, [one.path for one in report.documents], progress)
    faults = _faults(report, court)
    _search(faults, court)
    standing = [_standing(fault, court, since, today) for fault in faults]
    standing.sort(key=lambda one: (one.diagnostic.path, -one.days, one.diagnostic.span, one.diagnostic.code, one.diagnostic.message))
    return Replay(report, today, since, standing, tuple(dict.fromkeys((*report.crashes, *court.crashes))), court.commits, court.judged)


@dataclass(slots=True)
class _Fault:
    """A fault that is followed.

    ``alike`` are the messages of all faults that its rule finds in such a line of the document, its own being the ``number``-th.
    ``place`` is the oldest commit that is known to have it without a gap, ``older`` what was said in the commit before, if that was judged.
    """

    diagnostic: Diagnostic
    document: Traced
    key: Key
    alike: list[str]
    number: int
    place: int | None = None
    older: State | None = None
    cause: Cause | None = None

    @property
    def line(self) -> str:
        """The line that it is known by."""
        return self.key[1]

    def stands(self, state: State) -> bool:
        """Whether the fault is among what was said; each fault that was found answers for one alone.

        What a message says tells faults of equal lines apart, unless it counts what has changed since.
        """
        said = list(state.faults.get(self.key, ()))
        rest: list[int] = []
        for number, message in enumerate(self.alike):
            if message in said:
                said.remove(message)
                if number == self.number:
                    return True
            else:
                rest.append(number)
        return self.number in rest[: len(said)]


def _faults(report: Report, court: Court) -> list[_Fault]:
    paths = dict.fromkeys(diagnostic.path for diagnostic in report.diagnostics)
    documents = {path: Traced(report.sources[path], trace) for path, trace in court.line.trace(paths).items()}
    alike: dict[tuple[str, Key], list[str]] = {}
    found: list[_Fault] = []
    for diagnostic in report.diagnostics:
        document = documents[diagnostic.path]
        key = diagnostic.code, squeezed_at(document.source, diagnostic.span)
        messages = alike.setdefault((diagnostic.path, key), [])
        found.append(_Fault(diagnostic, document, key, messages, len(messages)))
        messages.append(court.plain(diagnostic.message))
        document.codes[diagnostic.code] = document.codes.get(diagnostic.code, 0) + 1
    return found


class _Question(NamedTuple):
    """A commit that a search wants to be judged. Of all open questions the least is answered first.

    That is: the versions of the documents from new to old, then guesses, then halvings by their depth. So each commit is judged once for
    all documents that ask for it. ``former`` asks of the document as it was before the commit, in the world that the commit made.
    """

    phase: int
    order: int
    place: int
    former: bool = False


_Search = Generator[_Question, State, None]


def _search(faults: Sequence[_Fault], court: Court) -> None:
    """Find for every fault the place where it began, and why."""
    questions: list[_Question] = []
    waiting: dict[_Question, list[tuple[_Fault, _Search]]] = {}

    def go_on(fault: _Fault, search: _Search, answer: State | None) -> None:
        try:
            question = next(search) if answer is None else search.send(answer)
        except StopIteration:
            fault.document.codes[fault.diagnostic.code] -= 1
            return
        if question not in waiting:
            heapq.heappush(questions, question)
        waiting.setdefault(question, []).append((fault, search))

    for fault in faults:
        go_on(fault, _follow(fault, court), None)
    while questions:
        question = heapq.heappop(questions)
        asking = waiting.pop(question)
        if not question.former:
            court.expect(question.place, [fault.document for fault, _ in asking])
        ask = court.former if question.former else court.state
        for fault, search in asking:
            go_on(fault, search, ask(fault.document, question.place))


def _follow(fault: _Fault, court: Court) -> _Search:
    newest = 0
    for stretch in fault.document.trace.stretches:
        lines = court.lines(fault.document, stretch.blob)
        if isinstance(lines, Unknown):
            fault.older = State({}, {}, lines.reason)
            break
        if fault.line not in lines:
            break
        # Where a stretch begins and where it ends may be one commit.
        for place in dict.fromkeys((newest, stretch.place)):
            state = yield _Question(0, place, place)
            if not fault.stands(state):
                fault.older = state
                break
            fault.place = place
        if fault.place != stretch.place:
            if fault.place == newest:
                yield from _halve(fault, stretch.place, court)
            break
        newest = stretch.place + 1
    yield from _blame(fault, court)


def _halve(fault: _Fault, without: int, court: Court) -> _Search:
    """Narrow the stretch between the fault's place and the older place ``without`` it; the document is the same in all of it."""
    assert fault.place is not None
    proof = court.proof(fault.diagnostic)
    guess = None if proof is None else court.line.brings(proof.id)
    guesses = [] if guess is None else [guess, guess + 1]
    while without - fault.place > 1:
        middle = next((one for one in guesses if fault.place < one < without), None)
        if middle is None:
            middle = _roundest(fault.place, without)
            question = _Question(2, -(middle & -middle), middle)
        else:
            question = _Question(1, middle, middle)
        state = yield question
        if fault.stands(state):
            fault.place = middle
        else:
            without, fault.older = middle, state


def _roundest(low: int, high: int) -> int:
    """The number between the two that is divided by the most powers of two: searches in different stretches meet at such places."""
    found = high - 1
    while found & (found - 1) > low:
        found &= found - 1
    return found


def _blame(fault: _Fault, court: Court) -> _Search:
    """Find whether the document or the world brought the fault to where it began; had it been there without the change to the document?"""
    stretches = fault.document.trace.stretches
    place = TREE if fault.place is None else fault.place
    if place != TREE and all(stretch.place != place for stretch in stretches):
        fault.cause = "world"
        return
    fault.cause = "document"
    former = fault.document.trace.find(place + 1)
    if former is None:
        return
    lines = court.lines(fault.document, former.blob)
    if not isinstance(lines, Unknown) and fault.line in lines:
        state = yield _Question(0, place, place, former=True)
        if fault.stands(state):
            fault.cause = "world"


def _age(one: Standing) -> tuple[int, bool, bool]:
    return one.days, one.beginning.kind == "before", one.beginning.commit is not None


def _standing(fault: _Fault, court: Court, since: str | None, today: datetime.date) -> Standing:
    beginning = _uncommitted(fault, court) if fault.place is None else _beginning(fault, fault.place, court, since)
    days = 0 if beginning.commit is None else max((today - beginning.commit.date).days, 0)
    return Standing(fault.diagnostic, beginning, days)


def _beginning(fault: _Fault, place: int, court: Court, since: str | None) -> Beginning:
    line, trace = court.line, fault.document.trace
    reason: str | None = None
    if place == len(line.commits) - 1 and line.cut is not None:
        reason = SHALLOW.reason if line.cut == "shallow" else f"`{since}`"
    elif fault.older is not None:
        reason = fault.older.unread or fault.older.open.get(fault.key)
    elif trace.lost is not None and place == trace.stretches[-1].place:
        reason = trace.lost.reason
    return Beginning("commit" if reason is None else "before", line.commits[place], fault.cause if reason is None else None, reason)


def _uncommitted(fault: _Fault, court: Court) -> Beginning:
    """The beginning of a fault that the newest commit did not have on its day."""
    if fault.cause != "world":
        return Beginning("uncommitted", None, fault.cause)
    head = court.line.commits[0]
    fault.document.codes[fault.diagnostic.code] += 1
    if fault.stands(court.newest(fault.document)):
        return Beginning("calendar", head, "world")
    base = court.repo.base
    if court.repo.origin != "revision" and isinstance(base, Base) and fault.stands(court.newest(fault.document, base.name)):
        return Beginning("base", court.proof(fault.diagnostic), "world", base.name)
    return Beginning("uncommitted", None, "world")
