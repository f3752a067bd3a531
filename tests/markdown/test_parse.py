"""Blocks, their exact places, and the limits beyond which nothing is read silently."""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.markdown.nodes import (
    Block,
    Cell,
    Checkbox,
    CodeBlock,
    Cut,
    Definition,
    Fence,
    FrontMatter,
    Heading,
    HtmlBlock,
    Item,
    List,
    Paragraph,
    Quote,
    Root,
    Table,
    ThematicBreak,
    children,
    walk,
)
from doclint.markdown.parse import NESTING_LIMIT, SIZE_LIMIT, parse
from doclint.text import Source, Span
from tests.markdown.oracle import REFERENCE, differences, inlines
from tests.steps import steps

BLOCK_PARTS = [
    *("a", "b c", "\n", "\n\n", "> ", "- ", "  ", "    ", "1. ", "7) ", "\t", "* ", "+ ", "```", "~~~", "#", "# ", "---", "===", "\n---\n"),
    *(
        "|",
        "|a|b|\n|-|-|\n",
        "\\|",
        "<!-- c -->",
        "<div>",
        "</div>",
        "[a]: ",
        "[a]",
        '"t"',
        "`",
        "*",
        "\r\n",
        "\r",
        "[ ] ",
        "[x] ",
        "é",
        "🎉",
    ),
]
DOCUMENTS = st.lists(st.sampled_from(BLOCK_PARTS), max_size=24).map("".join)


def shown(text: str) -> list[str]:
    """The blocks below the root, each as its kind and the text of its span."""
    source = Source("a.md", text)
    return [f"{type(node).__name__} {source.slice(node.span)!r}" for node in walk(parse(source))][1:]


T = TypeVar("T")


def found(source: Source, kind: type[T]) -> list[T]:
    """The blocks of one kind."""
    return [node for node in walk(parse(source)) if isinstance(node, kind)]


def slices(source: Source, spans: Iterable[Span]) -> list[str]:
    return [source.slice(span) for span in spans]


# --- each kind of block --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "level", "content"),
    [
        ("# T", 1, ["T"]),
        ("   ###  T # x ##  \n", 3, ["T # x"]),
        ("## T#", 2, ["T#"]),
        ("#\tT", 1, ["T"]),
        ("## #", 2, [""]),
        ("#", 1, [""]),
        ("### ###\n", 3, [""]),
        ("T\n===\n", 1, ["T"]),
        ("  T a \n  b\t\n ---  \n", 2, ["T a", "b"]),
        ("> T\n> ---", 2, ["T"]),
    ],
)
def test_headings_know_their_content_without_markers(text: str, level: int, content: list[str]) -> None:
    source = Source("a.md", text)
    (heading,) = found(source, Heading)
    assert heading.level == level
    assert slices(source, heading.lines) == content


def test_blocks_begin_at_their_own_marker_and_end_with_their_content() -> None:
    assert shown("   # T ##  \n\n  a  \n   b  \n\n * * * \n\nT\n---  \n\n     code\n\n     more  \n") == [
        "Heading '# T ##'",
        "Paragraph 'a  \\n   b'",
        "ThematicBreak '* * *'",
        "Heading 'T\\n---'",
        "CodeBlock 'code\\n\\n     more'",
    ]


def test_prefixes_of_containers_are_no_part_of_lines() -> None:
    source = Source("a.md", "> - a\n>   b\n> c\nd\n> > e\n")
    assert [slices(source, paragraph.lines) for paragraph in found(source, Paragraph)] == [["a", "b", "c", "d"], ["e"]]
    assert shown(source.text) == [
        "Quote '> - a\\n>   b\\n> c\\nd\\n> > e'",
        "List '- a\\n>   b\\n> c\\nd'",
        "Item '- a\\n>   b\\n> c\\nd'",
        "Paragraph 'a\\n>   b\\n> c\\nd'",
        "Quote '> e'",
        "Paragraph 'e'",
    ]


