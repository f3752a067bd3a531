"""The command line: every verb parses, calls, renders and exits."""

from __future__ import annotations

import datetime
import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from doclint import __version__
from doclint.errors import DoclintError, UsageError
from doclint.terminal import colour, inert, safe

if TYPE_CHECKING:
    from doclint.own import Own
    from doclint.report import Crash
    from doclint.workspace import Wish, Workspace

F = TypeVar("F", bound=Callable[..., Any])

_COLOUR = click.Choice(["auto", "always", "never"])
_TEXT = click.Choice(["text", "json"])
_PROGRESS_FROM = 50


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
        sys.stderr.write(f"{error.format_message()}\n")
        return 2
    except click.ClickException as error:
        usage = getattr(error, "ctx", None)
        _complain(error.format_message() + (f" (see `{usage.command_path} --help`)" if usage is not None else ""))
        return 2
    except DoclintError as error:
        _complain(str(error))
        return 2
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        # Who reads the output has seen enough; Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as error:
        if debug:
            import traceback

            sys.stderr.write(traceback.format_exc())
        _complain(f"internal error: {type(error).__name__}: {error}{'' if debug else ' (--debug shows where)'}")
        return 2


def _complain(sentence: str) -> None:
    line = f"doclint: {' '.join(safe(part) for part in sentence.splitlines())}"
    sys.stderr.write(f"{inert(line) if _runner() else line}\n")


def _runner() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _coloured(choice: str) -> bool:
    return colour(choice, os.environ, sys.stdout.isatty())


def _say(text: str) -> None:
    if _runner():
        text = "".join(inert(line) for line in text.splitlines(keepends=True))
    sys.stdout.write(text)


def _directory_option(verb: F) -> F:
    return click.option("-C", "directory", metavar="DIR", default="", help="Run as if started in DIR.")(verb)


def _tree_options(verb: F) -> F:
    """The options that say which tree is meant and what governs it."""
    for option in reversed(
        (
            click.option("--staged", is_flag=True, help="Judge the index, as a commit would have it."),
            click.option("--rev", metavar="REV", help="Judge a revision; the work tree is not looked at."),
            click.option("--base", metavar="BRANCH", help="The branch that work lands in."),
            click.option("--config", metavar="FILE", envvar="DOCLINT_CONFIG", help="Read this configuration file and no other."),
            click.option("--no-config", is_flag=True, help="Read no configuration file."),
            click.option("--debug", is_flag=True, help="Show where doclint itself fails."),
        )
    ):
        verb = option(verb)
    return _directory_option(verb)


def _stdin_option(verb: F) -> F:
    return click.option("--stdin-filename", metavar="PATH", help="The path of the document that is read from stdin (PATH `-`).")(verb)


def _where(directory: str) -> str:
    """``-C`` before the verb and behind it, one seen from the other."""
    parent = click.get_current_context().find_root().params.get("directory") or ""
    return os.path.join(parent, directory) or "."


def _wish(
    paths: Sequence[str], directory: str, staged: bool, rev: str | None, base: str | None, config: str | None, no_config: bool
) -> Wish:
    from doclint.config import Flags
    from doclint.workspace import Wish

    if staged and rev is not None:
        raise UsageError("--staged and --rev name two trees: choose one")
    # A branch may be called `index`; Git's own full name tells it from the tree of that name.
    revision = f"refs/heads/{rev}" if rev in ("index", "worktree") else rev
    return Wish(
        where=_where(directory),
        tree="index" if staged else "worktree" if revision is None else revision,
        paths=tuple(paths),
        config="" if no_config else config,
        flags=Flags(base=base),
    )


def _from_stdin(wish: Wish, name: str | None) -> Wish:
    """The wish with the document from stdin, if it asks for it; ``name`` is what that goes by."""
    from doclint.workspace import STDIN

    if STDIN in wish.paths:
        return wish._replace(stdin=b"" if sys.stdin is None else sys.stdin.buffer.read(), stdin_name=name or wish.stdin_name)
    if name is not None:
        raise UsageError(f"`--stdin-filename {name}` names the document from stdin, which is read where a path is `-`")
    return wish


def _enter(wish: Wish) -> Workspace:
    from doclint.workspace import enter

    workspace = enter(wish)
    click.get_current_context().call_on_close(workspace.repo.close)
    return workspace


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@_directory_option
def doclint(directory: str) -> None:
    """Find the claims in working documents that Git can prove wrong."""


