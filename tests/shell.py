"""What the tests of the shell build upon: rules of their own over checks of their own."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest

from doclint.check import Facts, Options
from doclint.config import Flags, Plan, plan
from doclint.diagnostic import Finding, Severity, Undecided
from doclint.engine import check
from doclint.model.document import Document
from doclint.repo.memory import MemoryRepo
from doclint.report import Report
from doclint.rule import Rule
from doclint.text import Span

TODAY = datetime.date(2026, 3, 1)
# A command line, and the exit status, what is said on stdout and on stderr.
Run = Callable[..., tuple[int, str, str]]
Body = Callable[[Document, Facts, Options], Iterator[Finding | Undecided]]


def rule(
    code: str = "XX001",
    check: str = "words",
    *,
    severity: Severity = Severity.ERROR,
    applies_to: tuple[str, ...] = ("any",),
    options: Mapping[str, Mapping[str, Any]] | None = None,
    help: str | None = None,
) -> Rule:
    """A rule that no page describes."""
    name = f"rule-{code.lower()}"
    return Rule(
        code=code,
        name=name,
        summary=f"Finds what {code} finds",
        family="Tests",
        severity=severity,
        applies_to=applies_to,
        needs=(),
        seeks=(),
        check=check,
        given={},
        options=options or {},
        help=help,
        fixable=False,
        page=f"{name}.md",
    )


def install(monkeypatch: pytest.MonkeyPatch, name: str, body: Body) -> None:
    """Make ``body`` the check called ``name``."""
    module = ModuleType(f"doclint.checks.{name}")
    module.check = body  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)


def words(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Finds ``wrong`` and is undecided about ``perhaps``."""
    for match in re.finditer(r"wrong\w*|perhaps", document.source.text):
        span = Span(*match.span())
        if match[0] == "perhaps":
            yield Undecided(span, "history is shallow")
        else:
            yield Finding(span, f"found `{match[0]}`, expected `right`")


def run(documents: Mapping[str, str], *rules: Rule, flags: Flags = Flags(), with_plan: Plan | None = None) -> Report:
    """The report on ``documents``, committed once."""
    repo = MemoryRepo.build({}, documents)
    return check(with_plan or plan(None, flags, rules), repo, sorted(documents), TODAY)
