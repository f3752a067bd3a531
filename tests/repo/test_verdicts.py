"""What a clone lacks can cost a finding, and can never make or change one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from doclint.config import Flags, plan
from doclint.engine import check
from doclint.repo.building import build
from doclint.repo.git import open_repo
from doclint.report import Report
from tests.repo.conftest import Git
from tests.repo.test_incomplete_clones import CLONES, specs
from tests.shell import TODAY

HUB = """\
# Coordination Hub

**Last updated:** 2026-01-02

| Lane | Branch | Status | Files |
|------|--------|--------|-------|
| Lane A | `x` | IN PROGRESS | `src/c.py` |
| Lane B | `y` | NOT STARTED | `src/d.py` |
| Lane C | `x` | DONE | `a.md`, `lib/e.py` |

PR #2 is still open. Read `a.md`, `b.md` and `src/c.py` first; see [the notes](b.md) and [more](lib/e.py).

## Contracts

All schemas are defined in `src/d.py`.

| Artifact | Schema | Producer | Consumer |
|----------|--------|----------|----------|
| `src/c.py` | `THING_SCHEMA` | Lane A | Lane B, D |
"""
TRACKER = """\
# Progress Tracker

**Next:** Day 1

## Day 1

- [x] Create `a.md`
- [ ] Create `src/c.py`
- [ ] Write `b.md`

## Day 2 — DONE

- [ ] Move `lib/e.py`

**Migration file to create:** `src/d.py`
"""
DOCUMENTS = {"COORDINATION.md": HUB, "PROGRESS.md": TRACKER}


def _findings(report: Report) -> set[tuple[str, str, int, str, str]]:
    """What was found. A shallow clone may know of a landing by an earlier or a later merge: which commit is shown does not count."""
    assert not report.crashes
    return {(one.code, one.path, one.span.start, one.message, one.severity.value) for one in report.diagnostics}


@pytest.mark.parametrize("kind", CLONES)
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=specs())
def test_a_clone_finds_what_the_whole_finds_or_less(git: Git, kind: str, spec: dict[str, Any]) -> None:
    chosen = plan(None, Flags())
    with tempfile.TemporaryDirectory() as directory:
        whole, part = Path(directory, "whole"), Path(directory, "part")
        build(spec, str(whole), DOCUMENTS)
        git(whole, "config", "uploadpack.allowFilter", "true")
        git(whole.parent, "clone", "-q", *CLONES[kind], whole.as_uri(), str(part))
        with open_repo(str(whole), tree="main", base=None) as all_of_it, open_repo(str(part), tree="HEAD", base=None) as some_of_it:
            everything, something = (check(chosen, repo, sorted(DOCUMENTS), TODAY) for repo in (all_of_it, some_of_it))
    if something.documents:
        assert _findings(something) <= _findings(everything)
    assert len(everything.documents) == len(DOCUMENTS)
