"""The status grammar: what a value, or the end of a heading, says about progress.

A value is read from its start, a heading from its end. The first recognised token counts, the rest is a note. A word beside a sign
is more exact than the sign ("⏳ NOT STARTED" has not started); a word that limits ("mostly", "partial") beats the tick beside it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from doclint.late import late
from doclint.markdown.nodes import Inline
from doclint.model.document import State, Status
from doclint.model.lexicon import VARIATION_SELECTOR, Lexicon, fold
from doclint.model.phrases import Hit

_OPENING = late(r"[\s*_~`\[(:>\-\u2013\u2014|\ufe0f]*")
_BETWEEN = late(r"[\s*_~`\[(:\-\u2013\u2014\ufe0f]*")
_PERCENT = late(r"[\u2588\u2593\u2592\u2591\s]*(\d{1,3})(?:\.\d+)?\s*%")
_FRACTION = late(r"(\d{1,6})\s*/\s*(\d{1,6})(?!\d)")
_NEGATION = late(r"(?:not(?:\s+yet)?|never|isn't|aren't|no)\s+$", re.IGNORECASE)
# "To be merged" is still to come; "can be closed" says nothing of how far it is.
_FUTURE = late(r"\b(?:to|must|will|shall)\s+be\s+$", re.IGNORECASE)
_PERHAPS = late(r"\b(?:should|can|may|might|could|would)\s+(?:now\s+)?be\s+$", re.IGNORECASE)
# "Production-ready" praises the work; it does not wait for anything.
_FIT = late(
    r"\b(?:production|prod|launch|release|deploy(?:ment)?|demo|enterprise|mvp|market|store|submission|investor|ship)[\s-]+$", re.IGNORECASE
)
# What may follow a status at a heading's end without being part of the title: a date, a count, a bracketed remark, signs.
_TAIL = late(
    r"(?:\s*(?:[(\[{][^()\[\]{}]*[)\]}]|(?:@\s*)?\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?|\d+\s*/\s*\d+|\d{1,3}\s*%"
    r"|[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f*_:!.]))+\s*$"
)
# A heading's tail is short; looked for along a whole hostile line, it would cost more than the line's length.
_TAIL_REACH = 120
_BREAK = late(r"(?:\s[\u2013\u2014\-|]+\s|[:\[(]|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)")
# "318/319 tests passing" counts something else than the work.
_COUNTED_ELSE = late(r"[\s*_`(]*(?:[^\W\d_]+\s+)?(?:tests?|passing|passed|files?|lines?|points?|days?|hours?)\b", re.IGNORECASE)
_LIMITED_PREFIX = 4


class Reading(NamedTuple):
    """What the grammar makes of a string: offsets into it of the deciding token, the state, and what stands behind."""

    start: int
    end: int
    state: State
    note: str
    partial: bool
    deferred: bool
    from_start: bool


def _word_at(text: str, start: int, lexicon: Lexicon) -> Hit | None:
    return lexicon.state_word.match(text, start)


def read_value(text: str, lexicon: Lexicon, *, trust_signs: bool = False) -> Reading | None:
    """What a status value says; None if it is empty or its words are not known.

    ``trust_signs`` accepts signs that are a priority as often as a status, as in a column whose other values are statuses.
    """
    start = _opening(text)
    if start >= len(text):
        return None
    sign = lexicon.sign.match(text, start)
    if sign:
        name = sign.group()
        state = lexicon.signs.get(name, State.UNKNOWN)
        after = _BETWEEN.match(text, sign.end())
        word = _word_at(text, after.end() if after else sign.end(), lexicon)
        limited = lexicon.partial.match(text, after.end() if after else sign.end())
        if word:
            return _reading(text, word.start(), word.end(), lexicon.state_of(word.group()), lexicon, True)
        if limited:
            return _reading(text, limited.start(), limited.end(), State.ACTIVE, lexicon, True)
        later = _search(text, sign.end(), lexicon)
        if name in lexicon.doubtful and not trust_signs:
            return later
        if state is State.UNKNOWN:
            return later
        return _reading(text, sign.start(), sign.end(), state, lexicon, True)
    fraction = _FRACTION.match(text, start)
    if fraction and not _COUNTED_ELSE.match(text, fraction.end()) and int(fraction.group(1)) <= int(fraction.group(2)) > 0:
        done, total = int(fraction.group(1)), int(fraction.group(2))
        state = State.DONE if done == total else State.ACTIVE if done else State.NOT_STARTED
        return _reading(text, fraction.start(), fraction.end(), state, lexicon, True)
    percent = _PERCENT.match(text, start)
    if percent:
        share = int(percent.group(1))
        state = State.DONE if share >= 100 else State.ACTIVE if share else State.NOT_STARTED
        word = _word_at(text, _BETWEEN.match(text, percent.end()).end(), lexicon)  # type: ignore[union-attr]
        if word and 0 < share < 100 and lexicon.state_of(word.group()) is not State.DONE:
            state = lexicon.state_of(word.group())
        return _reading(text, percent.start(1), percent.end(), state, lexicon, True)
    word = _word_at(text, start, lexicon)
    if word:
        return _reading(text, word.start(), word.end(), lexicon.state_of(word.group()), lexicon, True)
    return _search(text, start, lexicon)


def _opening(text: str) -> int:
    match = _OPENING.match(text)
    return match.end() if match else 0


def _search(text: str, start: int, lexicon: Lexicon) -> Reading | None:
    """A status word within the first few words: "PR open", "scaffold done", "mostly complete"."""
    word = lexicon.state_word.search(text, start)
    if not word:
        return None
    before = text[start : word.start()]
    if len(before.split()) > _LIMITED_PREFIX or re.search(r"[.;(]", before):
        return None
    state = lexicon.state_of(word.group())
    if state is State.WAITING and _FIT.search(before):
        return None
    if _NEGATION.search(before) or re.search(r"\b(?:0|no longer|nothing (?:left )?)\s+$", before, re.IGNORECASE):
        # "Not done" is open; "not blocked" and "no open issues" say nothing of how far it is.
        if state is not State.DONE:
            return None
        state = State.ACTIVE
    if _PERHAPS.search(before):
        return None
    if state is State.DONE and _FUTURE.search(before):
        state = State.NOT_STARTED
    limited = bool(lexicon.partial.search(before))
    if limited and state is State.DONE:
        state = State.ACTIVE
    return _reading(text, word.start(), word.end(), state, lexicon, limited)


def _reading(text: str, start: int, end: int, state: State, lexicon: Lexicon, from_start: bool) -> Reading:
    note = text[end:].strip(" \t*_`~:;,.-\u2013\u2014|\ufe0f")
    fraction = _FRACTION.search(note)
    short = bool(fraction and int(fraction.group(1)) < int(fraction.group(2)))
    if state is State.DONE and lexicon.partial.match(note):
        state = State.ACTIVE
    # "Pending" is a state of its own; the same word behind another one limits it.
    beside = f"{text[:start]} {text[end:]}" if state is not State.ACTIVE else text
    return Reading(
        start,
        end,
        state,
        note,
        partial=short or bool(lexicon.partial.search(beside)),
        deferred=bool(lexicon.deferral.search(text)),
        from_start=from_start,
    )


def read_heading(text: str, lexicon: Lexicon, *, unit_end: int | None) -> Reading | None:
    """What the end of a heading says, or a sign at the start of a unit's heading.

    ``unit_end`` is where the unit's own name ends in ``text``, None for a heading that names no unit. The status must be set
    off: by a dash, a bracket, a colon, a sign, capitals, or by standing right behind the unit's name. "Bronze Complete" is a title.
    """
    stripped = text.replace(VARIATION_SELECTOR, " ")
    for candidate in _closings(stripped):
        reading = _closing(stripped, candidate, lexicon, unit_end)
        if reading:
            return reading
    if unit_end is None:
        return None
    sign = lexicon.sign.match(stripped, _opening(stripped))
    if sign and sign.group() in lexicon.heading_signs:
        return _reading(stripped, sign.start(), sign.end(), lexicon.signs[sign.group()], lexicon, True)
    return None


def _closings(text: str) -> list[int]:
    """Where a heading's closing words may end: the whole, and the whole without its tail of dates, counts and remarks."""
    ends = [len(text.rstrip(" *_:.!"))]
    tail = _TAIL.search(text, max(0, len(text) - _TAIL_REACH))
    if tail and tail.start():
        ends.append(tail.start())
    return ends


