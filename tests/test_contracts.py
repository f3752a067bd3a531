"""The contracts family as a whole: one hub in which all agrees, and what each rule says where one thing does not.

Each fault is one change of that hub or of its repository. It is told by its rule alone, with a proof that can be looked up on the other
side; the changes that only look like it are told by none.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from doclint.config import Flags, plan
from doclint.diagnostic import Diagnostic
from doclint.engine import check
from doclint.repo.memory import MemoryRepo

TODAY = datetime.date(2026, 3, 1)

HUB = """\
# Session Coordination Hub

**Project:** Lake levels, forecast for the harbour office

## Data Contracts

All schemas are defined in `src/contracts/schemas.py`, the single source of truth. Whoever changes a schema tells the others.

| Layer | File | Schema | Producer | Consumer |
| --- | --- | --- | --- | --- |
| Raw | `data/raw/readings.csv` | `READING_SCHEMA` | Session A | Session B |
| Daily | `data/clean/daily.csv` | `DAILY_SCHEMA` | Session B | Session C, D |
| Forecast | `data/model/forecast.jsonl` | `FORECAST_SCHEMA` | Session C | Session D |

If you change `src/contracts/schemas.py`, update this file as well.

## Merge Order

1. Session A
2. Session B
3. Session C
4. Session D

## Session Status Board

### Session A: Collector
- **Branch:** `feature/collector`
- **Status:** COMPLETE
- **Files:** `src/collect/run.py`
- **Output:** `data/raw/readings.csv`

### Session B: Cleaning
- **Branch:** `feature/cleaning`
- **Status:** COMPLETE
- **Files:** `src/clean/daily.py`
- **Output:** `data/clean/daily.csv`

### Session C: Forecast
- **Branch:** `feature/forecast`
- **Status:** IN PROGRESS
- **Files:** `src/model/train.py`, `src/model/features.py`
- **Output:** `data/model/forecast.jsonl`

### Session D: Dashboard
- **Branch:** `feature/dashboard`
- **Status:** IN PROGRESS
- **Files:** `src/site/`
- **Output:** `output/`

## Dependencies

| Package | Needed by | Location |
| --- | --- | --- |
| `polars` | Session B | `requirements.txt` |
| `scikit-learn` | Session C | `requirements.txt` |
| `plotly` | Session D | `pyproject.toml` |

## Decisions

