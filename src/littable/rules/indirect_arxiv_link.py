from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.entry import Entry
from littable.document.inline import Link
from littable.document.model import Document
from littable.papers.identifiers import LinkForm
from littable.rules._context import Context
from littable.rules._rule import Finding, Rule, rule
from littable.text import Edit, Span

if TYPE_CHECKING:
    from littable.rules._arxiv_forms import Detour


@rule("LT306", severity=Severity.NOTE, fix=Applicability.SAFE, default=False)
def indirect_arxiv_link(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The link leads to another form of the arXiv paper than the one wanted.

    Why: the page of the abstract shows all versions, the comments and where the paper was published; a PDF,
    a mirror or a redirection does not, and a list reads better when all its links do alike. The setting
    `arxiv-link-form` chooses `abs` (the default), `pdf` or `html`. Where a row has such a link already, the
    others are there on purpose, and so is one whose label or column says `PDF` or names the mirror. DOIs are
    left alone.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/pdf/1706.03762.pdf |
        | Layer Normalization | 2016 | [Link](https://www.alphaxiv.org/abs/1607.06450) |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |
        | Layer Normalization | 2016 | [Link](https://arxiv.org/abs/1607.06450) |

    Fix safety: safe; the link leads to the same paper, and to the same version where it named one. Unsafe for
    `html`, which arXiv does not have of every paper.
    """
    from littable.rules._arxiv_forms import detours  # late: runs on request only

    told: set[Span] = set()
    wanted = LinkForm(ctx.settings.arxiv_link_form)
    for entry in document.entries:
        if entry.torn:  # what looks like the end of an address may go on behind a stray pipe
            continue
        for detour in detours(entry, wanted):
            link = detour.link.link
            if link.url_span not in told:
                told.add(link.url_span)
                yield this.report(
                    link.url_span, _message(detour, wanted), entry=entry, fix=_fix(entry, detour, wanted)
                )


def _message(detour: Detour, wanted: LinkForm) -> str:
    from littable.rules._arxiv_forms import PAGES, Way

    if detour.way is Way.REDIRECTED:
        return f"link leads to arXiv by way of {detour.what}"
    if detour.way is Way.COPY:
        return f"link leads to {detour.what} instead of arxiv.org"
    if detour.way is Way.MIRROR:
        return f"link leads to {detour.what} instead of arXiv"
    return f"link leads to {detour.what} instead of {PAGES[wanted]}"


def _fix(entry: Entry, detour: Detour, wanted: LinkForm) -> Fix:
    applicability = Applicability.UNSAFE if wanted is LinkForm.HTML else Applicability.SAFE
    return Fix(
        f"link {detour.url}", tuple(_edits(entry.row.source, detour.link.link, detour.url)), applicability
    )


def _edits(source: str, link: Link, url: str) -> Iterator[Edit]:
    """In the address, and in a label that repeats it."""
    yield Edit(link.url_span, url)
    written, label = link.url_span.of(source), link.text_span.of(source)
    if link.text_span != link.url_span and written in label:
        start = link.text_span.start + label.index(written)
        yield Edit(Span(start, start + len(written)), url)
