"""``doclint explain``."""

from __future__ import annotations

import click

from doclint.cli.options import brought_along
from doclint.cli.voice import COLOUR, coloured, say


@click.command()
@click.argument("rule")
@click.option("--color", type=COLOUR, default="auto", help="Whether to colour the page.")
def command(rule: str, color: str) -> int:
    """Print the page of a rule, named by its code or name; of codes that begin alike, such as ST, a list."""
    from doclint.listing import page_text, rules_text
    from doclint.resources import read
    from doclint.rule import named, shipped

    own = brought_along()
    family = sorted((one for one in (*shipped(), *own.rules) if one.code.rstrip("0123456789") == rule.upper()), key=lambda one: one.code)
    if family:
        say(rules_text(family))
        return 0
    found = named(rule, own.rules)
    page = own.pages[found.name].text if found.name in own.pages else read("rules", found.page)
    say(page_text(found, page, coloured(color)))
    return 0