| Date | Decision | By |
| --- | --- | --- |
| 2026-02-03 | Levels are in `cm \\| None` | Session A |
| 2026-02-05 | Forecasts are kept for a year | Session C |
"""

SCHEMAS = '''\
"""What passes between the sessions."""

READING_SCHEMA = {"station": str, "taken_at": "datetime", "level_cm": float}
READINGS_PATH = "data/raw/readings.csv"

DAILY_SCHEMA = {"station": str, "day": "date", "level_cm": float}
DAILY_PATH = "data/clean/daily.csv"

FORECAST_SCHEMA = {"station": str, "day": "date", "hours": int, "level_cm": float}
FORECAST_PATH = "data/model/forecast.jsonl"
'''

FILES: dict[str, str] = {
    "src/contracts/schemas.py": SCHEMAS,
    "src/collect/run.py": "from src.contracts.schemas import READINGS_PATH\nsave(READINGS_PATH)\n",
    "src/clean/daily.py": "from src.contracts.schemas import DAILY_PATH, READINGS_PATH\nsave(load(READINGS_PATH), DAILY_PATH)\n",
    "src/model/train.py": "from src.contracts.schemas import DAILY_PATH, FORECAST_PATH\nsave(fit(load(DAILY_PATH)), FORECAST_PATH)\n",
    "src/model/features.py": "def lags(rows): return rows\n",
    "src/site/charts.py": 'draw(load("data/clean/daily.csv"), load("data/model/forecast.jsonl"))\n',
    "data/raw/readings.csv": "station,taken_at,level_cm\nNorth,2026-02-01T06:00,212.5\n",
    "data/clean/daily.csv": "station,day,level_cm\nNorth,2026-02-01,212.5\n",
    "data/model/forecast.jsonl": '{"station": "North", "day": "2026-02-02", "hours": 24, "level_cm": 213}\n',
    "output/levels.html": "<p>Levels</p>\n",
    "requirements.txt": "polars==1.9\nScikit_Learn>=1.5  # for the forecast\n",
    "pyproject.toml": '[project]\nname = "lake"\nversion = "1"\ndependencies = ["plotly>=5"]\n',
}

Edit = tuple[str, str]


def judged(*edits: Edit, files: Mapping[str, str | None] | None = None, **repository: Any) -> Sequence[Diagnostic]:
    """What the family says of the hub with ``edits`` made, in a repository with ``files`` put in or taken away (None)."""
    text = HUB
    for old, new in edits:
        assert old in text, f"the hub has no {old!r}"
        text = text.replace(old, new)
    tree = {path: text for path, text in {**FILES, **(files or {})}.items() if text is not None}
    repo = MemoryRepo.build({"files": tree, **repository}, {"COORDINATION.md": text})
    # The shipped severities, and the rules that are off by default as well.
    chosen = plan(None, Flags(select=("CT",)))
    report = check(chosen, repo, ["COORDINATION.md"], TODAY, before=repo.since())
    assert report.crashes == []
    return report.diagnostics


def told(*edits: Edit, **rest: Any) -> list[str]:
    return [f"{one.code} {one.message}" for one in judged(*edits, **rest)]


def test_where_all_agrees_nothing_is_told() -> None:
    assert told() == []


@dataclasses.dataclass(frozen=True)
class Fault:
    """A change, what is told of it, and where the other side is said to stand: a path, with a line of the document where it is one."""

    said: str
    edits: tuple[Edit, ...] = ()
    files: Mapping[str, str | None] = dataclasses.field(default_factory=dict)
    other: tuple[str, ...] = ()
    repository: Mapping[str, Any] = dataclasses.field(default_factory=dict)


FAULTS = {
    "unknown party": Fault(
        "CT001 consumer `Session E` is no unit on the board",
        (("| Session C | Session D |", "| Session C | Session D, E |"),),
        other=("COORDINATION.md:26",),
    ),
    "empty cell": Fault(
        "CT002 contract `Forecast` names no consumer",
        (("| Session C | Session D |", "| Session C | |"),),
        other=("COORDINATION.md:9",),
    ),
    "two producers": Fault(
        "CT003 `data/clean/daily.csv` is to come from `Session A` here, and from `Session B` in another row",
        (("| Forecast |", "| Daily | `data/clean/daily.csv` | `DAILY_SCHEMA` | Session A | Session C, D |\n| Forecast |"),),
        other=("COORDINATION.md:12",),
    ),
    "a row twice": Fault(
        "CT003 contract `data/raw/readings.csv` stands here a second time",
        (("| Daily |", "| Raw | `data/raw/readings.csv` | `READING_SCHEMA` | Session A | Session B |\n| Daily |"),),
        other=("COORDINATION.md:11",),
    ),
    "output without a row": Fault(
        "CT004 output `data/model/scores.jsonl` of `Session C` has no row in the contract table",
        (("- **Output:** `data/model/forecast.jsonl`", "- **Output:** `data/model/forecast.jsonl`, `data/model/scores.jsonl`"),),
        other=("COORDINATION.md:9",),
    ),
    "output that lacks the artifact": Fault(
        "CT004 `data/clean/daily.csv` is to come from `Session B`, whose outputs lack it",
        (("- **Output:** `data/clean/daily.csv`", "- **Output:** `data/interim/hourly.csv`"),),
        other=("COORDINATION.md:36",),
    ),
    "symbol that is gone": Fault(
        "CT005 `DAILY_SCHEMA` is not defined in `src/contracts/schemas.py`",
        files={"src/contracts/schemas.py": SCHEMAS.replace("DAILY_SCHEMA", "DAYS_SCHEMA")},
        other=("src/contracts/schemas.py",),
    ),
    "symbol without a row": Fault(
        "CT006 `ALARM_SCHEMA` in `src/contracts/schemas.py` has no row in the contract table",
        files={"src/contracts/schemas.py": SCHEMAS + '\nALARM_SCHEMA = {"station": str, "since": "datetime"}\n'},
        other=("COORDINATION.md:9", "src/contracts/schemas.py:12"),
    ),
    "source of truth that is gone": Fault(
        "CT007 the source of truth `src/contracts/rows.py` does not exist",
        (("defined in `src/contracts/schemas.py`", "defined in `src/contracts/rows.py`"),),
        other=("src/contracts/rows.py",),
    ),
    "consumer that lands first": Fault(
        "CT008 consumer `Session D` lands before its producer `Session C`",
        (("3. Session C\n4. Session D", "3. Session D\n4. Session C"),),
        other=("COORDINATION.md:21", "COORDINATION.md:13"),
    ),
    "cycle": Fault(
        "CT008 producers and consumers form a cycle: `Session C` → `Session D` → `Session C`",
        (
            (
                "| Session C | Session D |\n",
                "| Session C | Session D |\n| Views | `data/site/views.csv` | `VIEW_SCHEMA` | Session D | Session C |\n",
            ),
            ("- **Output:** `output/`", "- **Output:** `output/`, `data/site/views.csv`"),
        ),
        {"src/contracts/schemas.py": SCHEMAS + 'VIEW_SCHEMA = ["page"]\n'},
        other=("COORDINATION.md:13",),
    ),
    "consumer that is ahead": Fault(
        "CT009 `Session D` is done, but `Session C`, which is to produce `data/model/forecast.jsonl`, has not started",
        (
            (
                "### Session C: Forecast\n- **Branch:** `feature/forecast`\n- **Status:** IN PROGRESS",
                "### Session C: Forecast\n- **Branch:** `feature/forecast`\n- **Status:** NOT STARTED",
            ),
            ("- **Branch:** `feature/dashboard`\n- **Status:** IN PROGRESS", "- **Branch:** `feature/dashboard`\n- **Status:** COMPLETE"),
        ),
        other=("COORDINATION.md:40", "COORDINATION.md:46"),
    ),
    "artifact that never was": Fault(
        "CT009 `Session B` is done, but `data/raw/gauges.csv`, which it is to produce, was never committed",
        (
            ("| Forecast |", "| Gauges | `data/raw/gauges.csv` | `GAUGE_SCHEMA` | Session B | Session C |\n| Forecast |"),
            ("- **Output:** `data/clean/daily.csv`", "- **Output:** `data/clean/daily.csv`, `data/raw/gauges.csv`"),
        ),
        {"src/contracts/schemas.py": SCHEMAS + 'GAUGE_SCHEMA = ["id"]\n'},
        other=("COORDINATION.md:35",),
    ),
    "column that was renamed": Fault(
        "CT010 `data/clean/daily.csv` lacks `level_cm` of `DAILY_SCHEMA` and has `level`, which `DAILY_SCHEMA` does not state",
        files={"data/clean/daily.csv": "station,day,level\nNorth,2026-02-01,212.5\n"},
        other=("src/contracts/schemas.py:6", "data/clean/daily.csv:1"),
    ),
    "schema without the document": Fault(
        "CT011 `src/contracts/schemas.py` changed without this document, and this line says that they change together",
        repository={"commits": [{"subject": "Loosen a type", "modify": ["src/contracts/schemas.py"]}], "since": "Start"},
    ),
    "package that is elsewhere": Fault(
        "CT013 `plotly` is not listed in `pyproject.toml`",
        files={"pyproject.toml": '[project]\nname = "lake"\nversion = "1"\ndependencies = []\n'},
        other=("pyproject.toml",),
    ),
    "bar in a cell": Fault(
        "CT014 the row has more cells than the header: what is in them is not shown",
        (("Levels are in `cm \\| None`", "Levels are in `cm | None`"),),
        other=("COORDINATION.md:60",),
    ),
    "one file, two owners": Fault(
        "CT015 `Session D` and `Session C` are both active and own `src/model/features.py`",
        (("- **Files:** `src/site/`", "- **Files:** `src/site/`, `src/model/features.py`"),),
        other=("COORDINATION.md:41",),
    ),
    "reader that is not listed": Fault(
        "CT016 `Session C` uses `data/raw/readings.csv` too, and is no party to it",
        files={"src/model/features.py": "from src.contracts.schemas import READINGS_PATH\nraw = load(READINGS_PATH)\n"},
        other=("src/model/features.py:2",),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_the_other_side(name: str) -> None:
    fault = FAULTS[name]
    found = judged(*fault.edits, files=fault.files, **fault.repository)
    assert [f"{one.code} {one.message}" for one in found] == [fault.said]
    (finding,) = found
    text = HUB
    for old, new in fault.edits:
        text = text.replace(old, new)
    places = []
    for evidence in finding.evidence:
        line = text.count("\n", 0, evidence.span.start) + 1 if evidence.span is not None else evidence.line
        if evidence.path is not None:
            places.append(f"{evidence.path}:{line}" if line else evidence.path)
    assert tuple(places)[: len(fault.other)] == fault.other
    assert finding.evidence


@dataclasses.dataclass(frozen=True)
class Miss:
    """A change that only looks like a fault of its rule."""

    edits: tuple[Edit, ...] = ()
    files: Mapping[str, str | None] = dataclasses.field(default_factory=dict)
    repository: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def changed(text: str, *edits: Edit) -> str:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


C_ROW = "| Session C | Session D |"
PLAN: Mapping[str, Any] = {"subject": "Plan", "add": {"COORDINATION.md": HUB + "\nNothing is fixed yet.\n"}}
STEP: Mapping[str, Any] = {"subject": "Loosen a type", "modify": ["src/contracts/schemas.py"]}

MISSES = {
    # CT001
    "somebody outside": Miss(((C_ROW, "| Session C | Session D, the harbour office |"),)),
    "a note in brackets": Miss(((C_ROW, "| Session C (nightly) | Session D (charts, Session A's map later) |"),)),
    "everybody": Miss(((C_ROW, "| Session C | all sessions |"),)),
    "bold and code": Miss(((C_ROW, "| **Session C** | `Session D` |"),)),
    "by letter alone": Miss((("| Session B | Session C, D |", "| Session B | Session C / D |"),)),
    "by its title": Miss(((C_ROW, "| Forecast | Dashboard |"),), {"src/site/charts.py": "draw()"}),
    "a title behind the name": Miss(((C_ROW, "| Session C: Forecast | Session D – Dashboard |"),)),
    # CT002
    "nobody yet": Miss(((C_ROW, "| Session C | — |"),), {"src/site/charts.py": 'draw(load("data/clean/daily.csv"))'}),
    "an empty row": Miss(((C_ROW, "| Session C | Session D |\n| | | | | |"),)),
    "no schema": Miss(
        (("`FORECAST_SCHEMA` |", "|"), ("| Forecast | `data", "| Forecast | `data")),
        {"src/contracts/schemas.py": SCHEMAS.replace("FORECAST_SCHEMA", "FORECAST")},
    ),
    # CT003
    "two files of one layer": Miss(
        (
            (C_ROW, "| Session C | Session D |\n| Forecast | `data/model/errors.jsonl` | `ERROR_SCHEMA` | Session C | Session D |"),
            ("**Output:** `data/model/forecast.jsonl`", "**Output:** `data/model/forecast.jsonl`, `data/model/errors.jsonl`"),
        ),
        {"src/contracts/schemas.py": SCHEMAS + 'ERROR_SCHEMA = ["day"]\n'},
    ),
    "one file, a row for each reader": Miss(
        (
            (
                "| Session B | Session C, D |",
                "| Session B | Session C |\n| Daily | `data/clean/daily.csv` | `DAILY_SCHEMA` | Session B | Session D |",
            ),
        )
    ),
    "made by two together": Miss((("| `READING_SCHEMA` | Session A |", "| `READING_SCHEMA` | Session A and the harbour office |"),)),
    "an older table": Miss(
        (
            (
                "## Decisions\n",
                "## Archive\n\n### Old contracts (superseded)\n\n"
                "| Layer | File | Schema | Producer | Consumer |\n| --- | --- | --- | --- | --- |\n"
                "| Daily | `data/clean/daily.csv` | `DAILY_SCHEMA` | Session A | Session C |\n\n## Decisions\n",
            ),
        )
    ),
    # CT004
    "outputs elsewhere": Miss((("- **Output:** `output/`", "- **Output:** `output/`, `reports/levels.md`"),)),
    "a directory as output": Miss((("- **Output:** `data/model/forecast.jsonl`", "- **Output:** `data/model/`"),)),
    "a pattern as output": Miss((("- **Output:** `data/model/forecast.jsonl`", "- **Output:** `data/model/*.jsonl`"),)),
    "no outputs stated": Miss((("- **Output:** `data/raw/readings.csv`\n", ""),)),
    # CT005
    "a member": Miss(
        (("`DAILY_SCHEMA`", "`Tables.DAILY`"),),
        {"src/contracts/schemas.py": SCHEMAS.replace("DAILY_SCHEMA =", "class Tables:\n    DAILY =")},
    ),
    "an import that is handed on": Miss(
        files={
            "src/contracts/schemas.py": changed(
                SCHEMAS, ('DAILY_SCHEMA = {"station": str, "day": "date", "level_cm": float}', "from .daily import DAILY_SCHEMA")
            ),
            "src/contracts/daily.py": 'DAILY_SCHEMA = {"station": str, "day": "date", "level_cm": float}\n',
        }
    ),
    "everything of another module": Miss(
        files={
            "src/contracts/schemas.py": changed(
                SCHEMAS, ('DAILY_SCHEMA = {"station": str, "day": "date", "level_cm": float}', "from .daily import *")
            ),
            "src/contracts/daily.py": 'DAILY_SCHEMA = {"station": str, "day": "date", "level_cm": float}\n',
        }
    ),
    "in a branch": Miss(
        files={"src/contracts/schemas.py": changed(SCHEMAS, ("DAILY_SCHEMA =", "if True:\n    DAILY_SCHEMA ="))},
    ),
    "words in place of a symbol": Miss(
        (("`DAILY_SCHEMA`", "as Readings, by day"),), {"src/contracts/schemas.py": SCHEMAS.replace("DAILY_SCHEMA", "_DAILY")}
    ),
    # CT006
    "a private one": Miss(files={"src/contracts/schemas.py": SCHEMAS + '\n_STATION_SCHEMA = ["id"]\n'}),
    "a base of others": Miss(
        files={
            "src/contracts/schemas.py": 'STATION_SCHEMA = {"station": str}\n'
            + changed(SCHEMAS, ('DAILY_SCHEMA = {"station": str,', "DAILY_SCHEMA = {**STATION_SCHEMA,"))
        }
    ),
    "one that the text names": Miss(
        (("Whoever changes a schema", "`ALARM_SCHEMA` is internal. Whoever changes a schema"),),
        {"src/contracts/schemas.py": SCHEMAS + '\nALARM_SCHEMA = ["id"]\n'},
    ),
    "one from elsewhere": Miss(files={"src/contracts/schemas.py": "from pandera import BASE_SCHEMA\n" + SCHEMAS}),
    "another name for one": Miss(files={"src/contracts/schemas.py": SCHEMAS + "LATEST_SCHEMA = DAILY_SCHEMA\n"}),
    # CT007
    "by the end of its path": Miss((("defined in `src/contracts/schemas.py`", "defined in `contracts/schemas.py`"),)),
    "a source that is ignored": Miss(
        (
            ("defined in `src/contracts/schemas.py`", "defined in `build/schemas.py`"),
            ("If you change `src/contracts/schemas.py`", "If you change `build/schemas.py`"),
        ),
        repository={"ignored": ["build/"]},
    ),
    "a source that is a directory": Miss((("defined in `src/contracts/schemas.py`", "defined in `src/contracts/`"),)),
    # CT008
    "in one stage": Miss((("3. Session C\n4. Session D", "3. Session C and Session D"),)),
    "an order of the past": Miss(
        (
            (
                "## Merge Order\n\n1. Session A\n2. Session B\n3. Session C\n4. Session D",
                "## Session Log\n\n### 2026-02-20\n\n1. Session D\n2. Session C",
            ),
        )
    ),
    "code that goes both ways": Miss(
        ((C_ROW, "| Session C | Session D |\n| Views | `src/site/views.py` | `VIEW_SCHEMA` | Session D | Session C |"),),
        {"src/contracts/schemas.py": SCHEMAS + 'VIEW_SCHEMA = ["page"]\n', "src/site/views.py": "pass"},
    ),
    "order of the finished": Miss((("1. Session A\n2. Session B", "1. Session B\n2. Session A"),)),
    # CT009
    "done but for": Miss(
        (
            ("`feature/forecast`\n- **Status:** IN PROGRESS", "`feature/forecast`\n- **Status:** NOT STARTED"),
            (
                "`feature/dashboard`\n- **Status:** IN PROGRESS",
                "`feature/dashboard`\n- **Status:** COMPLETE (against sample data, real forecast pending)",
            ),
        )
    ),
    "an artifact that is ignored": Miss(files={"data/clean/daily.csv": None}, repository={"ignored": ["data/clean/"]}),
    "an artifact that was there": Miss(
        files={}, repository={"commits": [{"subject": "Data is no code", "delete": ["data/clean/daily.csv"]}]}
    ),
    "one of two producers": Miss(
        (
            (C_ROW, "| Session C, B | Session D |"),
            ("`feature/forecast`\n- **Status:** IN PROGRESS", "`feature/forecast`\n- **Status:** NOT STARTED"),
            ("`feature/dashboard`\n- **Status:** IN PROGRESS", "`feature/dashboard`\n- **Status:** COMPLETE"),
        )
    ),
    # CT010
    "an index that pandas wrote": Miss(files={"data/clean/daily.csv": ",station,day,level_cm\n0,North,2026-02-01,212.5\n"}),
    "semicolons": Miss(files={"data/clean/daily.csv": "station;day;level_cm\nNorth;2026-02-01;212,5\n"}),
    "a mark and quotes": Miss(files={"data/clean/daily.csv": '\ufeff"station","day","level_cm"\r\n"North","2026-02-01","212.5"\r\n'}),
    "an empty file": Miss(files={"data/clean/daily.csv": ""}),
    "a pointer of LFS": Miss(files={"data/clean/daily.csv": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"}),
    "a whole number in JSON": Miss(files={"data/model/forecast.jsonl": '{"day": "x", "station": "North", "level_cm": 1, "hours": 1.0}\n'}),
    "a null": Miss(files={"data/model/forecast.jsonl": '{"day": null, "station": "North", "level_cm": null, "hours": 1}\n'}),
    # CT011
    "both changed": Miss(repository={"commits": [PLAN, STEP, {"subject": "Say so", "modify": {"COORDINATION.md": HUB}}], "since": "Plan"}),
    "neither changed": Miss(repository={"commits": [{"subject": "Tune", "modify": ["src/model/train.py"]}], "since": "Start"}),
    "allowed": Miss(repository={"commits": [{**STEP, "trailers": ["allow co-change a comment alone"]}], "since": "Start"}),
    "before the range": Miss(
        repository={"commits": [STEP, {"subject": "Tune", "modify": ["src/model/train.py"]}], "since": "Loosen a type"}
    ),
    # CT013
    "letters and lines": Miss((("`scikit-learn`", "`Scikit.Learn` >= 1.5"),)),
    "no manifest": Miss((("| `plotly` | Session D | `pyproject.toml` |", "| `plotly` | Session D | the image |"),)),
    "a system": Miss((("| `plotly` |", "| a browser |"),)),
    "either of two": Miss((("| Session D | `pyproject.toml` |", "| Session D | `requirements.txt` or `pyproject.toml` |"),)),
    # CT014
    "a shorter row": Miss(
        (("| 2026-02-05 | Forecasts are kept for a year | Session C |", "| 2026-02-05 | Forecasts are kept for a year |"),)
    ),
    "an empty cell too many": Miss((("for a year | Session C |", "for a year | Session C | |"),)),
    "a bar in code that is escaped": Miss((("`cm \\| None`", "`a \\| b \\| c`"),)),
    # CT015
    "one after the other": Miss(
        (("- **Files:** `src/site/`", "- **Files:** `src/site/`, `src/clean/daily.py`"),),
        {"src/clean/daily.py": "pass", "src/site/charts.py": "pass"},
    ),
    "neighbours": Miss((("- **Files:** `src/site/`", "- **Files:** `src/site/`, `src/model/view.py`"),)),
    "alike names": Miss((("- **Files:** `src/site/`", "- **Files:** `src/site/`, `src/model/features.py.md`, `src/mod/`"),)),
    "the board itself": Miss(
        (
            ("- **Files:** `src/site/`", "- **Files:** `src/site/`, `COORDINATION.md`"),
            ("`src/model/features.py`", "`src/model/features.py`, `COORDINATION.md`"),
        )
    ),
    # CT016
    "imported and not used": Miss(files={"src/model/features.py": "from src.contracts.schemas import READINGS_PATH\n"}),
    "in prose": Miss(files={"src/model/features.py": '"""Not made from data/raw/readings.csv."""\n# nor "data/raw/readings.csv"\n'}),
    "through a loader": Miss(
        files={
            "src/clean/daily.py": "from src.store import readings\nsave(readings(), DAILY_PATH)\n",
            "src/store.py": 'def readings(): return load("data/raw/readings.csv")\n',
        }
    ),
    "code that is handed its data": Miss(files={"src/clean/daily.py": "def clean(rows): return rows\n"}),
    "a test of another": Miss(files={"tests/test_features.py": 'load("data/raw/readings.csv")\n'}),
}


@pytest.mark.parametrize("name", MISSES)
def test_a_near_miss_is_silent(name: str) -> None:
    miss = MISSES[name]
    assert told(*miss.edits, files=miss.files, **miss.repository) == []
