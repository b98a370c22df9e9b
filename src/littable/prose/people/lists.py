"""The names of a cell, read in the light of a record's names.

A comma may part two names or a family name from a given one, and a missing comma may leave two names
together. The reading that finds most of the record's names is the right one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from littable.prose.people.cells import AuthorCell
from littable.prose.people.matching import Matcher, Pairing, WrittenName, all_known, pair_off
from littable.prose.people.names import Likeness, Name, read_name
from littable.text import Span

# From so many pieces on, only the commonest ways to write a list are tried.
_A_LONG_LIST = 1_000


def read_list(cell: AuthorCell, matcher: Matcher) -> list[Pairing]:
    """The names of a cell with what they are among the record's, in the order written."""
    best: list[Pairing] = []
    most = -1.0
    for names in _readings(cell, matcher):
        pairings = pair_off(names, matcher)
        score = _score(pairings)
        if score > most:
            best, most = pairings, score
        if len(pairings) >= len(matcher.record) and all_known(pairings):
            break
    return best


_WEIGHTS = {
    Likeness.EXACT: 2.0,
    Likeness.SAME: 1.9,
    Likeness.SURNAME: 0.7,
    Likeness.SLIP: 1.1,
    Likeness.KIN: -0.2,
    Likeness.NONE: -0.5,
}


def _score(pairings: Sequence[Pairing]) -> float:
    """How well a reading fits: the names it finds, less those that it does not."""
    return sum(
        _WEIGHTS[Likeness.NONE if pairing.written.comma and pairing.match.surplus else pairing.match.likeness]
        for pairing in pairings
    )


def _readings(cell: AuthorCell, matcher: Matcher) -> Iterator[list[WrittenName]]:
    """The ways in which the pieces may make names, likeliest first."""
    count = len(cell.pieces)
    singles = [(index, index + 1) for index in range(count)]
    yield _names(cell, singles)
    if count <= _A_LONG_LIST:
        yield _names(cell, list(_with_initials(cell)))
    if cell.has_semicolons:
        groups = list(_groups(cell))
        yield _names(cell, groups)
        yield _names(cell, [(first, first + 1) for first, _ in groups])
    if cell.has_semicolons or count > _A_LONG_LIST:
        return
    if count >= 2 and count % 2 == 0:
        yield _names(cell, [(index, index + 2) for index in range(0, count, 2)])
    if count >= 3:
        yield _names(cell, [(0, 2), *singles[2:]])
    yield list(_guided(cell, matcher))


def _names(cell: AuthorCell, runs: Sequence[tuple[int, int]]) -> list[WrittenName]:
    """Each run of pieces as one name; what holds no name is left out."""
    found = [_name(cell, first, last) for first, last in runs]
    return [name for name in found if name.name.words]


def _name(cell: AuthorCell, first: int, last: int) -> WrittenName:
    span = Span(cell.pieces[first].span.start, cell.pieces[last - 1].span.end)
    name = read_name(cell.text, span)
    return WrittenName(name, _trimmed(name, span), last - first > 1)


def _trimmed(name: Name, span: Span) -> Span:
    """From the first word to the last, with the point of an initial or of a suffix."""
    if not name.words:
        return span
    end = name.span.end
    rest = name.source[end : span.end]
    if rest.startswith(".") and (name.words[-1].initial or rest.strip(". ")):
        end += 1
    return Span(name.span.start, end)


def _with_initials(cell: AuthorCell) -> Iterator[tuple[int, int]]:
    """Pieces that are initials alone belong to the piece before them: ``Mou, C., Li, B.``"""
    start = 0
    for index in range(1, len(cell.pieces) + 1):
        if index < len(cell.pieces) and index == start + 1 and _is_initials(cell, index):
            continue
        yield start, index
        start = index


def _is_initials(cell: AuthorCell, index: int) -> bool:
    words = read_name(cell.text, cell.pieces[index].span).words
    return bool(words) and all(
        word.initial or (len(word.text) <= 3 and word.text.isupper()) for word in words
    )


def _groups(cell: AuthorCell) -> Iterator[tuple[int, int]]:
    """The runs of pieces between semicolons."""
    start = 0
    for index, piece in enumerate(cell.pieces):
        separator = cell.separator(piece)
        if ";" in separator or "；" in separator or index + 1 == len(cell.pieces):
            yield start, index + 1
            start = index + 1


def _guided(cell: AuthorCell, matcher: Matcher) -> Iterator[WrittenName]:
    """Name by name: what the record knows is a name, in one piece, in two, or several in one piece."""
    index = 0
    while index < len(cell.pieces):
        single = _name(cell, index, index + 1)
        if index + 1 < len(cell.pieces) and not matcher.is_known(single.name):
            double = _name(cell, index, index + 2)
            if matcher.is_known(double.name) and not matcher.is_known(_name(cell, index + 1, index + 2).name):
                yield double
                index += 2
                continue
        yield from _parts(single, matcher)
        index += 1


_MOST_WORDS = 7


def _parts(single: WrittenName, matcher: Matcher) -> Iterator[WrittenName]:
    """Several names with no separator between, when the record knows each; else the one name."""
    if not single.name.words:
        return
    parts: list[WrittenName] = []
    words = single.name.words
    start = 0
    while start < len(words) and not (start == 0 and matcher.is_known(single.name)):
        ends = range(start + 2, min(len(words), start + _MOST_WORDS) + 1)
        runs = [Name(words[start:end], single.name.source) for end in ends]
        known = next((run for run in (*filter(matcher.exact, runs), *runs) if matcher.is_known(run)), None)
        if known is None:
            break
        parts.append(WrittenName(known, known.span))
        start += len(known.words)
    yield from parts if start == len(words) else [single]
