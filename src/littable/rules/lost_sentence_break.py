from __future__ import annotations

from collections.abc import Iterator, Sequence

from littable.diagnostic import Applicability, Fix, Severity
from littable.document.entry import Entry, Field
from littable.document.inline import find_links
from littable.document.model import Document
from littable.roles import Role
from littable.rules._context import Context
from littable.rules._papers import known_papers
from littable.rules._rule import Finding, Need, Rule, rule
from littable.rules._wording import quoted
from littable.text import Edit, Span, apply_edits

_WORD = 30
_BARE = ("http", "www.")
_EDGES = " <>|"


@rule("LT207", severity=Severity.NOTE, fix=Applicability.SAFE, needs={Need.PAPERS}, compares=Role.ABSTRACT)
def lost_sentence_break(this: Rule, document: Document, ctx: Context) -> Iterator[Finding]:
    """Two sentences of an abstract run into each other where the record has a blank or line end.

    Why: arXiv's pages show some line ends that a copy loses. `tasks.We` then reads like a file name, and
    GitHub may even make a link of it.

    Nothing is guessed: only a place where the record has the break between the same words counts, so that
    `Node.js`, `e.g.` and file names are what the paper says they are.

    Bad:
        | Title | Abstract |
        | --- | --- |
        | [WMDP](https://arxiv.org/abs/2403.03218) | We test models on hard tasks.We release all data. |

    Good:
        | Title | Abstract |
        | --- | --- |
        | [WMDP](https://arxiv.org/abs/2403.03218) | We test models on hard tasks. We release all data. |

    Fix safety: safe; a blank is put in, and nothing else is touched.
    """
    known = known_papers(document, ctx)
    if not known:
        return
    from littable.prose.breaks import may_have_lost_breaks  # late: a run without records reads no prose

    for entry, record in known:
        abstract = entry.abstract
        if abstract is None or abstract.text == record.abstract:
            continue
        if may_have_lost_breaks(abstract.text):
            yield from _judge(this, entry, abstract, record.abstract)


def _judge(this: Rule, entry: Entry, abstract: Field, record: str) -> Iterator[Finding]:
    from littable.prose.breaks import lost_breaks

    edits = lost_breaks(abstract.text, record)
    kept = _outside_markup(entry, abstract, edits) if edits else []
    if not kept:
        return
    moved = [Edit(_moved(edit.span, abstract.span.start), edit.text) for edit in kept]
    run_on = _around(abstract.text, kept[0].span)
    more = f" ({len(kept) - 1} more)" if len(kept) > 1 else ""
    yield this.report(
        _moved(run_on, abstract.span.start),
        f"no blank between sentences: {quoted(run_on.of(abstract.text))}{more}",
        entry=entry,
        fix=Fix(_title(abstract.text, run_on, kept), tuple(moved), Applicability.SAFE),
    )


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _outside_markup(entry: Entry, abstract: Field, edits: Sequence[Edit]) -> list[Edit]:
    """The edits that touch no code, no tag and no target of a link; a bare address may end earlier."""
    from littable.rules._running_text import verbatim

    text = abstract.text
    links = find_links(text, 0, len(text), entry.listing.definitions)
    spans = [span for span in verbatim(text, links) if not text.startswith(_BARE, span[0])]
    return [edit for edit in edits if not any(start < edit.span.start < end for start, end in spans)]


def _around(text: str, span: Span) -> Span:
    """The two words that stand around a place."""
    before, after = text[max(0, span.start - _WORD) : span.start], text[span.end : span.end + _WORD]
    start = span.start - len(before) + max(map(before.rfind, _EDGES)) + 1
    end = span.end + min((at for at in map(after.find, _EDGES) if at >= 0), default=len(after))
    return Span(start, end)


def _title(text: str, run_on: Span, edits: Sequence[Edit]) -> str:
    if len(edits) > 1:
        return f"put in {len(edits)} blanks"
    inside = Edit(_moved(edits[0].span, -run_on.start), edits[0].text)
    return f"write {quoted(apply_edits(run_on.of(text), [inside]))}"
