"""Raw HTML in running text: where a tag, a comment, an instruction or a declaration ends."""

from __future__ import annotations

from doclint.late import late

_NAME = late(r"[A-Za-z][A-Za-z0-9-]*+")
_ATTRIBUTE = late(
    r"[ \t\r\n]++[A-Za-z_:][A-Za-z0-9_.:-]*+"
    r"(?:[ \t\r\n]*+=[ \t\r\n]*+(?:[^ \t\r\n\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?"
)
_CLOSE = late(r"[ \t\r\n]*+/?>")
_END_TAG = late(r"</[A-Za-z][A-Za-z0-9-]*+[ \t\r\n]*+>")
_DECLARATION = late(r"<![A-Za-z]")


class Markup:
    """The HTML of one text, asked for place by place, in time linear in the text however many places fail."""

    __slots__ = ("_dead", "_missing", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        # What follows a place between two attributes does not depend on how that place was reached, so a failure there is final.
        self._dead: set[int] = set()
        self._missing: set[str] = set()

    def end(self, start: int) -> int:
        """The place behind the construct (CommonMark section 6.6) whose ``<`` is at ``start``; -1 where there is none."""
        text = self._text
        match text[start + 1 : start + 2]:
            case "!":
                if text.startswith("<!--", start):
                    return self.comment_end(start)
                if text.startswith("<![CDATA[", start):
                    return self._behind("]]>", start + 9)
                return self._behind(">", start + 3) if _DECLARATION.match(text, start) else -1
            case "?":
                return self._behind("?>", start + 2)
            case "/":
                found = _END_TAG.match(text, start)
                return found.end() if found else -1
        return self._open_tag(start)

    def comment_end(self, start: int) -> int:
        """The place behind the comment whose ``<!--`` is at ``start``; -1 where it is never closed."""
        for short in ("<!-->", "<!--->"):
            if self._text.startswith(short, start):
                return start + len(short)
        return self._behind("-->", start + 4)

    def _behind(self, terminator: str, start: int) -> int:
        if terminator in self._missing:
            return -1
        found = self._text.find(terminator, start)
        if found < 0:
            self._missing.add(terminator)
            return -1
        return found + len(terminator)

    def _open_tag(self, start: int) -> int:
        name = _NAME.match(self._text, start + 1)
        if not name:
            return -1
        place = name.end()
        seen: list[int] = []
        while place not in self._dead:
            seen.append(place)
            if close := _CLOSE.match(self._text, place):
                return close.end()
            attribute = _ATTRIBUTE.match(self._text, place)
            if not attribute:
                break
            place = attribute.end()
        self._dead.update(seen)
        return -1


def comment_content(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of what stands between the ``<!--`` and ``-->`` of the comment ``text[start:end]``."""
    if text.startswith("-->", end - 3) and end - start >= 7:
        return start + 4, end - 3
    return start + 4, start + 4
