"""One address on its way to a verdict: what to ask next after what was answered.

Pure: a job neither waits nor asks. HEAD comes first, and is believed only where it says that the page is
there; everything else is asked by GET, from the beginning. What is dead or moved has to be seen twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from littable.links.answer import Answer, Fault, FaultKind
from littable.links.hosts import Closure
from littable.links.options import LinkOptions
from littable.links.redirects import AT_A_WALL, MOST, Hop, doubt, writable
from littable.links.scholarly import doi_of, judge_registry, registry_url
from littable.links.url import Address, NotAskable, join, parse
from littable.links.verdict import Meaning, Sight, Verdict, judge
from littable.links.waiting import retry_after

# How often one link may be told to come back later.
_MOST_WAITS = 5
# A host that says "now" while it is busy is not taken at its word.
_SHORTEST_HOLD = 1.0
_SILENT = frozenset({FaultKind.TIMEOUT, FaultKind.CONNECTION, FaultKind.LOOKUP})
# Asking by GET what HEAD could not be asked would end the same way.
_SAME_BY_GET = frozenset({FaultKind.CLOSED, FaultKind.UNPROVEN, FaultKind.TLS, FaultKind.PROXY})


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is known of an address in the end.

    ``page`` is the answer in which fragments can be looked for. ``silent`` says that nobody ever answered,
    ``missing_host`` names a host that does not exist. ``astray`` says that it redirects to a page that is
    hardly the one that was meant: a login, the front page.
    """

    verdict: Verdict
    reason: str
    status: int | None = None
    moved_to: Address | None = None
    redirects: tuple[str, ...] = ()
    page: Answer | None = None
    silent: bool = False
    missing_host: str | None = None
    astray: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """The job goes on: ask its address after ``delay`` seconds, and leave the host alone for ``hold``.

    ``silent`` says that there was no answer at all.
    """

    delay: float = 0.0
    hold: float = 0.0
    reason: str = ""
    status: int | None = None
    silent: bool = False


