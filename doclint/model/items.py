"""Checklist items: what each asks for, in which state it is, and what it makes as against what it mentions."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.model import statuses
from doclint.model.document import State, Status, Text
from doclint.model.lexicon import VARIATION_SELECTOR, Lexicon, fold
from doclint.model.outline import Leaf, Outline, leads
from doclint.model.references import Token
from doclint.text import Span

_TICKED = frozenset(("x", "X", "✅", "✓", "✔", "☑"))
_SKIPPED = frozenset(("-", "~", "⏭", "/", ">"))
# What stands around a remark.
_AROUND = " \t()[].,:;-–—"
# Between a verb and its object: articles and adjectives, but no preposition, for what follows one is context.
_CONTEXT = late(
    r"\b(?:in|into|from|to|of|on|at|for|with|within|via|by|using|per|see|following|against|like|as|under|inside|and|before|after|when|that|which|where|so|based|according|matches?|reads?|produces?|against)\b|[(:;\u2014\u2013]|\s-\s",
    re.IGNORECASE,
)
_PASSIVE = late(
    r"\s*[)*`]*\s*(?:file\s+|module\s+|script\s+|is\s+|was\s+|has been\s+|are\s+)?(created|added|written|implemented|drafted"
    r"|generated|exists?|updated|modified|removed|deleted|fixed|tested|verified|refactored|extended|reviewed|deployed)\b",
    re.IGNORECASE,
)
_PASSIVE_VERBS = {
    "created": "create", "added": "create", "written": "create", "implemented": "create", "drafted": "create", "generated": "create",
    "exist": "create", "exists": "create", "updated": "modify", "modified": "modify", "fixed": "modify", "refactored": "modify",
    "extended": "modify", "removed": "remove", "deleted": "remove", "tested": "verify", "verified": "verify", "reviewed": "verify",
    "deployed": "run",
}  # fmt: skip
# "`x` has a new section": a sentence about a file that is there, not the name of one to make.
_PREDICATE = late(r"[\s)*`]+(?:is|are|was|were|has|have|does|must|should|can|will|[a-z]{2,}[a-rt-z]s|[a-z]{3,}(?:ed|[ai]d[oa]))\b")
# Before the first word of an item: decoration, and the number that it has in its plan ("2. Create", "**1.1** Create", "Step 3: Create").
_LEAD = late(
    r"[\s*_~`]*(?:[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\s*)*[\s*_~`]*"
    r"(?:(?:(?:step|task|item)\s+)?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?(?:[.):]|(?=[*_]))[\s*_~`]+)?",
    re.IGNORECASE,
)
# Where the file lies that is to be created, behind what it is: "(", ":", a dash.
_SET_OFF = late(r"[^:(\u2014\u2013]{3,100}?(?::|\(|\s(?:--?|[\u2014\u2013]|\u2192|->))[\s`*_]*")
_ELSEWHERE = late(r"\b(?:see|per|using|from|like|as|based|in|into|to|of|extend|update|via|with|within|for)\W*$", re.IGNORECASE)
_REMARK = late(r"[(:;\u2014\u2013]|\s-\s")
_SAID = late(r"[(\[]([^()\[\]]{1,80})[)\]]|\s[\u2014\u2013-]\s*(?:\*\*)?([A-Z][A-Z ]{3,})(?:\*\*)?\s*$")
# The last words of an item, set off: in brackets, or behind a dash. What they are followed by says nothing.
_CLOSING = late(
    r"(?:[(\[](?P<bracket>[^()\[\]]{1,80})[)\]]|\s(?:[\u2014\u2013]|--?)\s(?P<dash>[^\u2014\u2013()\[\]]{2,40}))[\s*_~`.!\ufe0f]*$"
)
_CLOSING_REACH = 100
_SIGNED_REACH = 40
# Before a closing sign: what an item expects ("all tests pass ✅", "`npm run lint` ✅"), or does with the sign ("mark it with ✅").
_ASKED = late(
    r"(?:\b(?:pass(?:es|ing)?|succeeds?|works?|green|ok|with|as|by|to|for|shows?|says?|is|are|be|an?|the)|[=:\u2192])[\s*_~`)\]]*$",
    re.IGNORECASE,
)
# Behind the word of a closing status: how much, when, where or by whom, but no further matter ("complete with validation").
_ASIDE = late(
    r"$|[\s,:;(\u2014\u2013-]*(?:$|\d{4}-\d\d|\d+\s*/\s*\d+|\d{1,3}\s*%|(?:in|on|at|via|by|since|see|session|commit|pr)\s+\S|#\d|remaining\b)",
    re.IGNORECASE,
)
# The id with which a task's text begins: a ticket (TVLJ-007), a letter with two digits or more (T12, T1.2, but no "P1" and no version), a
# number of an issue, a number of several parts.
_TASK_ID = late(
    r"[\s*_`~\[(]*(?P<id>[A-Z][A-Z0-9]{0,9}(?:-[A-Z][A-Z0-9]{0,9})?-\d{1,5}[a-z]?(?:\.\d{1,3})?|(?!V)[A-Z]{1,3}\d{1,4}\.\d{1,3}[a-z]?"
    r"|(?!V)[A-Z]{1,3}\d{2,4}[a-z]?|\#\d{1,5}|\d{1,3}(?:\.\d{1,3}){1,3}[a-z]?)(?![\w/%-]|\.\w)[\])]?[\s*_`~]*(?:[:.\u2014\u2013-]+|(?=\s)|$)\s*"
)
# Marks between the id and the words: "T012 [P] [US1] Create …".
_TAGS = late(r"(?:\[[A-Z][A-Z0-9]{0,4}\]\s*)+")
_EMPHATIC = late(r"[\s*_~`.!\ufe0f]+$")


class RawItem(NamedTuple):
    """An item before its references have their numbers: ``objects`` and ``mentions`` index the tokens of its opening leaf."""

    item: int
    leaf: int
    span: Span
    line: Span
    marker: Literal["box", "sign"]
    mark: Text
    text: Text
    id: Text | None
    start: int
    state: State
    parent: int | None
    depth: int
    verb: str | None
    objects: tuple[int, ...]
    deferred: bool
    status: Status | None
    closing: Status | None


def items(outline: Outline, tokens: Sequence[Sequence[Token]], lexicon: Lexicon) -> list[RawItem]:
    """The checklist items and the list items that begin with a status sign or word, in document order."""
    found: list[RawItem] = []
    numbers: dict[int, int] = {}
    introductions = leads(outline)
    for number, item in enumerate(outline.list_items):
        if item.leaf is None:
            continue
        leaf = outline.leaves[item.leaf]
        opening = _opening(item.node, leaf, lexicon)
        if opening is None:
            continue
        marker, mark, start, state = opening
        text = leaf.inline.text
        parent = item.parent
        while parent is not None and parent not in numbers:
            parent = outline.list_items[parent].parent
        above = numbers[parent] if parent is not None else None
        verb, objects = _deed(text, start, tokens[item.leaf], lexicon, functools.partial(_above, outline, number, introductions, lexicon))
        if verb is None and state is State.DONE:
            verb, objects = _proof(text, start, tokens[item.leaf])
        status = _said(leaf, start, lexicon) if marker == "box" else None
        end = len(text)
        numbers[number] = len(found)
        found.append(
            RawItem(
                number,
                item.leaf,
                item.node.span,
                Span(item.node.span.start, leaf.span.end),
                marker,
                mark,
                Text(leaf.inline.span(start, end) if start < end else Span(leaf.span.end, leaf.span.end), text[start:end].strip()),
                _task_id(leaf, start),
                start,
                state,
                above,
                found[above].depth + 1 if above is not None else 0,
                verb,
                objects,
                bool(lexicon.deferral.search(text, start)) or (above is not None and found[above].deferred),
                status,
                _closing(leaf, start, lexicon) if marker == "box" else None,
            )
        )
    return found


def _opening(node: nodes.Item, leaf: Leaf, lexicon: Lexicon) -> tuple[Literal["box", "sign"], Text, int, State] | None:
    text = leaf.inline.text
    if node.checkbox is not None:
        mark = node.checkbox.mark.replace(VARIATION_SELECTOR, "").strip()
        if mark in _TICKED:
            state = State.DONE
        elif not mark:
            state = State.NOT_STARTED
        elif mark in _SKIPPED:
            state = State.DROPPED
        else:
            state = lexicon.signs.get(mark, State.ACTIVE)
        start = text.find("]") + 1
        start += _blank(text, start)
        if state.open and _is_struck(leaf, start, lexicon):
            state = State.DROPPED
        return "box", Text(node.checkbox.span, node.checkbox.mark), start, state
    sign = lexicon.sign.match(text)
    if sign and sign.group() in lexicon.signs:
        end = sign.end() + (text[sign.end() : sign.end() + 1] == VARIATION_SELECTOR)
        return "sign", Text(leaf.inline.span(sign.start(), end), sign.group()), end + _blank(text, end), lexicon.signs[sign.group()]
    word = re.match(r"(?:\*\*)?([A-Z][A-Z ]{3,}|Done|Todo|DONE|TODO|WIP)\s*(?:\*\*)?\s*[:\u2014\u2013-]\s", text)
    if word and fold(word[1]) in lexicon.states:
        return "sign", _stripped(leaf, word), word.end(), lexicon.states[fold(word[1])]
    return None


def _is_struck(leaf: Leaf, start: int, lexicon: Lexicon) -> bool:
    """Whether all of a text is struck out, but for a remark that it was dropped: "~~Mirror~~ (dropped)"."""
    text = leaf.inline.text
    strike = next((node for node in leaf.inline.nodes if isinstance(node, nodes.Emphasis) and node.strength == 0), None)
    if strike is None or leaf.inline.at(strike.content.start) > start:
        return False
    rest = text[leaf.inline.at(strike.span.end) :].strip(_AROUND)
    reading = statuses.read_value(rest, lexicon) if rest else None
    return not rest or (reading is not None and reading.from_start and reading.state is State.DROPPED)


def _task_id(leaf: Leaf, start: int) -> Text | None:
    match = _TASK_ID.match(leaf.inline.text, start)
    return Text(leaf.inline.span(*match.span("id")), match["id"]) if match else None


def _stripped(leaf: Leaf, word: re.Match[str]) -> Text:
    value = word[1].rstrip()
    return Text(leaf.inline.span(word.start(1), word.start(1) + len(value)), value)


def _blank(text: str, start: int) -> int:
    return len(text[start:]) - len(text[start:].lstrip())


def _said(leaf: Leaf, start: int, lexicon: Lexicon) -> Status | None:
    """The status that a box's own text states in brackets or at its end: "(done)", "(PARTIAL: 3/12 files)", "— DONE"."""
    text = leaf.inline.text
    for match in _SAID.finditer(text, start):
        group = 1 if match[1] else 2
        reading = statuses.read_value(match[group], lexicon)
        if reading is not None and reading.from_start and reading.state is not State.UNKNOWN:
            return statuses.status(leaf.inline, match.start(group), match.end(group), lexicon)
    return None


