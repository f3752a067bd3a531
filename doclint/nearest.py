"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def hint(word: str, known: Iterable[str]) -> str:
    """A clause that names the known word nearest to ``word``, ready to follow a sentence; empty where none is near."""
    import difflib

    by_folded = {candidate.casefold(): candidate for candidate in known}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1)
    return f"; did you mean `{by_folded[found[0]]}`?" if found else ""
