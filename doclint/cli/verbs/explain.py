"""``doclint explain``."""

from __future__ import annotations

import click

from doclint.cli.options import brought_along
from doclint.cli.voice import COLOUR, coloured, say


@click.command()
@click.argument("rule")
@click.option("--color", type=COLOUR, default="auto", help="Whether to colour the page.")
def command(rule: str, color: str) -> int:
    """Print the page of a rule, named by its code or name."""
    from doclint.listing import page_text
    from doclint.resources import read
    from doclint.rule import named

    own = brought_along()
    found = named(rule, own.rules)
    page = own.pages[found.name].text if found.name in own.pages else read("rules", found.page)
    say(page_text(found, page, coloured(color)))
    return 0
