"""Git commands in fences and code spans, and the branches that they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from doclint.late import late
from doclint.markdown import nodes
from doclint.model.document import Document
from doclint.text import Span

_SHELLS = frozenset(("", "bash", "sh", "shell", "zsh", "console", "shell-session", "terminal", "text", "powershell", "cmd", "bat", "ps1"))
_WORD = late(r"\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'|[^\s\"']+")
_SEPARATOR = late(r"&&|\|\||[;|]")
_PROMPT = late(r"\s*(?:[$>%]\s+)?")
_PLAIN = late(r"[A-Za-z][\w./-]*$")
# Flags whose value is the next word, and flags that make the command ask for no branch, or make one.
_VALUED = frozenset(("-m", "-F", "-X", "-s", "--strategy", "--message"))
_OTHERWISE = frozenset(
    "-b -B -c -C --create --orphan --detach -d --track -t -p --patch --abort --continue --quit --skip --onto --delete --tags --all "
    "--root -- --mirror".split()
)
_REMOTE = "origin"


class Command(NamedTuple):
    """``git checkout main``: ``span`` is the branch's place; ``block`` tells which fence or code span it is in."""

    span: Span
    text: str
    branch: str
    block: Span


class Shell(NamedTuple):
    """The commands of a document that ask for a branch, and the branches that its other commands make."""

    commands: tuple[Command, ...]
    made: frozenset[str]


def shell(document: Document) -> Shell:
    """The Git commands of a document. What follows a ``cd`` or ``git clone`` in its fence is done in another place, and left out."""
    commands: list[Command] = []
    made: set[str] = set()
    for block, lines in _blocks(document):
        away = False
        for line in lines:
            for start, words in _parts(document, line):
                texts = [word for _, word in words]
                away = (
                    away or texts[0] in ("cd", "pushd") or texts[:2] in (["git", "clone"], ["git", "init"], ["git", "-C"], ["gh", "repo"])
                )
                if texts[0] != "git" or len(texts) < 2:
                    continue
                made.update(_makes(texts[1:]))
                asked = None if away else _asks(texts[1:])
                if asked is not None:
                    at = start + words[asked + 1][0]
                    branch = texts[asked + 1]
                    commands.append(Command(Span(at, at + len(branch)), " ".join(texts[: asked + 2]), branch, block))
    return Shell(tuple(commands), frozenset(made))


def _blocks(document: Document) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    for node in nodes.walk(document.root):
        if isinstance(node, nodes.Fence) and (node.info.split() or [""])[0].casefold() in _SHELLS:
            yield node.span, node.lines
    for _, inline in document.inlines:
        for code in inline.nodes:
            if isinstance(code, nodes.Code):
                yield code.span, (code.content,)


def _parts(document: Document, line: Span) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """The commands of a line, each with its start in the document and its words with their offsets from there."""
    text = document.source.slice(line)
    if "git" not in text and not text.lstrip().startswith(("cd ", "pushd ", "$ cd ")):
        return
    begin = 0
    for end in [*(match.start() for match in _SEPARATOR.finditer(text)), len(text)]:
        prompt = _PROMPT.match(text, begin)
        start = prompt.end() if prompt else begin
        part = text[start:end].partition(" #")[0]
        words = [(match.start(), match.group()) for match in _WORD.finditer(part)]
        if words and not words[0][1].startswith("#"):
            yield line.start + start, words
        begin = end + (2 if text[end : end + 2] in ("&&", "||") else 1)


def _makes(words: list[str]) -> Iterator[str]:
    """The branch that a command makes or gives a name."""
    made = words[0] in ("checkout", "switch") and any(flag in words for flag in ("-b", "-B", "-c", "-C", "--orphan"))
    if made or words[0] in ("branch", "init", "worktree"):
        yield from words[1:]


def _asks(words: list[str]) -> int | None:
    """The index in ``words`` of the branch that must be there for the command to work."""
    if any(word in _OTHERWISE for word in words[1:]):
        return None
    plain: list[int] = []
    skip = False
    for index, word in enumerate(words[1:], 1):
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in _VALUED
        else:
            plain.append(index)
    match words[0]:
        case "checkout" | "switch" | "merge" | "rebase":
            found = plain[0] if len(plain) == 1 else None
        case "pull" | "push" | "fetch":
            found = plain[1] if len(plain) == 2 and words[plain[0]] == _REMOTE else None
        case _:
            found = None
    return found if found is not None and _PLAIN.match(words[found]) else None
