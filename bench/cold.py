"""What doclint costs when nothing is cached, against what cannot be had for less; run by hand: ``python bench/cold.py``.

- One document of 300 lines, checked by a new process, against ``python -c pass``.
- 500 documents, checked by a new process, against one process that parses them all with markdown-it-py and does nothing else.

The documents are generated, alike on every machine, and committed with the files that they name. The runs alternate, so that a machine
which slows down does so for both; the medians and their ratios are printed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence

from doclint.repo import building

_LINES = 300
_DAY = 20
_PARSE = """
import pathlib, sys
from markdown_it import MarkdownIt
parser = MarkdownIt("commonmark").enable("table")
for path in pathlib.Path(sys.argv[1]).rglob("*.md"):
    parser.parse(path.read_text(encoding="utf-8"))
"""


def main() -> None:
    """Measure, and print what was measured."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=11, help="how often the single document is checked (default 11)")
    options.add_argument("--documents", type=int, default=500, help="how many documents the large repository has (default 500)")
    options.add_argument("--runs-of-all", type=int, default=5, help="how often all of them are checked (default 5)")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="doclint-bench-") as room:
        one, many = os.path.join(room, "one"), os.path.join(room, "many")
        _build(one, 1)
        _build(many, chosen.documents)
        check = [sys.executable, "-m", "doclint", "check", "--exit-zero", "--color", "never"]
        _compare(
            f"one document of {_LINES} lines",
            ("doclint check", [*check, "-C", one]),
            ("python -c pass", [sys.executable, "-c", "pass"]),
            chosen.runs,
        )
        _compare(
            f"{chosen.documents} documents of {_LINES} lines",
            ("doclint check", [*check, "-C", many]),
            ("markdown-it-py, parsing alone", [sys.executable, "-c", _PARSE, many]),
            chosen.runs_of_all,
        )


def _compare(what: str, subject: tuple[str, Sequence[str]], measure: tuple[str, Sequence[str]], runs: int) -> None:
    taken: dict[str, list[float]] = {}
    for name, command in (subject, measure):
        _seconds(command)  # the first run fills the system's file cache and writes byte code
        taken[name] = []
    for _ in range(runs):
        for name, command in (subject, measure):
            taken[name].append(_seconds(command))
    print(f"{what}, {runs} runs each")
    for name, seconds in taken.items():
        print(f"  {name:30} {statistics.median(seconds) * 1000:9.1f} ms  (from {min(seconds) * 1000:.1f} to {max(seconds) * 1000:.1f})")
    print(f"  {'ratio of the medians':30} {statistics.median(taken[subject[0]]) / statistics.median(taken[measure[0]]):9.2f}")


def _seconds(command: Sequence[str]) -> float:
    # Byte code is written once where doclint is installed; without it each run would measure Python's compiler.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment)  # noqa: S603 (the commands above, and no others)
    return time.perf_counter() - start


def _build(directory: str, documents: int) -> None:
    """A repository of so many progress trackers, and of the modules that they name."""
    texts = {f"teams/team-{number:03}/PROGRESS.md": "".join(_document(number)) for number in range(documents)}
    modules = [f"src/team_{number:03}/step_{step}.py" for number in range(documents) for step in range(1, 4)]
    building.build({"files": modules}, directory, texts)


def _document(number: int) -> Iterator[str]:
    """A tracker of about ``_LINES`` lines: fields, a board, and phases of boxes with paths, links and dates."""
    lines = [
        f"# Team {number}: Progress Tracker",
        "",
        "**Last updated:** 2026-01-01",
        "**Current phase:** Phase 3",
        "",
        "## Board",
        "",
        "| Phase | Status | Files |",
        "|-------|--------|-------|",
        *(
            f"| Phase {phase} | {'DONE' if phase < 3 else 'IN PROGRESS'} | `src/team_{number:03}/step_{min(phase, 3)}.py` |"
            for phase in range(1, 6)
        ),
        "",
    ]
    phase = 0
    while len(lines) < _LINES - _DAY:
        phase += 1
        state = "COMPLETE" if phase < 3 else "IN PROGRESS"
        mark = "x" if phase < 3 else " "
        lines += [
            f"## Phase {phase}: what is done in part {phase} — {state}",
            "",
            f"What part {phase} is about, *in short*, and [why](PROGRESS.md).",
            "",
        ]
        lines += [
            f"- [{mark}] Settle point {point} of `src/team_{number:03}/step_{point % 3 + 1}.py`, as **agreed** on 2025-12-{point + 1:02}"
            for point in range(_DAY - 6)
        ]
        lines.append("")
    lines += ["## Notes", "", *(f"Line {count} of what was said." for count in range(_LINES - len(lines) - 2))]
    yield from (line + "\n" for line in lines)


if __name__ == "__main__":
    main()
