"""Work begun in a thread of its own and waited for later, or never: then the thread is left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

_T = TypeVar("_T")


def begun(work: Callable[[], _T]) -> Callable[[], _T]:
    """Begins the work; what is returned waits for its outcome, result or error."""
    outcome: Future[_T] = Future()
    thread = threading.Thread(target=_settle, args=(work, outcome), daemon=True)
    thread.start()

    def wait() -> _T:
        thread.join()
        return outcome.result()

    return wait


def _settle(work: Callable[[], _T], outcome: Future[_T]) -> None:
    try:
        outcome.set_result(work())
    except BaseException as error:  # noqa: BLE001
        outcome.set_exception(error)


def any_left_behind() -> bool:
    """Whether a thread of this process still works on something nobody waits for."""
    return threading.active_count() > 1
