"""Work that is said to be open, and has landed: branches (``by: branch``) and pull requests (``by: pull-request``)."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence

from doclint.check import Facts, Options, option
from doclint.checks import proof
from doclint.diagnostic import Finding, Undecided
from doclint.late import late
from doclint.model import queries
from doclint.model.document import Document, Lifecycle, Mode, Reference, Row, Section, Statement, Table, Tense, Unit
from doclint.repo.facts import Base, Branch, Landing, Unknown
from doclint.text import Span

# Words of a heading or of the sentence above a table that list what stands in it as open work.
_OPEN_HEADING = late(
    r"^\W*(?:currently\s+|all\s+)?(?:open|in[- ]flight|active|in progress|pending|unmerged|awaiting|outstanding|ongoing)\b", re.IGNORECASE
)
_OPEN_SENTENCE = late(
    r"\b(?:PRs?|pull requests?|branch(?:es)?|lanes?)\b[^.]{0,60}?\b(?:are|is|still|remain)\s+(?:still\s+|now\s+|currently\s+"
    r"|all\s+)*(?:open|pending|in flight|unmerged|awaiting|in review)\b"
    r"|\bopen\s+(?:PRs?|pull requests?)\b",
    re.IGNORECASE,
)
_SETTLED = late(
    r"(?<!\bnot )(?<!\byet )\b(?:merged|closed|landed|done|complete[d]?|superseded|abandoned|reverted|rebased onto)\b", re.IGNORECASE
)
# How far from a name the words that are said of it can stand.
_REACH = 300
_STILL_OPEN = (
    r"(?:open|pending|awaiting|unmerged|not\s+(?:yet\s+)?(?:merged|opened)|in\s+review|under\s+review|mergeable"
    r"|ready\s+(?:for|to)\s+(?:review|merge)|needs?\s+review|up\s+for\s+review|draft|\w+\s+(?:pending|running)"
    r"|(?:waits?|waiting)\s+(?:for|on)\s+(?:an?\s+|the\s+)?(?:(?:code\s+)?reviews?|approval|merge)|awaits)\b"
)
_BEHIND = late(
    r"[\s`*)(:,\u2013\u2014-]*(?:(?:is|are|still|now|currently|remains?|all)\s+){0,3}(?P<words>" + _STILL_OPEN + ")", re.IGNORECASE
)
# "PR #51: pending recognition must not block" goes on to something else that is pending.
_OF_SOMETHING_ELSE = late(
    r"\s+(?!(?:review|merge|merging|approval|council|checks?|ci|deploy\w*|for|on|in|and|but|or|with|until|since|as|at|by|to|against|while|because"
    r"|now|still|after|before|when|once|from|into|behind|pending|until)\b)[a-z]",
)
# What is about another step than the pull request's own landing.
_OTHER_STEP = late(
    r"(?:follow[- ]?up (?:to|of|on)|back-?port of|revert of|successor (?:to|of)|because of|since|after|from)\s*[`*(]*$", re.IGNORECASE
)
_ELSEWHERE = late(r"\W*into\s+(?!`?(?:main|master|dev))", re.IGNORECASE)
_BEFORE = late(
    r"(?:\bopen\s+(?:PRs?|pull requests?)\s*(?:\(\d+\))?\s*[:\u2014-]?[\s#\d,*`]*|\b(?:check|review|merge|land|await|approve"
    r"|wait(?:ing)?\s+(?:for|on))\s+(?:the\s+)?)"
    r"(?:(?:PRs?|pull requests?|MRs?)\s*)?[\s*`]*$",
    re.IGNORECASE,
)


def check(document: Document, facts: Facts, options: Options) -> Iterator[Finding | Undecided]:
    """Yield each statement that calls work open although Git shows that it landed in the base."""
    if document.lifecycle is not Lifecycle.LIVING:
        return
    if option(options, "by", str) == "branch":
        yield from _branches(document, facts)
        yield from _unmerged_in_text(document, facts)
        yield from _steps(document, facts)
    else:
        yield from _pull_requests(document, facts)


# --- branches ---------------------------------------------------------------------------------------------------------


def _branches(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    base = facts.repo.base
    for unit in document.units:
        names = tuple(dict.fromkeys(document.references[index].token for index in unit.branches))
        said = _said_open(document, unit) if names else None
        if said is None or _is_known_by_number(document, unit, facts):
            continue
        span, word = said
        if isinstance(base, Unknown):
            yield Undecided(span, base.reason)
            continue
        landings = []
        for name in names:
            if name in (base.name, f"origin/{base.name}"):
                break
            branch = facts.repo.branch(name)
            if branch is None:
                break
            if isinstance(branch, Unknown):
                yield Undecided(span, branch.reason)
                break
            if isinstance(branch.landed, Unknown):
                yield Undecided(span, branch.landed.reason)
                break
            if branch.landed is None:
                if not branch.own_work:
                    yield Undecided(span, f"branch `{name}` has no commit of its own")
                break
            landings.append((name, branch.landed))
        else:
            name, landing = landings[0]
            if _was_reverted(landing, facts):
                yield Undecided(span, "the merge was reverted")
                continue
            yield Finding(
                span,
                f"`{_called(unit)}` is listed as {word}, but its branch `{name}` was merged into `{base.name}`",
                (proof.landed(landing), *(proof.landed(other) for _, other in landings[1:])),
            )


_LONGEST_NAME = 60


def _called(unit: Unit) -> str:
    """The unit's name; that of a row without one may be a whole paragraph."""
    return unit.name if len(unit.name) <= _LONGEST_NAME else unit.name[: _LONGEST_NAME - 1].rsplit(" ", 1)[0].rstrip(" ,;:·") + "…"


