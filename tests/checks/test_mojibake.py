"""TX001: UTF-8 that was read as something else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.checks import mojibake
from tests.checks.running import fixed, proofs, told

CLEAN = "# Plan — loader\n\n- ✅ Rows “read”\n- ⏳ Tables\n- é and 日本\n"
_ENCODINGS = ["mac_roman", "cp1252", "latin-1", "cp1254"]


def garbled(text: str, encoding: str) -> str:
    """``text`` as a program shows it that takes its UTF-8 for ``encoding``; bytes without a character stay as C1 controls."""
    result = []
    for byte in text.encode("utf-8"):
        try:
            result.append(bytes((byte,)).decode(encoding))
        except UnicodeDecodeError:
            result.append(chr(byte))
    return "".join(result)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("mac_roman", "Mac Roman"), ("cp1252", "Windows-1252"), ("latin-1", "Latin-1"), ("cp1254", "Windows-1254")],
)
def test_a_garbled_document_is_told_once_and_restored_to_the_byte(encoding: str, name: str) -> None:
    text = garbled("# Plan ✔️ 🏗️ — ş\n\n- ✅ done, ğ\n", encoding)
    (message,) = told(mojibake, text, at_least=1)
    assert message.startswith("1:8 the text is UTF-8 that was read as ")
    assert fixed(mojibake, text, at_least=1) == "# Plan ✔️ 🏗️ — ş\n\n- ✅ done, ğ\n"
    if encoding in ("mac_roman", "cp1252"):
        assert f" as {name}: " in message


def test_the_message_shows_what_stands_for_what() -> None:
    text = garbled(CLEAN, "mac_roman")
    assert told(mojibake, text, at_least=1) == ["1:8 the text is UTF-8 that was read as Mac Roman: `‚Äî` stands for `—`"]
    assert proofs(mojibake, text, at_least=1) == [["7 places, and all of the text turns back"]]


@pytest.mark.parametrize(
    "text",
    [
        "plain ASCII\n",
        CLEAN,
        "É, ü and ñ\n",
        "“Quoted” — text\n",
        # One place that does not turn back: the text is a mixture, and no repair is sure.
        garbled("a — b\n", "cp1252") + "c — d\n",
        "§ 3, © 2026, 20 °C\n",
        # These two turn back, and into nothing that anybody writes.
        "Spaß—und CAFÉ—\n",
        "isso—é tudo\n",
        "",
    ],
)
def test_text_that_is_what_it_says(text: str) -> None:
    assert told(mojibake, text, at_least=1) == []


def test_how_many_places_it_takes_is_an_option() -> None:
    text = garbled("a — b\n", "cp1252")
    assert len(told(mojibake, text, at_least=1)) == 1
    assert told(mojibake, text, at_least=2) == []


_WORDS = st.lists(st.sampled_from(["é", "ß", "—", "“a”", "✅", "⏳", "🏗", "日本", "Größe", "ağaç", "plain", "\n", "-", "#"]), max_size=12)


@given(_WORDS.map(" ".join), st.sampled_from(_ENCODINGS))
@settings(deadline=None, max_examples=200)
def test_a_fix_restores_the_bytes_and_is_stable(text: str, encoding: str) -> None:
    assert fixed(mojibake, garbled(text, encoding), at_least=1).encode() == text.encode()
    assert fixed(mojibake, text, at_least=1) == text


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=200)
def test_a_fix_always_ends(text: str) -> None:
    once = fixed(mojibake, text, at_least=1)
    assert len(once) <= len(text)
