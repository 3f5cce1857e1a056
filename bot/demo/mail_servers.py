"""An embedded post office on loopback: pymap for the office's mailbox, aiosmtpd for everything that is sent.

Owns one thread with one event loop that serves both. Knows bytes and addresses only. For the demo and for tests; nothing
in here is made to meet the Internet.
"""

import asyncio
import datetime
import queue
import ssl
import threading
import weakref
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session
from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.version import ProxyProtocolVersion
from pymap.backend.dict import Config, Login
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import BuiltinHash

LOOPBACK = "127.0.0.1"
# The embedded servers start in under a second; a laden machine gets ten.
START_SECONDS = 10.0
# Far above any mail of the play, so that size is never what it is about.
LARGEST_MAIL = 64 * 1024 * 1024

Callback = Callable[[str, bytes], None]
Clock = Callable[[], datetime.datetime]


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class _Settings(Config):
    """pymap's settings; the greeting must not ask the DNS for our name."""

    @property
    def greeting(self) -> bytes:
        return b"Server ready"


class PostOffice:
    """A context manager with an IMAP and an SMTP port.

    Mail for the office's address (a plus-address too) goes to the INBOX of its IMAP server; every other recipient's mail
    to a list of their own, read with `inbox_of`.

    `on_delivery(recipient, raw)` is called after each delivery, one after the other, in a thread of its own, so that it
    may send mail itself. What it raises is raised again when the post office closes. `clock` gives the INTERNALDATE.
    """

    user = "office"
    password = "office-secret"  # noqa: S105 -- guards a server on loopback for the length of a demo

    def __init__(self, office_address: str, *, clock: Clock = _now) -> None:
        self.office_address = office_address.lower()
        self.clock = clock
        self.on_delivery: Callback | None = None
        self.imap_port = 0
        self.smtp_port = 0
        self._inboxes: dict[str, list[bytes]] = {}
        self._news = threading.Condition()
        self._calls: queue.SimpleQueue[tuple[str, bytes] | None] = queue.SimpleQueue()
        self._troubles: list[BaseException] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._closing = asyncio.Event()
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._serve, self._call)]

    # -- what a demo or a test asks ------------------------------------------------------------------------------

    def inbox_of(self, address: str) -> list[bytes]:
        """The mails delivered to an address so far, oldest first, as they were sent. The office's own included."""
        with self._news:
            return list(self._inboxes.get(address.lower(), ()))

    def addresses(self) -> list[str]:
        """Every address that got a mail, in the order of the first."""
        with self._news:
            return list(self._inboxes)

    def wait_for(self, address: str, count: int, seconds: float = 10.0) -> list[bytes]:
        """The mails of an address as soon as there are `count`. TimeoutError after `seconds`."""
        with self._news:
            if not self._news.wait_for(lambda: len(self._inboxes.get(address.lower(), ())) >= count, seconds):
                raise TimeoutError(f"{address} has {len(self._inboxes.get(address.lower(), ()))} of {count} mails")
            return list(self._inboxes[address.lower()])

    def deliver(self, raw: bytes, sender: str, recipient: str) -> None:
        """Deliver without SMTP, from any thread but the server's; returns when the mail lies in its inbox."""
        if self._loop is None:
            raise RuntimeError("the post office is closed")
        asyncio.run_coroutine_threadsafe(self._deliver(raw, sender, recipient), self._loop).result(START_SECONDS)

    # -- life ----------------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        if not self._ready.wait(START_SECONDS):
            raise TimeoutError("the embedded servers did not start")
        if self._troubles:
            raise self._troubles[0]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(RuntimeError):  # the loop has ended by itself after trouble
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._closing.set)
        self._calls.put(None)
        for thread in self._threads:
            thread.join(START_SECONDS)
        if self._troubles and error is None:
            raise self._troubles[0]

    def _call(self) -> None:
        while (delivered := self._calls.get()) is not None:
            callback = self.on_delivery
            if callback is not None:
                try:
                    callback(*delivered)
                except Exception as error:  # noqa: BLE001 -- kept, and raised where the post office was opened
                    self._troubles.append(error)

    def _serve(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as error:  # noqa: BLE001 -- kept, and raised where the post office was opened
            self._troubles.append(error)
        finally:
            self._ready.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        config = self._imap_config()
        self._login = Login(config)
        hashed = await Passwords(config).hash_password(self.password)
        await self._login.demo_user_identity.set(UserMetadata(config, self.user, password=hashed))
        writers: weakref.WeakSet[asyncio.StreamWriter] = weakref.WeakSet()
        answer = ProxyProtocolReader(config.proxy_protocol).get_callback(IMAPServer(self._login, config))

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.add(writer)
            await answer(reader, writer)

        imap = await asyncio.start_server(serve, LOOPBACK, 0)
        smtp = await self._loop.create_server(self._smtp, LOOPBACK, 0)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        self._ready.set()
        await self._closing.wait()
        self._loop = None
        imap.close()
        smtp.close()
        for writer in writers:
            writer.close()  # pymap leaves that to the loop, which may be gone by then
        await _end_all_others()

    def _imap_config(self) -> Config:
        return _Settings(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host=LOOPBACK,
            port=0,
            tls_enabled=False,
            ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
            hash_context=BuiltinHash(rounds=1),
            cpu_subsystem=Subsystem.for_asyncio(),
            proxy_protocol=ProxyProtocolVersion.get(None),
            demo_data=False,
            demo_user=self.user,
            demo_password=self.password,
        )

    # -- mail ----------------------------------------------------------------------------------------------------

    def _smtp(self) -> SMTP:
        return SMTP(self, hostname="localhost", data_size_limit=LARGEST_MAIL, loop=self._loop)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        """Deliver a mail that came in whole."""
        raw = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        for recipient in dict.fromkeys(envelope.rcpt_tos):
            await self._deliver(raw, envelope.mail_from or "", recipient)
        return "250 2.0.0 delivered"

    async def _deliver(self, raw: bytes, sender: str, recipient: str) -> None:
        if self._is_office(recipient):
            # As a real server does: the plus-address of the envelope is nowhere else to be seen.
            head = f"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\n".encode()
            async with self._login.demo_user_identity.new_session() as session:
                await session.append_messages("INBOX", [AppendMessage(head + raw, self.clock(), frozenset())])
        with self._news:
            self._inboxes.setdefault(recipient.lower(), []).append(raw)
            self._news.notify_all()
        self._calls.put((recipient, raw))

    def _is_office(self, recipient: str) -> bool:
        local, _, domain = recipient.lower().partition("@")
        return f"{local.partition('+')[0]}@{domain}" == self.office_address


async def _end_all_others() -> None:
    """End the connections still open, and let their sockets close."""
    others: set[asyncio.Task[Any]] = asyncio.all_tasks() - {t for t in (asyncio.current_task(),) if t}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for _ in range(3):
        await asyncio.sleep(0)
