"""One set of questions for both kinds of repository, asked of the same worlds: the answers have to agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from doclint.repo.building import build
from doclint.repo.facts import (
    MISSING_OBJECT,
    NOT_COMMITTED,
    SHALLOW,
    Branch,
    Changes,
    Commit,
    Landing,
    PathHistory,
    Rename,
    Repo,
    Unknown,
    Version,
)
from doclint.repo.git import GitRepo, open_repo
from doclint.repo.memory import MemoryRepo

Make = Callable[..., Repo]


@pytest.fixture(params=["memory", "git"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    repos: list[GitRepo] = []

    def one(spec: Mapping[str, Any], documents: Mapping[str, str] | None = None) -> Repo:
        if request.param == "memory":
            return MemoryRepo.build(spec, documents)
        directory = tmp_path / f"repo{len(repos)}"
        build(spec, str(directory), documents)
        repos.append(open_repo(str(directory), tree="worktree", base=spec.get("base")))
        return repos[-1]

    yield one
    for repo in repos:
        repo.close()


def landing(found: Branch | Unknown | None) -> tuple[str, str] | None:
    assert isinstance(found, Branch)
    if isinstance(found.landed, Landing):
        return found.landed.how, found.landed.commit.subject
    assert found.landed is None
    return None


def told(found: PathHistory | Unknown) -> tuple[Any, ...]:
    assert isinstance(found, PathHistory)
    renamed = found.renamed
    if isinstance(renamed, Rename):
        moved: object = (renamed.path, renamed.commit.subject if renamed.commit else None, renamed.exact)
    else:
        moved = renamed
    return (found.added and found.added.subject, found.deleted and found.deleted.subject, moved, found.uncommitted)


def subjects(commits: object) -> list[str | Unknown]:
    assert isinstance(commits, list | tuple)
    return [commit.subject if isinstance(commit, Commit) else commit for commit in commits]


def versions(repo: Repo, path: str) -> list[tuple[str, str, str]]:
    """Each version's commit, path, and first line."""
    found = repo.versions(path)
    assert not isinstance(found, Unknown)
    told = []
    for version in found:
        assert isinstance(version, Version)
        content = repo.content(version.blob)
        assert isinstance(content, bytes)
        told.append((version.commit.subject, version.path, content.decode().split("\n")[0]))
    return told


WORK = {
    "files": ["README.md", "src/a.py"],
    "commits": [
        {"on": "feature/x", "subject": "Add x", "date": "2026-02-01", "add": ["src/x.py"]},
        {"on": "feature/x", "subject": "Mend x", "modify": ["src/x.py"]},
        {"subject": "Meanwhile", "date": "2026-02-03", "modify": ["src/a.py"]},
    ],
}


def after(*steps: Mapping[str, Any], **keys: Any) -> dict[str, Any]:
    commits = [*WORK["commits"], *steps]  # type: ignore[misc]
    return {**WORK, "commits": commits, **keys}


def test_files_of_the_work_tree(make: Make) -> None:
    repo = make({**WORK, "uncommitted": {"delete": ["README.md"], "add": {"new.md": "new\n"}}, "ignored": ["*.log"]}, {"DOC.md": "# Doc\n"})
    paths = repo.paths()
    assert not isinstance(paths, Unknown)
    assert paths.files == ("DOC.md", "new.md", "src/a.py")
    assert repo.read("new.md") == b"new\n"
    assert repo.read("DOC.md") == b"# Doc\n"
    assert repo.read("README.md") is None
    assert repo.read("src") is None
    assert repo.read("../outside") is None


def test_head_and_base(make: Make) -> None:
    repo = make(WORK)
    assert isinstance(repo.head, Commit)
    assert repo.head.subject == "Meanwhile"
    assert str(repo.head.date) == "2026-02-03"
    assert not isinstance(repo.base, Unknown)
    assert (repo.base.name, repo.base.commit.subject) == ("main", "Meanwhile")
    assert subjects(repo.log()) == ["Meanwhile", "Start"]
    refs = repo.refs()
    assert not isinstance(refs, Unknown)
    assert sorted(refs) == ["feature/x", "main"]
    assert repo.limits() == ()


