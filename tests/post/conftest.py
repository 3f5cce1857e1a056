"""Scripted servers that misbehave to order, and accounts on servers that do not."""

import itertools
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from bot.post.mailbox import Mailbox
from bot.post.settings import ImapSettings, SmtpSettings
from tests.setup.real_mail import HOST, OFFICE, PASSWORD, free_port


class Wire:
    """One connection as a script sees it."""

    def __init__(self, sock, number):
        self.sock, self.number = sock, number  # number: 1 for the first connection
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = sock.makefile("rb")
        self.heard: list[bytes] = []

    def line(self) -> bytes:
        line = self.file.readline()
        if not line:
            raise EOFError
        self.heard.append(line.rstrip(b"\r\n"))
        return self.heard[-1]

    def say(self, *lines: bytes) -> None:
        self.sock.sendall(b"".join(line + b"\r\n" for line in lines))

    def hang(self) -> None:
        """Say nothing until the other side goes away."""
        while self.file.readline():
            pass

    def close(self) -> None:
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.file.close()
        self.sock.close()


class Scripted:
    """A server on loopback whose connections run `script(wire)`, each in a thread; the end of the script closes."""

    def __init__(self, script: Callable[[Wire], None]):
        self.script = script
        self.wires: list[Wire] = []
        self.listener = socket.create_server((HOST, 0))
        self.port = self.listener.getsockname()[1]
        self.threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def heard(self) -> list[bytes]:
        return [line for wire in self.wires for line in wire.heard]

    def _accept(self):
        with suppress(OSError):
            for number in itertools.count(1):
                sock, _ = self.listener.accept()
                self.wires.append(Wire(sock, number))
                self.threads.append(threading.Thread(target=self._run, args=(self.wires[-1],), daemon=True))
                self.threads[-1].start()

    def _run(self, wire):
        with suppress(OSError, EOFError, ValueError):
            self.script(wire)
        wire.close()

    def __enter__(self):
        self.threads[0].start()
        return self

    def __exit__(self, *_):
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for wire in list(self.wires):
            with suppress(OSError):
                wire.sock.shutdown(socket.SHUT_RDWR)
        for thread in list(self.threads):
            thread.join(5)


@pytest.fixture
def scripted():
    """A factory: `scripted(script)` is a running Scripted."""
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(Scripted(script))


# -- IMAP --------------------------------------------------------------------------------------------------------


def imap_script(answers, wire):
    """A server that knows the common commands; `answers` maps a verb to what is said instead.

    An answer is a list of lines, with `TAG` for the command's tag, or a function of (wire, tag, rest).
    """
    said = {
        "GREETING": [b"* OK ready"],
        "CAPABILITY": [b"* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS", b"TAG OK done"],
        "LOGIN": [b"TAG OK logged in"],
        "SELECT": [b"* 0 EXISTS", b"* OK [UIDVALIDITY 7] fine", b"TAG OK [READ-WRITE] selected"],
        "NOOP": [b"TAG OK done"],
        "LIST": [b'* LIST () "/" INBOX', b"TAG OK done"],
        "CREATE": [b"TAG OK done"],
        "SUBSCRIBE": [b"TAG OK done"],
        "LOGOUT": [b"* BYE bye", b"TAG OK done"],
        "IDLE": [b"+ idling"],
        "DONE": [b"TAG OK idled"],
    } | answers
    tag = b"*"

    def speak(verb, rest=b""):
        answer = said[verb]
        if callable(answer):
            answer(wire, tag, rest)
        else:
            wire.say(*(line.replace(b"TAG", tag) for line in answer))

    speak("GREETING")
    while True:
        line = wire.line()
        if line == b"DONE":
            speak("DONE")
            continue
        tag, _, command = line.partition(b" ")
        verb, _, rest = command.partition(b" ")
        if verb == b"UID":
            verb, _, rest = rest.partition(b" ")
        speak(verb.decode().upper(), rest)


@pytest.fixture
def imap(scripted):
    """A factory: `imap(VERB=answer, ...)` is a running server and the settings for it."""

    def make(timeout_seconds=2.0, **answers):
        server = scripted(partial(imap_script, answers))
        return server, imap_settings(server.port, timeout_seconds=timeout_seconds)

    return make


def imap_settings(port, **more):
    given = {"host": HOST, "port": port, "security": "none", "user": "office", "password": "secret"}
    return ImapSettings(**(given | more))


@dataclass
class Account:
    """A fresh mailbox on some server: its settings, and how mail gets in."""

    settings: ImapSettings
    deliver: Callable[[bytes], None]
    folder: Callable[[str], list[bytes]] = field(default=lambda _: [])

    def but(self, **other):
        return self.settings.model_copy(update=other)


_numbers = itertools.count(1)


