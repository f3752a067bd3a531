"""Contract tables against the board, the code and the tree; ``about`` chooses what is compared."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Evidence, Finding, Fix, Severity, Undecided
from doclint.late import late
from doclint.model.contracts import is_table
from doclint.model.document import Contract, Document, Lifecycle, Party, Reference, Table, Tense, Unit
from doclint.model.lexicon import fold
from doclint.nearest import nearest
from doclint.repo.facts import Unknown
from doclint.repo.paths import compile_glob, parents
from doclint.text import Edit, Span


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield what is wrong with the contracts in the way that ``about`` names."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    yield from _WAYS[option(options, "about", str)](document, facts)


# --- parties ----------------------------------------------------------------------------------------------------------

# No noun before an id has more.
_MOST_WORDS = 5


def _parties(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """Producers and consumers that are no unit of a board that has their kin."""
    board = {number for number, unit in enumerate(document.units) if unit.section is not None or unit.statement is not None}
    kinds: dict[str, list[str]] = {}
    first: dict[str, Unit] = {}
    for number in sorted(board):
        unit = document.units[number]
        kinds.setdefault(unit.kind, []).append(unit.name)
        first.setdefault(unit.kind, unit)
    kin: dict[str, str] = {}
    for kind, names in kinds.items():
        for name in names:
            for noun in _beginnings(name):
                kin.setdefault(noun, kind)
    for contract in document.contracts:
        for role, party in _all_parties(contract):
            # The board's units whose names are built like the party's: the same noun before the id.
            kind = kin.get(party.name.rsplit(None, 1)[0].casefold(), "") if " " in party.name else ""
            names = kinds.get(kind, [])
            if party.unit in board or len(names) < 2:
                continue
            near = nearest(party.name, names, likeness=0.8) if len(names) > 4 else None
            yield Finding(
                party.span,
                f"{role} `{party.name}` is no unit on the board",
                (proof.place(document, f"the board has {_listing(names)}", first[kind].span),),
                fix=None,
                label="not on the board" + (f"; did you mean `{near}`?" if near else ""),
            )


def _all_parties(contract: Contract) -> Iterator[tuple[str, Party]]:
    yield from (("producer", party) for party in contract.producers)
    yield from (("consumer", party) for party in contract.consumers)


def _beginnings(name: str) -> Iterator[str]:
    """The first word, the first two, and so on, without the whole name."""
    folded = name.casefold()
    for blank in itertools.islice(re.finditer(" ", folded), _MOST_WORDS):
        yield folded[: blank.start()]


def _listing(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:6])
    return shown if len(names) <= 6 else f"{shown} and {len(names) - 6} more"


# --- completeness -----------------------------------------------------------------------------------------------------


_NEEDED = (("artifact", "an artifact"), ("producer", "a producer"), ("consumer", "a consumer"))
# A dash says "nobody", which is a statement; these say nothing.
_SAYS_NOTHING = frozenset(("", "?", "??", "tbd", "todo"))


def _complete(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """Contract tables without a needed column, and rows with an empty cell in one."""
    for table in document.tables:
        if table.role != "contract" or table.tense is not Tense.CURRENT:
            continue
        rows = [row for row in table.rows if not row.empty]
        if not rows:
            continue
        roles = {column.role for column in table.columns}
        if not {"producer", "consumer"} <= roles:
            missing = "producer" if "producer" not in roles else "consumer"
            yield Finding(
                _header_span(table.columns[0].span, table.columns[-1].span),
                f"the contract table has no {missing} column",
                (Evidence("count", f"its columns are {_listing([column.header for column in table.columns])}"),),
            )
        for row in rows:
            for role, what in _NEEDED:
                index = table.column(role)
                if index is None:
                    continue
                if index >= len(row.cells):
                    yield Finding(
                        Span(row.span.end, row.span.end),
                        f"the row ends before its `{table.columns[index].header}` cell",
                        (proof.place(document, "the column", table.columns[index].span),),
                        label=f"expected {what}",
                    )
                elif row.cells[index].value.strip(" *_`").casefold() in _SAYS_NOTHING:
                    first = row.cells[0].value.strip(" *_`") or "this row"
                    yield Finding(
                        row.cells[index].span,
                        f"contract `{first}` names no {table.columns[index].header.strip().casefold()}",
                        (proof.place(document, "the column", table.columns[index].span),),
                        label=f"expected {what}",
                    )


def _header_span(first: Span, last: Span) -> Span:
    return Span(first.start, last.end)


# --- duplicates -------------------------------------------------------------------------------------------------------


# What these columns say may differ between two rows about one thing.
_REMARKS = frozenset(("producer", "consumer", "owner", "status", "note", "branch", "date", "updated", "id"))


def _duplicates(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """Rows that stand twice in a table, and artifacts that two rows of a table have from different producers."""
    rows: dict[tuple[int, tuple[str, ...]], Contract] = {}
    artifacts: dict[tuple[int, str], Contract] = {}
    for contract in document.contracts:
        table = document.tables[contract.table]
        artifact = table.cell(table.rows[contract.row], "artifact", "files")
        if table.tense is not Tense.CURRENT or artifact is None or not artifact.value.strip(" *_`") or _ditto(artifact.value):
            continue
        whole = tuple(cell.value.strip(" *_`").casefold() for cell in table.rows[contract.row].cells)
        earlier = rows.setdefault((contract.table, whole), contract)
        if earlier is not contract:
            if contract.producers and contract.consumers:
                evidence = (proof.place(document, "the same row", earlier.span),)
                yield Finding(contract.span, f"contract `{artifact.value.strip(' *_`')}` stands here a second time", evidence)
            continue
        earlier = artifacts.setdefault((contract.table, artifact.value.strip(" *_`")), contract)
        if earlier is contract or not contract.producers or not earlier.producers:
            continue
        if {_identity(party) for party in contract.producers} & {_identity(party) for party in earlier.producers}:
            continue
        differing = _differing(table, earlier, contract)
        # A file of rows is one thing under whatever name; a module or a database holds what several make.
        if not differing <= {"name", "schema"} or (differing and not is_table(artifact.value.strip(" *_`"))):
            continue
        yield Finding(
            contract.producers[0].span,
            f"`{artifact.value.strip(' *_`')}` is to come from `{contract.producers[0].name}` here, "
            f"and from `{earlier.producers[0].name}` in another row",
            (proof.place(document, f"from `{earlier.producers[0].name}`", earlier.producers[0].span),),
            demoted=Severity.WARNING if differing or any(one.unit is None for one in contract.producers + earlier.producers) else None,
        )


def _ditto(text: str) -> bool:
    return fold(text) in ("", "same", "ditto", "same as above", "n/a", "none", "various", "tbd")


def _identity(party: Party) -> int | str:
    return fold(party.name) if party.unit is None else party.unit


def _differing(table: Table, one: Contract, other: Contract) -> set[str]:
    """In which columns two rows differ, parties and remarks aside: ``name``, ``schema``, or the header of another one."""
    found = set()
    label = next((i for i, c in enumerate(table.columns) if c.role not in (*_REMARKS, "artifact", "files", "schema", "source")), None)
    for index, column in enumerate(table.columns):
        if column.role not in _REMARKS:
            cells = [table.rows[contract.row].cells[index : index + 1] for contract in (one, other)]
            if len({cell.value.strip(" *_`").casefold() for pair in cells for cell in pair}) > 1:
                found.add("name" if index == label else "schema" if column.role == "schema" else column.header)
    return found


# --- outputs ----------------------------------------------------------------------------------------------------------

_MOST_GLOBS = 100
_MOST_PARTS = 50


def _outputs(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """Artifacts that their producer's outputs lack, and outputs in the contracts' directories that have no row."""
    rows = {contract.artifact.token: contract for contract in document.contracts if contract.artifact is not None}
    promised: dict[int, _Named] = {}
    lacking: list[tuple[Reference, Unit]] = []
    made: set[str] = set()
    for contract in document.contracts:
        if contract.artifact is None or len(contract.producers) != 1 or contract.producers[0].unit is None:
            continue
        number = contract.producers[0].unit
        unit = document.units[number]
        if number not in promised:
            promised[number] = _Named([document.references[index] for index in (*unit.outputs, *unit.files)])
        if promised[number].covers(contract.artifact.token):
            made.add(contract.artifact.token)
        elif unit.outputs:
            lacking.append((contract.artifact, unit))
    for artifact, unit in lacking:
        # Where another row has it from the one whose output it is, the two rows are what is wrong.
        if artifact.token not in made:
            yield Finding(
                artifact.span,
                f"`{artifact.token}` is to come from `{unit.name}`, whose outputs lack it",
                (proof.place(document, f"the outputs of `{unit.name}`", document.references[unit.outputs[0]].span),),
            )
    directories = {token.rpartition("/")[0] for token in rows if "/" in token}
    if not directories:
        return
    artifacts = _Named([contract.artifact for contract in rows.values() if contract.artifact is not None])
    table = document.tables[next(iter(document.contracts)).table]
    for unit in document.units:
        for index in unit.outputs:
            reference = document.references[index]
            if reference.kind != "path" or reference.token in rows or reference.token.rpartition("/")[0] not in directories:
                continue
            if artifacts.covers(reference.token):
                continue
            yield Finding(
                reference.span,
                f"output `{reference.token}` of `{unit.name}` has no row in the contract table",
                (proof.place(document, "the contract table", table.span),),
            )


class _Named:
    """Files that references name, by as many of their last parts as either side writes, by their directories, or by globs."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self._directories = {reference.token for reference in references if reference.kind == "directory"}
        self._globs = [compile_glob(token) for token in dict.fromkeys(one.token for one in references if one.kind == "glob")]
        self._paths = {reference.token for reference in references if reference.kind not in ("directory", "glob")}
        self._endings = {ending for path in self._paths for ending in _endings(path)}

    def covers(self, path: str) -> bool:
        """Whether one of them is, or holds, ``path``. Of very many globs one may be, and none is tried."""
        return (
            path in self._endings
            or any(ending in self._paths for ending in _endings(path))
            or any(directory in self._directories for directory in (path, *parents(path)))
            or len(self._globs) > _MOST_GLOBS
            or any(matches(path) for matches in self._globs)
        )


