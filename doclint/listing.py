"""What the verbs other than ``check`` print."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import asdict

from doclint.examples import Result
from doclint.own import Member
from doclint.page import parse
from doclint.report import Baselined
from doclint.reporters.json import dump
from doclint.rule import Rule
from doclint.terminal import paint, safe, width
from doclint.text import Source
from doclint.wording import count


def rules_text(rules: Sequence[Rule]) -> str:
    """One line for each rule: code, name, severity, whether doclint can mend it, summary."""
    rows = [("code", "name", "severity", "fix", "finds")]
    rows += [(rule.code, rule.name, rule.severity.value, "yes" if rule.fixable else "", rule.summary) for rule in rules]
    widths = [max(width(row[column]) for row in rows) for column in range(4)]
    lines = ("  ".join([*(cell.ljust(size) for cell, size in zip(row, widths, strict=False)), row[4]]) for row in rows)
    return "".join(f"{line}\n" for line in lines)


def rules_json(rules: Sequence[Rule]) -> str:
    """The rules as a JSON array."""
    return dump(
        [
            {
                "code": rule.code,
                "name": rule.name,
                "summary": rule.summary,
                "family": rule.family,
                "severity": rule.severity.value,
                "applies-to": list(rule.applies_to),
                "fixable": rule.fixable,
                "options": rule.options,
            }
            for rule in rules
        ]
    )


def types_text(types: Sequence[tuple[str, str | None, str]]) -> str:
    """One line for each document: path, type, and why it is of that type."""
    return "".join(f"{safe(path)}: {type or 'not recognised'} ({safe(why)})\n" for path, type, why in types)


def types_json(types: Sequence[tuple[str, str | None, str]]) -> str:
    """The same as a JSON array."""
    return dump([{"path": path, "type": type, "why": why} for path, type, why in types])


def baseline_text(baseline: Baselined) -> str:
    """One line for each entry: what is known, how often, since when, and whether it still stands; then how many there are."""
    gone = {(entry.path, entry.fingerprint, entry.message): entry.count for entry in baseline.stale}
    lines: list[str] = []
    for entry in baseline.entries:
        stale = gone.get((entry.path, entry.fingerprint, entry.message), 0)
        times = f" ({entry.count} times)" if entry.count > 1 else ""
        mark = "" if not stale else " [stale]" if stale == entry.count else f" [{stale} stale]"
        lines.append(f"{safe(entry.path)}: {entry.code} {safe(entry.message)}{times}, recorded on {entry.recorded}{mark}")
    known = sum(entry.count for entry in baseline.entries)
    lines.append(f"{count(known, 'finding')} in {safe(baseline.path)}, {sum(gone.values()) or 'none'} stale")
    return "".join(f"{line}\n" for line in lines)


def baseline_json(baseline: Baselined) -> str:
    """The same as a JSON object; ``stale`` is the part of a count that no finding needs any more."""
    gone = {(entry.path, entry.fingerprint, entry.message): entry.count for entry in baseline.stale}
    entries = [{**asdict(entry), "stale": gone.get((entry.path, entry.fingerprint, entry.message), 0)} for entry in baseline.entries]
    return dump({"path": baseline.path, "entries": entries})


def members_text(members: Sequence[Member]) -> str:
    """What is wrong with types and rules of one's own, a line each, and how many are sound."""
    lines = [safe(member.problem) for member in members if member.problem is not None]
    sound = sum(member.problem is None for member in members)
    return "".join(
        f"{line}\n"
        for line in (*lines, f"{sound} of {count(len(members), 'file')} can be used" if lines else f"{count(sound, 'file')} can be used")
    )


def page_text(rule: Rule, text: str, colour: bool) -> str:
    """A rule's page for the terminal: what its front matter says in words, then its prose and examples."""
    source = Source.decode(rule.page, text.encode())
    body = source.text[parse(source).body :].strip("\r\n").splitlines()
    lines = [
        f"{paint(rule.code, 'red', colour)} {paint(rule.name, 'bold', colour)}",
        rule.summary,
        "",
        f"severity    {rule.severity}",
        f"applies to  {_scope(rule)}",
        f"fixable     {'yes' if rule.fixable else 'no'}",
    ]
    for number, (name, schema) in enumerate(rule.options.items()):
        lines.append(f"{'options' if number == 0 else '':<10}  {name} = {dump(schema['default']).strip()}: {schema['description']}")
    lines.append("")
    lines += [paint(safe(line), "bold", colour) if line.startswith("#") else safe(line) for line in body]
    return "".join(f"{line}\n" for line in lines)


def _scope(rule: Rule) -> str:
    match rule.applies_to:
        case ("any",):
            return "every document"
        case ("working",):
            return "every document whose type is recognised"
    return ", ".join(rule.applies_to)


def results_text(results: Sequence[Result]) -> str:
    """What failed, as differences between what the pages say and what was printed, and how many examples there are."""
    lines: list[str] = []
    failed = [result for result in results if not result.passed]
    for result in failed:
        lines.append(result.title)
        if result.failure is not None:
            lines += (f"  {line}" for line in result.failure.rstrip("\n").split("\n"))
        lines += _difference("expect", result.example.expected, result.printed) if result.failure is None else ()
        if result.example.mended is not None and result.mended is not None:
            lines += _difference("fixed", result.example.mended, result.mended)
        lines.append("")
    total = count(len(results), "example")
    lines.append(f"{len(failed)} of {total} failed" if failed else f"{total} passed")
    return "".join(f"{safe(line)}\n" for line in lines)


def _difference(name: str, page: str, actual: str) -> list[str]:
    lines = difflib.unified_diff(page.splitlines(), actual.splitlines(), f"{name} (page)", f"{name} (printed)", n=1, lineterm="")
    return [f"  {line}" for line in lines]
