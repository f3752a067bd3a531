"""What doclint's questions cost in a long history, against one full ``git log --name-only``; run by hand: ``python bench/facts.py``.

A repository of 20,000 commits is generated, alike on every machine: branches that are merged, squashed or left open, files that move
and go, a coordination hub and progress trackers that name paths, branches and pull requests. All rules are run on its documents. Printed
are the Git processes of a run, their processor time, and that of all of doclint, as shares of the log's. ``--repo`` measures a repository
that exists instead.

The runs alternate, so that a machine which slows down does so for both; medians are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BRANCH = 6
_OPEN = 12
_NAMED = 40
_PARTS = ("src/load", "src/model", "lib/board", "tests/load", "services/api/store")
_MARK = "Git processes: "
# Runs doclint, and says what its Git processes cost. doclint leaves by the short way, which runs no clean-up.
_RUN = f"""
import os, resource, runpy, sys
leave = os._exit
def report(status):
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    os.write(2, f"{_MARK}{{used.ru_utime + used.ru_stime}}".encode())
    leave(status)
os._exit = report
try:
    runpy.run_module("doclint", run_name="__main__", alter_sys=True)
except SystemExit as end:
    report(end.code or 0)
"""


class Cost(NamedTuple):
    """The processor time of a run: all of it, and that of the Git processes within."""

    whole: float
    git: float


def main() -> None:
    """Measure, and print what was measured."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--commits", type=int, default=20_000, help="how long the history is (default 20000)")
    options.add_argument("--scattered", action="store_true", help="let each tracker name files of all parts, not of its own")
    options.add_argument("--runs", type=int, default=5, help="how often each is run (default 5)")
    options.add_argument("--repo", help="measure this repository, as of its HEAD, instead")
    options.add_argument("--keep", help="make the repository in this directory, and leave it there")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="doclint-bench-") as room:
        where = chosen.repo or chosen.keep or os.path.join(room, "repo")
        if not chosen.repo and not os.path.exists(where):
            _generate(where, chosen.commits, scattered=chosen.scattered)
        rev = ["--rev", "HEAD"] if chosen.repo else []
        _compare(where, rev, room, chosen.runs)


def _compare(where: str, rev: Sequence[str], room: str, runs: int) -> None:
    check = [sys.executable, "-c", _RUN, "-C", where, "check", *rev, "--exit-zero", "--color", "never", "--no-config"]
    log = ["git", "-C", where, "--no-pager", "log", "--name-only"]
    logs, checks = [], []
    for number in range(runs + 1):
        full, cost = _cost(log), _cost(check)
        # The first run fills the system's file cache and writes byte code.
        if number:
            logs.append(full.whole)
            checks.append(cost)
    # doclint hands none of Git's variables on, but leaves the user's configuration in force.
    with open(os.path.join(room, ".gitconfig"), "w", encoding="utf-8") as file:
        file.write(f"[trace2]\n\teventTarget = {room}/trace\n")
    os.mkdir(os.path.join(room, "trace"))
    _cost(check, HOME=room, XDG_CONFIG_HOME=room)
    commands = Counter(_verbs(os.path.join(room, "trace")))
    full_log = statistics.median(logs)
    of_git, of_all = statistics.median(cost.git for cost in checks), statistics.median(cost.whole for cost in checks)
    print(f"{where}: {runs} runs each, processor time")
    print(f"  git log --name-only               {full_log:8.3f} s")
    print(f"  doclint check, its Git processes  {of_git:8.3f} s, {of_git / full_log:.2f} of the log's")
    print(f"  doclint check, all of it          {of_all:8.3f} s, {of_all / full_log:.2f} of the log's")
    named = ", ".join(f"{verb} {count}" for verb, count in sorted(commands.items()))
    print(f"  {commands.total() - commands['blame']} Git processes besides blame ({named})")


def _cost(command: Sequence[str], **variables: str) -> Cost:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("GIT_")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, check=True, env={**environment, **variables})  # noqa: S603 (the commands above)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = done.stderr.decode().rpartition(_MARK)[2]
    return Cost(whole, float(said) if _MARK.encode() in done.stderr else 0.0)


