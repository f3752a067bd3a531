"""What single formats promise, beyond what they look like."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module

from jsonschema import Draft202012Validator

from doclint.diagnostic import Evidence, Fix, Severity
from doclint.report import Presentation
from doclint.reporters import agent, comment, formats, github, gitlab, jsonl, junit, markdown, rdjson
from doclint.reporters import json as whole
from doclint.resources import schema
from doclint.text import Edit, Source, Span
from tests.reporters.runner import commands
from tests.reporters.sample import BOARD, FIXABLE, FULL, MERGED, diagnostic, report

EMPTY = Presentation()


def test_formats_are_the_modules() -> None:
    assert formats() == sorted("agent comment concise github gitlab json jsonl junit markdown rdjson sarif text".split())


def test_nothing_found() -> None:
    assert jsonl.render(report(), EMPTY) == ""
    assert gitlab.render(report(), EMPTY) == "[]\n"
    assert github.render(report(), EMPTY) == "no findings in 2 documents\n"
    assert markdown.render(report(), EMPTY) == comment.render(report(), EMPTY) == "### doclint: no findings in 2 documents\n"
    assert json.loads(agent.render(report(), EMPTY)) == {
        "summary": "no findings in 2 documents",
        "undecided": [],
        "failures": [],
        "next": [],
    }


def test_a_line_of_json_is_a_finding_of_the_whole() -> None:
    findings = [json.loads(line) for line in jsonl.render(FULL, EMPTY).splitlines()]
    assert findings == json.loads(whole.render(FULL, EMPTY))["findings"]
    described = schema("report")
    for finding in findings:
        Draft202012Validator({**described["$defs"]["finding"], "$defs": described["$defs"]}).validate(finding)


def test_github_shows_the_gravest_and_counts_the_others() -> None:
    found = [
        diagnostic(BOARD, "NOT STARTED", severity=severity)
        for severity in (Severity.INFO, Severity.ERROR, Severity.WARNING)
        for _ in range(12)
    ]
    text = github.render(report(*found, MERGED), EMPTY)
    assert [command.name for command in commands(text)] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert text.splitlines()[30:] == [
        "3 more errors, 2 more warnings, 2 more notices: GitHub shows 10 annotations of a kind for a step, the other formats tell all",
        "13 errors, 12 warnings and 12 info in 2 documents",
    ]


def test_github_is_told_columns_on_one_line_alone() -> None:
    source = Source("a.md", "😀x\ny\n")
    shown = replace(report(diagnostic(source, "x"), diagnostic(source, "x\ny")), sources={source.path: source})
    assert [line.partition(",title")[0] for line in github.render(shown, EMPTY).splitlines()[:2]] == [
        "::error file=a.md,line=1,endLine=1,col=3,endColumn=4",
        "::error file=a.md,line=1,endLine=2",
    ]


def test_gitlab_gets_no_fingerprint_twice() -> None:
    other = replace(BOARD, path="docs/COPY.md", _starts=[])
    found = [MERGED, MERGED._replace(message="again"), MERGED._replace(path=other.path)]
    issues = json.loads(gitlab.render(replace(report(*found), sources={BOARD.path: BOARD, other.path: other}), EMPTY))
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert [issue["severity"] for issue in issues] == ["major"] * 3
    assert [issue["location"]["path"] for issue in issues] == ["COORDINATION.md", "COORDINATION.md", "docs/COPY.md"]


def test_reviewdog_counts_bytes() -> None:
    source = Source("a.md", "a𐐀b\n")
    shown = replace(report(diagnostic(source, "b")), sources={source.path: source})
    (found,) = json.loads(rdjson.render(shown, EMPTY))["diagnostics"]
    assert found["location"]["range"] == {"start": {"line": 1, "column": 6}, "end": {"line": 1, "column": 7}}


def test_reviewdog_is_offered_no_part_of_a_fix() -> None:
    edits = (Edit(Span(0, 1), "x"), Edit(Span(3, 4), "y"))
    both = json.loads(rdjson.render(report(FIXABLE, FIXABLE._replace(fix=Fix("write", edits, safe=True))), EMPTY))["diagnostics"]
    assert ["suggestions" in one for one in both] == [True, False]


def test_a_test_fails_where_the_run_does() -> None:
    for least, failures in ((Severity.ERROR, 1), (Severity.INFO, 3), (None, 0)):
        text = junit.render(replace(FULL, crashes=(), unwritten=()), Presentation(fail_on=least))
        assert f'tests="7" failures="{failures}" errors="0" skipped="4"' in text.splitlines()[1]


def test_an_agent_is_told_what_to_do_in_one_sentence() -> None:
    place = Evidence("place", "the first open box", path=BOARD.path, span=Span(9, 10))
    found = [
        MERGED,
        MERGED._replace(evidence=(place,)),
        MERGED._replace(span=Span(0, 0)),
        diagnostic(BOARD, "| 日本\t| ✅ \x1b[31m\u202edone |", evidence=(Evidence("count", "2 of 3"),)),
        diagnostic(Source("docs/b\udcff.md", "x `y` z\n"), "x `y` z", code="XX002"),
    ]
    sources = {BOARD.path: BOARD, "docs/b\udcff.md": Source("docs/b\udcff.md", "x `y` z\n")}
    lines = agent.render(replace(report(*found), sources=sources), EMPTY).splitlines()
    assert [json.loads(line)["fix"] for line in lines[:-1]] == [
        "In line 3 (`NOT STARTED`), update the status: merged in ddddddd on 2026-02-20",
        "In line 3 (`NOT STARTED`), update the status; see COORDINATION.md:3 (the first open box)",
        "In line 1, update the status: merged in ddddddd on 2026-02-20",
        "In line 4 (`| 日本\\x09| ✅ \\x1b[31m\\u202edone |`), update the status: lane `B` is open but was merged",
        'In line 1 ("x `y` z"), mend the document, or say in it why it is right: lane `B` is open but was merged',
    ]


def test_markdown_keeps_within_its_limits_and_counts_what_found_no_room() -> None:
    found = [diagnostic(BOARD, "NOT STARTED", severity=severity, message="x" * 390) for severity in (Severity.INFO, Severity.ERROR)] * 3000
    for module, limit in ((markdown, markdown.LARGEST), (comment, comment.LONGEST)):
        text = module.render(report(*found), EMPTY)
        size = len(text.encode()) if module is markdown else len(text)
        assert limit - 1000 < size <= limit
        errors, infos = text.count("\n| ❌"), text.count("\n| ℹ️")
        assert infos == 0
        assert f"\n{6000 - errors} more findings ({3000 - errors} error, 3000 info) found no room here;" in text


def test_markdown_keeps_within_its_limits_whatever_is_not_known() -> None:
    from doclint.report import Unread

    text = comment.render(replace(report(), unread=[Unread(f"{number}.md", "x" * number) for number in range(3000)]), EMPTY)
    assert text.count("\n- ") == 31
    assert "\n- and 2970 more\n" in text


def test_what_brought_a_finding_in_is_told_wherever_its_proof_is() -> None:
    cause = Evidence("commit", "deleted in eeeeeee on 2026-02-21", commit="e" * 40)
    for causes, said in (((cause,), "cause: deleted in eeeeeee on 2026-02-21"), ((), "cause: not known"), (None, None)):
        for format in formats():
            if format not in ("concise", "gitlab", "json", "jsonl"):
                text = import_module(f"doclint.reporters.{format}").render(report(MERGED._replace(causes=causes)), EMPTY)
                assert (said or "cause: ") in text or said is None, format
                assert (said is None) == ("cause: " not in text), format
