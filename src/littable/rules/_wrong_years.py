"""Which year cells the paper's record contradicts.

LT504 reports them; LT202, which knows no records, may leave them to it.
"""

from __future__ import annotations

from littable.document.dates import WrittenDate
from littable.document.entry import Entry
from littable.papers.arxiv_id import parse_bare
from littable.papers.sources import Found, Unavailable
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._papers import lookup_of
from littable.rules._record.titles import names_paper
from littable.rules._record.years import is_wrong, years_in
from littable.rules._resolution import names_another_place
from littable.rules._venues import names_venue
from littable.rules._years import YearCell

# In fewer years after the submission a paper may well be published.
_LATE = 3
# The date in such a column is the list's, and may be much later than the paper.
_OF_THE_LIST = lazy(r"updat|added|last|read|seen|visited|access|обновл|добавл|прочит|更新|收录|阅读")


def contradiction(entry: Entry, cell: YearCell, ctx: Context) -> Found | Unavailable | None:
    """The record that contradicts the cell, or what it lacks to tell; None where the year may be right."""
    written = cell.date
    if written is None or not _is_plain(cell, written):
        return None
    lookup = lookup_of(entry, ctx)
    if not isinstance(lookup, Found) or not _is_suspicious(written, lookup.record.id, cell):
        return None
    if _may_be_of_publication(entry, written.year) or not names_paper(entry, lookup.record):
        return None
    if lookup.record.published is None:
        return Unavailable(f"{lookup.record.origin} does not say when it was submitted")
    return lookup if is_wrong(written.year, lookup.record) else None


def is_told_by_record(entry: Entry, cell: YearCell, ctx: Context) -> bool:
    """Whether LT504 is on and reports the cell."""
    return ctx.settings.enabled("LT504", by_default=True) and isinstance(
        contradiction(entry, cell, ctx), Found
    )


def _is_plain(cell: YearCell, written: WrittenDate) -> bool:
    """Whether the cell says one date and nothing else."""
    if not written.possible or not cell.bare or str(written.year) not in cell.text:
        return False
    return years_in(cell.text) <= {written.year}


def _is_suspicious(written: WrittenDate, arxiv_id: str, cell: YearCell) -> bool:
    """Whether the identifier leaves room for doubt, so that the record has to be looked at."""
    given_out, _ = parse_bare(arxiv_id).submitted
    late = written.year >= given_out + _LATE and _is_year_of_paper(written, cell)
    return written.year < given_out or late


def _is_year_of_paper(written: WrittenDate, cell: YearCell) -> bool:
    """Whether it is no exact date, which may be that of any version, and no date of the list's own."""
    return written.month is None and not _OF_THE_LIST.search(cell.column.header.casefold())


def _may_be_of_publication(entry: Entry, year: int) -> bool:
    """Whether the row places the paper elsewhere than on arXiv, or gives the year in another cell too."""
    if names_venue(entry) or names_another_place(entry) or _names_two_papers(entry):
        return True
    others = [role for role in Role if role not in (Role.ABSTRACT, Role.YEAR, Role.DATE)]
    return any(year in years_in(cell.text) for _, cell in entry.cells(*others))


def _names_two_papers(entry: Entry) -> bool:
    ids = {link.identity.arxiv.id for link in entry.identities if link.identity and link.identity.arxiv}
    return len(ids) > 1
