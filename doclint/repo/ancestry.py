"""The commits that one commit reaches, and what can be read off them without asking Git again."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from functools import cached_property

from doclint.repo.facts import Commit, Landing
from doclint.repo.subjects import merged_branches, pull_requests


class Ancestry:
    """Everything that ``commits[0]`` reaches, children before parents; in a shallow clone, as far as it goes."""

    def __init__(self, commits: Sequence[Commit]) -> None:
        self.commits = commits

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    @property
    def tip(self) -> Commit:
        """The commit that reaches the others."""
        return self.commits[0]

    def get(self, id: str) -> Commit | None:
        """The commit of that full id, if it is reached."""
        return self._by_id.get(id)

    def reach(self, ids: Iterable[str]) -> set[str]:
        """The commits among these that ``ids`` reach, themselves included."""
        found: set[str] = set()
        pending = [id for id in ids if id in self._by_id]
        while pending:
            id = pending.pop()
            if id not in found:
                found.add(id)
                pending.extend(parent for parent in self._by_id[id].parents if parent in self._by_id)
        return found

    def beyond(self, ids: Iterable[str]) -> set[str]:
        """The commits among these that ``ids`` do not reach."""
        reached = {id for id in ids if id in self}
        pending = {self.tip.id} - reached
        found: set[str] = set()
        # Children stand before parents: once nothing is open, whatever follows is reached.
        for commit in self.commits:
            if not pending:
                break
            if commit.id in reached:
                pending.discard(commit.id)
                reached.update(commit.parents)
                pending.difference_update(commit.parents)
            elif commit.id in pending:
                pending.remove(commit.id)
                found.add(commit.id)
                pending.update(parent for parent in commit.parents if parent in self and parent not in reached)
        return found

    def since(self, id: str) -> list[Commit]:
        """The commits of the first-parent line that ``id`` does not reach, the oldest first."""
        beyond = self.beyond([id])
        line = list(itertools.takewhile(beyond.__contains__, self.mainline))
        return [self._by_id[each] for each in reversed(line)]

    @cached_property
    def mainline(self) -> dict[str, int]:
        """The commits of the first-parent line with their place in it; the tip's is 0."""
        found: dict[str, int] = {}
        commit: Commit | None = self.tip
        while commit is not None:
            found[commit.id] = len(found)
            commit = self._by_id.get(commit.parents[0]) if commit.parents else None
        return found

    def brought_by(self, id: str) -> Commit:
        """The first commit of the first-parent line that reaches ``id``; it is ``id`` itself where that lies on the line."""
        return self._by_id[self._carriers[id]]

    def merges_of(self, branch: str) -> tuple[Commit, ...]:
        """The merge commits whose subject names ``branch``: those on the first-parent line first, the newest of each kind first."""
        return tuple(self._merges.get(branch, ()))

    def pull_request(self, number: int) -> Landing | None:
        """The newest commit whose subject says that it lands the pull request."""
        commit = self._pull_requests.get(number)
        if commit is None:
            return None
        return Landing("merge" if len(commit.parents) > 1 else "pull-request", commit)

    @cached_property
    def _by_id(self) -> dict[str, Commit]:
        return {commit.id: commit for commit in self.commits}

    @cached_property
    def _carriers(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for carrier in reversed(self.mainline):
            pending = [carrier]
            while pending:
                id = pending.pop()
                if id not in found:
                    found[id] = carrier
                    pending.extend(parent for parent in self._by_id[id].parents if parent in self._by_id)
        return found

    @cached_property
    def _merges(self) -> dict[str, list[Commit]]:
        found: dict[str, list[Commit]] = {}
        for commit in self.commits:
            if len(commit.parents) > 1:
                for merged in merged_branches(commit.subject):
                    # A branch that was updated from its own remote has landed nowhere yet.
                    if not merged.pulled or commit.id in self.mainline:
                        found.setdefault(merged.name, []).append(commit)
        for commits in found.values():
            commits.sort(key=lambda commit: commit.id not in self.mainline)
        return found

    @cached_property
    def _pull_requests(self) -> dict[int, Commit]:
        found: dict[int, Commit] = {}
        for commit in self.commits:
            for number in pull_requests(commit.subject):
                found.setdefault(number, commit)
        return found
