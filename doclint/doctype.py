"""Document types: what each is recognised by, which one a document is, and whether it speaks of today.

A type is one file, ``schemas/<type>.schema.json``: the JSON Schema of its documents, and under ``x-doclint`` its name for people
(``noun``), the points that a document needs (``bar``), and the clues that give or take them. Clues that hold against every type stand in
the same way in ``document.schema.json``. A clue says where to ``look``:

- ``name`` (the file's, without its ending), ``folder`` (any above it), ``path`` (both), ``title``: for ``words`` and regular expressions
  (``patterns``). Words count anywhere, or only ``at`` the ``start``, as the ``whole``, or as the ``head``: what the phrase is about, so
  that a "handoff guide" is a guide;
- ``headings``, ``values`` (of the fields at the top), ``front-matter`` (its keys): for how many different ones of those;
- ``sections``, ``fields``: for how many different ``roles`` of those listed; ``tables``: for how many of such a role;
- ``units`` (of the ``kinds`` listed, else of any; ``status`` asks for a known one), ``boxes``, ``items``, ``entries``, ``claims``,
  ``date``: for how many; ``done``: for how many ticked boxes and finished units.

``at-least`` (1 if not given) is what it takes. A clue gives or takes its ``weight``, or it settles the matter: ``refuse``. ``say`` is how
it is told, with ``{n}`` for the number. ``document.schema.json`` also lists the words that add nothing behind a head (``behind``: a
"handoff note" is a handoff) and those that end its phrase (``ends``).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from doclint.discover import Globs, Setting, declared_type
from doclint.discover import lifecycle as placed
from doclint.late import late
from doclint.markdown.nodes import FrontMatter
from doclint.model import dates
from doclint.model.document import Document, Lifecycle, State, Unit
from doclint.model.lexicon import fold
from doclint.model.phrases import Phrases, is_unspaced
from doclint.repo.facts import Unknown
from doclint.repo.paths import PathIndex, directory_of
from doclint.text import Source, Span

if TYPE_CHECKING:
    from doclint.shape import Shape

KEY = "x-doclint"
_DECLARED = late(r"doclint:\s*type\s*[=:]\s*[\"']?([\w-]+)[\"']?", re.IGNORECASE)
_CAMEL = late(r"(?<=[a-z\d])(?=[A-Z])")
_SEPARATORS = late(r"[\s_\-.+]+")
_WORD = late(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_JOINERS = "-_\u2010\u2011"
_ARROWS = "\u2190\u2192\u2194\u21c4\u21d2\u21d4"
# What a document says in many small ways is worth no more than this, so that structure alone never makes a type.
_MOST_STRUCTURE = 4
# That somebody ticks what is done comes on top: it sets a plan that is kept apart from one that was only written.
_KEPT = "done"
# How many lines may say of the whole document that it is archived.
_TOP = 12
# Of a longer title, heading or value no more is read: it is none that a person wrote.
_LONGEST = 300
_NUMBER = late(r"\d+")
# A heading of the first level with nothing before it is the title, and what stands in it is its text, if none of these does.
_FIRST_LINE = late(r"(?:[ \t]*(?:\r\n|\n|\r))* {0,3}#[ \t]+([^\r\n]*)")
_INLINE_MARKS = "*_`~[]<>&\\"
_PATHS = ("name", "folder", "path")
_PLACES = (*_PATHS, "title")

LITTLE = "little in it is what {} has"
"""Why a document is not of a type for which its name or title speaks, and against which nothing does."""


class Clue(NamedTuple):
    """One sign for or against a type; the module's docstring says how it is written. ``weight`` None refuses."""

    look: str
    at: str
    words: Phrases
    pattern: re.Pattern[str] | None
    roles: frozenset[str]
    status: bool
    at_least: int
    weight: int | None
    say: str


