"""Runs ``doclint check`` as the inputs of this action say, and tells the job what came of it.

Inputs come through the environment, and go on in argument lists: no shell, and no program of the checked repository, sees them.
"""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import Any, NamedTuple

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BOOLEAN = {"true": True, "false": False, "": False}
_NO_BASE = (
    "the commit that this is based on is not in the clone, so that all is told and not only what is new; "
    "give actions/checkout `fetch-depth: 0`"
)


class WrongInputError(Exception):
    """An input that means nothing; the message names it."""


class Inputs(NamedTuple):
    """What the workflow asks for; ``sarif`` is empty where any file will do, and None where none is wanted."""

    paths: tuple[str, ...]
    directory: str
    config: str
    since: str
    fail_on: str
    strict: bool
    arguments: tuple[str, ...]
    annotations: bool
    summary: bool
    sarif: str | None


class Files(NamedTuple):
    """Where the reports go, besides the log."""

    json: str
    markdown: str | None
    sarif: str | None


def main() -> int:
    """Check, and exit with the status of doclint."""
    environment = os.environ
    # The log is UTF-8, whatever the machine thinks that its terminals are: on Windows a message of other letters would not get out.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        inputs = _inputs(environment)
    except WrongInputError as error:
        print(f"::error title=doclint::{_data(str(error))}")
        return 2
    # A job may use this action more than once, and look at all reports in the end.
    temporary = tempfile.mkdtemp(prefix="doclint-", dir=environment["RUNNER_TEMP"])
    files = Files(
        os.path.join(temporary, "doclint.json"),
        os.path.join(temporary, "summary.md") if inputs.summary and environment.get("GITHUB_STEP_SUMMARY") else None,
        os.path.join(temporary, "doclint.sarif") if inputs.sarif == "" else inputs.sarif,
    )
    if files.sarif is not None and _is_file(files.sarif):
        # What lies there from before is not to be taken for this report.
        os.unlink(files.sarif)
    base, notice = _base(inputs, environment)
    if notice is not None:
        print(f"::notice title=doclint::{_data(notice)}", flush=True)
    command = [sys.executable, "-I", "-m", "doclint", *_arguments(inputs, base, files)]
    code = subprocess.run(command, cwd=inputs.directory, check=False).returncode
    counts = _counts(files.json)
    if code not in (0, 1):
        print("::error title=doclint::doclint could not do what was asked; the log says why", flush=True)
    if files.markdown is not None and os.path.exists(files.markdown):
        _append(environment["GITHUB_STEP_SUMMARY"], ("" if notice is None else f"> {notice}\n\n") + _read(files.markdown))
    _tell(
        environment["GITHUB_OUTPUT"],
        {
            "errors": counts.get("error", ""),
            "warnings": counts.get("warning", ""),
            "exit-code": code,
            "json-file": files.json if counts else "",
            "sarif-file": files.sarif if files.sarif is not None and _is_file(files.sarif) else "",
        },
    )
    return code


def _inputs(environment: Mapping[str, str]) -> Inputs:
    def said(name: str) -> str:
        return environment.get(f"INPUT_{name.replace('-', '_').upper()}", "").strip()

    def whether(name: str) -> bool:
        if said(name).lower() not in _BOOLEAN:
            raise WrongInputError(f"`{name}` is `{said(name)}`; expected `true` or `false`")
        return _BOOLEAN[said(name).lower()]

    workspace = os.path.realpath(environment["GITHUB_WORKSPACE"])
    directory = _inside(workspace, said("working-directory") or ".", "working-directory")
    if not os.path.isdir(directory):
        raise WrongInputError(f"`working-directory` is `{said('working-directory')}`, which is no directory of the workspace")
    sarif = None
    if said("sarif-file"):
        sarif = _inside(workspace, said("sarif-file"), "sarif-file")
    elif whether("upload-sarif"):
        sarif = ""
    try:
        arguments = tuple(shlex.split(said("args")))
    except ValueError as error:
        raise WrongInputError(f"`args` cannot be taken apart: {str(error).lower()}") from None
    return Inputs(
        paths=tuple(line.strip() for line in said("paths").splitlines() if line.strip()),
        directory=directory,
        config=said("config"),
        since=said("since") or "auto",
        fail_on=said("fail-on"),
        strict=whether("strict"),
        arguments=arguments,
        annotations=whether("annotations"),
        summary=whether("summary"),
        sarif=sarif,
    )


