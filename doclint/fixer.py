"""Fixes, applied: which of them can go together, the text that comes of it, and the file that is replaced by it or stays as it was."""

from __future__ import annotations

import bisect
import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from doclint.diagnostic import Fix
from doclint.errors import DoclintError
from doclint.late import late
from doclint.text import Edit, Source, Span

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_BARE_LINE_FEED = late(r"(?<!\r)\n")
_SURROGATE = late("[\ud800-\udfff]")


class Applied(NamedTuple):
    """A text after fixes: ``taken`` are the indexes of those that were applied; the others overlap them, or are no use."""

    text: str
    taken: frozenset[int]


def apply(source: Source, fixes: Sequence[Fix]) -> Applied:
    """Apply those of ``fixes`` that can go together: safe ones before unsafe ones, earlier places before later ones.

    A fix is applied with all its edits or not at all. Edits that overlap one that was taken have to wait until the text is read anew; an
    edit that says the same as one that was taken is done with it.
    """
    taken: set[int] = set()
    accepted: list[Edit] = []
    for number in sorted(range(len(fixes)), key=lambda number: (not fixes[number].safe, _edits(fixes[number]), number)):
        edits = _edits(fixes[number])
        if not _is_sound(edits, source.text):
            continue
        new = [edit for edit in edits if not _holds(accepted, edit)]
        if any(_touches(accepted, edit) for edit in new):
            continue
        taken.add(number)
        for edit in new:
            bisect.insort(accepted, edit)
    return Applied(_edited(source, accepted), frozenset(taken))


def _edits(fix: Fix) -> list[Edit]:
    return sorted(set(fix.edits))


def _is_sound(edits: Sequence[Edit], text: str) -> bool:
    """Whether the edits of one fix stand in the text, apart from each other, and bring nothing that cannot be written as UTF-8."""
    end = 0
    for edit in edits:
        if not end <= edit.span.start <= edit.span.end <= len(text) or _SURROGATE.search(edit.replacement):
            return False
        end = edit.span.end
    return bool(edits)


def _holds(accepted: Sequence[Edit], edit: Edit) -> bool:
    place = bisect.bisect_left(accepted, edit)
    return place < len(accepted) and accepted[place] == edit


def _touches(accepted: Sequence[Edit], edit: Edit) -> bool:
    """Whether ``edit`` overlaps an accepted one, or stands at its very edge where one of the two inserts: their order would be a guess."""
    place = bisect.bisect_left(accepted, edit)
    return any(_clash(other.span, edit.span) for other in accepted[max(place - 1, 0) : place + 1])


def _clash(one: Span, other: Span) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _edited(source: Source, edits: Sequence[Edit]) -> str:
    parts: list[str] = []
    end = 0
    for edit in edits:
        parts += (source.text[end : edit.span.start], _as_lines_end(source, edit))
        end = edit.span.end
    parts.append(source.text[end:])
    return "".join(parts)


def _as_lines_end(source: Source, edit: Edit) -> str:
    """The replacement, its line ends as the line has them in which it begins."""
    if "\n" not in edit.replacement:
        return edit.replacement
    line = source.line(source.position(edit.span.start).line)
    own = re.compile(r"\r\n|\n|\r").match(source.text, line.end) or re.search(r"\r\n|\n|\r", source.text)
    return _BARE_LINE_FEED.sub(own[0] if own else "\n", edit.replacement)


class UnwritableError(DoclintError):
    """A file that was left as it was; the message is a clause that says why."""


def write(root: str, path: str, before: bytes, after: bytes) -> None:
    """Replace the file ``path`` below ``root``, which holds ``before``, by one that holds ``after``, in one step and with the same mode.

    Raises UnwritableError, and leaves the file as it is, where it is no plain file of its own (a symbolic link, something behind one, one
    of several hard links), where it may not be written, and where it holds something else by now.
    """
    try:
        with _parent(root, path) as (directory, beginning):
            name = beginning + path.rpartition("/")[2]
            state = _confirmed(name, directory, before)
            if state.st_nlink > 1:
                raise UnwritableError(f"it has {state.st_nlink} hard links, and a new file would part them")
            if not state.st_mode & 0o222 or not os.access(name, os.W_OK, dir_fd=directory):
                raise UnwritableError("it is write-protected")
            _replace(name, beginning, directory, state, before, after)
    except OSError as error:
        raise UnwritableError(_reason(error)) from None