def _closing(leaf: Leaf, start: int, lexicon: Lexicon) -> Status | None:
    """The status with which an item's text closes: "(done)", "— in progress (3/12 files)", a sign. Unlike ``_said`` it is nothing else."""
    text = leaf.inline.text
    end = len(text)
    sign = None
    while True:
        end = len(_EMPHATIC.sub("", text[max(start, end - _CLOSING_REACH) : end])) + max(start, end - _CLOSING_REACH)
        last = next((one for one in lexicon.signs if text.endswith(one, start, end)), None)
        if last is None:
            break
        end -= len(last)
        sign = (end, last) if last in lexicon.heading_signs else sign
    match = _CLOSING.search(text, max(start, end - _CLOSING_REACH), end)
    if match:
        group = "bracket" if match["bracket"] else "dash"
        low, high = match.span(group)
        reading = statuses.read_value(match[group], lexicon)
        if reading is not None and reading.from_start and _is_whole(match[group], reading, lexicon):
            return statuses.status(leaf.inline, low, high, lexicon)
    if sign is None:
        return _signed(leaf, start, end, lexicon)
    behind_code = any(
        isinstance(node, nodes.Code) and not text[leaf.inline.at(node.span.end) : sign[0]].strip() for node in leaf.inline.nodes
    )
    if not re.search(r"\w", text[start : sign[0]]) or behind_code or _ASKED.search(text, start, sign[0]):
        return None
    return statuses.status(leaf.inline, sign[0], sign[0] + len(sign[1]), lexicon)


