"""The formats of a report, one module each; what a format is called is its module's name."""

from __future__ import annotations

import os


def formats() -> list[str]:
    """The names of all formats, sorted. None is imported for it."""
    names = (os.path.splitext(name) for directory in __path__ for name in os.listdir(directory))
    return sorted(name for name, ending in names if ending == ".py" and name != "__init__")
