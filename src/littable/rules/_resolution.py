"""Which paper a row without an identifier is about, told by its title and what else it says.

A title is not enough: surveys share theirs, and a list may hold a paper that arXiv does not have. So a paper
is accepted only when its title is the row's word by word, and an author or the year agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from littable.diagnostic import Applicability
from littable.document.dates import is_stand_in, read_date
from littable.document.entry import Entry
from littable.document.plain import plain
from littable.papers.arxiv_id import ArxivId
from littable.papers.identifiers import is_scholarly
from littable.papers.record import PaperRecord
from littable.papers.sources import TitleLookup, Unavailable
from littable.papers.title_key import title_key
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._paper_links import leads_to_paper
from littable.rules._titles import title_words

# Shorter titles are many papers'. Two words are searched for where an author can tell whose they are, and
# the year alone tells nothing about a short title.
_FEWEST_WORDS = 3
_FEWEST_WORDS_BESIDE_AUTHORS = 2
_FEWEST_WORDS_BESIDE_YEAR = 4
# A paper may come out years after it was put on arXiv, or be put there years after it came out.
_MOST_YEARS_APART = 3
_MOST_YEARS_APART_BESIDE_SURNAME = 1
_FEWEST_NAMES = 2
_UNCONFIRMED = "but nothing else tells whether it is this one"

_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LATIN = lazy(r"[A-Za-zÀ-ɏ]")


class Status(StrEnum):
    """What is known about the paper of a row."""

    ACCEPTED = "accepted"
    AMBIGUOUS = "ambiguous"
    WEAK = "weak"
    NONE = "none"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome of looking for a row's paper by its title.

    ``records`` holds the one paper that is accepted, or all those with the title where it is ambiguous or
    weak. ``reason`` is a clause: of a weak one what speaks against it ("but other authors"), of an
    unavailable one why nobody could say. ``certain`` tells that the row gives every author of the paper, or
    the paper's own DOI.
    """

    status: Status
    records: tuple[PaperRecord, ...] = ()
    reason: str = ""
    certain: bool = False

    @property
    def record(self) -> PaperRecord | None:
        """The paper that is accepted."""
        return self.records[0] if self.status is Status.ACCEPTED else None


_NOTHING = Resolution(Status.NONE)


def resolve(entry: Entry, ctx: Context) -> Resolution:
    """The paper of a row that names none; Status.NONE too where ``resolve`` is off or nobody was asked."""
    if entry.arxiv_id is not None or not ctx.facts.titles or ctx.settings.resolve is False:
        return _NOTHING
    known: dict[int, Resolution] = ctx.shared("resolutions", dict)
    start = entry.row.span.start
    if start not in known:
        title = title_to_search(entry)
        lookup = ctx.facts.titled(title) if title is not None else None
        known[start] = judge(entry, lookup) if lookup is not None else _NOTHING
    return known[start]


def trust_in(entry: Entry, record: PaperRecord) -> Applicability:
    """How far a record's text may be trusted, as far as it depends on which paper the row is about.

    Safe where the row names the arXiv paper itself, or gives all its authors and leads to no other place,
    whose text may differ from arXiv's. The titles are taken to agree.
    """
    if entry.arxiv_id is not None:
        return Applicability.SAFE
    certain = not leads_to_paper(entry) and _has_all_names(_Written.of(entry), record)
    return Applicability.SAFE if certain else Applicability.UNSAFE


def names_another_place(entry: Entry) -> bool:
    """Whether the row links the paper where it was published: what stands there may differ from arXiv's."""
    return any(
        link.is_followed
        and link.role is not Role.CODE
        and not (link.identity is not None and link.identity.arxiv)
        and is_scholarly(link.link.url)
        for link in entry.links
    )


def title_to_search(entry: Entry) -> str | None:
    """The title by which the paper of a row that names no arXiv paper may be found."""
    return title_of(entry) if entry.arxiv_id is None else None


def title_of(entry: Entry) -> str | None:
    """The title in plain words or TeX; None where the row is torn, or where the title is too short to tell
    papers apart or the header's own.
    """
    if entry.torn or entry.title is None:
        return None
    text = entry.title.text
    fewest = _FEWEST_WORDS_BESIDE_AUTHORS if entry.authors is not None else _FEWEST_WORDS
    if text.count(" ") + 1 < fewest or len(title_words(text)) < fewest:
        return None
    if any(text == column.header for column in entry.listing.columns):
        return None
    return text if "\\" in text or "$" in text else plain(text)


