"""What each error of the mailbox and of logging in means: whether time mends it, and what to do.

Owns the one table of it: response codes (RFC 5530, RFC 9051), the words of servers that send none, exceptions of the
network and of TLS. "Nothing to do" stands only where waiting alone can help.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from bot.post.exceptions import Permanent, PostError, Refused, Transient, causes


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble. ``kind`` names it to those who tell staff; ``step`` is for the technician."""

    kind: str
    permanent: bool
    step: str

    def error(self, action: str, detail: str, *, stands: bool = False) -> PostError:
        """As an exception; ``stands``: the connection is still good for other commands."""
        if stands:
            return Refused(action, detail, self.step, self.kind)
        return (Permanent if self.permanent else Transient)(action, detail, self.step, self.kind)


AWAY = Trouble("away", permanent=False, step="Nothing to do: the connection is tried again by itself.")
REACH = Trouble(
    "away",
    permanent=False,
    step="It is tried again by itself. If it lasts, see that server and network are up, and compare host, port and "
    "security with what the provider says: TLS at a port without it looks the same.",
)
NAME = Trouble("name", permanent=True, step="Mend host: no server of that name is known.")
PORT = Trouble(
    "port", permanent=True, step='Mend port and security: at this port the server does not speak what was expected. '
    'Usual are 993 with "tls", 143 with "starttls".',
)  # fmt: skip
TLS = Trouble("port", permanent=True, step="Client and server share no version of TLS; the server must offer TLS 1.2.")
CERTIFICATE = Trouble(
    "certificate", permanent=True, step="Use the host name of the certificate, or name its authority in ca_file."
)
PASSWORD = Trouble(
    "login", permanent=True, step="Check user and password, and whether the server still takes passwords."
)
LETTERS = Trouble(
    "login",
    permanent=True,
    step="Choose user and password of only Latin letters, digits and signs: this server has no way to take others.",
)
EXPIRED = Trouble("login", permanent=True, step="Give the account a new password, and write it into the configuration.")
PRIVATE = Trouble("port", permanent=True, step='The server wants TLS first: set security to "tls" or "starttls".')
BROWSER = Trouble("login", permanent=True, step="Log in to the account by a browser and do what is asked there.")
APP_PASSWORD = Trouble("login", permanent=True, step="Make an app password for this account and write that, not yours.")
SWITCHED_OFF = Trouble("login", permanent=True, step="Switch on IMAP for this mailbox in the provider's settings.")
OAUTH2 = Trouble("login", permanent=True, step="The server takes no passwords: set up [oauth2], see docs/login.md.")
RIGHTS = Trouble("folder", permanent=True, step="Give the bot's user the right to do this, write access included.")
PROVIDER = Trouble("server", permanent=True, step="Ask the provider of the mailbox: only they can mend it.")
FULL = Trouble("full", permanent=True, step="Make room in the mailbox, or ask for a larger one; nothing is lost.")
FOLDER = Trouble("folder", permanent=True, step="Name a folder of this mailbox in [imap] folder, or make that one.")
BUSY = Trouble("away", permanent=False, step="Nothing to do: the server is busy, and it is tried again by itself.")
CROWDED = Trouble(
    "away",
    permanent=False,
    step="It is tried again by itself. If it lasts, other programs use this mailbox too much: close some of them.",
)
ANSWER = Trouble(
    "server",
    permanent=False,
    step="The server's answer cannot be understood; it is tried again. If it lasts, see that host and port are those of "
    "an IMAP server, and ask the provider.",
)
REFUSED = Trouble("server", permanent=False, step="Look at the server's answer; the mail stays where it is.")

