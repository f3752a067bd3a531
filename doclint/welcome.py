"""What ``doclint init`` says: what was found, what became of the files, and which command comes next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from doclint.config import BASELINE
from doclint.repo.facts import Unknown
from doclint.starting import AGENTS, CONFIG, HOOKS, WORKFLOW, Known, Perhaps, Step, Survey, glob
from doclint.terminal import clip, pad, paint, safe, width
from doclint.wording import count

_MOST = 20
_FEW = 3
_PATH = 44
# With less room than this beside a path the reason stands below it.
_WHY = 24
# What would be written is shown up to here.
_LINES, _LINE = 60, 200


def found(survey: Survey, root: str, colour: bool, columns: int) -> Iterator[str]:
    """The working documents and why they are some, what else was looked at, and what governs the repository."""
    number = len(survey.documents)
    total = number + survey.others
    where = safe(root)
    if not total:
        yield f"no Markdown in {where}"
    elif not number:
        yield f"no working documents among {count(total, 'document')} in {where}; `doclint types` says what each was taken for"
    else:
        yield paint(f"{count(number, 'working document')} among {total} in {where}", "bold", colour)
        yield from _listed(survey.documents, columns)
    if number and survey.others:
        yield f"{survey.others} other{' was' if survey.others == 1 else 's were'} taken for none; `doclint types` says why"
    for one in survey.unread[:_FEW]:
        yield f"{safe(one.path)} could not be read: {safe(one.reason)}"
    yield from _perhaps(survey.perhaps)
    yield from _governed(survey)


def _listed(documents: Sequence[Known], columns: int) -> Iterator[str]:
    # Those that speak of today are the ones that people work with.
    shown = sorted(documents, key=lambda one: not one.living)[:_MOST]
    kinds = max(len(one.type) for one in shown)
    widest = max(0, min(_PATH, columns - kinds - 6 - _WHY, max(width(safe(one.path)) for one in shown)))
    for one in shown:
        aside = "" if one.living else "does not speak of today; "
        head = f"  {pad(safe(one.path), widest)}  {pad(one.type, kinds)}  "
        why = aside + safe(one.why)
        if width(head) + _WHY <= columns:
            yield head + clip(why, columns - width(head))
        else:
            yield head.rstrip()
            yield f"    {clip(why, columns - 4)}"
    if len(documents) > len(shown):
        yield f"  and {len(documents) - len(shown)} more, which `doclint types` lists"


def _perhaps(guesses: Sequence[Perhaps]) -> Iterator[str]:
    for one in guesses[:_FEW]:
        yield f"{safe(one.path)} may be one too: {one.why}; if so:"
        yield f"  doclint init --type {safe(shlex.quote(f'{glob(one.path)}={one.type}'))}"


def _governed(survey: Survey) -> Iterator[str]:
    if survey.base is None:
        yield "there is no Git repository here: what branches and history prove wrong stays open"
    elif isinstance(survey.base, Unknown):
        yield "there is no commit yet that work could land in"
    elif survey.guessed and not survey.only:
        yield (
            f"work is taken to land in `{safe(survey.base.name)}`, which is checked out, since no branch has a usual name; "
            f'if it lands elsewhere, write `base = "NAME"` into {CONFIG}'
        )
    else:
        yield f"work lands in `{safe(survey.base.name)}`"
    if survey.config is not None:
        yield f"`{safe(survey.config)}` is there, and is left as it is"


def told(steps: Sequence[Step], dry: bool, configured: bool) -> Iterator[str]:
    """What became of each file, or with ``dry`` would become of it."""
    if not configured and not any(step.draft.path == CONFIG for step in steps):
        yield "no configuration is needed"
    for step in steps:
        path = safe(step.draft.path)
        match step.kind:
            case "write" if dry:
                yield f"would write {path} ({step.draft.purpose}):"
                yield from _lines(step.draft.text)
            case "write":
                yield f"wrote {path}: {step.draft.purpose}"
            case "add":
                yield f"{path} is left as it is; add to it what it lacks of this:"
                yield from _lines(step.draft.text)
            case "done":
                yield f"{path} is left as it is: {step.note}"
            case "stuck":
                yield f"{path} was not written: {step.note}"
    if not any(step.kind == "write" for step in steps):
        yield "nothing was written"


def _lines(text: str) -> Iterator[str]:
    lines = text.rstrip("\n").split("\n")
    for line in lines[:_LINES]:
        yield f"    {clip(safe(line), _LINE)}".rstrip()
    if len(lines) > _LINES:
        yield f"    … and {len(lines) - _LINES} lines more"


def following(survey: Survey, steps: Sequence[Step], dry: bool) -> Iterator[str]:
    """The commands that come next, after ``steps`` that were taken, or with ``dry`` only shown."""
    handled = {step.draft.path for step in steps if step.kind != "stuck"}
    # Both are what a file needs before it does what it was written for.
    first = [] if dry or survey.base is None else list(_unfinished(steps))
    rows = [
        ("doclint check", "what is wrong now"),
        ("doclint explain CODE", "why that matters, and when the rule stays silent"),
    ]
    if survey.documents:
        rows.append(("doclint status", "how far the work is, and what contradicts it"))
    else:
        rows.append(("doclint new progress-tracker --output PROGRESS.md", "a document to begin with"))
    if survey.documents and not survey.baseline and not any(step.draft.path.endswith(BASELINE) for step in steps):
        rows.append(("doclint init --baseline", "put old findings aside, to hear only of new ones"))
    if survey.base is not None and not survey.hooks and HOOKS not in handled:
        rows.append(("doclint init --hook", "let pre-commit check each commit"))
    if survey.workflows and not any(survey.workflows.values()) and WORKFLOW not in handled:
        rows.append(("doclint init --workflow", "let GitHub check each pull request"))
    if not survey.agents and AGENTS not in handled:
        rows.append(("doclint init --agents", "tell coding agents to check before they hand over"))
    widest = max(len(command) for command, _ in rows)
    yield ""
    yield "next:"
    yield from (f"  {command:{widest}}  {what}" for command, what in (*first, *rows))


def _unfinished(steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """What makes the files of ``steps`` take effect: commits have what is staged, and pre-commit has to be called."""
    written = [safe(shlex.quote(step.draft.path)) for step in steps if step.kind == "write"]
    if written:
        yield f"git add {' '.join(written)}", "what is not staged does not count in a commit"
    if any(step.draft.path == HOOKS and step.kind in ("write", "add") for step in steps):
        yield "pre-commit install", "in each clone, once: until then no commit is checked"
