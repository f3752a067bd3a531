"""Running Git so that nothing which a repository says is ever executed, written or fetched."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from doclint.errors import GitError
from doclint.repo.refs import LISTING

OLDEST = (2, 30)
_SECONDS = 120.0

# Each of these names a program that Git would run, a file that it would read, or a change of the output that is parsed here.
_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "core.quotePath": "false",
    "core.pager": "cat",
    "protocol.allow": "never",
    "log.showSignature": "false",
    "log.follow": "false",
    "log.showRoot": "true",
    "diff.orderFile": os.devnull,
    "blame.ignoreRevsFile": "",
    "mailmap.file": "",
    "mailmap.blob": "",
}
# A bare repository can be committed as a directory of another one, configuration included: only the one that was named may be used.
_WORK_TREE_SETTINGS = {"safe.bareRepository": "explicit"}

_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # Overrules a repository's own protocol.<name>.allow; no protocol has this name.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_PAGER": "cat",
    # Else ``git log`` writes each record by itself.
    "GIT_FLUSH": "0",
    "LC_ALL": "C",
}


class NoRepositoryError(GitError):
    """The directory lies in no Git repository."""


class GitFailedError(GitError):
    """A Git command that ended with an exit code that it should not have: ``output`` is what it had written by then."""

    def __init__(self, message: str, output: bytes) -> None:
        super().__init__(message)
        self.output = output


@cache
def executable() -> str:
    """The absolute path of ``git``. Relative entries of PATH are passed over: they could lead into the repository.

    Raises GitError where there is none.
    """
    name = "git.exe" if os.name == "nt" else "git"
    for directory in os.get_exec_path():
        candidate = os.path.join(directory, name)
        if os.path.isabs(directory) and os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    raise GitError("`git` is not on the PATH")


def environment(kept: Mapping[str, str]) -> dict[str, str]:
    """The environment for Git: this process's without any ``GIT_*``, but with ``kept``."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") and name != "LANGUAGE"}
    return {**inherited, **_ENVIRONMENT, **kept}


