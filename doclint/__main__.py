"""The process: ``python -m doclint`` and the console script."""

from __future__ import annotations

import gc
import os
import sys


def run() -> None:
    """Run the command line and end the process with its exit status."""
    # Loading modules makes much that stays: looking for garbage among it costs more than it brings.
    gc.disable()
    from doclint.cli import main

    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 2
    # Taking the interpreter down piece by piece costs a tenth of a cold run, and there is nothing left to do.
    os._exit(code)


if __name__ == "__main__":
    run()
