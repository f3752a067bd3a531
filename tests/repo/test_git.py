"""Git repositories of every shape that people and their tools make."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from doclint.errors import GitError
from doclint.repo.branches import SOME_BRANCHES
from doclint.repo.building import build
from doclint.repo.facts import MISSING_OBJECT, NOT_COMMITTED, SHALLOW, Base, Branch, Commit, Landing, PathHistory, Rename, Unknown
from doclint.repo.git import IN_SUBMODULE, GitRepo
from doclint.repo.process import NoRepositoryError, discover, read_regular
from doclint.repo.trees import UNMERGED
from tests.repo.conftest import Build, Git, Open

HISTORY = {
    "files": {"README.md": "# Read me\n", "src/a.py": "A = 1\n"},
    "commits": [
        {"on": "feature/x", "subject": "Add x", "date": "2026-02-01", "add": ["src/x.py"]},
        {"subject": "Move a", "date": "2026-02-02", "rename": {"src/a.py": "lib/a.py"}},
        {"merge": "feature/x", "date": "2026-02-03"},
        {"on": "feature/y", "subject": "Add y", "date": "2026-02-04", "add": ["src/y.py"]},
    ],
}


def subject(found: object) -> str | None:
    assert found is None or isinstance(found, Commit)
    return found.subject if found else None


def landed(repo: GitRepo, name: str) -> object:
    found = repo.branch(name)
    if not isinstance(found, Branch):
        return found
    return (found.landed.how, found.landed.commit.subject) if isinstance(found.landed, Landing) else found.landed


def files(repo: GitRepo) -> tuple[str, ...]:
    paths = repo.paths()
    assert not isinstance(paths, Unknown)
    return paths.files


# --- trees -----------------------------------------------------------------------------------------------------------


def test_three_trees_of_one_repository(built: Build, opened: Open, git: Git) -> None:
    where = built(HISTORY)
    (where / "README.md").write_text("staged\n")
    git(where, "add", "README.md")
    (where / "README.md").write_text("on disk\n")
    (where / "untracked.md").write_text("new\n")
    assert opened(where).read("README.md") == b"on disk\n"
    assert opened(where, "index").read("README.md") == b"staged\n"
    assert opened(where, "HEAD").read("README.md") == b"# Read me\n"
    assert "untracked.md" in files(opened(where))
    assert "untracked.md" not in files(opened(where, "index"))
    assert opened(where, "index").read("untracked.md") is None
    assert [opened(where, tree).origin for tree in ("worktree", "index", "HEAD")] == ["worktree", "index", "revision"]


def test_what_is_only_announced_is_not_in_the_index(built: Build, opened: Open, git: Git) -> None:
    where = built(HISTORY)
    odd = "odd\n  size: 0\tflags: 20004000\n.md"
    for name in ("announced.md", "empty.md", odd):
        (where / name).write_text("")
    git(where, "add", "empty.md", odd)
    git(where, "add", "--intent-to-add", "announced.md")
    assert files(opened(where, "index")) == ("README.md", "empty.md", "lib/a.py", odd, "src/x.py")
    assert opened(where, "index").read("announced.md") is None
    assert "announced.md" in files(opened(where))
    head = opened(where, "index").head
    assert head is not None
    changes = opened(where, "index").changes(head)
    assert not isinstance(changes, Unknown)
    assert changes.uncommitted == {"empty.md", odd}


def test_subdirectory(built: Build, opened: Open) -> None:
    where = built(HISTORY)
    repo = opened(where / "src")
    assert (repo.root, repo.prefix) == (os.path.realpath(where), "src")
    assert files(repo) == ("README.md", "lib/a.py", "src/x.py")


def test_the_past_is_judged_as_of_then(built: Build, opened: Open) -> None:
    where = built(HISTORY)
    then = opened(where, "main~1")
    assert files(then) == ("README.md", "lib/a.py")
    assert then.base == Base(then.head.short if then.head else "", then.head)  # type: ignore[arg-type]
    assert opened(where, "HEAD").base == opened(where, "main").base == opened(where).base
    assert landed(then, "feature/x") is None
    assert landed(opened(where, "main"), "feature/x") == ("merge", "Merge branch 'feature/x'")
    found = then.history("src/x.py")
    assert isinstance(found, PathHistory)
    assert (subject(found.added), found.deleted) == ("Add x", None)


def test_a_branch_that_went_on_after_the_day_that_is_judged(built: Build, opened: Open) -> None:
    where = built(
        {
            **HISTORY,
            "commits": [*HISTORY["commits"], {"on": "feature/x", "subject": "More", "date": "2026-03-01", "add": ["more"]}],
        }
    )
    assert landed(opened(where, "main"), "feature/x") == ("merge", "Merge branch 'feature/x'")
    assert landed(opened(where), "feature/x") is None


def test_unborn_head(tmp_path: Path, opened: Open, git: Git) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "a.md").write_text("a\n")
    repo = opened(tmp_path)
    assert (repo.head, files(repo)) == (None, ("a.md",))
    assert repo.blame("a.md", 1, 1) == [NOT_COMMITTED]
    with pytest.raises(GitError, match="there is no revision `HEAD`"):
        opened(tmp_path, "HEAD")


def test_detached_head(built: Build, opened: Open, git: Git) -> None:
    where = built(HISTORY)
    git(where, "checkout", "-q", "--detach", "feature/x")
    repo = opened(where)
    assert subject(repo.head) == "Add x"
    assert not isinstance(repo.base, Unknown)
    assert repo.base.name == "main"


def test_bare_repository(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(built(HISTORY)), "bare.git")
    repo = opened(tmp_path / "bare.git", "main")
    assert files(repo) == ("README.md", "lib/a.py", "src/x.py")
    assert landed(repo, "feature/x") == ("merge", "Merge branch 'feature/x'")
    assert repo.blame("README.md", 1, 1) == [repo.commit(git(tmp_path / "bare.git", "rev-list", "--max-parents=0", "main"))]
    assert repo.ignored("src/new.py") is False
    with pytest.raises(GitError, match="has no work tree: name a revision with --rev"):
        opened(tmp_path / "bare.git")
    with pytest.raises(GitError, match="has no work tree"):
        opened(tmp_path / "repo" / ".git", "index")


def test_bare_repository_inside_a_work_tree_is_not_entered_by_accident(built: Build, git: Git) -> None:
    where = built(HISTORY)
    git(where, "init", "-q", "--bare", "docs/evil.git")
    (where / "docs/evil.git/sub").mkdir()
    with pytest.raises(GitError, match="lies inside a bare repository"):
        discover(str(where / "docs/evil.git/sub"))


def test_linked_worktree(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    git(built(HISTORY), "worktree", "add", "-q", str(tmp_path / "linked"), "feature/y")
    repo = opened(tmp_path / "linked")
    assert subject(repo.head) == "Add y"
    assert repo.root == os.path.realpath(tmp_path / "linked")
    assert landed(repo, "feature/x") == ("merge", "Merge branch 'feature/x'")


def test_sha256(tmp_path: Path, opened: Open, git: Git) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "--object-format=sha256")
    (tmp_path / "a.md").write_text("a\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "One")
    git(tmp_path, "mv", "a.md", "b.md")
    git(tmp_path, "commit", "-qm", "Two")
    repo = opened(tmp_path)
    assert isinstance(repo.head, Commit)
    assert len(repo.head.id) == 64
    assert repo.commit(repo.head.id) == repo.commit(repo.head.short) == repo.head
    found = repo.history("a.md")
    assert isinstance(found, PathHistory)
    assert isinstance(found.renamed, Rename)
    assert found.renamed.path == "b.md"
    lines = repo.blame("b.md", 1, 1)
    assert not isinstance(lines, Unknown)
    assert [subject(each) for each in lines] == ["One"]
    assert repo.read("b.md") == opened(tmp_path, "HEAD").read("b.md") == b"a\n"


def test_submodule(built: Build, opened: Open, git: Git) -> None:
    where, inner = built(HISTORY), built(HISTORY, "inner")
    git(where, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "vendor/inner")
    git(where, "commit", "-qm", "Add the submodule")
    for tree in ("worktree", "index", "HEAD"):
        repo = opened(where, tree)
        paths = repo.paths()
        assert not isinstance(paths, Unknown)
        assert "vendor/inner" not in paths
        assert paths.resolve("vendor/inner/README.md", "README.md").paths == ("vendor/inner",)
        assert repo.history("vendor/inner/gone.md") == IN_SUBMODULE
        assert repo.ignored("vendor/inner/gone.md") == IN_SUBMODULE
    assert files(opened(where / "vendor/inner")) == ("README.md", "lib/a.py", "src/x.py")


def test_sparse_checkout_holds_what_it_leaves_out(built: Build, opened: Open, git: Git) -> None:
    where = built(HISTORY)
    git(where, "sparse-checkout", "set", "--no-cone", "/README.md")
    assert not (where / "lib/a.py").exists()
    repo = opened(where)
    assert files(repo) == ("README.md", "lib/a.py", "src/x.py")
    assert repo.read("lib/a.py") == b"A = 1\n"


def test_merge_in_progress(built: Build, opened: Open, git: Git) -> None:
    where = built(
        {
            "files": {"a.md": "one\n"},
            "commits": [{"on": "other", "modify": {"a.md": "theirs\n"}}, {"modify": {"a.md": "ours\n"}}],
        }
    )
    with pytest.raises(AssertionError):
        git(where, "merge", "other")
    assert files(opened(where)) == files(opened(where, "index")) == ("a.md",)
    # No side of it is what a commit would have.
    assert opened(where, "index").read("a.md") == UNMERGED


def test_bases(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    where = built({**HISTORY, "base": "dev"})
    git(where, "checkout", "-q", "feature/y")

    def base(repo: GitRepo) -> tuple[str, str]:
        assert not isinstance(repo.base, Unknown)
        return repo.base.name, repo.base.commit.subject

    assert base(opened(where)) == ("feature/y", "Add y")
    assert base(opened(where, base="dev")) == ("dev", "Merge branch 'feature/x'")
    assert base(opened(where, base="dev~1")) == ("dev~1", "Move a")
    git(where, "branch", "trunk", "feature/x")
    assert base(opened(where)) == ("trunk", "Add x")
    git(where, "checkout", "-q", "dev")
    git(tmp_path, "clone", "-q", str(where), "clone")
    clone = tmp_path / "clone"
    assert base(opened(clone)) == ("dev", "Merge branch 'feature/x'")
    git(clone, "reset", "-q", "--hard", "HEAD~1")
    assert base(opened(clone)) == ("dev", "Merge branch 'feature/x'")
    git(clone, "reset", "-q", "--hard", "origin/dev")
    git(clone, "commit", "-q", "--allow-empty", "-m", "Not pushed yet")
    assert base(opened(clone)) == ("dev", "Not pushed yet")
    assert base(opened(clone, base="origin/dev")) == ("dev", "Not pushed yet")
    assert base(opened(clone, base="feature/y")) == ("feature/y", "Add y")
    with pytest.raises(GitError, match="there is no branch or revision `nowhere`"):
        opened(where, base="nowhere")


def test_branches_of_a_remote(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(built(HISTORY)), "clone")
    repo = opened(tmp_path / "clone")
    for name in ("feature/x", "origin/feature/x", "remotes/origin/feature/x", "refs/remotes/origin/feature/x"):
        assert landed(repo, name) == ("merge", "Merge branch 'feature/x'")
    assert landed(repo, "feature/y") is None
    refs = repo.refs()
    assert not isinstance(refs, Unknown)
    assert sorted(refs) == ["feature/x", "feature/y", "main"]
    assert repo.branch("feature/z") is None


def test_clone_of_a_single_branch_does_not_know_the_others(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--single-branch", str(built(HISTORY)), "clone")
    some = SOME_BRANCHES
    repo = opened(tmp_path / "clone")
    assert repo.branch("main") is not None
    assert repo.branch("feature/x") == repo.branch("feature/y") == repo.history("never") == repo.commit("0123456789") == some
    assert some == Unknown("this clone holds only some branches", "fetch them all")


def test_rebased_branch_is_found_by_its_patches(built: Build, opened: Open, git: Git) -> None:
    lines = [f"line {number}\n" for number in range(30)]
    where = built({"files": {"a.md": "".join(lines)}})

    def commit(subject: str, number: int) -> None:
        lines[number] = f"{subject}\n"
        (where / "a.md").write_text("".join(lines))
        git(where, "commit", "-qam", subject)

    git(where, "checkout", "-qb", "feature/x")
    commit("First", 2)
    commit("Second", 15)
    git(where, "checkout", "-q", "main")
    lines[2] = "line 2\n"
    lines[15] = "line 15\n"
    commit("Meanwhile", 28)
    git(where, "cherry-pick", "feature/x~1", "feature/x")
    assert landed(opened(where), "feature/x") == ("squash", "Second")
    git(where, "reset", "-q", "--hard", "HEAD~1")
    assert landed(opened(where), "feature/x") is None
    git(where, "reset", "-q", "--hard", "HEAD~1")
    git(where, "merge", "-q", "--squash", "feature/x")
    git(where, "commit", "-qm", "All of x")
    assert landed(opened(where), "feature/x") == ("squash", "All of x")


def test_merge_request_of_gitlab(built: Build, opened: Open, git: Git) -> None:
    where = built(HISTORY)
    git(
        where,
        "merge",
        "-q",
        "--no-ff",
        "-m",
        "Merge branch 'feature/y' into 'main'",
        "-m",
        "See merge request group/project!7",
        "feature/y",
    )
    found = opened(where).pull_request(7)
    assert isinstance(found, Landing)
    assert (found.how, found.commit.subject) == ("merge", "Merge branch 'feature/y' into 'main'")


def test_a_deletion_in_a_merge_commit_is_found(built: Build, opened: Open, git: Git) -> None:
    where = built(HISTORY)
    git(where, "merge", "-q", "--no-ff", "--no-commit", "feature/y")
    git(where, "rm", "-q", "README.md")
    git(where, "commit", "-qm", "Merge and drop")
    found = opened(where).history("README.md")
    assert isinstance(found, PathHistory)
    assert subject(found.deleted) == "Merge and drop"


def test_ignore_rules_come_from_the_tree(built: Build, opened: Open, git: Git) -> None:
    where = built({"files": {".gitignore": "*.log\n", "src/.gitignore": "!keep.log\n/gen/\n", "src/a.py": ""}, "ignored": ["local"]})
    (where / ".gitignore").write_text("*.tmp\n")
    asked = ("a.log", "src/keep.log", "src/gen/x", "gen/x", "a.tmp", "local", "src/gen/")
    expected = {
        "worktree": (False, False, True, False, True, True, True),
        "index": (True, False, True, False, False, False, True),
        "HEAD": (True, False, True, False, False, False, True),
    }
    for tree, answers in expected.items():
        assert tuple(map(opened(where, tree).ignored, asked)) == answers


def test_paths_beyond_a_symbolic_link_do_not_spoil_the_other_answers(built: Build, opened: Open) -> None:
    where = built({"files": {".gitignore": "*.log\n"}})
    (where / "link").symlink_to("/")
    repo = opened(where)
    repo.expect(["link/etc/a.log", "a.log"])
    assert (repo.ignored("a.log"), repo.ignored("link/etc/a.log")) == (True, False)


# --- parts of a repository -------------------------------------------------------------------------------------------


def shallow(git: Git, where: Path, to: Path, *options: str) -> Path:
    git(to.parent, "clone", "-q", *options, where.as_uri(), str(to))
    return to


@pytest.mark.parametrize("depth", [1, 2])
def test_shallow_clone_does_not_know_the_past(built: Build, opened: Open, git: Git, tmp_path: Path, depth: int) -> None:
    clone = shallow(git, built(HISTORY), tmp_path / "clone", f"--depth={depth}")
    repo = opened(clone)
    assert repo.limits() == (SHALLOW,)
    assert repo.log() == SHALLOW
    assert repo.history("README.md") == repo.history("never") == SHALLOW
    assert repo.branch("feature/x") == repo.branch("feature/y") == repo.pull_request(3) == repo.commit("0123456789") == SHALLOW
    assert repo.blame("README.md", 1, 1) == [SHALLOW]


def test_shallow_clone_still_proves_what_it_holds(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    repo = opened(shallow(git, built(HISTORY), tmp_path / "clone", "--depth=2", "--no-single-branch"))
    assert landed(repo, "feature/x") == ("merge", "Merge branch 'feature/x'")


def test_shallow_clone_with_two_tips_does_not_deny_a_merge(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    where = built({**HISTORY, "commits": [*HISTORY["commits"], {"subject": "Later", "add": ["later"]}]})
    repo = opened(shallow(git, where, tmp_path / "clone", "--depth=1", "--no-single-branch"))
    for name in ("feature/x", "feature/y"):
        found = repo.branch(name)
        assert isinstance(found, Branch)
        assert (found.landed, found.ahead, found.behind) == (SHALLOW, SHALLOW, SHALLOW)


def test_clone_without_blobs(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    where = built(HISTORY)
    git(where, "config", "uploadpack.allowFilter", "true")
    clone = shallow(git, where, tmp_path / "clone", "--filter=blob:none", "--bare")
    repo = opened(clone, "main")
    assert repo.limits() == ()
    assert files(repo) == ("README.md", "lib/a.py", "src/x.py")
    assert repo.read("README.md") == MISSING_OBJECT
    assert repo.read("absent") is None
    assert landed(repo, "feature/x") == ("merge", "Merge branch 'feature/x'")
    moved = repo.history("src/a.py")
    assert isinstance(moved, PathHistory)
    assert isinstance(moved.renamed, Rename)
    assert (moved.renamed.path, moved.renamed.exact) == ("lib/a.py", True)
    assert repo.symbols("lib/a.py") == MISSING_OBJECT
    assert repo.limits() == (MISSING_OBJECT,)
    assert git(clone, "count-objects") == "0 objects, 0 kilobytes"


def test_clone_without_blobs_knows_a_deletion_but_not_whether_it_was_a_move(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    spec = {"files": ["a.md", "b.txt"], "commits": [{"subject": "Drop", "delete": ["a.md", "b.txt"], "add": ["c.md"]}]}
    where = built(spec)
    git(where, "config", "uploadpack.allowFilter", "true")
    repo = opened(shallow(git, where, tmp_path / "clone", "--filter=blob:none", "--no-checkout"), "HEAD")
    found = repo.history("a.md")
    assert isinstance(found, PathHistory)
    assert (subject(found.deleted), found.renamed) == ("Drop", MISSING_OBJECT)


# --- hooks and the environment ---------------------------------------------------------------------------------------

HOOK = """#!{python}
import sys
sys.path.insert(0, {project!r})
from doclint.repo.git import open_repo
with open_repo(".", tree="index") as repo:
    found = repo.read("a.md")
    open({answer!r}, "wb").write(found + b" " + repo.root.encode())
