"""A paper in an HTML table: how text is written there, and what must not be torn."""

from __future__ import annotations

import re
from collections.abc import Iterable

from littable.document.escapes import without_entities
from littable.document.html.tags import tags_in
from littable.document.listing import Row
from littable.patterns import lazy
from littable.text import Edit, Span, apply_edits

_LINE_BREAKS = lazy(r"[ \t]*(?:\r\n|[\n\r])[ \t]*")
_AUTOLINK = lazy(r"<((?:https?|ftp)://[^\s<>]*)>", re.IGNORECASE)
# Formulas, entities, tags that the record's own text is shown with, and what Markdown escapes.
_PIECE = lazy(
    r"\$`[^`]*`\$|\$[^\s$](?:[^$]*[^\s$])?\$(?![0-9])|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|</?(?:su[bp]|em|i|b|strong)>|[&<>]"
)
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = lazy(r"[*_`~]+|!?\[|\](?:\(.*)?", re.DOTALL)


class HtmlRow(Row):
    """A row of an HTML table, or a paper in one of its cells."""

    __slots__ = ()

    def written(self, markdown: str) -> str:
        """Markdown for a table cell as HTML: an autolink as the bare address, what Markdown escapes as an
        entity, which says the same to whoever reads the cell as Markdown.
        """
        text = _AUTOLINK.sub(r"\1", _LINE_BREAKS.sub(" ", markdown).replace("\\|", "|"))
        return _PIECE.sub(_as_html, text)

    def says(self, text: str, markdown: str) -> bool:
        """Whether a text of this row reads as ``markdown`` would, as an entity or not."""
        return without_entities(" ".join(text.split())) == without_entities(self.written(markdown))

    def keeps_cells(self, edits: Iterable[Edit]) -> bool:
        """Whether the edits leave every tag, and write no markup that only Markdown knows."""
        start, source = self.span.start, self.source
        moved = []
        for edit in edits:
            if _MARKUP.fullmatch(edit.text) and edit.text != edit.span.of(source):
                return False
            moved.append(Edit(Span(edit.span.start - start, edit.span.end - start), edit.text))
        return _tags(apply_edits(self.text, moved)) == _tags(self.text)


def _tags(text: str) -> list[tuple[str, bool]]:
    return [(tag.name, tag.closing) for tag in tags_in(text)]


def _as_html(match: re.Match[str]) -> str:
    piece, escaped = match[0], match["escaped"]
    if escaped is not None:
        return _NAMED.get(escaped) or f"&#{ord(escaped)};"
    if piece[0] == "$":
        return re.sub("[&<>]", lambda sign: _NAMED[sign[0]], piece)
    return _NAMED.get(piece, piece)
