"""Whatever a clone lacks, it never says anything else than the whole repository does: the same, or that it does not know."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doclint.repo.building import build
from doclint.repo.facts import Branch, Commit, Landing, PathHistory, Rename, Unknown, Version
from doclint.repo.git import GitRepo, open_repo
from doclint.repo.world import play
from tests.repo.conftest import Git

PATHS = ["a.md", "b.md", "src/c.py", "src/d.py", "lib/e.py"]
EXPECTED = [*PATHS, "src", "lib", "never.md"]
BRANCHES = ["main", "x", "y"]
CLONES = {
    "depth 1": ("--depth=1",),
    "depth 2": ("--depth=2",),
    "depth 2, every tip": ("--depth=2", "--no-single-branch"),
    "without blobs": ("--filter=blob:none", "--no-checkout"),
}


@st.composite
def specs(draw: st.DrawFn) -> dict[str, Any]:
    """A small history in which files come, go and move on three branches that merge."""
    spec: dict[str, Any] = {"files": ["README.md", "a.md"], "commits": []}
    for number in range(draw(st.integers(1, 7))):
        world = play(spec)
        on = draw(st.sampled_from(BRANCHES))
        tip = world.heads.get(on, world.heads["main"])
        tree = next(node.tree for node in world.nodes if node.commit.id == tip)
        there, absent = sorted(set(tree) - {"README.md"}), sorted(set(PATHS) - set(tree))
        others = sorted(set(world.heads) - {on})
        step: dict[str, Any] = {"on": on, "subject": f"Step {number}"}
        kind = draw(st.sampled_from(["add", "add", "delete", "rename", "merge", "squash"]))
        if kind in ("merge", "squash") and others:
            step = {"on": on, kind: draw(st.sampled_from(others))} | ({"pull-request": number + 1} if draw(st.booleans()) else {})
        elif kind == "delete" and there:
            step["delete"] = [draw(st.sampled_from(there))]
        elif kind == "rename" and there and absent:
            step["rename"] = {draw(st.sampled_from(there)): draw(st.sampled_from(absent))}
        elif absent:
            step["add"] = [draw(st.sampled_from(absent))]
        spec["commits"].append(step)
    return spec


def plain(answer: object) -> object:
    """An answer as far as it has to be the same: a landing counts, not the commit that is shown for it."""
    match answer:
        case Branch():
            landing = "landed" if isinstance(answer.landed, Landing) else answer.landed
            return [answer.name, answer.tip and answer.tip.id, landing, answer.own_work, answer.ahead, answer.behind]
        case PathHistory():
            renamed = answer.renamed
            where = (renamed.path, renamed.commit, renamed.exact) if isinstance(renamed, Rename) else renamed
            return [answer.path, answer.added, answer.deleted, where, answer.uncommitted]
        case [Version(), *_]:
            return [[version.commit, version.path, version.blob] for version in answer if isinstance(version, Version)]
        case Landing():
            return answer.commit.id
        case Commit():
            return answer
        case list() | tuple():
            return list(answer)
    return answer


def agrees(part: object, whole: object) -> bool:
    """Whether every part of the first answer is that of the second, or Unknown."""
    if isinstance(part, Unknown):
        return True
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) == len(whole) and all(map(agrees, part, whole))
    return part == whole


def contents(repo: GitRepo, path: str) -> object:
    versions = repo.versions(path)
    return versions if isinstance(versions, Unknown) else [repo.content(version.blob) for version in versions]


def questions(ids: list[str]) -> dict[str, Callable[[GitRepo], object]]:
    asked: dict[str, Callable[[GitRepo], object]] = {
        "files": lambda repo: list(getattr(repo.paths(), "files", ())),
        "log": lambda repo: repo.log(),
        "readme": lambda repo: repo.read("README.md"),
    }
    for path in ["README.md", "a.md"]:
        asked[f"blame {path}"] = lambda repo, path=path: repo.blame(path, 1, 9)  # type: ignore[misc]
    for path in EXPECTED:
        asked[f"history {path}"] = lambda repo, path=path: repo.history(path)  # type: ignore[misc]
        asked[f"read {path}"] = lambda repo, path=path: repo.read(path)  # type: ignore[misc]
        asked[f"versions {path}"] = lambda repo, path=path: repo.versions(path)  # type: ignore[misc]
        asked[f"named {path}"] = lambda repo, path=path: repo.named(path.rpartition("/")[2])  # type: ignore[misc]
        asked[f"content {path}"] = lambda repo, path=path: contents(repo, path)  # type: ignore[misc]
    for name in [*BRANCHES, "never"]:
        asked[f"branch {name}"] = lambda repo, name=name: repo.branch(name)  # type: ignore[misc]
    for number in range(1, 9):
        asked[f"pull request {number}"] = lambda repo, number=number: repo.pull_request(number)  # type: ignore[misc]
    for id in [*ids, "0" * 40]:
        asked[f"commit {id}"] = lambda repo, id=id: repo.commit(id)  # type: ignore[misc]
    return asked


@pytest.mark.parametrize("kind", CLONES)
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=specs())
def test_a_part_says_what_the_whole_says_or_nothing(git: Git, kind: str, spec: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        whole, part = Path(directory, "whole"), Path(directory, "part")
        build(spec, str(whole))
        git(whole, "config", "uploadpack.allowFilter", "true")
        git(whole.parent, "clone", "-q", *CLONES[kind], whole.as_uri(), str(part))
        with open_repo(str(whole), tree="main", base=None) as all_of_it, open_repo(str(part), tree="HEAD", base=None) as some_of_it:
            all_of_it.expect(EXPECTED)
            some_of_it.expect(EXPECTED)
            log = all_of_it.log()
            assert not isinstance(log, Unknown)
            for question, ask in questions([commit.id for commit in log if isinstance(commit, Commit)]).items():
                known, said = plain(ask(all_of_it)), plain(ask(some_of_it))
                assert agrees(said, known), f"{question}: {said} instead of {known}"