def test_lists_and_items() -> None:
    source = Source("a.md", "7) a\n\n   b\n8)\n9)\tc\n\n\n* d\n")
    assert shown(source.text) == [
        "List '7) a\\n\\n   b\\n8)\\n9)\\tc'",
        "Item '7) a\\n\\n   b'",
        "Paragraph 'a'",
        "Paragraph 'b'",
        "Item '8)'",
        "Item '9)\\tc'",
        "Paragraph 'c'",
        "List '* d'",
        "Item '* d'",
        "Paragraph 'd'",
    ]
    assert [(node.ordered, node.start) for node in found(source, List)] == [(True, 7), (False, 0)]
    assert slices(source, [node.marker for node in found(source, Item)]) == ["7)", "8)", "9)", "*"]


@pytest.mark.parametrize("mark", [" ", "x", "X", "~", "-", "!", "✅", "⏭️", "👍🏽", "👩\u200d💻", "🇨🇭", "1️⃣", "é", "e\u0301", "中"])
def test_a_checkbox_holds_one_mark_of_any_kind(mark: str) -> None:
    source = Source("a.md", f"> 1. [{mark}] do\n> 2. [{mark}]\n")
    first, second = found(source, Item)
    assert first.checkbox == Checkbox(Span(5, 7 + len(mark)), mark)
    assert second.checkbox is not None
    (paragraph,) = (node for node in first.children if isinstance(node, Paragraph))
    assert slices(source, paragraph.lines) == [f"[{mark}] do"]


@pytest.mark.parametrize(
    "text",
    ["- [xx] a", "- [] a", "- [x](b)", "- [x]a", "- a [x] b", "- # [x] a", "[x] a", "- - [x] a", "-     [x] a", "- [[] a"],
)
def test_what_is_no_checkbox(text: str) -> None:
    assert [item.checkbox for item in found(Source("a.md", text), Item)][:1] in ([], [None])


@pytest.mark.parametrize(
    ("text", "info", "lines", "closed", "whole"),
    [
        ("```py  a\\*b \n  x\n\n```  \n", "py  a*b", ["  x", ""], True, "```py  a\\*b \n  x\n\n```"),
        ("~~~\nx", "", ["x"], False, "~~~\nx"),
        ("```\n", "", [], False, "```"),
        ("```\n```", "", [], True, "```\n```"),
        ("```\n\n", "", [""], False, "```\n"),
        ("````\n```\n~~~~\n````\n", "", ["```", "~~~~"], True, "````\n```\n~~~~\n````"),
        ("> - ```a&amp;b\n>   x \n>    y\n>\n>   ```\n", "a&b", ["x ", " y", ""], True, "```a&amp;b\n>   x \n>    y\n>\n>   ```"),
        ("- ```\n  a\nb\n", "", ["a"], False, "```\n  a"),
        ("  ```\n   a\n b\n  ```", "", [" a", "b"], True, "```\n   a\n b\n  ```"),
        ("- ```\n\ta\n  \tb\n  ```", "", ["a", "\tb"], True, "```\n\ta\n  \tb\n  ```"),
    ],
)
def test_fences(text: str, info: str, lines: list[str], closed: bool, whole: str) -> None:
    for source in (Source("a.md", text), Source("a.md", text.replace("\n", "\r\n"))):
        (fence,) = found(source, Fence)
        assert (fence.info, fence.closed) == (info, closed)
        assert slices(source, fence.lines) == lines
        assert source.slice(fence.span).replace("\r", "") == whole


def test_raw_html_ends_with_its_last_line() -> None:
    assert shown("a\n<!-- b\n\nc --> d  \n\n> <div>\n> x\n\n<script>\n\n\n") == [
        "Paragraph 'a'",
        "HtmlBlock '<!-- b\\n\\nc --> d'",
        "Quote '> <div>\\n> x'",
        "HtmlBlock '<div>\\n> x'",
        "HtmlBlock '<script>'",
    ]


