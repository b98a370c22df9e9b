"""Moments in Unix seconds, as days in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

_FIRST = date(1970, 1, 1)
_LAST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


@lru_cache(maxsize=256)  # all papers of a library are of one moment
def day_of(moment: object) -> date:
    """The day of a moment, or the nearest that there is: a clock may have been wrong, a row damaged.

    The first of all for what is no number.
    """
    if not isinstance(moment, (int, float)) or moment != moment:
        return _FIRST
    return datetime.fromtimestamp(min(max(moment, 0), _LAST), UTC).date()
