"""Inline suppressions: comments and front matter by which a document says that it knows better.

``<!-- doclint-disable CODE… -- reason -->`` silences rules from there on, until ``<!-- doclint-enable CODE… -->``; ``doclint-disable-line``
on its own line, ``doclint-disable-next-line`` on the next one that is not blank, ``doclint-disable-file`` everywhere.
Rules are named by code or name, separated by blanks or commas; none means all. ``until=2026-12-31`` among them ends it after that day.
Front matter says ``doclint: {disable: [CODE, …]}``.
"""

from __future__ import annotations

import bisect
import contextlib
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import product
from typing import Literal, NamedTuple

from doclint.diagnostic import Diagnostic, Finding, Fix
from doclint.late import late
from doclint.markdown.nodes import FrontMatter, Root
from doclint.text import Edit, Source, Span

Scope = Literal["on", "line", "next-line", "file"]

_ALL = ""
UNTIL = "until="
_COMMENT = late(r"\s*doclint-(?P<verb>disable|enable)(?:-(?P<scope>line|next-line|file))?(?=\s|,|$)(?P<rest>.*)", re.DOTALL)
_REASON = late(r"(?:^|\s)--(?:\s|$)")


class Suppression(NamedTuple):
    """One such comment, or the front matter's list.

    ``rules`` are as written, known or not; none of them means all. ``begin`` and ``end`` bound the offsets at which a finding that it
    silences starts.
    """

    span: Span
    scope: Scope
    rules: tuple[str, ...]
    reason: str | None
    until: datetime.date | None
    begin: int
    end: int

    def expired(self, today: datetime.date) -> bool:
        """Whether its last day is over: then it silences nothing."""
        return self.until is not None and self.until < today


class _Comment(NamedTuple):
    span: Span
    enable: bool
    scope: Scope
    rules: tuple[str, ...]
    reason: str | None
    until: datetime.date | None


def suppressions(source: Source, root: Root) -> tuple[Suppression, ...]:
    """All suppressions in a document, in its order."""
    if "doclint" not in source.text:
        return ()
    comments = tuple(_comments(source, root))
    beyond = len(source.text) + 1
    following = _following(source, comments) if any(comment.scope == "next-line" for comment in comments) else []
    found: list[Suppression] = []
    enabled: dict[str, int] = {}
    for comment in reversed(comments):
        if comment.enable:
            if not comment.rules:
                enabled.clear()
            enabled |= dict.fromkeys(comment.rules or (_ALL,), comment.span.start)
            continue
        line = source.position(comment.span.start).line
        match comment.scope:
            case "file":
                found.append(_suppression(comment, 0, beyond))
            case "line":
                found.append(_suppression(comment, *_line(source, line)))
            case "next-line":
                last = source.position(max(comment.span.end - 1, comment.span.start)).line
                found.append(_suppression(comment, *_line(source, following[last + 1])))
            case "on":
                found += _until_enabled(comment, enabled, beyond)
    found += _front_matter(source, root)
    return tuple(reversed(found))


def suppress(diagnostics: Iterable[Diagnostic], by: Sequence[Suppression]) -> tuple[list[Diagnostic], list[tuple[Diagnostic, Suppression]]]:
    """The diagnostics that are left, and those that are silenced, each with what silences it."""
    table: dict[tuple[bool, str], list[Suppression]] = {}
    for suppression in sorted(by, key=lambda one: one.begin):
        for rule in suppression.rules or (_ALL,):
            table.setdefault((suppression.scope in ("on", "file"), rule), []).append(suppression)
    left: list[Diagnostic] = []
    silenced: list[tuple[Diagnostic, Suppression]] = []
    for diagnostic in diagnostics:
        silencer = _silencer(diagnostic, table)
        if silencer is None:
            left.append(diagnostic)
        else:
            silenced.append((diagnostic, silencer))
    return left, silenced


