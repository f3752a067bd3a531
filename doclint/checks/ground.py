"""What the rules about paths share: whose repository a path belongs to, of which day a document speaks, where a path may lead."""

from __future__ import annotations

import bisect
import posixpath
import re
from itertools import accumulate
from typing import NamedTuple

from doclint.check import Facts
from doclint.late import late
from doclint.model import dates, queries
from doclint.model.document import Document, Lifecycle, Reference, State, Tense
from doclint.repo.facts import Repo, Unknown
from doclint.repo.paths import PathIndex
from doclint.text import Span

# Names that many directories have: a file of that name elsewhere proves no move.
_COMMON = late(
    r"(?:readme|index|main|app|mod|lib|init|__init__|__main__|types|utils?|helpers?|config|settings|constants|models?|schema|routes?|page|layout|test|tests|setup|status|changelog|todo|notes|conftest|package|tsconfig|dockerfile|makefile|claude|agents|architecture|handoff|roadmap|license|contributing|security|overview|summary)\b",
    re.IGNORECASE,
)
# What programs write and people keep to themselves is in no repository, whether its rules for ignored files say so or not.
_KEPT_OUT = late(
    r"(?:^|/)\.env|\.local\b|@|\.(?:log|lock|db|sqlite3?|csv|tsv|parquet|feather|pkl|pickle|np[yz]|onnx|pth?|h5|zip|gz|pdf|png|jpe?g|gif|mp[34]"
    r"|wav|webm|xlsx?|docx?|sav|ico|webp|out|tmp|bak|pem|key)$",
    re.IGNORECASE,
)
_WIKI = late(r"(?:^|/)(?:[\w.-]*[.\-_])?wikis?(?:[.\-_][\w.-]*)?(?:/|$)", re.IGNORECASE)
EXTERNAL = "the path belongs to another repository (external-roots)"
FOREIGN = "most paths of the document lead nowhere here: it may be about another repository"
_FEW = 5
_SHARE = 0.2


class Ground(NamedTuple):
    """What paths stand on in one document.

    ``foreign`` says that most paths with a directory lead nowhere, and never led anywhere: then the document is about another
    repository. ``dated`` says that the whole document is a record of its day. ``starts`` and ``reach`` are where entries begin, and how
    far they go up to there.
    """

    document: Document
    repo: Repo
    paths: PathIndex
    foreign: bool
    dated: bool
    external: tuple[str, ...]
    starts: tuple[int, ...]
    reach: tuple[int, ...]

    def leaves(self, token: str) -> bool:
        """Whether ``token`` begins with a directory that belongs to another repository."""
        plain = posixpath.normpath(token)
        return any(plain == root or plain.startswith(f"{root}/") for root in self.external)

    def bygone(self, reference: Reference) -> bool:
        """Whether ``reference`` was true on its day and is not said of today: an entry, the newest included, tells of its day.

        So does a section whose heading has a date.
        """
        if self.dated or reference.made or reference.tense is Tense.HISTORICAL or self.document.lifecycle is Lifecycle.HISTORICAL:
            return True
        return self.logs(reference.span) or any(
            section.date is not None and section.level > 1 for section in queries.around(self.document, reference.section)
        )

    def has_date(self, reference: Reference) -> bool:
        """Whether the paragraph, item or cell around ``reference`` gives a date, and so may tell of that day alone."""
        leaf = queries.inline_at(self.document, reference.span.start)
        return leaf is not None and dates.first(leaf[1].text) is not None

    def logs(self, span: Span) -> bool:
        """Whether ``span`` lies in an entry of a log."""
        before = bisect.bisect_right(self.starts, span.start) - 1
        return before >= 0 and self.reach[before] >= span.end

    def candidates(self, token: str) -> list[str]:
        """The paths that ``token`` may have meant: from the root, and from the document's own directory."""
        rooted = posixpath.normpath(token)
        local = posixpath.normpath(posixpath.join(posixpath.dirname(self.document.source.path), token))
        both = [local, rooted] if token.startswith(("./", "../")) else [rooted, local]
        return [path for path in dict.fromkeys(both) if path != ".." and not path.startswith("../")]


def is_common(path: str) -> bool:
    """Whether the file's name is one that many directories have."""
    return bool(_COMMON.match(posixpath.basename(path)))


def is_kept_out(path: str) -> bool:
    """Whether a file of that name is seldom committed: a program's output, or what people keep to themselves."""
    return bool(_KEPT_OUT.search(path))


def in_wiki(path: str) -> bool:
    """Whether a document lies in a copy of a wiki, whose pages are linked by name and served from another place."""
    return bool(_WIKI.search(posixpath.dirname(path)))


def of(document: Document, facts: Facts) -> Ground | None:
    """The ground of a document whose paths can be judged; None where they cannot: an example, or a tree that is not known."""
    paths = facts.repo.paths()
    if isinstance(paths, Unknown) or document.lifecycle is Lifecycle.EXAMPLE:
        return None
    external = tuple(root.strip("/").removeprefix("./") for root in facts.external_roots)
    starts = tuple(entry.span.start for entry in document.entries)
    reach = tuple(accumulate((entry.span.end for entry in document.entries), max))
    bare = Ground(document, facts.repo, paths, False, _is_dated(document), external, starts, reach)
    return bare._replace(foreign=_is_foreign(bare))


def _is_foreign(ground: Ground) -> bool:
    near = ground.document.source.path
    slashed = {
        reference.token
        for reference in ground.document.references
        if reference.kind == "path" and "/" in reference.token and reference.tense is Tense.CURRENT and not ground.leaves(reference.token)
    }
    enough = _SHARE * len(slashed)
    there = sum(ground.paths.resolve(token, near).resolved for token in slashed)
    if len(slashed) < _FEW or there >= enough:
        return False
    # What programs write lies nowhere in any repository, and what was deleted or renamed lay in this one.
    slashed = {token for token in slashed if not is_kept_out(token)}
    enough = _SHARE * len(slashed)
    return len(slashed) >= _FEW and there + sum(_had(ground, token) for token in slashed) < enough


def _had(ground: Ground, token: str) -> bool:
    """Whether the tree's own history held ``token`` and took it away."""
    histories = (ground.repo.history(path) for path in ground.candidates(token))
    return any(not isinstance(one, Unknown) and (one.deleted is not None or one.uncommitted) for one in histories)


def _is_dated(document: Document) -> bool:
    """A handoff with a date records its day; so does what has a date in its file's name or as its own, and what calls itself done."""
    closed = document.status is not None and document.status.state in (State.DONE, State.DROPPED)
    handoff = document.type == "handoff" and document.date is not None
    return closed or handoff or dates.in_name(document.source.path) is not None or queries.of_one_day(document)
