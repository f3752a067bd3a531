"""What a check finds, and what the engine makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, NamedTuple

from doclint.text import Edit, Span


class Severity(StrEnum):
    """Provability: an error is proved by Git or by the document itself, a warning is very likely, an info is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, growing as the severity falls."""
        return _RANK[self]


_RANK: Mapping[Severity, int] = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Evidence(NamedTuple):
    """One proof of a finding, in words, and where it can be looked up.

    ``kind`` says which of the optional parts are given: ``commit`` (commit, date, subject), ``place`` (path, span), ``ref`` (ref),
    ``path`` (path, and line, from 1, where one line of that file is meant), ``count`` (none).
    """

    kind: Literal["commit", "place", "ref", "path", "count"]
    text: str
    commit: str | None = None
    date: str | None = None
    subject: str | None = None
    path: str | None = None
    span: Span | None = None
    ref: str | None = None
    line: int | None = None


class Fix(NamedTuple):
    """Edits of the finding's own document that mend it; ``safe`` if no meaning can be lost by applying them unseen."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool


class Finding(NamedTuple):
    """A fault: where it stands, one sentence (found, expected; names in backticks; no full stop), and its proof.

    ``label`` is the short clause that is written under the span; without it the first evidence's text is. ``demoted`` names
    the severity that this finding has at most, where what proves it is weaker than what the rule stands for.
    """

    span: Span
    message: str
    evidence: tuple[Evidence, ...] = ()
    fix: Fix | None = None
    label: str | None = None
    demoted: Severity | None = None


class Undecided(NamedTuple):
    """A question that could not be answered: where it came up, and why. Counted, and never a finding."""

    span: Span
    reason: str


_DIGITS = 32
CLAIM = 20
"""So many digits of a fingerprint stand for the claim, the others for the section."""


class Diagnostic(NamedTuple):
    """A finding with the rule that made it and the severity that the user gave it.

    ``identity`` (the code, the claim and the words under the mark) and ``section`` (the headings above) stay the same however the
    document is rewritten around them (``doclint.identity``); ``number`` counts among the findings of a document that have both in common.
    ``causes`` say what brought the finding in, where only what a range of changes brought in is told: they are empty where that is not
    known, and None where it was not asked.
    """

    code: str
    name: str
    severity: Severity
    path: str
    span: Span
    message: str
    evidence: tuple[Evidence, ...]
    fix: Fix | None
    label: str | None
    identity: str
    section: str = ""
    number: int = 1
    causes: tuple[Evidence, ...] | None = None

    @property
    def fingerprint(self) -> str:
        """32 hex digits, for the identity and for the section and the number. Of several findings alike each has one of its own."""
        return fingerprint(self.identity, self.section, self.number)


def fingerprint(identity: str, section: str, number: int = 1) -> str:
    """The fingerprint of the finding that has these."""
    return _digest(identity, CLAIM) + of_section(section if number == 1 else f"{section}\n{number}")


def of_section(section: str) -> str:
    """The part of a fingerprint that stands for the section."""
    return _digest(section, _DIGITS - CLAIM)


def _digest(text: str, digits: int) -> str:
    # OpenSSL costs more to load than a document to check, and only machines ask for this.
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
