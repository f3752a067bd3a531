"""The words by which roles are recognised, compiled from ``rules/lexicon.yaml``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from doclint.late import late
from doclint.model.document import Mode, State
from doclint.model.phrases import Phrases, is_unspaced

VARIATION_SELECTOR = "\ufe0f"
_JOINERS = late(r"[\s_\-\u2010\u2011]+")
_OPENING = late(r"[^\w#({\[]+")
_CLOSING = late(r"[^\w)\]}%]+")


def fold(text: str) -> str:
    """``text`` for comparison: case folded, U+FE0F gone, blanks, hyphens and underscores as one blank, decoration trimmed."""
    plain = text.replace(VARIATION_SELECTOR, "").casefold()
    opening = _OPENING.match(plain)
    return _JOINERS.sub(" ", without_end(plain[opening.end() :] if opening else plain, _CLOSING)).strip()


def without_end(text: str, run: re.Pattern[str]) -> str:
    """``text`` without the characters at its end that ``run`` matches, in time linear in its length."""
    # A search for what ends the text would try each run of such characters anew from each of its places.
    end = run.match(text[::-1])
    return text[: len(text) - end.end()] if end else text


def _alternative(word: str) -> str:
    pattern = r"[\s_\-\u2010\u2011]+".join(re.escape(part) for part in word.split())
    if is_unspaced(word):
        return pattern
    before = r"(?<!\w)" if re.match(r"\w", word) else ""
    after = r"(?!\w)" if re.search(r"\w$", word) else ""
    return before + pattern + after


def words_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of ``words``, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_alternative, ordered)) or r"(?!)", re.IGNORECASE)


class Lexicon(NamedTuple):
    """The compiled words. Phrases are found in raw text; mappings are keyed by folded words."""

    states: Mapping[str, State]
    signs: Mapping[str, State]
    doubtful: frozenset[str]
    heading_signs: frozenset[str]
    state_word: Phrases
    sign: re.Pattern[str]
    weak: frozenset[str]
    partial: Phrases
    deferral: Phrases
    denial: Phrases
    made: frozenset[str]
    unit_nouns: Mapping[str, str]
    unit_noun: Phrases
    roles: Mapping[str, tuple[str, ...]]
    section_word: Phrases
    section_roles: Mapping[str, int]
    section_order: Sequence[str]
    whole_headings: Mapping[str, frozenset[str]]
    past: Phrases
    latest: Phrases
    claims: Phrases
    expiry: Phrases
    keeps: Phrases
    records: Phrases
    modes: Mapping[str, Mode]
    verbs: Mapping[str, str]
    verb: Phrases
    makes: frozenset[str]
    nouns: Mapping[str, str]
    measures: Mapping[str, str]
    totals: frozenset[str]
    placeholders: tuple[str, ...]
    together: Mapping[str, tuple[str, ...]]
    unfilled: frozenset[str]
    updating: Phrases
    hedge: Phrases

    def state_of(self, word: str) -> State:
        """The state that a folded word or a sign stands for."""
        return self.signs.get(word) or self.states.get(fold(word), State.UNKNOWN)


def _inverse(groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold(word) or word: name for name, words in groups.items() for word in words}


def _first_role(groups: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """For each word of a heading the first role, by its number, that has it."""
    found: dict[str, int] = {}
    for number, words in enumerate(groups.values()):
        for word in words:
            found.setdefault(word, number)
    return found


def compile_lexicon(data: Mapping[str, Any]) -> Lexicon:
    """The lexicon of ``data``, which has the shape of ``rules/lexicon.yaml``."""
    states = {fold(word): State(name) for name, group in data["states"].items() for word in group["words"]}
    signs = {sign.replace(VARIATION_SELECTOR, ""): State(name) for name, group in data["states"].items() for sign in group.get("signs", ())}
    doubtful = frozenset(sign.replace(VARIATION_SELECTOR, "") for sign in data["doubtful_signs"])
    roles: dict[str, tuple[str, ...]] = {}
    for role, words in data["roles"].items():
        for word in words:
            key = fold(word) or word
            roles[key] = (*roles.get(key, ()), role)
    unit_nouns = _inverse(data["units"])
    verbs = _inverse(data["verbs"])
    every_sign = sorted({*signs, *doubtful}, key=len, reverse=True)
    return Lexicon(
        states=states,
        signs=signs,
        doubtful=doubtful,
        heading_signs=frozenset(data["heading_signs"]),
        state_word=Phrases(word for group in data["states"].values() for word in group["words"]),
        sign=re.compile("|".join(map(re.escape, every_sign)) or r"(?!)"),
        weak=frozenset(map(fold, data["weak"])),
        partial=Phrases(data["partial"]),
        deferral=Phrases(data["deferral"]),
        denial=Phrases(data["denial"]),
        made=frozenset(map(fold, data["made"])),
        unit_nouns=unit_nouns,
        unit_noun=Phrases(word for words in data["units"].values() for word in words),
        roles=roles,
        section_word=Phrases(word for words in data["sections"].values() for word in words if not word.startswith("=")),
        section_roles=_first_role(data["sections"]),
        section_order=tuple(data["sections"]),
        whole_headings={role: frozenset(fold(w[1:]) for w in words if w.startswith("=")) for role, words in data["sections"].items()},
        past=Phrases(data["past"]),
        latest=Phrases(data["latest"]),
        claims=Phrases(data["claims"]),
        expiry=Phrases(data["expiry"]),
        keeps=Phrases(data["keeps"]),
        records=Phrases(data["records"]),
        modes={role: Mode(mode) for role, mode in data["modes"].items()},
        verbs=verbs,
        verb=Phrases(verbs),
        makes=frozenset(map(fold, data["makes"])),
        nouns=_inverse(data["nouns"]),
        measures=_inverse(data["measures"]),
        totals=frozenset(fold(word) or word for word in data["totals"]),
        placeholders=tuple(data["placeholders"]),
        together={name: tuple(words) for name, words in data["together"].items()},
        unfilled=frozenset(map(fold, data["unfilled"])),
        updating=Phrases(word for name in ("updating", "adding") for word in data["together"][name]),
        hedge=Phrases(data["hedge"]),
    )


def extend(data: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """``data`` with the user's words of ``more`` added: lists grow, mappings are merged key by key."""
    merged = dict(data)
    for key, value in more.items():
        old = merged.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            merged[key] = extend(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = [*old, *value]
        else:
            merged[key] = value
    return merged


@functools.cache
def load() -> Lexicon:
    """The lexicon that doclint ships."""
    from doclint.resources import index

    return compile_lexicon(index()["lexicon"])
