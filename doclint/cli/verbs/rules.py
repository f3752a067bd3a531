"""``doclint rules``."""

from __future__ import annotations

import click

from doclint.cli.options import TEXT_OR_JSON, brought_along
from doclint.cli.voice import say


@click.command()
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", help="How to print.")
def command(format_: str) -> int:
    """List the rules, with those of your own."""
    from doclint.listing import rules_json, rules_text
    from doclint.rule import shipped

    say((rules_json if format_ == "json" else rules_text)(sorted((*shipped(), *brought_along().rules), key=lambda rule: rule.code)))
    return 0
