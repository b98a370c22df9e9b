"""The ``[links]`` table: which links are asked for, how, and what the answers count as."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from littable.config import values
from littable.config.values import Place, did_you_mean
from littable.errors import ConfigurationError
from littable.patterns import lazy

_FOREVER = 1e9
_STATUS_RANGE = lazy(r"([1-5]\d\d)(?:\.\.(=?)([1-6]\d\d))?")
# As in lychee: a group by its number or name; a dollar sign is doubled.
_GROUP = lazy(r"\$(?:(\w+)|\{(\w+)\}|(\$))", re.ASCII)
_ACCEPT = 'a list of status codes and ranges, such as [200, "300..=308", 429]'


@dataclass(frozen=True, slots=True)
class HostSettings:
    """How one host is asked: requests at the same time, and seconds between the beginnings of two; and the
    status codes, first and last, that count as alive there.
    """

    concurrency: int | None = None
    interval: float | None = None
    accept: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How links are checked.

    ``check`` is None where nobody chose. ``include`` and ``exclude`` are regular expressions that are
    searched for in a URL; what ``include`` names is asked for in spite of ``exclude``. ``accept`` are status
    codes, first and last, that count as alive besides 2xx. ``remap`` pairs a regular expression with what
    its match in a URL is replaced by before asking, see ``replacement``. ``unknown`` says what a link is that
    nobody could judge: ``skip``, ``note`` or ``error``. ``max_age`` is the days for which an answer is good;
    ``timeout`` the seconds for one request; ``pause`` those between two looks at what seems dead or moved.
    """

    check: bool | None = None
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    accept: tuple[tuple[int, int], ...] = ()
    remap: tuple[tuple[str, str], ...] = ()
    allow_private: bool = False
    unknown: str = "skip"
    fragments: bool = False
    max_age: float = 7.0
    timeout: float = 20.0
    pause: float = 5.0
    hosts: Mapping[str, HostSettings] = field(default_factory=dict)

    def as_table(self) -> dict[str, object]:
        """The settings by their keys, as they can be read again; what is not set is left out."""
        table: dict[str, object] = {
            part.name.replace("_", "-"): getattr(self, part.name)
            for part in fields(self)
            if getattr(self, part.name) not in (None, {})
        }
        table["accept"] = _ranges(self.accept)
        table["remap"] = [f"{pattern} {new}" for pattern, new in self.remap]
        if self.hosts:
            table["hosts"] = {name: _set(host) for name, host in self.hosts.items()}
        return table


def _set(host: HostSettings) -> dict[str, object]:
    chosen = {"concurrency": host.concurrency, "interval": host.interval}
    numbers: dict[str, object] = {key: value for key, value in chosen.items() if value is not None}
    return numbers | ({"accept": _ranges(host.accept)} if host.accept else {})


def _ranges(accept: tuple[tuple[int, int], ...]) -> list[int | str]:
    return [first if first == last else f"{first}..={last}" for first, last in accept]


def link_table(value: object, place: Place) -> dict[str, Any]:
    """The fields of LinkSettings that a ``[links]`` table sets."""
    return _table(value, place, _READERS)


def _table(
    value: object, place: Place, readers: Mapping[str, Callable[[object, Place], Any]]
) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise place.expected("a table", value)
    unknown = next((key for key in value if key not in readers), None)
    if unknown is not None:
        where = f"{place.file}: " if place.file else ""
        error = f"{where}unknown key `{place.within(unknown).key}`"
        raise ConfigurationError(error + did_you_mean(unknown, readers))
    return {key.replace("-", "_"): readers[key](item, place.within(key)) for key, item in value.items()}


def _patterns(value: object, place: Place) -> tuple[str, ...]:
    read = values.words('a list of regular expressions, such as ["^https://example\\\\.org/"]')(value, place)
    for pattern in read:
        _check_pattern(pattern, place)
    return read


def _check_pattern(pattern: str, place: Place) -> None:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise ConfigurationError(f"{place}: {pattern!r} is no regular expression: {error}") from None


def _accepted(value: object, place: Place) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, list | tuple):
        raise place.expected(_ACCEPT, value)
    return tuple(_status_range(item, value, place) for item in value)


def _status_range(item: object, whole: object, place: Place) -> tuple[int, int]:
    match = _STATUS_RANGE.fullmatch(str(item)) if isinstance(item, int | str) else None
    if match is None:
        raise place.expected(_ACCEPT, whole)
    first = int(match[1])
    last = first if match[3] is None else int(match[3]) - (0 if match[2] else 1)
    if last < first:
        raise place.expected(_ACCEPT, whole)
    return first, last


def _remappings(value: object, place: Place) -> tuple[tuple[str, str], ...]:
    expected = 'a list of "pattern replacement", such as ["^https://example.org/ https://mirror.example/"]'
    read = []
    for text in values.words(expected)(value, place):
        pattern, _, new = text.partition(" ")
        if not new.strip() or " " in new.strip():
            raise place.expected(expected, value)
        _check_pattern(pattern, place)
        _check_groups(pattern, new, place)
        read.append((pattern, new.strip()))
    return tuple(read)


def _check_groups(pattern: str, new: str, place: Place) -> None:
    compiled = re.compile(pattern)
    for match in _GROUP.finditer(new):
        name = match[1] or match[2]
        known = name is None or (
            int(name) <= compiled.groups if name.isdecimal() else name in compiled.groupindex
        )
        if not known:
            raise ConfigurationError(f"{place}: {pattern!r} has no group ${name}; write $$ for a dollar sign")


def replacement(match: re.Match[str], new: str) -> str:
    """What a match is replaced by: ``$1`` and ``${name}`` are its groups, ``$$`` is a dollar sign."""

    def group(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return "$" if name is None else match[int(name) if name.isdecimal() else name] or ""

    return _GROUP.sub(group, new)


def _count(value: object, place: Place) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 100:
        return value
    raise place.expected("a number from 1 to 100", value)


_seconds = values.number("a number of seconds, 0 or more", 0, _FOREVER)
_HOST_READERS: dict[str, Callable[[object, Place], Any]] = {
    "concurrency": _count,
    "interval": _seconds,
    "accept": _accepted,
}


def _hosts(value: object, place: Place) -> dict[str, HostSettings]:
    if not isinstance(value, Mapping):
        raise place.expected('a table of hosts, such as { "github.com" = { interval = 1 } }', value)
    return {
        name.lower(): HostSettings(**_table(item, place.within(name), _HOST_READERS))
        for name, item in value.items()
    }


_READERS: dict[str, Callable[[object, Place], Any]] = {
    "check": values.flag,
    "exclude": _patterns,
    "include": _patterns,
    "accept": _accepted,
    "remap": _remappings,
    "allow-private": values.flag,
    "unknown": values.one_of("skip", "note", "error"),
    "fragments": values.flag,
    "max-age": values.number("a number of days, 0 or more", 0, _FOREVER),
    "timeout": values.number("a number of seconds from 1 to 600", 1, 600),
    "pause": values.number("a number of seconds from 0 to 600", 0, 600),
    "hosts": _hosts,
}
