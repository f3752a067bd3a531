"""Which parts of a tree a walk has to look at, so that it sees every path that was asked about and little else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from doclint.repo.paths import PathIndex, parents

# Shares of what a walk over everything costs, measured: Git compares each entry of each tree that changed with each pathspec, and has
# to read the trees below it.
_ONE_PATHSPEC = 0.05
_ALL_FILES = 1.3
_EVERYTHING = 0.7

Cover = frozenset[str] | None
"""Paths such that all that were asked about are among them or below them; None for everything."""


def holds(cover: Cover, path: str) -> bool:
    """Whether a walk over ``cover`` sees whatever happened at ``path`` and below."""
    return cover is None or path in cover or any(parent in cover for parent in parents(path))


@dataclass(slots=True)
class _Node:
    asked: bool = False
    below: dict[str, _Node] = field(default_factory=dict)


def choose(paths: Iterable[str], tree: PathIndex) -> Cover:
    """The cheapest cover of ``paths``, judged by how many files ``tree`` has below each directory; None where that is everything."""
    root = _Node()
    for path in paths:
        node = root
        for part in path.split("/"):
            node = node.below.setdefault(part, _Node())
        node.asked = True
    cost, chosen = _cheapest("", root, _weights(tree), max(1, len(tree)))
    return frozenset(chosen) if cost < _EVERYTHING else None


def _weights(tree: PathIndex) -> Mapping[str, int]:
    """How many files there are below each directory."""
    found: dict[str, int] = {}
    for path in tree.files:
        for parent in parents(path):
            found[parent] = found.get(parent, 0) + 1
    return found


def _cheapest(path: str, root: _Node, weights: Mapping[str, int], files: int) -> tuple[float, list[str]]:
    """The cheapest cover of what was asked about at and below each node, from the leaves up; a loop, since paths can be deep."""
    order: list[tuple[str, _Node]] = [(path, root)]
    for path, node in order:
        order.extend((f"{path}/{name}" if path else name, child) for name, child in node.below.items())
    best: dict[str, tuple[float, list[str]]] = {}
    for path, node in reversed(order):
        whole = _ONE_PATHSPEC + _ALL_FILES * weights.get(path, 0) / files
        parts = [best.pop(f"{path}/{name}" if path else name) for name in node.below]
        apart = sum(cost for cost, _ in parts)
        if path and (node.asked or whole <= apart):
            best[path] = (whole, [path])
        else:
            best[path] = (apart, [each for _, chosen in parts for each in chosen])
    return best[""]
