"""Parts of a run, which together are the run."""

from __future__ import annotations

import datetime
import functools
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint import demo
from doclint.cli import main
from doclint.config import Flags, Plan, plan
from doclint.engine import check
from doclint.errors import UsageError
from doclint.model.document import Document
from doclint.repo.memory import MemoryRepo
from doclint.report import Report
from doclint.shard import Shard, shard
from tests.outside import git

TODAY = datetime.date(2026, 3, 1)
PATHS = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=20)
HUB = "# Coordination\n\n## Session A: Ingest\n- **Status:** {}\n- **Files:** `src/load.py`\n"
TRACKER = "# Progress Tracker\n\n## Phase 1: Load ✅ COMPLETE\n\n- [x] One\n- [ ] Two\n\n## Session A: Ingest\n\n**Status:** {}\n"
DOCUMENTS = {
    "COORDINATION.md": HUB.format("NOT STARTED"),
    "docs/COORDINATION.md": HUB.format("COMPLETE"),
    "PROGRESS.md": TRACKER.format("COMPLETE"),
    "notes/PROGRESS.md": TRACKER.format("IN PROGRESS"),
    "README.md": "# The gauges\n\nSee [the loader](src/gone.py) and [the notes](notes/PROGRESS.md#phase-1).\n",
    "docs/map.md": "No title, and [a link](nowhere.md).\n",
    "docs/broken.md": "# Nothing of it can be read\n",
    "docs/**bold**.md": "# **Progress**\n\n- [x] One\n-[ ] Two\n",
}


@given(PATHS, st.integers(1, 50))
def test_a_document_is_in_one_part(path: str, count: int) -> None:
    assert sum(path in Shard(number, count) for number in range(1, count + 1)) == 1


def test_parts_are_of_one_size_and_stay_what_they_are() -> None:
    paths = [f"docs/{number:04}/PROGRESS.md" for number in range(4000)]
    sizes = [sum(path in Shard(number, 4) for path in paths) for number in range(1, 5)]
    assert sizes == [1016, 986, 1028, 970]
    assert [number for number in range(1, 4) if "docs/b\udcff.md" in Shard(number, 3)] == [3]


@pytest.mark.parametrize("text", ["", "1", "0/3", "4/3", "1/0", "-1/3", "1/3/5", "a/b", "1 / 3", "１/３", "1/99999"])
def test_what_is_no_part(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(
        UsageError, match=re.escape(f"`--shard {text}` is no part of a whole; expected one such as `2/5`, from `1/5` to `5/5`")
    ):
        shard(text)
    assert main(["check", "--shard", text]) == 2


def test_what_is_a_part() -> None:
    assert [shard(text) for text in ("1/1", "2/5", "9999/9999")] == [Shard(1, 1), Shard(2, 5), Shard(9999, 9999)]


@functools.cache
def _every_rule() -> Plan:
    return plan(None, Flags("strict"))


def _told(report: Report) -> Counter[str]:
    return Counter(
        repr(one)
        for many in (report.diagnostics, report.open, report.documents, report.unread, report.crashes, report.suppressed)
        for one in many
    )


@settings(max_examples=25, deadline=None)
@given(count=st.integers(1, 5), names=st.sets(st.sampled_from(sorted(DOCUMENTS)), min_size=1), reverse=st.booleans())
def test_the_parts_together_are_the_whole(count: int, names: set[str], reverse: bool) -> None:
    repo = MemoryRepo.build({"files": {"src/load.py": "LOAD = 1\n"}}, {name: DOCUMENTS[name] for name in names})
    overlay = {"docs/broken.md": b"\xff"} if "docs/broken.md" in names else {}
    paths = sorted(names, reverse=reverse)
    whole = check(_every_rule(), repo, paths, TODAY, overlay=overlay)
    parts = [check(_every_rule(), repo, paths, TODAY, overlay=overlay, only=Shard(number, count)) for number in range(1, count + 1)]
    assert sum(map(_told, parts), Counter()) == _told(whole)
    assert len(names) < len(DOCUMENTS) or {"RF001", "CL002", "ST007", "TX003"} <= {one.code for one in whole.diagnostics}


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--format", "json", "--today", "2026-03-01", "--strict"]) in (0, 1)
    return json.loads(capsys.readouterr().out)


def test_parts_of_a_range(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo.build(str(tmp_path / "sample"))
    (tmp_path / "sample" / "src" / "contracts.py").unlink()
    git(tmp_path / "sample", "commit", "--quiet", "--all", "--message", "Drop the contracts")
    command = "-C", str(tmp_path / "sample"), "check", "--since", "HEAD~1"
    whole = _json(capsys, *command)
    parts = [_json(capsys, *command, "--shard", f"{number}/3") for number in (1, 2, 3)]
    assert whole["findings"]
    assert sorted(map(repr, whole["findings"])) == sorted(repr(one) for part in parts for one in part["findings"])
    assert whole["tree"]["since"]["known"] == sum(part["tree"]["since"]["known"] for part in parts)


def test_what_says_nothing_to_others_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from doclint import engine

    read: list[str] = []

    def recognised(source: Any, *others: Any) -> Document:
        read.append(source.path)
        return replace(original(source, *others))

    original = engine.recognised
    monkeypatch.setattr(engine, "recognised", recognised)
    repo = MemoryRepo.build({}, DOCUMENTS)
    check(_every_rule(), repo, sorted(DOCUMENTS), TODAY, only=["COORDINATION.md"])
    assert read == ["COORDINATION.md", "PROGRESS.md", "docs/**bold**.md", "docs/COORDINATION.md", "docs/map.md", "notes/PROGRESS.md"]