class Git(NamedTuple):
    """Git, run in ``directory``, which is a work tree's root or (with ``bare``) a Git directory itself.

    ``variables`` are the ``GIT_*`` variables of a hook that count for this repository.
    """

    directory: str
    bare: bool = False
    variables: Mapping[str, str] = MappingProxyType({})

    def command(self, *arguments: str) -> list[str]:
        """The argument list that runs ``git <arguments>``."""
        settings = _SETTINGS if self.bare else {**_SETTINGS, **_WORK_TREE_SETTINGS}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        if arguments[0] != "check-ignore":
            # Paths are names, not patterns; check-ignore refuses the option.
            options.append("--literal-pathspecs")
        return [executable(), *options, *arguments]

    def run(self, *arguments: str, stdin: bytes = b"", ok: Sequence[int] = (0,)) -> bytes:
        """What ``git <arguments>`` writes to its standard output.

        Raises GitFailedError where the exit code is not in ``ok``, GitError where Git is missing, too old or takes minutes.
        """
        try:
            done = subprocess.run(
                self.command(*arguments),
                cwd=self.directory,
                env=environment(self.variables),
                input=stdin,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise GitError(f"`git {arguments[0]}` took longer than {_SECONDS:.0f} seconds") from None
        except OSError as error:
            raise GitError(f"`git` could not be run in {self.directory}: {error.strerror}") from None
        if done.returncode not in ok:
            self.explain(arguments[0], done.stderr.decode("utf-8", "replace"), done.stdout)
        return done.stdout

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """``git <arguments>``, running, with pipes to its standard input and output."""
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.directory,
            env={**environment(self.variables), "GIT_FLUSH": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )

    def explain(self, verb: str, stderr: str, output: bytes) -> None:
        """Raise the GitError that says in one sentence what ``stderr`` means."""
        if "not a git repository" in stderr:
            raise NoRepositoryError(f"{self.directory} is not in a Git repository")
        if "dubious ownership" in stderr or "unsafe repository" in stderr:
            raise GitError(
                f"Git does not trust the repository at {self.directory}, which belongs to someone else; if you do: "
                f"`git config --global --add safe.directory {self.directory}`"
            )
        if "cannot use bare repository" in stderr:
            raise GitError(f"{self.directory} lies inside a bare repository: name the repository itself")
        version = _version()
        if version < OLDEST:
            raise GitError(f"git {'.'.join(map(str, version))} is too old: doclint needs {'.'.join(map(str, OLDEST))} or newer")
        lines = [line for line in stderr.splitlines() if not line.startswith(("warning:", "hint:"))]
        said = lines[0].removeprefix("fatal: ").removeprefix("error: ") if lines else "no reason given"
        raise GitFailedError(f"`git {verb}` failed: {said}", output)


@cache
def _version() -> tuple[int, ...]:
    done = subprocess.run([executable(), "--version"], capture_output=True, env=environment({}), timeout=_SECONDS, check=False)
    numbers = re.search(rb"(\d+)\.(\d+)(?:\.(\d+))?", done.stdout)
    return tuple(int(number) for number in numbers.groups() if number) if numbers else OLDEST


class Place(NamedTuple):
    """Where a repository lies: ``git`` runs in its root, ``prefix`` is the way from the root to the directory that was named.

    ``git_directory`` is this work tree's own, ``common_directory`` the one that all work trees share; ``bare`` where there is no work tree.
    ``refs`` is what ``doclint.repo.refs.LISTING`` said.
    """

    git: Git
    root: str
    prefix: str
    git_directory: str
    common_directory: str
    bare: bool
    refs: bytes

    @property
    def boundary(self) -> frozenset[str]:
        """The commits whose parents a shallow clone cut off. Raises GitError where Git would wait for ever to learn them."""
        path = os.path.join(self.common_directory, "shallow")
        data = read_regular(path)
        if data is None and stat.S_ISFIFO(_mode(path)):
            raise GitError(f"{path} is no file")
        return frozenset((data or b"").decode("ascii", "replace").split())

    @property
    def partial(self) -> bool:
        """Whether objects may be missing, because this is a partial clone or a snapshot of one."""
        try:
            return any(name.endswith(".promisor") for name in os.listdir(os.path.join(self.common_directory, "objects", "pack")))
        except OSError:
            return False


def discover(where: str, *, hook: bool = False) -> Place:
    """The repository that the directory ``where`` lies in, or that it is.

    With ``hook``, the index that a running commit hook was given counts, if the hook belongs to this repository: ``git commit -a`` and
    ``git commit PATH`` show their hooks a temporary one.

    Raises NoRepositoryError, or GitError where Git is missing, too old or refuses the repository.
    """
    where = os.path.realpath(where)
    if not os.path.isdir(where):
        raise GitError(f"{where} is not a directory")
    itself = _is_git_directory(where)
    git = Git(where, bare=itself)
    question = ("rev-parse", "--absolute-git-dir", "--is-inside-work-tree", "--show-cdup", *LISTING)
    variables: dict[str, str] = {}
    try:
        answer = git.run(*question)
    except NoRepositoryError:
        # A repository that cannot be found from its work tree: the hook's caller named it by hand.
        if not (hook and "GIT_DIR" in os.environ and "GIT_INDEX_FILE" in os.environ):
            raise
        variables = {name: os.environ[name] for name in ("GIT_WORK_TREE",) if name in os.environ}
        variables["GIT_DIR"] = os.path.abspath(os.environ["GIT_DIR"])
        git = Git(where, variables=variables)
        answer = git.run(*question)
    directory, inside, rest = re.split(rb"\n(true|false)\n", answer, maxsplit=1)
    # Only inside of a work tree there is a way up to its root.
    up, _, refs = rest.partition(b"\n") if inside == b"true" else (b"", b"", rest)
    git_directory = os.fsdecode(directory)
    bare = inside != b"true"
    root = where if bare else os.path.normpath(os.path.join(where, os.fsdecode(up)))
    prefix = "" if root == where else os.path.relpath(where, root).replace(os.sep, "/")
    if hook and "GIT_INDEX_FILE" in os.environ and (variables or _within(os.getcwd(), root)):
        variables["GIT_INDEX_FILE"] = os.path.abspath(os.environ["GIT_INDEX_FILE"])
    return Place(Git(root, itself, variables), root, prefix, git_directory, _common(git_directory), bare, refs)


def _is_git_directory(path: str) -> bool:
    return os.path.isfile(os.path.join(path, "HEAD")) and all(os.path.isdir(os.path.join(path, name)) for name in ("objects", "refs"))


def _within(path: str, root: str) -> bool:
    path = os.path.realpath(path)
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _common(git_directory: str) -> str:
    named = read_regular(os.path.join(git_directory, "commondir"))
    return git_directory if named is None else os.path.normpath(os.path.join(git_directory, os.fsdecode(named.removesuffix(b"\n"))))


def _mode(path: str) -> int:
    try:
        return os.stat(path).st_mode
    except OSError:
        return 0


def read_regular(path: str) -> bytes | None:
    """A file's bytes; None where there is none, or something else than a file: a pipe that nobody writes to would be waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    with open(descriptor, "rb") as file:
        return file.read()
