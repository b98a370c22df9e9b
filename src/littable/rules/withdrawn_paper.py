from __future__ import annotations

import re
from collections.abc import Iterator

from littable.diagnostic import Severity
from littable.document.entry import Entry
from littable.document.model import Document
from littable.papers.record import PaperRecord, withdrawal
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._paper_links import link_span
from littable.rules._papers import known_papers
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._wording import shortened
from littable.text import Span

_LONGEST_REASON = 100
_FEWEST_WORDS_OF_A_COPY = 4
_MARK = lazy(
    r"withdrawn|withdrawal|retract(?:ed|ion)|~~|отозван|снят[ао]?\s+с|撤稿|撤回|取り下げ|철회|retirad[oa]"
    r"|retirée?\b|zurückgezogen",
    re.IGNORECASE,
)


@rule("LT505", severity=Severity.ERROR, needs={Need.PAPERS}, compares=Role.LINK)
def withdrawn_paper(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The paper has been withdrawn from arXiv.

    Why: its authors, or arXiv, no longer stand by it, mostly because of an error; the page has no PDF any
    more. arXiv has no flag for it: the authors' comment says so, or a sentence in the place of the abstract.
    A paper withdrawn from a conference or a journal is not meant, nor a row whose title or note says that
    the paper is withdrawn or retracted.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Every Even Number Is the Sum of Two Primes | 2024 | https://arxiv.org/abs/2402.99999 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Every Even Number Is the Sum of Two Primes (withdrawn) | 2024 | https://arxiv.org/abs/2402.99999 |
    """
    for entry, record in known_papers(document, ctx):
        if record.withdrawn:
            reason = withdrawal(record.comment, record.abstract) or ""
            if not _says_so(entry, record, reason):
                yield this.report(_shown(entry), _message(reason), entry=entry)


def _shown(entry: Entry) -> Span:
    """The title, or where there is none the link."""
    return entry.title.span if entry.title is not None else link_span(entry.identities[0])


def _message(reason: str) -> str:
    says_more = len(reason.split()) > 1
    return "withdrawn on arXiv" + (f": '{shortened(reason, _LONGEST_REASON)}'" if says_more else "")


def _says_so(entry: Entry, record: PaperRecord, reason: str) -> bool:
    """Whether somebody has marked the row; arXiv's own comment, copied by a script, is no such mark."""
    if _MARK.search(record.title):
        return False
    copy = _letters(reason) if len(reason.split()) >= _FEWEST_WORDS_OF_A_COPY else ""
    others = [role for role in Role if role is not Role.ABSTRACT]
    return any(
        _MARK.search(cell.text) and not (copy and copy in _letters(cell.text))
        for _, cell in entry.cells(*others)
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
