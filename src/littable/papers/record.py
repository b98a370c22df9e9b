"""What arXiv says about a paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from littable.patterns import lazy


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """One version of a paper: the current one, unless it was asked for by its number.

    ``id`` is canonical and without version. ``version`` is None when the origin does not say it.
    ``abstract`` keeps its line breaks and its TeX; ``title`` and ``comment`` are one line. An empty title,
    abstract or tuple of authors is unknown. ``published`` is the day of v1, ``updated`` that of this
    version; ``version_dates`` holds the days of v1, v2, … as far as they are known. ``origin`` names the
    source in a message: "papers.jsonl", "the store", "arXiv".
    """

    id: str
    version: int | None
    title: str
    authors: tuple[str, ...]
    abstract: str
    published: date | None
    updated: date | None
    comment: str | None
    doi: str | None
    journal_ref: str | None
    withdrawn: bool
    origin: str
    version_dates: tuple[date | None, ...] = ()


def one_line(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


_SEPARATOR = lazy(r"\s*[,;]\s*(?:and\s+|&\s+)?|\s+and\s+|\s+&\s+")
_COLLABORATION = lazy(r"(\b[Cc]ollaborations?)\s*:\s*")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_ET_AL = lazy(r"(?:^|\s+)et\.? al\.?$")
_SPLIT_INITIALS = lazy(r"(?<=\w\.) (?=-\w)")


def split_authors(text: str) -> tuple[str, ...]:
    """The names in arXiv's one-string form, such as ``A. B (Univ. C), D. E and F. G``.

    Affiliations in parentheses are dropped; TeX accents are kept as they are. The form is described in
    https://info.arxiv.org/help/prep.html#author.
    """
    flat = _COLLABORATION.sub(r"\1, ", one_line(_outside_parentheses(text)))
    names: list[str] = []
    for name in _SEPARATOR.split(flat):
        if name.lower() in _SUFFIXES and names:
            names[-1] += f", {name}"
        elif name and not _ET_AL.fullmatch(name):
            names.append(_ET_AL.sub("", name.removeprefix("and ")))
    return tuple(names)


def _outside_parentheses(text: str) -> str:
    """The text outside parentheses; one that never closes hides the rest, as where arXiv cut a long list."""
    kept: list[str] = []
    depth = 0
    for piece in re.split(r"([()])", text):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(depth - 1, 0)
        elif depth == 0:
            kept.append(piece)
    return " ".join(kept)


def join_parsed_authors(parsed: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The names of the snapshot's ``authors_parsed``: lists of last name, first name, suffix, affiliation."""
    names: list[str] = []
    for last, first, suffix in (tuple([*parts, "", "", ""][:3]) for parts in parsed):
        name = one_line(f"{first} {last}{', ' if suffix else ''}{suffix}")
        if name:
            names.append(_SPLIT_INITIALS.sub("", name))
    return tuple(names)


# Bounds the work that a hostile comment can cause; real ones are under 500 characters.
_LONGEST_REMARK = 2000
_DOCUMENT = (
    r"(?:e-?prints?|papers?|articles?|manuscripts?|submissions?|preprints?|works?|notes?|letters?|reports?|"
    r"drafts?|thesis|document|contribution|study)"
)
_WITHDRAWN = (
    rf"(?:^|[.;:,!?)\]]\s+|-\s)\W*(?:"
    rf"(?:(?:this|the|our)\s+)?(?:[\w/.-]+\s+){{0,2}}{_DOCUMENT}\s+"
    r"(?:(?:has|have|had|is|was|were|are|being|been|now|temporarily|hereby)\s+){0,4}withdrawn"
    r"|(?:has\s+been\s+|temporarily\s+)?withdrawn(?=\s*(?:$|[.,:;!()\[-]|by\b|due\b|because\b|since\b|as\b|for\b))"
    rf"|(?:we|i|(?:the\s+)?authors?)\s+(?:(?:have|has|wish\s+to|would\s+like\s+to|hereby)\s+)?"
    rf"(?:withdrawn|withdraw|withdraws|withdrew)\s+(?:this|the|our)\s+{_DOCUMENT}"
    r")(?!\s+from\s+(?!(?:the\s+)?arxiv))"
)


@cache
def _withdrawn() -> re.Pattern[str]:
    """Compiled when first needed, since few papers say anything of the kind."""
    return re.compile(_WITHDRAWN, re.IGNORECASE)


def is_withdrawn(comment: str | None, abstract: str) -> bool:
    """Whether the comment says so in a sentence of its own, or the abstract begins with such a sentence.

    arXiv has no flag for it: authors write "This paper has been withdrawn", and arXiv's own form adds
    "Withdrawn: reason" to the comment. A paper withdrawn from a conference is not withdrawn from arXiv.
    """
    remark = (comment or "")[:_LONGEST_REMARK]
    if "withdr" in remark.lower() and _withdrawn().search(one_line(remark)):
        return True
    beginning = one_line(abstract[:_LONGEST_REMARK])
    return "withdr" in beginning.lower() and _withdrawn().match(beginning) is not None
