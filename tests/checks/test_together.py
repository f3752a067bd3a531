"""CT011: files that are to change together, and of which a range has one alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from doclint.checks import together
from doclint.cli import main
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told
from tests.outside import git

RULE = "# Hub\n\nIf you need to change a schema, update `src/schemas.py` AND this file.\n"
ALONE = "3:1 `src/schemas.py` changed without this document, and this line says that they change together"


def ranged(*steps: Any, **rest: Any) -> dict[str, Any]:
    """A repository in which the first commit holds everything, and a range that begins there."""
    return {"files": ["src/schemas.py", "a.py", "b.py"], "commits": list(steps), "since": "Start", **rest}


def test_one_alone() -> None:
    repository = ranged({"subject": "Change", "modify": ["src/schemas.py"], "date": "2026-02-03"})
    assert told(together, RULE, repository) == [ALONE]
    ((proof,),) = proofs(together, RULE, repository)
    assert proof.startswith("changed in ")
    assert proof.endswith(" on 2026-02-03 (Change)")


def test_not_committed() -> None:
    assert told(together, RULE, ranged(uncommitted={"modify": ["src/schemas.py"]})) == [ALONE]
    assert told(together, RULE, ranged(uncommitted={"delete": ["src/schemas.py"]})) == [ALONE]
    assert proofs(together, RULE, ranged(uncommitted={"modify": ["src/schemas.py"]})) == [["the change is not committed yet"]]


def test_together() -> None:
    text = "Keep `a.py` and `b.py` in sync.\n"
    assert told(together, text, ranged({"modify": ["a.py"]}, {"modify": ["b.py"]})) == []
    assert told(together, text, ranged({"modify": ["a.py"]}, uncommitted={"modify": ["b.py"]})) == []
    assert told(together, text, ranged({"modify": ["b.py"]})) == [
        "1:1 `b.py` changed without `a.py`, and this line says that they change together"
    ]
    assert told(together, text, ranged({"delete": ["a.py", "b.py"]})) == []


def test_back_again() -> None:
    repository = ranged({"modify": {"a.py": "1\n"}}, {"modify": {"a.py": "0\n"}}, files={"a.py": "0\n", "b.py": "0\n"})
    assert told(together, "Keep `a.py` and `b.py` in sync.\n", repository) == []


def test_directories() -> None:
    text = "When you change anything in `src/`, also update this file.\n"
    assert told(together, text, ranged({"add": ["src/new.py"]})) == [
        "1:1 `src/new.py` changed without this document, and this line says that they change together"
    ]
    assert told(together, text, ranged({"modify": ["a.py"]})) == []


def test_allowed() -> None:
    def step(*trailers: str) -> dict[str, Any]:
        return {"modify": ["src/schemas.py"], "trailers": list(trailers)}

    assert told(together, RULE, ranged(step("allow co-change only comments"))) == []
    assert told(together, RULE, ranged(step("allow co-change"), {"modify": ["a.py"], "trailers": ["allow co-change x"]})) == [ALONE]
    assert told(together, RULE, ranged(step("allow log-entry only comments"))) == [ALONE]


def test_should_is_a_warning() -> None:
    text = "Changes to `a.py` should be reflected in `b.py`.\n"
    assert told(together, text, ranged({"modify": ["a.py"]})) == [
        "1:1 [warning] `a.py` changed without `b.py`, and this line says that they change together"
    ]


def test_silence() -> None:
    change = {"modify": ["src/schemas.py"]}
    assert told(together, RULE, {"files": ["src/schemas.py"], "commits": [change]}) == []
    assert told(together, RULE, ranged(change, files=["src/schemas.py"]), lifecycle=Lifecycle.HISTORICAL) == []
    # The rule came with the change, and so did the document.
    assert told(together, RULE, ranged({"add": ["STATUS.md"], **change})) == []
    # What it names is nowhere.
    assert told(together, "When you change `a.py`, update `gone.py`.\n", ranged({"modify": ["a.py"]})) == []
    assert told(together, "When you change `gone.py`, update `a.py`.\n", ranged({"modify": ["b.py"]})) == []


def test_shallow() -> None:
    assert told(together, RULE, ranged({"modify": ["src/schemas.py"]}, shallow=True)) == ["3:1 ? history is shallow"]


DECLARED = """
[[co-change]]
when = ["src/**"]
then = ["HUB.md"]
"""


def _findings(repository: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The findings of CT011, without the path."""
    assert main(["-C", str(repository), "check", "--select", "CT011", "--format", "concise", "--exit-zero", *arguments]) == 0
    return capsys.readouterr().out.replace("HUB.md:", "").splitlines()


def _commit(repository: Path, subject: str, files: dict[str, str]) -> None:
    for path, text in files.items():
        (repository / path).parent.mkdir(exist_ok=True)
        (repository / path).write_text(text, "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", subject)


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    repository = tmp_path / "hub"
    repository.mkdir()
    git(repository, "init", "-q")
    _commit(repository, "Start", {"HUB.md": RULE, "src/schemas.py": "A = 1\n", "src/other.py": "B = 1\n"})
    return repository


def test_the_index_is_a_range_of_one_commit(hub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _findings(hub, capsys, "--staged") == []
    (hub / "src/schemas.py").write_text("A = 2\n", "utf-8")
    assert _findings(hub, capsys, "--staged") == []
    git(hub, "add", "src/schemas.py")
    found = "CT011 [warning] `src/schemas.py` changed without this document, and this line says that they change together"
    assert _findings(hub, capsys, "--staged") == [f"3:1: {found}"]
    assert _findings(hub, capsys) == []
    (hub / "HUB.md").write_text(RULE + "\nA is 2.\n", "utf-8")
    assert _findings(hub, capsys, "--staged") == [f"3:1: {found}"]
    git(hub, "add", "HUB.md")
    assert _findings(hub, capsys, "--staged") == []


def test_what_the_configuration_declares_is_asked_of_the_index(hub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for each in ("range", "commit"):
        _commit(hub, f"Declare it for each {each}", {"doclint.toml": f'{DECLARED}each = "{each}"\n'})
        (hub / "src/other.py").write_text(f"B = '{each}'\n", "utf-8")
        git(hub, "add", "src/other.py")
        assert _findings(hub, capsys, "--staged") == ["1:1: CT011 [warning] `src/other.py` changed without `HUB.md`"]
        git(hub, "reset", "--quiet", "--hard")


def test_a_merge_that_is_not_committed(hub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(hub, "checkout", "--quiet", "-b", "side")
    _commit(hub, "Change the schema alone", {"src/schemas.py": "A = 2\n"})
    git(hub, "checkout", "--quiet", "-")
    _commit(hub, "Go on", {"src/other.py": "B = 2\n"})
    git(hub, "merge", "--quiet", "--no-commit", "--no-ff", "side")
    assert _findings(hub, capsys, "--staged") == []
    (hub / "src/schemas.py").write_text("A = 3\n", "utf-8")
    git(hub, "add", "src/schemas.py")
    assert len(_findings(hub, capsys, "--staged")) == 1


def test_a_repository_without_a_commit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "HUB.md").write_text(RULE, "utf-8")
    git(tmp_path, "add", "HUB.md")
    assert _findings(tmp_path, capsys, "--staged") == []
