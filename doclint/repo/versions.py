"""The contents that a file has had, followed back through its renames."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from doclint.repo.facts import Commit, Unknown, Version
from doclint.repo.history import MOST_MOVES, Move, Step


class Lives(NamedTuple):
    """Where versions are looked up.

    ``steps`` gives those of each path in the tree's own history, ``origins`` where the content of each path came from that a commit added,
    ``reach`` the commits that one reaches.
    """

    steps: Callable[[Iterable[str]], Mapping[str, Sequence[Step]]]
    origins: Callable[[Iterable[tuple[str, Commit]]], Mapping[tuple[str, str], Move | Unknown | None]]
    reach: Callable[[Commit], Container[str]]


class _Life(NamedTuple):
    """What ``asked`` was called in a stretch of history: ``path``, in the commits of ``within`` (None: in all)."""

    asked: str
    path: str
    within: Container[str] | None


def follow(asked: Sequence[str], lives: Lives) -> dict[str, Sequence[Version] | Unknown]:
    """The versions of each path, newest first. Raises GitError where Git fails.

    Of a former name, only what the rename's commit reaches counts: the name may have been given to another file since.
    """
    found: dict[str, dict[int, Version]] = {path: {} for path in asked}
    unknown: dict[str, Unknown] = {}
    pending = [_Life(path, path, None) for path in asked]
    been: set[tuple[str, str, str]] = set()
    for _ in range(MOST_MOVES):
        if not pending:
            break
        steps = lives.steps({life.path for life in pending})
        arrivals: list[tuple[_Life, Commit]] = []
        for life in pending:
            for step in steps.get(life.path, ()):
                if life.within is not None and step.commit.id not in life.within:
                    continue
                found[life.asked].setdefault(step.place, Version(step.commit, life.path, step.blob))
                if step.added and step.commit.parents and (life.asked, life.path, step.commit.id) not in been:
                    been.add((life.asked, life.path, step.commit.id))
                    arrivals.append((life, step.commit))
        origins = lives.origins({(life.path, commit) for life, commit in arrivals})
        pending = []
        for life, commit in arrivals:
            origin = origins[life.path, commit.id]
            if isinstance(origin, Unknown):
                unknown[life.asked] = origin
            elif origin is not None:
                pending.append(_Life(life.asked, origin.path, lives.reach(commit)))
    return {path: unknown.get(path) or [version for _, version in sorted(found[path].items())] for path in asked}
