"""The options that several verbs share, and the workspace that they mean."""

from __future__ import annotations

import datetime
import functools
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from doclint.errors import UsageError
from doclint.late import late

if TYPE_CHECKING:
    from doclint.config import Flags
    from doclint.own import Own
    from doclint.workspace import Wish, Workspace

F = TypeVar("F", bound=Callable[..., Any])

TEXT_OR_JSON = click.Choice(["text", "json"])
SEVERITIES = click.Choice(["error", "warning", "info", "never"])


# A file whose name has an equals sign in it can be written with a slash before that.
_INLINE = late(r"""\s*[\w"'][\w"'. -]*=""")


class Place(NamedTuple):
    """Which tree is meant, and what governs it, as the command line says it."""

    directory: str = ""
    staged: bool = False
    rev: str | None = None
    base: str | None = None
    config: tuple[str, ...] = ()
    no_config: bool = False
    debug: bool = False

    def wish(self, paths: Sequence[str] = (), flags: Flags | None = None) -> Wish:
        """The wish for ``paths`` in this place. Raises UsageError where two trees are named."""
        from doclint.config import Flags
        from doclint.workspace import Wish, revision

        if self.staged and self.rev is not None:
            raise UsageError("--staged and --rev name two trees: choose one")
        inlines = tuple(one for one in self.config if _INLINE.match(one))
        files = [one for one in self.config if one not in inlines]
        if len(files) > 1:
            raise UsageError(f"--config names two files, `{files[0]}` and `{files[1]}`: one can `extend` the other")
        standing = os.environ.get("DOCLINT_CONFIG")
        if standing and not (files or self.no_config):
            if not os.path.exists(os.path.join(where(self.directory), standing)):
                raise UsageError(f"DOCLINT_CONFIG names `{standing}`, and there is no such file")
            files = [standing]
        return Wish(
            where=where(self.directory),
            tree="index" if self.staged else "worktree" if self.rev is None else revision(self.rev),
            paths=tuple(paths),
            config="" if self.no_config else files[0] if files else None,
            inlines=inlines,
            flags=(flags or Flags())._replace(base=self.base),
        )


class Choice(NamedTuple):
    """Which rules are to run, as the command line says it."""

    strict: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def flags(self) -> Flags:
        from doclint.config import Flags

        return Flags("strict" if self.strict else None, _listed(self.select), _listed(self.ignore))


def directory_option(verb: F) -> F:
    return click.option("-C", "directory", metavar="DIR", default="", help="Run as if started in DIR.")(verb)


def place_options(verb: Callable[..., int]) -> Callable[..., int]:
    """The options that say which tree is meant; the verb gets them as ``place``."""
    return _together(
        verb,
        "place",
        Place,
        directory_option,
        click.option("--staged", is_flag=True, help="Judge the index, as a commit would have it."),
        click.option("--rev", metavar="REV", help="Judge a revision; the work tree is not looked at."),
        click.option("--base", metavar="BRANCH", help="The branch that work lands in."),
        click.option(
            "--config",
            metavar="FILE|KEY=VALUE",
            multiple=True,
            help="Read this configuration file and no other (or DOCLINT_CONFIG), or say a key's value in TOML, above all files.",
        ),
        click.option("--no-config", is_flag=True, help="Read no configuration file."),
        click.option("--debug", is_flag=True, help="Show where doclint itself fails."),
    )


def rule_options(verb: Callable[..., int]) -> Callable[..., int]:
    """The options that say which rules run; the verb gets them as ``choice``."""
    return _together(
        verb,
        "choice",
        Choice,
        click.option("--strict", is_flag=True, help="Run the strict pack."),
        click.option("--select", multiple=True, metavar="RULE,…", help="Run these rules alone: codes, names, prefixes such as ST, all."),
        click.option("--ignore", multiple=True, metavar="RULE,…", help="Do not run these rules."),
    )


def baseline_options(verb: F) -> F:
    """The options that say which findings are known."""
    for option in (
        click.option("--no-baseline", is_flag=True, help="Tell also what the baseline knows."),
        click.option("--baseline", metavar="FILE", help="Read the known findings from FILE, in place of .doclint-baseline.json."),
    ):
        verb = option(verb)
    return verb


def _together(verb: Callable[..., int], name: str, kind: type[Any], *options: Callable[[Any], Any]) -> Callable[..., int]:
    @functools.wraps(verb)
    def gathered(*args: Any, **said: Any) -> int:
        one = kind(**{field: said.pop(field) for field in kind._fields})
        return verb(*args, **said, **{name: one})

    for option in reversed(options):
        gathered = option(gathered)
    return gathered


def stdin_option(verb: F) -> F:
    return click.option("--stdin-filename", metavar="PATH", help="The path of the document that is read from stdin (PATH `-`).")(verb)


def from_stdin(wish: Wish, name: str | None) -> Wish:
    """The wish with the document from stdin, if it asks for it; ``name`` is what that goes by."""
    from doclint.workspace import STDIN

    if STDIN in wish.paths:
        return wish._replace(stdin=b"" if sys.stdin is None else sys.stdin.buffer.read(), stdin_name=name or wish.stdin_name)
    if name is not None:
        raise UsageError(f"`--stdin-filename {name}` names the document from stdin, which is read where a path is `-`")
    return wish


def where(directory: str) -> str:
    """``-C`` before the verb and behind it, one seen from the other."""
    parent = click.get_current_context().find_root().params.get("directory") or ""
    return os.path.join(parent, directory) or "."


def enter(wish: Wish) -> Workspace:
    """The workspace that ``wish`` means, closed when the verb ends."""
    from doclint.workspace import enter

    workspace = enter(wish)
    click.get_current_context().call_on_close(workspace.repo.close)
    return workspace


def brought_along() -> Own:
    """The rules and types of the directory that one stands in; none where no directory above holds a ``.doclint``."""
    from doclint.own import Own, above, load

    if not above(where("")):
        return Own()
    workspace = enter(Place().wish()._replace(own=False, nested=False))
    return load(workspace.repo, workspace.directory)


def day(text: str | None) -> datetime.date:
    """The day that ``--today`` names; the clock's where it names none."""
    if text is None:
        return datetime.date.today()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"`--today {text}` is no day; expected YYYY-MM-DD") from None


def _listed(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
