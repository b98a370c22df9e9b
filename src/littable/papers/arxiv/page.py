"""What can come of asking arXiv's API once: a page, or a fault and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from littable.papers.record import PaperRecord


class Remedy(Enum):
    """What can be done about a fault."""

    WAIT = auto()  # the server asks for patience
    REPEAT = auto()  # this answer was damaged
    RECONNECT = auto()  # nobody answers at this address
    SPLIT = auto()  # the server does not accept these questions together, or one of them
    STOP = auto()  # asking again is pointless


class PageFault(Exception):
    """A page could not be had; ``reason`` is a clause for the user.

    ``retry_after`` is the seconds that the server asks for, ``rejected`` the identifier that it names.
    ``too_much`` says that fewer questions at once may fare better, these and all others; ``partial`` that
    the server is well, and its answer only lacks something.
    """

    def __init__(
        self,
        remedy: Remedy,
        reason: str,
        *,
        retry_after: float | None = None,
        rejected: str | None = None,
        too_much: bool = False,
        partial: bool = False,
    ) -> None:
        super().__init__(reason)
        self.remedy = remedy
        self.reason = reason
        self.retry_after = retry_after
        self.rejected = rejected
        self.too_much = too_much
        self.partial = partial


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: for the connection, for silence while reading, and for everything together."""

    connect: float = 10
    read: float = 60
    total: float = 180

    def within(self, seconds: float) -> Timeouts:
        """None of them longer than ``seconds``."""
        return Timeouts(min(self.connect, seconds), min(self.read, seconds), min(self.total, seconds))


@dataclass(frozen=True, slots=True)
class Page:
    """The records of one answer, and how many papers it says that there are."""

    records: tuple[PaperRecord, ...]
    announced: int

    @property
    def whole(self) -> bool:
        """Whether it holds as many as it says that there are."""
        return len(self.records) >= self.announced
