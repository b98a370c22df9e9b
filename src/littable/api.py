"""What the commands do, for one text: no files, no network, no configuration but what is passed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from littable.checker import check_document
from littable.config import Settings
from littable.decoding import decode, placed
from littable.diagnostic import Applicability, FileReport
from littable.document.model import Document
from littable.document.reading import read_document
from littable.file_names import is_notebook
from littable.fixing import Fixed
from littable.fixing import fix_text as fix_until_stable
from littable.gather import Gatherer
from littable.papers.sources import PaperSource
from littable.rules._context import Context
from littable.rules._registry import selected_rules
from littable.rules._rule import Rule
from littable.text import Source

if TYPE_CHECKING:
    from littable.notebook.file import Notebook


class _Checker:
    def __init__(self, path: str, settings: Settings, papers: PaperSource | None) -> None:
        self._path = path
        self._settings = settings
        self._rules: Sequence[Rule] = selected_rules(settings)
        self._gatherer = Gatherer(papers)
        self._today = date.today()

    def check(self, text: str) -> tuple[Document, FileReport]:
        document = read_document(self._path, text, self._settings.reading)
        facts = self._gatherer.gather([document], self._rules)
        return document, check_document(document, self._rules, Context(self._settings, facts, self._today))


def check_text(
    text: str, *, path: str = "-", settings: Settings | None = None, papers: PaperSource | None = None
) -> FileReport:
    """What the rules say about the text of a file; ``path`` tells whether it is Markdown or a notebook.

    ``papers`` is asked for records; without it, rules that compare with arXiv report skips.
    """
    source = _decoded(path, text)
    return placed(_Checker(path, settings or Settings(), papers).check(source.text)[1], source)


def fix_text(
    text: str,
    *,
    path: str = "-",
    settings: Settings | None = None,
    papers: PaperSource | None = None,
    trust: Applicability = Applicability.SAFE,
) -> Fixed:
    """The text with every fix of at least ``trust`` applied, what was applied, and what is left to say.

    Raises LittableError when the outcome fails verification; then nothing should be written.
    """
    source = _decoded(path, text)
    fixed = fix_until_stable(source.text, _Checker(path, settings or Settings(), papers).check, trust)
    after = source.with_text(fixed.text)
    mark = "\ufeff" if is_notebook(path) and text.startswith("\ufeff") else ""
    return replace(fixed, text=mark + after.raw, report=placed(fixed.report, after))


def _decoded(path: str, text: str) -> Source | Notebook:
    return decode(path, text.encode(errors="surrogatepass")) if is_notebook(path) else Source(text)
