"""CT013: dependency tables against the manifests that they name."""

from __future__ import annotations

import pytest

from doclint.checks import dependencies
from tests.checks.running import proofs, told

FILES = {"files": {"requirements.txt": "polars\n", "requirements-dev.txt": "pytest\n", "a/package.json": "{}", "b/package.json": "{}"}}


def table(package: str, location: str) -> str:
    return f"# Hub\n\n| Package | Needed by | Location |\n| --- | --- | --- |\n| {package} | x | {location} |\n"


def test_a_package_that_is_not_there() -> None:
    text = table("`polars`, `pytest`", "`requirements.txt`")
    assert told(dependencies, text, FILES) == ["5:14 `pytest` is not listed in `requirements.txt`"]
    assert proofs(dependencies, text, FILES) == [["no manifest beside it lists it"]]


def test_a_package_that_another_row_has_read_elsewhere() -> None:
    text = table("`pytest`", "`requirements-dev.txt`") + "| `pytest` | x | `requirements.txt` |\n"
    assert proofs(dependencies, text, FILES) == [["it is listed in `requirements-dev.txt`"]]


@pytest.mark.parametrize(
    ("package", "location"),
    [
        ("`polars`", "`requirements.txt`"),
        ("Polars", "`requirements.txt`"),
        ("polars 1.9", "`requirements.txt`"),
        ("`pytest`", "`requirements.txt`, `requirements-dev.txt`"),
        ("`pytest`", "the image"),
        ("`pytest`", "`requirements-old.txt`"),
        ("`pytest`", "`src/x.py`"),
        ("a database", "`requirements.txt`"),
        ("PostgreSQL 16", "`requirements.txt`"),
        ("", "`requirements.txt`"),
        ("—", "`requirements.txt`"),
    ],
)
def test_rows_that_are_right_or_say_nothing(package: str, location: str) -> None:
    assert told(dependencies, table(package, location), FILES) == []


def test_several_manifests_of_one_name_are_undecided() -> None:
    assert told(dependencies, table("`x`", "`package.json`"), FILES) == ["5:4 ? several files may be `package.json`"]


def test_past_tables_are_records() -> None:
    text = (
        "# Hub\n\n## Session log\n\n### 2026-02-01\n\n" + table("`x`", "`requirements.txt`").split("\n\n", 1)[1] + "\n### 2026-02-02\n\nx\n"
    )
    assert told(dependencies, text, FILES) == []
