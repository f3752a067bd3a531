"""The board of the work, written down: a table for each document for people, JSON for programs (``schemas/status.schema.json``)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from doclint import __version__
from doclint.board import Board, Line, Moved, Progress, Row, Sheet
from doclint.diagnostic import Diagnostic, Severity
from doclint.model.document import Lifecycle, State
from doclint.repo.facts import NOT_COMMITTED, Commit, Landing, Unknown
from doclint.report import Presentation
from doclint.reporters import json
from doclint.terminal import clip, inert, pad, paint, safe, width
from doclint.wording import count, unknown

VERSION = 1
NARROW = 80
"""Cells of a line, where the output is no terminal that says how many it has."""
_STATES = {
    State.NOT_STARTED: ("not started", ""),
    State.ACTIVE: ("in progress", "cyan"),
    State.WAITING: ("waiting", "yellow"),
    State.BLOCKED: ("blocked", "red"),
    State.DONE: ("done", "green"),
    State.DROPPED: ("dropped", "faint"),
    State.UNKNOWN: ("", ""),
}
_SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_PARTLY = "partly done"
_UNKNOWN = "?"
_GAP = "  "
# The fewest cells that a name and a branch keep, and the most that they take.
_NAME = (10, 60)
_BRANCH = (8, 36)
# What has to be cut below this is worth more than a date.
_READABLE = 24
_INDENT = "  "
# So many codes are named in one row, and more are counted.
_FEW = 3


class _Cell(NamedTuple):
    text: str = ""
    style: str = ""


class _Column(NamedTuple):
    """A column as it is before it has to fit: ``least`` is None where nothing can be cut from it."""

    header: str
    cells: tuple[_Cell, ...]
    least: int | None = None
    most: int | None = None
    right: bool = False

    @property
    def natural(self) -> int:
        size = max(width(cell.text) for cell in (_Cell(self.header), *self.cells))
        return size if self.most is None else min(size, self.most)


def text(board: Board, presentation: Presentation, columns: int = NARROW, known: bool = False) -> str:
    """A table for each document in lines of at most ``columns`` cells, a legend for what needs one, and the sum as the last line.

    ``known`` says that there is a baseline, whose findings stand here like all others.
    """
    lines: list[str] = []
    for sheet in board.sheets:
        lines += _sheet(board, sheet, presentation.colour, columns)
    if lines and lines[-1]:
        lines.append("")
    lines += _legend(board)
    lines += unknown(board.report)
    lines += _aside(board)
    lines += _sum(board, known)
    return "".join(f"{inert(line) if presentation.runner else line}\n" for line in lines)


def _sheet(board: Board, sheet: Sheet, colour: bool, columns: int) -> Iterator[str]:
    """A line, or two, on the document with what its title is about, and the table of its other units."""
    whole = next((row for row in sheet.rows if row.whole), None)
    rows = [row._replace(depth=row.depth - (whole is not None and row.depth > whole.depth)) for row in sheet.rows if row is not whole]
    state = _Cell(*_STATES[sheet.state]) if whole is None or whole.state is State.UNKNOWN else _state(whole)
    boxes = f"{sheet.progress.done}/{sheet.progress.total} boxes" if sheet.progress is not None else ""
    branch = _branches(whole.branches) if whole is not None else _Cell()
    changed = _days(board.today, sheet.moved.date) if isinstance(sheet.moved, Commit) else ""
    about = _findings((*sheet.findings, *(whole.findings if whole is not None else ())))
    parts = [
        _Cell(sheet.type),
        _Cell("" if sheet.lifecycle is Lifecycle.LIVING else sheet.lifecycle.value),
        state,
        _Cell(boxes),
        branch,
        _Cell(f"changed {changed}" if changed else ""),
        about._replace(text=f"{about.text} elsewhere") if about.text and any(row.findings for row in rows) else about,
    ]
    # A path that is cut cannot be opened.
    line, room = paint(safe(sheet.path), "bold", colour), columns - width(safe(sheet.path))
    told = [part for part in parts if part.text]
    if sum(width(part.text) + len(_GAP) for part in told) > room:
        room = 0
    for part in told:
        if width(part.text) + len(_GAP) > room:
            yield line
            line, room = "", columns
        line += _GAP + (paint(part.text, part.style, colour) if part.style else part.text)
        room -= width(part.text) + len(_GAP)
    yield line
    if rows:
        yield from _table(board, rows, colour, columns)
        yield ""


def _table(board: Board, rows: Sequence[Row], colour: bool, room: int) -> Iterator[str]:
    wide = [_columns(board, rows, dates) for dates in (True, False)]
    columns = next((each for each in wide if _needs(each) <= room), wide[-1])
    widths = _fitted(columns, room)
    head = (pad(column.header, size, right=column.right) for column, size in zip(columns, widths, strict=True))
    yield paint(_INDENT + _GAP.join(head).rstrip(), "blue", colour)
    for number in range(len(rows)):
        line = []
        for column, size in zip(columns, widths, strict=True):
            cell = column.cells[number]
            shown = clip(cell.text, size)
            line.append((pad(shown, size, right=column.right), cell.style))
        while len(line) > 1 and not line[-1][0].strip():
            line.pop()
        last = line[-1]
        line[-1] = (last[0].rstrip(), last[1])
        yield _INDENT + _GAP.join(paint(part, style, colour) if style else part for part, style in line)


def _columns(board: Board, rows: Sequence[Row], dates: bool) -> list[_Column]:
    """The columns in which something stands."""
    found = [
        _Column("unit", tuple(_Cell(_named(row)) for row in rows), *_NAME),
        _Column("status", tuple(_state(row) for row in rows)),
        _Column("progress", tuple(_Cell(_progress(row.progress)) for row in rows), right=True),
        _Column("branch", tuple(_branches(row.branches) for row in rows), *_BRANCH),
        _Column("moved", tuple(_Cell(_moved(board.today, row.moved, dates)) for row in rows)),
        _Column("findings", tuple(_findings(row.findings) for row in rows)),
    ]
    return [column for column in found if column.header == "unit" or any(cell.text for cell in column.cells)]


def _needs(columns: Sequence[_Column]) -> int:
    fixed = sum(column.natural if column.least is None else min(column.natural, _READABLE) for column in columns)
    return fixed + len(_GAP) * (len(columns) - 1) + len(_INDENT)


def _fitted(columns: Sequence[_Column], room: int) -> list[int]:
    """The widths of the columns: those that can be cut share what is lacking, the widest of them first."""
    widths = [column.natural for column in columns]
    over = sum(widths) + len(_GAP) * (len(columns) - 1) + len(_INDENT) - room
    while over > 0:
        spare = [index for index, column in enumerate(columns) if column.least is not None and widths[index] > column.least]
        if not spare:
            break
        widest = max(spare, key=lambda index: widths[index])
        widths[widest] -= 1
        over -= 1
    return widths


def _named(row: Row) -> str:
    name = " ".join(safe(" ".join(row.name.split())).split())
    title = safe(" ".join(row.title.split()))
    full = f"{name}: {title}" if title and title not in name else name
    # What a title holds may have been taken for a remark of which the end was left out.
    return "  " * row.depth + full + ")" * (full.count("(") > full.count(")"))


def _state(row: Row) -> _Cell:
    if row.partial:
        return _Cell(_PARTLY, "yellow")
    return _Cell(*_STATES[row.state])


def _progress(progress: Progress | None) -> str:
    if progress is None:
        return ""
    return f"{progress.percent:g}%" if progress.total is None else f"{progress.done}/{progress.total}"


def _branches(branches: Sequence[Line]) -> _Cell:
    if not branches:
        return _Cell()
    first = branches[0]
    more = f" +{len(branches) - 1}" if len(branches) > 1 else ""
    return _Cell(f"{_fate(first)}{clip(safe(first.name), _BRANCH[1])}{more}")


def _fate(line: Line) -> str:
    if isinstance(line.landed, Landing):
        return "✓ "
    return "" if line.there is True else f"{_UNKNOWN} " if isinstance(line.there, Unknown) else "✗ "


def _moved(today: datetime.date, moved: Moved | Unknown | None, dates: bool) -> str:
    if isinstance(moved, Moved):
        days = _days(today, moved.commit.date)
        return f"{moved.commit.date}  {days}" if dates else days.removesuffix(" ago")
    return "uncommitted" if moved is NOT_COMMITTED else _UNKNOWN if moved is not None else ""


def _days(today: datetime.date, day: datetime.date) -> str:
    number = (today - day).days
    return "today" if number <= 0 else f"{number} d ago"


def _findings(findings: Sequence[Diagnostic]) -> _Cell:
    """The codes, the gravest first, each once."""
    ordered = sorted(findings, key=lambda one: (one.severity.rank, one.code))
    codes = list(dict.fromkeys(one.code for one in ordered))
    more = f" +{len(codes) - _FEW}" if len(codes) > _FEW else ""
    return _Cell(" ".join(codes[:_FEW]) + more, _SEVERITIES[ordered[0].severity] if ordered else "")


# --- below the tables -------------------------------------------------------------------------------------------------


def _legend(board: Board) -> Iterator[str]:
    """What the signs mean, if they were used, and why something is not known."""
    branches = [line for row in board.rows for line in row.branches[:1]]
    base = board.report.tree.base
    marks = []
    if any(isinstance(line.landed, Landing) for line in branches):
        marks.append(f"✓ merged into {'the base' if isinstance(base, Unknown) else f'`{base.name}`'}")
    if any(line.there is False for line in branches):
        marks.append("✗ no such branch here")
    if marks:
        yield safe(", ".join(marks))
    reasons: dict[str, str | None] = {}
    for row in board.rows:
        for answer in (row.moved, *(line.there for line in row.branches[:1])):
            if isinstance(answer, Unknown) and answer is not NOT_COMMITTED:
                reasons[answer.reason] = answer.remedy
    for reason, remedy in sorted(reasons.items()):
        yield safe(f"{_UNKNOWN} not known: {reason}{f'; {remedy}' if remedy else ''}")


def _aside(board: Board) -> Iterator[str]:
    silent = sum(sheet.silent for sheet in (*board.sheets, *board.finished))
    parts = (
        f"{count(silent, 'unit')} without status, boxes, branch or finding" if silent else "",
        f"{count(board.aside, 'document')} that {'does' if board.aside == 1 else 'do'} not speak of today" if board.aside else "",
    )
    if told := [part for part in parts if part]:
        yield f"not shown: {'; '.join(told)} (--all shows {'it' if silent + board.aside == 1 else 'them'})"


def _sum(board: Board, known: bool) -> Iterator[str]:
    rows = list(board.rows)
    where = count(len(board.sheets), "document")
    numbers = [(sum(row.state is state and not row.partial for row in rows), word) for state, (word, _) in _STATES.items() if word]
    numbers.append((sum(row.partial for row in rows), _PARTLY))
    numbers.append((sum(row.state is State.UNKNOWN for row in rows), "without status"))
    hidden = sum(sheet.hidden for sheet in (*board.sheets, *board.finished))
    found = sum(len(sheet.findings) + sum(len(row.findings) for row in sheet.rows) for sheet in board.sheets)
    if found:
        told = "those that the baseline does not know" if known else "it" if found == 1 else "them"
        yield f"{count(found, 'finding')}: `doclint check` tells {told}"
    finished = [count(hidden, "unit") if hidden else "", count(len(board.finished), "document") if board.finished else ""]
    if any(finished):
        yield f"finished, and left out: {', '.join(filter(None, finished))}"
    if rows:
        yield f"{count(len(rows), 'unit')} in {where}: {', '.join(f'{number} {word}' for number, word in numbers if number)}"
    elif board.sheets:
        yield f"no units to show in {where}"
    elif board.finished:
        yield "nothing is on the way"
    else:
        yield "no working documents; `doclint types` says what each document was taken for"


# --- for programs -----------------------------------------------------------------------------------------------------


def dump(board: Board) -> str:
    """The board as one JSON object."""
    return json.dump(value(board))


def value(board: Board) -> dict[str, Any]:
    """The board as a JSON value."""
    rows = list(board.rows)
    return {
        "version": VERSION,
        "tool": {"name": "doclint", "version": __version__},
        "tree": json.judged(board.report.tree),
        "today": board.today.isoformat(),
        "documents": [_document(board, sheet) for sheet in board.sheets],
        "unread": [{"path": one.path, "reason": one.reason} for one in board.report.unread],
        "failures": [{"code": one.code, "path": one.path, "error": one.error} for one in board.report.crashes],
        "summary": {
            "documents": len(board.sheets),
            "units": len(rows),
            **{state.value: sum(row.state is state for row in rows) for state in State},
            "with_findings": sum(bool(row.findings) for row in rows),
            "left_out": {
                "documents": board.aside,
                "silent": sum(sheet.silent for sheet in (*board.sheets, *board.finished)),
                "finished": sum(sheet.hidden for sheet in (*board.sheets, *board.finished)),
                "finished_documents": len(board.finished),
            },
        },
    }


def _document(board: Board, sheet: Sheet) -> dict[str, Any]:
    return {
        "path": sheet.path,
        "type": sheet.type,
        "lifecycle": sheet.lifecycle.value,
        "state": sheet.state.value,
        "progress": _number(sheet.progress),
        "changed": _commit(board.today, sheet.moved),
        "findings": [_finding(board, one) for one in sheet.findings],
        "units": [_unit(board, row) for row in sheet.rows],
    }


def _unit(board: Board, row: Row) -> dict[str, Any]:
    by = {"by": row.moved.by} if isinstance(row.moved, Moved) else {}
    moved = _commit(board.today, row.moved.commit if isinstance(row.moved, Moved) else row.moved)
    return {
        "kind": row.kind,
        "id": row.id,
        "name": row.name,
        "title": row.title,
        "whole": row.whole,
        "depth": row.depth,
        "line": row.line,
        "state": row.state.value,
        "stated": row.stated,
        "partial": row.partial,
        "owner": row.owner,
        "progress": _number(row.progress),
        "branches": [
            {
                "name": line.name,
                "exists": None if isinstance(line.there, Unknown) else line.there,
                "merged": None if isinstance(line.landed, Unknown) or line.there is not True else _landing(line.landed),
            }
            for line in row.branches
        ],
        "moved": None if moved is None else {**by, **moved},
        "findings": [_finding(board, one) for one in row.findings],
    }


def _landing(landing: Landing | Unknown | None) -> bool:
    return isinstance(landing, Landing)


def _number(progress: Progress | None) -> dict[str, Any] | None:
    return None if progress is None else progress._asdict()


def _commit(today: datetime.date, commit: Commit | Unknown | None) -> dict[str, Any] | None:
    """When it was and how many days ago, or why that is not known."""
    if commit is None:
        return None
    if isinstance(commit, Unknown):
        return {"unknown": commit.reason}
    return {"commit": commit.id, "date": commit.date.isoformat(), "days": max(0, (today - commit.date).days), "subject": commit.subject}


def _finding(board: Board, diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "line": board.report.sources[diagnostic.path].position(diagnostic.span.start).line,
        "message": diagnostic.message,
        "fingerprint": diagnostic.fingerprint,
    }
