"""Bytes to text and back, and from offsets to lines and columns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.text import BOM, DecodingError, Position, Source, Span

TEXTS = st.text(st.sampled_from("ab\n\r\t \x0b\x0c\x1c\x85\u2028\u2029é🎉"), max_size=40)


@pytest.mark.parametrize(
    ("data", "offset", "reason"),
    [
        (b"ab\xffc", 2, "0xff is not valid UTF-8 here"),
        (b"\xed\xa0\x80", 0, "0xed is not valid UTF-8 here"),
        (b"\xc0\xaf", 0, "0xc0 is not valid UTF-8 here"),
        (b"a\0b", 1, "a NUL byte stands in the text"),
        (b"\xff\xfea\0", 0, "the text is UTF-16 (little endian), not UTF-8"),
        (b"\xfe\xff\0a", 0, "the text is UTF-16 (big endian), not UTF-8"),
    ],
)
def test_bytes_that_are_no_utf8_text_are_refused_with_their_place(data: bytes, offset: int, reason: str) -> None:
    with pytest.raises(DecodingError) as caught:
        Source.decode("a.md", data)
    assert (caught.value.offset, caught.value.reason) == (offset, reason)
    assert str(caught.value) == f"byte {offset}: {reason}"


def test_the_byte_order_mark_is_remembered_and_no_text() -> None:
    source = Source.decode("a.md", b"\xef\xbb\xbf# T\r\n", "index")
    assert (source.text, source.bom, source.origin, source.path) == ("# T\r\n", True, "index", "a.md")
    assert source.encode() == b"\xef\xbb\xbf# T\r\n"


@given(st.binary(max_size=60) | st.text(max_size=40).map(str.encode) | TEXTS.map(lambda text: (BOM + text).encode()))
def test_what_can_be_decoded_comes_back_byte_by_byte(data: bytes) -> None:
    try:
        decoded = Source.decode("a.md", data).encode()
    except DecodingError as error:
        decoded = data if 0 <= error.offset <= len(data) else b""
    assert decoded == data


def test_lines_end_at_the_three_line_ends_of_commonmark_only() -> None:
    source = Source("a.md", "a\r\nb\rc\nd\x0be\x0cf\x85g\u2028h\n")
    assert source.line_starts == [0, 3, 5, 7, 17]
    assert source.line_count == 4
    assert [source.slice(source.line(number)) for number in range(1, 5)] == ["a", "b", "c", "d\x0be\x0cf\x85g\u2028h"]


@pytest.mark.parametrize(("text", "count"), [("", 1), ("\n", 1), ("a", 1), ("a\n", 1), ("a\nb", 2), ("a\n\n", 2), ("\r\n\r\n", 2)])
def test_a_final_line_end_begins_no_line(text: str, count: int) -> None:
    assert Source("a.md", text).line_count == count


@given(TEXTS)
def test_positions_and_lines_agree(text: str) -> None:
    source = Source("a.md", text)
    for offset in range(len(text) + 1):
        position = source.position(offset)
        assert source.line_starts[position.line - 1] + position.column - 1 == offset
        assert position.line == len(source.line_starts) or offset < source.line_starts[position.line]
    lines = [source.line(number) for number in range(1, len(source.line_starts) + 1)]
    assert [source.slice(line) for line in lines] == re.split(r"\r\n|\r|\n", text)


def test_spans_hold_offsets_and_spans() -> None:
    span = Span(2, 5)
    assert [offset for offset in range(8) if offset in span] == [2, 3, 4]
    assert Span(2, 5) in span
    assert Span(3, 3) in span
    assert Span(1, 3) not in span
    assert len(span) == 3
    assert sorted([Span(3, 4), Span(2, 9), Span(2, 5)]) == [Span(2, 5), Span(2, 9), Span(3, 4)]
    assert Source("a.md", "a\nbc").position(3) == Position(2, 2)
