"""What runs in a reading child: it takes one task, does it within its CPU, and sends back bytes.

Owns the clock of the child's own CPU and the shares of a mail's files in it. What is sent, each with a letter before it:
``f`` and a place: that file is begun, ``o``: no file is, ``+`` the result, ``-`` what went wrong.
"""

import io
import math
import os
import pickle
import pkgutil
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from pydantic import TypeAdapter

from parsers.baseline.reading import BaselineReading
from parsers.files.cpu_budget import Meter, NotReached, TooSlow
from parsers.reading import Mail, Reading
from parsers.rosters.entries import RosterReading

READING = TypeAdapter(Reading)
MAIL = TypeAdapter(Mail)
BASELINE = TypeAdapter(BaselineReading)
ROSTER = TypeAdapter(RosterReading)
MAILED_ROSTER = TypeAdapter(tuple[tuple[str, ...], RosterReading])
HEAD = 4  # bytes of a frame's length, big-endian
_FOR_FILES = 0.8  # of a mail's CPU; the rest is for what is read of them all together
_KEPT = 0.1  # CPU seconds kept for each file still waiting; an ordinary form takes a third of that
_AGAIN = 0.25  # CPU seconds until TooSlow is raised again, should a library have swallowed it
_HARD = 2  # CPU seconds after which the kernel ends what no exception could
_meter: "Cpu"
_kept: dict[int, object] = {}


@dataclass(frozen=True)
class Task:
    """``name(*args)``, within so many CPU seconds and bytes of result; ``name`` is ``module:function`` and gives bytes."""

    name: str
    args: tuple[Any, ...]
    cpu_seconds: float
    result_bytes: int


class Cpu:
    """The CPU of one task, shared out among the files of a mail.

    A file may use half of what there is for files, the last one all that is left. Each that was too slow halves what those
    after it may use, down to the least with which an ordinary one is read: dozens of slow ones do not hide it.
    """

    def __init__(self, seconds: float, say: Callable[[bytes], None]) -> None:
        self._end = time.process_time() + seconds
        self._files_end = self._end - seconds * (1 - _FOR_FILES)
        self._last = (self._files_end + self._end) / 2  # up to which a file may have at least the least
        self._most = seconds * _FOR_FILES / 2  # of one file, while others wait
        self._say = say
        self._armed = False
        signal.signal(signal.SIGPROF, self._ring)
        self._until(self._end)

    def stop(self) -> None:
        """Leave the time to send the result."""
        self._armed = False
        signal.setitimer(signal.ITIMER_PROF, 0)

    @contextmanager
    def share(self, at: int, behind: int) -> Iterator[None]:
        """See ``parsers.files.cpu_budget.Meter``."""
        now = time.process_time()
        left = self._files_end - now
        left -= min(_KEPT * behind, left / 2)
        seconds = max(min(self._most, left) if behind else left, _KEPT)
        if now + seconds > self._last:
            raise NotReached
        self._say(b"f%d" % at)
        self._until(now + seconds)
        try:
            yield
        except TooSlow:
            self._most = min(self._most, self._files_end - time.process_time()) / 2
            raise
        finally:
            self._until(self._end)
            self._say(b"o")

    def _until(self, end: float) -> None:
        self._armed = True
        left = max(end - time.process_time(), 0.001)
        soft = math.ceil(end) + _HARD
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
        signal.setitimer(signal.ITIMER_PROF, left, _AGAIN)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self._armed:
            raise TooSlow


def meter() -> Meter:
    """The meter of the task that runs."""
    return _meter


def keep(slot: int, catalogue: object) -> None:
    """What the children forked from here have, for tasks that name it by its slot."""
    _kept[slot] = catalogue


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, slot: int) -> object:
        return _kept[slot]


def serve(handle: int) -> None:
    """Do the task that comes by a socket: ``+`` and the result, or ``-`` and what went wrong. Nothing is raised."""
    global _meter  # noqa: PLW0603 - what is run asks for the meter of its own task
    try:
        # It comes from the parent; never the other way.
        task: Task = _Unpickler(io.BytesIO(_received(handle))).load()
        _meter = cpu = Cpu(task.cpu_seconds, lambda words: _send(handle, words))
        answer = _answer(task)
        cpu.stop()
    except BaseException as error:  # noqa: BLE001 - a panic of a Rust library or sys.exit() is no Exception
        signal.setitimer(signal.ITIMER_PROF, 0)
        words = "CPU limit" if isinstance(error, TooSlow) else f"{type(error).__name__}: {str(error)[:500]}"
        answer = b"-" + words.encode("utf-8", "replace")
    _send(handle, answer)


def _answer(task: Task) -> bytes:
    result: object = pkgutil.resolve_name(task.name)(*task.args)
    if not isinstance(result, bytes):
        return b"-result is no bytes"
    return b"+" + result if len(result) <= task.result_bytes else b"-result too large"


def _send(handle: int, words: bytes) -> None:
    left = len(words).to_bytes(HEAD, "big") + words
    while left:
        left = left[os.write(handle, left) :]


def _received(handle: int) -> bytes:
    return _exactly(handle, int.from_bytes(_exactly(handle, HEAD), "big"))


def _exactly(handle: int, count: int) -> bytes:
    """So many bytes. Raises EOFError when the parent has hung up."""
    pieces = bytearray()
    while len(pieces) < count:
        piece = os.read(handle, min(count - len(pieces), 1 << 20))
        if not piece:
            raise EOFError
        pieces += piece
    return bytes(pieces)
