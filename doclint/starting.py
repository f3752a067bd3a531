"""The first hour: what a repository has for doclint to look at, and the files that it may want."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from doclint import baseline, engine, fixer
from doclint.config import NAMES, Plan, find
from doclint.doctype import LITTLE, shipped
from doclint.errors import UsageError
from doclint.late import late
from doclint.model.document import Document, Lifecycle
from doclint.nearest import hint
from doclint.repo.absent import AbsentRepo
from doclint.repo.facts import Base, Unknown
from doclint.repo.git import GitRepo
from doclint.report import Report, Unread
from doclint.wording import count

CONFIG = NAMES[0]
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/doclint.yml"
AGENTS = "AGENTS.md"
_WORKFLOWS = ".github/workflows/"
_URL = late(r"(?:https://|ssh://|git@)[\w.~:/@+-]+", re.ASCII)
_REVISION = late(r"[\w.+/-]+", re.ASCII)
# What only its structure speaks for is a guess: boxes and statuses stand in plans and reports as well, branches that are under way do not.
_BRANCHES = 2
_STRUCTURE = late(r"\bbranch", re.IGNORECASE)


class Known(NamedTuple):
    """A working document: what it was taken for and why, and whether it speaks of today."""

    path: str
    type: str
    why: str
    living: bool


class Perhaps(NamedTuple):
    """A document that declares no type, and either is made as one of ``type`` is, or bears its name and title and has little else of it."""

    path: str
    type: str
    why: str


class Survey(NamedTuple):
    """What is there: ``others`` counts the documents that are no working documents, ``perhaps`` among them those that may be.

    ``config`` is the configuration that governs the directory that was asked about. ``base`` is None outside of a repository;
    ``guessed`` says that it is merely the branch that is checked out, ``only`` that there is no other. ``hooks``, ``workflows`` and
    ``agents`` are about files that are there: each says whether it speaks of doclint.
    """

    documents: tuple[Known, ...]
    others: int
    perhaps: tuple[Perhaps, ...]
    unread: tuple[Unread, ...]
    config: str | None
    base: Base | Unknown | None
    guessed: bool
    only: bool
    baseline: bool
    hooks: bool | None
    workflows: dict[str, bool]
    agents: bool | None


class Source(NamedTuple):
    """Where machines can install doclint from: the address of a Git repository, and a tag or commit of it."""

    url: str
    revision: str


class Draft(NamedTuple):
    """A file that may be written, and what for."""

    path: str
    text: str
    purpose: str


def survey(
    plan: Plan, repo: GitRepo | AbsentRepo, paths: Sequence[str], prefix: str, known: str, progress: engine.Progress | None = None
) -> Survey:
    """What the tree of ``repo`` has at ``paths``, seen from its directory ``prefix``, with a baseline at ``known`` or without one.

    Raises ConfigError.
    """
    working: list[Known] = []
    perhaps: list[Perhaps] = []
    unread: list[Unread] = []
    wanted = lambda source: _STRUCTURE.search(source.text) is not None or engine.may_be_typed(source, plan)  # noqa: E731
    for document in engine.legible(plan, repo, paths, wanted, unread, progress):
        if document.type is not None:
            working.append(Known(document.source.path, document.type, document.why, document.lifecycle is Lifecycle.LIVING))
        elif (guess := _guess(document)) is not None:
            perhaps.append(guess)
    config = find(repo, prefix)
    tree = repo.paths()
    files = () if isinstance(tree, Unknown) else tree.files
    refs = repo.refs() if isinstance(repo, GitRepo) else {}
    return Survey(
        documents=tuple(working),
        others=len(paths) - len(working) - len(unread),
        perhaps=tuple(perhaps),
        unread=tuple(unread),
        config=None if config is None else config.path,
        base=repo.base if isinstance(repo, GitRepo) else None,
        guessed=isinstance(repo, GitRepo) and repo.base_is_guess,
        only=not isinstance(refs, Unknown) and len(refs) == 1,
        baseline=known in files,
        hooks=_runs(repo, HOOKS) if HOOKS in files else None,
        workflows={path: _runs(repo, path) for path in files if path.startswith(_WORKFLOWS) and path.endswith((".yml", ".yaml"))},
        agents=_runs(repo, AGENTS) if AGENTS in files else None,
    )


def _runs(repo: GitRepo | AbsentRepo, path: str) -> bool:
    data = repo.read(path)
    return isinstance(data, bytes) and b"doclint" in data


def _guess(document: Document) -> Perhaps | None:
    """What a document may be that nothing but its structure speaks for, or all but its structure."""
    if document.lifecycle is not Lifecycle.LIVING or not glob(document.source.path):
        return None
    name = document.source.path.rpartition("/")[2]
    for_it, but, against = document.why.partition("; but ")
    if but:
        # A plan or a session's notes are mostly no more than that: the file must be called as the type is.
        near = (type.name for type in shipped() if against == LITTLE.format(type.noun) and _bears(name, type.name))
        speaks = for_it.startswith("name `") and "title says" in for_it
        return next((Perhaps(document.source.path, type, for_it) for type in near if speaks), None)
    # Names in capitals are known to people, and these are none of working documents.
    if re.fullmatch(r"(?:README|CLAUDE|AGENTS|CONTRIBUTING|CHANGELOG|SECURITY|GEMINI|LICENSE|CODE_OF_CONDUCT)\b.*", name, re.IGNORECASE):
        return None
    stated = [unit for unit in document.units if unit.statement is not None]
    branches = sum(bool(unit.branches) for unit in stated)
    if branches >= _BRANCHES:
        return Perhaps(document.source.path, "coordination-hub", f"{len(stated)} units with a status, {branches} of them with a branch")
    return None


def _bears(name: str, type: str) -> bool:
    return any(word in name.lower() for word in type.split("-"))


def glob(path: str) -> str | None:
    """The glob that means ``path`` and nothing else; None where there is none, or TOML cannot hold it."""
    if re.search(r"[*?{}\ud800-\udfff]", path):
        return None
    return path if "/" in path else f"/{path}"


def declared(said: str, types: Sequence[str]) -> tuple[str, str]:
    """The glob and the type in ``GLOB=TYPE``. Raises UsageError where it is no such thing."""
    pattern, equals, type = said.rpartition("=")
    if not equals or not pattern:
        raise UsageError(f"`--type {said}` says no type; expected GLOB=TYPE")
    if type not in types:
        raise UsageError(f"`{type}` is no document type{hint(type, types)}; there are {', '.join(sorted(types))}")
    return pattern, type


# --- files ------------------------------------------------------------------------------------------------------------


def config(found: Survey, types: Sequence[tuple[str, str]]) -> Draft | None:
    """The configuration that says what doclint does not find out by itself; None where that is nothing.

    It is for the file that governs, where one does, in the words of that file.
    """
    path = found.config or CONFIG
    within = path.rpartition("/")[2] == "pyproject.toml"
    lines: list[str] = []
    if found.guessed and found.only and isinstance(found.base, Base):
        lines += [*(["[tool.doclint]"] if within else []), f"base = {_quoted(found.base.name)}", ""]
    for pattern, type in types:
        table = "tool.doclint.documents" if within else "documents"
        lines += [f"[[{table}]]", f"glob = {_quoted(pattern)}", f"type = {_quoted(type)}", ""]
    return Draft(path, "\n".join(lines), "what doclint does not find out by itself") if lines else None


def _quoted(text: str) -> str:
    """``text`` as a TOML string. Raises UsageError where TOML cannot hold it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError(f"`{text}` is not UTF-8, which a configuration is") from None
    # What JSON escapes, TOML escapes alike, but for the one control character that JSON lets stand.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def source(said: str | None) -> Source | None:
    """Where doclint can be installed from: the address that was given (``URL`` or ``URL@REVISION``), else the one that it came from.

    None where neither is known. Raises UsageError where ``said`` is no address of a Git repository.
    """
    from doclint import __version__

    if said is None:
        return _origin()
    url, at, revision = said.rpartition("@")
    if not at or "/" not in url:
        url, revision = said, f"v{__version__}"
    if not _URL.fullmatch(url) or not _REVISION.fullmatch(revision):
        raise UsageError(f"`--source {said}` is no address of a Git repository; expected https://…, and perhaps @ and a tag or commit")
    return Source(url, revision)


