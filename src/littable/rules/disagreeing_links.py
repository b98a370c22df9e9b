from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Related
from littable.document.entry import Entry, PaperLink
from littable.document.model import Document
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._labels import names_nothing_else
from littable.rules._paper_links import link_span
from littable.rules._rule import Finding, Rule, rule


@rule("LT311")
def disagreeing_links(this: Rule, document: Document, _: Context) -> Iterator[Finding]:
    """One row links two different papers.

    Why: one of the links was left over from another row, and readers follow the wrong one. Two forms of one
    link agree (abs, pdf, a mirror, the DOI), and so does a publisher's page beside arXiv. A link with a label
    of its own, such as *Extension* or *Supplement*, may lead to another paper.

    Bad:
        | Title | Link |
        | --- | --- |
        | [Attention](https://arxiv.org/abs/1706.03762) | [PDF](https://arxiv.org/pdf/1810.04805) |

    Good:
        | Title | Link |
        | --- | --- |
        | [Attention](https://arxiv.org/abs/1706.03762) | [PDF](https://arxiv.org/pdf/1706.03762) |
    """
    for entry in document.entries:
        links = [link for link in entry.links if link.role in (Role.LINK, Role.TITLE) and _arxiv_id(link)]
        if len(links) < 2 or len({_arxiv_id(link) for link in links}) < 2:
            continue
        first, *others = [link for link in links if _means_the_paper(entry, link)] or links[:1]
        told = {_arxiv_id(first)}
        for link in others:
            if _arxiv_id(link) not in told:
                told.add(_arxiv_id(link))
                related = Related(link_span(first), f"this link is to {_arxiv_id(first)}")
                both = f"{_arxiv_id(first)} and {_arxiv_id(link)}"
                message = f"the {entry.shape.noun} links {both}, two different papers"
                yield this.report(link_span(link), message, entry=entry, related=[related])


def _arxiv_id(link: PaperLink) -> str | None:
    return link.identity.arxiv.id if link.identity and link.identity.arxiv else None


def _means_the_paper(entry: Entry, link: PaperLink) -> bool:
    """Whether the link presents itself as the paper: by the title, a mere label, a badge or its address."""
    title = entry.title
    if title is not None and link.link.text_span.contains(title.span):
        return True
    return names_nothing_else(link.link, entry.row.source)
