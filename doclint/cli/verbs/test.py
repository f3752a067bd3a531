"""``doclint test``."""

from __future__ import annotations

import click

from doclint.cli.voice import say


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@click.option("--update", is_flag=True, help="Write what was printed into the pages.")
def command(pages: tuple[str, ...], update: bool) -> int:
    """Run the examples on rule pages: the named ones, else those that doclint ships."""
    from doclint.examples import run_files
    from doclint.listing import results_text

    results = run_files(pages, update=update)
    say(results_text(results))
    return int(not all(result.passed for result in results))
