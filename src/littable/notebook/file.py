"""A notebook as a file: its bytes, the text that rules see, and bytes again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from littable.errors import FixError, LittableError, UnreadableFile
from littable.notebook.cells import join_cells, split_cells
from littable.notebook.rows import FileRows
from littable.notebook.scan import Cell, find_cells, without_markdown
from littable.notebook.writing import CellWriter
from littable.patterns import lazy
from littable.text import Edit, Source, apply_edits

# What would part cells, and halves of characters, which are no text in UTF-8.
_UNSOUND = lazy("[\x1e\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Notebook:
    """The Markdown of a notebook, as ``littable.notebook.cells`` joins it, and the JSON that it stands in."""

    text: str
    _json: Source
    _cells: tuple[Cell | None, ...]

    @classmethod
    def decode(cls, data: bytes) -> Notebook:
        """Read a notebook of format 3 or 4.

        Raises EncodingError for what is not UTF-8, and UnreadableFile, with the reason, for what is no
        notebook or could not be written back exactly.
        """
        source = Source.decode(data)
        cells = tuple(find_cells(source.text))
        texts = [cell.text if cell else "" for cell in cells]
        for number, text in enumerate(texts, 1):
            if _UNSOUND.search(text):
                raise UnreadableFile(f"a notebook that cannot be read: cell {number} holds {_unsound(text)}")
        return cls(join_cells(texts), source, cells)

    @property
    def raw(self) -> str:
        """What stands in the file: the JSON."""
        return self._json.text

    def with_text(self, text: str) -> Notebook:
        """The notebook with another text; in its JSON nothing but strings that changed differs.

        Raises FixError where ``text`` has other cells, or would not be read back as it is.
        """
        if text == self.text:
            return self
        json = apply_edits(self.raw, self._edits(text))
        try:
            after = Notebook.decode(Source(json, self._json.bom).encode())
        except (LittableError, UnicodeEncodeError) as error:
            raise FixError(f"the notebook could not be read back ({error}); nothing was written") from None
        if after.text != text or without_markdown(json) != without_markdown(self.raw):
            raise FixError("the notebook would not be read back as it was meant; nothing was written")
        return after

    def encode(self) -> bytes:
        """The bytes of the file."""
        return self._json.encode()

    def file_rows(self) -> FileRows:
        """What tells the line of the file for an offset of the text."""
        return FileRows(self.text, self.raw, self._cells)

    def _edits(self, text: str) -> Iterator[Edit]:
        texts = split_cells(text)
        if len(texts) != len(self._cells):
            raise FixError("the notebook would have other cells; nothing was written")
        writer = CellWriter(self.raw)
        for cell, new in zip(self._cells, texts, strict=True):
            if cell is None and new:
                raise FixError("a cell that is not Markdown would be changed; nothing was written")
            if cell is not None and new != cell.text:
                yield Edit(cell.span, writer.write(cell, new))


def _unsound(text: str) -> str:
    return (
        "U+001E, which parts cells here"
        if "\x1e" in text
        else "half a character (an escape of \\ud800 to \\udfff)"
    )