def _signed(leaf: Leaf, start: int, end: int, lexicon: Lexicon) -> Status | None:
    """The status with which a text closes behind a sign of it: "Write the table ✅ DONE"."""
    text = leaf.inline.text
    low = max(start, end - _SIGNED_REACH)
    at = max((text.rfind(one, low, end) for one in lexicon.heading_signs), default=-1)
    if at < 0 or not re.search(r"\w", text[start:at]):
        return None
    reading = statuses.read_value(text[at:end], lexicon)
    if reading is None or not reading.from_start or not re.search(r"\w", text[at : at + reading.end]):
        return None
    return statuses.status(leaf.inline, at, end, lexicon) if _is_whole(text[at:end], reading, lexicon) else None


def _is_whole(value: str, reading: statuses.Reading, lexicon: Lexicon) -> bool:
    """Whether the value is a status from end to end, its remarks aside."""
    word = value[reading.start : reading.end]
    if re.match(r"\d", word):
        # A number is a share of the work where a word says so: "75 % done". "85 %", "44/44" and "5/11 fixed" may be anything's.
        counted = fold(reading.note.split()[0]) if reading.note else ""
        if counted in ("remaining", "left"):
            return reading.state is State.ACTIVE
        return counted in ("done", "complete", "completed", "finished")
    if fold(word) == "verified" and re.match(r"\W*(?:by|via|with|in|on|at|against)\s+(?!session\b|#|\d)", reading.note, re.IGNORECASE):
        # How it is to be proved: "the briefing names the project (verified by a clean run)".
        return False
    return bool(_ASIDE.match(reading.note)) and "/" not in value[reading.end : reading.end + 1]


