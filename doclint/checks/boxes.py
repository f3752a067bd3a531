"""Check boxes that silently are none: ``-[ ]``, ``- []``, ``- [ x]``, ``- [x]text``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.diagnostic import Finding, Fix, Undecided
from doclint.markdown import nodes
from doclint.model.document import Document
from doclint.text import Edit, Span

# A marker without its blank: the line is a paragraph, and its box is text. A star that another one follows opens emphasis.
_GLUED = re.compile(r"(?P<marker>[-+]|\*(?!.*\*))(?P<box>\[(?P<mark>[ xX]?)\])(?P<gap>[ \t]*)(?=\S)(?![(:\[])")
# A list item whose brackets hold nothing, hold too much, or touch what follows.
_EMPTY = re.compile(r"(?P<box>\[\])(?P<gap>[ \t]+)(?=\S)")
_PADDED = re.compile(r"(?P<box>\[(?: +(?P<a>[xX]) *|(?P<b>[xX]) +|  +)\])(?P<gap>[ \t]*)(?=\S)(?![(:])")
_TOUCHING = re.compile(r"(?P<box>\[(?P<mark>[ xX])\])(?=\w|[`*_])")


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each line that its writer took for a box and no renderer does."""
    candidates = list(_candidates(document))
    # Brackets around nothing are an empty list as often as a box, where nothing beside them is sure to be meant for one.
    boxed = any(sure for sure, _ in candidates) or any(
        isinstance(node, nodes.Item) and node.checkbox is not None for node in nodes.walk(document.root)
    )
    yield from (finding for sure, finding in candidates if sure or boxed)


def _candidates(document: Document) -> Iterator[tuple[bool, Finding]]:
    """What looks like a box that fails, and whether it can be nothing else."""
    source = document.source
    for node in nodes.walk(document.root):
        match node:
            case nodes.Paragraph():
                for line in node.lines:
                    text = source.slice(line)
                    glued = _GLUED.match(text)
                    if glued:
                        mark = glued["mark"] or " "
                        yield (
                            bool(glued["mark"]),
                            _finding(line, glued, f"{glued['marker']} [{mark}] ", "a blank is missing behind the list marker"),
                        )
            case nodes.Item(checkbox=None, children=(nodes.Paragraph(lines=(first, *_)), *_)):
                text = source.slice(first)
                if empty := _EMPTY.match(text):
                    yield False, _finding(first, empty, "[ ] ", "the brackets need a blank between them")
                elif padded := _PADDED.match(text):
                    yield True, _finding(first, padded, f"[{padded['a'] or padded['b'] or ' '}] ", "the brackets hold more than one sign")
                elif touching := _TOUCHING.match(text):
                    yield True, _finding(first, touching, f"[{touching['mark']}] ", "a blank is missing behind the brackets")


def _finding(line: Span, match: re.Match[str], box: str, why: str) -> Finding:
    span = Span(line.start + match.start(), line.start + match.end())
    written = match.group().rstrip()
    return Finding(
        Span(span.start, span.start + len(written)),
        f"`{written}` is no check box: {why}",
        fix=Fix(f"write `{box.rstrip()}`", (Edit(span, box),), safe=True),
        label=f"expected `{box.rstrip()}`",
    )
