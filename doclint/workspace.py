"""Where a run takes place: the tree, the plan that governs it, and the documents that were meant."""

from __future__ import annotations

import contextlib
import os
import posixpath
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from doclint.config import BASELINE, LARGEST, NAMES, PROJECT, File, Flags, Plan, configurations, extended, find, inline, plan
from doclint.discover import TREES, documents
from doclint.errors import ConfigError, UsageError
from doclint.repo.facts import Unknown
from doclint.repo.paths import normalise

if TYPE_CHECKING:
    import datetime

    from doclint.baseline import Baseline, Scope
    from doclint.handed import Handed
    from doclint.nested import Nested
    from doclint.repo.absent import AbsentRepo
    from doclint.repo.git import GitRepo
    from doclint.report import Report
    from doclint.rule import Rule
    from doclint.shard import Shard
    from doclint.since import Before

STDIN = "-"


class Wish(NamedTuple):
    """What the command line asks for.

    ``where`` is the directory that everything is relative to; ``tree`` is ``worktree``, ``index`` or a revision; ``config`` names a
    file, and is empty where none is to be read. ``stdin`` is the text that stands for the path ``-``, under the name ``stdin_name``.
    Without ``own`` the types and rules that the tree brings along are left alone, and without ``nested`` all configurations but the one
    that governs ``where``.
    With ``mends`` the documents are to be written to. ``handed`` is what whoever runs the hook says that is to be judged in place of the
    index; ``lands_in`` names what its commits are to land in. ``shard`` says which part of the documents is to be judged. ``baseline``
    names the file of known findings, and only where ``measured`` is it read; with ``all`` all documents are meant that the configuration,
    and the baseline beside it, are for. ``inlines`` are pieces of configuration that stand above the file.
    """

    where: str = "."
    tree: str = "worktree"
    paths: tuple[str, ...] = ()
    config: str | None = None
    flags: Flags = Flags()
    force_exclude: bool = False
    stdin: bytes | None = None
    stdin_name: str = "stdin.md"
    since: str | None = None
    own: bool = True
    nested: bool = True
    mends: bool = False
    handed: Handed | None = None
    lands_in: str | None = None
    shard: Shard | None = None
    baseline: str | None = None
    measured: bool = True
    all: bool = False
    inlines: tuple[str, ...] = ()


class Workspace(NamedTuple):
    """The tree, the plan, the paths of the documents in the tree, and the bytes that stand in place of the tree's.

    ``before`` is where the range of changes began that was asked about; ``directory`` holds the configuration, and ``.doclint``. Of the
    documents those of the ``shard`` alone are judged, in the light of all.
    ``targets`` are the files and directories that were named, ``baseline`` the path of the file of known findings, whether it is there
    or not, and ``known`` what it holds. ``own`` says whether the types and rules that the tree brings along are part of the plan.
    ``unstaged`` are the configuration and the baseline that would govern the work tree, where the index is judged and has them not.
    """

    repo: GitRepo | AbsentRepo
    plan: Plan
    paths: Sequence[str]
    overlay: Mapping[str, bytes]
    before: Before | None = None
    directory: str = ""
    shard: Shard | None = None
    targets: Sequence[str] = ("",)
    baseline: str = BASELINE
    known: Baseline | None = None
    own: bool = True
    unstaged: tuple[str, ...] = ()

    def files(self) -> Sequence[str]:
        """The files of the tree, none where they are not known."""
        index = self.repo.paths()
        return () if isinstance(index, Unknown) else index.files

    @property
    def scope(self) -> Scope:
        """What a baseline is measured by."""
        from doclint.baseline import Scope

        return Scope(self.repo, self.plan, self.targets, self.directory, self.shard is None, self.own)

    def lint(self, today: datetime.date, progress: Callable[[int, int], None] | None = None) -> Callable[[Mapping[str, bytes]], Report]:
        """What checks the documents, of which some have the bytes that it is given and not those of the tree, but for what is known."""
        judge = self.judge(today, progress)
        known = self.known
        if known is None:
            return judge
        from doclint import baseline

        return lambda overlay: baseline.apply(judge(overlay), known, self.scope)

    def judge(self, today: datetime.date, progress: Callable[[int, int], None] | None = None) -> Callable[[Mapping[str, bytes]], Report]:
        """What checks the documents as ``lint`` does, whatever is known."""
        from doclint import engine

        where = self.plan, self.repo, self.paths, today
        memory: engine.Memory = {}
        if self.before is None:
            committed = self.repo.committed()
            return lambda overlay: engine.check(
                *where, overlay=overlay, progress=progress, committed=committed, only=self.shard, memory=memory
            )
        from doclint import since

        before = self.before
        return lambda overlay: since.check(*where, before, overlay=overlay, progress=progress, only=self.shard, memory=memory)


