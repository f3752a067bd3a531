"""``doclint demo``."""

from __future__ import annotations

import click

from doclint.cli.voice import COLOUR, coloured, on_runner, say


@click.command()
@click.option("--keep", metavar="DIR", help="Build the repository in DIR, and leave it there.")
@click.option("--color", type=COLOUR, default="auto", help="Whether to colour the report.")
def command(keep: str | None, color: str) -> int:
    """Build a small repository whose documents are wrong, and check it."""
    from doclint.demo import run
    from doclint.report import Presentation

    say(run(keep, Presentation(colour=coloured(color), runner=on_runner())))
    return 0
