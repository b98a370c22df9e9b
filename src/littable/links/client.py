"""One request and what came of it. Redirects, repetition and judgement are other people's business.

httpcore2 itself, not httpx2 on top of it: only here can the connection be made to an address that was looked
at, and nothing is added to a request (cookies, credentials from .netrc) that was not meant.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from typing import TypeVar

import httpcore2

from littable import __version__
from littable.links import body, guard
from littable.links.answer import Answer, Fault, FaultKind
from littable.links.connecting import GuardedBackend, PlainBackend, Refused
from littable.links.names import LookupFailed, Names, NoSuchHost
from littable.links.options import LinkOptions
from littable.links.proxies import Proxies, Proxy, UnusableProxy
from littable.links.url import Address

_E = TypeVar("_E", bound=BaseException)

USER_AGENT = f"littable/{__version__}"
# Enough of a page to know a wall by.
GLANCE = 64 * 1024
# How long a connection that nobody needs is kept, and how long the last ones may take to close.
_IDLE = 15.0
_CLOSING = 0.5

_HEADERS = [
    (b"User-Agent", USER_AGENT.encode()),
    (b"Accept", b"text/html,application/xhtml+xml,*/*;q=0.8"),
    (b"Accept-Encoding", body.CODINGS.encode()),
]


class Client:
    """Asks addresses within one event loop. Close it at the end."""

    def __init__(self, options: LinkOptions) -> None:
        self._options = options
        self._names = Names(options.resolve)
        self._proxies = Proxies(honoured=options.proxies)
        self._pools: dict[tuple[Proxy | None, str, bool], httpcore2.AsyncConnectionPool] = {}

    async def ask(self, method: str, address: Address, limit: int = GLANCE) -> Answer | Fault:
        """Send one request and read at most ``limit`` bytes of the body. Raises nothing but cancellation."""
        try:
            proxy = self._proxies.proxy_for(address)
            if refusal := self._refusal(address, proxy):
                return Fault(FaultKind.CLOSED, refusal)
            async with asyncio.timeout(self._options.timeout):
                return await self._exchange(proxy, method, address, limit)
        except NoSuchHost as error:
            return await self._missing(str(error))
        except LookupFailed as error:
            return Fault(FaultKind.LOOKUP, str(error))
        except Refused as error:
            return Fault(FaultKind.CLOSED, str(error))
        except UnusableProxy as error:
            return Fault(FaultKind.PROXY, str(error))
        except (TimeoutError, httpcore2.TimeoutException):
            return Fault(FaultKind.TIMEOUT, f"does not answer within {self._options.timeout:g} s")
        except Exception as error:  # noqa: BLE001 - whatever a stranger's server provokes, the other links go on
            return _fault(error)

    async def close(self) -> None:
        """Close the connections, without waiting for hosts that are slow to say goodbye."""
        with contextlib.suppress(Exception):
            async with asyncio.timeout(_CLOSING):
                await asyncio.gather(*(pool.aclose() for pool in self._pools.values()))

    def _refusal(self, address: Address, proxy: Proxy | None) -> str | None:
        """Why an address is not asked, as far as that can be told before connecting."""
        if self._options.allow_private:
            return None
        if guard.refused_port(address.port):
            return f"names port {address.port}, which is not one for pages"
        if proxy is None:
            return None
        # The proxy looks the name up, so that only what the name itself says can be judged here.
        try:
            refusal = guard.refused_address(address.host)
        except ValueError:
            local = guard.is_local_name(address.host)
            return "has a name that is none of the public internet" if local else None
        return f"is at {refusal}, which is not asked" if refusal else None

    async def _exchange(self, proxy: Proxy | None, method: str, address: Address, limit: int) -> Answer:
        # A proxy is told the whole address; through a tunnel, it is none of its business.
        whole = proxy is not None and address.scheme == "http"
        url = httpcore2.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=(address.url if whole else address.target).encode(),
        )
        headers = [(b"Host", address.authority.encode()), *_HEADERS]
        seconds = self._options.timeout
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        pool = self._pool(proxy, method, address.scheme)
        async with pool.stream(method, url, headers=headers, extensions={"timeout": timeouts}) as response:
            found = {name.decode("latin-1").lower(): _text(value) for name, value in response.headers}
            if 300 <= response.status < 400 and not _is_short(found):
                return Answer(response.status, found)
            # Also where there is nothing to read: a connection is used again only after the end was seen.
            return await _read(response, found, 0 if method == "HEAD" else limit)

    async def _missing(self, reason: str) -> Fault:
        try:
            async with asyncio.timeout(self._options.timeout):
                proven = await self._names.are_proven()
        except TimeoutError:
            proven = False
        if proven:
            return Fault(FaultKind.NO_HOST, reason)
        return Fault(FaultKind.UNPROVEN, "could not be looked up, since no name resolves here")

    def _pool(self, proxy: Proxy | None, method: str, scheme: str) -> httpcore2.AsyncConnectionPool:
        # The body that GET asks for is seldom read to its end. Over HTTP/1.1 the connection is closed then;
        # httpcore2 (2.16) does not reset a stream of HTTP/2, and megabytes that nobody reads would follow.
        key = (proxy, scheme, method == "HEAD")
        if key not in self._pools:
            self._pools[key] = self._open(*key)
        return self._pools[key]

    def _open(self, proxy: Proxy | None, scheme: str, http2: bool) -> httpcore2.AsyncConnectionPool:
        # A context of its own for each pool, which offers its versions of HTTP in it; reading the system's
        # certificates takes its time.
        context = _ssl_context(self._options.ca_file) if scheme == "https" else None
        most = self._options.connections
        if proxy is None:
            return httpcore2.AsyncConnectionPool(
                ssl_context=context,
                max_connections=most,
                max_keepalive_connections=most,
                keepalive_expiry=_IDLE,
                http2=http2,
                network_backend=GuardedBackend(self._names, allow_private=self._options.allow_private),
            )
        return httpcore2.AsyncHTTPProxy(
            proxy_url=proxy.url,
            proxy_auth=proxy.login,
            ssl_context=context,
            max_connections=most,
            max_keepalive_connections=most,
            keepalive_expiry=_IDLE,
            http2=http2,
            network_backend=PlainBackend(),
        )


def _ssl_context(ca_file: str | None) -> ssl.SSLContext:
    if ca_file is None:
        return httpcore2.default_ssl_context()
    return ssl.create_default_context(cafile=ca_file)


def _is_short(headers: dict[str, str]) -> bool:
    """Whether a body that nobody wants is read all the same, to keep the connection."""
    length = headers.get("content-length", "")
    return length.isascii() and length.isdigit() and len(length) < 5


async def _read(response: httpcore2.Response, headers: dict[str, str], limit: int) -> Answer:
    taken = body.Body(headers.get("content-encoding", ""), limit)
    whole = True
    async with contextlib.aclosing(response.aiter_stream()) as pieces:
        async for piece in pieces:
            taken.add(piece)
            if taken.is_full:  # which is never asked where nothing comes, as after HEAD
                whole = False
                break
    return Answer(response.status, headers, bytes(taken.data), whole, taken.readable)


def _text(value: bytes) -> str:
    """A header's value; what is not UTF-8 is read as Latin-1, so that nothing is lost."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _fault(error: Exception) -> Fault:
    if (tls := _cause(error, ssl.SSLError)) is not None:
        return Fault(FaultKind.TLS, _tls_reason(tls))
    if isinstance(error, httpcore2.ProxyError):
        return Fault(FaultKind.PROXY, f"is not let through by the proxy ({error})")
    if isinstance(error, httpcore2.ConnectError):
        refused = _cause(error, ConnectionRefusedError) is not None
        return Fault(FaultKind.CONNECTION, "refuses connections" if refused else "cannot be reached")
    if isinstance(error, (httpcore2.NetworkError, OSError)):
        return Fault(FaultKind.CONNECTION, "breaks the connection")
    if isinstance(error, httpcore2.RemoteProtocolError):
        # Without an answer, or in the middle of one.
        if "disconnected" in str(error) or "peer closed" in str(error) or "terminated" in str(error).lower():
            return Fault(FaultKind.CONNECTION, "breaks the connection")
        return Fault(FaultKind.GARBAGE, "does not answer in HTTP")
    return Fault(FaultKind.GARBAGE, f"cannot be asked ({type(error).__name__})")


def _cause(error: BaseException, kind: type[_E]) -> _E | None:
    """The error of a kind that stands behind another: httpcore2 keeps it as the argument of its own."""
    seen: set[int] = set()
    pending: list[BaseException] = [error]
    while pending:
        current = pending.pop()
        if isinstance(current, kind):
            return current
        if id(current) in seen:
            continue
        seen.add(id(current))
        behind = (*current.args, current.__cause__, current.__context__)
        if isinstance(current, BaseExceptionGroup):
            behind += current.exceptions
        pending += [item for item in behind if isinstance(item, BaseException)]
    return None


def _tls_reason(error: ssl.SSLError) -> str:
    if not isinstance(error, ssl.SSLCertVerificationError):
        return "fails to make a secure connection"
    # OpenSSL's X509_V_ERR_… numbers.
    reasons = {
        10: "has a certificate that has expired",
        9: "has a certificate that is not valid yet",
        62: "has a certificate for another name",
        64: "has a certificate for another name",
        18: "has a certificate that nobody vouches for",
        19: "has a certificate that nobody known vouches for",
        20: "has a certificate that nobody known vouches for",
        21: "has a certificate that nobody known vouches for",
    }
    return reasons.get(error.verify_code, "has a certificate that is not valid")
