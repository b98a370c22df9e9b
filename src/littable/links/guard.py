"""What is never asked unless allowed: addresses that are not on the public internet, and ports of other
services.

An address is judged when the connection to it stands, not when the name is read: a name can be made to
resolve to something else a moment later.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# IANA's registries of special-purpose addresses; written out, since Python's own reading (``is_global``) has
# changed between its versions.
_IPV4 = {
    "this machine": "0.0.0.0/8 127.0.0.0/8",
    "a private network": "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10",
    "a link-local address": "169.254.0.0/16",
    # Azure's metadata service stands at a public address.
    "a metadata service": "169.254.169.254/32 100.100.100.200/32 168.63.129.16/32",
    "a reserved address": "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24"
    " 203.0.113.0/24 240.0.0.0/4",
    "a multicast address": "224.0.0.0/4",
}
_IPV6 = {
    "this machine": "::/127",
    "a private network": "fc00::/7 fec0::/10 64:ff9b:1::/48",
    "a link-local address": "fe80::/10",
    "a metadata service": "fd00:ec2::254/128 fd20:ce::254/128",
    "a reserved address": "2001::/23 2001:db8::/32 3fff::/20",
    "a multicast address": "ff00::/8",
}
_PUBLIC = IPv6Network("2000::/3")
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")

# The "bad ports" of the Fetch standard: browsers do not ask there either.
_PORTS = frozenset(
    int(port)
    for port in """1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111
    113 115 117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556
    563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668
    6669 6679 6697 10080""".split()
)
# Names that the public domain name system does not have by agreement (RFC 6761, 6762, 7686, 8375, 9476,
# ICANN).
_LOCAL_NAMES = frozenset("localhost local internal test example invalid onion alt arpa lan home corp".split())


def refused_address(address: str) -> str | None:
    """What an address beside the public internet is ("a private network"); None for one that is on it."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        return _refused_ipv6(ip)
    return _within(ip, _networks4())


def refused_port(port: int) -> bool:
    """Whether a port is that of another service than the web."""
    return port in _PORTS


def is_local_name(host: str) -> bool:
    """Whether a name is none of the public domain name system: one label, or under an agreed local domain."""
    return "." not in host or host.rpartition(".")[2] in _LOCAL_NAMES


def _refused_ipv6(ip: IPv6Address) -> str | None:
    if ip in _MAPPED or ip in _NAT64:
        return _within(IPv4Address(int(ip) & 0xFFFF_FFFF), _networks4())
    if ip in _SIX_TO_FOUR:
        return _within(IPv4Address(int(ip) >> 80 & 0xFFFF_FFFF), _networks4())
    return _within(ip, _networks6()) or (None if ip in _PUBLIC else "a reserved address")


def _within(
    ip: IPv4Address | IPv6Address, networks: tuple[tuple[IPv4Network | IPv6Network, str], ...]
) -> str | None:
    return next((name for network, name in networks if ip in network), None)


@cache
def _networks4() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    return _narrowest_first(
        (IPv4Network(part), name) for name, all_ in _IPV4.items() for part in all_.split()
    )


@cache
def _networks6() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    return _narrowest_first(
        (IPv6Network(part), name) for name, all_ in _IPV6.items() for part in all_.split()
    )


def _narrowest_first(
    networks: Iterable[tuple[IPv4Network | IPv6Network, str]],
) -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    return tuple(sorted(networks, key=lambda pair: -pair[0].prefixlen))
