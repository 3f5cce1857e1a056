"""Word to systemd: ready, alive, stopping.

Owns the few bytes of sd_notify(3): one datagram to the Unix socket named by NOTIFY_SOCKET. Without one nothing is sent.
"""

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterator

import structlog

log = structlog.get_logger()

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"
STILL_SECONDS = 900.0  # longer than any one step of a loop may take; a pause after trouble is at most 300 s


def notify(word: str) -> bool:
    """Tell systemd; whether somebody was told. Never raises: a manager that does not listen must not stop the bot."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.connect("\0" + address[1:] if address.startswith("@") else address)
        sender.sendall(word.encode())
        return True
    return False


def watchdog_seconds() -> float:
    """How often systemd wants a sign of life, halved as it advises; 0 when it wants none from this process."""
    usec, pid = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    if not usec.isdigit() or (pid and pid != str(os.getpid())):
        return 0.0
    return int(usec) / 2_000_000


@contextlib.contextmanager
def watched(steady: Callable[[], bool]) -> Iterator[None]:
    """Ready from now on, stopping when this is left; in between a sign of life whenever systemd wants one, while all is ``steady``."""
    over = threading.Event()
    seconds = watchdog_seconds()

    def watch() -> None:
        while not over.wait(seconds):
            if steady():
                notify(ALIVE)
            else:
                log.error("a loop stands still", action="watchdog", next_step="systemd starts the bot anew")

    notify(READY)
    if seconds:
        threading.Thread(target=watch, name="watchdog", daemon=True).start()
    try:
        yield
    finally:
        over.set()
        notify(STOPPING)