CODES = {
    "UNAVAILABLE": BUSY,
    "INUSE": BUSY,
    "SERVERBUG": BUSY,
    "EXPUNGEISSUED": BUSY,
    "THROTTLED": BUSY,
    "LIMIT": CROWDED,
    "AUTHENTICATIONFAILED": PASSWORD,
    "AUTHORIZATIONFAILED": PASSWORD,
    "EXPIRED": EXPIRED,
    "PRIVACYREQUIRED": PRIVATE,
    "WEBALERT": BROWSER,
    "NOPERM": RIGHTS,
    "CONTACTADMIN": PROVIDER,
    "CORRUPTION": PROVIDER,
    "CLIENTBUG": PROVIDER,
    "CANNOT": PROVIDER,
    "OVERQUOTA": FULL,
    "NONEXISTENT": FOLDER,
    "TRYCREATE": FOLDER,
}
# What servers say that send no code, in small letters; the first that stands in the answer counts.
WORDS = {
    "application-specific password": APP_PASSWORD,
    "app password": APP_PASSWORD,
    "web browser": BROWSER,
    "web login": BROWSER,
    "imap access is disabled": SWITCHED_OFF,
    "not enabled for imap": SWITCHED_OFF,
    "imap is disabled": SWITCHED_OFF,
    "basic auth": OAUTH2,
    "too many": CROWDED,
    "bandwidth": CROWDED,
    "rate limit": CROWDED,
    "unavailable": BUSY,
    "temporar": BUSY,
    "try again": BUSY,
    "try later": BUSY,
    "throttl": BUSY,
    "not connected": BUSY,  # Exchange: "User is authenticated but not connected"
    "quota": FULL,
}
# OpenSSL's reasons when the other side speaks no TLS.
NO_TLS = ("WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE")
# "[AUTHENTICATIONFAILED] …", "[LIMIT]", "[BADCHARSET (UTF-8)]": the response code of RFC 3501, 7.1 and RFC 5530.
_CODE = re.compile(r"\[([A-Za-z0-9-]{2,40})[\] ]")
_LONGEST = 2_000  # characters of an answer that are looked at


def trouble_of(error: BaseException, *, opening: bool = False, otherwise: Trouble = REFUSED) -> Trouble:
    """What an exception out of the IMAP library, the network or TLS means.

    ``opening``: it came while the connection was made. ``otherwise``: what a refusal means that gives no reason we know.
    """
    return next(_known(error, opening=opening), None) or (
        said(str(error), otherwise) if isinstance(error, imaplib.IMAP4.error) else ANSWER
    )


def said(words: str, otherwise: Trouble) -> Trouble:
    """What a server's refusal means, by its code or else its words."""
    words = words[:_LONGEST]
    coded = [CODES[code.upper()] for code in _CODE.findall(words) if code.upper() in CODES]
    small = words.lower()
    return next(iter(coded), None) or next((row for needle, row in WORDS.items() if needle in small), otherwise)


def _known(error: BaseException, *, opening: bool) -> Iterator[Trouble]:
    """What is known of an error: first by the more telling of its causes, at the end as one of the network."""
    lost = REACH if opening else AWAY
    chain = list(causes(error))
    for one in chain:
        if isinstance(one, ssl.SSLError):
            yield _of_tls(one, lost)
        elif isinstance(one, socket.gaierror):
            yield REACH if one.errno == socket.EAI_AGAIN else NAME
        elif isinstance(one, UnicodeEncodeError):
            yield LETTERS if one.encoding in {"ascii", "latin-1"} else NAME  # "idna" is for hosts
        elif isinstance(one, UnicodeError) and opening:
            yield NAME
        elif isinstance(one, imaplib.IMAP4.readonly):
            yield RIGHTS
        elif isinstance(one, imaplib.IMAP4.abort):
            yield PORT if opening and "unexpected response" in str(one) else lost
    if any(isinstance(one, OSError) for one in chain):
        yield lost


def _of_tls(error: ssl.SSLError, lost: Trouble) -> Trouble:
    if isinstance(error, ssl.SSLCertVerificationError):
        return CERTIFICATE
    reason = str(getattr(error, "reason", ""))
    if any(word in reason for word in NO_TLS):
        return PORT
    if "PROTOCOL" in reason or "HANDSHAKE" in reason:
        return TLS
    return lost
