"""The proxy that the environment names for an address, as curl and Python's own library read it."""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from littable.links.url import Address


class UnusableProxy(Exception):
    """A proxy of a kind that cannot be used; the message is a clause."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where a proxy is; ``login`` is user name and password."""

    url: str
    login: tuple[str, str] | None = None


class Proxies:
    """The proxies of the environment as it is now; none at all with ``honoured=False``."""

    def __init__(self, *, honoured: bool) -> None:
        self._found = urllib.request.getproxies() if honoured else {}
        self._bypassed: dict[str, bool] = {}

    def proxy_for(self, address: Address) -> Proxy | None:
        """The proxy for an address, None where it is asked directly. Raises UnusableProxy."""
        found = self._found.get(address.scheme) or self._found.get("all")
        if not found or self._bypasses(address.authority):
            return None
        return _read(found)

    def _bypasses(self, authority: str) -> bool:
        if authority not in self._bypassed:
            self._bypassed[authority] = bool(urllib.request.proxy_bypass(authority))
        return self._bypassed[authority]


def _read(text: str) -> Proxy:
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise UnusableProxy("needs a proxy whose address is malformed") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnusableProxy(f"needs a proxy of the kind {parts.scheme}, and only http and https can be used")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return Proxy(f"{parts.scheme}://{host}:{port}", login)
