"""Where links lead, as a build's environment tells."""

from __future__ import annotations

import pytest

from doclint.hosting import web
from doclint.report import Web

GITHUB = {"GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "tidewatch/harbour-1.x"}
GITLAB = {"GITLAB_CI": "true", "CI_PROJECT_URL": "https://gitlab.example.org:8443/group/sub/project"}


def test_github() -> None:
    site = "https://github.com/tidewatch/harbour-1.x"
    assert web(GITHUB) == Web(site, f"{site}/blob/", f"{site}/commit/")


def test_gitlab() -> None:
    site = "https://gitlab.example.org:8443/group/sub/project"
    assert web(GITLAB) == Web(site, f"{site}/-/blob/", f"{site}/-/commit/")


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {**GITHUB, "GITHUB_ACTIONS": ""},
        {**GITHUB, "GITHUB_REPOSITORY": 'x"><script>'},
        {**GITHUB, "GITHUB_SERVER_URL": "javascript:alert(1)"},
        {**GITLAB, "CI_PROJECT_URL": "https://gitlab.example.org"},
        {**GITLAB, "CI_PROJECT_URL": "https://gitlab.example.org/a b"},
    ],
)
def test_nowhere(environment: dict[str, str]) -> None:
    assert web(environment) is None
