r"""All TeX that is left in the running text of a cell, each piece with its reading as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from littable.document.inline import Link, LinkKind, find_links
from littable.patterns import lazy
from littable.rules._running_text import mask, mathematics, verbatim
from littable.rules._tex.accents import accents
from littable.rules._tex.markdown import formula
from littable.rules._tex.presence import MACRO_IN_FORMULA
from littable.rules._tex.reader import Reader
from littable.rules._tex.residue import Residue
from littable.rules._tex.typography import quotation_marks, signs
from littable.text import Edit, Span

_ESCAPED_BYTE = lazy(r"\\{1,2}(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})")
_FORMULA_MARK = lazy(r"(?<!\\)\\{1,2}([()\[\]])")
_CLOSING = {"(": ")", "[": "]"}
_FORMAL = lazy(
    r"\\{1,2}[A-Za-z]{2}|\\{1,2}[,;%{}]|[\^_](?:[{\d]|[A-Za-z](?![A-Za-z]))|[\u0370-\u03ff\u2200-\u22ff]"
)
_ENVIRONMENT_END = lazy(r"\\{1,2}(begin|end)\{(?:equation|align|gather|multline|eqnarray|array|cases)\*?\}")
_ADDRESS_ESCAPE = lazy(r"\$\\([_%&#~])\$|\\([_%&#~])")

Definitions = Mapping[str, tuple[str, Span]]


def residues(raw: str, *, names: bool = False, definitions: Definitions | None = None) -> list[Residue]:
    """The TeX in the text of a cell, in order; no two pieces edit the same place.

    ``names`` says that the text is a list of people. Nothing is said of a text with a dollar that has lost
    its partner, since nobody can tell where its formulas begin.
    """
    quotations = quotation_marks(raw)
    unquoted = mask(raw, (_bounds(edit.span) for found in quotations for edit in found.edits))
    links = find_links(unquoted, 0, len(raw), definitions)
    hidden = mask(unquoted, [*verbatim(unquoted, links), *_spans(_ESCAPED_BYTE, unquoted)])
    dollars = mathematics(hidden)
    if dollars.torn:
        return []
    environments = list(_environments(hidden))
    text = mask(hidden, [*dollars.spans, *environments])
    labels = [link.text_span for link in links]
    formulas = list(_formulas(raw, text, labels))
    text = mask(text, ((found.start, found.end) for found in formulas))
    found = [
        *quotations,
        *(Residue(*span) for span in environments),
        *formulas,
        *accents(text, names=names),
        *signs(text),
        *Reader(raw, text, labels).residues(),
        *_macros_in(raw, dollars.spans),
        *_escaped_addresses(raw, links),
    ]
    return _disjoint(found, len(raw))


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text))


def _environments(text: str) -> Iterator[tuple[int, int]]:
    r"""From ``\begin{equation}`` to ``\end{equation}`` and the like, the outermost where they are nested."""
    depth = start = 0
    for match in _ENVIRONMENT_END.finditer(text):
        if match[1] == "begin":
            start = start if depth else match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, match.end()


def _formulas(raw: str, text: str, labels: Sequence[Span]) -> Iterator[Residue]:
    r"""What stands between ``\(`` and ``\)`` or between ``\[`` and ``\]``.

    Tools escape brackets in Markdown too, so one pair of a kind must hold something that only a formula has.
    GitHub renders no formula in the text of a link or in emphasis, so nothing is written there.
    """
    emphasised = "*" in text
    pairs: dict[str, list[tuple[int, int, int, int]]] = {"(": [], "[": []}
    opening: re.Match[str] | None = None
    for mark in _FORMULA_MARK.finditer(text):
        if opening is not None and mark[1] == _CLOSING[opening[1]]:
            pairs[opening[1]].append((*opening.span(), *mark.span()))
            opening = None
        elif mark[1] in _CLOSING:
            opening = mark
    for found in pairs.values():
        if any(_FORMAL.search(text, second, third) for _, second, third, _ in found):
            for first, second, third, last in found:
                labelled = any(label.contains(Span(first, last)) for label in labels)
                if emphasised or labelled:
                    yield Residue(first, last)
                else:
                    yield formula(raw, first, last, raw[second:third])


def _macros_in(raw: str, formulas: Iterable[tuple[int, int]]) -> Iterator[Residue]:
    """Authors' macros in formulas, at which MathJax gives up."""
    for start, end in formulas:
        for match in MACRO_IN_FORMULA.finditer(raw, start, end):
            yield Residue(*match.span())


def _escaped_addresses(raw: str, links: Iterable[Link]) -> Iterator[Residue]:
    r"""Bare addresses with TeX's escapes (``https://ex.org/a\_b``), which GitHub links as they stand."""
    for link in links:
        if link.kind is LinkKind.BARE and "{" not in link.url:
            escapes = list(_ADDRESS_ESCAPE.finditer(raw, *_bounds(link.span)))
            if escapes and link.url.count("$") == sum(escape[0].count("$") for escape in escapes):
                edits = tuple(Edit(Span(*escape.span()), escape[1] or escape[2]) for escape in escapes)
                yield Residue(link.span.start, link.span.end, edits)


def _disjoint(found: Iterable[Residue], length: int) -> list[Residue]:
    """The residues in order, without those that edit or stand in what an earlier one edits."""
    kept: list[Residue] = []
    taken = bytearray(length)
    for residue in found:
        spans = [edit.span for edit in residue.edits]
        if taken[residue.start] or any(taken.find(1, span.start, span.end) >= 0 for span in spans):
            continue
        kept.append(residue)
        for span in spans:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    return sorted(kept, key=lambda residue: (residue.start, -residue.end))
