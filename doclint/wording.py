"""What formats say alike: a finding and its place, its proof, what to do, what is not known, and the summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from doclint.diagnostic import Diagnostic, Evidence, Severity
from doclint.late import late
from doclint.repo.facts import MISSING_OBJECT, NO_BASE, NO_REPOSITORY, SHALLOW, Base, Commit, Unknown
from doclint.report import Report, Tree
from doclint.terminal import safe
from doclint.text import Source, Span

# No surrogate that stands for a byte.
_LOST = late("[\ud800-\udc7f\udd00-\udfff]")


def header(source: Source, diagnostic: Diagnostic) -> str:
    """``path:line:column: CODE message``; the severity is named where it is not an error."""
    position = source.position(diagnostic.span.start)
    grade = "" if diagnostic.severity is Severity.ERROR else f"[{diagnostic.severity}] "
    return f"{safe(diagnostic.path)}:{position.line}:{position.column}: {diagnostic.code} {grade}{safe(diagnostic.message)}"


def place(report: Report, path: str, span: Span | None) -> str:
    """``path``, with the line where ``span`` starts if the document at ``path`` is part of the report."""
    source = report.sources.get(path)
    return path if source is None or span is None else f"{path}:{source.position(span.start).line}"


def uri(path: str) -> str:
    """``path`` as a relative URI: each byte that is no unreserved character is written as its number (RFC 3986, section 2.1)."""
    from urllib.parse import quote

    return quote(_LOST.sub("\ufffd", path).encode("utf-8", "surrogateescape"))


def proof(report: Report, evidence: Evidence) -> str:
    """The evidence's words, and where they can be looked up unless the words say it."""
    if evidence.path is None or evidence.path in evidence.text:
        return evidence.text
    where = place(report, evidence.path, evidence.span) if evidence.line is None else f"{evidence.path}:{evidence.line}"
    return f"{evidence.text} ({where})"


def advice(report: Report, diagnostic: Diagnostic) -> str | None:
    """What to do about a finding, as an imperative clause: what its fix does, else what its rule advises."""
    return diagnostic.fix.title if diagnostic.fix is not None else report.rules[diagnostic.code].help


def because(report: Report, diagnostic: Diagnostic) -> list[str]:
    """The proof of a finding, a line for each piece."""
    label = [] if diagnostic.label is None else [diagnostic.label]
    return [safe(line) for line in (*label, *(proof(report, evidence) for evidence in diagnostic.evidence), *causes(diagnostic))]


def causes(diagnostic: Diagnostic) -> list[str]:
    """What brought a finding in, a line for each part; none where it was not asked."""
    return [f"cause: {cause.text}" for cause in diagnostic.causes] or ["cause: not known"] if diagnostic.causes is not None else []


def told(report: Report, diagnostic: Diagnostic) -> list[str]:
    """All that there is to say of a finding but its place: what was found, the proof, what to do; each on a line."""
    what = advice(report, diagnostic)
    return [safe(diagnostic.message), *because(report, diagnostic), *([] if what is None else [safe(f"help: {what}")])]


