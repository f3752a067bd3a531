"""A rule: what its page says of it, bound to its check and its options."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from doclint.check import Check, Facts, Options
from doclint.diagnostic import Severity
from doclint.errors import UsageError
from doclint.nearest import hint
from doclint.resources import index

if TYPE_CHECKING:
    from doclint.model.document import Document

ENCODING = "encoding"
"""The check of the rule that speaks where bytes are no text: there is no document to check then, and the engine makes the finding."""

SUPPRESSIONS = "suppressions"
"""The check of the rules about comments that silence others: the engine makes their findings, once all others are known."""

ALL = "all"


class Rule(NamedTuple):
    """A rule as its page describes it.

    ``applies_to`` holds document types, or ``any`` or ``working`` alone. ``needs`` and ``seeks`` are what a document must have and hold
    for the rule to say anything: they change no verdict, and spare the import of its check. ``given`` is what the page tells the check
    and nobody else can, ``options`` what a user can tell it. ``page`` is a name in ``rules/``.
    """

    code: str
    name: str
    summary: str
    family: str
    severity: Severity
    applies_to: tuple[str, ...]
    needs: tuple[str, ...]
    seeks: tuple[str, ...]
    check: str
    given: Mapping[str, str]
    options: Mapping[str, Mapping[str, Any]]
    help: str | None
    fixable: bool
    page: str

    def applies(self, type: str | None) -> bool:
        """Whether the rule speaks about documents of ``type``; None is a document that was not recognised."""
        return self.applies_to == ("any",) or (type is not None and (self.applies_to == ("working",) or type in self.applies_to))

    def concerns(self, document: Document, facts: Facts) -> bool:
        """Whether ``document`` has what the rule needs to say anything."""
        text = document.source.text
        return all(_has(document, facts, need) for need in self.needs) and (not self.seeks or any(one in text for one in self.seeks))

    def defaults(self) -> Options:
        """All that the check is told where no user says otherwise."""
        return {**self.given, **{name: schema["default"] for name, schema in self.options.items()}}

    def bind(self) -> Check:
        """The rule's check."""
        return cast(Check, importlib.import_module(f"doclint.checks.{self.check}"))

    def matches(self, selector: str) -> bool:
        """Whether ``selector`` means this rule: its code or the beginning of it, its name, or ``all``."""
        return selector == ALL or selector == self.name or (selector[:1].isupper() and self.code.startswith(selector))


def load(entry: Mapping[str, Any]) -> Rule:
    """The rule of an entry of the index (``doclint.catalogue``)."""
    applies_to = entry["applies-to"]
    return Rule(
        code=entry["code"],
        name=entry["name"],
        summary=entry["summary"],
        family=entry["family"],
        severity=Severity(entry["severity"]),
        applies_to=(applies_to,) if isinstance(applies_to, str) else tuple(applies_to),
        needs=tuple(entry["needs"]),
        seeks=tuple(entry["seeks"]),
        check=entry["check"],
        given=entry["with"],
        options=entry["options"],
        help=entry["help"],
        fixable=entry["fixable"],
        page=entry["page"],
    )


def _has(document: Document, facts: Facts, need: str) -> bool:
    match need:
        case "non-ascii":
            return not document.source.text.isascii()
        case "own-types":
            return bool(facts.types)
        case "range":
            return facts.before is not None
    part, _, kind = need.partition("/")
    if kind:
        return any(reference.kind == kind for reference in document.references)
    return bool(getattr(document, part))


@functools.cache
def shipped() -> tuple[Rule, ...]:
    """The rules that doclint ships, by code."""
    return tuple(load(entry) for entry in index()["rules"])


def named(word: str, own: Sequence[Rule] = ()) -> Rule:
    """The rule of that code or name, in any letter case, shipped or one's ``own``.

    Raises UsageError, with the nearest one, where there is none.
    """
    rules = (*shipped(), *own)
    for rule in rules:
        if word.casefold() in (rule.code.casefold(), rule.name):
            return rule
    near = hint(word, [part for rule in rules for part in (rule.code, rule.name)])
    raise UsageError(f"`{word}` is no rule{near or '; `doclint rules` lists them'}")


def unknown(selector: str, rules: Iterable[Rule]) -> str | None:
    """A clause that says that ``selector`` means none of ``rules``, with the nearest that does; None where it means one."""
    candidates = [ALL]
    for rule in rules:
        if rule.matches(selector):
            return None
        candidates += (rule.code, rule.name)
    return None if selector == ALL else f"`{selector}` is no rule{hint(selector, candidates)}"
