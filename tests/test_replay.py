"""Since when faults stand, in real repositories: what is found is compared with what judging every commit would find."""

from __future__ import annotations

import datetime
import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from doclint import engine
from doclint.config import Flags, plan
from doclint.past import Progress
from doclint.replay import Replay, replay
from doclint.repo.building import build
from doclint.repo.git import open_repo
from doclint.resources import schema
from doclint.workspace import Wish, enter
from tests.shell import TODAY, Run, install, rule, words

# Code, line, kind of beginning, its commit's subject, cause.
Row = tuple[str, int, str, str | None, str | None]

HUB = """\
# Coordination hub

## Sessions

### Session A: Ingest
- **Branch:** `feature/ingest`
- **Status:** {}
"""


def git(directory: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=directory, check=True, capture_output=True)


def told(directory: Path, *paths: str, tree: str = "worktree", since: str | None = None, progress: Progress | None = None) -> Replay:
    flags = Flags(select=("CL001", "RF001", "RF003", "ST001", "TX003"))
    workspace = enter(Wish(str(directory), tree, paths, flags=flags))
    try:
        return replay(workspace.plan, workspace.repo, workspace.paths, TODAY, since=since, progress=progress)
    finally:
        workspace.repo.close()


def rows(found: Replay) -> list[Row]:
    result: list[Row] = []
    for one in found.standing:
        line = found.report.sources[one.diagnostic.path].position(one.diagnostic.span.start).line
        began = one.beginning
        result.append((one.diagnostic.code, line, began.kind, began.commit.subject if began.commit else None, began.cause))
    return result


def built(directory: Path, *commits: Mapping[str, Any], **keys: Any) -> Path:
    root = directory / "repository"
    build({"commits": list(commits), **keys}, str(root))
    return root


def test_a_change_of_the_document(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": "# Notes\n"}},
        {"subject": "Write it wrong", "modify": {"NOTES.md": "# Notes\n\n-[ ] one\n"}},
        {"subject": "Go on", "modify": {"NOTES.md": "# Notes\n\nMore.\n\n-[ ] one\n- [ ] two\n"}},
        {"subject": "Elsewhere", "add": ["a.txt"]},
    )
    assert rows(told(root)) == [("CL001", 5, "commit", "Write it wrong", "document")]


def test_a_merge_while_the_document_stays(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"COORDINATION.md": HUB.format("IN PROGRESS")}},
        {"subject": "Ingest", "on": "feature/ingest", "add": ["src/ingest.py"]},
        {"subject": "Elsewhere", "add": ["a.txt"]},
        {"merge": "feature/ingest"},
        *({"subject": f"More {number}", "add": [f"b{number}.txt"]} for number in range(20)),
    )
    found = told(root)
    assert rows(found) == [("ST001", 7, "commit", "Merge branch 'feature/ingest'", "world")]
    # The newest commit, the document's own, the merge that proves the fault, and the one before it.
    assert (found.commits, found.judged) == (4, 4)


def test_equal_lines_are_told_apart_by_what_is_said_of_them(tmp_path: Path) -> None:
    session = HUB.partition("### ")[2]
    other = session.replace("Session A: Ingest", "Session B: Forecast").replace("feature/ingest", "feature/forecast")
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"COORDINATION.md": f"{HUB}\n### {other}".replace("{}", "IN PROGRESS")}},
        {"subject": "Forecast", "on": "feature/forecast", "add": ["src/forecast.py"]},
        {"subject": "Ingest", "on": "feature/ingest", "add": ["src/ingest.py"]},
        {"merge": "feature/forecast"},
        {"subject": "Elsewhere", "add": ["a.txt"]},
        {"merge": "feature/ingest"},
    )
    assert rows(told(root)) == [
        ("ST001", 7, "commit", "Merge branch 'feature/ingest'", "world"),
        ("ST001", 11, "commit", "Merge branch 'feature/forecast'", "world"),
    ]


def test_a_file_that_is_renamed(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": "# Notes\n\n[how](docs/a.md)\n", "docs/a.md": "# A\n"}},
        *({"subject": f"Some {number}", "add": [f"a{number}.txt"]} for number in range(9)),
        {"subject": "Move it", "rename": {"docs/a.md": "docs/b.md"}},
        *({"subject": f"More {number}", "add": [f"b{number}.txt"]} for number in range(9)),
    )
    found = told(root)
    assert rows(found) == [("RF001", 3, "commit", "Move it", "world")]
    assert found.standing[0].days == (TODAY - datetime.date(2026, 1, 1)).days
    assert found.commits <= 7


