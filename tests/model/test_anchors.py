"""Where links can lead to in a document."""

from __future__ import annotations

import pytest

from doclint.model.anchors import anchors, loose


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# A b", "a-b"),
        ("A b\n===", "a-b"),
        ("# `load()` & [rows](x.md)", "load--rows"),
        ("# A <b>c</b> <!-- d -->", "a-c-"),
        ("# 🚀 Start", "-start"),
        ("# 🏗\ufe0f Build", "\ufe0f-build"),
        ("# 🏗\ufe0f Build", "-build"),
        ("# :rocket: Start", "rocket-start"),
        ("# 安装", "安装"),
        ("# A &amp; b", "a--b"),
        ("# ![Logo](a.png) Tide", "-tide"),
        ("# ![Logo](a.png) Tide", "logo-tide"),
        ("> # Quoted", "quoted"),
        ("- # Listed", "listed"),
        ("# A\n\n# A", "a-1"),
        ("# A\n\n> # A\n\n# A", "a-2"),
        ('<h2 align="center">A &amp; <b>B</b></h2>', "a--b"),
        ('<a id="here"></a>', "here"),
        ("text <a name='there'> text", "there"),
        ("| a |\n| - |\n| <span id=cell>x</span> |", "cell"),
    ],
)
def test_a_name_that_leads_somewhere(text: str, name: str) -> None:
    assert anchors(text + "\n").has(name)


@pytest.mark.parametrize(
    "text",
    ["```\n# A\n```", "    # A", "#A", "<!-- # A -->", "\\# A"],
)
def test_what_is_no_heading(text: str) -> None:
    assert not anchors(text + "\n").has("a")


def test_headings_with_ids_of_their_own_follow_other_rules() -> None:
    assert anchors("## Setup {#start}\n").own_rules
    assert anchors("## Setup {: #start }\n").own_rules
    assert not anchors("## Setup {start}\n").own_rules


def test_other_sites_call_alike_headings_by_one_name() -> None:
    assert anchors("## 🚀 Quick start\n").alike[loose("quick-start")] == "-quick-start"


def test_reading_is_linear() -> None:
    hostile = "<a " + 'x="' * 20000 + "\n\n" + "<h1" * 20000 + "\n\n# " + "{#" * 20000 + "\n"
    assert not anchors(hostile).own_rules
