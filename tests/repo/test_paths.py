"""What a path that a document mentions means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.repo.paths import PathIndex, Resolution, compile_glob, normalise

TREE = PathIndex(
    [
        ".env.example",
        "README.md",
        "docs/README.md",
        "docs/guide/start.md",
        "docs/img/a.png",
        "etl/load.py",
        "src/app/[id]/page.tsx",
        "src/etl/load.py",
        "src/etl/unique.py",
        "src/Main.py",
        "tools/run.sh",
    ],
    ["vendor/lib"],
)


@pytest.mark.parametrize(
    ("token", "near", "how", "paths"),
    [
        ("README.md", "docs/guide/start.md", "exact", ("README.md",)),
        ("./README.md", "README.md", "exact", ("README.md",)),
        ("/README.md", "docs/README.md", "exact", ("README.md",)),
        ("src//etl/../etl/unique.py", "README.md", "exact", ("src/etl/unique.py",)),
        (".env.example", "README.md", "exact", (".env.example",)),
        ("src/app/[id]/page.tsx", "README.md", "exact", ("src/app/[id]/page.tsx",)),
        ("start.md", "docs/guide/other.md", "relative", ("docs/guide/start.md",)),
        ("img/a.png", "docs/guide/start.md", "relative", ("docs/img/a.png",)),
        ("../README.md", "docs/guide/start.md", "relative", ("docs/README.md",)),
        ("../../README.md", "docs/guide/start.md", "relative", ("README.md",)),
        ("../guide", "docs/guide/start.md", "directory", ("docs/guide",)),
        ("docs/", "README.md", "directory", ("docs",)),
        ("docs", "README.md", "directory", ("docs",)),
        ("guide/", "README.md", "directory", ("docs/guide",)),
        ("guide/", "docs/x.md", "directory", ("docs/guide",)),
        (".", "docs/x.md", "directory", ("docs",)),
        (".", "x.md", "directory", ("",)),
        ("a/../../README.md", "docs/x.md", "relative", ("README.md",)),
        ("vendor/lib/any/thing.c", "README.md", "directory", ("vendor/lib",)),
        ("unique.py", "README.md", "suffix", ("src/etl/unique.py",)),
        ("etl/unique.py", "README.md", "suffix", ("src/etl/unique.py",)),
        ("load.py", "README.md", "ambiguous", ("etl/load.py", "src/etl/load.py")),
        ("my-repo/src/etl/unique.py", "README.md", "prefix", ("src/etl/unique.py",)),
        ("home/me/my-repo/docs/guide", "README.md", "prefix", ("docs/guide",)),
        ("old/README.md", "README.md", "none", ()),
        ("src/main.py", "README.md", "case", ("src/Main.py",)),
        ("readme.md", "README.md", "case", ("README.md",)),
        ("src/deep/unique.py", "README.md", "basename", ("src/etl/unique.py",)),
        ("src/deep/load.py", "README.md", "none", ()),
        ("../../../README.md", "docs/guide/start.md", "none", ()),
        ("a/../../x", "README.md", "none", ()),
        ("README.md/", "README.md", "none", ()),
        ("never.py", "README.md", "none", ()),
        ("nul\0", "README.md", "none", ()),
    ],
)
def test_resolution(token: str, near: str, how: str, paths: tuple[str, ...]) -> None:
    found = TREE.resolve(token, near)
    assert (found.how, found.paths) == (how, paths)
    assert found.resolved == (how not in ("case", "basename", "none"))


def test_a_former_directory_is_no_prefix_to_be_dropped_while_the_tree_has_it() -> None:
    assert PathIndex(["src/a.py", "lib/b.py"]).resolve("src/lib/b.py", "README.md") == Resolution("basename", ("lib/b.py",))


def test_letters_that_unicode_holds_equal() -> None:
    decomposed = "docs/u\u0308ber.md"
    index = PathIndex([decomposed, "z\u0308/a.md"])
    assert "docs/\u00fcber.md" in index
    assert index.resolve("docs/\u00fcber.md", "x.md") == Resolution("exact", (decomposed,))
    assert index.resolve("\u00fcber.md", "docs/x.md") == Resolution("relative", (decomposed,))
    assert PathIndex(["docs/\u00fcber.md"]).resolve(decomposed, "x.md") == Resolution("exact", ("docs/\u00fcber.md",))


def test_contents() -> None:
    assert "docs/README.md" in TREE
    assert "docs" not in TREE
    assert TREE.is_directory("docs")
    assert TREE.is_directory("")
    assert TREE.is_directory("vendor")
    assert TREE.is_directory("vendor/lib")
    assert not TREE.is_directory("README.md")
    assert TREE.children("docs") == ("docs/README.md", "docs/guide", "docs/img")
    assert TREE.children("") == (".env.example", "README.md", "docs", "etl", "src", "tools", "vendor")
    assert TREE.children("nowhere") == ()
    assert TREE.opaque("vendor/lib/x") == "vendor/lib"
    assert TREE.opaque("vendor") is None
    assert len(TREE) == 11
    assert TREE.files[0] == ".env.example"


@pytest.mark.parametrize(
    ("glob", "paths"),
    [
        ("*.md", ("README.md",)),
        ("**/*.md", ("README.md", "docs/README.md", "docs/guide/start.md")),
        ("docs/**", ("docs/README.md", "docs/guide/start.md", "docs/img/a.png")),
        ("docs/", ("docs/README.md", "docs/guide/start.md", "docs/img/a.png")),
        ("docs/*/*.{md,png}", ("docs/guide/start.md", "docs/img/a.png")),
        ("src/**/load.py", ("src/etl/load.py",)),
        ("{etl,src/etl}/load.py", ("etl/load.py", "src/etl/load.py")),
        ("src/**/[id]/*", ("src/app/[id]/page.tsx",)),
        ("?EADME.md", ("README.md",)),
        ("*", (".env.example", "README.md")),
        ("*a*.md", ()),
        ("**/*l*d*.py", ("etl/load.py", "src/etl/load.py")),
        ("nowhere/**", ()),
        ("README.md", ("README.md",)),
    ],
)
def test_globs(glob: str, paths: tuple[str, ...]) -> None:
    assert TREE.match(glob) == paths


def test_a_hostile_glob_comes_to_an_end() -> None:
    # Backtracking would take longer than anyone can wait.
    path = "a" * 2000
    for glob in ("*a" * 300 + "b", "**/" * 300 + "b", "{a,b}" * 300, "{" * 300 + "," + "}" * 300, "a*" * 300 + "b"):
        assert not compile_glob(glob)(path)


PARTS = st.sampled_from(["a", "b", "B", "..", ".", "", "c.md", "\u00e9"])


@given(
    st.lists(PARTS, max_size=6),
    st.lists(PARTS, max_size=4),
    st.lists(st.lists(st.sampled_from(["a", "b", "c.md"]), min_size=1), max_size=5),
)
def test_resolution_stays_inside_the_tree(token: list[str], near: list[str], files: list[list[str]]) -> None:
    index = PathIndex("/".join(parts) for parts in files)
    found = index.resolve("/".join(token), normalise("/".join(near)) or "x.md")
    for path in found.paths:
        assert path in index or index.is_directory(path)
    assert bool(found.paths) == (found.how != "none")


@given(st.text("ab/.", max_size=12))
def test_normal_paths_stay_as_they_are(path: str) -> None:
    normal = normalise(path)
    if normal is not None:
        assert normalise(normal) == normal
        assert ".." not in normal.split("/")
