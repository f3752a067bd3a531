"""Configurations beside the one where somebody stands: of the files of a tree, those that govern the documents nearest to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from doclint.config import PROJECT, File, Plan, file_in
from doclint.discover import DOCUMENTS, Globs, lifecycle
from doclint.errors import ConfigError
from doclint.repo.facts import Repo
from doclint.repo.paths import PathIndex, parents

Load = Callable[[File | None], Plan]
"""Makes the plan of a file; with None, of the tree's root where that has none. Raises ConfigError."""

_USUAL = tuple(glob.removeprefix("*") for glob in DOCUMENTS)


class Nested(NamedTuple):
    """The plan of a run with all its configurations, and what is wrong with some of them, by the directory of each."""

    plan: Plan
    faults: Mapping[str, ConfigError]

    def demand(self, paths: Sequence[str]) -> None:
        """Raise ConfigError where a broken configuration governs one of the documents at ``paths``: all that is wrong with such ones."""
        governing = {self.plan.at(path).directory for path in paths} if self.faults else set()
        sentences = [sentence for directory, fault in self.faults.items() if directory in governing for sentence in fault.sentences]
        if sentences:
            raise ConfigError(*sentences)


def nested(
    repo: Repo, index: PathIndex, targets: Sequence[str], configurations: Mapping[str, Sequence[str]], plan: Plan, load: Load
) -> Nested:
    """``plan``, of the configuration where somebody stands, with those that govern what lies at ``targets`` in its place.

    ``index`` holds the files of ``repo``, ``configurations`` the names of the files that may be some, by directory. One counts for nothing
    where the one above excludes it, and where its place is that of a sample or of what came from elsewhere (``fixtures/``,
    ``node_modules/``): it was written for another tree. A ``pyproject.toml`` is looked into where a document lies below it. What is
    wrong with one is no matter until a document turns out to be governed by it.
    """
    inhabited = _inhabited(index, targets, plan) if any(PROJECT in names for names in configurations.values()) else frozenset()
    plans: dict[str, Plan] = {}
    faults: dict[str, ConfigError] = {}
    # A directory comes before those in it.
    for directory in sorted(configurations):
        names = [name for name in configurations[directory] if name != PROJECT or directory in inhabited]
        if directory and not (names and _is_live(f"{directory}/{names[0]}", plan.beside(plans).at(directory))):
            continue
        try:
            file = file_in(repo, directory, names)
            if file is not None or not directory:
                plans[directory] = load(file)
        except ConfigError as fault:
            faults[directory] = fault
            plans[directory] = _stand_in(plan, directory)
    return Nested(plan.beside(plans), faults)


def _stand_in(plan: Plan, directory: str) -> Plan:
    """What stands for the plan of a broken configuration: it finds the documents that there are by default, and says nothing of them."""
    return replace(plan.of(frozenset()), directory=directory, files=(), include=Globs(DOCUMENTS), exclude=Globs(()))


def _inhabited(index: PathIndex, targets: Sequence[str], plan: Plan) -> frozenset[str]:
    """The directories of files that may be documents, and those above them."""
    found = {""}
    named = frozenset(targets)
    for path in (*targets, *index.files):
        if path.endswith(_USUAL) or path in named or (plan.include.patterns != DOCUMENTS and plan.include.match(path)):
            for directory in parents(path):
                if directory in found:
                    break
                found.add(directory)
    return frozenset(found)


def _is_live(path: str, around: Plan) -> bool:
    """Whether a configuration at ``path`` counts, as ``around`` has it, which governs the directory above."""
    return not around.exclude.match(path) and lifecycle(path, around.settings) != "example"
