"""Settings: where they come from, what they may be, and which of them wins.

In rising order: defaults, the nearest configuration file, environment variables, the command line.
``resolve`` goes the whole way; ``find``, ``load`` and ``merge`` are its steps.
"""

from __future__ import annotations

from littable.config.files import find, load, merge, resolve
from littable.config.settings import Selector, Settings
from littable.config.show import show

__all__ = ["Selector", "Settings", "find", "load", "merge", "resolve", "show"]
