"""Making a real Git repository of what a rule page tells (see ``doclint.repo.world``)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from doclint.repo.process import Git
from doclint.repo.world import Node, Tree, World, play

# Git wants somebody; nobody real did it.
_PERSON = b"doclint <doclint@example.invalid>"


def build(spec: Mapping[str, Any], directory: str, documents: Tree | None = None) -> None:
    """Make ``directory``, which must be empty or absent, a repository that holds what ``spec`` tells, its work tree included.

    The same spec gives the same commits, ids included, on every machine. A shallow clone is not made of it.

    Raises ConfigError where the spec cannot be understood, GitError where Git fails.
    """
    world = play(spec, documents)
    os.makedirs(directory, exist_ok=True)
    git = Git(directory)
    git.run("init", "--quiet", "--template=", "--object-format=sha1", f"--initial-branch={world.head}")
    git.run("fast-import", "--quiet", stdin=_stream(world))
    if world.nodes:
        git.run("config", "core.autocrlf", "false")
        git.run("reset", "--quiet", "--hard")
    _write_work_tree(world, directory)
    os.makedirs(os.path.join(directory, ".git", "info"), exist_ok=True)
    with open(os.path.join(directory, ".git", "info", "exclude"), "w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{rule}\n" for rule in world.ignored)


def _stream(world: World) -> bytes:
    marks = {node.commit.id: number for number, node in enumerate(world.nodes, 1)}
    parts = [_commit(node, marks) for node in world.nodes]
    tips = {f"refs/heads/{name}": id for name, id in world.heads.items()}
    tips |= {f"refs/pull/{number}/head": id for number, id in world.pulls.items()}
    parts.extend(f"reset {ref}\nfrom :{marks[id]}\n\n".encode() for ref, id in tips.items())
    # Every commit is made on this ref, which no one is to see.
    parts.append(b"reset refs/doclint/building\nfrom 0000000000000000000000000000000000000000\n\n")
    return b"".join(parts)


def _commit(node: Node, marks: Mapping[str, int]) -> bytes:
    commit = node.commit
    # Without this, a commit without parents would follow the one before it.
    lines = [b"" if commit.parents else b"reset refs/doclint/building\n\n", b"commit refs/doclint/building\n"]
    lines.append(f"mark :{marks[commit.id]}\n".encode())
    lines.append(b"committer " + _PERSON + f" {commit.time} +0000\n".encode())
    trailers = "".join(f"doclint: {each}\n" for each in node.trailers)
    lines.append(_data(f"{commit.subject}\n" + (f"\n{trailers}" if trailers else "")))
    lines.extend(f"{'merge' if number else 'from'} :{marks[parent]}\n".encode() for number, parent in enumerate(commit.parents))
    lines.append(b"deleteall\n")
    for path, text in node.tree.items():
        lines.append(b'M 100644 inline "' + _quoted(path) + b'"\n' + _data(text))
    return b"".join(lines)


def _data(text: str) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    return f"data {len(data)}\n".encode() + data + b"\n"


def _quoted(path: str) -> bytes:
    return os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")


def _write_work_tree(world: World, directory: str) -> None:
    committed = next((node.tree for node in world.nodes if node.commit.id == world.heads.get(world.head)), {})
    for path in committed.keys() - world.work.keys():
        os.remove(os.path.join(directory, path))
    for path, text in world.work.items():
        if committed.get(path) != text:
            full = os.path.join(directory, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(text.encode("utf-8", "surrogateescape"))
