"""Finding the commit of the base that holds a branch's work although it does not reach the branch: squashed, rebased, picked."""

from __future__ import annotations

from collections.abc import Callable

from doclint.errors import GitError
from doclint.repo.ancestry import Ancestry
from doclint.repo.commits import LOG, parse_header
from doclint.repo.facts import Commit, Unknown
from doclint.repo.landing import Change, Divergence, content_arrived
from doclint.repo.process import Git
from doclint.repo.raw import RAW, limits, parse_raw

# Beyond these the comparison costs more than its answer is worth; the answer is then what contents alone say.
_MOST_PATHS = 500
_MOST_CANDIDATES = 200
_MOST_AHEAD = 50


def find_content(
    git: Git, base: Ancestry, tip: str, divergence: Divergence, unanswered: Callable[[GitError | None], Unknown]
) -> Commit | Unknown | None:
    """The commit of ``base`` that brought what ``tip`` changed since the two parted, else None.

    Contents are compared first: every path that the branch changed has the branch's content. Then patches: the branch as one diff, or all
    of its commits, are among the patches of the base. ``unanswered`` makes an answer of a failure of Git's.
    """
    if divergence.fork is None:
        return None
    try:
        change = _change(git, divergence.fork, tip)
        # A branch without any change in the end would be found anywhere.
        if not change:
            return None
        steps = _steps(git, divergence.fork, base.tip.id, change)
        arrived = content_arrived(change, steps)
        if arrived is not None or len(change) > _MOST_PATHS:
            return arrived
        return _same_patch(git, tip, divergence, set(change), steps)
    except GitError as error:
        return unanswered(error)


def _change(git: Git, fork: str, tip: str) -> Change:
    output = git.run("diff-tree", *RAW, "--no-renames", fork, tip)
    return {change.path: change.content for _, changes in parse_raw(output) for change in changes}


def _steps(git: Git, fork: str, base: str, change: Change) -> list[tuple[Commit, Change]]:
    output = git.run(*LOG, *RAW, "--no-renames", "-m", "--first-parent", "--reverse", f"{fork}..{base}", "--stdin", stdin=limits(change))
    return [(parse_header(header), {each.path: each.content for each in changes}) for header, changes in parse_raw(output) if header]


def _same_patch(git: Git, tip: str, divergence: Divergence, paths: set[str], steps: list[tuple[Commit, Change]]) -> Commit | None:
    candidates = [commit for commit, step in steps if len(commit.parents) == 1 and step.keys() <= paths][-_MOST_CANDIDATES:]
    if not candidates:
        return None
    ahead = list(divergence.ahead) if divergence.linear and len(divergence.ahead) <= _MOST_AHEAD else []
    # "<commit> <parent>" makes diff-tree compare with that parent, so that the whole branch is one patch.
    requests = [f"{tip} {divergence.fork}", *(f"{commit.id} {commit.parents[0]}" for commit in candidates)]
    of_branch, *of_base = _patch_ids(git, requests)
    landed = {patch: commit for patch, commit in zip(of_base, candidates, strict=True) if patch}
    if of_branch in landed:
        return landed[of_branch]
    if len(ahead) < 2:
        return None
    patches = _patch_ids(git, ahead)
    if all(patch in landed for patch in patches):
        return max((landed[patch] for patch in patches), key=candidates.index)
    return None


def _patch_ids(git: Git, requests: list[str]) -> list[str]:
    """The stable patch id of each request, ``""`` where it is empty."""
    found: list[str] = []
    diffs = git.run(
        "diff-tree", "--stdin", "-p", "-r", "--root", "--no-renames", "--full-index", "--binary",
        "--no-color", "--no-ext-diff", "--no-textconv",
        stdin="".join(f"{request}\n" for request in requests).encode("ascii"),
    )  # fmt: skip
    by_commit = {}
    for line in git.run("patch-id", "--stable", stdin=diffs).decode("ascii").splitlines():
        patch, commit = line.split(" ")
        by_commit[commit] = patch
    for request in requests:
        found.append(by_commit.get(request.partition(" ")[0], ""))
    return found