def _verbs(trace: str) -> Iterator[str]:
    """The command of each Git process, from its own trace."""
    for name in os.listdir(trace):
        with open(os.path.join(trace, name), encoding="utf-8", errors="replace") as file:
            yield next((event["name"] for event in map(json.loads, file) if event["event"] == "cmd_name"), "git")


def _generate(directory: str, commits: int, *, scattered: bool) -> None:
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", directory], check=True)  # noqa: S603, S607
    with subprocess.Popen(["git", "-C", directory, "fast-import", "--quiet"], stdin=subprocess.PIPE) as importing:  # noqa: S603, S607
        assert importing.stdin is not None
        for part in _History(commits, scattered=scattered).stream():
            importing.stdin.write(part)
        importing.stdin.close()
        if importing.wait():
            raise SystemExit("git fast-import failed")
    subprocess.run(["git", "-C", directory, "reset", "--quiet", "--hard"], check=True)  # noqa: S603, S607
    subprocess.run(["git", "-C", directory, "gc", "--quiet"], check=True)  # noqa: S603, S607


class _History:
    """A made-up history: a base that branches of some commits part from and land in."""

    def __init__(self, commits: int, *, scattered: bool) -> None:
        self._commits = commits
        self._scattered = scattered
        self._chance = random.Random(20_000)  # noqa: S311 (the same history each time)
        self._files = [
            f"{top}/{part}/{kind}_{number}.py"
            for top in ("src", "lib", "tests", "services/api", "services/web", "docs/notes")
            for part in (
                "load",
                "clean",
                "model",
                "board",
                "report",
                "store",
                "queue",
                "users",
                "search",
                "mail",
                "auth",
                "admin",
                "sync",
                "plan",
                "bill",
            )
            for kind in ("read", "write", "check", "show")
            for number in range(36)
        ]
        self._gone: list[str] = []
        self._moved: list[str] = []
        self._texts: dict[str, list[str]] = {}
        self._refs: dict[str, str] = {}
        self._mark = 0
        self._time = 1_600_000_000

    def stream(self) -> Iterator[bytes]:
        """The history, as ``git fast-import`` reads it."""
        yield from self._commit("main", "Start", [], [(path, self._text(path)) for path in self._files])
        number = 0
        while self._mark < self._commits - 1:
            number += 1
            yield from self._branch(number)
        tips = {name: mark for name, mark in self._refs.items() if name != "main"}
        yield from self._commit("main", "Write down where we stand", [self._refs["main"]], list(self._documents(number)))
        for name, mark in tips.items():
            yield f"reset refs/heads/{name}\nfrom {mark}\n\n".encode()
        yield f"reset refs/heads/main\nfrom {self._refs['main']}\n\n".encode()
        yield b"reset refs/bench/building\nfrom 0000000000000000000000000000000000000000\n\n"

    def _branch(self, number: int) -> Iterator[bytes]:
        name, fork = f"feature/part-{number}", self._refs["main"]
        at = fork
        changed: dict[str, str] = {}
        for step in range(self._chance.randrange(1, _BRANCH)):
            changes = {path: self._text(path) for path in self._chance.sample(self._files, self._chance.randrange(1, 8))}
            changed |= changes
            yield from self._commit(name, f"Work on part {number}, step {step}", [at], list(changes.items()))
            at = self._refs[name]
        if self._chance.random() < 0.5:
            path = self._chance.choice(self._files)
            yield from self._commit("main", f"Mend {path}", [fork], [(path, self._text(path))] if path not in changed else [])
        if number % 10 == 0:
            yield from self._commit("main", f"Tidy up after part {number}", [self._refs["main"]], self._tidied())
        how = number % 20
        if self._mark > self._commits - _OPEN * _BRANCH:
            return
        if how == 0:
            yield from self._commit("main", f"Land part {number} (#{number})", [self._refs["main"]], list(changed.items()))
        elif how == 1:
            yield from self._commit("main", f"All of part {number}", [self._refs["main"]], list(changed.items()))
        else:
            subject = f"Merge pull request #{number} from team/{name}" if how % 2 else f"Merge branch '{name}'"
            yield from self._commit("main", subject, [self._refs["main"], at], list(changed.items()))
        if how > 2 and how != 7:
            del self._refs[name]

    def _tidied(self) -> list[tuple[str, str | None]]:
        """Some file is moved, another deleted, a new one written."""
        moved, dropped = self._chance.sample(self._files, 2)
        self._files = [path for path in self._files if path not in (moved, dropped)]
        directory = moved.rpartition("/")[0]
        target, new = f"{directory}/moved_{self._mark}.py", f"{directory}/new_{self._mark}.py"
        self._files += [target, new]
        self._moved.append(moved)
        self._gone.append(dropped)
        self._texts[target] = self._texts.pop(moved)
        text = "".join(self._texts[target])
        return [(moved, None), (dropped, None), (target, text + "a line more\n"), (new, self._text(new))]

    def _text(self, path: str) -> str:
        lines = self._texts.setdefault(path, [f"{path} {line}\n" for line in range(40)])
        place = self._chance.randrange(len(lines))
        lines[place] = f"{path} {place} {self._mark} {self._chance.randrange(10**6)}\n"
        return "".join(lines)

    def _commit(self, branch: str, subject: str, parents: Sequence[str], changes: Sequence[tuple[str, str | None]]) -> Iterator[bytes]:
        self._mark += 1
        self._time += 3600
        head = "" if parents else "reset refs/bench/building\n\n"
        head += f"commit refs/bench/building\nmark :{self._mark}\ncommitter bench <bench@example.invalid> {self._time} +0000\n"
        yield (head + f"data {len(subject)}\n{subject}\n").encode()
        for number, parent in enumerate(parents):
            yield f"{'merge' if number else 'from'} {parent}\n".encode()
        for path, text in changes:
            if text is None:
                yield f"D {path}\n".encode()
            else:
                yield f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n".encode()
        self._refs[branch] = f":{self._mark}"

    def _documents(self, branches: int) -> Iterator[tuple[str, str]]:
        """A hub that names branches and pull requests, and trackers whose files are there, or moved, or went, or never were."""
        first = max(1, branches - 400)
        named = [path for path in self._files if self._scattered or path.startswith(_PARTS)]
        states = ("IN PROGRESS", "DONE", "NOT STARTED")
        lanes = [
            f"| Lane {lane} | `feature/part-{number}` | {states[lane % 3]} | `{self._chance.choice(named)}` |"
            for lane, number in enumerate(range(first, branches, 10))
        ]
        pulls = [f"- PR #{number} is open" for number in range(first, branches, 25)]
        yield "COORDINATION.md", "\n".join(
            ["# Coordination Hub", "", "**Last updated:** 2022-01-01", "", "| Lane | Branch | Status | Files |", "|---|---|---|---|",
             *lanes, "", "## Pull requests", "", *pulls, ""]
        )  # fmt: skip
        for tracker, part in enumerate(("",) * len(_PARTS) if self._scattered else _PARTS):
            boxes = []
            for line in range(_NAMED):
                pool = self._gone if line % 10 == 1 else self._moved if line % 10 == 2 else self._files
                own = [path for path in pool if path.startswith(part)] or [path for path in self._files if path.startswith(part)]
                chosen = self._chance.choice(own)
                path = f"{part or 'src'}/never/there_{line}.py" if line % 10 == 3 else chosen
                boxes.append(f"- [{' x'[line % 2]}] Create `{path.rpartition('/')[2] if line % 10 == 4 else path}`")
            yield f"teams/{tracker}/PROGRESS.md", "\n".join(
                ["# Progress Tracker", "", "**Last updated:** 2022-01-01", "", "## Phase 1 — COMPLETE", "", *boxes, "",
                 "## Phase 2 — IN PROGRESS", "", f"Read [the hub](../../COORDINATION.md) and `{self._chance.choice(named)}`.", ""]
            )  # fmt: skip


if __name__ == "__main__":
    main()
