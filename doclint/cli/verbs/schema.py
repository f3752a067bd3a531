"""``doclint schema``."""

from __future__ import annotations

import click

from doclint.cli.options import Place, enter, place_options
from doclint.cli.voice import say


@click.group()
def command() -> None:
    """Document types of your own, which stand in .doclint/schemas."""


@command.command()
@place_options
def check(place: Place) -> int:
    """Say whether the types and rules in .doclint can be used."""
    from doclint.listing import members_text
    from doclint.own import examine

    workspace = enter(place.wish()._replace(own=False))
    members = examine(workspace.repo, workspace.directory)
    say(members_text(members))
    return int(any(member.problem for member in members))


@command.command()
@click.argument("files", nargs=-1, required=True)
@place_options
@click.option("--type", "type_", metavar="NAME", default="own-type", help="What to call the type.")
@click.option("--noun", metavar="TEXT", help="What people call one of its documents, with its article.")
def infer(files: tuple[str, ...], place: Place, type_: str, noun: str | None) -> int:
    """Print a type that all these documents are of: what they share, and nothing that only some have."""
    from doclint.engine import documents
    from doclint.inferring import infer
    from doclint.reporters.json import dump

    workspace = enter(place.wish(files))
    found = list(documents(workspace.plan, workspace.repo, workspace.paths))
    say(dump(infer(found, type_, noun)))
    return 0
