"""What makes a finding the one that it was before, and what makes it another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.identity import Identities, Identity
from doclint.markdown.parse import parse
from doclint.text import Source, Span


def _of(text: str, mark: str = "wrong") -> Identity:
    source = Source("a.md", text)
    start = text.index(mark)
    return Identities(source, parse(source)).of(Span(start, start + len(mark)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("is wrong\n", "A line.\n\n\n  is   wrong  \n"),
        ("- is wrong\n", "- other\n* * *\n* is wrong\n"),
        ("1. is wrong\n", "1. x\n2. y\n3. is wrong\n"),
        ("**Status:** it is wrong\n", "__Status:__ it is wrong\n"),
        ("*Status* is \\_wrong\\_\n", "_Status_ is \\_wrong\\_\n"),
        ("This is a wrong thing to say of it.\n", "This is a\nwrong thing to\nsay of it.\n"),
        ("> This is wrong\n", "> This\n> is wrong\n"),
        ("One. This is wrong.\n", "This is wrong. One.\n"),
        ("- **A:** x\n  **B:** wrong\n", "- **A:** y\n  **B:** wrong\n"),
        ("-[ ] One\n-[ ] wrong\n-[ ] Two\n", "-[ ] Two\n-[ ] wrong\n-[ ] One\n"),
        ("Owner: me\nStatus: wrong\n", "Status: wrong\nOwner: you\n"),
        ("## A is wrong\n", "## A is wrong ##\n"),
        ("## A is wrong\n", "A is wrong\n---\n"),
        ("# T\n\n## A\n\n## B\n\nwrong\n", "# U\n\n## B\n\nwrong\n\n## A\n"),
        ("| a | b |\n|---|---|\n| 1 | wrong |\n", "| a   | b     |\n| --- | :---- |\n|     2 | x |\n| 1   | wrong |\n"),
        ("| a | b |\n|---|---|\n| **1** | wrong |\n", "| a | b |\n|---|---|\n| __1__ | wrong\n"),
        ("```sh\nwrong one\n```\n", "~~~ sh\n\nwrong one\n~~~\n"),
        ("**A:** is wrong  \n**B:** x\n", "**A:** is wrong\\\n**B:** x\n"),
        ("This is wrong  \nof it\n", "This is wrong\\\nof it\n"),
        ("Is [wrong](<a.md>) so\n", "Is [wrong](a.md) so\n"),
        ("<div>\nwrong\n</div>\n", "<p></p>\n\n<div>\n  wrong\n</div>\n"),
    ],
)
def test_rewriting_leaves_it_the_same(before: str, after: str) -> None:
    assert _of(before) == _of(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("it is wrong\n", "that is wrong\n"),
        ("wrong and wronger\n", "wronger and wrong\n"),
        ("`__init__.py` is wrong\n", "`init.py` is wrong\n"),
        ("[wrong](a.md)\n", "[wrong](b.md)\n"),
        ("- [ ] wrong\n", "- [x] wrong\n"),
        ("| a | b |\n|---|---|\n| 1 | wrong |\n", "| a | b |\n|---|---|\n| 2 | wrong |\n"),
        ("## A\n\nwrong\n", "## B\n\nwrong\n"),
        ("## A\n### S\nwrong\n", "## B\n### S\nwrong\n"),
        ("~~wrong~~\n", "wrong\n"),
        ("`wrong\\`\nx\n", "`wrong`\nx\n"),
        ("wrong\\\n", "wrong\n"),
    ],
)
def test_other_words_or_another_section_make_it_another(before: str, after: str) -> None:
    assert _of(before) != _of(after)


def test_what_is_marked_tells_two_findings_on_a_line_apart() -> None:
    text = "- one and two and [three](four.md)\n"
    assert len({_of(text, mark) for mark in ("one", "two", "three", "four.md", "[three](four.md)", "-")}) == 6


def test_without_markdown_the_line_is_the_claim() -> None:
    source = Source("a.md", "x\n\n**wrong**  one\n")
    assert Identities(source, None).of(Span(5, 10)) == Identity("**wrong** one\nwrong", "")


TEXTS = st.lists(
    st.sampled_from("# ## - * [x] | ` ``` **a** _b_ > wrong \\ a: . <b> --- === : \n \n\n \t 1. é".split(" ")), max_size=40
).map(" ".join)


@given(TEXTS)
def test_every_place_of_every_text_has_one(text: str) -> None:
    source = Source("a.md", text)
    identities = Identities(source, parse(source))
    for start in range(len(text) + 1):
        assert identities.of(Span(start, min(start + 3, len(text)))).section in identities.sections()