def _was_reverted(landing: Landing, facts: Facts) -> bool:
    """Whether a later subject says that the landing was taken back."""
    log = facts.repo.log()
    taken = f'Revert "{landing.commit.subject}"'
    return not isinstance(log, Unknown) and any(commit.subject.startswith(taken) for commit in log)


def _is_known_by_number(document: Document, unit: Unit, facts: Facts) -> bool:
    """Whether the unit is a pull request whose number alone proves that it landed: that is the other way's to tell."""
    return unit.kind == "pull-request" and unit.id.isdigit() and isinstance(facts.repo.pull_request(int(unit.id)), Landing)


def _said_open(document: Document, unit: Unit) -> tuple[Span, str] | None:
    """Where the unit is said to be open, and the word: its status, or the list that it stands in."""
    statement = unit.statement
    if statement is not None and statement.status is not None:
        if (
            not statement.status.state.open
            or _OWNED.fullmatch(document.source.slice(statement.status.word))
            or _ADMITS.search(_around(document, statement))
        ):
            return None
        return statement.status.word, f"`{document.source.slice(statement.status.word)}`"
    for statement in unit.statements:
        if statement.tense is not Tense.CURRENT or statement.place != "row" or statement.status is not None:
            continue
        table = queries.table_at(document, statement.span)
        listed = table and _lists_open(document, table)
        if table and listed and not _cell_admits(document, table, unit):
            return unit.span, listed
    return None


# Who has something is no word on how far it is: a claimed number stays claimed when the branch has landed.
_OWNED = late(r"claimed|assigned", re.IGNORECASE)
# A row or a line that tells of the merge itself calls something else open: a review, a release, a step behind it.
_ADMITS = late(
    r"(?<!not )(?<!not yet )(?<!un)\b(?:merged|landed|on (?:main|master|develop)|after (?:the )?merge|reopened|releases?|roll-?out"
    r"|removal)\b",
    re.IGNORECASE,
)


