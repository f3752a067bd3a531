"""Installs doclint, as this action holds it, into an environment of its own; the checked repository has no part in that."""

from __future__ import annotations

import os
import subprocess
import sys


def main() -> int:
    """Install, and tell the later steps which Python has doclint, and which version that is."""
    if sys.version_info < (3, 11):
        print(f"::error title=doclint::doclint needs Python 3.11 or newer, and this is {sys.version_info[0]}.{sys.version_info[1]}")
        return 2
    place = os.path.join(os.environ["RUNNER_TEMP"], "doclint")
    os.makedirs(place, exist_ok=True)
    action = os.path.realpath(os.environ["GITHUB_ACTION_PATH"])
    python = os.path.join(place, "venv", "Scripts" if os.name == "nt" else "bin", "python")
    mark = os.path.join(place, "installed-from")
    if _read(mark) != action:
        for command in (_environment(os.path.join(place, "venv")), [python, "-I", "-m", "pip", "install", *_QUIETLY, action]):
            # Not where the checked repository lies: nothing of it is to be taken for a module or a configuration.
            if subprocess.run(command, cwd=place, check=False).returncode:
                print("::error title=doclint::doclint could not be installed; the log says why")
                return 2
        with open(mark, "w", encoding="utf-8") as file:
            file.write(action)
    version = subprocess.run([python, "-I", "-m", "doclint", "--version"], cwd=place, capture_output=True, text=True, check=True).stdout
    with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as file:
        file.write(f"python={python}\nversion={version.split()[-1]}\n")
    return 0


_QUIETLY = ("--quiet", "--no-input", "--disable-pip-version-check")


def _environment(place: str) -> list[str]:
    """The command that makes the environment; where Python comes without pip, virtualenv is asked."""
    from importlib.util import find_spec

    module = "venv" if find_spec("ensurepip") is not None or find_spec("virtualenv") is None else "virtualenv"
    return [sys.executable, "-I", "-m", module, "--clear", place]


def _read(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main())
