"""CL004: boxes that the boxes nested in them contradict."""

from __future__ import annotations

import pytest

from doclint.checks import nested
from doclint.model.document import Lifecycle
from tests.checks.running import told


def run(text: str, lifecycle: Lifecycle = Lifecycle.LIVING) -> list[str]:
    return told(nested, f"# Plan\n\n{text}\n", lifecycle=lifecycle)


def test_ticked_over_open() -> None:
    assert run("- [x] A\n  - [x] a\n  - [ ] b") == ["3:3 the item is ticked, but 1 of the 2 boxes in it is open"]
    assert run("- [x] A\n  - [ ] a\n  - [ ] b") == ["3:3 the item is ticked, but all 2 boxes in it are open"]
    assert run("- [x] A\n  - [ ] a") == ["3:3 the item is ticked, but the box in it is open"]


def test_open_over_ticked() -> None:
    assert run("- [ ] A\n  - [x] a\n  - [x] b\n  - [-] c") == ["3:3 the item is open, but all 3 boxes in it are ticked"]


def test_each_level_speaks_for_itself() -> None:
    assert run("- [x] A\n  - [x] B\n    - [ ] b") == ["4:5 the item is ticked, but the box in it is open"]


@pytest.mark.parametrize(
    "text",
    [
        "- [x] A\n  - [x] a\n  - [x] b",
        "- [x] A\n  - [ ] a (optional)",
        "- [x] A\n  - [ ] a (deferred to phase 2)",
        "- [x] A\n  - [ ] a (done)",
        "- [x] A\n  - [-] a",
        "- [x] A, one of\n  - [x] a\n  - [ ] b",
        "- [x] A (partial)\n  - [ ] a",
        "- [x] A (framework and partial levels)\n  - [ ] a",
        "- [x] A\n  - a",
        "- [ ] A\n  - [x] a",
        "- [ ] A\n  - [x] a\n  - [ ] b",
        "- [ ] A\n  - [x] a\n  - [x] b\n  - 🔄 c",
        "- [ ] A (optional)\n  - [x] a\n  - [x] b",
        "- [ ] A (in progress)\n  - [x] a\n  - [x] b",
        "- [ ] A\n  - [-] a\n  - [-] b",
        "- ✅ A\n  - [ ] a",
        "## Template\n\n- [x] A\n  - [ ] a",
    ],
)
def test_no_mismatch(text: str) -> None:
    assert run(text) == []


def test_an_example_claims_nothing() -> None:
    assert run("- [x] A\n  - [ ] a", Lifecycle.EXAMPLE) == []
