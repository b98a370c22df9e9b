"""One record of OAI-PMH in arXiv's own format, ``arXivRaw``, to a record of a paper.

The format has the text as arXiv keeps it (raw TeX), every version with its date, and what kind of source a
version has (https://info.arxiv.org/help/oa/index.html).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.record import PaperRecord, split_authors
from littable.papers.snapshot.line import BadLine, day_of, make_record
from littable.patterns import lazy

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ORIGIN = "arXiv"
_RAW = "{http://arxiv.org/OAI/arXivRaw/}"
_VERSION = lazy(r"v([1-9][0-9]{0,3})", re.ASCII)
# Stands among other letters: "A" for ancillary files, "D" for PDF made from TeX.
_WITHDRAWN = "I"


class BadRecord(Exception):
    """What is wrong with a record, as a clause."""


def paper_record(metadata: Element) -> PaperRecord:
    """The paper that the ``metadata`` of a record describes. Raises BadRecord."""
    raw = metadata.find(f"{_RAW}arXivRaw")
    if raw is None:
        raise BadRecord("it is not in the format arXivRaw")
    versions = _versions(raw)
    title = _text(raw, "title")
    if title is None:
        raise BadRecord("it has no title")
    record = make_record(
        _identifier(raw),
        {number: _day(version) for number, version in versions.items()},
        title,
        split_authors(_text(raw, "authors") or ""),
        _text(raw, "abstract"),
        _text(raw, "comments"),
        _text(raw, "doi"),
        _text(raw, "journal-ref"),
        ORIGIN,
        PaperRecord,
    )
    flags = versions[max(versions)].findtext(f"{_RAW}source_type") or ""
    return replace(record, withdrawn=True) if _WITHDRAWN in flags else record


def _text(raw: Element, name: str) -> str | None:
    return (raw.findtext(f"{_RAW}{name}") or "").strip() or None


def _identifier(raw: Element) -> str:
    try:
        return ArxivId.parse(_text(raw, "id") or "").bare.id
    except MalformedArxivId as error:
        raise BadRecord(str(error)) from None


def _versions(raw: Element) -> dict[int, Element]:
    """What is said of each version, by its number."""
    versions: dict[int, Element] = {}
    for version in raw.iterfind(f"{_RAW}version"):
        written = version.get("version", "")
        number = _VERSION.fullmatch(written)
        if number is None:
            raise BadRecord(f"{written[:20]!r} is not a version such as 'v1'")
        if int(number[1]) in versions:
            raise BadRecord(f"it has two versions {written}")
        versions[int(number[1])] = version
    if not versions:
        raise BadRecord("it has no versions")
    return versions


def _day(version: Element) -> date:
    text = (version.findtext(f"{_RAW}date") or "").strip()
    try:
        day = day_of(text)
    except BadLine:
        day = None
    if day is None:
        raise BadRecord(f"{text[:60]!r} is not a date")
    return day