@doclint.command()
@click.argument("paths", nargs=-1)
@_tree_options
@click.option("--since", metavar="REV", help="Tell only what the changes since REV brought in, in whatever document.")
@click.option("--phase", type=click.Choice(["start", "end"]), help="Ask also for what documents must have when work starts, or ends.")
@click.option("--today", metavar="YYYY-MM-DD", help="The day to judge by; the clock's by default.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "concise", "json"]),
    default="text",
    envvar="DOCLINT_OUTPUT_FORMAT",
    help="How to report.",
)
@click.option("--output", metavar="FILE", help="Write the report to FILE.")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, and report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="Count fixes that need a second look as well; with --fix or --diff, apply them.")
@click.option("--diff", is_flag=True, help="Write nothing; print what --fix would change, and exit with 1 if that is anything.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if anything was fixed, even if nothing is left.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "info", "never"]), help="The least severity that gives the exit status 1."
)
@click.option("--strict", is_flag=True, help="Run the strict pack.")
@click.option("--select", multiple=True, metavar="RULE,…", help="Run these rules alone: codes, names, prefixes such as ST, all.")
@click.option("--ignore", multiple=True, metavar="RULE,…", help="Do not run these rules.")
@click.option("--force-exclude", is_flag=True, help="Exclude files even if they are named.")
@click.option("--no-cache", is_flag=True, help="Use no stored results; none are stored so far.")
@click.option("--color", type=_COLOUR, default="auto", help="Whether to colour the report.")
@_stdin_option
@click.option("--show-undecided", is_flag=True, help="Show the questions that could not be answered.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
def check(
    paths: tuple[str, ...],
    directory: str,
    staged: bool,
    rev: str | None,
    base: str | None,
    config: str | None,
    no_config: bool,
    debug: bool,
    since: str | None,
    phase: str | None,
    today: str | None,
    format_: str,
    output: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    exit_non_zero_on_fix: bool,
    fail_on: str | None,
    strict: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    force_exclude: bool,
    no_cache: bool,
    color: str,
    stdin_filename: str | None,
    show_undecided: bool,
    exit_zero: bool,
) -> int:
    """Check documents: the named files and directories, else all below the current directory."""
    from importlib import import_module

    from doclint.config import Flags
    from doclint.report import Presentation

    if diff and format_ != "text":
        raise UsageError(f"--diff prints a diff and no report: leave `--format {format_}` out")
    wish = _from_stdin(_wish(paths, directory, staged, rev, base, config, no_config), stdin_filename)._replace(
        flags=Flags("strict" if strict else None, _listed(select), _listed(ignore), fail_on, base, phase),
        force_exclude=force_exclude,
        since=since,
        mends=fix and not diff,
    )
    day = _day(today)
    workspace = _enter(wish)
    if not workspace.paths:
        _complain("no documents to check")
    lint = workspace.lint(day, _progress())
    if fix or diff:
        from doclint import mending

        mended = mending.mend(lint, unsafe=unsafe_fixes, overlay=workspace.overlay)
        report = mended.report if diff or workspace.overlay else mending.write(mended, workspace.repo.root, lint)
    else:
        mended, report = None, lint(workspace.overlay)
    for crash in report.crashes:
        _confess(crash, debug)
    for one in report.unwritten:
        _complain(f"`{one.path}` was not mended: {one.reason}")
    if mended is not None and diff:
        _hand_over(mended.patch(), output)
        code = report.exit_code(None) or int(bool(mended.changes))
    else:
        if mended is not None and workspace.overlay:
            _pass_on(mended.after(workspace.overlay))
        presentation = Presentation(output is None and _coloured(color), show_undecided, _runner(), unsafe_fixes)
        # The document has taken the standard output.
        stream = sys.stderr if mended is not None and workspace.overlay else sys.stdout
        _write(import_module(f"doclint.reporters.{format_}").render(report, presentation), output, stream)
        code = report.exit_code(workspace.plan.fail_on) or int(exit_non_zero_on_fix and bool(report.fixed))
    return 0 if exit_zero and code == 1 else code


@doclint.command()
@click.argument("paths", nargs=-1)
@_tree_options
@click.option("--since", metavar="REF", help="Look no further back than REF.")
@click.option("--today", metavar="YYYY-MM-DD", help="The day up to which days are counted; the clock's by default.")
@click.option("--format", "format_", type=_TEXT, default="text", help="How to report.")
@click.option("--strict", is_flag=True, help="Run the strict pack.")
@click.option("--select", multiple=True, metavar="RULE,…", help="Run these rules alone: codes, names, prefixes such as ST, all.")
@click.option("--ignore", multiple=True, metavar="RULE,…", help="Do not run these rules.")
@click.option("--color", type=_COLOUR, default="auto", help="Whether to colour the report.")
def replay(
    paths: tuple[str, ...],
    directory: str,
    staged: bool,
    rev: str | None,
    base: str | None,
    config: str | None,
    no_config: bool,
    debug: bool,
    since: str | None,
    today: str | None,
    format_: str,
    strict: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    color: str,
) -> int:
    """Tell since when the faults stand: the commit in which each began, and the days since then."""
    from doclint import ages
    from doclint.config import Flags
    from doclint.replay import replay
    from doclint.report import Presentation

    flags = Flags("strict" if strict else None, _listed(select), _listed(ignore), None, base)
    day = _day(today)
    workspace = _enter(_wish(paths, directory, staged, rev, base, config, no_config)._replace(flags=flags))
    found = replay(workspace.plan, workspace.repo, workspace.paths, day, since=since, progress=_looking_back())
    for crash in found.crashes:
        _confess(crash, debug)
    if debug:
        _complain(f"documents were judged {found.judged} times in {found.commits} commits")
    _say(ages.dump(found) if format_ == "json" else ages.text(found, Presentation(_coloured(color), False, _runner())))
    return 2 if found.crashes else 0


@doclint.command()
@click.argument("files", nargs=-1, required=True)
@_tree_options
@_stdin_option
def extract(
    files: tuple[str, ...],
    directory: str,
    staged: bool,
    rev: str | None,
    base: str | None,
    config: str | None,
    no_config: bool,
    debug: bool,
    stdin_filename: str | None,
) -> int:
    """Print what documents say as JSON: one object for one file, an array for several."""
    from doclint.engine import documents
    from doclint.model.located import locate
    from doclint.reporters.json import dump

    workspace = _enter(_from_stdin(_wish(files, directory, staged, rev, base, config, no_config), stdin_filename))
    values = [locate(document).value for document in documents(workspace.plan, workspace.repo, workspace.paths, workspace.overlay)]
    _say(dump(values[0] if len(files) == len(values) == 1 else values))
    return 0


@doclint.command()
@click.argument("paths", nargs=-1)
@_tree_options
@_stdin_option
@click.option("--format", "format_", type=_TEXT, default="text", help="How to print.")
def types(
    paths: tuple[str, ...],
    directory: str,
    staged: bool,
    rev: str | None,
    base: str | None,
    config: str | None,
    no_config: bool,
    debug: bool,
    stdin_filename: str | None,
    format_: str,
) -> int:
    """Say which type each document has, and why."""
    from doclint.engine import documents
    from doclint.listing import types_json, types_text

    workspace = _enter(_from_stdin(_wish(paths, directory, staged, rev, base, config, no_config), stdin_filename))
    read = documents(workspace.plan, workspace.repo, workspace.paths, workspace.overlay)
    found = [(one.source.path, one.type, one.why) for one in read]
    _say((types_json if format_ == "json" else types_text)(found))
    return 0


@doclint.command()
@click.option("--format", "format_", type=_TEXT, default="text", help="How to print.")
def rules(format_: str) -> int:
    """List the rules, with those of your own."""
    from doclint.listing import rules_json, rules_text
    from doclint.rule import shipped

    _say((rules_json if format_ == "json" else rules_text)(sorted((*shipped(), *_own().rules), key=lambda rule: rule.code)))
    return 0


@doclint.command()
@click.argument("rule")
@click.option("--color", type=_COLOUR, default="auto", help="Whether to colour the page.")
def explain(rule: str, color: str) -> int:
    """Print the page of a rule, named by its code or name."""
    from doclint.listing import page_text
    from doclint.resources import read
    from doclint.rule import named

    own = _own()
    found = named(rule, own.rules)
    page = own.pages[found.name].text if found.name in own.pages else read("rules", found.page)
    _say(page_text(found, page, _coloured(color)))
    return 0


@doclint.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@click.option("--update", is_flag=True, help="Write what was printed into the pages.")
def test(pages: tuple[str, ...], update: bool) -> int:
    """Run the examples on rule pages: the named ones, else those that doclint ships."""
    from doclint.examples import run_files
    from doclint.listing import results_text

    results = run_files(pages, update=update)
    _say(results_text(results))
    return int(not all(result.passed for result in results))


@doclint.command()
@click.option("--keep", metavar="DIR", help="Build the repository in DIR, and leave it there.")
@click.option("--color", type=_COLOUR, default="auto", help="Whether to colour the report.")
def demo(keep: str | None, color: str) -> int:
    """Build a small repository whose documents are wrong, and check it."""
    from doclint.demo import run
    from doclint.report import Presentation

    _say(run(keep, Presentation(colour=_coloured(color), runner=_runner())))
    return 0


@doclint.group()
def schema() -> None:
    """Document types of your own, which stand in .doclint/schemas."""


@schema.command("check")
@_tree_options
def schema_check(directory: str, staged: bool, rev: str | None, base: str | None, config: str | None, no_config: bool, debug: bool) -> int:
    """Say whether the types and rules in .doclint can be used."""
    from doclint.listing import members_text
    from doclint.own import examine

    workspace = _enter(_wish((), directory, staged, rev, base, config, no_config)._replace(own=False))
    members = examine(workspace.repo, workspace.directory)
    _say(members_text(members))
    return int(any(member.problem for member in members))


@schema.command("infer")
@click.argument("files", nargs=-1, required=True)
@_tree_options
@click.option("--type", "type_", metavar="NAME", default="own-type", help="What to call the type.")
@click.option("--noun", metavar="TEXT", help="What people call one of its documents, with its article.")
def schema_infer(
    files: tuple[str, ...],
    directory: str,
    staged: bool,
    rev: str | None,
    base: str | None,
    config: str | None,
    no_config: bool,
    debug: bool,
    type_: str,
    noun: str | None,
) -> int:
    """Print a type that all these documents are of: what they share, and nothing that only some have."""
    from doclint.engine import documents
    from doclint.inferring import infer
    from doclint.reporters.json import dump

    workspace = _enter(_wish(files, directory, staged, rev, base, config, no_config))
    found = list(documents(workspace.plan, workspace.repo, workspace.paths))
    _say(dump(infer(found, type_, noun)))
    return 0


@doclint.command()
@click.argument("type_", metavar="TYPE")
@_directory_option
@click.option("--title", metavar="TEXT", help="The document's title.")
@click.option("--output", metavar="FILE", help="Write it to FILE, which must not exist.")
@click.option("--today", metavar="YYYY-MM-DD", help="The day to date it by; the clock's by default.")
def new(type_: str, directory: str, title: str | None, output: str | None, today: str | None) -> int:
    """Print a new document of a type, with all that the type asks for."""
    from doclint.drafting import draft, named

    workspace = _enter(_wish((), directory, False, None, None, None, False))
    text = draft(named(type_, workspace.plan.types), _day(today), title)
    if output is None:
        _say(text)
    else:
        _create(os.path.join(_where(directory), output), text)
    return 0


def _own() -> Own:
    """The rules and types of the directory that one stands in; none where no directory above holds a ``.doclint``."""
    from doclint.own import Own, above, load

    if not above(_where("")):
        return Own()
    workspace = _enter(_wish((), "", False, None, None, None, False)._replace(own=False))
    return load(workspace.repo, workspace.directory)


def _create(path: str, text: str) -> None:
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"`{path}` exists, and is left as it is") from None
    except OSError as error:
        raise UsageError(f"`{path}` cannot be written: {error.strerror}") from None