def enter(wish: Wish) -> Workspace:
    """The workspace that ``wish`` means. Raises UsageError, ConfigError or GitError; the repository is the caller's to close."""
    if not os.path.isdir(wish.where):
        raise UsageError(f"`{wish.where}` is no directory")
    if STDIN in wish.paths and wish.stdin is None:
        raise UsageError("`-` stands for a document from stdin, which `check`, `extract` and `types` read")
    if wish.mends and wish.tree != "worktree":
        raise UsageError("--fix mends the work tree, and neither the index nor a revision; --diff shows what would change there")
    if wish.mends and wish.stdin is not None and len(wish.paths) > 1:
        raise UsageError("--fix prints the document from stdin as it then is: name no other beside `-`")
    if wish.handed is not None:
        wish = _taken(wish, wish.handed)
    repo = _open(wish, wish.flags.base)
    try:
        file = _file(wish, repo)
        directory = file.directory if file is not None else ""
        chosen = _plan(wish, repo, file, directory)
        # A revision is seen as of then, unless its commits are about to land.
        base = wish.flags.base if repo.origin == "revision" and wish.handed is None else chosen.base or wish.lands_in
        if base != wish.flags.base:
            repo.close()
            repo = _open(wish, base)
        overlay = {} if wish.stdin is None else {_from_root(repo, wish, wish.stdin_name): wish.stdin}
        targets = [path for path in wish.paths if path != STDIN]
        # Whoever names nothing means all that is below where they stand.
        whole = directory if wish.all and wish.config is None else _prefix(repo, wish)
        named = [_from_root(repo, wish, path) for path in targets] if wish.paths else [whole]
        if wish.mends and (link := next((path for path in named if path and repo.is_link(path)), None)):
            raise UsageError(f"`{link}` is a symbolic link: fixes are not written through one")
        nearest = _nested(wish, repo, chosen, (*named, *overlay))
        if nearest is not None:
            chosen = nearest.plan
        found = documents(repo, _listed(repo, named), chosen.included, chosen.excluded, force_exclude=wish.force_exclude)
        asked = [path for path in overlay if not (wish.force_exclude and chosen.excluded(path))]
        paths = sorted({*found, *asked})
        if nearest is not None:
            nearest.demand(paths)
        before = None if wish.since is None else _before(repo, wish.since, chosen, named, paths)
        own = wish.own and wish.config != ""
        workspace = Workspace(
            repo, chosen, paths, overlay, before, directory, wish.shard, (*named, *overlay), own=own, unstaged=_unstaged(repo, wish, file)
        )
        return _measured(workspace, wish)
    except BaseException:
        repo.close()
        raise


def _taken(wish: Wish, handed: Handed) -> Wish:
    """The wish for what was handed over; as it is, less that, where that is of another repository than the one to be judged."""
    from doclint.repo.absent import AbsentRepo

    repo = _open(wish._replace(handed=None), wish.flags.base)
    try:
        if isinstance(repo, AbsentRepo) or not _inside(os.path.realpath(repo.root), os.path.realpath(os.getcwd())):
            return wish._replace(handed=None)
        base = repo.base
        lands_in = None if isinstance(base, Unknown) else base.name
        start: str | None = handed.start
        if handed.by_id and repo.meeting(handed.start, handed.end) is None:
            # Where a branch is new to the other side, what it brings in is what the base has not.
            fork = None if isinstance(base, Unknown) else repo.meeting(base.commit.id, handed.end)
            start = None if fork is None or fork == repo.meeting(handed.end, handed.end) else lands_in
        return wish._replace(tree=revision(handed.end), since=start, lands_in=lands_in)
    finally:
        repo.close()


def revision(name: str) -> str:
    """``name`` as the name of a revision: a branch may be called ``index``, and Git's own full name tells it from the tree of that name."""
    return f"refs/heads/{name}" if name in ("index", "worktree") else name


