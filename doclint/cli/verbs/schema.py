"""``doclint schema``."""

from __future__ import annotations

import click

from doclint.cli.options import Place, enter, place_options
from doclint.cli.voice import say
from doclint.errors import UsageError


@click.group()
def command() -> None:
    """Document types of your own, which stand in .doclint/schemas."""


@command.command()
@place_options
def check(place: Place) -> int:
    """Say whether the types and rules in .doclint can be used."""
    from doclint.listing import members_text
    from doclint.own import examine

    workspace = enter(place.wish()._replace(own=False, nested=False))
    members = examine(workspace.repo, workspace.directory)
    say(members_text(members))
    return int(any(member.problem for member in members))


@command.command()
@click.argument("files", nargs=-1, required=True)
@place_options
@click.option("--type", "type_", metavar="NAME", default="own-type", help="What to call the type.")
@click.option("--noun", metavar="TEXT", help="What people call one of its documents, with its article.")
@click.option("--save", is_flag=True, help="Write it to .doclint/schemas, where types are looked for, in place of printing it.")
def infer(files: tuple[str, ...], place: Place, type_: str, noun: str | None, save: bool) -> int:
    """Print a type that all these documents are of: what they share, and nothing that only some have."""
    from doclint import fixer
    from doclint.engine import documents
    from doclint.inferring import infer
    from doclint.own import home
    from doclint.reporters.json import dump

    if save and (place.staged or place.rev is not None):
        raise UsageError("--save writes to the work tree, beside what is judged there: leave --staged and --rev out")
    # What the documents share is asked for without the types that are there: one of them may be the file that is about to be written.
    workspace = enter(place.wish(files)._replace(own=False))
    found = list(documents(workspace.plan, workspace.repo, workspace.paths))
    text = dump(infer(found, type_, noun))
    if not save:
        say(text)
        return 0
    path = home(type_, workspace.directory)
    try:
        fixer.make_way(workspace.repo.root, path)
        fixer.create(workspace.repo.root, path, text.encode("utf-8"))
    except fixer.UnwritableError as error:
        raise UsageError(f"`{path}` was not written: {error}") from None
    say(f"wrote {path}\n")
    return 0
