"""The projection: the parts of a working document that carry claims, each with its place.

These are the types alone; the modules beside this one recognise the parts, and ``project`` puts them together. Every part has a
``span`` in ``Document.source``. ``doclint.model.located`` derives the JSON projection from these very classes.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from doclint.text import Source, Span

if TYPE_CHECKING:
    from doclint.markdown.nodes import Inline, Root


class Mode(StrEnum):
    """How a section speaks: of what is, of what is to come, of what was, of what to do always, or of nothing real."""

    CURRENT = "current"
    PLAN = "plan"
    LOG = "log"
    RULE = "rule"
    EXAMPLE = "example"


class Tense(StrEnum):
    """Of which time a part speaks. ``none`` claims nothing: plans, rules, examples."""

    CURRENT = "current"
    HISTORICAL = "historical"
    NONE = "none"


class State(StrEnum):
    """The status grammar's six states, and unknown."""

    NOT_STARTED = "not_started"
    ACTIVE = "active"
    WAITING = "waiting"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"
    UNKNOWN = "unknown"

    @property
    def open(self) -> bool:
        """Whether work is still to come."""
        return self in (State.NOT_STARTED, State.ACTIVE, State.WAITING, State.BLOCKED)


class Lifecycle(StrEnum):
    """What a whole document is for: existence rules speak only about living ones."""

    LIVING = "living"
    HISTORICAL = "historical"
    PLANNED = "planned"
    EXAMPLE = "example"


class Text(NamedTuple):
    """A piece of visible text and where it stands."""

    span: Span
    value: str


class Status(NamedTuple):
    """A status value: the first recognised token decides ``state``, the rest is ``note``.

    ``partial`` says that the value itself limits its word ("mostly complete", "50 %", "✅ partial"); ``deferred`` that it names a
    deferral; ``weak`` that the word is something else as often ("ready", "live"). ``span`` is that of the whole value, ``word`` of
    the deciding token.
    """

    span: Span
    value: str
    word: Span
    state: State
    note: str
    partial: bool = False
    deferred: bool = False
    weak: bool = False


ReferenceKind = Literal["path", "directory", "glob", "link", "anchor", "symbol", "branch", "commit", "pull-request", "lines"]
Place = Literal["text", "code", "link", "cell", "field", "fence"]
Role = Literal["object", "context"]


class Reference(NamedTuple):
    """A name that may stand for something in the repository.

    ``token`` is the name as it is to be looked up; ``first`` and ``last`` the lines of a range; ``symbol`` what ``path::symbol`` names.
    ``role`` is ``object`` where an item makes or changes the thing and ``context`` where it mentions it. ``arrow`` marks both sides
    of ``a → b``: the line itself states the move. ``made`` says that it stands in a list of what was created ("Files created:").
    ``section`` indexes ``Document.sections``.
    """

    span: Span
    kind: ReferenceKind
    token: str
    place: Place
    tense: Tense
    section: int
    role: Role = "context"
    symbol: str | None = None
    first: int | None = None
    last: int | None = None
    arrow: bool = False
    made: bool = False


class Field(NamedTuple):
    """A key with its value: front matter, ``**Key:** v`` in its shapes, a row of a key/value table, an italic footer.

    ``name`` is the key folded for comparison, ``role`` what the lexicon makes of it (status, branch, owner, updated …), ``measure`` what
    its number counts, if it has one.
    """

    span: Span
    key: Text
    name: str
    role: str | None
    measure: Measure | None
    value: Text
    section: int
    unit: int | None
    tense: Tense
    item: bool


class Section(NamedTuple):
    """A heading and what stands below it, down to the next heading of its level. Section 0 is the document itself, without a heading.

    ``body`` runs from the heading's end to the next heading, ``span`` over everything. ``status`` is what the heading's end says of it.
    ``filled`` says that the body holds more than what a form puts there; ``deferred`` that the heading, or one around it, puts its content
    off; ``defers`` that its body tells of something put off.
    """

    span: Span
    body: Span
    heading: Text
    level: int
    slug: str
    role: str | None
    mode: Mode
    tense: Tense
    parent: int | None
    date: datetime.date | None
    status: Status | None
    filled: bool
    deferred: bool
    defers: bool


class Cell(NamedTuple):
    """A table cell's visible text."""

    span: Span
    value: str


class Row(NamedTuple):
    """A table row; cells beyond the header are kept."""

    span: Span
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> bool:
        """Whether no cell says anything."""
        return not any(cell.value for cell in self.cells)


Measure = Literal["total", "done", "active", "left"]


