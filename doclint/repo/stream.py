"""A Git process that stays, and answers one question after the other."""

from __future__ import annotations

import os
import select

from doclint.errors import GitError
from doclint.repo.process import Git

_SECONDS = 60.0
_CHUNK = 1 << 16


class Stream:
    """``git <arguments>``, started at once. Where it ends before it has answered, EOFError or OSError tells."""

    __slots__ = ("_buffer", "_process", "_verb")

    def __init__(self, git: Git, *arguments: str) -> None:
        self._verb = arguments[0]
        self._process = git.start(*arguments)
        self._buffer = bytearray()

    def ask(self, request: bytes) -> None:
        """Send a request."""
        assert self._process.stdin is not None
        self._process.stdin.write(request)

    def until(self, end: bytes) -> bytes:
        """What it says up to the byte ``end``, which is dropped."""
        start = 0
        while (place := self._buffer.find(end, start)) < 0:
            start = len(self._buffer)
            self._fill()
        found = bytes(self._buffer[:place])
        del self._buffer[: place + 1]
        return found

    def take(self, size: int, *, keep: bool) -> bytes | None:
        """The next ``size`` bytes, or None where they are not to be kept."""
        if keep:
            while len(self._buffer) < size:
                self._fill()
            found = bytes(self._buffer[:size])
            del self._buffer[:size]
            return found
        while size > len(self._buffer):
            size -= len(self._buffer)
            self._buffer.clear()
            self._fill()
        del self._buffer[:size]
        return None

    def close(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.kill()
        self._process.wait()

    def _fill(self) -> None:
        assert self._process.stdout is not None
        # Windows cannot wait on a pipe.
        if os.name != "nt" and not select.select([self._process.stdout], [], [], _SECONDS)[0]:
            raise GitError(f"`git {self._verb}` took longer than {_SECONDS:.0f} seconds")
        chunk = os.read(self._process.stdout.fileno(), _CHUNK)
        if not chunk:
            raise EOFError
        self._buffer += chunk
