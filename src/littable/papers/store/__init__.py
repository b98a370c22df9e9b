"""The store: one SQLite file that remembers what was looked up, and holds the library."""

from __future__ import annotations

from littable.papers.store.cache import Store

__all__ = ["Store"]
