"""``doclint types``."""

from __future__ import annotations

import click

from doclint.cli.options import TEXT_OR_JSON, Place, enter, from_stdin, place_options, stdin_option
from doclint.cli.voice import say


@click.command()
@click.argument("paths", nargs=-1)
@place_options
@stdin_option
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", help="How to print.")
def command(paths: tuple[str, ...], place: Place, stdin_filename: str | None, format_: str) -> int:
    """Say which type each document has, and why."""
    from doclint.engine import documents
    from doclint.listing import types_json, types_text

    workspace = enter(from_stdin(place.wish(paths), stdin_filename))
    read = documents(workspace.plan, workspace.repo, workspace.paths, workspace.overlay)
    found = [(one.source.path, one.type, one.why) for one in read]
    say((types_json if format_ == "json" else types_text)(found))
    return 0
