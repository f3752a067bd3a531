"""What brought a finding in: the file that a range of changes deleted, moved, added or edited, or the commit that came with it.

Only what the two trees and the finding itself show is told. A finding of which they show nothing has no known cause.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from doclint.diagnostic import Diagnostic, Evidence
from doclint.late import late
from doclint.model.document import Document
from doclint.repo.facts import Base, Changed, Changes, Commit, Range, Rename, Repo, Unknown
from doclint.repo.paths import PathIndex
from doclint.text import Source

# A finding about a directory that is gone need not name every file that was in it.
_MOST = 3
_NAME = late(r"`([^`\n]+)`")
_EMPTY = PathIndex(())


class Side(NamedTuple):
    """A document on one side of the range: where it stood, and its text."""

    path: str
    source: Source


class Causes:
    """The causes of findings that the changes from ``before`` to ``repo`` brought in.

    ``unsaved`` are the paths whose text stands in no tree.
    """

    def __init__(self, range: Range, repo: Repo, before: Repo, unsaved: Collection[str] = ()) -> None:
        self._range = range
        self._repo = repo
        self._before = before
        self._unsaved = unsaved
        self._words: dict[str, str] = {}

    def of(self, diagnostic: Diagnostic, source: Source, former: Side | None, document: Document | None) -> tuple[Evidence, ...]:
        """What brought ``diagnostic`` in; empty where that is not known.

        ``source`` holds the finding, ``former`` is its document before the changes, ``document`` what the document says.
        """
        fresh = former is None or _line(source, diagnostic.span.start) not in self._words_of(former)
        said = list(self._existence(_said(diagnostic), diagnostic.path, former))
        if fresh:
            return (*self._edited(diagnostic, source, former), *said[: _MOST - 1])
        marked = list(self._existence(_marked(diagnostic, document), diagnostic.path, former))
        if moved := [*said, *(one for one in marked if one not in said)] or self._arrived(diagnostic):
            return tuple(moved[:_MOST])
        touched = former is not None and (former.path != diagnostic.path or former.source.text != source.text)
        proved = [one.path for one in diagnostic.evidence if one.path is not None]
        named = proved if touched else [*proved, *_said(diagnostic), *_marked(diagnostic, document)]
        rewritten = list(self._rewritten(named, diagnostic.path))
        if rewritten or touched:
            return tuple(rewritten[:_MOST]) or self._edited(diagnostic, source, former)
        return self._only(diagnostic)

    def _existence(self, names: Sequence[str], path: str, former: Side | None) -> Iterator[Evidence]:
        """What came, went or moved among what ``names`` mean in the document at ``path``."""
        told: set[str] = set()
        for name in names:
            lost = _meant(name, self._then, path if former is None else former.path) & self._gone
            came = _meant(name, self._now, path) & self._come
            files = sorted(one for one in (*lost, *came) if one != path and one not in told)
            told.update(files)
            if files:
                yield self._change(files[0], len(files) - 1)

    def _rewritten(self, names: Sequence[str], path: str) -> Iterator[Evidence]:
        """The files that ``names`` mean on both sides, and whose content is not what it was."""
        told: set[str] = set()
        for name in names:
            for file in sorted(_meant(name, self._now, path, directories=False)):
                if file != path and file not in told and file in self._then and self._before.read(file) != self._repo.read(file):
                    told.add(file)
                    yield self._change(file)

    def _arrived(self, diagnostic: Diagnostic) -> list[Evidence]:
        """The commits of the range that prove the finding, by the files in them that it names."""
        found: list[Evidence] = []
        for one in diagnostic.evidence:
            changed = self._commits.get(one.commit or "")
            if changed is None:
                continue
            meant = {file for name in _said(diagnostic) for file in _meant(name, self._now, diagnostic.path, directories=False)}
            files = sorted((meant & changed.paths) - {diagnostic.path})
            found += [self._change(file) for file in files] or [_came(changed.commit)]
        return list(dict.fromkeys(found))

    def _only(self, diagnostic: Diagnostic) -> tuple[Evidence, ...]:
        """The one file that changed at all: nothing else can have made the difference."""
        changes = self._changes
        ours, theirs = self._repo.base, self._before.base
        if changes is None or not (isinstance(ours, Base) and isinstance(theirs, Base) and ours.commit.id == theirs.commit.id):
            return ()
        files = changes.uncommitted.union(*(one.paths for one in changes.commits))
        return tuple(self._change(file) for file in files if file != diagnostic.path) if len(files) == 1 else ()

    def _edited(self, diagnostic: Diagnostic, source: Source, former: Side | None) -> tuple[Evidence, ...]:
        """That the finding's own document came, moved or was edited."""
        path = diagnostic.path
        if former is None:
            return (self._told(path, "added"),)
        if former.path != path and former.source.text == source.text:
            return (self._told(path, f"renamed from `{former.path}`"),)
        return (self._told(path, "changed", source.position(diagnostic.span.start).line),)

    def _change(self, path: str, more: int = 0) -> Evidence:
        others = f" and {more} more file{'' if more == 1 else 's'}" if more else ""
        if path not in self._gone:
            return self._told(path, "added" if path in self._come else "changed", others=others)
        history = self._repo.history(path)
        renamed = None if isinstance(history, Unknown) else history.renamed
        return self._told(path, f"renamed to `{renamed.path}`" if isinstance(renamed, Rename) and not more else "deleted", others=others)

    def _told(self, path: str, what: str, line: int | None = None, others: str = "") -> Evidence:
        words = f"`{path}`{others} {'were' if others else 'was'} {what}"
        changes = self._changes
        if changes is None:
            return Evidence("path", words, path=path)
        if path in changes.uncommitted or path in self._unsaved:
            return Evidence("path", f"{words}, which is not committed yet", path=path)
        touching = [one.commit for one in changes.commits if path in one.paths]
        commit = touching[0] if touching else None
        if line is not None and len(touching) > 1:
            wrote = self._repo.blame(path, line, line)
            commit = wrote[0] if not isinstance(wrote, Unknown) and wrote and isinstance(wrote[0], Commit) else None
            commit = next((one for one in touching if commit is not None and one.id == commit.id), touching[0])
        if commit is None:
            return Evidence("path", words, path=path)
        said = f"{words} in {commit.short} ({commit.subject})"
        return Evidence("path", said, commit.id, commit.date.isoformat(), commit.subject, path)

    @cached_property
    def _changes(self) -> Changes | None:
        found = self._repo.changes(self._range.fork)
        return None if isinstance(found, Unknown) else found

    @cached_property
    def _commits(self) -> Mapping[str, Changed]:
        return {} if self._changes is None else {one.commit.id: one for one in self._changes.commits}

    @cached_property
    def _then(self) -> PathIndex:
        found = self._before.paths()
        return _EMPTY if isinstance(found, Unknown) else found

    @cached_property
    def _now(self) -> PathIndex:
        found = self._repo.paths()
        return _EMPTY if isinstance(found, Unknown) else found

    @cached_property
    def _gone(self) -> frozenset[str]:
        return frozenset(self._then.files).difference(self._now.files)

    @cached_property
    def _come(self) -> frozenset[str]:
        return frozenset(self._now.files).difference(self._then.files)

    def _words_of(self, side: Side) -> str:
        """The text of a document whose lines may have been wrapped anew since."""
        if side.path not in self._words:
            self._words[side.path] = " ".join(side.source.text.split())
        return self._words[side.path]


