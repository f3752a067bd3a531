"""References: what names a thing in the repository, and what only looks like a name of one."""

from __future__ import annotations

import pytest

from doclint.model.document import Tense
from tests.model.reading import named, read, written


def tokens(line: str, kind: str = "") -> list[tuple[str, str]]:
    document = read(f"# Notes\n\n{line}\n")
    return [pair for pair in named(document.references) if not kind or pair[0] == kind]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("`src/load.py`", [("path", "src/load.py")]),
        ("see src/load.py now", [("path", "src/load.py")]),
        ("`load.py`", [("path", "load.py")]),
        ("run load.py", [("path", "load.py")]),
        ("`./load.py` and `../up.md`", [("path", "./load.py"), ("path", "../up.md")]),
        ("`src/`", [("directory", "src")]),
        ("`src/load/`", [("directory", "src/load")]),
        ("`Dockerfile`", [("path", "Dockerfile")]),
        ("`docs/LICENSE`", [("path", "docs/LICENSE")]),
        # The dot of a dotfile stays.
        ("`.gitignore`", [("path", ".gitignore")]),
        ("`.github/workflows/ci.yml`", [("path", ".github/workflows/ci.yml")]),
        ("edit .github/workflows/ci.yml now", [("path", ".github/workflows/ci.yml")]),
        ("edit .pre-commit-config.yaml now", [("path", ".pre-commit-config.yaml")]),
        ("`.env.example`", [("path", ".env.example")]),
        # Blanks inside backticks belong to the name.
        ("`dashboards/Weekly - Sales Board.json`", [("path", "dashboards/Weekly - Sales Board.json")]),
        ("`Weekly Plan.md`", [("path", "Weekly Plan.md")]),
        # What closes a sentence or a bracket does not.
        ("Read (src/load.py).", [("path", "src/load.py")]),
        ("Read src/load.py, then stop.", [("path", "src/load.py")]),
        ("§`src/load.py`:", [("path", "src/load.py")]),
        ("`src/load.py:`", [("path", "src/load.py")]),
        ("**`src/load.py`**", [("path", "src/load.py")]),
        # Globs and placeholders.
        ("`src/**/*.py`", [("glob", "src/**/*.py")]),
        ("`tests/test_*.py`", [("glob", "tests/test_*.py")]),
        ("`test_*.py`", [("glob", "test_*.py")]),
        ("`src/{a,b}/load.py`", [("glob", "src/{a,b}/load.py")]),
        ("`src/<name>/load.py`", [("glob", "src/<name>/load.py")]),
        ("`path/to/file.py`", [("glob", "path/to/file.py")]),
        # Links and anchors.
        ("[the plan](docs/plan.md)", [("link", "docs/plan.md")]),
        ("[the plan](docs/my%20plan.md#next)", [("link", "docs/my plan.md#next")]),
        ("[next](#next-steps)", [("anchor", "#next-steps")]),
        ("![board](img/board.png)", [("link", "img/board.png")]),
        ("[`src/load.py`](src/load.py)", [("link", "src/load.py")]),
        # Symbols.
        ("`load_rows()`", [("symbol", "load_rows")]),
        ("`Loader.read()`", [("symbol", "Loader.read")]),
        ("`RAW_SCHEMA`", [("symbol", "RAW_SCHEMA")]),
        ("`RowLoader`", [("symbol", "RowLoader")]),
        # Commits.
        ("`d9645c2`", [("commit", "d9645c2")]),
        ("`671ce0a`", [("commit", "671ce0a")]),
        ("`" + "0123456789" * 4 + "`", [("commit", "0123456789" * 4)]),
        # Pull requests.
        ("PR #8", [("pull-request", "#8")]),
        ("PR 8", [("pull-request", "#8")]),
        ("pull request #8", [("pull-request", "#8")]),
        ("PRs #5, #6 and #7", [("pull-request", "#5"), ("pull-request", "#6"), ("pull-request", "#7")]),
        # Branches stand beside the word, or in a branch key.
        ("branch `feature/load`", [("branch", "feature/load")]),
        ("the `feature/load` branch", [("branch", "feature/load")]),
    ],
)
def test_names_of_things_in_the_repository(line: str, expected: list[tuple[str, str]]) -> None:
    assert tokens(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        # Slashes between words.
        "input/output and read/write",
        "and/or, CI/CD, A/B, email/SMS",
        "`onnx`/`onnxruntime`",
        "trades/edges rows",
        "bronze/silver/gold",
        # Package scopes and repositories.
        "`@scope/package`",
        "`@types/node`",
        "@scope/package",
        "npm install @scope/package",
        # Routes, devices, homes and other machines.
        "`/predict/batch`",
        "`~/notes.md`",
        "`/home/ada/notes.md`",
        "`C:\\work\\notes.md`",
        "$HOME/notes.md",
        # URLs.
        "https://example.com/src/load.py",
        "`https://example.com/src/load.py`",
        "<https://example.com/src/load.py>",
        "[out](https://example.com/a.md)",
        "[mail](mailto:ada@example.com)",
        "www.example.com/a.html",
        "example.com",
        # Products and objects that end like files.
        "Next.js and Node.js",
        "`Next.js`",
        "`Three.js`",
        "`process.env`",
        "`role.change`",
        "`user.created`",
        "`document.html`",
        "socket.io",
        "`np.sum`",
        # Dates, fractions, versions, ranges.
        "2026/02/03",
        "`3/4`",
        "12/20 tasks",
        "v1.2.3",
        "`1.2.3`",
        "0.01%",
        "e.g. this",
        # Words and numbers that are no commits.
        "`deadbeef`",
        "`facade`",
        "`1234567`",
        "d9645c2",
        # Numbers that are no pull requests.
        "issue #8",
        "&#8212;",
        "color #123456",
        # Commands and values.
        "`git status`",
        "`python load.py --all`",
        "`--flag`",
        "`offset=latest`",
        "`{}`",
        "``",
    ],
)
def test_what_only_looks_like_a_name(line: str) -> None:
    assert tokens(line) == []


