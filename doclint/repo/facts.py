"""The questions that doclint asks of a repository, and ``Unknown``, which is an answer.

A ``Repo`` stands for one *tree* (the work tree, the index, or a revision) and the history behind it. Documents and facts come
from the same tree. Every answer may be ``Unknown``: a clone that is shallow, a blob that is absent, no repository at all. Unknown
never becomes a finding. Answers are lazy, asked for in batches, and stay the same for the lifetime of a ``Repo``.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from doclint.repo.paths import PathIndex
from doclint.text import Origin


@dataclass(frozen=True, slots=True)
class Unknown:
    """A question that this repository cannot answer, and why: a clause such as ``history is shallow``."""

    reason: str
    remedy: str | None = None


SHALLOW = Unknown("history is shallow", "fetch the whole history (fetch-depth: 0)")
NO_REPOSITORY = Unknown("there is no Git repository")
NO_BASE = Unknown("no base branch is known", "name it with --base")
MISSING_OBJECT = Unknown("an object is missing from this partial clone")
NOT_COMMITTED = Unknown("not committed yet")


class Commit(NamedTuple):
    """A commit; ``date`` is the committer's, as the calendar day in the committer's own time zone, ``time`` in seconds since 1970."""

    id: str
    date: datetime.date
    time: int
    subject: str
    parents: tuple[str, ...]

    @property
    def short(self) -> str:
        """The first seven digits of the id."""
        return self.id[:7]


class Rename(NamedTuple):
    """A path's move: where it is now, and the commit in which it went (the last one, where it moved repeatedly).

    ``commit`` is None where the last move is not committed yet; ``exact`` if the content stayed the same all the way.
    """

    path: str
    commit: Commit | None
    exact: bool


class PathHistory(NamedTuple):
    """What history says of one path, over every ref that the tree may see.

    ``added`` is the first commit of the tree's own history that added it, else the first on any other ref. ``deleted`` is the commit of
    the tree's own history that took it away (None while the tree holds it), ``renamed`` where its content went (Unknown where a partial
    clone lacks what would tell). A path that moved and whose new place was deleted has no ``renamed``, and that deletion. All three are
    None for a path that was never there. With ``uncommitted`` the tree took it away from ``head`` and no commit says so yet: ``deleted``
    is None. A directory's history is that of the files below it.
    """

    path: str
    added: Commit | None
    deleted: Commit | None
    renamed: Rename | Unknown | None
    uncommitted: bool = False

    @property
    def existed(self) -> bool:
        """Whether any commit ever held the path."""
        return self.added is not None or self.deleted is not None


class Version(NamedTuple):
    """A file as one commit left it: where it was, and the id of the blob that holds its content."""

    commit: Commit
    path: str
    blob: str


class Changed(NamedTuple):
    """A commit and the paths that it changed (a merge: those in which it differs from all its parents).

    ``trailers`` are what its message says behind ``doclint:`` in its trailers.
    """

    commit: Commit
    paths: frozenset[str]
    trailers: tuple[str, ...] = ()


class Changes(NamedTuple):
    """What a tree has and an earlier commit had not: its commits, newest first, and the paths that it changed since ``head``."""

    commits: tuple[Changed, ...]
    uncommitted: frozenset[str]


MergedHow = Literal["ancestor", "merge", "squash", "pull-request"]


class Landing(NamedTuple):
    """How a branch or pull request came into the base: ``commit`` is the one that brought it."""

    how: MergedHow
    commit: Commit


class Branch(NamedTuple):
    """A branch that a ref or a merge subject knows.

    ``tip`` is None where only merge subjects know the name. ``landed`` is None where the base lacks some of its work, ``own_work`` False
    where it has no commit of its own that can be told from the base's (two names on one commit, or a point of the base's first-parent
    line). ``ahead`` and ``behind`` count commits against the base.
    """

    name: str
    tip: Commit | None
    landed: Landing | Unknown | None
    own_work: bool
    ahead: int | Unknown
    behind: int | Unknown


class Base(NamedTuple):
    """The branch that work lands in: its name as people say it, and its commit."""

    name: str
    commit: Commit


class Upstream(NamedTuple):
    """The base branch as the remote had it when it was last asked: how many commits the local branch is ``ahead`` of it, and ``behind``."""

    name: str
    commit: str
    ahead: int
    behind: int


class Range(NamedTuple):
    """Where a stretch of changes begins: what it was called, the commit of that name, and ``fork``, where the tree's history left it."""

    name: str
    tip: Commit
    fork: Commit


