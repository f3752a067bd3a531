"""``doclint check``."""

from __future__ import annotations

import os
import shlex
import sys

import click

from doclint.cli.options import (
    SEVERITIES,
    Choice,
    Place,
    baseline_options,
    day,
    enter,
    from_stdin,
    place_options,
    rule_options,
    stdin_option,
)
from doclint.cli.outputs import hand_out, outputs, write
from doclint.cli.voice import COLOUR, coloured, columns, complain, confess, hand_over, on_runner, pass_on, progress
from doclint.errors import UsageError
from doclint.reporters import formats


@click.command()
@click.argument("paths", nargs=-1)
@place_options
@click.option("--since", metavar="REV", help="Tell only what the changes since REV brought in, in whatever document.")
@click.option("--phase", type=click.Choice(["start", "end"]), help="Ask also for what documents must have when work starts, or ends.")
@click.option("--today", metavar="YYYY-MM-DD", help="The day to judge by; the clock's by default.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(formats()),
    default="text",
    envvar="DOCLINT_OUTPUT_FORMAT",
    help="How to report.",
)
@click.option(
    "--output",
    "files",
    metavar="[FORMAT:]FILE",
    multiple=True,
    help="Write the report to FILE; with a FORMAT, which may repeat, beside the one on stdout.",
)
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, and report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="Count fixes that need a second look as well; with --fix or --diff, apply them.")
@click.option("--diff", is_flag=True, help="Write nothing; print what --fix would change, and exit with 1 if that is anything.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if anything was fixed, even if nothing is left.")
@click.option("--fail-on", type=SEVERITIES, envvar="DOCLINT_FAIL_ON", help="The least severity that gives the exit status 1.")
@rule_options
@baseline_options
@click.option("--force-exclude", is_flag=True, help="Exclude files even if they are named.")
# Whoever scripts a linter passes this to all of them; nothing is stored that it could do without.
@click.option("--no-cache", is_flag=True, expose_value=False, hidden=True)
@click.option("--color", type=COLOUR, default="auto", help="Whether to colour the report.")
@click.option("--shard", "part", metavar="I/N", help="Judge the I-th of N parts of the documents, in the light of all.")
@stdin_option
@click.option("--show-undecided", is_flag=True, help="Show the questions that could not be answered.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
def command(
    paths: tuple[str, ...],
    place: Place,
    since: str | None,
    phase: str | None,
    today: str | None,
    format_: str,
    files: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    exit_non_zero_on_fix: bool,
    fail_on: str | None,
    choice: Choice,
    baseline: str | None,
    no_baseline: bool,
    force_exclude: bool,
    color: str,
    part: str | None,
    stdin_filename: str | None,
    show_undecided: bool,
    exit_zero: bool,
) -> int:
    """Check documents: the named files and directories, else all below the current directory."""
    from doclint.handed import handed
    from doclint.hosting import web
    from doclint.report import Presentation
    from doclint.shard import shard

    wanted = outputs(format_, files)
    if diff and format_ != "text":
        raise UsageError(f"--diff prints a diff and no report: leave `--format {format_}` out")
    if diff and len(wanted) > 1:
        raise UsageError("--diff prints a diff and no report: give it one `--output FILE` without a format")
    flags = choice.flags()._replace(fail_on=fail_on, phase=phase)
    wish = from_stdin(place.wish(paths, flags), stdin_filename)._replace(
        force_exclude=force_exclude,
        since=since,
        handed=handed(os.environ) if place.staged and since is None else None,
        mends=fix and not diff,
        shard=None if part is None else shard(part),
        baseline=baseline,
        measured=not no_baseline,
    )
    judged_by = day(today)
    workspace = enter(wish)
    if not workspace.paths:
        complain("no documents to check")
    if any(one.files for one in workspace.plan.every) and "" in workspace.targets:
        from doclint.governing import overlooked

        if sentence := overlooked(workspace.plan, workspace.files()):
            complain(sentence)
    for path in workspace.unstaged:
        complain(f"`{path}` is not in the index, and counts for nothing there: `git add {shlex.quote(path)}`")
    lint = workspace.lint(judged_by, progress())
    if fix or diff:
        from doclint import mending

        mended = mending.mend(lint, unsafe=unsafe_fixes, overlay=workspace.overlay)
        report = mended.report if diff or workspace.overlay else mending.write(mended, workspace.repo.root, lint)
    else:
        mended, report = None, lint(workspace.overlay)
    for crash in report.crashes:
        confess(crash, place.debug)
    for one in report.unwritten:
        complain(f"`{one.path}` was not mended: {one.reason}")
    if mended is not None and diff:
        if wanted[0].file is None:
            hand_over(mended.patch())
        else:
            write(wanted[0].file, mended.patch())
        code = report.exit_code(None) or int(bool(mended.changes))
    else:
        if mended is not None and workspace.overlay:
            pass_on(mended.after(workspace.overlay))
        cells = columns() if sys.stdout.isatty() else None
        presentation = Presentation(
            coloured(color), show_undecided, on_runner(), unsafe_fixes, workspace.plan.fail_on, web(os.environ), cells
        )
        # The document has taken the standard output.
        hand_out(report, presentation, wanted, sys.stderr if mended is not None and workspace.overlay else sys.stdout)
        code = report.exit_code(workspace.plan.fail_on) or int(exit_non_zero_on_fix and bool(report.fixed))
    return 0 if exit_zero and code == 1 else code
