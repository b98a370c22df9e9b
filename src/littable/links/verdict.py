"""What counts as what: the one place that decides whether an answer means alive, dead, moved or unknown.

An address is dead only when that was said clearly, and twice: 404 or 410 to a GET, a name that the domain
name system does not have, an identifier that its registry does not have. Whatever may be a wall, a fault on
the way or somebody's outage is unknown. One answer is judged here; that it takes two, `job.py` sees to.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from littable.links import walls
from littable.links.answer import Answer, Fault, FaultKind


class Verdict(Enum):
    """What is known of a link. Only DEAD and MOVED may ever be findings."""

    ALIVE = "alive"
    DEAD = "dead"
    MOVED = "moved"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LinkState:
    """What is known of one link.

    ``url`` is as it was given, but for a user name and password. ``reason`` is a clause about the link:
    "answers 404, asked twice". ``status`` is the last HTTP status, None where there was none. ``moved_to`` is
    what may be written instead: where a page has MOVED to, or how a file's name is spelt. ``redirects`` are
    the addresses that were led to, in order. ``anchor`` says whether the page has what the fragment names;
    None where that was not asked or cannot be told. ``astray`` says of an UNKNOWN one that it redirects to a
    login, a page that asks for consent or a front page: what was meant is probably gone.
    """

    url: str
    verdict: Verdict
    reason: str
    status: int | None = None
    moved_to: str | None = None
    redirects: tuple[str, ...] = ()
    anchor: bool | None = None
    astray: bool = False


class Meaning(Enum):
    """What one answer means.

    GOOD: the page is there. GONE: it is not, if said twice. PASSING: may be otherwise in a moment. BUSY: the
    same, and the host wants to be left alone. REDIRECT: leads elsewhere. OPAQUE: says nothing, and asking
    again would not help.
    """

    GOOD = "good"
    GONE = "gone"
    PASSING = "passing"
    BUSY = "busy"
    REDIRECT = "redirect"
    OPAQUE = "opaque"


@dataclass(frozen=True, slots=True)
class Sight:
    """One answer, judged. ``what`` tells ways of being gone apart, which do not confirm each other."""

    meaning: Meaning
    reason: str
    status: int | None = None
    what: str = ""


GOOD = frozenset({200, 203, 204, 205, 206})
GONE = frozenset({404, 410})
BUSY = frozenset({429, 503})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
# Timeouts that a server reports itself. Every 5xx may pass, too.
_PASSING = frozenset({408, 425})

_REFUSALS = {
    401: "wants a login (401)",
    402: "wants payment (402)",
    403: "refuses to answer (403)",
    405: "refuses the method (405)",
    407: "a proxy wants a login (407)",
    # IEEE's and Semantic Scholar's walls: AWS WAF's challenge answers 202.
    202: "answers 202, as walls against bots do",
    # IEEE's wall, at times.
    418: "answers 418, as walls against bots do",
    451: "is withheld for legal reasons (451)",
    # LinkedIn's wall.
    999: "answers 999, as walls against bots do",
}
_PASSING_FAULTS = frozenset({FaultKind.TIMEOUT, FaultKind.CONNECTION, FaultKind.LOOKUP})


def judge(outcome: Answer | Fault, method: str, accept: Collection[int] = ()) -> Sight:
    """What an answer to ``method`` means; ``accept`` are statuses that count as good here.

    To HEAD nothing is gone: what HEAD does not say plainly, GET is asked.
    """
    if isinstance(outcome, Fault):
        return _judge_fault(outcome)
    status = outcome.status
    if status in accept:
        return Sight(Meaning.GOOD, f"answers {status}, which is accepted", status)
    if wall := walls.wall_of(outcome, wide=status in GONE):
        return Sight(Meaning.OPAQUE, f"shows a wall against bots ({wall})", status)
    if status in GOOD:
        return Sight(Meaning.GOOD, f"answers {status}", status)
    if status in REDIRECTS:
        return Sight(Meaning.REDIRECT, f"answers {status}", status)
    if status in GONE and method == "GET":
        return _gone(outcome)
    if status in BUSY:
        return Sight(Meaning.BUSY, f"answers {status}", status)
    if status in _PASSING or 500 <= status < 600:
        return Sight(Meaning.PASSING, f"answers {status}", status)
    return Sight(Meaning.OPAQUE, _REFUSALS.get(status, f"answers {status}"), status)


def _gone(answer: Answer) -> Sight:
    if answer.readable:
        return Sight(Meaning.GONE, f"answers {answer.status}", answer.status, what="page")
    return Sight(Meaning.OPAQUE, f"answers {answer.status} with a page that cannot be decoded", answer.status)


def _judge_fault(fault: Fault) -> Sight:
    if fault.kind is FaultKind.NO_HOST:
        return Sight(Meaning.GONE, fault.reason, what="host")
    return Sight(Meaning.PASSING if fault.kind in _PASSING_FAULTS else Meaning.OPAQUE, fault.reason)
