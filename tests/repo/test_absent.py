"""A directory without Git."""

from __future__ import annotations

from pathlib import Path

from doclint.repo.absent import AbsentRepo
from doclint.repo.facts import NO_REPOSITORY, Repo


def test_files_are_known_and_history_is_not(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_bytes(b"a\r\n")
    (tmp_path / "m.py").write_text("X = 1\n")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text("")
    (tmp_path / "link").symlink_to("/")
    repo: Repo = AbsentRepo(str(tmp_path))
    paths = repo.paths()
    assert getattr(paths, "files", ()) == ("docs/a.md", "link", "m.py")
    assert repo.read("docs/a.md") == b"a\r\n"
    assert repo.read("link") == b"/"
    assert repo.read("link/etc/passwd") is None
    assert repo.read(".git/config") is None
    assert repo.symbols("m.py") == {"X": 1}
    repo.expect(["m.py"])
    asked = [
        repo.head,
        repo.base,
        repo.log(),
        repo.refs(),
        repo.ignored("x"),
        repo.history("m.py"),
        repo.named("m.py"),
        repo.versions("m.py"),
        repo.content("0" * 40),
        repo.branch("x"),
        repo.commit("0" * 40),
    ]
    assert {*asked, repo.pull_request(1), repo.blame("m.py", 1, 1), *repo.limits()} == {NO_REPOSITORY}


def test_a_path_may_be_deeper_than_any_directory(tmp_path: Path) -> None:
    deep = "d/" * 2000 + "e.md"
    repo = AbsentRepo(str(tmp_path))
    assert repo.read(deep) is None
    assert not repo.is_link(deep)
