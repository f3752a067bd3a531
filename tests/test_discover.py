"""Which files are documents."""

from __future__ import annotations

import pytest

from doclint.discover import DOCUMENTS, Globs, Setting, declared_type, documents, lifecycle
from doclint.errors import UsageError
from doclint.repo.memory import MemoryRepo

NOTHING = Globs(())
TREE = {path: "text\n" for path in ("README.md", "docs/PLAN.markdown", "docs/deep/a.md", "docs/notes.txt", "vendor/b.md", "weird[1].md")}


def _found(*targets: str, exclude: Globs = NOTHING, include: Globs = Globs(DOCUMENTS), force: bool = False) -> list[str]:
    return documents(MemoryRepo.build({}, TREE), targets, include.match, exclude.match, force_exclude=force)


def test_the_whole_tree() -> None:
    assert _found("") == ["README.md", "docs/PLAN.markdown", "docs/deep/a.md", "vendor/b.md", "weird[1].md"]


def test_what_macos_keeps_beside_a_file_is_no_document() -> None:
    repo = MemoryRepo.build({}, {"README.md": "text\n", "._README.md": "\x00\x05", "docs/._a.md": "\x00\x05"})
    assert documents(repo, [""], Globs(DOCUMENTS).match, NOTHING.match) == ["README.md"]


def test_a_directory() -> None:
    assert _found("docs") == ["docs/PLAN.markdown", "docs/deep/a.md"]


def test_a_named_file_is_a_document_whatever_it_is_called() -> None:
    assert _found("docs/notes.txt", "README.md", "docs/deep") == ["README.md", "docs/deep/a.md", "docs/notes.txt"]


def test_what_is_excluded_is_not_looked_for_but_can_be_named() -> None:
    vendor = Globs(("vendor",))
    assert _found("", exclude=vendor) == ["README.md", "docs/PLAN.markdown", "docs/deep/a.md", "weird[1].md"]
    assert _found("vendor/b.md", exclude=vendor) == ["vendor/b.md"]
    assert _found("vendor/b.md", exclude=vendor, force=True) == []


def test_what_is_included_takes_the_place_of_the_usual_endings() -> None:
    assert _found("", include=Globs(("docs/*.txt",))) == ["docs/notes.txt"]


def test_a_path_that_is_not_there() -> None:
    with pytest.raises(UsageError, match=r"^there is no `docs/b.md` in the tree$"):
        _found("docs/b.md")


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*.md", "deep/in/a.md", True),
        ("/*.md", "a.md", True),
        ("/*.md", "deep/a.md", False),
        ("docs/*.md", "docs/a.md", True),
        ("docs/*.md", "docs/in/a.md", False),
        ("docs/*.md", "other/docs/a.md", False),
        ("docs/**", "docs/in/a.md", True),
        ("**/docs/*.md", "docs/a.md", True),
        ("**/docs/*.md", "x/docs/a.md", True),
        ("archive/", "x/archive/a.md", True),
        ("archive/", "x/archive", False),
        ("archive", "x/archive/a.md", True),
        ("archive", "x/archives/a.md", False),
        ("{docs,notes}/", "notes/a.md", True),
        ("./docs", "docs/a.md", True),
        ("weird[1].md", "weird[1].md", True),
        ("?.md", "a.md", True),
    ],
)
def test_what_a_glob_matches(glob: str, path: str, expected: bool) -> None:
    assert Globs((glob,)).match(path) is expected


def test_globs_are_read_from_where_they_are_written() -> None:
    globs = Globs(("docs/*.md",), "service")
    assert globs.match("service/docs/a.md")
    assert not globs.match("docs/a.md")
    assert not globs.match("services/docs/a.md")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/PROGRESS.md", None),
        ("archive/PROGRESS.md", "historical"),
        ("docs/_archive/2024/x.md", "historical"),
        ("templates/HANDOFF.md", "example"),
        ("docs/old/x.md", "historical"),
        ("archive/live/x.md", "living"),
        ("docs/cursor-chat-logs/tasks.md", "historical"),
        ("transcripts/a.md", "historical"),
        ("wiki/_Template.md", "example"),
        ("docs/MONTHLY_REPORT_TEMPLATE.md", "example"),
        ("docs/adr-template.md", "example"),
        ("docs/TEMPLATES.md", None),
        ("tests/fixtures/docs/a.md", "example"),
        ("web/node_modules/left/README.md", "example"),
        ("_archive-static/README.md", "historical"),
    ],
)
def test_lifecycle_by_place_and_by_configuration(path: str, expected: str | None) -> None:
    settings = (
        Setting(Globs(("old/",)), None, "historical"),
        Setting(Globs(("archive/",)), "handoff", None),
        Setting(Globs(("**/live/*",)), None, "living"),
    )
    assert lifecycle(path, settings) == expected


def test_the_last_entry_that_names_a_type_counts() -> None:
    settings = (
        Setting(Globs(("*.md",)), "handoff", None),
        Setting(Globs(("docs/",)), "decision", None),
        Setting(Globs(("docs/",)), None, "living"),
    )
    assert declared_type("docs/a.md", settings) == "decision"
    assert declared_type("a.md", settings) == "handoff"
    assert declared_type("a.txt", settings) is None
