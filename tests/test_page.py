"""A rule's page: what makes one, and how a mistake in one is named."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from doclint.errors import ConfigError
from doclint.examples import open_page, run, run_files, updated
from doclint.page import Page, parse, problems, shortcomings
from doclint.resources import schema
from doclint.text import Source

FRONT = """\
---
code: XX001
name: test-page
summary: A word that is wrong in a way of its own
family: Tests
severity: warning
applies-to: any
check: boxes
help: write it right
---
"""
PROSE = """
# test-page

## What it finds

## Why it matters

## When it stays silent

## Examples
"""
EXAMPLES = """
### A fault

Words between the fences are prose.

```yaml repo
commits: []
```

```markdown path=a.md today=2026-03-01
-[ ] one
```

````markdown path=docs/b.md
```text
-[ ] two
```
````

```toml config
exclude = []
```

```text expect
a.md:1:1: XX001 [warning] `-[ ]` is no check box: a blank is missing behind the list marker
  |
1 | -[ ] one
  | ^^^^ expected `- [ ]`
  = help: write `- [ ]`; see `doclint explain XX001`
```

```markdown fixed
- [ ] one
```

### A trap

```markdown path=a.md
- [ ] one
```
"""
PAGE = FRONT + PROSE + EXAMPLES


def _page(text: str, name: str = "rules/test-page.md") -> Page:
    return parse(Source(name, text))


def test_a_page() -> None:
    page = _page(PAGE)
    assert list(problems(page, schema("rule"))) == []
    assert list(shortcomings(page)) == []
    assert page.fixable
    fault, trap = page.examples
    assert (fault.title, fault.line, fault.today) == ("A fault", 22, datetime.date(2026, 3, 1))
    assert [(sheet.path, sheet.text) for sheet in fault.documents] == [("a.md", "-[ ] one\n"), ("docs/b.md", "```text\n-[ ] two\n```\n")]
    assert (fault.repo, fault.config, fault.mended) == ("commits: []\n", "exclude = []\n", "- [ ] one\n")
    assert (trap.title, trap.today, trap.expected, trap.mended) == ("A trap", datetime.date(2026, 1, 1), "", None)


def test_its_examples_run() -> None:
    assert [(result.title, result.failure, result.passed) for result in run(_page(PAGE))] == [
        ("rules/test-page.md:22: A fault", None, True),
        ("rules/test-page.md:56: A trap", None, True),
    ]


def test_an_example_that_is_wrong_fails() -> None:
    for old, new in (
        ("a blank is missing", "no blank"),
        ("- [ ] one\n```\n\n### A trap", "- [x] one\n```\n\n### A trap"),
        ("path=a.md\n- [", "path=a.md\n-["),
    ):
        assert not all(result.passed for result in run(_page(PAGE.replace(old, new))))


def test_an_example_that_cannot_run_says_why() -> None:
    (first, _) = run(_page(PAGE.replace("commits: []", "commits: [")))
    assert first.failure is not None
    assert first.failure.startswith("the `repo` fence cannot be read: ")
    (first, _) = run(_page(PAGE.replace("exclude", "exlude")))
    assert first.failure == "doclint.toml:1: `exlude` is not known; did you mean `exclude`?"


def test_updating_writes_what_is_printed(tmp_path: Path) -> None:
    start = PAGE.index("a.md:1:1")
    gutted = PAGE[:start] + PAGE[PAGE.index("```\n\n```markdown fixed") :].replace("fixed\n- [ ] one\n", "fixed\n", 1)
    assert updated(_page(gutted), run(_page(gutted))) == PAGE
    path = tmp_path / "test-page.md"
    path.write_text(gutted, "utf-8")
    assert all(result.passed for result in run_files([str(path)], update=True))
    assert path.read_text("utf-8") == PAGE
    assert all(result.passed for result in run_files([str(path)]))


def test_updating_adds_a_fence_where_there_is_none() -> None:
    text = PAGE.replace("path=a.md\n- [ ] one", "path=a.md\n-[ ] one")
    changed = updated(_page(text), run(_page(text)))
    assert changed.endswith(
        "```markdown path=a.md\n-[ ] one\n```\n\n```text expect\n"
        "a.md:1:1: XX001 [warning] `-[ ]` is no check box: a blank is missing behind the list marker\n"
        "  |\n1 | -[ ] one\n  | ^^^^ expected `- [ ]`\n  = help: write `- [ ]`; see `doclint explain XX001`\n```\n"
    )
    assert all(result.passed for result in run(_page(changed)))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("---\ncode", "code", "rules/test-page.md: a rule's page opens with YAML front matter"),
        ("code: XX001", "code: [", "rules/test-page.md: the front matter cannot be read: "),
        (
            "path=a.md today=2026-03-01",
            "path=a.md today=tomorrow",
            "rules/test-page.md:30: `today=tomorrow` is no day; expected YYYY-MM-DD",
        ),
        (
            "```markdown path=docs/b.md",
            "```markdown",
            "rules/test-page.md:34: a document's fence names its path, as in `markdown path=PROGRESS.md`",
        ),
        ("toml config", "yaml config", "rules/test-page.md:40: `yaml config` is no fence of an example"),
        ("toml config", "yaml repo", "rules/test-page.md:40: a second `yaml repo` fence in one example"),
        ("### A fault\n", "", "rules/test-page.md:25: an example stands below a heading of level 3"),
        ("```markdown path=a.md\n- [ ] one\n```\n", "", "rules/test-page.md:56: the example has no document, a fence `markdown path=…`"),
    ],
)
def test_what_is_no_page(old: str, new: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _page(PAGE.replace(old, new))
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("severity: warning", "severity: grave", 'the front matter\'s `severity` is "grave"; expected "error", "warning" or "info"'),
        ("severity", "seveerity", "the front matter's `top level` lacks `severity`"),
        ("name: test-page", "name: other-page", "the page of the rule `other-page` is to be called `other-page.md`"),
    ],
)
def test_what_keeps_a_page_from_being_a_rule(old: str, new: str, sentence: str) -> None:
    assert next(problems(_page(PAGE.replace(old, new)), schema("rule"))) == f"rules/test-page.md: {sentence}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (PAGE.replace("## Why it matters", "## Why"), "rules/test-page.md: the headings of level 2 are What it finds, Why, "),
        (PAGE[: PAGE.index("### A trap")], "rules/test-page.md: no example shows where the rule stays silent"),
        (FRONT + PROSE + PAGE[PAGE.index("### A trap") :], "rules/test-page.md: no example shows a fault"),
        (
            PAGE.replace(PAGE[PAGE.index("a.md:1:1") : PAGE.index("```\n\n```markdown fixed")], ""),
            "rules/test-page.md:22: the `expect` fence is empty",
        ),
    ],
)
def test_what_a_page_fails_to_show(text: str, sentence: str) -> None:
    assert next(shortcomings(_page(text))).startswith(sentence)


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file or directory"):
        open_page(str(tmp_path / "a.md"))
