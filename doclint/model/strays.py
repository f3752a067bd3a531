"""Strays: values of a status column, or of a status key, that are no status although those around them are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.late import late
from doclint.model import statuses
from doclint.model.document import Column, State, Stray, Tense
from doclint.model.fields import RawField
from doclint.model.lexicon import Lexicon, fold
from doclint.model.outline import Leaf, Outline
from doclint.model.units import TenseAt
from doclint.text import Span

# So many values of a column must be statuses, and so large a share of them, before one that is none stands out.
_FEWEST = 4
_SHARE = 0.75
# More of them than this are a vocabulary of their own.
_MOST = 20
_MOST_WORDS = 3
_LEAST_LETTERS = 5
# A slip of one letter in ten; letters that changed places count as none.
_LIKENESS = 0.9
_PLAIN = late(r"[^\W\d_]+(?:[ '\u2019-][^\W\d_]+)*")


def strays(
    outline: Outline,
    fields: Sequence[RawField],
    columns: Sequence[Sequence[Column]],
    tense_at: TenseAt,
    lexicon: Lexicon,
) -> Iterator[Stray]:
    """The values that stand out, in no order. Of keys only those that are nearly a status: each has a column of its own."""
    slips = 0
    for raw in fields:
        if slips < _MOST and raw.role == "status" and raw.value[0] < raw.value[1]:
            leaf = outline.leaves[raw.leaf]
            stray = _stray(leaf, *raw.value, 0, lexicon)
            slips += stray is not None
            if stray is not None and stray.nearest is not None and tense_at(leaf.section, leaf.span.start) is Tense.CURRENT:
                yield stray
    for table, cols in zip(outline.tables, columns, strict=True):
        position = next((index for index, column in enumerate(cols) if column.role == "status"), None)
        if position is None or tense_at(table.section, table.node.span.start) is not Tense.CURRENT:
            continue
        cells = [outline.leaves[row[position]] for row in table.rows if position < len(row)]
        filled = [cell for cell in cells if re.search(r"\w", cell.inline.text) or statuses.read_value(cell.inline.text, lexicon)]
        known = sum(_is_status(cell.inline.text, lexicon) for cell in filled)
        if known >= _FEWEST and known >= _SHARE * len(filled):
            odd = [cell for cell in filled if not _is_status(cell.inline.text, lexicon)]
            for cell in odd if len(odd) <= _MOST else ():
                stray = _stray(cell, 0, len(cell.inline.text), known, lexicon)
                if stray is not None:
                    yield stray


def _is_status(text: str, lexicon: Lexicon) -> bool:
    reading = statuses.read_value(text, lexicon, trust_signs=True)
    return reading is not None and reading.state is not State.UNKNOWN


def _stray(leaf: Leaf, start: int, end: int, known: int, lexicon: Lexicon) -> Stray | None:
    """The stray that a value is: a few plain words that mean nothing here."""
    text = leaf.inline.text[start:end]
    if _is_status(text, lexicon) or lexicon.partial.search(text) or lexicon.deferral.search(text):
        return None
    words = _PLAIN.search(text)
    rest = f"{text[: words.start()]}{text[words.end() :]}" if words else text
    if words is None or len(words.group().split()) > _MOST_WORDS or re.search(r"[^\W_]", rest) or len(words.group()) < _LEAST_LETTERS:
        return None
    span: Span = leaf.inline.span(start + words.start(), start + words.end())
    return Stray(span, words.group(), _nearest(words.group(), lexicon), known)


def _nearest(value: str, lexicon: Lexicon) -> str | None:
    from doclint.nearest import nearest

    word = fold(value)
    found = nearest(word, lexicon.states, likeness=0.8)
    if found is None or found[0] != word[0]:
        return None
    import difflib

    if sorted(found) != sorted(word) and difflib.SequenceMatcher(None, word, found).ratio() < _LIKENESS:
        return None
    return _in_case(found, value)


def _in_case(word: str, like: str) -> str:
    """``word`` in the letter case of ``like``."""
    if like.isupper():
        return word.upper()
    return word.title() if like.istitle() and " " in like else word.capitalize() if like[0].isupper() else word
