"""``doclint new``."""

from __future__ import annotations

import os

import click

from doclint.cli.options import Place, day, directory_option, enter, where
from doclint.cli.voice import create, say


@click.command()
@click.argument("type_", metavar="TYPE")
@directory_option
@click.option("--title", metavar="TEXT", help="The document's title.")
@click.option("--output", metavar="FILE", help="Write it to FILE, which must not exist.")
@click.option("--today", metavar="YYYY-MM-DD", help="The day to date it by; the clock's by default.")
def command(type_: str, directory: str, title: str | None, output: str | None, today: str | None) -> int:
    """Print a new document of a type, with all that the type asks for."""
    from doclint.drafting import draft, named

    workspace = enter(Place(directory).wish()._replace(nested=False))
    text = draft(named(type_, workspace.plan.types), day(today), title)
    if output is None:
        say(text)
    else:
        create(os.path.join(where(directory), output), text)
    return 0
