"""Who can be asked about links: what was learnt lately, then the web, as the settings say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path

from littable.config.arxiv import is_arxiv
from littable.config.links import LinkSettings, replacement
from littable.document.model import Document
from littable.links.options import HostOptions, LinkOptions
from littable.links.url import parse, without_userinfo
from littable.links.verdict import LinkState, Verdict
from littable.papers.store.links import LinkMemory
from littable.repository.links import LocalLinks, is_local

_DAY = 24 * 60 * 60
# A page that is gone may be back tomorrow, and somebody is waiting for it.
_DEAD_AGE = 1.0
# Standard input without a name.
_NOWHERE = "-"

Progress = Callable[[int, int, str], None]


class LinkLibrary:
    """Asks about links. ``offline`` leaves it at what is remembered.

    ``options`` are what the settings do not decide: how long to wait, whose addresses are papers'. After
    Ctrl-C ``interrupted`` is true, and what was not asked is unknown.
    """

    def __init__(
        self,
        settings: LinkSettings,
        memory: LinkMemory,
        *,
        offline: bool = False,
        options: LinkOptions | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._settings = settings
        self._memory = memory
        self._offline = offline
        self._options = options_from(settings, options or LinkOptions())
        self._progress = progress
        self._files = LocalLinks()
        self.interrupted = False

    def states(self, urls: Iterable[str]) -> dict[str, LinkState]:
        """What is known of each link; nothing of those that the settings leave out."""
        asked = {url: self._address(url) for url in dict.fromkeys(urls) if not self._left_out(url)}
        known = self._recalled(set(asked.values()))
        unknown = [address for address in dict.fromkeys(asked.values()) if address not in known]
        known |= self._ask(unknown)
        return {url: _as_given(url, address, known[address]) for url, address in asked.items()}

    def local(self, document: Document, url: str) -> LinkState | None:
        """What is known of a link to a file beside a document or to a heading; None for any other, and where
        nobody knows where the document stands.
        """
        if not is_local(url) or document.path == _NOWHERE or self._left_out(url):
            return None
        state = self._files.check(Path(document.path), url, source=document.source)
        return LinkState(url, Verdict(state.verdict), state.reason, moved_to=state.instead)

    def close(self) -> None:
        """Let go of the file."""
        self._memory.close()

    def _left_out(self, url: str) -> bool:
        if any(re.search(pattern, url) for pattern in self._settings.include):
            return False
        return any(re.search(pattern, url) for pattern in self._settings.exclude)

    def _address(self, url: str) -> str:
        """What is asked and remembered for a link: mapped, and without user name and password."""
        return without_userinfo(self._remapped(url))

    def _remapped(self, url: str) -> str:
        for pattern, new in self._settings.remap:
            if match := re.search(pattern, url):
                return url[: match.start()] + replacement(match, new) + url[match.end() :]
        return url

    def _recalled(self, addresses: Collection[str]) -> dict[str, LinkState]:
        found: dict[str, LinkState] = {}
        for address, (text, age) in self._memory.recall(addresses).items():
            state = unpack(address, text)
            if state is not None and self._is_good(state, age):
                found[address] = state
        return found

    def _is_good(self, state: LinkState, age: float) -> bool:
        """Whether an answer is not too old, and says all that is asked for now."""
        if self._settings.fragments and "#" in state.url and state.anchor is None:
            return False
        days = self._settings.max_age
        return age <= _DAY * (min(days, _DEAD_AGE) if state.verdict is Verdict.DEAD else days)

    def _ask(self, addresses: Collection[str]) -> dict[str, LinkState]:
        if not addresses:
            return {}
        if self._offline or self.interrupted:
            why = "was not asked: " + ("interrupted" if self.interrupted else "offline")
            return {address: LinkState(address, Verdict.UNKNOWN, why) for address in addresses}
        from littable.links.engine import Interrupted, check_links  # late: loads an HTTP client

        try:
            states = check_links(addresses, self._options, self._progress)
        except Interrupted as stopped:
            self.interrupted = True
            states = dict(stopped.states)
        told = [state for state in states.values() if state.verdict is not Verdict.UNKNOWN]
        self._memory.keep({state.url: pack(state) for state in [*map(_at_its_new_place, told), *told]})
        return states


def _at_its_new_place(state: LinkState) -> LinkState:
    """Where a link has moved to, which answered, and will be asked for as soon as it is written."""
    if state.moved_to is None:
        return state
    return LinkState(state.moved_to, Verdict.ALIVE, state.reason, state.status, anchor=state.anchor)


def options_from(settings: LinkSettings, options: LinkOptions) -> LinkOptions:
    """How links are asked: ``options`` with what the settings decide laid over them."""
    hosts = {
        name: HostOptions(host.concurrency, host.interval, _each(host.accept))
        for name, host in settings.hosts.items()
    }
    return replace(
        options,
        timeout=settings.timeout,
        pause=settings.pause,
        fragments=settings.fragments,
        allow_private=settings.allow_private,
        accept=_each(settings.accept),
        hosts=hosts,
        is_paper=_is_arxivs,
    )


def _each(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(status for first, last in ranges for status in range(first, last + 1))


def _is_arxivs(url: str) -> bool:
    """Whether a page is arXiv's, which asks robots to stay away; a redirect or ``remap`` may lead there."""
    return is_arxiv(parse(url).host)


def _as_given(url: str, address: str, state: LinkState) -> LinkState:
    """The state of a link of which another address was asked: what may be written instead is unknown.

    A server may say "not found" to whoever comes without the password (GitHub does).
    """
    if url == address:
        return state
    harmless = without_userinfo(url)
    if state.verdict is Verdict.DEAD and state.status is not None and harmless != url:
        reason = f"{state.reason}, but without the password that the link holds"
        return replace(state, url=harmless, verdict=Verdict.UNKNOWN, reason=reason)
    verdict = Verdict.ALIVE if state.verdict is Verdict.MOVED else state.verdict
    return replace(state, url=harmless, verdict=verdict, moved_to=None)


def pack(state: LinkState) -> str:
    """A state as a text to be kept."""
    fields = {key: value for key, value in asdict(state).items() if value not in (None, ()) and key != "url"}
    return json.dumps({**fields, "verdict": state.verdict.value}, ensure_ascii=False)


def unpack(url: str, text: str) -> LinkState | None:
    """The state of a text that was kept; None when it cannot be read."""
    try:
        fields: Mapping[str, object] = json.loads(text)
        verdict = Verdict(fields["verdict"])
        redirects = fields.get("redirects", [])
        state = LinkState(
            url,
            verdict,
            str(fields["reason"]),
            fields.get("status"),  # type: ignore[arg-type]
            fields.get("moved_to"),  # type: ignore[arg-type]
            tuple(redirects),  # type: ignore[arg-type]
            fields.get("anchor"),  # type: ignore[arg-type]
            bool(fields.get("astray")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return state if state.moved_to is not None or verdict is not Verdict.MOVED else None