def _inside(workspace: str, path: str, name: str) -> str:
    """The absolute path of what is meant by ``path``. A pull request can bring links along: none is followed out of the workspace."""
    if "\0" in path:
        raise WrongInputError(f"`{name}` is no path")
    full = os.path.join(workspace, path)
    real = os.path.realpath(full) if os.path.isdir(full) else os.path.join(os.path.realpath(os.path.dirname(full)), os.path.basename(full))
    if real != workspace and not real.startswith(workspace + os.sep):
        raise WrongInputError(f"`{name}` is `{path}`, which lies outside of the workspace")
    if ".git" in os.path.relpath(real, workspace).lower().split(os.sep):
        raise WrongInputError(f"`{name}` is `{path}`, which lies where Git keeps its own")
    return real


def _arguments(inputs: Inputs, base: str | None, files: Files) -> list[str]:
    arguments = ["check", "--format", "github" if inputs.annotations else "text"]
    for format, file in files._asdict().items():
        arguments += ["--output", f"{format}:{file}"] if file is not None else []
    options = {"--config": inputs.config, "--since": base, "--fail-on": inputs.fail_on}
    for option, value in options.items():
        arguments += [f"{option}={value}"] if value else []
    arguments += ["--strict"] if inputs.strict else []
    arguments += inputs.arguments
    return [*arguments, "--", *inputs.paths] if inputs.paths else arguments


def _base(inputs: Inputs, environment: Mapping[str, str]) -> tuple[str | None, str | None]:
    """What the changes are counted from, None where all is to be told; and what there is to say about that."""
    if inputs.since != "auto":
        return (None if inputs.since == "none" else inputs.since), None
    found = _announced(environment)
    if found is None:
        return None, None
    base, tip = found
    parents = _git(inputs.directory, "rev-list", "--parents", "--max-count=1", "HEAD").split()[1:]
    # A pull request is checked out as its merge into the base, which may have gone on since the pull request was opened.
    if len(parents) == 2 and parents[1] == tip:
        base = parents[0]
    if _git(inputs.directory, "merge-base", base, "HEAD"):
        return base, None
    return None, _NO_BASE


def _announced(environment: Mapping[str, str]) -> tuple[str, str] | None:
    """The commits that the event says a pull request, or a merge group, begins and ends with."""
    event = _event(environment.get("GITHUB_EVENT_PATH", ""))
    match environment.get("GITHUB_EVENT_NAME"), event:
        case "pull_request", {"pull_request": {"base": {"sha": str(base)}, "head": {"sha": str(tip)}}}:
            pass
        case "merge_group", {"merge_group": {"base_sha": str(base), "head_sha": str(tip)}}:
            pass
        case _:
            return None
    return (base, tip) if _COMMIT.fullmatch(base) and _COMMIT.fullmatch(tip) else None


def _event(path: str) -> Any:
    try:
        return json.loads(_read(path))
    except (OSError, ValueError):
        return None


def _git(directory: str, *arguments: str) -> str:
    """What Git says; nothing where it cannot. These commands run no program that the repository names."""
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    settings = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "safe.bareRepository=explicit")
    done = subprocess.run(["git", *settings, *arguments], cwd=directory, env=environment, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _counts(file: str) -> Mapping[str, int]:
    try:
        summary: Mapping[str, int] = json.loads(_read(file))["summary"]
    except (OSError, ValueError):
        return {}
    return summary


def _is_file(path: str) -> bool:
    """Whether a file stands there; a link, which a pull request can bring along, is none."""
    return os.path.isfile(path) and not os.path.islink(path)


def _tell(file: str, values: Mapping[str, object]) -> None:
    """Set outputs. No value can end before it does: nobody knows the line that it ends with."""
    lines: list[str] = []
    for name, value in values.items():
        end = f"end-{secrets.token_hex(16)}"
        lines.append(f"{name}<<{end}\n{value}\n{end}\n")
    _append(file, "".join(lines))


def _append(file: str, text: str) -> None:
    with open(file, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        stream.write(text)


def _read(file: str) -> str:
    with open(file, encoding="utf-8") as stream:
        return stream.read()


def _data(text: str) -> str:
    """``text`` as the message of a command of the log."""
    shown = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return shown.replace("%", "%25")


if __name__ == "__main__":
    sys.exit(main())