def _endings(path: str) -> Iterator[str]:
    """The whole path, and what is left of it without its first directory, the first two, and so on."""
    yield path
    for slash in itertools.islice(re.finditer("/", path), _MOST_PARTS):
        yield path[slash.end() :]


# --- source of truth --------------------------------------------------------------------------------------------------


def _sources(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """Sources of truth that are not in the tree."""
    paths = facts.repo.paths()
    if isinstance(paths, Unknown):
        return
    seen: set[Span] = set()
    for contract in document.contracts:
        source = contract.source
        if source is None or source.span in seen:
            continue
        seen.add(source.span)
        resolution = paths.resolve(source.token, document.source.path)
        if resolution.resolved:
            continue
        if facts.repo.ignored(source.token) is not False:
            yield Undecided(source.span, "the path is ignored, or may be")
            continue
        history = facts.repo.history(source.token)
        if isinstance(history, Unknown):
            yield Undecided(source.span, history.reason)
            continue
        evidence: tuple[Evidence, ...] = (Evidence("path", "no such file in the tree", path=source.token),)
        fix = None
        renamed = history.renamed
        if renamed is not None and not isinstance(renamed, Unknown):
            if renamed.commit is not None:
                evidence = (proof.commit(f"renamed to `{renamed.path}` in", renamed.commit),)
            fix = Fix(f"write `{renamed.path}`", (Edit(source.span, renamed.path),), safe=True)
        elif history.deleted is not None:
            evidence = (proof.commit("deleted in", history.deleted),)
        yield Finding(source.span, f"the source of truth `{source.token}` does not exist", evidence, fix=fix)


def _symbols(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """Schema symbols that the declared source of truth does not define."""
    paths = facts.repo.paths()
    if isinstance(paths, Unknown):
        return
    by_source: dict[str, list[Contract]] = {}
    for contract in document.contracts:
        if contract.symbol is not None and contract.symbol.kind == "symbol" and contract.source is not None:
            resolution = paths.resolve(contract.source.token, document.source.path)
            if resolution.resolved and len(resolution.paths) == 1:
                by_source.setdefault(resolution.paths[0], []).append(contract)
    for path, contracts in by_source.items():
        defined = facts.repo.symbols(path)
        if defined is None:
            continue
        if isinstance(defined, Unknown):
            for contract in contracts:
                assert contract.symbol is not None
                yield Undecided(contract.symbol.span, defined.reason)
            continue
        inner = _inner(path, defined)
        known = [contract for contract in contracts if contract.symbol is not None and _folded(path, contract.symbol.token) in inner]
        data = facts.repo.read(path) if len(known) < len(contracts) else None
        names = [name for name in defined if "." not in name]
        for contract in contracts:
            symbol = contract.symbol
            assert symbol is not None
            if _folded(path, symbol.token) in inner:
                continue
            if "*" in defined or not known or "." in symbol.token:
                yield Undecided(symbol.span, f"`{path}` may get `{symbol.token}` from elsewhere")
                continue
            near = _near(symbol.token, names)
            there = f"the nearest name there is `{near}`" if near else f"defined there: {_listing(names)}"
            mentioned = _mention(symbol.token, data)
            yield Finding(
                symbol.span,
                f"`{symbol.token}` is not defined in `{path}`" + (f", only named on line {mentioned}" if mentioned else ""),
                (Evidence("path", there, path=path, line=defined[near] if near else mentioned),),
                fix=Fix(f"write `{near}`", (Edit(symbol.span, near),), safe=False) if near else None,
                # What is made while the program runs has its name in a text.
                demoted=Severity.WARNING if mentioned else None,
            )


def _inner(path: str, defined: Mapping[str, int]) -> Set[str]:
    """The names, and those of what stands in them: a contract may mean the part of a class or namespace by its own name."""
    return {_folded(path, name) for name in (*defined, *(name.rpartition(".")[2] for name in defined))}


def _folded(path: str, name: str) -> str:
    """The name as its language compares it."""
    return name.casefold() if path.endswith(".sql") else name


def _mention(token: str, data: bytes | Unknown | None) -> int | None:
    """The first line of ``data`` that has the word."""
    if not isinstance(data, bytes):
        return None
    found = re.search(rb"(?<![\w$])" + re.escape(token.encode()) + rb"(?![\w$])", data)
    return data.count(b"\n", 0, found.start()) + 1 if found else None


def _near(token: str, names: Sequence[str]) -> str | None:
    """The name that was probably meant. The last word that all of them share, such as ``_SCHEMA``, makes no two of them alike."""
    last = _LAST_WORD.search(token)
    ending = last.group() if last else ""
    alike = [name.removesuffix(ending) for name in names if name.endswith(ending)]
    if (found := nearest(token.removesuffix(ending), alike, likeness=_LIKENESS)) is not None:
        return found + ending
    return nearest(token, (name for name in names if not name.endswith(ending)), likeness=_LIKENESS)


# --- symbols without a row --------------------------------------------------------------------------------------------


_LIKENESS = 0.75
_LAST_WORD = late(r"(?<=[A-Z0-9])_[A-Z0-9]+$|(?<=[a-z0-9])[A-Z][a-z0-9]+$")
_NO_SCHEMA = late(r"_|(?:BASE|ABSTRACT|ALL|DEFAULT|EXAMPLE|TEST)_|(?:Base|Abstract|Default|Example|Test)(?=[A-Z])")


def _unlisted(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """Schemas of the source of truth that are named as the listed ones are, and have no row."""
    paths = facts.repo.paths()
    if isinstance(paths, Unknown):
        return
    by_source: dict[str, list[Contract]] = {}
    for contract in document.contracts:
        source, symbol = contract.source, contract.symbol
        if source is not None and symbol is not None and symbol.kind == "symbol" and document.tables[contract.table].tense is Tense.CURRENT:
            resolution = paths.resolve(source.token, document.source.path)
            if resolution.resolved and len(resolution.paths) == 1:
                by_source.setdefault(resolution.paths[0], []).append(contract)
    for path, contracts in by_source.items():
        listed = {contract.symbol.token for contract in contracts if contract.symbol is not None}
        endings = {ending.group() if ending else "" for ending in map(_LAST_WORD.search, listed)}
        data = facts.repo.read(path) if len(listed) > 1 and len(endings) == 1 and "" not in endings else None
        if not isinstance(data, bytes):
            continue
        for name, line in _schemas(path, data, endings.pop(), listed):
            # Whoever names it elsewhere in the document knows of it.
            if name in listed or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", document.source.text):
                continue
            source = contracts[0].source
            assert source is not None
            yield Finding(
                source.span,
                f"`{name}` in `{path}` has no row in the contract table",
                (
                    proof.place(document, f"the table lists {_listing(sorted(listed))}", document.tables[contracts[0].table].span),
                    Evidence("path", f"`{path}:{line}` defines it", path=path, line=line),
                ),
            )


def _schemas(path: str, data: bytes, ending: str, listed: Set[str]) -> Iterator[tuple[str, int]]:
    """The names, with their lines, that a file defines itself and that end so; what others of them are made of is left out.

    None where it lacks a listed name: then one of these is most likely meant, and the table's row is what is wrong.
    """
    from doclint.repo.declared import lines, schemas
    from doclint.repo.symbols import declared

    found = declared(path, data)
    if found is None or isinstance(found, Unknown):
        return
    places = lines(found)
    if listed <= places.keys():
        yield from ((name, places[name]) for name in schemas(found, ending) if not _NO_SCHEMA.match(name))


_WAYS: Mapping[str, Callable[[Document, Facts], Iterator[Finding | Undecided]]] = {
    "parties": _parties,
    "completeness": _complete,
    "duplicates": _duplicates,
    "outputs": _outputs,
    "sources": _sources,
    "symbols": _symbols,
    "unlisted": _unlisted,
}
