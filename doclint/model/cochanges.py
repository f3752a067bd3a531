"""Sentences that say what is to change together: "When you change `a.py`, update `b.md` as well", "keep `a` and `b` in sync".

Only what leaves little doubt is taken for such a rule: an imperative or a modal, an exact path, and what is to change with it. The names of
paths are taken out first, so that the grammar sees words and marks alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.model.lexicon import Lexicon, words_pattern
from doclint.model.outline import Outline, leads
from doclint.model.phrases import Phrases
from doclint.model.ranges import Ranges
from doclint.model.references import Token
from doclint.text import Span

_PATHS = ("path", "directory", "glob", "link")
# Stands for a path in the text that the grammar reads; documents have no use for it.
_MARK = "\ue000"
_SENTENCE = late(r"[.!?;](?=\s|$)")
# A longer sentence says more than one thing.
_LONGEST = 400
_LABEL = late(r"[\w ]{1,30}:\s+")
_STEM = 4
_LEAD = rf"(?:^|^{_LABEL.pattern})"
_JOINED = r"(?:,? (?:and|plus|as well as|or) (?:also )?|, | ?[+&/] ?)"
_PATH_LIST = rf"(?:(?:the|file|files|both) ){{0,2}}{_MARK}(?:{_JOINED}(?:the )?{_MARK}){{0,7}}"


class RawCochange(NamedTuple):
    """A rule in the leaf ``leaf``: ``when`` and ``then`` index the leaf's tokens."""

    leaf: int
    span: Span
    section: int
    when: tuple[int, ...]
    then: tuple[int, ...]
    here: bool
    entry: bool
    firm: bool


class _Rule(NamedTuple):
    """What one sentence asks for."""

    when: tuple[int, ...]
    then: tuple[int, ...]
    here: bool = False
    entry: bool = False


class _Said(NamedTuple):
    """One sentence: its range in the leaf's text, that text with a mark for each path, and which tokens these are and what they name."""

    start: int
    end: int
    text: str
    tokens: tuple[int, ...]
    names: tuple[str, ...]

    def paths(self, match: re.Match[str], group: str) -> tuple[int, ...]:
        """The tokens whose marks lie in the group."""
        start, end = match.span(group)
        return self.tokens[self.text.count(_MARK, 0, start) : self.text.count(_MARK, 0, end)]


def cochanges(outline: Outline, tokens: Sequence[Sequence[Token]], lexicon: Lexicon) -> Iterator[RawCochange]:
    """The rules of a document, in order. Cells and headings have none: they are too short to be clear.

    A path with line numbers is that of a task, and not of a rule.
    """
    lead: Mapping[int, str] | None = None
    for number, leaf in enumerate(outline.leaves):
        text = leaf.inline.text
        if not isinstance(leaf.block, nodes.Paragraph) or not lexicon.updating.search(text):
            continue
        lead = leads(outline) if lead is None else lead
        above = lead.get(outline.list_items[leaf.item].list, "") if leaf.item is not None and leaf.opens else ""
        named = [(index, token) for index, token in enumerate(tokens[number]) if token.kind in _PATHS and token.first is None]
        for said in _sentences(text, named, above):
            if not _may_begin_one(said.text) or lexicon.hedge.search(said.text) or said.text.endswith("?"):
                continue
            grammar = _grammar(tuple(lexicon.together.items()))
            for rule in _rules(said, grammar):
                span = leaf.inline.span(_behind_label(text, said), said.end)
                if outline.source.text[span.start - 1 : span.start] == "`":
                    span = Span(span.start - 1, span.end)
                firm = not grammar.should.search(said.text)
                yield RawCochange(number, span, leaf.section, rule.when, rule.then, rule.here, rule.entry, firm)


