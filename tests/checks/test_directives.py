"""DL004: comments that are to silence a rule, and name none."""

from __future__ import annotations

import pytest

from doclint.checks import directives
from tests.checks.running import told


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("<!-- doclint-disable ST001 -->", []),
        ("<!-- doclint-disable -- all of it is a sketch -->", []),
        ("<!-- doclint-disable-line link-broken, RF003 -- as cited -->", []),
        ("<!-- doclint: type=handoff -->", []),
        ("<!-- markdownlint-disable MD013 -->", []),
        ("`<!-- doclint-disable ST01 -->`", []),
        ("<!-- doclint-disable st001 -->", ["3:22 `st001` is no rule; did you mean `ST001`?"]),
        ("<!-- doclint-disable-line ST -->", ["3:27 `ST` is no rule"]),
        ("<!-- doclint-disable l -->", ["3:22 `l` is no rule"]),
        ("<!-- doclint-disabled ST001 -->", ["3:6 `doclint-disabled` is no comment of doclint's; did you mean `doclint-disable`?"]),
        ("<!-- doclint-disable one two three -->", ["3:22 `one` is no rule"]),
    ],
)
def test_comments(comment: str, expected: list[str]) -> None:
    assert told(directives, f"# A\n\n{comment}\n") == expected


def test_a_word_without_end_is_shown_in_part() -> None:
    (result,) = told(directives, f"<!-- doclint-disable {'x' * 100_000} -->\n")
    assert len(result) < 300