class Common(NamedTuple):
    """What all types share: clues, and the words that may follow a head without changing it, and those that begin something else."""

    clues: tuple[Clue, ...]
    behind: frozenset[str]
    ends: frozenset[str]
    archived: re.Pattern[str]


class DocType(NamedTuple):
    """A type of working document: its name, what people call one (``a handoff``), and its JSON Schema over the projection.

    A type of one's own is known by ``paths`` and not by clues, has a ``shape``, and names its ``file`` in the tree. ``phases`` is
    what its documents must have when work on them starts and ends, as the file has it.
    """

    name: str
    noun: str
    schema: Mapping[str, Any]
    bar: int
    clues: tuple[Clue, ...]
    paths: Globs | None = None
    shape: Shape | None = None
    file: str | None = None
    phases: Mapping[str, Any] = MappingProxyType({})


class Declaration(NamedTuple):
    """What a document says of its own type, and where."""

    type: str
    span: Span
    where: Literal["front matter", "comment"]


class Recognition(NamedTuple):
    """The type of a document, None where it is of none, a clause for people that says what decided, and whether a person did."""

    type: str | None
    why: str
    declared: bool = False


def load(schema: Mapping[str, Any]) -> DocType:
    """The type that ``schema``, which is trusted to have the shape of doclint's own, describes."""
    said = schema[KEY]
    return DocType(said["type"], said["noun"], schema, said["bar"], tuple(map(_clue, said["clues"])), phases=said.get("phases", {}))


def _clue(said: Mapping[str, Any]) -> Clue:
    patterns = said.get("patterns")
    return Clue(
        look=said["look"],
        at=said.get("at", ""),
        words=Phrases(said.get("words", ())),
        pattern=re.compile("|".join(patterns), re.IGNORECASE) if patterns else None,
        roles=frozenset(said.get("roles", said.get("kinds", ()))),
        status=said.get("status", False),
        at_least=said.get("at-least", 1),
        weight=None if said.get("refuse") else said["weight"],
        say=said.get("say", ""),
    )


@functools.cache
def shipped() -> tuple[DocType, ...]:
    """The types that doclint ships, by name."""
    from doclint import resources

    ending = ".schema.json"
    found = (resources.schema(name.removesuffix(ending)) for name in resources.names("schemas", ending))
    return tuple(load(schema) for schema in found if "type" in schema.get(KEY, ()))


@functools.cache
def common() -> Common:
    """What ``document.schema.json`` says of recognition."""
    from doclint import resources

    said = resources.schema("document")[KEY]
    archived = re.compile(said["archived"], re.IGNORECASE | re.MULTILINE)
    return Common(tuple(map(_clue, said["clues"])), frozenset(said["behind"]), frozenset(said["ends"]), archived)


def recognise(document: Document, settings: Sequence[Setting] = (), types: Sequence[DocType] | None = None) -> Recognition:
    """Which of ``types`` (those that doclint ships, if None) ``document`` is, or none of them, and why.

    The configuration's word (``settings``) goes first, then the document's own, then its name and title together with what is in it.
    """
    known = shipped() if types is None else types
    configured = declared_type(document.source.path, settings)
    if configured is not None:
        return _declared(configured, "the configuration", known)
    own = declaration(document)
    if own is not None and (own.where == "comment" or _named(own.type, known) is not None):
        return _declared(own.type, f"its {own.where}", known)
    for type in known:
        if type.paths is not None and type.paths.match(document.source.path):
            return Recognition(type.name, f"its path is one of those that `{type.file}` lists", declared=True)
    return _scored(_Face(document), known)


def may_be_typed(source: Source, settings: Sequence[Setting] = (), types: Sequence[DocType] | None = None) -> bool:
    """False only where ``recognise`` surely finds no type for ``source``, told from its path and its first line alone."""
    known = shipped() if types is None else types
    path = source.path
    if declared_type(path, settings) is not None or "doclint" in source.text:
        return True
    if any(type.paths is not None and type.paths.match(path) for type in known):
        return True
    # A title that stands elsewhere, or has marks in it, would have to be parsed.
    title = _FIRST_LINE.match(source.text)
    if title is None or any(mark in title[1] for mark in _INLINE_MARKS):
        return True
    texts = _texts(path, title[1].rstrip("# \t"))
    return any(_most(type, texts) >= type.bar for type in known)


