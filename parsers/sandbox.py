"""The reading of messages and files in child processes with limits, for whatever people send may hang, crash or eat memory.

Owns the children, their limits and what happens when one dies: the result is then "unreadable", never "empty". The one
module of this room that meets the operating system. A child sends back JSON, which is checked here like any input.
"""

import dataclasses
import resource
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessFuture, ProcessPool
from pydantic import TypeAdapter, ValidationError

from parsers import message, read
from parsers.findings import Code, Place, finding
from parsers.read import FileRequest
from parsers.reading import Catalogue, FileReading, Mail, Outcome, Reading

_READING = TypeAdapter(Reading)
_MAIL = TypeAdapter(Mail)
_WHY = "ระบบอ่านเนื้อหาไม่สำเร็จ"
_HEAD_CAP = 1 << 18  # bytes of headers worth a second look when a mail killed its child
_GRACE = 30.0  # seconds a child may take to start, beyond the limit of its task
_FILE_CAP = 1 << 20  # bytes a child may write to a file; it has no need to, but its run-time may
_LOOK = 0.5  # seconds between looks whether the sandbox was closed meanwhile
_TRIES = 3
_TERMINATED = 15  # how a child of the pool ends when someone asks it to
# What a reading child never does; only one that was taken over would.
_FORBIDDEN = (
    *("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"),
    *("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "ctypes."),
)


class SandboxClosed(Exception):  # noqa: N818 - a state, not a fault of the one who asks
    """The sandbox was closed while reading, or no child can be started. Nothing is known about the message."""


class Died(Exception):  # noqa: N818 - it says what became of the child
    """A task ended without a result that can be used; the text says how, for the log."""


class _Again(Exception):  # noqa: N818 - nothing wrong with the task
    """A task was ended from outside, as when all of a service's processes are told to stop, or with its pool."""


@dataclasses.dataclass(frozen=True)
class Limits:
    """What children may use. The figures come from reading some thousand test files of other parsers."""

    wall_seconds: float = 20.0  # 99 % of files take under 1.5 s; the slowest that could be read took 13 s
    cpu_seconds: int = 20
    memory_bytes: int = 1 << 30  # address space beyond what a child maps at its start
    result_bytes: int = 16 << 20
    input_bytes: int = 64 << 20  # mail servers rarely let more through
    workers: int = 2
    tasks_per_worker: int = 50  # then a fresh child, so that nothing builds up
    killers: int = 5  # attachments of one message that may kill a child before the rest is barred too


class Sandbox:
    """Warm children that read. May be used from any thread; close it, or use it as a context manager."""

    def __init__(self, settings: Limits | None = None) -> None:
        self._limits = settings or Limits()
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(self._limits.workers)
        self._closed = False
        self._pool = self._new_pool()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all children. A reading under way in another thread ends with SandboxClosed."""
        with self._lock:
            self._closed = True
            _end(self._pool)

    def read_message(
        self, raw: bytes, catalogue: Catalogue, circular: str | None = None, reporter: str | None = None
    ) -> Reading:
        """``parsers.read.read_message`` in a child. Raises SandboxClosed."""
        request = FileRequest(catalogue, circular, reporter)
        if len(raw) > self._limits.input_bytes:
            return self._oversized("", raw)
        try:
            return self._reading(_message, raw, request, frozenset())
        except Died as died:
            return self._piecewise(raw, request, f"message: {died}")

    def read_file(self, name: str, data: bytes, request: FileRequest) -> Reading:
        """``parsers.read.read_file`` in a child. Raises SandboxClosed."""
        if len(data) > self._limits.input_bytes:
            return self._oversized(name, data)
        try:
            return self._reading(_file, name, data, request)
        except Died as died:
            return _rejected(name, data, f"file: {died}")

    def run(self, function: Callable[..., bytes], *args: Any) -> bytes | None:
        """``function(*args)`` in a child, for what is no reading; None when it fails or the child dies.

        ``function`` must be importable by name and return bytes; ``args`` must pickle. Raises SandboxClosed.
        """
        try:
            return self._run(function, *args)
        except Died:
            return None

    def _piecewise(self, raw: bytes, request: FileRequest, *notes: str) -> Reading:
        """Read a message that killed its child: find the attachments that did it, then read it without them."""
        try:
            count = int(self._run(_count, raw))
            everything = frozenset(range(count))
            self._reading(_message, raw, request, everything)
            killers: dict[int, str] = {}
            for index in everything:
                if len(killers) >= self._limits.killers:
                    killers[index] = "not tried after so many"
                elif fault := self._fault(raw, request, everything - {index}):
                    killers[index] = fault
            notes += tuple(f"attachment {index + 1}: {fault}" for index, fault in killers.items())
            rest = self._reading(_message, raw, request, frozenset(killers))
        except Died as died:
            return dataclasses.replace(_rejected("", raw, *notes, f"without attachments: {died}"), mail=self._mail(raw))
        return dataclasses.replace(rest, notes=(*rest.notes, *notes))

    def _fault(self, raw: bytes, request: FileRequest, barred: frozenset[int]) -> str:
        try:
            self._reading(_message, raw, request, barred)
        except Died as died:
            return str(died)
        return ""

    def _mail(self, raw: bytes) -> Mail | None:
        """What the headers alone say, so that somebody can be answered."""
        head = raw[:_HEAD_CAP].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        try:
            return _MAIL.validate_json(self._run(_head, head + b"\n\n"))
        except (Died, ValidationError):
            return None

    def _oversized(self, name: str, data: bytes) -> Reading:
        why = f"เกิน {self._limits.input_bytes >> 20} เมกะไบต์"
        found = finding(Code.FILE_TOO_LARGE, Place(name), why=why)
        return dataclasses.replace(_rejected(name, data, f"{len(data)} bytes"), findings=(found,))

    def _reading(self, function: Callable[..., bytes], *args: Any) -> Reading:
        """Run a task whose result is a reading. Raises Died when it is none."""
        result = self._run(function, *args)
        try:
            return _READING.validate_json(result)
        except ValidationError as error:
            raise Died(f"malformed result ({error.error_count()} faults)") from error

    def _run(self, function: Callable[..., bytes], *args: Any) -> bytes:
        """Run ``function(*args)`` in a child; both must pickle, and it must return bytes. Raises Died, SandboxClosed."""
        with self._free:
            for _ in range(_TRIES):
                pool = self._running()
                try:
                    task = pool.schedule(_guarded, (self._limits, function, args), timeout=self._limits.wall_seconds)
                    result = self._wait(pool, task)
                except _Again:
                    continue
                except (BrokenProcessPool, RuntimeError):  # the pool itself went, perhaps through a neighbour
                    self._replace(pool)
                    continue
                if result[:1] != b"+":
                    raise Died(result[1:].decode("utf-8", "replace"))
                return result[1:]
            self._probe()
            raise Died(f"no result in {_TRIES} tries")

    def _wait(self, pool: ProcessPool, task: ProcessFuture[bytes]) -> bytes:
        """The task's result. Raises Died for its own end, _Again or BrokenProcessPool when others ended it."""
        patience = self._limits.wall_seconds + _GRACE
        while patience > 0:
            try:
                return task.result(timeout=_LOOK)
            except TimeoutError as error:
                if task.done():
                    raise Died("time limit") from error
                patience -= _LOOK
            except ProcessExpired as error:
                if error.exitcode == _TERMINATED:
                    raise _Again from error
                raise Died(f"child ended with {error.exitcode}") from error
            except CancelledError as error:
                raise _Again from error
            if self._running() is not pool:
                raise _Again
        # A child that dies while it takes its task leaves a task that nobody will ever finish.
        self._replace(pool)
        raise Died("lost")

    def _probe(self) -> None:
        """Raises SandboxClosed when not even an empty task can be run: then it is the machine, not the message."""
        try:
            pool = self._running()
            self._wait(pool, pool.schedule(bytes, (), timeout=self._limits.wall_seconds))
        except SandboxClosed:
            raise
        except (Died, _Again, BrokenProcessPool, RuntimeError) as error:
            raise SandboxClosed("no child can be started") from error

    def _running(self) -> ProcessPool:
        with self._lock:
            if self._closed:
                raise SandboxClosed("closed")
            return self._pool

    def _replace(self, broken: ProcessPool) -> None:
        with self._lock:
            if self._pool is broken and not self._closed:
                _end(broken)
                self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        # A fork server starts from nothing and hands on nothing: no threads, handles or secrets of the parent.
        context = get_context("forkserver")
        context.set_forkserver_preload(["parsers.sandbox"])
        pool = ProcessPool(self._limits.workers, self._limits.tasks_per_worker, _confine, (self._limits,), context)
        _ = pool.active  # asking starts the children
        return pool


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves some of its methods without types
    pool.join()


def _rejected(name: str, data: bytes, *notes: str) -> Reading:
    files = (FileReading(name, "unknown", len(data), Outcome.REJECTED),) if name else ()
    return Reading(findings=(finding(Code.FILE_UNREADABLE, Place(name), why=_WHY),), files=files, notes=notes)


# From here on: what runs in a child.


def _confine(limits: Limits) -> None:
    """Give up, for good, what reading does not need."""
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - this room has no paths
        mapped = int(statm.read().split()[0]) * resource.getpagesize()
    for what, most in (
        (resource.RLIMIT_AS, mapped + limits.memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _FILE_CAP),
    ):
        hard = resource.getrlimit(what)[1]
        lowered = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (lowered, lowered))
    sys.addaudithook(_refuse)


