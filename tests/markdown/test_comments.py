"""Comments, and what merely looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.markdown.comments import Comment, comments
from doclint.markdown.parse import parse
from doclint.text import Source, Span


def found(text: str) -> list[Comment]:
    source = Source("a.md", text)
    return list(comments(source, parse(source)))


def told(text: str) -> list[tuple[str, bool]]:
    return [(comment.text, comment.alone) for comment in found(text)]


def test_a_comment_has_its_place_and_its_text() -> None:
    assert found("a\n\n  <!-- doclint-disable ST001 -->  \n") == [Comment(Span(5, 35), "doclint-disable ST001", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- a -->", [("a", True)]),
        ("<!--a-->\r\n<!--b-->\r\n", [("a", True), ("b", True)]),
        ("<!-- a\n\nb -->\nc", [("a\n\nb", True)]),
        ("x <!-- a --> y", [("a", False)]),
        ("x <!-- a -->", [("a", False)]),
        ("<!-- a --> y", [("a", False)]),
        ("<!-- a --> <!-- b -->", [("a", False), ("b", False)]),
        ("x\n    <!-- a -->", [("a", True)]),
        ("> <!-- a -->\n> x <!-- b -->", [("a", True), ("b", False)]),
        ("- <!-- a -->\n  <!-- b -->\n1. x <!-- c -->", [("a", True), ("b", True), ("c", False)]),
        ("# x <!-- a -->\n## <!-- b -->", [("a", False), ("b", False)]),
        ("| h |\n|---|\n| x <!-- a\\|b --> |\n<!-- c -->", [("a\\|b", False), ("c", True)]),
        ("h | i\n--|--\nx | <!-- a -->", [("a", False)]),
        ('<div>\n<!-- a -->\n<p title="<!-- no -->"> <!-- b -->\n</div>', [("a", True), ("b", False)]),
        ("<!----> <!-->", [("", False), ("", False)]),
        ("<pre><!-- a --></pre>", [("a", False)]),
        ("[x <!-- a -->](b)", [("a", False)]),
        ("<!-- <!-- a -->", [("<!-- a", True)]),
    ],
)
def test_comments_are_found_wherever_they_are_html(text: str, expected: list[tuple[str, bool]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "`<!-- a -->`",
        "```\n<!-- a -->\n```",
        "    <!-- a -->",
        "<!-- a",
        "x <!-- a",
        "\\<!-- a -->",
        "x <b c='<!-- a -->'>",
        "<script>\n// <!-- a -->\n</script>",
        "<STYLE> <!-- a --> </style >",
        "<script> <!-- a -->",
        "---\na: <!-- b -->\n---\n",
        "[a]: <!--b-->\n",
        "x <https://a.b?<!-- a",
    ],
)
def test_what_is_no_comment(text: str) -> None:
    assert told(text) == []


def test_behind_a_script_comments_are_comments_again() -> None:
    assert told("<script>'<!-- a -->'</script><!-- b -->") == [("b", False)]


PARTS = ["<!--", "-->", "<!-- a -->", "`", "\n", "> ", "- ", "x", " ", "<div>", "<script>", "</script>", "|", "    "]


@given(st.lists(st.sampled_from(PARTS), max_size=16).map("".join))
def test_a_comment_is_in_the_text_where_it_says(text: str) -> None:
    source = Source("a.md", text)
    end = 0
    for comment in found(text):
        assert comment.span.start >= end
        end = comment.span.end
        whole = source.slice(comment.span)
        assert whole.startswith("<!--")
        assert whole.endswith("->")
        assert comment.text in whole
