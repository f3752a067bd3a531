"""Code blocks that end too early."""

from __future__ import annotations

import pytest

from doclint.markdown.parse import parse
from doclint.model.fences import torn
from doclint.text import Source


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("```markdown\n# A\n```bash\nrun\n```\n\nText\n", "\n\nText\n"),
        ("```\none\n```\n\n```python\ntwo\n```\n", None),
        ("````markdown\n```bash\nrun\n```\n````\n", None),
        ("```markdown\n~~~bash\nrun\n~~~\n```\n", None),
        ("~~~\n~~~~ toml\n~~~~\nx\n", "\nx\n"),
        ("```\n``` \nText\n", None),
        ("````markdown\n```bash\nrun\n````\n\nText\n", "\n\nText\n"),
        ("    ```a\n    ```b\n", None),
    ],
)
def test_where_a_block_that_another_one_opens_in_ends(text: str, behind: str | None) -> None:
    source = Source("a.md", text)
    end = torn(source, parse(source))
    assert (None if end is None else text[end:]) == behind
