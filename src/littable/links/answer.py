"""What comes back from asking once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: header names in lower case, and the first bytes of the body, decompressed.

    ``whole`` says that ``body`` is all of it, ``readable`` that its compression could be undone.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    whole: bool = True
    readable: bool = True


class FaultKind(Enum):
    """Why there is no answer.

    NO_HOST: the domain name system says that the name does not exist. LOOKUP: it could not be asked.
    CLOSED: not asked, for safety or because it cannot be. UNPROVEN: a missing name, where no name resolves.
    """

    NO_HOST = "no-host"
    UNPROVEN = "unproven"
    LOOKUP = "lookup"
    CLOSED = "closed"
    TLS = "tls"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    GARBAGE = "garbage"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Fault:
    """No answer; ``reason`` is a clause about the link."""

    kind: FaultKind
    reason: str
