from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Fix
from littable.document.cells import escape
from littable.document.entry import Field
from littable.document.inline import find_links
from littable.document.model import Document
from littable.rules._agreement import trust
from littable.rules._context import Context
from littable.rules._papers import record_of
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
        record = record_of(entry, ctx)
        hidden = placeholders(abstract.text, record.abstract if record else "")
        if not hidden:
            continue
        labels = _Labels(abstract, entry.listing.definitions)
        applicability = trust(entry, record) if record else None
        for found in hidden:
            span = Span(abstract.span.start + found.span.start, abstract.span.start + found.span.end)
            if not labels.hold(span):
                message = f"{quoted(span.of(document.source))} stands for an address{_known(found)}"
                fix = _fix(abstract, span, found, applicability) if applicability is not None else None
                yield this.report(span, message, entry=entry, fix=fix)


def _known(found: Placeholder) -> str:
    return f": {found.url}" if found.url else ""


class _Labels:
    """The labels of the links in an abstract: words in them lead where the link leads."""

    def __init__(self, abstract: Field, definitions: Mapping[str, tuple[str, Span]]) -> None:
        links = find_links(abstract.source, abstract.span.start, abstract.span.end, definitions)
        labels = sorted(link.text_span for link in links)
        self._starts = [label.start for label in labels]
        self._furthest = list(accumulate((label.end for label in labels), max))

    def hold(self, span: Span) -> bool:
        """Whether one of the labels contains the span."""
        before = bisect_right(self._starts, span.start)
        return before > 0 and self._furthest[before - 1] >= span.end


def _fix(abstract: Field, span: Span, found: Placeholder, applicability: Applicability) -> Fix | None:
    text = found.url or found.text
    if not text:
        return None
    source, start, end = abstract.source, span.start, span.end
    if source.startswith(_WRAPPER, start - len(_WRAPPER)) and source.startswith("}", end):
        start, end = start - len(_WRAPPER), end + 1
    title = f"write {quoted(text)}"
    written = abstract.place.written(_written(text, found, source[end : end + 1]))
    return Fix.replace(Span(start, end), written, title, applicability)


def _written(text: str, found: Placeholder, following: str) -> str:
    """The address as a cell can hold it; a letter behind it that GitHub would link too is kept out."""
    safe = escape(text)
    return f"<{safe}>" if found.url and "://" in text and not following.isascii() else safe