class Judged(NamedTuple):
    """What is known of a document's suppressions: which diagnostics they silenced, and what ran.

    ``ran`` are the codes and names of the rules that ran on the document, ``open`` of those that could not decide something in it;
    ``complete`` says that none was left out by the command line.
    """

    suppressions: Sequence[Suppression]
    silenced: Sequence[tuple[Diagnostic, Suppression]]
    ran: Set[str]
    open: Set[str]
    complete: bool
    today: datetime.date


About = Literal["unused", "reason", "expired"]


def judge(source: Source, judged: Judged, about: About) -> Iterator[Finding]:
    """What is wrong with a document's suppressions: those that silence nothing, lack a reason, or are over."""
    match about:
        case "unused":
            yield from _unused(source, judged)
        case "reason":
            for span in dict.fromkeys(one.span for one in judged.suppressions if one.reason is None and one.span.start):
                yield Finding(span, "the comment does not say why; give a reason behind ` -- `")
        case "expired":
            for one in {one.span: one for one in judged.suppressions if one.expired(judged.today)}.values():
                word = f"{UNTIL}{one.until}"
                yield Finding(_word(source, one, word), f"the comment held until {one.until}, and silences nothing any more")


def _unused(source: Source, judged: Judged) -> Iterator[Finding]:
    used: set[tuple[Span, str]] = set()
    for diagnostic, by in judged.silenced:
        used.update((by.span, word) for word in by.rules or (_ALL,) if word in (diagnostic.code, diagnostic.name, _ALL))
    words: dict[Span, dict[str, Suppression]] = {}
    for one in judged.suppressions:
        if not one.expired(judged.today):
            words.setdefault(one.span, {}).update(dict.fromkeys(one.rules or (_ALL,), one))
    for span, said in words.items():
        # A rule that did not run, or could not decide something, may have something to say another time.
        idle = {
            word: one
            for word, one in said.items()
            if (span, word) not in used and (not judged.open and judged.complete if word == _ALL else word in judged.ran - judged.open)
        }
        for word, one in idle.items():
            what = (
                f"`{word}` is silenced here, but has nothing to say"
                if word
                else "all rules are silenced here, but none has anything to say"
            )
            yield Finding(_word(source, one, word), what, fix=_without(source, one, word, whole=len(idle) == len(said)))


def _word(source: Source, one: Suppression, word: str) -> Span:
    place = re.search(rf"(?<![^\s,]){re.escape(word)}(?![^\s,])", source.slice(one.span)) if word else None
    return Span(one.span.start + place.start(), one.span.start + place.end()) if place else one.span


def _without(source: Source, one: Suppression, word: str, *, whole: bool) -> Fix | None:
    """The comment without ``word``; ``whole`` if nothing of it is left. Front matter is left alone."""
    if not source.slice(one.span).startswith("<!--"):
        return None
    if not whole:
        span = _word(source, one, word)
        before = source.text[one.span.start : span.start]
        return Fix(f"take `{word}` out", (Edit(Span(span.start - (len(before) - len(before.rstrip(" ,"))), span.end), ""),), safe=True)
    first, last = source.line(source.position(one.span.start).line), source.line(source.position(one.span.end).line)
    alone = not source.text[first.start : one.span.start].strip() and not source.text[one.span.end : last.end].strip()
    if alone:
        # Its line goes with it; its line end is whatever stands before the next line.
        number = source.position(one.span.end).line
        end = source.line(number + 1).start if number < source.line_count else last.end
        return Fix("remove the comment", (Edit(Span(first.start, end), ""),), safe=True)
    start = one.span.start - (source.text[one.span.start - 1 : one.span.start] == " ")
    return Fix("remove the comment", (Edit(Span(start, one.span.end), ""),), safe=True)


def _silencer(diagnostic: Diagnostic, table: Mapping[tuple[bool, str], Sequence[Suppression]]) -> Suppression | None:
    start = diagnostic.span.start
    for key in product((False, True), (diagnostic.code, diagnostic.name, _ALL)):
        rows = table.get(key, ())
        # Ranges of one key are lines, or run on until one and the same place: where any holds an offset, the last to begin before it does,
        # or one that runs through the whole file and so begins first.
        last = bisect.bisect_right(rows, start, key=lambda one: one.begin) - 1
        for row in (rows[last], rows[0]) if last >= 0 else ():
            if start < row.end:
                return row
    return None