def test_commits_by_id(make: Make) -> None:
    repo = make(WORK)
    assert isinstance(repo.head, Commit)
    assert repo.commit(repo.head.id) == repo.head
    assert repo.commit(repo.head.short) == repo.head
    assert repo.commit("0123456789") is None
    assert repo.commit("abc") is None
    assert repo.commit("HEAD~1") is None
    assert repo.commit(repo.head.id.upper()) is None


def test_branch_with_work_left(make: Make) -> None:
    found = make(WORK).branch("feature/x")
    assert isinstance(found, Branch)
    assert (found.landed, found.own_work, found.ahead, found.behind) == (None, True, 2, 1)
    assert found.tip is not None
    assert found.tip.subject == "Mend x"


def test_branch_that_nobody_knows(make: Make) -> None:
    assert make(WORK).branch("feature/y") is None
    assert make(WORK).branch("") is None


def test_branch_merged_by_name(make: Make) -> None:
    repo = make(after({"merge": "feature/x", "date": "2026-02-05"}, {"subject": "Later", "modify": ["src/a.py"]}))
    found = repo.branch("feature/x")
    assert landing(found) == ("merge", "Merge branch 'feature/x'")
    assert isinstance(found, Branch)
    assert (found.own_work, found.ahead, found.behind) == (True, 0, 3)


def test_branch_merged_under_another_name(make: Make) -> None:
    repo = make(after({"merge": "feature/x", "subject": "Bring in the work"}))
    assert landing(repo.branch("feature/x")) == ("ancestor", "Bring in the work")


def test_branch_merged_through_a_pull_request(make: Make) -> None:
    repo = make(after({"merge": "feature/x", "pull-request": 7, "drop": True}))
    assert landing(repo.branch("feature/x")) == ("merge", "Merge pull request #7 from team/feature/x")
    found = repo.pull_request(7)
    assert isinstance(found, Landing)
    assert found.commit.subject == "Merge pull request #7 from team/feature/x"
    assert repo.pull_request(8) is None


def test_branch_merged_and_deleted(make: Make) -> None:
    found = make(after({"merge": "feature/x", "drop": True})).branch("feature/x")
    assert landing(found) == ("merge", "Merge branch 'feature/x'")
    assert isinstance(found, Branch)
    assert found.tip is None
    assert isinstance(found.ahead, Unknown)


def test_branch_that_went_on_after_its_merge(make: Make) -> None:
    repo = make(after({"merge": "feature/x"}, {"on": "feature/x", "subject": "More", "add": ["src/more.py"]}))
    found = repo.branch("feature/x")
    assert landing(found) is None
    assert isinstance(found, Branch)
    assert (found.own_work, found.ahead) == (True, 1)


def test_branch_squashed_with_the_number_of_its_pull_request(make: Make) -> None:
    repo = make(after({"squash": "feature/x", "pull-request": 12}))
    assert landing(repo.branch("feature/x")) == ("pull-request", "Land feature/x (#12)")
    found = repo.pull_request(12)
    assert isinstance(found, Landing)
    assert (found.how, found.commit.subject) == ("pull-request", "Land feature/x (#12)")


def test_branch_squashed_is_found_by_content(make: Make) -> None:
    repo = make(after({"squash": "feature/x"}, {"subject": "Later", "modify": ["src/a.py"]}))
    assert landing(repo.branch("feature/x")) == ("squash", "Land feature/x")


def test_branch_without_any_work(make: Make) -> None:
    repo = make(after({"branch": "feature/idle"}, {"subject": "Later", "modify": ["src/a.py"]}, {"branch": "feature/new"}))
    idle, new = repo.branch("feature/idle"), repo.branch("feature/new")
    assert isinstance(idle, Branch)
    assert isinstance(new, Branch)
    assert (idle.landed, idle.own_work, idle.behind) == (None, False, 1)
    assert (new.landed, new.own_work, new.behind) == (None, False, 0)


