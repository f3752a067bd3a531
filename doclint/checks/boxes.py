"""Check boxes that silently are none: ``-[ ]``, ``- []``, ``- [ x]``, ``- [x]text``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doclint.check import Facts, Options
from doclint.diagnostic import Finding, Fix, Undecided
from doclint.late import late
from doclint.markdown import nodes
from doclint.model.document import Document
from doclint.text import Edit, Span

# A marker without its blank: the line is a paragraph, and its box is text. A star that another one follows opens emphasis.
_GLUED = late(r"(?P<marker>[-+]|\*(?!.*\*))(?P<box>\[(?P<mark>[ xX]?)\])(?P<gap>[ \t]*)(?=\S)(?![(:\[])")
# A list item whose brackets hold nothing, hold too much, or touch what follows.
_EMPTY = late(r"(?P<box>\[\])(?P<gap>[ \t]+)(?=\S)")
_PADDED = late(r"(?P<box>\[(?: +(?P<a>[xX]) *|(?P<b>[xX]) +|  +)\])(?P<gap>[ \t]*)(?=\S)(?![(:])")
_TOUCHING = late(r"(?P<box>\[(?P<mark>[ xX])\])(?=\w|[`*_])")


# So many boxes with one fault are one fault.
_MANY = 20


class _Failed(NamedTuple):
    """What looks like a box and is none: where, what is written there, what was meant, why it fails, and whether it can be nothing else."""

    span: Span
    written: str
    meant: str
    why: str
    sure: bool
    edit: Edit


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each line that its writer took for a box and no renderer does; a fault that a document repeats over and over is told once."""
    failed = list(_candidates(document))
    # Brackets around nothing are an empty list as often as a box, where nothing beside them is sure to be meant for one.
    boxed = any(one.sure for one in failed) or any(
        isinstance(node, nodes.Item) and node.checkbox is not None for node in (nodes.walk(document.root) if failed else ())
    )
    alike: dict[tuple[str, str], list[_Failed]] = {}
    for one in failed:
        if one.sure or boxed:
            alike.setdefault((one.written, one.why), []).append(one)
    for same in alike.values():
        groups = [same] if len(same) > _MANY else [[one] for one in same]
        yield from (_finding(group) for group in groups)


def _finding(group: Sequence[_Failed]) -> Finding:
    first = group[0]
    meant = first.meant.rstrip()
    many = len(group) > 1
    return Finding(
        first.span,
        f"`{first.written}` is no check box: {first.why}{f' (here and {len(group) - 1} times below)' if many else ''}",
        fix=Fix(f"write `{meant}`{f' {len(group)} times' if many else ''}", tuple(one.edit for one in group), safe=True),
        label=f"expected `{meant}`",
    )


def _candidates(document: Document) -> Iterator[_Failed]:
    source = document.source
    for node in nodes.walk(document.root):
        match node:
            case nodes.Paragraph():
                for line in node.lines:
                    text = source.slice(line)
                    glued = _GLUED.match(text)
                    if glued:
                        meant = f"{glued['marker']} [{glued['mark'] or ' '}] "
                        yield _failed(line, glued, meant, "a blank is missing behind the list marker", sure=bool(glued["mark"]))
            case nodes.Item(checkbox=None, children=(nodes.Paragraph(lines=(first, *_)), *_)):
                text = source.slice(first)
                if empty := _EMPTY.match(text):
                    yield _failed(first, empty, "[ ] ", "the brackets need a blank between them", sure=False)
                elif padded := _PADDED.match(text):
                    meant = f"[{padded['a'] or padded['b'] or ' '}] "
                    yield _failed(first, padded, meant, "the brackets hold more than one sign", sure=True)
                elif touching := _TOUCHING.match(text):
                    yield _failed(first, touching, f"[{touching['mark']}] ", "a blank is missing behind the brackets", sure=True)


def _failed(line: Span, match: re.Match[str], meant: str, why: str, *, sure: bool) -> _Failed:
    span = Span(line.start + match.start(), line.start + match.end())
    written = match.group().rstrip()
    return _Failed(Span(span.start, span.start + len(written)), written, meant, why, sure, Edit(span, meant))
