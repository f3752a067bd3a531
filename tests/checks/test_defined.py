"""CL007: open items whose function or class is defined."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import defined
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told


def repository(path: str, text: str, *, before: str = "") -> dict[str, Any]:
    old = {"subject": "Old", "date": "2026-02-10", "add": {path: before}}
    return {
        "commits": [
            *([old] if before else []),
            {"subject": "Plan", "date": "2026-02-16", "add": ["STATUS.md"]},
            {"subject": "Alarms", "date": "2026-02-18", ("modify" if before else "add"): {path: before + text}},
        ]
    }


PYTHON = repository("src/alarm.py", "class Alarm:\n    def ring(self): ...\n\n\ndef send(to): ...\n", before="def old(): ...\n")


def run(text: str, repo: dict[str, Any] = PYTHON, lifecycle: Lifecycle = Lifecycle.LIVING) -> list[str]:
    return told(defined, f"# Plan\n\n## Phase 1\n\n{text}\n", repo, lifecycle=lifecycle)


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("- [ ] Implement `send()` in `src/alarm.py`", "send", 6),
        ("- [ ] Implement `send(to)` in src/alarm.py", "send", 6),
        ("- [ ] Implement `ring()` in `src/alarm.py`", "ring", 3),
        ("- [ ] Create `src/alarm.py`\n  - [ ] `send()` - to all", "send", 6),
    ],
)
def test_a_name_that_the_file_defines(text: str, name: str, line: int) -> None:
    (found,) = run(text)
    assert found.endswith(f"`{name}` is an open item, but `src/alarm.py` defines it on line {line}")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a.ts", "export async function send(to: string) {"),
        ("a.js", "const send = (to) => {"),
        ("a.go", "func (a *Alarm) send(to string) error {"),
        ("a.rs", "    pub(crate) fn send(to: &str) {"),
        ("a.kt", "override suspend fun send(to: String) {"),
    ],
)
def test_other_languages_declare_it(path: str, line: str) -> None:
    text = f"# Plan\n\n- [ ] Implement `send()` in `{path}`\n"
    assert told(defined, text, repository(path, f"{line}\n}}\n")) == [f"3:18 `send` is an open item, but `{path}` defines it on line 1"]
    assert told(defined, text, repository(path, "x = send(1)\n// send the rest\nreturn send;\n")) == []


def test_the_proof_is_the_commit_of_the_definition() -> None:
    ((first, second),) = proofs(defined, "# Plan\n\n- [ ] Implement `send()` in `src/alarm.py`\n", PYTHON)
    assert first.startswith("the line came in ")
    assert first.endswith("on 2026-02-18 (Alarms)")
    assert second == "`src/alarm.py` is in the tree"


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] Implement `old()` in `src/alarm.py`",
        "- [ ] Implement `none()` in `src/alarm.py`",
        "- [ ] Implement `send()`",
        "- [ ] Implement `send()` in `src/none.py`",
        "- [ ] Implement `send()` as in `docs/alarm.md`",
        "- [ ] Call `send()` of `src/alarm.py` in the loop",
        "- [ ] Test `send()` of `src/alarm.py`",
        "- [ ] Update `send()` of `src/alarm.py`",
        "- [ ] Implement `send()` in `src/alarm.py` (optional)",
        "- [ ] Implement `send()` in `src/alarm.py` (partial)",
        "- [x] Implement `send()` in `src/alarm.py`",
    ],
)
def test_work_that_is_still_to_do(text: str) -> None:
    assert run(text) == []


def test_other_documents_and_clones_that_cannot_tell() -> None:
    text = "- [ ] Implement `send()` in `src/alarm.py`"
    assert run(text, lifecycle=Lifecycle.HISTORICAL) == []
    assert run(text, {**PYTHON, "shallow": True}) == ["5:18 ? history is shallow"]
