from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Fix
from littable.document.entry import Entry, Field
from littable.document.listing import Listing
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.papers.sources import Found
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._agreement import abstract_agrees, trust
from littable.rules._another_paper import speaks_of_another
from littable.rules._context import Context
from littable.rules._field_fix import field_fix
from littable.rules._papers import known_papers
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._versions import (
    caveat,
    copied_version,
    current_version,
    may_be_outdated,
    pinned_version,
    unknown_version,
)
from littable.rules._wording import shortened

if TYPE_CHECKING:
    from littable.prose.authors import AuthorComparison

_SHOWN_NAMES = 2
_LONGEST_NAME = 40
# What may be TeX or markup; a name without any of it is Markdown already.
_MARKED = lazy(r"[\\${}~`*_\[\]<>&|#]|''|^\W|www\.", re.MULTILINE)
_FIRST = ("first", "1st", "lead", "перв", "第一")
_WHOLE_LISTS = 2
_FEW = 3


@rule("LT503", fix=Applicability.SAFE, needs={Need.PAPERS, Need.VERSIONS}, compares=Role.AUTHORS)
def wrong_authors(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The authors are not the paper's.

    Why: names get lost or misspelt when they are copied, and author lists change between versions. Initials,
    accents, middle names and the order of given and family name make no difference. A list that is cut with
    "et al.", names the first authors only, or gives surnames alone is somebody's choice: only the names that
    it gives must be right. A cell with other people or institutes in it is not judged.

    Bad:
        | Title | Authors | Link |
        | --- | --- | --- |
        | U-Net | Olaf Ronneberge, Philipp Fischer, Thomas Brox | https://arxiv.org/abs/1505.04597 |

    Good:
        | Title | Authors | Link |
        | --- | --- | --- |
        | U-Net | O. Ronneberger et al. | https://arxiv.org/abs/1505.04597 |

    Fix safety: safe where the row names the arXiv paper, its title agrees with the record, and nearly all
    names of the list are the record's. Unsafe where the titles differ, where names are missing or too many at
    the end of a list only, and where the authors are those of the version that the link is pinned to. The
    names are written in the manner of the list, and separators stay as they are.
    """
    manner = _Manner(document, ctx)
    for entry, record in known_papers(document, ctx):
        if entry.authors is not None and not record.withdrawn:
            yield from _judge(this, entry, entry.authors, record, manner)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A cell with authors beside a record; ``copied`` is the earlier version whose authors they are."""

    entry: Entry
    authors: Field
    record: PaperRecord
    comparison: AuthorComparison
    copied: int | None


def _judge(
    this: Rule, entry: Entry, authors: Field, record: PaperRecord, manner: _Manner
) -> Iterator[Finding]:
    if not record.authors:
        yield this.skip(authors.span, record.id, f"{record.origin} has no authors of it")
        return
    if authors.text == ", ".join(record.authors):
        return  # by far the commonest list, and the dearest to compare
    ctx = manner.ctx
    comparison = _compare(authors.text, record, ctx)
    if not comparison.wrong:
        return
    copied = copied_version(record, ctx, lambda earlier: _says(authors.text, earlier, ctx))
    judged = _Judged(entry, authors, record, comparison, copied)
    if not _is_about_the_paper(judged, ctx) or not manner.is_wrong(judged):
        return
    if reason := unknown_version(entry, record):
        yield this.skip(authors.span, record.id, reason)
        return
    yield this.report(
        authors.span,
        _message(judged) + caveat(record, copied),
        entry=entry,
        fix=_fix(judged, manner),
        changes=comparison.changes,
        verdict=str(comparison.verdict),
        copied=copied,
    )


def _compare(text: str, record: PaperRecord, ctx: Context) -> AuthorComparison:
    """The cell beside the record's names, these as they would be written into it."""
    from littable.prose.authors import compare_authors  # late: most runs compare nothing

    names: Sequence[str] = record.authors
    if _MARKED.search("\n".join(names)):
        from littable.prose.writing import as_markdown

        names = [as_markdown(name, ctx.settings.tex) for name in names]
    return compare_authors(text, names)


def _says(text: str, record: PaperRecord, ctx: Context) -> bool:
    from littable.prose.authors import AuthorVerdict

    return bool(record.authors) and _compare(text, record, ctx).verdict is AuthorVerdict.SAME


def _is_about_the_paper(judged: _Judged, ctx: Context) -> bool:
    """Whether the row's title is the record's or an earlier version's, at least in most words, or its
    abstract is: the same people may have written another paper.
    """
    from littable.prose.titles import TitleVerdict, compare_titles

    entry, record = judged.entry, judged.record
    if speaks_of_another(entry, record, ctx):
        return False
    if entry.title is None or not record.title:
        return True
    versions = (
        lookup.record for _, lookup in ctx.facts.earlier_versions(record.id) if isinstance(lookup, Found)
    )
    titles = [record.title, *(version.title for version in versions if version.title)]
    written = entry.title.text
    if any(compare_titles(written, title).verdict is not TitleVerdict.DIFFERENT for title in titles):
        return True
    return abstract_agrees(entry, record)


@dataclass(slots=True)
class _Manner:
    """How the tables of a document give authors, read when a list that stops before the end is judged."""

    document: Document
    ctx: Context
    _counted: dict[Listing, tuple[int, int]] | None = None

    def is_wrong(self, judged: _Judged) -> bool:
        """Whether the list means to be what it fails to be: not the first author alone, not cut as others."""
        from littable.prose.authors import AuthorVerdict

        table, comparison = judged.entry.listing, judged.comparison
        if comparison.verdict is AuthorVerdict.MISSPELT:
            return True
        if _is_about_first_author(table):
            return False
        return not (comparison.cut and comparison.missing) or self._count(table)[1] == 1

    def gives_whole_lists(self, table: Listing) -> bool:
        """Whether several other rows name all authors of papers that have more than a few."""
        return self._count(table)[0] >= _WHOLE_LISTS

    def _count(self, table: Listing) -> tuple[int, int]:
        """How many rows give all of more than a few authors, and how many stop without saying so."""
        if self._counted is None:
            self._counted = self._count_all()
        return self._counted.get(table, (0, 0))

    def _count_all(self) -> dict[Listing, tuple[int, int]]:
        from littable.prose.authors import AuthorVerdict

        counted: dict[Listing, tuple[int, int]] = {}
        for entry, record in known_papers(self.document, self.ctx):
            if entry.authors is None:
                continue
            comparison = _compare(entry.authors.text, record, self.ctx)
            if comparison.total > _FEW:
                whole, cut = counted.get(entry.listing, (0, 0))
                whole += comparison.verdict is AuthorVerdict.SAME
                cut += comparison.cut and not comparison.goes_on
                counted[entry.listing] = whole, cut
        return counted


def _is_about_first_author(table: Listing) -> bool:
    headers = (table.columns[index].header.casefold() for index in table.having(Role.AUTHORS))
    return any(word in header for header in headers for word in _FIRST)


def _message(judged: _Judged) -> str:
    comparison = judged.comparison
    parts = [f"{_name(change.old)} → {_name(change.new)}" for change in comparison.changes[:_SHOWN_NAMES]]
    if (more := len(comparison.changes) - _SHOWN_NAMES) > 0:
        parts.append(f"{more} more")
    only_letters = comparison.tiny and len(comparison.changes) == 1
    if comparison.missing:
        parts.append(f"missing {_names(comparison.missing)}")
    if comparison.extra:
        parts.append(f"{_names(comparison.extra)} too many")
    if comparison.reordered:
        parts.append("in another order")
    start = "author is misspelt" if only_letters and len(parts) == 1 else "authors are not the paper's"
    message = f"{start}: {'; '.join(parts)}"
    if judged.copied is None:
        return message
    current = f"; v{judged.record.version} is current" if judged.record.version else ""
    return f"{message} (those of v{judged.copied}{current})"


def _names(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN_NAMES
    return ", ".join(map(_name, names[:_SHOWN_NAMES])) + (f" and {more} more" if more > 0 else "")


def _name(name: str) -> str:
    return shortened(" ".join(name.split()), _LONGEST_NAME)


def _fix(judged: _Judged, manner: _Manner) -> Fix | None:
    title = f"write the authors of {current_version(judged.record)}"
    applicability = Applicability.UNSAFE
    if judged.entry.arxiv_id is not None and _is_sure(judged, manner):
        applicability = trust(judged.entry, judged.record)
    return field_fix(judged.entry, judged.authors, judged.comparison.edits, title, applicability)


def _is_sure(judged: _Judged, manner: _Manner) -> bool:
    """Whether the list is the paper's but for few names, and nothing in it can have been meant."""
    comparison, pinned = judged.comparison, pinned_version(judged.entry)
    if judged.copied is not None:
        return pinned != judged.copied
    if may_be_outdated(judged.record, None):
        return False
    if pinned not in (None, judged.record.version) or (comparison.extra and comparison.open_end):
        return False
    if comparison.cut and comparison.missing and not manner.gives_whole_lists(judged.entry.listing):
        return False
    if comparison.tiny and len(comparison.changes) == comparison.written == 1:
        return True
    wrong = len(comparison.changes) + len(comparison.extra)
    enough = wrong if comparison.tiny and not comparison.extra else 2 * wrong
    return comparison.agreeing >= max(enough, comparison.written - wrong - 1)
