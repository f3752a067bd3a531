"""Where reports go: stdout, and any number of files, each in a format of its own."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TextIO, cast

from doclint.errors import UsageError
from doclint.late import late
from doclint.nearest import hint
from doclint.reporters import formats

if TYPE_CHECKING:
    from doclint.report import Presentation, Report, Reporter

_FORMAT = late(r"[A-Za-z]{2,}")


class Output(NamedTuple):
    """A report in ``format``, on stdout where ``file`` is None."""

    format: str
    file: str | None


def outputs(format: str, wanted: Sequence[str]) -> list[Output]:
    """The reports that ``--format`` and each ``--output`` ask for; the one on stdout, if there is one, comes last.

    A file without a format takes the report in ``format``, and stdout stays empty then. Raises UsageError where a format is unknown, where
    two reports would go to one file, and where it shows beforehand that a file cannot be written.
    """
    found = [_output(format, one) for one in wanted]
    places: set[str] = set()
    for file in (one.file for one in found if one.file is not None):
        _writable(file)
        place = os.path.realpath(file)
        if place in places:
            raise UsageError(f"two reports cannot both be written to `{file}`")
        places.add(place)
    return found if any(_plain(one) for one in wanted) else [*found, Output(format, None)]


def _plain(wanted: str) -> bool:
    """Whether only a file is named. A format is a word; what looks else before a colon is the beginning of a name."""
    before, colon, _ = wanted.partition(":")
    return not colon or not _FORMAT.fullmatch(before)


def _output(format: str, wanted: str) -> Output:
    if _plain(wanted):
        return Output(format, wanted)
    name, _, file = wanted.partition(":")
    if name not in formats():
        raise UsageError(f"`{name}` in `--output {wanted}` is no format (a file of that name is `./{wanted}`){hint(name, formats())}")
    return Output(name, file)


def _writable(file: str) -> None:
    if file in ("", "-"):
        raise UsageError("--output names a file; the report on stdout is the one in --format")
    directory = os.path.dirname(file) or "."
    if os.path.islink(file):
        # It may lead anywhere.
        raise _refused(file, "it is a symbolic link")
    if os.path.isdir(file):
        raise _refused(file, "it is a directory")
    if not os.path.isdir(directory):
        raise _refused(file, f"there is no directory `{directory}`")
    if os.path.exists(file) and not os.access(file, os.W_OK):
        raise _refused(file, "it is write-protected")
    if not _stands(file) and not os.access(directory, os.W_OK):
        raise _refused(file, f"nothing can be made in `{directory}`")


def _stands(file: str) -> bool:
    """Whether ``file`` is a device or a pipe, which takes what it is given and is not replaced."""
    return os.path.exists(file) and not os.path.isfile(file)


def hand_out(report: Report, presentation: Presentation, wanted: Sequence[Output], stream: TextIO) -> None:
    """Write ``report`` wherever it is wanted, for stdout to ``stream``. Raises UsageError where a file cannot be written."""
    texts = [(one.file, _rendered(report, presentation, one)) for one in wanted]
    for file, text in texts:
        if file is None:
            stream.write(text)
        else:
            write(file, text)


def _rendered(report: Report, presentation: Presentation, output: Output) -> str:
    if output.file is not None:
        presentation = presentation._replace(colour=False, columns=None)
    return cast("Reporter", import_module(f"doclint.reporters.{output.format}")).render(report, presentation)


def write(file: str, text: str) -> None:
    """Make ``text`` the content of ``file``, in one step: nobody finds a part of it there. Raises UsageError where that cannot be done."""
    _writable(file)
    data = text.encode("utf-8", "backslashreplace")
    try:
        if _stands(file):
            with open(file, "wb") as stream:
                stream.write(data)
        else:
            _replace(file, data)
    except OSError as error:
        raise _refused(file, (error.strerror or "the system refuses").lower()) from None


def _replace(file: str, data: bytes) -> None:
    temporary = os.path.join(os.path.dirname(file), f".doclint-{os.urandom(8).hex()}.tmp")
    mode = stat.S_IMODE(os.stat(file).st_mode) if os.path.exists(file) else None
    try:
        with open(temporary, "xb") as stream:
            stream.write(data)
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _refused(file: str, why: str) -> UsageError:
    return UsageError(f"the report cannot be written to `{file}`: {why}")
