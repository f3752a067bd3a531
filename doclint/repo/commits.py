"""Commits as Git writes them, read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from doclint.late import late
from doclint.repo.facts import Commit

# The subject stands last, since it is the only part that can hold the separator.
FORMAT = "%x01%H%x1f%P%x1f%ct%x1f%cs%x1f%s"
LOG = ("log", "-z", "--topo-order", "--no-color", "--encoding=UTF-8", f"--format=tformat:{FORMAT}")
_EPOCH = datetime.date(1970, 1, 1)
_COMMITTER = late(rb"^committer .*?(-?\d+) ([+-])(\d\d)(\d\d)$")


def parse_header(record: bytes) -> Commit:
    """The commit that ``FORMAT`` wrote."""
    id, parents, time, day, subject = record[1:].decode("utf-8", "replace").split("\x1f", 4)
    return Commit(id, _day(day), int(time or 0), subject, tuple(parents.split()))


def parse_log(output: bytes) -> Iterator[Commit]:
    """The commits in the output of ``LOG`` without a diff."""
    for record in output.split(b"\0"):
        if record:
            yield parse_header(record)


def parse_commit(id: str, data: bytes) -> Commit:
    """The commit whose object's bytes are ``data``."""
    head, _, message = data.partition(b"\n\n")
    parents: list[str] = []
    encoding = "utf-8"
    time, offset = 0, 0
    for line in head.split(b"\n"):
        if line.startswith(b"parent "):
            parents.append(line[7:].decode("ascii"))
        elif line.startswith(b"encoding "):
            encoding = line[9:].decode("ascii", "replace")
        elif found := _COMMITTER.match(line):
            time = int(found.group(1))
            offset = (int(found.group(3)) * 60 + int(found.group(4))) * (-60 if found.group(2) == b"-" else 60)
    try:
        text = message.decode(encoding, "replace")
    except LookupError:
        text = message.decode("utf-8", "replace")
    return Commit(id, local_day(time, offset), time, _subject(text), tuple(parents))


def local_day(time: int, offset: int) -> datetime.date:
    """The day of ``time`` (seconds since 1970) where clocks are ``offset`` seconds ahead of UTC; 1970-01-01 where no calendar has it."""
    try:
        return _EPOCH + datetime.timedelta(days=(time + offset) // 86400)
    except OverflowError:
        return _EPOCH


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return _EPOCH


def _subject(message: str) -> str:
    lines: list[str] = []
    for line in message.split("\n"):
        if line.strip():
            lines.append(line.rstrip() if lines else line.strip())
        elif lines:
            break
    return " ".join(lines)
