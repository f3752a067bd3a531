"""No check takes more than its share of a long document."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from doclint.check import Check, Facts
from doclint.checks import anchors, completion, contracts, counts, landed, sums
from doclint.model.document import Lifecycle
from doclint.repo.memory import MemoryRepo
from tests.checks.running import TODAY
from tests.model.reading import read
from tests.steps import growth

_OPENING = "# Progress Tracker\n\n## Work\n\n"
Many = Callable[[int], str]


def _phases(number: int) -> str:
    return "".join(f"## Phase {one}: thing ✅ COMPLETE\n\n- [ ] a\n\n" for one in range(number))


def _started(number: int) -> str:
    return "".join(f"## Phase {one}: thing\n\n**Status:** IN PROGRESS\n\n- [x] a\n- [x] b\n- [x] c\n\n" for one in range(number))


def _progress(number: int) -> str:
    return "".join(
        f"## Phase {one}\n\n**Progress:** 1/2\n\n| Task | Status |\n|---|---|\n| a | done |\n\n- [ ] b\n\n" for one in range(number)
    )


def _headings(number: int) -> str:
    return "".join(f"## Phase {one} (2 tasks)\n\n- [ ] a\n- [ ] b\n- [ ] c\n\n" for one in range(number))


def _rows(number: int) -> str:
    return "".join(f"| PR | Status |\n|---|---|\n| #{one} | open |\n\n" for one in range(number))


def _one_table(number: int) -> str:
    return "| PR | Status |\n|---|---|\n" + "".join(f"| #{one} | open |\n" for one in range(number))


def _labels(number: int) -> str:
    return "".join(f"### Files ({one % 4}):\n\n- `a.md`\n- `b.md`\n\n| a |\n|---|\n| 1 |\n\n" for one in range(number))


def _parties(number: int) -> str:
    board = "".join(f"### Session {one}: x\n\n- **Status:** DONE\n\n" for one in range(number))
    rows = "".join(f"| `data/x{one}.csv` | Session {one} | Session {one + number} |\n" for one in range(number))
    return f"{board}## Contracts\n\n| Artifact | Producer | Consumer |\n|---|---|---|\n{rows}"


def _outputs(number: int) -> str:
    outputs = "".join(f"- **Output:** `data/o{one}.csv`\n- **Output:** `data/{one}*.csv`\n" for one in range(number))
    rows = "".join(f"| `data/x{one}.csv` | Session 1 | Session 2 |\n" for one in range(number))
    return f"### Session 1: x\n\n{outputs}\n## Contracts\n\n| Artifact | Producer | Consumer |\n|---|---|---|\n{rows}"


def _links(number: int) -> str:
    return "".join(f"[a](#there{one})\n\n## Here {one}\n\n" for one in range(number))


@pytest.mark.parametrize(
    ("check", "many", "options"),
    [
        (completion, _phases, {"claim": "done"}),
        (completion, _started, {"claim": "open", "at-least": 2}),
        (counts, _progress, {"tolerance": 10}),
        (counts, _headings, {"tolerance": 10}),
        (landed, _rows, {"by": "pull-request"}),
        (landed, _one_table, {"by": "pull-request"}),
        (sums, _labels, {}),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_check_takes_twice_the_steps_for_twice_the_document(check: Check, many: Many, options: Mapping[str, Any]) -> None:
    assert growth(_work(check, many, options), 60) < 5.5


@pytest.mark.parametrize(
    ("check", "many", "options"),
    [(anchors, _links, {}), (contracts, _outputs, {"about": "outputs"}), (contracts, _parties, {"about": "parties"})],
)
def test_what_is_alike_is_not_looked_for_among_thousands(check: Check, many: Many, options: Mapping[str, Any]) -> None:
    assert growth(_work(check, many, options), 310) < 5.5


def _work(check: Check, many: Many, options: Mapping[str, Any]) -> Callable[[int], Callable[[], object]]:
    def work(number: int) -> Callable[[], object]:
        document = dataclasses.replace(read(_OPENING + many(number), "PROGRESS.md"), type="progress-tracker", lifecycle=Lifecycle.LIVING)
        repo = MemoryRepo.build({}, {"PROGRESS.md": document.source.text})
        return lambda: list(check.check(document, Facts(repo, TODAY, (document,), repo.since(), ()), options))

    return work
