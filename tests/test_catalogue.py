"""What is derived from the pages is as it ought to be."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from doclint import catalogue, resources
from doclint.errors import ConfigError
from doclint.rule import shipped, unknown
from doclint.schema import conforms

STALE = "is stale: run `python -m doclint.resources`"


@pytest.mark.parametrize(
    ("path", "text"), [pytest.param(path, text, id=os.path.basename(path)) for path, text in resources.derived().items()]
)
def test_what_is_derived_is_not_stale(path: str, text: str) -> None:
    with open(path, encoding="utf-8") as file:
        assert file.read() == text, f"{os.path.basename(path)} {STALE}"


def test_the_schema_of_the_configuration_is_one_and_its_defaults_are_valid() -> None:
    schema = resources.schema("config")
    Draft202012Validator.check_schema(schema)
    for rule in shipped():
        options = {rule.code: {"severity": rule.severity.value} | {name: rule.options[name]["default"] for name in rule.options}}
        Draft202012Validator(schema).validate({"rules": options})


def test_no_configuration_needs_jsonschema_to_be_found_valid() -> None:
    schema = resources.schema("config")
    for rule in shipped():
        options = {name: rule.options[name]["default"] for name in rule.options}
        assert conforms({"rules": {rule.code: options}}, schema, schema), f"{rule.code} has options that doclint.schema does not know"


def test_packs_name_rules_that_there_are() -> None:
    for name, pack in resources.index()["packs"].items():
        for selector in (*pack.get("select", ()), *pack.get("ignore", ()), *pack.get("rules", ())):
            assert unknown(selector, shipped()) is None, f"{name}: {selector}"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the folder of rules, with one page."""
    (tmp_path / "packs").mkdir()
    for name in ("checklist-malformed.md", "lexicon.yaml"):
        shutil.copy(os.path.join(resources.directory("rules"), name), tmp_path / name)
    return tmp_path


def _build(rules: Path) -> object:
    return catalogue.build(str(rules), resources.directory("schemas"))


def test_an_index_changes_with_its_pages(rules: Path) -> None:
    schemas = resources.directory("schemas")
    before = catalogue.digest(catalogue.inputs(str(rules), schemas))
    page = rules / "checklist-malformed.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert catalogue.digest(catalogue.inputs(str(rules), schemas)) == before
    page.write_bytes(page.read_bytes() + b"more\r\n")
    assert catalogue.digest(catalogue.inputs(str(rules), schemas)) != before
    page.unlink()
    assert catalogue.build(str(rules), schemas)["rules"] == []


def test_an_index_is_json(rules: Path) -> None:
    built = _build(rules)
    assert json.loads(json.dumps(built)) == built


def test_two_pages_with_one_code(rules: Path) -> None:
    text = (rules / "checklist-malformed.md").read_text("utf-8")
    (rules / "other.md").write_text(text.replace("name: checklist-malformed", "name: other"), "utf-8")
    with pytest.raises(ConfigError, match=r"^two rule pages have the code `CL001`$"):
        _build(rules)


def test_a_broken_page_is_named(rules: Path) -> None:
    page = rules / "checklist-malformed.md"
    page.write_text(page.read_text("utf-8").replace("severity: error", "severity: grave"), "utf-8")
    with pytest.raises(ConfigError, match=r"^rules/checklist-malformed.md: the front matter's `severity` is "):
        _build(rules)


def test_yaml_that_cannot_be_read_is_named(rules: Path) -> None:
    (rules / "packs" / "odd.yaml").write_text("a: [", "utf-8")
    with pytest.raises(ConfigError, match=r"^odd.yaml: "):
        _build(rules)


def test_the_lexicon_keeps_its_order() -> None:
    # The first role that matches counts.
    written = catalogue.build(resources.directory("rules"), resources.directory("schemas"))
    with open(next(path for path in resources.derived() if path.endswith("index.json")), encoding="utf-8") as file:
        stored = json.load(file)
    for part, value in written["lexicon"].items():
        assert not isinstance(value, dict) or list(stored["lexicon"][part]) == list(value), part


def test_codes_that_begin_alike_are_of_one_family() -> None:
    families = {(rule.code.rstrip("0123456789"), rule.family) for rule in shipped()}
    assert len(families) == len({prefix for prefix, _ in families}) == len({family for _, family in families})
