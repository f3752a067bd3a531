"""The baseline: a file of faults that stood when a team switched doclint on, which are counted and not told.

One entry on one line says what it takes to know a finding again, and for people what it is. An entry answers for as many findings as it
counts and for no more, so that a second fault like the first is told. Whatever cannot be shown to be the old fault is a new one.
"""

from __future__ import annotations

import datetime
import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import NamedTuple

from doclint import fixer
from doclint.config import Plan
from doclint.diagnostic import CLAIM, Diagnostic, fingerprint, of_section
from doclint.errors import ConfigError, UsageError
from doclint.late import late
from doclint.repo.batch import LARGEST
from doclint.repo.facts import Repo, Unknown
from doclint.repo.paths import normalise
from doclint.report import Baselined, Entry, Report, Suppressed
from doclint.rule import SUPPRESSIONS

VERSION = 1
JUSTIFICATION = "known from the baseline"

ACROSS = frozenset({"finishing", "ids", "keys", "pointers", "rewritten", "statements", "superseded"})
"""The checks that look at other documents than the one they judge: where not all are read, their silence says nothing."""

_SIZE = f"{LARGEST // 2**20} MiB"
_ABOUT = "Faults that are known and not told. `doclint baseline` writes this; the last line lets all others end alike, for merges"
_END = "end"
# So many different findings, each in a section of the same name, are those of one document.
_PROOF = 3
_LONGEST = {"text": 100, "message": 200}
_MARKER = late(rb"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$", re.MULTILINE)
_COMMIT = late(r"`(?=[a-f]*[0-9])[0-9a-f]{7,40}`")
_NUMBER = late(r"\d+(?:[-.,:]\d+)*( [a-z]+)?")
_PLURALS = {"are": "is", "were": "was", "have": "has"}
_PLURAL = late(r"\b(?:are|were|have)\b")


class Baseline(NamedTuple):
    """The entries of the file at ``path``, which holds ``data``, in order; each differs from the others in path, fingerprint or message."""

    path: str
    entries: tuple[Entry, ...]
    data: bytes = b""


class Scope(NamedTuple):
    """What a run had before it: the tree, the plan, the files and directories that were asked for (the empty one is the tree), the
    directory whose documents the baseline is for, whether all documents were judged and not a part of them, and whether the rules of one's
    own were read."""

    repo: Repo
    plan: Plan
    targets: Sequence[str] = ("",)
    directory: str = ""
    undivided: bool = True
    own: bool = True

    @property
    def whole(self) -> bool:
        """Whether all documents were read that the baseline is for."""
        return any(not target or self.directory == target or self.directory.startswith(f"{target}/") for target in self.targets)


class Match(NamedTuple):
    """Which findings the entries answer for: pairs of an entry's number and a finding, and what is left of each entry's count.

    ``moved`` says where documents are now that the tree has no more at the path of their entries.
    """

    pairs: Sequence[tuple[int, Diagnostic]]
    rest: Sequence[int]
    moved: Mapping[str, str]


def load(path: str, data: bytes) -> Baseline:
    """The baseline in ``data``. Lines that a merge has doubled count once, with the larger count. Raises ConfigError."""
    from doclint.resources import schema
    from doclint.schema import explain

    if len(data) > LARGEST:
        raise ConfigError(f"{path}: the baseline is larger than {_SIZE}")
    try:
        value = json.loads(data.decode("utf-8"))
    except RecursionError:
        raise ConfigError(f"{path}: the JSON is nested too deeply") from None
    except ValueError as error:
        if marker := _MARKER.search(data):
            line = data.count(b"\n", 0, marker.start()) + 1
            raise ConfigError(
                f"{path}:{line}: a conflict marker stands here: keep the lines of both sides, and take out the markers"
            ) from None
        if isinstance(error, UnicodeDecodeError):
            raise ConfigError(f"{path}: byte {error.start} is not valid UTF-8") from None
        raise ConfigError(f"{path}: not valid JSON: {error}") from None
    version = value.get("version") if isinstance(value, dict) else None
    if isinstance(version, int) and version != VERSION:
        raise ConfigError(f"{path}: the baseline has version {version if abs(version) < 1000 else 'far beyond'}; expected {VERSION}")
    try:
        fault = next(explain(value, schema("baseline")), None)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None
    if fault is not None:
        raise ConfigError(f"{path}: {f'`{fault.dotted}`' if fault.dotted else 'the baseline'} {fault.sentence}")
    # Of texts the schema lets pass the last line alone, and with it what merely ends in a line break.
    entries = [(number, one) for number, one in enumerate(value["entries"]) if isinstance(one, dict)]
    for number, one in entries:
        if normalise(one["path"]) != one["path"]:
            raise ConfigError(f"{path}: `entries[{number}].path` is no path of a file in the tree")
    # To JSON Schema 1.0 is an integer.
    return Baseline(path, merged(Entry(**{**one, "count": int(one["count"])}) for _, one in entries), data)


def merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """``entries`` in order; of those that differ in count and date alone the one that counts most, and of these the eldest."""
    found: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        key = entry.path, entry.fingerprint, entry.message
        if key not in found or (-entry.count, entry.recorded) < (-found[key].count, found[key].recorded):
            found[key] = entry
    return tuple(sorted(found.values(), key=_order))


def dump(entries: Iterable[Entry]) -> bytes:
    """The file that holds ``entries``: one on each line, in order, every line ended alike.

    Raises UsageError where it would be too large to be read again.
    """
    head = f'{{"version": {VERSION}, "about": {json.dumps(_ABOUT)}, "entries": ['
    lines = (f"{_printable(json.dumps(asdict(entry), ensure_ascii=False))}," for entry in merged(entries))
    data = "\n".join([head, *lines, f'"{_END}"]}}', ""]).encode("utf-8")
    if len(data) > LARGEST:
        raise UsageError(
            f"the baseline would be larger than {_SIZE}, and could not be read: leave rules out with --ignore, or `exclude` documents"
        )
    return data


def _printable(text: str) -> str:
    """JSON in which nothing stands that a terminal or an editor would act on, and nothing that is no UTF-8."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)


def _order(entry: Entry) -> tuple[str, str, str, str]:
    return entry.path, entry.code, entry.fingerprint, entry.message


def record(report: Report, diagnostics: Iterable[Diagnostic], today: datetime.date) -> tuple[Entry, ...]:
    """The entries for ``diagnostics`` of ``report``."""
    found: dict[tuple[str, str, str], Entry] = {}
    for one in diagnostics:
        source = report.sources[one.path]
        line = source.slice(source.line(source.position(one.span.start).line))
        entry = Entry(one.path, one.code, _alike(one), 1, today.isoformat(), _clipped("text", line), _clipped("message", one.message))
        key = entry.path, entry.fingerprint, entry.message
        found[key] = replace(found[key], count=found[key].count + 1) if key in found else entry
    return tuple(sorted(found.values(), key=_order))


def _clipped(key: str, text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST[key] else flat[: _LONGEST[key] - 1] + "…"


def _alike(one: Diagnostic) -> str:
    """The fingerprint of the first of the findings that are like this one."""
    return fingerprint(one.identity, one.section)


def apply(report: Report, baseline: Baseline, scope: Scope) -> Report:
    """``report`` without the findings that the entries answer for: those are kept as suppressed."""
    match = matched(baseline.entries, report, scope)
    known = {id(diagnostic) for _, diagnostic in match.pairs}
    kept = [Suppressed(one, "external", JUSTIFICATION) for one in report.diagnostics if id(one) in known]
    return replace(
        report,
        diagnostics=[one for one in report.diagnostics if id(one) not in known],
        suppressed=sorted([*report.suppressed, *kept], key=lambda one: (one.diagnostic.path, one.diagnostic.span, one.diagnostic.code)),
        baseline=Baselined(baseline.path, baseline.entries, stale(baseline.entries, match, report, scope)),
    )


def matched(entries: Sequence[Entry], report: Report, scope: Scope) -> Match:
    """Which findings of ``report`` are those of ``entries``.

    An entry answers for findings of its fingerprint, first for those that say what it says, then for those that say it of the same thing.
    Where the headings above its finding are gone from the document, it answers for one of the same claim that says word for word the same.
    What stood where a range of changes began uses up entries before what the range brought in.
    """
    index = scope.repo.paths()
    elsewhere = {} if isinstance(index, Unknown) else _moved(entries, report, scope.repo, frozenset(index.files))
    rest = [entry.count for entry in entries]
    pairs: list[tuple[int, Diagnostic]] = []
    for findings in (report.since.old if report.since is not None else (), report.diagnostics):
        _pair(entries, rest, pairs, findings, elsewhere, _Sections(report))
    return Match(pairs, rest, elsewhere)


class _Sections:
    """Which sections documents have, as fingerprints name them."""

    def __init__(self, report: Report) -> None:
        self._sources = report.sources
        self._found: dict[str, frozenset[str]] = {}

    def has(self, path: str, section: str) -> bool:
        if path not in self._found:
            from doclint.identity import Identities
            from doclint.markdown.parse import parse

            source = self._sources[path]
            self._found[path] = frozenset(map(of_section, Identities(source, parse(source)).sections()))
        return section in self._found[path]


def _pair(
    entries: Sequence[Entry],
    rest: list[int],
    pairs: list[tuple[int, Diagnostic]],
    findings: Sequence[Diagnostic],
    moved: Mapping[str, str],
    sections: _Sections,
) -> None:
    """Let ``entries`` answer for ``findings``, as far as ``rest`` of them is left."""

    def elsewhere(path: str, entry: Entry, one: Diagnostic) -> bool:
        return _says(path, entry, one) and not sections.has(path, entry.fingerprint[CLAIM:])

    left = list(findings)
    for digits, same in ((None, _says), (None, _means), (CLAIM, elsewhere)):
        if not left or not any(rest):
            return
        numbers: dict[tuple[str, str], list[int]] = {}
        for number, entry in enumerate(entries):
            if rest[number]:
                numbers.setdefault((moved.get(entry.path, entry.path), entry.fingerprint[:digits]), []).append(number)
        still: list[Diagnostic] = []
        for one in left:
            alike = numbers.get((one.path, _alike(one)[:digits]), ())
            found = next((number for number in alike if rest[number] and same(one.path, entries[number], one)), None)
            if found is None:
                still.append(one)
            else:
                rest[found] -= 1
                pairs.append((found, one))
        left = still


def _says(path: str, entry: Entry, one: Diagnostic) -> bool:
    """Whether the finding says what the entry does, of a document that may be at another ``path`` by now."""
    message = _clipped("message", one.message)
    return message == entry.message or (path != entry.path and message == _clipped("message", entry.message.replace(entry.path, path)))


def _means(path: str, entry: Entry, one: Diagnostic) -> bool:
    """Whether the finding, whose claim is the entry's to the letter, says something of the same thing.

    What the mark stands on is what a message is about, if it names it; all else in it is the world's, and changes with it. Otherwise all
    names in it must be the same, and only numbers may change.
    """
    mark = one.identity.rpartition("\n")[2].strip("`")
    if mark and _names(one.message, mark, one.path) and _names(entry.message, mark, entry.path):
        return True
    return _unnumbered(_clipped("message", one.message)) == _unnumbered(entry.message.replace(entry.path, path))


def _names(message: str, mark: str, path: str) -> bool:
    """Whether the message names what is marked in the document at ``path``: as it stands there, or as what that leads to from there."""
    led_to = posixpath.normpath(posixpath.join(posixpath.dirname(path), mark))
    return any(f"`{name}`" in message for name in (mark, led_to))


def _unnumbered(message: str) -> str:
    parts = re.split(r"(`[^`]*`)", _PLURAL.sub(lambda word: _PLURALS[word[0]], message))
    # What stands in backticks is a name, and its digits are part of it, unless it is a commit's.
    return "".join(_counted(part) if not number % 2 else "#" if _COMMIT.fullmatch(part) else part for number, part in enumerate(parts))


def _counted(words: str) -> str:
    return _NUMBER.sub(lambda found: "#" + (found[1] or "").rstrip("s"), words)


def _moved(entries: Sequence[Entry], report: Report, repo: Repo, files: frozenset[str]) -> dict[str, str]:
    """Where the documents are that entries name and the tree has no more: as Git tells, else where all their findings stand."""
    wanted: dict[str, Counter[str]] = {}
    for entry in entries:
        wanted.setdefault(entry.path, Counter())[entry.fingerprint] += entry.count
    gone = [path for path in wanted if path not in files and repo.read(path) is None]
    if not gone:
        return {}
    repo.expect(gone)
    had: dict[str, Counter[str]] = {}
    for one in (*report.diagnostics, *(report.since.old if report.since is not None else ())):
        if one.path not in wanted:
            had.setdefault(one.path, Counter())[_alike(one)] += 1
    moved: dict[str, str] = {}
    for path in gone:
        history = repo.history(path)
        renamed = None if isinstance(history, Unknown) else history.renamed
        if renamed is not None and not isinstance(renamed, Unknown):
            if renamed.path in files:
                moved[path] = renamed.path
            continue
        # Git knows no rename, be it that the document was never committed, or that hardly a line of it was left as it was. Where it says
        # that the document was deleted, it takes several findings to say that it was not.
        if not isinstance(history, Unknown) and history.existed and len(wanted[path]) < _PROOF:
            continue
        same = [other for other, found in had.items() if wanted[path] <= found]
        if len(same) == 1:
            moved[path] = same[0]
            del had[same[0]]
    return moved


def stale(entries: Sequence[Entry], match: Match, report: Report, scope: Scope) -> tuple[Entry, ...]:
    """The entries, each with the part of its count that no finding needs any more; none of what the run could not have found."""
    checked = {one.path for one in report.documents}
    return tuple(
        replace(entry, count=left)
        for entry, left in zip(entries, match.rest, strict=True)
        if left and _decided(entry, match.moved.get(entry.path, entry.path), checked, report, scope)
    )


def _decided(entry: Entry, path: str, checked: set[str], report: Report, scope: Scope) -> bool:
    """Whether the run would have found the entry's fault at ``path`` if it stood there."""
    flags = scope.plan.flags
    rule = report.rules.get(entry.code)
    if path not in checked:
        index = scope.repo.paths()
        if isinstance(index, Unknown) or path in index or scope.repo.read(path) is not None:
            return False
        # A document that is gone may have come to be another one, of which only who has seen all can say that there is none.
        if not (scope.whole and scope.undivided):
            return False
    if rule is None:
        return scope.own and not (flags.select or flags.ignore)
    if not any(bound.rule.code == entry.code for bound in scope.plan.bound(path)):
        return False
    if rule.check == SUPPRESSIONS and (flags.select or flags.ignore or any(one.path == path for one in report.open)):
        return False
    if ("range" in rule.needs and report.since is None) or (rule.check in ACROSS and not scope.whole):
        return False
    if any(one.path == path and one.code == entry.code for one in report.open):
        return False
    return not any(one.path == path and one.code in (None, entry.code) for one in report.crashes)


