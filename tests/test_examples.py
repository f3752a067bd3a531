"""Every example on every page that doclint ships, one test each."""

from __future__ import annotations

import os

import pytest

from doclint.examples import open_page, pages, rule_of, run_example
from doclint.page import Example, Page

PAGES = [open_page(path, complete=False) for path in pages()]


@pytest.mark.parametrize("path", pages(), ids=os.path.basename)
def test_a_page_shows_what_it_must(path: str) -> None:
    open_page(path)


@pytest.mark.parametrize(
    ("page", "example"),
    [pytest.param(page, example, id=f"{page.front['code']}-{example.title}") for page in PAGES for example in page.examples],
)
def test_example(page: Page, example: Example) -> None:
    result = run_example(page, rule_of(page), example)
    assert result.failure is None, result.failure
    assert result.printed == example.expected
    assert result.mended == example.mended
