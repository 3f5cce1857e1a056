"""How the cost of something grows with its input: an exponent, 1 for linear, 2 for the square, 3 for the cube.

Taken from the processor's time of this thread alone, and as a ratio between sizes, so that neither a slow nor a busy machine matters.
"""

import gc
import math
import re
import signal
import time
from collections.abc import Callable
from typing import Any

LINEAR = 1.45  # an exponent above it is no noise: sorting is below 1.2, the square comes to 1.9
SEEN = 0.001  # seconds that are long enough to be compared
CLEAR = 0.1  # seconds after which a suspicion is either confirmed or gone
STEP = 8
FIRST = 32  # small enough for an exponential one to end
MOST = 2048  # here the square of the quickest step there is takes three times SEEN
PATIENCE = 3.0  # seconds of the processor; what takes more at these sizes grows without measure


class EndlessError(Exception):
    """One call took more than there is patience for."""


def exponent(
    cost: Callable[[Any], object],
    made: Callable[[int], Any],
    first: int = FIRST,
    most: int = MOST,
    seen: float = SEEN,
    patience: float = PATIENCE,
) -> float:
    """The exponent by which ``cost(made(size))`` grows; 0 when it is too quick at the largest size to matter.

    What looks worse than linear while small may have a bound, so it is believed only at a larger size, and twice.
    """
    try:
        size = first
        taken = seconds(cost, made(size), patience)
        while taken < CLEAR and (size < most or (taken > seen and size < STEP * most)):
            size *= STEP
            taken = seconds(cost, made(size), patience)
            if taken > seen and between(cost, made, size, 1, patience) < LINEAR:
                return 1.0
        return between(cost, made, size, 3, patience) if taken > seen else 0.0
    except EndlessError:
        return math.inf


def between(
    cost: Callable[[Any], object], made: Callable[[int], Any], size: int, times: int, patience: float = PATIENCE
) -> float:
    """The exponent between a smaller size and ``size``, the best of several runs."""
    small, large = made(max(1, size // STEP)), made(size)
    less = min(seconds(cost, small, patience) for _ in range(2 * times))
    more = min(seconds(cost, large, patience) for _ in range(times))
    return math.log(more / less) / math.log(STEP)


def seconds(cost: Callable[[Any], object], given: Any, patience: float = PATIENCE) -> float:
    """The processor's time for one call. Raises EndlessError; the engine of expressions looks for signals as it goes."""
    before = signal.signal(signal.SIGPROF, _give_up)
    gc.disable()
    re.purge()  # the standard library compiles a boundary for each part and keeps 512: the 513th is no growth
    signal.setitimer(signal.ITIMER_PROF, patience)
    start = time.thread_time()
    try:
        cost(given)
        return max(time.thread_time() - start, 1e-7)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        gc.enable()
        signal.signal(signal.SIGPROF, before)


def _give_up(*_: object) -> None:
    raise EndlessError