class Column(NamedTuple):
    """A column: its header and what the lexicon makes of it (id, title, status, owner, branch, producer …).

    ``measure`` says what its numbers count, if it holds any: all, what is done, what is under way, what is left.
    """

    span: Span
    header: str
    role: str | None
    measure: Measure | None


class Table(NamedTuple):
    """A table with the roles of its columns, and its own: board, contract, log, milestone, dependencies, commits, files, fields …

    ``lead`` is the paragraph right above it, ``totals`` the index of the row that sums up those above it.
    """

    span: Span
    lead: Text | None
    totals: int | None
    section: int
    tense: Tense
    role: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, *roles: str) -> int | None:
        """The index of the first column that has one of ``roles``, the first of them that is found."""
        for role in roles:
            for index, column in enumerate(self.columns):
                if column.role == role:
                    return index
        return None

    def cell(self, row: Row, *roles: str) -> Cell | None:
        """The cell of ``row`` in the column of that role; None where there is none, or the row is too short."""
        index = self.column(*roles)
        return row.cells[index] if index is not None and index < len(row.cells) else None


class Party(NamedTuple):
    """A producer, a consumer, or one that lands in an order.

    ``name`` is as written (``Session D`` also where only ``D`` stands, after ``Session C,``).
    """

    span: Span
    name: str
    unit: int | None


class Contract(NamedTuple):
    """A row of a contract table.

    ``symbol`` is a name in ``source``, or a path: a JSON Schema's own, or one that bears the name behind it (``schemas.py::RAW``).
    """

    span: Span
    table: int
    row: int
    name: Text | None
    artifact: Reference | None
    symbol: Reference | None
    source: Reference | None
    producers: tuple[Party, ...]
    consumers: tuple[Party, ...]


class Item(NamedTuple):
    """A checklist item (``marker`` box) or a list item with a status emoji or word at its start (``marker`` sign).

    ``text`` is what follows the marker, ``id`` the task's own that it begins with (TVLJ-007, T1.2, #12). ``state`` is not_started for an
    open box and done for a ticked one. ``verb`` is create, modify, remove, verify, run or read, ``objects`` index
    ``Document.references``. ``parent`` indexes ``Document.items``. ``status`` is one that the text states anywhere, ``closing`` the one
    with which it ends: "(done)", "— in progress".
    """

    span: Span
    marker: Literal["box", "sign"]
    mark: Text
    text: Text
    id: Text | None
    state: State
    depth: int
    parent: int | None
    section: int
    unit: int | None
    tense: Tense
    verb: str | None
    objects: tuple[int, ...]
    mentions: tuple[int, ...]
    deferred: bool
    status: Status | None
    closing: Status | None
    line: Span


class Statement(NamedTuple):
    """One place where the document says something of a unit, and the status it gives it there (None where it gives none).

    A ``line`` is one that begins in bold where a heading could stand: ``**Phase 2** ✅ COMPLETE``.
    """

    span: Span
    place: Literal["heading", "row", "item", "field", "line"]
    status: Status | None
    section: int
    tense: Tense


class Unit(NamedTuple):
    """A thing that carries a status: Session A, Agent 2, Lane B, Phase 7, Day 12, PR #8.

    ``kind`` is the noun as the lexicon folds it, ``id`` what tells this one from its kin; a unit that is named in two places is one
    unit with two statements.
    ``section`` is the section that is the unit's own, if there is one. ``branches``, ``files``, ``outputs``, ``pull_requests``,
    ``commits`` index ``Document.references``; ``depends_on`` and ``children`` index ``Document.units``.
    """

    span: Span
    kind: str
    id: str
    title: str
    name: str
    statements: tuple[Statement, ...]
    section: int | None
    owner: str | None
    branches: tuple[int, ...]
    files: tuple[int, ...]
    outputs: tuple[int, ...]
    pull_requests: tuple[int, ...]
    commits: tuple[int, ...]
    depends_on: tuple[int, ...]
    children: tuple[int, ...]

    @property
    def statement(self) -> Statement | None:
        """The first current statement that gives a known status."""
        for statement in self.statements:
            if statement.tense is Tense.CURRENT and statement.status is not None and statement.status.state is not State.UNKNOWN:
                return statement
        return None

    @property
    def state(self) -> State:
        """What ``statement`` says."""
        statement = self.statement
        return statement.status.state if statement is not None and statement.status is not None else State.UNKNOWN


