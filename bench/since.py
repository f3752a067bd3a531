"""Whether ``--since`` tells what two whole checks tell, and what it costs; run by hand: ``python bench/since.py REPOSITORY…``.

In each repository (bare or not) pairs of commits are chosen, alike on every machine: a commit of the project's busy days that
touched Markdown with the one before it, with the 5th and the 20th before it, and the two sides of the newest merges. For each pair the
findings of ``check --rev HEAD`` that ``check --rev BASE`` has not (the same fingerprint, at the same path or where Git says that it was
renamed to) are compared with what ``check --rev HEAD --since BASE`` tells. Each difference is explained by what can be seen in the
reports, or is told as not explained:

- ``range``: the rule finds it in the changes themselves, so that no check of a single commit can;
- ``open``: the rule could not decide about that line at the base, and ``--since`` leaves the question open;
- ``count``: the same rule had found something in a line of the same words at the base, and the fingerprints count it otherwise.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_BACK = (1, 5, 20)


class Pair(NamedTuple):
    """Two commits to compare, and how they were chosen."""

    repository: str
    kind: str
    base: str
    head: str


class Seen(NamedTuple):
    """A finding as it can be compared: ``line`` is the text of its line."""

    path: str
    fingerprint: str
    code: str
    line: str


def main() -> None:
    """Compare, and print a table, the differences and the ratio of the costs."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("repositories", nargs="+", metavar="REPOSITORY")
    options.add_argument("--pairs", type=int, default=50, help="how many pairs at most (default 50)")
    options.add_argument("--merges", type=int, default=1, help="how many merges of each repository (default 1)")
    options.add_argument("--today", default="2026-01-01", help="the day to judge by")
    options.add_argument("--strict", action="store_true", help="with every rule, so that there is more to compare")
    chosen = options.parse_args()
    judging = ["--today", chosen.today, *(["--strict"] if chosen.strict else [])]
    print("| repository | range | head | base | new by two checks | new by --since | differences | ratio | causes |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    ratios: list[float] = []
    reasons: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    done = 0
    for pair in _pairs(chosen.repositories, chosen.merges):
        if done == chosen.pairs:
            break
        done += 1
        head, seconds = _check(pair, judging, "--rev", pair.head)
        told, more = _check(pair, judging, "--rev", pair.head, "--since", pair.base)
        fork = _git(pair.repository, "merge-base", pair.base, pair.head).strip()
        base, _ = _check(pair, judging, "--rev", fork, "--base", pair.base)
        names = _renamed(pair.repository, fork, pair.head)
        lines = _Lines(pair.repository)
        now, then = _seen(head, lines, pair.head), [one._replace(path=names.get(one.path, one.path)) for one in _seen(base, lines, fork)]
        expected = _less(now, then)
        found = _seen(told, lines, pair.head)
        differences = _explained(_less(found, expected), _less(expected, found), head, base, lines, fork, then, names)
        reasons.update(differences.keys() and Counter({reason: len(ones) for reason, ones in differences.items()}))
        ratios.append(more / seconds)
        for finding in told["findings"]:
            causes.update(["none" if not finding.get("causes") else finding["causes"][0]["kind"]])
        known = sum(1 for finding in told["findings"] if finding.get("causes"))
        said = ", ".join(f"{reason} {len(ones)}" for reason, ones in sorted(differences.items())) or "none"
        name = pair.repository.rstrip("/").removesuffix("/repo").rpartition("/")[2]
        print(
            f"| {name} | {pair.kind} | {pair.head[:7]} | {pair.base[:7]} | {len(expected)} | {len(found)} | {said} | {ratios[-1]:.2f} "
            f"| {known} of {len(found)} |",
            flush=True,
        )
        for one in differences.get("NOT EXPLAINED", ()):
            print(f"    NOT EXPLAINED {one.code} {one.path}: {one.line[:120]}", flush=True)
    if not ratios:
        sys.exit("no pairs were found")
    print(f"\n{done} pairs; differences: {dict(reasons) or 'none'}; kinds of first causes: {dict(causes) or 'none'}")
    print(f"--since against one check: median {statistics.median(ratios):.2f}, most {max(ratios):.2f}")


def _pairs(repositories: Sequence[str], merges: int) -> Iterator[Pair]:
    """One kind after the other in each repository; the repositories in turn, so that few pairs come from many."""
    waiting = [_of(repository, merges) for repository in repositories]
    while waiting:
        left = []
        for pairs in waiting:
            pair = next(pairs, None)
            if pair is not None:
                yield pair
                left.append(pairs)
        waiting = left


def _of(repository: str, merges: int) -> Iterator[Pair]:
    touching = _git(repository, "rev-list", "--all", "--no-merges", "--", "*.md").split()
    if not touching:
        return
    # A finished project's last commits change little.
    head = touching[len(touching) // 3]
    for back in _BACK:
        base = _git(repository, "rev-parse", "-q", "--verify", f"{head}~{back}^{{commit}}", ok=(0, 1, 128)).strip()
        if base:
            yield Pair(repository, f"{back} commits", base, head)
    for line in _git(repository, "rev-list", f"-{merges}", "--merges", "--parents", "--all").splitlines():
        _, one, other, *_ = line.split()
        if _git(repository, "merge-base", one, other, ok=(0, 1)).strip() not in ("", other):
            yield Pair(repository, "side branch", one, other)


class _Lines:
    """The lines of documents at commits."""

    def __init__(self, repository: str) -> None:
        self._repository = repository
        self._read: dict[tuple[str, str], list[str]] = {}

    def of(self, commit: str, path: str, number: int) -> str:
        key = commit, path
        if key not in self._read:
            self._read[key] = _git(self._repository, "show", f"{commit}:{path}", ok=(0, 128)).replace("\r\n", "\n").split("\n")
        lines = self._read[key]
        return " ".join(lines[number - 1].split()) if number <= len(lines) else ""


def _seen(report: Any, lines: _Lines, commit: str) -> list[Seen]:
    return [
        Seen(one["path"], one["fingerprint"], one["code"], lines.of(commit, one["path"], one["line"]))
        for one in report["findings"]
    ]  # fmt: skip


def _less(ones: Sequence[Seen], others: Sequence[Seen]) -> list[Seen]:
    """The ``ones`` that are not among the ``others``, each of which answers for one."""
    answers = Counter((other.path, other.fingerprint) for other in others)
    left = []
    for one in ones:
        if answers[one.path, one.fingerprint]:
            answers[one.path, one.fingerprint] -= 1
        else:
            left.append(one)
    return left


def _explained(
    extra: Sequence[Seen],
    lacking: Sequence[Seen],
    head: Any,
    base: Any,
    lines: _Lines,
    fork: str,
    then: Sequence[Seen],
    names: dict[str, str],
) -> dict[str, list[Seen]]:
    plain = {(one["path"], one["fingerprint"]) for one in head["findings"]}
    open_ = {(names.get(one["path"], one["path"]), one["code"], lines.of(fork, one["path"], one["line"])) for one in base["undecided"]}
    alike = {(one.path, one.code, one.line) for one in (*then, *extra)}
    swapped = {(one.path, one.code, one.line) for one in lacking}
    found: dict[str, list[Seen]] = {}
    for one in extra:
        counted = "count" if (one.path, one.code, one.line) in swapped else "NOT EXPLAINED"
        found.setdefault("range" if (one.path, one.fingerprint) not in plain else counted, []).append(one)
    for one in lacking:
        key = one.path, one.code, one.line
        found.setdefault("open" if key in open_ else "count" if key in alike else "NOT EXPLAINED", []).append(one)
    return found


def _renamed(repository: str, base: str, head: str) -> dict[str, str]:
    output = _git(repository, "diff-tree", "-r", "-z", "-M50%", "-l0", "--diff-filter=R", "--name-status", base, head)
    parts = output.split("\0")[:-1]
    return dict(zip(parts[1::3], parts[2::3], strict=True))


def _check(pair: Pair, judging: Sequence[str], *arguments: str) -> tuple[Any, float]:
    command = [sys.executable, "-m", "doclint", "-C", pair.repository, "check", "--no-config", *judging, "--format", "json"]
    start = time.perf_counter()
    done = subprocess.run([*command, *arguments], capture_output=True, check=False)  # noqa: S603 (the command above)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)} in {pair.repository} ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')}")
    return json.loads(done.stdout), seconds


def _git(repository: str, *arguments: str, ok: Sequence[int] = (0,)) -> str:
    done = subprocess.run(["git", "-C", repository, *arguments], capture_output=True, check=False)  # noqa: S603, S607
    if done.returncode not in ok:
        sys.exit(f"git {' '.join(arguments)} in {repository}: {done.stderr.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""


if __name__ == "__main__":
    main()
