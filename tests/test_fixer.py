"""Fixes, applied to texts and written to files."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.diagnostic import Fix
from doclint.fixer import UnwritableError, apply, make_way, write
from doclint.text import Edit, Source, Span


def _fix(*edits: tuple[int, int, str], safe: bool = True) -> Fix:
    return Fix("mend it", tuple(Edit(Span(start, end), text) for start, end, text in edits), safe)


def _applied(text: str, *fixes: Fix) -> tuple[str, set[int]]:
    done = apply(Source("a.md", text), fixes)
    return done.text, set(done.taken)


def test_edits_apart_from_each_other_go_together() -> None:
    assert _applied("abcdef", _fix((4, 6, "EF")), _fix((0, 1, ""), (2, 3, "CC"))) == ("bCCdEF", {0, 1})


def test_a_safe_fix_goes_before_an_unsafe_one_and_an_earlier_one_before_a_later_one() -> None:
    assert _applied("abcd", _fix((0, 2, "x"), safe=False), _fix((1, 3, "y"))) == ("ayd", {1})
    assert _applied("abcd", _fix((1, 3, "y")), _fix((0, 2, "x"))) == ("xcd", {1})


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    assert _applied("abcd", _fix((0, 1, "x")), _fix((0, 2, "y"), (3, 4, "z"))) == ("xbcd", {0})


def test_what_is_done_already_is_done() -> None:
    assert _applied("abcd", _fix((0, 1, "x")), _fix((0, 1, "x")), _fix((0, 1, "x"), (2, 3, "z"))) == ("xbzd", {0, 1, 2})


def test_insertions_in_one_place_wait_for_each_other() -> None:
    assert _applied("ab", _fix((1, 1, "x")), _fix((1, 1, "y"))) == ("axb", {0})
    assert _applied("ab", _fix((0, 1, "x")), _fix((1, 1, "y"))) == ("xb", {0})
    assert _applied("ab", _fix((0, 1, "x")), _fix((1, 2, "y"))) == ("xy", {0, 1})


@pytest.mark.parametrize(
    "fix", [_fix(), _fix((2, 5, "x")), _fix((0, 2, "x"), (1, 3, "y")), _fix((0, 1, "\udcff"))], ids=["none", "beyond", "itself", "bytes"]
)
def test_a_fix_that_makes_no_sense_is_left(fix: Fix) -> None:
    assert _applied("abc", fix) == ("abc", set())


@pytest.mark.parametrize(("eol", "rest"), [("\n", "\r\n"), ("\r\n", "\n"), ("\r", "\n")])
def test_new_lines_end_as_the_line_does(eol: str, rest: str) -> None:
    assert _applied(f"a{eol}b{rest}", _fix((1, 1, "\nx"))) == (f"a{eol}x{eol}b{rest}", {0})
    assert _applied(f"a{eol}b", _fix((2 + len(eol) - 1, 2 + len(eol) - 1, "1\n2\r\n3"))) == (f"a{eol}1{eol}2\r\n3b", {0})


TEXT = st.text(st.sampled_from("abé\n\r\u2028😀 "), max_size=30)


@given(st.data(), TEXT)
def test_nothing_but_the_edits_changes(data: st.DataObject, text: str) -> None:
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    edit = st.tuples(span, st.text("xyz", max_size=3)).map(lambda pair: Edit(Span(*pair[0]), pair[1]))
    fixes = data.draw(st.lists(st.builds(Fix, st.just("mend it"), st.lists(edit, max_size=3).map(tuple), st.booleans()), max_size=6))
    done = apply(Source("a.md", text), fixes)
    edits = sorted({edit for number in done.taken for edit in fixes[number].edits})
    assert all(one.span.end <= other.span.start for one, other in pairwise(edits))
    places = [0, *(place for edit in edits for place in (edit.span.start, edit.span.end)), len(text)]
    kept = [text[start:end] for start, end in zip(places[::2], places[1::2], strict=True)]
    replaced = [*(edit.replacement for edit in edits), ""]
    assert done.text == "".join(part for pair in zip(kept, replaced, strict=True) for part in pair)
    # What was left waits for a reason: it clashes with what was taken, or is no use at all.
    assert apply(Source("a.md", text), [fixes[number] for number in sorted(done.taken)]).text == done.text


def _refused(root: Path, path: str, before: bytes = b"old") -> str:
    with pytest.raises(UnwritableError) as error:
        write(str(root), path, before, b"new")
    assert [name for _, _, names in os.walk(root) for name in names if name.endswith(".tmp")] == []
    return str(error.value)


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o664])
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "docs" / "a b\udcff.md"
    file.parent.mkdir()
    file.write_bytes(b"old")
    file.chmod(mode)
    write(str(tmp_path), "docs/a b\udcff.md", b"old", b"\xef\xbb\xbfnew\r\n\xe2\x80\x94")
    assert file.read_bytes() == b"\xef\xbb\xbfnew\r\n\xe2\x80\x94"
    assert file.stat().st_mode & 0o7777 == mode
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_what_is_no_plain_file_is_left(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    file = tmp_path / "real" / "a.md"
    file.write_bytes(b"old")
    (tmp_path / "link.md").symlink_to(file)
    (tmp_path / "around").symlink_to("real")
    (tmp_path / "away").symlink_to("/")
    assert _refused(tmp_path, "link.md") == "it is a symbolic link"
    assert _refused(tmp_path, "around/a.md") == "a symbolic link leads to it"
    assert _refused(tmp_path, f"away{file}") == "a symbolic link leads to it"
    assert _refused(tmp_path, "real") == "it is no file"
    assert _refused(tmp_path, "gone.md") == "it is not on disk"
    assert _refused(tmp_path, "gone/a.md") == "it is not on disk"
    os.mkfifo(tmp_path / "pipe.md")
    assert _refused(tmp_path, "pipe.md") == "it is no file"
    os.link(file, tmp_path / "twin.md")
    assert _refused(tmp_path, "real/a.md") == "it has 2 hard links, and a new file would part them"
    assert file.read_bytes() == b"old"


def test_what_may_not_be_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o444)
    assert _refused(tmp_path, "a.md") == "it is write-protected"
    file.chmod(0o644)

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", forbidden)
        assert _refused(tmp_path, "a.md") == "it may not be read, or its directory not be written"
    assert file.read_bytes() == b"old"


def test_what_somebody_else_wrote_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"older")
    assert _refused(tmp_path, "a.md") == "it was changed meanwhile"
    flush = os.fsync

    def while_writing(change: bytes) -> None:
        def fsync(descriptor: int) -> None:
            flush(descriptor)
            file.write_bytes(change)

        monkeypatch.setattr(os, "fsync", fsync)

    while_writing(b"edited")
    file.write_bytes(b"old")
    assert _refused(tmp_path, "a.md") == "it was changed meanwhile"
    assert file.read_bytes() == b"edited"

    def replaced(descriptor: int) -> None:
        (tmp_path / "other").write_bytes(b"old")
        (tmp_path / "other").replace(file)

    monkeypatch.setattr(os, "fsync", replaced)
    file.write_bytes(b"old")
    assert _refused(tmp_path, "a.md") == "it was replaced meanwhile"


@pytest.mark.parametrize("call", ["os.fsync", "os.replace", "os.fchmod"])
def test_a_process_that_dies_leaves_the_old_or_the_new(tmp_path: Path, call: str) -> None:
    old, new = b"old " * 100_000, b"new " * 100_000
    (tmp_path / "a.md").write_bytes(old)
    code = f"""
import os, signal
from doclint.fixer import write
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
{call} = die
write({str(tmp_path)!r}, "a.md", b"old " * 100_000, b"new " * 100_000)
"""
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False)
    assert done.returncode == -9
    assert (tmp_path / "a.md").read_bytes() in (old, new)


@pytest.mark.parametrize("call", ["fsync", "replace", "fchmod"])
def test_a_full_disk_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.md").write_bytes(b"old")
    monkeypatch.setattr(os, call, full)
    assert _refused(tmp_path, "a.md") == "no space left on device"
    assert (tmp_path / "a.md").read_bytes() == b"old"


def test_directories_are_made_where_nothing_else_is(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "there").mkdir(parents=True)
    (root / "file").write_text("", "utf-8")
    (root / "link").symlink_to(tmp_path)
    make_way(str(root), "at-the-root.md")
    make_way(str(root), "there/a/b/new.md")
    assert (root / "there" / "a" / "b").is_dir()
    for path, reason in (("file/a/new.md", "a file stands in its way"), ("link/a/new.md", "a symbolic link leads to it")):
        with pytest.raises(UnwritableError, match=reason):
            make_way(str(root), path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["root"]
