"""``doclint merge``."""

from __future__ import annotations

import sys

import click

from doclint.cli.options import SEVERITIES
from doclint.cli.outputs import write


@click.command()
@click.argument("reports", nargs=-1, required=True, metavar="[NAME=]REPORT…")
@click.option("--output", metavar="FILE", help="Write the report to FILE.")
@click.option("--fail-on", type=SEVERITIES, default="error", help="The least severity that gives the exit status 1.")
def command(reports: tuple[str, ...], output: str | None, fail_on: str) -> int:
    """Join reports of `check` in JSON or SARIF: of the parts of a run, or of several repositories, each of which then has a NAME."""
    from doclint.diagnostic import Severity
    from doclint.merging import merge

    merged = merge(reports)
    if output is None:
        sys.stdout.write(merged.text)
    else:
        write(output, merged.text)
    return merged.exit_code(None if fail_on == "never" else Severity(fail_on))
