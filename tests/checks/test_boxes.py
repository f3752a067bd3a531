"""CL001: check boxes that silently are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.checks import boxes
from tests.checks.running import fixed, told
from tests.model.reading import read


@pytest.mark.parametrize(
    ("line", "column", "written", "why", "mended"),
    [
        ("-[ ] Load", 1, "-[ ]", "a blank is missing behind the list marker", "- [ ] Load"),
        ("-[x] Load", 1, "-[x]", "a blank is missing behind the list marker", "- [x] Load"),
        ("*[ ] Load", 1, "*[ ]", "a blank is missing behind the list marker", "* [ ] Load"),
        ("- [] Load", 3, "[]", "the brackets need a blank between them", "- [ ] Load"),
        ("- [ x] Load", 3, "[ x]", "the brackets hold more than one sign", "- [x] Load"),
        ("- [x ] Load", 3, "[x ]", "the brackets hold more than one sign", "- [x] Load"),
        ("- [  ] Load", 3, "[  ]", "the brackets hold more than one sign", "- [ ] Load"),
        ("- [x]Load", 3, "[x]", "a blank is missing behind the brackets", "- [x] Load"),
        ("- [ ]Load", 3, "[ ]", "a blank is missing behind the brackets", "- [ ] Load"),
        ("- [x]`load`", 3, "[x]", "a blank is missing behind the brackets", "- [x] `load`"),
        ("  - [] Load", 5, "[]", "the brackets need a blank between them", "  - [ ] Load"),
    ],
)
def test_a_box_that_is_none(line: str, column: int, written: str, why: str, mended: str) -> None:
    text = f"# Work\n\n- [ ] Real\n{line}\n"
    if not line.startswith((" ", "- ")):
        text = f"# Work\n\n- [ ] Real\n\n{line}\n"
    number = text.count("\n")
    assert told(boxes, text) == [f"{number}:{column} `{written}` is no check box: {why}"]
    assert fixed(boxes, text) == text.replace(line, mended)
    assert len(read(fixed(boxes, text)).items) == 2


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] Load\n- [x] Store\n",
        "- [x](page.md) Load\n",
        "- [x][reference]\n\n[reference]: a.md\n",
        "- [ ](a.md)\n",
        "- []\n",
        "- [] means nothing here\n",
        "```\n-[ ] Load\n- [] Load\n```\n",
        "`-[ ] Load`\n",
        "    -[ ] Load\n",
        "Press [x] to close.\n",
        "- Press [x]to close.\n",
        "- [1] Load\n",
        "- [link] Load\n",
        "-[draft](a.md)\n",
        "*[x] is emphasised*\n",
    ],
)
def test_other_brackets(text: str) -> None:
    assert told(boxes, f"# Work\n\n{text}") == []


_LINES = st.lists(
    st.sampled_from(["- [ ] a", "-[ ] b", "- [] c", "- [ x] d", "- [x]e", "  - []f", "*[ ] g", "- [x](h.md)", "text", "", "```"]),
    max_size=12,
)


@given(_LINES)
@settings(deadline=None, max_examples=100)
def test_a_fix_leaves_nothing_to_fix(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    once = fixed(boxes, text)
    assert fixed(boxes, once) == once


def test_a_fault_that_is_everywhere_is_told_once_and_mended_everywhere() -> None:
    text = "- [x] a\n" + "- [  ] b\n" * 21 + "- [ x] c\n"
    assert told(boxes, text) == [
        "2:3 `[  ]` is no check box: the brackets hold more than one sign (here and 20 times below)",
        "23:3 `[ x]` is no check box: the brackets hold more than one sign",
    ]
    assert fixed(boxes, text) == "- [x] a\n" + "- [ ] b\n" * 21 + "- [x] c\n"
    assert len(told(boxes, "- [x] a\n" + "- [  ] b\n" * 20)) == 20