def _comments(source: Source, root: Root) -> Iterator[_Comment]:
    from doclint.markdown.comments import comments

    for comment in comments(source, root):
        said = _COMMENT.fullmatch(comment.text)
        if said is None:
            continue
        scope = said["scope"]
        if said["verb"] == "enable" and scope is not None:
            continue
        rest, *reason = _REASON.split(said["rest"], maxsplit=1)
        rules, until = _until(re.findall(r"[^\s,]+", rest))
        yield _Comment(
            span=comment.span,
            enable=said["verb"] == "enable",
            scope="line" if scope == "line" else "next-line" if scope == "next-line" else "file" if scope == "file" else "on",
            rules=rules,
            reason=" ".join(reason[0].split()) or None if reason else None,
            until=until,
        )


def _until(words: Sequence[str]) -> tuple[tuple[str, ...], datetime.date | None]:
    """The words that name rules, and the last day; what is no day is left among the words, to be told as one that is not known."""
    rules: list[str] = []
    until: datetime.date | None = None
    for word in words:
        day = None
        if word.startswith(UNTIL):
            with contextlib.suppress(ValueError):
                day = datetime.date.fromisoformat(word.removeprefix(UNTIL))
        if day is None:
            rules.append(word)
        until = day or until
    return tuple(rules), until


def _suppression(comment: _Comment, begin: int, end: int) -> Suppression:
    return Suppression(comment.span, comment.scope, comment.rules, comment.reason, comment.until, begin, end)


def _until_enabled(comment: _Comment, enabled: Mapping[str, int], beyond: int) -> Iterator[Suppression]:
    """``comment`` in force up to where each of its rules is enabled again; ``enabled`` says where that is next, for a rule and for all."""
    ends: dict[int, list[str]] = {}
    for rule in comment.rules or (_ALL,):
        ends.setdefault(min(enabled.get(rule, beyond), enabled.get(_ALL, beyond)), []).append(rule)
    for end, rules in ends.items():
        yield Suppression(comment.span, "on", tuple(filter(None, rules)), comment.reason, comment.until, comment.span.end, end)


def _line(source: Source, number: int) -> tuple[int, int]:
    if number > source.line_count:
        return len(source.text) + 1, len(source.text) + 1
    span = source.line(number)
    return span.start, span.end + 1


def _following(source: Source, comments: Sequence[_Comment]) -> list[int]:
    """For each line's number the first line from there on with more on it than blanks and comments of this kind: those can be stacked."""
    bare = list(source.text)
    for comment in comments:
        bare[comment.span.start : comment.span.end] = ["\n" if char == "\n" else " " for char in source.slice(comment.span)]
    text = "".join(bare)
    following = [source.line_count + 1] * (source.line_count + 3)
    for number in range(source.line_count, 0, -1):
        line = source.line(number)
        following[number] = number if text[line.start : line.end].strip() else following[number + 1]
    return following


def _front_matter(source: Source, root: Root) -> Iterator[Suppression]:
    first = root.children[0] if root.children else None
    if not isinstance(first, FrontMatter) or "doclint" not in source.slice(first.content):
        return
    from doclint.markdown.frontmatter import YamlError, load_yaml

    try:
        value = load_yaml(source.slice(first.content))
    except YamlError:
        # That the front matter cannot be read is another rule's to say.
        return
    said = value.get("doclint") if isinstance(value, dict) else None
    rules = said.get("disable") if isinstance(said, dict) else None
    if isinstance(rules, str):
        rules = [rules]
    if isinstance(rules, list) and rules:
        yield Suppression(first.span, "file", tuple(map(str, rules)), None, None, 0, len(source.text) + 1)
