"""Reading children as their parent sees them: started bare, asked for a result, ended. Nothing they send is believed.

A child sends frames of bytes, each with its length before it; they are never unpickled, and both their size and the time
they may take have an end. How a child ended and what CPU it took are told by the fork server, which reads nothing of anybody.
"""

import contextlib
import json
import os
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.child_process.child import HEAD, Task
from parsers.child_process.kept_catalogues import Catalogues, Kept, pickled

_START = 60.0  # seconds in which a fork server is ready and forks, on a busy machine
_END = 30.0  # seconds in which a killed child is gone
GONE = "gone"  # what EOFError says of a child
# It is its parent who ends it, and no signal to all of a service's processes; that holds before anything is loaded.
_BARE = (
    "import signal, sys; [signal.signal(number, signal.SIG_IGN) for number in (1, 2, 15)]; sys.path[:] = {path!r}; "
    "sys.modules['numpy'] = None; "  # openpyxl takes it in where it is installed, which costs 80 ms and 20 MB for nothing
    "from parsers.child_process.fork_server import main; main({handle}, {memory})"
)


class ServerGoneError(Exception):
    """The fork server does not answer."""


class OverdueError(Exception):
    """The child sent nothing in its time."""


class BabbleError(Exception):
    """The child sent what no child of ours sends."""


@dataclass
class Trace:
    """What a child said of its task on the way."""

    at: int | None = None
    opened: bool = False
    cpu: float = 0.0

    def note(self, frame: bytes) -> None:
        """Take what a child says on its way: which file is begun, or that none is. Raises BabbleError."""
        kind, rest = frame[:1], frame[1:]
        try:
            if kind == b"f":
                self.at, self.opened = int(rest), True
            elif kind == b"o":
                self.at = None
        except ValueError as error:
            raise BabbleError("no number") from error


class Child:
    """One child, for one task and one thread. ``kept`` is what it had from its fork server."""

    def __init__(self, work: socket.socket, told: socket.socket, kept: Kept | None = None) -> None:
        self._work, self._told, self._kept = work, told, kept
        self.pid = int(self._line(_START).get("pid", 0))

    def frames(self, task: Task, seconds: float) -> Iterator[bytes]:
        """Have it do a task and yield what it sends, up to the result.

        Raises EOFError when the child ends, OverdueError after ``seconds``, BabbleError for a frame of an impossible size.
        """
        end = time.monotonic() + seconds
        words = pickled(task, self._kept)
        try:
            self._work.settimeout(seconds)
            self._work.sendall(len(words).to_bytes(HEAD, "big") + words)
            while True:
                frame = self._frame(end, task.result_bytes)
                yield frame
                if frame[:1] in {b"+", b"-"}:
                    return
        except TimeoutError as error:
            raise OverdueError from error
        except OSError as error:
            raise EOFError(GONE) from error

    def end(self) -> tuple[int, float]:
        """Kill it, if it still lives: its exit status, negative for a signal, and all the CPU seconds it took.

        Raises ServerGoneError.
        """
        with contextlib.suppress(OSError):
            self._told.sendall(b"k")
        try:
            ended = self._line(_END)
        finally:
            self.leave()
        return int(ended["status"]), ended["cpu"]

    def leave(self) -> None:
        """Let go of it; its fork server, if there still is one, then kills it."""
        self._work.close()
        self._told.close()

    def _frame(self, end: float, most: int) -> bytes:
        size = int.from_bytes(self._exactly(HEAD, end), "big")
        if not 0 < size <= most + 1:
            raise BabbleError(f"a frame of {size} bytes")
        return self._exactly(size, end)

    def _exactly(self, count: int, end: float) -> bytes:
        pieces = bytearray()
        while len(pieces) < count:
            self._work.settimeout(max(end - time.monotonic(), 0.001))
            piece = self._work.recv(min(count - len(pieces), 1 << 20))
            if not piece:
                raise EOFError(GONE)
            pieces += piece
        return bytes(pieces)

    def _line(self, seconds: float) -> dict[str, float]:
        """One line of the fork server. Raises ServerGoneError."""
        self._told.settimeout(seconds)
        line = b""
        try:
            while not line.endswith(b"\n"):
                piece = self._told.recv(1)  # lines are short, and the next one must stay
                if not piece:
                    raise ServerGoneError("no word of the child")
                line += piece
        except OSError as error:
            raise ServerGoneError(str(error)) from error
        words: dict[str, float] = json.loads(line)
        return words


class Server:
    """The fork server of one sandbox. May be used from any thread."""

    def __init__(self, memory_bytes: int) -> None:
        self._lock = threading.Lock()
        self._catalogues = Catalogues()
        self._control, theirs = socket.socketpair()
        with theirs:
            code = _BARE.format(path=sys.path, handle=theirs.fileno(), memory=memory_bytes)
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
                [sys.executable, "-I", "-c", code],
                env={},  # secrets in it would lie in the memory of every child
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def child(self, module: str, catalogue: object = None) -> Child:
        """A fresh child that has this module, and the catalogue where it is asked for again. Raises ServerGoneError."""
        work, theirs = socket.socketpair()
        told, teller = socket.socketpair()
        try:
            with theirs, teller, self._lock:
                kept = self._ask(module, [theirs.fileno(), teller.fileno()], catalogue)
            return Child(work, told, kept)
        except ServerGoneError:
            work.close()
            told.close()
            raise

    def _ask(self, module: str, handles: list[int], catalogue: object) -> Kept | None:
        """Have a child forked: the catalogue as it has it. Raises ServerGoneError.

        A catalogue that comes a second time is handed to the server once, in a file in memory, and the server reads a
        specimen against it: that takes longer than one mail.
        """
        kept = self._catalogues.find(catalogue) if catalogue is not None else None
        with contextlib.ExitStack() as stack:
            if kept is None and catalogue is not None and self._catalogues.comes_again(catalogue):
                kept = self._catalogues.take(catalogue)
                file = stack.enter_context(os.fdopen(os.memfd_create("catalogue"), "wb"))
                pickle.dump(catalogue, file)
                file.flush()
                handles = [*handles, file.fileno()]
            try:
                socket.send_fds(self._control, [f"{kept.slot if kept else 0} {module}".encode()], handles)
            except OSError as error:
                raise ServerGoneError(str(error)) from error
        return kept

    def close(self) -> None:
        """End all children and wait for it."""
        self._control.close()
        try:
            self._process.wait(_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
