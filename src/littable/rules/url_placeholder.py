from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Fix
from littable.document.cells import escape
from littable.document.entry import Entry, Field
from littable.document.inline import find_links
from littable.document.model import Document
from littable.papers.sources import Found
from littable.rules._agreement import trust
from littable.rules._context import Context
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._wording import quoted
from littable.text import Span

if TYPE_CHECKING:
    from littable.prose.placeholders import Placeholder

_WRAPPER = "\\url{"


@rule("LT204", fix=Applicability.SAFE, needs={Need.PAPERS})
def url_placeholder(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    r"""The abstract says "this https URL" where the paper gives an address.

    Why: arXiv's page shows a link under these words. Copied without the link, they lead nowhere.

    Bad:
        | Title | Abstract |
        | --- | --- |
        | [DoRA](https://arxiv.org/abs/2402.09353) | Code is available at this https URL. |

    Good:
        | Title | Abstract |
        | --- | --- |
        | [DoRA](https://arxiv.org/abs/2402.09353) | Code is available at https://github.com/NVlabs/DoRA. |

    Fix safety: safe where the row names the arXiv paper and its title agrees with the record: the words, and
    a `\url{…}` around them, are replaced by the address that the record has in their place. Without a
    record, or where the record has no address there, nothing is changed.
    """
    if "URL" not in document.source:
        return
    from littable.prose.placeholders import placeholders  # late: most files have none

    for entry in document.entries:
        abstract = entry.abstract
        if abstract is None or "URL" not in abstract.text:
            continue
        record = _record_text(entry, ctx)
        for found in placeholders(abstract.text, record):
            span = Span(abstract.span.start + found.span.start, abstract.span.start + found.span.end)
            if not _is_label(abstract, span):
                message = f"{quoted(span.of(document.source))} stands for an address{_known(found)}"
                yield this.report(span, message, entry=entry, fix=_fix(entry, span, found, ctx))


def _known(found: Placeholder) -> str:
    return f": {found.url}" if found.url else ""


def _record_text(entry: Entry, ctx: Context) -> str:
    lookup = ctx.facts.paper(entry.arxiv_id) if entry.arxiv_id else None
    return lookup.record.abstract if isinstance(lookup, Found) else ""


def _is_label(abstract: Field, span: Span) -> bool:
    """Whether the words are the label of a link, which then leads there."""
    links = find_links(abstract.source, abstract.span.start, abstract.span.end)
    return any(link.text_span.contains(span) for link in links)


def _fix(entry: Entry, span: Span, found: Placeholder, ctx: Context) -> Fix | None:
    text = found.url or found.text
    lookup = ctx.facts.paper(entry.arxiv_id) if entry.arxiv_id else None
    if not text or not isinstance(lookup, Found):
        return None
    source = entry.row.source
    start, end = span.start, span.end
    if source.startswith(_WRAPPER, start - len(_WRAPPER)) and source.startswith("}", end):
        start, end = start - len(_WRAPPER), end + 1
    title = f"write {quoted(text)}"
    return Fix.replace(
        Span(start, end), _written(text, found, source[end]), title, trust(entry, lookup.record)
    )


def _written(text: str, found: Placeholder, following: str) -> str:
    """The address as a cell can hold it; a letter behind it that GitHub would link too is kept out."""
    safe = escape(text)
    return f"<{safe}>" if found.url and "://" in text and not following.isascii() else safe