class Job:
    """Ask ``address`` by ``method``, give the outcome to ``take``, and so on until there is a Conclusion."""

    __slots__ = (
        "_gone", "_hops", "_options", "_origin", "_sighted", "_tries", "_waits", "address", "doi", "method",
        "wants_page",
    )  # fmt: skip

    def __init__(self, origin: Address, options: LinkOptions, *, wants_page: bool = False) -> None:
        self._origin = origin
        self._options = options
        self._hops: list[Hop] = []
        self._sighted: list[str] = []
        self._gone: Counter[str] = Counter()
        self._tries = 0
        self._waits = 0
        self.doi = doi_of(origin)
        self.wants_page = wants_page and self.doi is None
        self.address = origin if self.doi is None else parse(registry_url(options.doi_api, self.doi))
        self.method = "GET" if self.doi is not None or wants_page else "HEAD"

    def take(self, outcome: Answer | Fault) -> Again | Conclusion:
        """What follows from the outcome of asking."""
        sight = self._judge(outcome)
        if self.method == "HEAD" and sight.meaning is Meaning.OPAQUE and not _is_final(outcome):
            return self._from_the_start(0.0)
        match sight.meaning:
            case Meaning.REDIRECT if isinstance(outcome, Answer):
                return self._follow(outcome)
            case Meaning.GOOD if isinstance(outcome, Answer):
                return self._good(sight, outcome)
            case Meaning.GONE:
                return self._take_gone(sight)
            case Meaning.BUSY if isinstance(outcome, Answer):
                return self._busy(sight, outcome)
            case Meaning.PASSING:
                return self._passing(sight, outcome)
        return self._end(Verdict.UNKNOWN, sight.reason, sight.status)

    def closed(self, closure: Closure) -> Conclusion:
        """The end of a job whose next host is not asked any more."""
        # That the registry cannot be found says nothing of what it knows.
        verdict = Verdict.UNKNOWN if self.doi is not None else closure.verdict
        return self._end(verdict, closure.reason, None)

    def _judge(self, outcome: Answer | Fault) -> Sight:
        accept = self._options.accept | self._options.for_host(self.address.host).accept
        sight = judge(outcome, self.method, accept)
        if self.doi is None or isinstance(outcome, Fault):
            # That the registry cannot be found says nothing of what it knows.
            if self.doi is not None and sight.meaning is Meaning.GONE:
                return Sight(Meaning.OPAQUE, sight.reason, sight.status)
            return sight
        said = judge_registry(outcome, self.doi)
        if said is not None:
            return said
        if sight.meaning in (Meaning.BUSY, Meaning.PASSING):
            return sight
        return Sight(
            Meaning.OPAQUE, f"answers {outcome.status} with something else than its records", outcome.status
        )

    def _follow(self, answer: Answer) -> Again | Conclusion:
        location = answer.headers.get("location", "").strip()
        if not location:
            return self._stop(f"answers {answer.status} without saying where to", answer.status)
        try:
            to = join(self.address, location)
        except NotAskable as error:
            return self._stop(str(error), answer.status)
        if to.url == self._origin.url or any(to.url == hop.to.url for hop in self._hops):
            return self._stop("redirects in a circle", answer.status)
        if len(self._hops) >= MOST:
            return self._stop(f"redirects more than {MOST} times", answer.status)
        self._hops.append(Hop(answer.status, to))
        if self._options.is_paper and self._options.is_paper(to.url):
            return self._end(Verdict.UNKNOWN, "is a paper's and not asked as a page", answer.status)
        self.address = to
        return Again()

    def _stop(self, reason: str, status: int) -> Again | Conclusion:
        """A redirect that leads nowhere: to HEAD, it may be HEAD's fault."""
        if self.method == "HEAD":
            return self._from_the_start(0.0)
        return Conclusion(Verdict.UNKNOWN, reason, status, redirects=self._redirects)

    def _good(self, sight: Sight, answer: Answer) -> Again | Conclusion:
        moved_to = writable(self._origin, self._hops) if self.doi is None else None
        doubtful = doubt(self._origin, self._hops) if self.doi is None else None
        if self.method == "HEAD" and (moved_to or doubtful):
            return self._from_the_start(0.0)
        if doubtful:
            astray = doubtful != AT_A_WALL
            return Conclusion(
                Verdict.UNKNOWN, doubtful, sight.status, redirects=self._redirects, astray=astray
            )
        page = answer if self.wants_page else None
        if moved_to is None or len(self._sighted) > 1:
            return Conclusion(Verdict.ALIVE, sight.reason, sight.status, None, self._redirects, page)
        if moved_to.url in self._sighted:
            reason = f"has moved to {moved_to.url}"
            return Conclusion(Verdict.MOVED, reason, sight.status, moved_to, self._redirects, page)
        return self._from_the_start(self._options.pause)

    def _take_gone(self, sight: Sight) -> Again | Conclusion:
        if self._hops and doubt(self._origin, self._hops):
            return self._end(Verdict.UNKNOWN, sight.reason, sight.status)
        self._gone[sight.what] += 1
        if self._gone[sight.what] < 2:
            return self._from_the_start(self._options.pause)
        missing = self.address.host if sight.what == "host" else None
        return self._end(Verdict.DEAD, f"{sight.reason}, asked twice", sight.status, missing=missing)

    def _busy(self, sight: Sight, answer: Answer) -> Again | Conclusion:
        self._waits += 1
        if self._waits > _MOST_WAITS:
            return self._end(Verdict.UNKNOWN, f"{sight.reason}, asked {self._waits} times", sight.status)
        asked = retry_after(answer.headers)
        hold = (
            self._options.back_off * 2 ** (self._waits - 1) if asked is None else max(asked, _SHORTEST_HOLD)
        )
        self._after_head()
        return Again(hold=hold, reason=sight.reason, status=sight.status)

    def _passing(self, sight: Sight, outcome: Answer | Fault) -> Again | Conclusion:
        self._tries += 1
        silent = isinstance(outcome, Fault) and outcome.kind in _SILENT
        if self._tries > self._options.retries:
            return self._end(Verdict.UNKNOWN, sight.reason, sight.status, silent=silent)
        self._after_head()
        return Again(self._options.back_off * 2 ** (self._tries - 1), reason=sight.reason, silent=silent)

    def _after_head(self) -> None:
        if self.method == "HEAD":
            self._from_the_start(0.0)

    def _from_the_start(self, delay: float) -> Again:
        """Ask by GET from the beginning; where redirects have led is kept, to be compared."""
        if self._hops and (moved_to := writable(self._origin, self._hops)):
            self._sighted.append(moved_to.url)
        self._hops.clear()
        self.method = "GET"
        if self.doi is None:
            self.address = self._origin
        return Again(delay)

    def _end(
        self,
        verdict: Verdict,
        reason: str,
        status: int | None,
        *,
        silent: bool = False,
        missing: str | None = None,
    ) -> Conclusion:
        if self.doi is not None and verdict is Verdict.UNKNOWN:
            reason = f"could not be asked at the registry of DOIs, which {reason}"
        elif self._hops:
            reason = f"leads to {self._hops[-1].to.url}, which {reason}"
        return Conclusion(
            verdict, reason, status, redirects=self._redirects, silent=silent, missing_host=missing
        )

    @property
    def _redirects(self) -> tuple[str, ...]:
        return tuple(hop.to.url for hop in self._hops)


def _is_final(outcome: Answer | Fault) -> bool:
    return isinstance(outcome, Fault) and outcome.kind in _SAME_BY_GET
