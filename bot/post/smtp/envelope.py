"""The envelope of a letter (RFC 5321, 3.3): its options, and which recipients the server takes, refuses or puts off."""

from collections.abc import Iterable

from aiosmtplib import (
    SMTP,
    SMTPRecipientRefused,
    SMTPServerDisconnected,
)

from bot.post.smtp.connection import words
from bot.post.smtp.refusals import meaning


async def name_recipients(smtp: SMTP, recipients: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Name each recipient once. Gives the server's words by recipient: refused for good, and deferred for now.

    Raises SMTPServerDisconnected and what else the library raises.
    """
    refused: dict[str, str] = {}
    deferred: dict[str, str] = {}
    for recipient in dict.fromkeys(recipients):
        try:
            await smtp.rcpt(recipient)
        except SMTPRecipientRefused as error:
            if not smtp.is_connected:  # 421: the library has closed
                raise SMTPServerDisconnected(words(error)) from error
            (deferred if meaning(error.code, error.message, "RCPT").passing else refused)[recipient] = words(error)
    return refused, deferred


def options(smtp: SMTP, raw: bytes) -> list[str]:
    """What MAIL says of a letter beside its sender: its size (RFC 1870), and that it has bytes of eight bits (RFC 6152)."""
    said = [f"SIZE={len(raw)}"] if smtp.supports_extension("size") else []
    if not raw.isascii() and smtp.supports_extension("8bitmime"):
        said.append("BODY=8BITMIME")
    return said
