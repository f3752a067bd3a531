"""RF009: names that do not stand in the file they are said to be in."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import symbols
from tests.checks.running import told

FILES: dict[str, Any] = {
    "files": {
        "src/load.py": "class Reader(Base):\n    pass\n\n\ndef load_all_rows(): ...\n",
        "src/rows.ts": "export const rows = 1\n",
        "a/x.py": "",
        "b/x.py": "",
        "pack.json": "{}",
    }
}


@pytest.mark.parametrize(
    ("token", "message"),
    [
        ("src/load.py::load_rows", "`src/load.py` does not define `load_rows`; did you mean `load_all_rows`?"),
        ("src/load.py:load_rows()", "`src/load.py` does not define `load_rows`; did you mean `load_all_rows`?"),
        ("src/load.py#Writer", "`src/load.py` does not define `Writer`"),
        ("load.py::Writer::write", "`src/load.py` does not define `Writer.write`"),
        ("src/rows.ts#columns", "`src/rows.ts` does not define `columns`"),
    ],
)
def test_a_name_that_stands_nowhere(token: str, message: str) -> None:
    assert told(symbols, f"`{token}` reads.\n", FILES) == [f"1:2 {message}"]


@pytest.mark.parametrize(
    "line",
    [
        "`src/load.py::load_all_rows` reads.",
        "`src/load.py::Reader.next` reads.",
        "`src/load.py::Base` reads.",
        "`load_rows()` reads.",
        "`x.py::rows` reads.",
        "`src/gone.py::rows` reads.",
        "`pack.json:scripts` reads.",
        "- [ ] Add `src/load.py::write`",
        "# Log\n\n## 2026-02-05\n\n`src/load.py::write` was added.",
    ],
)
def test_a_name_that_is_there_or_not_judged(line: str) -> None:
    assert told(symbols, f"{line}\n", FILES) == []
