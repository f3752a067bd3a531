"""``doclint init``."""

from __future__ import annotations

import click

from doclint.cli.options import Place, day, directory_option, enter
from doclint.cli.voice import COLOUR, ask, coloured, columns, complain, confess, progress, say


@click.command()
@directory_option
@click.option("--type", "types", multiple=True, metavar="GLOB=TYPE", help="Give the documents that match a type, in doclint.toml.")
@click.option("--baseline", is_flag=True, help="Put what is wrong now aside, so that only new findings are told.")
@click.option("--hook", is_flag=True, help="Let pre-commit check each commit.")
@click.option("--workflow", is_flag=True, help="Let GitHub check each pull request.")
@click.option("--agents", is_flag=True, help="Tell coding agents to check before they hand over, in AGENTS.md.")
@click.option("--source", metavar="URL[@REV]", help="The Git repository that hook and workflow install doclint from.")
@click.option(
    "-y", "--yes", is_flag=True, help="Write hook, workflow and AGENTS.md where they fit, without asking; where some are named, only those."
)
@click.option("--today", metavar="YYYY-MM-DD", help="The day to judge by, and to record in the baseline; the clock's by default.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@click.option("--color", type=COLOUR, default="auto", help="Whether to colour what is said.")
def command(
    directory: str,
    types: tuple[str, ...],
    baseline: bool,
    hook: bool,
    workflow: bool,
    agents: bool,
    source: str | None,
    yes: bool,
    today: str | None,
    dry_run: bool,
    color: str,
) -> int:
    """Find the working documents of a repository, and set up what is missing. Nothing that is there is written to."""
    from doclint import doctype, starting, welcome

    until = day(today)
    here = enter(Place(directory).wish()._replace(measured=False))
    root = here.repo.root
    workspace = enter(Place(root).wish()._replace(measured=False)) if here.repo.prefix else here
    known = [type.name for type in (*doctype.shipped(), *workspace.plan.types)]
    declared = tuple(starting.declared(one, known) for one in types)
    found = starting.survey(workspace.plan, workspace.repo, workspace.paths, here.repo.prefix, workspace.baseline, progress())
    wants = starting.Wants(declared, hook, workflow, agents, starting.source(source))
    say("".join(f"{line}\n" for line in welcome.found(found, root, coloured(color), columns())))
    if not (hook or workflow or agents) and (yes or not (dry_run or baseline or types)):
        wants = starting.agreed(found, wants, (lambda _: True) if yes else ask)
    steps = starting.steps(found, wants)
    refused = [] if dry_run else starting.carry_out(root, steps)
    if baseline:
        # What was written just now governs what is found.
        afresh = enter(Place(root).wish()._replace(measured=False, all=True))
        report = afresh.judge(until, progress())({})
        for crash in report.crashes:
            confess(crash, debug=False)
        if report.crashes:
            return 2
        last = starting.remembered(found, starting.recorded(afresh.baseline, report, until))
        steps.append(last)
        refused += [] if dry_run else starting.carry_out(root, [last])
    failed = {one.path for one in refused}
    told = [step for step in steps if step.draft.path not in failed]
    say("".join(f"{line}\n" for line in welcome.told(told, dry_run, found.config is not None)))
    for one in refused:
        complain(f"`{one.path}` was not written: {one.reason}")
    say("".join(f"{line}\n" for line in welcome.following(found, told, dry_run)))
    return 2 if refused else 0
