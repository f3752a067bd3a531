"""The facts of a Git repository, asked of Git itself.

Each question has its module, imported when it is first asked: most runs ask few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from doclint.errors import GitError
from doclint.repo.batch import Ambiguous, Objects
from doclint.repo.facts import (
    MISSING_OBJECT,
    SHALLOW,
    Base,
    Branch,
    Changes,
    Commit,
    Landing,
    PathHistory,
    Range,
    Unknown,
    Upstream,
    Version,
)
from doclint.repo.ids import is_full, is_id
from doclint.repo.paths import PathIndex, normalise
from doclint.repo.process import Place, discover
from doclint.repo.trees import StoredTree, Tree, WorkTree, index_entries, read_blob, revision_entries

if TYPE_CHECKING:
    from types import TracebackType

    from doclint.repo.ancestry import Ancestry
    from doclint.repo.blame import Blames
    from doclint.repo.branches import Branches
    from doclint.repo.contents import Contents
    from doclint.repo.history import Trail
    from doclint.repo.ignore import Ignores, StoredIgnores
    from doclint.repo.line import Line
    from doclint.repo.moves import Moves
    from doclint.repo.past import Past
    from doclint.text import Origin

IN_SUBMODULE = Unknown("the path lies in another repository (a submodule)")
AMBIGUOUS_ID = Unknown("several objects go by this id")


def open_repo(where: str, *, tree: Literal["worktree", "index"] | str, base: str | None = None) -> GitRepo:
    """The repository that the directory ``where`` lies in, or that it is (bare), seen through one tree.

    ``tree`` is ``worktree``, ``index`` (of a running commit hook: the one that it was given), or a revision in any notation of Git's; a
    branch of one of these two names is written ``refs/heads/index``. ``base`` names what work lands in; with a revision it is the
    revision itself unless it is named.

    Raises NoRepositoryError outside of a repository; GitError where Git is missing, too old or refuses the repository, where there is no
    such revision or base, and where a bare repository is to have a work tree.
    """
    place = discover(where, hook=tree == "index")
    if place.bare and tree in ("worktree", "index"):
        raise GitError(f"{place.root} has no work tree: name a revision with --rev")
    repo = GitRepo(place, tree, base)
    try:
        if repo.origin == "revision" and repo.head is None:
            raise GitError(f"there is no revision `{tree}` in {place.root}")
        if base is not None and isinstance(repo.base, Unknown):
            raise GitError(f"there is no branch or revision `{base}` to take as the base in {place.root}")
    except BaseException:
        repo.close()
        raise
    return repo


class GitRepo:
    """A ``Repo`` over a Git repository; made by ``open_repo``, to be closed.

    ``root`` is the work tree's root (or, where ``bare``, the repository), ``prefix`` the way from there to the directory that was named,
    ``""`` at the root.
    """

    def __init__(self, place: Place, tree: str, base: str | None) -> None:
        self.root = place.root
        self.prefix = place.prefix
        self.bare = place.bare
        self._place = place
        self._git = place.git
        self._objects = Objects(place.git)
        self._revision = None if tree in ("worktree", "index") else tree
        self._origin: Origin = "worktree" if tree == "worktree" else "index" if tree == "index" else "revision"
        self._boundary = place.boundary
        self._truncated = SHALLOW if self._boundary else None
        self._base_name = base
        self._expected: dict[str, None] = {}
        self._documents: dict[str, None] = {}
        self._histories: dict[str, PathHistory | Unknown] = {}
        self._versions: dict[str, Sequence[Version] | Unknown] = {}
        self._ignored: dict[str, bool | Unknown] = {}
        self._changes: dict[str, Changes | Unknown] = {}
        self._missed = False
        # There may be many at other commits, of which nobody says when they are done with.
        self._fleeting = False
        self._earlier: GitRepo | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that are still running."""
        self._objects.close()
        self._forget_ignores()
        if self._earlier is not None:
            self._earlier.close()

    def since(self, name: str) -> tuple[Range, GitRepo]:
        """Where this tree's history left ``name``, and the repository as it was there, which is closed with this one.

        What has landed without the changes since then had landed for the earlier tree too: its base is this tree's, or, where that holds
        some of the changes, ``name``.
        Raises GitError where there is no such commit, or none from which both come.
        """
        start = self._meant(name)
        if start is None:
            raise GitError(f"there is no branch or revision `{name}` to compare with in {self.root}{self._remedy}")
        if self.head is None:
            raise GitError(f"there is no commit yet that could be compared with `{name}`")
        fork = self._fork(start, self.head)
        if fork is None:
            raise GitError(f"`{name}` and {self.head.short} have no commit in common{self._remedy}")
        own = self.base
        shared = self._fork(own.commit, self.head) if isinstance(own, Base) else start
        base = own.commit if isinstance(own, Base) and (shared is None or self._fork(shared, fork) == shared) else start
        self._earlier = self._kin(fork.id, base.id)
        return Range(name, start, fork), self._earlier

    def meeting(self, name: str, other: str) -> Commit | None:
        """The newest commit from which the commits of both names come; None where there is none, or no such commits."""
        one, two = self._meant(name), self._meant(other)
        return None if one is None or two is None else self._fork(one, two)

    def committed(self) -> GitRepo | None:
        """The repository as of the commit behind the index, closed with this one; None where the tree is no index or there is none."""
        if self._origin != "index" or self.head is None:
            return None
        if self._earlier is None:
            self._earlier = self._kin(self.head.id, None)
        return self._earlier

    def _meant(self, name: str) -> Commit | None:
        """The commit that goes by ``name``: a revision, or a branch that only a remote has."""
        found = self._objects.commit(name)
        if isinstance(found, Commit):
            return found
        branch = self._branches.named(name)
        return None if branch is None else branch.commit

    def _fork(self, one: Commit, other: Commit) -> Commit | None:
        """The newest commit from which both come."""
        if one.id == other.id:
            return one
        found = self._git.run("merge-base", "--end-of-options", one.id, other.id, ok=(0, 1)).decode("ascii").split()
        fork = self._objects.commit(found[0]) if found else None
        return fork if isinstance(fork, Commit) else None

    @property
    def _remedy(self) -> str:
        return f": {SHALLOW.reason}; {SHALLOW.remedy}" if self._truncated else ""

    @property
    def origin(self) -> Origin:
        """Which kind of tree this is."""
        return self._origin

    @cached_property
    def head(self) -> Commit | None:
        """The commit behind the tree."""
        found = self._objects.commit("HEAD" if self._revision is None else self._revision)
        return found if isinstance(found, Commit) else None

    @property
    def base(self) -> Base | Unknown:
        """What work lands in: what was asked for, else the revision itself, else the usual branches, else HEAD."""
        return self._branches.base

    @property
    def base_is_guess(self) -> bool:
        """Whether the base is merely what is checked out, since neither anyone nor a usual name says what work lands in."""
        from doclint.repo.refs import USUAL_BASES

        base = self.base
        if self._base_name is not None or self._revision is not None or isinstance(base, Unknown):
            return False
        return base.name not in (self._branches.refs.default, *USUAL_BASES)

    @property
    def upstream(self) -> Upstream | None:
        """The base branch as the remote has it."""
        try:
            return self._branches.upstream
        except GitError:
            return None

    @property
    def uncommitted(self) -> bool | None:
        """Whether the tree has what its commit has not; None where that is not known."""
        if self._revision is not None or self.head is None:
            return self._revision is None
        changes = self.changes(self.head)
        return None if isinstance(changes, Unknown) else bool(changes.uncommitted)

    def paths(self) -> PathIndex | Unknown:
        """The files of the tree."""
        try:
            return self._tree.paths
        except GitError as error:
            return self._unanswered(error)

    def read(self, path: str) -> bytes | Unknown | None:
        """A file's bytes."""
        try:
            data = self._tree.read(path)
        except GitError as error:
            return self._unanswered(error)
        return self._unanswered(None) if data is MISSING_OBJECT else data

    def is_link(self, path: str) -> bool:
        """Whether a file is a symbolic link."""
        try:
            return self._tree.is_link(path)
        except GitError:
            return False

    def expect(self, paths: Sequence[str], documents: Sequence[str] = ()) -> None:
        """Announce paths that ``history`` and ``ignored`` may be asked about, and documents that ``versions`` may be."""
        self._expected.update(dict.fromkeys(paths))
        self._documents.update(dict.fromkeys(documents))
        self._past.expect((path.rstrip("/") for path in paths), documents)

    def ignored(self, path: str) -> bool | Unknown:
        """Whether the tree's ignore rules keep ``path`` out of Git."""
        if path not in self._ignored:
            self._ignored.update(
                self._judge_ignored([each for each in dict.fromkeys((path, *self._expected)) if each not in self._ignored])
            )
        return self._ignored[path]

    def history(self, path: str) -> PathHistory | Unknown:
        """What history says of ``path``."""
        path = path.rstrip("/")
        if path not in self._histories:
            self._histories.update(self._tell(path, dict.fromkeys(each.rstrip("/") for each in self._expected)))
        return self._histories[path]

    def named(self, name: str) -> Sequence[str] | Unknown:
        """Every path of any commit whose last part is ``name``."""
        if self._truncated is not None:
            return self._truncated
        try:
            return self._past.named(name) or self._branches.unfetched or ()
        except GitError as error:
            return self._unanswered(error)

    def versions(self, path: str) -> Sequence[Version] | Unknown:
        """The commits that changed the content of ``path``."""
        if path not in self._versions:
            asked = [each for each in dict.fromkeys((path, *self._documents)) if each not in self._versions]
            self._versions.update(self._follow(asked))
        return self._versions[path]

    def content(self, blob: str) -> bytes | Unknown:
        """The bytes of a ``Version``'s blob."""
        try:
            data = read_blob(self._objects, blob) if is_full(blob) else MISSING_OBJECT
        except GitError as error:
            return self._unanswered(error)
        return self._unanswered(None) if data is MISSING_OBJECT else data

    def changes(self, since: Commit) -> Changes | Unknown:
        """What came into the tree since ``since``."""
        if since.id not in self._changes:
            self._changes[since.id] = self._changed_since(since)
        return self._changes[since.id]

    def _changed_since(self, since: Commit) -> Changes | Unknown:
        from doclint.repo.changes import commits, uncommitted

        try:
            found = commits(self._git, since.id, self.head.id) if self.head else ()
            if any(each.commit.id in self._boundary for each in found):
                return SHALLOW
            # Git tells by a file's times what may have changed, and its bytes tell whether they did.
            if self._revision is not None:
                return Changes(found, frozenset())
            paths = self._tree.paths
            cached = self._origin == "index"
            perhaps = (path for path in uncommitted(self._git, self.head, cached=cached) if paths.opaque(path) is None)
            fresh = (path for path in paths.files if path not in self._head_tree.paths)
            pending = {*fresh, *(path for path in perhaps if self.read(path) != self._read_committed(path))}
            # As of a merge that is committed, so of one that is not: it changes that in which it differs from both sides.
            other = self._objects.commit("MERGE_HEAD")
            if pending and isinstance(other, Commit):
                pending &= uncommitted(self._git, other, cached=cached)
            return Changes(found, frozenset(pending))
        except GitError as error:
            return self._unanswered(error)

    def branch(self, name: str) -> Branch | Unknown | None:
        """The branch of that name."""
        return self._branches.branch(name)

    def pull_request(self, number: int) -> Landing | Unknown | None:
        """How pull request ``number`` landed in the base."""
        return self._branches.pull_request(number)

    def commit(self, id: str) -> Commit | Unknown | None:
        """The commit whose id is, or begins with, ``id``."""
        if not is_id(id):
            return None
        found = self._objects.commit(id)
        if found is None:
            return self._truncated or (self._unanswered(None) if self._place.partial else self._branches.unfetched)
        # A ref can bear a name that looks like the beginning of another commit's id.
        return AMBIGUOUS_ID if isinstance(found, Ambiguous) or not found.id.startswith(id) else found

    def log(self) -> Sequence[Commit] | Unknown:
        """Every commit that the base reaches, newest first."""
        from doclint.repo.ancestry import Ancestry

        ancestry = self._branches.ancestry
        return self._truncated or (ancestry.commits if isinstance(ancestry, Ancestry) else ancestry)

    def blame(self, path: str, first: int, last: int) -> Sequence[Commit | Unknown] | Unknown:
        """For each line from ``first`` to ``last`` of ``path``, the commit that wrote it."""
        try:
            lines = self._blames(path)
        except GitError as error:
            return self._unanswered(error)
        return lines if isinstance(lines, Unknown) else lines[first - 1 : last]

    def symbols(self, path: str) -> Mapping[str, int] | Unknown | None:
        """The names that a source file defines."""
        from doclint.repo.symbols import symbols

        return symbols(path, self.read(path))

    def refs(self) -> Mapping[str, str] | Unknown:
        """The branch names that refs know."""
        try:
            return self._branches.refs.short_names()
        except GitError as error:
            return self._unanswered(error)

    def at(self, id: str, base: str | None = None) -> GitRepo:
        """This repository seen at its commit ``id``: as of then, unless ``base`` names what work lands in. It is closed with this one."""
        return self._kin(id, base)

    def _kin(self, id: str, base: str | None) -> GitRepo:
        """The repository at another commit; what Git has told of this one need not be asked again."""
        other = GitRepo(self._place, id, base)
        other._objects = self._objects
        other._fleeting = True
        if self._past.include([id] if base is None else [id, base]):
            other._past = self._past
        return other

    def line(self, since: str | None = None) -> Line:
        """The first-parent line behind the tree, down to where ``since`` reaches it. Raises GitError where there is no such revision."""
        from doclint.repo.line import Line, first_parents

        until = None if since is None else self._meant(since)
        if since is not None and until is None:
            raise GitError(f"there is no branch or revision `{since}` to look back to in {self.root}{self._remedy}")
        commits, cut = first_parents(self._git, self._objects, self.head, until, self._boundary)
        return Line(self._git, self._objects, commits, cut, self._moves.origins, lambda: self._own)

    def limits(self) -> Sequence[Unknown]:
        """What keeps this repository from answering fully: a shallow history, and missing objects once one was missed."""
        return tuple(each for each in (self._truncated, MISSING_OBJECT if self._missed else None) if each)

    def _unanswered(self, error: GitError | None) -> Unknown:
        if error is not None and not self._place.partial:
            return Unknown(str(error))
        self._missed = True
        return MISSING_OBJECT

    @cached_property
    def _branches(self) -> Branches:
        from doclint.repo.branches import Branches

        revision = None if self._revision is None else self.head
        return Branches(
            self._git,
            self._objects,
            self._past,
            self._place,
            revision,
            self._revision,
            self._base_name,
            self._truncated,
            self._unanswered,
        )

    @cached_property
    def _tree(self) -> Tree:
        if self._revision is not None:
            return self._head_tree
        if self._origin == "index":
            return StoredTree(lambda: index_entries(self._git), self._objects)
        return WorkTree(self._git, self.root, self._objects)

    @cached_property
    def _head_tree(self) -> StoredTree:
        head = self.head
        return StoredTree(lambda: revision_entries(self._git, head.id) if head else {}, self._objects)

    @cached_property
    def _blames(self) -> Blames:
        from doclint.repo.blame import Blames

        return Blames(self._git, self.head, self.read, self._read_committed, self._writer)

    def _writer(self, id: str) -> Commit | Unknown:
        found = self._objects.commit(id)
        if id in self._boundary:
            return SHALLOW
        return found if isinstance(found, Commit) else self._unanswered(None)

    def _judge_ignored(self, asked: Sequence[str]) -> dict[str, bool | Unknown]:
        # What leaves the root, or is no path at all, no rule can name.
        found: dict[str, bool | Unknown] = dict.fromkeys(asked, False)
        sound = [path for path in asked if "\0" not in path and path.strip("/") and normalise(path) == path.removesuffix("/")]
        try:
            paths = self._tree.paths
            elsewhere = {path for path in sound if paths.opaque(path.removesuffix("/"))}
            found.update(dict.fromkeys(elsewhere, IN_SUBMODULE))
            sound = [path for path in sound if path not in elsewhere]
            if isinstance(self._tree, WorkTree):
                sound = [path for path in sound if self._tree.reachable(path)]
            found.update(self._ignores.check(sound) if sound else {})
            if self._fleeting:
                self._forget_ignores()
        except GitError as error:
            self._forget_ignores()
            return dict.fromkeys(asked, self._unanswered(error))
        return found

    @cached_property
    def _ignores(self) -> Ignores | StoredIgnores:
        from doclint.repo.ignore import Ignores, StoredIgnores

        return Ignores(self._git) if isinstance(self._tree, WorkTree) else StoredIgnores(self._tree)

    def _forget_ignores(self) -> None:
        ignores = self.__dict__.pop("_ignores", None)
        if ignores is not None:
            ignores.close()

    def _tell(self, path: str, others: Iterable[str]) -> dict[str, PathHistory | Unknown]:
        """The history of ``path``, and of the ``others`` for which Git need not be asked again."""
        from doclint.repo.history import tell

        asked = [path]
        if self._truncated is not None:
            return dict.fromkeys(asked, self._truncated)
        found: dict[str, PathHistory | Unknown] = {}
        try:
            asked += [other for other in others if other != path and other not in self._histories and self._past.saw(other)]
            paths = self._tree.paths
            for path in asked:
                found[path] = IN_SUBMODULE if paths.opaque(path) else PathHistory(path, None, None, None)
            plain = [path for path in asked if not isinstance(found[path], Unknown) and path and normalise(path) == path]
            for path, told in tell(plain, self._trail(paths)).items():
                found[path] = told if told.existed else self._branches.unfetched or told
        except GitError as error:
            return dict.fromkeys(asked, self._unanswered(error))
        return found

    @cached_property
    def _past(self) -> Past:
        from doclint.repo.past import Past

        # The boundary of a shallow clone seems to add all that it holds.
        return Past(self._git, self._starts, lambda: self._tree.paths, diffs=self._truncated is None)

    def _starts(self) -> Iterator[str]:
        if self.head is not None:
            yield self.head.id
        if isinstance(self.base, Base):
            yield self.base.commit.id

    @cached_property
    def _own(self) -> Ancestry:
        from doclint.repo.ancestry import Ancestry

        return Ancestry(self._past.reached_by(self.head.id) if self.head else [])

    def _follow(self, asked: Sequence[str]) -> Mapping[str, Sequence[Version] | Unknown]:
        from doclint.repo.versions import Lives, follow

        if self._truncated is not None:
            return dict.fromkeys(asked, self._truncated)
        lives = Lives(
            lambda paths: self._past.steps(paths, self._own.__contains__), self._moves.origins, lambda commit: self._past.reach([commit.id])
        )
        try:
            return follow(asked, lives)
        except GitError as error:
            return dict.fromkeys(asked, self._unanswered(error))

    def _trail(self, paths: PathIndex) -> Trail:
        from doclint.repo.history import Trail
        from doclint.repo.similarity import most_similar

        own = self._own
        return Trail(
            paths,
            events=lambda asked: self._past.events(asked, own.__contains__),
            elsewhere=lambda asked: self._past.events(asked, lambda id: id not in own).added,
            moves=self._moves,
            in_head=self._in_head,
            moved=lambda path: most_similar(path, self._head_tree.paths, self._head_tree.read, paths, self._tree.read),
        )

    @cached_property
    def _contents(self) -> Contents:
        from doclint.repo.contents import Contents

        return Contents(self._objects)

    @cached_property
    def _moves(self) -> Moves:
        from doclint.repo.moves import Moves

        return Moves(self._objects, self._contents, lambda: self._unanswered(None))

    def _in_head(self, path: str) -> bool:
        if self._revision is not None or self.head is None:
            return False
        return self._contents.find(self.head.id, path) is not None

    def _read_committed(self, path: str) -> bytes | Unknown | None:
        """A file's bytes in ``head``."""
        found = None if self.head is None else self._contents.find(self.head.id, path)
        return None if found is None or found.is_tree else read_blob(self._objects, found.id)
