"""``doclint status``."""

from __future__ import annotations

import click

from doclint.cli.options import TEXT_OR_JSON, Place, day, enter, place_options
from doclint.cli.voice import COLOUR, coloured, columns, confess, on_runner, progress, say


@click.command()
@click.argument("paths", nargs=-1)
@place_options
@click.option("--open", "unfinished", is_flag=True, help="Show only what is on the way, and what has findings.")
@click.option("--all", "everything", is_flag=True, help="Show also units that state nothing, and documents that do not speak of today.")
@click.option("--today", metavar="YYYY-MM-DD", help="The day to judge by; the clock's by default.")
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", help="How to print.")
@click.option("--color", type=COLOUR, default="auto", help="Whether to colour the board.")
def command(paths: tuple[str, ...], place: Place, unfinished: bool, everything: bool, today: str | None, format_: str, color: str) -> int:
    """Show how far each session, phase or task of the working documents is, when it last moved, and what contradicts it."""
    from doclint import chart
    from doclint.board import board
    from doclint.report import Presentation

    until = day(today)
    workspace = enter(place.wish(paths))
    where = workspace.plan, workspace.repo, workspace.paths, until
    found = board(*where, everything=everything, unfinished=unfinished, progress=progress())
    for crash in found.report.crashes:
        confess(crash, place.debug)
    say(
        chart.dump(found)
        if format_ == "json"
        else chart.text(found, Presentation(coloured(color), False, on_runner()), columns(), workspace.known is not None)
    )
    return 2 if found.report.crashes else 0