class Change(NamedTuple):
    """What becomes of a baseline: its entries then, and how many findings were added and dropped."""

    entries: tuple[Entry, ...]
    added: int
    dropped: int


def pruned(baseline: Baseline, report: Report, scope: Scope) -> Change:
    """``baseline`` without what no finding of ``report`` needs any more."""
    gone = {_order(entry): entry.count for entry in stale(baseline.entries, matched(baseline.entries, report, scope), report, scope)}
    left = (replace(entry, count=entry.count - gone.get(_order(entry), 0)) for entry in baseline.entries)
    return Change(tuple(entry for entry in left if entry.count), 0, sum(gone.values()))


def updated(baseline: Baseline, report: Report, scope: Scope, today: datetime.date) -> Change:
    """The entries that fit ``report``: old ones as their documents now have them and with the day of their own, new ones, no stale ones."""
    match = matched(baseline.entries, report, scope)
    known = {id(one) for _, one in match.pairs}
    new = [one for one in report.diagnostics if id(one) not in known]
    gone = {_order(entry): entry.count for entry in stale(baseline.entries, match, report, scope)}
    found: dict[int, list[Diagnostic]] = {}
    for number, one in match.pairs:
        found.setdefault(number, []).append(one)
    kept: list[Entry] = []
    for number, entry in enumerate(baseline.entries):
        there = found.get(number, [])
        count = entry.count - gone.get(_order(entry), 0)
        if any((one.path, _alike(one)) != (entry.path, entry.fingerprint) for one in there):
            kept += (replace(one, recorded=entry.recorded) for one in record(report, there, today))
            count -= len(there)
        if count:
            kept.append(replace(entry, count=count))
    return Change(_together((*kept, *record(report, new, today))), len(new), sum(gone.values()))


def _together(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """``entries`` in order, those that are alike as one: its count is theirs together, its day the first."""
    found: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        key = entry.path, entry.fingerprint, entry.message
        other = found.get(key)
        if other is not None:
            entry = replace(other, count=other.count + entry.count, recorded=min(other.recorded, entry.recorded))
        found[key] = entry
    return tuple(sorted(found.values(), key=_order))


def on_disk(root: str, path: str) -> bytes | None:
    """What the file ``path`` below ``root`` holds; None where it is not there. Raises UsageError where it is no file of its own."""
    try:
        return fixer.content(root, path)
    except fixer.UnwritableError as error:
        raise UsageError(f"`{path}` cannot be used as a baseline: {error}") from None


def write(root: str, path: str, before: bytes | None, after: bytes) -> None:
    """Write the file ``path`` below ``root``, which holds ``before`` (None: which is not there), in one step and where that changes it.

    Raises UsageError where the file is another by now, is a link, or cannot be written.
    """
    try:
        if before is None:
            fixer.create(root, path, after)
        elif before != after:
            fixer.write(root, path, before, after)
    except fixer.UnwritableError as error:
        raise UsageError(f"`{path}` was not written: {error}") from None