def _nested(wish: Wish, repo: GitRepo | AbsentRepo, chosen: Plan, targets: Sequence[str]) -> Nested | None:
    """``chosen`` with the configurations that are nearer to what lies at ``targets``; None where there are none.

    There are none either where one is named, or none is wanted.
    """
    index = repo.paths()
    if wish.config is not None or not wish.nested or isinstance(index, Unknown):
        return None
    others = configurations(index, targets, chosen.directory)
    if not others:
        return None
    from doclint.nested import nested

    def load(file: File | None) -> Plan:
        return _plan(wish, repo, None if file is None else extended(repo, file), "" if file is None else file.directory, chosen)

    return nested(repo, index, targets, others, chosen, load)


def _plan(wish: Wish, repo: GitRepo | AbsentRepo, file: File | None, directory: str, beside: Plan | None = None) -> Plan:
    """The plan, with what the tree brings along in ``.doclint`` beside its configuration; who wants no configuration wants none of that.

    ``beside`` is the plan of the configuration where somebody stands, if this is that of another one. Raises ConfigError.
    """
    paths = repo.paths()
    inlines = [extended(repo, inline(text, _prefix(repo, wish))) for text in wish.inlines]
    folder = f"{directory}/.doclint/" if directory else ".doclint/"
    if wish.config == "" or not wish.own or isinstance(paths, Unknown) or not any(path.startswith(folder) for path in paths.files):
        return plan(file, wish.flags, inlines=inlines, beside=beside)
    from doclint.own import load
    from doclint.rule import shipped

    own = load(repo, directory)
    if beside is not None:
        _distinct(own.rules, beside.rules)
    return plan(file, wish.flags, sorted((*shipped(), *own.rules), key=lambda rule: rule.code), own.types, inlines, beside)


def _distinct(rules: Sequence[Rule], others: Sequence[Rule]) -> None:
    """Raise ConfigError where one of ``rules`` has the code of another one of the run."""
    names = {rule.code: rule for rule in others}
    for rule in rules:
        other = names.get(rule.code, rule)
        if other.name != rule.name:
            raise ConfigError(f"{rule.page}: the code `{rule.code}` is taken by {other.page}")


def _open(wish: Wish, base: str | None) -> GitRepo | AbsentRepo:
    from doclint.repo.git import open_repo
    from doclint.repo.process import NoRepositoryError

    try:
        return open_repo(wish.where, tree=wish.tree, base=base)
    except NoRepositoryError:
        if wish.tree != "worktree":
            raise
    from doclint.repo.absent import AbsentRepo

    where = os.path.realpath(wish.where)
    reals = [_real(wish.where, path) for path in wish.paths if path != STDIN]
    places = [real if os.path.isdir(real) else os.path.dirname(real) for real in reals]
    # Where someone stands outside of all repositories, what they name may lie in one.
    if places and os.path.isdir(places[0]):
        with contextlib.suppress(NoRepositoryError):
            return open_repo(places[0], tree=wish.tree, base=base)
    return AbsentRepo(where if all(_inside(where, place) for place in places) else os.path.commonpath(places))


def _before(repo: GitRepo | AbsentRepo, since: str, plan: Plan, targets: Sequence[str], paths: Sequence[str]) -> Before:
    """Where the changes began, with the documents that it had at ``targets``, and those of ``paths``."""
    from doclint.repo.absent import AbsentRepo
    from doclint.repo.facts import Unknown
    from doclint.since import Before

    if isinstance(repo, AbsentRepo):
        raise UsageError(f"`--since {since}` compares with a commit, and {repo.root} is in no Git repository")
    range, then = repo.since(since)
    index = then.paths()
    if isinstance(index, Unknown):
        raise UsageError(f"the files of {range.fork.short} are not known: {index.reason}")
    there = [target for target in targets if not target or target in index or index.is_directory(target)]
    found = documents(then, there, plan.included, plan.excluded)
    return Before(range, then, sorted({*found, *(path for path in paths if path in index)}))


