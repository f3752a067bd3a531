"""Documents for tests, projected with the lexicon that doclint ships."""

from __future__ import annotations

import yaml

from doclint import resources
from doclint.markdown.parse import parse
from doclint.model.document import Document, Reference
from doclint.model.lexicon import compile_lexicon
from doclint.model.project import project
from doclint.text import Source, Span

LEXICON = compile_lexicon(yaml.safe_load(resources.read("rules", "lexicon.yaml")))


def read(text: str, path: str = "STATUS.md") -> Document:
    """The projection of ``text``."""
    source = Source(path, text)
    return project(source, parse(source), LEXICON)


def written(document: Document, span: Span) -> str:
    """What stands at ``span``."""
    return document.source.slice(span)


def line(document: Document, span: Span) -> int:
    """The line on which ``span`` starts."""
    return document.source.position(span.start).line


def named(references: tuple[Reference, ...]) -> list[tuple[str, str]]:
    """The kind and the token of each reference."""
    return [(reference.kind, reference.token) for reference in references]
