from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from littable.diagnostic import Applicability, Fix
from littable.document.dates import WrittenDate
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.papers.sources import Found, Unavailable
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._papers import known_papers
from littable.rules._record.years import publication_years
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._wrong_years import contradiction
from littable.rules._years import YearCell, year_cells
from littable.text import Span

_DIGITS = lazy(r"\d+")
_ISO_DATE = lazy(r"\d{4}-\d\d-\d\d", re.ASCII)


@rule("LT504", fix=Applicability.UNSAFE, needs={Need.PAPERS}, compares=Role.YEAR)
def wrong_year(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The year is neither that of the paper's first submission nor that of its publication.

    Why: readers cite, sort and search by it. arXiv mostly does not know when a paper was published, so the
    rule is silent wherever the year may be that of the publication: up to three years after a version of the
    paper; the year before a submission in the first half of a year; where the row or the record names the
    venue or links to it. Of a whole date only the year is judged. A row whose title is not the record's is
    left alone, for then it may be the link that is wrong.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2014 | https://arxiv.org/abs/1706.03762 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Fix safety: unsafe; the row may mean another edition of the work. The year of the first submission is
    written, or its day where the cell is a date such as `2014-06-12`; a cell of any other form is left.
    """
    if not known_papers(document, ctx):
        return
    for entry, cell in year_cells(document, ctx):
        against = contradiction(entry, cell, ctx)
        if isinstance(against, Unavailable) and entry.arxiv_id is not None:
            yield this.skip(cell.span, entry.arxiv_id, against.reason)
        elif isinstance(against, Found) and against.record.published is not None and cell.date is not None:
            submitted = against.record.published
            message = _message(cell.date.year, submitted.year, against.record)
            fix = _fix(cell, cell.date, document.source, submitted)
            yield this.report(cell.span, message, entry=entry, fix=fix)


def _message(year: int, submitted: int, record: PaperRecord) -> str:
    published = sorted(publication_years(record) - {submitted})
    later = f", published {published[0]}" if len(published) == 1 and record.journal_ref else ""
    return f"year {year} is not the paper's: submitted {submitted}{later}"


def _fix(cell: YearCell, written: WrittenDate, source: str, submitted: date) -> Fix | None:
    text = cell.span.of(source)
    if _ISO_DATE.fullmatch(text):
        span, wanted = cell.span, submitted.isoformat()
    elif written.month is None and _DIGITS.findall(text) == [str(written.year)]:
        start = cell.span.start + text.index(str(written.year))
        span, wanted = Span(start, start + 4), str(submitted.year)
    else:
        return None
    return Fix.replace(span, wanted, f"write {wanted}", Applicability.UNSAFE)