def _measured(workspace: Workspace, wish: Wish) -> Workspace:
    """``workspace`` with its baseline: the one that is named, else the one that the configuration names, else what stands beside that.

    Raises UsageError where one is named and not there, and ConfigError where it cannot be used.
    """
    repo = workspace.repo
    beside = f"{workspace.directory}/{BASELINE}" if workspace.directory else BASELINE
    named = _from_root(repo, wish, wish.baseline) if wish.baseline else workspace.plan.baseline
    path = named or beside
    if ".git" in path.casefold().split("/"):
        raise UsageError(f"`{path}` cannot be a baseline: it lies in a directory of Git's own")
    workspace = workspace._replace(baseline=path)
    if not wish.measured or (wish.config == "" and not wish.baseline):
        return workspace
    index = repo.paths()
    # What is no part of a stored tree need not be looked for in its objects.
    absent = repo.origin != "worktree" and not isinstance(index, Unknown) and path not in index
    data = None if absent else repo.read(path)
    if isinstance(data, Unknown):
        raise ConfigError(f"{path}: the baseline cannot be read: {data.reason}")
    if data is None and (named is not None or wish.all):
        raise UsageError(f"there is no baseline `{path}` in the {TREES[repo.origin]}; `doclint baseline create` writes one")
    if data is None:
        lies_there = repo.origin == "index" and os.path.isfile(os.path.join(repo.root, path))
        return workspace._replace(unstaged=(*workspace.unstaged, path)) if lies_there else workspace
    if repo.is_link(path):
        raise ConfigError(f"{path}: the baseline is a symbolic link, and is not followed")
    from doclint.baseline import load

    return workspace._replace(known=load(path, data))


def _unstaged(repo: GitRepo | AbsentRepo, wish: Wish, file: File | None) -> tuple[str, ...]:
    """The configuration on disk that the index lacks, where it has none and none is named."""
    if repo.origin != "index" or file is not None or wish.config is not None:
        return ()
    parts = repo.prefix.split("/") if repo.prefix else []
    directories = ["/".join(parts[:depth]) for depth in range(len(parts), -1, -1)]
    # A pyproject.toml is of the project, and staged with it.
    paths = (posixpath.join(directory, name) for directory in directories for name in NAMES if name != PROJECT)
    return tuple(path for path in paths if os.path.isfile(os.path.join(repo.root, path)))[:1]


def _file(wish: Wish, repo: GitRepo | AbsentRepo) -> File | None:
    if wish.config == "":
        return None
    if wish.config is None:
        found = find(repo, _prefix(repo, wish))
        return None if found is None else extended(repo, found)
    path = os.path.join(wish.where, wish.config)
    try:
        with open(path, "rb") as file:
            # Not all of what never ends, such as a device.
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"`{wish.config}` cannot be read: {error.strerror}") from None
    directory = os.path.dirname(_real(wish.where, wish.config))
    root = os.path.realpath(repo.root)
    inside = repo.origin == "worktree" and _inside(root, directory) and directory != root
    return extended(repo, File(wish.config, os.path.relpath(directory, root).replace(os.sep, "/") if inside else "", data))


def _placeless(repo: GitRepo | AbsentRepo, wish: Wish) -> bool:
    """Whether nobody stands in the tree: in a revision there is no directory, unless it stands for the index."""
    return repo.origin == "revision" and wish.handed is None


def _prefix(repo: GitRepo | AbsentRepo, wish: Wish) -> str:
    return "" if _placeless(repo, wish) else repo.prefix


def _from_root(repo: GitRepo | AbsentRepo, wish: Wish, path: str) -> str:
    """``path``, as it was typed, relative to the root of the tree."""
    if _placeless(repo, wish):
        found = normalise(path)
        if found is None or os.path.isabs(path):
            raise UsageError(f"`{path}` is not relative to the root of the revision")
        return found
    root = os.path.realpath(repo.root)
    real = _real(wish.where, path)
    if not _inside(root, real):
        raise UsageError(f"`{path}` lies outside of {root}")
    relative = os.path.relpath(real, root).replace(os.sep, "/")
    return "" if relative == "." else relative


def _listed(repo: GitRepo | AbsentRepo, targets: Sequence[str]) -> list[str]:
    """``targets`` without the directories on disk in which the tree has nothing: in them there is nothing to check, and nothing wrong."""
    if repo.origin != "worktree":
        return list(targets)
    return [target for target in targets if not os.path.isdir(os.path.join(repo.root, target)) or _holds(repo, target)]


def _holds(repo: GitRepo | AbsentRepo, directory: str) -> bool:
    index = repo.paths()
    return isinstance(index, Unknown) or index.is_directory(directory)


def _real(where: str, path: str) -> str:
    """The absolute path, links resolved on the way but not at the end: a link that is named is a link."""
    full = os.path.abspath(os.path.join(where, path))
    return os.path.join(os.path.realpath(os.path.dirname(full)), os.path.basename(full))


def _inside(root: str, path: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
