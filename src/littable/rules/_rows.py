"""The rows of a document and of all documents of a run, found again by what two of them may share."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from littable.document.entry import Entry
from littable.document.listing import Listing
from littable.document.model import Document
from littable.rules._titles import Words, title_words

if TYPE_CHECKING:
    from littable.rules._slip_index import SlipIndex


@dataclass(frozen=True, slots=True)
class Titled:
    """A paper's row: the words of its title (none where it has no title), the document that it stands in, and
    the number of that document in the run.
    """

    entry: Entry
    words: Words
    document: Document
    file: int = 0

    @property
    def line(self) -> str:
        """The line that the row stands in, in words."""
        return self.document.places.at(self.entry.span.start).line_in_words


#: What rows may have in common, such as an identifier; None for a row that lacks it.
Key = Callable[[Titled], Hashable | None]


def order_of(row: Titled) -> tuple[int, int]:
    """What rows are sorted by: the order of the run's files, then that of their lines."""
    return row.file, row.entry.span.start


def by_title(row: Titled) -> Hashable | None:
    """The words of the title."""
    return row.words or None


class DocumentRows:
    """The rows of one document, table by table."""

    def __init__(self, document: Document, file: int = 0) -> None:
        self.document = document
        tables: dict[Listing, list[Titled]] = {}
        for entry in document.entries:
            words = title_words(entry.title.text) if entry.title else ()
            tables.setdefault(entry.listing, []).append(Titled(entry, words, document, file))
        self.tables: Sequence[Sequence[Titled]] = list(tables.values())
        self._by: dict[Key, dict[Hashable, list[Titled]]] = {}

    def __iter__(self) -> Iterator[Titled]:
        return chain.from_iterable(self.tables)

    def by(self, key: Key) -> Mapping[Hashable, Sequence[Titled]]:
        """The rows by what they have in common, in order."""
        if key not in self._by:
            self._by[key] = group(self, key)
        return self._by[key]


def group(rows: Iterable[Titled], key: Key) -> dict[Hashable, list[Titled]]:
    """The rows by what they have in common, in order; those that lack it are left out."""
    groups: dict[Hashable, list[Titled]] = defaultdict(list)
    for row in rows:
        value = key(row)
        if value is not None:
            groups[value].append(row)
    return dict(groups)


class RunRows:
    """The rows of all documents of a run, by its order.

    A document is read when it is first asked for. It may be replaced by what fixing made of it: what others
    see is always what it holds now.
    """

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self._documents = list(documents)
        self._rows: dict[int, DocumentRows] = {}
        self._files: dict[Key, dict[Hashable, list[int]]] = {}
        self._slips: SlipIndex | None = None

    def __len__(self) -> int:
        return len(self._documents)

    def add(self, document: Document) -> int:
        """Take in the next document; its number."""
        self._documents.append(document)
        self._files.clear()
        self._slips = None
        return len(self._documents) - 1

    def replace(self, file: int, document: Document) -> None:
        """Take in what a document has become."""
        self._documents[file] = document
        self._rows.pop(file, None)
        for key, files in self._files.items():
            for value in self.of(file).by(key):
                holding = files.setdefault(value, [])
                if file not in holding:
                    insort(holding, file)
        if self._slips is not None:
            for row in self.of(file):
                self._slips.add(row.words)

    def of(self, file: int) -> DocumentRows:
        """The rows of a document."""
        if file not in self._rows:
            self._rows[file] = DocumentRows(self._documents[file], file)
        return self._rows[file]

    def sharing(self, key: Key, value: Hashable, files: range) -> Iterator[Titled]:
        """The rows in some of the files that have something in common, in order."""
        for file in self._holding(key).get(value, ()):
            if file in files:
                yield from self.of(file).by(key).get(value, ())

    def _holding(self, key: Key) -> Mapping[Hashable, Sequence[int]]:
        """The files that hold a value, or did so before they were replaced."""
        if key not in self._files:
            holding: dict[Hashable, list[int]] = defaultdict(list)
            for file in range(len(self)):
                for value in self.of(file).by(key):
                    holding[value].append(file)
            self._files[key] = dict(holding)
        return self._files[key]

    def similar_titles(self, words: Words, threshold: float) -> list[Words]:
        """The titles that differ by a slip from one, of this run, now or before a document was replaced."""
        if self._slips is None:
            from littable.rules._slip_index import SlipIndex  # late: for runs that look so far

            titles = (row.words for file in range(len(self)) for row in self.of(file))
            self._slips = SlipIndex(titles)
        return self._slips.similar_to(words, threshold)


@dataclass(frozen=True, slots=True)
class RunPlace:
    """Where a document stands among those of its run."""

    rows: RunRows
    file: int

    def own(self, document: Document) -> DocumentRows:
        """The rows of the document itself, which may be a newer state than the run knows."""
        known = self.rows.of(self.file)
        return known if known.document is document else DocumentRows(document, self.file)

    def earlier(self, key: Key, value: Hashable) -> Iterator[Titled]:
        """Rows of earlier files."""
        return self.rows.sharing(key, value, range(self.file))

    def later(self, key: Key, value: Hashable) -> Iterator[Titled]:
        """Rows of later files."""
        return self.rows.sharing(key, value, range(self.file + 1, len(self.rows)))
