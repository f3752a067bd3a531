"""Reports joined: those on the parts of a run, and those on several repositories."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from doclint import demo, merging
from doclint.cli import main
from doclint.diagnostic import Severity
from doclint.errors import UsageError
from doclint.merging import merge
from doclint.reporters import json as json_reporter
from doclint.resources import schema
from tests.outside import git
from tests.reporters import sample


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("merging") / "sample"
    demo.build(str(place))
    return place


def _check(repository: Path, file: Path, *arguments: str, format: str = "json") -> Path:
    command = ["-C", str(repository), "check", "--strict", "--today", "2026-08-22", "--format", format, "--output", str(file), *arguments]
    assert main(command) in (0, 1)
    return file


def _read(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def _merge(*reports: object, code: int = 1, options: Sequence[str] = ()) -> Any:
    merged = merge([str(report) for report in reports])
    assert merged.exit_code(Severity.ERROR) == code
    return json.loads(merged.text)


@pytest.mark.parametrize("more", [(), ("--since", "HEAD~3")])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_parts_of_a_run_are_the_run(repository: Path, tmp_path: Path, count: int, more: Sequence[str]) -> None:
    whole = _read(_check(repository, tmp_path / "whole.json", *more))
    parts = [_check(repository, tmp_path / f"{n}.json", "--shard", f"{n}/{count}", *more) for n in range(1, count + 1)]
    assert _merge(*parts) == whole
    assert _merge(*reversed(parts), parts[0]) == whole
    assert len(whole["documents"]) == 5


def test_parts_of_a_run_with_known_findings(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = tmp_path / "known"
    git(tmp_path, "clone", "--quiet", str(repository), str(known))
    assert main(["-C", str(known), "baseline", "create", "--select", "ST"]) == 0
    whole = _read(_check(known, tmp_path / "whole.json"))
    parts = [_check(known, tmp_path / f"{n}.json", "--shard", f"{n}/3") for n in (1, 2, 3)]
    assert whole["baseline"]["known"]
    assert _merge(*parts) == whole
    several = _merge(f"a={tmp_path / 'whole.json'}", f"b={_check(repository, tmp_path / 'b.json')}")
    Draft202012Validator(schema("report")).validate(several)
    assert several["baseline"]["path"] == f"a/{whole['baseline']['path']}"
    assert [one["path"] for one in several["baseline"]["known"]] == [f"a/{one['path']}" for one in whole["baseline"]["known"]]
    assert several["summary"]["baselined"] == len(whole["baseline"]["known"])


def test_verb(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = [str(_check(repository, tmp_path / f"{n}.json", "--shard", f"{n}/2")) for n in (1, 2)]
    assert main(["merge", *parts]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    assert main(["merge", *parts, "--output", str(tmp_path / "all.json")]) == 1
    assert (tmp_path / "all.json").read_text("utf-8") == printed.out
    assert printed.out == _check(repository, tmp_path / "whole.json").read_text("utf-8")
    assert main(["merge", *parts, "--fail-on", "never"]) == 0
    assert main(["merge"]) == 2


@pytest.mark.parametrize(
    ("fail_on", "severities", "code"),
    [
        ("error", ["warning", "info"], 0),
        ("error", ["error"], 1),
        ("warning", ["warning"], 1),
        ("info", ["info"], 1),
        ("never", ["error"], 0),
        ("info", [], 0),
    ],
)
def test_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str], fail_on: str, severities: Sequence[str], code: int) -> None:
    report = _plain()
    report["findings"] = [_finding(severity=severity) for severity in severities]
    assert main(["merge", _written(tmp_path / "a.json", report), "--fail-on", fail_on]) == code
    report["failures"] = [{"code": None, "path": "a.md", "error": "KeyError: 1"}]
    assert main(["merge", _written(tmp_path / "a.json", report), "--fail-on", fail_on]) == 2


def _plain(**changes: Any) -> dict[str, Any]:
    """A report on a tree without findings."""
    empty = json_reporter.value(sample.report())
    return {**empty, "documents": [], "summary": dict.fromkeys(empty["summary"], 0), **changes}


def _finding(**changes: Any) -> dict[str, Any]:
    one: dict[str, Any] = json_reporter.value(sample.report(sample.MERGED))["findings"][0]
    return {**one, **changes}


def _written(file: Path, value: object) -> str:
    file.write_text(json.dumps(value), "utf-8")
    return str(file)


def test_a_report_that_lies_in_the_tree_makes_no_other_tree_of_it(tmp_path: Path) -> None:
    clean, dirty, unknown = (
        _written(tmp_path / f"{uncommitted}.json", _plain(tree={**_plain()["tree"], "uncommitted": uncommitted}))
        for uncommitted in (False, True, None)
    )
    assert [_merge(clean, other, code=0)["tree"]["uncommitted"] for other in (clean, dirty, unknown)] == [False, True, None]


def test_several_repositories(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(repository), str(other))
    (other / "NOTES.md").write_text("See [it](nowhere.md).\n", "utf-8")
    git(other, "add", ".")
    git(other, "commit", "--quiet", "--message", "Take notes")
    first = [_check(repository, tmp_path / f"first-{n}.json", "--shard", f"{n}/2") for n in (1, 2)]
    second = _check(other, tmp_path / "second.json")
    whole = _merge(f"team/other={second}", f"gauges={first[0]}", f"gauges={first[1]}")
    Draft202012Validator(schema("report")).validate(whole)
    alone = [_read(_check(repository, tmp_path / "first.json")), _read(second)]
    assert whole["tree"] == {**dict.fromkeys(alone[0]["tree"]), "origin": "several"}
    assert whole["parts"] == [
        {"name": name, "tool": one["tool"], "tree": one["tree"]} for name, one in zip(("gauges", "team/other"), alone, strict=True)
    ]
    assert whole["summary"] == {key: sum(one["summary"][key] for one in alone) for key in alone[0]["summary"]}
    assert [one["path"] for one in whole["documents"]] == [
        f"{name}/{document['path']}" for name, one in zip(("gauges", "team/other"), alone, strict=True) for document in one["documents"]
    ]
    assert "team/other/NOTES.md" in [one["path"] for one in whole["findings"]]
    evidence = [proof["path"] for one in whole["findings"] for proof in one["evidence"] if "path" in proof]
    assert evidence
    assert all(path.startswith(("gauges/", "team/other/")) for path in evidence)


def test_one_repository_with_a_name(repository: Path, tmp_path: Path) -> None:
    whole = _merge(f"gauges={_check(repository, tmp_path / 'a.json')}")
    Draft202012Validator(schema("report")).validate(whole)
    assert [part["name"] for part in whole["parts"]] == ["gauges"]


def test_what_was_joined_is_joined_again(tmp_path: Path) -> None:
    reports = {
        name: _written(
            tmp_path / f"{name}.json", _plain(findings=[_finding(path=f"{name}.md")], tree={**_plain()["tree"], "head": name * 40})
        )
        for name in "abc"
    }
    some = _written(tmp_path / "some.json", _merge(*(f"{name}={reports[name]}" for name in "ab")))
    more = _written(tmp_path / "more.json", _merge(f"c={reports['c']}"))
    assert _merge(some, more) == _merge(*(f"{name}={file}" for name, file in reports.items()))
    nested = _merge(f"team={some}", f"c={reports['c']}")
    assert [part["name"] for part in nested["parts"]] == ["c", "team/a", "team/b"]
    assert [one["path"] for one in nested["findings"]] == ["c/c.md", "team/a/a.md", "team/b/b.md"]


def test_versions_of_repositories_are_kept_apart(tmp_path: Path) -> None:
    old = _written(tmp_path / "old.json", _plain(tool={"name": "doclint", "version": "0.0.9"}))
    new = _written(tmp_path / "new.json", _plain())
    whole = _merge(f"a={old}", f"b={new}", code=0)
    assert [part["tool"]["version"] for part in whole["parts"]] == ["0.0.9", _plain()["tool"]["version"]]
    assert whole["tool"] == _plain()["tool"]


@settings(max_examples=40, deadline=None)
@given(lines=st.lists(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4)), max_size=6), min_size=1, max_size=4))
def test_what_is_given_twice_counts_once(tmp_path_factory: pytest.TempPathFactory, lines: list[list[tuple[str, int]]]) -> None:
    place = tmp_path_factory.mktemp("reports")
    questions = [[{"code": "XX001", "path": path, "line": line, "reason": "shallow"} for path, line in many] for many in lines]
    files = [_written(place / f"{number}.json", _plain(undecided=many)) for number, many in enumerate(questions)]
    whole = _merge(*files, code=0)
    every = {repr(one): one for many in questions for one in many}
    assert (
        whole["summary"]["undecided"]
        == len(whole["undecided"])
        == sum(max(many.count(one) for many in questions) for one in every.values())
    )
    assert _merge(*files, *reversed(files), code=0) == whole
    assert whole["undecided"] == sorted(whole["undecided"], key=lambda one: (one["path"], one["line"]))


def _refused(*arguments: object) -> str:
    with pytest.raises(UsageError) as refusal:
        merge([str(argument) for argument in arguments])
    return str(refusal.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "`FILE` is empty"),
        (b" \n", "`FILE` is empty"),
        (b"no findings in 3 documents\n", "`FILE` is no report of doclint: it is no JSON (line 1)"),
        (b'{"version": 1,\n "tool": {"name"', "`FILE` is no report of doclint: it ends too early (line 2)"),
        (b'{"version": 1,\n "tool": "docl', "`FILE` is no report of doclint: it ends too early (line 2)"),
        (b"\xff\xfe{}", "`FILE` is no report of doclint: it is not UTF-8 text"),
        (b"[" * 100_000, "`FILE` is no report of doclint: it is nested too deeply"),
        (b'{"findings": NaN}', "`FILE` is no report of doclint: it holds `NaN`"),
        (b"[]", "`FILE` is no report of doclint: expected one of `check --format json` or `sarif`"),
        (b"{}", "`FILE` is no report of doclint: expected one of `check --format json` or `sarif`"),
        (b'{"findings": []}', "`FILE` is a report of version None; this doclint joins those of version 1"),
        (b'{"findings": [], "version": 2}', "`FILE` is a report of version 2; this doclint joins those of version 1"),
        (b'{"findings": [], "version": 1}', "`FILE` is no report of doclint: `tool` is missing"),
        (b'{"runs": [], "version": "2.1.0"}', "`FILE` is no report of doclint: `runs` is empty"),
        (b'{"runs": [{}], "version": "2.1.0"}', "`FILE` is no report of doclint: `runs[0]` "),
    ],
)
def test_what_is_no_report(tmp_path: Path, data: bytes, sentence: str) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(data)
    assert _refused(file).startswith(sentence.replace("FILE", str(file)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"more": 1}, "`more` is not known"),
        ({"findings": [{}]}, "`findings[0]` "),
        ({"findings": [_finding(line="3")]}, "`findings[0].line` "),
        ({"findings": [_finding(severity="grave")]}, "`findings[0].severity` "),
        ({"findings": [_finding(line=10**5000)]}, ""),
        ({"tree": None}, "`tree` "),
        ({"summary": {}}, "`summary` "),
    ],
)
def test_what_is_no_report_inside(tmp_path: Path, changes: Mapping[str, Any], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.json"
    text = json.dumps({**_plain(), **{key: part for key, part in changes.items() if sentence}})
    file.write_text(text if sentence else text.replace('"findings": []', f'"findings": [{"9" * 5000}]'), "utf-8")
    assert _refused(file).startswith(f"`{file}` is no report of doclint: {sentence}")
    assert main(["merge", str(file)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "internal error" not in err


def test_files_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _refused(tmp_path / "gone.json") == f"`{tmp_path / 'gone.json'}` cannot be read: No such file or directory"
    assert _refused(tmp_path) == f"`{tmp_path}` cannot be read: Is a directory"
    assert _refused("a\0b").startswith("`a\0b` cannot be read: ")
    monkeypatch.setattr(merging, "LARGEST", 1024 * 1024)
    (tmp_path / "a.json").write_bytes(b" " * (1024 * 1024 + 1))
    assert _refused(tmp_path / "a.json") == f"`{tmp_path / 'a.json'}` is larger than 1 MiB, and is not read"


def test_reports_that_are_not_of_one_run(tmp_path: Path) -> None:
    plain = _plain()
    a = _written(tmp_path / "a.json", plain)
    tree = _written(tmp_path / "tree.json", {**plain, "tree": {**plain["tree"], "head": "0" * 40}})
    origin = _written(tmp_path / "origin.json", {**plain, "tree": {**plain["tree"], "origin": "index"}})
    version = _written(tmp_path / "version.json", {**plain, "tool": {"name": "doclint", "version": "9.9"}})
    assert _refused(a, tree) == (
        f"`{tree}` is on another tree than `{a}` (worktree at 0000000 and worktree at ddddddd): name the repositories (`NAME=FILE`)"
    )
    assert "(index at ddddddd and worktree at ddddddd)" in _refused(a, origin)
    assert _refused(f"x={a}", f"x={tree}").endswith(": `x` is one repository")
    assert _refused(a, version) == (
        f"`{version}` was written by doclint 9.9 and `{a}` by {plain['tool']['version']}: what two versions find is not summed up"
    )
    assert _refused(f"x={a}", a) == f"`{a}` has no name, and others have one: name all reports (`NAME=FILE`), or none"
    # A name is no way out of where a report belongs; what is none is a file.
    for argument in (f"../x={a}", f"/x={a}", f"x/../y={a}", f"={a}", f"x\n={a}"):
        assert _refused(argument).endswith("cannot be read: No such file or directory")


def test_hostile_names_go_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "a\n::error::x\x1b[2J##[debug]\u2028.md"
    file = tmp_path / "a.json"
    file.write_text(json.dumps(_plain(findings=[_finding(path=hostile)])), "utf-8")
    assert main(["merge", str(file)]) == 1
    out = capsys.readouterr().out
    assert json.loads(out)["findings"][0]["path"] == hostile
    assert not any(line.lstrip().startswith("::") or "##[" in line or "\x1b" in line for line in out.splitlines())
    assert main(["merge", str(tmp_path / "\x1b[2J\n::error::x")]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "\x1b" not in err


def test_sarif_of_the_parts_of_a_run(repository: Path, tmp_path: Path) -> None:
    whole = _read(_check(repository, tmp_path / "whole.sarif", format="sarif"))
    parts = [_check(repository, tmp_path / f"{n}.sarif", "--shard", f"{n}/3", format="sarif") for n in (1, 2, 3)]
    merged = _merge(*parts)
    assert merged == whole
    assert _merge(*reversed(parts), *parts) == whole
    assert main(["merge", *map(str, parts), "--output", str(tmp_path / "all.sarif")]) == 1
    assert (tmp_path / "all.sarif").read_text("utf-8") == (tmp_path / "whole.sarif").read_text("utf-8")


def test_sarif_of_several_repositories(repository: Path, tmp_path: Path) -> None:
    parts = [_check(repository, tmp_path / f"{n}.sarif", "--shard", f"{n}/2", format="sarif") for n in (1, 2)]
    whole = _read(_check(repository, tmp_path / "whole.sarif", format="sarif"))
    merged = _merge(f"team/b={parts[0]}", f"a={tmp_path / 'whole.sarif'}", f"team/b={parts[1]}")
    assert [run["automationDetails"]["id"] for run in merged["runs"]] == ["doclint/a/", "doclint/team/b/"]
    assert [run["results"] for run in merged["runs"]] == [whole["runs"][0]["results"]] * 2
    again = _written(tmp_path / "again.sarif", merged)
    assert _merge(again, again) == merged
    assert [run["automationDetails"]["id"] for run in _merge(f"x={again}")["runs"]] == ["doclint/x/a/", "doclint/x/team/b/"]


def test_sarif_counts_what_is_not_suppressed(repository: Path, tmp_path: Path) -> None:
    report = _read(_check(repository, tmp_path / "whole.sarif", format="sarif"))
    for result in report["runs"][0]["results"]:
        result["suppressions"] = [{"kind": "inSource"}]
    _merge(_written(tmp_path / "a.sarif", report), code=0)
    report["runs"][0]["invocations"][0]["executionSuccessful"] = False
    _merge(_written(tmp_path / "a.sarif", report), code=2)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (("tool", "driver", "name"), "other"),
        (("tool", "driver"), []),
        (("results",), [{"ruleId": "ST001"}]),
        (("results", 0, "locations"), [1]),
        (("results", 0, "locations"), [{"physicalLocation": {"region": {"startLine": "1"}}}]),
        (("results", 0, "level"), "none"),
        (("invocations",), []),
        (("properties", "tree"), 1),
        (("automationDetails",), None),
    ],
)
def test_sarif_of_others(repository: Path, tmp_path: Path, way: Sequence[str | int], value: object) -> None:
    report = _read(_check(repository, tmp_path / "whole.sarif", format="sarif"))
    inner = report["runs"][0]
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = value
    file = _written(tmp_path / "a.sarif", report)
    assert _refused(file).startswith(f"`{file}` is no report of doclint: `runs[0].")
    (tmp_path / "b.json").write_text(json.dumps(_plain()), "utf-8")
    assert _refused(tmp_path / "b.json", tmp_path / "whole.sarif").endswith(": merge each format by itself")
