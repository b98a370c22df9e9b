"""Identifiers of arXiv, old style and new, and why a text cannot be one.

They follow https://info.arxiv.org/help/arxiv_identifier.html.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from littable.patterns import lazy

_ARCHIVE_NAMES = """
acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs
dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics
plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con
"""
_OLD_ARCHIVES = frozenset(_ARCHIVE_NAMES.split())
_FIRST_OLD, _LAST_OLD = (1991, 7), (2007, 3)
_FIRST_FIVE_DIGITS = (2015, 1)

_SHAPE = lazy(
    r"(?:(?P<archive>[a-z][a-z-]*)(?:\.[a-z][a-z-]+)?/(?P<old>[0-9]+)"
    r"|(?P<yymm>[0-9]+)\.(?P<number>[0-9]+)"
    r"|(?P<bare>[0-9]{7}))(?:v(?P<version>[0-9]+))?",
    re.IGNORECASE | re.ASCII,
)
_WRITTEN = lazy(r"(?:arxiv\s*:\s*)?(?P<id>\S+?)(?:\s*\[[\w.-]+\])?", re.IGNORECASE)


class MalformedArxivId(ValueError):
    """A text cannot be an arXiv identifier; ``reason`` says why as a clause, without naming the text."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r} is not an arXiv identifier: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class ArxivId:
    """An arXiv paper, or one version of it.

    ``id`` is canonical: ``2403.03218`` or ``astro-ph/0601001``, without version, subject class and capitals.
    The constructor trusts its arguments; ``parse`` checks them.
    """

    id: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> ArxivId:
        """Read a bare identifier: with or without version, ``arXiv:`` before and ``[cs.CL]`` behind it.

        Raises MalformedArxivId when no paper can have this identifier.
        """
        written = _WRITTEN.fullmatch(text.strip())
        return parse_bare(written["id"] if written else text.strip())

    def __str__(self) -> str:
        return self.id if self.version is None else f"{self.id}v{self.version}"

    @property
    def bare(self) -> ArxivId:
        """The paper, whatever the version."""
        return self if self.version is None else ArxivId(self.id)

    def at(self, version: int) -> ArxivId:
        """One version of the paper; the first is 1."""
        return ArxivId(self.id, version)

    @property
    def submitted(self) -> tuple[int, int]:
        """Year and month in which the identifier was given out."""
        return _month_of(self.id.rpartition("/")[2])

    @property
    def abs_url(self) -> str:
        """The page of the abstract on arxiv.org, at the version when there is one."""
        return f"https://arxiv.org/abs/{self}"


def _month_of(digits: str) -> tuple[int, int]:
    short_year = int(digits[:2])
    return short_year + (1900 if short_year >= 91 else 2000), int(digits[2:4])


def parse_bare(text: str) -> ArxivId:
    """Read an identifier with nothing around it. Raises MalformedArxivId."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise MalformedArxivId(text, "it is not of the form 2403.03218 or hep-th/9901001")
    reason = _fault(shape)
    if reason is not None:
        raise MalformedArxivId(text, reason)
    version = int(shape["version"]) if shape["version"] else None
    if shape["archive"]:
        return ArxivId(f"{shape['archive'].lower()}/{shape['old']}", version)
    return ArxivId(f"{shape['yymm']}.{shape['number']}", version)


def _fault(shape: re.Match[str]) -> str | None:
    if shape["bare"]:
        return "an old-style number needs its archive, as in hep-th/9901001"
    version = shape["version"]
    if version is not None and (len(version) > 4 or int(version) == 0):
        return f"there is no version {version[:9]}"
    if shape["archive"]:
        return _old_style_fault(shape["archive"].lower(), shape["old"])
    return new_style_fault(shape["yymm"], shape["number"])


def _old_style_fault(archive: str, number: str) -> str | None:
    if archive not in _OLD_ARCHIVES:
        return f"arXiv has no archive {archive[:20]!r}"
    if len(number) != 7:
        return f"an old-style number has 7 digits, not {len(number)}"
    month = _month_of(number)
    if not 1 <= month[1] <= 12:
        return f"there is no month {number[2:4]}"
    if not _FIRST_OLD <= month <= _LAST_OLD:
        return "old-style identifiers were given out from July 1991 to March 2007"
    return "numbers start at 001" if number[4:] == "000" else None


def new_style_fault(yymm: str, number: str) -> str | None:
    """Why ``yymm.number`` cannot be an identifier, as a clause; None when it can."""
    if len(yymm) != 4:
        return f"there are {len(yymm)} digits before the dot, not 4"
    month = _month_of(yymm)
    if not 1 <= month[1] <= 12:
        return f"there is no month {yymm[2:]}"
    if month <= _LAST_OLD:
        return "identifiers of this form were given out from April 2007 on"
    digits = 5 if month >= _FIRST_FIVE_DIGITS else 4
    if len(number) != digits:
        since = "from 2015 on" if digits == 5 else "before 2015"
        return f"there are {len(number)} digits after the dot, but identifiers {since} have {digits}"
    return f"numbers start at {1:0{digits}}" if not number.strip("0") else None
