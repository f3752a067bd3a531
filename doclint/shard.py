"""Parts of a run: which of the documents each of several runs judges, so that together they judge each document once."""

from __future__ import annotations

from dataclasses import dataclass

from doclint.errors import UsageError
from doclint.late import late

_WRITTEN = late(r"([0-9]{1,4})/([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Shard:
    """The paths of one of ``count`` parts, of which the first has the ``number`` 1.

    In which part a document is depends on its path alone: not on the other documents, their order, or the machine. Each part gets as many
    as the others in expectation.
    """

    number: int
    count: int

    def __contains__(self, path: object) -> bool:
        # The price of loading OpenSSL is paid by those who ask for a part. Python's own hash differs from run to run.
        import hashlib

        digest = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1


def shard(text: str) -> Shard:
    """The part that ``text`` (``2/5``) means. Raises UsageError where it means none."""
    match = _WRITTEN.fullmatch(text)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise UsageError(f"`--shard {text}` is no part of a whole; expected one such as `2/5`, from `1/5` to `5/5`")
    return Shard(int(match[1]), int(match[2]))
