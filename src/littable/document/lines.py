"""One line of Markdown as CommonMark walks it: offsets for people, columns for indentation."""

from __future__ import annotations

_TAB_STOP = 4


class LineCursor:
    """A place in one line. Columns matter only for indentation, where a tab reaches to the next multiple
    of four and may be eaten in part (CommonMark §2.2).
    """

    __slots__ = ("_partial", "column", "end", "indent", "offset", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        """``end`` is the offset of the line end, or of the end of the text."""
        self.text = text
        self.offset = start
        self.end = end
        self.column = 0
        self._partial = 0
        self.start = start
        self.indent = 0
        self.find_start()

    def find_start(self) -> None:
        """Set ``start`` to the first non-blank from here and ``indent`` to the columns before it."""
        text, position, column = self.text, self.offset, self.column
        if self._partial:
            column += self._partial
            position += 1
        while position < self.end:
            character = text[position]
            if character == " ":
                column += 1
            elif character == "\t":
                column += _TAB_STOP - column % _TAB_STOP
            else:
                break
            position += 1
        self.start = position
        self.indent = column - self.column

    @property
    def blank(self) -> bool:
        """Whether nothing but blanks is left on the line."""
        return self.start >= self.end

    def skip_to_start(self) -> None:
        """Move to the first non-blank."""
        self.column += self.indent
        self.offset = self.start
        self._partial = 0
        self.indent = 0

    def skip_mark(self, length: int) -> None:
        """Move past a mark of ``length`` characters that begins at ``start``."""
        self.skip_to_start()
        self.offset += length
        self.column += length
        self.find_start()

    def skip_columns(self, columns: int) -> None:
        """Move past up to ``columns`` columns of blanks, taking a tab in part where need be."""
        while columns > 0 and self.offset < self.end:
            character = self.text[self.offset]
            if character == " ":
                self.offset += 1
                width = 1
            elif character == "\t":
                width = self._partial or _TAB_STOP - self.column % _TAB_STOP
                if width > columns:
                    self._partial = width - columns
                    width = columns
                else:
                    self._partial = 0
                    self.offset += 1
            else:
                break
            self.column += width
            columns -= width
        self.find_start()
