"""What running text says besides: who wrote the paper and when, where it came out, links behind a value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from littable.document.fields import strip_blanks
from littable.document.headed.link_lines import are_all, role_of_link
from littable.document.headed.people import names_in
from littable.document.inline import Link
from littable.document.page import Page
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_LONGEST_REMARK = 400
_PUBLISHED = lazy(
    r"(?i:\b(?:accepted|published|presented|appears?|appeared|to appear|in proceedings|camera[- ]ready)\b)"
    r"[^.]{0,200}?(?<![\d./-])(?P<year>(?:19|20)\d\d)(?![\d/-])"
)
_SIGNED = lazy(
    r"[*_(]{0,3}(?P<names>[^\d\n*_()]{2,160}?)[,，.]?\s{0,2}[(（]?(?P<year>(?:19|20)\d\d)[a-z]?[)）]?[*_]{0,3}"
    r"\s{0,2}(?:[-–—:：]{1,2}\s{0,2}|\Z)"
)
_EMPHASISED = lazy(r"(?P<mark>\*\*|\*|__|_)(?P<names>[^*_\n]+)(?P=mark)\s*(?:[•·|–—-]\s|[(（])")
_BETWEEN = " \t\r\n|·•,;-–—([:\u00a0\u3000"


class Signature(NamedTuple):
    """The names and the year that a text begins with, and the text behind them."""

    names: Span
    year: Span
    rest: Span


def publication_year(source: str, remark: Span) -> Span | None:
    """The year in a remark that says where the paper came out: "To appear at ACL 2021"."""
    if remark.end - remark.start > _LONGEST_REMARK:
        return None
    match = _PUBLISHED.search(source, remark.start, remark.end)
    return Span(*match.span("year")) if match else None


def signature(source: str, text: Span) -> Signature | None:
    """Names and a year before a text, or alone: "Byron et al., 2017 - what it brings"."""
    match = _SIGNED.match(source, text.start, text.end)
    if match is None or not names_in(match["names"].strip()):
        return None
    names = strip_blanks(source, Span(*match.span("names")))
    return Signature(names, Span(*match.span("year")), strip_blanks(source, Span(match.end(), text.end)))


def without_affiliations(source: str, authors: Span) -> Span:
    """The names alone where they are emphasised and something else stands behind: "*A, B* • An Institute"."""
    match = _EMPHASISED.match(source, authors.start, authors.end)
    return Span(*match.span("names")) if match and names_in(match["names"]) else authors


def before_links(page: Page, value: Span, links: Sequence[Link]) -> tuple[Span, Sequence[Link]]:
    """A value without the links to the paper or its code that stand behind it, and these links."""
    behind: list[Link] = []
    for link in reversed(links):
        if link.span.start == value.start or role_of_link(page, link) not in (Role.LINK, Role.CODE):
            break
        behind.insert(0, link)
    while behind and not are_all(page, Span(behind[0].span.start, value.end), behind):
        del behind[0]
    if not behind:
        return value, []
    text = page.shown[value.start : behind[0].span.start].rstrip(_BETWEEN)
    return (Span(value.start, value.start + len(text)), behind) if text else (value, [])