def test_mended_and_broken_again(tmp_path: Path) -> None:
    wrong, right = "# Notes\n\n-[ ] one\n", "# Notes\n\n- [ ] one\n"
    root = built(
        tmp_path,
        {"subject": "Wrong", "add": {"NOTES.md": wrong}},
        {"subject": "Right", "modify": {"NOTES.md": right}},
        {"subject": "Wrong again", "modify": {"NOTES.md": wrong}},
        {"subject": "Elsewhere", "add": ["a.txt"]},
    )
    assert rows(told(root)) == [("CL001", 3, "commit", "Wrong again", "document")]


def test_mended_and_broken_again_by_the_world(tmp_path: Path) -> None:
    notes = "# Notes\n\n[how](docs/a.md)\n{}"
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": notes.format("")}},
        {"subject": "There", "add": ["docs/a.md"]},
        {"subject": "Edit", "modify": {"NOTES.md": notes.format("More.\n")}},
        {"subject": "Gone", "delete": ["docs/a.md"]},
        {"subject": "Edit once more", "modify": {"NOTES.md": notes.format("More and more.\n")}},
        {"subject": "Elsewhere", "add": ["a.txt"]},
    )
    assert rows(told(root)) == [("RF001", 3, "commit", "Gone", "world")]


def test_a_commit_that_changes_both_is_the_worlds_if_the_document_had_said_it_before(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": "# Notes\n\n[how](docs/a.md)\n", "docs/a.md": "# A\n"}},
        {"subject": "Both", "delete": ["docs/a.md"], "modify": {"NOTES.md": "# Notes\n\n[how](docs/a.md)\n[why](docs/c.md)\n"}},
    )
    assert rows(told(root)) == [("RF001", 3, "commit", "Both", "world"), ("RF001", 4, "commit", "Both", "document")]


def test_a_document_that_is_renamed(tmp_path: Path) -> None:
    text = "# Notes\n\n-[ ] one\n\n" + "Something that is worth saying.\n" * 9
    root = built(
        tmp_path,
        {"subject": "Wrong", "add": {"NOTES.md": text}},
        {"subject": "Move", "rename": {"NOTES.md": "docs/NOTES.md"}},
        {"subject": "Another of that name", "add": {"NOTES.md": "# Notes\n\n-[ ] one\n"}},
        {"subject": "Move again", "rename": {"docs/NOTES.md": "docs/OLD.md"}, "modify": {"docs/OLD.md": text + "More.\n"}},
    )
    assert [(one.diagnostic.path, row[3]) for one, row in zip(*(lambda it: (it.standing, rows(it)))(told(root)), strict=True)] == [
        ("NOTES.md", "Another of that name"),
        ("docs/OLD.md", "Wrong"),
    ]


def test_a_document_that_moves_away_from_what_it_links_to(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": "# Notes\n\n[how](docs/a.md)\n", "docs/a.md": "# A\n"}},
        {"subject": "Move", "rename": {"NOTES.md": "old/NOTES.md"}},
    )
    assert rows(told(root)) == [("RF001", 3, "commit", "Move", "document")]


def test_no_further_back_than_asked(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "One", "add": {"NOTES.md": "# Notes\n\n-[ ] one\n"}},
        {"subject": "Elsewhere", "add": ["a.txt"]},
        {"subject": "Two", "modify": {"NOTES.md": "# Notes\n\n-[ ] one\n-[ ] two\n"}},
        {"subject": "Last", "add": ["b.txt"]},
    )
    found = told(root, since="HEAD~2")
    assert rows(found) == [("CL001", 3, "before", "Elsewhere", None), ("CL001", 4, "commit", "Two", "document")]
    assert [one.beginning.reason for one in found.standing] == ["`HEAD~2`", None]
    assert rows(told(root, since="HEAD")) == [("CL001", 3, "before", "Last", None), ("CL001", 4, "before", "Last", None)]
    assert {row[2] for row in rows(told(root, since="HEAD~3"))} == {"before", "commit"}


def test_a_point_that_lies_beside_the_line(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "One", "add": {"NOTES.md": "# Notes\n\n-[ ] one\n"}},
        {"subject": "Aside", "on": "feature/aside", "add": ["aside.txt"]},
        {"subject": "Two", "modify": {"NOTES.md": "# Notes\n\n-[ ] one\n-[ ] two\n"}},
    )
    assert rows(told(root, since="feature/aside")) == [("CL001", 3, "before", "One", None), ("CL001", 4, "commit", "Two", "document")]


