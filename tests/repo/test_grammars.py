"""The names that files in the languages of ``doclint[symbols]`` declare."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from doclint.repo import grammars
from doclint.repo.declared import Declared, lines
from doclint.repo.facts import Unknown
from doclint.repo.symbols import symbols


def names(path: str, text: str) -> Mapping[str, int]:
    pytest.importorskip("tree_sitter")
    found = symbols(path, text.encode())
    assert not isinstance(found, Unknown | None), found
    return found


def own(extension: str, text: str) -> list[str]:
    pytest.importorskip("tree_sitter")
    found = grammars.declared(extension, text.encode())
    assert not isinstance(found, Unknown), found
    return list(lines(one for one in found if one.own and "." not in one.name))


TYPED = """\
import Zod, { z as schema } from "zod";
import * as all from "./all";
import old = require("old");
export * as shapes from "./shapes";
export { Meter, Gauge as Scale } from "./meters";
export const StationSchema = schema.object({ id: schema.string() }), { Level, deep: { Depth }, ...rest } = all;
export const ROWS = { readings: ["id"], "by-day": [] } as const;
const TABLES = { a: 1, nested() {} };
export default class Collector extends Base {
  id!: string;
  run() {}
}
export interface Reading extends Row { level: number }
export type Station = schema.infer<typeof StationSchema>;
export enum State { Open, Closed = 2 }
export abstract class Source {}
declare global { interface Window {} }
export declare const version: string;
export namespace Legacy { export const A = 1; export interface B { c: 1 } }
namespace Inner { export const D = 1 }
export async function* read() {}
import Short = Legacy.A;
if (all) { var hidden = 1 }
"""


def test_typescript() -> None:
    assert names("src/contracts.ts", TYPED) == {
        "Zod": 1, "schema": 1, "all": 2, "old": 3, "shapes": 4, "Meter": 5, "Scale": 5,
        "StationSchema": 6, "Level": 6, "Depth": 6, "rest": 6, "ROWS": 7, "TABLES": 8, "TABLES.a": 8, "TABLES.nested": 8,
        "Collector": 9, "Collector.id": 10, "Collector.run": 11, "Reading": 13, "Reading.level": 13, "Station": 14,
        "State": 15, "State.Open": 15, "State.Closed": 15, "Source": 16, "Window": 17, "version": 18,
        "Legacy": 19, "Legacy.A": 19, "Legacy.B": 19, "Inner": 20, "Inner.D": 20, "read": 21, "Short": 22,
    }  # fmt: skip


def test_what_is_a_file_s_own() -> None:
    text = (
        "import { A } from './a';\nexport { B } from './b';\nexport const C = A;\nexport const D = z.object({});\nexport const E = lib.E;\n"
    )
    assert own("ts", text) == ["D"]
    assert own("go", "package a\ntype A = b.A\ntype B struct{}\n") == ["B"]
    assert own("rs", "pub use a::A;\ntype B = A;\ntype C = Vec<A>;\nstruct D;\n") == ["C", "D"]


def test_javascript_and_its_modules() -> None:
    text = "const { A } = require('./a');\nexports.B = 1;\nmodule.exports.C = A;\nmodule.exports = { D, e: 1, f() {} };\nfunction* g() {}\n"
    assert names("lib/a.cjs", text) == {"A": 1, "B": 2, "C": 3, "D": 4, "e": 4, "f": 4, "g": 5}
    assert names("lib/a.js", "module.exports = { ...other, A: 1 };") == {"*": 1, "A": 1}
    assert names("lib/a.js", "module.exports = require('./b');") == {"*": 1}
    assert names("lib/a.mjs", "export * from './b';\nexport default 1;") == {"*": 1}
    assert names("lib/a.jsx", "export const Page = () => <p>{1 < 2}</p>;") == {"Page": 1}
    assert names("lib/a.tsx", "export const Page: FC = () => <p>text</p>;") == {"Page": 1}


def test_go() -> None:
    text = """\
package contracts

import . "other"

type (
	Reading struct {
		ID, Name string `json:"id"`
		Base
	}
	Row[T any] interface{ Go() }
)
const (
	Open = iota
	Closed
)
var a, b = 1, 2
var (
	c int
)

func (r *Reading) Save() {}
func (Row[T]) Two()      {}
func Load() {}
"""
    assert names("contracts.go", text) == {
        "Reading": 6, "Reading.ID": 7, "Reading.Name": 7, "Row": 10, "Row.Go": 10, "Open": 13, "Closed": 14, "a": 16, "b": 16, "c": 18,
        "Reading.Save": 21, "Row.Two": 22, "Load": 23,
    }  # fmt: skip


def test_rust() -> None:
    text = """\
