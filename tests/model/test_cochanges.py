"""Sentences that say what is to change together."""

from __future__ import annotations

import pytest

from tests.model.reading import read, written


def rules(text: str) -> list[str]:
    """Each rule: what calls for what."""
    document = read(text)
    found = []
    for rule in document.cochanges:
        when = " ".join(document.references[index].token for index in rule.when)
        then = [document.references[index].token for index in rule.then]
        then += [name for name, asked in (("here", rule.here), ("entry", rule.entry)) if asked]
        found.append(f"{when} -> {' '.join(then)}" + ("" if rule.firm else " (should)"))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If you need to change a schema, update `src/schemas.py` AND this file. Commit at once.", ["src/schemas.py -> here"]),
        ("**Rule:** When you change `src/api.ts`, update `docs/api.md` as well.", ["src/api.ts -> docs/api.md"]),
        ("Whenever you edit `a.py` or `b.py`, you must also update `c.md` and `d.md`.", ["a.py b.py -> c.md d.md"]),
        ("When you change anything in `src/contracts/`, also update this file.", ["src/contracts -> here"]),
        ("If `src/routes.ts` is changed, please adjust the table below.", ["src/routes.ts -> here"]),
        ("Update this table whenever `src/routes.ts` changes.", ["src/routes.ts -> here"]),
        ("Update the table in [the API](docs/api.md) when you edit `src/routes.ts`.", ["src/routes.ts -> docs/api.md"]),
        ("Add an entry to `CHANGELOG.md` whenever you touch `src/`.", ["src -> CHANGELOG.md"]),
        ("Any change to `schema.sql` must be reflected in `models.py` and this document.", ["schema.sql -> models.py here"]),
        ("Changes to `schema.sql` should be reflected in `models.py`.", ["schema.sql -> models.py (should)"]),
        ("- Keep `a.ts` and `b.py` in sync.", ["a.ts -> b.py", "b.py -> a.ts"]),
        ("Always keep `a.ts` in sync with `b.py`.", ["a.ts -> b.py", "b.py -> a.ts"]),
        ("Keep this file in sync with `a.ts`.", ["a.ts -> here"]),
        ("`a.ts` and `b.py` must be kept in sync.", ["a.ts -> b.py", "b.py -> a.ts"]),
        ("`a.ts` must stay in sync with `b.py`.", ["a.ts -> b.py", "b.py -> a.ts"]),
        ("`a.ts` and `b.py` must always change together.", ["a.ts -> b.py", "b.py -> a.ts"]),
        ("After each session, add an entry to the log.", [" -> entry"]),
        ("After every ETL work session:\n\n1. Add one row in **Session Log**.\n2. Update **Themes** if priorities changed.", [" -> entry"]),
        ("When you change `etl/`, add a row to the Session Log.", ["etl -> entry"]),
    ],
)
def test_rules(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Keeps `a.ts` in sync with `b.py`.",
        "`a.ts` is kept in sync with `b.py` by `gen.sh`.",
        "Keep `a.ts` and `b.py` in sync with `make gen`.",
        "If needed, update `a.md` when you change `b.py`.",
        "Do not update `a.md` when you change `b.py`.",
        "Should we update `a.md` when we change `b.py`?",
        "When we changed `a.py`, we updated `b.md`.",
        "If `a.py` fails after a change, update `b.md`.",
        "Run `make gen` after editing `a.proto`.",
        "When the API changes, update `README.md` and `PRD.md`.",
        "When the API changes, update `README.md` and this file.",
        "When done: commit, push to `feature/x`, and update your status in COORDINATION.md.",
        "Update `test_a.py:72` if `b.md` is changed.",
        "Update `a.py` if `b.md` is changed to say so.",
        "- [ ] When you change `a.py`, update `b.md`.",
        "Update this file after every session.",
        "| Rule |\n| --- |\n| When you change `a.py`, update `b.md`. |",
        "## Template\n\nWhen you change `a.py`, update `b.md`.",
        "## Roadmap\n\nWhen you change `a.py`, update `b.md`.",
        "## Session log\n\nWhen you change `a.py`, update `b.md`.",
    ],
)
def test_no_rules(text: str) -> None:
    assert rules(text) == []


def test_places() -> None:
    document = read("# Rules\n\n**Rule:** When you change `a.py`, update `b.md`! `c.py` and\n`d.py` must change together.\n")
    assert [written(document, rule.span) for rule in document.cochanges] == [
        "When you change `a.py`, update `b.md`!",
        "`c.py` and\n`d.py` must change together.",
        "`c.py` and\n`d.py` must change together.",
    ]


def test_long_texts_that_say_nothing() -> None:
    for text in ("when `a.py` changes, " * 5000, "`a.py` and " * 20000, "update the the " * 20000 + "`a.md` when", "keep a in " * 30000):
        assert rules(text) == []
