"""LG007: documents that call themselves current beside a newer one of their series."""

from __future__ import annotations

import dataclasses

import pytest

from doclint.check import Facts
from doclint.checks import superseded
from doclint.diagnostic import Finding
from doclint.model.document import Lifecycle
from doclint.repo.memory import MemoryRepo
from tests.checks.running import TODAY
from tests.model.reading import read

OPEN = "# Handoff\n\n**Status:** In progress\n"


def run(path: str, *others: str, text: str = OPEN, type: str = "handoff", lifecycle: Lifecycle = Lifecycle.LIVING) -> list[str]:
    document = dataclasses.replace(read(text, path), type=type, lifecycle=lifecycle)
    documents = (document, *(dataclasses.replace(read(OPEN, other), type="handoff") for other in others))
    found = superseded.check(document, Facts(MemoryRepo.build({}, {path: text}), TODAY, documents), {})
    return [one.message for one in found if isinstance(one, Finding)]


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("HANDOFF.md", "HANDOFF_2.md"),
        ("docs/handoff-2.md", "docs/handoff-3.md"),
        ("HANDOFF_v1.md", "HANDOFF_v2.md"),
        ("SESSION9.md", "SESSION10.md"),
    ],
)
def test_a_newer_one(path: str, other: str) -> None:
    assert run(path, other) == [f"this document calls itself `In progress`, and there is a newer one, `{other}`"]
    assert run(other, path) == []


def test_the_newest_is_named() -> None:
    assert run("H.md", "H_3.md", "H_2.md") == ["this document calls itself `In progress`, and there is a newer one, `H_3.md`"]


def test_the_title() -> None:
    assert run("H.md", "H_2.md", text="# Current handoff\n") == ["this document calls itself `Current`, and there is a newer one, `H_2.md`"]
    assert run("H.md", "H_2.md", text="# Handoff\n") == []


@pytest.mark.parametrize(
    ("path", "other"), [("AGENT_1.md", "AGENT_2.md"), ("a/H.md", "b/H_2.md"), ("H.md", "G_2.md"), ("H_2026.md", "H_2027.md")]
)
def test_other_series(path: str, other: str) -> None:
    assert run(path, other) == []


def test_silence() -> None:
    assert run("H.md", "H_2.md", type="progress-tracker") == []
    assert run("H.md", "H_2.md", lifecycle=Lifecycle.HISTORICAL) == []
    assert run("H.md", "H_2.md", text="# Handoff\n\n**Status:** Done\n") == []
