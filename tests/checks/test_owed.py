"""LG005: log entries that are asked for, and that a range did not bring."""

from __future__ import annotations

from typing import Any

from doclint.checks import owed
from doclint.model.document import Lifecycle
from tests.checks.running import proofs
from tests.checks.running import told as told_by

LOG = "\n## Session Log\n\n- 2026-02-01: Read the files\n"
RULE = "# Context\n\nAdd an entry to the log for any change to `etl/`.\n" + LOG
SESSIONS = "# Context\n\nAfter each session, add an entry to the log.\n" + LOG
PLAIN = "# Context\n" + LOG


def ranged(*steps: Any, **rest: Any) -> dict[str, Any]:
    return {"files": ["etl/a.py", "etl/b.py", "web.ts"], "commits": list(steps), "since": "Start", **rest}


def told(text: str, repository: dict[str, Any], areas: tuple[str, ...] = (), **rest: Any) -> list[str]:
    return told_by(owed, text, repository, areas=list(areas), **rest)


WORK = ranged({"subject": "Work", "modify": ["etl/a.py", "etl/b.py"], "date": "2026-02-03"})


def test_the_sentence_names_the_area() -> None:
    assert told(RULE, WORK) == ["3:1 `etl/a.py` and 1 more changed, and the log has no new entry for it"]
    ((proof,),) = proofs(owed, RULE, WORK, areas=[])
    assert proof.endswith(" on 2026-02-03 (Work)")
    assert told(RULE, ranged({"modify": ["web.ts"]})) == []
    assert told(RULE, ranged(uncommitted={"add": ["etl/c.py"]})) == ["3:1 `etl/c.py` changed, and the log has no new entry for it"]


def test_the_configuration_names_the_area() -> None:
    line = "`etl/a.py` and 1 more changed, and the log has no new entry for it"
    assert told(SESSIONS, WORK, ("etl/",)) == [f"3:1 {line}"]
    assert told(PLAIN, WORK, ("etl/",)) == [f"5:3 {line}"]
    assert told(PLAIN, WORK, ("web.ts",)) == []
    assert told(SESSIONS, WORK) == []
    assert told(PLAIN, WORK) == []


def test_a_new_entry() -> None:
    text = RULE + "- 2026-02-03: Dropped doubled rows\n"
    files = {"STATUS.md": RULE, "etl/a.py": "1\n"}
    step = {"modify": ["etl/a.py"]}
    assert told(text, {"files": files, "commits": [step, {"modify": ["STATUS.md"]}], "since": "Start"}) == []
    # An entry that says the same as the one before it is another one.
    again = RULE + "- 2026-02-01: Read the files\n"
    assert told(again, {"files": files, "commits": [step, {"modify": ["STATUS.md"]}], "since": "Start"}) == []
    reworded = RULE.replace("# Context", "# The context")
    assert told(reworded, {"files": files, "commits": [step, {"modify": ["STATUS.md"]}], "since": "Start"}) == [
        "3:1 `etl/a.py` changed, and the log has no new entry for it"
    ]


def test_silence() -> None:
    assert told(RULE, {key: value for key, value in WORK.items() if key != "since"}) == []
    assert told(RULE, WORK, lifecycle=Lifecycle.HISTORICAL) == []
    assert told(RULE.replace(LOG, ""), WORK, ("etl/",)) == []
    assert told(PLAIN, ranged(uncommitted={"modify": {"etl/a.py": "1\n"}}), ("STATUS.md",)) == []
    reason = {"modify": ["etl/a.py"], "trailers": ["allow log-entry only comments"]}
    assert told(RULE, ranged(reason)) == []
    assert told(RULE, ranged({"add": ["STATUS.md"], "modify": ["etl/a.py"]})) == []


def test_shallow() -> None:
    assert told(RULE, {**WORK, "shallow": True}) == ["3:1 ? history is shallow"]
