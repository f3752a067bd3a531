"""Work that is said to be in progress, while the files that it names went on without a word about it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Evidence, Finding, Undecided
from doclint.model import dates
from doclint.model.document import Document, Lifecycle, State, Statement, Unit
from doclint.model.queries import line_of
from doclint.repo.facts import NOT_COMMITTED, Commit, Unknown
from doclint.repo.paths import PathIndex

# Of a unit that names more files than these none is its own.
_MOST_FILES = 20


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each unit in progress whose own files have had many commits since its status was written."""
    paths = facts.repo.paths()
    if document.lifecycle is not Lifecycle.LIVING or dates.in_name(document.source.path) or isinstance(paths, Unknown):
        return
    working = [(unit, unit.statement, _files(document, unit, paths)) for unit in document.units if unit.state is State.ACTIVE]
    facts.repo.expect((), [path for _, _, files in working for path in files])
    for unit, statement, files in working:
        if statement is not None and statement.status is not None and files:
            yield from _moved_on(document, facts, unit, statement, files, options)


def _files(document: Document, unit: Unit, paths: PathIndex) -> list[str]:
    """The files of the tree that the unit names exactly."""
    named = [document.references[index] for index in dict.fromkeys((*unit.files, *unit.outputs))]
    found = list(dict.fromkeys(reference.token for reference in named if reference.kind == "path" and reference.token in paths))
    return found if len(found) <= _MOST_FILES else []


def _moved_on(
    document: Document, facts: Facts, unit: Unit, statement: Statement, files: list[str], options: Options
) -> Iterator[Finding | Undecided]:
    assert statement.status is not None
    span = statement.status.word
    line = line_of(document, span)
    writers = facts.repo.blame(document.source.path, line, line)
    writer = writers if isinstance(writers, Unknown) else writers[0]
    if not isinstance(writer, Commit):
        if writer is not NOT_COMMITTED:
            yield Undecided(span, writer.reason)
        return
    since = writer.date + datetime.timedelta(days=option(options, "days", int))
    commits: dict[str, Commit] = {}
    for path in files:
        versions = facts.repo.versions(path)
        if isinstance(versions, Unknown):
            yield Undecided(span, versions.reason)
            return
        commits.update((version.commit.id, version.commit) for version in versions if version.commit.date >= since)
    if len(commits) >= option(options, "commits", int):
        last = max(commits.values(), key=lambda commit: commit.time)
        yield Finding(
            span,
            f"`{unit.name}` is said to be `{document.source.slice(span)}` since {writer.date}, "
            f"and {len(commits)} later commits changed what it names",
            (proof.commit("the last one is", last), Evidence("count", ", ".join(f"`{path}`" for path in files[:3]))),
        )