"""


@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize(("how", "seen"), [(("-a",), b"new\n"), (("a.md",), b"new\n"), ((), b"staged\n")])
def test_hook_sees_the_index_that_is_being_committed(
    built: Build, git: Git, tmp_path: Path, how: tuple[str, ...], seen: bytes, linked: bool
) -> None:
    where = built({"files": {"a.md": "old\n", "b.md": "b\n"}})
    if linked:
        git(where, "worktree", "add", "-q", "-b", "other", str(tmp_path / "linked"))
    hook = where / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    answer = tmp_path / "answer"
    project = str(Path(__file__).parents[2])
    hook.write_text(HOOK.format(python=sys.executable, project=project, answer=str(answer)))
    hook.chmod(0o755)
    where = tmp_path / "linked" if linked else where
    (where / "a.md").write_text("staged\n")
    git(where, "add", "a.md")
    (where / "a.md").write_text("new\n")
    git(where, "commit", "-qm", "Change", *how)
    assert answer.read_bytes() == seen + b" " + os.path.realpath(where).encode()


def test_the_index_of_another_repository_s_hook_is_not_taken(built: Build, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = built({"files": {"a.md": "here\n"}}, "here"), built({"files": {"a.md": "there\n"}}, "there")
    monkeypatch.chdir(here)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_DIR", str(here / ".git"))
    assert opened(there, "index").read("a.md") == b"there\n"
    assert opened(here, "index").read("a.md") == b"here\n"


@pytest.mark.parametrize(
    "name",
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_CEILING_DIRECTORIES"],
)
def test_variables_of_the_environment_lead_nowhere(built: Build, opened: Open, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    where = built(HISTORY)
    monkeypatch.setenv(name, str(where.parent / "elsewhere"))
    repo = opened(where)
    assert files(repo) == ("README.md", "lib/a.py", "src/x.py")
    assert landed(repo, "feature/x") == ("merge", "Merge branch 'feature/x'")


# --- hostile repositories --------------------------------------------------------------------------------------------


def ask_everything(repo: GitRepo) -> None:
    paths = repo.paths()
    assert not isinstance(paths, Unknown)
    repo.expect(["src/a.py", "gone.md", "*.bin"])
    for path in (*paths.files, "src/a.py", "gone.md"):
        repo.read(path)
        repo.history(path)
        repo.ignored(path)
        repo.blame(path, 1, 2)
        repo.symbols(path)
    refs = repo.refs()
    assert not isinstance(refs, Unknown)
    for name in refs:
        repo.branch(name)
    repo.branch("no/such")
    repo.pull_request(1)
    repo.commit("0123456789abcdef")
    assert repo.log()
    repo.limits()


@pytest.mark.parametrize("tree", ["worktree", "index", "HEAD"])
def test_nothing_that_the_repository_configures_is_run(built: Build, opened: Open, git: Git, tmp_path: Path, tree: str) -> None:
    where = built(
        {
            **HISTORY,
            "commits": [
                *HISTORY["commits"],
                {"on": "feature/z", "subject": "Change", "modify": {"README.md": "# Z\n"}},
                {"subject": "Change too", "modify": {"README.md": "# Main\n"}},
                {"squash": "feature/z"},
            ],
        }
    )
    marker = tmp_path / "ran"
    trap = tmp_path / "trap"
    trap.write_text(f'#!/bin/sh\necho "$0 $@" >> {marker}\ncat\n')
    trap.chmod(0o755)
    for name in ("post-index-change", "pre-commit", "post-checkout", "reference-transaction", "fsmonitor-watchman"):
        hook = where / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(trap.read_text())
        hook.chmod(0o755)
    for key, value in {
        "core.fsmonitor": str(trap),
        "core.hooksPath": str(where / ".git/hooks"),
        "core.pager": str(trap),
        "core.sshCommand": str(trap),
        "core.askPass": str(trap),
        "diff.external": str(trap),
        "diff.evil.textconv": str(trap),
        "diff.evil.command": str(trap),
        "filter.evil.clean": str(trap),
        "filter.evil.smudge": str(trap),
        "filter.evil.process": str(trap),
        "filter.evil.required": "true",
        "merge.evil.driver": str(trap),
        "gpg.program": str(trap),
        "log.showSignature": "true",
        "log.follow": "true",
        "log.showRoot": "false",
        "color.ui": "always",
        "color.diff": "always",
        "diff.orderFile": str(tmp_path / "absent"),
        "blame.ignoreRevsFile": str(tmp_path / "absent"),
        "alias.log": f"!{trap}",
        "protocol.ssh.allow": "always",
        "pager.log": str(trap),
    }.items():
        git(where, "config", key, value)
    (where / ".git/info/attributes").write_text("* diff=evil filter=evil merge=evil\n")
    (where / ".gitattributes").write_text("* diff=evil filter=evil merge=evil\n")
    (where / "README.md").write_text("# On disk\n")
    subprocess.run(["git", "status"], cwd=where, capture_output=True, check=False)
    assert marker.exists()
    marker.unlink()
    repo = opened(where, tree)
    ask_everything(repo)
    assert not marker.exists(), marker.read_text()
    found = repo.history("src/a.py")
    assert isinstance(found, PathHistory)
    assert (subject(found.added), subject(found.deleted)) == ("Start", "Move a")
    assert landed(repo, "feature/z") == ("squash", "Land feature/z")


def test_nothing_is_fetched(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    where = built(HISTORY)
    git(where, "config", "uploadpack.allowFilter", "true")
    clone = shallow(git, where, tmp_path / "clone", "--filter=blob:none", "--no-checkout")
    marker = tmp_path / "ran"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {marker}\nexit 1\n")
    trap.chmod(0o755)
    git(clone, "config", "core.sshCommand", str(trap))
    git(clone, "config", "protocol.ssh.allow", "always")
    git(clone, "remote", "set-url", "origin", "ssh://host.invalid/repo")
    ask_everything(opened(clone, "HEAD"))
    assert not marker.exists()


def test_nothing_is_written(built: Build, opened: Open) -> None:
    where = built(HISTORY)

    def state() -> dict[str, tuple[int, int]]:
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(where.rglob("*"))}

    before = state()
    for tree in ("worktree", "index", "HEAD"):
        ask_everything(opened(where, tree))
    assert state() == before


NAMES = [
    "a\nb.md",
    "e\x1b]0;t\x07.md",
    "-rf.md",
    "--all",
    ":(glob)*.md",
    ":x.md",
    "\udcff.md",
    "n\u0301fd.md",
    "sp ace.md",
    'qu"ote.md',
    "*.md",
]


@pytest.mark.parametrize("tree", ["worktree", "index", "HEAD"])
def test_names_of_any_kind(tmp_path: Path, opened: Open, git: Git, tree: str) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    for number, name in enumerate(NAMES):
        (tmp_path / name).write_text(f"{number}\n")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Add")
    repo = opened(tmp_path, tree)
    assert sorted(files(repo)) == sorted(NAMES)
    repo.expect(NAMES)
    for number, name in enumerate(NAMES):
        assert repo.read(name) == f"{number}\n".encode()
        found = repo.history(name)
        assert isinstance(found, PathHistory)
        # A path with a line break cannot be asked about in one stream with others; its history is not looked up.
        assert subject(found.added) == (None if "\n" in name else "Add")
        lines = repo.blame(name, 1, 1)
        assert not isinstance(lines, Unknown)
        assert [subject(each) for each in lines] == ["Add"]
        assert repo.ignored(name) is False


def test_refs_of_any_name(built: Build, opened: Open, git: Git) -> None:
    where = built(HISTORY)
    head = git(where, "rev-parse", "feature/x")
    for name in ("--all", "-bad", "--output=pwned", "deadbeef"):
        git(where, "update-ref", f"refs/heads/{name}", head)
        assert landed(opened(where), name) == ("ancestor", "Merge branch 'feature/x'")
    repo = opened(where)
    found = repo.commit("deadbeef")
    assert isinstance(found, Unknown)
    for name in ("^main", ":/Add", "main:README.md", "HEAD", "HEAD@{1}", "main~1", "a b", "a\nb", "", "nul\0"):
        assert repo.branch(name) is None
    assert not (where / "pwned").exists()


@pytest.mark.parametrize("revision", ["--all", "-n1", "nowhere", "main:README.md", "^main", "", "main\nHEAD", "0" * 40])
def test_revisions_that_are_none(built: Build, opened: Open, revision: str) -> None:
    with pytest.raises(GitError, match="there is no revision"):
        opened(built(HISTORY), revision)


def test_symbolic_links_are_not_followed(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    where = built({"files": {"real/a.md": "a\n"}})
    (tmp_path / "secret.md").write_text("secret\n")
    (where / "out.md").symlink_to("../secret.md")
    (where / "outside").symlink_to("..")
    (where / "inside").symlink_to("real")
    (where / "loop").symlink_to("loop")
    git(where, "add", "-A")
    git(where, "commit", "-qm", "Links")
    for tree in ("worktree", "index", "HEAD"):
        repo = opened(where, tree)
        assert repo.read("out.md") == b"../secret.md"
        assert repo.read("loop") == b"loop"
        for path in (
            "outside/secret.md",
            "inside/a.md",
            "../secret.md",
            "real/../real/a.md",
            ".git/config",
            ".GIT/config",
            "/etc/passwd",
            "",
        ):
            assert repo.read(path) is None


def test_special_files_are_none(built: Build, opened: Open) -> None:
    where = built(HISTORY)
    os.mkfifo(where / "pipe.md")
    repo = opened(where)
    assert repo.read("pipe.md") is None


def test_large_files_are_not_read(built: Build, opened: Open, git: Git) -> None:
    where = built(HISTORY)
    (where / "big.md").write_bytes(b"x" * (8 * 1024 * 1024 + 1))
    git(where, "add", "big.md")
    for tree in ("worktree", "index"):
        repo = opened(where, tree)
        assert repo.read("big.md") == Unknown("the file is larger than 8 MiB")
        assert repo.read("README.md") == b"# Read me\n"


# --- what cannot be done ---------------------------------------------------------------------------------------------


def test_no_repository(tmp_path: Path, opened: Open) -> None:
    with pytest.raises(NoRepositoryError, match="is not in a Git repository"):
        opened(tmp_path)
    with pytest.raises(GitError, match="is not a directory"):
        opened(tmp_path / "absent")


def test_damaged_repository_answers_unknown(built: Build, opened: Open) -> None:
    where = built(HISTORY)
    repo = opened(where)
    (where / ".git/index").write_bytes(b"rubbish")
    found = repo.paths()
    assert isinstance(found, Unknown)
    assert found.reason.startswith("`git ls-files` failed: ")


def test_a_pipe_in_the_place_of_a_file_of_git_s_is_not_waited_for(built: Build, opened: Open) -> None:
    where = built(HISTORY)
    os.mkfifo(where / ".git/shallow")
    with pytest.raises(GitError, match="shallow is no file"):
        opened(where)
    os.mkfifo(where / "pipe")
    assert read_regular(str(where / "pipe")) is None
    assert read_regular(str(where)) is None


def test_a_ref_that_leads_nowhere_hides_no_other(built: Build, opened: Open) -> None:
    where = built(HISTORY)
    (where / ".git/refs/heads/broken").write_text("1" * 40 + "\n")
    repo = opened(where)
    assert landed(repo, "feature/x") == ("merge", "Merge branch 'feature/x'")
    found = repo.history("src/a.py")
    assert isinstance(found, PathHistory)
    assert found.deleted is not None
    assert isinstance(repo.branch("broken"), Unknown)


def test_a_bare_shallow_clone_knows_that_it_is_one(built: Build, opened: Open, git: Git, tmp_path: Path) -> None:
    clone = shallow(git, built(HISTORY), tmp_path / "clone", "--depth=1", "--bare")
    assert opened(clone, "HEAD").limits() == (SHALLOW,)


def test_common_questions_take_few_processes(built: Build, opened: Open, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    where = built(
        {
            "files": {"README.md": "one\n", "src/a.py": text, "src/b.py": text + "b\n", "gone.py": "gone\n"},
            "commits": [
                {"on": "feature/open", "subject": "Begun", "add": ["src/open.py"]},
                {"on": "feature/x", "subject": "Work", "add": ["src/x.py"]},
                {"merge": "feature/x", "pull-request": 3, "drop": True},
                {"subject": "Move", "rename": {"src/a.py": "lib/a.py", "src/b.py": "lib/b.py"}, "modify": ["lib/b.py"]},
                {"subject": "Move again", "rename": {"lib/a.py": "core/a.py"}, "delete": ["gone.py"]},
                {"on": "feature/y", "subject": "Squashed", "modify": ["README.md"]},
                {"squash": "feature/y"},
                {"subject": "Write", "modify": {"README.md": "two\n"}},
            ],
        }
    )
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(where), str(clone))
    git(where, "commit", "-q", "--allow-empty", "-m", "Later")
    git(clone, "fetch", "-q")
    (clone / "notes.md").write_text("new\n")
    started: list[str] = []
    start = subprocess.Popen.__init__

    def counting(self: subprocess.Popen[bytes], command: list[str], *rest: object, **options: object) -> None:
        started.append(next(part for part in command[1:] if part[0] != "-" and "=" not in part))
        start(self, command, *rest, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess.Popen, "__init__", counting)
    repo = opened(clone)
    asked = ["src/a.py", "src/b.py", "lib/a.py", "core/a.py", "gone.py", "never.py", "lib/b.py"]
    repo.expect(asked, ["README.md"])
    assert isinstance(repo.base, Base)
    assert repo.base.commit.subject == "Later"
    renamed = [found.renamed for found in map(repo.history, asked) if isinstance(found, PathHistory)]
    assert [found.path if isinstance(found, Rename) else None for found in renamed] == ["core/a.py", "lib/b.py", "core/a.py", *[None] * 4]
    assert [repo.ignored(path) for path in asked] == [False] * len(asked)
    assert landed(repo, "feature/open") is None
    assert landed(repo, "feature/x") == ("merge", "Merge pull request #3 from team/feature/x")
    assert landed(repo, "feature/y") == ("squash", "Land feature/y")
    assert repo.branch("feature/never") is None
    assert repo.pull_request(4) is None
    assert repo.commit("0123456") is None
    found = repo.versions("README.md")
    assert not isinstance(found, Unknown)
    assert [version.commit.subject for version in found] == ["Write", "Land feature/y", "Start"]
    assert [repo.content(version.blob) for version in found][-1] == b"one\n"
    assert isinstance(repo.blame("README.md", 1, 1), list)
    assert sorted(started) == ["blame", "cat-file", "check-ignore", "log", "ls-files", "rev-parse"]


def test_built_repositories_are_the_same_everywhere(tmp_path: Path, git: Git) -> None:
    for name in ("one", "two"):
        build(HISTORY, str(tmp_path / name))
    assert git(tmp_path / "one", "rev-parse", "main") == git(tmp_path / "two", "rev-parse", "main")
    assert git(tmp_path / "one", "status", "--porcelain") == ""
    assert git(tmp_path / "one", "fsck", "--strict") == ""
    assert (
        git(tmp_path / "one", "log", "-1", "--format=%an <%ae> %cI", "main")
        == "doclint <doclint@example.invalid> 2026-02-03T12:00:03+00:00"
    )
