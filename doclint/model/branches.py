"""Branch names: what stands in a branch field, in a branch column, or beside the word "branch"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from doclint.late import late
from doclint.markdown import nodes
from doclint.markdown.nodes import Inline
from doclint.model.document import Column
from doclint.model.fields import RawField
from doclint.model.outline import Outline
from doclint.model.ranges import Ranges
from doclint.model.references import Token
from doclint.model.units import RawUnit

# git-check-ref-format(1), as far as a name without blanks can break it.
_NAME = late(r"(?![-/.])(?!.*(?:\.\.|//|@\{|\\))[\w.\-/+#@]+(?<![/.])$")
_NO_NAME = frozenset(("tbd", "none", "n/a", "-", "todo", "pending", "merged", "various", "local", "same", "yes", "no", "your-branch"))
# How far before a name the word "branch" can stand: itself, and the marks between.
_REACH = 24
_WORD_BEFORE = late(r"(?:\bbranch(?:es)?|ブランチ|分支)[\s:`*(]*$", re.IGNORECASE)
_WORD_BEHIND = late(r"[\s`*)]*(?:branch\b|ブランチ|分支)", re.IGNORECASE)
_LEADING = late(r"[\s*_]*([\w.\-/+#@]+)")


def with_branches(
    outline: Outline,
    tokens: Sequence[Sequence[Token]],
    columns: Sequence[Sequence[Column]],
    fields: Sequence[RawField],
    units: Sequence[RawUnit],
) -> list[Sequence[Token]]:
    """The tokens of each leaf, with branch names in place of whatever else they look like."""
    strict: dict[int, list[tuple[int, int]]] = {}
    for unit in units:
        for leaf, start, end in unit.branches_in:
            strict.setdefault(leaf, []).append((start, end))
    for raw in fields:
        if raw.role == "branch":
            strict.setdefault(raw.leaf, []).append(raw.value)
    for table, cols in zip(outline.tables, columns, strict=True):
        for position, column in enumerate(cols):
            if column.role == "branch":
                for row in table.rows:
                    if position < len(row):
                        strict.setdefault(row[position], []).append((0, len(outline.leaves[row[position]].inline.text)))
    return [_of_leaf(leaf.inline, tokens[number], strict.get(number, ())) for number, leaf in enumerate(outline.leaves)]


def _of_leaf(inline: Inline, tokens: Sequence[Token], strict: Sequence[tuple[int, int]]) -> Sequence[Token]:
    text = inline.text
    told = Ranges(sorted(strict, key=lambda range: (range[0], -range[1])))
    found: list[Token] = []
    starts: list[int] = []
    for node in inline.nodes:
        if not isinstance(node, nodes.Code):
            continue
        start = inline.at(node.content.start)
        end = inline.at(node.content.end)
        named = told.covers(start, end) or _WORD_BEHIND.match(text, end) or _WORD_BEFORE.search(text[max(0, start - _REACH) : start])
        if named and _is_name(text[start:end].strip()):
            found.append(Token(start, end, inline.span(start, end), "branch", text[start:end].strip(), "code"))
            bisect.insort(starts, start)
    for start, end in strict:
        match = _LEADING.match(text, start, end)
        known = bisect.bisect_left(starts, start) < bisect.bisect_left(starts, end)
        if match and not known and _is_name(match[1]) and re.search(r"[/\-_]", match[1]):
            found.append(Token(*match.span(1), inline.span(*match.span(1)), "branch", match[1], "text"))
            bisect.insort(starts, match.start(1))
    if not found:
        return tokens
    names = Ranges((branch.start, branch.end) for branch in found)
    kept = [token for token in tokens if not names.touches(token.start, token.end)]
    return sorted([*kept, *found], key=lambda token: (token.start, token.end))


def _is_name(name: str) -> bool:
    return bool(_NAME.match(name)) and name.casefold() not in _NO_NAME and not name.endswith(".lock") and not name.isdigit()
