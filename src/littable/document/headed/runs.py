"""Papers without headings: a line in bold type, or a label that names a title, begins each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from littable.document.fields import strip_blanks
from littable.document.headed.candidates import Candidate, end_of_text
from littable.document.headed.choice import choose, score
from littable.document.headed.claims import Claims
from littable.document.headed.head import Head
from littable.document.headed.heading import read_head
from littable.document.headed.labels import bare_label, label_at
from littable.document.headed.lines import Statement
from littable.document.headed.link_lines import is_wordy
from littable.document.headed.paper import read_found
from littable.document.headed.statements import read_statements
from littable.document.inline import find_links
from littable.document.outline import Block, Kind
from littable.document.page import Page
from littable.document.plain import plain
from littable.document.sections import Section
from littable.papers.identifiers import names_paper
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_BOLD_LINES = 0
_LABELLED = -1
_FEWEST_BOLD = 3
_SURE = 5
_FEWEST_BARE = 5
# A line in bold type may have a number, an icon or a tag before it, and links behind.
_BOLD = lazy(
    r"[^\w*_<\[\n]{0,6}(?:\d{1,3}[.)]\s|\[[^\[\]\n]{1,30}\]\s)?\s*(?:\*\*|__|<b>|<strong>|\[\*\*)(?=\S)"
)
_LINK = lazy(r"\[(?!\*\*)[^\[\]\n]{12,300}\]\(")
_BREAK = lazy(r"\s*(?:<br\s*/?>|\\)?\s*$")
_MOST_BLOCKS = 8
_MOST_OUTSIDE = 12


@dataclass(slots=True)
class _Start:
    """Where a paper begins: the block and its line, and the text that names the paper."""

    group: int
    at: int
    start: int
    name: Span
    head: Head


def read_runs(page: Page, claims: Claims, taken: Sequence[Span]) -> list[Candidate]:
    """The papers outside of ``taken`` that begin with a line in bold type or with a label."""
    found: list[Candidate] = []
    spans = iter(sorted(taken, key=lambda span: span.start))
    current = next(spans, None)
    for section in page.sections:
        if not page.may_hold_papers(section.start):
            continue
        while current is not None and current.end <= section.start:
            current = next(spans, None)
        blocks = section.blocks
        if current is not None and current.start <= section.start:
            blocks = [block for block in blocks if block.start >= current.end]
        found += _of_section(page, claims, section, blocks)
    labelled = [one for one in found if one.group == _LABELLED]
    bold = [one for one in found if one.group == _BOLD_LINES]
    if all(_is_bare(one) for one in bold) and len(bold) < _FEWEST_BARE:
        bold = []
    chosen = choose(page, labelled, {})
    lines = choose(page, bold, {})
    sure = len(lines) >= _FEWEST_BOLD or all(score(one) >= _SURE for one in lines)
    return [*chosen, *(lines if sure else [])]


def _is_bare(one: Candidate) -> bool:
    """Whether nothing but a title with its link is said, as of the references of a project."""
    return not one.found.names and not one.found.texts and not one.found.labels


def _of_section(page: Page, claims: Claims, section: Section, blocks: Sequence[Block]) -> Iterable[Candidate]:
    starts = [start for at, block in enumerate(blocks) if (start := _start(page, at, block)) is not None]
    if any(start.group == _LABELLED for start in starts):
        starts = [start for start in starts if start.group == _LABELLED]
    for index, start in enumerate(starts):
        stop = starts[index + 1].at if index + 1 < len(starts) else len(blocks)
        candidate = _candidate(page, claims, section, start, blocks[start.at : stop])
        if candidate is not None:
            yield candidate


def _start(page: Page, at: int, block: Block) -> _Start | None:
    if block.kind is not Kind.PARAGRAPH or not block.lines:
        return None
    source, line = page.shown, block.lines[0]
    label = label_at(source, line.start, line.end)
    if label is not None and label.roles[:1] == (Role.TITLE,) and Role.LINK not in label.roles:
        outer = block.containers[0].start if block.containers else block.start
        name = strip_blanks(source, Span(label.end, line.end))
        if len(block.containers) > 1 or name.end <= name.start:
            return None
        return _Start(_LABELLED, at, outer, name, read_head(page, name))
    if block.containers or label is not None or line.end - line.start > 400:
        return None
    if bare_label(source, line.start, line.end) is not None:
        return None
    bold = _bold_line(page, line)
    return _Start(_BOLD_LINES, at, block.start, bold, read_head(page, bold)) if bold is not None else None


def _bold_line(page: Page, line: Span) -> Span | None:
    """The line, if it is one run in bold type or one link to a paper, links behind it set aside."""
    source = page.shown
    end = line.end
    if trailing := _BREAK.search(source, max(line.start, end - 16), end):
        end = trailing.start()
    span = strip_blanks(source, Span(line.start, end))
    bold = _BOLD.match(source, span.start, span.end)
    link = None if bold else _LINK.match(source, span.start, span.end)
    if bold is None and link is None:
        return None
    links = find_links(source, span.start, span.end, page.definitions)
    position = span.start
    rest: list[str] = []
    for one in links:
        if one.span.start >= position:
            rest.append(source[position : one.span.start])
            position = one.span.end
    rest.append(source[position : span.end])
    if link is not None:
        first = links[0] if links else None
        if first is None or not names_paper(first.url) or len(plain("".join(rest))) > _MOST_OUTSIDE:
            return None
        return span if is_wordy(plain(first.text_span.of(source))) else None
    return span if len(_BOLD_RUN.sub("", "".join(rest)).strip()) <= _MOST_OUTSIDE else None


_BOLD_RUN = lazy(r"\*\*[^*\n]*\*\*|__[^_\n]*__|<(?:b|strong)>[^<>\n]*</(?:b|strong)>|\*\*")


def _candidate(
    page: Page, claims: Claims, section: Section, start: _Start, blocks: Sequence[Block]
) -> Candidate | None:
    """The paper that begins there and goes on until a rule, a table or what others have claimed."""
    own: list[Block] = []
    for block in blocks:
        outer = block.containers[0].start if block.containers else block.start
        if own and (
            block.kind in (Kind.RULE, Kind.TABLE)
            or (outer > start.start and claims.within(Span(outer, block.end)))
        ):
            break
        own.append(block)
        if start.group == _BOLD_LINES and len(own) > _MOST_BLOCKS:
            break
    if claims.within(Span(start.start, own[-1].end)):
        return None
    statements = _behind(page, own)
    found = read_found(page, start.head, statements)
    if start.group == _LABELLED:
        found.labels.add(Role.TITLE)
    end = end_of_text(page.source, start.start, own[-1].end)
    return Candidate(start.group, section, start.head, found, Span(start.start, end))


def _behind(page: Page, blocks: Sequence[Block]) -> list[Statement]:
    """The statements behind the line that names the paper."""
    first = blocks[0]
    rest = Block(first.kind, first.start, first.end, first.containers, first.lines[1:])
    return read_statements(page, [rest, *blocks[1:]] if rest.lines else blocks[1:])
