"""The parameters of an address that only tell where a reader came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from littable.patterns import lazy
from littable.text import Span

# Firefox's query stripping, Brave or ClearURLs take these away on every host, or they bear the name of the
# one service that sets them. Those to which some host gives a meaning of its own (ref, source, trk, spm, si,
# cid) are left out.
_NAMES = frozenset(
    """
fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid ymclid igshid li_fat_id srsltid
mc_cid mc_eid mkt_tok _hsenc _hsmi __hstc __hssc __hsfp hsctatracking oly_anon_id oly_enc_id vero_id vero_conv
wickedid unicorn_click_id _openstat rb_clickid ml_subscriber ml_subscriber_hash _branch_match_id _gl _ga
bsft_clkid bsft_uid guce_referrer guce_referrer_sig __twitter_impression fb_action_ids fb_action_types
tdsourcetag pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid
""".split()
)
_PREFIXES = ("utm_", "mtm_")
# Medium fills its values with hyphens; the others are assistants that sign the links they give.
_SOURCE = lazy(
    r"source=(?:[a-z_.]*-{4,}[^&#]*|(?:www\.)?(?:chatgpt\.com|openai\.com|perplexity\.ai))", re.IGNORECASE
)
# A signature holds for the whole query; without one parameter it fails.
_SIGNED = lazy(r"sig(?:n|ned)?|.*signature.*|.*hmac.*|hash|policy|(?:.*[_-])?token", re.IGNORECASE)
_WEB = lazy(r"(?:https?://|www\.)[^/?#\s]+", re.IGNORECASE)
# An archive keeps a page under its whole address, and a redirection leads to one.
_ADDRESS_INSIDE = lazy(r":/|%3a(?:/|%2f)|%253a", re.IGNORECASE)
_SEPARATOR = lazy(r"&(?:amp;)?")
_OTHER_ENTITY = lazy(r"&(?!amp;)#?\w+;")


@dataclass(frozen=True, slots=True)
class Burden:
    """What an address can do without: the spans to take out, and the names of the parameters in them."""

    spans: tuple[Span, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Parameter:
    """One of a query, with the separator before it."""

    before: Span
    span: Span
    text: str

    @property
    def name(self) -> str:
        return self.text.partition("=")[0].replace("\\", "")

    @property
    def tracks(self) -> bool:
        name = self.name.lower()
        return name in _NAMES or name.startswith(_PREFIXES) or _SOURCE.fullmatch(self.text) is not None


def burden(address: str) -> Burden | None:
    """What of an address, as written in Markdown or HTML, only tracks or says nothing; None without that.

    A ``?`` or ``#`` at the end says nothing. An address that is signed, or has another inside, is left alone.
    """
    host = _WEB.match(address)
    if host is None or _ADDRESS_INSIDE.search(address, host.end()) or _OTHER_ENTITY.search(address):
        return None
    hash_at = address.find("#")
    end = len(address) if hash_at < 0 else hash_at
    start = address.find("?", 0, end)
    parameters = list(_parameters(address, start + 1, end)) if start >= 0 else []
    if any(_SIGNED.fullmatch(parameter.name) for parameter in parameters):
        return None
    spans = list(_tracking(parameters, end))
    empty_fragment = hash_at == len(address) - 1
    if start == end - 1 and (hash_at < 0 or empty_fragment):
        spans = [Span(start, end)]
    if empty_fragment:
        spans = _with(spans, Span(hash_at, len(address)))
    names = [parameter.name for parameter in parameters if parameter.tracks]
    return Burden(tuple(spans), tuple(dict.fromkeys(names))) if spans else None


def _with(spans: list[Span], last: Span) -> list[Span]:
    if spans and spans[-1].end == last.start:
        return [*spans[:-1], Span(spans[-1].start, last.end)]
    return [*spans, last]


def _tracking(parameters: list[_Parameter], end: int) -> Iterator[Span]:
    """The spans of those that track: with the separator before them, or at the beginning the one behind."""
    if not any(parameter.tracks for parameter in parameters):
        return
    if all(parameter.tracks or not parameter.text for parameter in parameters):
        yield Span(parameters[0].before.start, end)
        return
    first = next(parameter for parameter in parameters if not parameter.tracks)
    if first is not parameters[0]:
        yield Span(parameters[0].span.start, first.span.start)
    following = parameters[parameters.index(first) :]
    for tracks, run in groupby(following, key=lambda parameter: parameter.tracks):
        if tracks:
            same = list(run)
            yield Span(same[0].before.start, same[-1].span.end)


def _parameters(address: str, start: int, end: int) -> Iterator[_Parameter]:
    before = Span(start - 1, start)
    while start < end:
        separator = _SEPARATOR.search(address, start, end)
        stop = separator.start() if separator else end
        yield _Parameter(before, Span(start, stop), address[start:stop])
        if separator is None:
            return
        before, start = Span(*separator.span()), separator.end()
