"""The contract between the engine and a check."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar

from doclint.diagnostic import Finding, Undecided

if TYPE_CHECKING:
    from doclint.discover import Globs
    from doclint.doctype import DocType
    from doclint.model.document import Document
    from doclint.repo.facts import Repo

Options = Mapping[str, Any]
"""A rule's options, complete and valid against the schemas on its page."""

T = TypeVar("T")


class Declared(NamedTuple):
    """Files that change together by the configuration's word: where one of ``when`` changes, one of each of ``then`` is to change too.

    ``then`` holds each glob as it was written and what it matches. ``each`` says whether every commit is looked at, or the range as
    a whole; ``file`` is the configuration file.
    """

    when: Globs
    then: tuple[tuple[str, Globs], ...]
    message: str | None
    each: Literal["commit", "range"]
    file: str


class Facts(NamedTuple):
    """What a check may know besides its document: the repository, the day, and the other working documents of the tree.

    ``before`` is the tree that a run on a range compares with (``--since``), None where there is no range. ``external_roots`` are the
    leading directories of paths that belong to other repositories. ``types`` are the document types of one's own,
    ``rules`` the codes and names that the rules of the run go by. ``together`` is what the configuration says of files that change
    together; ``judged`` are the paths of the documents that the run judges. ``committed`` is the tree of the commit behind the index, where
    the index is judged.
    """

    repo: Repo
    today: datetime.date
    documents: Sequence[Document]
    before: Repo | None = None
    external_roots: tuple[str, ...] = ()
    types: tuple[DocType, ...] = ()
    rules: frozenset[str] = frozenset()
    together: tuple[Declared, ...] = ()
    judged: tuple[str, ...] = ()
    committed: Repo | None = None


class Documents(tuple["Document", ...]):
    """The working documents of a tree, with a memory for what is derived from all of them together."""

    memory: dict[Callable[..., Any], Any]


def once(documents: Sequence[Document], derive: Callable[[Sequence[Document]], T]) -> T:
    """What ``derive`` makes of ``documents``: made once in a run, however many documents are checked against it."""
    if not isinstance(documents, Documents):
        return derive(documents)
    memory = documents.__dict__.setdefault("memory", {})
    if derive not in memory:
        memory[derive] = derive(documents)
    found: T = memory[derive]
    return found


class Check(Protocol):
    """A module in ``doclint.checks``: one way of checking, used by one rule or by several with different options."""

    def check(self, document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
        """Yield what is wrong with ``document``. Pure: no I/O but through ``facts``, no clock, no state."""


def option(options: Options, name: str, kind: type[T]) -> T:
    """The option ``name``, which the rule's page declares to be of ``kind``."""
    value = options[name]
    assert isinstance(value, kind), f"option {name} is {value!r}, and its page promised {kind.__name__}"
    return value
