"""Running one check over one document in a remembered repository."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from doclint import fixer
from doclint.check import Check, Facts
from doclint.diagnostic import Finding, Undecided
from doclint.model.document import Document, Lifecycle
from doclint.repo.memory import MemoryRepo
from tests.model.reading import read

TODAY = datetime.date(2026, 3, 1)
Repository = Mapping[str, Any]


def found(
    check: Check,
    text: str,
    repository: Repository | None = None,
    *,
    path: str = "STATUS.md",
    type: str | None = None,
    lifecycle: Lifecycle = Lifecycle.LIVING,
    external: tuple[str, ...] = (),
    **options: Any,
) -> tuple[Document, list[Finding | Undecided]]:
    """The document, and what ``check`` yields on it; an option's underscores stand for hyphens."""
    document = dataclasses.replace(read(text, path), type=type, lifecycle=lifecycle)
    repo = MemoryRepo.build(repository or {}, {path: text})
    named = {name.replace("_", "-"): value for name, value in options.items()}
    return document, list(check.check(document, Facts(repo, TODAY, (document,), repo.since(), external), named))


def told(check: Check, text: str, repository: Repository | None = None, **rest: Any) -> list[str]:
    """What ``check`` yields, a line each: place, the highest severity if the finding limits it, message; ``?`` and reason for undecided."""
    document, results = found(check, text, repository, **rest)
    return [_line(document, result) for result in results]


def _line(document: Document, result: Finding | Undecided) -> str:
    position = document.source.position(result.span.start)
    place = f"{position.line}:{position.column}"
    if isinstance(result, Undecided):
        return f"{place} ? {result.reason}"
    return f"{place} {f'[{result.demoted}] ' if result.demoted else ''}{result.message}"


def proofs(check: Check, text: str, repository: Repository | None = None, **rest: Any) -> list[list[str]]:
    """The evidence of each finding, in words."""
    _, results = found(check, text, repository, **rest)
    return [[evidence.text for evidence in result.evidence] for result in results if isinstance(result, Finding)]


def fixed(check: Check, text: str, repository: Repository | None = None, *, unsafe: bool = False, **rest: Any) -> str:
    """``text`` with the fixes of ``check`` applied that can go together: the safe ones, and the unsafe ones too if asked."""
    document, results = found(check, text, repository, **rest)
    fixes = [result.fix for result in results if isinstance(result, Finding) and result.fix and (result.fix.safe or unsafe)]
    return fixer.apply(document.source, fixes).text
