"""What the cells of a column of papers look like where neither header nor links tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from littable.document.beside_title import citation_behind
from littable.document.inline import find_links
from littable.document.plain import plain
from littable.papers.identifiers import names_paper
from littable.patterns import lazy
from littable.text import Span

_CITED = lazy(r".*\bet\.? al\b.*|.*\b(?:19|20)\d\d[a-z]?[)\]]?")
_FEWEST_WORDS = 3
_FEWEST_CITED = 2
_FEWEST_LETTERS = 20
_FEWEST_WIDE_LETTERS = 10
_MOSTLY = 0.7
_OFTEN = 0.5


def are_named_links(texts: Sequence[str], definitions: Mapping[str, tuple[str, Span]]) -> bool:
    """Whether most cells link a paper by a name of its own, and not by "PDF", "arXiv" or a citation."""
    named = 0
    for text in texts:
        links = find_links(text, 0, len(text), definitions)
        papers = [link for link in links if names_paper(link.url)]
        named += len(papers) == 1 and _is_name(plain(papers[0].text_span.of(text)))
    return bool(texts) and named >= len(texts) * _MOSTLY


def _is_name(label: str) -> bool:
    from littable.document.citations.links import is_generic  # late: asked of few columns

    return any(map(str.isalpha, label)) and not is_generic(label) and _CITED.fullmatch(label) is None


def are_cited_titles(titles: Sequence[str]) -> bool:
    """Whether most plain cells are titles with a citation behind, and no mere names of models."""
    cited = [
        (title, found.span.start)
        for title in titles
        if (found := citation_behind(title, 0, len(title))) is not None
    ]
    if len(titles) < _FEWEST_CITED or len(cited) < len(titles) * _MOSTLY:
        return False
    worded = sum(len(title[:end].split()) >= _FEWEST_WORDS for title, end in cited)
    return worded >= len(titles) * _OFTEN


def read_as_papers(titles: Sequence[str], venues: Sequence[str]) -> bool:
    """Whether plain cells are titles, and those beside them the places where they were published."""
    if not titles or not venues:
        return False
    from littable.document.citations.venues import names_place  # late: asked of few tables

    titled = sum(map(_is_title, titles)) >= len(titles) * _MOSTLY
    return titled and sum(map(names_place, venues)) >= len(venues) * _OFTEN


def _is_title(text: str) -> bool:
    if _CITED.fullmatch(text):
        return False
    if text.isascii():
        return len(text) >= _FEWEST_LETTERS and len(text.split()) >= _FEWEST_WORDS
    return len(text) >= _FEWEST_WIDE_LETTERS
