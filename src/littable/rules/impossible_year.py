from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from littable.document.dates import WrittenDate, is_stand_in
from littable.document.entry import Entry
from littable.document.model import Document
from littable.papers.arxiv_id import ArxivId
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.rules._wording import quoted
from littable.rules._wrong_years import is_told_by_record
from littable.rules._years import YearCell, year_cells

# A moderator may hold a submission for weeks: the identifier then is of a later month than the date.
_LONGEST_HOLD = 3
# Conference and journal papers reach arXiv a year later often enough.
_FEWEST_YEARS = 2
# Far older papers were put on arXiv by people who meant to.
_MOST_YEARS = 10
# In these months UAI and JAIR put their proceedings and volumes on arXiv, back to 1985.
_BACKLOG = ((2011, 5), (2014, 1))
_TIME_ZONES = timedelta(days=2)


@rule("LT202")
def impossible_year(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The year or date lies in the future, or well before the paper's arXiv identifier.

    Why: one of the two is a slip. Either the year is mistyped, or the link leads to another paper: an
    identifier such as `1706.03762` was given out in June 2017. The rule is silent where both can be right:
    a year one before the identifier's, a row that names the venue, papers that are ten years older and
    were put on arXiv later.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2071 | https://arxiv.org/abs/1706.03762 |
        | Probabilistic Model-Agnostic Meta-Learning | 2018 | https://arxiv.org/abs/2303.02909 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | Probabilistic Model-Agnostic Meta-Learning | 2018 | https://arxiv.org/abs/1806.02817 |
    """
    for entry, cell in year_cells(document, ctx):
        if cell.date is None or not cell.date.possible or str(cell.date.year) not in cell.text:
            continue
        message = _future(cell, cell.date, ctx.today) or _too_early(entry, cell, cell.date)
        if message is not None and not is_told_by_record(entry, cell, ctx):
            yield this.report(cell.span, f"{quoted(cell.text)} {message}", entry=entry)


def _future(cell: YearCell, written: WrittenDate, today: date) -> str | None:
    """A venue is announced a year ahead, so that only a whole date in the next year is too late."""
    if written.year < today.year:
        return None
    if written.year > today.year + 1:
        return "is in the future" if cell.bare or _stands_alone(written.year, cell.text) else None
    if written.month is None or written.day is None or not cell.bare:
        return None
    late = date(written.year, written.month, written.day) > today + _TIME_ZONES
    return "is in the future" if late else None


def _stands_alone(year: int, text: str) -> bool:
    return re.search(rf"(?:^|[\s(\[,;'’]){year}(?:$|[\s)\],;])", text) is not None


def _too_early(entry: Entry, cell: YearCell, written: WrittenDate) -> str | None:
    arxiv = entry.identity.arxiv if entry.identity else None
    if arxiv is None:
        return None
    year, month = arxiv.submitted
    if written.year >= year and (written.day is None or written.year > year):
        return None
    if not _impossible(written, year, month) or not cell.bare or _names_venue(entry):
        return None
    return f"is before {arxiv.bare} was given out ({_month(arxiv)})"


def _impossible(written: WrittenDate, year: int, month: int) -> bool:
    if _BACKLOG[0] <= (year, month) <= _BACKLOG[1]:
        return False
    years = year - written.year
    if written.month is not None and written.day is not None:
        return _LONGEST_HOLD < years * 12 + month - written.month <= _MOST_YEARS * 12
    return _FEWEST_YEARS <= years <= _MOST_YEARS


def _names_venue(entry: Entry) -> bool:
    """Whether the row says where the paper appeared, so that the year is the venue's."""
    return any(
        not cell.empty and not is_stand_in(cell.text) and "arxiv" not in cell.text.casefold()
        for _, cell in entry.cells(Role.VENUE)
    )


def _month(arxiv: ArxivId) -> str:
    return date(*arxiv.submitted, 1).strftime("%B %Y")
