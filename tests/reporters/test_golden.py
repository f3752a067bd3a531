"""Every format, whole, of one report. ``python -m tests.reporters.test_golden`` writes what is expected anew: read what has changed."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from doclint import __version__
from doclint.report import Presentation
from doclint.reporters import formats
from tests.reporters.sample import FULL, WEB

GOLDEN = Path(__file__).parent / "golden"


def _rendered(format: str) -> str:
    text: str = import_module(f"doclint.reporters.{format}").render(FULL, Presentation(web=WEB))
    text = text.replace(f'"{__version__}"', '"VERSION"')
    # Who reads what has changed in it needs more than one line.
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n" if format == "sarif" else text


@pytest.mark.parametrize("format", formats())
def test_the_whole_report(format: str) -> None:
    assert _rendered(format) == (GOLDEN / format).read_bytes().decode()


def test_nothing_else_is_expected() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == formats()


if __name__ == "__main__":
    for name in formats():
        (GOLDEN / name).write_bytes(_rendered(name).encode())
