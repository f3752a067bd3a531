"""``doclint baseline``."""

from __future__ import annotations

from collections.abc import Callable

import click

from doclint.baseline import Baseline, Change, Scope, dump, on_disk, pruned, record, updated, write
from doclint.cli.options import TEXT_OR_JSON, Choice, Place, day, enter, place_options, rule_options
from doclint.cli.voice import confess, progress, say
from doclint.discover import TREES
from doclint.errors import UsageError
from doclint.report import Report
from doclint.wording import count
from doclint.workspace import Workspace


def _file_option(verb: Callable[..., int]) -> Callable[..., int]:
    return click.option("--baseline", "file", metavar="FILE", help="The file, in place of .doclint-baseline.json.")(verb)


def _day_option(verb: Callable[..., int]) -> Callable[..., int]:
    return click.option("--today", metavar="YYYY-MM-DD", help="The day to judge by, and to record; the clock's by default.")(verb)


@click.group()
def command() -> None:
    """The findings that are known: `doclint check` counts them, and does not tell them."""


@command.command()
@place_options
@rule_options
@_file_option
@_day_option
@click.option("--force", is_flag=True, help="Write it even if there is one.")
def create(place: Place, choice: Choice, file: str | None, today: str | None, force: bool) -> int:
    """Put all that is found now into a new baseline."""
    judged_by = day(today)
    workspace = enter(place.wish((), choice.flags())._replace(baseline=file, measured=False, all=True))
    before = on_disk(_root(workspace), workspace.baseline)
    if before is not None and not force:
        raise UsageError(f"`{workspace.baseline}` exists: `doclint baseline update` brings it up to date, --force starts anew")
    report = workspace.judge(judged_by, progress())({})
    if _failed(report, place):
        return 2
    write(_root(workspace), workspace.baseline, before, dump(record(report, report.diagnostics, judged_by)))
    say(f"{workspace.baseline}: {count(len(report.diagnostics), 'finding')} recorded\n")
    return 0


@command.command()
@place_options
@rule_options
@_file_option
@_day_option
def update(place: Place, choice: Choice, file: str | None, today: str | None) -> int:
    """Add what is new, and drop what is stale."""
    judged_by = day(today)
    return _change(place, choice, file, today, lambda known, report, scope: updated(known, report, scope, judged_by))


@command.command()
@place_options
@rule_options
@_file_option
@_day_option
def prune(place: Place, choice: Choice, file: str | None, today: str | None) -> int:
    """Drop what is stale, and nothing else."""
    return _change(place, choice, file, today, pruned)


@command.command()
@place_options
@rule_options
@_file_option
@_day_option
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", help="How to print.")
def show(place: Place, choice: Choice, file: str | None, today: str | None, format_: str) -> int:
    """List the entries, and mark those that are stale."""
    from doclint.listing import baseline_json, baseline_text

    judged_by = day(today)
    workspace = enter(place.wish((), choice.flags())._replace(baseline=file, all=True))
    report = workspace.lint(judged_by, progress())({})
    assert report.baseline is not None
    say((baseline_json if format_ == "json" else baseline_text)(report.baseline))
    return 2 if _failed(report, place) else 0


def _change(place: Place, choice: Choice, file: str | None, today: str | None, change: Callable[[Baseline, Report, Scope], Change]) -> int:
    workspace = enter(place.wish((), choice.flags())._replace(baseline=file, all=True))
    known = workspace.known
    assert known is not None
    if on_disk(_root(workspace), known.path) != known.data:
        raise UsageError(f"`{known.path}` in the work tree is not the one of the {TREES[workspace.repo.origin]}, and is left as it is")
    report = workspace.judge(day(today), progress())({})
    if _failed(report, place):
        return 2
    changed = change(known, report, workspace.scope)
    write(_root(workspace), known.path, known.data, dump(changed.entries))
    kept = sum(entry.count for entry in changed.entries) - changed.added
    say(f"{known.path}: {changed.added} added, {changed.dropped} dropped, {kept} kept\n")
    return 0


def _root(workspace: Workspace) -> str:
    if workspace.repo.bare:
        raise UsageError(f"{workspace.repo.root} has no work tree that a baseline could be written to")
    return workspace.repo.root


def _failed(report: Report, place: Place) -> bool:
    """Whether doclint itself failed, which is said: what it then found is not all."""
    for crash in report.crashes:
        confess(crash, place.debug)
    return bool(report.crashes)