def _came(commit: Commit) -> Evidence:
    text = f"{'the merge ' if len(commit.parents) > 1 else ''}{commit.short} ({commit.subject}) came in"
    return Evidence("commit", text, commit.id, commit.date.isoformat(), commit.subject)


def _line(source: Source, offset: int) -> str:
    return " ".join(source.slice(source.line(source.position(offset).line)).split())


def _said(diagnostic: Diagnostic) -> list[str]:
    """What the finding's own words and proof name."""
    names = [one.path for one in diagnostic.evidence if one.path is not None and one.path != diagnostic.path]
    words = (diagnostic.message, diagnostic.label or "", *(one.text for one in diagnostic.evidence if one.kind != "commit"))
    return list(dict.fromkeys((*(name for text in words for name in _NAME.findall(text)), *names)))


def _marked(diagnostic: Diagnostic, document: Document | None) -> list[str]:
    """What the document refers to where the finding stands."""
    if document is None:
        return []
    span = diagnostic.span
    return [one.token for one in document.references if one.span.start < max(span.end, span.start + 1) and span.start < one.span.end]


def _meant(name: str, paths: PathIndex, near: str, *, directories: bool = True) -> frozenset[str]:
    """The files that ``name`` stands for in the document at ``near``; those below it, where it is a directory."""
    path = re.split(r"[#?]", name, maxsplit=1)[0].partition("::")[0]
    if not path or len(path) > 400:
        return frozenset()
    if "*" in path:
        return frozenset(paths.match(path)) if directories else frozenset()
    found = paths.resolve(path, near)
    if found.how == "directory":
        # A single word is the name of many things.
        below = tuple(f"{one}/" for one in found.paths if one) if directories and "/" in path else ()
        return frozenset(one for one in paths.files if below and one.startswith(below))
    return frozenset(found.paths) if found.how in ("exact", "relative", "suffix", "prefix") else frozenset()
