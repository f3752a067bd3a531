"""Defaults, packs, files and flags: what a run is told, and how a mistake is named."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.config import File, Flags, Plan, extended, find, inline, places, plan
from doclint.diagnostic import Severity
from doclint.errors import ConfigError, DoclintError, UsageError
from doclint.repo.memory import MemoryRepo
from tests.shell import rule

DAYS = {"days": {"type": "integer", "minimum": 0, "default": 7, "description": "How long"}}
RULES = (rule("AA001"), rule("AA002", severity=Severity.WARNING, options=DAYS), rule("BB001", severity=Severity.INFO))


def _plan(text: str = "", flags: Flags = Flags(), *, path: str = "doclint.toml", directory: str = "") -> Plan:
    return plan(File(path, directory, text.encode()), flags, RULES)


def _codes(chosen: Plan, path: str = "a.md") -> list[str]:
    return [bound.rule.code for bound in chosen.bound(path)]


def test_without_anything_the_recommended_pack_runs() -> None:
    chosen = plan(None, Flags(), RULES)
    assert _codes(chosen) == ["AA001", "AA002", "BB001"]
    assert (chosen.base, chosen.fail_on, chosen.include.patterns, chosen.exclude.patterns) == (
        None,
        Severity.ERROR,
        ("*.md", "*.markdown"),
        (),
    )
    assert dict(chosen.bound("a.md")[1].options) == {"days": 7}


def test_select_says_which_rules_run_and_ignore_which_of_them_do_not() -> None:
    assert _codes(_plan('select = ["AA"]\nignore = ["rule-aa001"]')) == ["AA002"]
    assert _codes(_plan('select = ["all"]\nignore = ["AA0"]')) == ["BB001"]
    assert _codes(_plan("select = []")) == []


def test_a_severity_switches_a_rule_on_and_off() -> None:
    text = 'select = []\n[rules.AA002]\nseverity = "error"\ndays = 3\n'
    (bound,) = _plan(text).bound("a.md")
    assert (bound.rule.code, bound.severity, dict(bound.options)) == ("AA002", Severity.ERROR, {"days": 3})
    assert _codes(_plan('[rules.rule-aa001]\nseverity = "off"')) == ["AA002", "BB001"]


def test_an_option_alone_switches_nothing() -> None:
    assert _codes(_plan("select = []\n[rules.AA002]\ndays = 3\n")) == []


def test_flags_stand_above_the_file() -> None:
    text = 'base = "develop"\nfail-on = "info"\nselect = ["AA"]\n'
    assert _codes(_plan(text, Flags(select=("BB001",)))) == ["BB001"]
    assert _codes(_plan(text, Flags(ignore=("AA001",)))) == ["AA002"]
    chosen = _plan(text, Flags(base="main", fail_on="never"))
    assert (chosen.base, chosen.fail_on) == ("main", None)
    assert (_plan(text).base, _plan(text).fail_on) == ("develop", Severity.INFO)


def test_overrides_by_path() -> None:
    text = """
