"""The connection to the outgoing server: made, secured and logged in to, as message submission (RFC 6409).

Owns what can go wrong before the first letter. Knows its settings and no letter.
"""

import asyncio
import re
import socket

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPResponse,
    SMTPResponseException,
)

from bot.post.error_meanings import REACH
from bot.post.exceptions import Permanent, PostError, Transient, certificate_fault
from bot.post.login.oauth2 import access_token
from bot.post.settings import OAuth2Settings, SmtpSettings
from bot.post.tls import verified

AUTH_METHODS = ("plain", "login", "cram-md5")  # the first that the server has too
LATER = "Nothing to do: the letters are tried again by themselves."
# "-1 Malformed SMTP response line: * OK Dovecot ready": the greeting of RFC 3501, 7.1, or of RFC 1939, 4.
_OTHER_PROTOCOL = re.compile(r"response line: (?:\* (?:OK|PREAUTH|BYE)|\+OK)")
NO_LOGIN = "no-login"  # kind of the trouble that a server takes no password at all
UNSAFE = re.compile(r"[^\x21-\x7e]")  # what no name and no address may hold on the wire


async def connected(wanted: SmtpSettings) -> SMTP:
    """A connection on which letters may go out. Raises PostError (Transient or Permanent)."""
    try:
        context = verified(wanted) if wanted.security != "none" else None
    except OSError as error:
        raise Permanent("reading ca_file", str(error), "Name a PEM file of certificates in ca_file.") from error
    smtp = SMTP(
        hostname=wanted.host,
        port=wanted.port,
        local_hostname=_own_name(),
        timeout=wanted.timeout_seconds,
        use_tls=wanted.security == "tls",
        start_tls=False,  # done below, where its absence can be told from other trouble
        tls_context=context,
    )
    try:
        await _open(smtp, wanted)
    except BaseException:
        close(smtp)
        await asyncio.sleep(0)
        raise
    return smtp


def close(smtp: SMTP) -> None:
    """Close at once, without waiting for the other side."""
    transport = smtp.transport
    smtp.close()
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


def words(said: Exception | SMTPResponse) -> str:
    """What the server said, code first; of another failure its own words."""
    if isinstance(said, SMTPResponse | SMTPResponseException):
        return f"{said.code} {said.message}".replace("\n", " ")
    return str(said) or type(said).__name__


async def reset(smtp: SMTP) -> None:
    """Clear the envelope for the next letter; a connection that cannot even do that is closed."""
    try:
        if smtp.is_connected:
            await smtp.rset()
    except (SMTPException, OSError):
        close(smtp)


def largest(smtp: SMTP) -> int:
    """The bytes that a letter may have, as the server declares (RFC 1870); 0: it does not say."""
    said = smtp.esmtp_extensions.get("size", "").strip()
    return int(said) if said.isascii() and said.isdigit() else 0


async def _open(smtp: SMTP, wanted: SmtpSettings) -> None:
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
            await (_login_by_token(smtp, wanted, wanted.oauth2) if wanted.oauth2 else _login(smtp, wanted, action))
    except PostError:
        raise
    except (SMTPException, OSError, ValueError) as error:
        raise _trouble(action, error) from error


async def _login(smtp: SMTP, wanted: SmtpSettings, action: str) -> None:
    method = next((one for one in AUTH_METHODS if one in smtp.supported_auth_methods), None)
    if method is None:
        step = "Leave user empty, or use its submission port."
        raise Permanent(action, "the server takes no password here", step, NO_LOGIN)
    # One method only: the library would try a refused password with each, and some servers count the tries.
    smtp.AUTH_METHODS = (method,)
    try:
        await smtp.login(wanted.user, wanted.password.get_secret_value())
    except SMTPAuthenticationError as error:
        if error.code < 500:  # noqa: PLR2004 -- SMTP's border between "later" and "never"
            raise
        raise Permanent(action, words(error), "Check user and password of the outgoing server.", "login") from error


async def _login_by_token(smtp: SMTP, wanted: SmtpSettings, oauth2: OAuth2Settings) -> None:
    user, action = wanted.user, f"logging in to {wanted.host} as {wanted.user}"
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
                step = (
                    f"Sign in as {user}: run `ruam authorize`. See also that SMTP AUTH is switched on for this mailbox."
                )
                raise Permanent(action, words(error), step) from error
            refused = token
        else:
            return


def _trouble(action: str, error: Exception) -> PostError:
    """The PostError for a failure to connect."""
    if doubted := certificate_fault(error):
        step = "Use the host name of the certificate, or name its authority in ca_file."
        return Permanent(action, str(doubted), step)
    if _OTHER_PROTOCOL.search(words(error)):
        step = 'Mend port and security: an IMAP or POP server answers there. Usual are 465 with "tls", 587 with "starttls".'
        return Permanent(action, words(error), step, "port")
    # What never came to a connection may be a wrong setting as well as a server that is away.
    return Transient(action, words(error), REACH.step if isinstance(error, SMTPConnectError | OSError) else LATER)


def _own_name() -> str:
    """How we greet. Not getfqdn(): it asks the DNS, which may take many seconds."""
    name = socket.gethostname()
    return name if name and not UNSAFE.search(name) else "localhost"
