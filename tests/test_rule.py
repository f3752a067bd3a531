"""Rules, bound to what their pages say."""

from __future__ import annotations

import dataclasses

import pytest

from doclint.check import Facts
from doclint.errors import UsageError
from doclint.examples import open_page, pages
from doclint.markdown.frontmatter import load_yaml
from doclint.repo.memory import MemoryRepo
from doclint.rule import ENCODING, SUPPRESSIONS, named, shipped, unknown
from tests.model.reading import read
from tests.shell import rule


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.code)
def test_every_shipped_rule_has_a_check(one: object) -> None:
    from doclint.rule import Rule

    assert isinstance(one, Rule)
    assert one.check in (ENCODING, SUPPRESSIONS) or callable(one.bind().check)


def test_codes_and_names_are_in_order() -> None:
    codes = [one.code for one in shipped()]
    assert codes == sorted(codes)


@pytest.mark.parametrize("word", ["CL001", "cl001", "checklist-malformed"])
def test_a_rule_goes_by_its_code_or_name(word: str) -> None:
    assert named(word).code == "CL001"


def test_a_word_that_is_like_no_rule() -> None:
    with pytest.raises(UsageError, match=r"^`nope` is no rule; `doclint rules` lists them$"):
        named("nope")


def test_a_rule_that_is_not_there() -> None:
    with pytest.raises(UsageError, match=r"^`checklist-malforned` is no rule; did you mean `checklist-malformed`\?$"):
        named("checklist-malforned")


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("all", True),
        ("AB", True),
        ("AB0", True),
        ("AB012", True),
        ("AB0123", False),
        ("rule-ab012", True),
        ("rule", False),
        ("A", True),
        ("", False),
        ("ab", False),
    ],
)
def test_what_a_selector_means(selector: str, expected: bool) -> None:
    assert rule("AB012").matches(selector) is expected
    assert (unknown(selector, [rule("AB012")]) is None) is expected


@pytest.mark.parametrize(
    ("applies_to", "type", "expected"),
    [
        (("any",), None, True),
        (("working",), None, False),
        (("working",), "x", True),
        (("x", "y"), "y", True),
        (("x",), "y", False),
        (("x",), None, False),
    ],
)
def test_which_documents_a_rule_is_about(applies_to: tuple[str, ...], type: str | None, expected: bool) -> None:
    assert rule(applies_to=applies_to).applies(type) is expected


def test_defaults() -> None:
    assert rule(options={"days": {"type": "integer", "default": 3, "description": "How long"}}).defaults() == {"days": 3}


def test_what_a_rule_needs_changes_no_verdict() -> None:
    """A document that lacks what a rule says that it needs has nothing that the rule's check would find."""
    checked = 0
    for example in (example for page in map(open_page, pages()) for example in page.examples):
        sheet = example.documents[0]
        document = dataclasses.replace(read(sheet.text, sheet.path), type="progress-tracker")
        world = load_yaml(example.repo) if example.repo is not None else {}
        facts = Facts(MemoryRepo.build(world, {sheet.path: sheet.text}), example.today, (document,))
        for one in shipped():
            if one.check not in (ENCODING, SUPPRESSIONS) and not one.concerns(document, facts):
                checked += 1
                assert list(one.bind().check(document, facts, one.defaults())) == [], (one.code, example.title)
    assert checked > 1000