def _refuse(event: str, _args: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} in a reading child")


def _guarded(limits: Limits, function: Callable[..., bytes], args: tuple[Any, ...]) -> bytes:
    """Run a task: ``+`` and its result, or ``-`` and what went wrong. Nothing is raised, so no exception is unpickled."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + limits.cpu_seconds, hard))
    try:
        result: object = function(*args)
        if not isinstance(result, bytes):
            return b"-result is no bytes"
        return b"+" + result if len(result) <= limits.result_bytes else b"-result too large"
    except BaseException as error:  # noqa: BLE001 - a panic of a Rust library or sys.exit() is no Exception
        return b"-" + type(error).__name__.encode() + b": " + str(error)[:500].encode("utf-8", "replace")


def _message(raw: bytes, request: FileRequest, unreadable: frozenset[int]) -> bytes:
    return _READING.dump_json(read.read_message(raw, request.catalogue, unreadable, request.circular, request.reporter))


def _file(name: str, data: bytes, request: FileRequest) -> bytes:
    return _READING.dump_json(read.read_file(name, data, request))


def _count(raw: bytes) -> bytes:
    return str(len(message.parse(raw).attachments)).encode()


def _head(raw: bytes) -> bytes:
    return _MAIL.dump_json(message.parse(raw).mail)
