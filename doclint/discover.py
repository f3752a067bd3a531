"""Which files of a tree are documents, and what their places alone say of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from doclint.errors import UsageError
from doclint.repo.facts import Repo, Unknown
from doclint.repo.paths import compile_glob

DOCUMENTS = ("*.md", "*.markdown")
_PLACES: tuple[tuple[str, str], ...] = (
    ("archive/", "historical"),
    ("archived/", "historical"),
    ("_archive/", "historical"),
    (".archive/", "historical"),
    ("_archived/", "historical"),
    ("_archive-*/", "historical"),
    ("archives/", "historical"),
    ("deprecated/", "historical"),
    ("{stale,_stale,superseded,obsolete}/", "historical"),
    ("templates/", "example"),
    ("template/", "example"),
    ("_template/", "example"),
    ("_templates/", "example"),
    ("_TEMPLATE/", "example"),
    ("TEMPLATE.md", "example"),
    ("*{_,-,.}{TEMPLATE,Template,template}.md", "example"),
    # What came from elsewhere speaks of a tree that is not here.
    ("{node_modules,bower_components,site-packages,third_party,third-party}/", "example"),
    ("fixtures/", "example"),
    ("__fixtures__/", "example"),
    ("testdata/", "example"),
    ("transcripts/", "historical"),
    ("chat-logs/", "historical"),
    ("*-chat-logs/", "historical"),
)
TREES = {"worktree": "work tree", "index": "index", "revision": "revision", "stdin": "tree", "memory": "tree"}


@functools.cache
def _predicates(glob: str) -> tuple[Callable[[str], bool], ...]:
    body = glob.removeprefix("./").strip("/")
    # A pattern of one part stands for a name at any depth, one of several parts for a place.
    anchored = body if "/" in body or glob.startswith("/") else f"**/{body}"
    below = compile_glob(f"{anchored}/**/*")
    return (below,) if glob.endswith("/") else (compile_glob(anchored), below)


class Globs(NamedTuple):
    """Patterns over paths, read from ``directory`` (of the file that holds them; empty for the tree's root).

    They mean what they mean in a ``.gitignore``: without a slash a name at any depth, with one a place; a final slash a directory; and
    what matches a directory matches all that is in it. The signs are those of ``doclint.repo.paths.compile_glob``; ``!`` is none.
    """

    patterns: tuple[str, ...]
    directory: str = ""

    def match(self, path: str) -> bool:
        """Whether one of the patterns matches ``path``."""
        if self.directory:
            if not path.startswith(self.directory + "/"):
                return False
            path = path[len(self.directory) + 1 :]
        return any(matches(path) for glob in self.patterns for matches in _predicates(glob))


class Setting(NamedTuple):
    """What the configuration says of the documents whose paths match; None where it says nothing."""

    globs: Globs
    type: str | None
    lifecycle: str | None


def declared_type(path: str, settings: Sequence[Setting]) -> str | None:
    """The type that the configuration gives to the document at ``path``: the last entry that matches and names one."""
    return next((setting.type for setting in reversed(settings) if setting.type is not None and setting.globs.match(path)), None)


def lifecycle(path: str, settings: Sequence[Setting]) -> str | None:
    """The lifecycle that the configuration, else the place, gives to the document at ``path``; None where neither says one."""
    for setting in reversed(settings):
        if setting.lifecycle is not None and setting.globs.match(path):
            return setting.lifecycle
    return next((value for glob, value in _PLACES if Globs((glob,)).match(path)), None)


def _is_shadow(path: str) -> bool:
    """Whether the file holds what macOS keeps beside another one: ``._README.md``."""
    return path.rpartition("/")[2].startswith("._")


def documents(
    repo: Repo, targets: Iterable[str], included: Callable[[str], bool], excluded: Callable[[str], bool], *, force_exclude: bool = False
) -> list[str]:
    """The paths of the documents that ``targets`` mean, sorted.

    A target is a file or directory, relative to the tree's root; the empty one is the whole tree. Files that are named are documents
    whatever they are called, and are not excluded unless ``force_exclude``; directories are searched for what is ``included`` and not
    ``excluded``.
    Symbolic links are no documents. Raises UsageError where a target is not in the tree.
    """
    found: set[str] = set()
    index = repo.paths()
    for target in targets:
        if target and repo.is_link(target):
            continue
        if not isinstance(index, Unknown):
            if target in index:
                if not (force_exclude and excluded(target)):
                    found.add(target)
                continue
            if not target or index.is_directory(target):
                prefix = f"{target}/" if target else ""
                below = (path for path in index.files if path.startswith(prefix) and included(path) and not excluded(path))
                found.update(path for path in below if not repo.is_link(path) and not _is_shadow(path))
                continue
        # A work tree holds files that the index does not list: the ignored ones. Who names one means it.
        match repo.read(target) if target else None:
            case bytes():
                found.add(target)
            case Unknown(reason=reason):
                raise UsageError(f"`{target}` cannot be read: {reason}")
            case None:
                if isinstance(index, Unknown):
                    raise UsageError(f"the files of the {TREES[repo.origin]} are not known: {index.reason}")
                raise UsageError(f"there is no `{target}` in the {TREES[repo.origin]}")
    return sorted(found)
