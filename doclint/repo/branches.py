"""What a Git repository's refs and the history of its base say of branches and pull requests."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from doclint.errors import GitError
from doclint.repo.ancestry import Ancestry
from doclint.repo.batch import Objects
from doclint.repo.facts import NO_BASE, Base, Branch, Commit, Landing, Unknown, Upstream
from doclint.repo.gitconfig import fetches
from doclint.repo.landing import Divergence, Surroundings, judge
from doclint.repo.process import Git, Place
from doclint.repo.refs import REFS, USUAL_BASES, Refs, parse_listing, parse_refs
from doclint.repo.subjects import merge_request

if TYPE_CHECKING:
    from doclint.repo.past import Past
    from doclint.repo.squash import Squashes

# Beyond so many commits Git itself finds out which branch is behind.
_MOST_LOOKED_AT = 100
SOME_BRANCHES = Unknown("this clone holds only some branches", "fetch them all")


class Branches:
    """The branches around a base: what ``name`` says, else ``revision``, where the tree is one, else the usual branches, else HEAD.

    ``past`` is everything that refs reach, ``place`` where the repository lies. ``called`` is what the
    revision was asked for as. ``truncated`` says why missing commits prove nothing, if they do not; ``unanswered`` makes an answer of a
    failure of Git's.
    """

    def __init__(
        self,
        git: Git,
        objects: Objects,
        past: Past,
        place: Place,
        revision: Commit | None,
        called: str | None,
        name: str | None,
        truncated: Unknown | None,
        unanswered: Callable[[GitError | None], Unknown],
    ) -> None:
        self._git = git
        self._objects = objects
        self._past = past
        self._place = place
        self._revision = revision
        self._called = called
        self._name = name
        self._truncated = truncated
        self._unanswered = unanswered
        self._judged: dict[str, Branch | Unknown | None] = {}
        self._looked: Squashes | None = None

    @cached_property
    def refs(self) -> Refs:
        """The repository's refs. Raises GitError."""
        return parse_listing(self._place.refs) or parse_refs(self._git.run(*REFS))

    @cached_property
    def base(self) -> Base | Unknown:
        """What work lands in. Raises GitError."""
        if self._name is not None:
            return self.named(self._name) or NO_BASE
        if self._revision is not None:
            return Base(self.refs.name_of(self._called or "", self._revision.id) or self._revision.short, self._revision)
        for name in (self.refs.default, *USUAL_BASES):
            if name is not None and (found := self._branch_as_base(name)):
                return found
        return self._commit_as_base("HEAD", self.refs.current or "HEAD") or NO_BASE

    @cached_property
    def upstream(self) -> Upstream | None:
        """The base branch on ``origin``, beside the local one; None where one of them is not there, or history is too short to compare."""
        name = self.base.name if isinstance(self.base, Base) else ""
        local, remote = self.refs.heads.get(name), self.refs.remotes.get("origin", {}).get(name)
        if local is None or remote is None or self._truncated is not None:
            return None
        # As plain ids these are no options.
        counts = b"0 0" if local == remote else self._git.run("rev-list", "--left-right", "--count", f"{local}...{remote}", "--")
        ahead, behind = map(int, counts.split())
        return Upstream(f"origin/{name}", remote, ahead, behind)

    def named(self, name: str) -> Base | None:
        """The branch, else the commit, that goes by ``name``. Raises GitError."""
        return self._branch_as_base(name) or self._commit_as_base(name, self.refs.short(name))

    @cached_property
    def ancestry(self) -> Ancestry | Unknown:
        """What the base reaches."""
        try:
            if isinstance(self.base, Unknown):
                return self.base
            return Ancestry(self._past.reached_by(self.base.commit.id))
        except GitError as error:
            return self._unanswered(error)

    @cached_property
    def unfetched(self) -> Unknown | None:
        """Why branches, and what only they hold, may exist without being here: a clone of a single branch. Raises GitError."""
        fetched = fetches(os.path.join(self._place.common_directory, "config"))
        if fetched is None:
            output = self._git.run("config", "-z", "--get-regexp", r"^remote\..*\.fetch$", ok=(0, 1)).decode("utf-8", "replace")
            fetched = [record.partition("\n")[2] for record in output.split("\0") if record]
        fetched = [each.lstrip("+") for each in fetched]
        return SOME_BRANCHES if fetched and not any(each.startswith(("refs/heads/*", "refs/*")) for each in fetched) else None

    def branch(self, name: str) -> Branch | Unknown | None:
        """The branch of that name."""
        if name not in self._judged:
            try:
                self._judged[name] = self._judge(name)
            except GitError as error:
                self._judged[name] = self._unanswered(error)
        return self._judged[name]

    def pull_request(self, number: int) -> Landing | Unknown | None:
        """How pull request ``number`` landed in the base."""
        ancestry = self.ancestry
        if isinstance(ancestry, Unknown):
            return ancestry
        return ancestry.pull_request(number) or self._merge_requests.get(number) or self._truncated

    def _branch_as_base(self, name: str) -> Base | None:
        tips = self.refs.tips(self.refs.short(name))
        if not tips:
            return None
        # A local branch that was not updated for a while must not hide what has landed since.
        chosen = tips[1] if len(tips) > 1 and self._reaches(tips[1], tips[0]) else tips[0]
        return self._commit_as_base(chosen, self.refs.short(name))

    def _commit_as_base(self, revision: str, name: str) -> Base | None:
        commit = self._objects.commit(revision)
        return Base(name, commit) if isinstance(commit, Commit) else None

    def _reaches(self, descendant: str, ancestor: str) -> bool:
        pending, seen = [descendant], {descendant}
        # Most often one branch is a few commits behind the other.
        for id in itertools.islice(pending, _MOST_LOOKED_AT):
            if id == ancestor:
                return True
            commit = self._objects.commit(id)
            if isinstance(commit, Commit):
                pending.extend(parent for parent in commit.parents if parent not in seen)
                seen.update(commit.parents)
        if len(pending) <= _MOST_LOOKED_AT:
            return False
        try:
            # Only its yes is used: in a shallow clone its no means nothing.
            self._git.run("merge-base", "--is-ancestor", ancestor, descendant)
        except GitError:
            return False
        return True

    @cached_property
    def _merge_requests(self) -> Mapping[int, Landing]:
        found: dict[int, Landing] = {}
        # GitLab quotes the branch that was merged into, Git does not.
        merges = [
            commit
            for commit in (self.ancestry.commits if isinstance(self.ancestry, Ancestry) else ())
            if len(commit.parents) > 1 and commit.subject.startswith("Merge branch '") and " into '" in commit.subject
        ]
        for commit, stored in zip(merges, self._objects.get_all([commit.id for commit in merges]), strict=True):
            number = merge_request(stored.data.decode("utf-8", "replace")) if stored is not None and stored.data else None
            if number is not None:
                found.setdefault(number, Landing("merge", commit))
        return found

    def _judge(self, name: str) -> Branch | Unknown | None:
        ancestry = self.ancestry
        if isinstance(ancestry, Unknown):
            return ancestry
        short = self.refs.short(name)
        tips: list[Commit] = []
        for id in self.refs.tips(short):
            commit = self._objects.commit(id)
            if not isinstance(commit, Commit):
                return self._unanswered(None)
            tips.append(commit)
        if not tips and (incomplete := self._truncated or self.unfetched):
            return incomplete
        around = Surroundings(
            ancestry,
            self.refs.pulls,
            self._truncated,
            ancestry.tip.time if self._revision else None,
            lambda tip: self._diverge(ancestry, tip),
            lambda tip, divergence: self._squashes(ancestry).find(tip, divergence),
        )
        return judge(short, tips, around)

    def _squashes(self, ancestry: Ancestry) -> Squashes:
        from doclint.repo.squash import Squashes

        if self._looked is None:
            self._looked = Squashes(self._git, self._objects, ancestry, self._unanswered)
        return self._looked

    def _diverge(self, ancestry: Ancestry, tip: str) -> Divergence:
        commits, places = self._past.commits, self._past.places
        if tip not in places:
            raise GitError(f"the history of {tip[:7]} cannot be read")
        ids, pending = {tip}, [tip]
        forks: set[str] = set()
        while pending:
            for parent in commits[places[pending.pop()]].parents:
                if parent in ancestry:
                    forks.add(parent)
                elif parent in places and parent not in ids:
                    ids.add(parent)
                    pending.append(parent)
        ahead = [commits[place] for place in sorted(places[id] for id in ids)]
        fork: str | None = None
        reached: set[str] = set()
        for id in sorted(forks, key=places.__getitem__):
            # What another fork reaches is older than that.
            if id not in reached:
                fork = id if fork is None or commits[places[id]].time > commits[places[fork]].time else fork
                reached = ancestry.reach([*reached, id]) if len(forks) > 1 else reached
        linear = all(len(commit.parents) < 2 for commit in ahead)
        return Divergence({commit.id: commit.time for commit in ahead}, len(ancestry.beyond(forks)), fork, linear)
