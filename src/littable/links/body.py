"""The first bytes of a body, decompressed within a limit: a kilobyte can hold a gigabyte."""

from __future__ import annotations

import zlib

# What is asked for in Accept-Encoding; a body in any other coding is not looked into.
CODINGS = "gzip, deflate"


class Body:
    """Takes a body in pieces until ``limit`` bytes of it, decompressed, are there.

    ``sent`` bytes over the wire are bounded by the same limit.
    """

    def __init__(self, coding: str, limit: int) -> None:
        self.data = bytearray()
        self.readable = True
        self._limit = limit
        self._sent = 0
        self._inflate: zlib._Decompress | None = None
        coding = coding.strip().lower()
        if coding in ("gzip", "x-gzip"):
            self._inflate = zlib.decompressobj(wbits=31)
        elif coding == "deflate":
            self._inflate = zlib.decompressobj(wbits=15)
        elif coding not in ("", "identity"):
            self.readable = False
        self._raw_deflate_left = coding == "deflate"

    @property
    def is_full(self) -> bool:
        """Whether nothing more is wanted."""
        return len(self.data) >= self._limit or self._sent >= self._limit or not self.readable

    def add(self, piece: bytes) -> None:
        """Take the next piece, as far as there is room."""
        if self.is_full:
            return
        self._sent += len(piece)
        room = self._limit - len(self.data)
        if self._inflate is None:
            self.data += piece[:room]
            return
        try:
            self.data += self._inflate.decompress(piece, room)
        except zlib.error:
            self._retry_raw(piece, room)
        self._raw_deflate_left = False

    def _retry_raw(self, piece: bytes, room: int) -> None:
        """Some servers send "deflate" without its header."""
        if not self._raw_deflate_left:
            self.readable = False
            return
        self._inflate = zlib.decompressobj(wbits=-15)
        try:
            self.data += self._inflate.decompress(piece, room)
        except zlib.error:
            self.readable = False
