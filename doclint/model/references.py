"""References: the names in a document that may stand for something in the repository.

A tokenizer, not a verdict: what a name resolves to is for ``repo.paths`` and the checks. What is no name of a file, a commit or
a branch is left out here: package scopes, owner/repository pairs, URLs, dates, fractions, product names, globs' examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from doclint.late import late
from doclint.markdown import nodes
from doclint.markdown.nodes import Inline
from doclint.model.document import Place, ReferenceKind
from doclint.model.ranges import Ranges
from doclint.text import Span

# Endings that files of a repository have. A dotted name with another ending is an identifier (``role.change``, ``process.env``).
EXTENSIONS = frozenset(
    """
    astro bash bat c cc cfg cjs clj cljs cmake cmd conf cpp cs css csv cts cu cxx dart db dbml dockerfile ejs erl ex exs feather
    fish gif go gql gradle graphql gz h handlebars hbs hcl hpp hs htm html ico ini ino ipynb j2 java jpeg jpg js json json5 jsonc
    jsonl jsx kt kts less lock log lua lvdash m md mdc mdx mermaid mjs ml mmd mp3 mp4 mts ndjson nix npy npz onnx orc parquet
    patch pdf php pickle pkl pl plist png po prisma properties proto ps1 pt pth pug puml py pyi pyx r rb rmd rs rst sass sav scala
    scss sh snap sol sql sqlite sqlite3 storyboard sty styl sum svelte svg swift tcl tex tf tfvars toml tpl ts tsv tsx ttf txt vb
    vue wasm wav webm webp woff woff2 xls xlsx xml xsd yaml yml zig zip zsh
    """.split()
)
_BARE_NAMES = frozenset("Dockerfile Makefile Procfile LICENSE Justfile Gemfile Rakefile Vagrantfile Jenkinsfile CODEOWNERS".split())
# Names of products and objects that end like files.
_PRODUCT = late(
    r"(?:(?:[A-Z][A-Za-z]*|d3|three|p5|chart|next|nuxt|node|vue|react|express|socket|moment|ember|backbone|alpine|commander|anime|pixi|electron|hapi|koa|nest|redux|jquery|mapbox|deck|video|plot|plotly|tensorflow|brain|ml5)\.js"
    r"|(?:ASP|VB|ML|ADO)\.NET|[\w.]+\.(?:io|ai|com|org|net|dev|app|co|gg|xyz|sh/.*))$"
)
_DOTTED_CALL = late(r"^(?:process|window|document|console|module|import|self|this|os|sys|np|pd|math|json|re|app|res|req)\.\w+$")
_URL = late(r"(?:[a-z][a-z0-9+.\-]*://|mailto:|www\.|localhost|//)", re.IGNORECASE)
_LINES = late(
    r"(?::(?P<a>\d+)(?:[-\u2013](?P<b>\d+)|:\d+)?|#L(?P<c>\d+)(?:-L?(?P<d>\d+))?|\s*\(?(?:lines?|L)\s*~?(?P<e>\d+)(?:\s*[-\u2013]\s*(?P<f>\d+))?\)?)$"
)
_SYMBOL = late(r"(?P<path>[^\s:#]+\.\w+)(?:::|#|:)(?P<symbol>[A-Za-z_][\w.]*(?:::[A-Za-z_]\w*)*)(?:\(\))?$")
# Lines that are named beside a path: `load.py`:10-20, load.py (lines 10-20), lines 10-20 of load.py.
_LINES_BEHIND = late(
    r"(?::(?P<a>\d{1,7})(?:[-\u2013](?P<b>\d{1,7})|:\d{1,7})?(?![\w:%]|\.\d)"
    r"|[ \t]{0,2}[(\[,]?[ \t]{0,2}(?:at |on )?(?:lines?[ \t]{1,2}|L)(?P<c>\d{1,7})"
    r"(?:[ \t]?[-\u2013][ \t]?L?(?P<d>\d{1,7}))?(?![\w%]|\.\d))",
    re.IGNORECASE,
)
_LINES_AHEAD = late(r"\blines?[ \t]{1,2}(\d{1,7})(?:[ \t]?[-\u2013][ \t]?(\d{1,7}))?[ \t]{1,2}(?:of|in)[ \t]{1,2}$", re.IGNORECASE)
_CALL = late(r"[^()]*\(\)|[A-Za-z_][\w.]*\([^()]*\)")
_HEX = late(r"[0-9a-f]{7,40}$")
_PULL = late(
    r"(?<![\w/&])(?:(?P<word>PRs?|pull requests?|MRs?)\s*[:#]?\s*)?#(?P<n>\d{1,6})(?!\w)|(?<!\w)(?P<word2>PRs?"
    r"|pull requests?)\s+(?P<n2>\d{1,6})(?![\w.%])",
    re.IGNORECASE,
)
_WORDED = late(r"[Pp](?:[Rr]|[Uu][Ll][Ll])")
_PLAIN_PATH = late(
    r"(?<![\w@./\\\-~$#%:])(?:\./|\.\./)*(?:\.?[\w\-@+\[\]]+(?:\.[\w\-]+)*/)+(?:\.?[\w\-@+\[\]]+(?:\.[\w\-]+)*)?"
    r"|(?<![\w@./\\\-~$#%:])\.?[A-Za-z_][\w\-]*(?:\.[\w\-]+)*\.[A-Za-z]\w{0,9}(?![\w(/])"
)
_NOT_OURS = late(r"(?:\b(?:issues?|bugs?|tickets?|upstream)|[\w.-]+/[\w.-]+)[\s:]*$", re.IGNORECASE)
_PLACEHOLDER = late(r"[<>{}*?$|]|\.\.\.|…|\bXX+\b|YYYY|\bNNN+\b|\bpath/to\b|\byour[-_]|\bfoo\b|\[[^\]/]*$")
# What a plan does to a file, written before its name: `[NEW] src/load.py`.
_TAG = late(r"\s*\[(?:NEW|ADD|CREATE|MODIFY|MODIFIED|UPDATE|EDIT|DELETE|REMOVE|RENAME|MOVE)\]\s+")
_TRIM_START = "§([{<\"'“‘*_~ \t"
_TRIM_END = ".,;:!?)]}>\"'”’*_~ \t"
_ARROW = r"(?:\u2192|->|=>|\u27f6|\u279c|\u2794|-->)"
_ARROW_BEHIND = late(r"[\s`*)\]]*" + _ARROW)
_ARROW_AHEAD = late(_ARROW + r"[\s`*(\[]*$")


class Token(NamedTuple):
    """A name in a leaf: the range of ``inline.text`` that is it, what kind of name, and its parts."""

    start: int
    end: int
    span: Span
    kind: ReferenceKind
    token: str
    place: Place
    symbol: str | None = None
    first: int | None = None
    last: int | None = None
    arrow: bool = False


def tokens(inline: Inline) -> list[Token]:
    """The names in one leaf, in order, without overlaps."""
    text = inline.text
    if not text:
        return []
    found: list[Token] = []
    covered = Ranges()
    for node in inline.nodes:
        if isinstance(node, nodes.Link):
            link = _link(inline, node)
            low, high = _range(inline, node.text)
            if link is not None:
                found.append(link)
            covered.add(low, high)
        elif isinstance(node, nodes.Code):
            low, high = _range(inline, node.content)
            if covered.covers(low, high):
                continue
            covered.add(low, high)
            token = _code(inline, low, high)
            if token is not None:
                found.append(token)
        elif isinstance(node, nodes.Autolink):
            covered.add(*_range(inline, node.span))
    found.extend(_plain(inline, covered))
    found.extend(_pulls(inline, covered))
    found.sort(key=lambda token: (token.start, token.end))
    return [_with_lines(text, _with_arrow(text, token)) for token in found]


def _range(inline: Inline, span: Span) -> tuple[int, int]:
    return inline.at(span.start), inline.at(span.end)


def _with_lines(text: str, token: Token) -> Token:
    if token.kind != "path" or token.first is not None:
        return token
    named = _LINES_BEHIND.match(text, token.end) or _LINES_AHEAD.search(text[max(0, token.start - 40) : token.start])
    numbers = [int(number) for number in named.groups() if number] if named else []
    return token._replace(first=numbers[0], last=numbers[-1]) if numbers else token


def _with_arrow(text: str, token: Token) -> Token:
    before, after = text[max(0, token.start - 8) : token.start], text[token.end : token.end + 8]
    if _ARROW_BEHIND.match(after) or _ARROW_AHEAD.search(before):
        return Token(
            token.start, token.end, token.span, token.kind, token.token, token.place, token.symbol, token.first, token.last, arrow=True
        )
    return token


def _link(inline: Inline, link: nodes.Link) -> Token | None:
    destination = link.destination
    if not destination or _URL.match(destination) or re.match(r"[a-z][a-z0-9+.\-]*:", destination, re.IGNORECASE):
        return None
    low, high = _range(inline, link.text)
    span = link.target or link.span
    if destination.startswith("#"):
        return Token(low, high, span, "anchor", destination, "link")
    return Token(low, high, span, "link", unquote(destination), "link")


def _code(inline: Inline, low: int, high: int) -> Token | None:
    tag = _TAG.match(inline.text, low, high)
    low = tag.end() if tag else low
    raw = inline.text[low:high]
    start = low + len(raw) - len(raw.lstrip(_TRIM_START.replace("*_~", "")))
    body = (
        inline.text[start:high].rstrip(_TRIM_END.replace("*_~", ""))
        if not _CALL.fullmatch(raw.strip())
        else inline.text[start:high].rstrip()
    )
    end = start + len(body)
    if not body:
        return None
    return classify(body, start, end, inline.span(start, end), "code")


def classify(body: str, start: int, end: int, span: Span, place: Place) -> Token | None:
    """The token that ``body`` is; None for what names nothing."""
    if _HEX.match(body) and any(c.isdigit() for c in body) and (any(c.isalpha() for c in body) or len(body) == 40):
        return Token(start, end, span, "commit", body, place)
    if _URL.match(body) or body.startswith(("@", "/", "~", "-", "$", "\\")) or "\n" in body or re.match(r"[A-Za-z]:[\\/]", body):
        return None
    lines = _LINES.search(body)
    first = last = None
    bare = body
    if lines and _looks_like_path(body[: lines.start()]):
        bare = body[: lines.start()]
        numbers = [int(n[:9]) for n in lines.groups() if n]
        first, last = numbers[0], numbers[-1]
    symbol = None
    named = _SYMBOL.match(bare)
    if named and _looks_like_path(named["path"]):
        bare, symbol = named["path"], named["symbol"].replace("::", ".")
    if not _looks_like_path(bare):
        if re.match(r"[A-Za-z_][\w.]*\(\)?$|[A-Za-z_]\w*(?:\.\w+)*\(.*\)$", bare):
            return Token(start, end, span, "symbol", re.sub(r"\(.*$", "", bare), place)
        if re.match(
            r"(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[A-Z]{2,}[a-z0-9]{2,}(?:[A-Z][a-z0-9]*)+|_?[a-z]\w*_\w+)$",
            bare,
        ):
            return Token(start, end, span, "symbol", bare, place)
        return None
    if _PLACEHOLDER.search(bare):
        return Token(start, end, span, "glob", bare, place, symbol, first, last)
    kind: ReferenceKind = "directory" if bare.endswith("/") else "path"
    return Token(start, end, span, kind, bare.rstrip("/") if kind == "directory" else bare, place, symbol, first, last)


def _looks_like_path(body: str) -> bool:
    if len(body) > 240 or body.count(" ") > 6:
        return False
    name = body.rstrip("/").rsplit("/", 1)[-1]
    stem, dot, extension = name.rpartition(".")
    known = bool(dot) and extension.casefold() in EXTENSIONS and (bool(stem) or "/" in body or name.startswith("."))
    if "/" not in body:
        if " " in body and not re.search(r"\w\.\w{1,8}$", body):
            return False
        if " " in body and re.match(
            r"(?:git|npm|npx|pnpm|yarn|pip|python3?|node|cd|ls|cat|rm|cp|mv|mkdir|make|cargo|go|docker|pytest|uv|bash|sh|curl|source|deno|bun)\s",
            body,
        ):
            return False
        if name in _BARE_NAMES or (name.startswith(".") and re.match(r"\.[a-z][\w.\-]+$", name) and extension not in ("env",)):
            return name in _BARE_NAMES or "." in name[1:] or name.endswith(("ignore", "rc", "attributes", "keep"))
        return known and not _PRODUCT.match(body) and not _DOTTED_CALL.match(body) and bool(re.match(r"[\w.\-@+ ()\[\]*?{},]+$", body))
    if re.search(r"\s", body) and not (known and re.match(r"[^\s/]+/", body)):
        return False
    if re.match(r"(?:\d+(?:\.\d+)?/)+\d+|[a-z]/[a-z]$|(?:and|or)/(?:and|or)$", body, re.IGNORECASE):
        return False
    return not (body.startswith("@") or re.search(r"[,;'\"!=&()]", re.sub(r"\([\w\-.]+\)|\{[^{}]*\}", "", body)))


def _plain(inline: Inline, covered: Ranges) -> Iterator[Token]:
    text = inline.text
    if "." not in text and "/" not in text:
        return
    for match in _PLAIN_PATH.finditer(text):
        low, high = match.span()
        if covered.touches(low, high):
            continue
        body = match.group().rstrip(_TRIM_END)
        high = low + len(body)
        if text[max(0, low - 3) : low].endswith("://") or not body:
            continue
        name = body.rstrip("/").rsplit("/", 1)[-1]
        extension = name.rpartition(".")[2].casefold() if "." in name[1:] else ""
        # Without backticks a name must look like nothing else: an ending that files have, or an explicit directory of two parts.
        if not extension and not (body.endswith("/") and body.count("/") > 1) and not body.startswith(("./", "../")):
            continue
        if (extension and extension not in EXTENSIONS) or _PRODUCT.match(body) or ("/" not in body and _DOTTED_CALL.match(body)):
            continue
        token = classify(body, low, high, inline.span(low, high), "text")
        if token is not None and token.kind in ("path", "directory"):
            yield token


def _pulls(inline: Inline, covered: Ranges) -> Iterator[Token]:
    if "#" not in inline.text and not _WORDED.search(inline.text):
        return
    previous_end, previous_is_pull = -1, False
    for match in _PULL.finditer(inline.text):
        worded = bool(match["word"] or match["word2"])
        # "PRs #5, #6 and #7", "#8 → #9": the word holds for the whole run.
        between = inline.text[previous_end : match.start()] if previous_end >= 0 else "x"
        worded = worded or (previous_is_pull and bool(re.match(r"[\s,&/+]*(?:and|und|→|->)?[\s,]*$", between)))
        number = match["n"] or match["n2"]
        start = match.start("n") - 1 if match["n"] else match.start("n2")
        previous_end, previous_is_pull = match.end(), worded
        # An issue is no pull request, and one of another repository is none of ours.
        if _NOT_OURS.search(inline.text[max(0, match.start() - 60) : match.start()]):
            continue
        # What only reaches into a link or a code span is part of something else there.
        if covered.touches(*match.span()) and not covered.covers(*match.span()):
            continue
        yield Token(
            match.start() if worded and (match["word"] or match["word2"]) else start,
            match.end(),
            inline.span(start, match.end()),
            "pull-request",
            f"#{int(number)}" if worded else f"?#{int(number)}",
            "text",
        )
