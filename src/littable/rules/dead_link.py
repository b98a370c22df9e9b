from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.entry import Entry
from littable.document.inline import Link
from littable.document.model import Document
from littable.papers.arxiv_id import ArxivId
from littable.rules._context import Context
from littable.rules._resolution import resolve
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._web_links import exchange, followed_links
from littable.rules._wording import shortened

if TYPE_CHECKING:
    from littable.links.verdict import LinkState

_LONGEST_URL = 100
_SEVERITIES = {"note": Severity.NOTE, "error": Severity.ERROR}


@rule("LT303", severity=Severity.ERROR, fix=Applicability.DISPLAY, needs=[Need.LINKS])
def dead_link(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The link leads to a page that is gone.

    Why: the reader is left without the paper. A link counts as dead only when its server says so twice (404
    or 410), when there is no such host, when the registry of DOIs does not know the identifier, or when git
    has no such file beside the document. A server that refuses robots, wants patience or is out of order has
    said nothing: such links are listed as not checked (`links.unknown` makes notes or errors of them). A link
    that is redirected to a login, a page that asks for consent or a front page is a note. arXiv's papers are
    LT309's.

    Links are asked for with `--links`, or `check = true` in the `[links]` table.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | [Link](https://papers.example/7181-attention.pdf) |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | [Link](https://papers.example/paper/7181) |

    Fix safety: shown only: the file whose name differs in capitals, or the paper on arXiv where the row's
    title tells which it is.

    Options: `links.unknown`, `links.fragments`, `links.accept`, `links.exclude`.
    """
    if not ctx.facts.links:
        return
    for entry, found in followed_links(document.entries):
        link = found.link
        state = ctx.facts.links.get(link.url)
        if state is None:
            continue
        if state.verdict.value == "dead":
            fix = _instead(entry, link, state, document, ctx)
            message = f"link is dead: {_named(state)} {state.reason}"
            yield this.report(link.url_span, message, entry=entry, fix=fix)
        elif state.verdict.value == "unknown":
            yield _unknown(this, entry, link, state, ctx)
        elif state.anchor is False:
            message = f"the page is there, but nothing in it is called '#{link.url.partition('#')[2]}'"
            yield this.report(link.url_span, message, entry=entry, severity=Severity.WARNING)


def _instead(entry: Entry, link: Link, state: LinkState, document: Document, ctx: Context) -> Fix | None:
    """How the file's name is spelt, or the row's paper on arXiv where its title tells which it is."""
    record = resolve(entry, ctx).record
    url = state.moved_to or (ArxivId(record.id).abs_url if record is not None else None)
    if url is None:
        return None
    fix = exchange(link, document.source, url)
    return Fix(fix.title, fix.edits, Applicability.DISPLAY)


def _unknown(this: Rule, entry: Entry, link: Link, state: LinkState, ctx: Context) -> Finding:
    severity = _SEVERITIES.get(ctx.settings.links.unknown, Severity.NOTE if state.astray else None)
    if severity is None:
        return this.skip(link.url_span, state.url, _in_common(state), noun="link")
    problem = "link may be dead" if state.astray else "link could not be checked"
    message = f"{problem}: {_named(state)} {state.reason}"
    return this.report(link.url_span, message, entry=entry, severity=severity)


def _named(state: LinkState) -> str:
    """The address, for formats that show no source; a reason that is about a file names it."""
    return shortened(state.url, _LONGEST_URL) if "://" in state.url else "it"


def _in_common(state: LinkState) -> str:
    """The reason in the words that it shares with other links, since reports count links by reasons."""
    if not state.redirects:
        return state.reason
    return state.reason.replace(f"leads to {state.redirects[-1]}, which ", "leads to a page that ", 1)