def test_a_branch_that_only_the_remote_has(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "One", "add": {"NOTES.md": "# Notes\n\n-[ ] one\n"}},
        {"branch": "release"},
        {"subject": "Two", "modify": {"NOTES.md": "# Notes\n\n-[ ] one\n-[ ] two\n"}},
    )
    git(tmp_path, "clone", "-q", str(root), "clone")
    found = told(tmp_path / "clone", since="release")
    assert rows(found) == [("CL001", 3, "before", "One", None), ("CL001", 4, "commit", "Two", "document")]


def test_a_shallow_clone(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "One", "add": {"NOTES.md": "# Notes\n\n-[ ] one\n"}},
        {"subject": "Elsewhere", "add": ["a.txt"]},
        {"subject": "Two", "modify": {"NOTES.md": "# Notes\n\n-[ ] one\n-[ ] two\n"}},
    )
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{root}", "clone")
    found = told(tmp_path / "clone")
    assert rows(found) == [("CL001", 3, "before", "Elsewhere", None), ("CL001", 4, "commit", "Two", "document")]
    assert found.standing[0].beginning.reason == "history is shallow"


def test_a_clone_that_lacks_the_texts_of_the_past(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "One", "add": {"NOTES.md": "# Notes\n\n-[ ] one\n"}},
        {"subject": "Two", "modify": {"NOTES.md": "# Notes\n\n-[ ] one\n-[ ] two\n"}},
    )
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{root}", "clone")
    found = told(tmp_path / "clone")
    assert rows(found) == [("CL001", 3, "before", "Two", None), ("CL001", 4, "before", "Two", None)]
    assert found.standing[0].beginning.reason == "an object is missing from this partial clone"


def test_what_is_not_committed(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": "# Notes\n\n[how](a.md)\n-[ ] one\n", "a.md": "# A\n"}},
        uncommitted={
            "modify": {"NOTES.md": "# Notes\n\n[how](a.md)\n-[ ] one\n-[ ] two\n"},
            "add": {"NEW.md": "-[ ] new\n"},
            "delete": ["a.md"],
        },
    )
    found = told(root)
    assert rows(found) == [
        ("CL001", 1, "uncommitted", None, "document"),
        ("CL001", 4, "commit", "Begin", "document"),
        ("RF001", 3, "uncommitted", None, "world"),
        ("CL001", 5, "uncommitted", None, "document"),
    ]
    assert [one.days for one in found.standing] == [0, 59, 0, 0]
    git(root, "add", "NEW.md")
    assert rows(told(root, tree="index")) == [("CL001", 1, "uncommitted", None, "document"), ("CL001", 4, "commit", "Begin", "document")]
    assert rows(told(root, tree="HEAD")) == [("CL001", 4, "commit", "Begin", "document")]


def test_nothing_is_committed_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "NOTES.md").write_text("-[ ] one\n", "utf-8")
    assert rows(told(tmp_path)) == [("CL001", 1, "uncommitted", None, "document")]


def test_a_revision_of_a_bare_repository(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "One", "add": {"NOTES.md": "# Notes\n\n-[ ] one\n"}},
        {"subject": "Two", "modify": {"NOTES.md": "# Notes\n\n-[ ] one\n-[ ] two\n"}},
        {"subject": "Mend", "modify": {"NOTES.md": "# Notes\n"}},
    )
    git(tmp_path, "clone", "-q", "--bare", str(root), "bare.git")
    bare = tmp_path / "bare.git"
    assert rows(told(bare, tree="HEAD")) == []
    assert rows(told(bare, tree="HEAD~1")) == [("CL001", 3, "commit", "One", "document"), ("CL001", 4, "commit", "Two", "document")]


def test_a_branch_that_lacks_what_its_base_has(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"COORDINATION.md": HUB.format("IN PROGRESS")}},
        {"subject": "Ingest", "on": "feature/ingest", "add": ["src/ingest.py"]},
        {"subject": "Other", "on": "feature/other", "add": ["src/other.py"]},
        {"merge": "feature/ingest"},
        head="feature/other",
    )
    found = told(root)
    assert rows(found) == [("ST001", 7, "base", "Merge branch 'feature/ingest'", "world")]
    assert found.standing[0].beginning.reason == "main"


