"""How links are asked: what a user or a test may set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HostOptions:
    """What is different for one host and its subdomains; None keeps what holds for all.

    ``accept`` adds statuses that count as alive.
    """

    concurrency: int | None = None
    interval: float | None = None
    accept: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """Seconds, counts and permissions. The defaults are meant for everybody's hosts at once.

    ``timeout``: seconds for one request, from the lookup of the name to the last byte that is read.
    ``max_wait``: seconds that one host may make us wait by its Retry-After or by being busy, all told.
    ``concurrency``, ``interval``: requests at once to one host, and seconds between the starts of two. Two at
    once and five a second are below what a reader's browser does to a host when it opens one page.
    ``connections``: requests at once to all hosts. ``retries``: how often a passing fault is asked again.
    ``pause``: seconds between two looks at what seems dead. ``back_off``: the first wait after a passing
    fault where the host does not say, doubled each time. ``max_urls``, ``max_per_host``: addresses of a run,
    and of one host in it; what exceeds them is unknown. ``fragments``: look for what ``#name`` names, in
    pages of up to ``page_limit`` bytes. ``allow_private``: ask loopback, private and other addresses that are
    not on the public internet, too. ``accept``: further statuses that count as alive. ``hosts``: settings by
    host; a name covers its subdomains. ``is_paper``: addresses that are left to the sources of papers, given
    here or redirected to. ``doi_api``: where DOIs are asked; the DOI follows. ``resolve``: the addresses of a
    host (``127.0.0.1``, ``127.0.0.1:8080``, ``[::1]:8080``), None to ask the domain name system, or
    ``socket.gaierror`` as it would raise it. ``{…}.get`` will do. ``ca_file``: certificates to trust instead
    of the system's. ``proxies``: honour the proxy variables.
    """

    timeout: float = 20.0
    max_wait: float = 300.0
    concurrency: int = 2
    interval: float = 0.2
    connections: int = 64
    retries: int = 2
    pause: float = 5.0
    back_off: float = 2.0
    max_urls: int = 20_000
    max_per_host: int = 2_000
    fragments: bool = False
    page_limit: int = 2 * 1024 * 1024
    allow_private: bool = False
    accept: frozenset[int] = frozenset()
    hosts: Mapping[str, HostOptions] = field(default_factory=dict)
    is_paper: Callable[[str], bool] | None = None
    doi_api: str = "https://doi.org/api/handles/"
    resolve: Callable[[str], Sequence[str] | None] | None = None
    ca_file: str | None = None
    proxies: bool = True

    def for_host(self, host: str) -> HostOptions:
        """The settings of a host: its own, or those of the nearest name above it."""
        name = host
        while name not in self.hosts:
            _, dot, name = name.partition(".")
            if not dot:
                return HostOptions()
        return self.hosts[name]
