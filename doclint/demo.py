"""``doclint demo``: a small repository whose documents are wrong, built with Git, checked and told of.

The repository is described in ``sample/``: the documents as they are now, and in ``repository.yaml`` how they came to be wrong.
"""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterator

from doclint.engine import check
from doclint.errors import DoclintError, UsageError
from doclint.report import Presentation, Report
from doclint.reporters import text
from doclint.wording import count
from doclint.workspace import Wish, enter

TODAY = datetime.date(2026, 2, 19)
"""The day on which the sample is looked at: that after its last commit."""

_SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sample")


def run(keep: str | None, presentation: Presentation) -> str:
    """Build the sample repository in ``keep`` (else in a temporary folder that is removed), check it, and return what there is to say.

    Raises UsageError where ``keep`` is not an empty or absent directory, GitError where there is no Git that could build anything.
    """
    if keep is not None:
        return _told(_prepared(keep), presentation, _kept(keep))
    with tempfile.TemporaryDirectory(prefix="doclint-demo-", ignore_cleanup_errors=True) as directory:
        return _told(directory, presentation, _REMOVED)


def build(directory: str) -> None:
    """Build the sample repository in ``directory``, which is empty or absent: the same commits on every machine."""
    from doclint.markdown.frontmatter import load_yaml
    from doclint.repo import building

    with open(os.path.join(_SAMPLE, "repository.yaml"), encoding="utf-8") as file:
        story = load_yaml(file.read())
    assert isinstance(story, dict)
    building.build(story, directory, dict(_documents()))


def examine(directory: str) -> tuple[Report, int]:
    """What doclint finds in the sample repository at ``directory``, and the status that ``doclint check`` would exit with."""
    workspace = enter(Wish(where=directory))
    try:
        report = check(workspace.plan, workspace.repo, workspace.paths, TODAY)
    finally:
        workspace.repo.close()
    for crash in report.crashes:
        raise DoclintError(f"internal error in {crash.code or 'the reading'} of {crash.path}: {crash.error}")
    return report, report.exit_code(workspace.plan.fail_on)


def _documents() -> Iterator[tuple[str, str]]:
    """The sample's documents as they are now: paths and texts."""
    root = os.path.join(_SAMPLE, "documents")
    for directory, _, names in os.walk(root):
        for name in sorted(names):
            full = os.path.join(directory, name)
            with open(full, encoding="utf-8", newline="") as file:
                yield os.path.relpath(full, root).replace(os.sep, "/"), file.read()


def _prepared(directory: str) -> str:
    try:
        os.makedirs(directory, exist_ok=True)
        if os.listdir(directory):
            raise UsageError(f"`{directory}` is not empty; the sample repository needs a directory of its own")
    except OSError as error:
        raise UsageError(f"the sample repository cannot be built in `{directory}`: {error.strerror}") from None
    return directory


_REMOVED = """\
The repository was built in a temporary folder, which is removed now. Try next:
  doclint demo --keep tidewatch    keep it, to look around in it and to mend what is wrong
  doclint explain ST001            why a finding matters, and when the rule stays silent
  doclint check                    in a repository of your own
"""


def _kept(directory: str) -> str:
    return f"""\
The repository is in {directory}. Try next, in there:
  git log --graph --oneline --all  what happened
  doclint check                    the same report; mend a document, and run it again
  doclint check --format json      the report for programs
  doclint types                    what kind of document each one is, and why
  doclint explain ST001            why a finding matters, and when the rule stays silent
"""


def _told(directory: str, presentation: Presentation, ending: str) -> str:
    build(directory)
    report, code = examine(directory)
    working = [document for document in report.documents if document.type is not None]
    wide = max(len(document.path) for document in working)
    lines = [
        "Tidewatch warns small harbours of high water. Its repository was built with git just now: sessions that worked side by side,",
        f"branches that were merged and squashed, a file that was renamed, and {count(len(working), 'document')} that did not keep up.",
        "",
        *(f"  {document.path:{wide}}  {document.type}" for document in working),
        "",
        "This is what `doclint check` says of them:",
        "",
    ]
    return (
        "".join(f"{line}\n" for line in lines) + text.render(report, presentation) + f"\n`doclint check` exits with {code} here.\n{ending}"
    )
