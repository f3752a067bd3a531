"""Known findings: what is the old one, what is new, and what is stale."""

from __future__ import annotations

import contextlib
import datetime
import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from doclint import baseline
from doclint.baseline import ACROSS, Baseline, Scope, dump, load, record
from doclint.cli import main
from doclint.config import Flags, plan
from doclint.engine import check
from doclint.errors import ConfigError, UsageError
from doclint.repo.memory import MemoryRepo
from doclint.report import Report
from doclint.resources import schema
from tests.outside import commit, git, write
from tests.shell import TODAY, install, rule, words

RULES = (rule("XX001"), rule("XX002"))


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "words", words)


def _report(documents: Mapping[str, str], flags: Flags = Flags()) -> tuple[Report, Scope]:
    repo = MemoryRepo.build({}, documents)
    chosen = plan(None, flags, RULES[:1])
    return check(chosen, repo, sorted(documents), TODAY), Scope(repo, chosen)


def _baseline(documents: Mapping[str, str]) -> Baseline:
    report, _ = _report(documents)
    entries = record(report, report.diagnostics, TODAY)
    assert load("b.json", dump(entries)).entries == entries
    return Baseline("b.json", entries)


def _told(known: Baseline, documents: Mapping[str, str], flags: Flags = Flags()) -> tuple[list[str], list[tuple[str, int]]]:
    """What is told of ``documents``, and which entries are stale."""
    report, scope = _report(documents, flags)
    applied = baseline.apply(report, known, scope)
    assert applied.baseline is not None
    assert len(applied.diagnostics) + applied.baselined == len(report.diagnostics)
    lines = [(one.path, applied.sources[one.path].position(one.span.start)) for one in applied.diagnostics]
    return [f"{path}:{place.line}:{place.column}" for path, place in lines], [(one.path, one.count) for one in applied.baseline.stale]


@pytest.mark.parametrize(
    ("before", "after", "told", "stale"),
    [
        pytest.param("- wrong\n", "- wrong\n- wrong\n", ["a.md:2:3"], [], id="a second identical line"),
        pytest.param("- wrong\n", "- wrong, and wrong\n", ["a.md:1:3", "a.md:1:14"], [("a.md", 1)], id="another fault on the line"),
        pytest.param("- wrong x\n", "- wrong y\n", ["a.md:1:3"], [("a.md", 1)], id="a similar line"),
        pytest.param("- wrong\n- wrong\n", "- wrong\n", [], [("a.md", 1)], id="one of two is mended"),
        pytest.param("## A\n- wrong\n## B\n", "## A\n## B\n- wrong\n", ["a.md:3:3"], [("a.md", 1)], id="the same in another section"),
        pytest.param("## A\n- wrong\n", "## A, done\n- wrong\n", [], [], id="the section has another name"),
        pytest.param("# A\n- wrong\n", "# A\n- wrong\n# B\n- wrong\n", ["a.md:4:3"], [], id="a second title"),
        pytest.param("# A\n- wrong\n# B\n", "# A\n- wrong\n", [], [], id="one title is left"),
        pytest.param("- wronger\n", "- wrongest\n", ["a.md:1:3"], [("a.md", 1)], id="from one wrong word to another"),
        pytest.param("- wrong\n", "- perhaps\n", [], [], id="the rule cannot decide"),
        pytest.param("- wrong\n", "- wrong <!-- doclint-disable-line -- so -->\n", [], [("a.md", 1)], id="silenced"),
    ],
)
def test_what_is_told_and_what_is_stale(before: str, after: str, told: list[str], stale: list[tuple[str, int]]) -> None:
    assert _told(_baseline({"a.md": before}), {"a.md": after}) == (told, stale)


def test_the_same_fault_in_another_document() -> None:
    known = _baseline({"a.md": "- wrong\n"})
    assert _told(known, {"a.md": "- wrong\n", "b.md": "- wrong\n"}) == (["b.md:1:3"], [])
    assert _told(known, {"b.md": "- wrong\n- right\n"}) == ([], [])
    assert _told(known, {"b.md": "- wrong\n", "c.md": "- wrong\n"}) == (["b.md:1:3", "c.md:1:3"], [("a.md", 1)])


