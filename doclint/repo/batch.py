"""Objects of a repository, read through one long-lived ``git cat-file --batch``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from doclint.errors import GitError
from doclint.repo.commits import parse_commit
from doclint.repo.facts import Commit, Unknown
from doclint.repo.ids import is_full
from doclint.repo.stream import Stream

if TYPE_CHECKING:
    from doclint.repo.process import Git

LARGEST = 8 * 1024 * 1024
TOO_LARGE = Unknown(f"the file is larger than {LARGEST // (1024 * 1024)} MiB")
# Requests that a pipe takes in one piece while nothing is read from the other.
_AT_ONCE = 60


class Object(NamedTuple):
    """An object: its full id, its kind (``blob``, ``commit`` …), and its bytes, or None where there are more than ``LARGEST``."""

    id: str
    kind: str
    data: bytes | None


class Ambiguous:
    """A short id that several objects share."""


AMBIGUOUS = Ambiguous()


class Objects:
    """A reader of objects by any name that Git knows; the process starts with the first question."""

    __slots__ = ("_commits", "_git", "_present", "_stream")

    def __init__(self, git: Git) -> None:
        self._git = git
        self._stream: Stream | None = None
        self._commits: dict[str, Commit | None] = {}
        self._present: frozenset[str] | None = None

    def get(self, name: str) -> Object | Ambiguous | None:
        """The object of that name; None where there is none, or where a partial clone lacks it.

        A name with a line break or a NUL, which the stream cannot carry, names nothing.
        """
        request = os.fsencode(name)
        if not name or b"\n" in request or b"\0" in request:
            return None
        if self._present is not None and is_full(name) and name not in self._present:
            return None
        try:
            return self._answer(self._ask(request + b"\n"))
        except (OSError, EOFError):
            self._ask_no_more_for_missing()
            return None
        except GitError:
            self.close()
            raise

    def get_all(self, ids: Sequence[str]) -> list[Object | None]:
        """The object of each full id, as ``get`` gives it, at the price of few."""
        found: list[Object | None] = []
        for start in range(0, len(ids), _AT_ONCE):
            found += self._get_some(ids[start : start + _AT_ONCE])
        return found

    def _get_some(self, ids: Sequence[str]) -> list[Object | None]:
        present = [id for id in ids if self._present is None or id in self._present]
        found: dict[str, Object | Ambiguous | None] = {}
        try:
            stream = self._ask("".join(f"{id}\n" for id in present).encode("ascii"))
            for id in present:
                found[id] = self._answer(stream)
        except (OSError, EOFError):
            if self._present is None:
                self._ask_no_more_for_missing()
                return self._get_some(ids)
            self.close()
        except GitError:
            self.close()
            raise
        return [each if isinstance(each := found.get(id), Object) else None for id in ids]

    def _ask(self, requests: bytes) -> Stream:
        if self._stream is None:
            self._stream = Stream(self._git, "cat-file", "--batch")
        self._stream.ask(requests)
        return self._stream

    def _answer(self, stream: Stream) -> Object | Ambiguous | None:
        header = stream.until(b"\n")
        if header.endswith(b" missing"):
            return None
        if header.endswith(b" ambiguous"):
            return AMBIGUOUS
        id, kind, length = header.rsplit(b" ", 2)
        size = int(length)
        data = stream.take(size + 1, keep=size <= LARGEST)
        return Object(id.decode("ascii"), kind.decode("ascii"), None if data is None else data[:-1])

    def _ask_no_more_for_missing(self) -> None:
        # In a partial clone that has a remote, Git ends instead of saying that an object is missing.
        self.close()
        self.missing(())

    def missing(self, ids: Iterable[str]) -> set[str]:
        """Those of the full ``ids`` of which a partial clone has no object. Raises GitError."""
        if self._present is None:
            output = self._git.run("cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
            self._present = frozenset(output.decode("ascii").split())
        return set(ids) - self._present

    def commit(self, name: str) -> Commit | Ambiguous | None:
        """The commit that ``name`` is or peels to."""
        if name in self._commits:
            return self._commits[name]
        found = self.get(f"{name}^{{commit}}")
        if isinstance(found, Ambiguous):
            return found
        commit = None if found is None or found.data is None else parse_commit(found.id, found.data)
        self._commits[name] = commit
        return commit

    def close(self) -> None:
        """End the process, if one runs."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()