def test_days_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(document: Any, facts: Any, options: Any) -> Any:
        if facts.today > datetime.date(2026, 2, 1):
            yield from words(document, facts, options)

    install(monkeypatch, "late", late)
    root = built(
        tmp_path, {"subject": "Begin", "add": {"NOTES.md": "wrong\n"}}, {"subject": "Go on", "add": ["a.txt"], "date": "2026-01-20"}
    )
    with open_repo(str(root), tree="worktree") as repo:
        found = replay(plan(None, Flags(), [rule(check="late")]), repo, ["NOTES.md"], TODAY)
    assert rows(found) == [("XX001", 1, "calendar", "Go on", "world")]


def test_what_could_not_be_decided_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from doclint.diagnostic import Finding, Undecided
    from doclint.text import Span

    def unsure(document: Any, facts: Any, options: Any) -> Any:
        yield Finding(Span(0, 1), "found") if "sure.txt" in facts.repo.paths() else Undecided(Span(0, 1), "nobody knows")

    install(monkeypatch, "unsure", unsure)
    root = built(tmp_path, {"subject": "Begin", "add": {"NOTES.md": "wrong\n"}}, {"subject": "Sure", "add": ["sure.txt"]})
    with open_repo(str(root), tree="worktree") as repo:
        found = replay(plan(None, Flags(), [rule(check="unsure")]), repo, ["NOTES.md"], TODAY)
    assert rows(found) == [("XX001", 1, "before", "Sure", None)]
    assert found.standing[0].beginning.reason == "nobody knows"


def test_other_documents_are_those_of_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def beside(document: Any, facts: Any, options: Any) -> Any:
        if any("stale" in other.source.text for other in facts.documents):
            yield from words(document, facts, options)

    install(monkeypatch, "beside", beside)
    tracker = "# Progress\n\n## Phase 1 ✅\n\n- [x] One\n\n{}\n"
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": "wrong\n", "PROGRESS.md": tracker.format("fresh")}},
        {"subject": "Elsewhere", "add": ["a.txt"]},
        {"subject": "Age", "modify": {"PROGRESS.md": tracker.format("stale")}},
        {"subject": "Last", "add": ["b.txt"]},
    )
    with open_repo(str(root), tree="worktree") as repo:
        found = replay(plan(None, Flags(), [rule(check="beside")]), repo, ["NOTES.md", "PROGRESS.md"], TODAY)
    assert rows(found) == [("XX001", 1, "commit", "Age", "world")]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": "fine\n"}},
        {"subject": "Spoil", "modify": {"NOTES.md": "fine\n\udcff\n"}},
        {"subject": "Go on", "modify": {"NOTES.md": "fine\nmore\n\udcff\n"}},
    )
    assert rows(told(root)) == [("TX003", 3, "commit", "Spoil", "document")]


def test_a_fault_whose_line_had_stood_where_nothing_could_be_read(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": "-[ ] one\n\n\udcff\n"}},
        {"subject": "Mend the bytes", "modify": {"NOTES.md": "-[ ] one\n"}},
    )
    workspace = enter(Wish(str(root), flags=Flags(select=("CL001",))))
    try:
        found = replay(workspace.plan, workspace.repo, workspace.paths, TODAY)
    finally:
        workspace.repo.close()
    assert rows(found) == [("CL001", 1, "commit", "Mend the bytes", "document")]


def test_authors_of_lines_that_are_no_longer_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def authored(document: Any, facts: Any, options: Any) -> Any:
        line = document.source.position(document.source.text.index("wrong")).line
        if facts.repo.blame(document.source.path, line, line)[0] and "late.txt" in facts.repo.paths():
            yield from words(document, facts, options)

    install(monkeypatch, "authored", authored)
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": "one\ntwo\nwrong\n"}},
        {"subject": "Shorten", "modify": {"NOTES.md": "wrong\n"}, "add": ["late.txt"]},
    )
    with open_repo(str(root), tree="worktree") as repo:
        found = replay(plan(None, Flags(), [rule(check="authored")]), repo, ["NOTES.md"], TODAY)
    assert rows(found) == [("XX001", 1, "commit", "Shorten", "document")]
    assert found.crashes == ()


def test_each_commit_is_opened_once_for_all(tmp_path: Path) -> None:
    notes = {f"N{number}.md": "# Notes\n\n[how](docs/a.md)\n" for number in range(5)}
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {**notes, "docs/a.md": "# A\n"}},
        *({"subject": f"Some {number}", "add": [f"a{number}.txt"]} for number in range(30)),
        {"subject": "Gone", "delete": ["docs/a.md"]},
        *({"subject": f"More {number}", "add": [f"b{number}.txt"]} for number in range(30)),
    )
    seen: list[int] = []
    found = told(root, progress=seen.append)
    assert [row[3] for row in rows(found)] == ["Gone"] * 5
    assert seen == list(range(1, found.commits + 1))
    assert found.commits <= 2 + 2 * 6
    assert found.judged == 5 * found.commits


