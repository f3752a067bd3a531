"""The command line. Each verb is a module in ``verbs``, which parses, calls, renders and returns the exit status."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from doclint import __version__
from doclint.cli.options import directory_option
from doclint.cli.voice import complain, murmur
from doclint.errors import DoclintError, UsageError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What a full disk says, whatever was written to it."""


class _Verbs(click.Group):
    """The verbs by the names of their modules; only the one that is called is imported."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            from doclint.nearest import hint

            raise UsageError(f"`{args[0]}` is no verb of doclint{hint(args[0], self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        from pkgutil import iter_modules

        from doclint.cli import verbs

        return sorted(module.name for module in iter_modules(verbs.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if not (cmd_name.isascii() and cmd_name.isidentifier()):
            return None
        module = f"doclint.cli.verbs.{cmd_name}"
        try:
            command = import_module(module).command
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            return None
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@directory_option
def doclint(directory: str) -> None:
    """Find the claims in working documents that Git can prove wrong."""


def _variable(error: click.ClickException) -> str:
    """The variable of the environment whose value is off, if it is one's and not an option's."""
    if not isinstance(error, click.BadParameter) or error.ctx is None or error.param is None or error.param.name is None:
        return ""
    said = error.ctx.get_parameter_source(error.param.name) is click.core.ParameterSource.ENVIRONMENT
    return f"{error.param.envvar}: " if said else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status: 0 clean, 1 findings, 2 doclint could not do what was asked, 130 interrupted."""
    # A run is short and keeps nearly all that it makes: looking for garbage costs more than it brings.
    gc.disable()
    # Where a stream was closed before the start, Python has none; what is said then goes nowhere.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    debug = "--debug" in (sys.argv[1:] if arguments is None else arguments)
    try:
        code = doclint.main(args=None if arguments is None else list(arguments), prog_name="doclint", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        murmur(f"{error.format_message()}\n")
        return 2
    except click.ClickException as error:
        usage = getattr(error, "ctx", None)
        complain(_variable(error) + error.format_message() + (f" (see `{usage.command_path} --help`)" if usage is not None else ""))
        return 2
    except DoclintError as error:
        for sentence in error.sentences:
            complain(sentence)
        return 2
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        # Who reads the output has seen enough; Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            complain(f"the output cannot be written: {(error.strerror or 'the system refuses').lower()}")
            return 2
        if debug:
            import traceback

            murmur(traceback.format_exc())
        complain(f"internal error: {type(error).__name__}: {error}{'' if debug else ' (--debug shows where)'}")
        return 2
