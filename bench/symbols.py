"""What it costs to index the symbols of 5,000 Python files, against one ``ast.parse`` of each; run by hand: ``python bench/symbols.py``.

The files are the standard library's, over and over until there are enough of them, or those below a directory that is named. They are read
beforehand, and nothing is kept from one to the next. The runs alternate, so that a machine which slows down does so for both; medians are
compared.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import statistics
import sysconfig
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from doclint.repo.facts import Unknown
from doclint.repo.symbols import symbols


def main() -> None:
    """Measure, and print what was measured."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("directory", nargs="?", default=sysconfig.get_path("stdlib"), help="take the Python files below it")
    options.add_argument("--files", type=int, default=5_000, help="how many files there are (default 5000)")
    options.add_argument("--runs", type=int, default=3, help="how often each is run (default 3)")
    chosen = options.parse_args()
    read = [path.read_bytes() for path in sorted(Path(chosen.directory).rglob("*.py"))]
    readable = [data for data in read if not isinstance(symbols("module.py", data), Unknown)]
    if not readable:
        raise SystemExit(f"no Python file that parses is below {chosen.directory}")
    files = list(itertools.islice(itertools.cycle(readable), chosen.files))
    trees, indexes = [], []
    for _ in range(chosen.runs):
        trees.append(_cost(_parse, files))
        indexes.append(_cost(_index, files))
    tree, index = statistics.median(trees), statistics.median(indexes)
    print(
        f"{len(files)} files ({len(readable)} different ones), {sum(map(len, files)) / 1e6:.1f} MB, {chosen.runs} runs each, processor time"
    )
    print(f"  ast.parse                {tree:8.3f} s")
    print(f"  doclint's symbol index   {index:8.3f} s, {index / tree:.2f} of it")


def _parse(data: bytes) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(data)


def _index(data: bytes) -> object:
    found = symbols("module.py", data)
    assert not isinstance(found, Unknown | None)
    return list(found)


def _cost(what: Callable[[bytes], object], files: list[bytes]) -> float:
    before = time.process_time()
    for data in files:
        what(data)
    return time.process_time() - before


if __name__ == "__main__":
    main()
