"""The document's own arithmetic: totals, tallies, numbers of things that are listed, tests that pass and fail."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint.check import Facts, Options
from doclint.checks import cells, front, proof, shares
from doclint.diagnostic import Evidence, Finding, Fix, Undecided
from doclint.late import late
from doclint.markdown import nodes
from doclint.model import queries
from doclint.model.document import Document, Lifecycle, Mode, Reference, Table
from doclint.text import Edit, Span

# A column of these is no sum of its rows.
_NO_SUM = late(
    r"%|\b(?:avg|average|mean|median|rate|ratio|share|score|max|min|coverage|size|version|year|priority|id|no)\b|#", re.IGNORECASE
)
# A share, or how many times as fast: neither adds up.
_RATIOS = ("%", "x")
_LABEL = late(r"\((\d{1,3})(?:\s+([^\W\d_]{3,20}))?\)[\s*_:：]*$")
_CUT_OFF = late(r"…|\.\.\.|\betc\b|\bmore\b|\bothers?\b", re.IGNORECASE)
# What a list under its label does not hold one by one.
_NOT_LISTED = frozenset(
    """
    tests test lines line loc hours hour hrs min mins minutes days day weeks points pts commits users votes percent parts pages words
    """.split()
)
_PASSING = late(r"(?<![\d/.])(\d{1,6})\s*/\s*(\d{1,6})(?:\s+tests?)?\s+(?:are\s+|now\s+)?pass(?:ing|ed|es)?\b", re.IGNORECASE)
_FAILING = late(
    r"(?<![\d/.\-+~])(\d{1,6})\s+(?:tests?\s+)?(?:remaining\s+|known\s+)?(?:test\s+)?(?:are\s+|still\s+)?fail(?:ing|ures?|ed|s)?\b",
    re.IGNORECASE,
)
_NEITHER = late(r"skip|xfail|error|pending|ignored|todo|flaky", re.IGNORECASE)
_TALLY = late(
    r"(?<![\w-])([^\W\d_][\w -]{0,30}?)[*_`]*\s*[:=×][*_`\s]*(\d{1,5})"
    # Neither a share nor an amount of something: "16-20h", "3 days".
    r"(?![\w%/]|[.,]\d|\s?[-\u2013~]\s?\d|\s(?:h|hours?|days?|weeks?|points?|pts)\b)"
)
# Of fewer failures, a number that is nearly right is one group's as well as all tests'.
_MANY = 10
_NUMERALS = {word: number for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)}
_OPENING = late(r"(?:(\d{1,3})|([A-Z][a-z]+))\s+([a-z]{3,20}s)(?=[,.:;])")


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each number that the rows, items and numbers around it refute."""
    if document.lifecycle is Lifecycle.EXAMPLE:
        return
    for number, table in enumerate(document.tables):
        if document.sections[table.section].mode is not Mode.EXAMPLE:
            yield from _total(document, table)
            end = document.sections[table.section].body.end
            following = document.tables[number + 1].span.start if number + 1 < len(document.tables) else end
            yield from _tallies(document, table, min(end, following))
    yield from shares.disagreements(document)
    yield from front.disagreements(document)
    yield from _labels(document)
    yield from _failing(document)
    yield from _announced(document)


# --- totals -----------------------------------------------------------------------------------------------------------


def _total(document: Document, table: Table) -> Iterator[Finding]:
    """A row that sums up those above it, column by column; a column speaks if every cell of it is a plain number."""
    if table.totals is None or _has_groups(document, table):
        return
    row = table.rows[table.totals]
    for index, header in enumerate(table.columns):
        parts = cells.column(document, table, index) if index and index < len(row.cells) and not _NO_SUM.search(header.header) else None
        total = cells.number(document, row.cells[index].span) if parts else None
        if parts is None or total is None or total.unit != parts[0].unit or total.unit in _RATIOS:
            continue
        values = [part.value for part in parts]
        expected = sum(values)
        # A mean, a maximum, a running total, or subtotals counted in.
        if any(map(total.is_, (expected, expected / len(values), max(values), values[-1], expected / 2))):
            continue
        stated = document.source.slice(total.span)
        right = cells.written(expected, like=stated)
        yield Finding(
            total.span,
            f"the total of `{header.header}` is given as `{stated}`, but the {len(values)} rows add up to {right}",
            (Evidence("count", f"{_added(values, stated)} = {right}"),),
            fix=Fix(f"write `{right}`", (Edit(total.span, right),), safe=False),
        )