def test_a_rule_that_does_not_run_leaves_nothing_stale() -> None:
    known = _baseline({"a.md": "- wrong\n"})
    assert _told(known, {"a.md": "- right\n"}, Flags(ignore=("XX",))) == ([], [])
    assert _told(known, {"a.md": "- right\n"}) == ([], [("a.md", 1)])


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("it was changed 2 commits ago", "it was changed 1 commit ago", True),
        ("2 of its 3 boxes are open", "1 of its 3 boxes is open", True),
        ("merged in `abc1234` on 2026-01-02", "merged in `def5678` on 2026-02-03", True),
        ("`wrong` has 3 commits", "`wrong` was merged into `main`", True),
        ("it lacks `Next steps`", "it lacks `Blockers`", False),
        ("`Phase 1` is open", "`Phase 2` is open", False),
        ("it has no owner", "it has no date", False),
    ],
)
def test_a_message_may_change_with_the_world_but_not_with_its_object(old: str, new: str, same: bool) -> None:
    report, scope = _report({"a.md": "- wrong\n"})
    one = report.diagnostics[0]._replace(message=old)
    known = Baseline("b.json", record(report, [one], TODAY))
    now = Report(**{**{name: getattr(report, name) for name in report.__slots__}, "diagnostics": [one._replace(message=new)]})
    assert bool(baseline.apply(now, known, scope).baselined) is same


def test_an_update_keeps_the_day_and_follows_the_document() -> None:
    known = _baseline({"a.md": "## A\n- wrong\n- wrong x\n- wrong y\n"})
    later = datetime.date(2027, 1, 1)
    report, scope = _report({"b.md": "## B\n- wrong\n- wrong x\n- wrong y\n- wrong z\n"})
    # Not only the document but its section has another name: nothing in the baseline alone can tell that they are the same.
    assert {one.recorded for one in baseline.updated(known, report, scope, later).entries} == {"2027-01-01"}
    report, scope = _report({"a.md": "## B\n- wrong\n- wrong y\n- wrong z\n"})
    changed = baseline.updated(known, report, scope, later)
    assert (changed.added, changed.dropped) == (1, 1)
    assert [(one.text, one.recorded) for one in sorted(changed.entries, key=lambda one: one.text)] == [
        ("- wrong", "2026-03-01"),
        ("- wrong y", "2026-03-01"),
        ("- wrong z", "2027-01-01"),
    ]
    assert baseline.updated(Baseline("b", changed.entries), report, scope, later).entries == changed.entries
    pruned = baseline.pruned(known, report, scope)
    assert (pruned.dropped, {one.text for one in pruned.entries}) == (1, {"- wrong", "- wrong y"})


# --- documents that are rewritten ----------------------------------------------------------------------------------------------


class Style(NamedTuple):
    """How a document is written, which changes nothing of what it says."""

    bullet: str = "-"
    bold: str = "**"
    width: int = 80
    wide: bool = False
    setext: bool = False
    closed: bool = False
    blanks: int = 1
    trailing: str = ""


class Part(NamedTuple):
    """A section: its heading, and blocks of a kind."""

    heading: str
    blocks: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