ignore = ["BB001"]
[[overrides]]
paths = ["docs/"]
ignore = ["AA001"]
[overrides.rules.AA002]
severity = "info"
days = 30
[[overrides]]
paths = ["docs/special.md"]
select = ["AA001"]
"""
    chosen = _plan(text)
    assert _codes(chosen) == ["AA001", "AA002"]
    (bound,) = chosen.bound("docs/a.md")
    assert (bound.rule.code, bound.severity, dict(bound.options)) == ("AA002", Severity.INFO, {"days": 30})
    assert _codes(chosen, "docs/special.md") == ["AA001"]
    assert _codes(_plan(text, Flags(select=("AA",))), "docs/a.md") == ["AA002"]
    assert _codes(_plan(text, Flags(ignore=("AA",))), "docs/special.md") == []


def test_globs_are_relative_to_the_file_that_holds_them() -> None:
    chosen = _plan('exclude = ["old/"]\n[[documents]]\nglob = "x.md"\ntype = "handoff"\n', path="sub/doclint.toml", directory="sub")
    assert chosen.exclude.match("sub/old/a.md")
    assert not chosen.exclude.match("old/a.md")
    assert (chosen.settings[0].globs.directory, chosen.settings[0].type, chosen.settings[0].lifecycle) == ("sub", "handoff", None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("seelct = []", "doclint.toml:1: `seelct` is not known; did you mean `select`?"),
        (
            '\n[rules.AA001]\nseverity = "eror"',
            'doclint.toml:3: `rules.AA001.severity` is "eror"; expected "error", "warning", "info" or "off"; did you mean `error`?',
        ),
        ("[rules.AA003]", "doclint.toml:1: `rules.AA003` is not known; did you mean `AA002`?"),
        ("[rules.AA002]\ndays = -1", "doclint.toml:2: `rules.AA002.days` is -1; expected at least 0"),
        ("[rules.AA002]\ndayz = 1", "doclint.toml:2: `rules.AA002.dayz` is not known; did you mean `days`?"),
        ('select = ["AA004"]', "doclint.toml:1: `select` names a rule that is not known: `AA004` is no rule; did you mean `AA002`?"),
        (
            '[[overrides]]\npaths = ["a"]\nignore = ["ZZ"]',
            "doclint.toml:3: `overrides[0].ignore` names a rule that is not known: `ZZ` is no rule",
        ),
        ("[[overrides]]\nselect = []", "doclint.toml:1: `overrides[0]` lacks `paths`"),
        ("[rules.AA001]\n[rules.rule-aa001]", "doclint.toml:1: `rules.AA001` is said twice: `rule-aa001` is the same rule"),
        ('extends = "strikt"', 'doclint.toml:1: `extends` is "strikt"; expected "recommended" or "strict"; did you mean `strict`?'),
        ("a = ", "doclint.toml: not valid TOML: Invalid value (at end of document)"),
        ("a = " + "[" * 3000, "doclint.toml: the TOML is nested too deeply"),
        ("base = 0x" + "f" * 5000, "doclint.toml: a number is too large to be checked against its JSON Schema"),
        ('[lexicon.states.done]\nwords = "finito"', 'doclint.toml:2: `lexicon.states.done.words` is "finito"; expected array'),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _plan(text)
    assert str(caught.value) == sentence


def test_a_mistake_in_pyproject_is_named_by_its_full_key() -> None:
    with pytest.raises(ConfigError) as caught:
        _plan('[tool.doclint]\nbase = ""\n', path="pyproject.toml")
    assert str(caught.value) == "pyproject.toml:2: `tool.doclint.base` is empty"


def test_a_mistake_in_a_flag() -> None:
    with pytest.raises(UsageError, match=r"^`AA01x` is no rule; did you mean `AA001`\?$"):
        plan(None, Flags(select=("AA01x",)), RULES)


FILES = {
    "doclint.toml": 'base = "root"\n',
    ".doclint.toml": "",
    "a/.doclint.toml": "",
    "a/pyproject.toml": "[tool.doclint]\n",
    "b/pyproject.toml": "[tool.doclint]\n",
    "c/pyproject.toml": "[project]\nname = 'doclint'\n",
    "d/pyproject.toml": "not TOML, and not about us\n",
}


@pytest.mark.parametrize(
    ("directory", "path"),
    [
        ("", "doclint.toml"),
        ("a", "a/.doclint.toml"),
        ("b/deep/er", "b/pyproject.toml"),
        ("c", "doclint.toml"),
        ("d", "doclint.toml"),
        ("nowhere", "doclint.toml"),
    ],
)
def test_the_nearest_file_governs(directory: str, path: str) -> None:
    found = find(MemoryRepo.build({}, FILES), directory)
    assert found is not None
    assert (found.path, found.directory) == (path, path.rpartition("/")[0])


def test_no_file() -> None:
    assert find(MemoryRepo.build({}, {"a.md": ""}), "docs") is None


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_plan_or_a_sentence(data: bytes) -> None:
    for path in ("doclint.toml", "pyproject.toml"):
        try:
            plan(File(path, "", data), Flags(), RULES)
        except DoclintError as error:
            assert str(error).startswith(path)  # noqa: PT017 - either outcome is right


def _extended(files: dict[str, str], path: str = "sub/doclint.toml") -> Plan:
    """The plan of the file at ``path`` in a tree of ``files``."""
    repo = MemoryRepo.build({"files": files})
    data = repo.read(path)
    assert data is not None
    return plan(extended(repo, File(path, path.rpartition("/")[0], data)), Flags(), RULES)


def test_a_file_goes_before_those_that_it_extends() -> None:
    chosen = _extended(
        {
            "base.toml": (
                'extends = "strict"\nbase = "develop"\nfail-on = "info"\nignore = ["BB001"]\n[rules.AA002]\nseverity = "error"\ndays = 3\n'
            ),
            "doclint.toml": 'extend = "base.toml"\nfail-on = "warning"\n[rules.AA002]\ndays = 4\n',
            "sub/doclint.toml": 'extend = ["../doclint.toml"]\nbase = "trunk"\n[rules.AA001]\nseverity = "off"\n',
        }
    )
    (bound,) = chosen.bound("a.md")
    assert (bound.rule.code, bound.severity, dict(bound.options)) == ("AA002", Severity.ERROR, {"days": 4})
    assert (chosen.base, chosen.fail_on) == ("trunk", Severity.WARNING)


def test_lists_of_tables_come_together_and_globs_belong_to_their_file() -> None:
    chosen = _extended(
        {
            "doclint.toml": (
                'exclude = ["old/"]\ninclude = ["*.txt"]\n[[documents]]\nglob = "a.md"\ntype = "handoff"\n'
                '[[overrides]]\npaths = ["sub/x/a.md"]\nignore = ["AA"]\n[[co-change]]\nwhen = ["src/"]\nthen = ["A.md"]\n'
                '[lexicon]\npartial = ["quasi"]\n'
            ),
            "sub/doclint.toml": (
                'extend = "../doclint.toml"\ninclude = ["/x/*.md"]\n[[documents]]\nglob = "/x/a.md"\ntype = "progress-tracker"\n'
                '[[overrides]]\npaths = ["/x/a.md"]\nselect = ["AA001"]\n[[co-change]]\nwhen = ["/src/"]\nthen = ["B.md"]\n'
                '[lexicon]\npartial = ["presque"]\n'
            ),
        }
    )
    assert (chosen.exclude.match("old/a.md"), chosen.exclude.match("sub/old/a.md")) == (True, True)
    assert (chosen.include.match("sub/x/a.md"), chosen.include.match("x/a.md")) == (True, False)
    assert [setting.type for setting in chosen.settings if setting.globs.match("sub/x/a.md")] == ["handoff", "progress-tracker"]
    assert _codes(chosen, "sub/x/a.md") == ["AA001"]
    assert [(rule.then[0][0], rule.when.match("sub/src/a"), rule.file) for rule in chosen.together] == [
        ("A.md", True, "doclint.toml"),
        ("B.md", True, "sub/doclint.toml"),
    ]
    assert not chosen.together[1].when.match("src/a")
    assert chosen.lexicon == {"partial": ["quasi", "presque"]}


def test_a_file_that_is_reached_twice_counts_once() -> None:
    chosen = _extended(
        {
            "sub/doclint.toml": 'extend = ["a.toml", "b.toml"]\n',
            "sub/a.toml": 'extend = "c.toml"\n',
            "sub/b.toml": 'extend = "c.toml"\nbase = "b"\n',
            "sub/c.toml": 'base = "c"\n[[documents]]\nglob = "a.md"\ntype = "handoff"\n',
        }
    )
    assert chosen.base == "b"
    assert len(chosen.settings) == 1


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"sub/doclint.toml": '\nextend = "a.toml"\n', "sub/a.toml": 'extend = "../sub/doclint.toml"\n'},
            "sub/a.toml:1: `extend` leads in a circle: sub/doclint.toml → sub/a.toml → sub/doclint.toml",
        ),
        (
            {"sub/doclint.toml": 'extend = "doclint.toml"\n'},
            "sub/doclint.toml:1: `extend` leads in a circle: sub/doclint.toml → sub/doclint.toml",
        ),
        (
            {"sub/doclint.toml": '\nextend = "../../x.toml"\n'},
            "sub/doclint.toml:2: `extend` names `../../x.toml`, which lies outside of the repository",
        ),
        (
            {"sub/doclint.toml": 'extend = "/etc/x.toml"\n'},
            "sub/doclint.toml:1: `extend` names `/etc/x.toml`, which lies outside of the repository",
        ),
        ({"sub/doclint.toml": 'extend = "x.toml"\n'}, "sub/doclint.toml:1: `extend` names `x.toml`, and there is no such file in the tree"),
        ({"sub/doclint.toml": "extend = 3\n"}, "sub/doclint.toml:1: `extend` "),
        ({"sub/doclint.toml": "extend = [3]\n"}, "sub/doclint.toml:1: `extend"),
        ({"sub/doclint.toml": 'extend = "../a.toml"\n', "a.toml": '\n\nbsae = "main"\n'}, "a.toml:3: `bsae` "),
        ({"sub/doclint.toml": 'extend = "../a.toml"\n', "a.toml": "base = \n"}, "a.toml: not valid TOML: "),
        (
            {"sub/doclint.toml": 'extend = "0.toml"\n', **{f"sub/{n}.toml": f'extend = "{n + 1}.toml"\n' for n in range(12)}},
            "sub/9.toml:1: `extend` leads over more than 10 files",
        ),
    ],
)
def test_what_is_wrong_with_an_extension(files: dict[str, str], sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _extended(files)
    assert str(caught.value).startswith(sentence)


def test_all_that_is_wrong_with_files_is_told_at_once() -> None:
    text = """seelct = []
