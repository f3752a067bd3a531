"""The report as the results of tests: a document is a suite, a finding a test in it, and what makes the run fail is a failure."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from doclint.report import Presentation, Report
from doclint.terminal import inert, safe
from doclint.wording import count, header, told


class _Case(NamedTuple):
    """A test: of which document, what it is called, and the element that says how it went (None: it passed in silence)."""

    path: str
    name: str
    result: ET.Element | None


def render(report: Report, presentation: Presentation) -> str:
    """An XML document with a ``testsuite`` for each document that was looked at.

    A finding below the severity that makes the run fail is a test that passed, and tells what was found in its output. What a rule could
    not decide is a test that was skipped, as is a document that could not be read. Where doclint itself failed, it is an error.
    """
    suites: dict[str, list[_Case]] = {one.path: [] for one in report.documents}
    for case in (*_findings(report, presentation), *_undecided(report), *_failures(report)):
        suites.setdefault(case.path, []).append(case)
    root = ET.Element("testsuites", {"name": "doclint"})
    for path, cases in sorted(suites.items()):
        root.append(_suite(path, cases or [_Case(path, "no findings", None)]))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in root)))
    ET.indent(root)
    # A runner would obey this mark in its log; XML can write it otherwise.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode").replace("##[", "##&#91;")}\n'


def _suite(path: str, cases: Iterable[_Case]) -> ET.Element:
    suite = ET.Element("testsuite", {"name": safe(path)})
    tally: Counter[str] = Counter()
    for case in cases:
        element = ET.SubElement(suite, "testcase", {"classname": safe(path), "name": safe(case.name)})
        tally["tests"] += 1
        if case.result is not None:
            element.append(case.result)
            tally[case.result.tag] += 1
    for name, tag in (("tests", "tests"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(tally[tag]))
    return suite


def _findings(report: Report, presentation: Presentation) -> Iterable[_Case]:
    least = presentation.fail_on
    for diagnostic in report.diagnostics:
        source = report.sources[diagnostic.path]
        if least is not None and diagnostic.severity.rank <= least.rank:
            result = ET.Element("failure", {"type": diagnostic.severity.value, "message": safe(diagnostic.message)})
        else:
            result = ET.Element("system-out")
        # What is safe to show is also what XML 1.0 may hold (section 2.2).
        result.text = "\n".join(map(inert, (header(source, diagnostic), *told(report, diagnostic)[1:])))
        place = source.position(diagnostic.span.start)
        yield _Case(diagnostic.path, f"{diagnostic.code} {diagnostic.name} at {place.line}:{place.column}", result)


def _undecided(report: Report) -> Iterable[_Case]:
    asked = Counter((one.path, one.code, one.reason) for one in report.open)
    for (path, code, reason), number in sorted(asked.items()):
        yield _Case(path, f"{code} could not decide: {reason}", ET.Element("skipped", {"message": count(number, "question")}))
    for one in report.unread:
        yield _Case(one.path, "could not be read", ET.Element("skipped", {"message": safe(one.reason)}))


def _failures(report: Report) -> Iterable[_Case]:
    for one in report.unwritten:
        yield _Case(one.path, "was not mended", ET.Element("error", {"type": "unwritten", "message": safe(one.reason)}))
    for crash in report.crashes:
        name = f"internal error in {crash.code or 'the reading'}"
        yield _Case(crash.path, name, ET.Element("error", {"type": "internal error", "message": safe(crash.error)}))
