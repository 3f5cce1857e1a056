"""The process that reading children are forked from: started bare, with everything that reading needs loaded once.

Knows nothing of the program that started it: no environment, no handle but one socket, no ``__main__``. For each message on
that socket, a slot and the name of a module with two handles, it forks a child that does one task from the first one. On the second it tells
the child's process id, and at its end, as ``{"status": ..., "cpu": ...}``, how it ended and the CPU seconds it took. A byte
on the second handle, or its closing, kills the child; the closing of the socket ends them all. A third handle is a file with
a catalogue, or the naming of an office, which the children have from now on in that slot: the server reads a specimen of its own
making against it, so that each child is born with all that is made of a form once. Nothing that anybody sent is ever read here.
"""

import encodings
import gc
import importlib
import json
import os
import pickle
import pkgutil
import selectors
import signal
import socket
import sys
from contextlib import suppress

from parsers.child_process import child, confine, specimen, tasks  # noqa: F401 - what reads is loaded before any fork
from parsers.form.naming import Naming
from parsers.reading import Catalogue

FURTHEST = 1 << 16  # handles closed in a child, up to the highest there might be


def main(handle: int, memory_bytes: int) -> None:
    """Serve until the other end of the socket is closed."""
    os.umask(0o077)
    warm()
    sys.modules.pop("numpy", None)  # it was barred from what reads; a task of another kind may need it
    with socket.socket(fileno=handle) as control:
        _Server(control, memory_bytes).serve()


def warm() -> None:
    """Load what reading would load when it first meets it, codecs and kinds of pictures: a child can open no file any more."""
    importlib.import_module("PIL.Image").init()
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError):  # those of Windows
            importlib.import_module(f"encodings.{module.name}")


class _Server:
    def __init__(self, control: socket.socket, memory_bytes: int) -> None:
        self._control = control
        self._memory_bytes = memory_bytes
        self._children: dict[int, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._deaths, wake = os.pipe()
        for end in (self._deaths, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(control, selectors.EVENT_READ)
        self._selector.register(self._deaths, selectors.EVENT_READ)

    def serve(self) -> None:
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._control:
                    if not self._fork():
                        self._end()
                        return
                elif key.fileobj == self._deaths:
                    os.read(self._deaths, 1 << 16)
                    self._reap()
                elif key.data in self._children:
                    self._kill(key.data)

    def _fork(self) -> bool:
        """Fork the child that is asked for; False when nobody asks any more."""
        words, handles, _, _ = socket.recv_fds(self._control, 1 << 16, 3)
        if not words:
            return False
        slot, _, module = words.decode().partition(" ")
        with suppress(ImportError):  # the child's task then says so
            importlib.import_module(module)
        work, told, *catalogue = handles
        for each in catalogue:
            _learn(int(slot), each)
        gc.collect()
        gc.freeze()  # what is loaded stays shared with the children
        pid = os.fork()
        if not pid:
            self._be_child(work)
        os.close(work)
        status = socket.socket(fileno=told)
        self._children[pid] = status
        self._selector.register(status, selectors.EVENT_READ, pid)
        _tell(status, {"pid": pid})
        return True

    def _be_child(self, work: int) -> None:
        """Never returns."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            void = os.open(os.devnull, os.O_RDWR)
            for standard in range(3):
                os.dup2(void, standard)
            os.dup2(work, 3)
            os.closerange(4, FURTHEST)
            confine.confine(self._memory_bytes)
            child.serve(3)
        finally:
            os._exit(0)

    def _kill(self, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self._selector.unregister(self._children[pid])

    def _reap(self) -> None:
        for pid in list(self._children):
            found, status, usage = os.wait4(pid, os.WNOHANG)
            if found:
                self._ended(pid, status, usage.ru_utime + usage.ru_stime)

    def _ended(self, pid: int, status: int, cpu: float) -> None:
        told = self._children.pop(pid)
        with suppress(KeyError):  # a killed one is no longer listened to
            self._selector.unregister(told)
        _tell(told, {"status": os.waitstatus_to_exitcode(status), "cpu": cpu})
        told.close()

    def _end(self) -> None:
        for pid in list(self._children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            _, status, usage = os.wait4(pid, 0)
            self._ended(pid, status, usage.ru_utime + usage.ru_stime)


def _learn(slot: int, handle: int) -> None:
    with open(handle, "rb") as file:
        file.seek(0)
        kept: Catalogue | Naming = pickle.load(file)  # noqa: S301 - it comes from the parent, as tasks do
    child.keep(slot, kept)
    with suppress(Exception):  # it only saves time
        specimen.made_of(kept)


def _tell(status: socket.socket, words: dict[str, float]) -> None:
    with suppress(OSError):  # nobody may listen any more
        status.sendall(json.dumps(words).encode() + b"\n")
