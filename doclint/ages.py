"""How long faults stand, written down: a table for people, JSON for programs (``schemas/replay.schema.json``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from doclint import __version__
from doclint.diagnostic import Severity
from doclint.replay import Beginning, Replay, Standing
from doclint.report import Presentation
from doclint.reporters import json
from doclint.terminal import inert, paint, safe, width
from doclint.wording import count, unknown

VERSION = 1
_HEADER = ("days", "since", "by", "line", "code", "fault")
_RIGHT = ("days", "line")
_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
# Cells of a subject: the message behind it is what has to be read.
_SUBJECT = 48


def text(replay: Replay, presentation: Presentation) -> str:
    """A table for each document with faults, and the figures as the last line."""
    lines: list[str] = []
    for path, standing in groupby(replay.standing, key=lambda one: one.diagnostic.path):
        lines.append(paint(safe(path), "bold", presentation.colour))
        lines += _table(replay, list(standing), presentation.colour)
        lines.append("")
    lines += unknown(replay.report)
    lines.append(_figures(replay))
    return "".join(f"{inert(line) if presentation.runner else line}\n" for line in lines)


def _table(replay: Replay, standing: Sequence[Standing], colour: bool) -> Iterator[str]:
    rows = [_HEADER, *(_row(replay, one) for one in standing)]
    widths = [max(width(row[column]) for row in rows) for column in range(len(_HEADER) - 1)]
    styles = ["blue", *(_STYLE[one.diagnostic.severity] for one in standing)]
    for row, style in zip(rows, styles, strict=True):
        cells = [_padded(cell, size, name in _RIGHT) for cell, size, name in zip(row, widths, _HEADER, strict=False)]
        if row is _HEADER:
            yield paint("  " + "  ".join([*cells, row[-1]]), style, colour)
        else:
            cells[-1] = paint(row[-2], style, colour) + cells[-1][len(row[-2]) :]
            yield "  " + "  ".join([*cells, row[-1]])


def _padded(cell: str, size: int, right: bool) -> str:
    blanks = " " * (size - width(cell))
    return blanks + cell if right else cell + blanks


def _row(replay: Replay, one: Standing) -> tuple[str, ...]:
    diagnostic = one.diagnostic
    line = replay.report.sources[diagnostic.path].position(diagnostic.span.start).line
    grade = "" if diagnostic.severity is Severity.ERROR else f"[{diagnostic.severity}] "
    return (_days(one), _since(one.beginning), one.beginning.cause or "", str(line), diagnostic.code, grade + safe(diagnostic.message))


def _days(one: Standing) -> str:
    return f"{one.days}{'+' if one.beginning.kind == 'before' else ''}"


def _since(beginning: Beginning) -> str:
    commit = beginning.commit
    where = "" if commit is None else f"{commit.date} {commit.short}"
    subject = "" if commit is None else _short(safe(commit.subject))
    match beginning.kind:
        case "before":
            return f"{where} or before ({safe(beginning.reason or '')})"
        case "uncommitted":
            return "not committed yet"
        case "calendar":
            return f"some day after {where}"
        case "base":
            return f"{where} {subject} (on `{safe(beginning.reason or '')}` alone)".lstrip()
    return f"{where} {subject}"


def _short(subject: str) -> str:
    if width(subject) <= _SUBJECT:
        return subject
    cells, kept = _SUBJECT - 1, ""
    for character in subject:
        cells -= width(character)
        if cells < 0:
            break
        kept += character
    return f"{kept.rstrip()}…"


def _figures(replay: Replay) -> str:
    summary = replay.summary()
    if summary.oldest is None:
        return f"no faults stand in {count(len(replay.report.documents), 'document')}"
    number = len(replay.standing)
    parts = [f"{count(number, 'fault')} {'stands' if number == 1 else 'stand'} in {count(summary.documents, 'document')}"]
    oldest = summary.oldest.beginning
    if oldest.commit is None:
        parts.append("none is committed yet")
    else:
        parts.append(f"the oldest since {oldest.commit.date}{' or before' * (oldest.kind == 'before')}, {_days(summary.oldest)} days")
        parts.append(f"median {summary.median:g} days")
    causes = ((summary.document, "the document changed"), (summary.world, "the world around it did"))
    parts.append(", ".join(f"{number} because {why}" for number, why in causes if number))
    return "; ".join(filter(None, parts))


def value(replay: Replay) -> dict[str, Any]:
    """The replay as a JSON value."""
    summary = replay.summary()
    return {
        "version": VERSION,
        "tool": {"name": "doclint", "version": __version__},
        "tree": json.judged(replay.report.tree),
        "today": replay.today.isoformat(),
        "since": replay.since,
        "faults": [_fault(replay, one) for one in replay.standing],
        "failures": [{"code": one.code, "path": one.path, "error": one.error} for one in replay.crashes],
        "summary": {
            "documents": len(replay.report.documents),
            "faulty": summary.documents,
            "faults": len(replay.standing),
            "oldest": None if summary.oldest is None else summary.oldest.days,
            "median": summary.median,
            "document": summary.document,
            "world": summary.world,
        },
    }


def dump(replay: Replay) -> str:
    """The replay as one JSON object."""
    return json.dump(value(replay))


def _fault(replay: Replay, one: Standing) -> dict[str, Any]:
    diagnostic, beginning = one.diagnostic, one.beginning
    position = replay.report.sources[diagnostic.path].position(diagnostic.span.start)
    commit = beginning.commit
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "path": diagnostic.path,
        "line": position.line,
        "column": position.column,
        "message": diagnostic.message,
        "fingerprint": diagnostic.fingerprint,
        "days": one.days,
        "began": {
            "kind": beginning.kind,
            "commit": None if commit is None else {"id": commit.id, "date": commit.date.isoformat(), "subject": commit.subject},
            "cause": beginning.cause,
            "reason": beginning.reason,
        },
    }
