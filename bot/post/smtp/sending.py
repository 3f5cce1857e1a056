"""Sending: letters given to the outgoing server over SMTP, and how far each got. With ``connection`` and ``envelope`` the home of aiosmtplib.

Owns one connection per batch. Knows bytes, addresses and its settings.

SMTP leaves one thing unknown: when the connection dies after the letter's last byte went out and before the server's
answer came, it may have been taken or not. Only that is `unknown`; before it a letter is surely not sent.
"""

import asyncio
import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponse,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from bot.post.settings import SmtpSettings
from bot.post.smtp.connection import UNSAFE, close, connected, largest, reset, words
from bot.post.smtp.envelope import name_recipients, options
from bot.post.smtp.refusals import OURS, About, Refusal, meaning, together

State = Literal["sent", "deferred", "failed", "unknown"]

# "354 Start mail input" (RFC 5321, 4.1.1.4).
START_INPUT = 354
PATIENCE = 10  # times the usual limit for the answer to the final dot: RFC 5321, 4.5.3.2.6 gives the server 10 minutes
SLOWEST_BYTES_PER_SECOND = 20_000  # what an upload may need on top of that
# Seconds that one letter may take: two tries of its envelope and its content stay below the two leases after which others
# take it for lost, so that it goes once however slow the server.
LONGEST_ENVELOPE, LONGEST_CONTENT = 120, 1_400

# A line end that is not CR LF: forbidden (RFC 5321, 2.3.8), and a way to smuggle a second mail.
_BARE_BREAK = re.compile(rb"(?<!\r)\n|\r(?!\n)")
# A line that begins with a dot gets one more (RFC 5321, 4.5.2).
_LEADING_DOT = re.compile(rb"(?m)^\.")


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
    `refused` (for good) and `deferred` (for now) hold the server's words by recipient, `about` whose fault it is that the
    letter as a whole, or some recipient, was not served.
    """

    state: State
    detail: str
    refused: Mapping[str, str] = field(default_factory=dict)
    deferred: Mapping[str, str] = field(default_factory=dict)
    about: About = About.UNCLEAR

    @property
    def too_large(self) -> tuple[str, ...]:
        """The recipients that were refused because the letter is too large for them."""
        return tuple(one for one, words in self.refused.items() if _rcpt(words).about is About.SIZE)


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
        faulty = fault(letter)
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
            close(smtp)
        for transport in self._transports:
            transport.abort()
        await asyncio.sleep(0)  # lets the sockets close before the loop does

    async def _connected(self) -> SMTP:
        if self._smtp is None or not self._smtp.is_connected:
            self._smtp = None
            self._smtp = await connected(self._settings)
            if isinstance(self._smtp.transport, asyncio.WriteTransport):
                self._transports.append(self._smtp.transport)
        return self._smtp

    # -- one letter ----------------------------------------------------------------------------------------------

    async def _hand_over(self, smtp: SMTP, letter: Outgoing) -> Result:
        if 0 < (most := largest(smtp)) < len(letter.raw):
            said = f"the letter has {len(letter.raw)} bytes, the server takes {most}"
            return Result("failed", said, about=About.SIZE)
        try:
            async with asyncio.timeout(LONGEST_ENVELOPE):
                await smtp.mail(letter.sender, options=options(smtp, letter.raw))
                refused, deferred = await name_recipients(smtp, letter.recipients)
            if len(refused) + len(deferred) == len(set(letter.recipients)):
                await reset(smtp)
                state: State = "deferred" if deferred else "failed"
                about = together(_rcpt(said) for said in (refused | deferred).values())
                return Result(state, "every recipient was refused", refused, deferred, about)
            go_on = await smtp.execute_command(b"DATA")
        except SMTPSenderRefused as error:
            await reset(smtp)
            return _refused(error, "MAIL")
        except SMTPResponseException as error:
            close(smtp)  # an answer that is none: what follows could be anything
            return Result("deferred", words(error))
        except (SMTPServerDisconnected, SMTPTimeoutError, OSError) as error:
            close(smtp)
            raise _Lost(str(error) or type(error).__name__) from error
        if go_on.code != START_INPUT:
            await reset(smtp)
            return _refused(go_on, "DATA", (refused, deferred))
        return await self._hand_over_content(smtp, letter, (refused, deferred))

    async def _hand_over_content(
        self, smtp: SMTP, letter: Outgoing, said: tuple[dict[str, str], dict[str, str]]
    ) -> Result:
        body = letter.raw if letter.raw.endswith(b"\r\n") else letter.raw + b"\r\n"
        limit = self._settings.timeout_seconds * PATIENCE + len(body) / SLOWEST_BYTES_PER_SECOND
        limit = min(limit, LONGEST_CONTENT)
        if smtp.protocol is None:
            raise _Lost("the server closed the connection after it asked for the content")
        try:
            # Written by hand, since the library's own DATA does not tell on which side of the final dot it failed.
            smtp.protocol.write(_LEADING_DOT.sub(b"..", body) + b".\r\n")
            answer = await smtp.protocol.read_response(timeout=limit)
        except (SMTPException, OSError) as error:
            close(smtp)
            return Result("unknown", f"no answer to the content: {words(error)}", *said)
        if 200 <= answer.code < 300:  # noqa: PLR2004 -- SMTP's range of success
            ours = (one.about for one in map(_rcpt, said[1].values()) if one.about in OURS)
            return Result("sent", words(answer), *said, next(ours, About.UNCLEAR))
        if answer.code < 400:  # noqa: PLR2004 -- neither yes nor no
            close(smtp)
            return Result("unknown", f"not an answer to the content: {words(answer)}", *said)
        if answer.code == 421:  # noqa: PLR2004 -- "closing": the next letter needs a new connection
            close(smtp)
        return _refused(answer, ".", said)


def fault(letter: Outgoing) -> Result | None:
    """What is wrong with the letter itself, before any server is asked."""
    if not letter.recipients:
        return Result("failed", "the letter has no recipient")
    if _BARE_BREAK.search(letter.raw):
        return Result("failed", "the letter's bytes hold a bare CR or LF")
    for address in (letter.sender, *letter.recipients):
        if UNSAFE.search(address) or (address != letter.sender and "@" not in address):
            return Result("failed", f"not an address SMTP can carry: {address!r}")
    return None


def _refused(
    said: SMTPResponse | SMTPSenderRefused, verb: str, recipients: tuple[dict[str, str], dict[str, str]] = ({}, {})
) -> Result:
    """What became of a letter that was refused as a whole; ``recipients``: those refused and deferred before."""
    found = meaning(said.code, said.message, verb)
    return Result("deferred" if found.passing else "failed", words(said), *recipients, found.about)


def _rcpt(said: str) -> Refusal:
    """What the words kept of one recipient's refusal mean."""
    code, _, text = said.partition(" ")
    return meaning(int(code), text, "RCPT")
