"""Web addresses that are written as they should be: asked of every link, so that few are read closely."""

from __future__ import annotations

import re

from littable.patterns import lazy

#: A host's name with its dots, such as ``arxiv.org``.
HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}"
_SOUND = lazy(rf"https?://(?:www\.)?{HOST}(?::\d{{1,5}})?(?:[/?#][!-~]*)?", re.IGNORECASE)


def is_sound(address: str) -> bool:
    """Whether nothing is wrong with an address, however it came to be written."""
    return _SOUND.fullmatch(address) is not None and address.lower().find("http", 4) < 0