@pytest.mark.parametrize(
    ("line", "token", "first", "last"),
    [
        ("`src/load.py:57`", "src/load.py", 57, 57),
        ("`src/load.py:57-60`", "src/load.py", 57, 60),
        ("`src/load.py#L57`", "src/load.py", 57, 57),
        ("`src/load.py#L57-L60`", "src/load.py", 57, 60),
        ("`src/load.py lines 57-60`", "src/load.py", 57, 60),
        ("`src/load.py:57:4`", "src/load.py", 57, 57),
        ("src/load.py:57-60", "src/load.py", 57, 60),
        ("`src/load.py`:57", "src/load.py", 57, 57),
        ("`src/load.py` (lines 57\u201360)", "src/load.py", 57, 60),
        ("`src/load.py`, line 57, reads", "src/load.py", 57, 57),
        ("lines 57-60 of `src/load.py`", "src/load.py", 57, 60),
        ("`src/load.py` (60 lines)", "src/load.py", None, None),
        ("`src/load.py`: 57 rows", "src/load.py", None, None),
        ("`src/load.py`", "src/load.py", None, None),
    ],
)
def test_a_path_may_name_lines(line: str, token: str, first: int | None, last: int | None) -> None:
    (reference,) = read(f"{line}\n").references
    assert (reference.kind, reference.token, reference.first, reference.last) == ("path", token, first, last)


@pytest.mark.parametrize("line", ["`src/load.py::read`", "`src/load.py#read`", "`src/load.py:read()`"])
def test_a_path_may_name_a_symbol(line: str) -> None:
    (reference,) = read(f"{line}\n").references
    assert (reference.token, reference.symbol) == ("src/load.py", "read")


@pytest.mark.parametrize("arrow", ["→", "->", "=>", "-->"])
def test_both_sides_of_an_arrow_are_marked(arrow: str) -> None:
    document = read(f"`docs/plan_v1.md` {arrow} `docs/plan_v2.md`, see `docs/why.md`\n")
    assert [(reference.token, reference.arrow) for reference in document.references] == [
        ("docs/plan_v1.md", True),
        ("docs/plan_v2.md", True),
        ("docs/why.md", False),
    ]


def test_pull_requests_in_an_order_share_the_word() -> None:
    document = read("**Merge order**: PRs #8 → #9 → #10.\n")
    assert [(reference.token, reference.arrow) for reference in document.references] == [("#8", True), ("#9", True), ("#10", True)]


def test_a_bare_number_is_a_pull_request_where_the_document_calls_it_one() -> None:
    assert named(read("Waits for #8.\n").references) == []
    assert named(read("PR #8 is open. It waits for #8 alone.\n").references) == [("pull-request", "#8"), ("pull-request", "#8")]
    assert named(read("| PR | Task |\n| --- | --- |\n| #8 | Load |\n").references) == [("pull-request", "#8")]


def test_code_blocks_name_nothing() -> None:
    assert read("```\nsrc/load.py\n```\n\n    src/load.py\n").references == ()