def _sentences(text: str, tokens: Sequence[tuple[int, Token]], lead: str) -> Iterator[_Said]:
    """The sentences of a leaf, their paths marked; a stop inside of a name ends none. The first goes on where ``lead`` left off."""
    stops = [match.end() for match in _SENTENCE.finditer(text)]
    names = Ranges((token.start, token.end) for _, token in tokens)
    ends = [stop for stop in stops if not names.covers(stop - 1, stop + 1)]
    if _MARK in text:
        return
    start = first = 0
    for end in dict.fromkeys((*ends, len(text))):
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        past = first
        while past < len(tokens) and tokens[past][1].start < end:
            past += 1
        inside = [(index, token) for index, token in tokens[first:past] if begin <= token.start and token.end <= end]
        first = past
        if 0 < end - begin <= _LONGEST:
            parts, last = [lead if start == 0 and len(lead) <= _LONGEST else "", " "], begin
            for _, token in inside:
                parts += (text[last : token.start], _MARK)
                last = token.end
            marked = " ".join("".join((*parts, text[last:end])).split())
            yield _Said(begin, end, marked.rstrip(".!; "), tuple(index for index, _ in inside), tuple(token.token for _, token in inside))
        start = end


def _may_begin_one(text: str) -> bool:
    """Whether the sentence begins with a word or a path, and not with the box of a task."""
    return text[:1].isalnum() or text[:1] == _MARK


def _behind_label(text: str, said: _Said) -> int:
    """Where the sentence begins that a label such as "Rule:" introduces."""
    match = _LABEL.match(text, said.start, said.end)
    return match.end() if match else said.start


def _rules(said: _Said, grammar: _Grammar) -> Iterator[_Rule]:
    # A shape takes longer to compile than most documents to read, and so a sentence must have the words that it cannot do without.
    if grammar.has("when", said.text) and (said.tokens or grammar.has("log", said.text)):
        for pattern in grammar.conditional:
            if match := pattern.search(said.text):
                yield from _conditional(said, match, grammar)
                return
    if not said.tokens:
        return
    if grammar.has("sync", said.text) or grammar.has("together", said.text):
        for pattern in grammar.mutual:
            if match := pattern.search(said.text):
                paths = tuple(path for group in match.groupdict() for path in said.paths(match, group))
                here = bool(grammar.here.search(match[0]))
                # This document changes for other reasons as well, and so it calls for none of them.
                rules = (_Rule((path,), (*paths[:number], *paths[number + 1 :]), here) for number, path in enumerate(paths))
                yield from (rule for rule in rules if rule.then or rule.here)
                return
    if grammar.has("changing", said.text) and grammar.has("reflected", said.text) and (match := grammar.owed.search(said.text)):
        yield _Rule(said.paths(match, "when"), said.paths(match, "then"), bool(grammar.here.search(match["then"])))


def _conditional(said: _Said, match: re.Match[str], grammar: _Grammar) -> Iterator[_Rule]:
    then, here, entry = said.paths(match, "then"), bool(grammar.here.search(match["then"])), bool(grammar.log.search(match["then"]))
    if said.paths(match, "condition"):
        for pattern in grammar.object:
            if changed := pattern.search(said.text, *match.span("condition")):
                yield _Rule(said.paths(changed, "when"), then, here, entry)
                return
    elif here and then:
        # "If a schema changes, update `schemas.py` and this file": who changes that file changes a schema.
        named = [path for path, name in zip(said.tokens, said.names, strict=True) if path in then and _names(match["condition"], name)]
        if named and grammar.changing.search(match["condition"]):
            yield _Rule(tuple(named), tuple(path for path in then if path not in named), here=True)
    elif entry and not then and grammar.occasion.search(match["condition"]):
        yield _Rule((), (), entry=True)


def _names(condition: str, path: str) -> bool:
    """Whether the file's name holds a word of ``condition``, be it one or many."""
    name = path.rstrip("/").rpartition("/")[2].casefold()
    return any(len(word) >= _STEM and word.rstrip("s") in name for word in re.findall(r"[^\W\d_]+", condition.casefold()))


