"""The outbox's hand: letters given to the outgoing server over SMTP. The only home of aiosmtplib.

Owns one connection per batch and the question how far each letter got. Knows bytes, addresses and its settings.

SMTP leaves one thing unknown: when the connection dies after the letter's last byte went out and before the server's
answer came, it may have been taken or not. Only that is `unknown`; before it a letter is surely not sent.
"""

import asyncio
import contextlib
import re
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponse,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from bot.post.errors import Permanent, PostError, Transient
from bot.post.oauth2 import access_token
from bot.post.settings import OAuth2Settings, SmtpSettings

State = Literal["sent", "deferred", "failed", "unknown"]

AUTH_METHODS = ("plain", "login", "cram-md5")  # the first that the server has too
START_INPUT = 354
PATIENCE = 10  # times the usual limit for the answer to the final dot: RFC 5321, 4.5.3.2.6 gives the server 10 minutes
SLOWEST_BYTES_PER_SECOND = 20_000  # what an upload may need on top of that
LATER = "Nothing to do: the letters are tried again by themselves."

_BARE_BREAK = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_LEADING_DOT = re.compile(rb"(?m)^\.")
_UNSAFE = re.compile(r"[^\x21-\x7e]")


@dataclass(frozen=True)
class Outgoing:
    """One letter in its final bytes (CRLF line ends) and its envelope. An empty sender is the null sender."""

    id: int
    sender: str
    recipients: tuple[str, ...]
    raw: bytes


@dataclass(frozen=True)
class Result:
    """How far a letter got.

    sent: the server took it for all recipients but those in `refused` and `deferred`; unknown: it may have; deferred:
    surely not sent, a later try may succeed; failed: surely not sent, and the same try would fail the same way.
    `refused` (5xx) and `deferred` (4xx) hold the server's words by recipient.
    """

    state: State
    detail: str
    refused: Mapping[str, str] = field(default_factory=dict)
    deferred: Mapping[str, str] = field(default_factory=dict)


class _Lost(Exception):  # noqa: N818 -- never leaves this module
    """The connection broke before the letter's content went out."""


class Outbox:
    """The way to one outgoing server. Holds nothing between batches."""

    def __init__(self, settings: SmtpSettings) -> None:
        self.settings = settings

    def deliver(self, letters: Iterable[Outgoing]) -> Iterator[tuple[int, Result]]:
        """Send one letter after the other on one connection; the next is asked of `letters` only after a result was taken.

        PostError (Transient or Permanent) when the server cannot be reached or refuses us altogether; the letter last
        asked for, and all after it, are then surely not sent.
        """
        batch = _Batch(self.settings)
        with asyncio.Runner() as runner:
            try:
                for letter in letters:
                    yield letter.id, runner.run(batch.send(letter))
            finally:
                runner.run(batch.close())

    def probe(self) -> None:
        """Connect, secure and log in, and nothing more. Raises PostError as `deliver` does."""
        batch = _Batch(self.settings)
        with asyncio.Runner() as runner:
            try:
                runner.run(batch.open())
            finally:
                runner.run(batch.close())


