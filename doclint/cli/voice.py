"""How the command line speaks: reports to stdout, its own words to stderr, with nothing in them that a terminal or a build would obey."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from doclint.errors import UsageError
from doclint.terminal import colour, inert, safe

if TYPE_CHECKING:
    from doclint.report import Crash

COLOUR = click.Choice(["auto", "always", "never"])
_PROGRESS_FROM = 50
_NARROWEST, _WIDEST = 40, 200


def complain(sentence: str) -> None:
    """Say ``sentence`` on stderr, in one line, in doclint's own name."""
    line = f"doclint: {' '.join(safe(part) for part in sentence.splitlines())}"
    murmur(f"{inert(line) if on_runner() else line}\n")


def murmur(text: str) -> None:
    """Write ``text`` to stderr. Where that takes nothing, there is nobody to be told: the exit status says it all the same."""
    with contextlib.suppress(OSError):
        sys.stderr.write(text)


def on_runner() -> bool:
    """Whether what is printed goes into the log of a GitHub runner, which obeys some of it."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def coloured(choice: str) -> bool:
    """Whether to colour stdout, where ``--color`` says ``choice``."""
    return colour(choice, os.environ, sys.stdout.isatty())


def columns() -> int:
    """How many cells a line may take: the terminal's, else what COLUMNS says, else enough for everything."""
    return max(_NARROWEST, shutil.get_terminal_size((_WIDEST, 0)).columns)


def say(text: str) -> None:
    """Print ``text``."""
    if on_runner():
        text = "".join(inert(line) for line in text.splitlines(keepends=True))
    sys.stdout.write(text)


def ask(question: str) -> bool:
    """Whether the person at the terminal says yes; nobody does where there is no terminal."""
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return click.confirm(f"{question}?", default=False)


def progress() -> Callable[[int, int], None] | None:
    """What shows how many documents are done; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total >= _PROGRESS_FROM and (done % 20 == 0 or done == total):
            sys.stderr.write("\r\x1b[K" if done == total else f"\r{done} of {total} documents")
            sys.stderr.flush()

    return show


def looking_back() -> Callable[[int], None] | None:
    """What shows how many commits are done; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(commits: int) -> None:
        sys.stderr.write(f"\r\x1b[K{commits} commits judged\r")
        sys.stderr.flush()

    return show


def confess(crash: Crash, debug: bool) -> None:
    """Say that doclint itself failed, and with ``debug`` where."""
    complain(f"internal error in {crash.code or 'the reading'} of {crash.path}: {crash.error}{'' if debug else ' (--debug shows where)'}")
    if debug:
        murmur("".join(f"{safe(line)}\n" for line in crash.trace.splitlines()))


def pass_on(data: bytes) -> None:
    """Write bytes to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def hand_over(patch: str) -> None:
    """Print a patch: to a program as it is, to people with nothing in it that their terminal would obey."""
    if on_runner() or sys.stdout.isatty():
        say("".join(f"{safe(line)}\n" for line in patch.split("\n")[:-1]))
    else:
        pass_on(patch.encode("utf-8", "surrogateescape"))


def create(path: str, text: str) -> None:
    """Write ``text`` to a new file. Raises UsageError where something is there, or it cannot be written."""
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"`{path}` exists, and is left as it is") from None
    except OSError as error:
        raise UsageError(f"`{path}` cannot be written: {error.strerror}") from None
