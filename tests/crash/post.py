"""The servers of the crash matrix: Dovecot for the mailbox, and an outgoing server with an append-only log.

A line of the log is on the disk before the daemon hears that its letter was taken, so the log knows of every letter that
came to its reader. Where Dovecot cannot run, the embedded post office takes its place.
"""

import base64
import contextlib
import json
import os
import smtplib
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from aiosmtpd.controller import Controller

from bot.demo.mail_servers import PostOffice
from tests.setup.real_mail import HOST, OFFICE, PASSWORD, RealMail, free_port, make_certificates, missing


class Post:
    """An office's mailbox, and what left for others. `on_taken` is called for each letter before its sender hears of it."""

    office_address = OFFICE

    def __init__(self, log: Path, imap_port: int, user: str, password: str, drop: Callable[[bytes, str], None]) -> None:
        self.log = log
        self.imap_port, self.user, self.password = imap_port, user, password
        self.smtp_port = free_port()
        self.on_taken: Callable[[], None] | None = None
        self._drop = drop

    def deliver(self, raw: bytes, sender: str) -> None:
        """A mail to the office; it lies in the mailbox when this returns."""
        self._drop(raw, sender)

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        """Take a letter: first the log, then the answer."""
        line = {"at": time.time(), "to": envelope.rcpt_tos, "raw": base64.b64encode(envelope.content).decode()}
        with self.log.open("a", encoding="ascii") as log:
            log.write(json.dumps(line) + "\n")
            log.flush()
            os.fsync(log.fileno())
        if self.on_taken:
            self.on_taken()
        return "250 2.0.0 taken"

    def taken(self) -> list[tuple[float, str, bytes]]:
        """(time, recipient, letter) of every delivery so far."""
        if not self.log.exists():
            return []
        lines = [json.loads(line) for line in self.log.read_text(encoding="ascii").splitlines()]
        return [(line["at"], to.lower(), base64.b64decode(line["raw"])) for line in lines for to in line["to"]]


@contextlib.contextmanager
def servers(log: Path) -> Iterator[Post]:
    """A running pair of servers."""
    with contextlib.ExitStack() as stack:
        post = stack.enter_context(_embedded(log) if missing() else _dovecot(log))
        controller = Controller(post, hostname=HOST, port=post.smtp_port, server_hostname="localhost")
        controller.start()
        stack.callback(controller.stop)
        yield post


@contextlib.contextmanager
def _dovecot(log: Path) -> Iterator[Post]:
    with tempfile.TemporaryDirectory() as folder, RealMail(make_certificates(Path(folder))) as real:

        def drop(raw: bytes, sender: str) -> None:
            # Straight into Dovecot, as its own delivery agent would do it.
            with smtplib.LMTP(HOST, real.lmtp_port, timeout=30) as lmtp:
                lmtp.sendmail(sender, [OFFICE], raw)

        yield Post(log, real.imap_port, OFFICE, PASSWORD, drop)


@contextlib.contextmanager
def _embedded(log: Path) -> Iterator[Post]:
    with PostOffice(OFFICE) as post:
        yield Post(log, post.imap_port, post.user, post.password, lambda raw, sender: post.deliver(raw, sender, OFFICE))
