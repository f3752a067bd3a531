"""What whoever runs a hook hands over, in real repositories."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.cli import main
from doclint.handed import Handed, handed
from tests.outside import ROOT, commit, git, run

ZEROS = "0" * 40


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({}, None),
        ({"PRE_COMMIT_FROM_REF": "a"}, None),
        ({"PRE_COMMIT_FROM_REF": "", "PRE_COMMIT_TO_REF": "b"}, None),
        ({"PRE_COMMIT_FROM_REF": "a", "PRE_COMMIT_TO_REF": "b"}, Handed("a", "b")),
        ({"PRE_COMMIT_ORIGIN": "a", "PRE_COMMIT_SOURCE": "b"}, Handed("a", "b")),
        ({"PRE_COMMIT_ORIGIN": "x", "PRE_COMMIT_SOURCE": "y", "PRE_COMMIT_FROM_REF": "a", "PRE_COMMIT_TO_REF": "b"}, Handed("a", "b")),
        ({"PRE_COMMIT_FROM_REF": ZEROS, "PRE_COMMIT_TO_REF": "b"}, Handed(ZEROS, "b")),
        ({"PRE_COMMIT_FROM_REF": "a", "PRE_COMMIT_TO_REF": ZEROS}, None),
    ],
)
def test_variables(variables: dict[str, str], found: Handed | None) -> None:
    assert handed(variables) == found


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``main`` has an old fault; ``work``, which is not checked out, brings another one in by deleting a file."""
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    (root / "src").mkdir()
    (root / "src" / "a.py").write_text("1\n")
    (root / "NOTES.md").write_text("# Notes\n\n[old](gone.md)\n\n[code](src/a.py)\n")
    commit(root, "Start")
    git(root, "checkout", "-q", "-b", "work")
    (root / "src" / "a.py").unlink()
    commit(root, "Drop it")
    (root / "other.txt").write_text("1\n")
    commit(root, "Other")
    git(root, "checkout", "-q", "main")
    monkeypatch.chdir(root)
    return root


OLD, NEW = "NOTES.md:3:7", "NOTES.md:5:8"


def _check(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, start: str, end: str, *arguments: str
) -> tuple[int, list[str], str]:
    monkeypatch.setenv("PRE_COMMIT", "1")
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", start)
    monkeypatch.setenv("PRE_COMMIT_TO_REF", end)
    code = main(["check", "--staged", "--format", "concise", *arguments])
    out, err = capsys.readouterr()
    return code, [line.split(": ")[0] for line in out.splitlines()], err