def test_branch_that_was_fast_forwarded(make: Make) -> None:
    repo = make(
        {
            "files": ["a"],
            "commits": [
                {"on": "feature/y", "add": ["b"]},
                {"fast-forward": "feature/y"},
                {"subject": "Later", "modify": ["a"]},
            ],
        }
    )
    found = repo.branch("feature/y")
    assert isinstance(found, Branch)
    assert (found.landed, found.own_work) == (None, False)


def test_branch_merged_into_another_that_landed(make: Make) -> None:
    repo = make(
        after(
            {"on": "feature/all", "subject": "All", "add": ["all"]},
            {"merge": "feature/x", "on": "feature/all"},
            {"merge": "feature/all"},
        )
    )
    assert landing(repo.branch("feature/x")) == ("ancestor", "Merge branch 'feature/all'")


def test_history_of_what_is_there(make: Make) -> None:
    repo = make(after({"merge": "feature/x"}))
    assert told(repo.history("src/x.py")) == ("Add x", None, None, False)
    assert told(repo.history("src")) == ("Start", None, None, False)
    assert told(repo.history("src/")) == ("Start", None, None, False)


def test_history_of_what_never_was(make: Make) -> None:
    repo = make(WORK)
    for path in ("src/never.py", "", "/etc/passwd", "../x", "a\nb", ":(glob)**", "--all"):
        found = repo.history(path)
        assert isinstance(found, PathHistory)
        assert not found.existed


def test_history_of_what_only_another_branch_has(make: Make) -> None:
    assert told(make(WORK).history("src/x.py")) == ("Add x", None, None, False)


def test_history_of_what_was_squashed_begins_where_the_tree_got_it(make: Make) -> None:
    assert told(make(after({"squash": "feature/x"})).history("src/x.py")) == ("Land feature/x", None, None, False)


def test_history_of_a_deleted_file(make: Make) -> None:
    repo = make(after({"subject": "Drop a", "delete": ["src/a.py"]}))
    assert told(repo.history("src/a.py")) == ("Start", "Drop a", None, False)
    assert told(repo.history("src")) == ("Start", "Drop a", None, False)


def test_history_of_a_file_that_came_back(make: Make) -> None:
    repo = make(after({"subject": "Drop a", "delete": ["src/a.py"]}, {"subject": "Back", "add": ["src/a.py"]}))
    assert told(repo.history("src/a.py")) == ("Start", None, None, False)


def test_history_of_a_renamed_file(make: Make) -> None:
    repo = make(after({"subject": "Move a", "rename": {"src/a.py": "lib/a.py"}}))
    assert told(repo.history("src/a.py")) == ("Start", "Move a", ("lib/a.py", "Move a", True), False)


def test_history_of_a_file_renamed_and_changed(make: Make) -> None:
    text = "".join(f"line {number} of the file\n" for number in range(20))
    repo = make(
        {
            "files": {"a.py": text},
            "commits": [{"subject": "Move a", "rename": {"a.py": "b.py"}, "modify": {"b.py": text + "one more line\n"}}],
        }
    )
    assert told(repo.history("a.py")) == ("Start", "Move a", ("b.py", "Move a", False), False)


def test_history_of_a_file_that_moved_twice(make: Make) -> None:
    repo = make(after({"subject": "First", "rename": {"src/a.py": "lib/a.py"}}, {"subject": "Second", "rename": {"lib/a.py": "core/a.py"}}))
    assert told(repo.history("src/a.py")) == ("Start", "First", ("core/a.py", "Second", True), False)
    assert told(repo.history("lib/a.py")) == ("First", "Second", ("core/a.py", "Second", True), False)


