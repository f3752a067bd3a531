"""RF002: links to headings that their documents do not have."""

from __future__ import annotations

from typing import Any

import pytest

from doclint.checks import anchors
from doclint.model.document import Lifecycle
from tests.checks.running import fixed, proofs, told

FILES: dict[str, Any] = {"files": {"docs/plan.md": "# Plan\n\n## Next tide\n", "src/load.py": "x = 1\n"}}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("[a](#stations)", "3:5 the document has no heading `#stations`"),
        ("[a](#note)", "3:5 the document has no heading `#note`"),
        ("[a](#Notes)", "3:5 [info] the document has no heading `#Notes`"),
        ("[a](#no-tes)", "3:5 [warning] the document has no heading `#no-tes`"),
        ("[a](docs/plan.md#next)", "3:5 `docs/plan.md` has no heading `#next`"),
        ("[a](/docs/plan.md#next)", "3:5 `docs/plan.md` has no heading `#next`"),
        ("[a](<docs/plan.md#next>)", "3:6 `docs/plan.md` has no heading `#next`"),
        ("[a](#%E5%AE%89)", "3:5 the document has no heading `#安`"),
        ("[a][b]\n\n[b]: #stations", "3:1 the document has no heading `#stations`"),
    ],
)
def test_an_anchor_that_is_not_there(line: str, found: str) -> None:
    assert told(anchors, f"# Notes\n\n{line}\n", FILES) == [found]


@pytest.mark.parametrize(
    "line",
    [
        "[a](#notes)",
        "[a](docs/plan.md#next-tide)",
        "[a](docs/plan.md)",
        "[a](docs/plan.md#L3)",
        "[a](docs/plan.md?plain=1#L3)",
        "[a](docs/plans.md#next)",
        "[a](src/load.py#L1-L2)",
        "[a](src/load.py#load)",
        "[a](https://example.com/a.md#next)",
        "[a](#)",
        "[a](#top)",
        "[a](#section)",
        "[a](#{id})",
        "`[a](#stations)`",
        "```\n[a](#stations)\n```",
        "## Legend\n\n[a](#stations)",
    ],
)
def test_an_anchor_that_is_there_or_none_of_ours(line: str) -> None:
    assert told(anchors, f"# Notes\n\n{line}\n", FILES) == []


@pytest.mark.parametrize("site", ["mkdocs.yml", "docs/_config.yml", "docusaurus.config.js"])
def test_a_site_has_its_own_rules(site: str) -> None:
    files = {"files": {**FILES["files"], site: ""}}
    reason = "the site that is made of the document has its own rules for anchors"
    assert told(anchors, "[a](#next)\n", files, path="docs/a.md") == [f"1:5 ? {reason}"]
    assert told(anchors, "[a](docs/plan.md#next)\n", files) == [f"1:5 ? {reason}"]
    # What stands at the root is read on the forge.
    assert told(anchors, "# Notes\n\n[a](#next)\n", files) == ["3:5 the document has no heading `#next`"]


def test_headings_with_ids_and_wikis_are_undecided() -> None:
    reason = "? the site that is made of the document has its own rules for anchors"
    assert told(anchors, "# Setup {#start}\n\n[a](#begin)\n") == [f"3:5 {reason}"]
    assert told(anchors, "[a](#begin)\n", path="wiki/a.md") == [f"1:5 {reason}"]


def test_the_nearest_heading_is_proposed() -> None:
    text = "# Stations and alarms\n\n[a](#stations-and-alarm)\n"
    assert proofs(anchors, text) == [["the nearest is `#stations-and-alarms`"]]
    assert fixed(anchors, text) == text
    once = fixed(anchors, text, unsafe=True)
    assert once == "# Stations and alarms\n\n[a](#stations-and-alarms)\n"
    assert told(anchors, once) == []
    other = "[a](docs/plan.md#Next-tide)\n"
    assert fixed(anchors, other, FILES, unsafe=True) == "[a](docs/plan.md#next-tide)\n"


def test_a_heading_may_have_become_code() -> None:
    text = "[a](#b)\n\n```markdown\n```bash\nrun\n```\n\n```\n## B\n"
    assert told(anchors, text) == ["1:5 [warning] the document has no heading `#b`"]


def test_examples_are_left_alone_and_history_is_warned_of() -> None:
    assert told(anchors, "[a](#b)\n", lifecycle=Lifecycle.EXAMPLE) == []
    assert told(anchors, "[a](#b)\n", lifecycle=Lifecycle.HISTORICAL) == ["1:5 [warning] the document has no heading `#b`"]
