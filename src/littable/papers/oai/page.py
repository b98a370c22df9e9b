"""One answer of an OAI-PMH server: a page of records, or an error of the protocol.

https://www.openarchives.org/OAI/openarchivesprotocol.html. One record that cannot be read makes a whole page
invalid XML where it holds a character that XML forbids. A page that stays like that can be read leniently:
each record by itself, and what is wrong with one costs the others nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from littable.papers.arxiv.page import PageFault, Remedy
from littable.papers.arxiv_id import ArxivId, MalformedArxivId
from littable.papers.http_answer import xml_root
from littable.papers.oai.record import BadRecord, paper_record
from littable.papers.record import PaperRecord, one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_OAI = f"{{{_NAMESPACE}}}"
_BEGIN, _END = b"<record>", b"</record>"
_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that could not be read: its identifier, where at least that could be, and why not."""

    id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class OaiPage:
    """The records of one page.

    ``said`` is the server's moment. ``deleted`` are papers that it no longer has. ``days`` are the records'
    datestamps in the order in which they came, None where one cannot be read. ``token`` asks for the next
    page; None on the last.
    """

    said: datetime
    records: tuple[PaperRecord, ...]
    deleted: tuple[str, ...]
    unreadable: tuple[Unreadable, ...]
    days: tuple[date | None, ...]
    token: str | None


class OaiError(Exception):
    """The server answered with an error of the protocol; ``code`` is such as ``noRecordsMatch``."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(f"{code}: {words}" if words else code)
        self.code = code


def read_page(body: bytes, *, leniently: bool = False) -> OaiPage:
    """The page that an answer is. Raises OaiError, and PageFault for what is no page."""
    root = _root(body)
    records: Sequence[Element | Unreadable] = ()
    if root is None and leniently:
        root, records = _one_by_one(body)
    if root is None or root.tag != f"{_OAI}OAI-PMH":
        raise PageFault(Remedy.REPEAT, "its answer is truncated or not OAI-PMH")
    said = _moment(root.findtext(f"{_OAI}responseDate"))
    _check_error(root)
    listed = root.find(f"{_OAI}ListRecords")
    if listed is None or said is None:
        raise PageFault(Remedy.REPEAT, "its answer is not a list of records")
    records = records or listed.findall(f"{_OAI}record")
    if not records:
        raise PageFault(Remedy.REPEAT, "its answer is empty")
    return _page(said, records, (listed.findtext(f"{_OAI}resumptionToken") or "").strip() or None)


def earliest_day(body: bytes) -> date | None:
    """The first datestamp that there is, from an answer to Identify; None where it does not say."""
    root = _root(body)
    text = None if root is None else root.findtext(f"{_OAI}Identify/{_OAI}earliestDatestamp")
    return _day(text)


def _root(body: bytes) -> Element | None:
    return xml_root(body.lstrip())


def _page(said: datetime, listed: Sequence[Element | Unreadable], token: str | None) -> OaiPage:
    records: dict[str, PaperRecord] = {}
    deleted: list[str] = []
    unreadable: list[Unreadable] = []
    days: list[date | None] = []
    for item in listed:
        if isinstance(item, Unreadable):
            unreadable.append(item)
            continue
        days.append(_day(item.findtext(f"{_OAI}header/{_OAI}datestamp")))
        read = _read(item)
        if isinstance(read, PaperRecord):
            known = records.get(read.id)
            if known is None or (read.version or 0) >= (known.version or 0):
                records[read.id] = read
        elif isinstance(read, Unreadable):
            unreadable.append(read)
        else:
            deleted.append(read)
    if len(unreadable) > len(listed) // 2 and len(unreadable) > 1:
        reason = f"{len(unreadable)} of its {len(listed)} records cannot be read ({unreadable[0].reason})"
        raise PageFault(Remedy.REPEAT, reason)
    gone = [identifier for identifier in deleted if identifier not in records]
    lost = [item for item in unreadable if item.id not in records]
    return OaiPage(said, tuple(records.values()), tuple(gone), tuple(lost), tuple(days), token)


def _read(record: Element) -> PaperRecord | Unreadable | str:
    """The paper of a record; the identifier alone of one that was deleted."""
    header = record.find(f"{_OAI}header")
    identifier = _identifier("" if header is None else header.findtext(f"{_OAI}identifier") or "")
    if identifier is not None and header is not None and header.get("status") == "deleted":
        return identifier
    metadata = record.find(f"{_OAI}metadata")
    if metadata is None:
        return Unreadable(identifier, "it has no metadata")
    try:
        paper = paper_record(metadata)
    except BadRecord as error:
        return Unreadable(identifier, str(error))
    if identifier is not None and identifier != paper.id:
        return Unreadable(identifier, f"its metadata are those of {paper.id}")
    return paper


def _identifier(written: str) -> str | None:
    """The paper of an identifier such as ``oai:arXiv.org:2403.03218``."""
    try:
        return ArxivId.parse(written.strip().rpartition(":")[2]).bare.id
    except MalformedArxivId:
        return None


def _check_error(root: Element) -> None:
    error = root.find(f"{_OAI}error")
    if error is not None:
        words = one_line("".join(error.itertext()))[:_LONGEST_WORDS]
        raise OaiError(error.get("code", "error"), words)


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((text or "").strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def _one_by_one(body: bytes) -> tuple[Element | None, list[Element | Unreadable]]:
    """The page without its records, None where that is damaged too; and each record by itself."""
    around: list[bytes] = []
    records: list[Element | Unreadable] = []
    at = 0
    while (start := body.find(_BEGIN, at)) >= 0 and (end := body.find(_END, start)) >= 0:
        around.append(body[at:start])
        at = end + len(_END)
        records.append(_alone(body[start:at]))
    return _root(b"".join([*around, body[at:]])), records


def _alone(piece: bytes) -> Element | Unreadable:
    root = xml_root(b'<OAI-PMH xmlns="%s">%s</OAI-PMH>' % (_NAMESPACE.encode(), piece))
    record = None if root is None else root.find(f"{_OAI}record")
    if record is not None:
        return record
    named = re.search(rb"<identifier>([^<]{1,100})</identifier>", piece)
    identifier = _identifier(named[1].decode(errors="replace")) if named else None
    return Unreadable(identifier, "it is not well-formed XML")