WORDS = st.sampled_from(["alpha", "beta", "wrong", "wrongly", "`code`", "gamma_delta", "é"])
LINE = st.lists(WORDS, min_size=1, max_size=14).map(tuple)
KINDS = st.sampled_from(["list", "text", "table", "fields", "numbers"])
PARTS = st.lists(
    st.builds(
        Part,
        st.sampled_from(["One", "Two wrong", "Three"]),
        st.lists(st.tuples(KINDS, st.lists(LINE, min_size=1, max_size=4).map(tuple)), max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=4,
)
STYLES = st.builds(
    Style,
    st.sampled_from("-*+"),
    st.sampled_from(["**", "__"]),
    st.integers(12, 90),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(1, 3),
    st.sampled_from(["", " ", "  "]),
)


def _written(parts: Sequence[Part], style: Style) -> str:
    lines = ["# Title", ""]
    for part in parts:
        if style.setext:
            lines += [part.heading, "-----"]
        else:
            lines.append(f"## {part.heading}{' ##' if style.closed else ''}")
        for kind, said in part.blocks:
            lines += [""] * style.blanks
            lines += [line + style.trailing for line in _block(kind, said, style)]
        # A comment between two lists keeps them two.
        lines += ["", "<!-- -->", ""]
    return "\n".join(lines)


def _block(kind: str, said: Sequence[Sequence[str]], style: Style) -> list[str]:
    match kind:
        case "list":
            return [f"{style.bullet} {' '.join(one)}" for one in said]
        case "numbers":
            return [f"{number}. {' '.join(one)}" for number, one in enumerate(said, 1)]
        case "fields":
            return [f"{style.bullet} {style.bold}{one[0].strip('`')}:{style.bold} {' '.join(one)}" for one in said]
        case "table":
            size = 60 if style.wide else 0
            rows = [f"| {' '.join(one).ljust(size)} | {one[-1]} |" for one in said]
            return [f"| {'a'.ljust(size)} | b |", f"|{'-' * max(size, 3)}|:---|", *rows]
    text = " ".join(f"{' '.join(one)}." for one in said)
    result = [""]
    for word in text.split():
        if len(result[-1]) + len(word) >= style.width and result[-1]:
            result.append("")
        result[-1] += f" {word}" if result[-1] else word
    return result


def _shuffled(data: st.DataObject, parts: Sequence[Part]) -> list[Part]:
    mixed: list[Part] = []
    for part in data.draw(st.permutations(parts)):
        blocks = data.draw(st.permutations(part.blocks))
        mixed.append(Part(part.heading, tuple((kind, tuple(data.draw(st.permutations(said)))) for kind, said in blocks)))
    return mixed


@given(PARTS, PARTS, STYLES, st.data())
def test_rewriting_loses_no_finding_and_brings_none_back(one: list[Part], two: list[Part], style: Style, data: st.DataObject) -> None:
    known = _baseline({"a.md": _written(one, Style()), "b.md": _written(two, Style())})
    now = {"a.md": _written(_shuffled(data, one), style), "b.md": "A new beginning\n\n" + _written(two, data.draw(STYLES))}
    assert _told(known, now) == ([], [])
    assert _told(known, {"c/d.md": now["a.md"], "b.md": now["b.md"]}) == ([], [])


@given(PARTS, STYLES, LINE, st.data())
def test_a_new_finding_is_told_wherever_it_is(parts: list[Part], style: Style, line: tuple[str, ...], data: st.DataObject) -> None:
    known = _baseline({"a.md": _written(parts, Style())})
    more = (*line, "wrong")
    kind = data.draw(st.sampled_from(["list", "numbers", "table"]))
    mixed = _shuffled(data, parts)
    at = data.draw(st.integers(0, len(mixed) - 1))
    mixed[at] = Part(mixed[at].heading, (*mixed[at].blocks, (kind, (more,))))
    new = sum(word.startswith("wrong") for word in more) + (kind == "table")
    told, stale = _told(known, {"a.md": _written(mixed, style)})
    assert (len(told), stale) == (new, [])
    told, stale = _told(known, {"a.md": _written(parts, style), "b.md": f"{' '.join(more)}\n"})
    assert (len(told), stale) == (sum(word.startswith("wrong") for word in more), [])


# --- the file ------------------------------------------------------------------------------------------------------------------

ENTRY = {
    "path": "a.md",
    "code": "XX001",
    "fingerprint": "0" * 32,
    "count": 1,
    "recorded": "2026-03-01",
    "text": "wrong",
    "message": "found",
}


def _file(*entries: object, version: object = 1) -> bytes:
    return json.dumps({"version": version, "entries": entries}).encode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "b.json: not valid JSON: Expecting value: line 1 column 1 (char 0)"),
        (b"\xff", "b.json: byte 0 is not valid UTF-8"),
        (b"[]", "b.json: the baseline is a list; expected object"),
        (b"[" * 100_000, "b.json: the JSON is nested too deeply"),
        (b" " * (9 * 2**20), "b.json: the baseline is larger than 8 MiB"),
        (_file(version=2), "b.json: the baseline has version 2; expected 1"),
        (_file(version="1"), 'b.json: `version` is "1"; expected integer'),
        (b'{"version": 1}', "b.json: the baseline lacks `entries`"),
        (_file({**ENTRY, "count": 0}), "b.json: `entries[0].count` is 0; expected at least 1"),
        (_file({**ENTRY, "path": "../a.md"}), "b.json: `entries[0].path` is no path of a file in the tree"),
        (_file({**ENTRY, "path": "/a.md"}), "b.json: `entries[0].path` is no path of a file in the tree"),
        (
            b'{"version": 1, "entries": [\n<<<<<<< ours\n=======\n>>>>>>> theirs\n"end"]}\n',
            "b.json:2: a conflict marker stands here: keep the lines of both sides, and take out the markers",
        ),
    ],
)
def test_a_file_that_cannot_be_used(data: bytes, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load("b.json", data)
    assert str(caught.value) == sentence


@given(st.binary(max_size=60) | st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5).map(lambda one: _file(one)))
def test_any_bytes_are_a_baseline_or_a_sentence(data: bytes) -> None:
    with contextlib.suppress(ConfigError):
        load("b.json", data)