# What is said only of a branch that has not been merged: "PR not yet opened", "ahead of `main` by 6 commits", "no PR yet".
_UNMERGED = late(
    r"\b(?:PRs?|pull requests?|MRs?|merge requests?)\s+(?:is\s+|was\s+)?not\s+(?:yet\s+)?(?:been\s+)?(?:opened|open|created|merged)\b"
    r"|\bno\s+(?:PR|pull request|MR|merge request)\s+(?:yet|so far)\b"
    r"|\bahead\s+of\s+`?[\w./-]{0,60}\w`?\s+by\s+\d+\s+commits?\b"
    r"|\b\d+\s+commits?\s+ahead\s+of\s+`?[\w./-]{0,60}\w`?|\bnot\s+yet\s+merged\b|\bunmerged\b",
    re.IGNORECASE,
)


def _unmerged_in_text(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """Paragraphs and items that name one branch and say that it is ahead, or has no pull request yet."""
    by_leaf: dict[Span, list[Reference]] = {}
    for reference in document.references:
        if reference.kind == "branch" and reference.place != "cell" and (place := queries.inline_at(document, reference.span.start)):
            by_leaf.setdefault(place[0], []).append(reference)
    base = facts.repo.base
    for leaf, references in by_leaf.items():
        place = queries.inline_at(document, leaf.start)
        if place is None or any(reference.tense is Tense.HISTORICAL for reference in references):
            continue
        section = document.sections[references[0].section]
        said = _UNMERGED.search(place[1].text)
        names = {reference.token for reference in references} - {base.name if not isinstance(base, Unknown) else ""}
        if said is None or len(names) != 1 or section.mode in (Mode.EXAMPLE, Mode.RULE) or section.tense is not Tense.CURRENT:
            continue
        # "`feature/x` was merged; `feature/y` is not": too much for one sentence to be plain.
        if _SETTLED.search(place[1].text):
            continue
        span = place[1].span(said.start(), said.end())
        (name,) = names
        yield from _landed(name, span, f"said to be `{said.group()}`", facts)


def _landed(name: str, span: Span, claim: str, facts: Facts) -> Iterator[Finding | Undecided]:
    """What refutes the claim that the branch ``name`` has not landed yet."""
    base = facts.repo.base
    branch = facts.repo.branch(name) if not isinstance(base, Unknown) else base
    landing = branch.landed if isinstance(branch, Branch) else branch
    if isinstance(landing, Unknown):
        yield Undecided(span, landing.reason)
    elif landing is not None and not isinstance(base, Unknown) and not _was_reverted(landing, facts):
        yield Finding(span, f"the branch `{name}` is {claim}, but was merged into `{base.name}`", (proof.landed(landing),))


_TO_MERGE = late(r"[\W\d]*(?:merge|land)\s+(?:the\s+)?(?:branch\s+)?[`*]*", re.IGNORECASE)
_AND_OTHERS = late(r"[`*]*\s*(?:,|and\b|&|\+)\s*[`*]*[\w.-]+/", re.IGNORECASE)


def _steps(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    """``Merge `feature/x``` among what is to be done next, unless that is ticked."""
    for reference in document.references:
        # Where nothing says that a name is a branch's, it looks like a path.
        if reference.kind not in ("branch", "path", "directory") or reference.place == "cell" or reference.tense is Tense.HISTORICAL:
            continue
        section = document.sections[reference.section]
        place = queries.inline_at(document, reference.span.start)
        if place is None or not _in_work(section) or section.mode in (Mode.EXAMPLE, Mode.RULE):
            continue
        inline = place[1]
        match = _TO_MERGE.match(inline.text)
        behind = inline.at(reference.span.end)
        if match is None or match.end() != inline.at(reference.span.start) or _ELSEWHERE.match(inline.text, behind):
            continue
        item = queries.item_at(document, reference.span.start)
        name = document.source.slice(reference.span).rstrip("/")
        if (item is None or item.state.open) and not _AND_OTHERS.match(inline.text, behind):
            yield from _landed(name, reference.span, "still to be merged here", facts)


def _cell_admits(document: Document, table: Table, unit: Unit) -> bool:
    """Whether the cell that names the unit's branch says that it was merged: "`feature/x` (merged, PR #27)"."""
    branch = document.references[unit.branches[0]].span
    row = _row_at(table, branch)
    return row is not None and any(_SETTLED.search(cell.value) for cell in row.cells if branch in cell.span)


def _around(document: Document, statement: Statement) -> str:
    """The row or the line in which a statement stands."""
    table = queries.table_at(document, statement.span)
    row = _row_at(table, statement.span) if table is not None else None
    return document.source.slice(row.span if row is not None else queries.line_span(document, statement.span))


def _row_at(table: Table, span: Span) -> Row | None:
    position = bisect.bisect_right(table.rows, span.start, key=lambda row: row.span.start) - 1
    return table.rows[position] if position >= 0 and span in table.rows[position].span else None


def _lists_open(document: Document, table: Table) -> str | None:
    """The words above a table that list its rows as open."""
    if table.lead is not None and _OPEN_SENTENCE.search(table.lead.value) and not table.lead.value.lstrip().endswith("?"):
        return "open"
    heading = document.sections[table.section].heading.value
    match = _OPEN_HEADING.match(heading)
    return match.group().strip().lower() if match else None


# --- pull requests ----------------------------------------------------------------------------------------------------


def _pull_requests(document: Document, facts: Facts) -> Iterator[Finding | Undecided]:
    claims = [*_in_rows(document), *_in_leads(document), *_in_text(document)]
    if not claims:
        return
    base = facts.repo.base
    seen: set[Span] = set()
    for span, references, words in sorted(claims, key=lambda claim: claim[0]):
        if span in seen:
            continue
        seen.add(span)
        if isinstance(base, Unknown):
            yield Undecided(span, base.reason)
            continue
        landings = [facts.repo.pull_request(int(reference.token.lstrip("#"))) for reference in references]
        unknown = next((landing for landing in landings if isinstance(landing, Unknown)), None)
        if unknown is not None:
            yield Undecided(span, unknown.reason)
        elif any(isinstance(landing, Landing) and _was_reverted(landing, facts) for landing in landings):
            yield Undecided(span, "the merge was reverted")
        elif landings and all(isinstance(landing, Landing) for landing in landings):
            yield _merged(span, references, [landing for landing in landings if isinstance(landing, Landing)], words, base)


Claim = tuple[Span, Sequence[Reference], str]


def _merged(span: Span, references: Sequence[Reference], landings: Sequence[Landing], words: str, base: Base) -> Finding:
    numbers = list(dict.fromkeys(reference.token for reference in references))
    subject = f"pull request `{numbers[0]}` is" if len(numbers) == 1 else f"pull requests {_and(numbers)} are"
    was = "it was" if len(numbers) == 1 else "they were"
    return Finding(span, f"{subject} said to be {words}, but {was} merged into `{base.name}`", tuple(map(proof.landed, landings)))


def _and(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _in_rows(document: Document) -> Iterator[Claim]:
    """Rows whose status is open, or that stand in a list of open work."""
    for table in document.tables:
        if table.tense is not Tense.CURRENT or table.role == "log":
            continue
        listed = _lists_open(document, table)
        statuses = _row_statuses(document, table)
        for row in table.rows:
            named = [reference for reference in queries.in_span(document.references, row.span) if reference.kind == "pull-request"]
            if not named or any(_SETTLED.search(cell.value) for cell in row.cells):
                continue
            statement = statuses.get(row.span)
            if statement is not None and statement.status is not None:
                if statement.status.state.open and _is_about(row, named, document.source.slice(statement.status.word)):
                    yield statement.status.word, named, f"`{document.source.slice(statement.status.word)}`"
            elif listed and row.cells and named[0].span in row.cells[0].span:
                yield named[0].span, named[:1], listed


_MERGES = late(r"\W*(?:merge|review|land|check|rebase|approve|close|finish|await)\b", re.IGNORECASE)
_OF_A_PULL_REQUEST = late(
    r"open|in review|under review|awaiting|mergeable|unmerged|not (?:yet )?merged|pr |ready (?:for|to)", re.IGNORECASE
)


def _is_about(row: Row, named: Sequence[Reference], word: str) -> bool:
    """Whether a row's status is its pull requests' own: the row is one, is there to merge them, or the word is said of nothing else.

    A module that is in progress may well list what has been merged of it.
    """
    first = row.cells[0]
    return (named[0].span in first.span and named[0].span.start - first.span.start <= 4) or bool(
        _MERGES.match(first.value) or _OF_A_PULL_REQUEST.match(word)
    )


def _row_statuses(document: Document, table: Table) -> Mapping[Span, Statement]:
    """The first status that each row states."""
    found: dict[Span, Statement] = {}
    for _, statement in queries.said_in_rows(document, table):
        row = _row_at(table, statement.span) if statement.status is not None else None
        if row is not None:
            found.setdefault(row.span, statement)
    return found


def _in_leads(document: Document) -> Iterator[Claim]:
    """The sentence "three PRs are open" over a table of them."""
    for table in document.tables:
        if table.lead is None or table.tense is not Tense.CURRENT:
            continue
        match = _OPEN_SENTENCE.search(table.lead.value)
        if not match:
            continue
        named = [
            reference
            for row in table.rows
            if row.cells
            for reference in queries.in_span(document.references, row.cells[0].span)
            if reference.kind == "pull-request"
        ]
        place = queries.inline_at(document, table.lead.span.start)
        if named and place is not None:
            start = place[1].text.find(match.group())
            yield place[1].span(start, start + len(match.group())), named, "open"


def _in_text(document: Document) -> Iterator[Claim]:
    """``PR #68 pending``, ``Open PRs: #68``, and what a section of open work or next steps begins with."""
    for reference in document.references:
        if reference.kind != "pull-request" or reference.place == "cell" or reference.tense is Tense.HISTORICAL:
            continue
        place = queries.inline_at(document, reference.span.start)
        if place is None or document.sections[reference.section].mode is Mode.EXAMPLE:
            continue
        inline = place[1]
        start = inline.at(reference.span.start)
        end = inline.at(reference.span.end)
        behind = _BEHIND.match(inline.text, end)
        before = _BEFORE.search(inline.text[max(0, start - _REACH) : start])
        section = document.sections[reference.section]
        if _OTHER_STEP.search(inline.text[max(0, start - 40) : start]) or re.match(
            r"\W*into\s+(?!`?(?:main|master|dev))", inline.text[end : end + 40]
        ):
            continue
        if _SETTLED.search(_sentence(inline.text, start, end)[: 60 + end - start] if before else _sentence(inline.text, start, end)):
            continue
        if not re.search(r"\w", inline.text[: min(start, _REACH)]) and _OPEN_SENTENCE.search(_lead(document, place[0])):
            yield reference.span, [reference], "open"
        elif behind and not _OF_SOMETHING_ELSE.match(inline.text, behind.end()):
            yield reference.span, [reference], f"`{behind['words']}`"
        elif before and (_in_work(section) or re.match(r"\W*open", before.group(), re.IGNORECASE)):
            yield reference.span, [reference], "open"


def _lead(document: Document, leaf: Span) -> str:
    """The line ending in a colon that leads in to the list in which ``leaf`` stands, or ``""``."""
    position = bisect.bisect_left(document.inlines, leaf.start, key=lambda pair: pair[0].start)
    for _, inline in reversed(document.inlines[max(0, position - 3) : position]):
        if inline.text.rstrip().endswith(":"):
            return inline.text
    return ""


def _sentence(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    low = max(text.rfind(". ", first, start), text.rfind("; ", first, start), first - 1) + 1
    high = min((place for place in (text.find(". ", end, last), text.find("; ", end, last)) if place >= 0), default=last)
    return text[low:high]


def _in_work(section: Section) -> bool:
    return section.role in ("next", "status", "blockers") or bool(_OPEN_HEADING.match(section.heading.value))