def test_history_of_a_file_that_moved_and_was_deleted(make: Make) -> None:
    repo = make(after({"subject": "Move", "rename": {"src/a.py": "lib/a.py"}}, {"subject": "Drop", "delete": ["lib/a.py"]}))
    assert told(repo.history("src/a.py")) == ("Start", "Drop", None, False)


def test_history_of_a_file_that_moved_in_a_circle(make: Make) -> None:
    repo = make(
        after(
            {"subject": "There", "rename": {"src/a.py": "lib/a.py"}},
            {"subject": "Back", "rename": {"lib/a.py": "src/a.py"}},
            {"subject": "Drop", "delete": ["src/a.py"]},
        )
    )
    assert told(repo.history("lib/a.py")) == ("There", "Drop", None, False)
    assert told(repo.history("src/a.py")) == ("Start", "Drop", None, False)


def test_history_of_a_renamed_directory(make: Make) -> None:
    repo = make(
        {
            "files": ["etl/a.py", "etl/b.py", "etl/deep/c.py"],
            "commits": [
                {"subject": "Move", "rename": {"etl/a.py": "load/a.py", "etl/b.py": "load/b.py", "etl/deep/c.py": "load/deep/c.py"}}
            ],
        }
    )
    assert told(repo.history("etl/")) == ("Start", "Move", ("load", "Move", True), False)
    assert told(repo.history("etl/deep")) == ("Start", "Move", ("load/deep", "Move", True), False)


def test_history_of_what_is_deleted_or_moved_but_not_committed(make: Make) -> None:
    repo = make({**WORK, "uncommitted": {"delete": ["README.md"], "rename": {"src/a.py": "lib/a.py"}}})
    assert told(repo.history("README.md")) == ("Start", None, None, True)
    assert told(repo.history("src/a.py")) == ("Start", None, ("lib/a.py", None, True), True)
    assert told(repo.history("src")) == ("Start", None, ("lib", None, True), True)


def test_history_of_what_moved_before_and_again_now(make: Make) -> None:
    repo = make(after({"subject": "Move", "rename": {"src/a.py": "lib/a.py"}}, uncommitted={"rename": {"lib/a.py": "core/a.py"}}))
    assert told(repo.history("src/a.py")) == ("Start", "Move", ("core/a.py", None, True), False)


MISSING = "0" * 40
TEXT = "".join(f"line {number} of the file\n" for number in range(20))


def test_versions_of_what_never_moved(make: Make) -> None:
    repo = make(
        {
            "files": {"a.md": "one\n", "b.md": "b\n"},
            "commits": [
                {"subject": "Two", "modify": {"a.md": "two\n"}},
                {"subject": "Other", "modify": {"b.md": "c\n"}},
                {"subject": "Drop", "delete": ["a.md"]},
                {"subject": "Back", "add": {"a.md": "three\n"}},
            ],
            "uncommitted": {"modify": {"a.md": "four\n"}, "add": {"new.md": "new\n"}},
        }
    )
    assert versions(repo, "a.md") == [("Back", "a.md", "three"), ("Two", "a.md", "two"), ("Start", "a.md", "one")]
    assert repo.content(MISSING) == repo.content("HEAD:a.md") == MISSING_OBJECT
    for path in ("new.md", "never.md", "", "..", "a\nb", ":(glob)**"):
        assert versions(repo, path) == []


def test_versions_are_followed_through_renames(make: Make) -> None:
    repo = make(
        {
            "files": {"a.md": "0\n" + TEXT},
            "commits": [
                {"subject": "Write", "modify": {"a.md": "1\n" + TEXT}},
                {"subject": "Move", "rename": {"a.md": "docs/b.md"}},
                {"subject": "Write more", "modify": {"docs/b.md": "2\n" + TEXT}},
                {"subject": "Move and write", "rename": {"docs/b.md": "docs/c.md"}, "modify": {"docs/c.md": "3\n" + TEXT}},
                {"subject": "Another", "add": {"a.md": "not that file\n"}},
            ],
        }
    )
    repo.expect(["docs/c.md", "a.md"])
    assert versions(repo, "docs/c.md") == [
        ("Move and write", "docs/c.md", "3"),
        ("Write more", "docs/b.md", "2"),
        ("Move", "docs/b.md", "1"),
        ("Write", "a.md", "1"),
        ("Start", "a.md", "0"),
    ]
    assert versions(repo, "a.md") == [("Another", "a.md", "not that file"), ("Write", "a.md", "1"), ("Start", "a.md", "0")]


