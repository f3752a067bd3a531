"""``doclint config``."""

from __future__ import annotations

import click

from doclint.cli.options import SEVERITIES, TEXT_OR_JSON, Choice, Place, brought_along, enter, place_options, rule_options
from doclint.cli.voice import say


@click.group()
def command() -> None:
    """The configuration: what holds, and where it is said."""


@command.command()
@click.argument("paths", nargs=-1)
@place_options
@rule_options
@click.option("--fail-on", type=SEVERITIES, envvar="DOCLINT_FAIL_ON", help="The least severity that gives the exit status 1.")
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", help="How to print.")
def show(paths: tuple[str, ...], place: Place, choice: Choice, fail_on: str | None, format_: str) -> int:
    """Tell each value and its source; of documents that are named, the rules that run, and why."""
    from doclint import governing
    from doclint.engine import documents
    from doclint.repo.facts import Base
    from doclint.reporters.json import dump

    workspace = enter(place.wish(paths, choice.flags()._replace(fail_on=fail_on))._replace(measured=False))
    plan, files = workspace.plan, workspace.files()
    said = click.get_current_context().get_parameter_source("fail_on") is click.core.ParameterSource.ENVIRONMENT
    names = {"fail-on": "DOCLINT_FAIL_ON" if said else "--fail-on", "extends": "--strict"}
    base = workspace.repo.base
    values = governing.values(plan, files, names, base.name if isinstance(base, Base) else None)
    found = [
        governing.Governed(
            one.source.path,
            one.type,
            one.why,
            one.lifecycle.value,
            governing.excluded(plan, one.source.path),
            governing.configuration(plan.at(one.source.path)),
        )
        for one in documents(plan, workspace.repo, workspace.paths)
    ]
    idle = governing.idle(plan, files)
    nested = governing.nested(plan, workspace.paths)
    if format_ == "json":
        say(dump(governing.value(values, idle, nested, found, plan, bool(paths))))
    else:
        say(governing.text(values, idle, nested, found, plan, bool(paths)))
    return 0


@command.command()
def schema() -> int:
    """Print the JSON Schema of a configuration file, with the rules of your own."""
    from doclint.catalogue import config_schema
    from doclint.reporters.json import dump
    from doclint.resources import index
    from doclint.rule import shipped

    rules = sorted((*shipped(), *brought_along().rules), key=lambda rule: rule.code)
    entries = [{key: getattr(rule, key) for key in ("code", "name", "summary", "severity", "options")} for rule in rules]
    say(dump(config_schema(index(), entries)))
    return 0