def test_tables_keep_every_cell_that_the_source_has() -> None:
    source = Source("a.md", "- > | A | `b|c` | |\n  > |---|:-:|--|--|\n  > 1 | 2\\|3\n  > ||x|  |5|6|7 |\n")
    (table,) = found(source, Table)
    assert [slices(source, [cell.span for cell in row.children]) for row in (table.header, *table.rows)] == [
        ["A", "`b", "c`", ""],
        ["1", "2\\|3"],
        ["", "x", "", "5", "6", "7"],
    ]
    assert slices(source, [table.delimiter, table.header.span, table.rows[0].span]) == ["|---|:-:|--|--|", "| A | `b|c` | |", "1 | 2\\|3"]
    assert source.slice(table.span) == "| A | `b|c` | |\n  > |---|:-:|--|--|\n  > 1 | 2\\|3\n  > ||x|  |5|6|7 |"
    assert [cell.span for cell in table.header.children][3] == Span(18, 18)


def test_a_table_without_rows_ends_with_its_delimiter() -> None:
    assert shown("|a|\n|-|  \n\nb") == ["Table '|a|\\n|-|'", "Row '|a|'", "Cell 'a'", "Paragraph 'b'"]


def test_definitions_stand_among_their_neighbours_duplicates_too() -> None:
    source = Source("a.md", "[ Foo\n bar ]: <b c> 'T'\n[ẞ]: javascript:x\\*y&amp;é\n[foo BAR]: d\na [e]: f\n> [g]:\n> h\n")
    assert [(source.slice(node.span), node.label, node.destination) for node in found(source, Definition)] == [
        ("[ Foo\n bar ]: <b c> 'T'", "foo bar", "b c"),
        ("[ẞ]: javascript:x\\*y&amp;é", "ss", "javascript:x*y&é"),
        ("[foo BAR]: d", "foo bar", "d"),
        ("[g]:\n> h", "g", "h"),
    ]
    assert [type(node) for node in parse(source).children] == [Definition, Definition, Definition, Paragraph, Quote]


# --- front matter --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "content", "rest"),
    [
        ("---\na: 1\n---\n# T\n", "a: 1\n", ["Heading '# T'"]),
        ("---  \r\na: 1\r\n...\t\r\nb\r\n", "a: 1\r\n", ["Paragraph 'b'"]),
        ("---\ra: 1\r---\rb", "a: 1\r", ["Paragraph 'b'"]),
        ("---\n---\n", "", []),
        ("---\na: 1\n---", "a: 1\n", []),
    ],
)
def test_front_matter_is_taken_off_first(text: str, content: str, rest: list[str]) -> None:
    source = Source("a.md", text)
    front = parse(source).children[0]
    assert isinstance(front, FrontMatter)
    assert source.slice(front.content) == content
    assert front.span.start == 0
    assert source.slice(front.span)[-3:] in ("---", "...")
    assert shown(text)[1:] == rest


@pytest.mark.parametrize(
    "text",
    ["---\n\n# T\n\n---\n", "---\na: 1\n", "----\na: 1\n----\n", " ---\na\n---\n", "\n---\na: 1\n---\n", "--- x\na\n---\n", "---"],
)
def test_what_is_no_front_matter(text: str) -> None:
    assert found(Source("a.md", text), FrontMatter) == []


# --- line ends and odd characters -------------------------------------------------------------------------------------------------


def test_only_the_line_ends_of_commonmark_end_lines() -> None:
    text = "a\x0b# b\x0c# c\x85# d\u2028# e\u2029# f\x1c# g\r# h\r\n# i\n# j\0"
    assert shown(text) == [
        "Paragraph 'a\\x0b# b\\x0c# c\\x85# d\\u2028# e\\u2029# f\\x1c# g'",
        "Heading '# h'",
        "Heading '# i'",
        "Heading '# j\\x00'",
    ]