@pytest.fixture
def dovecot(real_mail, certificates):
    """A factory: `dovecot(imap_capability=...)` is an account on the real Dovecot, over TLS."""

    def make(security="tls", **overrides):
        address = f"box{next(_numbers)}@phrae.example"
        real_mail.add_user(address, **overrides)
        port = real_mail.imaps_port if security == "tls" else real_mail.imap_port
        settings = imap_settings(
            port, security=security, user=address, password=PASSWORD, ca_file=str(certificates.ca), timeout_seconds=10
        )

        def deliver(raw):
            count = len(real_mail.mails_of(address))
            real_mail.submit("district1@amphoe.example", address, raw)
            real_mail.wait_for(address, count + 1)

        return Account(settings, deliver, partial(real_mail.mails_of, address))

    return make


@pytest.fixture(
    params=[
        "pymap",
        pytest.param("dovecot-tls", marks=pytest.mark.servers),
        pytest.param("dovecot-starttls", marks=pytest.mark.servers),
    ]
)
def account(request):
    """The same account on each kind of server."""
    if request.param == "pymap":
        post = request.getfixturevalue("post_office")
        settings = imap_settings(post.imap_port, user=post.user, password=post.password)
        return Account(settings, lambda raw: post.deliver(raw, "district1@amphoe.example", OFFICE))
    return request.getfixturevalue("dovecot")(security=request.param.removeprefix("dovecot-"))


@pytest.fixture
def opened():
    """A factory of connected mailboxes that are closed at the end."""
    with ExitStack() as stack:

        def make(settings):
            mailbox = Mailbox(settings)
            stack.callback(mailbox.close)
            mailbox.connect()
            return mailbox

        yield make


# -- SMTP --------------------------------------------------------------------------------------------------------


def smtp_script(answers, wire):
    """A server that takes everything; `answers` maps a verb, or `.` for the final dot, to what is said instead.

    An answer is a line, or a function of (wire, line). `mails` of the script's dictionary gathers what was taken.
    """
    said = {
        "GREETING": b"220 ready",
        "EHLO": b"250-scripted\r\n250 SIZE 10000000",
        "MAIL": b"250 sender",
        "RCPT": b"250 recipient",
        "DATA": b"354 go on",
        ".": b"250 taken",
        "RSET": b"250 reset",
        "QUIT": b"221 bye",
    } | answers

    def speak(verb, line=b""):
        answer = said[verb]
        if callable(answer):
            answer = answer(wire, line)
        if answer:
            wire.say(answer)
        return answer

    speak("GREETING")
    while True:
        line = wire.line()
        verb = line.partition(b" ")[0].decode().upper()
        answer = speak(verb, line)
        if verb == "QUIT":
            return
        if verb == "DATA" and answer and answer.startswith(b"354"):
            while wire.line() != b".":
                pass
            speak(".")


@pytest.fixture
def smtp(scripted):
    """A factory: `smtp(VERB=answer, ...)` is a running server and the settings for it; `DOT` is the final dot."""

    def make(timeout_seconds=2.0, **answers):
        if "DOT" in answers:
            answers["."] = answers.pop("DOT")
        server = scripted(partial(smtp_script, answers))
        return server, smtp_settings(server.port, timeout_seconds=timeout_seconds)

    return make


def smtp_settings(port, **more):
    return SmtpSettings(**({"host": HOST, "port": port, "security": "none"} | more))


class Keeper:
    """An aiosmtpd handler that keeps what it gets and knows one password."""

    def __init__(self):
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.logins: list[bool] = []
        self.sessions: set[int] = set()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.sessions.add(session.peer[1])
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 kept"

    def authenticate(self, server, session, envelope, mechanism, login):
        self.logins.append(login.login == b"office" and login.password == b"secret")
        return AuthResult(success=self.logins[-1], handled=False)


@pytest.fixture
def keeper(certificates):
    """A factory: `keeper(security)` is (handler, settings) of a running aiosmtpd that wants TLS as said."""
    with ExitStack() as stack:

        def make(security="none", **more):
            handler = Keeper()
            context = certificates.server_context()
            kinds = {
                "none": {},
                "tls": {"ssl_context": context, "authenticator": handler.authenticate, "auth_require_tls": False},
                "starttls": {"tls_context": context, "require_starttls": True, "authenticator": handler.authenticate},
            }
            controller = Quiet(handler, hostname=HOST, port=free_port(), server_hostname="keeper", **kinds[security])
            controller.start()
            stack.callback(controller.stop)
            settings = {"security": security, "ca_file": str(certificates.ca), "timeout_seconds": 5.0}
            return handler, smtp_settings(controller.port, **(settings | more))

        yield make


class Quiet(Controller):
    """aiosmtpd's controller tries its own door with a TLS context that knows no authority of ours; a plain knock does."""

    def _trigger_server(self):
        with socket.create_connection((self.hostname, self.port), 5):
            pass