def test_versions_end_where_a_move_went_in_a_circle(make: Make) -> None:
    repo = make(
        {
            "files": {"a.md": TEXT},
            "commits": [
                {"subject": "There", "rename": {"a.md": "b.md"}},
                {"subject": "Back", "rename": {"b.md": "a.md"}},
            ],
        }
    )
    assert [(subject, path) for subject, path, _ in versions(repo, "a.md")] == [("Back", "a.md"), ("There", "b.md"), ("Start", "a.md")]


def test_versions_of_branches_are_those_that_the_tree_reaches(make: Make) -> None:
    repo = make(
        {
            "files": {"a.md": "one\n"},
            "commits": [
                {"on": "x", "subject": "On x", "modify": {"a.md": "x\n"}},
                {"on": "y", "subject": "On y", "modify": {"a.md": "y\n"}},
                {"merge": "x"},
            ],
        }
    )
    assert versions(repo, "a.md") == [("On x", "a.md", "x"), ("Start", "a.md", "one")]


def test_versions_of_a_shallow_clone_are_not_known() -> None:
    repo = MemoryRepo.build({**WORK, "shallow": True})
    assert repo.versions("README.md") == repo.named("README.md") == SHALLOW


def test_paths_by_name(make: Make) -> None:
    repo = make(
        after(
            {"on": "feature/y", "subject": "Elsewhere", "add": ["deep/down/a.py"]},
            {"subject": "Move a", "rename": {"src/a.py": "lib/a.py"}},
            uncommitted={"add": {"new/a.py": "a\n"}},
        )
    )
    assert repo.named("a.py") == ["deep/down/a.py", "lib/a.py", "src/a.py"]
    assert repo.named("README.md") == ["README.md"]
    for name in ("", "src", "src/a.py", "A.py", "*.py", "a", "never"):
        assert list(repo.named(name)) == []  # type: ignore[arg-type]


def test_expected_paths_are_answered_like_others(make: Make) -> None:
    repo = make(after({"subject": "Move a", "rename": {"src/a.py": "lib/a.py"}}))
    repo.expect(["src/a.py", "lib/a.py", "never", "bad\nname", "nul\0name", "/abs", "../up", ""])
    assert told(repo.history("never")) == (None, None, None, False)
    assert told(repo.history("src/a.py")) == ("Start", "Move a", ("lib/a.py", "Move a", True), False)


def test_ignored_paths(make: Make) -> None:
    repo = make({**WORK, "ignored": ["dist/", "*.log", "!keep.log", "/out/*.csv"]})
    repo.expect(["dist/x", "a.log"])
    answers = {
        "dist/x/y.js": True,
        "dist/": True,
        "deep/dist/": True,
        "deep/a.log": True,
        "deep/keep.log": False,
        "out/a.csv": True,
        "deep/out/a.csv": False,
        "src/a.py": False,
        ":(top)a.log": True,
        "-x.log": True,
    }
    assert {path: repo.ignored(path) for path in answers} == answers


def test_blame(make: Make) -> None:
    repo = make(
        {
            "files": {"D.md": "one\ntwo\nthree\n"},
            "commits": [
                {"subject": "Second", "modify": {"D.md": "one\n2\nthree\n"}},
                {"subject": "Third", "modify": {"D.md": "zero\none\n2\nthree\n"}},
            ],
            "uncommitted": {"modify": {"D.md": "zero\none\n2\nnew\nthree\n"}},
        }
    )
    assert subjects(repo.blame("D.md", 1, 5)) == ["Third", "Start", "Second", NOT_COMMITTED, "Start"]
    assert subjects(repo.blame("D.md", 3, 3)) == ["Second"]
    assert isinstance(repo.blame("absent.md", 1, 1), Unknown)


