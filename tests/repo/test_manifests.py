"""The packages that manifests list."""

from __future__ import annotations

import pytest

from doclint.repo.facts import Unknown
from doclint.repo.manifests import folded, is_manifest, packages


def listed(path: str, text: str, **others: str) -> list[str] | str:
    files = {path: text, **{name.replace("_", "/") + ".txt": other for name, other in others.items()}}
    found = packages(path, lambda wanted: files[wanted].encode() if wanted in files else None)
    return found.reason if isinstance(found, Unknown) else sorted(found)


@pytest.mark.parametrize(
    "path",
    ["requirements.txt", "requirements-dev.txt", "requirements/base.in", "a/dev-requirements.txt", "pyproject.toml", "web/package.json"],
)
def test_manifests(path: str) -> None:
    assert is_manifest(path)


@pytest.mark.parametrize("path", ["notes.txt", "setup.py", "src/requirements.py", "Cargo.toml"])
def test_other_files(path: str) -> None:
    assert not is_manifest(path)


def test_names_are_folded() -> None:
    assert {folded(name) for name in ("Category_Encoders", "category.encoders[all]", "category-encoders>=2")} == {"category-encoders"}
    assert folded("@types/Node") == "@types/node"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a==1\nB_c[x]>=2 ; python_version > '3'  # d\n\n# e\n--index-url https://x\n", ["a", "b-c"]),
        ("-e git+https://x/y.git#egg=Z\ngit+https://x/w.git@v1\nv @ https://x/v.zip\n", ["v", "w", "z"]),
        ("-e .\n", "`requirements.txt` lists a path or an address that has no name"),
        ("-r base.txt\na\n", ["a", "b"]),
        ("-r base.txt\n-r requirements.txt\n", ["b"]),
        ("-r other.txt\n", "`other.txt` is not in the tree"),
        ("-r ../../other.txt\n", "`requirements.txt` includes files that are not read"),
    ],
)
def test_requirements(text: str, expected: object) -> None:
    assert listed("requirements.txt", text, base="b\n") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[project]\ndependencies = ["a>=1"]\noptional-dependencies = { x = ["b"] }\n[build-system]\nrequires = ["c"]', ["a", "b", "c"]),
        ('[dependency-groups]\ndev = ["a", {include-group = "x"}]', ["a"]),
        ('[tool.poetry.dependencies]\na = "1"\n[tool.poetry.group.dev.dependencies]\nb = "1"', ["a", "b"]),
        (
            '[tool.uv]\ndev-dependencies = ["a"]\n[tool.pdm.dev-dependencies]\nx = ["b"]\n[tool.hatch.envs.x]\ndependencies = ["c"]',
            ["a", "b", "c"],
        ),
        ('[project]\ndynamic = ["dependencies"]', "the dependencies in `pyproject.toml` are dynamic"),
        ("[", "`pyproject.toml` does not parse as TOML"),
        ("project = 1\ntool = []", []),
    ],
)
def test_pyproject(text: str, expected: object) -> None:
    assert listed("pyproject.toml", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"dependencies": {"a": "1"}, "devDependencies": {"@x/b": "1"}, "peerDependencies": []}', ["@x/b", "a"]),
        ('{"workspaces": []}', "the packages of `package.json` are those of its workspaces too"),
        ("{", "`package.json` does not parse as JSON"),
        ("[]", []),
    ],
)
def test_package_json(text: str, expected: object) -> None:
    assert listed("package.json", text) == expected
