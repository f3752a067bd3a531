"""The report for programs: its shape, its schema, and its bytes."""

from __future__ import annotations

import json
from dataclasses import replace

from jsonschema import Draft202012Validator

from doclint import __version__
from doclint.repo.facts import NO_REPOSITORY
from doclint.report import Presentation, Report
from doclint.reporters.json import render
from doclint.resources import schema
from doclint.text import Source
from tests.reporters.sample import FULL, HEAD, MERGED, Judged, diagnostic, report


def _read(shown: Report) -> dict[str, object]:
    text = render(shown, Presentation())
    text.encode("utf-8")
    value: dict[str, object] = json.loads(text)
    Draft202012Validator(schema("report")).validate(value)
    return value


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema("report"))


def test_everything_at_once() -> None:
    value = _read(FULL)
    assert value["version"] == 1
    assert value["tool"] == {"name": "doclint", "version": __version__}
    assert value["tree"] == {
        "origin": "worktree",
        "head": HEAD.id,
        "base": {"name": "main", "commit": HEAD.id},
        "upstream": None,
        "uncommitted": None,
        "since": None,
    }
    assert value["documents"] == [
        {"path": "COORDINATION.md", "type": "coordination-hub", "why": "its name"},
        {"path": "docs/b\\xff.md", "type": None, "why": "no evidence"},
    ]
    assert value["undecided"] == [
        {"code": "XX001", "path": "COORDINATION.md", "line": 1, "reason": "history is shallow"},
        {"code": "XX001", "path": "COORDINATION.md", "line": 3, "reason": "history is shallow"},
        {"code": "XX002", "path": "COORDINATION.md", "line": 3, "reason": "history is shallow"},
        {"code": "XX002", "path": "COORDINATION.md", "line": 3, "reason": "no base branch is known"},
    ]
    assert value["unread"] == [{"path": "a.md", "reason": "the file is gone"}]
    assert value["fixed"] == [{"path": "COORDINATION.md", "findings": 2}]
    assert value["unwritten"] == [{"path": "b.md", "reason": "it is write-protected"}]
    assert value["failures"] == [{"code": "XX001", "path": "COORDINATION.md", "error": "ValueError: x"}]
    assert value["summary"] == {
        "documents": 2,
        "findings": 3,
        "error": 1,
        "warning": 1,
        "info": 1,
        "undecided": 4,
        "suppressed": 1,
        "baselined": 1,
        "fixed": 2,
    }


def test_a_finding() -> None:
    assert _read(report(MERGED))["findings"] == [
        {
            "code": "XX001",
            "name": "rule-xx001",
            "severity": "error",
            "path": "COORDINATION.md",
            "line": 3,
            "column": 15,
            "end_line": 3,
            "end_column": 26,
            "message": "lane `B` is open but was merged",
            "evidence": [
                {
                    "kind": "commit",
                    "text": "merged in ddddddd on 2026-02-20",
                    "commit": HEAD.id,
                    "date": "2026-02-20",
                    "subject": "Merge lane B",
                },
                {
                    "kind": "place",
                    "text": "the heading says so",
                    "path": "COORDINATION.md",
                    "line": 1,
                    "column": 1,
                    "end_line": 1,
                    "end_column": 8,
                },
                {"kind": "path", "text": "docs/gone.md is elsewhere", "path": "docs/gone.md"},
            ],
            "causes": None,
            "fix": None,
            "fingerprint": "f3321a3b90b63a81a88be3b0c44298fc",
        }
    ]


def test_a_fix() -> None:
    finding = json.loads(render(FULL, Presentation()))["findings"][1]
    assert finding["fix"] == {
        "title": "write `⬜`",
        "safe": True,
        "edits": [{"line": 4, "column": 8, "end_line": 4, "end_column": 9, "replacement": "⬜"}],
    }


def test_what_is_not_known_is_null() -> None:
    value = _read(replace(report(), tree=Judged("worktree", NO_REPOSITORY, NO_REPOSITORY)))
    assert value["tree"] == {"origin": "worktree", "head": None, "base": None, "upstream": None, "uncommitted": None, "since": None}
    assert _read(replace(report(), tree=Judged("index", None, NO_REPOSITORY)))["tree"] == {
        "origin": "index",
        "head": None,
        "base": None,
        "upstream": None,
        "uncommitted": None,
        "since": None,
    }


def test_no_string_is_a_command_for_a_runner_and_none_is_changed() -> None:
    source = Source("::a.md", "##[error] \u2028 \x7f\n")
    text = render(replace(report(diagnostic(source, "##[", message="##[group]\u2028\x7f")), sources={source.path: source}), Presentation())
    assert "##[" not in text
    assert "\u2028" not in text
    assert not any(line.strip().startswith("::") for line in text.splitlines())
    assert json.loads(text)["findings"][0]["message"] == "##[group]\u2028\x7f"
