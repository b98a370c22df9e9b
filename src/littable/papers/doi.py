"""Digital object identifiers, and those among them that stand for papers on arXiv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from littable.papers.arxiv_id import ArxivId, MalformedArxivId, parse_bare
from littable.patterns import lazy

_DOI = lazy(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s?#\"<>]+", re.ASCII)
_DOI_ESCAPED = lazy(r"10\.[0-9]{4,9}(?:\.[0-9]+)*(?:/|%2[fF])[^\s?#\"<>]+", re.ASCII)
_DOI_WRITTEN = lazy(r"(?:(?:https?://)?(?:(?:www|dx)\.)?doi\.org/|doi\s*:\s*)?", re.IGNORECASE)
ARXIV_DOI = "10.48550/arxiv."
_CLOSERS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True, order=True)
class Doi:
    """A DOI in lower case (DOIs do not distinguish case) and without URL escapes."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Doi:
        """Read ``10.1000/182``, ``doi:10.1000/182`` or a doi.org link. Raises ValueError when it is none."""
        text = text.strip()
        prefix = _DOI_WRITTEN.match(text)
        found = match_doi(text, prefix.end() if prefix else 0)
        if found is None:
            raise ValueError(f"{text!r} is not a DOI")
        return found[0]

    def __str__(self) -> str:
        return self.value

    @property
    def url(self) -> str:
        """The resolver's link."""
        return f"https://doi.org/{self.value}"

    @property
    def arxiv(self) -> ArxivId | None:
        """The paper that a DOI of arXiv (``10.48550/arXiv.ID``) stands for; None for any other DOI."""
        if not self.value.startswith(ARXIV_DOI):
            return None
        try:
            return parse_bare(self.value.removeprefix(ARXIV_DOI))
        except MalformedArxivId:
            return None


def match_doi(text: str, start: int, *, escaped: bool = False) -> tuple[Doi, int] | None:
    """The DOI that begins at ``start`` and the offset of its end, without punctuation of the sentence; if
    ``escaped``, its slash may be ``%2F``.
    """
    match = (_DOI_ESCAPED if escaped else _DOI).match(text, start)
    if match is None:
        return None
    end = match.end()
    while text[end - 1] in ".,;:!'*_`|)]}":
        closer = text[end - 1]
        opener = _CLOSERS.get(closer)
        if opener and text.count(opener, start, end) >= text.count(closer, start, end):
            break
        end -= 1
    value = text[start:end]
    if value.endswith("/"):
        return None
    return Doi((unquote(value) if "%" in value else value).lower()), end