def _listed(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _day(text: str | None) -> datetime.date:
    if text is None:
        return datetime.date.today()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"`--today {text}` is no day; expected YYYY-MM-DD") from None


def _progress() -> Callable[[int, int], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total >= _PROGRESS_FROM and (done % 20 == 0 or done == total):
            sys.stderr.write("\r\x1b[K" if done == total else f"\r{done} of {total} documents")
            sys.stderr.flush()

    return show


def _looking_back() -> Callable[[int], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(commits: int) -> None:
        sys.stderr.write(f"\r\x1b[K{commits} commits judged\r")
        sys.stderr.flush()

    return show


def _confess(crash: Crash, debug: bool) -> None:
    _complain(f"internal error in {crash.code or 'the reading'} of {crash.path}: {crash.error}{'' if debug else ' (--debug shows where)'}")
    if debug:
        sys.stderr.write("".join(f"{safe(line)}\n" for line in crash.trace.splitlines()))


def _pass_on(data: bytes) -> None:
    """Write bytes to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _hand_over(patch: str, output: str | None) -> None:
    """Write a patch: to a program as it is, to people with nothing in it that their terminal would obey."""
    if output is not None:
        _write(patch, output, sys.stdout)
    elif _runner() or sys.stdout.isatty():
        _say("".join(f"{safe(line)}\n" for line in patch.split("\n")[:-1]))
    else:
        _pass_on(patch.encode("utf-8", "surrogateescape"))


def _write(text: str, output: str | None, stream: TextIO) -> None:
    if output is None:
        stream.write(text)
        return
    try:
        # A link that stands there may lead anywhere.
        if os.path.islink(output):
            raise UsageError(f"the report is not written to `{output}`: it is a symbolic link")
        with open(output, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"the report cannot be written to `{output}`: {error.strerror}") from None
