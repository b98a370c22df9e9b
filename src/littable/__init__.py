"""littable checks and repairs Markdown tables of papers."""

from __future__ import annotations

__version__ = "0.1.0"
