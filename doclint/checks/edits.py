"""What an edit of a document changed in substance: reflowed, moved and mechanically replaced lines say nothing new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from doclint.late import late

# Blanks, arrows, and the signs that Markdown gives form with: a table that was aligned again and a bullet that became another have the
# same words.
_WORD = late(r"[^\s|*`#>~\u2190-\u21ff]+")
_EDGES = "-_=+:\u2013\u2014"
# Of a path only the last part counts: where a link leads to changes when files move.
_DIRECTORIES = late(r"[\w.@~-]*/(?=[\w.@/~-]*[^\W\d])")
_FEW = 2
_THROUGHOUT = 3


def body(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a document below its front matter, which tools write into many documents at once."""
    if not lines or lines[0].lstrip("\ufeff").rstrip() != "---":
        return lines
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    return lines if end is None else lines[end + 1 :]


def words(line: str) -> tuple[str, ...]:
    """The words of a line, without the signs that give it its form."""
    return tuple(word for found in _WORD.findall(_DIRECTORIES.sub("", line)) if (word := found.strip(_EDGES)))


def size(old: Iterable[str], new: Iterable[str]) -> int:
    """How many lines differ in substance between two states of a text.

    Lines count that hold a word which only one side has; so neither new line breaks nor another order count. Where the same few words
    were replaced throughout, as when a name changes, nothing counts.
    """
    # Most lines of most edits are the same to the letter.
    left, right = Counter(old), Counter(new)
    before, after = Counter(map(words, (left - right).elements())), Counter(map(words, (right - left).elements()))
    gone, come = list((before - after).elements()), list((after - before).elements())
    lost, gained = _words(gone), _words(come)
    lost, gained = lost - gained, gained - lost
    if _replaced(lost, gained):
        return 0
    return max(_holding(gone, lost), _holding(come, gained))


def _words(lines: Iterable[Sequence[str]]) -> Counter[str]:
    return Counter(word for line in lines for word in line)


def _replaced(lost: Counter[str], gained: Counter[str]) -> bool:
    """Whether a few words took the place of as few others, each as often: a name, an address."""
    if not lost or not 0 < len(gained) <= _FEW or len(lost) > _FEW or sorted(lost.values()) != sorted(gained.values()):
        return False
    return min(lost.values()) >= _THROUGHOUT and all(any(map(str.isalpha, word)) for word in lost)


def _holding(lines: Iterable[Sequence[str]], words: Counter[str]) -> int:
    """How many of ``lines`` it takes to hold ``words``; those that hold most are taken first."""
    left, count = Counter(words), 0
    for line in sorted(lines, key=lambda line: -sum(word in words for word in line)):
        held = [word for word in line if left[word] > 0]
        count += bool(held)
        left.subtract(held)
    return count