def _most(type: DocType, texts: Mapping[str, Sequence[str]]) -> int:
    """What ``type`` can get at most where path and title say this; nothing where neither speaks for it."""
    best = [0, 0]
    for clue in (*type.clues, *common().clues):
        weight = clue.weight or 0
        place = clue.look == "title"
        if clue.look in _PLACES and weight > best[place] and any(_find(clue, text) for text in texts[clue.look]):
            best[place] = weight
    if not any(best):
        return 0
    return sum(best) + _MOST_STRUCTURE + sum(clue.weight or 0 for clue in type.clues if clue.look == _KEPT)


def declaration(document: Document) -> Declaration | None:
    """What ``document`` says of its own type: front matter ``type:`` or ``<!-- doclint: type=… -->``.

    Front matter has its ``type`` for many reasons, so that an unknown one there is no claim; an unknown one in a comment is a mistake.
    """
    said = _front_matter(document).get("type")
    if said is not None:
        return Declaration(said[0], said[1], "front matter")
    if "doclint" in document.source.text:
        from doclint.markdown.comments import comments

        for comment in comments(document.source, document.root):
            if match := _DECLARED.fullmatch(comment.text):
                return Declaration(match[1], comment.span, "comment")
    return None


def lifecycle(document: Document, paths: PathIndex | Unknown, settings: Sequence[Setting] = ()) -> Lifecycle:
    """What ``document``, whose type is known, is for: by configuration and place (``discover.lifecycle``), else by its own word.

    It is historical where one of its first lines says that it is archived or superseded, and, for a type whose documents come in
    ``series``, where it is dated and ``paths`` hold a newer one: a file beside it whose name differs in numbers alone.
    """
    place = placed(document.source.path, settings)
    if place is not None:
        return Lifecycle(place)
    source = document.source
    top = source.text[: min(source.line(min(_TOP, source.line_count)).end, _TOP * _LONGEST)]
    if common().archived.search(top) or _is_closed(document):
        return Lifecycle.HISTORICAL
    serial = any(type.name == document.type and type.schema[KEY].get("series") for type in shipped())
    if serial and not isinstance(paths, Unknown) and _succeeded(document, paths):
        return Lifecycle.HISTORICAL
    return Lifecycle.LIVING


def _is_closed(document: Document) -> bool:
    """Whether the front matter says that what the document is about is done or dropped, as a closed ticket's does."""
    front = next((node for node in document.root.children if isinstance(node, FrontMatter)), None)
    status = document.status
    return front is not None and status is not None and status.span in front.span and status.state in (State.DONE, State.DROPPED)


def _succeeded(document: Document, paths: PathIndex) -> bool:
    path = document.source.path
    name = path.rpartition("/")[2]
    own = _numbers(name)
    if not own or (document.date is None and next(dates.find(name.replace("_", "-")), None) is None):
        return False
    shape = _NUMBER.sub("0", name)
    return any(
        _NUMBER.sub("0", other) == shape and _numbers(other) > own
        for other in (sibling.rpartition("/")[2] for sibling in paths.children(directory_of(path)))
    )


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBER.findall(name))


def _named(type: str, types: Sequence[DocType]) -> str | None:
    return next((known.name for known in types if fold(known.name) == fold(type)), None)


def _declared(type: str, where: str, types: Sequence[DocType]) -> Recognition:
    name = _named(type, types)
    if name is None:
        return Recognition(None, f"{where} declares the type `{type}`, which is not known")
    return Recognition(name, f"{where} declares it", declared=True)


