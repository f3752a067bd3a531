"""ST013: claims that have run out."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import expired
from doclint.model.document import Lifecycle
from tests.checks.running import proofs, told
from tests.model.reading import read


def run(text: str, **rest: Any) -> list[str]:
    return told(expired, text, **rest)


def test_a_list_of_claims() -> None:
    text = "# B\n\n## Active Claims\n\n- **a.py** - s1 (expires 2026-02-12T18:00Z)\n- **b.py** - s2 until 2026-02-13\n"
    text += "- c.py until 2027-01-01\n"
    assert run(text) == ["5:26 the claim on `a.py` expired on `2026-02-12`", "6:23 the claim on `b.py` expired on `2026-02-13`"]
    assert proofs(expired, text) == [["today is 2026-03-01"], ["today is 2026-03-01"]]


def test_the_documents_own_last_update_is_the_better_proof() -> None:
    text = "# B\n\n**Last updated:** 2026-02-20\n\n## Locks\n\n- a.py: expires 2026-02-12\n- b.py: expires 2026-02-25\n"
    assert run(text) == [
        "7:17 the claim on `a.py` expired on `2026-02-12`, before the last update",
        "8:17 the claim on `b.py` expired on `2026-02-25`",
    ]
    assert proofs(expired, text) == [["last updated `2026-02-20`"], ["today is 2026-03-01"]]


def test_a_table() -> None:
    table = "| Item | Claimed by | Expires | Status |\n|---|---|---|---|\n"
    table += "| a | Ada | 2026-02-12 | in progress |\n| b | Ben | 2026-02-12 | done |\n"
    assert run(f"# B\n\n{table}") == ["5:13 the claim on `a` expired on `2026-02-12`"]
    assert run(f"# B\n\n{table.replace('Claimed by', 'Owner')}") == []


def test_keys_of_one_section() -> None:
    text = "# B\n\n### Lane A\n\n**Claimed by:** Ada\n**Expires:** 2026-02-12\n"
    assert run(text) == ["6:14 the claim on `Claimed by` expired on `2026-02-12`"]


@pytest.mark.parametrize(
    "text",
    [
        "## Certificates\n\n- gauges: expires 2026-02-12",
        "## Active claims\n\n- a.py - taken 2026-02-12",
        "## Active claims\n\n- ✅ a.py - released, it expired 2026-02-12",
        "## Active claims\n\n- a.py expires 2026-03-01",
        "## Session log\n\n### 2026-02-10\n\n#### Claims\n\n- a.py expires 2026-02-12\n\n### 2026-02-20\n\nText.",
        "## Claims\n\n- a.py expires when done, see what was said on 2026-02-12",
    ],
)
def test_silence(text: str) -> None:
    assert run(f"# B\n\n{text}\n") == []


def test_records() -> None:
    text = "# B\n\n## Claims\n\n- a.py expires 2026-02-12\n"
    assert run(text, lifecycle=Lifecycle.HISTORICAL) == []
    assert run(text, path="BOARD_2026-02-11.md") == []
    assert [(lease.name, str(lease.date)) for lease in read(text).leases] == [("a.py", "2026-02-12")]