def test_what_is_pushed_is_judged(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    id = git(repository, "rev-parse", "work")
    main_id = git(repository, "rev-parse", "main")
    assert _check(capsys, monkeypatch, main_id, id) == (1, [NEW], "")
    assert _check(capsys, monkeypatch, "main", "work") == (1, [NEW], "")
    assert _check(capsys, monkeypatch, "work~1", "work") == (0, [], "")
    # What is on disk and in the index is not pushed.
    (repository / "NOTES.md").write_text("# Notes\n\n[worse](worse.md)\n")
    git(repository, "add", "-A")
    assert _check(capsys, monkeypatch, "main", "work", "NOTES.md") == (1, [NEW], "")
    assert _check(capsys, monkeypatch, "work", "work") == (0, [], "")


def test_a_branch_that_is_new_to_the_other_side(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _check(capsys, monkeypatch, ZEROS, "work") == (1, [NEW], "")
    # Nothing is there yet that the base could be compared with.
    assert _check(capsys, monkeypatch, ZEROS, "main") == (1, [OLD], "")
    # What somebody else pushed meanwhile is not here, and what is here is compared with the base.
    assert _check(capsys, monkeypatch, "12" * 20, "work") == (1, [NEW], "")
    # A branch that is taken away leaves nothing to judge but what is here.
    assert _check(capsys, monkeypatch, "main", ZEROS) == (1, [OLD], "")


def test_who_says_more_is_heard(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert _check(capsys, monkeypatch, "main", "work", "--since", "HEAD") == (0, [], "")
    assert main(["check", "--format", "concise"]) == 1
    assert capsys.readouterr().out.startswith(f"{OLD}: ")
    assert main(["check", "--format", "concise", "--rev", "work~1"]) == 1
    assert capsys.readouterr().out.count("\n") == 2


def test_another_repository_than_the_one_of_the_hook(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    (other / "A.md").write_text("[no](no.md)\n")
    git(other, "add", "-A")
    assert _check(capsys, monkeypatch, "main", "work", "-C", str(other)) == (1, ["A.md:1:6"], "")


def test_the_base_is_the_branch_that_work_lands_in(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A revision alone is its own base, and all of its work has landed; what is pushed has not landed yet."""
    git(repository, "checkout", "-q", "-b", "feature/it", "work")
    (repository / "it.txt").write_text("1\n")
    commit(repository, "Do it")
    git(repository, "checkout", "-q", "work")
    (repository / "COORDINATION.md").write_text(
        "# Coordination\n\n## Session A: It\n- **Branch:** `feature/it`\n- **Status:** IN PROGRESS\n"
    )
    commit(repository, "Announce")
    git(repository, "merge", "-q", "--no-ff", "--no-edit", "feature/it")
    assert _check(capsys, monkeypatch, "main", "work") == (1, [NEW], "")
    assert _check(capsys, monkeypatch, "main", "work", "--base", "work")[1] == ["COORDINATION.md:5:15", NEW]
    (repository / "doclint.toml").write_text('base = "work"\n')
    commit(repository, "Configure")
    assert _check(capsys, monkeypatch, "main", "work")[1] == ["COORDINATION.md:5:15", NEW]


def test_below_the_root(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "checkout", "-q", "work")
    (repository / "docs").mkdir()
    (repository / "docs" / "A.md").write_text("[no](no.md)\n")
    commit(repository, "Write")
    monkeypatch.chdir(repository / "docs")
    assert _check(capsys, monkeypatch, "main", "HEAD") == (1, ["docs/A.md:1:6"], "")
    assert _check(capsys, monkeypatch, "main", "HEAD", "A.md") == (1, ["docs/A.md:1:6"], "")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("nope", "work", "there is no branch or revision `nope` to compare with in {root}"),
        ("main", "nope", "there is no revision `nope` in {root}"),
        ("--output=x", "work", "there is no branch or revision `--output=x` to compare with in {root}"),
        ("main", "--output=x", "there is no revision `--output=x` in {root}"),
        ("main", "a\nb\x1b[2J", None),
        ("a\nb", "work", None),
        ("main", "work:NOTES.md", "there is no revision `work:NOTES.md` in {root}"),
        ("main", "work; touch x", "there is no revision `work; touch x` in {root}"),
        ("main", "x" * 70_000, None),
    ],
)
def test_hostile_values(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, start: str, end: str, said: str | None
) -> None:
    code, out, err = _check(capsys, monkeypatch, start, end)
    assert (code, out, err.count("\n")) == (2, [], 1)
    assert "\x1b" not in err
    if said is not None:
        assert err == f"doclint: {said.format(root=repository)}\n"
    assert sorted(path.name for path in repository.iterdir()) == [".git", "NOTES.md", "src"]


@given(st.dictionaries(st.sampled_from(["PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF", "PRE_COMMIT_ORIGIN", "PRE_COMMIT_SOURCE"]), st.text()))
def test_any_values(variables: dict[str, str]) -> None:
    found = handed(variables)
    assert found is None or (found.start and found.end.strip("0"))


def _hooked(root: Path) -> None:
    """A repository whose hooks run this doclint, as pre-commit runs the published ``doclint``."""
    entry = f"{sys.executable} -m doclint check --staged --format concise"
    hook = f"{{id: doclint, name: d, language: system, pass_filenames: false, always_run: true, entry: {entry}, stages: [pre-push]}}"
    (root / ".pre-commit-config.yaml").write_text(f"repos: [{{repo: local, hooks: [{hook}]}}]\n")
    commit(root, "Hook")


@pytest.mark.slow
def test_pre_commit_hands_it_over(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRE_COMMIT_COLOR", "never")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    git(repository, "checkout", "-q", "main")
    _hooked(repository)
    git(repository, "checkout", "-q", "work")
    git(repository, "rebase", "-q", "main")
    git(repository, "checkout", "-q", "main")
    pre_commit = (sys.executable, "-m", "pre_commit")
    done = run(repository, *pre_commit, "run", "--hook-stage", "pre-push", "--from-ref", "main", "--to-ref", "work")
    assert done.returncode == 1, done.stdout
    assert NEW in done.stdout
    assert OLD not in done.stdout
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(repository, "remote", "add", "origin", str(tmp_path / "remote.git"))
    git(repository, "push", "-q", "origin", "main")
    assert run(repository, *pre_commit, "install", "-t", "pre-push").returncode == 0
    # A branch that the other side has not seen: what it adds to what that has.
    pushed = run(repository, "git", "push", "origin", "work")
    assert pushed.returncode == 1, pushed.stdout
    assert NEW in pushed.stdout
    assert OLD not in pushed.stdout
    git(repository, "branch", "-f", "work", "work~2")
    git(repository, "push", "-q", "origin", "work")
    assert run(repository, "git", "push", "origin", ":work").returncode == 0