class Entry(NamedTuple):
    """A log entry: a dated or numbered section, row or list item of a log.

    Entries of one list share ``log`` and count up in ``order`` from the top; the newest one is found by date or number, and by the
    list's direction where those are equal. ``kept`` tells of a log whose past entries stay as they are: it says so (``declared``), or is
    named like one that people expect to (``named``).
    """

    span: Span
    title: Text
    date: datetime.date | None
    number: int | None
    log: int
    order: int
    newest: bool
    place: Literal["heading", "row", "item"]
    kept: Literal["declared", "named", "free"] = "free"


class Claim(NamedTuple):
    """A number that the document says about itself: ``12/20``, ``60 %``, a bar, ``(6 tasks)``.

    ``done`` and ``total`` are counts (None where not said), ``percent`` 0 to 100. ``noun`` is what is counted, folded by the
    lexicon (task, item, box, story, test …) or None.
    """

    span: Span
    kind: Literal["fraction", "percent", "bar", "count"]
    done: int | None
    total: int | None
    percent: float | None
    noun: str | None
    section: int
    unit: int | None
    tense: Tense
    place: Literal["heading", "field", "cell", "text", "fence"]


class Target(NamedTuple):
    """A unit that a pointer names: its kind and id, how it is written, and the title behind it; the document need not have the unit."""

    span: Span
    kind: str
    id: str
    name: str
    title: str


class Pointer(NamedTuple):
    """A place that points to work: ``Next: Day 11``, ``Current phase: 0``, ``Merge order: #8 → #9``, ``COMPLETED (Phase 7.5 pending)``.

    ``targets`` are the units that it names, ``units`` index those of ``Document.units`` that bear these names; ``pull_requests`` index
    ``Document.references``. ``place`` says whether it is a key, a heading, an item or heading in a list of what is next, or a status' note.
    """

    span: Span
    sense: Literal["current", "next", "order", "pending"]
    text: Text
    units: tuple[int, ...]
    pull_requests: tuple[int, ...]
    section: int
    tense: Tense
    targets: tuple[Target, ...] = ()
    place: Literal["key", "heading", "list", "note"] = "key"


class Stray(NamedTuple):
    """A value of a status column, or of a status key, that is no status: ``nearest`` is the one that was probably meant.

    ``known`` counts the column's values that are statuses.
    """

    span: Span
    value: str
    nearest: str | None
    known: int


class Record(NamedTuple):
    """A place in a log that says of a unit that it is finished: a row, or an entry's status line."""

    span: Span
    kind: str
    id: str
    title: str


class Lease(NamedTuple):
    """A claim on work that ends by itself: the place of the day on which it does, that day, and what is claimed."""

    span: Span
    date: datetime.date
    name: str
    section: int
    tense: Tense


class Cochange(NamedTuple):
    """A sentence that says what is to change together: "When you change `a.py`, update `b.md`", "keep `a` and `b` in sync".

    ``when`` and ``then`` index ``Document.references``: where one of ``when`` changes, each of ``then`` is to change too, and with ``here``
    this document. With ``entry`` its log is to gain an entry; then ``when`` may be empty, where the sentence names no path ("after every
    session"). ``firm`` says that it leaves no room: that it speaks of these very paths, and says must and not should.
    """

    span: Span
    when: tuple[int, ...]
    then: tuple[int, ...]
    here: bool
    entry: bool
    firm: bool
    section: int
    tense: Tense


class Order(NamedTuple):
    """An order in which work lands (``Merge order: A → B``): what stands in a later stage lands later."""

    span: Span
    stages: tuple[tuple[Party, ...], ...]
    section: int
    tense: Tense


@dataclass(frozen=True, slots=True)
class Document:
    """One document and all that it says.

    ``date`` and ``status`` are what it says of itself as a whole, near its top or in its front matter. ``type`` and ``lifecycle``
    are the engine's to know; ``why`` says what chose the type, ``declared`` that it was a person and no guess.
    """

    source: Source
    root: Root
    inlines: tuple[tuple[Span, Inline], ...]
    title: Text | None
    date: datetime.date | None
    status: Status | None
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    contracts: tuple[Contract, ...]
    units: tuple[Unit, ...]
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    pointers: tuple[Pointer, ...]
    records: tuple[Record, ...]
    leases: tuple[Lease, ...]
    strays: tuple[Stray, ...]
    orders: tuple[Order, ...]
    cochanges: tuple[Cochange, ...]
    claims: tuple[Claim, ...]
    references: tuple[Reference, ...]
    type: str | None = None
    why: str = ""
    declared: bool = False
    lifecycle: Lifecycle = Lifecycle.LIVING
