"""ST003 and ST004: branches that are said to be merged, or to be there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from doclint.check import Facts
from doclint.checks import branches
from doclint.diagnostic import Undecided
from doclint.model.document import Lifecycle
from doclint.repo.building import build
from doclint.repo.git import open_repo
from tests.checks.running import TODAY, proofs, told
from tests.model.reading import read

OPEN: dict[str, Any] = {
    "commits": [
        {"add": ["README.md"], "date": "2026-02-01"},
        {"subject": "Load rows", "on": "feature/load", "add": ["src/load.py"], "date": "2026-02-02"},
    ]
}


def lane(status: str, branch: str = "feature/load") -> str:
    return f"# Hub\n\n## Lane A: Loader\n\n- **Branch:** `{branch}`\n- **Status:** {status}\n"


def merged(text: str, repository: dict[str, Any], **rest: Any) -> list[str]:
    return told(branches, text, repository, claim="merged", **rest)


def there(text: str, repository: dict[str, Any], **rest: Any) -> list[str]:
    return told(branches, text, repository, claim="there", **rest)


def steps(*more: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"commits": [*OPEN["commits"], *more], **rest}


@pytest.mark.parametrize("status", ["Merged", "✅ MERGED", "Landed"])
def test_a_branch_that_is_not_merged(status: str) -> None:
    word = status.split()[-1]
    (line,) = merged(lane(status), OPEN)
    assert line.split(" ", 1)[1] == f"`Lane A` is said to be `{word}`, but `main` lacks 1 commit of its branch `feature/load`"
    ((first, second),) = proofs(branches, lane(status), OPEN, claim="merged")
    assert first.endswith(" on 2026-02-02 (Load rows)")
    assert second == "the branch `feature/load` stands there"


@pytest.mark.parametrize(
    "repository",
    [
        steps({"merge": "feature/load"}),
        steps({"squash": "feature/load"}),
        steps({"merge": "feature/load"}, {"on": "feature/load", "add": ["src/more.py"]}),
        {"commits": [{"add": ["README.md"]}, {"branch": "feature/load"}]},
        {"commits": [{"add": ["README.md"]}]},
    ],
)
def test_a_branch_of_which_nothing_is_lacking(repository: dict[str, Any]) -> None:
    assert merged(lane("Merged"), repository) == []


@pytest.mark.parametrize("status", ["Done", "In progress", "Mostly merged", "To be merged", "Not merged", ""])
def test_a_status_that_says_something_else(status: str) -> None:
    assert merged(lane(status), OPEN) == []


def test_a_pull_request_that_landed() -> None:
    repository = steps({"subject": "Loader (#7)", "add": {"src/load.py": "other = 1\n"}})
    assert merged(lane("Merged as #7"), repository) == []


def test_what_is_not_known() -> None:
    text = lane("Merged")
    assert merged(text, {**OPEN, "shallow": True}) == ["6:15 ? history is shallow"]
    (again,) = merged(text, steps({"subject": "Load the rows", "add": {"src/load.py": "other = 1\n"}, "date": "2026-02-03"}))
    assert again.endswith(" may hold its work in another form")
    assert merged(text, steps({"on": "dev", "add": ["a.py"]})) == ["6:15 ? it is not said where it was merged into"]
    assert len(merged(lane("Merged into main"), steps({"on": "dev", "add": ["a.py"]}))) == 1
    assert merged(text, {**OPEN, "head": "feature/load"}) == ["6:15 ? the document is on a branch that is not in `main`"]
    assert merged(text, OPEN, lifecycle=Lifecycle.HISTORICAL) == []


def test_a_misspelt_branch() -> None:
    text = lane("In progress", "feature/loda").replace("loda", "rowloader")
    repository = {"commits": [{"add": ["README.md"]}, {"on": "feature/rowloaders", "add": ["a.py"]}]}
    assert there(text, repository) == [
        "5:16 `Lane A` is `In progress` on the branch `feature/rowloader`, which no ref and no merge knows; "
        "did you mean `feature/rowloaders`?"
    ]
    assert there(text.replace("In progress", "Not started"), repository) == []
    assert there(text.replace("In progress", "Done"), repository) == []


def test_a_name_that_stands_alone() -> None:
    rows = "".join(f"| {letter} | `lane/{name}` | Active |\n" for letter, name in zip("ABC", ("load", "store", "views"), strict=True))
    text = f"# Hub\n\n| Lane | Branch | Status |\n| --- | --- | --- |\n{rows}"
    two = {"commits": [{"add": ["README.md"]}, {"on": "lane/load", "add": ["a.py"]}, {"on": "lane/store", "add": ["b.py"]}]}
    assert there(text, two) == ["7:8 `lane C` is `Active` on the branch `lane/views`, which no ref and no merge knows"]
    assert proofs(branches, text, two, claim="there") == [["2 other branches of this document are there"]]
    assert there(text, {"commits": two["commits"][:2]}) == []


def test_a_branch_whose_work_went_on_elsewhere_or_landed() -> None:
    """A branch is missed neither where the unit has a follow-up that is there, nor where its line names the pull request it landed as."""
    rows = "".join(f"| {letter} | `lane/{name}` | Active |\n" for letter, name in zip("AB", ("load", "store"), strict=True))
    table = f"# Hub\n\n| Lane | Branch | Status |\n| --- | --- | --- |\n{rows}"
    two = [{"add": ["README.md"]}, {"on": "lane/load", "add": ["a.py"]}, {"on": "lane/store", "add": ["b.py"]}]
    assert len(there(f"{table}| C | `lane/views` | Active |\n", {"commits": two})) == 1
    assert len(there(f"{table}| C | `lane/views` (#7) | Active |\n", {"commits": two})) == 1
    assert there(f"{table}| C | `lane/views` (#7) | Active |\n", {"commits": [*two, {"subject": "Views (#7)", "add": ["c.py"]}]}) == []
    follow = {"on": "lane/views-2", "add": ["d.py"]}
    assert there(f"{table}| C | `lane/views`, then `lane/views-2` | Active |\n", {"commits": [*two, follow]}) == []


@pytest.mark.parametrize(("written", "known"), [("lane/part-1", "lane/part-2"), ("lane-a", "lane-b"), ("feat/load", "fix/load")])
def test_names_that_are_alike_by_design(written: str, known: str) -> None:
    repository = {"commits": [{"add": ["README.md"]}, {"on": known, "add": ["a.py"]}]}
    assert there(lane("In progress", written), repository) == []


def test_refs_of_today_prove_nothing_about_a_revision(tmp_path: Path) -> None:
    """As of a revision, neither a branch that moved on since counts, nor one that may have been deleted."""
    text = lane("Merged") + "\n## Lane B: Views\n\n- **Branch:** `feature/lood`\n- **Status:** In progress\n"
    spec = {
        "commits": [
            {"add": ["STATUS.md"], "date": "2026-02-01"},
            {"on": "feature/load", "subject": "Load rows", "add": ["src/load.py"], "date": "2026-02-02"},
            {"subject": "Notes", "add": ["notes.md"], "date": "2026-02-05"},
            {"subject": "More notes", "add": ["more.md"], "date": "2026-02-06"},
        ]
    }
    later = {"on": "feature/load", "add": ["src/more.py"], "date": "2026-02-07"}
    build({"commits": [*spec["commits"], later]}, str(tmp_path / "moved"), {"STATUS.md": text})
    build(spec, str(tmp_path / "still"), {"STATUS.md": text})
    document = read(text)

    def judged(where: str, tree: str, claim: str) -> list[str]:
        with open_repo(str(tmp_path / where), tree=tree) as repo:
            results = list(branches.check(document, Facts(repo, TODAY, (document,)), {"claim": claim}))
        return [result.reason if isinstance(result, Undecided) else result.message.split(", ")[-1] for result in results]

    lacks = ["but `main` lacks 1 commit of its branch `feature/load`"]
    assert judged("still", "main", "merged") == lacks
    assert judged("still", "main~1", "merged") == ["it is not said where it was merged into"]
    assert judged("moved", "main~1", "merged") == ["the branch `feature/load` has moved on since"]
    assert judged("still", "main~1", "there") == ["which branches there were at this revision is not known"]
    assert judged("still", "main", "there") == ["which no ref and no merge knows; did you mean `feature/load`?"]
