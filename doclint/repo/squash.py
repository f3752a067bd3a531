"""Finding the commit of the base that holds a branch's work although it does not reach the branch: squashed, rebased, picked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from doclint.errors import GitError
from doclint.repo.ancestry import Ancestry
from doclint.repo.batch import Objects
from doclint.repo.commits import LOG, parse_header
from doclint.repo.contents import Contents
from doclint.repo.facts import Commit, Unknown
from doclint.repo.landing import Change as Contribution
from doclint.repo.landing import Divergence, content_arrived
from doclint.repo.process import Git
from doclint.repo.raw import RAW, Change, limits, parse_raw

# Beyond these the comparison costs more than its answer is worth; the answer is then what contents alone say.
_MOST_PATHS = 500
_MOST_CANDIDATES = 200
_MOST_AHEAD = 50
# Of so many commits the trees are read one by one; for more of them, Git's own log costs less.
_MOST_READ = 400

_Delta = frozenset[tuple[str, frozenset[tuple[bytes, int]]]]


class Squashes:
    """Looks for branches' work in the base. ``unanswered`` makes an answer of a failure of Git's."""

    def __init__(self, git: Git, objects: Objects, base: Ancestry, unanswered: Callable[[GitError | None], Unknown]) -> None:
        self._git = git
        self._objects = objects
        self._contents = Contents(objects)
        self._base = base
        self._unanswered = unanswered
        self._steps: dict[str, Sequence[Change]] = {}

    def find(self, tip: str, divergence: Divergence) -> Commit | Unknown | None:
        """The commit of the base that brought what ``tip`` changed since the two parted, else None.

        Contents are compared first: every path that the branch changed has the branch's content. Then patches: the branch as one diff,
        or all of its commits, are among the patches of the base.
        """
        if divergence.fork is None:
            return None
        try:
            changes = self._contents.changes(divergence.fork, tip)
            # A branch without any change in the end would be found anywhere.
            if not changes:
                return None
            change = {each.path: each.content for each in changes}
            steps = self._since(divergence.fork, change)
            arrived = content_arrived(change, steps)
            if arrived is not None or len(change) > _MOST_PATHS:
                return arrived
            return self._same_patch(tip, divergence, changes, steps)
        except GitError as error:
            return self._unanswered(error)

    def _since(self, fork: str, change: Contribution) -> list[tuple[Commit, Contribution]]:
        """What each commit of the base's first-parent line changed since ``fork``, the oldest first."""
        line = self._base.since(fork)
        if len(line) <= _MOST_READ:
            return [(commit, {each.path: each.content for each in self._step(commit)}) for commit in line]
        output = self._git.run(
            *LOG, *RAW, "--no-renames", "-m", "--first-parent", "--reverse", f"{fork}..{self._base.tip.id}", "--stdin", stdin=limits(change)
        )
        return [(parse_header(header), {each.path: each.content for each in changes}) for header, changes in parse_raw(output) if header]

    def _step(self, commit: Commit) -> Sequence[Change]:
        if commit.id not in self._steps:
            self._steps[commit.id] = self._contents.changes(commit.parents[0] if commit.parents else None, commit.id)
        return self._steps[commit.id]

    def _same_patch(
        self, tip: str, divergence: Divergence, changes: Sequence[Change], steps: list[tuple[Commit, Contribution]]
    ) -> Commit | None:
        paths = {each.path for each in changes}
        candidates = [commit for commit, step in steps if len(commit.parents) == 1 and step.keys() <= paths][-_MOST_CANDIDATES:]
        if not candidates:
            return None
        known = {commit.id: self._delta(self._step(commit)) for commit in candidates}
        whole = self._delta(changes)
        # "<commit> <parent>" makes diff-tree compare with that parent, so that the whole branch is one patch.
        alike = [commit for commit in candidates if known[commit.id] == whole]
        if alike:
            of_branch, *of_base = self._patch_ids([f"{tip} {divergence.fork}", *map(_request, alike)])
            found = [commit for patch, commit in zip(of_base, alike, strict=True) if patch and patch == of_branch]
            if found:
                return found[-1]
        ahead = list(divergence.ahead) if divergence.linear and len(divergence.ahead) <= _MOST_AHEAD else []
        return self._same_patches(ahead, candidates, known) if len(ahead) > 1 else None

    def _same_patches(self, ahead: Sequence[str], candidates: Sequence[Commit], known: dict[str, _Delta]) -> Commit | None:
        commits = [self._objects.commit(id) for id in ahead]
        of_ahead = [self._delta(self._step(commit)) for commit in commits if isinstance(commit, Commit)]
        if len(of_ahead) < len(ahead) or not set(of_ahead) <= set(known.values()):
            return None
        alike = [commit for commit in candidates if known[commit.id] in of_ahead]
        landed = dict(zip(self._patch_ids(list(map(_request, alike))), alike, strict=True))
        patches = self._patch_ids(ahead)
        if all(patch and patch in landed for patch in patches):
            return max((landed[patch] for patch in patches), key=candidates.index)
        return None

    def _delta(self, changes: Iterable[Change]) -> _Delta:
        """How often each line comes more or less often than before, in each file: what is the same patch to Git has the same of these.

        Git leaves white space out of patches' ids.
        """
        found = []
        for change in changes:
            lines: Counter[bytes] = Counter()
            for blob, sign in ((change.before, -1), (change.after, 1)):
                for line in self._lines(blob) if blob.strip("0") else ():
                    lines[line] += sign
            found.append((change.path, frozenset((line, count) for line, count in lines.items() if count)))
        return frozenset(found)

    def _lines(self, blob: str) -> list[bytes]:
        stored = self._objects.get_all([blob])[0]
        if stored is None:
            raise GitError(f"the content {blob[:7]} cannot be read")
        return [b"".join(line.split()) for line in (stored.data or b"").split(b"\n")]

    def _patch_ids(self, requests: Sequence[str]) -> list[str]:
        """The stable patch id of each request, ``""`` where it is empty."""
        diffs = self._git.run(
            "diff-tree", "--stdin", "-p", "-r", "--root", "--no-renames", "--full-index", "--binary",
            "--no-color", "--no-ext-diff", "--no-textconv",
            stdin="".join(f"{request}\n" for request in requests).encode("ascii"),
        )  # fmt: skip
        by_commit = {}
        for line in self._git.run("patch-id", "--stable", stdin=diffs).decode("ascii").splitlines():
            patch, commit = line.split(" ")
            by_commit[commit] = patch
        return [by_commit.get(request.partition(" ")[0], "") for request in requests]


def _request(commit: Commit) -> str:
    return f"{commit.id} {commit.parents[0]}"