class _Batch:
    """One connection, made when first needed and anew after trouble."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._smtp: SMTP | None = None
        # The library closes politely, and over TLS that waits for the server's farewell; our loop may end before it.
        self._transports: list[asyncio.WriteTransport] = []

    async def send(self, letter: Outgoing) -> Result:
        faulty = _fault(letter)
        if faulty is not None:
            return faulty
        used_before = self._smtp is not None and self._smtp.is_connected
        smtp = await self._connected()
        try:
            return await self._hand_over(smtp, letter)
        except _Lost as lost:
            if not used_before:
                return Result("deferred", str(lost))
        # The server closed an idle connection: that is no fault of the letter, so once more on a fresh one.
        try:
            return await self._hand_over(await self._connected(), letter)
        except _Lost as lost:
            return Result("deferred", str(lost))

    async def open(self) -> None:
        await self._connected()

    async def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(SMTPException, OSError):
                await smtp.quit(timeout=min(2.0, self._settings.timeout_seconds))
            _close(smtp)
        for transport in self._transports:
            transport.abort()
        await asyncio.sleep(0)  # lets the sockets close before the loop does

    # -- the connection ------------------------------------------------------------------------------------------

    async def _connected(self) -> SMTP:
        if self._smtp is not None and self._smtp.is_connected:
            return self._smtp
        wanted = self._settings
        try:
            context = wanted.tls()
        except OSError as error:
            raise Permanent("reading ca_file", str(error), "Name a PEM file of certificates in ca_file.") from error
        self._smtp = smtp = SMTP(
            hostname=wanted.host,
            port=wanted.port,
            local_hostname=_own_name(),
            timeout=wanted.timeout_seconds,
            use_tls=wanted.security == "tls",
            start_tls=False,  # done below, where its absence can be told from other trouble
            tls_context=context,
        )
        try:
            await self._open(smtp)
        except BaseException:
            _close(smtp)
            self._smtp = None
            await asyncio.sleep(0)
            raise
        if isinstance(smtp.transport, asyncio.WriteTransport):
            self._transports.append(smtp.transport)
        return smtp

    async def _open(self, smtp: SMTP) -> None:
        wanted = self._settings
        action = f"connecting to {wanted.host}:{wanted.port}"
        try:
            await smtp.connect()
            await smtp.ehlo()
            if wanted.security == "starttls":
                if not smtp.supports_extension("starttls"):
                    raise Permanent(
                        action,
                        "the server does not offer STARTTLS",
                        'Set security to "tls" and its port; nothing was sent.',
                    )
                await smtp.starttls()
                await smtp.ehlo()
            if wanted.user:
                action = f"logging in to {wanted.host} as {wanted.user}"
                await (self._login_by_token(smtp, wanted.oauth2) if wanted.oauth2 else self._login(smtp, action))
        except PostError:
            raise
        except (SMTPException, OSError, ValueError) as error:
            raise _trouble(action, error) from error

    async def _login(self, smtp: SMTP, action: str) -> None:
        wanted = self._settings
        method = next((one for one in AUTH_METHODS if one in smtp.supported_auth_methods), None)
        if method is None:
            raise Permanent(
                action, "the server takes no password here", "Leave user empty, or use its submission port."
            )
        # One method only: the library would try a refused password with each, and some servers count the tries.
        smtp.AUTH_METHODS = (method,)
        try:
            await smtp.login(wanted.user, wanted.password.get_secret_value())
        except SMTPAuthenticationError as error:
            if error.code < 500:  # noqa: PLR2004 -- SMTP's border between "later" and "never"
                raise
            raise Permanent(action, _words(error), "Check user and password of the outgoing server.") from error

    async def _login_by_token(self, smtp: SMTP, oauth2: OAuth2Settings) -> None:
        user, action = self._settings.user, f"logging in to {self._settings.host} as {self._settings.user}"
        if "xoauth2" not in smtp.server_auth_methods:  # the other list is of passwords
            raise Permanent(action, "the server does not offer XOAUTH2", "Write a password in [smtp] instead.")
        refused = ""
        for last in (False, True):  # a token may be withdrawn early, so a refused one is renewed once
            token = await asyncio.to_thread(access_token, oauth2, refused)
            try:
                await smtp.auth_xoauth2(user, token)
            except SMTPAuthenticationError as error:
                if error.code < 500:  # noqa: PLR2004 -- as above
                    raise
                if last:
                    step = f"Sign in as {user}: run `ruam authorize`. See also that SMTP AUTH is switched on for this mailbox."
                    raise Permanent(action, _words(error), step) from error
                refused = token
            else:
                return

    # -- one letter ----------------------------------------------------------------------------------------------

    async def _hand_over(self, smtp: SMTP, letter: Outgoing) -> Result:
        try:
            await smtp.mail(letter.sender, options=_options(smtp, letter))
            refused, deferred = await _name_recipients(smtp, letter.recipients)
            if len(refused) + len(deferred) == len(set(letter.recipients)):
                await _reset(smtp)
                state: State = "deferred" if deferred else "failed"
                return Result(state, "every recipient was refused", refused, deferred)
            go_on = await smtp.execute_command(b"DATA")
        except SMTPSenderRefused as error:
            await _reset(smtp)
            return Result(_state_of(error.code), _words(error))
        except SMTPResponseException as error:
            _close(smtp)  # an answer that is none: what follows could be anything
            return Result("deferred", _words(error))
        except (SMTPServerDisconnected, SMTPTimeoutError, OSError) as error:
            _close(smtp)
            raise _Lost(str(error) or type(error).__name__) from error
        if go_on.code != START_INPUT:
            await _reset(smtp)
            return Result(_state_of(go_on.code), _words(go_on), refused, deferred)
        return await self._hand_over_content(smtp, letter, (refused, deferred))

    async def _hand_over_content(
        self, smtp: SMTP, letter: Outgoing, said: tuple[dict[str, str], dict[str, str]]
    ) -> Result:
        body = letter.raw if letter.raw.endswith(b"\r\n") else letter.raw + b"\r\n"
        limit = self._settings.timeout_seconds * PATIENCE + len(body) / SLOWEST_BYTES_PER_SECOND
        if smtp.protocol is None:
            raise _Lost("the server closed the connection after it asked for the content")
        try:
            # Written by hand, since the library's own DATA does not tell on which side of the final dot it failed.
            smtp.protocol.write(_LEADING_DOT.sub(b"..", body) + b".\r\n")
            answer = await smtp.protocol.read_response(timeout=limit)
        except (SMTPException, OSError) as error:
            _close(smtp)
            return Result("unknown", f"no answer to the content: {_words(error)}", *said)
        if 200 <= answer.code < 300:  # noqa: PLR2004 -- SMTP's range of success
            return Result("sent", _words(answer), *said)
        if answer.code < 400:  # noqa: PLR2004 -- neither yes nor no
            _close(smtp)
            return Result("unknown", f"not an answer to the content: {_words(answer)}", *said)
        if answer.code == 421:  # noqa: PLR2004 -- "closing": the next letter needs a new connection
            _close(smtp)
        return Result(_state_of(answer.code), _words(answer), *said)


async def _name_recipients(smtp: SMTP, recipients: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    refused: dict[str, str] = {}
    deferred: dict[str, str] = {}
    for recipient in dict.fromkeys(recipients):
        try:
            await smtp.rcpt(recipient)
        except SMTPRecipientRefused as error:
            if not smtp.is_connected:  # 421: the library has closed
                raise SMTPServerDisconnected(_words(error)) from error
            (deferred if _state_of(error.code) == "deferred" else refused)[recipient] = _words(error)
    return refused, deferred


async def _reset(smtp: SMTP) -> None:
    """Clear the envelope for the next letter; a connection that cannot even do that is closed."""
    try:
        if smtp.is_connected:
            await smtp.rset()
    except (SMTPException, OSError):
        _close(smtp)


def _close(smtp: SMTP) -> None:
    """Close at once, without waiting for the other side."""
    transport = smtp.transport
    smtp.close()
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


def _options(smtp: SMTP, letter: Outgoing) -> list[str]:
    options = [f"SIZE={len(letter.raw)}"] if smtp.supports_extension("size") else []
    if not letter.raw.isascii() and smtp.supports_extension("8bitmime"):
        options.append("BODY=8BITMIME")
    return options


def _fault(letter: Outgoing) -> Result | None:
    """What is wrong with the letter itself, before any server is asked."""
    if not letter.recipients:
        return Result("failed", "the letter has no recipient")
    if _BARE_BREAK.search(letter.raw):
        return Result("failed", "the letter's bytes hold a bare CR or LF")
    for address in (letter.sender, *letter.recipients):
        if _UNSAFE.search(address) or (address != letter.sender and "@" not in address):
            return Result("failed", f"not an address SMTP can carry: {address!r}")
    return None


def _state_of(code: int) -> State:
    return "failed" if 500 <= code < 600 else "deferred"  # noqa: PLR2004 -- SMTP's range of final refusals


def _words(said: Exception | SMTPResponse) -> str:
    if isinstance(said, SMTPResponse | SMTPResponseException):
        return f"{said.code} {said.message}".replace("\n", " ")
    return str(said) or type(said).__name__


def _trouble(action: str, error: Exception) -> PostError:
    """The PostError for a failure to connect."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            step = "Use the host name of the certificate, or name its authority in ca_file."
            return Permanent(action, str(cause), step)
        cause = cause.__cause__
    return Transient(action, _words(error), LATER)


def _own_name() -> str:
    """How we greet. Not getfqdn(): it asks the DNS, which may take many seconds."""
    name = socket.gethostname()
    return name if name and not _UNSAFE.search(name) else "localhost"