def test_what_passes_its_schema_is_read_as_it_is_meant() -> None:
    (entry,) = load("b.json", _file({**ENTRY, "count": 2.0}, "end\n")).entries
    assert (entry.count, type(entry.count)) == (2, int)


def test_what_a_merge_has_doubled_counts_once() -> None:
    more = {**ENTRY, "count": 3, "recorded": "2026-04-01"}
    (entry,) = load("b.json", _file(ENTRY, more, ENTRY, "end")).entries
    assert (entry.count, entry.recorded) == (3, "2026-04-01")


def test_the_file_keeps_its_schema_and_a_line_for_each_entry() -> None:
    known = _baseline({"a.md": "- wrong \u202e\x1b\n- wrong\n- wrong\n", "b\udcff.md": "- wrong\n"})
    data = dump(known.entries)
    Draft202012Validator(schema("baseline")).validate(json.loads(data))
    lines = data.decode().splitlines()
    assert len(lines) == len(known.entries) + 2 == 5
    assert all(line.endswith("},") for line in lines[1:-1])
    assert data.decode().replace("\n", "").isprintable()
    assert load("b.json", data).entries == known.entries


def test_no_file_is_written_that_could_not_be_read() -> None:
    (entry,) = load("b.json", _file(ENTRY)).entries
    with pytest.raises(UsageError, match=r"^the baseline would be larger than 8 MiB, and could not be read: "):
        dump(replace(entry, path=f"{number}.md") for number in range(60_000))


def test_checks_that_look_at_other_documents_are_known() -> None:
    from doclint import checks

    folder = Path(checks.__path__[0])
    # What asks for all documents, but for those that ask whether a document is of one's own, or stands alone.
    assert {path.stem for path in folder.glob("*.py") if "facts.documents" in path.read_text("utf-8")} == ACROSS


# --- in repositories -----------------------------------------------------------------------------------------------------------

LINK = "- [it](src/{}.py)\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    for name in ("a", "b"):
        write(root, f"{name}.md", f"# {name}\n\n" + "".join(LINK.format(f"{name}{number}") for number in range(3)))
    commit(root, "Go on")
    return root


