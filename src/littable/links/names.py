"""Names of hosts to addresses, each name once a run.

``getaddrinfo`` cannot be cancelled, and the threads that asyncio would run it in hold up the end of the
program; so it runs in threads of its own that nobody waits for.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from littable.links.guard import is_local_name

_LOOKUPS_AT_ONCE = 64
# Names that exist as long as there is a domain name system. One of them is looked up whenever a name seems
# not to exist: without a network, some systems say so of every name.
_SURE_NAMES = ("www.iana.org", "doi.org")

Hook = Callable[[str], Sequence[str] | None]


class NoSuchHost(Exception):
    """The domain name system says that the name does not exist."""


class LookupFailed(Exception):
    """The name may exist; the message is a clause that says why it has no address here."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address to connect to; ``port`` only where it is not the one of the link."""

    ip: str
    port: int | None = None


class Names:
    """Looks names up through ``hook`` where that answers, else through the system."""

    def __init__(self, hook: Hook | None = None) -> None:
        self._hook = hook
        self._known: dict[str, tuple[Endpoint, ...]] = {}
        self._slots = asyncio.Semaphore(_LOOKUPS_AT_ONCE)

    async def endpoints(self, host: str) -> tuple[Endpoint, ...]:
        """The addresses of a name, IPv6 and IPv4 in turn; an address is its own. Only what was found is kept.

        Raises NoSuchHost and LookupFailed.
        """
        if host not in self._known:
            self._known[host] = await self._look_up(host)
        return self._known[host]

    async def are_proven(self) -> bool:
        """Whether names resolve at this moment, so that a missing one can be believed."""
        for name in _SURE_NAMES:
            with contextlib.suppress(NoSuchHost, LookupFailed):
                await self._look_up(name)
                return True
        return False

    async def _look_up(self, host: str) -> tuple[Endpoint, ...]:
        try:
            given = self._hook(host) if self._hook else None
            if given is not None:
                return _alternating([_endpoint(text) for text in given])
            if _is_literal(host):
                return (Endpoint(host),)
            if is_local_name(host):
                raise LookupFailed("has a name that is none of the public internet")
            async with self._slots:
                found = await _system_lookup(host)
        except socket.gaierror as error:
            raise _meaning_of(error) from error
        except (OSError, UnicodeError) as error:
            raise LookupFailed("has a name that could not be looked up") from error
        return _alternating([Endpoint(ip) for ip in found])


def _meaning_of(error: socket.gaierror) -> Exception:
    # EAI_NODATA (the name is there, an address is not) and EAI_AGAIN (nobody answered) are no proof of
    # anything.
    if error.errno == socket.EAI_NONAME:
        return NoSuchHost("has a host that does not exist")
    if error.errno == socket.EAI_AGAIN:
        return LookupFailed("has a name that could not be looked up")
    return LookupFailed("has a host without an address")


def _endpoint(text: str) -> Endpoint:
    if text.startswith("["):
        ip, _, port = text[1:].partition("]")
        return Endpoint(ip, int(port[1:]) if port else None)
    if text.count(":") == 1:
        ip, _, port = text.partition(":")
        return Endpoint(ip, int(port))
    return Endpoint(text)


def _alternating(found: Sequence[Endpoint]) -> tuple[Endpoint, ...]:
    """Families in turn, the system's first choice first, so that one dead family costs one attempt."""
    if not found:
        raise LookupFailed("has a host without an address")
    unique = list(dict.fromkeys(found))
    first = [endpoint for endpoint in unique if _is_ipv6(endpoint) == _is_ipv6(unique[0])]
    second = [endpoint for endpoint in unique if _is_ipv6(endpoint) != _is_ipv6(unique[0])]
    mixed = [endpoint for pair in zip(first, second, strict=False) for endpoint in pair]
    shorter = min(len(first), len(second))
    return (*mixed, *first[shorter:], *second[shorter:])


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_ipv6(endpoint: Endpoint) -> bool:
    return isinstance(ip_address(endpoint.ip.partition("%")[0]), IPv6Address)


def _ask_system(host: str) -> list[str]:
    """The addresses of a name. Raises OSError and UnicodeError as ``getaddrinfo`` does.

    Some networks answer for IPv4 and lose the question for IPv6, or spoil both; a name is missing only where
    it is missing when asked for IPv4 alone, too.
    """
    try:
        infos = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno != socket.EAI_NONAME:
            raise
        infos = socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_STREAM)
    return [str(info[4][0]) for info in infos]


async def _system_lookup(host: str) -> list[str]:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(found: list[str] | None, error: Exception | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found or [])

    def look_up() -> None:
        found: list[str] | None = None
        failure: Exception | None = None
        try:
            found = _ask_system(host)
        except (OSError, UnicodeError) as error:
            failure = error
        # The loop may be gone: nobody waits for this thread.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, found, failure)

    threading.Thread(target=look_up, name="littable-lookup", daemon=True).start()
    return await answer