def _front_matter(document: Document) -> Mapping[str, tuple[str, Span]]:
    """The keys of the front matter, each with its value where that is text, and that value's span.

    Front matter that cannot be read has none: it is another rule's to speak of that.
    """
    first = document.root.children[0] if document.root.children else None
    if not isinstance(first, FrontMatter):
        return {}
    from doclint.markdown.frontmatter import FrontMatterError, load

    try:
        data = load(document.source, first)
    except FrontMatterError:
        return {}
    return {
        key: (value if isinstance(value, str) else "", data.values["/" + key.replace("~", "~0").replace("/", "~1")])
        for key, value in data.value.items()
    }


def _is_head(text: str, place: int) -> bool:
    """Whether the phrase that reaches ``place`` ends there, or with words that add nothing to it."""
    while word := _WORD.search(text, place):
        gap = text[place : word.start()]
        bare = gap.strip()
        if bare and (bare != gap or bare.strip(_JOINERS)):
            return bare[0] not in _ARROWS
        name = word.group().casefold()
        if name in common().ends:
            return True
        if name not in common().behind and not name.lstrip("v")[:1].isdigit():
            return False
        place = word.end()
    return True


def _find(clue: Clue, text: str) -> str | None:
    """The first of the words or patterns of ``clue`` that stands in ``text`` where it wants them."""
    if clue.pattern is not None and (match := clue.pattern.search(text)):
        return match.group().strip().casefold()
    for hit in clue.words.finditer(text):
        start = not _WORD.search(text, 0, hit.start())
        if (
            not clue.at
            or (clue.at == "start" and start)
            or (clue.at == "whole" and start and not _WORD.search(text, hit.end()))
            # Scripts without blanks say nothing of where a phrase ends.
            or (clue.at == "head" and (is_unspaced(hit.group()) or _is_head(text, hit.end())))
        ):
            return hit.group().casefold()
    return None


