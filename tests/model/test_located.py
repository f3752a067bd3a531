"""The JSON projection: derived from the classes, with the place of every value."""

from __future__ import annotations

import json
from collections.abc import Mapping

from doclint.model.located import Array, locate, view
from doclint.text import Span
from tests.model.reading import read

TEXT = "# Hub\n\n## Lane A: Loader\n\n- **Status:** Done\n- [x] Load `src/load.py`\n"


def test_the_value_is_json_with_places() -> None:
    value = locate(read(TEXT)).value
    assert json.loads(json.dumps(value)) == value
    assert value["path"] == "STATUS.md"
    assert {key: value["units"][0][key] for key in ("line", "column", "span", "kind", "id", "name", "depends-on")} == {
        "line": 3,
        "column": 4,
        "span": [10, 16],
        "kind": "lane",
        "id": "A",
        "name": "Lane A",
        "depends-on": [],
    }
    assert value["units"][0]["statements"][0]["status"]["state"] == "done"
    assert value["items"][0]["text"]["value"] == "Load src/load.py"
    assert "source" not in value
    assert "root" not in value


def test_a_pointer_leads_to_its_place_or_to_the_nearest_around_it() -> None:
    document = read(TEXT)
    located = locate(document)
    assert located.span("/units/0") == document.units[0].span
    assert located.span("/fields/0/value") == document.fields[0].value.span
    assert located.span("/units/0/name") == document.units[0].span
    assert located.span("/no/such/place") == located.span("") == Span(0, 5)


def test_columns_count_code_points_and_dates_are_iso() -> None:
    value = locate(read("# Log\n\n😀 é `a.py`\n\n## 2026-02-03 — x\n\n## 2026-02-04 — y\n")).value
    assert (value["references"][0]["line"], value["references"][0]["column"]) == (3, 6)
    assert [entry["date"] for entry in value["entries"]] == ["2026-02-03", "2026-02-04"]


def test_an_undecodable_path_is_printable() -> None:
    assert locate(read("", path="b\udcff.md")).value["path"] == "b\\xff.md"


def made(value: object) -> object:
    """All that a view holds, read to the end."""
    if isinstance(value, Mapping):
        return {key: made(part) for key, part in value.items()}
    return list(map(made, value)) if isinstance(value, Array) else value


def test_a_view_says_what_the_whole_projection_says() -> None:
    document = read(TEXT + "\n## 2026-02-03 — x\n\n| Lane | Status |\n|---|---|\n| A | done |\n")
    seen = view(document)
    assert made(seen) == locate(document).value
    assert list(seen) == list(locate(document).value)
    assert seen["items"][-1]["marker"] == "box"
    assert [made(section) for section in seen["sections"][1:]] == locate(document).value["sections"][1:]