pub use rows::{reading::Reading, Station as Place, deep::{self, Level}};
use std::fmt;
extern crate serde as s;
#[derive(Debug)]
pub(crate) struct Row<T> { pub id: T }
pub enum State { Open, Closed(u8) }
pub mod inner { pub struct Deep; }
mod other;
impl<T> Row<T> { pub const K: u8 = 1; pub fn save() {} }
impl fmt::Display for State { fn fmt() {} }
pub const LIMIT: u8 = 1;
static NAME: &str = "a";
type Rows = Vec<Row<u8>>;
pub trait Source { fn read(); }
macro_rules! make { () => {} }
union Both { a: u8 }
"""
    assert names("src/contracts.rs", text) == {
        "Reading": 1, "Place": 1, "deep": 1, "Level": 1, "fmt": 2, "s": 3, "Row": 5, "Row.id": 5, "State": 6, "State.Open": 6,
        "State.Closed": 6, "inner": 7, "inner.Deep": 7, "other": 8, "Row.K": 9, "Row.save": 9, "State.fmt": 10, "LIMIT": 11, "NAME": 12,
        "Rows": 13, "Source": 14, "Source.read": 14, "make": 15, "Both": 16, "Both.a": 16,
    }  # fmt: skip
    assert names("src/a.rs", "use a::*;\n") == {"*": 1}
    assert names("src/a.rs", "schema! { orders (id) {} }\n") == {"*": 1}


def test_java() -> None:
    text = """\
package app;
public class Contracts extends Base {
    static final String A = "a", B;
    enum State { OPEN, CLOSED; int rank; }
    record Reading(int id, String name) { void save() {} }
    interface Source { int MOST = 1; void read(); }
    void run() {}
}
@interface Mark {}
"""
    assert names("app/Contracts.java", text) == {
        "Contracts": 2, "Contracts.A": 3, "Contracts.B": 3, "State": 4, "State.OPEN": 4, "State.CLOSED": 4, "State.rank": 4,
        "Reading": 5, "Reading.id": 5, "Reading.name": 5, "Reading.save": 5, "Source": 6, "Source.MOST": 6, "Source.read": 6,
        "Contracts.run": 7, "Mark": 9,
    }  # fmt: skip


@pytest.mark.parametrize("extension", sorted(grammars.LANGUAGES))
def test_what_does_not_parse_may_hold_more(extension: str) -> None:
    pytest.importorskip("tree_sitter")
    found = grammars.declared(extension, b"%% no language = {{{ has this\n")
    assert not isinstance(found, Unknown)
    assert Declared("*", 1, own=False) in found
    assert grammars.declared(extension, b"") == []


@pytest.mark.parametrize(
    "text", ["{a:" * 300_000, "x=" + "[" * 1000, "A<" * 1000, "(" * 100_000], ids=["objects", "lists", "angles", "calls"]
)
def test_deep_nesting_is_not_read(text: str) -> None:
    pytest.importorskip("tree_sitter")
    assert symbols("a.ts", text.encode()) == Unknown("the file nests too deeply to be read")


def test_many_comparisons_are_not_deep() -> None:
    assert "a" in names("a.ts", "const a = 1;\n" + "if (a < 2) { f(a < 1) }\n" * 1000)


def test_a_large_file_is_not_read() -> None:
    pytest.importorskip("tree_sitter")
    assert symbols("a.js", b"a" * (grammars.LIMIT + 1)) == Unknown("the file is too large to be read")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    remedy = "pip install 'doclint[symbols]'"
    assert symbols("a.go", b"package a") == Unknown(f"Go is read with `{remedy}`", remedy)
    assert symbols("src/a.TSX", b"") == Unknown(f"TypeScript is read with `{remedy}`", remedy)
    assert symbols("a.sql", b"create table a (b int)") == {"a": 1}


def test_a_grammar_that_loops_or_crashes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tree_sitter")
    monkeypatch.setattr(grammars, "SECONDS", 0.0)
    assert symbols("a.ts", b"const slow = 1") == Unknown("the file takes too long to be read")
    monkeypatch.undo()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert symbols("a.ts", b"const fatal = 1") == Unknown("the grammar cannot read the file")


def test_nothing_of_the_current_directory_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("tree_sitter", "json", "doclint"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit(1)", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert names("a.ts", "const a = 1") == {"a": 1}


def test_a_mark_before_the_text() -> None:
    assert names("a.ts", "\ufeffexport const A = z.object({})") == {"A": 1}
