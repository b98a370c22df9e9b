"""What arXiv says about a paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from littable.patterns import lazy


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """One version of a paper: the current one, unless it was asked for by its number.

    ``id`` is canonical and without version. ``version`` is None when the origin does not say it.
    ``abstract`` keeps its line breaks and its TeX; ``title`` and ``comment`` are one line. An empty title,
    abstract or tuple of authors is unknown. ``published`` is the day of v1, ``updated`` that of this
    version; ``version_dates`` holds the days of v1, v2, … as far as they are known. ``origin`` names the
    source in a message: "papers.jsonl", "the store", "arXiv". ``as_of`` is set where the record is so old
    that the paper may have a later version: the day on which it was the current one.
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
    as_of: date | None = None


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
    r"(?:e-?print|paper|article|manuscript|submission|preprint|work|note|letter|report|"
    r"draft|thesis|document|contribution|study)"
)
# The paper itself: "the companion paper" and "a previous version" are others.
_THIS = rf"this\s+(?:[\w/.-]+\s+){{0,2}}(?:{_DOCUMENT}s?|version(?:\s+of\s+(?:this|the|our)\s+{_DOCUMENT})?)"
_THE = (
    rf"(?:(?:the|our|my)\s+(?:(?:present|current|following|whole|entire|arxiv)\s+)?{_DOCUMENT}"
    rf"|(?:the\s+)?(?:present|current)\s+(?:{_DOCUMENT}|version))"
)
_OWN = rf"(?:{_THIS}|{_THE})"
_IS = (
    r"(?:(?:has|have|had|is|was|were|are|being|been|now|temporarily|hereby|therefore|thus|officially"
    r"|voluntarily)\s+)"
)
_HAVE = (
    r"(?:(?:have|has|had|are|am|is|wish|would|like|to|hereby|decided|chosen|chose|need|needed|want|must"
    r"|therefore|thus|voluntarily|temporarily|now|regret|request|requested|asked|been|forced)\s+)"
)
# A paper withdrawn from a conference or a journal stands on arXiv as before.
_ARXIV_ONLY = r"(?!\s+from\s+(?!(?:the\s+)?arxiv))"
_NO_VENUE = r"(?!\s+from\s+(?!(?:the\s+)?arxiv|(?:further\s+|public\s+)?(?:consideration|circulation)))"
_PASSIVE = (
    rf"(?:{_THIS}\s+{_IS}{{0,5}}withdrawn|{_THE}\s+{_IS}{{1,5}}withdrawn|{_DOCUMENT}\s+{_IS}{{0,5}}withdrawn"
    r"(?=\s*(?:$|[.,:;!()\[\]-]|(?:by|due|because|since|as|for)\b)))"
)
_ACTIVE = (
    r"(?<!if\s)(?<!when\s)(?<!should\s)(?<!unless\s)\b(?:we|i|(?:the\s+)?(?:authors?|submitter))\s+"
    rf"{_HAVE}{{0,5}}withdr(?:aws?|awn|ew|awing)\s+{_OWN}"
)
_REQUEST = (
    rf"\b(?:request(?:ed|ing)?|seek(?:ing)?|ask(?:ing)?\s+for)\s+(?:the\s+)?withdrawal\s+of\s+{_OWN}"
    rf"|\brequest(?:ed|ing)?\s+that\s+{_OWN}\s+be\s+withdrawn"
)
_LEAD = (
    r"\W{0,9}+(?:(?:therefore|thus|hence|accordingly|consequently|unfortunately|(?:please\s+)?note(?:\s+that)?"
    r"|update|(?:arxiv\s+)?admin\s+note)\s*[,:]?\s+)?"
)
# What may stand before a bare "withdrawn": behind "accepted at a workshop" it is the workshop's.
_FORMAT = (
    r"(?:(?:\d+|pages?|pp|figures?|figs?|tables?|in|with|and|plus|colou?r|la?tex|revtex\d*|amstex|plain|e?ps"
    r"|appendix|appendices)[\s.,;:&+()]+)*"
)
_REASON = (
    r"\s*(?:$|[.,:;!()\[\]-]|(?:by|due|because|since|for|after|pending|until|to)\b"
    r"|as\s+(?:it|the|there|we|i|some|this)\b|in\s+favou?r\b)"
)
_PLAIN_REASON = (
    r"\s*(?:$|[.:;!]|by\s+(?:the\s+)?(?:authors?|arxiv|submitter|us|admin)\b|(?:due\s+to|because|since)\b"
    r"|for\s+(?:\w+\s+)?(?:revisions?|corrections?)\b)"
)
_IN_COMMENT = lazy(
    rf"(?:^|[.;:,!?)\]]\s+|-\s){_LEAD}{_PASSIVE}{_ARXIV_ONLY}|{_ACTIVE}{_ARXIV_ONLY}|{_REQUEST}"
    rf"|^\W*{_FORMAT}(?:(?:has\s+been|now|temporarily)\s+)?withdrawn(?={_REASON})"
    rf"|^\W*withdrawal\s+(?:due|because|by|requested|of\s+{_OWN})\b",
    re.IGNORECASE,
)
_IN_ABSTRACT = lazy(
    rf"{_LEAD}(?:{_PASSIVE}{_NO_VENUE}|{_ACTIVE}{_ARXIV_ONLY}|withdrawn(?={_PLAIN_REASON}))", re.IGNORECASE
)
_STANDS_AGAIN = lazy(
    r"\b(?:reinstat|restore[sd]?\b|this\s+(?:version\s+)?(?:corrects|fixes|repairs|replaces|supersedes"
    r"|is\s+(?:the|an?)\s+(?:\w+\s+)?(?:corrected|revised|fixed|updated|new)))",
    re.IGNORECASE,
)
_SENTENCE_END = lazy(r"[.!?;](?=[)\]]*(?:\s|$))|\](?=\s)")


def is_withdrawn(comment: str | None, abstract: str) -> bool:
    """Whether the comment says so, or the abstract begins with a sentence that does.

    arXiv has no flag for it: authors write "This paper has been withdrawn", and arXiv's own form adds
    "Withdrawn: reason" to the comment. A paper withdrawn from a conference is not withdrawn from arXiv, nor
    is one that takes the place of a withdrawn one.
    """
    return withdrawal(comment, abstract) is not None


def withdrawal(comment: str | None, abstract: str) -> str | None:
    """The sentence of the comment, or else of the abstract, by which a paper is withdrawn, on one line; None
    where neither says so.
    """
    remark, beginning = _remark(comment or ""), _remark(abstract)
    for text, found in (
        (remark, _IN_COMMENT.search(remark) if remark else None),
        (beginning, _IN_ABSTRACT.match(beginning) if beginning else None),
    ):
        if found and not _STANDS_AGAIN.search(text):
            return _sentence(text, found)
    return None


def _remark(text: str) -> str:
    """What is to be looked at, on one line; empty, as mostly, where no word of it speaks of withdrawal."""
    beginning = text[:_LONGEST_REMARK]
    return one_line(beginning) if "withdr" in beginning.lower() else ""


def _sentence(text: str, found: re.Match[str]) -> str:
    """The sentence that the match ends in."""
    told = found.start() + found[0].lower().rindex("withdr")
    start = max((end.end() for end in _SENTENCE_END.finditer(text, 0, told)), default=0)
    end = _SENTENCE_END.search(text, found.end())
    return text[start : end.start() if end else len(text)].strip(" -[]().;:,")
