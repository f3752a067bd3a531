"""One walk for what was announced, another for what was not: the answers are the same."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from doclint.repo import past
from doclint.repo.building import build
from doclint.repo.contents import Contents
from doclint.repo.cover import choose, holds
from doclint.repo.facts import Commit, Unknown
from doclint.repo.git import GitRepo, open_repo
from doclint.repo.gitconfig import fetches
from doclint.repo.paths import PathIndex
from doclint.repo.raw import RAW, parse_raw
from doclint.repo.refs import parse_listing, parse_refs
from tests.repo.conftest import Build, Git, Open
from tests.repo.test_incomplete_clones import EXPECTED, PATHS, specs


def answers(repo: GitRepo) -> list[object]:
    found: list[object] = [repo.history(path) for path in EXPECTED]
    found += [repo.versions(path) for path in PATHS]
    return [*found, *(repo.named(path.rpartition("/")[2]) for path in PATHS)]


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=specs())
def test_answers_do_not_depend_on_what_was_announced(monkeypatch: pytest.MonkeyPatch, spec: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        build(spec, directory)
        found = []
        for cover in (choose, lambda paths, tree: None, lambda paths, tree: frozenset(paths)):
            for announced in (EXPECTED, EXPECTED[:3], []):
                with monkeypatch.context() as patched, open_repo(directory, tree="worktree", base=None) as repo:
                    patched.setattr(past, "choose", cover)
                    repo.expect(announced, announced)
                    found.append(answers(repo))
        assert all(each == found[0] for each in found)


def test_a_cover_holds_all_that_was_asked_about_and_little_else() -> None:
    tree = PathIndex([f"{top}/{part}/{number}.py" for top in "abcd" for part in "xyz" for number in range(20)])
    assert choose(["a/x/gone.py"], tree) == frozenset({"a/x/gone.py"})
    assert choose([f"never/there/{number}" for number in range(9)], tree) == frozenset({"never"})
    assert choose([f"a/x/gone_{number}.py" for number in range(9)], tree) == frozenset({"a/x"})
    assert choose([f"{top}/{part}/{number}" for top in "abcd" for part in "xyz" for number in range(9)], tree) is None
    assert choose([], tree) == frozenset()
    cover = frozenset({"a/x", "b"})
    assert [holds(cover, path) for path in ("a/x", "a/x/y", "a", "a/xy", "b/c")] == [True, True, False, False, True]
    assert holds(None, "anything")


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=specs())
def test_trees_are_compared_as_git_compares_them(spec: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        build(spec, directory)
        with open_repo(directory, tree="main", base=None) as repo:
            log = repo.log()
            assert not isinstance(log, Unknown)
            contents = Contents(repo._objects)
            for one in log:
                for other in log:
                    output = repo._git.run("diff-tree", *RAW, "--no-renames", one.id, other.id)
                    changes = [change for _, each in parse_raw(output) for change in each]
                    assert contents.changes(one.id, other.id) == sorted(changes, key=lambda change: change.path)


def test_a_file_that_became_a_directory(built: Build, opened: Open) -> None:
    repo = opened(built({"files": {"a": "a\n", "b": "b\n"}, "commits": [{"subject": "Turn", "delete": ["a"], "add": {"a/c": "a\n"}}]}))
    log = repo.log()
    assert not isinstance(log, Unknown)
    changes = Contents(repo._objects).changes(log[1].id, log[0].id)
    assert [(change.status, change.path) for change in changes] == [("D", "a"), ("A", "a/c")]


def test_what_moved_is_found_among_many(built: Build, opened: Open) -> None:
    text = "".join(f"line {number} of the file\n" for number in range(20))
    files = {f"old/{number}/__init__.py": "" for number in range(30)} | {"old/a.py": text, "old/b.py": text + "b\n", "old/z.py": "z\n" * 9}
    moves = {path: path.replace("old/", "new/") for path in files if path != "old/z.py"}
    spec = {
        "files": files,
        "commits": [
            {
                "subject": "Move",
                "rename": moves,
                "delete": ["old/z.py"],
                "modify": {"new/a.py": "first\n" + text, "new/b.py": "first\n" + text + "b\n"},
            }
        ],
    }
    repo = opened(built(spec))
    paths = ["old/a.py", "old/b.py", "old/z.py", "old/7/__init__.py", "old/7", "old"]
    repo.expect(paths)
    told = [repr(getattr(getattr(repo.history(path), "renamed", None), "path", None)) for path in paths]
    assert told == ["'new/a.py'", "'new/b.py'", "None", "'new/7/__init__.py'", "'new/7'", "'new'"]


def test_what_came_and_went_in_merges_is_seen(built: Build, opened: Open, git: Git) -> None:
    where = built({"files": ["a"], "commits": [{"on": "x", "subject": "On x", "add": ["b"]}, {"subject": "Meanwhile", "modify": ["a"]}]})
    git(where, "merge", "-q", "--no-ff", "--no-commit", "x")
    (where / "evil.md").write_text("evil\n")
    git(where, "add", "evil.md")
    git(where, "commit", "-qm", "Merge with more")
    repo = opened(where)
    repo.expect(["evil.md"], ["evil.md"])
    versions = repo.versions("evil.md")
    assert not isinstance(versions, Unknown)
    assert [version.commit.subject for version in versions] == ["Merge with more"]
    assert repo.named("evil.md") == ["evil.md"]


def test_refs_are_listed_alike(built: Build, git: Git, tmp_path: Path) -> None:
    from doclint.repo.process import discover
    from doclint.repo.refs import REFS

    where = built({"files": ["a"], "commits": [{"on": "x", "add": ["b"], "pull-request": 4}]})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(where), str(clone))
    git(where, "update-ref", "refs/heads/--all", "HEAD")
    for directory in (where, clone):
        place = discover(str(directory))
        assert parse_listing(place.refs) == parse_refs(place.git.run(*REFS))
    git(clone, "checkout", "-q", "--detach")
    place = discover(str(clone))
    assert parse_listing(place.refs) == parse_refs(place.git.run(*REFS))
    git(clone, "update-ref", "refs/heads/HEAD", "HEAD")
    assert parse_listing(discover(str(clone)).refs) is None
    git(tmp_path, "init", "-q", "unborn")
    assert parse_listing(discover(str(tmp_path / "unborn")).refs) is None
    with open_repo(str(clone), tree="worktree", base=None) as repo:
        assert sorted(repo.refs()) == ["HEAD", "main", "x"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[core]\n\tbare = false\n[remote "o"]\n\turl = x#y\n\tfetch = +refs/heads/*:refs/o/*\n', ["+refs/heads/*:refs/o/*"]),
        ("# nothing\n\n[core]\n\tbare\n", []),
        ('[include]\n\tpath = other\n[remote "o"]\n\tfetch = x\n', None),
        ('[includeIf "gitdir:~/x/"]\n\tpath = other\n', None),
        ("[extensions]\n\tworktreeConfig = true\n", None),
        ('[remote "o"]\n\tfetch = "x"\n', None),
        ('[remote "o"] fetch = x\n', None),
        ('[remote "o"]\n\tfetch = x\\\ny\n', None),
    ],
)  # fmt: skip
def test_what_a_clone_fetches(tmp_path: Path, text: str, expected: list[str] | None) -> None:
    (tmp_path / "config").write_text(text)
    assert fetches(str(tmp_path / "config")) == expected
    assert fetches(str(tmp_path / "absent")) == []
    assert fetches(str(tmp_path)) is None


def test_what_is_announced_late_is_seen_too(built: Build, opened: Open) -> None:
    repo = opened(built({"files": ["a", "b", "c"], "commits": [{"subject": f"Drop {name}", "delete": [name]} for name in "abc"]}))
    assert isinstance(repo.head, Commit)
    for name in "abc":
        repo.expect([name])
        deleted = getattr(repo.history(name), "deleted", None)
        assert isinstance(deleted, Commit)
        assert deleted.subject == f"Drop {name}"
