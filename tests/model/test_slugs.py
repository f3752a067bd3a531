"""Anchors as GitHub makes them."""

from __future__ import annotations

import pytest

from doclint.model.slugs import slug, unique


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Hello World", "hello-world"),
        ("  padded  ", "padded"),
        # Nothing is collapsed: each blank is a hyphen, whatever stood beside it.
        ("a  b", "a--b"),
        ("Loader & Writer", "loader--writer"),
        ("C++ / C#", "c--c"),
        ("Phase 7.5: Loader", "phase-75-loader"),
        ("already-hyphened -- twice", "already-hyphened----twice"),
        ("snake_case", "snake_case"),
        ("What's next?", "whats-next"),
        ("`load()` in src/load.py", "load-in-srcloadpy"),
        ("✅ Done", "-done"),
        ("Done ✅", "done-"),
        ("🏗\ufe0f Build", "\ufe0f-build"),
        ("Résumé", "résumé"),
        ("ÜBER", "über"),
        ("日本語 の 見出し", "日本語-の-見出し"),
        ("हिन्दी", "हिन्दी"),
        ("x² + ½", "x--"),
        ("Ⓐ circled", "ⓐ-circled"),
        ("tab\there", "tabhere"),
        ("nbsp\u00a0here", "nbsphere"),
        ("", ""),
    ],
)
def test_a_slug_keeps_letters_marks_numbers_and_hyphens(heading: str, expected: str) -> None:
    assert slug(heading) == expected


def test_repeated_slugs_are_numbered_around_headings_that_look_numbered() -> None:
    headings = ["Hello World", "Hello World", "Hello-World-1", "Hello World"]
    assert list(unique(map(slug, headings))) == ["hello-world", "hello-world-1", "hello-world-1-1", "hello-world-2"]