def _closing(text: str, end: int, lexicon: Lexicon, unit_end: int | None) -> Reading | None:
    head = text[:end].rstrip(" *_)]}")
    last: Hit | None = None
    for match in lexicon.state_word.finditer(head):
        if match.end() == len(head):
            last = match
            break
    if last is None:
        sign = _last_sign(head, lexicon)
        if sign and (unit_end is not None and sign.start() >= unit_end) and sign.group() not in lexicon.doubtful:
            return _tail_reading(text, sign.start(), sign.end(), lexicon.signs[sign.group()], lexicon)
        percent = re.search(r"(\d{1,3})\s*%$", head)
        if percent and unit_end is not None:
            share = int(percent.group(1))
            state = State.DONE if share >= 100 else State.ACTIVE if share else State.NOT_STARTED
            return _tail_reading(text, percent.start(), percent.end(), state, lexicon)
        return None
    if fold(last.group()) in lexicon.weak and not (last.group().isupper() and unit_end is not None):
        return None
    before = head[: last.start()]
    limited = re.search(r"(?:^|[\s(\[])([\w%]+)\s*$", before)
    state = lexicon.state_of(last.group())
    anchor = before
    if (limited and lexicon.partial.fullmatch(limited.group(1))) or re.search(r"(?<!\d)(?!100)\d{1,2}\s*%\s*$", before):
        anchor = before[: limited.start(1)] if limited else before
        state = State.ACTIVE if state is State.DONE else state
    if _NEGATION.search(anchor):
        state = State.ACTIVE if state is State.DONE else state
        anchor = _NEGATION.sub("", anchor)
    if _PERHAPS.search(anchor):
        return None
    if _FUTURE.search(anchor):
        state = State.NOT_STARTED if state is State.DONE else state
        anchor = _FUTURE.sub("", anchor)
    whole = re.search(r"(?<!\d)100\s*%[\s*_]*$", anchor)
    anchor = anchor[: whole.start()] if whole else anchor
    set_off = (
        (whole is not None and unit_end is not None)
        or not anchor.strip(" *_#`")
        or bool(re.search(_BREAK.pattern + r"[\s*_]*$", anchor))
        or (unit_end is not None and not anchor[unit_end:].strip(" *_:.)\u2013\u2014-"))
        or (last.group().isupper() and len(last.group()) > 3 and not anchor.isupper() and unit_end is not None)
    )
    if not set_off:
        return None
    if not anchor.strip(" *_#`") and unit_end is None:
        return None
    return _tail_reading(text, last.start(), last.end(), state, lexicon)


