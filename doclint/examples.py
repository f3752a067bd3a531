"""The examples on a rule's page, run: each compares what doclint prints with what the page says that it prints."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from doclint.config import File, Flags, plan
from doclint.engine import check
from doclint.errors import ConfigError, DoclintError
from doclint.mending import Lint, mend
from doclint.page import Example, Page, parse
from doclint.report import Report
from doclint.reporters import text
from doclint.resources import directory, schema
from doclint.rule import SUPPRESSIONS, Rule, load, shipped
from doclint.text import DecodingError, Source


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one example: the text that was printed and the document after its fixes, beside what the page says; ``failure`` is a
    sentence where it could not be run."""

    page: str
    example: Example
    printed: str
    mended: str | None
    failure: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the page says what happens."""
        return self.failure is None and self.printed == self.example.expected and self.mended == self.example.mended

    @property
    def title(self) -> str:
        """The example's place and heading."""
        return f"{self.page}:{self.example.line}: {self.example.title}"


def pages() -> list[str]:
    """The file paths of the pages that doclint ships."""
    folder = directory("rules")
    return sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".md") and name != "README.md")


def open_page(path: str, *, complete: bool = True) -> Page:
    """The page in the file at ``path``. Raises ConfigError where it is none, or (``complete``) lacks what a page must show."""
    from doclint.page import problems, shortcomings

    try:
        with open(path, "rb") as file:
            source = Source.decode(path.replace(os.sep, "/"), file.read())
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except DecodingError as error:
        raise ConfigError(f"{path}: {error}") from None
    page = parse(source)
    for problem in (*problems(page, schema("rule")), *(shortcomings(page) if complete else ())):
        raise ConfigError(problem)
    return page


def run(page: Page) -> list[Result]:
    """The results of all examples on ``page``, in order."""
    rule = rule_of(page)
    return [run_example(page, rule, example) for example in page.examples]


def run_files(paths: Sequence[str] = (), *, update: bool = False) -> list[Result]:
    """The results of all examples on the pages at ``paths``, else on the shipped ones; with ``update`` what was printed is written back.

    The results of an updated page are those of its examples as they then are.
    """
    results: list[Result] = []
    for path in paths or pages():
        page = open_page(path, complete=not update)
        found = run(page)
        if update and not all(result.passed for result in found):
            with open(path, "wb") as file:
                file.write(replace(page.source, text=updated(page, found)).encode())
            found = run(open_page(path, complete=all(result.failure is None for result in found)))
        results += found
    return results


def rule_of(page: Page) -> Rule:
    """The rule that ``page`` describes."""
    from doclint.catalogue import entry

    return load({**entry(page.front), "fixable": page.fixable, "page": os.path.basename(page.source.path)})


def run_example(page: Page, rule: Rule, example: Example) -> Result:
    """Run one example, with its page's rule alone."""
    try:
        lint = _lint(rule, example)
        report = lint({})
        mended = mend(lint, unsafe=True) if example.fixed is not None else None
    except DoclintError as error:
        return Result(page.source.path, example, "", None, str(error))
    for crash in report.crashes:
        return Result(page.source.path, example, "", None, crash.trace)
    printed = "\n".join("".join(f"{line}\n" for line in text.finding(report, diagnostic)) for diagnostic in report.diagnostics)
    first = example.documents[0].path
    return Result(page.source.path, example, printed, None if mended is None else mended.report.sources[first].text)


def updated(page: Page, results: Sequence[Result]) -> str:
    """The page's text, with what was printed and mended in place of what it says.

    A fence that is missing is added; one whose example is silent now is emptied, which no page may be left with.
    """
    changed = page.source.text
    for result in reversed(results):
        example = result.example
        if result.failure is not None:
            continue
        replacements = []
        if example.fixed is not None and result.mended is not None:
            replacements.append((example.fixed.span.start, example.fixed.span.end, _fence("markdown fixed", result.mended)))
        if example.expect is not None:
            replacements.append((example.expect.span.start, example.expect.span.end, _fence("text expect", result.printed)))
        elif result.printed:
            replacements.append((example.end, example.end, "\n\n" + _fence("text expect", result.printed)))
        for start, end, replacement in sorted(replacements, reverse=True):
            changed = changed[:start] + replacement + changed[end:]
    return changed


def _fence(info: str, content: str) -> str:
    marks = "```"
    while any(line.lstrip().startswith(marks) for line in content.split("\n")):
        marks += "`"
    return f"{marks}{info}\n{content}{marks}"


def _lint(rule: Rule, example: Example) -> Lint:
    from doclint.own import load as load_own
    from doclint.repo.memory import MemoryRepo

    documents = {sheet.path: sheet.encode().decode("utf-8", "surrogateescape") for sheet in example.documents}
    file = File("doclint.toml", "", example.config.encode()) if example.config is not None else None
    repo = MemoryRepo.build(_specification(example), documents)
    before = repo.since()
    types = load_own(repo).types if repo.paths().is_directory(".doclint") else ()
    # Whether a comment that silences others is of use, only those others can tell.
    others = [one for one in shipped() if one.code != rule.code] if rule.check == SUPPRESSIONS else []
    chosen = plan(file, Flags(), [*others, rule], types)

    def lint(overlay: Mapping[str, bytes]) -> Report:
        report = check(chosen, repo, list(documents), example.today, overlay=overlay, before=before)
        return replace(report, diagnostics=[one for one in report.diagnostics if one.code == rule.code])

    return lint


def _specification(example: Example) -> Mapping[str, Any]:
    from doclint.markdown.frontmatter import YamlError, load_yaml

    try:
        specification = load_yaml(example.repo) if example.repo is not None else {}
    except YamlError as error:
        raise ConfigError(f"the `repo` fence cannot be read: {error}") from None
    if not isinstance(specification, dict):
        raise ConfigError("the `repo` fence is not a mapping")
    return specification
