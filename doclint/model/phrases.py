"""Finding any of many phrases in a text, with tables in place of one large pattern.

A regular expression of hundreds of alternatives takes longer to compile than a document takes to read. Here a text is cut into words
once, and each word is looked up.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from doclint.late import late

_WORD = late(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_UNSPACED = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"))
_JOINER = late(r"[\s_\-\u2010\u2011]+")


def is_unspaced(text: str) -> bool:
    """Whether ``text`` holds a character of a script that puts no blanks between words (kana, CJK ideographs)."""
    return not text.isascii() and any(first <= character <= last for character in text for first, last in _UNSPACED)


class Hit(NamedTuple):
    """Where a phrase stands in a text, and the phrase as the lexicon writes it."""

    begin: int
    stop: int
    phrase: str
    text: str

    def start(self) -> int:
        """The offset of the first character."""
        return self.begin

    def end(self) -> int:
        """The offset behind the last character."""
        return self.stop

    def group(self) -> str:
        """What stands there."""
        return self.text[self.begin : self.stop]


_Parts = tuple[tuple[str, ...], tuple[str | None, ...], str]


class Phrases:
    """Phrases that are found regardless of case, as whole words; blanks, hyphens and underscores between their words are one.

    Of phrases that begin at one place the longest is found. Phrases of scripts without blanks are found anywhere.
    """

    __slots__ = ("_by_first", "_unspaced")

    def __init__(self, phrases: Iterable[str]) -> None:
        by_first: dict[str, list[_Parts]] = {}
        unspaced: dict[str, list[str]] = {}
        ordered = sorted(set(phrases))
        ordered.sort(key=len, reverse=True)
        for phrase in ordered:
            if is_unspaced(phrase):
                unspaced.setdefault(phrase[0], []).append(phrase)
                continue
            parts, joints = _parted(phrase)
            if parts:
                by_first.setdefault(parts[0], []).append((parts, joints, phrase))
        self._by_first = by_first
        self._unspaced = unspaced

    def finditer(self, text: str, start: int = 0) -> Iterator[Hit]:
        """The phrases in ``text[start:]``, from left to right, without overlaps."""
        position = start
        spaced = self._spaced(text, position)
        while True:
            if spaced is not None and spaced.begin < position:
                spaced = self._spaced(text, position)
            hit = self._unspaced_before(text, position, spaced) or spaced
            if hit is None:
                return
            yield hit
            position = hit.stop

    def search(self, text: str, start: int = 0) -> Hit | None:
        """The first phrase in ``text[start:]``."""
        found = self._spaced(text, start)
        return self._unspaced_before(text, start, found) or found

    def _spaced(self, text: str, start: int) -> Hit | None:
        # Most texts hold no word of a table, and most are looked up in several tables.
        words = _words(text)
        if self._by_first.keys().isdisjoint(words.distinct):
            return None
        starts = _starts(text)
        for number in range(bisect.bisect_left(starts, start), len(starts)):
            if words.folded[number] in self._by_first:
                word = _WORD.match(text, starts[number])
                found = self._at(text, word) if word is not None else None
                if found is not None:
                    return found
        return None

    def _unspaced_before(self, text: str, start: int, spaced: Hit | None) -> Hit | None:
        if text.isascii() or self._unspaced.keys().isdisjoint(_characters(text)):
            return None
        for place in range(start, spaced.begin if spaced is not None else len(text)):
            other = self._unspaced_at(text, place)
            if other is not None:
                return other
        return None

    def match(self, text: str, start: int = 0) -> Hit | None:
        """The phrase that begins at ``start``."""
        word = _WORD.match(text, start)
        if word is not None:
            found = self._at(text, word)
            if found is not None:
                return found
        return self._unspaced_at(text, start) if start < len(text) else None

    def fullmatch(self, text: str) -> Hit | None:
        """The phrase that ``text`` is."""
        found = self.match(text)
        return found if found is not None and found.stop == len(text) else None

    def _unspaced_at(self, text: str, place: int) -> Hit | None:
        for phrase in self._unspaced.get(text[place], ()):
            if text.startswith(phrase, place):
                return Hit(place, place + len(phrase), phrase, text)
        return None

    def _at(self, text: str, first: re.Match[str]) -> Hit | None:
        before = first.start() - 1
        if before >= 0 and (text[before] == "_" or text[before].isalnum()):
            return None
        for parts, joints, phrase in self._by_first.get(first.group().casefold(), ()):
            stop = _follow(text, first.end(), parts, joints)
            if stop is not None and not (stop < len(text) and (text[stop] == "_" or text[stop].isalnum())):
                return Hit(first.start(), stop, phrase, text)
        return None


class _Words(NamedTuple):
    """The words of a text, case folded, in order and each once."""

    folded: list[str]
    distinct: frozenset[str]


@functools.lru_cache(maxsize=1024)
def _words(text: str) -> _Words:
    folded = "\n".join(_WORD.findall(text)).casefold().split("\n") if text else []
    return _Words(folded, frozenset(folded))


@functools.lru_cache(maxsize=64)
def _starts(text: str) -> list[int]:
    """Where each word begins."""
    return [word.start() for word in _WORD.finditer(text)]


@functools.lru_cache(maxsize=64)
def _characters(text: str) -> frozenset[str]:
    return frozenset(text)


def _parted(phrase: str) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """The words of ``phrase``, case folded, and what must stand between them."""
    if phrase.replace(" ", "").isalnum():
        parts = tuple(phrase.casefold().split())
        return parts, (None,) * (len(parts) - 1)
    words = list(_WORD.finditer(phrase))
    joints = tuple(_joint(phrase[a.end() : b.start()]) for a, b in itertools.pairwise(words))
    return tuple(word.group().casefold() for word in words), joints


def _joint(between: str) -> str | None:
    """What must stand between two words: None for any blank or hyphen, else exactly that."""
    return None if _JOINER.fullmatch(between) else between


def _follow(text: str, position: int, parts: tuple[str, ...], joints: tuple[str | None, ...]) -> int | None:
    for part, joint in zip(parts[1:], joints, strict=True):
        if joint is None:
            gap = _JOINER.match(text, position)
            if gap is None:
                return None
            position = gap.end()
        elif text.startswith(joint, position):
            position += len(joint)
        else:
            return None
        word = _WORD.match(text, position)
        if word is None or word.group().casefold() != part:
            return None
        position = word.end()
    return position
