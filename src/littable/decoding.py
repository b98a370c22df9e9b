"""The bytes of a file to its text, whatever kind of file it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from littable.diagnostic import FileReport
from littable.file_names import is_notebook
from littable.text import Source

if TYPE_CHECKING:
    from littable.notebook.file import Notebook


def decode(name: str, data: bytes) -> Source | Notebook:
    """The text of a file; ``name`` is its path, whose suffix tells what it is.

    Either kind has ``text`` and can be had ``with_text``; ``raw`` is what stands in the file, and ``encode``
    gives its bytes. Raises EncodingError or UnreadableFile.
    """
    if not is_notebook(name):
        return Source.decode(data)
    from littable.notebook.file import Notebook  # late: for those who have notebooks

    return Notebook.decode(data)


def placed(report: FileReport, source: Source | Notebook) -> FileReport:
    """A report that can tell the lines of the file that its text was read from."""
    return report if isinstance(source, Source) else replace(report, file_row=source.file_rows())