def count(number: int, noun: str) -> str:
    """``1 rule``, ``2 rules``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# So many rules are named, and more are counted.
_FEW = 3


def unknown(report: Report) -> Iterator[str]:
    """One line for each reason why something could not be told, with what to do about it."""
    lost = (("read", report.unread), ("compared with what was", report.since.unread if report.since is not None else ()))
    for reason, codes in _grouped((one.reason, one.code) for one in report.open):
        rules = ", ".join(codes) if len(codes) <= _FEW else count(len(codes), "rule")
        yield safe(f"{reason}: {rules} could not decide{remedy(report, reason) or _where(report, reason)}")
    for verb, unread in lost:
        for reason, paths in _grouped((one.reason, one.path) for one in unread):
            named = f"{', '.join(paths[:3])}{', …' if len(paths) > 3 else ''}"
            yield safe(f"{reason}: {count(len(paths), 'document')} could not be {verb} ({named})")


def remedy(report: Report, reason: str) -> str:
    """What to do where something is not known for ``reason``, ready to follow a sentence; empty where nobody can do anything."""
    remedies = _of_the_repository(report)
    return f"; {remedies[reason]}" if remedies.get(reason) else ""


def _of_the_repository(report: Report) -> dict[str, str | None]:
    """The reasons that lie in the repository and in no document, and what to do about them."""
    return {unknown.reason: unknown.remedy for unknown in (SHALLOW, NO_REPOSITORY, NO_BASE, MISSING_OBJECT, *report.limits)}


def _where(report: Report, reason: str) -> str:
    """The documents in which something is not known for ``reason``, ready to follow a sentence; of one document the first place."""
    if reason in _of_the_repository(report):
        return ""
    spans = {one.path: one.span for one in reversed(report.open) if one.reason == reason}
    named = [place(report, path, span) if len(spans) == 1 else path for path, span in sorted(spans.items())]
    return f" ({', '.join(named[:_FEW])}{', …' if len(named) > _FEW else ''})"


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    groups: dict[str, dict[str, None]] = {}
    for reason, one in pairs:
        groups.setdefault(reason, {})[one] = None
    return [(reason, list(ones)) for reason, ones in sorted(groups.items())]


def fixable(report: Report, unsafe: bool) -> Iterator[str]:
    """What `--fix` would do; only what is on disk can be mended."""
    fixes = [diagnostic.fix.safe for diagnostic in report.diagnostics if diagnostic.fix is not None and report.tree.origin == "worktree"]
    risky = fixes.count(False)
    safely = len(fixes) - risky
    if unsafe:
        safely, risky = 0, len(fixes)
    if safely:
        more = f", and {risky} more with --unsafe-fixes" if risky else ""
        yield f"{count(safely, 'finding')} can be fixed with --fix{more}"
    elif risky:
        yield f"{count(risky, 'finding')} can be fixed with --fix --unsafe-fixes"


def stale(report: Report) -> Iterator[str]:
    """What is too much in the baseline."""
    number = sum(entry.count for entry in report.baseline.stale) if report.baseline is not None else 0
    if number:
        yield f"{number} baseline {'entry is' if number == 1 else 'entries are'} stale: `doclint baseline prune`"


def summary(report: Report) -> str:
    """What was found, in one line."""
    documents = count(len(report.documents), "document")
    counts = [(report.count(severity), severity.value) for severity in Severity]
    found = [f"{number} info" if word == "info" else count(number, word) for number, word in counts if number]
    known = report.baselined
    kept_back = ((len(report.suppressed) - known, "suppressed"), (known, "known from the baseline"))
    hidden = ", ".join(f"{number} {words}" for number, words in kept_back if number)
    told = f"{' and '.join(', '.join(found).rsplit(', ', 1)) if found else 'no findings'} in {documents}{f' ({hidden})' if hidden else ''}"
    if report.since is None:
        return told
    name, tip, fork = report.since.range
    where = f"`{name}` ({fork.short})" if fork.id == tip.id else f"`{name}` was left at {fork.short}"
    older = f"; {count(report.since.known, 'older finding')} not told" if report.since.known else ""
    return safe(f"{told}, new since {where}{older}")


def judged(report: Report) -> Iterator[str]:
    """Which tree and which base the report is about, where it is not plainly what lies there."""
    tree = report.tree
    base, upstream = tree.base, tree.upstream
    if tree.origin not in ("worktree", "index", "revision") or isinstance(tree.head, Unknown):
        return
    # What others landed is not here, and so nothing that depends on it was seen.
    lacking = upstream.behind if upstream is not None and isinstance(base, Base) and base.commit.id != upstream.commit else 0
    told = report.diagnostics and (tree.origin == "index" or report.since is not None or (upstream is not None and upstream.behind))
    if not (told or lacking or tree.origin == "revision"):
        return
    kind = {"worktree": "the work tree", "index": "the index", "revision": ""}[tree.origin]
    where = "before the first commit" if tree.head is None else f"{'at ' if kind else ''}{tree.head.short}"
    changed = " with uncommitted changes" if tree.origin == "worktree" and tree.uncommitted else ""
    yield safe(f"judged: {' '.join(filter(None, (kind, where)))}{changed}{_against(tree, lacking)}")


def _against(tree: Tree, lacking: int) -> str:
    base, upstream = tree.base, tree.upstream
    if isinstance(base, Unknown):
        return ""
    if lacking and upstream is not None:
        more = f", which lacks {count(lacking, 'commit')} of `{upstream.name}`"
    elif upstream is not None and upstream.behind:
        more = f" as `{upstream.name}` has it, {count(upstream.behind, 'commit')} further than here"
    else:
        more = ""
    if isinstance(tree.head, Commit) and tree.head.id == base.commit.id:
        return f", the base `{base.name}`{more}"
    return f"; the base is `{base.name}` at {base.commit.short}{more}"