def judge(entry: Entry, lookup: TitleLookup) -> Resolution:
    """What the papers that were found by a row's title are to the row."""
    if isinstance(lookup, Unavailable):
        return Resolution(Status.UNAVAILABLE, reason=lookup.reason)
    written = title_words(entry.title.text) if entry.title is not None else ()
    same = tuple(record for record in lookup.records if title_words(record.title) == written)
    if not same or not written:
        return _NOTHING
    by_doi = [
        record for record in same if entry.doi and record.doi and record.doi.lower() == entry.doi.lower()
    ]
    if len(by_doi) == 1:
        return Resolution(Status.ACCEPTED, (by_doi[0],), certain=True)
    return _judge_by_names(_Written.of(entry), len(written), same)


def _judge_by_names(row: _Written, words: int, same: tuple[PaperRecord, ...]) -> Resolution:
    doubts = {record.id: _doubt(row, record) for record in same}
    by_year_alone = len(same) == 1 and words >= _FEWEST_WORDS_BESIDE_YEAR
    agreeing = tuple(
        record
        for record in same
        if doubts[record.id] is None and (by_year_alone or (row.authors and record.authors))
    )
    if len(agreeing) == 1:
        return Resolution(Status.ACCEPTED, agreeing, certain=_has_all_names(row, agreeing[0]))
    if len(agreeing) > 1 or len(same) > 1:
        return Resolution(Status.AMBIGUOUS, agreeing or same)
    return Resolution(Status.WEAK, same, doubts[same[0].id] or _UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class _Written:
    """What a row says besides the title. ``authors`` is None where no names in Latin letters are given."""

    authors: str | None
    year: int | None

    @classmethod
    def of(cls, entry: Entry) -> _Written:
        authors = entry.authors.text if entry.authors is not None else ""
        given = not is_stand_in(authors) and _LATIN.search(authors) is not None
        written = read_date(entry.date.plain) if entry.date is not None else None
        return cls(authors if given else None, written.year if written else None)


def _doubt(row: _Written, record: PaperRecord) -> str | None:
    """Why a paper with the row's title may be another one, as a clause; None where it is this one."""
    apart = _years_apart(row.year, record)
    if row.authors is None or not record.authors:
        if apart is None:
            return _UNCONFIRMED
        return None if apart == 0 else _of_another_year(record)
    from littable.prose.authors import AuthorVerdict, compare_authors  # late: most runs resolve nothing

    found = compare_authors(row.authors, record.authors)
    if found.verdict is AuthorVerdict.OTHER or not (
        found.supports or _begins_with_first(row.authors, record)
    ):
        return "but other authors"
    # A surname alone, as in "Vaswani et al.", is many people's.
    most = _MOST_YEARS_APART if found.supports else _MOST_YEARS_APART_BESIDE_SURNAME
    return None if apart is None or apart <= most else _of_another_year(record)


def _begins_with_first(written: str, record: PaperRecord) -> bool:
    """Whether the surname of the first author stands at the beginning."""
    names = record.authors[0].split(",")[0].split()
    return bool(names) and title_key(names[-1]) in map(title_key, plain(written).split(None, 4)[:4])


def _of_another_year(record: PaperRecord) -> str:
    return f"but is of {min(_years(record))}"


def _years_apart(written: int | None, record: PaperRecord) -> int | None:
    return min(abs(written - year) for year in _years(record)) if written is not None else None


def _years(record: PaperRecord) -> set[int]:
    """The years in which the paper was put on arXiv, updated and published; there is one at least."""
    known = {day.year for day in (record.published, record.updated) if day is not None}
    if record.published is None:
        known.add(ArxivId(record.id).submitted[0])
    return known | {int(year) for year in _YEAR.findall(record.journal_ref or "")}


def _has_all_names(row: _Written, record: PaperRecord) -> bool:
    """Whether the row gives every author of the paper by name, in their order, and at least two."""
    if row.authors is None or len(record.authors) < _FEWEST_NAMES:
        return False
    from littable.prose.authors import AuthorVerdict, compare_authors  # late: most runs resolve nothing

    found = compare_authors(row.authors, record.authors)
    return found.verdict is AuthorVerdict.SAME and found.agreeing == found.written == found.total
