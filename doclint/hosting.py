"""Where a repository can be looked at in a browser, as a build's environment tells."""

from __future__ import annotations

from collections.abc import Mapping

from doclint.late import late
from doclint.report import Web

_ADDRESS = late(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9_.~-]+)+")


def web(environment: Mapping[str, str]) -> Web | None:
    """The pages of the repository that a GitHub or GitLab job builds; None elsewhere."""
    github = f"{environment.get('GITHUB_SERVER_URL', '')}/{environment.get('GITHUB_REPOSITORY', '')}"
    if environment.get("GITHUB_ACTIONS") == "true" and _ADDRESS.fullmatch(github):
        return Web(github, f"{github}/blob/", f"{github}/commit/")
    gitlab = environment.get("CI_PROJECT_URL", "")
    if environment.get("GITLAB_CI") == "true" and _ADDRESS.fullmatch(gitlab):
        return Web(gitlab, f"{gitlab}/-/blob/", f"{gitlab}/-/commit/")
    return None
