"""What the wheel holds: the code, and every file that it cannot do without."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from tests.outside import ROOT, publish, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    pytest.importorskip("pip")
    place = tmp_path_factory.mktemp("published")
    publish(place)
    done = run(place, sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "wheels", ".")
    assert done.returncode == 0, done.stdout
    (built,) = (place / "wheels").glob("doclint-*-py3-none-any.whl")
    return set(zipfile.ZipFile(built).namelist())


def _files(folder: str) -> set[str]:
    paths = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in paths}


@pytest.mark.parametrize("folder", ["rules", "schemas"])
def test_what_stands_beside_the_code_is_carried_inside(wheel: set[str], folder: str) -> None:
    assert {f"doclint/{name}" for name in _files(folder)} <= wheel


def test_code_and_data(wheel: set[str]) -> None:
    assert _files("doclint") <= wheel
    assert {"doclint/index.json", "doclint/py.typed", "doclint/sample/repository.yaml"} <= wheel


def test_nothing_else(wheel: set[str]) -> None:
    assert {name.split("/")[0].partition("-")[0] for name in wheel} == {"doclint"}
    (licence,) = (Path(name) for name in wheel if name.endswith("/LICENSE"))
    assert licence.parts[0].endswith(".dist-info")
