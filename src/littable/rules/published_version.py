from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.cells import escape
from littable.document.dates import month_of
from littable.document.entry import Entry
from littable.document.listing import Cell, Listing
from littable.document.model import Document
from littable.papers.doi import ARXIV_DOI
from littable.papers.record import PaperRecord, one_line
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._paper_links import link_span
from littable.rules._papers import known_papers
from littable.rules._record.titles import names_paper
from littable.rules._resolution import names_another_place
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._venues import is_unpublished, mentions_venue, names_venue
from littable.rules._wording import shortened
from littable.text import Edit, Span

_LONGEST_REFERENCE = 100
_WORD = lazy(r"[^\W\d_]{3,}")
_SAYS_PUBLISHED = lazy(r"\b(?:accept|publish|appear|journal|proceedings|proc\b|camera[- ]ready)")
_NOT_PUBLISHED = lazy(r"arxiv|submitted|under review|to be ")
_MARKUP = lazy(r"[\\`<>*_~\[\]|$#]|https?\b|&\w+;")


@rule(
    "LT509",
    severity=Severity.NOTE,
    fix=Applicability.UNSAFE,
    needs={Need.PAPERS},
    default=False,
    compares=Role.LINK,
)
def published_version(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The paper has been published, and the row gives only arXiv.

    Why: a citation should name the journal or conference, and the published text may be the corrected one.
    The paper's record has the reference or the DOI where the authors have told arXiv. A row that names a
    venue, links a publisher or a DOI, or says in a comment where the paper was accepted is left alone.

    Bad:
        | Title | Venue | Link |
        | --- | --- | --- |
        | Calculation of Prompt Diphoton Production | arXiv | https://arxiv.org/abs/0704.0001 |

    Good:
        | Title | Venue | Link |
        | --- | --- | --- |
        | Calculation of Prompt Diphoton Production | PRD 76 | https://arxiv.org/abs/0704.0001 |

    Fix safety: unsafe, since the list may want another form of the name. The reference as arXiv has it is
    written into a venue cell that is empty or says only `arXiv` or `preprint`, in a column where other rows
    name venues.
    """
    for entry, record in known_papers(document, ctx):
        if entry.torn or not entry.identities or _is_given(entry):
            continue
        if names_paper(entry, record):
            message = _message(record)
            if message is not None and not _repeats(entry, record):
                fix = _fix(document, entry, _reference(record), ctx)
                yield this.report(_shown(entry), message, entry=entry, fix=fix)


def _is_given(entry: Entry) -> bool:
    """Whether the row says where the paper was published, in whatever way."""
    if names_venue(entry) or mentions_venue(entry) or names_another_place(entry) or _doi_of_row(entry):
        return True
    dates = [cell.text for _, cell in entry.cells(Role.YEAR, Role.DATE)]
    if any(month_of(word) is None for text in dates for word in _WORD.findall(text)):
        return True  # a venue beside the year, as in "CVPR, 2025"
    notes = entry.cells(Role.COMMENT, Role.OTHER, Role.TOPIC)
    return any(_SAYS_PUBLISHED.search(cell.text.casefold()) for _, cell in notes)


def _doi_of_row(entry: Entry) -> str | None:
    return entry.doi if entry.doi is not None and not entry.doi.startswith(ARXIV_DOI) else None


def _message(record: PaperRecord) -> str | None:
    reference, doi = _reference(record), _doi(record)
    if reference is None:
        return f"published with DOI {doi}" if doi else None
    return f"published in {shortened(reference, _LONGEST_REFERENCE)}" + (f", DOI {doi}" if doi else "")


def _reference(record: PaperRecord) -> str | None:
    reference = one_line(record.journal_ref or "")
    return None if not reference or _NOT_PUBLISHED.search(reference.casefold()) else reference


def _doi(record: PaperRecord) -> str | None:
    """The first of the publisher's DOIs."""
    dois = (record.doi or "").split()
    return next(
        (doi for doi in dois if doi.startswith("10.") and not doi.lower().startswith(ARXIV_DOI)), None
    )


def _repeats(entry: Entry, record: PaperRecord) -> bool:
    """Whether another cell has the reference or the DOI as text."""
    text = _letters("".join(cell.text for _, cell in entry.cells(*(set(Role) - {Role.ABSTRACT}))))
    known = [_letters(said) for said in (_reference(record), _doi(record)) if said]
    return any(said in text for said in known)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _shown(entry: Entry) -> Span:
    """The venue cell that says less than is known, or where there is none the link."""
    cell = next((cell for _, cell in entry.cells(Role.VENUE)), None)
    if cell is None:
        return link_span(entry.identities[0])
    return cell.outer if cell.empty else cell.span


def _fix(document: Document, entry: Entry, reference: str | None, ctx: Context) -> Fix | None:
    index = next(iter(entry.listing.having(Role.VENUE)), None)
    if reference is None or index is None or index >= len(entry.row.cells) or _MARKUP.search(reference):
        return None
    cell = entry.row.cells[index]
    if cell.empty and not entry.listing.fillable:
        return None
    if not _holds_venues(document, entry.listing, index, ctx):
        return None
    edit = _written(cell, entry.row.written(escape(reference)))
    return Fix(f"write {shortened(reference, _LONGEST_REFERENCE)}", (edit,), Applicability.UNSAFE)


def _holds_venues(document: Document, table: Listing, index: int, ctx: Context) -> bool:
    """Whether some row names a venue in the column."""
    known: dict[Listing, bool] = ctx.shared("tables-with-venues", dict)
    if table not in known:
        rows = (entry.row.cells for entry in document.entries_of(table) if not entry.torn)
        known[table] = any(index < len(cells) and not is_unpublished(cells[index]) for cells in rows)
    return known[table]


def _written(cell: Cell, text: str) -> Edit:
    """The text in the cell; an empty one keeps a blank at either side if it has room for one."""
    if not cell.empty:
        return Edit(cell.span, text)
    if cell.outer.end - cell.outer.start < 2:
        return Edit(cell.outer, f" {text} " if cell.outer.end > cell.outer.start else text)
    return Edit(Span(cell.outer.start + 1, cell.outer.end - 1), text)
