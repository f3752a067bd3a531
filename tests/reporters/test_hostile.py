"""Every format, of reports whose every text was written by somebody who wants something of the reader."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from doclint.diagnostic import Evidence, Fix, Severity
from doclint.report import Checked, Crash, Open, Presentation, Report, Suppressed, Unread
from doclint.reporters import formats, markdown
from doclint.text import Edit, Source, Span
from tests.reporters.runner import commands
from tests.reporters.sample import WEB, diagnostic, report

PAYLOADS = (
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m\x85next",
    "\u202egnp.exe\u2066\u200b\ufeff",
    "a\n::error::pwned",
    "a\r::set-output name=x::y",
    "::add-mask::x",
    "\u00a0::error::after a blank",
    "\u3000\u2003::warning file=a.md,line=1::x",
    "##[error]x ##[group]y",
    "a\n##[set-env name=PATH]/tmp",
    "%0A::error::x%25%3A%2C,line=9",
    "\x00",
    "\udcff\udc80",
    "\ud800 \udfff",
    "]]>&amp;<!-- <failure/>",
    "</script><img src=x onerror=alert(1)>",
    "| a | b |\n| --- | --- |",
    "``` `x` ``",
    "` | <b>` `",
    "[text](javascript:alert(1)) [x](2) \\[y\\](3)",
    "![x](https://example.org/x.png) https://example.org www.example.org a@example.org",
    "@somebody fixes #1 and other/repository#2",
    "**bold** _it_ ~~gone~~ $x$ :tada:",
    "# Heading\n\n- item",
    "\u2028\u2029\x0b\x0c\x1c",
    "\ufffe\uffff\U0001ffff\U000e0001",
    "x" * 5000,
    "",
)
# Nothing that a terminal acts on, that turns the direction of reading, or that no text may hold.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def hostile(payload: str) -> Report:
    """A report that says ``payload`` wherever a report can say what others wrote."""
    path = f"docs/{payload}.md"
    source = Source(path, f"{payload.replace(chr(0), '')}\nwrong {payload}\n")
    start = source.text.index("wrong")
    found = diagnostic(
        source,
        "wrong",
        message=f"{payload} is wrong: `{payload}`",
        label=payload,
        evidence=(
            Evidence("place", payload, path=path, span=Span(0, 1)),
            Evidence("path", payload, path=f"{payload}/x"),
            Evidence("commit", f"merged in ddddddd ({payload})", commit="d" * 40, date="2026-02-20", subject=payload),
        ),
        fix=Fix(f"write {payload}", (Edit(Span(start, start + 5), payload),), safe=True),
        identity=payload,
    )
    others = [
        found._replace(severity=severity, fix=None, identity=f"{payload}{severity}") for severity in (Severity.WARNING, Severity.INFO)
    ]
    shown = report(found, *others)
    return Report(
        tree=shown.tree,
        diagnostics=shown.diagnostics,
        open=[Open("XX001", path, Span(0, 1), payload)],
        documents=[Checked(path, None, payload)],
        unread=[Unread(f"{payload}.md", payload)],
        crashes=[Crash("XX001", path, payload, payload)],
        suppressed=[Suppressed(found, "inSource", payload)],
        limits=(),
        rules=shown.rules,
        sources={path: source},
        unwritten=[Unread(path, payload)],
        fixed={path: 1},
    )


def _rendered(format: str, shown: Report) -> str:
    text: str = import_module(f"doclint.reporters.{format}").render(shown, Presentation(web=WEB, runner=True))
    return text


def _judge(format: str, shown: Report) -> str:
    text = _rendered(format, shown)
    text.encode("utf-8")
    assert FORBIDDEN.findall(text) == []
    found = list(commands(text))
    if format == "github":
        assert [command.name for command in found] == ["error", "warning", "notice"]
    else:
        assert found == []
    return text


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("format", formats())
def test_nothing_is_obeyed(format: str, payload: str) -> None:
    _judge(format, hostile(payload))


ANYTHING = st.text(st.one_of(st.characters(), st.sampled_from("\n\r:#[]%`|<>&@\\\x1b\udcff\ud800")), max_size=30)


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
def test_nothing_is_obeyed_whatever_is_written(text: str) -> None:
    shown = hostile(text)
    for format in formats():
        _judge(format, shown)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_annotations_stand_where_they_belong(payload: str) -> None:
    shown = hostile(payload)
    for command, found in zip(commands(_rendered("github", shown)), shown.diagnostics, strict=True):
        position = shown.sources[found.path].position(found.span.start)
        assert command.properties["line"] == str(position.line)
        assert command.properties["title"] == "XX001 rule-xx001"
        assert set(command.properties) == {"file", "line", "endLine", "col", "endColumn", "title"}
        if payload.isprintable():
            assert command.properties["file"] == found.path
    assert next(commands(_rendered("github", hostile("a\n,b\r:%")))).properties["file"] == "docs/a\n,b\r:%.md"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_json_is_json(payload: str) -> None:
    shown = hostile(payload)
    for format in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(_rendered(format, shown))
    assert len([json.loads(line) for line in _rendered("jsonl", shown).splitlines()]) == 3
    agent = [json.loads(line) for line in _rendered("agent", shown).splitlines()]
    assert [sorted(one) for one in agent[-1:]] == [["failures", "next", "summary", "undecided"]]
    assert all("\n" not in one["fix"] for one in agent[:-1])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_xml_is_xml(payload: str) -> None:
    root = ET.fromstring(_rendered("junit", hostile(payload)))
    results = sorted(child.tag for case in root.iter("testcase") for child in case)
    assert results == ["error", "error", "failure", "skipped", "skipped", "system-out", "system-out"]
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == ("7", "1", "2", "2")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _tags(text: str) -> _Tags:
    parser = _Tags()
    parser.feed(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))
    return parser


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("format", ["markdown", "comment"])
def test_markdown_is_what_it_was_meant_to_be(format: str, payload: str) -> None:
    page = _tags(_rendered(format, hostile(payload)))
    assert {tag for tag, _ in page.tags} <= set("h3 table thead tbody tr th td a code br wbr span p ul li".split())
    assert sum(tag == "tr" for tag, _ in page.tags) == 4
    assert sum(tag == "td" for tag, _ in page.tags) == 12
    assert all(str(attributes["href"]).startswith(f"{WEB.repository}/") for tag, attributes in page.tags if tag == "a")
    # GitHub looks for people and issues in each text for itself.
    assert [text for text in page.texts if re.search(r"@\w|#\d", text)] == []


def test_markdown_shows_what_was_written() -> None:
    for payload in ("a_b *c* `d|e` <f> & [g](h) \\ ~i~ @j #1 http://k www.l", "SESSION_HANDOFF.md:27"):
        assert "".join(_tags(markdown._inline(payload)).texts).strip() == payload.replace("`", "")


def _uris(value: object) -> Iterator[str]:
    match value:
        case dict():
            for key, item in value.items():
                if key == "uri":
                    yield item
                yield from _uris(item)
        case list():
            for item in value:
                yield from _uris(item)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_sarif_paths_are_uris(payload: str) -> None:
    uris = set(_uris(json.loads(_rendered("sarif", hostile(payload)))))
    assert uris
    assert [uri for uri in uris if not re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)] == []