class _Grammar:
    """The shapes that a rule has, over the lexicon's words, with the groups that hold its parts; each is compiled when it is asked for."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._words = words
        self._phrases: dict[str, Phrases] = {}

    def has(self, name: str, text: str) -> bool:
        """Whether ``text`` has one of the words of ``name``."""
        if name not in self._phrases:
            self._phrases[name] = Phrases(self._words[name])
        return self._phrases[name].search(text) is not None

    @functools.cached_property
    def conditional(self) -> Sequence[re.Pattern[str]]:
        """When the one changes, change the other."""
        condition = rf"{self._said('when')} (?P<condition>[^:;]{{1,160}}?)"
        do = rf"(?:{self._said('updating')}|{self._said('adding')}) "
        must = rf"(?={self._said('must')}|{self._said('should')})"
        return _compiled(
            rf"{_LEAD}{condition}(?:, |: | \u2014 | {must}){self._modal}{do}(?P<then>{self._targets})",
            rf"{_LEAD}{self._modal}{do}(?P<then>{self._targets})(?: (?:too|as well|also))?,? {condition}$",
        )

    @functools.cached_property
    def mutual(self) -> Sequence[re.Pattern[str]]:
        """Keep them in step."""
        sync, alone = self._said("sync"), r"(?! (?:with|by|via|using))"
        return _compiled(
            rf"{_LEAD}{self._modal}keep (?P<all>{self._targets}) {sync}{alone}",
            rf"{_LEAD}(?P<all>{self._targets}) {self._need}{self._said('stay')} {sync}{alone}",
            rf"{_LEAD}(?P<all>{self._targets}) {self._need}{self._said('together')}",
            rf"{_LEAD}{self._modal}keep (?P<one>{self._targets}) {sync} with (?P<other>{self._targets})",
            rf"{_LEAD}(?P<one>{self._targets}) {self._need}{self._said('stay')} {sync} with (?P<other>{self._targets})",
        )

    @functools.cached_property
    def owed(self) -> re.Pattern[str]:
        """Changes of the one must be reflected in the other."""
        each = r"(?:(?:any|all|every|each) )?changes? (?:to|in|of)"
        return _compiled(rf"{_LEAD}{each} (?P<when>{_PATH_LIST}) {self._need}{self._said('reflected')} (?P<then>{self._targets})")[0]

    @functools.cached_property
    def object(self) -> Sequence[re.Pattern[str]]:
        """What a condition says that changes."""
        return _compiled(
            rf"{self._said('changing')}(?: [\w'-]+){{0,4}}? (?P<when>{_PATH_LIST})",
            rf"(?P<when>{_PATH_LIST})(?: ever)? {self._said('changed')}$",
        )

    @functools.cached_property
    def changing(self) -> re.Pattern[str]:
        return self._single("changing")

    @functools.cached_property
    def occasion(self) -> re.Pattern[str]:
        return self._single("occasion")

    @functools.cached_property
    def here(self) -> re.Pattern[str]:
        return self._single("here")

    @functools.cached_property
    def log(self) -> re.Pattern[str]:
        return self._single("log")

    @functools.cached_property
    def should(self) -> re.Pattern[str]:
        return self._single("should")

    def _single(self, name: str) -> re.Pattern[str]:
        return re.compile(self._said(name), re.IGNORECASE)

    def _said(self, name: str) -> str:
        return f"(?:{words_pattern(self._words[name]).pattern})"

    @property
    def _modal(self) -> str:
        return rf"(?:(?:you |we )?(?:{self._said('must')}|{self._said('should')}) ){{0,3}}"

    @property
    def _need(self) -> str:
        return rf"(?:{self._said('must')}|{self._said('should')}) (?:also |always )?"

    @functools.cached_property
    def _targets(self) -> str:
        few = r"(?:(?:the|your|our|a|an|one|new|both|file|files) ){0,3}"
        part = rf"{few}(?:[\w-]+ (?:[\w-]+ )?(?:in|into|of|to|for) )?(?:the |our |your )?(?:[\w-]+ )??"
        target = f"{part}(?:{_MARK}|{self._said('here')}|{self._said('log')})"
        return rf"{target}(?:{_JOINED}{target}){{0,7}}"


def _compiled(*shapes: str) -> Sequence[re.Pattern[str]]:
    return [re.compile(shape, re.IGNORECASE) for shape in shapes]


@functools.cache
def _grammar(words: tuple[tuple[str, tuple[str, ...]], ...]) -> _Grammar:
    return _Grammar(dict(words))