class _Face:
    """What clues look at in one document; each part is worked out once, when the first clue asks for it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # Every type shares some clues with the others.
        self._known: dict[Clue, str | int | None] = {}
        self.file = document.source.path.rpartition("/")[2]
        self.texts = _texts(document.source.path, document.title.value if document.title is not None else "")

    @cached_property
    def lines(self) -> Mapping[str, Sequence[str]]:
        """The texts that words are counted in."""
        source = self.document.source
        top = source.line(min(_TOP, source.line_count)).end
        return {
            "headings": [section.heading.value[:_LONGEST] for section in self.document.sections[1:]],
            "values": [field.value.value[:_LONGEST] for field in self.document.fields if field.span.start < top],
            "front-matter": list(_front_matter(self.document)),
        }

    def found(self, clues: Iterable[Clue]) -> Iterator[tuple[Clue, str | int]]:
        """Those of ``clues`` that hold, with what was found: the words in a name or title, else a number."""
        for clue in clues:
            if clue not in self._known:
                self._known[clue] = self._look(clue)
            what = self._known[clue]
            if what is not None:
                yield clue, what

    def _look(self, clue: Clue) -> str | int | None:
        if clue.look in _PLACES:
            return next((found for text in self.texts[clue.look] if (found := _find(clue, text))), None)
        number = self._count(clue)
        return number if number >= clue.at_least else None

    def _count(self, clue: Clue) -> int:
        document = self.document
        match clue.look:
            case "headings" | "values" | "front-matter":
                return len({found for text in self.lines[clue.look] if (found := _find(clue, text))})
            case "sections":
                return len(clue.roles.intersection(section.role or "" for section in document.sections))
            case "fields":
                return len(clue.roles.intersection(field.role or "" for field in document.fields))
            case "tables":
                return sum(table.role in clue.roles for table in document.tables)
            case "units":
                return sum(
                    (not clue.roles or unit.kind in clue.roles) and (not clue.status or _has_status(unit)) for unit in document.units
                )
            case "boxes":
                return sum(item.marker == "box" for item in document.items)
            case "items":
                return len(document.items)
            case "done":
                ticked = sum(item.marker == "box" and item.state is State.DONE for item in document.items)
                return ticked + sum(unit.state is State.DONE for unit in document.units)
            case "entries":
                return len(document.entries)
            case "claims":
                return len(document.claims)
            case "date":
                return int(document.date is not None)
        raise AssertionError(f"no clue looks at {clue.look}")

    def told(self, clue: Clue, found: str | int) -> str:
        """What ``clue`` found, in words."""
        match clue.look:
            case "name":
                return f"name `{self.file}`" if (clue.weight or 0) > 0 else f"name says {found}"
            case "folder" | "path":
                return f"folder `{found}`"
            case "title":
                return f"title says {found}"
        return clue.say.replace("{n}", str(found)).replace("{s}", "" if found == 1 else "s")


def _texts(path: str, title: str) -> Mapping[str, Sequence[str]]:
    """The texts of the places that clues look at, by ``look``."""
    *folders, name = path.split("/")
    spaced = [_spaced(part) for part in (*folders, name.rpartition(".")[0] or name)]
    return {"name": spaced[-1:], "folder": spaced[:-1], "path": ["/".join(spaced)], "title": [title[:_LONGEST]]}


class _Score(NamedTuple):
    """How much speaks for one type: ``total`` counts from its bar; ``refused`` says that a clue settles the matter."""

    type: DocType
    total: int
    refused: bool
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def _scored(face: _Face, types: Sequence[DocType]) -> Recognition:
    scores = [score for type in types if (score := _score(face, type)) is not None]
    best = max(scores, key=lambda score: (not score.refused, score.total), default=None)
    if best is None:
        return Recognition(None, "neither name nor title is that of a working document")
    reasons = ", ".join(best.reasons)
    if best.total >= 0 and not best.refused:
        return Recognition(best.type.name, reasons)
    return Recognition(None, f"{reasons}; but {', '.join(best.against) or LITTLE.format(best.type.noun)}")


def _score(face: _Face, type: DocType) -> _Score | None:
    """How ``type`` fits; None where neither path nor title speaks for it, whatever else does."""
    clues = (*type.clues, *common().clues)
    hits = list(face.found(clue for clue in clues if clue.look in _PLACES))
    if all((clue.weight or 0) <= 0 for clue, _ in hits):
        return None
    hits += face.found(clue for clue in clues if clue.look not in _PLACES)
    total = -type.bar
    reasons: list[str] = []
    for looks in (_PATHS, ("title",)):
        # A word counts once in a place, however many clues know it.
        there = [hit for hit in hits if hit[0].look in looks]
        best = max(there, key=lambda hit: hit[0].weight or 0, default=None)
        if best is not None and (best[0].weight or 0) > 0:
            total += best[0].weight or 0
            reasons.append(face.told(*best))
        total += min((clue.weight or 0 for clue, _ in there if (clue.weight or 0) < 0), default=0)
    structure = [hit for hit in hits if hit[0].look not in _PLACES]
    total += min(_MOST_STRUCTURE, sum(clue.weight or 0 for clue, _ in structure if clue.look != _KEPT))
    total += sum(clue.weight or 0 for clue, _ in structure if clue.look == _KEPT)
    reasons += dict.fromkeys(face.told(clue, what) for clue, what in structure if (clue.weight or 0) > 0 and clue.say)
    refusing = [face.told(clue, what) for clue, what in hits if clue.weight is None]
    against = refusing or [face.told(clue, what) for clue, what in hits if (clue.weight or 0) < 0]
    return _Score(type, total, bool(refusing), tuple(reasons), tuple(dict.fromkeys(against)))


def _has_status(unit: Unit) -> bool:
    return any(said.status is not None and said.status.state is not State.UNKNOWN for said in unit.statements)


def _spaced(name: str) -> str:
    return _SEPARATORS.sub(" ", _CAMEL.sub(" ", name)).strip()