def _origin() -> Source | None:
    """What pip wrote down when it installed doclint from a Git repository."""
    from importlib import metadata

    try:
        said = json.loads(metadata.distribution("doclint").read_text("direct_url.json") or "{}")
        url, revision = said["url"], said["vcs_info"]["commit_id"]
    except (metadata.PackageNotFoundError, ValueError, KeyError, TypeError):
        return None
    sound = isinstance(url, str) and isinstance(revision, str) and _URL.fullmatch(url) and _REVISION.fullmatch(revision)
    return Source(url, revision) if sound else None


def hook(where: Source | None) -> Draft:
    """The lines that let pre-commit check each commit: with doclint from ``where``, else with the one that is installed."""
    if where is not None:
        lines = [f"  - repo: {where.url}", f"    rev: {where.revision}", "    hooks:", "      - id: doclint"]
    else:
        lines = [
            "  - repo: local",
            "    hooks:",
            "      - id: doclint",
            "        name: doclint",
            "        entry: doclint check --staged",
            "        language: system",
            "        pass_filenames: false",
            "        always_run: true",
        ]
    by = "" if where is not None else ", with the doclint that is installed; with --source URL pre-commit installs it"
    return Draft(HOOKS, "\n".join(["repos:", *lines, ""]), f"pre-commit checks each commit{by}")


