"""Addresses: read as browsers read them (the URL standard of WHATWG), written so that they can be sent."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, unquote, urljoin

from littable.patterns import lazy

# Longer ones are refused by common servers (8,000 bytes for a request line), and are no links of papers.
LONGEST = 8_000
_DEFAULT_PORTS = {"http": 80, "https": 443}

_SCHEME = lazy(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_USERINFO = lazy(r"(?<=//)[^/?#\\]*@")
_AUTHORITY = lazy(r"[/\\]{2,}([^/\\?#]*)")
_HOST = lazy(r"(?:[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?)*")
_NUMBER = lazy(r"[0-9]+|0[xX][0-9a-fA-F]*")
_BLANKS = "".join(map(chr, range(33)))
_BREAKS = str.maketrans("", "", "\t\r\n")
# What browsers send as it is; everything else of a path or query is percent-encoded as UTF-8.
_IN_PATH = "!$%&'()*+,-./:;=@[\\]^_|~"
_IN_QUERY = "!$%&()*+,-./:;=?@[\\]^_`{|}~"


class NotAskable(ValueError):
    """An address that cannot or may not be asked; the message is a clause about the link."""


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address, ready to be sent: ASCII only, without user name and password.

    ``host`` is in lower case, an IPv6 address without brackets. ``target`` is path and query. ``fragment`` is
    what follows ``#``, as written.
    """

    scheme: str
    host: str
    port: int
    target: str
    fragment: str = ""

    @property
    def authority(self) -> str:
        """Host and port as they stand in an address; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address without its fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def path(self) -> str:
        """The path without the query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows the question mark."""
        return self.target.partition("?")[2]


def without_userinfo(text: str) -> str:
    """The text of an address as it may be shown: without user name and password."""
    return _USERINFO.sub("", text, 1) if "@" in text else text


def parse(text: str) -> Address:
    """Read an address as a browser does. Raises NotAskable."""
    if len(text) > LONGEST:
        raise NotAskable(f"is longer than {LONGEST:,} characters")
    text = text.strip(_BLANKS).translate(_BREAKS)
    scheme = _SCHEME.match(text)
    if scheme is None or scheme[1].lower() not in _DEFAULT_PORTS:
        raise NotAskable("is no http or https address")
    rest, _, fragment = text[scheme.end() :].partition("#")
    authority = _AUTHORITY.match(rest)
    if authority is None:
        raise NotAskable("has no host")
    host, port = _split_authority(authority[1])
    name = scheme[1].lower()
    return Address(name, _host(host), _port(port, name), _target(rest[authority.end() :]), fragment)


def join(base: Address, location: str) -> Address:
    """The address that a Location of ``base`` names. Raises NotAskable."""
    try:
        joined = urljoin(base.url, location.strip(_BLANKS).translate(_BREAKS))
    except ValueError as error:
        raise NotAskable("leads to an address that is malformed") from error
    try:
        return parse(joined)
    except NotAskable as error:
        raise NotAskable(f"leads to an address that {error}") from error


def _split_authority(text: str) -> tuple[str, str]:
    text = text.rpartition("@")[2]
    if text.startswith("["):
        host, closed, port = text.partition("]")
        if not closed or (port and not port.startswith(":")):
            raise NotAskable("has a malformed host")
        return f"{host}]", port[1:]
    host, _, port = text.partition(":")
    return host, port


def _port(text: str, scheme: str) -> int:
    if not text:
        return _DEFAULT_PORTS[scheme]
    if not (text.isascii() and text.isdigit()) or len(text) > 5 or not 0 < int(text) < 65_536:
        raise NotAskable("has a malformed port")
    return int(text)


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            # A zone (fe80::1%eth0) names an interface of this machine.
            return IPv6Address("" if "%" in text else text[1:-1]).compressed
        except ValueError as error:
            raise NotAskable("has a malformed host") from error
    name = unquote(text).rstrip(".") if "%" in text else text.removesuffix(".")
    name = (name if name.isascii() else _ascii(name)).lower()
    if not name:
        raise NotAskable("has no host")
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _ipv4(name)
    if len(name) > 253 or not _HOST.fullmatch(name):
        raise NotAskable("has a malformed host")
    return name


def _ascii(name: str) -> str:
    import idna

    try:
        if len(name) > 253:
            raise NotAskable("has a malformed host")
        return idna.encode(name, uts46=True, transitional=False).decode()
    except (idna.IDNAError, UnicodeError):
        pass
    try:
        # Signs and emoji, which IDNA 2008 leaves out and registries have sold all the same.
        return name.encode("idna").decode()
    except UnicodeError as error:
        raise NotAskable("has a malformed host") from error


def _ipv4(name: str) -> str:
    """The plain form of 127.1, 0x7f000001 and 2130706433, which reach the same host as 127.0.0.1."""
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError as error:
        raise NotAskable("has a malformed host") from error


def _target(text: str) -> str:
    path, mark, query = text.partition("?")
    path = _without_dots(path.replace("\\", "/")) or "/"
    encoded = quote(path.encode("utf-8", "replace"), safe=_IN_PATH)
    return encoded + mark + quote(query.encode("utf-8", "replace"), safe=_IN_QUERY)


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    parts = path.split("/")
    kept: list[str] = []
    for part in parts[1:]:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
