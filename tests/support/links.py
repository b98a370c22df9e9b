"""Asking links in tests: without the pauses that real hosts deserve."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from littable.links.engine import check_links
from littable.links.options import LinkOptions
from littable.links.verdict import LinkState

QUICK = LinkOptions(timeout=20.0, interval=0.0, pause=0.01, back_off=0.01, allow_private=True, proxies=False)


def ask(url: str, **options: Any) -> LinkState:
    """The state of one link."""
    return check_links([url], replace(QUICK, **options))[url]
