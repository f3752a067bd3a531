"""RF001: relative links and images whose target is not in the tree."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import links
from doclint.model.document import Lifecycle
from tests.checks.running import fixed, proofs, told

FILES: dict[str, Any] = {"files": ["docs/plan.md", "docs/My Notes.md", "img/board.png"]}


@pytest.mark.parametrize(
    ("line", "column", "target"),
    [
        ("[plan](docs/plans.md)", 8, "docs/plans.md"),
        ("![board](img/boards.png)", 10, "img/boards.png"),
        ("[plan](<docs/plans.md>)", 9, "docs/plans.md"),
        ("[plan](docs/plans.md#next)", 8, "docs/plans.md"),
        ("[plan](./docs/plans.md)", 8, "docs/plans.md"),
        ("[plan](/docs/plans.md)", 8, "docs/plans.md"),
        ("[plan](plan.md)", 8, "plan.md"),
        ("[plan](docs/Plan.md)", 8, "docs/Plan.md"),
    ],
)
def test_a_link_that_leads_nowhere(line: str, column: int, target: str) -> None:
    assert told(links, f"# Notes\n\n{line}\n", FILES) == [f"3:{column} the link leads to `{target}`, which does not exist"]


@pytest.mark.parametrize(
    "line",
    [
        "[plan](docs/plan.md)",
        "[plan](docs/plan.md#next)",
        "[plan](docs/plan.md?plain=1)",
        "[notes](docs/My%20Notes.md)",
        "[notes](<docs/My Notes.md>)",
        "[docs](docs/)",
        "[docs](docs)",
        "[here](.)",
        "[next](#next)",
        "[out](https://example.com/a.md)",
        "[mail](mailto:ada@example.com)",
        "[issues](../../issues)",
        "[pull](../pull/8)",
        "[form](docs/<name>.md)",
        "[form](path)",
        "[report](docs/[month].md)",
        "`[plan](docs/plans.md)`",
        "```\n[plan](docs/plans.md)\n```",
        "## Legend\n\n[plan](docs/plans.md)",
    ],
)
def test_a_link_that_is_none_of_ours_or_leads_somewhere(line: str) -> None:
    assert told(links, f"# Notes\n\n{line}\n", FILES) == []


def test_a_link_is_relative_to_its_document() -> None:
    assert told(links, "[plan](plan.md)\n", FILES, path="docs/notes.md") == []
    assert told(links, "[board](../img/board.png)\n", FILES, path="docs/notes.md") == []
    assert told(links, "[plan](docs/plan.md)\n", FILES, path="docs/notes.md") == [
        "1:8 the link leads to `docs/docs/plan.md`, which does not exist"
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[up](../other/a.md)", "the link leads out of the repository"),
        ("[run](1f0c9b2e)", "the target may be no file but an id"),
        ("[page](/guide/a)", "the site's root is not known"),
        ("[log](build/log.txt)", "the target is ignored"),
        ("[web](web/app.md)", "the path belongs to another repository (external-roots)"),
    ],
)
def test_a_link_that_cannot_be_judged(line: str, reason: str) -> None:
    (result,) = told(links, f"{line}\n", {**FILES, "ignored": ["build/"]}, external=("web",))
    assert result.endswith(f" ? {reason}")


def test_a_link_can_be_clicked_in_any_tense_but_not_in_an_example() -> None:
    text = "# Log\n\n## 2026-02-05\n\nText.\n\n## 2026-02-03\n\n[plan](docs/plans.md)\n"
    assert told(links, text, FILES) == ["9:8 the link leads to `docs/plans.md`, which does not exist"]
    assert told(links, text, FILES, lifecycle=Lifecycle.EXAMPLE) == []


MOVED: dict[str, Any] = {
    "files": ["docs/old.md"],
    "commits": [{"subject": "Move", "rename": {"docs/old.md": "notes/new.md"}, "date": "2026-02-03"}],
}


def test_a_renamed_target_is_mended() -> None:
    text = "# Notes\n\n[plan](docs/old.md#next)\n"
    ((proof,),) = proofs(links, text, MOVED)
    assert proof.startswith("renamed to `notes/new.md` in ")
    once = fixed(links, text, MOVED)
    assert once == "# Notes\n\n[plan](notes/new.md#next)\n"
    assert told(links, once, MOVED) == []


def test_a_unique_name_elsewhere_is_offered() -> None:
    text = "[plan](plan.md)\n"
    assert proofs(links, text, FILES) == [["a file of that name is `docs/plan.md`"]]
    assert fixed(links, text, FILES) == text
    assert fixed(links, text, FILES, unsafe=True) == "[plan](docs/plan.md)\n"


def test_another_letter_case_is_told() -> None:
    assert proofs(links, "[plan](docs/Plan.md)\n", FILES) == [["only the letter case differs from `docs/plan.md`"]]


def test_a_shallow_history_still_knows_the_tree() -> None:
    assert told(links, "[plan](docs/plans.md)\n", {**FILES, "shallow": True}) == [
        "1:8 the link leads to `docs/plans.md`, which does not exist"
    ]


def test_a_target_without_an_ending_may_be_a_page_of_a_site() -> None:
    assert told(links, "[plan](docs/plan)\n", FILES) == ["1:8 ? without a file's ending the target may be a page of a site"]


def test_lines_are_named_behind_a_hash() -> None:
    text = "[plan](docs/plan.md:10-20)\n"
    assert told(links, text, FILES) == ["1:8 [warning] the link leads to `docs/plan.md:10-20`, which does not exist"]
    assert proofs(links, text, FILES) == [["a link to lines is written `#L10-L20`"]]
    assert fixed(links, text, FILES, unsafe=True) == "[plan](docs/plan.md#L10-L20)\n"


def test_a_slip_of_the_pen_is_named() -> None:
    assert proofs(links, "[plan](docs/plans.md)\n", FILES) == [["did you mean `docs/plan.md`?"]]
    # Another number is another file.
    assert proofs(links, "[plan](adr/ADR-002-rows.md)\n", {"files": ["adr/ADR-001-rows.md"]}) == [["no such file in the tree"]]


def test_what_was_never_there_may_be_still_to_come_in_a_plan() -> None:
    text = "# Notes\n\n## Next steps\n\n[guide](docs/guide.md)\n"
    assert told(links, text, FILES) == ["5:9 [warning] the link leads to `docs/guide.md`, which does not exist"]
    assert told(links, "[a](docs/guide.md)\n", FILES, lifecycle=Lifecycle.PLANNED) == told(
        links, "[a](docs/guide.md)\n", FILES, lifecycle=Lifecycle.HISTORICAL
    )


def test_what_the_text_announces_is_an_info_and_where_the_target_is_elsewhere_a_warning() -> None:
    for mark in ("(TODO)", "**(planned)**", "[coming soon]"):
        assert told(links, f"- [guide](docs/guide.md) {mark}\n", FILES) == [
            "1:11 [info] the link leads to `docs/guide.md`, which does not exist"
        ]
    assert told(links, "### [plan](plan.md) [PLANNED]\n", FILES) == ["1:12 [warning] the link leads to `plan.md`, which does not exist"]
    assert told(links, "[guide](docs/guide.md) (for those who planned it)\n", FILES) == [
        "1:9 the link leads to `docs/guide.md`, which does not exist"
    ]


def test_behind_a_block_that_ends_too_early_a_link_may_be_code() -> None:
    text = "[a](x.md)\n\n```markdown\n# A\n```bash\nrun\n```\n[b](y.md)\n```\n"
    assert told(links, text) == [
        "1:5 the link leads to `x.md`, which does not exist",
        "8:5 [warning] the link leads to `y.md`, which does not exist",
    ]


def test_a_document_that_came_with_programs_speaks_of_another_tree() -> None:
    assert told(links, "[build](doc/build.md)\n", {"files": ["tools/gauge/gauge.exe"]}, path="tools/gauge/README.md") == [
        "1:9 ? the document came with the programs beside it"
    ]
    assert told(links, "[build](doc/build.md)\n", {"files": ["gauge.exe"]}, path="README.md") == [
        "1:9 the link leads to `doc/build.md`, which does not exist"
    ]


def test_a_wiki_has_its_own_rules() -> None:
    assert told(links, "[a](pages/a.md)\n", FILES, path="docs/wiki-export/home.md") == ["1:5 ? a wiki has its own rules for links"]
