"""A rule's page: its front matter, its prose, and its examples, which run.

A page is ``<name>.md``. Its front matter is described by ``schemas/rule.schema.json``; below it stand a title, perhaps a paragraph, and the
sections ``What it finds``, ``Why it matters``, ``When it stays silent`` and ``Examples`` (headings of level 2, in this order).

Below ``Examples`` every heading of level 3 opens one example, which is made of code fences told apart by their info strings:

``markdown path=COORDINATION.md today=2026-03-01``
    A document. The first one is what the example is about; further ones stand beside it in the tree, and are checked as well. ``path`` is
    required. ``today`` is the day on which the example is checked, 2026-01-01 if it is not given. ``encoding`` names a Python codec for
    the bytes, UTF-8 if it is not given.
``yaml repo``
    The repository around the documents, as ``doclint.repo.world`` describes it. Without it the documents are the tree, committed once.
``toml config``
    The text of a ``doclint.toml``. In an example only the page's own rule runs, with its defaults or with what this says.
``text expect``
    What doclint prints: the text report without colour, summary and footer. An example without it must stay silent.
``markdown fixed``
    The document after all fixes. A rule is fixable if its page has such a fence.

A document that holds fences itself stands in a longer fence, as Markdown has it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from doclint.errors import ConfigError
from doclint.markdown.nodes import Fence, FrontMatter, Heading
from doclint.text import Source, Span

SECTIONS = ("What it finds", "Why it matters", "When it stays silent", "Examples")
TODAY = datetime.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document of an example."""

    path: str
    text: str
    encoding: str

    def encode(self) -> bytes:
        """The document's bytes."""
        return self.text.encode(self.encoding)


@dataclass(frozen=True, slots=True)
class Example:
    """One example. ``line`` is its heading's; ``expect`` and ``fixed`` are the fences, ``end`` the offset behind its last fence."""

    title: str
    line: int
    today: datetime.date
    documents: tuple[Sheet, ...]
    repo: str | None
    config: str | None
    expected: str
    expect: Fence | None
    mended: str | None
    fixed: Fence | None
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page; ``front`` is its front matter as plain values, ``body`` the offset behind it."""

    source: Source
    front: Mapping[str, Any]
    examples: tuple[Example, ...]
    headings: tuple[str, ...]
    body: int

    @property
    def fixable(self) -> bool:
        """Whether an example shows a fix."""
        return any(example.fixed is not None for example in self.examples)


def parse(source: Source) -> Page:
    """The page that ``source`` holds. Raises ConfigError, with file and line, where it cannot be read as one."""
    from doclint.markdown.frontmatter import YamlError, load_yaml
    from doclint.markdown.parse import parse as parse_markdown

    root = parse_markdown(source)
    first = root.children[0] if root.children else None
    if not isinstance(first, FrontMatter):
        raise ConfigError(f"{source.path}: a rule's page opens with YAML front matter")
    try:
        front = load_yaml(source.slice(first.content))
    except YamlError as error:
        raise ConfigError(f"{source.path}: the front matter cannot be read: {error}") from None
    if not isinstance(front, dict):
        raise ConfigError(f"{source.path}: the front matter is not a mapping")
    headings: list[str] = []
    chapters: list[tuple[Heading, list[Fence]]] = []
    inside = False
    for block in root.children:
        match block:
            case Heading(level=2):
                headings.append(_title(source, block))
                inside = headings[-1] == "Examples"
            case Heading(level=3) if inside:
                chapters.append((block, []))
            case Fence() if inside and chapters:
                chapters[-1][1].append(block)
            case Fence() if inside:
                raise _error(source, block.span, "an example stands below a heading of level 3")
    return Page(source, front, tuple(_example(source, heading, fences) for heading, fences in chapters), tuple(headings), first.span.end)


def problems(page: Page, schema: Mapping[str, Any]) -> Iterator[str]:
    """What keeps ``page`` from being a rule, in sentences; ``schema`` is that of the front matter.

    What is wrong with its examples does not: see ``shortcomings``.
    """
    from doclint.schema import explain

    for fault in explain(page.front, schema):
        yield f"{page.source.path}: the front matter's `{fault.dotted or 'top level'}` {fault.sentence}"
    name = page.front.get("name")
    if page.source.path.rpartition("/")[2] != f"{name}.md":
        yield f"{page.source.path}: the page of the rule `{name}` is to be called `{name}.md`"


def shortcomings(page: Page) -> Iterator[str]:
    """What ``page`` fails to show, in sentences."""
    if page.headings != SECTIONS:
        yield f"{page.source.path}: the headings of level 2 are {', '.join(page.headings) or 'missing'}; expected {', '.join(SECTIONS)}"
    for example in page.examples:
        if example.expect is not None and not example.expected:
            yield f"{page.source.path}:{example.line}: the `expect` fence is empty; an example that must stay silent has none"
    if not any(example.expect for example in page.examples):
        yield f"{page.source.path}: no example shows a fault"
    if all(example.expect for example in page.examples):
        yield f"{page.source.path}: no example shows where the rule stays silent"


def content(source: Source, fence: Fence) -> str:
    """What stands in ``fence``, each line ended by a line feed."""
    return "".join(source.slice(line) + "\n" for line in fence.lines)


def _title(source: Source, heading: Heading) -> str:
    return " ".join(source.slice(line) for line in heading.lines)


def _error(source: Source, span: Span, sentence: str) -> ConfigError:
    return ConfigError(f"{source.path}:{source.position(span.start).line}: {sentence}")


def _example(source: Source, heading: Heading, fences: list[Fence]) -> Example:
    documents: list[Sheet] = []
    single: dict[str, Fence] = {}
    today = TODAY
    for fence in fences:
        language, *words = fence.info.split()
        attributes = dict(word.split("=", 1) for word in words if "=" in word)
        kind = " ".join([language, *(word for word in words if "=" not in word)])
        if kind == "markdown":
            if "path" not in attributes:
                raise _error(source, fence.span, "a document's fence names its path, as in `markdown path=PROGRESS.md`")
            if "today" in attributes:
                today = _day(source, fence, attributes["today"])
            documents.append(Sheet(attributes["path"], content(source, fence), attributes.get("encoding", "utf-8")))
        elif kind in ("yaml repo", "toml config", "text expect", "markdown fixed"):
            if kind in single:
                raise _error(source, fence.span, f"a second `{kind}` fence in one example")
            single[kind] = fence
        else:
            raise _error(source, fence.span, f"`{fence.info}` is no fence of an example")
    if not documents:
        raise _error(source, heading.span, "the example has no document, a fence `markdown path=…`")
    return Example(
        title=_title(source, heading),
        line=source.position(heading.span.start).line,
        today=today,
        documents=tuple(documents),
        repo=content(source, single["yaml repo"]) if "yaml repo" in single else None,
        config=content(source, single["toml config"]) if "toml config" in single else None,
        expected=content(source, single["text expect"]) if "text expect" in single else "",
        expect=single.get("text expect"),
        mended=content(source, single["markdown fixed"]) if "markdown fixed" in single else None,
        fixed=single.get("markdown fixed"),
        end=fences[-1].span.end,
    )


def _day(source: Source, fence: Fence, text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise _error(source, fence.span, f"`today={text}` is no day; expected YYYY-MM-DD") from None
