"""What a range of changes did to files, for the rules about changes that belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from doclint.check import Facts
from doclint.checks import proof
from doclint.diagnostic import Evidence
from doclint.late import late
from doclint.model.document import Cochange, Document, Lifecycle, Reference, Tense
from doclint.repo.facts import Changed, Changes, Commit, Repo, Unknown
from doclint.repo.paths import compile_glob, normalise
from doclint.text import Span

Matches = Callable[[str], bool]
_ALLOWED = late(r"allow\s+([\w-]+)\s+\S")
# Of more commits than these nobody reads the list.
_MOST = 3


class Stretch(NamedTuple):
    """A range of changes: the trees at both its ends, and what was changed between them.

    ``touched`` holds every path that a commit of the range changed, or the tree since the last one.
    """

    before: Repo
    after: Repo
    changes: Changes
    touched: frozenset[str]

    def changed(self, matches: Matches) -> list[str]:
        """The matching paths whose content is another than where the range began."""
        return [path for path in sorted(self.touched) if matches(path) and self._differs(path)]

    def touches(self, matches: Matches) -> bool:
        """Whether a matching path was changed on the way, be it back again."""
        return any(map(matches, self.touched))

    @property
    def unsaid(self) -> bool:
        """Whether it is the index alone: its commit may amend the last one, and has no message yet that could allow anything."""
        return self.after.origin == "index" and not self.changes.commits

    def allowed(self, path: str, what: str) -> bool:
        """Whether a commit that changed ``path`` allows ``what`` in its message, with a reason."""
        return any(allows(each, what) for each in self.changes.commits if path in each.paths)

    def proofs(self, path: str) -> tuple[Evidence, ...]:
        """The last commits that changed ``path``, and that no commit holds its change yet."""
        waiting = (uncommitted(path),) if path in self.changes.uncommitted else ()
        commits = [proof.commit("changed in", each.commit) for each in self.changes.commits if path in each.paths]
        return (*waiting, *commits)[:_MOST]

    def _differs(self, path: str) -> bool:
        one, other = self.before.read(path), self.after.read(path)
        return not isinstance(one, Unknown) and not isinstance(other, Unknown) and one != other


def of(facts: Facts) -> Stretch | Unknown | None:
    """The range of the run; None where there is none."""
    return None if facts.before is None else _between(facts.before, facts.repo)


def of_next_commit(facts: Facts) -> Stretch | Unknown | None:
    """The range of the run, or else what the index holds for the next commit; None where there is neither."""
    before = facts.before or facts.committed
    return None if before is None else _between(before, facts.repo)


def _between(before: Repo, after: Repo) -> Stretch | Unknown | None:
    start = before.head
    if not isinstance(start, Commit):
        return start
    changes = after.changes(start)
    if isinstance(changes, Unknown):
        return changes
    touched = changes.uncommitted.union(*(each.paths for each in changes.commits))
    return Stretch(before, after, changes, touched)


def allows(changed: Changed, what: str) -> bool:
    """Whether the commit's message allows ``what``: ``doclint: allow <what> <reason>``."""
    return any((match := _ALLOWED.match(trailer)) is not None and match[1] == what for trailer in changed.trailers)


def uncommitted(path: str) -> Evidence:
    """That ``path`` was changed and no commit says so."""
    return Evidence("path", "the change is not committed yet", path=path)


def binding(document: Document, stretch: Stretch) -> Iterator[Cochange]:
    """The document's rules on changes that were in force where the range began."""
    if not document.cochanges or document.lifecycle is not Lifecycle.LIVING:
        return
    data = stretch.before.read(document.source.path)
    text = " ".join(data.decode("utf-8", "replace").split()) if isinstance(data, bytes) else ""
    for rule in document.cochanges:
        if rule.tense is Tense.CURRENT and " ".join(document.source.slice(rule.span).split()) in text:
            yield rule


def meant(reference: Reference, document: Document, repo: Repo) -> Matches | None:
    """What ``reference`` names in the tree of ``repo``, as a predicate on paths; None where it names nothing there for certain."""
    paths = repo.paths()
    if isinstance(paths, Unknown):
        return None
    token = reference.token.partition("#")[0]
    if reference.kind == "glob":
        plain = normalise(token)
        return compile_glob(plain) if plain and "<" not in plain and "$" not in plain else None
    found = paths.resolve(token, document.source.path)
    if found.how not in ("exact", "relative", "directory", "suffix") or len(found.paths) != 1 or not found.paths[0]:
        return None
    path = found.paths[0]
    return (lambda other: other.startswith(f"{path}/")) if paths.is_directory(path) else (lambda other: other == path)


def first_line(document: Document, span: Span) -> Span:
    """``span`` up to the end of its first line."""
    line = document.source.line(document.source.position(span.start).line)
    return Span(span.start, min(span.end, line.end))
