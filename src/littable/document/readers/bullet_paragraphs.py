"""Papers in plain paragraphs or lines, one below the other without bullets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from littable.document.citations.evidence import LIKELY, STRONG, score
from littable.document.citations.items import lines_span
from littable.document.citations.nodes import Mark
from littable.document.citations.reading import read_line, read_more
from littable.document.labelled import read_label
from littable.document.outline import Block, Kind
from littable.document.page import Page
from littable.document.readers.bullet_candidates import Candidate
from littable.document.readers.bullet_judging import is_no_place, settle_notes
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_NUMBERED = lazy(
    r"\s*(?:\*\*)?(?:\[\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)]\s"
    r"|[•●▪◦‣·▸►■◆🔹🔸▶➤☆★✅📄📌📝📃]\ufe0f?\s)"
)
_BOLD = lazy(r"\s*(?:\*\*[^*\n]{8,}\*\*|__[^_\n]{8,}__)\s*")
_FEWEST = 3
_SHARE = 0.6
_ENOUGH = 3.5


def read_paragraphs(page: Page, lists: Sequence[Span] = ()) -> Iterator[list[Candidate]]:
    """The papers of each run of paragraphs that are written alike; ``lists`` are read as papers already."""
    claimed = [listing.span for listing in page.listings]
    found: list[list[Candidate]] = []
    for section in page.sections:
        blocks = [block for block in section.blocks if _is_free(page, block, claimed)]
        if blocks and page.may_hold_papers(blocks[0].start):
            found.append(_papers(page, blocks, _lists_below(page, section.blocks, (*claimed, *lists))))
    usual = _usual_manners(found)
    for papers in found:
        if papers and (_are_enough(page, papers) or all(_manner(one) in usual for one in papers)):
            settle_notes(papers)
            yield papers


def _are_enough(page: Page, papers: Sequence[Candidate]) -> bool:
    return len(papers) >= (1 if page.is_chosen(papers[0].start) else _FEWEST)


def _usual_manners(found: Iterable[Sequence[Candidate]]) -> set[tuple[object, ...]]:
    """How most of the papers are written where enough of them are on the page, under any headings."""
    counts = Counter(_manner(one) for papers in found for one in papers)
    total = counts.total()
    return {manner for manner, count in counts.items() if count >= _FEWEST and count * 2 >= total}


def _manner(one: Candidate) -> tuple[object, ...]:
    citation = one.citation
    assert citation is not None
    assert citation.title is not None
    return citation.title.mark, citation.paper > 0 or citation.people == 2


def _is_free(page: Page, block: Block, claimed: Iterable[Span]) -> bool:
    if block.kind is not Kind.PARAGRAPH or any(outer.kind is not Kind.QUOTE for outer in block.containers):
        return False
    if block.broken is not None or any(page.source.startswith("|", line.start) for line in block.lines):
        return False  # rows that a table has lost
    return not any(span.start < block.end and block.start < span.end for span in claimed)


def _lists_below(page: Page, blocks: Sequence[Block], claimed: Sequence[Span]) -> dict[int, list[Block]]:
    """What labelled items say right below a paragraph in bold, by where that begins."""
    found: dict[int, list[Block]] = {}
    items: list[Block] | None = None
    for block in blocks:
        if not block.containers:
            items = None
            if block.kind is Kind.PARAGRAPH and _BOLD.fullmatch(page.shown, block.start, _stop(block)):
                items = found[block.start] = []
        elif items is not None:
            items.append(block)
    return {start: below for start, below in found.items() if below and _are_fields(page, below, claimed)}


def _stop(block: Block) -> int:
    return block.lines[-1].end if block.lines else block.end


def _are_fields(page: Page, blocks: Sequence[Block], claimed: Sequence[Span]) -> bool:
    """Whether all items are labelled, and one of them leads to the paper."""
    roles: set[Role] = set()
    for block in blocks:
        if block.kind is not Kind.PARAGRAPH or any(outer.kind is Kind.QUOTE for outer in block.containers):
            return False
        if any(span.start < block.end and block.start < span.end for span in claimed):
            return False
        label = read_label(page.shown, block.lines[0].start, block.lines[-1].end)
        if label is None:
            return False
        roles.update(label.roles)
    return Role.LINK in roles


def _papers(page: Page, blocks: Sequence[Block], said: Mapping[int, Sequence[Block]]) -> list[Candidate]:
    candidates = [one for block in blocks for one in _candidates(page, block, said.get(block.start, ()))]
    chosen = page.is_chosen(blocks[0].start)
    papers = [one for one in candidates if _is_paper(one)]
    if is_no_place(page, blocks[0].start):
        return []
    if not chosen and len(papers) < _SHARE * sum(_says_something(page, one) for one in candidates):
        return []
    return papers


def _candidates(page: Page, block: Block, said: Sequence[Block]) -> Iterator[Candidate]:
    for span in _pieces(page, block):
        citation = read_line(page.shown, span, page.definitions)
        for field in said:
            read_more(page.shown, citation, lines_span(field), page.definitions)
        stop = said[-1].lines[-1].end if said else span.end
        yield Candidate(span.start, stop, citation, score=score(citation))


def _pieces(page: Page, block: Block) -> list[Span]:
    """The lines of a paragraph, where each is an entry; else the whole of it."""
    lines, shown = block.lines, page.shown
    whole = [Span(lines[0].start, lines[-1].end)]
    if len(lines) == 1:
        return whole
    begun = [at for at, line in enumerate(lines) if _NUMBERED.match(shown, line.start, line.end)]
    if len(begun) > 1 and begun[0] == 0:
        ends = [*begun[1:], len(lines)]
        return [Span(lines[at].start, lines[end - 1].end) for at, end in zip(begun, ends, strict=True)]
    alone = [score(read_line(shown, line, page.definitions)) >= LIKELY for line in lines]
    return list(lines) if sum(alone) >= 2 and sum(alone) >= _SHARE * len(lines) else whole


def _is_paper(one: Candidate) -> bool:
    """Whether a paragraph begins with a title or its authors, and says little that is neither."""
    citation = one.citation
    if citation is None or citation.title is None or one.score < LIKELY or citation.before:
        return False
    if citation.title.mark is Mark.TEXT and not (citation.people == 2 and (citation.venue or citation.dated)):
        return one.score >= _ENOUGH and citation.paper == 2 and citation.behind < 6
    return one.score >= STRONG or citation.paper == 2


def _says_something(page: Page, one: Candidate) -> bool:
    """Whether it is more than a line of pictures or a caption."""
    citation = one.citation
    text = page.shown[one.start : one.stop]
    if citation is None or text.startswith(("<!--", "![", "[//]")):
        return False
    return citation.title is not None or citation.links > 0 or len(text) > 80
