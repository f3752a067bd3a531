"""The progress that front matter keeps: its percentage against its own counts, and against the one in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from doclint.checks import proof
from doclint.diagnostic import Finding
from doclint.late import late
from doclint.markdown import nodes
from doclint.markdown.frontmatter import FrontMatterData, FrontMatterError, load
from doclint.model.document import Document, Tense

_PERCENT = ("percent", "percentage", "progress_percent", "percent_complete")
_DONE = late(r"(?:completed|done|finished)_(?P<what>\w+)|(?P<what_>\w+)_(?:completed|done|finished)")
# Rounded up or down, or counted a little later.
_NEAR = 1
# The text may be one step of the work behind.
_FAR = 10


def disagreements(document: Document) -> Iterator[Finding]:
    """A ``percent`` that no pair such as ``completed_plans`` and ``total_plans`` beside it gives, or that is far from the text's."""
    front = next((node for node in document.root.children if isinstance(node, nodes.FrontMatter)), None)
    if front is None or "percent" not in document.source.slice(front.content):
        return
    try:
        data = load(document.source, front)
    except FrontMatterError:
        return
    for pointer, mapping in (("", data.value), *((f"/{key}", value) for key, value in data.value.items() if isinstance(value, dict))):
        for key in _PERCENT:
            percent = mapping.get(key)
            if isinstance(percent, int | float) and not isinstance(percent, bool) and f"{pointer}/{key}" in data.values:
                found = list(_against_counts(document, data, pointer, mapping, key, percent))
                yield from found or _against_text(document, data, f"{pointer}/{key}", key, percent)


def _against_counts(
    document: Document, data: FrontMatterData, pointer: str, mapping: Mapping[str, Any], key: str, percent: float
) -> Iterator[Finding]:
    counts: list[tuple[str, int, int]] = []
    for name, done in mapping.items():
        match = _DONE.fullmatch(name)
        what = match and (match["what"] or match["what_"])
        total = next((mapping[one] for one in (f"total_{what}", f"{what}_total") if one in mapping), None) if what else None
        if type(done) is int and type(total) is int and 0 <= done <= total and total:
            counts.append((name, done, total))
    if not counts or any(abs(percent - 100 * done / total) <= _NEAR for _, done, total in counts):
        return
    told = " and ".join(f"{done} of {total} {name.replace('_', ' ')}" for name, done, total in counts)
    yield Finding(
        data.values[f"{pointer}/{key}"],
        f"`{key}` is {percent:g}, but beside it {told} are counted",
        (proof.place(document, "the counts", data.values[f"{pointer}/{counts[0][0]}"]),),
    )


def _against_text(document: Document, data: FrontMatterData, pointer: str, key: str, percent: float) -> Iterator[Finding]:
    fields = [field for field in document.fields if field.role == "progress" and field.tense is Tense.CURRENT]
    if len(fields) != 1:
        return
    stated = [claim for claim in document.claims if claim.percent is not None and claim.span in fields[0].value.span]
    if len(stated) == 1 and abs((stated[0].percent or 0) - percent) >= _FAR:
        yield Finding(
            stated[0].span,
            f"the progress is {stated[0].percent:g} % here, and `{key}: {percent:g}` in the front matter",
            (proof.place(document, f"`{key}`", data.values[pointer]),),
        )
