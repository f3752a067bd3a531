"""Front matter: its values, their places, and everything that is refused."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from doclint.markdown.frontmatter import DEPTH_LIMIT, FrontMatterData, FrontMatterError, YamlError, load, load_yaml
from doclint.markdown.nodes import FrontMatter
from doclint.markdown.parse import parse
from doclint.text import Source


@pytest.fixture(params=["compiled", "pure"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs with both parsers of PyYAML, as the compiled one is not everywhere."""
    if request.param == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


def loaded(text: str) -> tuple[Source, FrontMatterData]:
    source = Source("a.md", text)
    front = parse(source).children[0]
    assert isinstance(front, FrontMatter)
    return source, load(source, front)


TEXT = """---
🎉: 'it''s'
list:
  - one
  - name: "two"
    date: 2026-02-30
flow: {e: no, f: [true, ~, 0x1F]}
text: |
  x
  y
none:
a/b~c: 1.5
---
# T
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_values_and_their_places(end: str) -> None:
    source, data = loaded(TEXT.replace("\n", end))
    assert data.value == {
        "🎉": "it's",
        "list": ["one", {"name": "two", "date": "2026-02-30"}],
        "flow": {"e": "no", "f": [True, None, 31]},
        "text": "x\ny\n",
        "none": None,
        "a/b~c": 1.5,
    }
    assert {pointer: source.slice(span) for pointer, span in data.keys.items()} == {
        "/🎉": "🎉",
        "/list": "list",
        "/list/1/name": "name",
        "/list/1/date": "date",
        "/flow": "flow",
        "/flow/e": "e",
        "/flow/f": "f",
        "/text": "text",
        "/none": "none",
        "/a~1b~0c": "a/b~c",
    }
    values = {pointer: source.slice(span).replace("\r", "") for pointer, span in data.values.items()}
    assert values.pop("") == TEXT[4:-9]
    assert values.pop("/text").startswith("|\n  x\n  y")
    assert values == {
        "/🎉": "'it''s'",
        "/list": '- one\n  - name: "two"\n    date: 2026-02-30',
        "/list/0": "one",
        "/list/1": 'name: "two"\n    date: 2026-02-30',
        "/list/1/name": '"two"',
        "/list/1/date": "2026-02-30",
        "/flow": "{e: no, f: [true, ~, 0x1F]}",
        "/flow/e": "no",
        "/flow/f": "[true, ~, 0x1F]",
        "/flow/f/0": "true",
        "/flow/f/1": "~",
        "/flow/f/2": "0x1F",
        "/none": "",
        "/a~1b~0c": "1.5",
    }


@pytest.mark.parametrize("text", ["---\n---\n", "---\n# nothing\n---\n"])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    assert loaded(text)[1].value == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("off", "off"),
        ("null", None),
        ("-12", -12),
        ("010", 10),
        ("0o17", 15),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("2026-01-02", "2026-01-02"),
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        ("1.2.3", "1.2.3"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("", None),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("1: a\ntrue: b", {"1": "a", "true": "b"}),
        ("&a b", "b"),
    ],
)
def test_scalars_are_those_of_json(text: str, value: object) -> None:
    assert load_yaml(text) == value
    assert type(load_yaml(text)) is type(value)


@pytest.mark.parametrize(
    ("text", "offset", "sentence"),
    [
        ("a: &x 1\nb: *x", 11, "the alias `*x` is not allowed"),
        ("a: 1\na: 2", 5, "the key `a` stands here a second time"),
        ("a: {b: 1, b: 2}", 10, "the key `b` stands here a second time"),
        ("[" * 60000, DEPTH_LIMIT, "the YAML is nested deeper than 50 levels"),
        ("{a: " * 15000, 4 * DEPTH_LIMIT, "the YAML is nested deeper than 50 levels"),
        ("a: !!python/object/apply:os.system [true]", 3, "the tag `tag:yaml.org,2002:python/object/apply:os.system` is not allowed"),
        ("a: !x y", 3, "the tag `!x` is not allowed"),
        ("? [a]\n: 1", 2, "a key must be text, not a list or a mapping"),
        ("a: 1234567890123456789", 3, "the number has more than 18 digits; put it in quotation marks"),
        ("a: " + "9" * 5000, 3, "the number has more than 18 digits; put it in quotation marks"),
        ("a: 1\n---\nb: 2", 5, "a second YAML document begins here"),
        ("é: '\x07'", 4, "a character stands here that YAML does not allow"),
        ("a: '\ud800'", 4, "a character stands here that YAML does not allow"),
        ("a" * 65537, 0, "the YAML is larger than 64 KiB"),
        ("é" * 32769, 0, "the YAML is larger than 64 KiB"),
    ],
)
def test_what_is_refused(text: str, offset: int, sentence: str) -> None:
    with pytest.raises(YamlError) as caught:
        load_yaml(text)
    assert (caught.value.offset, caught.value.sentence) == (offset, sentence)


def test_a_bomb_of_merge_keys_is_refused_at_its_first_alias() -> None:
    levels = "\n".join(f"a{level}: &a{level} {{<<: [*a{level - 1}, *a{level - 1}, *a{level - 1}]}}" for level in range(1, 20))
    with pytest.raises(YamlError, match=r"the alias `\*a0` is not allowed"):
        load_yaml("a0: &a0 {b: 1}\n" + levels)


@pytest.mark.parametrize(
    ("text", "found", "sentence"),
    [
        ("---\na: b: c\n---\n", ": c", None),
        ("---\r\nx: 1\r\na: *b\r\n---\r\n", "*b", "the alias `*b` is not allowed"),
        ("---\n- a\n---\n", "- a\n", "the front matter is no mapping of keys to values"),
        ("---\nplain\n---\n", "plain\n", "the front matter is no mapping of keys to values"),
    ],
)
def test_errors_have_their_place_in_the_document(text: str, found: str, sentence: str | None) -> None:
    with pytest.raises(FrontMatterError) as caught:
        loaded(text)
    assert Source("a.md", text).slice(caught.value.span) == found
    assert sentence in (None, caught.value.sentence)


YAML_PARTS = ["a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "'", '"', "|", ">", "&a", "*a", "!", "%", "?", "#", "9", "\t"]


@given(st.text(max_size=40) | st.lists(st.sampled_from(YAML_PARTS), max_size=20).map("".join))
def test_no_text_leads_to_any_other_error(text: str) -> None:
    offset = 0
    try:
        load_yaml(text)
    except YamlError as error:
        offset = error.offset
    assert 0 <= offset <= len(text)