fail-on = "x"
[[documents]]
glob = "a"
[[documents]]
glob = "b"
typ = "x"
[rules.AA002]
severity = "eror"
days = -1
"""
    base = File("base.toml", "", b'base = ""\n')
    with pytest.raises(ConfigError) as caught:
        plan(File("doclint.toml", "", text.encode(), (base,)), Flags(), RULES)
    assert caught.value.sentences == (
        "base.toml:1: `base` is empty",
        "doclint.toml:1: `seelct` is not known; did you mean `select`?",
        'doclint.toml:2: `fail-on` is "x"; expected "error", "warning", "info" or "never"',
        "doclint.toml:7: `documents[1].typ` is not known; did you mean `type`?",
        'doclint.toml:9: `rules.AA002.severity` is "eror"; expected "error", "warning", "info" or "off"; did you mean `error`?',
        "doclint.toml:10: `rules.AA002.days` is -1; expected at least 0",
    )
    with pytest.raises(ConfigError) as caught:
        _plan('select = ["x"]\nbaseline = "/a"\n[[documents]]\nglob = "a"\ntype = "handof"\n[[overrides]]\npaths = ["a"]\nignore = ["y"]\n')
    assert caught.value.sentences == (
        "doclint.toml:1: `select` names a rule that is not known: `x` is no rule",
        "doclint.toml:2: `baseline` names `/a`, which lies outside of the repository",
        "doclint.toml:5: `documents[0].type` names `handof`, which is no document type; did you mean `handoff`?",
        "doclint.toml:8: `overrides[0].ignore` names a rule that is not known: `y` is no rule",
    )
    with pytest.raises(ConfigError) as caught:
        _plan("".join(f"k{number} = 1\n" for number in range(50)))
    assert (len(caught.value.sentences), caught.value.sentences[-1]) == (21, "and 30 more faults")


def _inlined(*texts: str, file: str = "", flags: Flags = Flags()) -> Plan:
    return plan(File("doclint.toml", "", file.encode()), flags, RULES, inlines=[inline(text) for text in texts])


def test_what_the_command_line_says_of_a_key_stands_above_the_file() -> None:
    file = 'base = "a"\nfail-on = "info"\n'
    file += '[rules.AA002]\ndays = 3\n[[overrides]]\npaths = ["docs/"]\n[overrides.rules.AA001]\nseverity = "info"\n'
    chosen = _inlined('base = "b"', 'rules.AA001.severity="off"', "rules.rule-aa002.days=9", file=file)
    assert (chosen.base, chosen.fail_on) == ("b", Severity.INFO)
    assert _codes(chosen, "docs/a.md") == ["AA002", "BB001"]
    assert dict(chosen.bound("a.md")[0].options) == {"days": 9}
    assert _codes(_inlined('select=["AA"]', 'select=["BB"]')) == ["BB001"]
    assert _codes(_inlined('select=["AA"]', flags=Flags(ignore=("AA001",)))) == ["AA002"]
    assert _inlined('base="b"', flags=Flags(base="c")).base == "c"
    assert _codes(_inlined('overrides=[{paths=["x.md"], ignore=["AA"]}]'), "x.md") == ["BB001"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "base=develop",
            '`--config base=develop`: not valid TOML: Invalid value (at line 1, column 6); texts stand in quotes: `base="develop"`',
        ),
        ("a=[", "`--config a=[`: not valid TOML: Invalid value (at end of document)"),
        ("seelct=[]", "`--config seelct=[]`: `seelct` is not known; did you mean `select`?"),
        ('fail-on="x"', '`--config fail-on="x"`: `fail-on` is "x"; expected "error", "warning", "info" or "never"'),
    ],
)
def test_what_is_wrong_with_what_the_command_line_says(text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _inlined(text)
    assert caught.value.sentences == (sentence,)


def test_where_keys_stand() -> None:
    text = """a = 1
b.c = 2
"d.e" = 3
[t.u]
x = 1
[[v]]
y = 1
[v.w]
z = 1
[[v]]
y = 2
w.z = 2
[[v.q]]
r = 1
[[v.q]]
r = 2
"""
    lines = places(text)
    assert [lines.of(way) for way in (("a",), ("b", "c"), ("b",), ("d.e",), ("t", "u", "x"), ("t", "u", "gone"))] == [1, 2, 2, 3, 5, 4]
    ways: list[tuple[str | int, ...]] = [("v", 0, "y"), ("v", 0, "w", "z"), ("v", 1), ("v", 1, "w", "z"), ("v", 1, "q", 1, "r"), ("gone",)]
    assert [lines.of(way) for way in ways] == [7, 9, 10, 12, 16, None]
    assert places("[tool.doclint]\nbase = 1\n[tool.other]\nbase = 2\n", "tool.doclint").of(("base",)) == 2


@given(st.text(max_size=200))
def test_any_text_is_a_value_or_a_sentence(text: str) -> None:
    with contextlib.suppress(DoclintError):
        plan(None, Flags(), RULES, inlines=[inline(text)])
