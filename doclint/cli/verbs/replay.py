"""``doclint replay``."""

from __future__ import annotations

import click

from doclint.cli.options import TEXT_OR_JSON, Choice, Place, day, enter, place_options, rule_options
from doclint.cli.voice import COLOUR, coloured, complain, confess, looking_back, on_runner, say


@click.command()
@click.argument("paths", nargs=-1)
@place_options
@click.option("--since", metavar="REF", help="Look no further back than REF.")
@click.option("--today", metavar="YYYY-MM-DD", help="The day up to which days are counted; the clock's by default.")
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", help="How to report.")
@rule_options
@click.option("--color", type=COLOUR, default="auto", help="Whether to colour the report.")
def command(paths: tuple[str, ...], place: Place, since: str | None, today: str | None, format_: str, choice: Choice, color: str) -> int:
    """Tell since when the faults stand: the commit in which each began, and the days since then."""
    from doclint import ages
    from doclint.replay import replay
    from doclint.report import Presentation

    until = day(today)
    workspace = enter(place.wish(paths, choice.flags()))
    found = replay(workspace.plan, workspace.repo, workspace.paths, until, since=since, progress=looking_back())
    for crash in found.crashes:
        confess(crash, place.debug)
    if place.debug:
        complain(f"documents were judged {found.judged} times in {found.commits} commits")
    say(ages.dump(found) if format_ == "json" else ages.text(found, Presentation(coloured(color), False, on_runner())))
    return 2 if found.crashes else 0
