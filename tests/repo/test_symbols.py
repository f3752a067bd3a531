"""The names that a Python file defines."""

from __future__ import annotations

import sys

import pytest

from doclint.repo.facts import MISSING_OBJECT, Unknown
from doclint.repo.symbols import LIMIT, python_symbols, symbols

SOURCE = '''\
"""Doc."""
import os.path
from a import b as c, d
from e import *
X = Y = 1
(P, [Q, *R]) = 1, [2, 3]
Z: int = 3
W: str
obj.attribute = 4
if X:
    A = 1
else:
    def late(): ...
try:
    import fast
except ImportError:
    fast = None
with open("x") as f:
    inside = 1
class C(Base):
    field: int
    KEY = "k"
    def method(self):
        local = 1
    class Inner:
        deep = 1
async def go(): ...
X += 1
lambda: (hidden := 1)
'''


def test_names_with_their_first_lines() -> None:
    assert python_symbols(SOURCE) == {
        "os": 2, "c": 3, "d": 3, "*": 4, "X": 5, "Y": 5, "P": 6, "Q": 6, "R": 6, "Z": 7, "W": 8, "A": 11,
        "late": 13, "fast": 15, "f": 18, "inside": 19,
        "C": 20, "C.field": 21, "C.KEY": 22, "C.method": 23, "C.Inner": 25, "go": 27,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["def (", "a\0b", "x = '\\ud800" , "(" * 5000, "-" * 100_000 + "1", "x" + ".a" * 100_000, "1" * (sys.get_int_max_str_digits() + 1)],
    ids=["syntax", "nul", "string", "brackets", "unary", "attributes", "digits"],
)  # fmt: skip
def test_what_cannot_be_parsed_is_said(text: str) -> None:
    found = python_symbols(text)
    assert found is None or found == {}


def test_what_a_loop_binds_and_what_only_a_function_does() -> None:
    text = "for row in ():\n    pass\nif (n := 1): pass\ndef f(a):\n    b = 1\nclass C:\n    def m(self):\n        self.x = 1\nprint(z)\n"
    found = python_symbols(text)
    assert found == {"row": 1, "n": 3, "f": 4, "C": 6, "C.m": 7}
    assert found is not None
    assert "b" not in found
    assert len(found) == 5
    with pytest.raises(KeyError):
        found["z"]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the syntax is that of Python 3.12")
def test_generic_classes() -> None:
    assert python_symbols("class C[T]:\n    a: T\ntype D[T] = list[T]\ndef f[T](a: T): ...\n") == {"C": 1, "C.a": 2, "D": 3, "f": 4}


def test_an_odd_escape_is_no_warning() -> None:
    assert python_symbols("x = '\\d'\n") == {"x": 1}


def test_kinds_of_files() -> None:
    assert symbols("a.py", b"\xef\xbb\xbfx = 1\n") == {"x": 1}
    assert symbols("a.pyi", b"x: int\n") == {"x": 1}
    assert symbols("a.py", b"") == {}
    assert symbols("a.py", None) is None
    assert symbols("a.py", MISSING_OBJECT) == MISSING_OBJECT
    assert symbols("a.py", b"\xff") == Unknown("the file is not UTF-8")
    assert symbols("src/a.rb", b"") == Unknown("symbols of .rb files are not read")
    assert symbols("a.py", b"#" * (LIMIT + 1)) == Unknown("the file is too large to be read")
    assert symbols("bin/py", b"") == Unknown("symbols of files such as py are not read")
