"""What commits say is finished: units of work whose completion a subject states outright.

A subject is free text, and most that hold both a unit's name and the word "complete" say something narrower: "Complete the plan for
Phase 2", "Phase 2 backend complete". Read are a few strict forms, in which name and word stand side by side, or have words between them
that must then prove to be the unit's own title.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from doclint.late import late
from doclint.model import names, titles
from doclint.model.lexicon import Lexicon, load
from doclint.model.once import Same
from doclint.repo.facts import Commit, Repo, Unknown

Key = tuple[str, str]
Form = Literal["complete", "merge", "scope"]
"""``complete`` says it in words; ``merge`` joins the unit's work; ``scope`` is a pull request's one commit with the unit as its scope."""


class Said(NamedTuple):
    """A unit of which a subject says that it is finished.

    ``tight`` are the words between name and status, all of which must be the unit's own; ``about`` those that describe it, ``series`` those
    that name the plan or the component that it belongs to. ``ticket`` if the id has a prefix of its own ("TVLJ-007"), which a project
    gives once.
    """

    kind: str
    id: str
    form: Form
    ticket: bool
    tight: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    series: frozenset[str] = frozenset()


class Completion(NamedTuple):
    """A commit, and what its subject says is finished."""

    said: Said
    commit: Commit


class Completions:
    """The completions in a history, by the kind and the id of the unit, newest first; what was taken back later is left out."""

    __slots__ = ("_by_key",)

    def __init__(self, log: Iterable[Commit], lexicon: Lexicon) -> None:
        found: dict[Key, list[Completion]] = {}
        reverted: set[str] = set()
        reopened: set[Key] = set()
        for commit in log:
            subject = commit.subject
            if subject.startswith("Revert "):
                reverted.add(_NUMBER_AT_END.sub("", subject[7:]).strip().strip('"'))
            elif _REOPENS.match(subject):
                reopened.update(key for name in _Names(subject, lexicon).all for key in name.keys)
            elif subject not in reverted and _HINT.search(subject) and not subject.startswith(_FORGES):
                for said in read(subject, lexicon, merges=len(commit.parents) > 1):
                    if (said.kind, said.id) not in reopened:
                        found.setdefault((said.kind, said.id), []).append(Completion(said, commit))
        self._by_key = found

    def of(self, kind: str, id: str) -> Sequence[Completion]:
        """What says that this unit is finished; under a header "Milestone", "M4" is the milestone 4."""
        bare = id[1:] if id[:1] == kind[:1].upper() and id[1:].isdigit() else id
        return self._by_key.get((kind, id)) or self._by_key.get((kind, bare)) or ()


def completions(repo: Repo) -> Completions | Unknown:
    """The completions in the history that the base of ``repo`` reaches: one pass over its log, remembered for the next document."""
    return _read(Same(repo))


@functools.lru_cache(maxsize=1)
def _read(same: Same[Repo]) -> Completions | Unknown:
    log = same.it.log()
    return log if isinstance(log, Unknown) else Completions(log, load())


# --- the grammar of subjects --------------------------------------------------------------------------------------------

_LONGEST = 300
_HINT = late(r"complet|done|finish|\bclos|merge|✅|☑|✔|\(#\d|implement|\bship|完了|完成", re.IGNORECASE)
_REOPENS = late(r"(?:\w+(?:\([^)]*\))?!?:\s*)?(?:re-?open|un-?tick|un-?mark)", re.IGNORECASE)
_FORGES = ("Merge pull request ", "Merge branch ", "Merge remote-tracking ")
# Words that limit what a subject says, wherever they stand.
_LIMITED = late(
    r"\b(?:wip|partial(?:ly)?|part\s+(?:\d|[ab]\b|[ivx]+\b|one|two)|mostly|almost|nearly|half|remain(?:s|ing|der)?|incomplete|not|never"
    r"|without|except|but|minus|pending|todo|to-do|tbd|unblock\w*|if|unless|until|criteria|percent|progress)\b"
    r"|n['\u2019]t\b|(?<![\d.])(?!100)\d{1,2}(?:\.\d+)?\s*%|\?",
    re.IGNORECASE,
)
_FRACTION = late(r"(?<![\d/.#-])(\d{1,4})\s*(?:/|\sof\s|\sout\sof\s)\s*(\d{1,4})(?![\d/.])")
_CONVENTIONAL = late(r"(?P<type>[a-z]+(?:\+[a-z]+)?)(?:\((?P<scope>[^()]*)\))?!?:\s+")
_NUMBER_AT_END = late(r"\s*\((?:PR\s*)?#\d+\)\s*$", re.IGNORECASE)
_TAG = late(r"\s*\[([^\[\]]{1,60})\]:?\s*")
_SIGN = r"[\s*_\u2600-\u27bf\U0001f300-\U0001faff\u2b00-\u2bff\ufe0f]"
_OPENING = late(rf"{_SIGN}*")
_VERB = late(r"(?:complete[sd]?|finish(?:es|ed)?|close[sd]?|conclude[sd]?|ship(?:s|ped)?)\s+(?:out\s+)?(?:all\s+of\s+|the\s+)?", re.I)
_TICKET_VERB = late(r"(?:implement(?:s|ed)?|resolve[sd]?|deliver(?:s|ed)?)\s+(?:the\s+)?", re.IGNORECASE)
_MARK = late(r"(?:mark(?:s|ed)?|tick(?:s|ed)?(?:\s+off)?)\s+(?:the\s+)?", re.IGNORECASE)
_MERGE = late(r"merge[sd]?\s+(?:the\s+)?", re.IGNORECASE)
_DONE = late(
    r"(?:\b(?:is|are|now|fully|as|all|officially|successfully)\s+|100\s*%\s+)*(?:\b(?:complete|completed|done|finished|shipped)(?![\w-])|[✅☑✔]|完了|完成)",
    re.IGNORECASE,
)
# What may stand behind a status that stands for itself: "Phase 2 complete", "Phase 2 complete: …", and no "Phase 2 complete rewrite".
_END = late(r"[\s!✅🎉🚀✔☑.\])\ufe0f]*(?:$|(?=[-\u2013\u2014:;,(+&])|(?=(?:with|and|in|on|as|via|per|by|after|for)\s))", re.IGNORECASE)
_CLAUSE = late(r"\s[-\u2013\u2014]+\s|[:;,(]\s*|\.\s+|\s[+&]\s|\s(?=(?:mark|marks|marked|closes)\s)", re.IGNORECASE)
_STOP = late(r"\s[-\u2013\u2014]+\s|[:;,()]|\.\s|\s(?:with|and)\s|$", re.IGNORECASE)
_WHERE = late(r"\s*(?:in|of|for|from|on)\s+(?:the\s+)?(.*)", re.IGNORECASE | re.DOTALL)
_TITLE = late(r"[\s!✅🎉🚀✔☑.\ufe0f]*(?:[:\u2013\u2014]|-+\s|\()(.*)", re.DOTALL)
_PLURAL = late(r"\b([A-Za-z]{3,})s(?=\s+#?\d)")
_MORE = late(r"\s*(?:,|&|\+|,?\s+and)\s*#?(\d{1,4}(?:\.\d+)*)(?![\w.%/-])", re.IGNORECASE)
_MORE_NAMES = late(r"\s*(?:,|&|\+|/|,?\s+and)\s*", re.IGNORECASE)
_TICKETS = late(r"(?<![\w\-/.#])([A-Z]{2,10})[-_](\d{1,6})\s*(?:-|\u2013|\.\.|\sto\s)\s*(?:\1[-_])?(\d{1,6})(?![\w/]|[-.]\w)")
_SHORT = late(r"(?<![\w\-/.#])M(\d{1,2}(?:\.\d+)?)(?![\w\-/]|\.\d)")
_MOST_IN_RANGE = 60
# Words that say nothing of what a unit is about, and those by which documents are called.
_FILLING = titles.words("implementation implement work development tasks stories features complete completed done finish update")
_PAPERS = titles.words(
    "docs documentation tracker progress plan plans implementation status roadmap readme changelog handoff checklist todo list log notes"
    " memory md board hub sprint current project prd master index main all update release core repo"
)


class _Listed(NamedTuple):
    """One or several names that stand together, from ``start`` to ``end``."""

    start: int
    end: int
    keys: tuple[Key, ...]
    ticket: bool


class _Names:
    """The names in a text, those of a list or a range taken together."""

    __slots__ = ("_by_start", "all")

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        ranges = [
            names.Name(one.start(), one.end(), lexicon.unit_nouns.get(one[1].casefold(), one[1].casefold()), names.fold_id(one[2]), one[3])
            for one in _TICKETS.finditer(text)
        ]
        short = [names.Name(one.start(), one.end(), "milestone", one[1]) for one in _SHORT.finditer(text)]
        plain = [name for name in names.find(text, lexicon) if not any(one.start < name.end and name.start < one.end for one in ranges)]
        found = sorted([*ranges, *short, *plain], key=lambda name: name.start)
        nouns = frozenset(lexicon.unit_nouns.values())
        self.all: list[_Listed] = []
        position = 0
        while position < len(found):
            position, listed = _listed(text, found, position, nouns)
            self.all.append(listed)
        self._by_start = {listed.start: listed for listed in self.all}

    def at(self, start: int) -> _Listed | None:
        """The names that begin at ``start``."""
        return self._by_start.get(start)

    def between(self, start: int, end: int) -> bool:
        """Whether a name begins in that range."""
        return any(start <= listed.start < end for listed in self.all)


def _listed(text: str, found: Sequence[names.Name], position: int, nouns: frozenset[str]) -> tuple[int, _Listed]:
    """The names from ``found[position]`` on that make one list, and the position behind them."""
    first = found[position]
    kind, end, ids = first.kind, first.end, list(_ids(first))
    ticket = kind not in nouns or (first.id.isdigit() and int(first.id) >= 100 and text[first.start : first.start + 2].isupper())
    position += 1
    # "Phase 2 Task 1" names the task, which is one of its phase.
    while position < len(found) and found[position].kind != kind and not ticket and not text[end : found[position].start].strip(" ,:/"):
        kind, end, ids = f"{kind} {ids[-1]} {found[position].kind}", found[position].end, list(_ids(found[position]))
        position += 1
    while True:
        if more := _MORE.match(text, end):
            ids.append(names.fold_id(more[1]))
            end = more.end()
        elif (
            position < len(found) and found[position].kind == first.kind == kind and _MORE_NAMES.fullmatch(text, end, found[position].start)
        ):
            ids.extend(_ids(found[position]))
            end = found[position].end
            position += 1
        else:
            break
    while position < len(found) and found[position].start < end:
        position += 1
    return position, _Listed(first.start, end, tuple((kind, id) for id in dict.fromkeys(ids)), ticket)


def _ids(name: names.Name) -> Iterator[str]:
    yield name.id
    if name.last is not None and name.id.isdigit() and name.last.isdigit():
        first, last = int(name.id), int(name.last)
        if first < last <= first + _MOST_IN_RANGE:
            yield from (str(number) for number in range(first + 1, last + 1))


def read(subject: str, lexicon: Lexicon, *, merges: bool = False) -> Sequence[Said]:
    """The units that ``subject`` says are finished; ``merges`` tells that the commit is a merge."""
    text = subject[:_LONGEST]
    landed = _NUMBER_AT_END.search(text)
    text = text[: landed.start()] if landed else text
    if _LIMITED.search(text) or any(int(one[1]) < int(one[2]) for one in _FRACTION.finditer(text)):
        return ()
    conventional = _CONVENTIONAL.match(text)
    scope = (conventional["scope"] or "") if conventional else ""
    rest = _PLURAL.sub(r"\1", text[conventional.end() :] if conventional else text)
    found: list[Said] = []
    series = titles.words(scope) - _PAPERS
    while tag := _TAG.match(rest):
        rest = rest[tag.end() :]
        inside = _Names(tag[1], lexicon).all
        found.extend(_tagged(inside, rest))
        # "[Plan 32] Phase 6 complete" is of a series; "[STK-2] …" and "[STK-Phase-0] Phase 0 complete" name the unit twice.
        series |= {" ".join(key) for listed in inside for key in listed.keys if not listed.ticket}
        series |= frozenset() if inside else titles.words(tag[1]) - _PAPERS
    found.extend(_clauses(rest, series, merges, lexicon))
    if conventional and scope:
        found.extend(_in_scope(conventional["type"], scope, rest, landed is not None, lexicon))
    unique: dict[Key, Said] = {}
    for said in found:
        if said.kind != "pull-request":
            unique.setdefault((said.kind, said.id), said)
    return tuple(unique.values())


_NOTHING: frozenset[str] = frozenset()


def _all(
    listed: _Listed,
    form: Form,
    *,
    tight: frozenset[str] = _NOTHING,
    about: frozenset[str] = _NOTHING,
    series: frozenset[str] = _NOTHING,
) -> Iterator[Said]:
    for kind, id in listed.keys:
        yield Said(kind, id, form, listed.ticket, tight, about, series - {f"{kind} {id}"})


_TAG_DONE = late(rf"{_SIGN}*[✅☑✔]|{_SIGN}*(?:complete[d]?|done)\s*(?:$|[-\u2013\u2014:!])", re.IGNORECASE)
_ENDS_DONE = late(r"\b(?:complete[d]?|done|finished)[\s!✅🎉.\ufe0f]*$", re.IGNORECASE)


def _tagged(inside: Sequence[_Listed], rest: str) -> Iterator[Said]:
    """``[TVLJ-002-007] ✅ Setup complete``, ``[Plan 66] Complete: …``."""
    for listed in inside:
        if _TAG_DONE.match(rest) and (listed.ticket or not _ENDS_DONE.search(rest)):
            yield from _all(listed, "complete", about=frozenset() if len(listed.keys) > 1 else titles.words(rest) - _FILLING)
        elif listed.ticket and _ENDS_DONE.search(rest):
            yield from _all(listed, "complete", tight=titles.words(rest) - _FILLING)


def _clauses(text: str, series: frozenset[str], merges: bool, lexicon: Lexicon) -> Iterator[Said]:
    """What each clause of a subject says by itself."""
    found = _Names(text, lexicon)
    if not found.all:
        return
    starts = [0, *(cut.end() for cut in _CLAUSE.finditer(text))]
    for number, start in enumerate(starts):
        opening = _OPENING.match(text, start)
        begin = opening.end() if opening else start
        if listed := found.at(begin):
            yield from _name_first(text, listed, found, series, behind=number > 0 and text[start - 1 : start] == "(")
        elif verb := _VERB.match(text, begin):
            if listed := found.at(verb.end()):
                yield from _verb_first(text, listed, "complete", series)
        elif verb := _TICKET_VERB.match(text, begin):
            if (listed := found.at(verb.end())) and listed.ticket:
                yield from _verb_first(text, listed, "complete", series)
        elif (verb := _MARK.match(text, begin)) and (listed := found.at(verb.end())):
            yield from _name_first(text, listed, found, series, behind=False)
        elif number == 0 and (verb := _MERGE.match(text, begin)) and (listed := found.at(verb.end())):
            behind = text[listed.end :]
            if merges or behind.startswith(":"):
                yield from _verb_first(text, listed, "merge", series)


def _name_first(text: str, listed: _Listed, found: _Names, series: frozenset[str], *, behind: bool) -> Iterator[Said]:
    """``Phase 2 complete``, ``Phase 2 Setup complete: …``, ``mark Phase 2 as complete in the tracker``."""
    done = _DONE.search(text, listed.end)
    if done is None or not _END.match(text, done.end()) or found.between(listed.end, done.start()):
        return
    between = text[listed.end : done.start()]
    if _WHERE.match(between):
        return
    after = text[done.end() :]
    where = _WHERE.match(after)
    title = _TITLE.match(after)
    # In "Add the store (Phase 2 complete)" the title is what stands before.
    about = titles.words(text[: listed.start] if behind else title[1] if title else "") - _FILLING
    yield from _all(
        listed,
        "complete",
        tight=titles.words(between) - _FILLING,
        about=about,
        series=series | ((titles.words(where[1]) - _PAPERS) if where else frozenset()),
    )


def _verb_first(text: str, listed: _Listed, form: Form, series: frozenset[str]) -> Iterator[Said]:
    """``Complete Phase 2``, ``Complete Phase 2: the store``, ``Complete Phase 2 of the store``, ``Merge Agent 1: the store``."""
    after = text[listed.end :]
    if where := _WHERE.match(after):
        yield from _all(listed, form, series=series | (titles.words(where[1]) - _PAPERS))
        return
    stop = _STOP.search(after)
    cut = stop.start() if stop else len(after)
    title = _TITLE.match(after[cut:])
    yield from _all(
        listed,
        form,
        tight=titles.words(after[:cut]) - _FILLING,
        about=titles.words(title[1] if title else "") - _FILLING,
        series=series,
    )


_RUN_TOGETHER = late(r"(?<=[a-z])(?=\d)")
_TICKETLIKE = late(r"[A-Z]+-\d.*")
_DELIVERS = frozenset(("feat", "fix", "test", "perf", "refactor"))


def _in_scope(type: str, scope: str, rest: str, landed: bool, lexicon: Lexicon) -> Iterator[Said]:
    """``feat(WS-2): catalogue done``; ``test(debt#9): seed stability (#61)`` where one pull request was squashed to that commit."""
    # "phase7-step1" is written without blanks, as scopes are.
    spaced = scope if _TICKETLIKE.fullmatch(scope) else _RUN_TOGETHER.sub(" ", scope).replace("-", " ").replace("_", " ")
    for listed in _Names(spaced, lexicon).all:
        if listed.start != 0 or listed.end != len(spaced):
            continue
        words = titles.words(_DONE.sub(" ", rest)) - _FILLING
        if _ENDS_DONE.search(rest):
            yield from _all(listed, "complete", tight=frozenset() if listed.ticket else words, about=words)
        elif landed and type in _DELIVERS:
            yield from _all(listed, "scope", about=words)


# --- whose completion it is ---------------------------------------------------------------------------------------------


def means(said: Said, title: frozenset[str], home: frozenset[str], *, alone: bool) -> bool:
    """Whether ``said`` is about the unit with this title in a document whose name and title have the words ``home``.

    ``alone`` says that nothing else in the project bears the unit's name, so that the name will do.
    """
    if said.series and not said.series <= home | title:
        # "ui5: Phase 2 complete" belongs to the plan of that component.
        alone = False
        if not said.series & (home | title) and not said.ticket:
            return False
    if said.form == "scope":
        common = said.about & title
        return len(common) >= 2 and 2 * len(common) >= min(len(title), len(said.about))
    if said.ticket and not said.tight:
        return True
    if said.tight:
        return said.tight <= title and 2 * len(said.tight & title) >= len(title)
    if said.about and title:
        return bool(said.about & title)
    return alone
