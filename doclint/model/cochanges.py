"""Sentences that say what is to change together: "When you change `a.py`, update `b.md` as well", "keep `a` and `b` in sync".

Only what leaves little doubt is taken for such a rule: an imperative or a modal, an exact path, and what is to change with it. The names of
paths are taken out first, so that the grammar sees words and marks alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from doclint.markdown import nodes
from doclint.model.lexicon import Lexicon, words_pattern
from doclint.model.outline import Outline, leads
from doclint.model.ranges import Ranges
from doclint.model.references import Token
from doclint.text import Span

_PATHS = ("path", "directory", "glob", "link")
# Stands for a path in the text that the grammar reads; documents have no use for it.
_MARK = "\ue000"
_SENTENCE = re.compile(r"[.!?;](?=\s|$)")
# A longer sentence says more than one thing.
_LONGEST = 400
_LABEL = re.compile(r"[\w ]{1,30}:\s+")
_STEM = 4


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


class _Grammar(NamedTuple):
    """The shapes that a rule has, with the groups that hold its parts."""

    conditional: Sequence[re.Pattern[str]]
    mutual: Sequence[re.Pattern[str]]
    owed: re.Pattern[str]
    object: Sequence[re.Pattern[str]]
    changing: re.Pattern[str]
    occasion: re.Pattern[str]
    here: re.Pattern[str]
    log: re.Pattern[str]
    should: re.Pattern[str]


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
            if not _may_be_one(said, lexicon) or lexicon.hedge.search(said.text) or said.text.endswith("?"):
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


def _may_be_one(said: _Said, lexicon: Lexicon) -> bool:
    """Whether the sentence has a word without which no shape fits: the grammar takes longer to compile than most documents to read."""
    text = said.text.casefold()

    def has(name: str) -> bool:
        return any(re.split(r"[\s-]", word.casefold(), maxsplit=1)[0] in text for word in lexicon.together[name])

    return any(map(has, ("when", "sync", "together", "reflected"))) if said.tokens else has("when") and has("log")


def _behind_label(text: str, said: _Said) -> int:
    """Where the sentence begins that a label such as "Rule:" introduces."""
    match = _LABEL.match(text, said.start, said.end)
    return match.end() if match else said.start


def _rules(said: _Said, grammar: _Grammar) -> Iterator[_Rule]:
    for pattern in grammar.conditional:
        if match := pattern.search(said.text):
            yield from _conditional(said, match, grammar)
            return
    if not said.tokens:
        return
    for pattern in grammar.mutual:
        if match := pattern.search(said.text):
            paths = tuple(path for group in match.groupdict() for path in said.paths(match, group))
            here = bool(grammar.here.search(match[0]))
            # This document changes for other reasons as well, and so it calls for none of them.
            rules = (_Rule((path,), (*paths[:number], *paths[number + 1 :]), here) for number, path in enumerate(paths))
            yield from (rule for rule in rules if rule.then or rule.here)
            return
    if match := grammar.owed.search(said.text):
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


@functools.cache
def _grammar(words: tuple[tuple[str, tuple[str, ...]], ...]) -> _Grammar:
    """The grammar over the lexicon's words."""
    said = {name: f"(?:{words_pattern(each).pattern})" for name, each in words}
    few = r"(?:(?:the|your|our|a|an|one|new|both|file|files) ){0,3}"
    part = rf"{few}(?:[\w-]+ (?:[\w-]+ )?(?:in|into|of|to|for) )?(?:the |our |your )?(?:[\w-]+ )??"
    target = f"{part}(?:{_MARK}|{said['here']}|{said['log']})"
    joined = r"(?:,? (?:and|plus|as well as|or) (?:also )?|, | ?[+&/] ?)"
    targets = rf"{target}(?:{joined}{target}){{0,7}}"
    paths = rf"(?:(?:the|file|files|both) ){{0,2}}{_MARK}(?:{joined}(?:the )?{_MARK}){{0,7}}"
    lead = rf"(?:^|^{_LABEL.pattern})"
    modal = rf"(?:(?:you |we )?(?:{said['must']}|{said['should']}) ){{0,3}}"
    need = rf"(?:{said['must']}|{said['should']}) (?:also |always )?"
    condition = rf"{said['when']} (?P<condition>[^:;]{{1,160}}?)"
    do = rf"(?:{said['updating']}|{said['adding']}) "
    alone = r"(?! (?:with|by|via|using))"
    shapes = {
        "conditional": (
            rf"{lead}{condition}(?:, |: | \u2014 | (?={said['must']}|{said['should']})){modal}{do}(?P<then>{targets})",
            rf"{lead}{modal}{do}(?P<then>{targets})(?: (?:too|as well|also))?,? {condition}$",
        ),
        "mutual": (
            rf"{lead}{modal}keep (?P<all>{targets}) {said['sync']}{alone}",
            rf"{lead}(?P<all>{targets}) {need}{said['stay']} {said['sync']}{alone}",
            rf"{lead}(?P<all>{targets}) {need}{said['together']}",
            rf"{lead}{modal}keep (?P<one>{targets}) {said['sync']} with (?P<other>{targets})",
            rf"{lead}(?P<one>{targets}) {need}{said['stay']} {said['sync']} with (?P<other>{targets})",
        ),
        "owed": (
            rf"{lead}(?:(?:any|all|every|each) )?changes? (?:to|in|of) (?P<when>{paths}) {need}{said['reflected']} (?P<then>{targets})",
        ),
        "object": (rf"{said['changing']}(?: [\w'-]+){{0,4}}? (?P<when>{paths})", rf"(?P<when>{paths})(?: ever)? {said['changed']}$"),
    }
    compiled = {name: [re.compile(shape, re.IGNORECASE) for shape in each] for name, each in shapes.items()}
    single = {name: re.compile(said[name], re.IGNORECASE) for name in ("changing", "occasion", "here", "log", "should")}
    return _Grammar(compiled["conditional"], compiled["mutual"], compiled["owed"][0], compiled["object"], **single)
