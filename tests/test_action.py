"""The GitHub Action: its steps, taken from ``action.yml`` and run with bash as a runner would, in clones as actions/checkout makes them."""

from __future__ import annotations

import io
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from doclint import __version__
from doclint.markdown.frontmatter import load_yaml
from tests.outside import ROOT, git, publish, run
from tests.reporters.runner import commands

ACTION = load_yaml((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: Mapping[str, Any] = {step.get("id", step["name"]): step for step in ACTION["runs"]["steps"]}
HOSTILE = '$(touch pwned) `touch pwned`; "%0A::error::pwned" \'\n::error::pwned\n##[error]pwned'
HUB = """\
# Coordination

### Session A: Ingest

- **Status:** IN PROGRESS
- **Files:** `src/clean.py`
"""
OLD = "OLD.md:1:10: RF001"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are scripts for bash, which is not here")


def test_schema() -> None:
    if find_spec("check_jsonschema") is None:
        pytest.skip("check-jsonschema is not installed")
    done = run(ROOT, sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    assert done.returncode == 0, done.stdout


def test_zizmor() -> None:
    program = shutil.which("zizmor", path=os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"])))
    if program is None:
        pytest.skip("zizmor is not installed")
    done = run(ROOT, program, "--offline", "--no-progress", "--persona", "pedantic", "action.yml")
    assert done.returncode == 0, done.stdout


def test_nothing_is_written_into_scripts() -> None:
    scripts = [step["run"] for step in STEPS.values() if "run" in step]
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)


def test_other_actions_are_pinned() -> None:
    used = [step["uses"] for step in STEPS.values() if "uses" in step]
    assert [re.sub("@[0-9a-f]{40}$", "@…", one) for one in used] == ["actions/setup-python@…", "github/codeql-action/upload-sarif@…"]


def test_every_input_arrives() -> None:
    told = {name for step in STEPS.values() for part in ("env", "with") for name in re.findall(r"inputs\.([\w-]+)", str(step.get(part)))}
    assert told == set(ACTION["inputs"])


def test_upload_waits_for_nothing_but_a_token() -> None:
    condition = " ".join(STEPS["Upload SARIF"]["if"].split())
    assert condition == (
        "${{ !cancelled() && inputs.upload-sarif == 'true' && steps.check.outputs.sarif-file != '' && (github.event_name != 'pull_request' "
        "|| github.event.pull_request.head.repo.full_name == github.repository) }}"
    )


class Done(NamedTuple):
    """What a step left behind."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str

    @property
    def annotations(self) -> list[str]:
        """What GitHub would show: the kind, the place, and what it is titled, or else says."""
        return [
            f"{one.name} {one.properties['file']}:{one.properties['line']} {one.properties['title']}"
            if "file" in one.properties
            else f"{one.name} {one.data}"
            for one in commands(self.log)
        ]


class Job(NamedTuple):
    """A job of a workflow: its workspace, the folder of the runner, and what it was started by."""

    workspace: Path
    temporary: Path
    event_name: str
    event: Mapping[str, Any]

    def step(self, name: str, inputs: Mapping[str, str], steps: Mapping[str, Mapping[str, str]]) -> Done:
        """Run the step ``name`` of ``action.yml``; ``steps`` are the outputs of those before it."""
        step = STEPS[name]
        for file in ("output", "summary"):
            (self.temporary / file).write_text("", encoding="utf-8")
        (self.temporary / "event.json").write_text(json.dumps(self.event), encoding="utf-8")
        (self.temporary / "step.sh").write_text(step["run"], encoding="utf-8")
        variables = {key: _evaluated(value, inputs, steps) for key, value in step["env"].items()}
        done = run(
            self.workspace,
            *("bash", "--noprofile", "--norc", "-eo", "pipefail", str(self.temporary / "step.sh")),
            variables={
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_EVENT_NAME": self.event_name,
                "GITHUB_EVENT_PATH": str(self.temporary / "event.json"),
                "GITHUB_OUTPUT": str(self.temporary / "output"),
                "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temporary),
                # What the checked repository brings along must not be imported, whatever the job has set.
                "PYTHONPATH": str(self.workspace),
                **variables,
            },
        )
        outputs = _outputs((self.temporary / "output").read_text(encoding="utf-8"))
        return Done(done.returncode, done.stdout, outputs, (self.temporary / "summary").read_text(encoding="utf-8"))


def _evaluated(value: str, inputs: Mapping[str, str], steps: Mapping[str, Mapping[str, str]]) -> str:
    match = re.fullmatch(r"\$\{\{ (?:inputs\.([\w-]+)|steps\.(\w+)\.outputs\.([\w-]+)) \}\}", value)
    assert match is not None, value
    if match[1]:
        return inputs.get(match[1], ACTION["inputs"][match[1]]["default"])
    return steps.get(match[2], {}).get(match[3], "")


def _outputs(text: str) -> dict[str, str]:
    """What the runner reads from the file of outputs."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, mark, end = line.partition("<<")
        if not mark:
            name, _, found[name] = line.partition("=")
            continue
        value: list[str] = []
        while (inner := next(lines)) != end:
            value.append(inner)
        found[name] = "\n".join(value)
    return found


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python with doclint, as the step before leaves it; that one is tried by itself, because it takes long."""
    place = tmp_path_factory.mktemp("action") / "venv"
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    folders = {str(ROOT), *(path for path in sys.path if path.endswith("site-packages"))}
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(place)}))
    (packages / "doclint.pth").write_text("".join(f"{folder}\n" for folder in sorted(folders)), encoding="utf-8")
    return str(place / ("Scripts" if os.name == "nt" else "bin") / "python")


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """What is on GitHub: ``main`` went on after a pull request began, from a branch with a bad name."""
    place = tmp_path / "origin"
    place.mkdir()
    git(place, "init", "--quiet", "--initial-branch", "main")
    for name in ("uploadpack.allowAnySHA1InWant", "uploadpack.allowFilter"):
        git(place, "config", name, "true")
    _commit(place, {"COORDINATION.md": HUB, "src/clean.py": "\n", "OLD.md": "See [it](gone.md).\n"}, "Begin")
    git(place, "switch", "--quiet", "--create", "feature/$(touch${IFS}pwned)`touch${IFS}pwned`;%0Aerror")
    git(place, "mv", "src/clean.py", "src/despike.py")
    _commit(place, {}, HOSTILE)
    git(place, "branch", "change")
    git(place, "switch", "--quiet", "main")
    _commit(place, {"LATER.md": "See [it](gone-too.md) and [that](gone.md).\n"}, "Meanwhile")
    git(place, "switch", "--quiet", "--detach", "main")
    git(place, "merge", "--quiet", "--no-ff", "--message", "Merge it for the checks", "change")
    git(place, "update-ref", "refs/pull/1/merge", "HEAD")
    git(place, "switch", "--quiet", "main")
    return place


def _commit(place: Path, files: Mapping[str, str], subject: str) -> None:
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "--message", subject)


def _checkout(origin: Path, tmp_path: Path, ref: str, depth: int = 0) -> Path:
    """A clone as actions/checkout makes it: ``depth`` 0 is the history of all branches, else there are no branches at all."""
    place = tmp_path / "work space"
    place.mkdir()
    git(place, "init", "--quiet")
    git(place, "remote", "add", "origin", origin.as_uri())
    name = re.sub("^refs/(heads/|)", "refs/remotes/origin/" if ref.startswith("refs/heads/") else "refs/remotes/", ref)
    everything = ["+refs/heads/*:refs/remotes/origin/*"] if depth == 0 else [f"--depth={depth}"]
    git(place, "fetch", "--quiet", "--no-tags", "origin", *everything, f"+{ref}:{name}")
    if ref.startswith("refs/heads/"):
        git(place, "checkout", "--quiet", "-B", ref.removeprefix("refs/heads/"), name)
    else:
        git(place, "checkout", "--quiet", "--detach", name)
    return place


def _pull_request(origin: Path, *, fork: bool = False) -> Mapping[str, Any]:
    """The event of a pull request; its base is where it began, which is not where the base is by now."""
    return {
        "action": "synchronize",
        "pull_request": {
            "title": HOSTILE,
            "body": HOSTILE,
            "base": {"ref": "main", "sha": git(origin, "rev-parse", "main~1"), "repo": {"full_name": "owner/gauges"}},
            "head": {
                "ref": "feature/$(touch${IFS}pwned)",
                "sha": git(origin, "rev-parse", "change"),
                "repo": {"full_name": f"{'stranger' if fork else 'owner'}/gauges", "fork": fork},
            },
        },
    }


def _job(tmp_path: Path, workspace: Path, event_name: str = "push", event: Mapping[str, Any] | None = None) -> Job:
    (tmp_path / "temporary").mkdir()
    return Job(workspace, tmp_path / "temporary", event_name, event or {})


def _check(job: Job, python: str, **inputs: str) -> Done:
    before = {path for path in job.workspace.rglob("*") if ".git" not in path.parts}
    done = job.step("check", {name.replace("_", "-"): value for name, value in inputs.items()}, {"install": {"python": python}})
    assert "Traceback" not in done.log
    written = {path for path in job.workspace.rglob("*") if ".git" not in path.parts} - before
    assert written <= {job.workspace / inputs.get("sarif_file", "nothing")}
    assert done.outputs["exit-code"] == str(done.code)
    return done


RENAMED = "error COORDINATION.md:6 RF003 path-renamed"
LINKS = ["error LATER.md:1 RF001 link-broken", "error LATER.md:1 RF001 link-broken", "error OLD.md:1 RF001 link-broken"]
SHALLOW = (
    "notice the commit that this is based on is not in the clone, so that all is told and not only what is new; "
    "give actions/checkout `fetch-depth: 0`"
)


def test_push(origin: Path, tmp_path: Path, python: str) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"), "push", {"before": "0" * 40, "ref": "refs/heads/main"})
    done = _check(job, python)
    assert (done.code, done.annotations) == (1, LINKS)
    file = done.outputs["json-file"]
    assert done.outputs == {"errors": "3", "warnings": "0", "exit-code": "1", "json-file": file, "sarif-file": ""}
    assert Path(file).name == "doclint.json"
    assert Path(_check(job, python).outputs["json-file"]).parent != Path(file).parent
    assert len(json.loads(Path(done.outputs["json-file"]).read_text("utf-8"))["findings"]) == 3
    assert done.summary.startswith("### doclint: 3 errors in 3 documents\n")


def test_nothing_wrong(origin: Path, tmp_path: Path, python: str) -> None:
    done = _check(_job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main")), python, paths="COORDINATION.md\n\n  src \n")
    assert (done.code, done.annotations) == (0, [])
    assert (done.outputs["errors"], done.outputs["warnings"]) == ("0", "0")
    assert done.summary.startswith("### doclint: no findings in 1 document\n")


@pytest.mark.parametrize("fork", [False, True])
def test_pull_request(origin: Path, tmp_path: Path, python: str, fork: bool) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/pull/1/merge"), "pull_request", _pull_request(origin, fork=fork))
    done = _check(job, python, upload_sarif="true")
    # What others landed in the base meanwhile is not the change's doing, and what was wrong before is not either.
    assert (done.code, done.annotations) == (1, [RENAMED])
    assert done.outputs["errors"] == "1"
    report = json.loads(Path(done.outputs["json-file"]).read_text("utf-8"))
    assert report["tree"]["since"]["fork"] == git(origin, "rev-parse", "main")
    sarif = json.loads(Path(done.outputs["sarif-file"]).read_text("utf-8"))
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["RF003"]


def test_pull_request_whose_own_commit_is_checked_out(origin: Path, tmp_path: Path, python: str) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/change"), "pull_request", _pull_request(origin))
    assert _check(job, python).annotations == [RENAMED]


def test_pull_request_in_which_all_is_told(origin: Path, tmp_path: Path, python: str) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/pull/1/merge"), "pull_request", _pull_request(origin))
    assert _check(job, python, since="none").annotations == [RENAMED, *LINKS]


def test_merge_group(origin: Path, tmp_path: Path, python: str) -> None:
    event = {"merge_group": {"base_sha": git(origin, "rev-parse", "main"), "head_sha": git(origin, "rev-parse", "refs/pull/1/merge")}}
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/pull/1/merge"), "merge_group", event)
    assert _check(job, python).annotations == [RENAMED]


def test_shallow_clone(origin: Path, tmp_path: Path, python: str) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/pull/1/merge", depth=1), "pull_request", _pull_request(origin))
    done = _check(job, python)
    # Without history a file that was renamed is one of which nothing is known.
    assert (done.code, done.annotations) == (1, [SHALLOW, *LINKS])
    assert done.summary.startswith("> the commit that this is based on")
    assert "history is shallow" in done.summary


def test_two_commits_are_enough_to_compare(origin: Path, tmp_path: Path, python: str) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/pull/1/merge", depth=2), "pull_request", _pull_request(origin))
    done = _check(job, python)
    assert done.code == 0
    assert "new since" in done.log


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"pull_request": None},
        {"pull_request": {"base": {"sha": "--output=pwned"}, "head": {"sha": "0" * 40}}},
        {"pull_request": {"base": {"sha": HOSTILE}, "head": {"sha": HOSTILE}}},
        [],
    ],
)
def test_events_that_say_nothing(origin: Path, tmp_path: Path, python: str, event: Any) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"), "pull_request")._replace(event=event)
    assert _check(job, python).annotations == LINKS


def test_working_directory(origin: Path, tmp_path: Path, python: str) -> None:
    _commit(origin, {"docs/NOTES.md": "See [it](nowhere.md).\n"}, "Take notes")
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"))
    done = _check(job, python, working_directory="docs")
    assert done.annotations == ["error docs/NOTES.md:1 RF001 link-broken"]
    done = _check(job, python, working_directory="docs", paths="NOTES.md")
    assert done.annotations == ["error docs/NOTES.md:1 RF001 link-broken"]


def test_further_arguments(origin: Path, tmp_path: Path, python: str) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"))
    assert _check(job, python, args="--ignore 'RF001' --select \"RF,CL\"").code == 0
    assert _check(job, python, fail_on="never").annotations == LINKS
    assert _check(job, python, strict="true", annotations="false", args="--today 2026-03-01").annotations == []
    assert OLD in _check(job, python, annotations="false").log
    assert _check(job, python, summary="false").summary == ""
    assert _check(job, python, since="main~1").annotations == LINKS[:2]


def test_sarif(origin: Path, tmp_path: Path, python: str) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"))
    done = _check(job, python, sarif_file="doclint.sarif")
    assert done.outputs["sarif-file"] == str(job.workspace / "doclint.sarif")
    assert len(json.loads((job.workspace / "doclint.sarif").read_text("utf-8"))["runs"][0]["results"]) == 3


def test_sarif_is_not_what_lay_there_before(origin: Path, tmp_path: Path, python: str) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"))
    (job.workspace / "doclint.sarif").write_text("{}", encoding="utf-8")
    done = job.step("check", {"sarif-file": "doclint.sarif", "paths": "nowhere.md"}, {"install": {"python": python}})
    assert (done.code, done.outputs["sarif-file"]) == (2, "")
    secret = tmp_path / "secret"
    secret.write_text("{}", encoding="utf-8")
    (job.workspace / "doclint.sarif").symlink_to(secret)
    done = job.step("check", {"sarif-file": "doclint.sarif"}, {"install": {"python": python}})
    assert (done.code, done.outputs["sarif-file"], secret.read_text("utf-8")) == (2, "", "{}")


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"strict": "yes"}, "`strict` is `yes`; expected `true` or `false`"),
        ({"args": "--select 'RF"}, "`args` cannot be taken apart: no closing quotation"),
        ({"working_directory": "nowhere"}, "`working-directory` is `nowhere`, which is no directory of the workspace"),
        ({"working_directory": "../temporary"}, "`working-directory` is `../temporary`, which lies outside of the workspace"),
        ({"working_directory": "out"}, "`working-directory` is `out`, which lies outside of the workspace"),
        ({"working_directory": "/"}, "`working-directory` is `/`, which lies outside of the workspace"),
        ({"sarif_file": "out/doclint.sarif"}, "`sarif-file` is `out/doclint.sarif`, which lies outside of the workspace"),
        ({"sarif_file": "../doclint.sarif"}, "`sarif-file` is `../doclint.sarif`, which lies outside of the workspace"),
        ({"sarif_file": ".git/config"}, "`sarif-file` is `.git/config`, which lies where Git keeps its own"),
        ({"sarif_file": "own/hooks/x"}, "`sarif-file` is `own/hooks/x`, which lies where Git keeps its own"),
    ],
)
def test_inputs_that_mean_nothing(origin: Path, tmp_path: Path, python: str, inputs: Mapping[str, str], said: str) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"))
    (job.workspace / "out").symlink_to(tmp_path)
    (job.workspace / "own").symlink_to(".git")
    done = job.step("check", {name.replace("_", "-"): value for name, value in inputs.items()}, {"install": {"python": python}})
    assert (done.code, done.annotations) == (2, [f"error {said}"])


def test_a_log_that_is_not_utf_8_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    for name, value in {"GITHUB_WORKSPACE": str(tmp_path), "INPUT_WORKING_DIRECTORY": "文書\n"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", log)
    assert runpy.run_path(str(ROOT / "action" / "check.py"))["main"]() == 2
    log.flush()
    said = log.buffer.getvalue().decode("utf-8")
    assert said.splitlines() == ["::error title=doclint::`working-directory` is `文書`, which is no directory of the workspace"]


@pytest.mark.parametrize(
    "inputs", [{"paths": "nowhere.md"}, {"args": "--no-such-option"}, {"config": "nowhere.toml"}, {"since": "nowhere"}]
)
def test_what_doclint_cannot_do(origin: Path, tmp_path: Path, python: str, inputs: dict[str, str]) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"))
    _check(job, python)
    # Nothing is left of the use before.
    done = _check(job, python, **inputs)
    assert (done.code, done.annotations) == (2, ["error doclint could not do what was asked; the log says why"])
    assert done.outputs == {"errors": "", "warnings": "", "exit-code": "2", "json-file": "", "sarif-file": ""}
    assert "\ndoclint: " in f"\n{done.log}"


@pytest.mark.parametrize("name", ["sarif_file", "paths", "config", "since", "fail_on", "working_directory", "args"])
def test_hostile_inputs(origin: Path, tmp_path: Path, python: str, name: str) -> None:
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"))
    before = set(tmp_path.rglob("*"))
    done = job.step("check", {name.replace("_", "-"): HOSTILE}, {"install": {"python": python}})
    assert done.code in (1, 2)
    assert not any(path.name == "pwned" for path in {*tmp_path.rglob("*")} - before)
    assert not any(one.data == "pwned" for one in commands(done.log))


def test_hostile_files(origin: Path, tmp_path: Path, python: str) -> None:
    names = ["a\n::error::pwned\n.md", "##[error]pwned.md", "\x1b[2J.md", "-rf.md", "$(touch pwned).md", "x<<y.md"]
    _commit(origin, {name: f"See [it](<{HOSTILE.splitlines()[0]}.md>).\n" for name in names}, HOSTILE)
    # Modules, settings and programs that a repository may hold are not its checker's.
    traps = {name: "open('pwned', 'w').close()\n" for name in ("doclint.py", "click.py", "json.py", "sitecustomize.py", "conftest.py")}
    _commit(
        origin, {**traps, "doclint/__init__.py": "raise SystemExit(0)\n", "pip.conf": "[global]\nindex-url = http://127.0.0.1:1/\n"}, "Trap"
    )
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"))
    done = _check(job, python, upload_sarif="true")
    assert done.code == 1
    assert not any(one.data == "pwned" or one.name not in ("error", "warning", "notice") for one in commands(done.log))
    assert "\x1b" not in done.log
    assert "\n::error::pwned" not in done.summary
    assert not any(path.name == "pwned" for path in tmp_path.rglob("*"))


def test_install_needs_a_new_python(tmp_path: Path) -> None:
    old = "import sys; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['x']; import runpy; runpy.run_path({!r}, run_name='__main__')"
    done = run(tmp_path, sys.executable, "-c", old.format(str(ROOT / "action" / "install.py")))
    assert (done.returncode, done.stdout) == (2, "::error title=doclint::doclint needs Python 3.11 or newer, and this is 3.9\n")


@pytest.mark.slow
def test_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: Path) -> None:
    (tmp_path / "action").mkdir()
    action = publish(tmp_path / "action")
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"))
    monkeypatch.setattr("tests.test_action.ROOT", action)
    _commit(job.workspace, {name: "raise SystemExit('imported')\n" for name in ("doclint.py", "pip.py", "venv.py")}, "Trap")
    done = job.step("install", {}, {"python": {"python-path": sys.executable}})
    assert done.code == 0, done.log
    assert done.outputs["version"] == __version__
    first = _check(job, done.outputs["python"])
    assert first.outputs["errors"] == "3"
    # A second use in the same job finds it there.
    stamp = os.stat(done.outputs["python"]).st_ctime_ns
    assert job.step("install", {}, {"python": {"python-path": sys.executable}}).outputs == done.outputs
    assert os.stat(done.outputs["python"]).st_ctime_ns == stamp
    assert subprocess.run(["git", "-C", str(action), "status", "--porcelain"], capture_output=True, check=True).stdout == b""


@pytest.mark.slow
def test_install_that_fails(tmp_path: Path, origin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken" / "action").mkdir(parents=True)
    shutil.copy(ROOT / "action" / "install.py", tmp_path / "broken" / "action")
    job = _job(tmp_path, _checkout(origin, tmp_path, "refs/heads/main"))
    monkeypatch.setattr("tests.test_action.ROOT", tmp_path / "broken")
    done = job.step("install", {}, {"python": {"python-path": sys.executable}})
    assert done.code == 2
    assert done.annotations == ["error doclint could not be installed; the log says why"]