@given(DOCUMENTS)
def test_the_kind_of_line_end_changes_no_block(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")

    def kinds(variant: str) -> list[tuple[str, str]]:
        source = Source("a.md", variant)
        return [
            (type(node).__name__, source.slice(node.span).replace("\r\n", "\n").replace("\r", "\n"))
            for node in walk(parse(source))
            if not isinstance(node, Root)
        ]

    assert kinds(text) == kinds(text.replace("\n", "\r\n")) == kinds(text.replace("\n", "\r"))


# --- limits ----------------------------------------------------------------------------------------------------------------------


def test_nesting_up_to_the_limit_is_read() -> None:
    root = parse(Source("a.md", "> " * NESTING_LIMIT + "a"))
    assert root.cut == (Cut(Span(200, 201), "nesting deeper than 100 levels"),)
    root = parse(Source("a.md", "> " * (NESTING_LIMIT - 1) + "a"))
    assert root.cut == ()
    assert [node.span for node in walk(root) if isinstance(node, Paragraph)] == [Span(198, 199)]


def test_what_is_nested_too_deeply_is_cut_and_the_rest_is_read() -> None:
    text = "# a\n\n" + ">" * 120 + "b\n" + ">" * 120 + "c\n\n# d\n\n" + "- " * 60 + "e\n\nf\n"
    source = Source("a.md", text)
    root = parse(source)
    assert slices(source, [heading.lines[0] for heading in found(source, Heading)]) == ["a", "d"]
    assert [(source.slice(cut.span), cut.limit) for cut in root.cut] == [
        (">" * 20 + "b\n" + ">" * 120 + "c", "nesting deeper than 100 levels"),
        ("- " * 10 + "e", "nesting deeper than 100 levels"),
    ]
    assert [source.slice(node.span) for node in found(source, Paragraph)] == ["f"]


def test_every_item_of_a_deep_list_is_read_or_cut() -> None:
    lines = ["  " * depth + f"- item {depth}" for depth in range(60)]
    source = Source("a.md", "\n".join(lines))
    root = parse(source)
    seen = slices(source, [paragraph.span for paragraph in found(source, Paragraph)])
    assert seen == [f"item {depth}" for depth in range(49)]
    assert slices(source, [cut.span for cut in root.cut]) == ["\n".join(lines[49:]).lstrip(" -")]


def test_a_document_that_is_too_large_is_cut_whole() -> None:
    for text in ("a" * (SIZE_LIMIT + 1), "é" * (SIZE_LIMIT // 2 + 1)):
        root = parse(Source("a.md", text))
        assert root == Root(Span(0, len(text)), (), (Cut(Span(0, len(text)), "documents larger than 2 MiB"),))
    assert parse(Source("a.md", "a" * SIZE_LIMIT)).cut == ()


def test_a_stack_that_is_almost_full_costs_a_cut_and_no_crash() -> None:
    source = Source("a.md", "---\na: 1\n---\n" + ">" * 90 + "b")
    parse(source)

    def deep(left: int) -> Root:
        return deep(left - 1) if left else parse(source)

    depth = len(inspect.stack(0))
    root = deep(sys.getrecursionlimit() - depth - 60)
    assert root.cut == (Cut(Span(12, len(source.text)), "nesting deeper than 100 levels"),)
    assert [type(node) for node in root.children] == [FrontMatter]


HOSTILE: dict[str, Callable[[int], str]] = {
    "deep quotes": lambda n: ">" * n + "a",
    "lines of deep quotes": lambda n: (">" * 99 + "a\n") * (n // 20),
    "lines nested too deeply": lambda n: (">" * 101 + "a\n") * (n // 20),
    "items in a line": lambda n: "* " * n + "a",
    "growing indentation": lambda n: "".join("  " * depth + "* a\n" for depth in range(n // 10)),
    "long list": lambda n: "- a\n\n  " * n,
    "long table": lambda n: "|a|\n|-|\n" + "|b\n" * n,
    "wide table": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n",
    "almost tables": lambda n: ("|a" * 40 + "|\n" + "|-" * 39 + "|\n") * (n // 40),
    "definitions": lambda n: "".join(f"[a{number}]: b\n" for number in range(n)),
    "half definitions": lambda n: "[a]: b (c\n" * n,
    "open fences": lambda n: "- ```\n" * n,
    "long setext heading": lambda n: "a\n" * n + "===",
    "half HTML": lambda n: "<a b='\n" * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_cost_steps_in_proportion_to_their_length(name: str) -> None:
    def work(size: int) -> int:
        source = Source("a.md", HOSTILE[name](size))
        return steps(lambda: parse(source))

    work(20)
    assert work(800) <= 2.3 * work(400) + 2000


# --- properties --------------------------------------------------------------------------------------------------------------------


def spans(node: Block | Root) -> Iterator[Span]:
    """All spans of a node besides its own and its children's."""
    match node:
        case Heading() | Paragraph() | Fence():
            yield from node.lines
        case Item():
            yield node.marker
            if node.checkbox:
                yield node.checkbox.span
        case Table():
            yield node.delimiter
        case FrontMatter():
            yield node.content


def assert_sound(source: Source) -> None:
    """Spans lie in bounds, inside their parents, in order, and say what is there."""
    root = parse(source)
    assert root.span == Span(0, len(source.text))
    for node in walk(root):
        assert 0 <= node.span.start <= node.span.end <= len(source.text)
        for inner in spans(node):
            assert inner in node.span
            assert inner.start <= inner.end
        below = children(node)
        assert all(child.span in node.span for child in below)
        assert all(one.span.end <= other.span.start for one, other in pairwise(below))
        match node:
            case Quote() | List() | Item():
                # An open fence inside may end with blank lines.
                assert source.text[node.span.start] not in " \t\r\n"
            case Heading() | Paragraph() | HtmlBlock() | CodeBlock() | ThematicBreak() | Table() | Definition():
                assert source.slice(node.span) == source.slice(node.span).strip(" \t\r\n") != ""
            case Fence():
                assert source.text[node.span.start] in "`~"
            case Cell():
                assert source.slice(node.span) == source.slice(node.span).strip(" \t")
        if isinstance(node, Heading | Paragraph | Fence):
            assert not any(set(source.slice(line)) & set("\r\n") for line in node.lines)
    for _, inline in inlines(source, root):
        assert len(inline.offsets) == len(inline.text) + 1
        assert list(inline.offsets) == sorted(inline.offsets)
        assert all(0 <= offset <= len(source.text) for offset in inline.offsets)


@given(DOCUMENTS)
def test_spans_nest_and_are_ordered(text: str) -> None:
    assert_sound(Source("a.md", text))


@given(st.text(max_size=60))
def test_any_text_is_parsed(text: str) -> None:
    assert_sound(Source("a.md", text))


@given(st.lists(st.sampled_from(["> ", "- ", "1. ", "\t", "\n", "a"]), max_size=300).map("".join))
@settings(max_examples=30)
def test_deep_nesting_is_sound(text: str) -> None:
    assert_sound(Source("a.md", text))


@given(DOCUMENTS.filter(lambda text: not text.startswith("---")))
def test_blocks_are_those_of_a_full_parse(text: str) -> None:
    assert differences(text) == []


@given(DOCUMENTS)
def test_the_text_of_headings_and_paragraphs_is_what_the_parser_hands_on(text: str) -> None:
    source = Source("a.md", text)
    root = parse(source)
    if root.children and isinstance(root.children[0], FrontMatter):
        return
    ours = ["\n".join(slices(source, node.lines)) for node in walk(root) if isinstance(node, Heading | Paragraph)]
    tokens = REFERENCE.parse(text)
    contents = [inline.content for before, inline in pairwise(tokens) if before.type in ("heading_open", "paragraph_open")]
    assert ours == ["\n".join(line.strip(" \t") for line in content.split("\n")) for content in contents]


# --- the specification ---------------------------------------------------------------------------------------------------------------


def specification() -> list[str]:
    """The examples of the CommonMark specification, from DOCLINT_COMMONMARK_SPEC or the npm package ``commonmark-spec``."""
    places = [os.environ.get("DOCLINT_COMMONMARK_SPEC"), "node_modules/commonmark-spec/spec.txt"]
    for place in places:
        if place and Path(place).is_file():
            text = Path(place).read_text(encoding="utf-8")
            examples = re.findall(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", text, re.DOTALL | re.MULTILINE)
            return [example.replace("→", "\t") for example in examples]
    return []


def test_the_examples_of_the_specification() -> None:
    examples = specification()
    if not examples:
        pytest.skip("no CommonMark specification here (npm install commonmark-spec, or set DOCLINT_COMMONMARK_SPEC)")
    assert len(examples) > 600
    for example in examples:
        assert_sound(Source("a.md", example))
        # `---` in the first line opens front matter here.
        if not found(Source("a.md", example), FrontMatter):
            assert (example, differences(example)) == (example, [])
