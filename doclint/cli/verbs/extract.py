"""``doclint extract``."""

from __future__ import annotations

import click

from doclint.cli.options import Place, enter, from_stdin, place_options, stdin_option
from doclint.cli.voice import say


@click.command()
@click.argument("files", nargs=-1, required=True)
@place_options
@stdin_option
def command(files: tuple[str, ...], place: Place, stdin_filename: str | None) -> int:
    """Print what documents say as JSON: one object for one file, an array for several."""
    from doclint.engine import documents
    from doclint.model.located import locate
    from doclint.reporters.json import dump

    workspace = enter(from_stdin(place.wish(files), stdin_filename))
    values = [locate(document).value for document in documents(workspace.plan, workspace.repo, workspace.paths, workspace.overlay)]
    say(dump(values[0] if len(files) == len(values) == 1 else values))
    return 0
