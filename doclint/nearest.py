"""The word that was probably meant."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

# Among more words a near one is no wonder. Looking for it takes time with each, and with the square of their letters.
_MOST = 300
_LONGEST = 120


def hint(word: str, known: Iterable[str]) -> str:
    """A clause that names the known word nearest to ``word``, ready to follow a sentence; empty where none is near."""
    found = nearest(word, known)
    return f"; did you mean `{found}`?" if found else ""


def nearest(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """The known word nearest to ``word`` in any letter case, if it is at least that like (0 to 1).

    Among very many words, and for a very long one, there is none.
    """
    import difflib

    candidates = list(itertools.islice(known, _MOST + 1))
    if len(word) > _LONGEST or len(candidates) > _MOST:
        return None
    by_folded = {candidate.casefold(): candidate for candidate in candidates if len(candidate) <= _LONGEST}
    found = difflib.get_close_matches(word.casefold(), by_folded, cutoff=likeness)
    # Letters that changed places are the commonest slip, and cost two steps here.
    swapped = (name for name in found if sorted(name) == sorted(word.casefold()))
    best = next(swapped, found[0] if found else None)
    return by_folded[best] if best is not None else None