def _added(values: Sequence[float], like: str) -> str:
    return " + ".join(cells.written(value, like=like) for value in values[:8]) + (" + …" if len(values) > 8 else "")


def _has_groups(document: Document, table: Table) -> bool:
    """Whether some rows above the total sum up others: their names stand out, or say so."""
    names = [document.source.slice(row.cells[0].span).strip() for row in table.rows[: table.totals] if row.cells]
    strong = sum(name.startswith("**") for name in names)
    return 0 < strong < len(names) or any(re.search(r"total|→|^[-↳└]", name, re.IGNORECASE) for name in names)


# --- tallies ----------------------------------------------------------------------------------------------------------


def _tallies(document: Document, table: Table, end: int) -> Iterator[Finding]:
    """``Claude: 22, Gemini: 4`` between a table with a column of those names and ``end``; one that agrees shows that rows are counted."""
    rows = [row for number, row in enumerate(table.rows) if number != table.totals and not row.empty]
    if len(rows) < 4:
        return
    counts = [Counter(_folded(row.cells[index].value) for row in rows if index < len(row.cells)) for index in range(len(table.columns))]
    columns = [each for each in counts if 1 < len(each) <= len(rows) // 2]
    for _, inline in _leaves(document, table.span.end, end):
        pairs = [(match, _folded(match[1])) for match in _TALLY.finditer(inline.text)]
        for column in columns:
            known = [(match, column[name]) for match, name in pairs if name in column]
            wrong = [(match, number) for match, number in known if int(match[2]) != number]
            # What is far off counts something else under the same names.
            if len(known) < 2 or len(wrong) == len(known) or any(_is_far(int(match[2]), number) for match, number in wrong):
                continue
            for match, number in wrong:
                yield Finding(
                    inline.span(*match.span(2)),
                    f"`{match[1].strip()}` is counted as {match[2]}, but {number} rows of the table have it",
                    (proof.place(document, "the table", table.span),),
                )
            break


def _folded(text: str) -> str:
    return re.sub(r"[^\w ]+", "", text).strip().casefold()


def _leaves(document: Document, start: int, end: int) -> Iterator[tuple[Span, nodes.Inline]]:
    first = bisect.bisect_left(document.inlines, start, key=lambda pair: pair[0].start)
    for span, inline in document.inlines[first:]:
        if span.start >= end:
            return
        yield span, inline


# --- labels -----------------------------------------------------------------------------------------------------------


class _Label(NamedTuple):
    """A heading or line that says how many items follow: where its number stands, and what follows it."""

    text: str
    number: int
    noun: str
    span: Span
    lists: Sequence[nodes.List]


def _labels(document: Document) -> Iterator[Finding]:
    """``**Documents (7):**`` over six items, in a document whose other labels count their items well."""
    labels = [label for label in _labelled(document) if label.lists]
    right = [label for label in labels if label.number in _ways(document, label.lists)]
    wrong = [label for label in labels if label.number not in _ways(document, label.lists)]
    if len(right) < 2 or 2 * len(wrong) > len(right):
        return
    for label in wrong:
        number = sum(len(one.children) for one in label.lists)
        if _is_far(label.number, number) or label.noun not in ("", "file", "files") or not _is_of_files(document, label):
            continue
        yield Finding(
            label.span,
            f"`{label.text}` announces {label.number}, but {number} {'item follows' if number == 1 else 'items follow'}",
            (Evidence("count", f"{len(right)} other labels of the document count their items"),),
        )


def _is_far(stated: int, number: int) -> bool:
    """Whether two counts differ by more than a slip."""
    return abs(stated - number) > max(2, stated // 3)


def _is_of_files(document: Document, label: _Label) -> bool:
    """Whether each item begins with the name of one file, or, where the label does not speak of files, with a box: no item is a remark."""
    items = [item for one in label.lists for item in one.children if isinstance(item, nodes.Item)]
    return (not label.noun and all(item.checkbox is not None for item in items)) or all(
        any(
            not re.search(r"\w", document.source.slice(Span(_text_start(item), reference.span.start)).partition("[")[0])
            for reference in _files(document, item)[:1]
        )
        for item in items
    )


def _files(document: Document, item: nodes.Item) -> list[Reference]:
    return [one for one in queries.in_span(document.references, item.span) if one.kind in ("path", "directory", "link", "glob")]


def _text_start(item: nodes.Item) -> int:
    return item.children[0].span.start if item.children else item.span.start


def _labelled(document: Document) -> Iterator[_Label]:
    lists = [node for node in nodes.walk(document.root) if isinstance(node, nodes.List)]
    inner = {id(one) for node in lists for item in node.children for one in nodes.walk(item) if isinstance(one, nodes.List)}
    outer = [node for node in lists if id(node) not in inner]
    starts = [node.span.start for node in outer]
    headings = {section.heading.span for section in document.sections}
    for number, section in enumerate(document.sections):
        label = _label(document, section.heading.span)
        if label is not None and section.mode is not Mode.EXAMPLE:
            low, high = bisect.bisect_left(starts, section.span.start), bisect.bisect_left(starts, section.span.end)
            tables = bool(queries.tables(document, number))
            yield _Label(*label, () if tables or _cut_off(document, outer[low:high]) else outer[low:high])
    for node in outer:
        low = bisect.bisect_left(document.inlines, node.span.start, key=lambda pair: pair[0].start) - 1
        above = document.inlines[low][0] if low >= 0 else None
        if above is None or document.source.slice(Span(above.end, node.span.start)).strip() or _cut_off(document, [node]):
            continue
        label = _label(document, above)
        if label is not None and above not in headings:
            yield _Label(*label, [node])


def _label(document: Document, span: Span) -> tuple[str, int, str, Span] | None:
    text = document.source.slice(span)
    match = _LABEL.search(text, max(0, len(text) - 60))
    if not match or not int(match[1]) or (match[2] and match[2].casefold() in _NOT_LISTED):
        return None
    start = span.start + match.start(1)
    return (
        " ".join(text[: match.end()].split()).strip("#*_: "),
        int(match[1]),
        (match[2] or "").casefold(),
        Span(start, start + len(match[1])),
    )


def _cut_off(document: Document, lists: Sequence[nodes.List]) -> bool:
    return any(_CUT_OFF.search(document.source.slice(item.span)) for node in lists for item in node.children[-1:])


def _ways(document: Document, lists: Sequence[nodes.List]) -> set[int]:
    """The ways in which the items of a list can be counted: the outer ones, all, the innermost, the files that they name."""
    items = [node for one in lists for node in nodes.walk(one) if isinstance(node, nodes.Item)]
    leaves = [item for item in items if not any(isinstance(child, nodes.List) for child in item.children)]
    files = sum(len(_files(document, item)) for one in lists for item in one.children if isinstance(item, nodes.Item))
    return {sum(len(one.children) for one in lists), len(items), len(leaves), files}


# --- tests, and things announced ------------------------------------------------------------------------------------------


def _failing(document: Document) -> Iterator[Finding]:
    """``45/66 passing`` and ``20 failing``: beside each other, or in a document that says ``21 failing`` elsewhere."""
    passing = {(int(m[1]), int(m[2])): inline.span(*m.span()) for _, inline in document.inlines for m in _PASSING.finditer(inline.text)}
    if len(passing) != 1:
        return
    ((done, total), where) = next(iter(passing.items()))
    rest = total - done
    said = [(int(match[1]), span, inline, match) for span, inline in document.inlines for match in _FAILING.finditer(inline.text)]
    known = any(number == rest for number, *_ in said)
    for number, span, inline, match in said:
        beside = where in span and not _NEITHER.search(inline.text)
        near = known and min(number, rest) >= _MANY and abs(number - rest) <= rest // _MANY
        if number == rest or rest <= 0 or not (beside or near):
            continue
        yield Finding(
            inline.span(*match.span(1)),
            f"`{' '.join(match.group().split())}` is stated, but of {done}/{total} passing {rest} {'is' if rest == 1 else 'are'} left",
            (proof.place(document, f"{done} of {total} pass", where),),
        )


def _announced(document: Document) -> Iterator[Finding]:
    """``Six streams, five people.`` at the beginning, over one table of streams."""
    headings = {section.heading.span for section in document.sections}
    first = next((pair for pair in document.inlines if pair[0] not in headings), None)
    if first is None or not any(first[0].start < table.span.start for table in document.tables):
        return
    for match in _OPENING.finditer(first[1].text[:200]):
        number = int(match[1]) if match[1] else _NUMERALS.get(match[2].casefold(), 0)
        noun = match[3][:-1]
        tables = [table for table in document.tables if any(column.header.strip("*` ").casefold() == noun for column in table.columns)]
        if number < 2 or len(tables) != 1:
            continue
        rows = sum(not row.empty for index, row in enumerate(tables[0].rows) if index != tables[0].totals)
        if rows != number and abs(rows - number) <= 2:
            yield Finding(
                first[1].span(*match.span()),
                f"`{match.group()}` are announced, but the table has {rows} rows",
                (proof.place(document, "the table", tables[0].span),),
            )