FILES = ("a.md", "b.md")
LINES = ("[one](a.md)", "[two](b.md)", "-[ ] three", "plain")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.lists(st.sampled_from(LINES), max_size=4)),
        st.tuples(st.just("toggle"), st.sampled_from(FILES)),
        st.tuples(st.just("move"), st.just("")),
        st.tuples(st.just("aside"), st.sampled_from(FILES)),
    ),
    min_size=2,
    max_size=9,
)
_FILLER = "Something that a rename is known by, long enough.\n" * 6


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_it_is_what_judging_every_commit_would_find(steps: Sequence[tuple[str, Any]]) -> None:
    present = {"a.md"}
    path, text = "NOTES.md", _FILLER + "plain\n"
    commits: list[dict[str, Any]] = [{"subject": "Begin", "add": {path: text, "a.md": "x\n"}}]
    # The document in each commit of the line.
    stages = [(path, text)]
    for number, (kind, what) in enumerate(steps):
        commit: dict[str, Any] = {"subject": f"Step {number}", "add": [f"{number}.txt"]}
        if kind == "write":
            # Replay follows lines, and fingerprints claims: where each line is a paragraph, these are the same.
            text = _FILLER + "".join(f"\n{line}\n" for line in what)
            commit["modify"] = {path: text}
        elif kind == "move":
            former, path = path, f"NOTES{number}.md"
            commit["rename"] = {former: path}
        elif what in present:
            commit["delete"] = [what]
            present.remove(what)
        else:
            commit["add"] = {what: "x\n", f"{number}.txt": ""}
            present.add(what)
        if kind == "aside":
            commits += [{**commit, "on": f"side{number}"}, {"merge": f"side{number}"}]
        else:
            commits.append(commit)
        stages.append((path, text))
    stages.reverse()
    chosen = plan(None, Flags(select=("CL001", "RF001")))
    with tempfile.TemporaryDirectory() as place:
        root = built(Path(place), *commits)
        with open_repo(str(root), tree="HEAD") as repo:
            found = replay(chosen, repo, [path], TODAY)
            line = repo.line().commits
        assert len(line) == len(stages)
        said = []
        for commit_, (name, _) in zip(line, stages, strict=True):
            with open_repo(str(root), tree=commit_.id) as repo:
                said.append({one.fingerprint for one in engine.check(chosen, repo, [name], commit_.date).diagnostics})
    for standing in found.standing:
        fingerprint = standing.diagnostic.fingerprint
        stands = [fingerprint in each for each in said]
        began = [commit_.id for commit_ in line].index(standing.beginning.commit.id) if standing.beginning.commit else None
        assert standing.beginning.kind == "commit"
        assert began is not None
        oldest = _expected(stands, stages)
        assert began == oldest
        event(f"by the {standing.beginning.cause}")
    assert {one.diagnostic.fingerprint for one in found.standing} == said[0]


def _expected(stands: Sequence[bool], stages: Sequence[tuple[str, str]]) -> int:
    """The oldest place without a gap since, if between two versions of the document the world turns once at most."""
    stretches: list[list[int]] = [[0]]
    for place in range(1, len(stages)):
        if stages[place] == stages[place - 1]:
            stretches[-1].append(place)
        else:
            stretches.append([place])
    oldest = 0
    for stretch in stretches:
        within = [stands[place] for place in stretch]
        turns = sum(one != other for one, other in pairwise(within))
        assume(turns <= 1)
        for place in stretch:
            if not stands[place]:
                return oldest
            oldest = place
    return oldest


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return built(
        tmp_path,
        {"subject": "Begin", "date": "2026-02-20", "add": {"NOTES.md": "# Notes\n\n[how](a.md)\n-[ ] one\n", "a.md": "# A\n"}},
        {"subject": "Take \x1b[31m\u202ea.md\x07 away", "date": "2026-02-25", "delete": ["a.md"]},
        uncommitted={"add": {"docs/NEW.md": "-[ ] new\n"}},
    )


SELECT = ("--select", "CL001,RF001", "--today", "2026-08-22")


