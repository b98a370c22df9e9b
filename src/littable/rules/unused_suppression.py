from __future__ import annotations

from collections.abc import Iterator

from littable.diagnostic import Applicability, Fix
from littable.document.model import Document
from littable.document.suppressions import Suppression
from littable.papers.sources import Unavailable
from littable.rules._context import Context
from littable.rules._registry import all_rules
from littable.rules._rule import Finding, Need, Rule, Stage, rule
from littable.rules._web_links import followed_links, is_askable
from littable.rules._whole_lines import delete_lines
from littable.text import Edit, Span


@rule("LT901", fix=Applicability.SAFE, stage=Stage.SUPPRESSION)
def unused_suppression(this: Rule, document: Document, context: Context) -> Iterator[Finding]:
    """A comment suppresses nothing.

    Why: what it silenced has been mended, and the comment would hide the next mistake in its place. Only
    rules that ran are judged: when arXiv was not asked, a comment about a stale abstract stays, and a comment
    without codes is judged only when no rule was switched off.

    Bad:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need <!-- littable: ignore[LT401] --> | 2017 | arXiv:1706.03762 |

    Good:
        | Title | Year | Link |
        | --- | --- | --- |
        | Attention Is All You Need | 2017 | https://arxiv.org/abs/1706.03762 |

    Fix safety: safe; only the code that is of no use is removed, or the comment when none of its codes is.
    Where taking away a line of its own could join the text around it, the fix is only shown.
    """
    for use in context.uses:
        suppression = use.suppression
        if not suppression.codes:
            if not use.whole and _was_judged("", document, context, suppression):
                yield _whole(this, document, suppression)
            continue
        unused = [
            at
            for at, (code, _) in enumerate(suppression.codes)
            if code not in use.codes and _was_judged(code, document, context, suppression)
        ]
        if len(unused) == len(suppression.codes):
            yield _whole(this, document, suppression)
        else:
            yield from (_single(this, suppression, at) for at in unused)


def _was_judged(code: str, document: Document, context: Context, suppression: Suppression) -> bool:
    """Whether every rule that the code or prefix means, but those off by default, ran and could judge."""
    meant = [rule for rule in all_rules() if rule.code.startswith(code)]
    if code and any(rule.stage is Stage.SUPPRESSION for rule in meant):
        return False
    meant = [rule for rule in meant if rule.stage is Stage.DOCUMENT]
    needed = [rule for rule in meant if rule.code == code or rule.runs(context.settings)]
    if not needed or not all(rule.code in context.active for rule in needed):
        return False
    needs = {need for rule in meant if rule.code in context.active for need in rule.needs}
    if Need.LINKS in needs and not _links_were_known(document, context, suppression.covers):
        return False
    return needs <= {Need.LINKS} or _papers_were_known(document, context, suppression.covers)


def _links_were_known(document: Document, context: Context, covers: Span) -> bool:
    if not context.facts.links:
        return False
    entries = [entry for entry in document.entries if covers.start <= entry.span.start < covers.end]
    asked = (found.link.url for _, found in followed_links(entries) if is_askable(found))
    states = map(context.facts.links.get, asked)
    return all(state is not None and state.verdict.value != "unknown" for state in states)


def _papers_were_known(document: Document, context: Context, covers: Span) -> bool:
    if not context.facts.papers:
        return False
    ids = [entry.arxiv_id for entry in document.entries if covers.start <= entry.span.start < covers.end]
    return not any(isinstance(context.facts.paper(paper), Unavailable) for paper in ids if paper)


def _whole(this: Rule, document: Document, suppression: Suppression) -> Finding:
    named = ", ".join(code for code, _ in suppression.codes)
    message = f"no finding of {named} to suppress" if named else "no finding to suppress"
    return this.report(suppression.span, message, fix=_without_comment(document, suppression.span))


def _single(this: Rule, suppression: Suppression, at: int) -> Finding:
    code, span = suppression.codes[at]
    start, end = span.start, span.end
    if at > 0:
        start = suppression.codes[at - 1][1].end
    else:
        end = suppression.codes[1][1].start
    fix = Fix(f"remove {code} from the comment", (Edit(Span(start, end), ""),), Applicability.SAFE)
    return this.report(span, f"no finding of {code} to suppress", fix=fix)


def _without_comment(document: Document, span: Span) -> Fix:
    """Take the comment away with the blanks before it, or the whole line when nothing else stands on it.

    Safe only where that joins nothing: words that the comment parts, or the lines above and below it.
    """
    source, lines = document.source, document.lines
    row = lines.row(span.start)
    line = lines.line(row)
    before, after = source[line.start : span.start], source[span.end : line.end]
    if before.strip() or after.strip():
        apart = before[-1:] in (" ", "\t", "|") and after[:1] in ("", " ", "\t", "|")
        apart = apart and bool(before.strip(" \t>"))  # what a comment before it hides may be a table
        edit = Edit(_with_blanks(source, line, span), "")
        surplus_cell = before.rstrip().endswith("|") and not after.strip()
    else:
        apart = _is_blank(document, row - 1) or _is_blank(document, row + 1)
        edit, surplus_cell = delete_lines(lines, span), False
    trust = Applicability.SAFE if apart else Applicability.DISPLAY
    return Fix("remove the comment", (edit,), trust, reshapes=surplus_cell)


def _is_blank(document: Document, row: int) -> bool:
    if not 1 <= row <= len(document.lines.starts):
        return True
    return not document.lines.line(row).of(document.source).strip()


def _with_blanks(source: str, line: Span, span: Span) -> Span:
    start, end = span.start, span.end
    while start > line.start and source[start - 1] in " \t":
        start -= 1
    if start > line.start and (source[start - 1] != "|" or end == line.end):
        return Span(start, end)
    while end < line.end and source[end] in " \t":
        end += 1
    return Span(span.start, end)
