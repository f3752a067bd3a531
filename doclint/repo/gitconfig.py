"""What a clone fetches, read from its configuration where that is written the plain way."""

from __future__ import annotations

import os

from doclint.late import late
from doclint.repo.process import read_regular

_SECTION = late(r"\[\s*([A-Za-z0-9.-]+)(?:\s+\"(?:[^\"\\]|\\.)*\")?\s*\]\s*\Z")
_SETTING = late(r"([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?\Z")


def fetches(path: str) -> list[str] | None:
    """The refspecs that the remotes fetch, by the configuration file at ``path``.

    None where only Git can tell, since other files have a say or something is written in another way than Git itself writes it.
    """
    data = read_regular(path)
    if data is None:
        return None if os.path.lexists(path) else []
    found: list[str] = []
    section = ""
    for raw in data.decode("utf-8", "replace").split("\n"):
        line = raw.strip()
        if not line or line[0] in "#;":
            continue
        if opened := _SECTION.match(line):
            section = opened.group(1).lower()
            if section.startswith("include"):
                return None
        elif (setting := _SETTING.match(line)) and not line.endswith("\\"):
            key, value = setting.group(1).lower(), (setting.group(2) or "").strip()
            if section == "extensions" and key == "worktreeconfig":
                return None
            if section == "remote" and key == "fetch":
                if not value or any(sign in value for sign in '"\\#;'):
                    return None
                found.append(value)
        else:
            return None
    return found
