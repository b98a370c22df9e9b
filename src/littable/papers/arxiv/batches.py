"""What is asked of arXiv's query API in one request, and what its answer says: by identifier or by title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Generic, Self, TypeVar
from urllib.parse import quote_plus

from littable.papers.arxiv.page import PageFault, Remedy
from littable.papers.arxiv.title_query import any_of, title_query
from littable.papers.arxiv_id import ArxivId
from littable.papers.sources import Candidates, Found, Lookup, TitleLookup, Unavailable
from littable.papers.title_key import title_key

if TYPE_CHECKING:
    from littable.papers.arxiv.client import Pages
    from littable.papers.arxiv.page import Page
    from littable.papers.record import PaperRecord

# Asked beside papers that may not exist: an answer that has one of these is not an empty one. Both are
# papers that everybody has: the first of the new identifiers, and one of the most cited.
_WITNESSES = (ArxivId("0704.0001"), ArxivId("1706.03762"))
# The title of the first of them, which no other paper has.
_WITNESS_TITLE = "Calculation of prompt diphoton production cross sections at Tevatron and LHC energies"
_MOST_TITLES = 15
# Characters of an address, well below the 8,190 at which arXiv refuses it: those of titles, and those of
# identifiers, to which as much again as stands around them is added.
_LONGEST_QUERY = 4_000
_LONGEST_ID_LIST = 5_500
_PAPERS_PER_TITLE = 20

KeyT = TypeVar("KeyT")
AnswerT = TypeVar("AnswerT")


class Batch(Generic[KeyT, AnswerT]):
    """Questions for one request, and those of them that are still ``open``.

    ``answers`` is shared by the batches of one round. ``noun`` names a question in messages.
    """

    noun = "question"

    def __init__(
        self,
        keys: Sequence[KeyT],
        answers: dict[KeyT, AnswerT | Unavailable | None],
        *,
        witnessed: bool = False,
    ) -> None:
        self.open = list(keys)
        self.answers = answers
        self.witnessed = witnessed

    def ask(self, pages: Pages) -> PageFault | None:
        """Ask once, keep what the answer has, and say what is wrong with it. Raises PageFault."""
        raise NotImplementedError

    def parts(self, rejected: str | None) -> list[Self]:
        """The smaller batches to ask instead; ``rejected`` is the question that arXiv named."""
        named = [key for key in self.open if str(key) == rejected]
        if named:
            parts = [[key for key in self.open if str(key) != rejected], named]
        else:
            middle = len(self.open) // 2
            parts = [self.open[:middle], self.open[middle:]]
        return [type(self)(part, self.answers, witnessed=self.witnessed) for part in parts]

    def give_up(self, reason: str) -> None:
        """Nobody could say about what is open."""
        for key in self.open:
            self.answers[key] = Unavailable(reason)

    def _close_answered(self) -> None:
        self.open = [key for key in self.open if self.answers[key] is None]

    def _judge(self, page: Page) -> PageFault | None:
        """An answer that lacks something must be whole and show that it is not an empty one."""
        if not self.open or (page.records and page.whole):
            return None
        self.witnessed = True
        reason = "its answer is incomplete" if page.records else "its answer is empty"
        return PageFault(Remedy.REPEAT, reason, partial=bool(page.records))


class IdBatch(Batch[ArxivId, Lookup]):
    """Papers asked for by their identifiers."""

    noun = "identifier"

    def ask(self, pages: Pages) -> PageFault | None:
        """Ask once for what is open."""
        witnesses = self._witnesses() if self.witnessed else ()
        page = pages.fetch(list(dict.fromkeys([*self.open, *witnesses])))
        self._take(page)
        return self._judge(page)

    def _take(self, page: Page) -> None:
        """Keep what the page has, whatever else it lacks."""
        current = _latest(page.records)
        exact = {(record.id, record.version): record for record in page.records}
        for key in self.open:
            found = current.get(key.id) if key.version is None else exact.get((key.id, key.version))
            if found is not None:
                self.answers[key] = Found(found)
        self._close_answered()

    def _witnesses(self) -> tuple[ArxivId, ...]:
        found = (key.bare for key, answer in self.answers.items() if isinstance(answer, Found))
        first = next(found, None)
        return _WITNESSES if first is None else (first,)


class TitleBatch(Batch[str, TitleLookup]):
    """Papers asked for by their titles, each of which has a query.

    An answer counts for a title only when it is whole: what was left out may be another paper of that title.
    """

    noun = "title"

    def ask(self, pages: Pages) -> PageFault | None:
        """Ask once for what is open."""
        titles = [*self.open, *([_WITNESS_TITLE] if self.witnessed else ())]
        most = len(titles) * _PAPERS_PER_TITLE
        page = pages.search(any_of(filter(None, map(title_query, titles))), most)
        if page.announced > most:
            return self._narrow(page.announced)
        if page.records and page.whole:
            self._take(page)
        return self._judge(page)

    def _narrow(self, announced: int) -> PageFault | None:
        """Too many papers have the words of these titles: one alone cannot be told, several may."""
        if len(self.open) > 1:
            return PageFault(Remedy.SPLIT, "too many papers have these titles")
        self.give_up(f"{announced} papers on arXiv have these words in their titles")
        self.open = []
        return None

    def _take(self, page: Page) -> None:
        found: dict[str, list[PaperRecord]] = {}
        for record in _latest(page.records).values():
            found.setdefault(title_key(record.title), []).append(record)
        for title in self.open:
            self.answers[title] = Candidates(tuple(found.get(title_key(title), ())))
        self._close_answered()


def id_batches(keys: Sequence[ArxivId], most: int) -> list[list[ArxivId]]:
    """The identifiers in batches of up to ``most`` that fit into one request each."""
    batches: list[list[ArxivId]] = []
    length = _LONGEST_ID_LIST
    for key in keys:
        size = len(quote_plus(str(key))) + len("%2C")
        if length + size > _LONGEST_ID_LIST or len(batches[-1]) == most:
            batches.append([])
            length = 0
        batches[-1].append(key)
        length += size
    return batches


def title_batches(titles: Sequence[str]) -> list[list[str]]:
    """The titles, each of which has a query, in batches that fit into one request each.

    Short titles stand together: it is their words that many other titles have.
    """
    batches: list[list[str]] = []
    length = _LONGEST_QUERY
    for title in sorted(titles, key=len):
        size = len(quote_plus(title_query(title) or "")) + len("+OR+")
        if length + size > _LONGEST_QUERY or len(batches[-1]) == _MOST_TITLES:
            batches.append([])
            length = 0
        batches[-1].append(title)
        length += size
    return batches


def _latest(records: Sequence[PaperRecord]) -> Mapping[str, PaperRecord]:
    current: dict[str, PaperRecord] = {}
    for record in records:
        known = current.get(record.id)
        if known is None or (record.version or 0) > (known.version or 0):
            current[record.id] = record
    return current