class Repo(Protocol):
    """One tree and the history behind it."""

    @property
    def origin(self) -> Origin:
        """Which kind of tree this is."""

    @property
    def head(self) -> Commit | Unknown | None:
        """The commit behind the tree: HEAD for work tree and index, the revision itself otherwise; None while unborn."""

    @property
    def base(self) -> Base | Unknown:
        """What work lands in; with a revision, the revision itself."""

    @property
    def upstream(self) -> Upstream | None:
        """The base branch as the remote has it, where it is here as a local branch too; None where history is too short to compare."""

    @property
    def uncommitted(self) -> bool | None:
        """Whether the tree has what its commit has not, untracked files included; None where that is not known."""

    def paths(self) -> PathIndex | Unknown:
        """The files of the tree. A work tree's are the tracked ones and the untracked ones that are not ignored."""

    def read(self, path: str) -> bytes | Unknown | None:
        """A file's bytes; None where the tree has no such file. A symbolic link is not followed: its bytes are its target's name.

        A work tree gives an ignored file too, when it is named.
        """

    def is_link(self, path: str) -> bool:
        """Whether the tree's file ``path`` is a symbolic link."""

    def ignored(self, path: str) -> bool | Unknown:
        """Whether the tree's ignore rules keep ``path`` (which need not exist) out of Git. A closing ``/`` says that it is a directory."""

    def expect(self, paths: Sequence[str], documents: Sequence[str] = ()) -> None:
        """Announce what may be asked about, so that one walk can answer for all of it.

        ``paths`` are those that ``history`` and ``ignored`` may be asked about, ``documents`` those that ``versions`` may be.
        """

    def history(self, path: str) -> PathHistory | Unknown:
        """What history says of ``path``."""

    def named(self, name: str) -> Sequence[str] | Unknown:
        """Every path, of any commit of any ref that the tree may see, whose last part is ``name``; sorted."""

    def versions(self, path: str) -> Sequence[Version] | Unknown:
        """The commits of the tree's own history that changed the content of ``path``, newest first, followed through its renames.

        A merge is among them only where it differs from all its parents; what is not committed yet is not. Documents that
        were announced with ``expect`` are answered by one walk.
        """

    def content(self, blob: str) -> bytes | Unknown:
        """The bytes of a ``Version``'s blob."""

    def changes(self, since: Commit) -> Changes | Unknown:
        """What came into the tree since ``since``, a commit that ``head`` reaches."""

    def branch(self, name: str) -> Branch | Unknown | None:
        """The branch of that name, local or of a remote; None where no ref and no merge subject knows it."""

    def pull_request(self, number: int) -> Landing | Unknown | None:
        """How pull request ``number`` landed in the base; None where no subject there names it."""

    def commit(self, id: str) -> Commit | Unknown | None:
        """The commit whose id is, or uniquely begins with, ``id`` (7 to 64 hex digits); None where no object has it."""

    def log(self) -> Sequence[Commit] | Unknown:
        """Every commit that the base reaches, newest first."""

    def blame(self, path: str, first: int, last: int) -> Sequence[Commit | Unknown] | Unknown:
        """For each line from ``first`` to ``last`` (from 1, inclusive) of ``path`` in this tree, the commit that wrote it.

        A line that is not committed yet is ``NOT_COMMITTED``.
        """

    def symbols(self, path: str) -> Mapping[str, int] | Unknown | None:
        """The names that the source file ``path`` defines at its top level (classes' members as ``Class.member``), with their line.

        The name ``*`` says that there may be more.
        None where the tree has no such file; Unknown where its language is not read or it does not parse.
        """

    def refs(self) -> Mapping[str, str] | Unknown:
        """The branch names that refs know (short, remote prefix removed), with their commit ids."""

    def limits(self) -> Sequence[Unknown]:
        """What keeps this repository from answering fully (shallow, partial): said once in the report's footer."""
