from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from littable.diagnostic import Applicability, Fix
from littable.document.dates import is_stand_in
from littable.document.entry import Entry
from littable.document.listing import Cell
from littable.document.model import Document
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._labels import is_label
from littable.rules._paper_links import leads_to_paper
from littable.rules._repetition import repeats_header
from littable.rules._resolution import Resolution, Status, resolve
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._wording import quoted

_IDENTIFIER = lazy(
    r"10\.\d{4,9}/|arxiv\s{0,3}[:-]\s{0,3}\w|\b(?:isbn|issn|pmid|pmcid|hdl|urn)\b", re.IGNORECASE
)
# In a table without a column for links, a row that has none is odd only where most others do.
_USUAL = 0.5


_MOST_NAMED = 3


@rule("LT301", fix=Applicability.UNSAFE, needs={Need.PAPERS})
def missing_link(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """A paper has no link and no identifier.

    Why: a reader cannot find the paper, and littable cannot compare it with arXiv. A link to code or a
    picture does not lead to the paper. This rule speaks of tables that link their titles, and of link cells
    that hold a mere word where the address was lost. Empty link cells are LT105's, and spoken of here only
    where papers are known that have the row's title.

    Such papers are looked for by title in `--papers` files and in the store, and with `resolve = true` on
    arXiv. One is taken to be the row's only when its title is the same word by word and an author or the
    year agrees; several, or one that nothing but the title speaks for, are named as such.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | [Link]() |
        | DoRA: Weight-Decomposed Low-Rank Adaptation | 2024 | https://arxiv.org/abs/2402.09353 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | [Link](https://arxiv.org/abs/1706.03762) |
        | DoRA: Weight-Decomposed Low-Rank Adaptation | 2024 | https://arxiv.org/abs/2402.09353 |

    Fix safety: unsafe, since another paper may have the title. Where one paper is taken to be the row's, the
    link to it is written in the manner of the other rows. Nothing is written where another row links that
    paper already.

    Options: `resolve = true` looks for titles on arXiv too, `resolve = false` nowhere.
    """
    for table in document.tables:
        if not table.literature:
            continue
        entries = document.entries_of(table)
        without = [entry for entry in entries if not _leads_somewhere(entry) and not repeats_header(entry)]
        if table.having(Role.LINK):
            speak = _lost
        elif len(without) < len(entries) * _USUAL:
            speak = _unlinked
        else:
            continue
        for entry in without:
            yield from speak(this, entries, entry, ctx)


def _leads_somewhere(entry: Entry) -> bool:
    """Whether anything in the row may lead to the paper."""
    return leads_to_paper(entry) or _IDENTIFIER.search(entry.row.text) is not None


def _lost(this: Rule, entries: Sequence[Entry], entry: Entry, ctx: Context) -> Iterator[Finding]:
    """A word instead of a link, or no link at all where the paper may be known."""
    cells = [cell for _, cell in entry.cells(Role.LINK)]
    filled = [cell for cell in cells if not cell.empty and not is_stand_in(cell.text)]
    if not cells or not all(map(_is_mere_label, filled)):
        return
    resolution = resolve(entry, ctx)
    yield from _skip(this, entry, resolution, ctx)
    cell = (filled or cells)[0]
    if filled or resolution.records:
        message = "the link cell holds no link" if filled else "the paper has no link"
        paper = _to_link(entries, resolution, ctx)
        fix = _link_fix(entries, entry, cell, paper) if paper else None
        span = cell.outer if cell.empty else cell.span
        yield this.report(span, message + _said(resolution, paper), entry=entry, fix=fix)


def _is_mere_label(cell: Cell) -> bool:
    return is_label(plain(cell.text))


def _unlinked(this: Rule, entries: Sequence[Entry], entry: Entry, ctx: Context) -> Iterator[Finding]:
    title = entry.title
    if title is None or is_stand_in(title.text):
        return
    resolution = resolve(entry, ctx)
    yield from _skip(this, entry, resolution, ctx)
    paper = _to_link(entries, resolution, ctx)
    fix = _title_fix(entry, paper) if paper else None
    message = "the paper has no link and no identifier" + _said(resolution, paper)
    yield this.report(title.span, message, entry=entry, fix=fix)


def _to_link(entries: Sequence[Entry], resolution: Resolution, ctx: Context) -> str | None:
    """The paper that a link may be written to: it is accepted, and no other row of the table links it."""
    record = resolution.record
    if record is None:
        return None
    key = f"linked-papers-{entries[0].row.span.start}"
    linked = ctx.shared(key, lambda: {entry.arxiv_id for entry in entries})
    return None if record.id in linked else record.id


def _said(resolution: Resolution, to_link: str | None) -> str:
    """What is known of the paper, as the end of a message."""
    ids = [record.id for record in resolution.records]
    if resolution.status is Status.ACCEPTED:
        return f"; arXiv has it as {ids[0]}" + ("" if to_link else ", which another row links")
    if resolution.status is Status.WEAK:
        return f"; {ids[0]} has its title, {resolution.reason}"
    if resolution.status is Status.AMBIGUOUS:
        named = ", ".join(ids[:_MOST_NAMED]) + (", …" if len(ids) > _MOST_NAMED else "")
        return f"; {len(ids)} papers have its title: {named}"
    return ""


def _skip(this: Rule, entry: Entry, resolution: Resolution, ctx: Context) -> Iterator[Finding]:
    """That nobody could say is worth a line only to those who want titles looked for on arXiv."""
    title = entry.title
    if ctx.settings.resolve and title is not None and resolution.status is Status.UNAVAILABLE:
        yield this.skip(title.span, quoted(title.plain), resolution.reason)


def _link_fix(entries: Sequence[Entry], entry: Entry, cell: Cell, paper: str) -> Fix | None:
    from littable.rules._link_manner import link_fix  # late: few rows lack a link

    return link_fix(entries, entry, cell, paper)


def _title_fix(entry: Entry, paper: str) -> Fix | None:
    from littable.rules._link_manner import title_fix

    return title_fix(entry, paper)
