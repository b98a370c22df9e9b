"""What a rule may look at besides the document: settings, gathered facts, the date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from littable.config import Settings
from littable.document.suppressions import Suppression
from littable.papers.sources import Lookup, TitleLookup, Unavailable
from littable.papers.title_key import title_key
from littable.rules._rows import RunPlace

if TYPE_CHECKING:
    from littable.links.verdict import LinkState

T = TypeVar("T")
_NOT_ASKED = Unavailable("not asked")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the world said. ``papers`` holds the current record by bare arXiv id; ``versions`` the records
    of earlier versions by id, then by version; ``titles`` the papers of a title by its ``title_key``;
    ``links`` what is known of a link by its URL as written, as far as anybody was asked.
    """

    papers: Mapping[str, Lookup] = field(default_factory=dict)
    versions: Mapping[str, Mapping[int, Lookup]] = field(default_factory=dict)
    titles: Mapping[str, TitleLookup] = field(default_factory=dict)
    links: Mapping[str, LinkState] = field(default_factory=dict)

    def paper(self, arxiv_id: str) -> Lookup:
        """The current record of a paper; Unavailable when nobody was asked."""
        return self.papers.get(arxiv_id, _NOT_ASKED)

    def titled(self, title: str) -> TitleLookup | None:
        """The papers that have a title; None when nobody was asked for it."""
        return self.titles.get(title_key(title)) if self.titles else None

    def earlier_versions(self, arxiv_id: str) -> list[tuple[int, Lookup]]:
        """What was answered for earlier versions of a paper, newest first."""
        return sorted(self.versions.get(arxiv_id, {}).items(), key=lambda pair: -pair[0])


@dataclass(frozen=True, slots=True)
class SuppressionUse:
    """What a suppression did: the codes that it silenced, as written; ``whole`` when it names none and
    silenced something.
    """

    suppression: Suppression
    codes: frozenset[str]
    whole: bool


@dataclass(slots=True)
class Context:
    """Settings, facts and date of a run; ``today`` is passed in so that a rule is a pure function.

    ``run`` is where the document stands among the others; None when there are none.
    ``uses`` and ``active`` (the codes of the rules that ran) are set for the suppression stage only.
    """

    settings: Settings = field(default_factory=Settings)
    facts: Facts = field(default_factory=Facts)
    today: date = field(default_factory=date.today)
    run: RunPlace | None = None
    uses: tuple[SuppressionUse, ...] = ()
    active: frozenset[str] = frozenset()
    _shared: dict[str, Any] = field(default_factory=dict)

    def shared(self, key: str, make: Callable[[], T]) -> T:
        """A value that several rules need for one document, made once per check."""
        if key not in self._shared:
            self._shared[key] = make()
        value: T = self._shared[key]
        return value
