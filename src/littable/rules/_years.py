"""Year and date cells as rules judge them: what is a date, what stands in for one, what is neither."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from littable.document.dates import WrittenDate, is_stand_in, month_of, read_date
from littable.document.entry import Entry
from littable.document.fields import simple_part
from littable.document.listing import Cell, Column, Listing
from littable.document.model import Document
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.text import Span

_MARKUP = lazy(r"[\[<&\\!`]")
_TOKEN = lazy(r"[^\W\d_]+|\d+")
_ORDINALS = frozenset(
    {"st", "nd", "rd", "th", "de", "del", "of", "г", "г.", "года", "年", "月", "日", "년", "월", "일"}
)
_FOUR_DIGITS = lazy(r"(?:1[5-9]|[2-9]\d)\d\d")

_UNPUBLISHED = lazy(
    r"\b(?:in press|to appear|to be|forthcoming|pre-?prints?|n\.? ?d|undated|under review|in review|submitted"
    r"|accepted|unpublished|in preparation|in prep|ongoing|current|present|latest|recent|upcoming|soon|new"
    r"|draft|manuscript|working paper|technical report|tech report|blog|book|thesis|online first|early access"
    r"|ahead of print|arxiv|various|multiple|spring|summer|autumn|fall|winter"
    r"|в печати|принят[аоы]?|препринт|не опубликован[аоы]?|без даты|б\.? ?г|б/г|готовится"
    r"|im druck|im erscheinen|o\. ?j|s\. ?d|s\. ?f|sans date|sin fecha|en prensa|sous presse|à paraître"
    r"|no prelo|por publicar|in corso di stampa|senza data)\b"
    r"|待发表|待刊|已接收|已录用|录用|在投|投稿|未发表|预印本|印刷中|近刊|査読中|未公開|未出版|출판|게재|심사",
    re.IGNORECASE,
)
_SHORT_FORMS = lazy(
    r"['’]?\d\d"  # '24
    r"|\d{1,2}[./-]\d{1,2}(?:[./-]\d{1,4})?"  # 05/14, 14.05.24
    r"|\d\d[./-]\d{1,2}[./-]\d{1,2}"
    r"|.*[A-Za-z]{2,}[\W_]{0,2}\d\d"  # NeurIPS 23
    r"|\D*\d{1,4}\s*(?:年|년|г\.?|гг\.?)(?:\W.*|\d.*)?",
    re.DOTALL,
)
_YYMM = lazy(r"\d\d(?:0[1-9]|1[0-2])(?:\d\d)?")
_COMBINED_HEADER = lazy(r"[&/+]|\b(?:and|pub|venue|conf|journal)\b", re.IGNORECASE)


@dataclass(slots=True)
class YearCell:
    """A filled year or date cell: where its text stands, what it says, and the date in it, if any."""

    span: Span
    text: str
    date: WrittenDate | None
    column: Column

    @property
    def bare(self) -> bool:
        """Whether the text is a date and nothing else."""
        words = [token.casefold() for token in _TOKEN.findall(self.text)]
        numbers = [word for word in words if word[0].isdigit()]
        if not 1 <= len(numbers) <= 3 or any(len(number) not in (1, 2, 4, 8) for number in numbers):
            return False
        return all(word in numbers or word in _ORDINALS or month_of(word) for word in words)


def year_cells(document: Document, context: Context) -> Sequence[tuple[Entry, YearCell]]:
    """The filled year and date cells of all papers, in the order of the text.

    A torn row is left out: what stands in its cells may belong to others.
    """
    return context.shared("year-cells", lambda: list(_year_cells(document)))


def _year_cells(document: Document) -> Iterator[tuple[Entry, YearCell]]:
    indices: dict[Listing, list[int]] = {}
    for entry in document.entries:
        table = entry.listing
        if table not in indices:
            indices[table] = table.having(Role.YEAR, Role.DATE)
        cells = entry.row.cells
        for index in () if entry.torn else indices[table]:
            if index < len(cells) and not cells[index].empty:
                yield entry, _read(table.columns[index], cells[index])


def _read(column: Column, cell: Cell) -> YearCell:
    written = cell.text
    text = written.strip("*_")
    if text and text.isascii() and (text.isalnum() or not _MARKUP.search(text)):
        start = cell.start + written.index(text)
        return YearCell(Span(start, start + len(text)), text, _date(text), column)
    span = simple_part(cell.source, cell.span)
    text = plain(span.of(cell.source))
    return YearCell(span, text, _date(_ascii_digits(text)), column)


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


@lru_cache(maxsize=4096)
def _date(text: str) -> WrittenDate | None:
    date = read_date(text)
    if date is None and len(text) == 4 and text.isascii() and _FOUR_DIGITS.fullmatch(text):
        return WrittenDate(int(text))
    return date


def fault(cell: YearCell) -> str | None:
    """Why the cell gives no date, as a clause; None when it gives one, or says that there is none yet."""
    if cell.date is None:
        return None if _says_something_else(cell) else "it is not a year or date"
    if cell.date.possible or not cell.bare or _month_first(cell.text):
        return None
    month, day = cell.date.month or 0, cell.date.day
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    return f"month {month} has no day {day}"


def _month_first(text: str) -> bool:
    """Whether it is a possible date in the American order, ``12/31/2023``."""
    numbers = re.findall(r"\d+", text)
    return len(numbers) == 3 and len(numbers[2]) == 4 and 1 <= int(numbers[0]) <= 12 and int(numbers[1]) <= 31


def _says_something_else(cell: YearCell) -> bool:
    text = cell.text.strip()
    if not any(map(str.isalnum, text)) or is_stand_in(text) or _UNPUBLISHED.search(text):
        return True
    if _SHORT_FORMS.fullmatch(text) or (cell.column.role is Role.DATE and _YYMM.fullmatch(text)):
        return True
    words = _TOKEN.findall(text)
    if all((word.isdigit() and len(word) <= 2) or month_of(word) or word in _ORDINALS for word in words):
        return True
    return bool(_COMBINED_HEADER.search(cell.column.header)) and any(map(str.isalpha, text))