def test_the_text(faulty: Path, run: Run) -> None:
    code, out, err = run("-C", faulty, "replay", *SELECT)
    assert (code, err) == (0, "")
    ids = [
        subprocess.run(["git", "rev-parse", f"HEAD~{back}"], cwd=faulty, capture_output=True, text=True, check=True).stdout[:7]
        for back in (0, 1)
    ]
    gone = "the link leads to `a.md`, which does not exist"
    box = "`-[ ]` is no check box: a blank is missing behind the list marker"
    assert out.splitlines() == [
        "NOTES.md",
        "  days  since                                                by        line  code   fault",
        f"   183  2026-02-20 {ids[1]} Begin                             document     4  CL001  {box}",
        f"   178  2026-02-25 {ids[0]} Take \\x1b[31m\\u202ea.md\\x07 away  world        3  RF001  {gone}",
        "",
        "docs/NEW.md",
        "  days  since              by        line  code   fault",
        f"     0  not committed yet  document     1  CL001  {box}",
        "",
        "3 faults stand in 2 documents; the oldest since 2026-02-20, 183 days; median 178 days; "
        "2 because the document changed, 1 because the world around it did",
    ]


def test_the_json_format(faulty: Path, run: Run) -> None:
    code, out, err = run("-C", faulty, "replay", *SELECT, "--format", "json", "--since", "HEAD")
    value = json.loads(out)
    Draft202012Validator(schema("replay")).validate(value)
    assert (code, err) == (0, "")
    assert [(one["code"], one["days"], one["began"]["kind"], one["began"]["reason"]) for one in value["faults"]] == [
        ("RF001", 178, "before", "`HEAD`"),
        ("CL001", 178, "before", "`HEAD`"),
        ("CL001", 0, "uncommitted", None),
    ]
    assert value["summary"] == {"documents": 2, "faulty": 2, "faults": 3, "oldest": 178, "median": 178, "document": 1, "world": 0}


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(schema("replay"))


def test_the_last_line(faulty: Path, run: Run) -> None:
    last = run("-C", faulty, "replay", *SELECT, "--since", "HEAD")[1].splitlines()
    assert last[1].startswith("  days  since")
    assert "  178+  2026-02-25 " in last[2]
    assert " or before (`HEAD`)  " in last[2]
    assert last[-1] == (
        "3 faults stand in 2 documents; the oldest since 2026-02-25 or before, 178+ days; median 178 days; 1 because the document changed"
    )
    assert run("-C", faulty, "replay", *SELECT, "docs")[1].splitlines()[-1] == (
        "1 fault stands in 1 document; none is committed yet; 1 because the document changed"
    )
    assert run("-C", faulty, "replay", "--select", "TX001")[1] == "no faults stand in 2 documents\n"
    assert run("-C", faulty, "replay", *SELECT, "--debug")[2] == "doclint: documents were judged 2 times in 2 commits\n"


def test_colour(faulty: Path, run: Run) -> None:
    out = run("-C", faulty, "replay", *SELECT, "--color", "always")[1]
    assert "\x1b[1mNOTES.md\x1b[0m\n" in out
    assert "\x1b[1;31mCL001\x1b[0m" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--since", "nowhere"), "there is no branch or revision `nowhere` to look back to"),
        (("--rev", "nowhere"), "there is no revision `nowhere`"),
        (("--today", "soon"), "`--today soon` is no day"),
        (("missing.md",), "there is no `missing.md` in the work tree"),
    ],
)
def test_what_cannot_be_done(faulty: Path, run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    code, out, err = run("-C", faulty, "replay", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"doclint: {sentence}")
    assert len(err.splitlines()) == 1


def test_outside_of_a_repository(tmp_path: Path, run: Run) -> None:
    code, out, err = run("-C", tmp_path, "replay")
    assert (code, out) == (2, "")
    assert err.endswith("is not in a Git repository: there is no history to replay\n")


def test_a_fault_of_doclint_itself(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(document: Any, facts: Any, options: Any) -> Any:
        if "old.txt" in facts.repo.paths():
            raise RuntimeError("oh")
        yield from words(document, facts, options)

    install(monkeypatch, "failing", failing)
    root = built(
        tmp_path,
        {"subject": "Begin", "add": {"NOTES.md": "wrong\n", "old.txt": ""}},
        {"subject": "Go on", "delete": ["old.txt"]},
    )
    with open_repo(str(root), tree="worktree") as repo:
        found = replay(plan(None, Flags(), [rule(check="failing")]), repo, ["NOTES.md"], TODAY)
    assert rows(found) == [("XX001", 1, "before", "Go on", None)]
    assert [crash.error for crash in found.crashes] == ["RuntimeError: oh"]
