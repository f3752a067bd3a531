"""Comments that are to silence a rule, and name none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from doclint.check import Facts, Options
from doclint.diagnostic import Finding, Undecided
from doclint.late import late
from doclint.model.document import Document
from doclint.text import Span

_DIRECTIVE = late(r"doclint-[a-z-]*")
_LONGEST = 60
_DIRECTIVES = tuple(f"doclint-{verb}" for verb in ("disable", "disable-line", "disable-next-line", "disable-file", "enable"))


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each such comment: the first word in it that means nothing."""
    if "doclint" not in document.source.text:
        return
    from doclint.markdown.comments import comments
    from doclint.suppressions import UNTIL, suppressions

    source = document.source
    for comment in comments(source, document.root):
        said = _DIRECTIVE.match(comment.text)
        if said is not None and said[0] not in _DIRECTIVES:
            yield _finding(document, comment.span, said[0], "comment of doclint's", _DIRECTIVES)
    known = _known(facts)
    seen: set[Span] = set()
    for suppression in suppressions(source, document.root):
        strange = next((word for word in suppression.rules if word not in known), None)
        if strange is not None and suppression.span not in seen:
            seen.add(suppression.span)
            if strange.startswith(UNTIL):
                yield _finding(document, suppression.span, strange, f"day, as in `{UNTIL}2026-12-31`", ())
            else:
                yield _finding(document, suppression.span, strange, "rule", known)


def _known(facts: Facts) -> frozenset[str]:
    from doclint.rule import shipped

    return facts.rules.union(word for rule in shipped() for word in (rule.code, rule.name))


def _finding(document: Document, span: Span, word: str, kind: str, known: Iterable[str]) -> Finding:
    from doclint.nearest import hint

    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", document.source.slice(span))
    place = span if found is None else Span(span.start + found.start(), span.start + found.end())
    shown = word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…"
    return Finding(place, f"`{shown}` is no {kind}{hint(shown, known)}", label="silences nothing")
