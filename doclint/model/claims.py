"""Claims: the numbers that a document says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from doclint.late import late
from doclint.model.lexicon import Lexicon, fold
from doclint.model.ranges import Ranges

Place = Literal["heading", "field", "cell", "text", "fence"]

_FRACTION = late(
    r"(?<![\w./\-#:])(?P<done>\d{1,5})\s*(?:/|\bof\b|из|trên)\s*(?P<total>\d{1,5})(?![\w/]|\.\d|-\d)(?:\s+(?P<noun>[^\W\d_]+(?:\s+[^\W\d_]+)?))?(?:\s*[(:,]?\s*(?P<percent>\d{1,3}(?:\.\d+)?)\s*%)?"
)
_PERCENT = late(r"(?<![\w.\-+/~<>\u2264\u2265])(?P<percent>\d{1,3}(?:\.\d+)?)\s*%")
_BAR = late(
    r"\[?(?P<full>[\u2588\u25a0\u2593\u25b0#=]{0,60})(?P<void>[\u2591\u25a1\u2592\u25b1\-.]{0,60})\]?\s*(?P<percent>\d{1,3}(?:\.\d+)?)\s*%"
)
_COUNT = late(r"[(\[]\s*(?P<n>\d{1,4})\s+(?P<noun>[^\W\d_]+(?:\s+[^\W\d_]+)?)\s*[)\]]")
_ARROW = late(r"\s*(?:\u2192|->|=>|\u279c)")
_ARROW_BEFORE = late(_ARROW.pattern + r"\s*$")
# How far before a number the words that tell what it is can stand.
_REACH = 40
_SCORE = late(
    r"(?:score|rating|grade|quality|confidence|coverage|health|probability|accuracy|weight|discount|cpu|memory|usage|rate|precision|recall|threshold|target|goal|\+|↑|↓)\W*$",
    re.IGNORECASE,
)
_PROGRESS = late(
    r"(?:progress|complete|completed|completion|overall|done|finished|进度|進捗|完成|progresso|tiến độ|прогресс|готово)", re.IGNORECASE
)


class RawClaim(NamedTuple):
    """A number in a text: offsets, and what it says."""

    start: int
    end: int
    kind: Literal["fraction", "percent", "bar", "count"]
    done: int | None
    total: int | None
    percent: float | None
    noun: str | None


def find(text: str, lexicon: Lexicon) -> Iterator[RawClaim]:
    """The claims in ``text``, in order, without overlaps."""
    if not any(map(str.isdigit, text)):
        return
    taken = Ranges()
    found: list[RawClaim] = []

    def free(match: re.Match[str]) -> bool:
        return not taken.touches(*match.span())

    def before(match: re.Match[str]) -> str:
        return text[max(0, match.start() - _REACH) : match.start()]

    for match in _BAR.finditer(text) if "%" in text else ():
        if len(match["full"]) + len(match["void"]) >= 4 and (match["full"] or match["void"].strip("-.")):
            taken.add(*match.span())
            found.append(RawClaim(match.start(), match.end(), "bar", None, None, float(match["percent"]), None))
    for match in _FRACTION.finditer(text):
        if not free(match) or _ARROW.match(text, match.end()) or _ARROW_BEFORE.search(before(match)):
            continue
        done, total = int(match["done"]), int(match["total"])
        if done > total or total == 0 or _SCORE.search(before(match)) or match["total"].startswith("0"):
            continue
        noun = _noun(match["noun"], lexicon)
        # "66/66 tests passing (87 %)" is a coverage: a percentage belongs to the fraction only beside it or beside what is counted.
        agrees = match["percent"] and abs(100 * done / total - float(match["percent"])) < 1.5
        beside = match["percent"] and (agrees or not match["noun"] or noun not in (None, "test") or _PROGRESS.fullmatch(match["noun"]))
        if match["percent"] and not beside:
            taken.add(match.start(), match.end("total"))
            found.append(RawClaim(match.start(), match.end("total"), "fraction", done, total, None, noun))
            continue
        end = match.end() if beside else match.end("noun") if noun else match.end("total")
        taken.add(match.start(), end)
        found.append(RawClaim(match.start(), end, "fraction", done, total, float(match["percent"]) if match["percent"] else None, noun))
    for match in _PERCENT.finditer(text) if "%" in text else ():
        if free(match) and float(match["percent"]) <= 100 and not _SCORE.search(before(match)) and not _ARROW.match(text, match.end()):
            around = text[max(0, match.start() - 40) : match.start()] + " " + text[match.end() : match.end() + 14]
            if _PROGRESS.search(around):
                taken.add(*match.span())
                found.append(RawClaim(match.start(), match.end(), "percent", None, None, float(match["percent"]), None))
    for match in _COUNT.finditer(text):
        noun = _noun(match["noun"], lexicon)
        if noun and free(match):
            found.append(RawClaim(match.start(), match.end(), "count", None, int(match["n"]), None, noun))
    found.sort(key=lambda claim: claim.start)
    yield from found


def _noun(words: str | None, lexicon: Lexicon) -> str | None:
    """What is counted: one of the phrase's two words, the second first ("planned stories"), None where the lexicon knows neither."""
    if not words:
        return None
    return next((lexicon.nouns[fold(word)] for word in reversed(words.split()) if fold(word) in lexicon.nouns), None)
