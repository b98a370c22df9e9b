from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from littable.diagnostic import Applicability, Fix
from littable.document.cells import escape
from littable.document.entry import Entry, Field
from littable.document.inline import find_links
from littable.document.listing import Row
from littable.document.model import Document
from littable.papers.record import PaperRecord
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._agreement import trust
from littable.rules._context import Context
from littable.rules._papers import record_of
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._wording import quoted
from littable.text import Edit, Span

_SHOWN = 3
# No real text is longer; what is, holds something else.
_LONGEST_CELL = 20_000
_ABOUT_ENCODINGS = lazy(
    r"\b(?:mojibake|utf-?8|latin-?1|iso-?8859|windows-125\d|gbk|unicode|bytes?|shellcode|code ?points?)\b",
    re.IGNORECASE,
)
_LOST = lazy(r"\ufffd+|锟斤拷?")
_FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase in the source, what it stands for as far as that is known, and how sure that is."""

    span: Span
    reading: str | None
    applicability: Applicability


@rule("LT205", fix=Applicability.SAFE, needs={Need.PAPERS})
def mojibake(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    r"""A cell holds text that was decoded wrongly.

    Why: text saved in one encoding and read in another turns `í` into `Ã­` and `’` into `â€™`; bytes that a
    program printed stand there as `\xc3\xad`; what could not be read at all became `�`. Names and words that
    are spelt like this are found by nobody.

    Code and addresses are left alone, and so are texts that speak of encodings.

    Bad:
        | Title | Authors | Link |
        | --- | --- | --- |
        | Learning to Look | J. RamÃ­rez, M. Popovi\xc4\x87 | https://arxiv.org/abs/2402.00001 |

    Good:
        | Title | Authors | Link |
        | --- | --- | --- |
        | Learning to Look | J. Ramírez, M. Popović | https://arxiv.org/abs/2402.00001 |

    Fix safety: safe where the right letters follow from the wrong ones, and only those are written. A letter
    that is lost is taken from the record: safely where the title agrees with it. Without a record it is only
    reported.
    """
    from littable.prose.mojibake import may_be_garbled  # late, as everything that reads texts closely

    if not may_be_garbled(document.source):
        return
    for entry in document.entries:
        if not entry.listing.footnotes and not may_be_garbled(entry.row.text):
            continue
        for field in entry.passages(*Role):
            if len(field.text) <= _LONGEST_CELL and may_be_garbled(field.text):
                phrases = _phrases(entry, field, record_of(entry, ctx))
                if phrases:
                    yield _report(this, entry, field.place, phrases)


def _phrases(entry: Entry, field: Field, record: PaperRecord | None) -> list[_Phrase]:
    from littable.prose.mojibake import garbled  # late: most files hold nothing of the kind
    from littable.rules._running_text import mask, verbatim

    links = find_links(field.text, 0, len(field.text), entry.listing.definitions)
    text = mask(field.text, verbatim(field.text, links), "#")
    found = garbled(text)
    title = entry.title.text if entry.title else ""
    if not found or _ABOUT_ENCODINGS.search(text) or _ABOUT_ENCODINGS.search(title):
        return []
    start = field.span.start
    return [
        _Phrase(moved, phrase.reading, Applicability.SAFE)
        if phrase.reading is not None
        else _from_record(entry, moved, field.role, record)
        for phrase in found
        for moved in (Span(start + phrase.span.start, start + phrase.span.end),)
    ]


def _report(this: Rule, entry: Entry, place: Row, phrases: Sequence[_Phrase]) -> Finding:
    known = {phrase.span.of(place.source): phrase.reading for phrase in phrases}
    shown = [_shown(written, reading) for written, reading in known.items()]
    more = f" ({len(shown) - _SHOWN} more)" if len(shown) > _SHOWN else ""
    lost = all(_LOST.search(written) for written in known)
    what = "characters are lost" if lost else "text was decoded wrongly"
    return this.report(
        phrases[0].span, f"{what}: {', '.join(shown[:_SHOWN])}{more}", entry=entry, fix=_fix(place, phrases)
    )


def _shown(written: str, reading: str | None) -> str:
    return quoted(written) + (f" → {quoted(reading)}" if reading is not None else "")


def _fix(place: Row, phrases: Sequence[_Phrase]) -> Fix | None:
    """The edits that are safe, or those that are not where no others are left."""
    known = [phrase for phrase in phrases if phrase.reading is not None]
    if not known:
        return None
    best = max(phrase.applicability for phrase in known)
    chosen = [phrase for phrase in known if phrase.applicability is best]
    edits = tuple(Edit(phrase.span, place.written(escape(phrase.reading or ""))) for phrase in chosen)
    title = f"write {quoted(chosen[0].reading or '')}" if len(chosen) == 1 else "write the right letters"
    return Fix(title, edits, best, reveals=True)


def _from_record(entry: Entry, span: Span, role: Role, record: PaperRecord | None) -> _Phrase:
    """What the record has where letters are lost, if that is one word and stands in one place."""
    written = span.of(entry.row.source)
    reading = _word_of(written, _said(record, role)) if record is not None else None
    if record is None or reading is None:
        return _Phrase(span, None, Applicability.DISPLAY)
    sure = _titles_agree(entry, record)
    return _Phrase(span, reading, Applicability.SAFE if sure else Applicability.UNSAFE)


def _said(record: PaperRecord, role: Role) -> str:
    from littable.prose.tex import decode_accents

    match role:
        case Role.TITLE:
            text = record.title
        case Role.AUTHORS:
            text = ", ".join(record.authors)
        case Role.ABSTRACT:
            text = record.abstract
        case _:
            return ""
    return " ".join(map(decode_accents, text.split()))


def _word_of(written: str, said: str) -> str | None:
    """The one word of the record that is the written one but for what is lost."""
    if sum(map(str.isalpha, _LOST.sub("", written))) < _FEWEST_LETTERS:
        return None
    found = set(re.findall(rf"(?<!\w){_with_gaps(written)}(?!\w)", said))
    return found.pop() if len(found) == 1 else None


def _with_gaps(written: str) -> str:
    """A pattern for the text with one to three letters where some are lost."""
    return r"[^\s,;\x00-\x7f]{1,3}".join(map(re.escape, _LOST.split(written)))


def _titles_agree(entry: Entry, record: PaperRecord) -> bool:
    """Whether the title is the record's, but for letters that it has lost."""
    if trust(entry, record) is Applicability.SAFE:
        return True
    title = entry.title.plain if entry.title else ""
    return _LOST.search(title) is not None and bool(
        re.fullmatch(_with_gaps(title), " ".join(record.title.split()), re.IGNORECASE)
    )
