"""From documents to a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from doclint.check import Facts, Options
from doclint.config import Flags, plan
from doclint.diagnostic import Finding, Severity, Undecided
from doclint.engine import check
from doclint.model.document import Document
from doclint.repo.memory import MemoryRepo
from doclint.rule import ENCODING
from doclint.text import Span
from tests.shell import TODAY, install, rule, run, words

TEXT = "right\n\nwrong and wronger\n\nperhaps\n"


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "words", words)


def test_findings_are_stamped_and_in_order() -> None:
    report = run({"b.md": TEXT, "a.md": "wrong\n"}, rule("XX002"), rule("XX001", severity=Severity.WARNING))
    assert [(one.path, one.span, one.code, one.severity) for one in report.diagnostics] == [
        ("a.md", Span(0, 5), "XX001", Severity.WARNING),
        ("a.md", Span(0, 5), "XX002", Severity.ERROR),
        ("b.md", Span(7, 12), "XX001", Severity.WARNING),
        ("b.md", Span(7, 12), "XX002", Severity.ERROR),
        ("b.md", Span(17, 24), "XX001", Severity.WARNING),
        ("b.md", Span(17, 24), "XX002", Severity.ERROR),
    ]
    assert [(one.code, one.path, one.reason) for one in report.open] == [
        ("XX001", "b.md", "history is shallow"),
        ("XX002", "b.md", "history is shallow"),
    ]
    assert [document.path for document in report.documents] == ["a.md", "b.md"]


def test_the_order_of_the_paths_changes_nothing() -> None:
    documents = {"b.md": TEXT, "a.md": "wrong\n", "c/d.md": TEXT}
    repo = MemoryRepo.build({}, documents)
    chosen = plan(None, Flags(), [rule()])
    reports = [check(chosen, repo, paths, TODAY) for paths in (["a.md", "b.md", "c/d.md"], ["c/d.md", "b.md", "a.md", "a.md"])]
    assert reports[0] == reports[1]


def test_equal_findings_are_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
        yield Finding(Span(0, 1), "found")
        yield Finding(Span(0, 1), "found")
        yield Finding(Span(0, 1), "found more")

    install(monkeypatch, "twice", twice)
    assert [one.message for one in run({"a.md": TEXT}, rule(check="twice")).diagnostics] == ["found", "found more"]


def test_a_finding_can_be_weaker_than_its_rule_but_not_stronger(monkeypatch: pytest.MonkeyPatch) -> None:
    def demoting(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
        yield Finding(Span(0, 1), "a", demoted=Severity.INFO)
        yield Finding(Span(0, 1), "b", demoted=Severity.WARNING)

    install(monkeypatch, "demoting", demoting)
    assert [one.severity for one in run({"a.md": TEXT}, rule(check="demoting")).diagnostics] == [Severity.INFO, Severity.WARNING]
    report = run({"a.md": TEXT}, rule(check="demoting", severity=Severity.INFO))
    assert [one.severity for one in report.diagnostics] == [Severity.INFO, Severity.INFO]


def test_fingerprints_survive_shifts_renames_and_spacing() -> None:
    before = run({"a.md": "wrong one\n\nwrong two\n\nwrong one\n"}, rule())
    after = run({"b.md": "new\n\n  wrong   one\n\nwrong one\n\nwrong two\n"}, rule())
    assert {one.fingerprint for one in before.diagnostics} == {one.fingerprint for one in after.diagnostics}
    assert len({one.fingerprint for one in before.diagnostics}) == 3


def test_fingerprints_tell_rules_apart() -> None:
    assert len({one.fingerprint for one in run({"a.md": "wrong\n"}, rule("XX001"), rule("XX002")).diagnostics}) == 2


def test_a_rule_speaks_only_about_its_types() -> None:
    documents = {"a.md": "<!-- doclint: type=handoff -->\n\nwrong\n", "b.md": "wrong\n"}
    rules = (
        rule("XX001"),
        rule("XX002", applies_to=("working",)),
        rule("XX003", applies_to=("handoff",)),
        rule("XX004", applies_to=("plan",)),
    )
    found = [(one.path, one.code) for one in run(documents, *rules).diagnostics]
    assert found == [("a.md", "XX001"), ("a.md", "XX002"), ("a.md", "XX003"), ("b.md", "XX001")]


def test_a_check_knows_the_working_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    def counting(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
        yield Finding(Span(0, 1), f"{[other.source.path for other in facts.documents]} on {facts.today}")

    install(monkeypatch, "counting", counting)
    report = run({"a.md": "<!-- doclint: type=handoff -->\n", "b.md": "text\n"}, rule(check="counting"))
    assert {one.message for one in report.diagnostics} == {"['a.md'] on 2026-03-01"}


def test_a_check_that_fails_stops_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
        yield Finding(Span(0, 1), "before")
        raise ZeroDivisionError("of no use")

    install(monkeypatch, "failing", failing)
    report = run({"a.md": "wrong\n", "b.md": "wrong\n"}, rule("XX001", "failing"), rule("XX002"))
    assert [(one.path, one.code) for one in report.diagnostics] == [
        ("a.md", "XX001"),
        ("a.md", "XX002"),
        ("b.md", "XX001"),
        ("b.md", "XX002"),
    ]
    assert [(one.code, one.path, one.error) for one in report.crashes] == [
        ("XX001", "a.md", "ZeroDivisionError: of no use"),
        ("XX001", "b.md", "ZeroDivisionError: of no use"),
    ]
    assert "of no use" in report.crashes[0].trace
    assert report.exit_code(None) == 2


@pytest.mark.parametrize(
    ("data", "message", "place"),
    [
        ("é ok\n".encode() + b"\xff\n", "the document cannot be read: 0xff is not valid UTF-8 here (byte 6)", Span(5, 6)),
        (b"a\0b", "the document cannot be read: a NUL byte stands in the text (byte 1)", Span(1, 2)),
        ("a".encode("utf-16"), "the document cannot be read: the text is UTF-16 (little endian), not UTF-8 (byte 0)", Span(0, 1)),
        (b"\xff", "the document cannot be read: 0xff is not valid UTF-8 here (byte 0)", Span(0, 1)),
    ],
)
def test_bytes_that_are_no_text(data: bytes, message: str, place: Span) -> None:
    repo = MemoryRepo.build({}, {"a.md": "", "b.md": "wrong\n"})
    report = check(plan(None, Flags(), [rule("XX001"), rule("XX002", ENCODING)]), repo, ["a.md", "b.md"], TODAY, overlay={"a.md": data})
    assert [(one.path, one.code, one.message, one.span) for one in report.diagnostics] == [
        ("a.md", "XX002", message, place),
        ("b.md", "XX001", "found `wrong`, expected `right`", Span(0, 5)),
    ]
    assert report.unread == []


def test_without_the_rule_such_a_document_is_unread() -> None:
    report = check(plan(None, Flags(), [rule()]), MemoryRepo.build({}, {"a.md": ""}), ["a.md", "gone.md"], TODAY, overlay={"a.md": b"\xff"})
    assert [(one.path, one.reason) for one in report.unread] == [
        ("a.md", "byte 0: 0xff is not valid UTF-8 here"),
        ("gone.md", "the file is gone"),
    ]
    assert (report.diagnostics, report.exit_code(Severity.INFO)) == ([], 0)


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        (Severity.ERROR, Severity.ERROR, 1),
        (Severity.WARNING, Severity.ERROR, 0),
        (Severity.WARNING, Severity.WARNING, 1),
        (Severity.INFO, Severity.WARNING, 0),
        (Severity.INFO, Severity.INFO, 1),
        (Severity.ERROR, None, 0),
    ],
)
def test_the_exit_status(severity: Severity, fail_on: Severity | None, code: int) -> None:
    assert run({"a.md": "wrong\n"}, rule(severity=severity)).exit_code(fail_on) == code


def test_paths_are_announced_before_the_checks_run() -> None:
    announced: list[str] = []

    class Listening(MemoryRepo):
        def expect(self, paths: Sequence[str], documents: Sequence[str] = ()) -> None:
            announced.extend((*paths, *documents))

    repo = Listening.build({}, {"docs/a.md": "See `src/load.py` and [b](../b.md).\n"})
    check(plan(None, Flags(), [rule()]), repo, ["docs/a.md"], TODAY)
    assert {"src/load.py", "docs/src/load.py", "b.md", "docs/a.md"} <= set(announced)


def test_words_of_the_user_are_known() -> None:
    from doclint.engine import documents

    text = "# Board\n\n| Lane | Status |\n| --- | --- |\n| Lane A | finitissimo |\n"
    chosen = plan(None, Flags(), [rule()])
    extended = replace(chosen, lexicon={"states": {"done": {"words": ["finitissimo"]}}})
    repo = MemoryRepo.build({}, {"a.md": text})
    states = [[unit.state.value for unit in next(documents(one, repo, ["a.md"])).units] for one in (chosen, extended)]
    assert states == [["unknown"], ["done"]]