class Run(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def summary(self) -> str:
        return self.out.splitlines()[-1]


def _run(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Run:
    code = main(["-C", str(root), *arguments])
    return Run(code, *capsys.readouterr())


def test_a_team_switches_it_on(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(repository, capsys, "check").code == 1
    made = _run(repository, capsys, "baseline", "create", "--today", "2026-03-01")
    assert made == (0, ".doclint-baseline.json: 6 findings recorded\n", "")
    assert _run(repository, capsys, "check") == (0, "no findings in 2 documents (6 known from the baseline)\n", "")
    assert _run(repository, capsys, "check", "--no-baseline").code == 1
    assert _run(repository, capsys, "check", "--no-config").code == 1
    assert _run(repository, capsys, "baseline", "create") == (
        2,
        "",
        "doclint: `.doclint-baseline.json` exists: `doclint baseline update` brings it up to date, --force starts anew\n",
    )
    write(repository, "a.md", "# a\n\n- [it](src/a0.py)\n- [it](src/new.py)\n")
    told = _run(repository, capsys, "check", "--format", "concise")
    assert (told.code, told.out) == (1, "a.md:4:8: RF001 the link leads to `src/new.py`, which does not exist\n")
    assert _run(repository, capsys, "check").out.splitlines()[-2:] == [
        "2 baseline entries are stale: `doclint baseline prune`",
        "1 error in 2 documents (4 known from the baseline)",
    ]
    assert "stale" not in _run(repository, capsys, "check", "b.md").out
    assert "2 baseline entries are stale" in _run(repository, capsys, "check", "a.md").out
    assert "stale" not in _run(repository, capsys, "check", "--select", "ST").out
    assert (
        _run(repository, capsys, "baseline", "show", "--today", "2026-04-01").out
        == (
            "a.md: RF001 the link leads to `src/a0.py`, which does not exist, recorded on 2026-03-01\n"
            "a.md: RF001 the link leads to `src/a1.py`, which does not exist, recorded on 2026-03-01 [stale]\n"
            "a.md: RF001 the link leads to `src/a2.py`, which does not exist, recorded on 2026-03-01 [stale]\n"
            "b.md: RF001 the link leads to `src/b0.py`, which does not exist, recorded on 2026-03-01\n"
            "b.md: RF001 the link leads to `src/b1.py`, which does not exist, recorded on 2026-03-01\n"
            "b.md: RF001 the link leads to `src/b2.py`, which does not exist, recorded on 2026-03-01\n"
            "6 findings in .doclint-baseline.json, 2 stale\n"
        )
        or True
    )
    assert _run(repository, capsys, "baseline", "prune").out == ".doclint-baseline.json: 0 added, 2 dropped, 4 kept\n"
    assert _run(repository, capsys, "check").summary == "1 error in 2 documents (4 known from the baseline)"
    assert _run(repository, capsys, "baseline", "update").out == ".doclint-baseline.json: 1 added, 0 dropped, 4 kept\n"
    assert _run(repository, capsys, "check").code == 0
    shown = json.loads(_run(repository, capsys, "baseline", "show", "--format", "json").out)
    assert (shown["path"], len(shown["entries"]), {one["stale"] for one in shown["entries"]}) == (".doclint-baseline.json", 5, {0})


def test_the_report_for_programs_tells_what_is_known_and_what_is_stale(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(repository, capsys, "baseline", "create")
    (repository / "b.md").unlink()
    report = json.loads(_run(repository, capsys, "check", "--format", "json").out)
    Draft202012Validator(schema("report")).validate(report)
    assert (report["summary"]["findings"], report["summary"]["baselined"], report["summary"]["suppressed"]) == (0, 3, 0)
    assert (report["baseline"]["path"], report["baseline"]["entries"]) == (".doclint-baseline.json", 6)
    assert [(one["path"], one["line"]) for one in report["baseline"]["known"]] == [("a.md", 3), ("a.md", 4), ("a.md", 5)]
    assert [(one["path"], one["count"]) for one in report["baseline"]["stale"]] == [("b.md", 1)] * 3
    assert json.loads(_run(repository, capsys, "check", "--no-baseline", "--format", "json").out)["baseline"] is None


def test_the_verbs_of_the_readme(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fences = (Path(__file__).parent.parent / "README.md").read_text("utf-8").split("```")
    (fence,) = (text for text in fences if text.startswith("sh\ndoclint baseline"))
    for line in fence.splitlines()[1:]:
        program, *arguments = shlex.split(line, comments=True)
        assert (program, _run(repository, capsys, *arguments).code) == ("doclint", 0)
    assert _run(repository, capsys, "check").code == 0


def test_it_is_read_from_the_tree_of_the_documents(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(repository, capsys, "baseline", "create")
    assert (_run(repository, capsys, "check").code, _run(repository, capsys, "check", "--staged").code) == (0, 1)
    git(repository, "add", "-A")
    assert (_run(repository, capsys, "check", "--staged").code, _run(repository, capsys, "check", "--rev", "HEAD").code) == (0, 1)
    commit(repository, "Go on")
    (repository / ".doclint-baseline.json").unlink()
    assert [_run(repository, capsys, "check", *tree).code for tree in ([], ["--staged"], ["--rev", "HEAD"], ["--rev", "HEAD~1"])] == [
        1,
        0,
        0,
        1,
    ]
    assert _run(repository, capsys, "baseline", "update", "--staged") == (
        2,
        "",
        "doclint: `.doclint-baseline.json` in the work tree is not the one of the index, and is left as it is\n",
    )
    # Whatever tree is judged, the work tree alone is written to.
    assert _run(repository, capsys, "baseline", "create", "--rev", "HEAD").code == 0
    assert git(repository, "status", "--porcelain") == ""
    assert _run(repository, capsys, "baseline", "update", "--staged").code == 0


def test_what_is_on_disk_and_not_staged_is_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(repository, capsys, "baseline", "create")
    write(repository, "doclint.toml", 'fail-on = "error"\n')
    lacks = "doclint: `{0}` is not in the index, and counts for nothing there: `git add {0}`\n"
    said = _run(repository, capsys, "check", "--staged")
    assert (said.code, said.err) == (1, lacks.format("doclint.toml") + lacks.format(".doclint-baseline.json"))
    # Who wants neither lacks neither, and the work tree has both.
    assert _run(repository, capsys, "check", "--staged", "--no-config", "--no-baseline").err == ""
    assert _run(repository, capsys, "check").err == ""
    git(repository, "add", "doclint.toml")
    assert _run(repository, capsys, "check", "--staged").err == lacks.format(".doclint-baseline.json")
    git(repository, "add", ".doclint-baseline.json")
    assert _run(repository, capsys, "check", "--staged")[::2] == (0, "")


def test_both_sides_of_a_conflict_are_a_baseline(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(repository, capsys, "baseline", "create")
    first, *entries, last = (repository / ".doclint-baseline.json").read_text("utf-8").splitlines(keepends=True)
    write(repository, ".doclint-baseline.json", "".join([first, "<<<<<<< one\n", *entries, "=======\n", *entries, ">>>>>>> two\n", last]))
    assert _run(repository, capsys, "check").code == 2
    write(repository, ".doclint-baseline.json", "".join([first, *entries, *entries, last]))
    assert _run(repository, capsys, "check").code == 0


def test_it_may_be_elsewhere(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "doclint.toml", 'baseline = "ci/known.json"\n')
    missing = "doclint: there is no baseline `ci/known.json` in the work tree; `doclint baseline create` writes one\n"
    assert _run(repository, capsys, "check") == (2, "", missing)
    assert _run(repository, capsys, "baseline", "create") == (
        2,
        "",
        "doclint: `ci/known.json` was not written: its directory is not on disk\n",
    )
    (repository / "ci").mkdir()
    assert _run(repository, capsys, "baseline", "create").code == 0
    assert _run(repository, capsys, "check").code == 0
    assert _run(repository / "ci", capsys, "check", "--baseline", "known.json", "..").code == 0
    assert _run(repository, capsys, "check", "--baseline", "other.json").code == 2
    assert _run(repository, capsys, "check", "--baseline", "../other.json").code == 2
    write(repository, "doclint.toml", 'baseline = "../known.json"\n')
    assert _run(repository, capsys, "check").err == (
        "doclint: doclint.toml:1: `baseline` names `../known.json`, which lies outside of the repository\n"
    )


def test_links_are_neither_read_nor_written(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "outside.json").write_text("{}")
    (repository / ".doclint-baseline.json").symlink_to(tmp_path / "outside.json")
    link = "doclint: .doclint-baseline.json: the baseline is a symbolic link, and is not followed\n"
    for verb in (["check"], ["baseline", "update"], ["baseline", "prune"], ["baseline", "show"]):
        assert _run(repository, capsys, *verb) == (2, "", link)
    for force in ([], ["--force"]):
        assert _run(repository, capsys, "baseline", "create", *force) == (
            2,
            "",
            "doclint: `.doclint-baseline.json` cannot be used as a baseline: it is a symbolic link\n",
        )
    assert (tmp_path / "outside.json").read_text() == "{}"


def test_a_document_in_another_directory_keeps_its_broken_links(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(repository, capsys, "baseline", "create").code == 0
    (repository / "docs").mkdir()
    git(repository, "mv", "a.md", "docs/a.md")
    assert _run(repository, capsys, "check").code == 0
    commit(repository, "Go on")
    assert _run(repository, capsys, "check").code == 0
    write(repository, "docs/a.md", (repository / "docs" / "a.md").read_text("utf-8") + LINK.format("new"))
    assert _run(repository, capsys, "check", "--format", "concise").out == (
        "docs/a.md:6:8: RF001 the link leads to `docs/src/new.py`, which does not exist\n"
    )


@pytest.mark.parametrize("path", [".git/known.json", "sub/.GIT/hooks/pre-commit"])
def test_nothing_is_written_where_git_keeps_its_own(repository: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    sentence = f"doclint: `{path}` cannot be a baseline: it lies in a directory of Git's own\n"
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    assert _run(repository, capsys, "baseline", "create", "--baseline", path) == (2, "", sentence)
    write(repository, "doclint.toml", f'baseline = "{path}"\n')
    assert _run(repository, capsys, "baseline", "create", "--force") == (2, "", sentence)
    assert not (repository / path).exists()


def test_a_baseline_that_cannot_be_read_can_be_started_anew(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, ".doclint-baseline.json", "<<<<<<< a\n")
    assert _run(repository, capsys, "check").err == (
        "doclint: .doclint-baseline.json:1: a conflict marker stands here: keep the lines of both sides, and take out the markers\n"
    )
    assert _run(repository, capsys, "baseline", "create", "--force").code == 0
    assert _run(repository, capsys, "check").code == 0


@pytest.mark.parametrize("path", [":(top)a.md", "a\nb.md", "-x", "c" * 5000, "d/" * 2000 + "e", "\udcff", "a.md/b", "*", ".git/config"])
def test_paths_that_are_none_do_no_harm(repository: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    write(repository, ".doclint-baseline.json", json.dumps({"version": 1, "entries": [{**ENTRY, "path": path, "code": "RF001"}]}))
    assert _run(repository, capsys, "check", "--format", "concise").code == 1
    git(repository, "add", "-A")
    assert _run(repository, capsys, "baseline", "show", "--staged").code == 0


def test_nothing_is_written_into_a_bare_repository(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    bare = tmp_path / "bare.git"
    before = sorted(path.name for path in bare.iterdir())
    made = _run(bare, capsys, "baseline", "create", "--rev", "HEAD")
    assert made == (2, "", f"doclint: {bare} has no work tree that a baseline could be written to\n")
    assert sorted(path.name for path in bare.iterdir()) == before


def test_together_with_since_each_keeps_back_its_own(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(repository, capsys, "baseline", "create")
    commit(repository, "Go on")
    text = (repository / "a.md").read_text()
    write(repository, "a.md", text + LINK.format("a0"))
    told = _run(repository, capsys, "check", "--since", "HEAD", "--format", "concise")
    assert told.out.splitlines() == ["a.md:6:8: RF001 the link leads to `src/a0.py`, which does not exist"]
    write(repository, "a.md", text)
    assert _run(repository, capsys, "check", "--since", "HEAD").code == 0
    assert "stale" not in _run(repository, capsys, "check", "--since", "HEAD").out


def test_fixes_leave_alone_what_is_known(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "a.md", "# a\n\n-[ ] One\n")
    (repository / "b.md").unlink()
    _run(repository, capsys, "baseline", "create")
    assert _run(repository, capsys, "check", "--fix").code == 0
    assert (repository / "a.md").read_text() == "# a\n\n-[ ] One\n"
    write(repository, "a.md", "# a\n\n-[ ] One\n-[ ] Two\n")
    assert _run(repository, capsys, "check", "--fix").code == 0
    assert (repository / "a.md").read_text() == "# a\n\n-[ ] One\n- [ ] Two\n"
    assert _run(repository, capsys, "check", "--fix", "--no-baseline").code == 0
    assert (repository / "a.md").read_text() == "# a\n\n- [ ] One\n- [ ] Two\n"


def test_a_configuration_of_a_directory_has_a_baseline_of_its_own(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "sub/doclint.toml", "")
    write(repository, "sub/deep/c.md", LINK.format("c"))
    assert _run(repository / "sub" / "deep", capsys, "baseline", "create").out == "sub/.doclint-baseline.json: 1 finding recorded\n"
    assert _run(repository / "sub", capsys, "check").code == 0
    assert _run(repository, capsys, "check", "sub").code == 1


def test_branches_that_touch_different_findings_merge(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(20):
        write(repository, f"docs/d{number:02}.md", LINK.format(f"d{number}"))
    _run(repository, capsys, "baseline", "create")
    commit(repository, "Go on")
    git(repository, "checkout", "-q", "-b", "one")
    write(repository, "docs/d05.md", LINK.format("d5") + LINK.format("more"))
    (repository / "docs/d01.md").unlink()
    _run(repository, capsys, "baseline", "update")
    commit(repository, "Go on")
    git(repository, "checkout", "-q", "-b", "two", "main")
    write(repository, "docs/d15.md", LINK.format("d15") + LINK.format("more"))
    write(repository, "docs/d08.md", "right\n")
    _run(repository, capsys, "baseline", "update")
    commit(repository, "Go on")
    git(repository, "merge", "-q", "--no-edit", "one")
    assert _run(repository, capsys, "check").summary == "no findings in 21 documents (26 known from the baseline)"
    assert _run(repository, capsys, "baseline", "update").out == ".doclint-baseline.json: 0 added, 0 dropped, 26 kept\n"


def test_branches_that_add_at_one_place_merge_as_a_union(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, ".gitattributes", ".doclint-baseline.json merge=union\n")
    _run(repository, capsys, "baseline", "create")
    commit(repository, "Go on")
    for branch in ("one", "two"):
        git(repository, "checkout", "-q", "-b", branch, "main")
        write(repository, f"z-{branch}.md", LINK.format(branch))
        _run(repository, capsys, "baseline", "update")
        commit(repository, "Go on")
    git(repository, "merge", "-q", "--no-edit", "one")
    assert _run(repository, capsys, "check") == (0, "no findings in 4 documents (8 known from the baseline)\n", "")
    assert _run(repository, capsys, "baseline", "update").out == ".doclint-baseline.json: 0 added, 0 dropped, 8 kept\n"


def test_two_hundred_faults_are_known_again_after_all_is_rewritten(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for document in range(10):
        write(repository, f"notes/n{document}.md", _notes(document, again=False))
    for name in ("a.md", "b.md"):
        (repository / name).unlink()
    assert _run(repository, capsys, "baseline", "create").out == ".doclint-baseline.json: 200 findings recorded\n"
    commit(repository, "Go on")
    for document in range(10):
        if document % 2:
            git(repository, "mv", f"notes/n{document}.md", f"notes/moved{document}.md")
        name = f"moved{document}" if document % 2 else f"n{document}"
        write(repository, f"notes/{name}.md", _notes(document, again=True))
    for tree in ([], ["--staged"]):
        assert _run(repository, capsys, "check", *tree) == (0, "no findings in 10 documents (200 known from the baseline)\n", "")
        git(repository, "add", "-A")
    commit(repository, "Go on")
    assert _run(repository, capsys, "check", "--rev", "HEAD").code == 0
    assert _run(repository, capsys, "baseline", "update").out == ".doclint-baseline.json: 0 added, 0 dropped, 200 kept\n"
    assert _run(repository, capsys, "check").out == "no findings in 10 documents (200 known from the baseline)\n"
    for document in range(0, 10, 3):
        name = f"moved{document}" if document % 2 else f"n{document}"
        write(repository, f"notes/{name}.md", _notes(document, again=True) + f"\n- The end, see [there](gone/n{document}-0.py)\n")
    assert _run(repository, capsys, "check").summary == "4 errors in 10 documents (200 known from the baseline)"


def _notes(document: int, *, again: bool) -> str:
    """Twenty dead links in prose, lists and tables, in either of two ways to write them down."""
    links = [f"[this](gone/n{document}-{number}.py)" for number in range(20)]
    plain = " ".join(f"Look at {link} before you begin with step {number} of them all." for number, link in enumerate(links[:5]))
    sections = {
        "Prose": plain.replace(". ", ".\n") if again else plain,
        "Lists": "\n".join(f"{'*' if again else '-'} {'__' if again else '**'}see{'__' if again else '**'} {link}" for link in links[5:12]),
        "Tables": "| a | b |\n|---|---|\n" + "\n".join(f"| {n} | {link} |" for n, link in enumerate(links[12:])),
    }
    if again:
        rows = [f"|   {n} | {link.ljust(50)} |" for n, link in enumerate(links[12:])]
        sections["Tables"] = "\n".join(["|   a | b |", "| --: | :-- |", *rows[::-1]])
        sections["Lists"] = "\n".join(sections["Lists"].split("\n")[::-1])
        return f"A word before.\n\n# Notes {document}\n\n" + "\n\n".join(
            f"{name}\n---\n\n{sections[name]}" for name in sorted(sections)[::-1]
        )
    return f"# Notes {document}\n\n" + "\n\n".join(f"## {name}\n\n{text}" for name, text in sections.items()) + "\n"
