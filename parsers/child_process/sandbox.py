"""The reading of messages and files in child processes with limits, for whatever people send may hang, crash or eat memory.

Owns the children, what a mail may cost, and what the end of a child means. CPU decides: a file that needs too much is named,
and a file that ends its child is named and left out of the next attempt, which together cost at most three times a mail's
CPU. A child that waits ten times as long without using its CPU says nothing about the mail: it is the machine's trouble. A
child sends back JSON, which is checked here like any input.
"""

import contextlib
import dataclasses
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from parsers.baseline.reading import BaselineReading, BaselineRequest
from parsers.baseline.slips import Slip, mistake
from parsers.blank_form.as_record import PAPERS
from parsers.blank_form.proposal import Code as UnsureCode
from parsers.blank_form.proposal import Paper, Papers
from parsers.blank_form.unsure import unsure
from parsers.child_process.child import BASELINE, MAIL, MAILED_ROSTER, READING, ROSTER, Task
from parsers.child_process.children import GONE, BabbleError, OverdueError, Server, ServerGoneError, Trace
from parsers.findings import Code, Place, finding
from parsers.form.naming import Naming
from parsers.reading import Catalogue, FileReading, FileRequest, Mail, Outcome, Reading
from parsers.rosters.entries import RosterReading, RosterRequest
from parsers.rosters.entries import Slip as RosterSlip
from parsers.rosters.slips import mistake as roster_mistake

_READING = "parsers.child_process.tasks:"  # by name: what reads is loaded in the children alone
_WHY = "ระบบอ่านเนื้อหาไม่สำเร็จ"
_HEAD_CAP = 1 << 18  # bytes of headers worth a second look when a mail killed its child
_HEAD_SECONDS = 2.0  # CPU for them
_TIMES = 3  # the CPU of a mail that all attempts at reading it may use together
_LEAST = 0.5  # CPU seconds with which another attempt is worth while
_TRIES = 3  # a server of children may be ended from outside just when it is asked; three in a row are no chance


class SandboxClosed(Exception):  # noqa: N818 - a state, not a fault of the one who asks
    """The sandbox was closed while reading, or no child can be started. Nothing is known about the message."""


class Starved(Exception):  # noqa: N818 - as SandboxClosed
    """A child had waited its time without having used its CPU. Try again later, but not for ever: it may do so each time."""


class Died(Exception):  # noqa: N818 - it says what became of the child
    """A task ended without a result that can be used; the text says how, for the log.

    ``at`` is the place of the file that was being read; ``opened`` says that some were, ``cpu`` how many seconds it took.
    """

    def __init__(self, words: str, trace: Trace | None = None) -> None:
        super().__init__(words)
        self.at = trace.at if trace else None
        self.opened = bool(trace and trace.opened)
        self.cpu = trace.cpu if trace else 0.0


@dataclasses.dataclass(frozen=True)
class Limits:
    """What children may use. The figures come from reading some thousand test files of other parsers."""

    cpu_seconds: float = 30.0  # of one mail; 99 % of files take under 1.5 s, the slowest that could be read took 13 s
    wall_seconds: float = 300.0  # ten times that, for a machine that has much else to do
    memory_bytes: int = 1 << 30  # address space beyond what a child maps at its start
    result_bytes: int = 16 << 20
    input_bytes: int = 64 << 20  # mail servers rarely let more through
    workers: int = 2
    killers: int = 5  # files of one message that may kill a child before those after them are not tried


