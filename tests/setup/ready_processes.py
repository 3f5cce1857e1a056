"""Processes of Ruam that begin with its modules loaded: to load them takes a process two seconds, and the tests start about eighty.

``python -m tests.setup.ready_processes`` loads them and forks whenever it is asked: what it forks has arguments,
environment, output and end of its own, and goes by the moved clock. How Ruam starts from nothing is tested on whole
processes: the wheel's (``tests/road/test_demo.py``), those of ``tests/faults`` and ``tests/bot/cli/test_main.py``.
"""

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
LOADED = ("bot.cli", "bot.service", "bot.documents", "bot.desk")
MOST = 1 << 17  # bytes of a request: arguments and environment
PATIENCE = 120.0  # seconds for loading all modules, on a busy machine

_starter: list[tuple[subprocess.Popen[bytes], socket.socket]] = []


class ReadyProcess:
    """A command of Ruam in a process of its own; as ``subprocess.Popen``, as far as tests use that."""

    def __init__(self, words: Sequence[str], stdout: IO[bytes], stderr: IO[bytes]) -> None:
        self._told, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        asked = json.dumps({"words": words, "environment": dict(os.environ)}).encode()
        with theirs:
            handles = [stdout.fileno(), stderr.fileno(), theirs.fileno()]
            socket.send_fds(_started(), [asked], handles)
        self._told.settimeout(PATIENCE)
        self.pid = int(self._told.recv(100))
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, or the negative number of the signal that ended it. Raises TimeoutError."""
        if self.returncode is None:
            self._told.settimeout(timeout)
            self.returncode = int(self._told.recv(100))
            self._told.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it is known to have ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def run(words: Sequence[str], timeout: float) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. Raises TimeoutError."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = ReadyProcess(words, out, err)
        try:
            code = process.wait(timeout)
        finally:
            process.kill()
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode())
    return subprocess.CompletedProcess(words, code, *said)


def end() -> None:
    """End the process that forks; what it forked lives on."""
    while _starter:
        process, asked = _starter.pop()
        asked.close()
        process.wait(PATIENCE)


def _started() -> socket.socket:
    """Where requests go: to one process that forks for all tests of this one."""
    if not _starter:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-u", "-m", "tests.setup.ready_processes", str(theirs.fileno())]
            process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )
        _starter.append((process, ours))
    return _starter[0][1]


def _load() -> None:
    for room in LOADED:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            importlib.import_module(found.name)
    gc.collect()
    gc.freeze()


def _forked(asked: socket.socket) -> list[str]:
    """Fork at each request, until nobody can ask any more; returns in the forked processes alone, with their arguments."""
    while True:
        request, handles, _, _ = socket.recv_fds(asked, MOST, 3)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:  # the keepers that are done
                pass
        if not request:
            raise SystemExit
        if os.fork() == 0:
            asked.close()
            return _kept(request, *handles)
        for handle in handles:
            os.close(handle)


def _kept(request: bytes, out: int, err: int, told: int) -> list[str]:
    """A process beside which its keeper waits, to tell its number and its end."""
    if number := os.fork():
        with socket.socket(fileno=told) as tells:
            tells.send(str(number).encode())
            _, status = os.waitpid(number, 0)
            tells.send(str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    for handle, place in ((out, 1), (err, 2)):
        os.dup2(handle, place)
    for handle in (out, err, told):
        os.close(handle)
    wanted = json.loads(request)
    os.environ.clear()
    os.environ.update(wanted["environment"])
    return ["ruam", *wanted["words"]]


if __name__ == "__main__":
    from bot.cli.main import main
    from tests.setup.moved_clock import moved

    _load()
    with socket.socket(fileno=int(sys.argv[1])) as requests:
        sys.argv = _forked(requests)
    with moved():
        main()