def workflow(where: Source) -> Draft:
    """A workflow that checks each pull request with doclint from ``where``."""
    url = f"ssh://{where.url.replace(':', '/', 1)}" if where.url.startswith("git@") else where.url
    text = f"""\
name: doclint
on: pull_request
permissions:
  contents: read
jobs:
  doclint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
      - run: pip install "doclint @ git+{url}@{where.revision}"
      - run: doclint check
"""
    return Draft(WORKFLOW, text, "GitHub checks each pull request")


def recorded(path: str, report: Report, today: datetime.date) -> Draft:
    """The baseline of what ``report`` finds."""
    number = len(report.diagnostics)
    return Draft(
        path, baseline.dump(baseline.record(report, report.diagnostics, today)).decode("utf-8"), f"{count(number, 'finding')} put aside"
    )


def agents() -> Draft:
    """What coding agents are told of doclint."""
    from doclint.resources import inside

    return Draft(AGENTS, inside("agents.md"), "coding agents check before they hand over")


# --- steps ------------------------------------------------------------------------------------------------------------


class Wants(NamedTuple):
    """What is asked for: globs with their types, and which files; ``source`` is where machines install doclint from, if that is known."""

    types: tuple[tuple[str, str], ...] = ()
    hook: bool = False
    workflow: bool = False
    agents: bool = False
    source: Source | None = None


class Step(NamedTuple):
    """What becomes of a file: it is to be written, or is there and only its owner may add to it, or needs nothing.

    ``note`` is a clause about a step that is ``done`` or ``stuck``.
    """

    kind: Literal["write", "add", "done", "stuck"]
    draft: Draft
    note: str = ""


def steps(found: Survey, wants: Wants) -> list[Step]:
    """What is to be done to have what is wanted; nothing that is there is ever written to."""
    result: list[Step] = []
    draft = config(found, wants.types)
    if draft is not None:
        result.append(Step("write", draft) if found.config is None else Step("add", draft))
    if wants.hook:
        draft = hook(wants.source)
        if found.base is None:
            result.append(Step("stuck", draft, "there is no Git repository whose commits a hook could check"))
        elif found.hooks:
            result.append(Step("done", draft, "it runs doclint already"))
        else:
            result.append(Step("write" if found.hooks is None else "add", draft))
    if wants.workflow:
        result.append(_workflow(found, wants.source))
    if wants.agents:
        result.append(_agents(found))
    return result


def remembered(found: Survey, draft: Draft) -> Step:
    """What becomes of a baseline."""
    return Step("done", draft, "`doclint baseline update` brings it up to date") if found.baseline else Step("write", draft)


def _workflow(found: Survey, where: Source | None) -> Step:
    running = next((path for path, runs in found.workflows.items() if runs), None)
    if running is not None:
        return Step("done", Draft(running, "", ""), "it runs doclint already")
    if where is None:
        return Step("stuck", Draft(WORKFLOW, "", ""), "where GitHub can install doclint from is not known: name it with --source URL")
    return Step("add" if WORKFLOW in found.workflows else "write", workflow(where))


def _agents(found: Survey) -> Step:
    draft = agents()
    if found.agents is None:
        return Step("write", draft)
    # A file that is there has a title of its own.
    section = draft._replace(text=draft.text.partition("\n\n")[2])
    return Step("done", draft, "it speaks of doclint already") if found.agents else Step("add", section)


class Offer(NamedTuple):
    """Something that could be done, as a question."""

    what: Literal["hook", "workflow", "agents"]
    question: str


def offers(found: Survey) -> Iterator[Offer]:
    """What is not there yet, and could be written."""
    if found.base is not None and found.hooks is None:
        yield Offer("hook", f"Write {HOOKS}, so that pre-commit checks each commit")
    if found.workflows and not any(found.workflows.values()) and WORKFLOW not in found.workflows:
        yield Offer("workflow", f"Write {WORKFLOW}, so that GitHub checks each pull request")
    if found.documents and found.agents is None:
        yield Offer("agents", f"Write {AGENTS}, so that coding agents check before they hand over")


def agreed(found: Survey, wants: Wants, agree: Callable[[str], bool]) -> Wants:
    """``wants``, with what is offered and agreed upon."""
    chosen = {offer.what for offer in offers(found) if agree(offer.question)}
    return wants._replace(
        hook=wants.hook or "hook" in chosen, workflow=wants.workflow or "workflow" in chosen, agents=wants.agents or "agents" in chosen
    )


def carry_out(root: str, steps: Sequence[Step]) -> list[Unread]:
    """Write what is to be written below ``root``; what was not, and why."""
    refused: list[Unread] = []
    for step in steps:
        if step.kind != "write":
            continue
        try:
            fixer.make_way(root, step.draft.path)
            fixer.create(root, step.draft.path, step.draft.text.encode("utf-8"))
        except fixer.UnwritableError as error:
            refused.append(Unread(step.draft.path, str(error)))
    return refused
