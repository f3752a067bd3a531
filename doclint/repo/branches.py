"""What a Git repository's refs and the history of its base say of branches and pull requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from doclint.errors import GitError
from doclint.repo.ancestry import Ancestry
from doclint.repo.batch import Ambiguous, Objects
from doclint.repo.commits import LOG, parse_log
from doclint.repo.facts import NO_BASE, Base, Branch, Commit, Landing, Unknown
from doclint.repo.landing import Divergence, Surroundings, judge
from doclint.repo.process import Git
from doclint.repo.refs import REFS, USUAL_BASES, Refs, parse_refs
from doclint.repo.squash import find_content
from doclint.repo.subjects import merge_request

SOME_BRANCHES = Unknown("this clone holds only some branches", "fetch them all")


class Branches:
    """The branches around a base: what ``name`` says, else ``revision``, where the tree is one, else the usual branches, else HEAD.

    ``called`` is what the revision was asked for as. ``truncated`` says why missing commits prove nothing, if they do not; ``unanswered``
    makes an answer of a failure of Git's.
    """

    def __init__(
        self,
        git: Git,
        objects: Objects,
        revision: Commit | None,
        called: str | None,
        name: str | None,
        truncated: Unknown | None,
        unanswered: Callable[[GitError | None], Unknown],
    ) -> None:
        self._git = git
        self._objects = objects
        self._revision = revision
        self._called = called
        self._name = name
        self._truncated = truncated
        self._unanswered = unanswered
        self._judged: dict[str, Branch | Unknown | None] = {}

    @cached_property
    def refs(self) -> Refs:
        """The repository's refs. Raises GitError."""
        return parse_refs(self._git.run(*REFS))

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

    def named(self, name: str) -> Base | None:
        """The branch, else the commit, that goes by ``name``. Raises GitError."""
        return self._branch_as_base(name) or self._commit_as_base(name, self.refs.short(name))

    @cached_property
    def ancestry(self) -> Ancestry | Unknown:
        """What the base reaches."""
        try:
            if isinstance(self.base, Unknown):
                return self.base
            return Ancestry(list(parse_log(self._git.run(*LOG, self.base.commit.id))))
        except GitError as error:
            return self._unanswered(error)

    @cached_property
    def unfetched(self) -> Unknown | None:
        """Why branches, and what only they hold, may exist without being here: a clone of a single branch. Raises GitError."""
        output = self._git.run("config", "-z", "--get-regexp", r"^remote\..*\.fetch$", ok=(0, 1))
        fetched = [record.partition(b"\n")[2].lstrip(b"+") for record in output.split(b"\0") if record]
        return SOME_BRANCHES if fetched and not any(each.startswith((b"refs/heads/*", b"refs/*")) for each in fetched) else None

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
        try:
            # Only its yes is used: in a shallow clone its no means nothing.
            self._git.run("merge-base", "--is-ancestor", ancestor, descendant)
        except GitError:
            return False
        return True

    @cached_property
    def _merge_requests(self) -> Mapping[int, Landing]:
        found: dict[int, Landing] = {}
        for commit in self.ancestry.commits if isinstance(self.ancestry, Ancestry) else ():
            # GitLab quotes the branch that was merged into, Git does not.
            if len(commit.parents) > 1 and commit.subject.startswith("Merge branch '") and commit.subject.endswith("'"):
                stored = self._objects.get(commit.id)
                data = None if stored is None or isinstance(stored, Ambiguous) else stored.data
                number = merge_request(data.decode("utf-8", "replace")) if data else None
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
            lambda tip, divergence: find_content(self._git, ancestry, tip, divergence, self._unanswered),
        )
        return judge(short, tips, around)

    def _diverge(self, ancestry: Ancestry, tip: str) -> Divergence:
        output = self._git.run("rev-list", "--timestamp", "--parents", "--topo-order", tip, "--not", ancestry.tip.id)
        ahead: dict[str, int] = {}
        forks: dict[str, None] = {}
        linear = True
        for line in output.decode("ascii").splitlines():
            time, id, *parents = line.split(" ")
            ahead[id] = int(time)
            linear = linear and len(parents) < 2
            forks.update(dict.fromkeys(parent for parent in parents if parent in ancestry))
        fork = next(iter(forks), None)
        if len(forks) > 1:
            fork = self._git.run("merge-base", ancestry.tip.id, tip).decode("ascii").split("\n")[0]
        return Divergence(ahead, len(ancestry.commits) - len(ancestry.reach(forks)), fork, linear)
