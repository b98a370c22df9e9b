"""What the user names: an identifier in any form, a URL, a DOI or a title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from littable.errors import LittableError
from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.identifiers import identify
from littable.patterns import lazy
from littable.rules._wording import quoted

_MEANT_AS_ID = lazy(
    r"arxiv\s*:.*|(?:\d{3,6}\.\d{3,7}|[a-z][a-z-]*(?:\.[a-z]{2})?/\d{4,9}|\d{7})(?:v\d+)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_MEANT_AS_URL = lazy(r"[a-z][a-z0-9+.-]*://\S*|www\.\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper as the user names it: by its canonical arXiv identifier, by a DOI, or by its title."""

    written: str
    arxiv_id: str | None = None
    doi: str | None = None
    title: str | None = None


def read_wanted(written: str) -> Wanted:
    """What an argument names. The version that an identifier may have is passed over.

    Raises LittableError where it can be neither an identifier nor a title.
    """
    text = written.strip()
    identity = identify(text)
    if identity is not None and identity.malformed is not None:
        raise LittableError(f"{quoted(text)} names no paper: {identity.malformed}")
    if identity is not None and identity.arxiv is not None:
        return Wanted(written, arxiv_id=identity.arxiv.id)
    if identity is not None and identity.doi is not None:
        return Wanted(written, doi=identity.doi.value)
    if _MEANT_AS_ID.fullmatch(text):
        return Wanted(written, arxiv_id=_parse(text))
    if _MEANT_AS_URL.fullmatch(text) or not any(map(str.isalpha, text)):
        raise LittableError(
            f"{quoted(text)} is no arXiv identifier, no address of a paper, no DOI and no title"
        )
    return Wanted(written, title=" ".join(text.split()))


def _parse(text: str) -> str:
    try:
        return ArxivId.parse(text).id
    except MalformedArxivId as error:
        raise LittableError(str(error)) from None