def test_a_span_covers_the_name_alone() -> None:
    document = read("Read (`src/load.py:57`) and [it](docs/a.md), or .github/ci.yml.\n")
    assert [written(document, reference.span) for reference in document.references] == ["src/load.py:57", "docs/a.md", ".github/ci.yml"]
    assert [reference.place for reference in document.references] == ["code", "link", "text"]


def test_names_in_cells_are_told_by_their_place() -> None:
    document = read("| File | Owner |\n| --- | --- |\n| src/load.py | Ada |\n| `src/store.py` | Ada |\n")
    assert [reference.place for reference in document.references] == ["cell", "code"]


@pytest.mark.parametrize(
    "line",
    [
        "Deleted `src/load.py`.",
        "`src/load.py` was removed in favour of the store.",
        "Use the store instead of `src/load.py`.",
        "`src/load.py` does not exist yet.",
        "`src/load.py` will be written next week.",
        "For example `src/load.py`.",
        "Is `src/load.py` still needed?",
        "`src/load.py` is gitignored.",
        "`src/load.py` 不存在",
        "- [ ] Create `src/load.py`",
        "- [ ] `src/load.py`",
        "- [ ] Delete `src/load.py`",
    ],
)
def test_a_sentence_may_take_the_claim_back(line: str) -> None:
    (reference,) = read(f"# Notes\n\n{line}\n").references
    assert (reference.token, reference.tense) == ("src/load.py", Tense.NONE)


@pytest.mark.parametrize(
    "line",
    [
        "`src/load.py` reads the rows.",
        "The store is not written. `src/load.py` reads the rows.",
        "- [x] Create `src/load.py`",
        "- [ ] Update `src/load.py`",
        "- ✅ Create `src/load.py`",
    ],
)
def test_a_plain_sentence_claims(line: str) -> None:
    (reference,) = read(f"# Notes\n\n{line}\n").references
    assert (reference.token, reference.tense) == ("src/load.py", Tense.CURRENT)


@pytest.mark.parametrize("heading", ["Next Steps", "Legend", "Files to delete", "Planned"])
def test_a_section_may_claim_nothing(heading: str) -> None:
    (reference,) = read(f"# Notes\n\n## {heading}\n\n- `src/load.py`\n").references
    assert reference.tense is Tense.NONE


def test_a_lead_may_take_the_claim_back_for_its_list() -> None:
    document = read("# Notes\n\nFiles to delete:\n\n- `src/load.py`\n\nThe rest stays.\n\n- `src/store.py`\n")
    assert [reference.tense for reference in document.references] == [Tense.NONE, Tense.CURRENT]


def test_a_unit_that_has_not_begun_claims_nothing() -> None:
    document = read(
        "# Board\n\n## Lane A\n\n- **Status:** NOT STARTED\n- **Files:** `src/load.py`\n\n## Lane B\n\n- **Status:** DONE\n- `b.py`\n"
    )
    assert [reference.tense for reference in document.references] == [Tense.NONE, Tense.CURRENT]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("**Files created:**\n\n- `src/load.py`", True),
        ("### Created (13 files)\n\n**Code (1):**\n\n- `src/load.py`", True),
        ("- Created:\n  - `src/load.py`", True),
        ("| New files created | Lines |\n| - | - |\n| `src/load.py` | 3 |", True),
        ("## 作成ファイル\n\n- `src/load.py`", True),
        ("**Files to create:**\n\n- `src/load.py`", False),
        ("**Files changed:**\n\n- `src/load.py`", True),
        ("Created by the loader:\n\n- `src/load.py`", False),
        ("| Lines | Files created |\n| - | - |\n| `src/load.py` | 3 |", False),
    ],
)
def test_a_list_may_tell_of_what_was_created(text: str, made: bool) -> None:
    assert [one.made for one in read(f"# Work\n\n{text}\n").references if one.kind == "path"] == [made]


def test_a_plan_says_before_a_path_what_becomes_of_it() -> None:
    document = read("- `[NEW] src/load.py`\n- `[MODIFY] src/clean.py`\n- `[DRAFT] src/show.py`\n")
    assert [kind for kind in named(document.references) if kind[0] == "path"][:2] == [("path", "src/load.py"), ("path", "src/clean.py")]


def test_a_name_may_begin_with_an_abbreviation() -> None:
    document = read("`CSRFDetectTool`, `IDs`, `APIs`, `HTTPServer`, `XYZs`\n")
    assert named(document.references) == [("symbol", "CSRFDetectTool")]
