"""The names that JavaScript, TypeScript, Go, Rust and Java declare, read with the grammars of tree-sitter (``doclint[symbols]``).

Each language is a package of its own, needed when a file of it is asked about, and no sooner. What a grammar does not understand may hold
more names, and so may what comes from other files; ``*`` says so. Nothing that is read is run.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from doclint.late import late
from doclint.repo.declared import MORE, Declared
from doclint.repo.facts import Unknown

if TYPE_CHECKING:
    from tree_sitter import Node

LIMIT = 1024 * 1024
"""A file of more bytes is not read."""

DEEPEST = 256
"""Nor is a file whose brackets stand deeper in each other."""

SECONDS = 10.0
"""A file that takes longer is given up."""

_REMEDY = "pip install 'doclint[symbols]'"


class Language(NamedTuple):
    """A language as people call it, the package that holds its grammar, and the function there that gives it."""

    name: str
    package: str
    grammar: str = "language"


_SCRIPT = Language("JavaScript", "tree_sitter_javascript")
_TYPED = Language("TypeScript", "tree_sitter_typescript", "language_typescript")
LANGUAGES: Mapping[str, Language] = {
    **dict.fromkeys(("js", "jsx", "mjs", "cjs"), _SCRIPT),
    **dict.fromkeys(("ts", "mts", "cts"), _TYPED),
    "tsx": Language("TypeScript", "tree_sitter_typescript", "language_tsx"),
    "go": Language("Go", "tree_sitter_go"),
    "rs": Language("Rust", "tree_sitter_rust"),
    "java": Language("Java", "tree_sitter_java"),
}
"""The languages that are read, by the ends of file names."""


def declared(extension: str, data: bytes) -> list[Declared] | Unknown:
    """The names that a file of that end declares, in its order; members one level deep, as ``Class.member``."""
    language = LANGUAGES[extension]
    try:
        missing = any(find_spec(package) is None for package in ("tree_sitter", language.package))
    except ValueError:
        missing = True
    if missing:
        return Unknown(f"{language.name} is read with `{_REMEDY}`", _REMEDY)
    if len(data) > LIMIT:
        return Unknown("the file is too large to be read")
    if _is_deep(data):
        return Unknown("the file nests too deeply to be read")
    return _apart(extension, data)


@lru_cache(maxsize=8)
def _apart(extension: str, data: bytes) -> list[Declared] | Unknown:
    """What ``read`` finds, in a process of its own: a grammar is C, and what it does to hostile text is to loop or to crash."""
    # Only what this process can import is imported there: not the current directory, and nothing that the environment names.
    program = f"import sys; sys.path[:] = {[path for path in sys.path if path]!r}; from doclint.repo import grammars; grammars.main()"
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", program, extension], input=data, capture_output=True, timeout=SECONDS, check=True
        )
        return [Declared(name, line, own, body.encode("latin-1")) for name, line, own, body in json.loads(done.stdout)]
    except subprocess.TimeoutExpired:
        return Unknown("the file takes too long to be read")
    except (OSError, subprocess.CalledProcessError, ValueError):
        return Unknown("the grammar cannot read the file")


def main() -> None:
    """Read a file of the end that the first argument names from standard input, and write what it declares as JSON."""
    found = read(sys.argv[1], sys.stdin.buffer.read())
    json.dump([(one.name, one.line, one.own, one.body.decode("latin-1")) for one in found], sys.stdout)


def read(extension: str, data: bytes) -> list[Declared]:
    """The names that a file of that end declares, read in this process.

    Raises ImportError where the grammar is not installed, and ValueError where it is not for this version of tree-sitter.
    """
    import tree_sitter

    language = LANGUAGES[extension]
    grammar = tree_sitter.Language(getattr(import_module(language.package), language.grammar)())
    root = tree_sitter.Parser(grammar).parse(data.removeprefix(b"\xef\xbb\xbf")).root_node
    found = [one for one in _READERS[language.name](root, "") if one.name]
    return [*found, Declared(MORE, 1, own=False)] if root.has_error else found


_BRACKETS = late(rb"[(\[{<>}\])]|;")


def _is_deep(data: bytes) -> bool:
    """Whether brackets stand too deeply in each other. Those in texts and comments count: it is a bound, and no reading."""
    depth = angles = 0
    for match in _BRACKETS.finditer(data):
        sign = match.group()
        if sign in b"([{":
            depth += 1
        elif sign in b")]}":
            depth = max(depth - 1, 0)
        # An angle may be a comparison, which nothing closes.
        angles = angles + 1 if sign == b"<" else max(angles - 1, 0) if sign == b">" else 0 if sign in b";{}" else angles
        if depth > DEEPEST or angles > DEEPEST:
            return True
    return False


def _at(node: Node, name: str, *, own: bool = True) -> Declared:
    return Declared(name, node.start_point[0] + 1, own, (node.text or b"") if own and "." not in name else b"")


def _text(node: Node | None) -> str:
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""


def _name(node: Node) -> str:
    return _text(node.child_by_field_name("name"))


def _members(node: Node, owner: str) -> Iterator[Declared]:
    """What stands in the body of a declaration and has a name."""
    for child in node.named_children:
        name = _name(child) or (
            _text(child) if child.type in ("property_identifier", "identifier", "shorthand_property_identifier") else ""
        )
        if child.type == "pair":
            name = _text(child.child_by_field_name("key")).strip("'\"")
        if name:
            yield _at(child, f"{owner}.{name}")


# --- JavaScript and TypeScript ----------------------------------------------------------------------------------------

_DECLARING = frozenset(
    "function_declaration generator_function_declaration function_signature class_declaration abstract_class_declaration "
    "interface_declaration type_alias_declaration enum_declaration internal_module module".split()
)


def _script(node: Node, owner: str) -> Iterator[Declared]:
    for child in node.named_children:
        yield from _script_statement(child)


def _script_statement(node: Node) -> Iterator[Declared]:
    match node.type:
        case "import_statement":
            yield from (_at(node, _text(name), own=False) for name in _imported(node))
        case "import_alias":
            yield _at(node, _text(node.named_children[0]), own=False)
        case "export_statement":
            yield from _exported(node)
        case "ambient_declaration" | "statement_block":
            for child in node.named_children:
                yield from _script_statement(child)
        case "expression_statement":
            for child in node.named_children:
                if child.type in ("internal_module", "module"):
                    yield from _script_statement(child)
                elif child.type == "assignment_expression":
                    yield from _assigned(child)
        case "lexical_declaration" | "variable_declaration":
            for child in node.named_children:
                target, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                # Another name for something declares nothing of its own.
                own = value is None or value.type not in ("identifier", "member_expression")
                for name in _bound(target) if target is not None else ():
                    yield _at(child, name, own=own)
                    if value is not None and value.type == "object":
                        yield from _members(value, name)
        case kind if kind in _DECLARING:
            name = _name(node)
            body = node.child_by_field_name("body")
            if name:
                yield _at(node, name)
            if body is not None and kind in ("internal_module", "module"):
                yield from (one._replace(name=f"{name}.{one.name}") for one in _script(body, "") if "." not in one.name)
            elif body is not None:
                yield from _members(body, name)


def _imported(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if child.type == "identifier":
            yield child
        elif child.type == "import_specifier":
            name = child.child_by_field_name("alias") or child.child_by_field_name("name")
            if name is not None:
                yield name
        elif child.type in ("import_clause", "named_imports", "namespace_import", "import_require_clause"):
            yield from _imported(child)


def _exported(node: Node) -> Iterator[Declared]:
    declaration = node.child_by_field_name("declaration")
    if declaration is not None:
        yield from _script_statement(declaration)
        return
    clauses = [child for child in node.named_children if child.type in ("export_clause", "namespace_export")]
    if not clauses and any(child.type == "*" for child in node.children):
        yield _at(node, MORE, own=False)
    for clause in clauses:
        for child in clause.named_children:
            name = child.child_by_field_name("alias") or child.child_by_field_name("name") or child
            yield _at(node, _text(name).strip("'\""), own=False)


def _assigned(node: Node) -> Iterator[Declared]:
    """``module.exports = {…}`` and ``exports.name = …``."""
    target, value = _text(node.child_by_field_name("left")), node.child_by_field_name("right")
    if target in ("module.exports", "exports"):
        if value is None or value.type != "object" or any(child.type == "spread_element" for child in value.named_children):
            yield _at(node, MORE, own=False)
        if value is not None and value.type == "object":
            yield from (one._replace(name=one.name.removeprefix("exports."), own=False) for one in _members(value, "exports"))
    elif target.startswith(("module.exports.", "exports.")):
        yield _at(node, target.rpartition(".")[2], own=value is not None and value.type not in ("identifier", "member_expression"))


def _bound(node: Node) -> Iterator[str]:
    """The names that a pattern binds."""
    match node.type:
        case "identifier" | "shorthand_property_identifier_pattern":
            yield _text(node)
        case "object_pattern" | "array_pattern" | "rest_pattern":
            for child in node.named_children:
                yield from _bound(child)
        case "pair_pattern":
            value = node.child_by_field_name("value")
            yield from _bound(value) if value is not None else ()
        case "object_assignment_pattern" | "assignment_pattern":
            left = node.child_by_field_name("left")
            yield from _bound(left) if left is not None else ()


# --- Go ---------------------------------------------------------------------------------------------------------------


def _go(node: Node, owner: str) -> Iterator[Declared]:
    for child in node.named_children:
        match child.type:
            case "function_declaration":
                yield _at(child, _name(child))
            case "method_declaration":
                receiver = re.search(r"([^\W\d]\w*)\s*(?:\[[^\]]*\])?\s*\)\s*$", _text(child.child_by_field_name("receiver")))
                if receiver:
                    yield _at(child, f"{receiver[1]}.{_name(child)}")
            case "type_declaration":
                for spec in child.named_children:
                    yield _at(spec, _name(spec), own=spec.type == "type_spec")
                    kind = spec.child_by_field_name("type")
                    for part in kind.named_children if kind is not None else ():
                        # A struct keeps its fields in a list, an interface has its methods beside each other.
                        for field in part.named_children if part.type == "field_declaration_list" else (part,):
                            for name in field.children_by_field_name("name"):
                                yield _at(field, f"{_name(spec)}.{_text(name)}")
            case "const_declaration" | "var_declaration":
                specs = [
                    spec for part in child.named_children for spec in (part.named_children if part.type == "var_spec_list" else (part,))
                ]
                for spec in specs:
                    yield from (_at(spec, _text(name)) for name in spec.children_by_field_name("name") if name.type == "identifier")


# --- Rust -------------------------------------------------------------------------------------------------------------

_RUST_ITEMS = frozenset(
    "function_item struct_item enum_item union_item trait_item type_item const_item static_item mod_item macro_definition "
    "function_signature_item".split()
)


def _rust(node: Node, owner: str) -> Iterator[Declared]:
    for child in node.named_children:
        match child.type:
            case "use_declaration":
                argument = child.child_by_field_name("argument")
                yield from (_at(child, name, own=False) for name in _used(argument) if argument is not None)
            case "extern_crate_declaration":
                yield _at(child, _text(child.child_by_field_name("alias")) or _name(child), own=False)
            case "impl_item":
                body, type = child.child_by_field_name("body"), re.match(r"[\w:]*?(\w+)(?:<|$)", _text(child.child_by_field_name("type")))
                if body is not None and type:
                    yield from _members(body, type[1])
            # What a macro makes is not known.
            case "macro_invocation" | "expression_statement":
                yield _at(child, MORE, own=False)
            case kind if kind in _RUST_ITEMS:
                name, body = _name(child), child.child_by_field_name("body")
                yield _at(child, name, own=kind != "type_item" or (_text(child.child_by_field_name("type")).find("<") >= 0))
                if body is not None and kind == "mod_item":
                    yield from (one._replace(name=f"{name}.{one.name}") for one in _rust(body, "") if "." not in one.name)
                elif body is not None and kind != "function_item":
                    yield from _members(body, name)


def _used(node: Node | None) -> Iterator[str]:
    """The names that a ``use`` brings."""
    if node is None:
        return
    match node.type:
        case "identifier":
            yield _text(node)
        case "scoped_identifier":
            yield _name(node)
        case "use_as_clause":
            yield _text(node.child_by_field_name("alias"))
        case "use_wildcard":
            yield MORE
        case "scoped_use_list":
            path = _text(node.child_by_field_name("path"))
            for name in _used(node.child_by_field_name("list")):
                yield path.rpartition("::")[2] if name == "self" else name
        case "use_list":
            for child in node.named_children:
                yield from ("self",) if child.type == "self" else _used(child)


# --- Java -------------------------------------------------------------------------------------------------------------


def _java(node: Node, owner: str) -> Iterator[Declared]:
    """Types at every depth under their own names too: a file has one class, and a contract means what is in it."""
    for child in node.named_children:
        if child.type == "enum_body_declarations":
            yield from _java(child, owner)
        elif child.type == "field_declaration" or child.type == "constant_declaration":
            for declarator in child.children_by_field_name("declarator"):
                yield _at(child, f"{owner}.{_name(declarator)}")
        elif child.type in ("method_declaration", "enum_constant"):
            yield _at(child, f"{owner}.{_name(child)}")
        elif child.type in (
            "class_declaration",
            "interface_declaration",
            "enum_declaration",
            "record_declaration",
            "annotation_type_declaration",
        ):
            name, body = _name(child), child.child_by_field_name("body")
            yield _at(child, name)
            parameters = child.child_by_field_name("parameters")
            if parameters is not None:
                yield from _members(parameters, name)
            if body is not None:
                yield from _java(body, name)


_READERS = {"JavaScript": _script, "TypeScript": _script, "Go": _go, "Rust": _rust, "Java": _java}