def _above(outline: Outline, number: int, introductions: Mapping[int, str], lexicon: Lexicon) -> str | None:
    """What the words that lead in to an item ask for: "Read these first:"; without any such words, a file is to be made."""
    parent = outline.list_items[number].parent
    opener = outline.list_items[parent].leaf if parent is not None else None
    words = outline.leaves[opener].inline.text if opener is not None else introductions.get(outline.list_items[number].list, "")
    if not words.strip():
        return "create"
    found = lexicon.verb.search(words)
    return lexicon.verbs[fold(found.group())] if found else None


def _deed(
    text: str, start: int, tokens: Sequence[Token], lexicon: Lexicon, above: Callable[[], str | None]
) -> tuple[str | None, tuple[int, ...]]:
    """The verb of an item, and the tokens that are its objects; ``above`` tells what is asked for where the item itself does not."""
    lead = _LEAD.match(text, start)
    begin = lead.end() if lead else start
    # What a task is called stands before what it asks for.
    if called := _TASK_ID.match(text, begin):
        tags = _TAGS.match(text, called.end())
        begin = tags.end() if tags else called.end()
    names = [(index, token) for index, token in enumerate(tokens) if token.kind in ("path", "directory", "symbol") and token.start >= start]
    word = lexicon.verb.match(text, begin)
    if word and not any(token.start <= begin < token.end for _, token in names):
        deed = lexicon.verbs[fold(word.group())]
        return deed, tuple(
            _objects(text, word.end(), names) or (_place(text, word.end(), names) if fold(word.group()) in lexicon.makes else ())
        )
    if names and _leads(text, begin, names[0][1]):
        run = list(_objects(text, begin, names))
        behind = text[names[run[-1]][1].end if run and run[-1] < len(names) else names[0][1].end :]
        passive = _PASSIVE.match(behind)
        if passive:
            return _PASSIVE_VERBS[passive[1].casefold()], (names[0][0],)
        if _PREDICATE.match(behind):
            return None, ()
        later = lexicon.verb.search(_REMARK.split(behind, maxsplit=1)[0])
        verb = lexicon.verbs[fold(later.group())] if later and later.start() < 24 else above()
        return verb, (names[0][0],)
    return None, ()


def _place(text: str, begin: int, names: Sequence[tuple[int, Token]]) -> tuple[int, ...]:
    """The one path that stands set off at the end of what is to be created: "Create the schema for readings (`src/schema.py`)"."""
    if len(names) != 1 or names[0][1].kind != "path":
        return ()
    index, token = names[0]
    between = text[begin : token.start]
    behind = text[token.end :]
    return (index,) if _SET_OFF.fullmatch(between) and not re.search(r"\w", behind) and not _ELSEWHERE.search(between) else ()


# "Test report: `proof/report.txt`": a label, and the path of what it is the label of.
_LABEL = late(r"[\s*_~`]*[^\W\d_][^:`./\n]{2,40}:[\s*_`]*")


def _proof(text: str, start: int, tokens: Sequence[Token]) -> tuple[str | None, tuple[int, ...]]:
    """The one path with a directory that a finished item gives, and nothing else, as what it has made."""
    found = [(index, token) for index, token in enumerate(tokens) if token.start >= start]
    if len(found) != 1 or found[0][1].kind != "path" or "/" not in found[0][1].token:
        return None, ()
    index, token = found[0]
    label = _LABEL.match(text, start)
    if label and label.end() == token.start and not re.search(r"\w", text[token.end :]):
        return "create", (index,)
    return None, ()


def _leads(text: str, begin: int, token: Token) -> bool:
    return not re.search(r"\w", text[begin : token.start])


def _objects(text: str, begin: int, names: Sequence[tuple[int, Token]]) -> list[int]:
    """The names that follow without a preposition, and those joined to them by commas, "and" or "+"."""
    found: list[int] = []
    position = begin
    for index, token in names:
        between = text[position : token.start]
        if not found:
            if _CONTEXT.search(between) or len(between.split()) > 4:
                break
        elif not re.fullmatch(r"[\s`*]*(?:,|and|\+|&|/)*[\s`*]*(?:and)?[\s`*]*", between):
            break
        found.append(index)
        position = token.end
    return found
