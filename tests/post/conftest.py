"""Scripted servers that misbehave to order, and accounts on servers that do not."""

import itertools
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from bot.post.imap.mailbox import Mailbox
from bot.post.settings import ImapSettings, SmtpSettings
from tests.setup.real_mail import HOST, OFFICE, PASSWORD, free_port
from tests.setup.scripted import Scripted, imap_script, smtp_script


@pytest.fixture
def scripted():
    """A factory: `scripted(script)` is a running Scripted."""
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(Scripted(script))


# -- IMAP --------------------------------------------------------------------------------------------------------


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
