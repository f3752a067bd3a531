"""Contracts: the rows that bind an artifact to those who make it and those who read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.model import names
from doclint.model.document import Column, Party, Text
from doclint.model.lexicon import Lexicon, fold
from doclint.model.outline import Leaf, Outline
from doclint.model.references import Token

_SEPARATOR = late(r"\s*(?:,|;|&|\+|/|\band\b|\bund\b|\be\b|、|と|和)\s*")
_NOBODY = frozenset(
    ("", "-", "--", "\u2014", "\u2013", "n/a", "none", "tbd", "?", "all", "everyone", "any", "anyone", "all sessions", "external", "user")
)


# Files that one program writes and another reads.
_DATA = frozenset("arrow avro csv feather h5 hdf5 json jsonl ndjson npy npz onnx orc parquet pickle pkl pt pth tsv xlsx".split())


def is_data(path: str) -> bool:
    """Whether a file of that name holds data: what its consumer needs before it can begin."""
    return path.rpartition(".")[2].casefold() in _DATA


# Those of them that hold the rows of one table.
_TABLES = frozenset("arrow csv feather jsonl ndjson parquet tsv".split())


def is_table(path: str) -> bool:
    """Whether a file of that name holds rows of one kind."""
    return path.rpartition(".")[2].casefold() in _TABLES


class RawContract(NamedTuple):
    """A contract row; the columns index the table's cells and are None where the table has no such column."""

    table: int
    row: int
    name: Text | None
    artifact: int | None
    symbol: int | None
    source: int | None
    producers: tuple[Party, ...]
    consumers: tuple[Party, ...]


_IDENTIFIER = late(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def with_symbols(
    outline: Outline, tokens: Sequence[Sequence[Token]], columns: Sequence[Sequence[Column]], roles: Sequence[str | None]
) -> list[Sequence[Token]]:
    """The tokens of each leaf; in a contract table's column of schemas, code that is an identifier is a symbol whatever its letters."""
    found = list(tokens)
    for table, cols, role in zip(outline.tables, columns, roles, strict=True):
        schemas = [index for index, column in enumerate(cols) if column.role == "schema"] if role == "contract" else ()
        for leaf in (row[index] for row in table.rows for index in schemas if index < len(row)):
            inline = outline.leaves[leaf].inline
            name = _IDENTIFIER.fullmatch(inline.text.strip())
            if name and not found[leaf] and any(isinstance(node, nodes.Code) for node in inline.nodes):
                start = inline.text.index(name.group())
                end = start + len(name.group())
                found[leaf] = [Token(start, end, inline.span(start, end), "symbol", name.group(), "code")]
    return found


def contracts(
    outline: Outline,
    columns: Sequence[Sequence[Column]],
    roles: Sequence[str | None],
    units: Mapping[tuple[str, str], int],
    titles: Mapping[str, int],
    lexicon: Lexicon,
) -> Iterator[RawContract]:
    """The rows of every contract table; rows without any text are left out."""
    for number, table in enumerate(outline.tables):
        if roles[number] != "contract":
            continue
        cols = columns[number]

        def column(*wanted: str, cols: Sequence[Column] = cols) -> int | None:
            return next((index for role in wanted for index, column in enumerate(cols) if column.role == role), None)

        artifact, symbol, source = column("artifact", "files"), column("schema"), column("source")
        label = next(
            (i for i, c in enumerate(cols) if i not in (artifact, symbol, source) and c.role not in ("producer", "consumer")), None
        )
        for index, row in enumerate(table.rows):
            leaves = [outline.leaves[leaf] for leaf in row]
            if not any(leaf.inline.text.strip() for leaf in leaves):
                continue

            def cell(position: int | None, leaves: Sequence[Leaf] = leaves) -> Leaf | None:
                return leaves[position] if position is not None and position < len(leaves) else None

            named = cell(label) or cell(artifact)
            yield RawContract(
                number,
                index,
                Text(named.span, named.inline.text.strip(" *_`")) if named else None,
                artifact,
                symbol,
                source,
                tuple(_parties(cell(column("producer")), units, titles, lexicon)),
                tuple(_parties(cell(column("consumer")), units, titles, lexicon)),
            )


def _parties(cell: Leaf | None, units: Mapping[tuple[str, str], int], titles: Mapping[str, int], lexicon: Lexicon) -> Iterator[Party]:
    if cell is None:
        return
    text = re.sub(r"\([^()]*\)", lambda match: " " * len(match.group()), cell.inline.text)
    kind: str | None = None
    noun = ""
    position = 0
    for piece in [*_SEPARATOR.finditer(text), None]:
        end = piece.start() if piece else len(text)
        raw = text[position:end]
        start = position + len(raw) - len(raw.lstrip(" *_`"))
        body = raw.strip(" *_`")
        position = piece.end() if piece else end
        if fold(body) in _NOBODY or not re.search(r"\w", body):
            continue
        span = cell.inline.span(start, start + len(body))
        name = names.at_start(body, lexicon)
        if name is None and kind is not None:
            name = names.bare(body, kind)
            shown = f"{noun} {body}" if name else body
        else:
            shown = body
        if name is not None:
            if shown is body:
                kind, noun = name.kind, re.split(r"[\s#]", body)[0]
            yield Party(span, shown, units.get(name.key))
        else:
            yield Party(span, body, titles.get(fold(body)))
