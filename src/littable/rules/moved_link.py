from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Severity
from littable.document.model import Document
from littable.rules._context import Context
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._web_links import exchange, followed_links, is_same_by_https, new_address
from littable.rules._wording import shortened

_LONGEST_URL = 100


@rule("LT304", severity=Severity.NOTE, fix=Applicability.SAFE, needs=[Need.LINKS])
def moved_link(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """The page has moved to another address for good.

    Why: redirections are switched off sooner or later, and the link is dead then. The rule speaks of
    permanent redirections only, up to the first that is for now, and of those that lead to the same place
    when asked again; not of one that ends at a login, a consent page or a site's front page. A DOI is where
    it should be, wherever it leads. The same address with `https` is LT305's.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | [Code](https://code.example/old/attention) |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | [Code](https://code.example/new/attention) |

    Fix safety: safe; the new address is where the old one leads. Shown only where the address would have to
    be written in another form than the server gave it.
    """
    if not ctx.facts.links:
        return
    for entry, found in followed_links(document.entries):
        link = found.link
        address = new_address(link, ctx)
        if address is not None and not is_same_by_https(link.url, address):  # which is LT305's
            message = f"page has moved to {shortened(address, _LONGEST_URL)}"
            fix = exchange(link, document.source, address)
            yield this.report(link.url_span, message, entry=entry, fix=fix)
