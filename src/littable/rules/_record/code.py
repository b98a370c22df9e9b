"""Where a paper's code is, as far as its abstract and comment tell, and how a table links it."""

from __future__ import annotations

from collections.abc import Sequence

from littable.document.manner.shapes import ADDRESS, Shape, commonest
from littable.papers.record import PaperRecord
from littable.patterns import lazy

_REPOSITORY = lazy(
    r"https?://(?:www\.)?(?:github|gitlab)\.com/[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?"
)
# Said of the paper's own: "Our code is available at …", "Project page: …".
_OWN = lazy(r"\b(?:codes?|implementations?|source|software|released?|repositor(?:y|ies)|project page)\b")
_NEAR = 160
# Labels that tell nothing of what the repository holds.
_LABELS = frozenset("code github gitlab link repo repository official implementation project".split())
_PLAIN_LINK = f"[code]({ADDRESS})"


def code_address(record: PaperRecord) -> str | None:
    """The one repository that the record names as the paper's own; None where it names none or several."""
    text = f"{record.abstract}\n{record.comment or ''}"
    found = {match[0].removesuffix(".git"): match for match in _REPOSITORY.finditer(text)}
    if len(found) != 1:
        return None
    address, match = next(iter(found.items()))
    before = text[max(0, match.start() - _NEAR) : match.start()].lower()
    return address if _OWN.search(before) else None


def code_link(shapes: Sequence[Shape], address: str) -> str:
    """The link in the commonest of the shapes whose label fits any paper."""
    best = commonest(shape for shape in shapes if shape.text.count(ADDRESS) == 1 and _fits_any(shape))
    return (best[0].text if best is not None else _PLAIN_LINK).replace(ADDRESS, address)


def _fits_any(shape: Shape) -> bool:
    return set(shape.words.casefold().split()) <= _LABELS