def _last_sign(head: str, lexicon: Lexicon) -> re.Match[str] | None:
    last = None
    for match in lexicon.sign.finditer(head):
        last = match
    return last if last is not None and last.end() == len(head) and last.group() in lexicon.signs else None


def _tail_reading(text: str, start: int, end: int, state: State, lexicon: Lexicon) -> Reading:
    note = text[end:].strip(" \t*_`~:;,.-\u2013\u2014|()[]\ufe0f")
    fraction = _FRACTION.search(note)
    short = bool(fraction and int(fraction.group(1)) < int(fraction.group(2)))
    return Reading(
        start,
        end,
        state,
        note,
        partial=short or bool(lexicon.partial.search(note)) or bool(re.search(r"\b(?!100)\d{1,2}\s*%", text[start:])),
        deferred=bool(lexicon.deferral.search(text)),
        from_start=True,
    )


def status(inline: Inline, start: int, end: int, lexicon: Lexicon, *, trust_signs: bool = False) -> Status | None:
    """The status in ``inline.text[start:end]``, read as a value."""
    reading = read_value(inline.text[start:end], lexicon, trust_signs=trust_signs)
    return _located(inline, start, end, reading, lexicon)


def heading_status(inline: Inline, lexicon: Lexicon, *, unit_end: int | None) -> Status | None:
    """The status that a heading gives."""
    return _located(inline, 0, len(inline.text), read_heading(inline.text, lexicon, unit_end=unit_end), lexicon, whole=False)


def _located(inline: Inline, start: int, end: int, reading: Reading | None, lexicon: Lexicon, *, whole: bool = True) -> Status | None:
    if reading is None:
        return None
    word = inline.span(start + reading.start, start + reading.end)
    return Status(
        span=inline.span(start, end) if whole else word,
        value=inline.text[start:end].strip() if whole else inline.text[reading.start : reading.end],
        word=word,
        state=reading.state,
        note=reading.note,
        partial=reading.partial,
        deferred=reading.deferred,
        weak=fold(inline.text[start + reading.start : start + reading.end]) in lexicon.weak,
    )
