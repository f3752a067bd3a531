"""Inline suppressions: where they hold, for what, and when a comment is none."""

from __future__ import annotations

import datetime

import pytest

from doclint.config import Flags, plan
from doclint.engine import check
from doclint.markdown.parse import parse
from doclint.repo.memory import MemoryRepo
from doclint.rule import shipped
from doclint.suppressions import Suppression, suppressions
from doclint.text import Source
from tests.shell import TODAY, install, rule, run, words


def _left(text: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    install(monkeypatch, "words", words)
    report = run({"a.md": text}, rule("XX001"), rule("XX002"))
    return [(one.code, report.sources["a.md"].position(one.span.start).line) for one in report.diagnostics]


def _read(text: str) -> tuple[Suppression, ...]:
    source = Source("a.md", text)
    return suppressions(source, parse(source))


def _both(line: int) -> list[tuple[str, int]]:
    return [("XX001", line), ("XX002", line)]


def test_from_here_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _left("wrong\n\n<!-- doclint-disable -->\n\nwrong\n\nwrong\n", monkeypatch) == _both(1)


def test_until_enabled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "<!-- doclint-disable XX001 -->\n\nwrong\n\n<!-- doclint-enable XX001 -->\n\nwrong\n"
    assert _left(text, monkeypatch) == [("XX002", 3), *_both(7)]


def test_enabling_one_rule_leaves_the_others_disabled(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "<!-- doclint-disable XX001 XX002 -->\n\nwrong\n\n<!-- doclint-enable XX002 -->\n\nwrong\n"
    assert _left(text, monkeypatch) == [("XX002", 7)]


def test_enabling_all(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "<!-- doclint-disable XX001, rule-xx002 -->\n\nwrong\n\n<!-- doclint-enable -->\n\nwrong\n"
    assert _left(text, monkeypatch) == _both(7)


def test_on_its_own_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _left("wrong <!-- doclint-disable-line rule-xx001 --> wrong\nwrong\n", monkeypatch) == [("XX002", 1), ("XX002", 1), *_both(2)]


def test_in_a_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "| a | b |\n| - | - |\n| wrong | x <!-- doclint-disable-line --> |\n| wrong | y |\n"
    assert _left(text, monkeypatch) == _both(4)


def test_the_next_line_that_is_not_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _left("<!-- doclint-disable-next-line XX001 -->\n\n- wrong\n- wrong\n", monkeypatch) == [("XX002", 3), *_both(4)]


def test_stacked_comments_mean_the_same_line(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "<!-- doclint-disable-next-line XX001 -->\n<!-- doclint-disable-next-line XX002 -- known -->\n- wrong\n- wrong\n"
    assert _left(text, monkeypatch) == _both(4)


def test_the_whole_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _left("wrong\n\n<!-- doclint-disable-file XX002 -->\n\nwrong\n", monkeypatch) == [("XX001", 1), ("XX001", 5)]


def test_front_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _left("---\ndoclint:\n  disable: [XX001]\n---\n\nwrong\n", monkeypatch) == [("XX002", 6)]
    assert _left("---\ndoclint: {disable: rule-xx002}\n---\n\nwrong\n", monkeypatch) == [("XX001", 5)]
    assert _left("---\ndoclint: [}\n---\n\nwrong\n", monkeypatch) == _both(5)


@pytest.mark.parametrize(
    "comment",
    [
        "`<!-- doclint-disable -->`",
        "```\n<!-- doclint-disable -->\n```",
        "<!-- doclint-disabled -->",
        "<!-- please doclint-disable -->",
        "<!-- doclint: type=handoff -->",
        "<!-- doclint-enable -->",
    ],
)
def test_what_suppresses_nothing(comment: str) -> None:
    assert _read(f"{comment}\n\nwrong\n") == ()


def test_a_reason_and_unknown_codes_are_kept() -> None:
    (one,) = _read("<!-- doclint-disable-file ZZ999, some-rule -- moved to\n  the wiki -->\n")
    assert (one.rules, one.reason, one.scope) == (("ZZ999", "some-rule"), "moved to the wiki", "file")


def test_what_is_silenced_is_kept_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "words", words)
    text = "<!-- doclint-disable-file -->\nwrong\n\nwrong <!-- doclint-disable-line XX001 -- it is quoted -->\n"
    report = run({"a.md": text}, rule())
    assert report.diagnostics == []
    assert [(one.diagnostic.code, one.diagnostic.span.start, one.kind, one.justification) for one in report.suppressed] == [
        ("XX001", 30, "inSource", None),
        ("XX001", 37, "inSource", "it is quoted"),
    ]


def test_an_endless_stack_of_comments_is_read_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "<!-- doclint-disable-next-line -->\n" * 5000 + "wrong\n\nwrong\n"
    assert _left(text, monkeypatch) == _both(5003)


_WRONG = ("XX001", "found `wrong`, expected `right`")
_NO_DAY = "`until=soon` is no day, as in `until=2026-12-31`"
_NO_RULE = "all rules are silenced here, but none has anything to say"


def _about(text: str, monkeypatch: pytest.MonkeyPatch, today: datetime.date = TODAY) -> list[tuple[str, int, str]]:
    """What the rules about suppressions say, and what is left of the others'."""
    install(monkeypatch, "words", words)
    own = [one for one in shipped() if one.code.startswith("DL")]
    report = check(plan(None, Flags(pack="strict"), [rule("XX001"), *own]), MemoryRepo.build({}, {"a.md": text}), ["a.md"], today)
    assert report.crashes == []
    return [(one.code, report.sources["a.md"].position(one.span.start).line, one.message) for one in report.diagnostics]


def test_until_its_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "wrong <!-- doclint-disable-line XX001 until=2026-03-01 -- soon -->\n"
    assert _about(text, monkeypatch) == []
    assert _about(text, monkeypatch, datetime.date(2026, 3, 2)) == [
        ("XX001", 1, _WRONG[1]),
        ("DL003", 1, "the comment held until 2026-03-01, and silences nothing any more"),
    ]


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("doclint-disable-line XX001", [("DL002", "the comment does not say why; give a reason behind ` -- `")]),
        ("doclint-disable-line XX01 -- x", [_WRONG, ("DL004", "`XX01` is no rule; did you mean `XX001`?")]),
        ("doclint-disable-line until=soon -- x", [_WRONG, ("DL004", _NO_DAY)]),
        ("doclint-disable-next-line XX001 -- x", [_WRONG, ("DL001", "`XX001` is silenced here, but has nothing to say")]),
        ("doclint-disable-next-line -- x", [_WRONG, ("DL001", _NO_RULE)]),
        ("doclint-disable-line -- x", []),
        ("doclint-disable-line rule-xx001 -- x", []),
    ],
)
def test_what_is_wrong_with_a_suppression(comment: str, found: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    assert [(code, message) for code, _, message in _about(f"wrong <!-- {comment} -->\n", monkeypatch)] == found