class Sandbox:
    """Children that read, one for each task: a mail that took one over has nothing of the next. May be used from any thread; close it, or use it as a context manager."""

    def __init__(self, settings: Limits | None = None) -> None:
        self._limits = settings or Limits()
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(self._limits.workers)
        self._closed = False
        # Started for the first task, since that takes a second and many commands read nothing.
        self._server: Server | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def children(self) -> int:
        """How many can read at the same time."""
        return self._limits.workers

    def close(self) -> None:
        """End all children. A reading under way in another thread ends with SandboxClosed."""
        with self._lock:
            self._closed = True
            if self._server:
                self._server.close()

    def read_message(
        self, raw: bytes, catalogue: Catalogue, circular: str | None = None, reporter: str | None = None
    ) -> Reading:
        """``parsers.read.read_message`` in a child. Raises SandboxClosed, Starved."""
        if len(raw) > self._limits.input_bytes:
            return self._oversized("", raw)
        request = FileRequest(catalogue, circular, reporter)
        reading, notes = self._attempts(_READING + "read_message", raw, request)
        if reading is None:
            return dataclasses.replace(_rejected("", raw, *notes), mail=self._mail(raw))
        return dataclasses.replace(reading, notes=(*reading.notes, *notes))

    def read_file(self, name: str, data: bytes, request: FileRequest) -> Reading:
        """``parsers.read.read_file`` in a child. Raises SandboxClosed, Starved."""
        if len(data) > self._limits.input_bytes:
            return self._oversized(name, data)
        reading, notes = self._attempts(_READING + "read_file", name, data, request)
        if reading is None:
            return _rejected(name, data, *notes)
        return dataclasses.replace(reading, notes=(*reading.notes, *notes))

    def read_baseline(self, name: str, data: bytes, request: BaselineRequest) -> BaselineReading:
        """``parsers.baseline.read_list.read_baseline`` in a child. Raises SandboxClosed, Starved."""
        try:
            return BASELINE.validate_json(self._run(_READING + "read_list", name, data, request))
        except (Died, ValidationError):
            why = finding(Code.FILE_UNREADABLE, Place(name), why=_WHY).message
            return BaselineReading(mistakes=(mistake(Slip.FILE, Place(name), why=why),))

    def read_roster(self, name: str, data: bytes, request: RosterRequest) -> RosterReading:
        """``parsers.rosters.read_roster.read_roster`` in a child. Raises SandboxClosed, Starved."""
        try:
            return ROSTER.validate_json(self._run(_READING + "read_roster", name, data, request))
        except (Died, ValidationError):
            why = finding(Code.FILE_UNREADABLE, Place(name), why=_WHY).message
            return RosterReading(mistakes=(roster_mistake(RosterSlip.FILE, Place(name), why=why),))

    def read_mail_roster(self, raw: bytes, request: RosterRequest) -> tuple[tuple[str, ...], RosterReading]:
        """The names of a mail's files that are rosters, none where there is none, and what the first says. Raises SandboxClosed, Starved."""
        try:
            return MAILED_ROSTER.validate_json(self._run(_READING + "read_mail_roster", raw, request))
        except (Died, ValidationError):
            return (), RosterReading()

    def read_papers(self, papers: Sequence[Paper], words: str, naming: Naming) -> Papers:
        """``parsers.blank_form.read_papers.read_papers`` in a child. Raises SandboxClosed, Starved."""
        try:
            return PAPERS.validate_json(self._run(_READING + "read_papers", papers, words, naming))
        except (Died, ValidationError):
            names = ", ".join(paper.name for paper in papers)
            why = finding(Code.FILE_UNREADABLE, Place(names), why=_WHY).message
            return Papers(unsure=(unsure(UnsureCode.FILE, why), unsure(UnsureCode.NO_FORM)))

    def read_mail_papers(self, raw: bytes, naming: Naming) -> Papers:
        """The papers that a mail brings, read in a child. Raises SandboxClosed, Starved."""
        try:
            return PAPERS.validate_json(self._run(_READING + "read_mail_papers", raw, naming))
        except (Died, ValidationError):
            return Papers(unsure=(unsure(UnsureCode.NO_FORM),))

    def run(self, function: Callable[..., bytes], *args: Any) -> bytes | None:
        """``function(*args)`` in a child, for what is no reading; None when it fails, takes too long or the child dies.

        ``function`` must be importable by name and return bytes; ``args`` must pickle. Raises SandboxClosed, Starved.
        """
        try:
            return self._run(f"{function.__module__}:{function.__qualname__}", *args)
        except Died:
            return None

    def warm(self, naming: Naming) -> None:
        """Have at hand what children need to show mails, before somebody waits for it. Raises SandboxClosed, Starved."""
        for _ in range(2):  # what comes a second time is kept
            with contextlib.suppress(Died):
                self._run(_READING + "nothing", naming)

    def walls(self) -> bytes | None:
        """What a child finds open that should be shut (``parsers.child_process.confine.report``); None when none answers."""
        try:
            return self._run(_READING + "walls")
        except Died:
            return None

    def _attempts(self, name: str, *args: Any) -> tuple[Reading | None, tuple[str, ...]]:
        """A reading without the files that end their child, each named by the one it ended; None where none is left.

        And what went wrong on the way.
        """
        barred: frozenset[int] = frozenset()
        stop: int | None = None
        notes: tuple[str, ...] = ()
        left, began = self._limits.cpu_seconds * _TIMES, time.monotonic()
        while left > _LEAST:
            if time.monotonic() - began > self._limits.wall_seconds:  # the next might take as long again
                raise Starved("; ".join(notes))
            seconds = min(self._limits.cpu_seconds, left)
            try:
                return self._reading(name, *args, barred, stop, seconds=seconds), notes
            except Died as died:
                place = "the rest" if died.at is None else f"file {died.at + 1}"
                notes = (*notes, f"{place}: {died}")
                left -= max(died.cpu, _LEAST / 2)
                if not died.opened or stop == 0:
                    break  # it was none of the files
                if died.at is None:
                    stop = 0  # they could be opened, but were too much together
                elif len(barred) < self._limits.killers - 1 and left > self._limits.cpu_seconds:
                    barred |= {died.at}
                else:
                    stop = died.at
        return None, notes

    def _mail(self, raw: bytes) -> Mail | None:
        """What the headers alone say, so that somebody can be answered."""
        head = raw[:_HEAD_CAP].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        try:
            return MAIL.validate_json(self._run(_READING + "read_head", head + b"\n\n", seconds=_HEAD_SECONDS))
        except (Died, ValidationError):
            return None

    def _oversized(self, name: str, data: bytes) -> Reading:
        found = finding(Code.FILE_TOO_LARGE, Place(name), why=f"เกิน {self._limits.input_bytes >> 20} เมกะไบต์")
        return dataclasses.replace(_rejected(name, data, f"{len(data)} bytes"), findings=(found,))

    def _reading(self, name: str, *args: Any, seconds: float | None = None) -> Reading:
        """Run a task whose result is a reading. Raises Died when it is none."""
        result = self._run(name, *args, seconds=seconds)
        try:
            return READING.validate_json(result)
        except ValidationError as error:
            raise Died(f"malformed result ({error.error_count()} faults)") from error

    def _run(self, name: str, *args: Any, seconds: float | None = None) -> bytes:
        """Run ``name(*args)`` in a child. Raises Died, Starved, SandboxClosed."""
        task = Task(name, args, self._limits.cpu_seconds if seconds is None else seconds, self._limits.result_bytes)
        with self._free:
            for _ in range(_TRIES):
                server = self._running()
                try:
                    return self._asked(server, task)
                except ServerGoneError:  # it was ended from outside, or by us
                    self._replace(server)
        self._running()
        raise SandboxClosed("no child can be started")

    def _asked(self, server: Server, task: Task) -> bytes:
        """The task's result, by a child of its own. Raises Died, Starved, ServerGoneError."""
        worker, trace, frame = server.child(task.name.partition(":")[0], _kept_of(task)), Trace(), b""
        try:
            for frame in worker.frames(task, self._limits.wall_seconds):
                trace.note(frame)
            words = frame[1:].decode("utf-8", "replace") if frame[:1] == b"-" else ""
        except OverdueError as error:
            worker.end()
            raise Starved(f"no result in {self._limits.wall_seconds:g} s") from error
        except (EOFError, BabbleError) as error:
            words = str(error)
        if not words:
            worker.leave()
            return frame[1:]
        status, trace.cpu = worker.end()
        if self._running() is not server:
            raise ServerGoneError("replaced")
        raise Died(f"child ended with {status}" if words == GONE else words, trace)

    def _running(self) -> Server:
        with self._lock:
            if self._closed:
                raise SandboxClosed("closed")
            if self._server is None:
                self._server = Server(self._limits.memory_bytes)
            return self._server

    def _replace(self, gone: Server) -> None:
        with self._lock:
            if self._server is gone and not self._closed:
                gone.close()
                self._server = None


def _kept_of(task: Task) -> Catalogue | Naming | None:
    """What of a task the fork server may have for it: the catalogue, or how the office's organisations are named."""
    for each in task.args:
        if isinstance(each, FileRequest):
            return each.catalogue
        if isinstance(each, Naming):
            return each
    return None


def _rejected(name: str, data: bytes, *notes: str) -> Reading:
    files = (FileReading(name, "unknown", len(data), Outcome.REJECTED),) if name else ()
    return Reading(findings=(finding(Code.FILE_UNREADABLE, Place(name), why=_WHY),), files=files, notes=notes)
