"""Where arXiv answers and how often it may be asked (https://info.arxiv.org/help/api/tou.html)."""

from __future__ import annotations

ARXIV_URL = "https://export.arxiv.org/api/query"
ARXIV_OAI_URL = "https://oaipmh.arxiv.org/oai"
ARXIV_DELAY = 3.0
"""Seconds between two requests, at the least."""


def is_arxiv(host: str) -> bool:
    """Whether a lower-case host name, the root's dot aside, is arXiv itself and not a mirror."""
    host = host.rstrip(".")
    return host == "arxiv.org" or host.endswith(".arxiv.org")