def create(root: str, path: str, data: bytes) -> None:
    """Make the file ``path`` below ``root``, which holds ``data``, in one step.

    Raises UnwritableError where something is there already, and where it may not be written.
    """
    try:
        with _parent(root, path) as (directory, beginning):
            name = beginning + path.rpartition("/")[2]
            temporary = f"{beginning}.doclint-{os.urandom(8).hex()}.tmp"
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, 0o666, dir_fd=directory)
            try:
                with open(descriptor, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                # A link is made only where nothing has that name, which renaming does not ask.
                os.link(temporary, name, src_dir_fd=directory, dst_dir_fd=directory, follow_symlinks=False)
            finally:
                os.unlink(temporary, dir_fd=directory)
            if directory is not None:
                os.fsync(directory)
    except FileExistsError:
        raise UnwritableError("something is there already") from None
    except FileNotFoundError:
        raise UnwritableError("its directory is not on disk") from None
    except OSError as error:
        raise UnwritableError(_reason(error)) from None


def content(root: str, path: str) -> bytes | None:
    """What the file ``path`` below ``root`` holds; None where there is none. Raises UnwritableError where it is no plain file."""
    try:
        with _parent(root, path) as (directory, beginning):
            name = beginning + path.rpartition("/")[2]
            if not _NO_FOLLOW and os.path.islink(name):
                raise UnwritableError("it is a symbolic link")
            descriptor = os.open(name, os.O_RDONLY | _NO_FOLLOW | _BINARY | getattr(os, "O_NONBLOCK", 0), dir_fd=directory)
            with open(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise UnwritableError("it is no file")
                return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnwritableError(_reason(error)) from None


def _replace(name: str, beginning: str, directory: int | None, state: os.stat_result, before: bytes, after: bytes) -> None:
    temporary = f"{beginning}.doclint-{os.urandom(8).hex()}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, 0o600, dir_fd=directory)
    try:
        with open(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            _resemble(file.fileno(), state)
            os.fsync(file.fileno())
        now = _confirmed(name, directory, before)
        if (now.st_dev, now.st_ino, now.st_mode) != (state.st_dev, state.st_ino, state.st_mode):
            raise UnwritableError("it was replaced meanwhile")
        os.replace(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)
    except BaseException:
        os.unlink(temporary, dir_fd=directory)
        raise
    if directory is not None:
        os.fsync(directory)


def _resemble(descriptor: int, state: os.stat_result) -> None:
    """Give a new file the owner and the mode of the old one; without the owner's rights the owner stays who writes."""
    made = os.fstat(descriptor)
    if hasattr(os, "fchown") and (made.st_uid, made.st_gid) != (state.st_uid, state.st_gid):
        try:
            os.fchown(descriptor, state.st_uid, state.st_gid)
        except PermissionError:
            raise UnwritableError("it belongs to someone else") from None
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(state.st_mode))


def _confirmed(name: str, directory: int | None, content: bytes) -> os.stat_result:
    """What the system says of the plain file ``name``, which must still hold ``content``."""
    if not _NO_FOLLOW and os.path.islink(name):
        raise UnwritableError("it is a symbolic link")
    # Opening a pipe that nobody writes to would wait for ever.
    descriptor = os.open(name, os.O_RDONLY | _NO_FOLLOW | _BINARY | getattr(os, "O_NONBLOCK", 0), dir_fd=directory)
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            raise UnwritableError("it is no file")
        with open(descriptor, "rb", closefd=False) as file:
            if file.read(len(content) + 1) != content:
                raise UnwritableError("it was changed meanwhile")
    finally:
        os.close(descriptor)
    return state


@contextmanager
def _parent(root: str, path: str) -> Iterator[tuple[int | None, str]]:
    """The directory of ``path``, reached from ``root`` without following a symbolic link, and what a name in it begins with."""
    directories = path.split("/")[:-1]
    if os.open not in os.supports_dir_fd:
        for number in range(len(directories)):
            if os.path.islink(os.path.join(root, *directories[: number + 1])):
                raise UnwritableError("a symbolic link leads to it")
        yield None, os.path.join(root, *directories, "")
        return
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for directory in directories:
            try:
                inner = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | _NO_FOLLOW, dir_fd=descriptor)
            except NotADirectoryError:
                raise UnwritableError("a symbolic link leads to it") from None
            os.close(descriptor)
            descriptor = inner
        yield descriptor, ""
    finally:
        os.close(descriptor)


def make_way(root: str, path: str) -> None:
    """Make the directories below ``root`` that the file ``path`` needs. Raises UnwritableError where something else is in the way."""
    directories = path.split("/")[:-1]
    try:
        for number in range(len(directories)):
            with _parent(root, "/".join(directories[: number + 1])) as (directory, beginning):
                name = beginning + directories[number]
                try:
                    os.mkdir(name, dir_fd=directory)
                except FileExistsError:
                    mode = os.stat(name, dir_fd=directory, follow_symlinks=False).st_mode
                    if not stat.S_ISDIR(mode):
                        raise UnwritableError("a symbolic link leads to it" if stat.S_ISLNK(mode) else "a file stands in its way") from None
    except OSError as error:
        raise UnwritableError(_reason(error)) from None


def _reason(error: OSError) -> str:
    match error.errno:
        case errno.ELOOP | errno.EMLINK:
            return "it is a symbolic link"
        case errno.ENOENT:
            return "it is not on disk"
        case errno.EACCES | errno.EPERM:
            return "it may not be read, or its directory not be written"
        case _:
            return (error.strerror or "the system refuses").lower()
