"""What holds for all tests: Hypothesis measures no time, and CI runs the same examples each time."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("littable", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("littable")
