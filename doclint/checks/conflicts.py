"""Conflict markers that a merge left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doclint.check import Facts, Options
from doclint.diagnostic import Evidence, Finding, Severity, Undecided
from doclint.late import late
from doclint.markdown import nodes
from doclint.model.document import Document
from doclint.text import Span

# Git writes seven signs, and a name behind the outer ones.
_MARKER = late(r"^(?:(?P<ours><{7})(?= )|(?P<base>\|{7})(?= |\r?$)|(?P<split>={7})(?=\r?$)|(?P<theirs>>{7})(?= ))[^\r\n]*", re.MULTILINE)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each conflict that begins, and an end without a beginning, outside of code."""
    text = document.source.text
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return
    shown = [node.span for node in nodes.walk(document.root) if isinstance(node, nodes.Fence | nodes.CodeBlock)]
    markers = [match for match in _MARKER.finditer(text) if not any(match.start() in span for span in shown)]
    for number, match in enumerate(markers):
        if match["ours"]:
            rest = markers[number + 1 :]
            after = [other.lastgroup for other in rest[:3]]
            ends = after[:2] == ["split", "theirs"] or after == ["base", "split", "theirs"]
            place = next((other for other in rest if other["theirs"]), None) if ends else None
            evidence = (Evidence("place", "the end of the conflict", document.source.path, span=_span(place)),) if place else ()
            yield Finding(
                _span(match),
                "a merge conflict is not resolved" if ends else "a conflict marker stands in the text",
                evidence,
                demoted=None if ends else Severity.WARNING,
            )
        elif match["theirs"] and not any(other["ours"] for other in markers[:number]):
            yield Finding(_span(match), "a conflict marker stands in the text", demoted=Severity.WARNING)


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())