def test_blame_of_a_new_document(make: Make) -> None:
    repo = make({**WORK, "uncommitted": {"add": {"N.md": "a\nb\n"}}})
    assert repo.blame("N.md", 1, 2) == [NOT_COMMITTED, NOT_COMMITTED]


def test_blame_follows_a_rename(make: Make) -> None:
    text = "".join(f"line {number}\n" for number in range(9))
    repo = make({"files": {"a.md": text}, "commits": [{"subject": "Move", "rename": {"a.md": "b.md"}, "modify": {"b.md": text + "end\n"}}]})
    assert subjects(repo.blame("b.md", 9, 10)) == ["Start", "Move"]


def test_blame_counts_a_lone_carriage_return_as_a_line_end(make: Make) -> None:
    repo = make({"files": {"a.md": "one\rtwo\nthree\r\n"}, "commits": [{"subject": "Third", "modify": {"a.md": "one\rtwo\n3\r\n"}}]})
    assert subjects(repo.blame("a.md", 1, 3)) == ["Start", "Start", "Third"]


def test_symbols(make: Make) -> None:
    repo = make({"files": {"m.py": "A = 1\nclass B:\n    c: int\n", "bad.py": "def", "m.rb": "A = 1\n"}})
    assert repo.symbols("m.py") == {"A": 1, "B": 2, "B.c": 3}
    assert repo.symbols("absent.py") is None
    assert repo.symbols("bad.py") == Unknown("the file does not parse as Python")
    assert repo.symbols("m.rb") == Unknown("symbols of .rb files are not read")
    assert repo.symbols("Makefile") is None


def test_nothing_committed_yet(make: Make) -> None:
    repo = make({}, {})
    assert repo.head is None
    assert isinstance(repo.base, Unknown)
    assert isinstance(repo.log(), Unknown)
    assert isinstance(repo.branch("x"), Unknown)
    assert isinstance(repo.pull_request(1), Unknown)
    assert told(repo.history("x")) == (None, None, None, False)
    assert repo.commit("0123456789") is None
    paths = repo.paths()
    assert not isinstance(paths, Unknown)
    assert paths.files == ()


def changes(repo: Repo, since: str) -> tuple[list[tuple[str, list[str], tuple[str, ...]]], list[str]]:
    """What came since the commit of that subject: subjects with paths and trailers, and what is not committed."""
    log = repo.log()
    assert not isinstance(log, Unknown)
    found = repo.changes(next(commit for commit in log if commit.subject == since))
    assert isinstance(found, Changes)
    return [(each.commit.subject, sorted(each.paths), each.trailers) for each in found.commits], sorted(found.uncommitted)


def test_what_a_range_changed(make: Make) -> None:
    repo = make(
        after(
            {"subject": "Later", "rename": {"README.md": "docs/README.md"}, "trailers": ["allow co-change because", "allow log-entry too"]},
            {"merge": "feature/x"},
            uncommitted={"modify": ["src/a.py"], "delete": ["src/x.py"], "add": ["src/new.py"]},
        )
    )
    committed, rest = changes(repo, "Meanwhile")
    # Where two lines meet, their order is Git's affair.
    assert sorted(committed) == [
        ("Add x", ["src/x.py"], ()),
        ("Later", ["README.md", "docs/README.md"], ("allow co-change because", "allow log-entry too")),
        ("Mend x", ["src/x.py"], ()),
        ("Merge branch 'feature/x'", [], ()),
    ]
    assert committed[0][0] == "Merge branch 'feature/x'"
    assert rest == ["src/a.py", "src/new.py", "src/x.py"]


def test_a_range_without_changes(make: Make) -> None:
    assert changes(make(WORK), "Meanwhile") == ([], [])
