"""An end for what has no time limit of its own: looking a name up, trying address after address, a head of an
answer that comes byte by byte.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import NoReturn, TypeVar

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """What ``work`` returns or raises. Raises TimeoutError when it takes longer; it then goes on unheard.

    The thread in which it runs does not keep the process alive.
    """
    results: queue.SimpleQueue[Callable[[], T]] = queue.SimpleQueue()

    def run() -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            results.put(_raising(error))
        else:
            results.put(lambda: result)

    threading.Thread(target=run, daemon=True).start()
    try:
        answer = results.get(timeout=min(seconds, threading.TIMEOUT_MAX))
    except queue.Empty:
        raise TimeoutError from None
    return answer()


def _raising(error: BaseException) -> Callable[[], NoReturn]:
    def throw() -> NoReturn:
        raise error

    return throw
