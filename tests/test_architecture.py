"""The house: imports go down only, and what is heavy is imported where it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import doclint

PACKAGE = Path(doclint.__file__).parent

# From the top down. A module may import those of lower floors; of its own floor too, as long as no circle comes of it.
FLOORS = (
    ("cli", "__main__"),
    ("demo", "listing", "ages", "chart", "welcome"),
    ("examples", "workspace"),
    ("nested",),
    (
        "engine",
        "since",
        "causes",
        "baseline",
        "governing",
        "mending",
        "past",
        "replay",
        "reporters",
        "merging",
        "mergers",
        "board",
        "starting",
    ),
    ("wording",),
    ("own", "drafting", "inferring"),
    ("hosting",),
    ("config", "report", "handed"),
    ("rule", "checks"),
    ("check", "doctype", "suppressions"),
    ("shape",),
    ("model", "fixer", "identity"),
    ("resources", "discover"),
    ("catalogue",),
    ("page",),
    ("markdown", "repo", "diagnostic", "schema"),
    ("patterns",),
    ("patch", "shard", "terminal", "nearest", "text"),
    ("errors", "late", "__init__"),
)
FLOOR = {name: -number for number, names in enumerate(FLOORS) for name in names}
MODULES = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}


def _room(module: str) -> str:
    return module.split(".")[0]


def _is_typing_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _imports(node: ast.AST) -> Iterator[str]:
    """The modules of doclint that ``node`` imports when it runs, wherever that is written."""
    if _is_typing_only(node):
        return
    if isinstance(node, ast.Import):
        yield from (alias.name.removeprefix("doclint.") for alias in node.names if alias.name.startswith("doclint."))
    elif isinstance(node, ast.ImportFrom) and node.module == "doclint":
        yield from (alias.name if alias.name in FLOOR else "__init__" for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith("doclint."):
        inner = node.module.removeprefix("doclint.")
        yield from (f"{inner}.{alias.name}" if f"{inner}.{alias.name}" in MODULES else inner for alias in node.names)
    for child in ast.iter_child_nodes(node):
        yield from _imports(child)


GRAPH = {name: sorted(set(_imports(ast.parse(path.read_text("utf-8"))))) for name, path in MODULES.items()}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_go_down_only(module: str) -> None:
    assert _room(module) in FLOOR, f"{module} has no floor"
    upward = [other for other in GRAPH[module] if FLOOR[_room(other)] > FLOOR[_room(module)]]
    assert upward == []


def test_there_are_no_circles() -> None:
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " > ".join((*way, module))
        if module not in done:
            for other in GRAPH.get(module, ()):
                visit(other, (*way, module))
            done.add(module)

    for module in GRAPH:
        visit(module, ())


def test_every_module_says_what_it_is() -> None:
    silent = [name for name, path in MODULES.items() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_one_module_imports_the_markdown_parser() -> None:
    importers = [name for name, path in MODULES.items() if "markdown_it" in path.read_text("utf-8")]
    assert importers == ["markdown.parse"]


HEAVY = ("jsonschema", "yaml", "tomllib", "email", "asyncio", "unittest", "doclint.page", "doclint.examples")


def test_a_run_without_a_configuration_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "PROGRESS.md").write_text("# Progress\n\n- [ ] One\n\n| a | b |\n| - | - |\n| 1 | 2 |\n", "utf-8")
    code = f"""
import sys
from doclint.cli import main
main(["-C", {str(tmp_path)!r}, "check"])
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout.splitlines()[-1] == "[]"


def test_no_pattern_is_compiled_before_it_is_used() -> None:
    """Where the run of a document passes, hundreds of patterns would be compiled, and most of them for nothing."""
    rooms = [path for name, path in MODULES.items() if _room(name) in ("model", "checks", "markdown", "doctype")]
    trees = {path.name: ast.parse(path.read_text("utf-8")) for path in rooms}
    assert [
        (name, call.lineno)
        for name, tree in trees.items()
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for call in ast.walk(statement)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "re.compile"
    ] == []
